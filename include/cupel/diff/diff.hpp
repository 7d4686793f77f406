// SPDX-License-Identifier: MIT
// Two schemas to the operations that turn one into the other.
//
// compare() brings both sides into the database's normal form, pairs what has the same name (or
// means the same, where a name was not given), decides renames, and orders the operations so that
// they run: types before tables, tables by foreign key (circular ones added afterwards), dependents
// dropped before a change and made again after it. Every operation carries its `was`, so that
// ops::reverse_all() gives the true way back.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cupel/diff/rules.hpp"
#include "cupel/model/object.hpp"
#include "cupel/ops/operation.hpp"

namespace cupel::diff {

/// A table (column empty) or a column that gets another name.
struct CUPEL_API Rename {
  model::ObjectName table;  ///< as `from` calls it
  std::string column;       ///< its old name; empty: the table itself is renamed
  std::string new_name;
  bool operator==(const Rename&) const = default;
};
/// "table 'a' to 'b'", "column 't.a' to 'b'".
CUPEL_API std::string to_string(const Rename& rename);

/// One difference, for people: what log lines, `check` and questions are made of.
struct CUPEL_API Finding {
  enum class Kind { Added, Removed, Changed, Renamed };
  Kind kind = Kind::Changed;
  model::ObjectKey object;   ///< the table for everything that hangs on one
  std::string part;          ///< "column 'a'", "index 'ix'", ...; empty: the object itself
  std::string message;       ///< as Alembic says it where it does: "Detected added table 'users'"
  bool destructive = false;  ///< data would be lost or may be cut
  std::string note;          ///< why it might be a mistake, what to look at; may be empty
  bool operator==(const Finding&) const = default;
};

/// A removed and an added thing that may be one; nobody has decided yet.
struct CUPEL_API RenameQuestion {
  Rename rename;
  std::string why;  ///< "same columns", "same type, same place", ...
  bool operator==(const RenameQuestion&) const = default;
};

struct Options {
  /// Decided by people: taken, an error (UsageError) if either side does not exist.
  std::vector<Rename> renames;
  /// Pairs that people have decided against: they stay a removal and an addition.
  std::vector<Rename> not_renames;
  /// Take matches that are beyond doubt: one candidate on either side, everything else equal.
  bool guess_renames = true;
  /// Asked for every object that is in `from` only. False: it belongs to somebody else and is
  /// listed as unmanaged. Unset: everything may be dropped.
  std::function<bool(const model::ObjectKey&)> is_owned;
  /// Asked for every object of either side, and for parts of tables (part as in Finding). False: it
  /// is not looked at at all. Unset: everything is.
  std::function<bool(const model::ObjectKey&, const std::string& part)> is_included;
  /// Null: texts that differ are differences.
  Normalizer* normalizer = nullptr;
  /// `from` is what the server shows, so its texts need not be asked for. False: both sides are
  /// written by people.
  bool from_is_inspected = true;
  bool concurrent_indexes = false;  ///< on tables that exist in `from`
};

struct CUPEL_API Difference {
  std::vector<ops::Operation> operations;  ///< in an order that runs
  /// The way back: ops::reverse_all(operations), but that added enum values are taken away by
  /// making their type anew.
  std::vector<ops::Operation> undo;
  std::vector<Finding> findings;  ///< one per difference, sorted
  std::vector<model::ObjectKey> unmanaged;
  std::vector<RenameQuestion> questions;  ///< not empty: nothing should be written yet
  std::vector<Rename> renamed;            ///< those decided, given or taken
  /// Nothing differs. A finding without operations is one that no operation can settle (how a table
  /// is partitioned): its note says so.
  bool empty() const { return findings.empty() && questions.empty(); }
};

/// `from` as it is (usually inspected), `to` as it shall be.
CUPEL_API Difference compare(const model::Schema& from, const model::Schema& to,
                             const DiffRules& rules, const Options& options = {});

/// Operations that make all of a schema on an empty database, in an order that runs.
CUPEL_API std::vector<ops::Operation> create_all(const model::Schema& schema,
                                                 const DiffRules& rules);

}  // namespace cupel::diff
