// SPDX-License-Identifier: MIT
#include "cupel/revision/create.hpp"

#include <algorithm>

#include "cupel/revision/errors.hpp"
#include "cupel/revision/resolve.hpp"
#include "revision/walk.hpp"

namespace cupel::revision {
namespace {

std::vector<Index> named_heads(const Graph& graph, const std::string& text) {
  const Target target = read_target(graph, text);
  if (target.kind == Target::Kind::Current) throw errors::unknown_revision(text, "");
  std::optional<Branch> branch = find_branch(graph, target);
  if (target.steps != 0) return resolve(graph, target);
  // A label alone can only mean where its branch has got to.
  const bool is_label =
      target.kind == Target::Kind::Id && !branch && graph.find_label(target.symbol);
  if (is_label) {
    Target of_branch = target;
    of_branch.branch = target.symbol;
    branch = find_branch(graph, of_branch);
  } else if (target.kind != Target::Kind::Head && target.kind != Target::Kind::Heads) {
    return resolve(graph, target);
  }
  std::vector<Index> heads = heads_on(graph, branch);
  const bool one = target.kind != Target::Kind::Heads;
  if (one && heads.size() > 1 && !branch) throw errors::several_heads_for_new(ids_of(graph, heads));
  if (one && heads.size() > 1) throw errors::multiple_heads(text, ids_of(graph, heads));
  return heads;
}

void check_overlap(const Graph& graph, const std::vector<Index>& parents) {
  for (const Index low : parents) {
    for (const Index high : parents) {
      if (graph.is_ancestor(low, high, Edges::Parents))
        throw errors::merge_overlap(graph.id(low), graph.id(high));
    }
  }
}

std::vector<Index> find_parents(const Graph& graph, std::span<const std::string> names,
                                bool splice) {
  std::vector<Index> parents;
  for (const std::string& name : names) {
    for (const Index i : named_heads(graph, name)) {
      const bool twice = std::find(parents.begin(), parents.end(), i) != parents.end();
      if (twice) throw errors::duplicate_heads(graph.id(i));
      if (!splice && !graph.is_head(i)) throw errors::not_a_head(graph.id(i));
      parents.push_back(i);
    }
  }
  if (splice) check_overlap(graph, parents);  // heads are never each other's ancestors
  return parents;
}

void check_names(const Graph& graph, const NewRevision& wish) {
  validate_id(wish.id);
  if (const auto taken = graph.find(wish.id))
    throw errors::id_taken(wish.id, graph.at(*taken).path);
  if (const auto taken = graph.find_label(wish.id))
    throw errors::id_taken(wish.id, graph.at(*taken).path);
  for (const std::string& label : wish.branch_labels) {
    validate_label(label);
    std::optional<Index> owner = graph.find_label(label);
    if (!owner) owner = graph.find(label);
    if (owner) throw errors::label_taken(label, graph.id(*owner));
    if (label == wish.id) throw errors::label_taken(label, wish.id);
  }
}

std::vector<std::string> find_dependencies(const Graph& graph, std::span<const std::string> names) {
  std::vector<std::string> result;
  for (const std::string& name : names) {
    std::vector<std::string> found = {name};
    if (!graph.find_label(name)) found = ids_of(graph, resolve(graph, name));
    if (found.empty()) throw errors::unknown_revision(name, "");
    for (std::string& id : found) {
      if (std::find(result.begin(), result.end(), id) == result.end())
        result.push_back(std::move(id));
    }
  }
  return result;
}

}  // namespace

NewRevisionHeader check_new_revision(const Graph& graph, const NewRevision& wish) {
  graph.require_sound();
  check_names(graph, wish);
  return {ids_of(graph, find_parents(graph, wish.heads, wish.splice)),
          find_dependencies(graph, wish.depends_on)};
}

std::vector<std::string> merge_parents(const Graph& graph, std::span<const std::string> names,
                                       bool splice) {
  graph.require_sound();
  const auto parents = ids_of(graph, find_parents(graph, names, splice));
  if (parents.size() < 2) throw errors::nothing_to_merge(parents);
  return parents;
}

}  // namespace cupel::revision
