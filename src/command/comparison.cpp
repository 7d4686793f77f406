// SPDX-License-Identifier: MIT
// See comparison.hpp.
#include "command/comparison.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "command/decisions.hpp"
#include "command/declarations.hpp"
#include "command/presets.hpp"
#include "cupel/base/text.hpp"
#include "cupel/diff/rules.hpp"
#include "cupel/migrate/state.hpp"
#include "cupel/revision/resolve.hpp"

namespace cupel::command {
namespace {

using model::ObjectKey;

/// "" is the default schema.
std::set<std::string> schemas_of(const model::Schema& schema) {
  std::set<std::string> names{""};
  for (const ObjectKey& key : model::keys_of(schema))
    names.insert(key.kind == model::ObjectKind::Schema ? key.name.name : key.name.schema);
  return names;
}

/// Names in this schema are taken for such in the default one; where that is another, what is in it
/// cannot be told apart.
bool is_taken_for_default(const std::string& schema, const std::string& default_schema,
                          const diff::DiffRules& rules) {
  return !schema.empty() && !default_schema.empty() && schema != default_schema &&
         rules.stored_name({schema, "x"}).schema.empty();
}

/// Asks the revisions only if the database has a schema that no source speaks of.
inspect::Scope scope_for(Project& project, inspect::Inspector& inspector,
                         const std::string& default_schema) {
  inspect::Scope scope;
  if (!project.dialect().traits().has_schemas) return scope;
  const std::vector<std::string> present = inspector.schema_names();
  std::set<std::string> wanted{""};
  if (project.has_target()) wanted = schemas_of(project.target().schema);
  const auto is_known = [&](const std::string& name) {
    return name == default_schema || wanted.count(name) != 0;
  };
  if (!std::all_of(present.begin(), present.end(), is_known)) {
    Ownership ownership(project, default_schema);
    const std::vector<std::string> made = ownership.schemas();
    for (const std::string& name : present) {
      if (std::find(made.begin(), made.end(), text::to_lower(name)) != made.end())
        wanted.insert(name);
    }
  }
  for (const std::string& name : wanted) {
    const bool exists = std::find(present.begin(), present.end(), name) != present.end();
    const bool is_other =
        exists && name != default_schema &&
        !is_taken_for_default(name, default_schema, project.dialect().diff_rules());
    if (name.empty() || is_other) scope.schemas.push_back(name);
  }
  return scope;
}

/// Decisions of people, and the questions that are left.
class Decider {
 public:
  Decider(const model::Schema& from, const model::Schema& to, const diff::DiffRules& rules,
          const Decisions& decisions, diff::Options options)
      : from_(&from), to_(&to), rules_(&rules), options_(std::move(options)) {
    for (const std::string& text : decisions.renames)
      options_.renames.push_back(parse_rename(text, "--rename", from));
    for (const std::string& text : decisions.not_renames)
      options_.not_renames.push_back(parse_rename(text, "--no-rename", from));
    refuses_all_ = decisions.no_renames;
    if (refuses_all_) {
      options_.guess_renames = false;
    } else {
      take_hints();
    }
  }

  diff::Difference decide() {
    return refuses_all_ ? compare_refusing_renames(*from_, *to_, *rules_, options_)
                        : diff::compare(*from_, *to_, *rules_, options_);
  }

 private:
  /// What the models ask for, unless a flag speaks of the same.
  void take_hints() {
    const auto has = [](const std::vector<diff::Rename>& list, const diff::Rename& rename) {
      return std::any_of(list.begin(), list.end(), [&](const diff::Rename& it) {
        return it.table == rename.table && it.column == rename.column;
      });
    };
    for (diff::Rename& rename : hinted_renames(*from_, *to_)) {
      if (has(options_.renames, rename) || has(options_.not_renames, rename)) continue;
      options_.renames.push_back(std::move(rename));
    }
  }

  const model::Schema* from_;
  const model::Schema* to_;
  const diff::DiffRules* rules_;
  diff::Options options_;
  bool refuses_all_ = false;
};

/// Says of every object that the models lost why that might be a mistake.
void explain_removals(Project& project, Ownership& ownership, diff::Difference& difference) {
  Vanished vanished(project);
  for (diff::Finding& finding : difference.findings) {
    const bool is_object =
        finding.kind == diff::Finding::Kind::Removed && finding.part.empty() && finding.destructive;
    if (!is_object) continue;
    const std::string why = vanished.explain(finding.object, ownership.made_by(finding.object));
    if (why.empty()) continue;
    if (!finding.note.empty()) finding.note += "; ";
    finding.note += why;
  }
}

void refuse_other_default(const source::Target& models, const std::string& default_schema,
                          const diff::DiffRules& rules) {
  for (const ObjectKey& key : model::keys_of(models.schema)) {
    const std::string& schema = key.name.schema;
    if (!is_taken_for_default(schema, default_schema, rules)) continue;
    const auto place = models.declared_in.find(key);
    throw InputError({place == models.declared_in.end() ? "models" : place->second},
                     to_string(key) + ": schema '" + schema +
                         "' is taken for the default one, which is '" + default_schema +
                         "' in this database",
                     "leave what is in '" + schema + "' to another project, or make '" + schema +
                         "' the default schema (the first of search_path)");
  }
}

}  // namespace

Live read_live(Project& project, bool everything) {
  if (!project.database_exists()) return {};
  const migrate::Environment& environment = project.environment(/*create=*/false);
  const std::unique_ptr<inspect::Inspector> inspector =
      project.dialect().make_inspector(*environment.connection);
  Live live;
  migrate::read_within_limits(environment,
                              [&] { live.default_schema = inspector->default_schema(); });
  inspect::Scope scope;
  if (everything)
    scope.all_schemas = project.dialect().traits().has_schemas;
  else
    scope = scope_for(project, *inspector, live.default_schema);
  migrate::read_within_limits(environment, [&] { live.schema = inspector->inspect(scope); });
  return live;
}

Live read_other(Project& project, const std::string& text) {
  const driver::Url url = driver::parse_url(text);
  const dialect::Dialect& dialect = dialect::find_dialect(url.dialect);
  if (&dialect != &project.dialect()) {
    throw UsageError("'" + driver::to_display(url) + "' is no " +
                         project.dialect().writer().product() + " database, as the project's is",
                     "compare databases of one kind");
  }
  const std::unique_ptr<driver::Connection> connection =
      dialect.connect(url, {.read_only = true, .create = false, .log = project.log});
  const std::unique_ptr<inspect::Inspector> inspector = dialect.make_inspector(*connection);
  inspect::Scope scope;
  scope.all_schemas = dialect.traits().has_schemas;
  return {inspector->inspect(scope), inspector->default_schema()};
}

std::vector<Unmanaged> unmanaged_of(const std::vector<ObjectKey>& keys, const Filter& filter) {
  std::vector<Unmanaged> unmanaged;
  for (const ObjectKey& key : keys) {
    if (filter.is_foreign(key)) continue;
    const Preset* preset = preset_of(table_name_of(key));
    unmanaged.push_back({key, preset == nullptr ? "" : std::string(preset->product)});
  }
  return unmanaged;
}

diff::Difference compare_refusing_renames(const model::Schema& from, const model::Schema& to,
                                          const diff::DiffRules& rules, diff::Options options) {
  diff::Difference difference = diff::compare(from, to, rules, options);
  while (!difference.questions.empty()) {
    for (const diff::RenameQuestion& question : difference.questions)
      options.not_renames.push_back(question.rename);
    difference = diff::compare(from, to, rules, options);
  }
  return difference;
}

Comparison compare_with_models(Project& project, const Decisions& decisions) {
  const source::Target& target = project.target();
  Comparison comparison;
  comparison.live = read_live(project);
  refuse_other_default(target, comparison.live.default_schema, project.dialect().diff_rules());
  const Filter filter(project, comparison.live.default_schema);
  Ownership ownership(project, comparison.live.default_schema);
  diff::Options options;
  options.is_owned = [&](const ObjectKey& key) { return ownership.owns(key); };
  options.is_included = [&](const ObjectKey& key, const std::string& part) {
    return filter.includes(key, part);
  };
  const std::unique_ptr<diff::Normalizer> normalizer = normalizer_for(project);
  options.normalizer = normalizer.get();
  options.concurrent_indexes = project.config().autogenerate.concurrent_indexes;
  Decider decider(comparison.live.schema, target.schema, project.dialect().diff_rules(), decisions,
                  std::move(options));
  comparison.difference = decider.decide();
  comparison.unmanaged = unmanaged_of(comparison.difference.unmanaged, filter);
  comparison.difference.unmanaged.clear();
  explain_removals(project, ownership, comparison.difference);
  return comparison;
}

std::unique_ptr<diff::Normalizer> normalizer_for(Project& project) {
  if (!project.database_exists()) return nullptr;
  return project.dialect().make_normalizer(*project.environment(/*create=*/false).connection);
}

void require_at_heads(Project& project) {
  project.graph().require_sound();
  std::vector<std::string> rows;
  if (project.database_exists()) rows = migrate::read_rows(project.environment(/*create=*/false));
  const revision::Graph& graph = project.graph();
  revision::require_known_rows(graph, rows);
  if (revision::is_at_heads(graph, rows)) return;
  const std::size_t missing = revision::pending(graph, rows).size();
  throw RevisionError("Target database is not up to date.", rows,
                      rows.empty()
                          ? "cupel upgrade heads; if its tables are there already, cupel "
                            "doctor finds out which revision they are"
                          : "cupel upgrade heads runs what is missing (" + std::to_string(missing) +
                                (missing == 1 ? " revision)" : " revisions)"));
}

}  // namespace cupel::command
