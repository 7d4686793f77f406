// SPDX-License-Identifier: MIT
// See adopt.hpp.
#include "cupel/command/adopt.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "command/code.hpp"
#include "command/comparison.hpp"
#include "command/declarations.hpp"
#include "command/presets.hpp"
#include "command/revision_file.hpp"
#include "command/selection.hpp"
#include "cupel/base/pattern.hpp"
#include "cupel/base/text.hpp"
#include "cupel/migrate/run.hpp"
#include "cupel/ops/services.hpp"

namespace cupel::command {
namespace {

using model::ObjectKey;
using model::ObjectKind;

/// The same operations, harmless where the objects are there already.
std::vector<ops::Operation> if_missing(std::vector<ops::Operation> operations) {
  for (ops::Operation& operation : operations) {
    std::visit(
        [](auto& op) {
          if constexpr (requires { op.if_not_exists; }) op.if_not_exists = true;
        },
        operation);
  }
  return operations;
}

/// A .sql file among the sources that may grow; empty if there is none.
std::string growing_file(const Project& project) {
  for (const std::string& pattern : project.config().schema.sql) {
    if (pattern.ends_with(".sql") && !text::has_wildcard(pattern)) return pattern;
  }
  return {};
}

/// A new file that a pattern or folder of the sources takes in; empty if there is none.
std::string new_file(const Project& project) {
  for (const std::string& pattern : project.config().schema.sql) {
    std::string folder = pattern;
    if (text::has_wildcard(pattern)) folder = path::directory(pattern);
    if (!project.files().is_directory(project.path_of(folder))) continue;
    std::string file = path::join(folder, "adopted.sql");
    const bool fits = folder == pattern || text::matches_pattern(file, pattern);
    if (fits) return file;
  }
  return {};
}

/// Appends SQL to a source; returns its name, or nothing if no source is a file.
std::string declare(Project& project, const std::string& sql) {
  std::string file = growing_file(project);
  if (file.empty()) file = new_file(project);
  if (file.empty()) return {};
  const std::string path = project.path_of(file);
  std::string content = project.files().is_file(path) ? project.files().read(path) : "";
  if (!content.empty() && !content.ends_with('\n')) content += "\n";
  if (!content.empty()) content += "\n";
  project.files().write(path, content + sql);
  return file;
}

/// Removes objects that well-known software made; what the rest refers to stays.
std::vector<Unmanaged> leave_out_foreign(model::Schema& schema) {
  std::set<model::ObjectName> referred;
  const auto is_foreign = [&](const ObjectKey& key) {
    const model::ObjectName name =
        key.kind == ObjectKind::Schema ? model::ObjectName(key.name.name, "") : table_name_of(key);
    return referred.count(name) == 0 && preset_of(name) != nullptr;
  };
  for (bool grows = true; grows;) {
    grows = false;
    for (const model::Table& table : schema.tables) {
      if (is_foreign(model::key_of(table))) continue;
      for (const model::Constraint& constraint : table.constraints) {
        if (const auto* key = std::get_if<model::ForeignKey>(&constraint))
          grows |= is_foreign({ObjectKind::Table, key->referred_table, {}}) &&
                   referred.insert(key->referred_table).second;
      }
    }
  }
  std::vector<Unmanaged> left_out;
  keep_objects(schema, [&](const ObjectKey& key) {
    if (!is_foreign(key)) return true;
    const Preset* preset = preset_of(
        key.kind == ObjectKind::Schema ? model::ObjectName(key.name.name, "") : table_name_of(key));
    left_out.push_back({key, std::string(preset->product)});
    return false;
  });
  return left_out;
}

}  // namespace

AdoptReport adopt(Project& project, const std::vector<std::string>& patterns,
                  const BeforeAdopting& before_writing) {
  Live live = read_live(project);
  const Filter filter(project, live.default_schema);
  Ownership ownership(project, live.default_schema);
  keep_objects(live.schema,
               [&](const ObjectKey& key) { return filter.includes(key) && !ownership.owns(key); });
  select_tables(live.schema, patterns, live.default_schema);
  AdoptReport report;
  report.adopted = model::keys_of(live.schema);
  model::Schema undeclared = live.schema;
  std::map<ObjectKey, std::string> declared_in;
  if (project.has_target()) declared_in = project.target().declared_in;
  keep_objects(undeclared, [&](const ObjectKey& key) { return declared_in.count(key) == 0; });
  const std::vector<ObjectKey> new_keys = model::keys_of(undeclared);
  if (!new_keys.empty()) {
    const std::string sql = render_ddl(project.dialect(), undeclared);
    const std::string file = declare(project, sql);
    if (file.empty()) {
      report.code = render_models(project, undeclared);
      return report;
    }
    report.declared.push_back(file);
    for (const ObjectKey& key : new_keys) declared_in[key] = file;
  }
  RevisionRequest request;
  request.message = "adopt " + text::join(patterns, ", ");
  request.heads = {"heads"};
  script::NewRevision revision{header_for(project, request), {}, {}};
  const std::vector<ops::Operation> creation =
      diff::create_all(live.schema, project.dialect().diff_rules());
  const bool writes_sql = project.config().format == "sql";  // which says it in a word of its own
  std::vector<script::Step> steps{{declaration_comment(report.adopted, declared_in), {}},
                                  {{}, writes_sql ? creation : if_missing(creation)}};
  revision.upgrade =
      (writes_sql ? "-- cupel: idempotent\n" : "") + render_steps(project, steps, {}, revision);
  revision.downgrade = render_steps(
      project, {{"It was there before this project; dropping it is for those who made it.", {}}},
      {}, revision);
  if (before_writing) before_writing(report);
  report.revision = write_revision(project, std::move(revision), {});
  return report;
}

AdoptReport adopt_database(Project& project, const std::string& message,
                           const BeforeAdopting& before_writing) {
  Live live = read_live(project, /*everything=*/true);
  const Filter filter(project, live.default_schema);
  keep_objects(live.schema, [&](const ObjectKey& key) { return !filter.is_own(key); });
  AdoptReport report;
  report.left_out = leave_out_foreign(live.schema);
  report.adopted = model::keys_of(live.schema);
  const std::string file = writes_cpp(project)
                               ? path::join(project.config().script_location, "models.hpp")
                               : "schema.sql";
  project.files().write(project.path_of(file), render_models(project, live.schema));
  report.declared.push_back(file);
  const std::vector<std::string> rows = migrate::read_rows(project.environment(/*create=*/false));
  RevisionRequest request;
  request.message = message;
  if (rows.size() == 1) request.revision_id = rows.front();  // of the tool that was here before
  script::NewRevision revision{header_for(project, request), {}, {}};
  const std::vector<ops::Operation> creation =
      diff::create_all(live.schema, project.dialect().diff_rules());
  std::map<ObjectKey, std::string> declared_in;
  for (const ObjectKey& key : report.adopted) declared_in[key] = file;
  revision.upgrade = render_steps(
      project, {{declaration_comment(report.adopted, declared_in), {}}, {{}, creation}}, {},
      revision);
  revision.downgrade =
      render_steps(project, {{{}, ops::reverse_all(creation)}}, live.schema, revision);
  if (before_writing) before_writing(report);
  report.revision = write_revision(project, std::move(revision), {});
  return report;
}

}  // namespace cupel::command
