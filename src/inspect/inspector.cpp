// SPDX-License-Identifier: MIT
// The short questions, answered by inspect() of one table. See inspector.hpp.
#include "cupel/inspect/inspector.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"

namespace cupel::inspect {

Inspector::~Inspector() = default;

std::optional<model::Table> Inspector::find_table(const model::ObjectName& table) {
  const model::Schema schema = inspect({.tables = {table}});
  if (const model::Table* found = schema.find_table(table)) return *found;
  return std::nullopt;
}

model::Table Inspector::table(const model::ObjectName& table) {
  if (std::optional<model::Table> found = find_table(table)) return *found;
  const std::vector<std::string> names = table_names(table.schema);
  const std::string nearest = text::nearest(table.name, names);
  throw UsageError("there is no table '" + model::to_string(table) + "' in the database",
                   nearest.empty() ? "" : "did you mean '" + nearest + "'?");
}

bool Inspector::has_table(const model::ObjectName& table) {
  const std::vector<std::string> names = table_names(table.schema);
  return std::find(names.begin(), names.end(), table.name) != names.end();
}

bool Inspector::has_column(const model::ObjectName& table, const std::string& column) {
  const std::optional<model::Table> found = find_table(table);
  return found && found->find_column(column) != nullptr;
}

bool Inspector::has_index(const model::ObjectName& table, const std::string& index) {
  const std::optional<model::Table> found = find_table(table);
  return found && found->find_index(index) != nullptr;
}

}  // namespace cupel::inspect
