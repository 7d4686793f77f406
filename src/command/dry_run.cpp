// SPDX-License-Identifier: MIT
// See dry_run.hpp.
#include "cupel/command/dry_run.hpp"

#include <memory>
#include <optional>

#include "command/comparison.hpp"
#include "cupel/migrate/state.hpp"

namespace cupel::command {
namespace {

/// Everything but cupel's own tables.
model::Schema schema_of(const migrate::Environment& environment) {
  const auto inspector = environment.dialect->make_inspector(*environment.connection);
  inspect::Scope scope;
  scope.all_schemas = environment.dialect->traits().has_schemas;
  model::Schema schema = inspector->inspect(scope);
  const std::string default_schema = inspector->default_schema();
  for (model::ObjectName own : migrate::own_tables(environment.settings)) {
    if (own.schema == default_schema) own.schema.clear();
    std::erase_if(schema.tables, [&](const model::Table& table) { return table.name == own; });
  }
  return schema;
}

}  // namespace

DryRunReport dry_run(Project& project, revision::Direction direction, const std::string& target) {
  project.graph().require_sound();
  DryRunReport report;
  report.has_database = project.database_exists();
  // A file that is not there must not be made; an empty database in memory is the same to a run.
  std::unique_ptr<dialect::Scratch> scratch;
  migrate::Environment environment =
      report.has_database ? project.environment(/*create=*/false) : project.offline_environment();
  if (!report.has_database) {
    scratch = project.dialect().make_scratch({.beside = &project.url(), .log = project.log});
    environment.connection = &scratch->connection();
    environment.url = nullptr;
  }
  std::optional<model::Schema> before;
  const auto look = [&](bool is_done) {
    model::Schema schema = schema_of(environment);
    if (is_done) {
      report.findings =
          compare_refusing_renames(*before, schema, project.dialect().diff_rules(), {}).findings;
    }
    before = std::move(schema);
  };
  report.trial = direction == revision::Direction::Downgrade
                     ? migrate::try_downgrade(environment, target, look)
                     : migrate::try_upgrade(environment, target, look);
  return report;
}

}  // namespace cupel::command
