// SPDX-License-Identifier: MIT
// What can be done with operations without any database: reverse, describe, apply in memory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cupel/ops/operation.hpp"

namespace cupel::ops {

/// The operation that undoes this one; nullopt if it does not hold enough (a DropTable without
/// `was`, any ExecuteSql).
CUPEL_API std::optional<Operation> reverse(const Operation& operation);
/// All reversed, last first; throws UsageError naming the first that cannot be reversed.
CUPEL_API std::vector<Operation> reverse_all(const std::vector<Operation>& operations);

/// One line for people: "add column 'phone' to table 'users'".
CUPEL_API std::string describe(const Operation& operation);
/// One per line.
CUPEL_API std::string describe(const std::vector<Operation>& operations);

/// Makes the change on the schema in memory, as the database would (dropping a table drops its
/// indexes and triggers, renaming a column renames it in constraints and indexes, ...). Honours
/// if_exists and if_not_exists. Throws UsageError for what a database would refuse (unknown table,
/// duplicate column, ...). ExecuteSql, BulkInsert and RefreshView change nothing.
CUPEL_API void apply(const Operation& operation, model::Schema& schema);
/// One change on one table value; used by apply() and by table rebuilds.
CUPEL_API void apply(const TableChange& change, model::Table& table);

/// Replaces a column's name wherever the SQL text speaks of it as an identifier, outside strings
/// and comments. Quoted and plain spellings are found; `table.old` too.
CUPEL_API std::string rename_in_expression(const std::string& sql, const std::string& from,
                                           const std::string& to);
/// True if the SQL text uses the identifier (same rules).
CUPEL_API bool mentions_identifier(const std::string& sql, const std::string& name);

}  // namespace cupel::ops
