// SPDX-License-Identifier: MIT
// Branches and counted steps over the graph, shared by reading commands and plans.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/revision/graph.hpp"
#include "cupel/revision/target.hpp"

namespace cupel::revision {

inline bool contains(std::span<const Index> list, Index index) {
  return std::find(list.begin(), list.end(), index) != list.end();
}

/// What stands before '@', looked up.
struct Branch {
  std::string name;
  Index revision = kNone;
  std::vector<char>
      lineage;  ///< the revision, its ancestors and its descendants, by `down_revision`
  bool has(Index index) const { return lineage[static_cast<std::size_t>(index)] != 0; }
};

/// Null if the target names no branch. Throws RevisionError for an unknown one.
std::optional<Branch> find_branch(const Graph& graph, const Target& target);

/// The oldest revision that belongs to the branch alone: back from the branch's revision to the
/// nearest branchpoint or merge, exclusively.
Index branch_root(const Graph& graph, const Branch& branch);

/// Only those on the branch; all of them if there is none.
std::vector<Index> on_branch(std::span<const Index> revisions, const std::optional<Branch>& branch);

std::vector<std::string> ids_of(const Graph& graph, std::span<const Index> revisions);

/// A label that `revision` has and none of the others; empty if there is none.
std::string own_label(const Graph& graph, Index revision, std::span<const Index> all);

/// Where `steps` (negative: back) lead from `start`; kNone means base, on both ends. Throws
/// RevisionError if there are several ways or too few revisions. `target` is for the messages: it
/// may want more steps than these.
Index walk(const Graph& graph, Index start, int steps, const std::optional<Branch>& branch,
           const Target& target);

/// The head of the branch, or of all; base (kNone) in an empty graph. Throws RevisionError for
/// several.
Index single_head(const Graph& graph, const std::optional<Branch>& branch, std::string_view text);
/// The heads by `down_revision` that descend from the branch's revision, sorted by id.
std::vector<Index> heads_on(const Graph& graph, const std::optional<Branch>& branch);
/// Of these, what no other one depends on.
std::vector<Index> effective_heads(const Graph& graph, const std::optional<Branch>& branch);

/// The revision of a Kind::Id target without its steps, checked to lie on its branch.
Index find_on_branch(const Graph& graph, const Target& target, const std::optional<Branch>& branch);

/// A text that is an id is that id, else parse_target().
Target read_target(const Graph& graph, std::string_view text);

}  // namespace cupel::revision
