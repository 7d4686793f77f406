// SPDX-License-Identifier: MIT
// The version table in memory: which revisions are applied, and which of them have a row. Applying
// or undoing one revision costs only its own edges, so a plan is linear in its length.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "cupel/revision/plan.hpp"
#include "cupel/revision/resolve.hpp"

namespace cupel::revision {

class AppliedSet {
 public:
  AppliedSet(const Graph& graph, const CurrentRows& rows);

  bool has(Index index) const { return applied_[static_cast<std::size_t>(index)] != 0; }
  bool is_row(Index index) const { return rows_.count(index) != 0; }
  /// Sorted by id.
  const std::set<Index>& rows() const { return rows_; }
  std::vector<std::string> row_ids() const;

  /// The revision is not applied, but its parents and dependencies are.
  Step apply(Index index);
  /// The revision has a row.
  Step undo(Index index);
  /// The deletions of redundant rows, once: the first step takes them.
  std::vector<RowChange> take_cleanup();

 private:
  int& covers(Index index) { return covers_[static_cast<std::size_t>(index)]; }
  std::vector<RowChange> merge_rows(std::span<const Index> from, Index to);
  std::vector<RowChange> split_rows(Index from, std::span<const Index> to);

  const Graph& graph_;
  std::vector<char> applied_;
  std::vector<int> covers_;  // applied children and dependants, per revision
  std::set<Index> rows_;
  std::vector<RowChange> cleanup_;
};

/// A plan that ends in `state`.
Plan finish(const AppliedSet& state, std::vector<Step> steps);

}  // namespace cupel::revision
