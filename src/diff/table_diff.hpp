// SPDX-License-Identifier: MIT
// What differs between two tables that are one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cupel/diff/rules.hpp"
#include "diff/likeness.hpp"

namespace cupel::diff {

/// A constraint or index of either side: removed if `to` is null, added if `from` is null.
template <typename T>
struct PartDiff {
  const T* from = nullptr;
  const T* to = nullptr;
  Likeness alike = Likeness::Different;
  bool renamed = false;    ///< the same under another name
  bool commented = false;  ///< the comment differs
  bool validated = false;  ///< what was NOT VALID shall be valid

  bool is_removed() const { return to == nullptr; }
  bool is_added() const { return from == nullptr; }
  bool is_changed() const { return from != nullptr && to != nullptr && alike != Likeness::Same; }
};

struct ColumnDiff {
  const model::Column* from = nullptr;
  const model::Column* to = nullptr;
  bool type = false;
  bool nullable = false;
  bool server_default = false;
  bool computed = false;
  bool identity = false;
  bool autoincrement = false;
  bool comment = false;
  bool replaced = false;  ///< what differs cannot be altered: the column is dropped and added
  TypeChange type_change = TypeChange::Same;

  bool is_removed() const { return to == nullptr; }
  bool is_added() const { return from == nullptr; }
};

/// One side of the pair, ready to be compared: in stored and normalized form, the primary key being
/// the first of the constraints.
struct StoredTable {
  const model::Table* original = nullptr;
  model::Table table;
  std::vector<model::Constraint> constraints;
};

struct TableDiff {
  StoredTable from;
  StoredTable to;
  // Pointers into the two above.
  std::vector<ColumnDiff> columns;  ///< added and changed ones as `to` has them, then removed ones
  std::vector<PartDiff<model::Constraint>> constraints;
  std::vector<PartDiff<model::Index>> indexes;
  bool comment = false;
  /// Some texts differ and a server might say that they mean the same.
  bool unsettled = false;

  bool empty() const {
    return columns.empty() && constraints.empty() && indexes.empty() && !comment;
  }
};

/// Fills in what differs between diff.from and diff.to.
void compare_tables(TableDiff& diff, const DiffRules& rules);

}  // namespace cupel::diff
