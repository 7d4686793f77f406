// SPDX-License-Identifier: MIT
// Renames of indexes and constraints, whose names are those of a whole schema.
#pragma once

#include <vector>

#include "cupel/ops/operation.hpp"

namespace cupel::diff {

/// The renames of all tables, so that a name that another table gives away is free when it is
/// taken. Those of one table stay in their order.
std::vector<ops::Operation> renames_in_order(std::vector<std::vector<ops::Operation>> by_table);

}  // namespace cupel::diff
