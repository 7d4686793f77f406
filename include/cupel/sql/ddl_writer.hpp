// SPDX-License-Identifier: MIT
// Operations to SQL statements. The base writes standard SQL as SQLAlchemy spells it; dialects
// override what differs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/ops/operation.hpp"
#include "cupel/sql/pace.hpp"
#include "cupel/sql/schema_source.hpp"

namespace cupel::sql {

struct LexRules;

/// One statement to execute, without a final semicolon.
struct CUPEL_API Statement {
  std::string sql;
  bool outside_transaction = false;  ///< the database refuses it inside a transaction
  FilePosition place = {};           ///< where somebody wrote it; no file for what is generated
  /// An UPDATE that is run in batches, each in a transaction of its own.
  std::optional<Pace> backfill = {};
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
  using ObjectName = model::ObjectName;
  virtual ~DdlWriter();
  std::vector<Statement> write(const ops::Operation& operation,
                               const WriteContext& context = {}) const;

  /// The database's name as people write it, for messages.
  virtual std::string product() const = 0;
  /// How the database reads text; finds placeholders and the ends of statements.
  virtual const LexRules& lex_rules() const = 0;
  /// Quoted if it must be.
  virtual std::string quote(std::string_view identifier) const = 0;
  /// Schema and name, each quoted if it must be.
  std::string quote(const ObjectName& name) const;
  virtual std::string type_text(const model::Type& type) const = 0;
  /// As in DEFAULT: text as it is, a literal quoted, now() as CURRENT_TIMESTAMP.
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
  virtual Statements statements(const ops::SetTableOptions&, const WriteContext&) const;
  virtual Statements statements(const ops::SetPartition&, const WriteContext&) const;
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
  virtual Statements statements(const ops::CreateDomain&, const WriteContext&) const;
  virtual Statements statements(const ops::DropDomain&, const WriteContext&) const;
  virtual Statements statements(const ops::RenameType&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateView&, const WriteContext&) const;
  virtual Statements statements(const ops::DropView&, const WriteContext&) const;
  virtual Statements statements(const ops::RefreshView&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateFunction&, const WriteContext&) const;
  virtual Statements statements(const ops::DropFunction&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateTrigger&, const WriteContext&) const;
  virtual Statements statements(const ops::DropTrigger&, const WriteContext&) const;
  virtual Statements statements(const ops::CreateExtension&, const WriteContext&) const;
  virtual Statements statements(const ops::DropExtension&, const WriteContext&) const;
  virtual Statements statements(const ops::SetComment&, const WriteContext&) const;
  virtual Statements statements(const ops::ExecuteSql&, const WriteContext&) const;
  virtual Statements statements(const ops::BulkInsert&, const WriteContext&) const;

  // Pieces that dialects share and override. None of them ends in a semicolon or begins with a
  // space, unless it says so.

  /// The whole CREATE TABLE, of the five pieces below it.
  std::string create_table_text(const ops::CreateTable& operation) const;
  /// Words between CREATE and TABLE.
  virtual std::vector<std::string> table_words(const ops::CreateTable& operation) const;
  /// What follows the name: " (" elements ")", one element on each line.
  virtual std::string table_body(const model::Table& table) const;
  /// What stands between the parentheses: columns, the primary key, the other constraints.
  virtual std::vector<std::string> table_elements(const model::Table& table) const;
  /// What follows the closing parenthesis, with a space in front if it is not empty.
  virtual std::string table_suffix(const model::Table& table) const;
  /// False for a constraint that the database needs not, or that must follow as its own statement.
  virtual bool belongs_in_create_table(const model::Table& table,
                                       const model::Constraint& constraint) const;

  /// Name, type, default, generation, NOT NULL, and the table's CHECKs that belong to the column.
  virtual std::string column_text(const model::Table& table, const model::Column& column) const;
  /// The type as it stands at the column (SERIAL instead of INTEGER).
  virtual std::string column_type_text(const model::Table& table,
                                       const model::Column& column) const;
  /// What follows DEFAULT.
  virtual std::string default_text(const model::Expression& expression) const;
  /// " GENERATED ALWAYS AS (..) STORED", with the space, or nothing.
  virtual std::string generated_text(const model::Column& column) const;
  /// False if NOT NULL is said otherwise.
  virtual bool writes_not_null(const model::Table& table, const model::Column& column) const;
  /// What follows ADD COLUMN [IF NOT EXISTS].
  std::string added_column_text(const ops::AddColumn& operation) const;

  /// With its name, if it has one: "CONSTRAINT a UNIQUE (b)".
  virtual std::string constraint_text(const model::Constraint& constraint) const;
  virtual std::string index_element_text(const model::IndexElement& element) const;

  /// "a, b": quoted, without parentheses.
  std::string column_list(const std::vector<std::string>& columns) const;
  /// "a, b" of index elements.
  std::string index_elements_text(const model::Index& index) const;
  /// "CONSTRAINT a " or nothing.
  std::string constraint_prefix(const std::string& name) const;
  /// "REFERENCES t (a) ON DELETE CASCADE ..."
  std::string references_text(const model::ForeignKey& key) const;
  /// " DEFERRABLE INITIALLY DEFERRED", with the space, or nothing.
  static std::string deferral_text(const model::Deferral& deferral);
  /// "ALTER TABLE t "
  std::string alter_table(const ObjectName& table, bool if_exists = false) const;
  /// NotSupported: "<product> has no <what>".
  [[noreturn]] void refuse(const std::string& what, const std::string& hint = {}) const;
};

/// Replaces `:name` placeholders by literals (offline), by the rules of placeholders.hpp. Throws
/// UsageError for a placeholder without value and a value without placeholder.
CUPEL_API std::string inline_parameters(const DdlWriter& writer, const ops::ExecuteSql& operation);

}  // namespace cupel::sql
