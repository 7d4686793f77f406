// SPDX-License-Identifier: MIT
// See safe_forms.hpp.
#include "dialect/postgres/lint/safe_forms.hpp"

#include <utility>

#include "cupel/base/error.hpp"
#include "cupel/ops/services.hpp"
#include "dialect/postgres/ddl.hpp"
#include "dialect/postgres/lex.hpp"

namespace cupel::dialect::postgres {
namespace {

constexpr const char* kOutside = "-- cupel: no transaction";

std::string quoted(const model::ObjectName& name) {
  const std::string table = quote_identifier(name.name);
  return name.schema.empty() ? table : quote_identifier(name.schema) + "." + table;
}

std::string alter(const model::ObjectName& table) { return "ALTER TABLE " + quoted(table) + " "; }

std::string deferral_words(const model::Deferral& deferral) {
  std::string words;
  if (deferral.deferrable == true) words += " DEFERRABLE";
  if (!deferral.initially.empty()) words += " INITIALLY " + deferral.initially;
  return words;
}

/// Gives the constraint the name that the server would give it; false if that is not known.
bool settle_name(model::Constraint& constraint, const model::Table* table) {
  if (!model::name_of(constraint).empty()) return true;
  if (table == nullptr) return false;
  model::set_name(constraint, ops::made_name(*table, constraint));
  return true;
}

}  // namespace

SafeForm only_text(std::vector<std::string> sql) { return {std::move(sql), {}}; }

SafeForm safe_form(const std::vector<ops::Operation>& operations) {
  SafeForm form;
  try {
    for (const ops::Operation& operation : operations) {
      const bool validates = std::holds_alternative<ops::ValidateConstraint>(operation);
      if (validates && !form.sql.empty()) form.sql.emplace_back(kOutside);
      for (const sql::Statement& it : writer().write(operation)) form.sql.push_back(it.sql + ";");
    }
  } catch (const Error&) {
    return {};  // what cannot be written is not offered
  }
  form.replacement = operations;
  for (std::size_t i = 1; i < operations.size(); ++i) {
    const auto* validate = std::get_if<ops::ValidateConstraint>(&operations[i]);
    if (validate == nullptr) continue;
    // Only SQL can say that it runs apart.
    ops::ExecuteSql apart;
    apart.sql = writer().write(*validate).front().sql;
    apart.outside_transaction = true;
    form.replacement[i] = apart;
  }
  return form;
}

SafeForm validated_later(const ops::AddConstraint& add, const model::Table* table) {
  ops::AddConstraint first = add;
  if (!settle_name(first.constraint, table)) return {};
  if (auto* key = std::get_if<model::ForeignKey>(&first.constraint)) key->not_valid = true;
  if (auto* check = std::get_if<model::CheckConstraint>(&first.constraint)) check->not_valid = true;
  return safe_form({first, ops::ValidateConstraint{add.table, model::name_of(first.constraint)}});
}

SafeForm by_concurrent_index(const ops::AddConstraint& add, const model::Table* table) {
  model::Constraint constraint = add.constraint;
  if (!settle_name(constraint, table)) return {};
  ops::CreateIndex create;
  create.table = add.table;
  create.concurrently = true;
  create.index.name = model::name_of(constraint);
  create.index.unique = true;
  for (const std::string& it : model::columns_of(constraint))
    create.index.elements.emplace_back(it);
  std::string words = " PRIMARY KEY USING INDEX ";
  std::string deferral;
  if (const auto* unique = std::get_if<model::UniqueConstraint>(&constraint)) {
    create.index.include = unique->include;
    create.index.nulls_not_distinct = unique->nulls_not_distinct;
    words = " UNIQUE USING INDEX ";
    deferral = deferral_words(unique->deferral);
  } else if (const auto* key = std::get_if<model::PrimaryKey>(&constraint)) {
    create.index.include = key->include;
    deferral = deferral_words(key->deferral);
  }
  const std::string name = quote_identifier(create.index.name);
  ops::ExecuteSql take;
  take.sql = alter(add.table) + "ADD CONSTRAINT " + name + words + name + deferral;
  return safe_form({create, take});
}

SafeForm not_null_by_check(const ops::AlterColumn& op, int server_version) {
  constexpr int kFirstWithNotValid = 180000;
  const std::string column = quote_identifier(op.column);
  std::string name = op.table.name + "_" + op.column + "_not_null";
  if (name.size() > 63) name.resize(63);
  ops::AlterColumn set;
  set.table = op.table;
  set.column = op.column;
  set.nullable = false;
  set.existing_type = op.existing_type;
  set.existing_nullable = true;
  ops::DropConstraint drop{.table = op.table, .name = name, .kind = model::ConstraintKind::Check};
  const model::CheckConstraint check{
      .expression = column + " IS NOT NULL", .name = name, .not_valid = true};
  drop.was = check;
  SafeForm form = safe_form(
      {ops::AddConstraint{op.table, check}, ops::ValidateConstraint{op.table, name}, set, drop});
  if (server_version >= kFirstWithNotValid && !form.sql.empty()) {
    const std::string constraint = quote_identifier(name);
    form.sql = {
        alter(op.table) + "ADD CONSTRAINT " + constraint + " NOT NULL " + column + " NOT VALID;",
        kOutside, alter(op.table) + "VALIDATE CONSTRAINT " + constraint + ";"};
  }
  return form;
}

namespace {

std::string backfill(const model::ObjectName& table, const std::string& column,
                     const std::string& value) {
  const std::string name = quote_identifier(column);
  return "UPDATE " + quoted(table) + " SET " + name + " = " + value + " WHERE " + name +
         " IS NULL;  -- in batches by primary key, each committed";
}

void append_not_null(std::vector<std::string>& sql, const ops::AddColumn& add) {
  ops::AlterColumn set;
  set.table = add.table;
  set.column = add.column.name;
  for (std::string& line : not_null_by_check(set, 0).sql) sql.push_back(std::move(line));
}

}  // namespace

SafeForm column_in_steps(const ops::AddColumn& add, const model::Table*) {
  ops::AddColumn first = add;
  first.column.nullable = true;
  first.column.server_default.reset();
  first.column.identity.reset();
  first.column.computed.reset();
  first.column.autoincrement = model::Autoincrement::No;
  SafeForm form = safe_form({first});
  if (form.sql.empty()) return form;
  form.replacement.clear();
  const std::string column = quote_identifier(add.column.name);
  const bool numbers = add.column.identity || add.column.autoincrement == model::Autoincrement::Yes;
  std::string value = "...";
  if (numbers) {
    const model::ObjectName sequence(add.table.schema,
                                     add.table.name + "_" + add.column.name + "_seq");
    value = "nextval('" + quoted(sequence) + "')";
    form.sql.push_back("CREATE SEQUENCE " + quoted(sequence) + " OWNED BY " + quoted(add.table) +
                       "." + column + ";");
  } else if (add.column.server_default) {
    value = add.column.server_default->text;
  } else if (add.column.computed) {
    value = "(" + add.column.computed->expression + ")";
  }
  if (add.column.computed) {
    form.sql.push_back("-- a trigger BEFORE INSERT OR UPDATE that sets it to " + value);
  } else {
    form.sql.push_back(alter(add.table) + "ALTER COLUMN " + column + " SET DEFAULT " + value + ";");
  }
  form.sql.emplace_back("-- in a later revision:");
  form.sql.push_back(backfill(add.table, add.column.name, value));
  if (!add.column.nullable || numbers) append_not_null(form.sql, add);
  return form;
}

SafeForm column_with_later_checks(const ops::AddColumn& add, const model::Table* table) {
  ops::AddColumn first = add;
  first.checks.clear();
  std::vector<ops::Operation> operations{first};
  model::Table with_column = table == nullptr ? model::Table{.name = add.table} : *table;
  if (with_column.find_column(add.column.name) == nullptr)
    with_column.columns.push_back(add.column);
  for (model::CheckConstraint check : add.checks) {
    if (check.name.empty()) check.name = ops::made_name(with_column, check);
    check.column.clear();
    check.not_valid = true;
    operations.emplace_back(ops::AddConstraint{add.table, check});
  }
  for (const ops::Operation& it : std::vector<ops::Operation>(operations)) {
    if (const auto* constraint = std::get_if<ops::AddConstraint>(&it))
      operations.emplace_back(
          ops::ValidateConstraint{add.table, model::name_of(constraint->constraint)});
  }
  return safe_form(operations);
}

SafeForm type_in_new_column(const ops::AlterColumn& op) {
  ops::AddColumn add;
  add.table = op.table;
  add.column = {.name = op.column + "_new", .type = *op.type};
  SafeForm form = safe_form({add});
  if (form.sql.empty()) return form;
  form.replacement.clear();
  const std::string old_name = quote_identifier(op.column);
  const std::string new_name = quote_identifier(add.column.name);
  const std::string value = op.using_expression.empty() ? old_name : op.using_expression;
  form.sql.push_back("-- a trigger BEFORE INSERT OR UPDATE that sets " + new_name + " from " +
                     old_name);
  form.sql.emplace_back("-- in a later revision:");
  form.sql.push_back(backfill(op.table, add.column.name, value));
  form.sql.emplace_back("-- indexes and constraints of the new column, concurrently; then:");
  form.sql.push_back(alter(op.table) + "RENAME " + old_name + " TO " +
                     quote_identifier(op.column + "_old") + ";");
  form.sql.push_back(alter(op.table) + "RENAME " + new_name + " TO " + old_name + ";");
  return form;
}

}  // namespace cupel::dialect::postgres
