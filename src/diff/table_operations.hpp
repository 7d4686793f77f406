// SPDX-License-Identifier: MIT
// The operations that turn one table into the other.
#pragma once

#include <vector>

#include "cupel/ops/operation.hpp"
#include "diff/own_types.hpp"
#include "diff/table_diff.hpp"

namespace cupel::diff {

/// Sections of Plan.
struct TableOperations {
  std::vector<ops::Operation> drop_concurrently;
  std::vector<ops::Operation> drop_foreign_keys;
  std::vector<ops::Operation> drop_parts;
  std::vector<ops::Operation> rename_parts;
  std::vector<ops::Operation> changes;
  std::vector<ops::Operation> add_foreign_keys;
  std::vector<ops::Operation> create_concurrently;
};

/// What the operations of all tables have in common.
struct TableContext {
  const DiffRules& rules;
  bool concurrent_indexes = false;
  RenamedTypes renamed_types = {};
};

TableOperations operations_of(const TableDiff& diff, const TableContext& context);

}  // namespace cupel::diff
