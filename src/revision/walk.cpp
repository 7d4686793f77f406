// SPDX-License-Identifier: MIT
#include "revision/walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "cupel/base/text.hpp"
#include "cupel/revision/errors.hpp"
#include "cupel/revision/resolve.hpp"

namespace cupel::revision {

std::optional<Branch> find_branch(const Graph& graph, const Target& target) {
  if (target.branch.empty()) return std::nullopt;
  const std::string& name = target.branch;
  if (!graph.find(name) && !graph.find_label(name) && graph.find_prefix(name).empty()) {
    throw errors::unknown_branch(name, text::nearest(name, graph.names()));
  }
  Branch branch{name, find_revision(graph, name), {}};
  branch.lineage = graph.mark_ancestors({&branch.revision, 1}, Edges::Parents);
  const std::vector<char> above = graph.mark_descendants({&branch.revision, 1}, Edges::Parents);
  for (std::size_t i = 0; i < above.size(); ++i) branch.lineage[i] = branch.lineage[i] | above[i];
  return branch;
}

Index branch_root(const Graph& graph, const Branch& branch) {
  Index root = branch.revision;
  while (!graph.is_mergepoint(root) && graph.parents(root).size() == 1) {
    const Index parent = graph.parents(root)[0];
    if (graph.all_children(parent).size() > 1 || graph.is_mergepoint(parent)) break;
    root = parent;
  }
  return root;
}

std::vector<Index> on_branch(std::span<const Index> revisions,
                             const std::optional<Branch>& branch) {
  std::vector<Index> result(revisions.begin(), revisions.end());
  if (branch) std::erase_if(result, [&](Index i) { return !branch->has(i); });
  return result;
}

std::vector<std::string> ids_of(const Graph& graph, std::span<const Index> revisions) {
  std::vector<std::string> ids;
  ids.reserve(revisions.size());
  for (const Index i : revisions) ids.push_back(graph.id(i));
  return ids;
}

std::string own_label(const Graph& graph, Index revision, std::span<const Index> all) {
  for (const std::string& label : graph.labels(revision)) {
    const bool shared = std::any_of(all.begin(), all.end(), [&](Index other) {
      const auto& labels = graph.labels(other);
      return other != revision && std::find(labels.begin(), labels.end(), label) != labels.end();
    });
    if (!shared) return label;
  }
  return {};
}

Index walk(const Graph& graph, Index start, int steps, const std::optional<Branch>& branch,
           const Target& target) {
  const bool forward = steps > 0;
  const int later = std::abs(target.steps) - std::abs(steps);
  Index at = start;
  for (int left = std::abs(steps); left > 0; --left) {
    const auto bases = at == kNone ? graph.bases() : std::vector<Index>{};
    const std::span<const Index> all = at == kNone ? bases
                                       : forward   ? graph.children(at)
                                                   : graph.parents(at);
    const std::vector<Index> choices = on_branch(all, branch);
    if (choices.empty() && !forward && left == 1) return kNone;
    if (choices.empty()) {
      const int possible = std::abs(steps) - left + (forward ? 0 : 1);
      throw errors::walked_too_far(target.text, target.steps,
                                   possible == 0   ? "nothing comes after it"
                                   : possible == 1 ? "only 1 is there"
                                                   : fmt::format("only {} are there", possible));
    }
    if (choices.size() > 1) {
      std::vector<std::string> suggestions;
      for (const std::string& id : ids_of(graph, choices)) {
        const int rest = left - 1 + later;
        suggestions.push_back(rest == 0 ? id
                                        : fmt::format("{}{}{}", id, forward ? '+' : '-', rest));
      }
      throw errors::ambiguous_walk(target.text, at == kNone ? std::string_view{} : graph.id(at),
                                   forward, ids_of(graph, choices), suggestions);
    }
    at = choices[0];
  }
  return at;
}

std::vector<Index> heads_on(const Graph& graph, const std::optional<Branch>& branch) {
  std::vector<Index> heads = graph.heads();
  if (branch) {
    const std::vector<char> above = graph.mark_descendants({&branch->revision, 1}, Edges::Parents);
    std::erase_if(heads, [&](Index i) { return above[static_cast<std::size_t>(i)] == 0; });
  }
  return heads;
}

std::vector<Index> effective_heads(const Graph& graph, const std::optional<Branch>& branch) {
  return graph.maximal(heads_on(graph, branch));
}

Index single_head(const Graph& graph, const std::optional<Branch>& branch, std::string_view text) {
  const std::vector<Index> heads = effective_heads(graph, branch);
  if (heads.size() > 1) throw errors::multiple_heads(text, ids_of(graph, heads));
  return heads.empty() ? kNone : heads[0];
}

Index find_on_branch(const Graph& graph, const Target& target,
                     const std::optional<Branch>& branch) {
  const Index found = find_revision(graph, target.symbol);
  if (branch && !branch->has(found)) throw errors::not_on_branch(graph.id(found), branch->name);
  return found;
}

Target read_target(const Graph& graph, std::string_view text) {
  if (!graph.find(text)) return parse_target(text);
  Target target;
  target.symbol = text;
  target.text = text;
  return target;
}

}  // namespace cupel::revision
