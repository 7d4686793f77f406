// SPDX-License-Identifier: MIT
// Revisions as lines of text, exactly as Alembic prints them, because scripts read these lines.
#pragma once

#include <span>
#include <string>

#include "cupel/revision/graph.hpp"

namespace cupel::revision {

/// What the short form shows. heads: {.labels = true, .tree = false}; current: {}; branches:
/// {.labels = true}; history: {.parents = true, .labels = true, .doc = true}.
struct LineFormat {
  bool parents = false;  ///< `a, b (dependency) -> `; `<base>` if there are none
  bool labels = false;   ///< ` (left, right)`
  bool doc = false;      ///< `, message`
  bool tree = true;      ///< ` (branchpoint)`, ` (mergepoint)`
  /// Ids that get ` (current)`.
  std::span<const std::string> current = {};
};

/// `a, b (dep) -> c (label) (head) (current) (branchpoint) (mergepoint), message`, without a
/// newline.
CUPEL_API std::string describe_short(const Graph& graph, Index revision,
                                     const LineFormat& format = {});

/// The lines `Rev:`, `Parent:` or `Merges:`, `Also depends on:`, `Branches into:`, `Branch names:`,
/// `Path:`, an empty one and the description, indented; each line ends with a newline.
CUPEL_API std::string describe_verbose(const Graph& graph, Index revision,
                                       std::span<const std::string> current = {});

/// What `branches` prints for a branchpoint: the revision (long if `verbose`) and ` -> child`
/// lines; ends with a newline.
CUPEL_API std::string describe_branches(const Graph& graph, Index revision, bool verbose = false);

}  // namespace cupel::revision
