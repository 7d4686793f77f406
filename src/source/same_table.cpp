// SPDX-License-Identifier: MIT
// See same_table.hpp.
#include "source/same_table.hpp"

#include <algorithm>
#include <optional>

#include "cupel/base/text.hpp"
#include "cupel/diff/rules.hpp"

namespace cupel::source {
namespace {

/// The table as the database calls it; null if it was renamed or dropped since.
const model::Table* find_made(const Created& created, const model::Schema& schema) {
  const auto is_it = [&](const model::Table& table) {
    return text::to_lower(table.name.name) == created.name &&
           (created.schema.empty() || table.name.schema.empty() ||
            text::to_lower(table.name.schema) == created.schema);
  };
  const auto found = std::find_if(schema.tables.begin(), schema.tables.end(), is_it);
  return found == schema.tables.end() ? nullptr : &*found;
}

/// What the statement makes of the table; nullopt if it makes none. Rolled back.
std::optional<model::Table> make_anew(const model::Table& table, const Created& created,
                                      const std::string& statement, const dialect::Dialect& dialect,
                                      driver::Connection& connection) {
  try {
    const driver::Transaction transaction(connection);
    // Where foreign keys need their table, so do views: all of it goes, and comes back.
    const ops::DropTable drop{.table = table.name,
                              .cascade = dialect.diff_rules().foreign_keys_need_tables()};
    for (const sql::Statement& step : dialect.writer().write(drop)) connection.query(step.sql);
    connection.query(statement);
    const model::Schema schema = dialect.make_inspector(connection)->inspect({.all_schemas = true});
    const model::Table* made = find_made(created, schema);
    if (made == nullptr) return std::nullopt;
    model::Table result = normalized(*made);
    result.name = table.name;  // it may be written in another case
    return result;
  } catch (const DatabaseError& error) {
    if (error.connection_lost()) throw;
    return std::nullopt;
  }
}

}  // namespace

bool is_same_table(const Declarations::Twice& twice, const model::Schema& schema,
                   const dialect::Dialect& dialect, driver::Connection& connection) {
  const model::Table* table = find_made(twice.created, schema);
  if (table == nullptr) return false;
  const auto make = [&](const std::string& statement) {
    return make_anew(*table, twice.created, statement, dialect, connection);
  };
  const std::optional<model::Table> first = make(twice.first);
  return first && first == make(twice.second);
}

}  // namespace cupel::source
