// SPDX-License-Identifier: MIT
// What a change is: one plain struct per operation and the variant of all. A service over
// operations is one overload set (reverse, describe, apply, DDL); a forgotten operation is a
// compile error there.
//
// `was` fields hold the object as it was before, if the author or the generator knows it: they make
// an operation reversible and are never needed to run it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "cupel/base/value.hpp"
#include "cupel/model/schema.hpp"

namespace cupel::ops {

using model::ObjectName;

/// How an attribute changes: not at all, to nothing, or to a value.
template <typename T>
struct Change {
  enum class Kind { Keep, Drop, Set };
  Kind kind = Kind::Keep;
  T value{};

  Change() = default;
  Change(std::nullptr_t) : kind(Kind::Drop) {}             // NOLINT(google-explicit-constructor)
  Change(std::nullopt_t) : kind(Kind::Drop) {}             // NOLINT(google-explicit-constructor)
  Change(T to) : kind(Kind::Set), value(std::move(to)) {}  // NOLINT(google-explicit-constructor)
  /// From what T is made of, so that `.comment = "words"` needs no std::string around it.
  template <typename U, typename = std::enable_if_t<
                            std::is_convertible_v<U, T> && !std::is_same_v<std::decay_t<U>, T> &&
                            !std::is_same_v<std::decay_t<U>, std::nullptr_t>>>
  Change(U&& to)  // NOLINT(google-explicit-constructor)
      : kind(Kind::Set), value(std::forward<U>(to)) {}
  explicit operator bool() const { return kind != Kind::Keep; }
  bool drops() const { return kind == Kind::Drop; }
  bool sets() const { return kind == Kind::Set; }
  bool operator==(const Change&) const = default;
};

struct CreateTable {
  model::Table table;
  bool if_not_exists = false;
  std::vector<std::string> prefixes;  ///< words between CREATE and TABLE
  bool operator==(const CreateTable&) const = default;
};
struct DropTable {
  ObjectName table;
  bool if_exists = false;
  bool cascade = false;
  std::optional<model::Table> was;
  bool operator==(const DropTable&) const = default;
};
struct RenameTable {
  ObjectName table;
  std::string new_name;
  bool if_exists = false;
  bool operator==(const RenameTable&) const = default;
};
struct SetTableSchema {
  ObjectName table;
  std::string new_schema;
  bool operator==(const SetTableSchema&) const = default;
};
struct SetTableComment {
  ObjectName table;
  std::optional<std::string> comment;  ///< nullopt drops it
  std::optional<std::string> was;      ///< nullopt: there was none
  bool operator==(const SetTableComment&) const = default;
};

/// What a table says about how its rows are kept; everything of model::Table that no other
/// operation changes.
struct TableOptions {
  bool unlogged = false;
  bool autoincrement = false;
  bool without_rowid = false;
  bool strict = false;
  std::string tablespace;
  std::vector<std::pair<std::string, std::string>> with;
  std::map<std::string, std::string> options;
  bool operator==(const TableOptions&) const = default;
};
CUPEL_API TableOptions options_of(const model::Table& table);
struct SetTableOptions {
  ObjectName table;
  TableOptions to;
  std::optional<TableOptions> was;
  bool operator==(const SetTableOptions&) const = default;
};
/// Makes a table a partition of another, or (nullopt) no partition any more.
struct SetPartition {
  ObjectName table;
  std::optional<model::PartitionOf> to;
  std::optional<model::PartitionOf> was;  ///< nullopt: it was none
  bool operator==(const SetPartition&) const = default;
};

/// Constraints and indexes that come with the column are operations of their own, after this one.
struct AddColumn {
  ObjectName table;
  model::Column column;
  bool if_not_exists = false;
  bool inline_primary_key = false;
  std::optional<model::ForeignKey> inline_references;
  std::vector<model::CheckConstraint> checks;  ///< written inline
  std::string insert_before;                   ///< batch with a rebuild only: place of the column
  std::string insert_after;
  bool operator==(const AddColumn&) const = default;
};
struct DropColumn {
  ObjectName table;
  std::string column;
  bool if_exists = false;
  bool cascade = false;
  std::optional<model::Column> was;
  bool operator==(const DropColumn&) const = default;
};
/// Only what is set changes. `existing_*` fill the gaps on databases that restate the whole column,
/// and make it reversible.
struct AlterColumn {
  ObjectName table;
  std::string column;
  std::optional<bool> nullable;
  std::optional<model::Type> type;
  Change<model::Expression> server_default;
  Change<model::Identity> identity;
  Change<model::Computed> computed;
  Change<std::string> comment;
  std::optional<std::string> new_name;
  std::optional<bool> autoincrement;
  std::optional<std::string> not_null_conflict;  ///< SQLite: NOT NULL ON CONFLICT <this>
  std::string using_expression;  ///< how old values become the new type (PostgreSQL's USING)

  std::optional<model::Type> existing_type;
  std::optional<bool> existing_nullable;
  Change<model::Expression> existing_server_default;
  Change<model::Identity> existing_identity;
  Change<model::Computed> existing_computed;
  Change<std::string> existing_comment;
  std::optional<bool> existing_autoincrement;
  std::optional<std::string> existing_not_null_conflict;
  std::string existing_using_expression;  ///< how new values become the old type again
  bool if_exists = false;
  bool operator==(const AlterColumn&) const = default;
};

struct AddConstraint {
  ObjectName table;
  model::Constraint constraint;
  bool if_not_exists = false;
  bool operator==(const AddConstraint&) const = default;
};
struct DropConstraint {
  ObjectName table;
  std::string name;
  std::optional<model::ConstraintKind> kind;
  bool if_exists = false;
  bool cascade = false;
  std::optional<model::Constraint> was;
  bool operator==(const DropConstraint&) const = default;
};
struct RenameConstraint {
  ObjectName table;
  std::string name;
  std::string new_name;
  bool operator==(const RenameConstraint&) const = default;
};
struct ValidateConstraint {
  ObjectName table;
  std::string name;
  bool operator==(const ValidateConstraint&) const = default;
};

struct CreateIndex {
  ObjectName table;
  model::Index index;
  bool if_not_exists = false;
  bool concurrently = false;
  bool operator==(const CreateIndex&) const = default;
};
struct DropIndex {
  std::string name;
  ObjectName table;  ///< may have an empty name; its schema is the index's schema
  bool if_exists = false;
  bool concurrently = false;
  bool cascade = false;
  std::optional<model::Index> was;
  bool operator==(const DropIndex&) const = default;
};
struct RenameIndex {
  ObjectName table;  ///< as in DropIndex
  std::string name;
  std::string new_name;
  bool operator==(const RenameIndex&) const = default;
};

struct CreateSchema {
  std::string name;
  bool if_not_exists = false;
  bool operator==(const CreateSchema&) const = default;
};
struct DropSchema {
  std::string name;
  bool if_exists = false;
  bool cascade = false;
  bool operator==(const DropSchema&) const = default;
};
struct CreateSequence {
  model::Sequence sequence;
  bool if_not_exists = false;
  bool operator==(const CreateSequence&) const = default;
};
struct AlterSequence {
  model::Sequence to;
  std::optional<model::Sequence> was;
  bool operator==(const AlterSequence&) const = default;
};
struct DropSequence {
  ObjectName name;
  bool if_exists = false;
  bool cascade = false;
  std::optional<model::Sequence> was;
  bool operator==(const DropSequence&) const = default;
};
struct CreateEnum {
  model::EnumType type;
  bool if_not_exists = false;
  bool operator==(const CreateEnum&) const = default;
};
struct DropEnum {
  ObjectName name;
  bool if_exists = false;
  bool cascade = false;
  std::optional<model::EnumType> was;
  bool operator==(const DropEnum&) const = default;
};
struct AddEnumValue {
  ObjectName name;
  std::string value;
  std::string before;  ///< at most one of before and after
  std::string after;
  bool if_not_exists = false;
  bool operator==(const AddEnumValue&) const = default;
};
struct RenameEnumValue {
  ObjectName name;
  std::string value;
  std::string new_value;
  bool operator==(const RenameEnumValue&) const = default;
};
struct CreateDomain {
  model::Domain domain;
  bool if_not_exists = false;
  bool operator==(const CreateDomain&) const = default;
};
struct DropDomain {
  ObjectName name;
  bool if_exists = false;
  bool cascade = false;
  std::optional<model::Domain> was;
  bool operator==(const DropDomain&) const = default;
};
/// An enum type or a domain, which share their names.
struct RenameType {
  ObjectName name;
  std::string new_name;
  bool operator==(const RenameType&) const = default;
};
struct CreateView {
  model::View view;
  bool or_replace = false;
  bool if_not_exists = false;
  bool with_data = true;           ///< materialised views
  std::optional<model::View> was;  ///< what it replaces; unset: nothing, or not known
  bool operator==(const CreateView&) const = default;
};
struct DropView {
  ObjectName name;
  bool materialized = false;
  bool if_exists = false;
  bool cascade = false;
  std::optional<model::View> was;
  bool operator==(const DropView&) const = default;
};
struct RefreshView {
  ObjectName name;
  bool concurrently = false;
  bool operator==(const RefreshView&) const = default;
};
struct CreateFunction {
  model::Function function;
  std::optional<model::Function> was;  ///< what its CREATE OR REPLACE replaces; unset: nothing
  bool operator==(const CreateFunction&) const = default;
};
struct DropFunction {
  ObjectName name;
  std::string arguments;
  bool procedure = false;
  bool if_exists = false;
  bool cascade = false;
  std::optional<model::Function> was;
  bool operator==(const DropFunction&) const = default;
};
struct CreateTrigger {
  model::Trigger trigger;
  bool operator==(const CreateTrigger&) const = default;
};
struct DropTrigger {
  std::string name;
  ObjectName table;
  bool if_exists = false;
  bool cascade = false;
  std::optional<model::Trigger> was;
  bool operator==(const DropTrigger&) const = default;
};
struct CreateExtension {
  model::Extension extension;
  bool if_not_exists = false;
  bool cascade = false;
  bool operator==(const CreateExtension&) const = default;
};
struct DropExtension {
  std::string name;
  bool if_exists = false;
  bool cascade = false;
  std::optional<model::Extension> was;
  bool operator==(const DropExtension&) const = default;
};

/// What else than a table or column can have a comment.
enum class CommentOn { Constraint, Index, Enum, View, MaterializedView };
struct SetComment {
  CommentOn on = CommentOn::Constraint;
  ObjectName object;                   ///< the type or view; the table of a constraint or index
  std::string name;                    ///< the constraint's or index's
  std::optional<std::string> comment;  ///< nullopt drops it
  std::optional<std::string> was;      ///< nullopt: there was none
  bool operator==(const SetComment&) const = default;
};

/// Any SQL, one statement or several. `parameters` are for `:name` placeholders, in order of first
/// appearance.
struct ExecuteSql {
  std::string sql;
  std::vector<std::pair<std::string, Value>> parameters;
  bool outside_transaction = false;
  bool operator==(const ExecuteSql&) const = default;
};
/// One row per entry; every row has one expression or value per column.
struct BulkInsert {
  ObjectName table;
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
  bool operator==(const BulkInsert&) const = default;
};

/// What may stand inside a batch.
using TableChangeVariant =
    std::variant<AddColumn, DropColumn, AlterColumn, AddConstraint, DropConstraint,
                 RenameConstraint, CreateIndex, DropIndex, SetTableComment, SetTableOptions>;

/// Compiled once, as model::Constraint is.
struct CUPEL_API TableChange : TableChangeVariant {
  using TableChangeVariant::TableChangeVariant;
  TableChange();
  TableChange(const TableChange&);
  TableChange(TableChange&&) noexcept;
  TableChange& operator=(const TableChange&);
  TableChange& operator=(TableChange&&) noexcept;
  ~TableChange();
  bool operator==(const TableChange&) const;
};

enum class Recreate { Auto, Always, Never };  ///< Auto: where no ALTER makes the changes

/// Several changes of one table at once: one rebuild where the database must rebuild, plain ALTERs
/// elsewhere. The changes' own `table` fields do not matter.
struct AlterTable {
  ObjectName table;
  std::vector<TableChange> changes;
  Recreate recreate = Recreate::Auto;
  std::optional<model::Table> copy_from;  ///< the table as it is, instead of asking the database
  std::vector<model::Constraint>
      extra_constraints;  ///< added by the rebuild (Alembic's table_args)
  /// Each list says which columns stand in this order; the others stay as early as they can.
  std::vector<std::vector<std::string>> partial_reordering;
  std::optional<bool> autoincrement;  ///< set or clear SQLite's AUTOINCREMENT in the rebuild
  bool operator==(const AlterTable&) const = default;
};

using OperationVariant =
    std::variant<CreateTable, DropTable, RenameTable, SetTableSchema, SetTableComment,
                 SetTableOptions, SetPartition, AddColumn, DropColumn, AlterColumn, AddConstraint,
                 DropConstraint, RenameConstraint, ValidateConstraint, CreateIndex, DropIndex,
                 RenameIndex, AlterTable, CreateSchema, DropSchema, CreateSequence, AlterSequence,
                 DropSequence, CreateEnum, DropEnum, AddEnumValue, RenameEnumValue, CreateDomain,
                 DropDomain, RenameType, CreateView, DropView, RefreshView, CreateFunction,
                 DropFunction, CreateTrigger, DropTrigger, CreateExtension, DropExtension,
                 SetComment, ExecuteSql, BulkInsert>;

/// Compiled once, as model::Constraint is.
struct CUPEL_API Operation : OperationVariant {
  using OperationVariant::OperationVariant;
  Operation();
  Operation(const Operation&);
  Operation(Operation&&) noexcept;
  Operation& operator=(const Operation&);
  Operation& operator=(Operation&&) noexcept;
  ~Operation();
  bool operator==(const Operation&) const;
};

}  // namespace cupel::ops
