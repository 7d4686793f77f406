// SPDX-License-Identifier: MIT
// See alter_reader.hpp. https://www.sqlite.org/lang_altertable.html
#include "dialect/sqlite/lint/alter_reader.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"
#include "dialect/sqlite/create_parser.hpp"
#include "dialect/sqlite/lint/reader.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::Column;
using model::Constraint;
using model::Table;
using Tokens = sql::StatementTokens;
using Reader = sql::TokenReader;

bool has_constraint(const Table& table, const Constraint& constraint) {
  return std::find(table.constraints.begin(), table.constraints.end(), constraint) !=
         table.constraints.end();
}

ops::AddColumn addition(const model::ObjectName& name, const Table& before, const Table& after,
                        const Column& column) {
  ops::AddColumn add{.table = name, .column = column};
  for (const Constraint& constraint : after.constraints) {
    if (has_constraint(before, constraint)) continue;
    if (const auto* key = std::get_if<model::ForeignKey>(&constraint)) add.inline_references = *key;
    if (const auto* check = std::get_if<model::CheckConstraint>(&constraint))
      add.checks.push_back(*check);
  }
  return add;
}

void compare_columns(const model::ObjectName& name, const Table& before, const Table& after,
                     std::vector<ops::Operation>& changes) {
  for (std::size_t i = 0; i < after.columns.size(); ++i) {
    const Column& was = before.columns[i];
    const Column& is = after.columns[i];
    if (was == is) continue;
    ops::AlterColumn alter{.table = name, .column = was.name};
    if (was.name != is.name) alter.new_name = is.name;
    if (was.nullable != is.nullable) alter.nullable = is.nullable;
    alter.existing_type = was.type;
    alter.existing_nullable = was.nullable;
    if (alter.new_name || alter.nullable) changes.emplace_back(std::move(alter));
  }
}

/// What 3.53 can do in place.
void compare_constraints(const model::ObjectName& name, const Table& before, const Table& after,
                         std::vector<ops::Operation>& changes) {
  for (const Constraint& it : before.constraints)
    if (!has_constraint(after, it))
      changes.emplace_back(ops::DropConstraint{
          .table = name, .name = model::name_of(it), .kind = model::kind_of(it), .was = it});
  for (const Constraint& it : after.constraints)
    if (!has_constraint(before, it)) changes.emplace_back(ops::AddConstraint{name, it});
}

// Forms that are refused

struct Form {
  const Tokens& tokens;
  model::ObjectName table;
  std::vector<lint::Effect>& effects;

  bool refuse(const std::string& why) const {
    effects.emplace_back(lint::Other{kRefused, table, why, false});
    return true;
  }
  /// Done natively since 3.53.0: what it does, and that.
  bool newer(ops::Operation operation) const {
    effects.emplace_back(std::move(operation));
    effects.emplace_back(lint::Other{kNeedsVersion, table, "3.53.0", false});
    return true;
  }
};

bool alter_column(const Form& form, Reader reader) {
  reader.take("COLUMN");
  const std::optional<sql::NameText> column = reader.take_name();
  if (!column) return false;
  ops::AlterColumn alter{.table = form.table, .column = column->last};
  if (reader.take({"SET", "NOT", "NULL"})) {
    alter.nullable = false;
    return form.newer(alter);
  }
  if (reader.take({"DROP", "NOT", "NULL"})) {
    alter.nullable = true;
    return form.newer(alter);
  }
  return form.refuse("SQLite has no ALTER COLUMN but SET and DROP NOT NULL");
}

bool add_constraint(const Form& form, Reader reader) {
  std::string name;
  if (reader.take("CONSTRAINT"))
    if (const std::optional<sql::NameText> given = reader.take_name()) name = given->last;
  if (reader.is("CHECK")) {
    const std::size_t open = reader.at() + 2;
    model::CheckConstraint check;
    check.expression = form.tokens.between(open, form.tokens.end_of_brackets(open));
    check.name = name;
    return form.newer(ops::AddConstraint{form.table, check});
  }
  const bool known = reader.is("UNIQUE") || reader.is("PRIMARY") || reader.is("FOREIGN");
  return known && form.refuse("SQLite adds no key or foreign key to a table that is there");
}

bool drop_constraint(const Form& form, Reader reader) {
  const std::optional<sql::NameText> name = reader.take_name();
  if (!name) return false;
  return form.newer(ops::DropConstraint{.table = form.table, .name = name->last});
}

model::ObjectName spelled(const model::Schema& schema, const std::string& name) {
  for (const Table& table : schema.tables)
    if (table.name.schema.empty() && text::equals_ignore_case(table.name.name, name))
      return table.name;
  return name;
}

}  // namespace

std::optional<std::string> new_table_name(const Tokens& tokens) {
  Reader reader(tokens, 2);
  if (!reader.take_name() || !reader.take({"RENAME", "TO"})) return std::nullopt;
  const std::optional<sql::NameText> to = reader.take_name();
  return to ? std::optional(to->plain) : std::nullopt;
}

std::vector<ops::Operation> alterations(const model::ObjectName& name, const Table& before,
                                        const Table& after) {
  std::vector<ops::Operation> changes;
  if (after.columns.size() > before.columns.size()) {
    changes.emplace_back(addition(name, before, after, after.columns.back()));
  } else if (after.columns.size() < before.columns.size()) {
    for (const Column& column : before.columns)
      if (after.find_column(column.name) == nullptr)
        changes.emplace_back(ops::DropColumn{.table = name, .column = column.name, .was = column});
  } else {
    compare_columns(name, before, after, changes);
    if (changes.empty()) compare_constraints(name, before, after, changes);
  }
  return changes;
}

bool read_refused_alter(const Tokens& tokens, const model::Schema& before, const std::string& error,
                        std::vector<lint::Effect>& effects) {
  if (!tokens.are(0, {"ALTER", "TABLE"})) return false;
  Reader reader(tokens, 2);
  const std::optional<sql::NameText> table = reader.take_name();
  if (!table) return false;
  const Form form{tokens, spelled(before, table->last), effects};
  // "Cannot add a UNIQUE column" and its like, "cannot drop column "a": it is a PRIMARY KEY".
  const std::string lower = text::to_lower(error);
  if (lower.starts_with("cannot ") || lower.starts_with("error in ")) return form.refuse(error);
  if (lower.find("syntax error") == std::string::npos) return false;
  if (reader.take("ALTER")) return alter_column(form, reader);
  if (reader.take("ADD")) return add_constraint(form, reader);
  if (reader.take({"DROP", "CONSTRAINT"})) return drop_constraint(form, reader);
  return reader.is("MODIFY") || reader.is("CHANGE")
             ? form.refuse("SQLite has no " + text::to_upper(tokens.text(reader.at())) + " COLUMN")
             : false;
}

}  // namespace cupel::dialect::sqlite
