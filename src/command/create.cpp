// SPDX-License-Identifier: MIT
// create and reset. See schema.hpp.
#include <algorithm>
#include <set>
#include <utility>

#include "command/comparison.hpp"
#include "command/selection.hpp"
#include "cupel/base/text.hpp"
#include "cupel/command/schema.hpp"
#include "cupel/migrate/run.hpp"
#include "cupel/revision/resolve.hpp"

namespace cupel::command {
namespace {

using model::ObjectKey;

std::set<ObjectKey> key_set(const model::Schema& schema) {
  std::set<ObjectKey> keys;
  for (ObjectKey& key : model::keys_of(schema)) keys.insert(std::move(key));
  return keys;
}

/// Decides under the lock, so that ten processes at once make each table once.
class Creator {
 public:
  Creator(Project& project, bool drop) : project_(&project), drop_(drop) {
    project.graph().require_sound();
    project.target();
  }

  CreateReport run() {
    // A look beforehand, so that what is refused leaves nothing behind, not even cupel's own
    // tables.
    if (project_->database_exists()) {
      plan(migrate::read_rows(project_->environment(/*create=*/false)));
      if (!report_.note.empty() || !report_.differing.empty()) return std::move(report_);
    }
    const migrate::RunResult result =
        migrate::run_direct(project_->environment(), [this](const std::vector<std::string>& rows) {
          report_ = {};
          return plan(rows);
        });
    if (is_stamping_) report_.stamped = result.rows;
    return std::move(report_);
  }

 private:
  migrate::Direct plan(const std::vector<std::string>& rows) {
    migrate::Direct direct;
    if (!drop_ && !rows.empty()) {
      report_.note = note_for(rows);
      return direct;
    }
    Live live = read_live(*project_);
    if (drop_) direct.operations = drop_owned(live);
    std::vector<ops::Operation> creation = create_missing(live.schema);
    if (!report_.differing.empty()) {
      std::vector<diff::Finding> differing = std::move(report_.differing);
      report_ = {};
      report_.differing = std::move(differing);
      return {};
    }
    std::move(creation.begin(), creation.end(), std::back_inserter(direct.operations));
    if (!project_->graph().empty()) direct.targets = {"heads"};
    direct.purge = drop_;
    is_stamping_ = !direct.targets.empty();
    return direct;
  }

  std::string note_for(const std::vector<std::string>& rows) const {
    const revision::Graph& graph = project_->graph();
    const std::vector<std::string> unknown = revision::resolve_rows(graph, rows).unknown;
    if (!unknown.empty())
      return "The database is at revision " + text::quoted_list(unknown) +
             ", which no file defines; nothing was created. Bring its file back (another branch?), "
             "or let cupel doctor find out which revision it is.";
    return revision::is_at_heads(graph, rows)
               ? "The database is at the head already; nothing to create."
               : "The database has a revision already: cupel upgrade heads brings it on.";
  }

  /// What is dropped is gone from `live` afterwards.
  std::vector<ops::Operation> drop_owned(Live& live) {
    Ownership ownership(*project_, live.default_schema);
    const Filter filter(*project_, live.default_schema);
    const auto& declared = project_->target().declared_in;
    diff::Options options;
    options.is_included = [&](const ObjectKey& key, const std::string& part) {
      return filter.includes(key, part) &&
             (!part.empty() || declared.count(key) != 0 || ownership.owns(key));
    };
    for (const ObjectKey& key : model::keys_of(live.schema)) {
      if (options.is_included(key, {})) report_.dropped.push_back(key);
    }
    diff::Difference difference =
        diff::compare(live.schema, {}, project_->dialect().diff_rules(), options);
    const std::set<ObjectKey> gone(report_.dropped.begin(), report_.dropped.end());
    keep_objects(live.schema, [&](const ObjectKey& key) { return gone.count(key) == 0; });
    return std::move(difference.operations);
  }

  std::vector<ops::Operation> create_missing(const model::Schema& live) {
    const std::set<ObjectKey> present = key_set(live);
    model::Schema missing = project_->target().schema;
    keep_objects(missing, [&](const ObjectKey& key) { return present.count(key) == 0; });
    for (const ObjectKey& key : model::keys_of(project_->target().schema))
      (present.count(key) != 0 ? report_.kept : report_.created).push_back(key);
    if (!report_.kept.empty()) report_.differing = differences_of_kept(live);
    return diff::create_all(missing, project_->dialect().diff_rules());
  }

  std::vector<diff::Finding> differences_of_kept(const model::Schema& live) {
    const std::set<ObjectKey> kept(report_.kept.begin(), report_.kept.end());
    diff::Options options;
    options.is_included = [&](const ObjectKey& key, const std::string&) {
      return kept.count(key) != 0;
    };
    options.guess_renames = false;
    const std::unique_ptr<diff::Normalizer> normalizer = normalizer_for(*project_);
    options.normalizer = normalizer.get();
    return diff::compare(live, project_->target().schema, project_->dialect().diff_rules(), options)
        .findings;
  }

  Project* project_;
  bool drop_;
  bool is_stamping_ = false;
  CreateReport report_;
};

}  // namespace

CreateReport create(Project& project, bool drop) { return Creator(project, drop).run(); }

std::vector<ObjectKey> owned_objects(Project& project) {
  const Live live = read_live(project);
  Ownership ownership(project, live.default_schema);
  const Filter filter(project, live.default_schema);
  const auto& declared = project.target().declared_in;
  std::vector<ObjectKey> owned;
  for (const ObjectKey& key : model::keys_of(live.schema)) {
    if (filter.includes(key) && (declared.count(key) != 0 || ownership.owns(key)))
      owned.push_back(key);
  }
  return owned;
}

std::vector<std::string> reset(Project& project) {
  if (!project.database_exists()) return {};
  migrate::Environment& environment = project.environment(/*create=*/false);
  std::vector<std::string> rows = migrate::read_rows(environment);
  if (!rows.empty()) migrate::stamp(environment, {"base"}, /*purge=*/true);
  return rows;
}

}  // namespace cupel::command
