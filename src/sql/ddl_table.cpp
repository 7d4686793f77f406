// SPDX-License-Identifier: MIT
// The base writer's CREATE TABLE and ADD COLUMN: columns and constraints as text.
#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/sql/ddl_writer.hpp"

namespace cupel::sql {
namespace {

/// The words of an ON DELETE, INITIALLY, ... clause; they are no names, so nothing quotes them.
void check_words(const std::string& words, const char* clause,
                 std::initializer_list<std::string_view> known) {
  const std::string upper = text::to_upper(words);
  const std::string_view action = std::string_view(upper).substr(0, upper.find(" ("));
  if (std::find(known.begin(), known.end(), action) != known.end()) return;
  std::vector<std::string> names;
  for (const std::string_view word : known) names.emplace_back(word);
  throw UsageError(std::string(clause) + ": unknown word '" + words + "', expected one of " +
                   text::quoted_list(names));
}

void check_action(const std::string& words, const char* clause) {
  check_words(words, clause, {"CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"});
}

}  // namespace

// CREATE TABLE

std::vector<std::string> DdlWriter::table_words(const ops::CreateTable& operation) const {
  std::vector<std::string> words = operation.prefixes;
  if (operation.table.temporary) words.emplace_back("TEMPORARY");
  return words;
}

std::string DdlWriter::table_suffix(const model::Table&) const { return {}; }

bool DdlWriter::belongs_in_create_table(const model::Table&, const model::Constraint&) const {
  return true;
}

std::vector<std::string> DdlWriter::table_elements(const model::Table& table) const {
  std::vector<std::string> elements;
  for (const model::Column& column : table.columns) elements.push_back(column_text(table, column));
  if (table.primary_key && !table.primary_key->columns.empty()) {
    elements.push_back(constraint_text(*table.primary_key));
  }
  for (const model::Constraint& constraint : table.constraints) {
    const auto* check = std::get_if<model::CheckConstraint>(&constraint);
    const bool at_column = check != nullptr && table.find_column(check->column) != nullptr;
    if (!at_column && belongs_in_create_table(table, constraint)) {
      elements.push_back(constraint_text(constraint));
    }
  }
  return elements;
}

std::string DdlWriter::table_body(const model::Table& table) const {
  std::string sql = " (";
  const std::vector<std::string> elements = table_elements(table);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    sql += (i == 0 ? "\n    " : ",\n    ") + elements[i];
  }
  return sql + (elements.empty() ? ")" : "\n)");
}

std::string DdlWriter::create_table_text(const ops::CreateTable& operation) const {
  std::string sql = "CREATE ";
  for (const std::string& word : table_words(operation)) sql += word + " ";
  sql += "TABLE ";
  if (operation.if_not_exists) sql += "IF NOT EXISTS ";
  return sql + quote(operation.table.name) + table_body(operation.table) +
         table_suffix(operation.table);
}

DdlWriter::Statements DdlWriter::statements(const ops::CreateTable& create,
                                            const WriteContext& context) const {
  Statements result{{create_table_text(create)}};
  for (const model::Index& index : create.table.indexes) {
    const ops::CreateIndex operation{create.table.name, index, create.if_not_exists};
    for (Statement& statement : statements(operation, context)) {
      result.push_back(std::move(statement));
    }
  }
  return result;
}

// Columns

std::string DdlWriter::column_type_text(const model::Table&, const model::Column& column) const {
  return type_text(column.type);
}

std::string DdlWriter::default_text(const model::Expression& expression) const {
  return expression_text(expression);
}

std::string DdlWriter::generated_text(const model::Column& column) const {
  if (!column.computed) return {};
  std::string sql = " GENERATED ALWAYS AS (" + column.computed->expression + ")";
  if (column.computed->persisted) sql += *column.computed->persisted ? " STORED" : " VIRTUAL";
  return sql;
}

bool DdlWriter::writes_not_null(const model::Table& table, const model::Column& column) const {
  if (!column.nullable) return true;
  if (!table.primary_key) return false;
  const std::vector<std::string>& key = table.primary_key->columns;
  return std::find(key.begin(), key.end(), column.name) != key.end();
}

std::string DdlWriter::column_text(const model::Table& table, const model::Column& column) const {
  std::string sql = quote(std::string_view(column.name));
  const std::string type = column_type_text(table, column);
  if (!type.empty()) sql += " " + type;
  if (column.server_default) sql += " DEFAULT " + default_text(*column.server_default);
  sql += generated_text(column);
  if (writes_not_null(table, column)) sql += " NOT NULL";
  for (const model::Constraint& constraint : table.constraints) {
    const auto* check = std::get_if<model::CheckConstraint>(&constraint);
    if (check != nullptr && check->column == column.name &&
        belongs_in_create_table(table, constraint)) {
      sql += " " + constraint_text(constraint);
    }
  }
  return sql;
}

std::string DdlWriter::added_column_text(const ops::AddColumn& add) const {
  model::Table table;
  table.name = add.table;
  table.columns = {add.column};
  if (add.inline_primary_key) {
    table.primary_key.emplace();
    table.primary_key->columns = {add.column.name};
  }
  std::string sql = column_text(table, add.column);
  if (add.inline_primary_key) sql += " PRIMARY KEY";
  if (add.inline_references) {
    const model::ForeignKey& key = *add.inline_references;
    sql += " " + constraint_prefix(key.name) + references_text(key);
  }
  for (const model::CheckConstraint& check : add.checks) {
    if (belongs_in_create_table(table, check)) sql += " " + constraint_text(check);
  }
  return sql;
}

DdlWriter::Statements DdlWriter::statements(const ops::AddColumn& add, const WriteContext&) const {
  std::string sql = alter_table(add.table) + "ADD COLUMN ";
  if (add.if_not_exists) sql += "IF NOT EXISTS ";
  return {{sql + added_column_text(add)}};
}

// Constraints

std::string DdlWriter::constraint_prefix(const std::string& name) const {
  return name.empty() ? "" : "CONSTRAINT " + quote(std::string_view(name)) + " ";
}

std::string DdlWriter::deferral_text(const model::Deferral& deferral) {
  std::string sql;
  if (deferral.deferrable) sql += *deferral.deferrable ? " DEFERRABLE" : " NOT DEFERRABLE";
  if (!deferral.initially.empty()) {
    check_words(deferral.initially, "INITIALLY", {"DEFERRED", "IMMEDIATE"});
    sql += " INITIALLY " + deferral.initially;
  }
  return sql;
}

std::string DdlWriter::references_text(const model::ForeignKey& key) const {
  std::string sql = "REFERENCES " + quote(key.referred_table);
  if (!key.referred_columns.empty()) sql += " (" + column_list(key.referred_columns) + ")";
  if (!key.match.empty()) {
    check_words(key.match, "MATCH", {"FULL", "PARTIAL", "SIMPLE"});
    sql += " MATCH " + key.match;
  }
  if (!key.on_delete.empty()) {
    check_action(key.on_delete, "ON DELETE");
    sql += " ON DELETE " + key.on_delete;
  }
  if (!key.on_update.empty()) {
    check_action(key.on_update, "ON UPDATE");
    sql += " ON UPDATE " + key.on_update;
  }
  return sql + deferral_text(key.deferral);
}

std::string DdlWriter::constraint_text(const model::Constraint& constraint) const {
  struct Writer {
    const DdlWriter& writer;
    std::string operator()(const model::PrimaryKey& key) const {
      return "PRIMARY KEY (" + writer.column_list(key.columns) + ")" + deferral_text(key.deferral);
    }
    std::string operator()(const model::UniqueConstraint& unique) const {
      return "UNIQUE (" + writer.column_list(unique.columns) + ")" + deferral_text(unique.deferral);
    }
    std::string operator()(const model::ForeignKey& key) const {
      return "FOREIGN KEY(" + writer.column_list(key.columns) + ") " + writer.references_text(key);
    }
    std::string operator()(const model::CheckConstraint& check) const {
      return "CHECK (" + check.expression + ")";
    }
    std::string operator()(const model::ExcludeConstraint&) const {
      writer.refuse("exclusion constraints");
    }
  };
  return constraint_prefix(model::name_of(constraint)) + std::visit(Writer{*this}, constraint);
}

}  // namespace cupel::sql
