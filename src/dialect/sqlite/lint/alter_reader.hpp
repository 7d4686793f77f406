// SPDX-License-Identifier: MIT
// ALTER TABLE: what it did to a table, and the forms that SQLite does not know, or not yet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cupel/lint/effect.hpp"
#include "cupel/model/schema.hpp"
#include "sql/statement_tokens.hpp"

namespace cupel::dialect::sqlite {

/// The new name of ALTER TABLE ... RENAME TO; nullopt for any other statement.
std::optional<std::string> new_table_name(const sql::StatementTokens& tokens);

/// The operations that lead from one definition of a table to the next.
std::vector<ops::Operation> alterations(const model::ObjectName& table, const model::Table& before,
                                        const model::Table& after);

/// False if the statement, which SQLite has refused, is none of the forms that are known.
bool read_refused_alter(const sql::StatementTokens& tokens, const model::Schema& before,
                        const std::string& error, std::vector<lint::Effect>& effects);

}  // namespace cupel::dialect::sqlite
