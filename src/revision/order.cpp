// SPDX-License-Identifier: MIT
// The order in which revisions run, and the cycles that make one impossible. See graph_builder.hpp.
#include <fmt/format.h>

#include <algorithm>

#include "cupel/base/text.hpp"
#include "revision/file_order.hpp"
#include "revision/graph_builder.hpp"

namespace cupel::revision {
namespace {

enum State : char { kUnseen, kOnPath, kDone };

std::string arrows(const Graph& graph, std::span<const Index> cycle) {
  constexpr std::size_t kShown = 10;
  std::string text;
  for (const Index index : cycle.first(std::min(cycle.size(), kShown)))
    text += graph.id(index) + " -> ";
  if (cycle.size() > kShown) text += "... -> ";
  return text + graph.id(cycle.front());
}

}  // namespace

// Depth first, parents in the order of the file, a revision after its parents: that finishes one
// branch of a merge before it begins the next. An explicit stack, since a history may be longer
// than the call stack.
void GraphBuilder::make_order() {
  graph_.order_.reserve(graph_.size());
  state_.assign(graph_.size(), kUnseen);
  for (const Index head : graph_.real_heads()) visit_from(head);
  for (Index i = 0; i < static_cast<Index>(graph_.size()); ++i)
    visit_from(i);  // only cycles are left
  rank_all();
  const bool has_cycle = cycles_left_ != kMostCycles;
  if (has_cycle || !follows_files(graph_)) return;
  graph_.order_ = order_by_files(graph_);
  rank_all();
}

void GraphBuilder::rank_all() {
  graph_.rank_.resize(graph_.size());
  for (std::size_t i = 0; i < graph_.order_.size(); ++i) {
    graph_.rank_[static_cast<std::size_t>(graph_.order_[i])] = static_cast<int>(i);
  }
}

void GraphBuilder::visit_from(Index start) {
  if (state_[static_cast<std::size_t>(start)] != kUnseen) return;
  state_[static_cast<std::size_t>(start)] = kOnPath;
  path_.push_back({start, 0});
  while (!path_.empty()) {
    Frame& frame = path_.back();
    const auto parents = graph_.all_parents(frame.node);
    if (frame.next == parents.size()) {
      state_[static_cast<std::size_t>(frame.node)] = kDone;
      graph_.order_.push_back(frame.node);
      path_.pop_back();
      continue;
    }
    const Index parent = parents[frame.next++];
    char& state = state_[static_cast<std::size_t>(parent)];
    if (state == kUnseen) {
      state = kOnPath;
      path_.push_back({parent, 0});
    } else if (state == kOnPath && cycles_left_ > 0) {
      std::vector<Index> cycle;
      for (auto it = path_.rbegin(); cycle.empty() || cycle.back() != parent; ++it)
        cycle.push_back(it->node);
      report_cycle(std::move(cycle));
    }
  }
}

// In `cycle` each revision is a parent of the next, and the last one of the first.
void GraphBuilder::report_cycle(std::vector<Index> cycle) {
  --cycles_left_;
  std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
  bool by_parents = true;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    ids.push_back(graph_.id(cycle[i]));
    if (cycle.size() == 1) break;
    const auto parents = graph_.parents(cycle[(i + 1) % cycle.size()]);
    by_parents = by_parents && std::find(parents.begin(), parents.end(), cycle[i]) != parents.end();
  }
  const auto kind = by_parents ? Problem::Kind::Cycle : Problem::Kind::DependencyCycle;
  const std::string message =
      cycle.size() == 1
          ? fmt::format("revision '{}' is its own parent", ids.front())
          : fmt::format("{} is detected in revisions: {}",
                        by_parents ? "a cycle" : "a dependency cycle", arrows(graph_, cycle));
  const char* hint = by_parents ? "correct down_revision in one of these files"
                                : "correct down_revision or depends_on in one of these files";
  report(kind, cycle.front(), message, cycle.size() == 1 ? "correct its down_revision" : hint).ids =
      std::move(ids);
}

}  // namespace cupel::revision
