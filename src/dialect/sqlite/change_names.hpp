// SPDX-License-Identifier: MIT
// The column names that a change of a table speaks of.
#pragma once

#include <string>

#include "cupel/ops/operation.hpp"

namespace cupel::dialect::sqlite {

/// The same change with one column called otherwise, in lists and in expressions.
ops::TableChange with_renamed_column(ops::TableChange change, const std::string& from,
                                     const std::string& to);

/// True if the change speaks of the column.
bool mentions_column(const ops::TableChange& change, const std::string& column);

/// True if anything in the table but the column itself needs the column: keys, constraints,
/// indexes, generated columns.
bool uses_column(const model::Table& table, const std::string& column);

}  // namespace cupel::dialect::sqlite
