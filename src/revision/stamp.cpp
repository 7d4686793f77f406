// SPDX-License-Identifier: MIT
// Setting the rows without running anything. See plan.hpp.
#include <algorithm>

#include "cupel/revision/errors.hpp"
#include "cupel/revision/plan.hpp"
#include "revision/applied.hpp"
#include "revision/walk.hpp"

namespace cupel::revision {
namespace {

std::vector<char> related_to(const Graph& graph, std::span<const Index> targets) {
  std::vector<char> marks = graph.mark_ancestors(targets);
  const std::vector<char> above = graph.mark_descendants(targets);
  for (std::size_t i = 0; i < marks.size(); ++i) marks[i] = marks[i] | above[i];
  return marks;
}

// Targets that are no revisions but rows: what an upgrade or a downgrade would leave.
bool means_rows(const Target& target) {
  const bool counted =
      target.kind == Target::Kind::Relative || target.kind == Target::Kind::Current;
  return counted || (target.kind == Target::Kind::Base && target.steps == 0);
}

std::vector<Index> rows_of(const Graph& graph, std::span<const std::string> rows,
                           const Target& target) {
  const Plan plan =
      target.steps > 0 ? upgrade_plan(graph, rows, target) : downgrade_plan(graph, rows, target);
  return resolve_rows(graph, plan.rows_after).known;
}

// A target stands for its ancestors: naming one of those as well is a mistake. A dependency is only
// implied.
std::vector<Index> without_implied(const Graph& graph, const std::vector<Index>& targets) {
  const std::vector<Index> highest = graph.maximal(targets, Edges::Parents);
  for (const Index low : targets) {
    if (contains(highest, low)) continue;
    const auto high = std::find_if(highest.begin(), highest.end(), [&](Index i) {
      return graph.is_ancestor(low, i, Edges::Parents);
    });
    throw errors::stamp_overlap(graph.id(low), graph.id(*high));
  }
  return graph.maximal(targets);
}

std::vector<Index> find_targets(const Graph& graph, std::span<const std::string> rows,
                                std::span<const Target> targets) {
  std::vector<Index> found;
  for (const Target& target : targets) {
    const std::vector<Index> some = resolve(graph, target, rows);
    if (some.empty() && target.steps != 0) {
      throw errors::walked_too_far(target.text, target.steps, "it leads to base",
                                   "cupel stamp base");
    }
    for (const Index i : some) {
      if (!contains(found, i)) found.push_back(i);
    }
  }
  return without_implied(graph, found);
}

// The rows when all is done; those that are new come in the order in which they are stamped.
std::vector<Index> wanted_rows(const Graph& graph, const std::vector<Index>& now,
                               std::span<const std::string> rows, std::span<const Target> targets) {
  if (targets.size() == 1 && means_rows(targets[0])) return rows_of(graph, rows, targets[0]);
  for (const Target& target : targets) {
    if (means_rows(target)) throw errors::stamp_alone(target.text);
  }
  std::vector<Index> wanted = find_targets(graph, rows, targets);
  const std::vector<char> related = related_to(graph, wanted);
  for (const Index row : now) {
    if (related[static_cast<std::size_t>(row)] == 0) wanted.push_back(row);
  }
  return wanted;
}

Step stamp_step(const Graph& graph, Index target, std::span<const Index> from) {
  Step step{Direction::Stamp, target, ids_of(graph, from), {}, {}, {}};
  if (target == kNone) {
    for (const std::string& id : step.from) step.rows.push_back({RowChange::Kind::Delete, id, {}});
    return step;
  }
  step.to = {graph.id(target)};
  if (from.empty()) {
    step.rows.push_back({RowChange::Kind::Insert, {}, graph.id(target)});
    return step;
  }
  for (const Index i : from.first(from.size() - 1))
    step.rows.push_back({RowChange::Kind::Delete, graph.id(i), {}});
  step.rows.push_back({RowChange::Kind::Update, graph.id(from.back()), graph.id(target)});
  return step;
}

// Each new row takes over the old ones that are its ancestors or descendants; what nobody takes
// over is deleted.
std::vector<Step> steps_between(const Graph& graph, std::vector<Index> now,
                                std::span<const Index> wanted) {
  std::vector<Index> fresh;
  for (const Index i : wanted) {
    if (!contains(now, i)) fresh.push_back(i);
  }
  std::erase_if(now, [&](Index i) { return contains(wanted, i); });
  std::vector<Step> steps;
  for (const Index target : fresh) {
    const std::vector<char> related = related_to(graph, {&target, 1});
    const auto mine = std::stable_partition(
        now.begin(), now.end(), [&](Index i) { return related[static_cast<std::size_t>(i)] == 0; });
    steps.push_back(stamp_step(graph, target, {mine, now.end()}));
    now.erase(mine, now.end());
  }
  for (const Index old : now) steps.push_back(stamp_step(graph, kNone, {&old, 1}));
  return steps;
}

void add_cleanup(const Graph& graph, std::span<const Index> redundant, std::vector<Step>& steps) {
  if (redundant.empty()) return;
  const Step cleanup = stamp_step(graph, kNone, redundant);
  if (steps.empty()) {
    steps.push_back(cleanup);
  } else {
    steps[0].rows.insert(steps[0].rows.begin(), cleanup.rows.begin(), cleanup.rows.end());
  }
}

}  // namespace

Plan stamp_plan(const Graph& graph, std::span<const std::string> rows,
                std::span<const Target> targets, bool purge) {
  graph.require_sound();
  if (purge) rows = {};
  const CurrentRows current = require_known_rows(graph, rows);
  const std::vector<Index> wanted = wanted_rows(graph, current.known, rows, targets);
  Plan plan;
  plan.purge_first = purge;
  plan.steps = steps_between(graph, current.known, wanted);
  add_cleanup(graph, current.redundant, plan.steps);
  plan.rows_after = ids_of(graph, wanted);
  std::sort(plan.rows_after.begin(), plan.rows_after.end());
  return plan;
}

Plan stamp_plan(const Graph& graph, std::span<const std::string> rows,
                std::span<const std::string> targets, bool purge) {
  std::vector<Target> parsed;
  for (const std::string& text : targets) parsed.push_back(read_target(graph, text));
  return stamp_plan(graph, rows, parsed, purge);
}

}  // namespace cupel::revision
