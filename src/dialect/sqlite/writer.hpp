// SPDX-License-Identifier: MIT
// SQLite's DdlWriter, for ddl.cpp, alter_table.cpp and rebuild.cpp; everybody else takes writer().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cupel/sql/ddl_writer.hpp"

namespace cupel::dialect::sqlite {

class Writer : public sql::DdlWriter {
 public:
  using sql::DdlWriter::alter_table;
  using sql::DdlWriter::create_table_text;
  using sql::DdlWriter::quote;

  std::string product() const override { return "sqlite"; }
  const sql::LexRules& lex_rules() const override;
  std::string quote(std::string_view identifier) const override;
  std::string type_text(const model::Type& type) const override;
  std::string expression_text(const model::Expression& expression) const override;
  std::string literal_text(const Value& value) const override;
  std::string default_text(const model::Expression& expression) const override;

  // Pieces for changing tables. `table` is where the change happens; the change's own is ignored.
  std::string add_column_text(const ops::ObjectName& table, const ops::AddColumn& add) const;
  std::string drop_column_text(const ops::ObjectName& table, const std::string& column) const;
  std::string rename_column_text(const ops::ObjectName& table, const std::string& from,
                                 const std::string& to) const;
  std::string create_index_text(const ops::ObjectName& table, const ops::CreateIndex& create) const;
  std::string drop_index_text(const ops::ObjectName& table, const ops::DropIndex& drop) const;
  [[noreturn]] void refuse_with(const std::string& what, const std::string& hint) const;

 protected:
  using sql::DdlWriter::statements;
  using WriteContext = sql::WriteContext;
  Statements statements(const ops::DropTable&, const WriteContext&) const override;
  Statements statements(const ops::RenameTable&, const WriteContext&) const override;
  Statements statements(const ops::SetTableSchema&, const WriteContext&) const override;
  Statements statements(const ops::SetTableComment&, const WriteContext&) const override;
  Statements statements(const ops::SetTableOptions&, const WriteContext&) const override;
  Statements statements(const ops::SetComment&, const WriteContext&) const override;
  Statements statements(const ops::AddColumn&, const WriteContext&) const override;
  Statements statements(const ops::DropColumn&, const WriteContext&) const override;
  Statements statements(const ops::AlterColumn&, const WriteContext&) const override;
  Statements statements(const ops::AddConstraint&, const WriteContext&) const override;
  Statements statements(const ops::DropConstraint&, const WriteContext&) const override;
  Statements statements(const ops::RenameConstraint&, const WriteContext&) const override;
  Statements statements(const ops::ValidateConstraint&, const WriteContext&) const override;
  Statements statements(const ops::CreateIndex&, const WriteContext&) const override;
  Statements statements(const ops::DropIndex&, const WriteContext&) const override;
  Statements statements(const ops::RenameIndex&, const WriteContext&) const override;
  Statements statements(const ops::AlterTable&, const WriteContext&) const override;
  Statements statements(const ops::CreateSchema&, const WriteContext&) const override;
  Statements statements(const ops::DropSchema&, const WriteContext&) const override;
  Statements statements(const ops::CreateEnum&, const WriteContext&) const override;
  Statements statements(const ops::CreateView&, const WriteContext&) const override;
  Statements statements(const ops::DropView&, const WriteContext&) const override;
  Statements statements(const ops::CreateFunction&, const WriteContext&) const override;
  Statements statements(const ops::CreateSequence&, const WriteContext&) const override;

  std::vector<std::string> table_elements(const model::Table& table) const override;
  std::string table_suffix(const model::Table& table) const override;
  bool belongs_in_create_table(const model::Table& table,
                               const model::Constraint& constraint) const override;
  std::string column_text(const model::Table& table, const model::Column& column) const override;
  std::string constraint_text(const model::Constraint& constraint) const override;
  std::string index_element_text(const model::IndexElement& element) const override;

 private:
  std::string key_text(const model::Table& table, const std::vector<std::string>& columns) const;
  std::string key_constraint_text(const model::Table& table,
                                  const model::Constraint& constraint) const;
};

/// Writes a table as it was inspected: a primary key column that may be NULL stays so.
class FaithfulWriter : public Writer {
 protected:
  bool writes_not_null(const model::Table&, const model::Column& column) const override {
    return !column.nullable;
  }
};

/// The id column that holds the rowid: the whole primary key, declared INTEGER. Null if there is
/// none.
const model::Column* rowid_column(const model::Table& table);

}  // namespace cupel::dialect::sqlite
