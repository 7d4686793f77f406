// SPDX-License-Identifier: MIT
// The short questions, answered by inspect() of one table. See inspector.hpp.
#include "cupel/inspect/inspector.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"

namespace cupel::inspect {

Inspector::~Inspector() = default;

std::optional<model::Table> Inspector::find_table(const model::ObjectName& table) {
  model::Schema schema = inspect({.tables = {table}});
  if (schema.tables.empty()) return std::nullopt;
  return std::move(schema.tables.front());  // whichever way the default schema was written
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
  if (!found) return false;
  if (found->find_column(column) != nullptr) return true;
  // A child holds only what it adds.
  return std::any_of(found->inherits.begin(), found->inherits.end(),
                     [&](const model::ObjectName& parent) { return has_column(parent, column); });
}

bool Inspector::has_index(const model::ObjectName& table, const std::string& index) {
  const std::optional<model::Table> found = find_table(table);
  return found && found->find_index(index) != nullptr;
}

}  // namespace cupel::inspect
