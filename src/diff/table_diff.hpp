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
  bool forced = false;     ///< the same, but in the way of another change: dropped and made again

  bool is_removed() const { return to == nullptr; }
  bool is_added() const { return from == nullptr; }
  bool is_changed() const { return from != nullptr && to != nullptr && alike != Likeness::Same; }
  bool is_made_again() const { return is_changed() || forced; }
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
  bool not_null_conflict = false;
  bool replaced = false;  ///< what differs cannot be altered: the column is dropped and added
  TypeChange type_change = TypeChange::Same;

  bool is_removed() const { return to == nullptr; }
  bool is_added() const { return from == nullptr; }
  bool differs() const {
    return is_removed() || is_added() || type || nullable || server_default || computed ||
           identity || autoincrement || comment || not_null_conflict;
  }
};

/// One side of a pair, ready to be compared: in stored and normalized form.
struct StoredTable {
  const model::Table* original = nullptr;
  model::Table table;
  std::optional<model::Constraint> primary_key;  ///< the table's, as one of its constraints

  /// The primary key first.
  std::vector<const model::Constraint*> constraints() const;
  std::vector<const model::Index*> indexes() const;
};

struct TableDiff {
  StoredTable from;
  StoredTable to;
  // Pointers into the two above.
  std::vector<ColumnDiff> columns;  ///< added and changed ones as `to` has them, then removed ones
  std::vector<PartDiff<model::Constraint>> constraints;
  std::vector<PartDiff<model::Index>> indexes;
  bool comment = false;
  bool options = false;       ///< see ops::TableOptions
  bool partition = false;     ///< whose partition it is, or which
  bool partition_by = false;  ///< how it is partitioned: no operation changes that
  bool inherits = false;      ///< nor this
  /// Some texts differ and a server might say that they mean the same.
  bool unsettled = false;

  bool empty() const {
    return columns.empty() && constraints.empty() && indexes.empty() && !comment && !options &&
           !partition && !partition_by && !inherits;
  }
};

/// Fills in what differs between diff.from and diff.to.
void compare_tables(TableDiff& diff, const DiffRules& rules);

/// True if two columns have one type; enum types that live apart count by their names.
bool same_column_type(const model::Type& a, const model::Type& b, const DiffRules& rules);
/// What differs in one column of both.
ColumnDiff compare_columns(const TableDiff& diff, const model::Column& from,
                           const model::Column& to, const DiffRules& rules);

}  // namespace cupel::diff
