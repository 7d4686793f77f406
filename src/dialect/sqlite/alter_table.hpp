// SPDX-License-Identifier: MIT
// Decides how a table changes: by what SQLite's ALTER TABLE can do, or by a rebuild. Every change
// of one table comes here, single ones as a batch of one.
#pragma once

#include <vector>

#include "dialect/sqlite/writer.hpp"

namespace cupel::dialect::sqlite {

using Statements = std::vector<sql::Statement>;

/// At most one rebuild in all but odd cases. Column renames stay SQLite's own RENAME COLUMN, which
/// also mends triggers, views and other tables' foreign keys. Throws NotSupported if a rebuild is
/// needed but not allowed, or the table is not known.
Statements alter_table(const Writer& writer, const ops::AlterTable& batch,
                       const sql::WriteContext& context);

Statements rename_index(const Writer& writer, const ops::RenameIndex& rename,
                        const sql::WriteContext& context);

/// True for a default, as written after DEFAULT, that ADD COLUMN takes for a table with rows:
/// nothing has to be computed for them.
bool is_constant_default(const std::string& default_text);

/// Throws NotSupported if nothing is known about tables.
bool table_exists(const ops::ObjectName& table, const sql::WriteContext& context);

/// The triggers of a table or view, as far as anything is known.
std::vector<model::Trigger> triggers_on(const ops::ObjectName& table,
                                        const sql::WriteContext& context);

}  // namespace cupel::dialect::sqlite
