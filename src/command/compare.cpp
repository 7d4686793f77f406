// SPDX-License-Identifier: MIT
// diff: any two schemas. See schema.hpp.
#include <set>
#include <utility>

#include "command/comparison.hpp"
#include "command/replay.hpp"
#include "cupel/base/text.hpp"
#include "cupel/command/schema.hpp"
#include "cupel/migrate/state.hpp"
#include "cupel/revision/resolve.hpp"
#include "cupel/script/render.hpp"

namespace cupel::command {
namespace {

using model::ObjectKey;

/// A schema, and whether all of it is the project's.
struct Side {
  Live live;
  bool is_ours = true;
};

bool is_url(const std::string& word) { return word.find("://") != std::string::npos; }

std::vector<std::string> ids_for(Project& project, const std::string& word) {
  const revision::Graph& graph = project.graph();
  graph.require_sound();
  std::vector<std::string> rows;
  if (word.find("current") != std::string::npos && project.database_exists())
    rows = migrate::read_rows(project.environment(/*create=*/false));
  std::vector<std::string> ids;
  try {
    for (const revision::Index index : revision::resolve(graph, word, rows))
      ids.push_back(graph.id(index));
  } catch (RevisionError& error) {
    if (error.hint().empty())
      error.set_hint("a side is models, database, empty, a revision, or a URL");
    throw;
  }
  return ids;
}

Side side_of(Project& project, const std::string& word) {
  if (word == "empty") return {};
  if (word == "models") return {{project.target().schema, {}}, true};
  if (word == "database") return {read_live(project), false};
  if (is_url(word)) return {read_other(project, word), false};
  return {{schema_of_revisions(project, ids_for(project, word)), {}}, true};
}

std::set<ObjectKey> keys_of(const Side& side) {
  std::set<ObjectKey> keys;
  for (ObjectKey& key : model::keys_of(side.live.schema)) keys.insert(std::move(key));
  return keys;
}

/// What a database holds besides the project's things is left out where the other side is the
/// project's; two databases are compared as they are.
class Scope {
 public:
  Scope(Project& project, const Side& from, const Side& to)
      : default_schema_(from.live.default_schema.empty() ? to.live.default_schema
                                                         : from.live.default_schema),
        filter_(project, default_schema_),
        ownership_(project, default_schema_),
        compares_all_(!from.is_ours && !to.is_ours) {
    for (const Side* side : {&from, &to}) {
      if (!side->is_ours) continue;
      for (const ObjectKey& key : keys_of(*side)) ours_.insert(key);
    }
    if (compares_all_) return;
    for (const Side* side : {&from, &to}) {
      if (side->is_ours) continue;
      for (const ObjectKey& key : keys_of(*side)) {
        if (filter_.includes(key) && !includes(key, {})) unmanaged_.push_back(key);
      }
    }
  }
  bool includes(const ObjectKey& key, const std::string& part) {
    if (!filter_.includes(key, part)) return false;
    return compares_all_ || !part.empty() || ours_.count(key) != 0 || ownership_.owns(key);
  }
  std::vector<Unmanaged> unmanaged() const { return unmanaged_of(unmanaged_, filter_); }

 private:
  std::string default_schema_;
  Filter filter_;
  Ownership ownership_;
  bool compares_all_;
  std::set<ObjectKey> ours_;
  std::vector<ObjectKey> unmanaged_;
};

}  // namespace

DiffReport diff_schemas(Project& project, const std::string& from, const std::string& to) {
  const Side before = side_of(project, from);
  const Side after = side_of(project, to);
  Scope scope(project, before, after);
  diff::Options options;
  options.is_included = [&](const ObjectKey& key, const std::string& part) {
    return scope.includes(key, part);
  };
  const std::unique_ptr<diff::Normalizer> normalizer = normalizer_for(project);
  options.normalizer = normalizer.get();
  const dialect::Dialect& dialect = project.dialect();
  diff::Difference difference =
      diff::compare(before.live.schema, after.live.schema, dialect.diff_rules(), options);
  DiffReport report;
  report.sql = script::render_sql({{{}, difference.operations}}, dialect, before.live.schema);
  if (!report.sql.empty()) report.sql += "\n";
  report.findings = std::move(difference.findings);
  report.questions = std::move(difference.questions);
  report.unmanaged = scope.unmanaged();
  return report;
}

}  // namespace cupel::command
