// SPDX-License-Identifier: MIT
// Names, values, tables and columns. ddl_alter.cpp, ddl_constraints.cpp and ddl_objects.cpp have
// the rest.
#include "dialect/postgres/ddl.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cupel/sql/quote.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/numbering.hpp"
#include "dialect/postgres/types.hpp"
#include "dialect/postgres/writer.hpp"

namespace cupel::dialect::postgres {

const sql::DdlWriter& writer() {
  static const Writer kWriter;
  return kWriter;
}

const sql::LexRules& Writer::lex_rules() const { return postgres::lex_rules(); }

std::string Writer::quote(std::string_view identifier) const {
  constexpr std::size_t kMaxLength = 63;
  if (identifier.empty()) throw UsageError("a name is empty");
  if (identifier.size() > kMaxLength) {
    throw UsageError(fmt::format("the name '{}' has {} bytes, PostgreSQL allows {}", identifier,
                                 identifier.size(), kMaxLength),
                     "the server would cut it silently; choose a shorter one");
  }
  return quote_identifier(identifier);
}

std::string Writer::type_text(const model::Type& type) const { return postgres::type_text(type); }

std::string Writer::expression_text(const model::Expression& expression) const {
  return expression.kind == model::ExpressionKind::Now ? "now()"
                                                       : DdlWriter::expression_text(expression);
}

std::string Writer::literal_text(const Value& value) const {
  const Blob* bytes = std::get_if<Blob>(&value);
  if (bytes == nullptr) return DdlWriter::literal_text(value);
  std::string sql = "'\\x";
  for (const std::byte b : *bytes) sql += fmt::format("{:02x}", std::to_integer<unsigned>(b));
  return sql + "'";
}

std::string Writer::comment_text(const std::string& comment) const {
  return comment.empty() ? "NULL" : sql::quote_string(comment);
}

std::string guarded(const std::string& condition, const std::string& sql) {
  std::string tag = "$cupel$";
  for (int n = 1; sql.find(tag) != std::string::npos; ++n) tag = fmt::format("$cupel{}$", n);
  return fmt::format("DO {}\nBEGIN\n  IF {} THEN\n    {};\n  END IF;\nEND\n{}", tag, condition, sql,
                     tag);
}

std::string Writer::column_exists(const ObjectName& table, const std::string& column) const {
  return fmt::format(
      "EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass({}) "
      "AND attname = {} AND NOT attisdropped)",
      sql::quote_string(DdlWriter::quote(table)), sql::quote_string(column));
}

// Tables

std::vector<std::string> Writer::table_words(const ops::CreateTable& create) const {
  std::vector<std::string> words = DdlWriter::table_words(create);
  if (create.table.unlogged) words.emplace_back("UNLOGGED");
  return words;
}

/// A partition takes its columns from the parent; listing them would be refused.
std::string Writer::table_body(const model::Table& table) const {
  if (!table.partition_of) return DdlWriter::table_body(table);
  model::Table own = table;
  own.columns.clear();
  return " PARTITION OF " + DdlWriter::quote(table.partition_of->parent) +
         (table_elements(own).empty() ? "" : DdlWriter::table_body(own)) + " " +
         table.partition_of->bound;
}

std::string Writer::storage_text(
    const std::vector<std::pair<std::string, std::string>>& parameters) const {
  if (parameters.empty()) return {};
  std::string list;
  for (const auto& [name, value] : parameters) {
    if (!list.empty()) list += ", ";
    list += value.empty() ? name : name + " = " + value;
  }
  return " WITH (" + list + ")";
}

std::string Writer::table_suffix(const model::Table& table) const {
  const auto option = [&](const char* name) {
    const auto found = table.options.find(name);
    return found == table.options.end() ? std::string() : found->second;
  };
  std::string sql;
  if (!table.inherits.empty()) {
    std::string parents;
    for (const ObjectName& parent : table.inherits) {
      parents += (parents.empty() ? "" : ", ") + DdlWriter::quote(parent);
    }
    sql += " INHERITS (" + parents + ")";
  }
  if (!table.partition_by.empty()) sql += " PARTITION BY " + table.partition_by;
  if (const std::string method = option("postgresql_using"); !method.empty()) {
    sql += " USING " + method;
  }
  sql += storage_text(table.with);
  if (const std::string action = option("postgresql_on_commit"); !action.empty()) {
    sql += " ON COMMIT " + action;
  }
  if (!table.tablespace.empty()) sql += " TABLESPACE " + quote(std::string_view(table.tablespace));
  return sql;
}

bool Writer::belongs_in_create_table(const model::Table&,
                                     const model::Constraint& constraint) const {
  if (const auto* check = std::get_if<model::CheckConstraint>(&constraint)) {
    return !check->not_valid;
  }
  const auto* key = std::get_if<model::ForeignKey>(&constraint);
  return key == nullptr || !key->not_valid;
}

/// NOT VALID means nothing inside CREATE TABLE, so such constraints follow.
Writer::Statements Writer::later_constraints(const model::Table& table, bool if_not_exists,
                                             const Context& context) const {
  Statements result;
  for (const model::Constraint& constraint : table.constraints) {
    if (belongs_in_create_table(table, constraint)) continue;
    const ops::AddConstraint add{table.name, constraint, if_not_exists};
    for (sql::Statement& statement : statements(add, context)) result.push_back(statement);
  }
  return result;
}

void Writer::append_comments(const model::Table& table, Statements& result) const {
  if (!table.comment.empty()) {
    result.push_back({"COMMENT ON TABLE " + DdlWriter::quote(table.name) + " IS " +
                      comment_text(table.comment)});
  }
  for (const model::Column& column : table.columns) {
    if (column.comment.empty()) continue;
    result.push_back({column_definition_comment(table.name, column.name, column.comment)});
  }
  if (table.primary_key) append_constraint_comment(table.name, *table.primary_key, result);
  for (const model::Constraint& constraint : table.constraints) {
    if (belongs_in_create_table(table, constraint)) {
      append_constraint_comment(table.name, constraint, result);
    }
  }
}

Writer::Statements Writer::statements(const ops::CreateTable& create,
                                      const Context& context) const {
  const model::Table& table = create.table;
  Statements result = create_types(table.name, table.columns, create.if_not_exists, context);
  Statements own = DdlWriter::statements(create, context);
  std::move(own.begin(), own.end(), std::back_inserter(result));
  Statements later = later_constraints(table, create.if_not_exists, context);
  std::move(later.begin(), later.end(), std::back_inserter(result));
  append_comments(table, result);
  return result;
}

// Columns

model::Column own_column(const model::ObjectName& table, const model::Column& column) {
  model::Column own = column;
  own.type = column.type.on("postgresql");
  model::Type* type = &own.type;
  if (type->kind == model::TypeKind::Array && type->element.size() == 1) type = &type->element[0];
  if (type->kind == model::TypeKind::Enum && type->native && type->name.empty()) {
    type->name = table.name + "_" + column.name;
  }
  return own;
}

std::string Writer::column_type_text(const model::Table& table, const model::Column& column) const {
  const model::Column own = own_column(table.name, column);
  const bool asked = own.autoincrement == model::Autoincrement::Yes &&
                     model::is_integer(own.type) && !own.identity && !own.computed &&
                     !own.server_default;
  if (!asked && !table.is_autoincrement(own)) return type_text(own.type);
  switch (own.type.kind) {
    case model::TypeKind::SmallInteger:
      return "SMALLSERIAL";
    case model::TypeKind::BigInteger:
      return "BIGSERIAL";
    default:
      return "SERIAL";
  }
}

std::string Writer::generated_text(const model::Column& column) const {
  if (column.computed) {
    if (!column.computed->persisted.value_or(true)) {
      refuse("virtual generated columns", "leave `persisted` out or set it to true");
    }
    return " GENERATED ALWAYS AS (" + column.computed->expression + ") STORED";
  }
  if (!column.identity) return {};
  const std::string options = numbering_text(numbering_of(*column.identity));
  return std::string(" GENERATED ") + (column.identity->always ? "ALWAYS" : "BY DEFAULT") +
         " AS IDENTITY" + (options.empty() ? "" : " (" + options + ")");
}

bool Writer::writes_not_null(const model::Table& table, const model::Column& column) const {
  return !column.identity && DdlWriter::writes_not_null(table, column);
}

std::string Writer::column_definition_comment(const ObjectName& table, const std::string& column,
                                              const std::string& comment) const {
  return "COMMENT ON COLUMN " + DdlWriter::quote(table) + "." + quote(std::string_view(column)) +
         " IS " + comment_text(comment);
}

Writer::Statements Writer::statements(const ops::AddColumn& add, const Context& context) const {
  if (!add.insert_before.empty() || !add.insert_after.empty()) {
    throw NotSupported("column '" + add.column.name + "' cannot be placed inside table '" +
                           model::to_string(add.table) + "': PostgreSQL adds columns at the end",
                       "leave insert_before and insert_after out");
  }
  Statements result = create_types(add.table, {add.column}, add.if_not_exists, context);
  for (sql::Statement& statement : DdlWriter::statements(add, context)) {
    result.push_back(std::move(statement));
  }
  for (const model::CheckConstraint& check : add.checks) {
    if (!check.not_valid) continue;
    const ops::AddConstraint later{add.table, check, add.if_not_exists};
    for (sql::Statement& statement : statements(later, context)) {
      result.push_back(std::move(statement));
    }
  }
  if (!add.column.comment.empty()) {
    result.push_back({column_definition_comment(add.table, add.column.name, add.column.comment)});
  }
  return result;
}

}  // namespace cupel::dialect::postgres
