// SPDX-License-Identifier: MIT
// Operations as calls of `op`, or of `batch_op` inside of a batch. nullopt: no call does exactly
// this, so that its statements must be executed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "alembic/py_items.hpp"
#include "cupel/ops/operation.hpp"
#include "cupel/sql/schema_source.hpp"

namespace cupel::alembic::py {

/// One entry is one line of code, or several with their own indentation.
using Lines = std::optional<std::vector<std::string>>;

class Calls {
 public:
  /// `before` is the schema that the operation meets.
  Calls(const dialect::Dialect& dialect, const model::NamingConvention& naming,
        sql::SchemaSource& before, bool in_batch = false)
      : dialect_(&dialect),
        naming_(&naming),
        items_(dialect, naming),
        before_(&before),
        in_batch_(in_batch) {}

  Lines operator()(const ops::CreateTable& op) const;
  Lines operator()(const ops::DropTable& op) const;
  Lines operator()(const ops::RenameTable& op) const;
  Lines operator()(const ops::SetTableComment& op) const;
  Lines operator()(const ops::AddColumn& op) const;
  Lines operator()(const ops::DropColumn& op) const;
  Lines operator()(const ops::AlterColumn& op) const;
  Lines operator()(const ops::AddConstraint& op) const;
  Lines operator()(const ops::DropConstraint& op) const;
  Lines operator()(const ops::CreateIndex& op) const;
  Lines operator()(const ops::DropIndex& op) const;
  Lines operator()(const ops::AlterTable& op) const;
  /// Alembic has no call for the rest.
  template <typename Op>
  Lines operator()(const Op&) const {
    return std::nullopt;
  }

 private:
  std::string receiver() const { return in_batch_ ? "batch_op." : "op."; }
  std::string name(const std::string& name) const { return Items::final_name(name, receiver()); }
  /// The call with the table in front of the arguments (and the schema behind them), unless a
  /// batch has said both.
  std::string on_table(const std::string& function, const model::ObjectName& table,
                       Arguments arguments) const;
  std::string on_table(const std::string& function, const std::string& first,
                       const model::ObjectName& table, Arguments arguments) const;
  struct TableParts {
    std::vector<std::string> columns;
    std::vector<std::string> constraints;  ///< sorted
    std::vector<std::string> later;        ///< calls of their own, behind create_table()
  };
  std::optional<TableParts> parts_of(const model::Table& table) const;
  bool take_constraint(const model::ObjectName& table, const model::Constraint& constraint,
                       TableParts& parts) const;
  Arguments table_options(const ops::CreateTable& op) const;
  /// A change of an existing table that this database makes with one ALTER, outside of a batch.
  template <typename Op>
  bool is_direct(const Op& op) const;
  Code create_call(const model::UniqueConstraint& it, const model::ObjectName& table) const;
  Code create_call(const model::ForeignKey& it, const model::ObjectName& table) const;
  Code create_call(const model::CheckConstraint& it, const model::ObjectName& table) const;
  Code create_call(const model::PrimaryKey& it, const model::ObjectName& table) const;
  Code create_call(const model::ExcludeConstraint& it, const model::ObjectName& table) const;
  /// What stands behind USING in the statement that changes the type.
  std::string conversion(const ops::AlterColumn& op) const;
  std::string alter_arguments(const ops::AlterColumn& op) const;

  const dialect::Dialect* dialect_;
  const model::NamingConvention* naming_;
  Items items_;
  sql::SchemaSource* before_;
  bool in_batch_;
};

/// True if Alembic's batch, which reads the table back from the database, makes it again with
/// all that it has: nothing that SQLAlchemy does not read, nothing that depends on it.
bool survives_batch(const model::Table& table, const model::Schema& around,
                    const dialect::Dialect& dialect);

}  // namespace cupel::alembic::py
