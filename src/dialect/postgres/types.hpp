// SPDX-License-Identifier: MIT
// PostgreSQL's spelling of column types, and back.
#pragma once

#include <string>
#include <string_view>

#include "cupel/base/export.hpp"
#include "cupel/model/type.hpp"

namespace cupel::dialect::postgres {

/// The type in DDL: VARCHAR(30), TIMESTAMP WITH TIME ZONE, INTEGER[]. An enum is written by its
/// name. Throws UsageError for a type that cannot be written (an enum without a name).
CUPEL_API std::string type_text(const model::Type& type);

/// The type as format_type() writes it, but without its numbers: "character varying", "numeric[]".
CUPEL_API std::string server_name(const model::Type& type);

/// What format_type() or a person writes, as a type. One value for all spellings of a type ("int4",
/// "INTEGER"); `real` is Float(24), as FLOAT(24) is. Types that have no kind of their own are
/// Named: the server's own in upper case (JSONB), others as written, their schema taken apart. An
/// enum is Named too: only the catalogue knows its values.
CUPEL_API model::Type parse_type(std::string_view text);

/// As Dialect::select_cut_values(). Types that cannot be compared with each other (a text and a
/// number) make the query fail: then nothing is cut, but converted.
CUPEL_API std::string select_cut_values(const std::string& table, const std::string& column,
                                        const std::string& type,
                                        const std::string& using_expression);

}  // namespace cupel::dialect::postgres
