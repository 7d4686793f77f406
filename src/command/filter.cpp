// SPDX-License-Identifier: MIT
// See filter.hpp.
#include "command/filter.hpp"

#include <algorithm>
#include <utility>

#include "command/presets.hpp"
#include "command/selection.hpp"
#include "cupel/base/pattern.hpp"
#include "cupel/migrate/state.hpp"

namespace cupel::command {

using model::ObjectKey;
using model::ObjectKind;

model::ObjectName table_name_of(const ObjectKey& key) {
  if (key.kind != ObjectKind::Trigger) return key.name;
  return {key.name.schema, key.detail.substr(key.detail.rfind('.') + 1)};
}

Filter::Filter(const Project& project, std::string default_schema)
    : project_(&project), default_schema_(std::move(default_schema)) {
  for (const std::string& preset : project.config().autogenerate.exclude_presets)
    find_preset(preset);
}

bool Filter::is_own(const ObjectKey& key) const {
  const model::ObjectName name = table_name_of(key);
  const std::vector<model::ObjectName> own = migrate::own_tables(project_->config().settings);
  return std::any_of(own.begin(), own.end(), [&](const model::ObjectName& table) {
    const std::string schema = table.schema == default_schema_ ? "" : table.schema;
    return schema == name.schema && table.name == name.name;
  });
}

bool Filter::is_excluded(const model::ObjectName& name) const {
  const AutogenerateSettings& settings = project_->config().autogenerate;
  const std::string& schema = name.schema.empty() ? default_schema_ : name.schema;
  const bool in_schema = std::any_of(
      settings.exclude_schemas.begin(), settings.exclude_schemas.end(),
      [&](const std::string& pattern) { return text::matches_pattern(schema, pattern); });
  return in_schema || matches_any(settings.exclude_tables, name, default_schema_);
}

bool Filter::includes(const ObjectKey& key, const std::string& part) const {
  const Filters& own = project_->filters;
  if (!part.empty()) return !own.include_object || own.include_object(key, part);
  if (is_own(key)) return false;
  const bool is_schema = key.kind == ObjectKind::Schema;
  const model::ObjectName name =
      is_schema ? model::ObjectName(key.name.name, "") : table_name_of(key);
  if (key.kind != ObjectKind::Extension && is_excluded(name)) return false;
  if (own.include_name && !own.include_name(key)) return false;
  return !own.include_object || own.include_object(key, part);
}

bool Filter::is_foreign(const ObjectKey& key) const {
  const std::vector<std::string>& excluded = project_->config().autogenerate.exclude_presets;
  return std::any_of(excluded.begin(), excluded.end(), [&](const std::string& preset) {
    return matches(find_preset(preset), table_name_of(key));
  });
}

}  // namespace cupel::command
