// SPDX-License-Identifier: MIT
#include "revision/applied.hpp"

#include <utility>

#include "revision/walk.hpp"

namespace cupel::revision {
namespace {

// Dependencies first: then the row that lives on is that of the last parent, as people expect.
std::vector<Index> row_order(const Graph& graph, Index index) {
  const auto all = graph.all_parents(index);
  const auto parents = graph.parents(index);
  std::vector<Index> order(all.begin() + static_cast<std::ptrdiff_t>(parents.size()), all.end());
  order.insert(order.end(), parents.begin(), parents.end());
  return order;
}

}  // namespace

AppliedSet::AppliedSet(const Graph& graph, const CurrentRows& rows)
    : graph_(graph),
      applied_(graph.mark_ancestors(rows.known)),
      covers_(graph.size(), 0),
      rows_(rows.known.begin(), rows.known.end()) {
  for (Index i = 0; i < static_cast<Index>(graph.size()); ++i) {
    if (!has(i)) continue;
    for (const Index parent : graph.all_parents(i)) ++covers(parent);
  }
  for (const Index i : rows.redundant)
    cleanup_.push_back({RowChange::Kind::Delete, graph.id(i), {}});
}

std::vector<std::string> AppliedSet::row_ids() const {
  std::vector<std::string> ids;
  for (const Index i : rows_) ids.push_back(graph_.id(i));
  return ids;
}

std::vector<RowChange> AppliedSet::take_cleanup() { return std::exchange(cleanup_, {}); }

std::vector<RowChange> AppliedSet::merge_rows(std::span<const Index> from, Index to) {
  std::vector<RowChange> changes = take_cleanup();
  if (from.empty()) {
    changes.push_back({RowChange::Kind::Insert, {}, graph_.id(to)});
    return changes;
  }
  for (const Index i : from.first(from.size() - 1))
    changes.push_back({RowChange::Kind::Delete, graph_.id(i), {}});
  changes.push_back({RowChange::Kind::Update, graph_.id(from.back()), graph_.id(to)});
  return changes;
}

std::vector<RowChange> AppliedSet::split_rows(Index from, std::span<const Index> to) {
  std::vector<RowChange> changes = take_cleanup();
  if (to.empty()) {
    changes.push_back({RowChange::Kind::Delete, graph_.id(from), {}});
    return changes;
  }
  for (const Index i : to.first(to.size() - 1))
    changes.push_back({RowChange::Kind::Insert, {}, graph_.id(i)});
  changes.push_back({RowChange::Kind::Update, graph_.id(from), graph_.id(to.back())});
  return changes;
}

Step AppliedSet::apply(Index index) {
  std::vector<Index> merged;
  for (const Index parent : row_order(graph_, index)) {
    ++covers(parent);
    if (rows_.erase(parent) != 0) merged.push_back(parent);
  }
  applied_[static_cast<std::size_t>(index)] = 1;
  rows_.insert(index);
  return {Direction::Upgrade,
          index,
          ids_of(graph_, graph_.parents(index)),
          {graph_.id(index)},
          graph_.at(index).message,
          merge_rows(merged, index)};
}

Step AppliedSet::undo(Index index) {
  std::vector<Index> uncovered;
  for (const Index parent : row_order(graph_, index)) {
    if (--covers(parent) == 0) uncovered.push_back(parent);
  }
  applied_[static_cast<std::size_t>(index)] = 0;
  rows_.erase(index);
  rows_.insert(uncovered.begin(), uncovered.end());
  return {Direction::Downgrade,     index,
          {graph_.id(index)},       ids_of(graph_, graph_.parents(index)),
          graph_.at(index).message, split_rows(index, uncovered)};
}

Plan finish(const AppliedSet& state, std::vector<Step> steps) {
  Plan plan;
  plan.steps = std::move(steps);
  plan.rows_after = state.row_ids();
  return plan;
}

}  // namespace cupel::revision
