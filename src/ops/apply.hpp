// SPDX-License-Identifier: MIT
// How operations change a schema in memory: one overload per operation, spread over apply.cpp
// (tables and what hangs on them), apply_types.cpp (enums and domains), apply_objects.cpp
// (everything else), and for one table by itself apply_table.cpp and apply_constraints.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/ops/operation.hpp"

namespace cupel::ops {

// Errors that several files throw.
UsageError no_such(const std::string& what, const std::string& name,
                   const std::vector<std::string>& existing);
UsageError already_there(const std::string& what, const std::string& name);
[[noreturn]] void throw_no_such(const model::Table& table, const std::string& what,
                                const std::string& name, const std::vector<std::string>& existing);
/// "table 't'"
std::string place_of(const model::Table& table);

/// Changes one table value. Knows nothing of other tables.
class TableApplier {
 public:
  explicit TableApplier(model::Table& table) : table_(table) {}

  void operator()(const AddColumn& op) const;
  void operator()(const DropColumn& op) const;
  void operator()(const AlterColumn& op) const;
  void operator()(const AddConstraint& op) const;
  void operator()(const DropConstraint& op) const;
  void operator()(const RenameConstraint& op) const;
  void operator()(const ValidateConstraint& op) const;
  void operator()(const CreateIndex& op) const;
  void operator()(const DropIndex& op) const;
  void operator()(const SetTableComment& op) const;
  void operator()(const SetTableOptions& op) const;

 private:
  std::string where() const;
  model::Column& column(const std::string& name) const;
  void require_columns(const std::vector<std::string>& names) const;
  void require_free_name(const std::string& constraint) const;
  void rename_column(const std::string& from, const std::string& to) const;

  model::Table& table_;
};

/// A constraint of a table as DropConstraint names it: by its name, by the one that a server makes
/// for an unnamed one, or (for a primary key) by its kind. The place is the one in `constraints`,
/// or -1 for the primary key.
std::optional<int> find_constraint(const model::Table& table, const std::string& name,
                                   std::optional<model::ConstraintKind> kind);
/// Of each constraint, the primary key first, as it was given: empty for one without.
std::vector<std::string> given_constraint_names(const model::Table& table);
/// The constraint at such a place.
model::Constraint constraint_at(const model::Table& table, int place);

/// The comment of a constraint as DropConstraint names it.
void set_constraint_comment(model::Table& table, const std::string& name,
                            const std::string& comment);

/// Replaces a column's name in everything that an index says.
void rename_in_index(model::Index& index, const std::string& from, const std::string& to);

/// Changes a whole schema.
class SchemaApplier {
 public:
  explicit SchemaApplier(model::Schema& schema) : schema_(schema) {}

  void operator()(const CreateTable& op) const;
  void operator()(const DropTable& op) const;
  void operator()(const RenameTable& op) const;
  void operator()(const SetTableSchema& op) const;
  void operator()(const SetTableComment& op) const;
  void operator()(const SetTableOptions& op) const;
  void operator()(const SetPartition& op) const;
  void operator()(const AddColumn& op) const;
  void operator()(const DropColumn& op) const;
  void operator()(const AlterColumn& op) const;
  void operator()(const AddConstraint& op) const;
  void operator()(const DropConstraint& op) const;
  void operator()(const RenameConstraint& op) const;
  void operator()(const ValidateConstraint& op) const;
  void operator()(const CreateIndex& op) const;
  void operator()(const DropIndex& op) const;
  void operator()(const RenameIndex& op) const;
  void operator()(const AlterTable& op) const;

  void operator()(const CreateSchema& op) const;
  void operator()(const DropSchema& op) const;
  void operator()(const CreateSequence& op) const;
  void operator()(const AlterSequence& op) const;
  void operator()(const DropSequence& op) const;
  void operator()(const CreateEnum& op) const;
  void operator()(const DropEnum& op) const;
  void operator()(const AddEnumValue& op) const;
  void operator()(const RenameEnumValue& op) const;
  void operator()(const CreateDomain& op) const;
  void operator()(const DropDomain& op) const;
  void operator()(const RenameType& op) const;
  void operator()(const CreateView& op) const;
  void operator()(const DropView& op) const;
  void operator()(const RefreshView&) const {}
  void operator()(const CreateFunction& op) const;
  void operator()(const DropFunction& op) const;
  void operator()(const CreateTrigger& op) const;
  void operator()(const DropTrigger& op) const;
  void operator()(const CreateExtension& op) const;
  void operator()(const DropExtension& op) const;
  void operator()(const SetComment& op) const;
  void operator()(const ExecuteSql&) const {}
  void operator()(const BulkInsert&) const {}

 private:
  model::Table& table(const ObjectName& name) const;
  std::vector<ObjectName> partitions_of(const ObjectName& table) const;
  void require_free(const ObjectName& name) const;
  void add_enums_of(const model::Type& type) const;
  void drop_columns_of(const ObjectName& type, bool cascade, const std::string& what) const;
  void erase_table(const ObjectName& name) const;
  void drop_references(const ObjectName& table, const std::vector<std::string>& columns) const;
  void drop_views_that_mention(const ObjectName& table, const std::string& column) const;
  void rename_column_elsewhere(const AlterColumn& op) const;
  void move_table(const ObjectName& from, const ObjectName& to) const;
  /// The list that holds the index, and its place there; null if there is none.
  std::vector<model::Index>* indexes_with(const ObjectName& table, const std::string& index) const;
  bool has_index(const std::string& schema, const std::string& index) const;

  model::Schema& schema_;
};

}  // namespace cupel::ops
