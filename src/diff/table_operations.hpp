// SPDX-License-Identifier: MIT
// The operations that turn one table into the other.
#pragma once

#include <vector>

#include "cupel/ops/operation.hpp"
#include "diff/table_diff.hpp"

namespace cupel::diff {

/// In the order in which they run; foreign keys go first and come last, over all tables.
struct TableOperations {
  std::vector<ops::Operation> drop_foreign_keys;
  std::vector<ops::Operation> changes;
  std::vector<ops::Operation> add_foreign_keys;
};

TableOperations operations_of(const TableDiff& diff, const DiffRules& rules,
                              bool concurrent_indexes);

/// Gives the constraint a name if it has none and is to be found again.
model::Constraint named(model::Constraint constraint, const model::Table& table,
                        const DiffRules& rules);

}  // namespace cupel::diff
