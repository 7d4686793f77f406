// SPDX-License-Identifier: MIT
// See replay.hpp.
#include "command/replay.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "cupel/migrate/run.hpp"

namespace cupel::command {

Replay::Replay(Project& project) {
  const std::string& dev_url = project.config().schema.dev_url;
  std::optional<driver::Url> dev;
  if (!dev_url.empty()) dev = driver::parse_url(dev_url);
  scratch_ = project.dialect().make_scratch(
      {.beside = &project.url(), .dev = dev ? &*dev : nullptr, .log = project.log});
  inspector_ = project.dialect().make_inspector(scratch_->connection());
  environment_.dialect = &project.dialect();
  environment_.connection = &scratch_->connection();
  environment_.migrations = &project.migrations();
  environment_.settings = project.config().settings;
  environment_.settings.version_table.schema.clear();  // nobody has made it there
  environment_.settings.history = false;
  environment_.settings.destructive = migrate::Destructive::Allow;  // there is nobody's data
  environment_.settings.idempotent = false;
  environment_.arguments = project.config().arguments;
  environment_.clock = project.clock;
  environment_.is_interrupted = project.is_interrupted;
}

Replay::~Replay() = default;

std::vector<std::string> Replay::upgrade(const std::string& revision) {
  return migrate::upgrade(environment_, revision).rows;
}

std::vector<std::string> Replay::downgrade(const std::string& target) {
  return migrate::downgrade(environment_, target).rows;
}

model::Schema Replay::schema() {
  inspect::Scope scope;
  scope.all_schemas = environment_.dialect->traits().has_schemas;
  model::Schema schema = inspector_->inspect(scope);
  for (const model::ObjectName& own : migrate::own_tables(environment_.settings))
    std::erase_if(schema.tables, [&](const model::Table& table) { return table.name == own; });
  return schema;
}

void Replay::forget() { inspector_ = environment_.dialect->make_inspector(scratch_->connection()); }

std::vector<model::ObjectName> Replay::names() {
  std::vector<model::ObjectName> names;
  const std::vector<model::ObjectName> own = migrate::own_tables(environment_.settings);
  for (const std::string& name : inspector_->table_names()) {
    if (std::find(own.begin(), own.end(), model::ObjectName(name)) == own.end())
      names.emplace_back(name);
  }
  for (const std::string& name : inspector_->view_names()) names.emplace_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

model::Schema schema_of_revisions(Project& project, const std::vector<std::string>& ids) {
  project.graph().require_sound();
  if (ids.empty()) return {};
  Replay replay(project);
  for (const std::string& id : ids) replay.upgrade(id);
  return replay.schema();
}

}  // namespace cupel::command
