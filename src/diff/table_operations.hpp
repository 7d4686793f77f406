// SPDX-License-Identifier: MIT
// The operations that turn one table into the other.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "cupel/ops/operation.hpp"
#include "diff/table_diff.hpp"

namespace cupel::diff {

/// Sections of Plan.
struct TableOperations {
  std::vector<ops::Operation> drop_concurrently;
  std::vector<ops::Operation> drop_foreign_keys;
  std::vector<ops::Operation> drop_parts;
  std::vector<ops::Operation> changes;
  std::vector<ops::Operation> add_foreign_keys;
  std::vector<ops::Operation> create_concurrently;
};

/// What the operations of all tables have in common.
struct TableContext {
  const DiffRules& rules;
  bool concurrent_indexes = false;
  /// Types that bear another name until nothing uses them any more.
  std::map<model::ObjectName, model::ObjectName> renamed_types;

  /// The type as it is called when tables change.
  model::Type as_it_is(model::Type type) const;
  model::Column as_it_is(model::Column column) const;
  model::Table as_it_is(model::Table table) const;
};

/// The enum type or domain that a column's type may be; empty for types that only the database has.
model::ObjectName name_of_own_type(const model::Type& type);

TableOperations operations_of(const TableDiff& diff, const TableContext& context);

/// Without the word that a column creates its enum type: that is an operation of its own.
model::Column declared(model::Column column, const model::ObjectName& table,
                       const DiffRules& rules);
model::Table declared(model::Table table, const DiffRules& rules);

/// Gives the constraint a name if it has none and is to be found again: one that is free in both
/// tables.
model::Constraint named(model::Constraint constraint, const model::Table& table,
                        const model::Table& before, const DiffRules& rules);

}  // namespace cupel::diff
