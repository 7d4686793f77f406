// SPDX-License-Identifier: MIT
// See diagnosis.hpp.
#include "command/diagnosis.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace cupel::command {
namespace {

using model::ObjectKey;
using model::ObjectKind;
using model::ObjectName;

bool is_relation(const ObjectKey& key) {
  return key.kind == ObjectKind::Table || key.kind == ObjectKind::View;
}

std::size_t distance(const std::vector<ObjectName>& a, const std::vector<ObjectName>& b) {
  std::vector<ObjectName> only_one;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(),
                                std::back_inserter(only_one));
  return only_one.size();
}

}  // namespace

Diagnoser::Diagnoser(Project& project, const Live& live)
    : project_(&project),
      live_(&live),
      ownership_(project, live.default_schema),
      filter_(project, live.default_schema) {}

bool Diagnoser::is_ours(const ObjectKey& key) {
  if (!filter_.includes(key)) return false;
  return (is_relation(key) && seen_.count(key.name) != 0) || ownership_.ever_made(key);
}

std::vector<Diagnoser::Candidate> Diagnoser::candidates(Diagnosis& diagnosis) {
  Replay replay(*project_);
  std::vector<std::pair<State, std::vector<ObjectName>>> states{{{}, {}}};
  const revision::Graph& graph = project_->graph();
  for (const revision::Index index : graph.order()) {
    try {
      State state{graph.id(index), replay.upgrade(graph.id(index))};
      states.emplace_back(std::move(state), replay.names());
    } catch (const Interrupted&) {
      throw;
    } catch (const Error& error) {
      diagnosis.failure =
          "revision '" + graph.id(index) + "' does not run on a new database: " + error.what();
      break;
    }
    seen_.insert(states.back().second.begin(), states.back().second.end());
  }
  std::vector<ObjectName> present;
  for (const ObjectKey& key : model::keys_of(live_->schema)) {
    if (is_relation(key) && key.name.schema.empty() && is_ours(key)) present.push_back(key.name);
  }
  std::sort(present.begin(), present.end());
  std::vector<Candidate> result;
  for (auto& [state, names] : states) result.push_back({state, distance(names, present)});
  return result;
}

Diagnosis Diagnoser::diagnose() {
  Diagnosis diagnosis;
  std::vector<Candidate> all = candidates(diagnosis);
  std::size_t best = std::numeric_limits<std::size_t>::max();
  for (const Candidate& candidate : all) best = std::min(best, candidate.distance);
  std::erase_if(all, [&](const Candidate& candidate) { return candidate.distance != best; });
  Replay replay(*project_);
  std::size_t fewest = std::numeric_limits<std::size_t>::max();
  for (const Candidate& candidate : all) {
    for (const std::string& row : candidate.state.rows) replay.upgrade(row);
    std::vector<diff::Finding> found = differences(replay.schema());
    if (found.empty()) diagnosis.matches.push_back(candidate.state);
    if (found.size() > fewest) continue;
    fewest = found.size();
    diagnosis.nearest = candidate.state;
    diagnosis.differences = std::move(found);
  }
  std::reverse(diagnosis.matches.begin(), diagnosis.matches.end());
  return diagnosis;
}

std::vector<diff::Finding> Diagnoser::compare_with(const std::vector<std::string>& rows) {
  return differences(schema_of_revisions(*project_, rows));
}

std::vector<diff::Finding> Diagnoser::differences(const model::Schema& from) {
  std::set<ObjectKey> expected;
  for (ObjectKey& key : model::keys_of(from)) expected.insert(std::move(key));
  diff::Options options;
  options.is_included = [&](const ObjectKey& key, const std::string& part) {
    return !part.empty() || expected.count(key) != 0 || is_ours(key);
  };
  options.guess_renames = false;
  return compare_refusing_renames(from, live_->schema, project_->dialect().diff_rules(),
                                  std::move(options))
      .findings;
}

}  // namespace cupel::command
