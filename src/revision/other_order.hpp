// SPDX-License-Identifier: MIT
// Whether branches depend on each other without saying so shows when they run the other way round.
#pragma once

#include <vector>

#include "cupel/revision/graph.hpp"

namespace cupel::revision {

/// Another order in which the same revisions may run: of those that can come next always the one
/// that usually comes last. It equals Graph::order() where only one order is possible.
std::vector<Index> other_order(const Graph& graph);

}  // namespace cupel::revision
