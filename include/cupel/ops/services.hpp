// SPDX-License-Identifier: MIT
// What can be done with operations without any database: reverse, describe, apply in memory.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "cupel/ops/operation.hpp"

namespace cupel::ops {

/// The operation that undoes this one; nullopt if it does not hold enough:
/// - a drop or replacement without `was`, an AlterColumn that changes what no existing_* tells;
/// - an AddConstraint without a name; an AddEnumValue (no database takes a value away);
/// - a DropSchema with cascade, a SetTableSchema from the default schema (its name is not known);
/// - SetTableOptions without `was`;
/// - an AlterTable with such a change, or one that orders columns or sets autoincrement without
///   copy_from;
/// - ExecuteSql, BulkInsert, ValidateConstraint, RefreshView.
/// What fell along with something does not come back: a dropped column returns as the last one,
/// without constraints and indexes. Drop those by operations of their own before.
CUPEL_API std::optional<Operation> reverse(const Operation& operation);
/// The same inside a batch.
CUPEL_API std::optional<TableChange> reverse_change(const TableChange& change);
/// All reversed, last first. ValidateConstraint and RefreshView need no undoing and are left out.
/// Throws UsageError naming the first that cannot be reversed.
CUPEL_API std::vector<Operation> reverse_all(const std::vector<Operation>& operations);

/// One line for people: "add column 'phone' to table 'users'".
CUPEL_API std::string describe(const Operation& operation);
/// Inside a batch, where the table is known: "add column 'phone'".
CUPEL_API std::string describe_change(const TableChange& change);
/// One per line.
CUPEL_API std::string describe(const std::vector<Operation>& operations);

/// Makes the change on the schema in memory, as the database would. Honours if_exists and
/// if_not_exists. Throws UsageError for what every database would refuse (unknown table, duplicate
/// column, ...); where one refuses and another does it, it is done. A failed AlterTable may have
/// made its first changes. ExecuteSql, BulkInsert and RefreshView change nothing.
///
/// What goes along:
/// - dropping a table: its indexes, triggers, owned sequences and partitions; with cascade the
///   foreign keys that refer to it and the views that mention it;
/// - dropping a column: every constraint and index of the table that involves it, in whatever part,
///   and owned sequences; a column computed from it only with cascade, otherwise it is an error;
/// - renaming a table or column: constraints, indexes, expressions, foreign keys of other tables,
///   owned sequences, partitions, and the texts of triggers and views that speak of it without
///   doubt;
/// - a native enum comes with the first column that uses it and stays until DropEnum; its new
///   values reach every column, and so does a type's new name.
/// A constraint without a name answers to the one that a server would make for it (t_pkey,
/// t_a_b_key, t_a_fkey, t_a_check, ...).
CUPEL_API void apply(const Operation& operation, model::Schema& schema);
/// One change on one table value; used by apply() and by table rebuilds.
CUPEL_API void apply(const TableChange& change, model::Table& table);
/// The name that a server would make for the constraint if it had none, without the number that
/// tells it from another of that name.
CUPEL_API std::string made_name(const model::Table& table, const model::Constraint& constraint);
/// Each constraint's name, the primary key's first (if there is one), as DropConstraint finds them:
/// those without a name by the ones that a server would make.
CUPEL_API std::vector<std::string> constraint_names(const model::Table& table);
/// The table's columns with those that `lists` name in the lists' order, as AlterTable's
/// partial_reordering says. Throws UsageError for an unknown column and for contradicting lists.
CUPEL_API void reorder_columns(model::Table& table,
                               const std::vector<std::vector<std::string>>& lists);

/// Replaces a column's name wherever the SQL text speaks of it, outside strings (dollar-quoted ones
/// too) and comments. Quoted ("x", `x`, [x]) and plain spellings are found, plain ones in any case;
/// `table.old` too. Not touched: function names, type names after :: and AS, qualifiers.
CUPEL_API std::string rename_in_expression(const std::string& sql, const std::string& from,
                                           const std::string& to);
/// True if the SQL text uses the identifier (same rules).
CUPEL_API bool mentions_identifier(const std::string& sql, const std::string& name);

/// What a SQL text speaks of, read once for many questions.
class CUPEL_API Mentions {
 public:
  /// `with_bodies`: also what stands in strings, as the bodies of functions do.
  explicit Mentions(const std::string& sql, bool with_bodies = false);
  /// As mentions_identifier().
  bool of(const std::string& name) const { return has(names_, name); }
  /// True if something of that name is called: name(...).
  bool of_call(const std::string& name) const { return has(calls_, name); }
  /// True if something is cast to a type of that name: ::name.
  bool of_type(const std::string& name) const { return has(types_, name); }
  /// True for `*`, which may mean any column.
  bool of_all() const { return all_; }
  /// Every name and everything called, in lower case, in no order and perhaps twice.
  std::vector<std::string> all_names() const;

 private:
  struct Names {
    std::unordered_set<std::string> plain;  ///< lower case
    std::unordered_set<std::string> quoted;
  };
  static bool has(const Names& names, const std::string& name);
  void read(const std::string& sql, bool with_bodies);
  Names names_;
  Names calls_;
  Names types_;
  bool all_ = false;
};

}  // namespace cupel::ops
