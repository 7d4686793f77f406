// SPDX-License-Identifier: MIT
// Names and edges. See graph_builder.hpp.
#include "revision/graph_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "cupel/base/text.hpp"
#include "revision/identifier.hpp"
#include "revision/walk.hpp"

namespace cupel::revision {
namespace {

// Turns edges around: who points at i.
void invert(std::span<const int> offsets, std::span<const Index> items,
            std::vector<int>& out_offsets, std::vector<Index>& out_items) {
  const std::size_t count = offsets.size() - 1;
  out_offsets.assign(count + 1, 0);
  for (const Index item : items) ++out_offsets[static_cast<std::size_t>(item) + 1];
  std::partial_sum(out_offsets.begin(), out_offsets.end(), out_offsets.begin());
  out_items.resize(items.size());
  std::vector<int> fill(out_offsets.begin(), out_offsets.end() - 1);
  for (std::size_t from = 0; from < count; ++from) {
    for (int i = offsets[from]; i < offsets[from + 1]; ++i) {
      const auto to = static_cast<std::size_t>(items[static_cast<std::size_t>(i)]);
      out_items[static_cast<std::size_t>(fill[to]++)] = static_cast<Index>(from);
    }
  }
}

}  // namespace

Graph GraphBuilder::build() && {
  take_revisions();
  take_labels();
  link();
  make_order();
  spread_labels();
  return std::move(graph_);
}

Problem& GraphBuilder::report(Problem::Kind kind, Index index, std::string message,
                              std::string hint) {
  const Revision& revision = graph_.at(index);
  graph_.problems_.push_back(
      {kind, {revision.id}, revision.path, {}, std::move(message), std::move(hint)});
  return graph_.problems_.back();
}

std::string GraphBuilder::nearest_hint(Index asking, std::string_view name, std::string otherwise) {
  if (hints_left_-- <= 0) return otherwise;
  if (names_.empty()) names_ = graph_.names();
  const std::string nearest = text::nearest(name, names_);
  return nearest.empty() || nearest == graph_.id(asking)
             ? otherwise
             : fmt::format("did you mean '{}'?", nearest);
}

void GraphBuilder::take_revisions() {
  std::vector<std::shared_ptr<const Revision>> all = std::move(graph_.revisions_);
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a->id < b->id; });
  auto& kept = graph_.revisions_;
  kept.reserve(all.size());
  for (auto& pointer : all) {
    const Revision& revision = *pointer;
    if (revision.id.empty()) {
      graph_.problems_.push_back({Problem::Kind::EmptyId,
                                  {},
                                  revision.path,
                                  {},
                                  "the revision has no id",
                                  "give it one, such as twelve hexadecimal digits"});
    } else if (!kept.empty() && kept.back()->id == revision.id) {
      const Revision& first = *kept.back();
      const std::string owner =
          first.path.empty() ? "another file" : fmt::format("'{}'", first.path);
      graph_.problems_.push_back(
          {Problem::Kind::DuplicateId,
           {revision.id},
           revision.path,
           first.path,
           fmt::format("revision id '{}' is already used by {}", revision.id, owner),
           "give one of them another id, or delete it"});
    } else {
      kept.push_back(std::move(pointer));
    }
  }
  index_of_.reserve(kept.size());
  for (Index i = 0; i < static_cast<Index>(kept.size()); ++i) {
    index_of_.emplace(graph_.id(i), i);
    const std::string problem = identifier_problem(graph_.id(i));
    if (problem.empty()) continue;
    report(Problem::Kind::IllegalId, i,
           fmt::format("'{}' cannot be a revision identifier: {}", graph_.id(i), problem),
           "give it another id; letters, digits, '_' and '.' are fine");
  }
}

void GraphBuilder::take_labels() {
  for (Index i = 0; i < static_cast<Index>(graph_.size()); ++i) {
    for (const std::string& label : graph_.at(i).branch_labels) take_label(i, label);
  }
  std::sort(graph_.labels_.begin(), graph_.labels_.end());
  // Sorted by label, then by id: of equal labels the first revision keeps it.
  auto& labels = graph_.labels_;
  const auto same = [&](const auto& a, const auto& b) {
    if (a.first != b.first) return false;
    if (a.second == b.second) return true;
    auto& problem =
        report(Problem::Kind::DuplicateLabel, b.second,
               fmt::format("branch name '{}' in revision '{}' is already used by revision '{}'",
                           b.first, graph_.id(b.second), graph_.id(a.second)),
               "choose another label");
    problem.ids.push_back(b.first);
    problem.other_path = graph_.at(a.second).path;
    return true;
  };
  labels.erase(std::unique(labels.begin(), labels.end(), same), labels.end());
}

void GraphBuilder::take_label(Index owner, const std::string& label) {
  const std::string illegal = identifier_problem(label);
  if (!illegal.empty()) {
    report(Problem::Kind::IllegalLabel, owner,
           fmt::format("'{}' cannot be a branch label: {}", label, illegal),
           "choose another label; letters, digits, '_' and '.' are fine")
        .ids.push_back(label);
    return;
  }
  const auto found = index_of_.find(label);
  if (found == index_of_.end()) {
    graph_.labels_.emplace_back(label, owner);
    return;
  }
  auto& problem = report(Problem::Kind::DuplicateLabel, owner,
                         fmt::format("branch name '{}' in revision '{}' is the id of a revision",
                                     label, graph_.id(owner)),
                         "choose another label");
  problem.ids.push_back(label);
  problem.other_path = graph_.at(found->second).path;
}

std::vector<Index> GraphBuilder::known_parents(Index index) {
  std::vector<Index> known;
  const Revision& revision = graph_.at(index);
  for (const std::string& parent : revision.parents) {
    const auto found = index_of_.find(parent);
    if (found == index_of_.end()) {
      report(
          Problem::Kind::MissingParent, index,
          fmt::format("revision '{}' has the parent '{}', which no file defines", revision.id,
                      parent),
          nearest_hint(index, parent,
                       fmt::format("restore the file of '{}', or correct down_revision", parent)))
          .ids.push_back(parent);
    } else if (found->second == index) {
      report_cycle({index});
    } else if (!contains(known, found->second)) {
      known.push_back(found->second);
    }
  }
  return known;
}

std::vector<Index> GraphBuilder::known_dependencies(Index index) {
  std::vector<Index> known;
  const Revision& revision = graph_.at(index);
  for (const std::string& name : revision.depends_on) {
    std::optional<Index> found = graph_.find(name);
    if (!found) found = graph_.find_label(name);
    if (!found) {
      report(Problem::Kind::MissingDependency, index,
             fmt::format("revision '{}' depends on '{}', which no file defines", revision.id, name),
             nearest_hint(index, name,
                          fmt::format("restore the file of '{}', or correct depends_on", name)))
          .ids.push_back(name);
    } else if (*found == index) {
      report(Problem::Kind::DependencyCycle, index,
             fmt::format("revision '{}' depends on itself", revision.id), "correct its depends_on");
    } else if (!contains(known, *found)) {
      known.push_back(*found);
    }
  }
  return known;
}

void GraphBuilder::link_revision(Index index) {
  const auto append = [](Adjacency& adjacency, const std::vector<Index>& items) {
    adjacency.items.insert(adjacency.items.end(), items.begin(), items.end());
    adjacency.offsets.push_back(static_cast<int>(adjacency.items.size()));
  };
  std::vector<Index> parents = known_parents(index);
  const std::vector<Index> dependencies = known_dependencies(index);
  append(graph_.parents_, parents);
  append(graph_.dependencies_, dependencies);
  for (const Index dependency : dependencies) {
    if (!contains(parents, dependency)) parents.push_back(dependency);
  }
  append(graph_.all_parents_, parents);
}

void GraphBuilder::link() {
  for (Adjacency* adjacency : {&graph_.parents_, &graph_.dependencies_, &graph_.all_parents_}) {
    adjacency->offsets.reserve(graph_.size() + 1);
    adjacency->offsets.assign(1, 0);
  }
  for (Index i = 0; i < static_cast<Index>(graph_.size()); ++i) link_revision(i);
  invert(graph_.parents_.offsets, graph_.parents_.items, graph_.children_.offsets,
         graph_.children_.items);
  invert(graph_.all_parents_.offsets, graph_.all_parents_.items, graph_.all_children_.offsets,
         graph_.all_children_.items);
}

}  // namespace cupel::revision
