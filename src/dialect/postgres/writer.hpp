// SPDX-License-Identifier: MIT
// The writer's class; ddl.hpp is what others see.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cupel/sql/ddl_writer.hpp"

namespace cupel::dialect::postgres {

class Writer final : public sql::DdlWriter {
 public:
  std::string product() const override { return "PostgreSQL"; }
  const sql::LexRules& lex_rules() const override;
  using DdlWriter::quote;
  /// Throws UsageError for a name that the server would cut silently.
  std::string quote(std::string_view identifier) const override;
  std::string type_text(const model::Type& type) const override;
  std::string expression_text(const model::Expression& expression) const override;
  std::string literal_text(const Value& value) const override;

 protected:
  using Context = sql::WriteContext;
  using DdlWriter::statements;
  // ddl.cpp
  Statements statements(const ops::CreateTable&, const Context&) const override;
  Statements statements(const ops::AddColumn&, const Context&) const override;
  std::vector<std::string> table_words(const ops::CreateTable&) const override;
  std::string table_body(const model::Table&) const override;
  std::string table_suffix(const model::Table&) const override;
  bool belongs_in_create_table(const model::Table&, const model::Constraint&) const override;
  std::string column_type_text(const model::Table&, const model::Column&) const override;
  std::string generated_text(const model::Column&) const override;
  bool writes_not_null(const model::Table&, const model::Column&) const override;
  // ddl_alter.cpp
  Statements statements(const ops::SetTableSchema&, const Context&) const override;
  Statements statements(const ops::SetTableComment&, const Context&) const override;
  Statements statements(const ops::SetTableOptions&, const Context&) const override;
  Statements statements(const ops::SetPartition&, const Context&) const override;
  Statements statements(const ops::AlterColumn&, const Context&) const override;
  Statements statements(const ops::AlterTable&, const Context&) const override;
  // ddl_constraints.cpp
  Statements statements(const ops::AddConstraint&, const Context&) const override;
  Statements statements(const ops::RenameConstraint&, const Context&) const override;
  Statements statements(const ops::ValidateConstraint&, const Context&) const override;
  Statements statements(const ops::CreateIndex&, const Context&) const override;
  Statements statements(const ops::DropIndex&, const Context&) const override;
  Statements statements(const ops::RenameIndex&, const Context&) const override;
  std::string constraint_text(const model::Constraint&) const override;
  // ddl_objects.cpp
  Statements statements(const ops::CreateSchema&, const Context&) const override;
  Statements statements(const ops::DropSchema&, const Context&) const override;
  Statements statements(const ops::CreateSequence&, const Context&) const override;
  Statements statements(const ops::AlterSequence&, const Context&) const override;
  Statements statements(const ops::DropSequence&, const Context&) const override;
  Statements statements(const ops::CreateEnum&, const Context&) const override;
  Statements statements(const ops::DropEnum&, const Context&) const override;
  Statements statements(const ops::AddEnumValue&, const Context&) const override;
  Statements statements(const ops::RenameEnumValue&, const Context&) const override;
  Statements statements(const ops::CreateDomain&, const Context&) const override;
  Statements statements(const ops::DropDomain&, const Context&) const override;
  Statements statements(const ops::RenameType&, const Context&) const override;
  Statements statements(const ops::CreateView&, const Context&) const override;
  Statements statements(const ops::DropView&, const Context&) const override;
  Statements statements(const ops::RefreshView&, const Context&) const override;
  Statements statements(const ops::CreateFunction&, const Context&) const override;
  Statements statements(const ops::DropFunction&, const Context&) const override;
  Statements statements(const ops::DropTrigger&, const Context&) const override;
  Statements statements(const ops::CreateExtension&, const Context&) const override;
  Statements statements(const ops::DropExtension&, const Context&) const override;
  Statements statements(const ops::SetComment&, const Context&) const override;

 private:
  /// CREATE TYPE for the enums of these columns that are not known to exist. `guarded`: the types
  /// may exist, so ask.
  Statements create_types(const ObjectName& table, const std::vector<model::Column>& columns,
                          bool guarded, const Context& context) const;
  std::string create_enum_text(const ObjectName& name,
                               const std::vector<std::string>& values) const;
  std::string unless_type_exists(const ObjectName& name, const std::string& sql) const;
  std::string column_definition_comment(const ObjectName& table, const std::string& column,
                                        const std::string& comment) const;
  void append_comments(const model::Table& table, Statements& result) const;
  void append_constraint_comment(const ObjectName& table, const model::Constraint& constraint,
                                 Statements& result) const;
  Statements later_constraints(const model::Table& table, bool if_not_exists,
                               const Context& context) const;
  // What follows ALTER COLUMN c, in the order that the server needs.
  std::vector<std::string> dropping_actions(const ops::AlterColumn& change,
                                            const Context& context) const;
  std::vector<std::string> setting_actions(const ops::AlterColumn& change,
                                           const Context& context) const;
  // Statements for the sequence behind a SERIAL column.
  std::vector<std::string> end_of_numbering(const ops::AlterColumn& change) const;
  std::vector<std::string> width_of_numbering(const ops::AlterColumn& change) const;
  std::vector<std::string> start_of_numbering(const ops::AlterColumn& change) const;
  std::string type_action(const ops::AlterColumn& change) const;
  std::string identity_action(const ops::AlterColumn& change, const Context& context) const;
  std::string computed_action(const ops::AlterColumn& change, const Context& context) const;
  std::string storage_text(
      const std::vector<std::pair<std::string, std::string>>& parameters) const;
  std::string exclude_text(const model::ExcludeConstraint& exclude) const;
  std::string sequence_options(const model::Sequence& sequence) const;
  std::string comment_text(const std::string& comment) const;

  // Conditions for DO blocks.
  std::string column_exists(const ObjectName& table, const std::string& column) const;
  std::string constraint_missing(const ObjectName& table, const std::string& name) const;
};

/// The column with its variant for PostgreSQL chosen and its enum named.
model::Column own_column(const model::ObjectName& table, const model::Column& column);

/// DO $cupel$ BEGIN IF <condition> THEN <sql>; END IF; END $cupel$
std::string guarded(const std::string& condition, const std::string& sql);

}  // namespace cupel::dialect::postgres
