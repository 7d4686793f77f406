// SPDX-License-Identifier: MIT
// The order in which Alembic runs its files. Branches that depend on each other without saying so
// work there in that order, and nowhere else; so a project of its files keeps it.
#pragma once

#include <vector>

#include "cupel/revision/graph.hpp"

namespace cupel::revision {

/// True if every revision is a file of Alembic's.
bool follows_files(const Graph& graph);
/// All revisions, oldest first. Heads begin in the order of their files' names; a branch is walked
/// down until it meets one that another head still needs. Not for graphs with cycles.
std::vector<Index> order_by_files(const Graph& graph);

}  // namespace cupel::revision
