// SPDX-License-Identifier: MIT
// See schema_inspector.hpp.
#include "cupel/inspect/schema_inspector.hpp"

#include <algorithm>

namespace cupel::inspect {
namespace {

template <typename Items>
std::vector<std::string> sorted_names(const Items& items) {
  std::vector<std::string> names;
  for (const auto* item : items) names.push_back(item->name.name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

bool SchemaInspector::is_in(const model::ObjectName& name, const std::string& schema) const {
  const auto full = [this](const std::string& it) { return it.empty() ? default_schema_ : it; };
  return full(name.schema) == full(schema);
}

bool SchemaInspector::is_in(const model::ObjectName& name,
                            const std::vector<std::string>& schemas) const {
  if (schemas.empty()) return is_in(name, std::string());
  return std::any_of(schemas.begin(), schemas.end(),
                     [&](const std::string& schema) { return is_in(name, schema); });
}

model::Schema SchemaInspector::inspect(const Scope& scope) {
  if (scope.all_schemas && scope.tables.empty()) return *schema_;
  model::Schema found;
  if (!scope.tables.empty()) {
    for (const model::ObjectName& wanted : scope.tables)
      for (const model::Table& table : schema_->tables)
        if (table.name.name == wanted.name && is_in(table.name, wanted.schema))
          found.tables.push_back(table);
    return found;
  }
  const auto keep = [&](auto& to, const auto& from) {
    for (const auto& item : from)
      if (is_in(item.name, scope.schemas)) to.push_back(item);
  };
  found.extensions = schema_->extensions;
  keep(found.enums, schema_->enums);
  keep(found.domains, schema_->domains);
  keep(found.sequences, schema_->sequences);
  keep(found.tables, schema_->tables);
  keep(found.views, schema_->views);
  keep(found.functions, schema_->functions);
  for (const model::Trigger& trigger : schema_->triggers)
    if (is_in(trigger.table, scope.schemas)) found.triggers.push_back(trigger);
  return found;
}

std::vector<std::string> SchemaInspector::table_names(const std::string& schema) {
  std::vector<const model::Table*> found;
  for (const model::Table& table : schema_->tables)
    if (is_in(table.name, schema)) found.push_back(&table);
  return sorted_names(found);
}

std::vector<std::string> SchemaInspector::view_names(const std::string& schema) {
  std::vector<const model::View*> found;
  for (const model::View& view : schema_->views)
    if (!view.materialized && is_in(view.name, schema)) found.push_back(&view);
  return sorted_names(found);
}

std::vector<std::string> SchemaInspector::schema_names() {
  std::vector<std::string> names = schema_->schemas;
  names.push_back(default_schema_);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace cupel::inspect
