// SPDX-License-Identifier: MIT
// All that differs, as operations in an order that runs.
//
// Every section below may count on those above it: what is in the way goes first, things get their
// new names, then what is new is made, what exists changes, what is not wanted any more goes, and
// last what went first comes back.
#pragma once

#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "diff/object_diff.hpp"
#include "diff/side.hpp"
#include "diff/table_operations.hpp"

namespace cupel::diff {

using Operations = std::vector<ops::Operation>;

inline void append(Operations& all, Operations& some) {
  std::move(some.begin(), some.end(), std::back_inserter(all));
}

/// What the comparison has found.
struct Changes {
  const DiffRules& rules;
  const Options& options;
  const model::Schema& original;  ///< `from` as it was given
  const Side& from;               ///< `from` after the renames
  const Side& to;
  const model::Schema& from_objects;  ///< stored
  const model::Schema& to_objects;
  const ObjectDiffs& objects;
  std::vector<Rename> table_renames;
  Operations renames;  ///< of tables, columns and enum values
  std::vector<std::unique_ptr<TableDiff>> tables;
  std::vector<const model::Table*> added;
  std::vector<const model::Table*> removed;
};

/// The sections, in the order in which they run.
struct Plan {
  Operations create_containers;  ///< schemas, extensions
  Operations drop_concurrently;
  Operations add_enum_values;  ///< outside of transactions: before the one in which the rest runs
  Operations drop_dependents;  ///< triggers, views, functions
  Operations rename;
  Operations disown_sequences;
  Operations drop_foreign_keys;
  Operations drop_parts;    ///< constraints and indexes
  Operations drop_early;    ///< tables whose names are needed
  Operations rename_parts;  ///< constraints and indexes
  Operations create_types;
  Operations rewrite_types;
  Operations create_tables;
  Operations change_tables;
  Operations change_sequences;
  Operations add_foreign_keys;
  Operations drop_tables;
  Operations drop_types;
  Operations create_dependents;
  Operations drop_rest;  ///< functions, extensions, schemas
  Operations create_concurrently;

  Operations in_order() &&;
};

/// May add parts to `changes.tables` that are only in the way.
Plan make_plan(Changes& changes);

/// The other way round, where added enum values are taken away by making the type anew.
Operations make_undo(const Operations& operations, const Changes& changes);

}  // namespace cupel::diff
