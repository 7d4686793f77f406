// SPDX-License-Identifier: MIT
// The base writer: dispatch, names and values, and the statements that most databases share.
#include "cupel/sql/ddl_writer.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cupel/base/text.hpp"
#include "cupel/sql/quote.hpp"
#include "cupel/sql/splitter.hpp"

namespace cupel::sql {

DdlWriter::~DdlWriter() = default;

std::vector<Statement> DdlWriter::write(const ops::Operation& operation,
                                        const WriteContext& context) const {
  return std::visit([&](const auto& alternative) { return statements(alternative, context); },
                    operation);
}

void DdlWriter::refuse(const std::string& what, const std::string& hint) const {
  throw NotSupported(product() + " has no " + what, hint);
}

// Names and values

std::string DdlWriter::quote(const ObjectName& name) const {
  if (name.name.empty()) throw UsageError("a name is empty");
  const std::string quoted = quote(std::string_view(name.name));
  return name.schema.empty() ? quoted : quote(std::string_view(name.schema)) + "." + quoted;
}

std::string DdlWriter::column_list(const std::vector<std::string>& columns) const {
  std::string list;
  for (const std::string& column : columns) {
    if (!list.empty()) list += ", ";
    list += quote(std::string_view(column));
  }
  return list;
}

std::string DdlWriter::expression_text(const model::Expression& expression) const {
  switch (expression.kind) {
    case model::ExpressionKind::Sql:
      return expression.text;
    case model::ExpressionKind::Literal:
      return quote_string(expression.text);
    case model::ExpressionKind::True:
      return "true";
    case model::ExpressionKind::False:
      return "false";
    case model::ExpressionKind::Now:
      return "CURRENT_TIMESTAMP";
    case model::ExpressionKind::Null:
      return "NULL";
  }
  throw Bug("unknown kind of expression");
}

namespace {

/// X'00ff': how standard SQL writes bytes.
std::string hex_literal(const Blob& bytes) {
  std::string text = "X'";
  for (const std::byte b : bytes) text += fmt::format("{:02x}", std::to_integer<unsigned>(b));
  return text + "'";
}

std::string number_literal(double number) {
  if (std::isfinite(number)) return fmt::format("{}", number);
  if (std::isnan(number)) return "'NaN'";
  return number > 0 ? "'Infinity'" : "'-Infinity'";
}

}  // namespace

std::string DdlWriter::literal_text(const Value& value) const {
  struct Writer {
    std::string operator()(std::monostate) const { return "NULL"; }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return number_literal(number); }
    std::string operator()(const std::string& text) const { return quote_string(text); }
    std::string operator()(const Blob& bytes) const { return hex_literal(bytes); }
  };
  return std::visit(Writer{}, value);
}

std::string DdlWriter::alter_table(const ObjectName& table, bool if_exists) const {
  return std::string("ALTER TABLE ") + (if_exists ? "IF EXISTS " : "") + quote(table) + " ";
}

// Tables

DdlWriter::Statements DdlWriter::statements(const ops::DropTable& drop, const WriteContext&) const {
  std::string sql = "DROP TABLE ";
  if (drop.if_exists) sql += "IF EXISTS ";
  sql += quote(drop.table);
  if (drop.cascade) sql += " CASCADE";
  return {{std::move(sql)}};
}

DdlWriter::Statements DdlWriter::statements(const ops::RenameTable& rename,
                                            const WriteContext&) const {
  return {{alter_table(rename.table, rename.if_exists) + "RENAME TO " +
           quote(std::string_view(rename.new_name))}};
}

DdlWriter::Statements DdlWriter::statements(const ops::SetTableSchema&, const WriteContext&) const {
  refuse("way to move a table to another schema");
}

DdlWriter::Statements DdlWriter::statements(const ops::SetTableComment&,
                                            const WriteContext&) const {
  refuse("comments on tables");
}

// Columns

DdlWriter::Statements DdlWriter::statements(const ops::DropColumn& drop,
                                            const WriteContext&) const {
  std::string sql = alter_table(drop.table) + "DROP COLUMN ";
  if (drop.if_exists) sql += "IF EXISTS ";
  sql += quote(std::string_view(drop.column));
  if (drop.cascade) sql += " CASCADE";
  return {{std::move(sql)}};
}

DdlWriter::Statements DdlWriter::statements(const ops::AlterColumn& change,
                                            const WriteContext&) const {
  if (change.comment) refuse("comments on columns");
  if (change.identity) refuse("way to change how a column is numbered");
  if (change.computed) refuse("way to change a generated column");
  const std::string column = quote(std::string_view(change.column));
  const std::string prefix = alter_table(change.table) + "ALTER COLUMN " + column + " ";
  Statements result;
  if (change.type) result.push_back({prefix + "TYPE " + type_text(*change.type)});
  if (change.nullable) {
    result.push_back({prefix + (*change.nullable ? "DROP NOT NULL" : "SET NOT NULL")});
  }
  if (change.server_default.drops()) result.push_back({prefix + "DROP DEFAULT"});
  if (change.server_default.sets()) {
    result.push_back({prefix + "SET DEFAULT " + default_text(change.server_default.value)});
  }
  if (change.new_name) {
    result.push_back({alter_table(change.table) + "RENAME COLUMN " + column + " TO " +
                      quote(std::string_view(*change.new_name))});
  }
  return result;
}

DdlWriter::Statements DdlWriter::statements(const ops::AlterTable& batch,
                                            const WriteContext& context) const {
  Statements result;
  const auto add = [&](auto change) {
    change.table = batch.table;
    for (Statement& statement : statements(change, context)) {
      result.push_back(std::move(statement));
    }
  };
  for (const ops::TableChange& change : batch.changes) std::visit(add, change);
  for (const model::Constraint& constraint : batch.extra_constraints) {
    add(ops::AddConstraint{{}, constraint});
  }
  return result;
}

// Constraints

DdlWriter::Statements DdlWriter::statements(const ops::AddConstraint& add,
                                            const WriteContext&) const {
  return {{alter_table(add.table) + "ADD " + constraint_text(add.constraint)}};
}

DdlWriter::Statements DdlWriter::statements(const ops::DropConstraint& drop,
                                            const WriteContext&) const {
  if (drop.name.empty()) {
    throw UsageError("a constraint of table '" + model::to_string(drop.table) +
                         "' cannot be dropped without its name",
                     "give the name that the database shows");
  }
  std::string sql = alter_table(drop.table) + "DROP CONSTRAINT ";
  if (drop.if_exists) sql += "IF EXISTS ";
  sql += quote(std::string_view(drop.name));
  if (drop.cascade) sql += " CASCADE";
  return {{std::move(sql)}};
}

DdlWriter::Statements DdlWriter::statements(const ops::RenameConstraint&,
                                            const WriteContext&) const {
  refuse("way to rename a constraint");
}

DdlWriter::Statements DdlWriter::statements(const ops::ValidateConstraint&,
                                            const WriteContext&) const {
  refuse("way to validate a constraint later");
}

// Indexes

std::string DdlWriter::index_element_text(const model::IndexElement& element) const {
  std::string text =
      element.expression.empty() ? quote(std::string_view(element.column)) : element.expression;
  if (!element.collation.empty()) text += " COLLATE " + quote(std::string_view(element.collation));
  if (!element.operator_class.empty()) text += " " + element.operator_class;
  if (element.descending) text += " DESC";
  if (element.nulls == model::NullsOrder::First) text += " NULLS FIRST";
  if (element.nulls == model::NullsOrder::Last) text += " NULLS LAST";
  return text;
}

std::string DdlWriter::index_elements_text(const model::Index& index) const {
  std::string list;
  for (const model::IndexElement& element : index.elements) {
    if (!list.empty()) list += ", ";
    list += index_element_text(element);
  }
  return list;
}

DdlWriter::Statements DdlWriter::statements(const ops::CreateIndex& create,
                                            const WriteContext&) const {
  const model::Index& index = create.index;
  if (index.name.empty()) {
    throw UsageError("an index on table '" + model::to_string(create.table) + "' needs a name");
  }
  std::string sql = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  if (create.if_not_exists) sql += "IF NOT EXISTS ";
  sql += quote(std::string_view(index.name)) + " ON " + quote(create.table) + " (" +
         index_elements_text(index) + ")";
  if (!index.where.empty()) sql += " WHERE " + index.where;
  return {{std::move(sql)}};
}

DdlWriter::Statements DdlWriter::statements(const ops::DropIndex& drop, const WriteContext&) const {
  std::string sql = "DROP INDEX ";
  if (drop.if_exists) sql += "IF EXISTS ";
  return {{sql + quote(ObjectName(drop.table.schema, drop.name))}};
}

DdlWriter::Statements DdlWriter::statements(const ops::RenameIndex&, const WriteContext&) const {
  refuse("way to rename an index");
}

// Views and triggers

namespace {

/// A whole statement as its author wrote it, without what ends it.
std::string without_end(std::string_view sql) {
  std::string_view rest = text::trim(sql);
  while (!rest.empty() && rest.back() == ';') rest = text::trim(rest.substr(0, rest.size() - 1));
  return std::string(rest);
}

}  // namespace

DdlWriter::Statements DdlWriter::statements(const ops::CreateView& create,
                                            const WriteContext&) const {
  const model::View& view = create.view;
  if (view.materialized) {
    refuse("materialised views", "create a table and fill it with INSERT ... SELECT");
  }
  std::string sql = create.or_replace ? "CREATE OR REPLACE VIEW " : "CREATE VIEW ";
  if (create.if_not_exists) sql += "IF NOT EXISTS ";
  sql += quote(view.name);
  if (!view.columns.empty()) sql += " (" + column_list(view.columns) + ")";
  return {{sql + " AS " + without_end(view.definition)}};
}

DdlWriter::Statements DdlWriter::statements(const ops::DropView& drop, const WriteContext&) const {
  if (drop.materialized) refuse("materialised views");
  std::string sql = "DROP VIEW ";
  if (drop.if_exists) sql += "IF EXISTS ";
  sql += quote(drop.name);
  if (drop.cascade) sql += " CASCADE";
  return {{std::move(sql)}};
}

DdlWriter::Statements DdlWriter::statements(const ops::CreateTrigger& create,
                                            const WriteContext&) const {
  return {{without_end(create.trigger.definition)}};
}

DdlWriter::Statements DdlWriter::statements(const ops::DropTrigger& drop,
                                            const WriteContext&) const {
  std::string sql = "DROP TRIGGER ";
  if (drop.if_exists) sql += "IF EXISTS ";
  return {{sql + quote(ObjectName(drop.table.schema, drop.name))}};
}

// Data

DdlWriter::Statements DdlWriter::statements(const ops::ExecuteSql& execute,
                                            const WriteContext&) const {
  const std::string sql =
      execute.parameters.empty() ? execute.sql : inline_parameters(*this, execute);
  Statements result;
  for (StatementText& part : split_statements(sql, lex_rules())) {
    result.push_back({std::move(part.text), execute.outside_transaction});
  }
  return result;
}

DdlWriter::Statements DdlWriter::statements(const ops::BulkInsert& insert,
                                            const WriteContext&) const {
  const std::string prefix =
      "INSERT INTO " + quote(insert.table) +
      (insert.columns.empty() ? " DEFAULT VALUES" : " (" + column_list(insert.columns) + ")");
  Statements result;
  result.reserve(insert.rows.size());
  for (const std::vector<Value>& row : insert.rows) {
    if (row.size() != insert.columns.size()) {
      throw UsageError(fmt::format("row {} for table '{}' has {} values for {} columns",
                                   result.size() + 1, model::to_string(insert.table), row.size(),
                                   insert.columns.size()));
    }
    std::string values;
    for (const Value& value : row) {
      if (!values.empty()) values += ", ";
      values += literal_text(value);
    }
    result.push_back({row.empty() ? prefix : prefix + " VALUES (" + values + ")"});
  }
  return result;
}

// What only some databases have

#define CUPEL_REFUSE(operation, what)                                                             \
  DdlWriter::Statements DdlWriter::statements(const ops::operation&, const WriteContext&) const { \
    refuse(what);                                                                                 \
  }
CUPEL_REFUSE(CreateSchema, "schemas")
CUPEL_REFUSE(DropSchema, "schemas")
CUPEL_REFUSE(CreateSequence, "sequences")
CUPEL_REFUSE(AlterSequence, "sequences")
CUPEL_REFUSE(DropSequence, "sequences")
CUPEL_REFUSE(CreateEnum, "enum types")
CUPEL_REFUSE(DropEnum, "enum types")
CUPEL_REFUSE(AddEnumValue, "enum types")
CUPEL_REFUSE(RenameEnumValue, "enum types")
CUPEL_REFUSE(CreateDomain, "domains")
CUPEL_REFUSE(DropDomain, "domains")
CUPEL_REFUSE(RenameType, "types with names of their own")
CUPEL_REFUSE(SetTableOptions, "way to change the options of a table")
CUPEL_REFUSE(SetPartition, "partitions")
CUPEL_REFUSE(SetComment, "comments")
CUPEL_REFUSE(RefreshView, "materialised views")
CUPEL_REFUSE(CreateFunction, "functions in SQL")
CUPEL_REFUSE(DropFunction, "functions in SQL")
CUPEL_REFUSE(CreateExtension, "extensions")
CUPEL_REFUSE(DropExtension, "extensions")
#undef CUPEL_REFUSE

}  // namespace cupel::sql
