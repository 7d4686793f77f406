// SPDX-License-Identifier: MIT
// SQLite's DDL text: tables, columns, constraints, indexes, and what SQLite has not. What changes a
// table goes through alter_table.cpp. See ddl.hpp.
#include "dialect/sqlite/ddl.hpp"

#include <algorithm>
#include <cmath>

#include "cupel/base/text.hpp"
#include "cupel/model/define.hpp"
#include "dialect/sqlite/alter_table.hpp"
#include "dialect/sqlite/create_parser.hpp"
#include "dialect/sqlite/definition_cursor.hpp"
#include "dialect/sqlite/lex.hpp"
#include "dialect/sqlite/types.hpp"
#include "dialect/sqlite/writer.hpp"

namespace cupel::dialect::sqlite {

using ops::ObjectName;
using sql::WriteContext;

const sql::DdlWriter& writer() {
  static const Writer instance;
  return instance;
}

model::Table as_stored(const model::Table& table) {
  const Writer writer;
  const std::vector<sql::Statement> statements = writer.write(ops::CreateTable{table});
  model::Table stored = parse_create_table(statements.front().sql, table.name.schema);
  for (std::size_t i = 1; i < statements.size(); ++i)
    stored.indexes.push_back(parse_create_index(statements[i].sql, stored));
  return stored;
}

const model::Column* rowid_column(const model::Table& table) {
  if (table.without_rowid || !table.primary_key || table.primary_key->columns.size() != 1)
    return nullptr;
  const model::Column* column = table.find_column(table.primary_key->columns[0]);
  const bool is_integer =
      column != nullptr && text::equals_ignore_case(declared_type(column->type), "INTEGER");
  return is_integer ? column : nullptr;
}

void Writer::refuse_with(const std::string& what, const std::string& hint) const {
  throw NotSupported("sqlite " + what, hint);
}

// Names and values

const sql::LexRules& Writer::lex_rules() const { return sqlite::lex_rules(); }

std::string Writer::quote(std::string_view identifier) const {
  return quote_identifier(identifier);
}

std::string Writer::type_text(const model::Type& type) const { return sqlite::type_text(type); }

std::string Writer::expression_text(const model::Expression& expression) const {
  if (expression.kind == model::ExpressionKind::True) return "1";
  if (expression.kind == model::ExpressionKind::False) return "0";
  return DdlWriter::expression_text(expression);
}

std::string Writer::literal_text(const Value& value) const {
  if (const bool* truth = std::get_if<bool>(&value)) return *truth ? "1" : "0";
  const double* number = std::get_if<double>(&value);
  if (number != nullptr && std::isnan(*number)) return "NULL";
  if (number != nullptr && std::isinf(*number)) return *number > 0 ? "9e999" : "-9e999";
  return DdlWriter::literal_text(value);
}

namespace {

/// DEFAULT takes one literal or name, perhaps signed, as it is; anything else needs parentheses.
bool stands_alone(std::string_view sql) {
  DefinitionCursor cursor(sql);
  if (cursor.is_symbol('(')) {
    cursor.take_parenthesised();
    return cursor.at_end();
  }
  if (cursor.is_symbol('-') || cursor.is_symbol('+')) cursor.skip();
  if (cursor.at_end()) return true;
  cursor.skip();
  return cursor.at_end();
}

}  // namespace

std::string Writer::default_text(const model::Expression& expression) const {
  std::string sql = expression_text(expression);
  return stands_alone(sql) ? sql : "(" + sql + ")";
}

// CREATE TABLE

std::string Writer::table_suffix(const model::Table& table) const {
  std::string suffix;
  if (table.without_rowid) suffix = " WITHOUT ROWID";
  if (table.strict) suffix += suffix.empty() ? " STRICT" : ", STRICT";
  return suffix;
}

bool Writer::belongs_in_create_table(const model::Table& table,
                                     const model::Constraint& constraint) const {
  // quirk(sqlite): a foreign key cannot leave its database file, so REFERENCES takes no schema.
  // https://www.sqlite.org/foreignkeys.html
  const auto* key = std::get_if<model::ForeignKey>(&constraint);
  const auto file = [](const std::string& schema) { return schema == "main" ? "" : schema; };
  if (key == nullptr || file(key->referred_table.schema) == file(table.name.schema)) return true;
  refuse_with("has no foreign keys to a table of another database file, such as '" +
                  model::to_string(key->referred_table) + "'",
              "leave the foreign key out for sqlite");
}

namespace {

/// The CHECK that may be written at its column; with a conflict clause it may not.
const model::CheckConstraint* column_check(const model::Table& table,
                                           const model::Constraint& constraint) {
  const auto* check = std::get_if<model::CheckConstraint>(&constraint);
  const bool at_column =
      check != nullptr && check->on_conflict.empty() && table.find_column(check->column) != nullptr;
  return at_column ? check : nullptr;
}

std::string conflict_text(const std::string& word) {
  return word.empty() ? "" : " ON CONFLICT " + word;
}

/// AUTOINCREMENT can only be said at the column.
bool has_inline_key(const model::Table& table) {
  return table.autoincrement && table.primary_key && table.primary_key->columns.size() == 1;
}

}  // namespace

std::vector<std::string> Writer::table_elements(const model::Table& table) const {
  std::vector<std::string> elements;
  for (const model::Column& column : table.columns) elements.push_back(column_text(table, column));
  if (table.primary_key && !table.primary_key->columns.empty() && !has_inline_key(table))
    elements.push_back(key_constraint_text(table, *table.primary_key));
  for (const model::Constraint& constraint : table.constraints) {
    if (column_check(table, constraint) != nullptr) continue;
    if (belongs_in_create_table(table, constraint))
      elements.push_back(key_constraint_text(table, constraint));
  }
  for (const model::Column& column : table.columns) {
    if (const auto check = model::type_check(column)) elements.push_back(constraint_text(*check));
  }
  return elements;
}

std::string Writer::key_text(const model::Table& table,
                             const std::vector<std::string>& columns) const {
  const auto option = table.options.find(key_option(columns));
  return "(" + (option == table.options.end() ? column_list(columns) : option->second) + ")";
}

std::string Writer::key_constraint_text(const model::Table& table,
                                        const model::Constraint& constraint) const {
  if (const auto* key = std::get_if<model::PrimaryKey>(&constraint))
    return constraint_prefix(key->name) + "PRIMARY KEY " + key_text(table, key->columns) +
           conflict_text(key->on_conflict);
  if (const auto* unique = std::get_if<model::UniqueConstraint>(&constraint)) {
    if (unique->deferral.deferrable.value_or(false))
      refuse_with("cannot defer a UNIQUE constraint", "leave out deferrable for sqlite");
    return constraint_prefix(unique->name) + "UNIQUE " + key_text(table, unique->columns) +
           conflict_text(unique->on_conflict);
  }
  return constraint_text(constraint);
}

namespace {

/// The key as sqlite can say it: no other schema, and no INITIALLY without DEFERRABLE in front.
model::ForeignKey sayable(model::ForeignKey key) {
  key.referred_table.schema.clear();
  if (key.deferral.deferrable || key.deferral.initially.empty()) return key;
  if (text::equals_ignore_case(key.deferral.initially, "DEFERRED")) {
    key.deferral.deferrable = true;
  } else {
    key.deferral.initially.clear();
  }
  return key;
}

}  // namespace

std::string Writer::constraint_text(const model::Constraint& constraint) const {
  if (const auto* key = std::get_if<model::ForeignKey>(&constraint))
    return DdlWriter::constraint_text(sayable(*key));
  if (const auto* check = std::get_if<model::CheckConstraint>(&constraint))
    return DdlWriter::constraint_text(constraint) + conflict_text(check->on_conflict);
  if (std::holds_alternative<model::ExcludeConstraint>(constraint))
    refuse_with("has no exclusion constraints",
                "use a UNIQUE constraint or a trigger that raises an error");
  return key_constraint_text({}, constraint);
}

std::string Writer::column_text(const model::Table& table, const model::Column& column) const {
  std::string sql = quote(std::string_view(column.name));
  const std::string type = column_type_text(table, column);
  if (!type.empty()) sql += " " + type;
  if (column.server_default) sql += " DEFAULT " + default_text(*column.server_default);
  if (writes_not_null(table, column) || column.identity)
    sql += " NOT NULL" + conflict_text(column.not_null_conflict);
  if (has_inline_key(table) && table.primary_key->columns[0] == column.name)
    sql += " " + constraint_prefix(table.primary_key->name) + "PRIMARY KEY" +
           conflict_text(table.primary_key->on_conflict) + " AUTOINCREMENT";
  sql += generated_text(column);
  for (const model::Constraint& constraint : table.constraints) {
    const model::CheckConstraint* check = column_check(table, constraint);
    if (check != nullptr && check->column == column.name) sql += " " + constraint_text(constraint);
  }
  return sql;
}

// Indexes

std::string Writer::index_element_text(const model::IndexElement& element) const {
  std::string text =
      element.expression.empty() ? quote(std::string_view(element.column)) : element.expression;
  if (!element.collation.empty()) text += " COLLATE " + collation_text(element.collation);
  if (element.descending) text += " DESC";
  return text;
}

std::string Writer::create_index_text(const ObjectName& table,
                                      const ops::CreateIndex& create) const {
  const model::Index& index = create.index;
  if (index.name.empty())
    throw UsageError("an index on table '" + model::to_string(table) + "' needs a name");
  std::string sql = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  if (create.if_not_exists) sql += "IF NOT EXISTS ";
  sql += quote(ObjectName(table.schema, index.name)) + " ON " +
         quote(std::string_view(table.name)) + " (" + index_elements_text(index) + ")";
  if (!index.where.empty()) sql += " WHERE " + index.where;
  return sql;
}

std::string Writer::drop_index_text(const ObjectName& table, const ops::DropIndex& drop) const {
  return std::string("DROP INDEX ") + (drop.if_exists ? "IF EXISTS " : "") +
         quote(ObjectName(table.schema, drop.name));
}

Writer::Statements Writer::statements(const ops::CreateIndex& create, const WriteContext&) const {
  return {{create_index_text(create.table, create)}};
}

Writer::Statements Writer::statements(const ops::DropIndex& drop, const WriteContext&) const {
  return {{drop_index_text(drop.table, drop)}};
}

Writer::Statements Writer::statements(const ops::RenameIndex& rename,
                                      const WriteContext& context) const {
  return rename_index(*this, rename, context);
}

// Tables and columns

std::string Writer::add_column_text(const ObjectName& table, const ops::AddColumn& add) const {
  ops::AddColumn local = add;
  local.table = table;
  if (local.inline_references && belongs_in_create_table({.name = table}, *local.inline_references))
    local.inline_references = sayable(*local.inline_references);
  if (const auto check = model::type_check(add.column)) local.checks.push_back(*check);
  return alter_table(table) + "ADD COLUMN " + added_column_text(local);
}

std::string Writer::drop_column_text(const ObjectName& table, const std::string& column) const {
  return alter_table(table) + "DROP COLUMN " + quote(std::string_view(column));
}

std::string Writer::rename_column_text(const ObjectName& table, const std::string& from,
                                       const std::string& to) const {
  return alter_table(table) + "RENAME COLUMN " + quote(std::string_view(from)) + " TO " +
         quote(std::string_view(to));
}

Writer::Statements Writer::statements(const ops::DropTable& drop, const WriteContext&) const {
  return {{std::string("DROP TABLE ") + (drop.if_exists ? "IF EXISTS " : "") + quote(drop.table)}};
}

Writer::Statements Writer::statements(const ops::RenameTable& rename,
                                      const WriteContext& context) const {
  if (rename.if_exists && !table_exists(rename.table, context)) return {};
  return {{alter_table(rename.table) + "RENAME TO " + quote(std::string_view(rename.new_name))}};
}

Writer::Statements Writer::statements(const ops::SetTableSchema&, const WriteContext&) const {
  refuse_with("cannot move a table to another schema",
              "create the table there, copy its rows with INSERT ... SELECT, and drop the old one");
}

Writer::Statements Writer::statements(const ops::SetTableComment&, const WriteContext&) const {
  return {};
}

Writer::Statements Writer::statements(const ops::SetComment&, const WriteContext&) const {
  return {};
}

Writer::Statements Writer::statements(const ops::AlterTable& batch,
                                      const WriteContext& context) const {
  return sqlite::alter_table(*this, batch, context);
}

Writer::Statements Writer::statements(const ops::ValidateConstraint&, const WriteContext&) const {
  return {};  // every constraint is checked from the start
}

#define CUPEL_CHANGE(operation)                                                                    \
  Writer::Statements Writer::statements(const ops::operation& change, const WriteContext& context) \
      const {                                                                                      \
    return sqlite::alter_table(*this, {.table = change.table, .changes = {change}}, context);      \
  }
CUPEL_CHANGE(AddColumn)
CUPEL_CHANGE(DropColumn)
CUPEL_CHANGE(AlterColumn)
CUPEL_CHANGE(AddConstraint)
CUPEL_CHANGE(DropConstraint)
CUPEL_CHANGE(RenameConstraint)
CUPEL_CHANGE(SetTableOptions)
#undef CUPEL_CHANGE

// Views

Writer::Statements Writer::statements(const ops::CreateView& create,
                                      const WriteContext& context) const {
  ops::CreateView plain = create;
  plain.or_replace = false;
  Statements result = DdlWriter::statements(plain, context);
  if (!create.or_replace) return result;
  result.insert(result.begin(), {"DROP VIEW IF EXISTS " + quote(create.view.name)});
  for (const model::Trigger& trigger : triggers_on(create.view.name, context))
    result.push_back({trigger.definition});
  return result;
}

Writer::Statements Writer::statements(const ops::DropView& drop,
                                      const WriteContext& context) const {
  ops::DropView plain = drop;
  plain.cascade = false;
  return DdlWriter::statements(plain, context);
}

// What SQLite has not

Writer::Statements Writer::statements(const ops::CreateSchema&, const WriteContext&) const {
  refuse_with("has no CREATE SCHEMA", "a schema is an attached file: ATTACH 'file.db' AS name");
}
Writer::Statements Writer::statements(const ops::DropSchema&, const WriteContext&) const {
  refuse_with("has no DROP SCHEMA", "a schema is an attached file: DETACH name");
}
Writer::Statements Writer::statements(const ops::CreateEnum&, const WriteContext&) const {
  refuse_with("has no enum types",
              "use an Enum column, which is a VARCHAR here, with a CHECK if you want one");
}
Writer::Statements Writer::statements(const ops::CreateFunction&, const WriteContext&) const {
  refuse_with("has no functions in SQL",
              "let the application register the function, or use a trigger");
}
Writer::Statements Writer::statements(const ops::CreateSequence&, const WriteContext&) const {
  refuse_with("has no sequences", "use an INTEGER primary key, with AUTOINCREMENT if needed");
}

}  // namespace cupel::dialect::sqlite
