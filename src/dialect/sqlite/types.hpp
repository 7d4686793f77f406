// SPDX-License-Identifier: MIT
// model::Type and SQLite's declared types. SQLite itself only looks at a declared type's affinity;
// the spelling is SQLAlchemy's, so that tables made by either are equal.
#pragma once

#include <string>
#include <string_view>

#include "cupel/model/type.hpp"

namespace cupel::dialect::sqlite {

/// What stands behind the column's name: "VARCHAR(20)", without the collation; "" for Untyped.
/// Throws NotSupported for an array.
CUPEL_API std::string declared_type(const model::Type& type);

/// The declared type and the collation: `VARCHAR(20) COLLATE NOCASE`.
CUPEL_API std::string type_text(const model::Type& type);

/// A collation's name as it is written: the built-in ones are never quoted.
std::string collation_text(std::string_view name);

/// The reverse of declared_type(). What has no kind of its own, such as INT or VARCHAR2(20), is
/// Named and keeps its spelling. For every text that declared_type() writes, parsing and writing
/// gives it again.
CUPEL_API model::Type parse_type(std::string_view declared);

enum class Affinity { Text, Numeric, Integer, Real, Blob };

/// What SQLite makes of a declared type.
/// https://www.sqlite.org/datatype3.html#determination_of_column_affinity
CUPEL_API Affinity affinity(std::string_view declared);

}  // namespace cupel::dialect::sqlite
