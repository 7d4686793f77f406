// SPDX-License-Identifier: MIT
// Operations to SQL statements. The base writes standard SQL as SQLAlchemy spells it; dialects
// override what differs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cupel/ops/operation.hpp"
#include "cupel/sql/schema_source.hpp"

namespace cupel::sql {

/// One statement to execute, without a final semicolon.
struct CUPEL_API Statement {
  std::string sql;
  bool outside_transaction = false;  ///< the database refuses it inside a transaction
  bool operator==(const Statement&) const = default;
};

/// What a writer may know while writing. All optional.
struct WriteContext {
  SchemaSource* before = nullptr;  ///< null: nothing is known about existing tables
  int server_version = 0;  ///< as Connection::server_version(); 0: assume the newest supported
};

/// Stateless and thread-safe. Throws NotSupported for what the database cannot do, UsageError for
/// contradictions.
class CUPEL_API DdlWriter {
 public:
  virtual ~DdlWriter();
  std::vector<Statement> write(const ops::Operation& operation,
                               const WriteContext& context = {}) const;

  /// Quoted if it must be.
  virtual std::string quote(std::string_view identifier) const = 0;
  /// Schema and name, each quoted if it must be.
  std::string quote(const model::ObjectName& name) const;
  virtual std::string type_text(const model::Type& type) const = 0;
  virtual std::string expression_text(const model::Expression& expression) const;
  /// A value as a literal, for offline SQL: 'it''s', 1.5, true, NULL.
  virtual std::string literal_text(const Value& value) const;

 protected:
  using Statements = std::vector<Statement>;
  virtual Statements statements(const ops::CreateTable&, const WriteContext&) const;
  virtual Statements statements(const ops::DropTable&, const WriteContext&) const;
  virtual Statements statements(const ops::RenameTable&, const WriteContext&) const;
  virtual Statements statements(const ops::SetTableSchema&, const WriteContext&) const;
  virtual Statements statements(const ops::SetTableComment&, const WriteContext&) const;
  virtual Statements statements(const ops::AddColumn&, const WriteContext&) const;
  virtual Statements statements(const ops::DropColumn&, const WriteContext&) const;
  virtual Statements statements(const ops::AlterColumn&, const WriteContext&) const;
  virtual Statements statements(const ops::AddConstraint&, const WriteContext&) const;
  virtual Statements statements(const ops::DropConstraint&, const WriteContext&) const;
  virtual Statements statements(const ops::RenameConstraint&, const WriteContext&) const;
  virtual Statements statements(const ops::ValidateConstraint&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateIndex&, const WriteContext&) const;
  virtual Statements statements(const ops::DropIndex&, const WriteContext&) const;
  virtual Statements statements(const ops::RenameIndex&, const WriteContext&) const;
  virtual Statements statements(const ops::AlterTable&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateSchema&, const WriteContext&) const;
  virtual Statements statements(const ops::DropSchema&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateSequence&, const WriteContext&) const;
  virtual Statements statements(const ops::AlterSequence&, const WriteContext&) const;
  virtual Statements statements(const ops::DropSequence&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateEnum&, const WriteContext&) const;
  virtual Statements statements(const ops::DropEnum&, const WriteContext&) const;
  virtual Statements statements(const ops::AddEnumValue&, const WriteContext&) const;
  virtual Statements statements(const ops::RenameEnumValue&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateView&, const WriteContext&) const;
  virtual Statements statements(const ops::DropView&, const WriteContext&) const;
  virtual Statements statements(const ops::RefreshView&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateFunction&, const WriteContext&) const;
  virtual Statements statements(const ops::DropFunction&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateTrigger&, const WriteContext&) const;
  virtual Statements statements(const ops::DropTrigger&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateExtension&, const WriteContext&) const;
  virtual Statements statements(const ops::DropExtension&, const WriteContext&) const;
  virtual Statements statements(const ops::ExecuteSql&, const WriteContext&) const;
  virtual Statements statements(const ops::BulkInsert&, const WriteContext&) const;

  // Pieces that dialects share and override.
  virtual std::string column_text(const model::Table& table, const model::Column& column) const;
  virtual std::string constraint_text(const model::Constraint& constraint) const;
  virtual std::string index_element_text(const model::IndexElement& element) const;
  std::string column_list(const std::vector<std::string>& columns) const;
};

/// Replaces `:name` placeholders by literals (offline) . `\:` is a colon, `::` and colons inside
/// strings, quoted identifiers and comments are left alone. Throws UsageError for a placeholder
/// without value and a value without placeholder.
CUPEL_API std::string inline_parameters(const DdlWriter& writer, const ops::ExecuteSql& operation);

}  // namespace cupel::sql
