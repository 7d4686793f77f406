// SPDX-License-Identifier: MIT
// Questions to a finished graph. How one is made: graph_builder.hpp.
#include "cupel/revision/graph.hpp"

#include <algorithm>

#include "cupel/revision/errors.hpp"
#include "revision/graph_builder.hpp"

namespace cupel::revision {

Graph Graph::build(std::vector<Revision> revisions, std::vector<Problem> problems) {
  std::vector<std::shared_ptr<const Revision>> shared;
  shared.reserve(revisions.size());
  for (Revision& revision : revisions)
    shared.push_back(std::make_shared<const Revision>(std::move(revision)));
  return build(std::move(shared), std::move(problems));
}

Graph Graph::build(std::vector<std::shared_ptr<const Revision>> revisions,
                   std::vector<Problem> problems) {
  return GraphBuilder(std::move(revisions), std::move(problems)).build();
}

std::span<const Index> Graph::Adjacency::of(Index index) const {
  const auto i = static_cast<std::size_t>(index);
  return std::span(items).subspan(static_cast<std::size_t>(offsets[i]),
                                  static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
}

std::optional<Index> Graph::find(std::string_view id) const {
  const auto it = std::lower_bound(
      revisions_.begin(), revisions_.end(), id,
      [](const auto& revision, std::string_view key) { return revision->id < key; });
  if (it == revisions_.end() || (*it)->id != id) return std::nullopt;
  return static_cast<Index>(it - revisions_.begin());
}

std::optional<Index> Graph::find_label(std::string_view label) const {
  const auto it =
      std::lower_bound(labels_.begin(), labels_.end(), label,
                       [](const auto& entry, std::string_view key) { return entry.first < key; });
  if (it == labels_.end() || it->first != label) return std::nullopt;
  return it->second;
}

std::vector<std::pair<std::string, Index>> Graph::find_prefix(std::string_view prefix) const {
  std::vector<std::pair<std::string, Index>> found;
  auto id = std::lower_bound(
      revisions_.begin(), revisions_.end(), prefix,
      [](const auto& revision, std::string_view key) { return revision->id < key; });
  for (; id != revisions_.end() && (*id)->id.starts_with(prefix); ++id) {
    found.emplace_back((*id)->id, static_cast<Index>(id - revisions_.begin()));
  }
  auto label =
      std::lower_bound(labels_.begin(), labels_.end(), prefix,
                       [](const auto& entry, std::string_view key) { return entry.first < key; });
  for (; label != labels_.end() && label->first.starts_with(prefix); ++label)
    found.push_back(*label);
  return found;
}

std::vector<std::string> Graph::names() const {
  std::vector<std::string> names;
  names.reserve(revisions_.size() + labels_.size());
  for (const auto& revision : revisions_) names.push_back(revision->id);
  for (const auto& [label, owner] : labels_) names.push_back(label);
  return names;
}

std::span<const Index> Graph::parents(Index index) const { return parents_.of(index); }
std::span<const Index> Graph::dependencies(Index index) const { return dependencies_.of(index); }
std::span<const Index> Graph::all_parents(Index index) const { return all_parents_.of(index); }
std::span<const Index> Graph::children(Index index) const { return children_.of(index); }
std::span<const Index> Graph::all_children(Index index) const { return all_children_.of(index); }

std::vector<Index> Graph::normalised_dependencies(Index index) const {
  std::vector<Index> result = maximal(all_parents(index));
  const auto parents = this->parents(index);
  std::erase_if(result, [&](Index i) {
    return std::find(parents.begin(), parents.end(), i) != parents.end();
  });
  return result;
}

std::vector<Index> Graph::select(bool (Graph::*predicate)(Index) const) const {
  std::vector<Index> result;
  for (Index i = 0; i < static_cast<Index>(size()); ++i) {
    if ((this->*predicate)(i)) result.push_back(i);
  }
  return result;
}

std::vector<Index> Graph::heads() const { return select(&Graph::is_head); }
std::vector<Index> Graph::real_heads() const { return select(&Graph::is_real_head); }
std::vector<Index> Graph::bases() const { return select(&Graph::is_base); }
std::vector<Index> Graph::branchpoints() const { return select(&Graph::is_branchpoint); }
std::vector<Index> Graph::mergepoints() const { return select(&Graph::is_mergepoint); }

const std::vector<std::string>& Graph::labels(Index index) const {
  return label_sets_[static_cast<std::size_t>(label_set_[static_cast<std::size_t>(index)])];
}

void Graph::sort_by_rank(std::vector<Index>& revisions) const {
  std::sort(revisions.begin(), revisions.end(),
            [&](Index a, Index b) { return rank(a) < rank(b); });
  revisions.erase(std::unique(revisions.begin(), revisions.end()), revisions.end());
}

namespace {

template <typename Neighbours>
std::vector<char> mark(std::size_t count, std::span<const Index> from, Neighbours neighbours) {
  std::vector<char> marks(count, 0);
  std::vector<Index> todo;
  const auto add = [&](Index index) {
    char& mark = marks[static_cast<std::size_t>(index)];
    if (mark == 0) todo.push_back(index);
    mark = 1;
  };
  for (const Index index : from) add(index);
  while (!todo.empty()) {
    const Index index = todo.back();
    todo.pop_back();
    for (const Index next : neighbours(index)) add(next);
  }
  return marks;
}

}  // namespace

std::vector<char> Graph::mark_ancestors(std::span<const Index> from, Edges edges) const {
  const Adjacency& up = edges == Edges::All ? all_parents_ : parents_;
  return mark(size(), from, [&](Index index) { return up.of(index); });
}

std::vector<char> Graph::mark_descendants(std::span<const Index> from, Edges edges) const {
  const Adjacency& down = edges == Edges::All ? all_children_ : children_;
  return mark(size(), from, [&](Index index) { return down.of(index); });
}

bool Graph::is_ancestor(Index ancestor, Index descendant, Edges edges) const {
  if (ancestor == descendant) return false;
  return mark_ancestors({&descendant, 1}, edges)[static_cast<std::size_t>(ancestor)] != 0;
}

std::vector<Index> Graph::maximal(std::span<const Index> revisions, Edges edges) const {
  std::vector<Index> above;
  for (const Index index : revisions) {
    const auto parents = edges == Edges::All ? all_parents(index) : this->parents(index);
    above.insert(above.end(), parents.begin(), parents.end());
  }
  std::vector<char> covered = mark_ancestors(above, edges);
  std::vector<Index> result;
  for (const Index index : revisions) {
    char& seen = covered[static_cast<std::size_t>(index)];
    if (seen == 0) result.push_back(index);
    seen = 1;
  }
  return result;
}

void Graph::require_sound() const {
  if (problems_.empty()) return;
  if (problems_.front().kind == Problem::Kind::UnreadableFile)
    throw errors::unreadable_file(problems_);
  throw errors::unsound(problems_);
}

}  // namespace cupel::revision
