// SPDX-License-Identifier: MIT
// Changes of tables and columns that exist.
#include <fmt/format.h>

#include <algorithm>

#include "cupel/model/naming.hpp"
#include "cupel/sql/quote.hpp"
#include "dialect/postgres/numbering.hpp"
#include "dialect/postgres/writer.hpp"

namespace cupel::dialect::postgres {

Writer::Statements Writer::statements(const ops::SetTableSchema& change, const Context&) const {
  return {{alter_table(change.table) + "SET SCHEMA " + quote(std::string_view(change.new_schema))}};
}

Writer::Statements Writer::statements(const ops::SetTableComment& change, const Context&) const {
  return {{"COMMENT ON TABLE " + DdlWriter::quote(change.table) + " IS " +
           comment_text(change.comment.value_or(""))}};
}

namespace {

using Parameters = std::vector<std::pair<std::string, std::string>>;

bool has_parameter(const Parameters& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(), [&](const auto& it) { return it.first == name; });
}

/// "a = 1, b": those of `list` that `other` has not, or not with the same value.
std::string changed_parameters(const Parameters& list, const Parameters& other) {
  std::string text;
  for (const auto& it : list) {
    if (std::find(other.begin(), other.end(), it) != other.end()) continue;
    text += (text.empty() ? "" : ", ") + it.first + (it.second.empty() ? "" : " = " + it.second);
  }
  return text;
}

std::string gone_parameters(const Parameters& before, const Parameters& now) {
  std::string text;
  for (const auto& [name, value] : before) {
    if (!has_parameter(now, name)) text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

}  // namespace

Writer::Statements Writer::statements(const ops::SetTableOptions& change, const Context&) const {
  const ops::TableOptions was = change.was.value_or(ops::TableOptions());
  const std::string prefix = alter_table(change.table);
  Statements result;
  if (change.to.unlogged != was.unlogged) {
    result.push_back({prefix + (change.to.unlogged ? "SET UNLOGGED" : "SET LOGGED")});
  }
  if (change.to.tablespace != was.tablespace) {
    const std::string_view place = change.to.tablespace;
    result.push_back({prefix + "SET TABLESPACE " + quote(place.empty() ? "pg_default" : place)});
  }
  const std::string reset = gone_parameters(was.with, change.to.with);
  if (!reset.empty()) result.push_back({prefix + "RESET (" + reset + ")"});
  const std::string set = changed_parameters(change.to.with, was.with);
  if (!set.empty()) result.push_back({prefix + "SET (" + set + ")"});
  return result;
}

Writer::Statements Writer::statements(const ops::SetPartition& change, const Context&) const {
  const std::string table = DdlWriter::quote(change.table);
  Statements result;
  if (change.was) {
    result.push_back({alter_table(change.was->parent) + "DETACH PARTITION " + table});
  }
  if (change.to) {
    result.push_back(
        {alter_table(change.to->parent) + "ATTACH PARTITION " + table + " " + change.to->bound});
  }
  return result;
}

Writer::Statements Writer::statements(const ops::AlterTable& batch, const Context& context) const {
  if (!batch.partial_reordering.empty()) {
    throw NotSupported("the columns of table '" + model::to_string(batch.table) +
                           "' cannot be reordered: PostgreSQL keeps them as they were created",
                       "leave partial_reordering out");
  }
  return DdlWriter::statements(batch, context);
}

// Columns

namespace {

/// The column as it is, if the writer may look.
std::optional<model::Column> known_column(const ops::AlterColumn& change,
                                          const sql::WriteContext& context) {
  if (context.before == nullptr) return std::nullopt;
  try {
    const model::Schema schema = context.before->around(change.table);
    const model::Table* table = schema.find_table(change.table);
    const model::Column* column = table == nullptr ? nullptr : table->find_column(change.column);
    if (column != nullptr) return *column;
  } catch (const NotSupported&) {
    // Offline, and the table is not known: do what the operation alone says.
  }
  return std::nullopt;
}

}  // namespace

std::string Writer::type_action(const ops::AlterColumn& change) const {
  model::Column column;
  column.name = change.column;
  column.type = *change.type;
  const model::Type type = own_column(change.table, column).type;
  std::string sql = "TYPE " + type_text(type);
  if (!change.using_expression.empty()) return sql + " USING " + change.using_expression;
  // No type casts to an enum by assignment; by way of text every one does.
  if (type.kind == model::TypeKind::Enum && type.native) {
    sql += " USING " + quote(std::string_view(change.column)) + "::text::" + type_text(type);
  }
  return sql;
}

std::string Writer::identity_action(const ops::AlterColumn& change, const Context& context) const {
  if (change.identity.drops()) {
    return change.if_exists ? "DROP IDENTITY IF EXISTS" : "DROP IDENTITY";
  }
  std::optional<model::Identity> was;
  if (change.existing_identity.sets()) was = change.existing_identity.value;
  if (!change.existing_identity) {
    const std::optional<model::Column> column = known_column(change, context);
    if (column) was = column->identity;
  }
  const model::Identity& to = change.identity.value;
  if (!was) {
    model::Column column;
    column.identity = to;
    return "ADD" + generated_text(column);
  }
  std::string sql;
  if (was->always != to.always)
    sql = to.always ? "SET GENERATED ALWAYS" : "SET GENERATED BY DEFAULT";
  const std::string options = numbering_changes(numbering_of(*was), numbering_of(to), "SET ");
  return sql.empty() || options.empty() ? sql + options : sql + " " + options;
}

std::string Writer::computed_action(const ops::AlterColumn& change, const Context& context) const {
  if (change.computed.drops()) {
    return change.if_exists ? "DROP EXPRESSION IF EXISTS" : "DROP EXPRESSION";
  }
  bool is_generated = change.existing_computed.sets();
  if (!change.existing_computed) {
    const std::optional<model::Column> column = known_column(change, context);
    is_generated = column && column->computed.has_value();
  }
  const std::string hint = "drop the column and add it again with the expression";
  const std::string name = "'" + model::to_string(change.table) + "." + change.column + "'";
  if (!is_generated) {
    throw NotSupported("column " + name + " cannot become a generated column on PostgreSQL", hint);
  }
  constexpr int kFirstWithSetExpression = 170000;
  if (context.server_version != 0 && context.server_version < kFirstWithSetExpression) {
    throw NotSupported(
        "the expression of generated column " + name + " cannot change before PostgreSQL 17", hint);
  }
  return "SET EXPRESSION AS (" + change.computed.value.expression + ")";
}

/// What goes must go before what comes: a column has a default, numbers itself or is generated.
std::vector<std::string> Writer::dropping_actions(const ops::AlterColumn& change,
                                                  const Context& context) const {
  std::vector<std::string> actions;
  if (change.type) actions.push_back(type_action(change));
  if (change.nullable) actions.emplace_back(*change.nullable ? "DROP NOT NULL" : "SET NOT NULL");
  if (change.identity.drops()) actions.push_back(identity_action(change, context));
  if (change.computed.drops()) actions.push_back(computed_action(change, context));
  if (change.server_default.drops()) actions.emplace_back("DROP DEFAULT");
  return actions;
}

std::vector<std::string> Writer::setting_actions(const ops::AlterColumn& change,
                                                 const Context& context) const {
  std::vector<std::string> actions;
  if (change.server_default.sets()) {
    actions.push_back("SET DEFAULT " + default_text(change.server_default.value));
  }
  if (change.identity.sets()) actions.push_back(identity_action(change, context));
  if (change.computed.sets()) actions.push_back(computed_action(change, context));
  return actions;
}

// SERIAL is no type but a way to begin: a sequence of the column's own and a default that asks it.

namespace {

std::string integer_word(const model::Type& type) {
  if (type.kind == model::TypeKind::SmallInteger) return "smallint";
  return type.kind == model::TypeKind::BigInteger ? "bigint" : "integer";
}

/// Runs `sql` with %s being the column's sequence, if it has one.
std::string with_own_sequence(const std::string& table, const std::string& column,
                              const std::string& sql) {
  return fmt::format(
      "DO $cupel$\nDECLARE\n  own text := pg_catalog.pg_get_serial_sequence({}, {});\nBEGIN\n"
      "  IF own IS NOT NULL THEN\n    EXECUTE pg_catalog.format({}, own);\n  END IF;\nEND\n$cupel$",
      sql::quote_string(table), sql::quote_string(column), sql::quote_string(sql));
}

bool was_numbered(const ops::AlterColumn& change) {
  return change.existing_autoincrement.value_or(false);
}

}  // namespace

std::vector<std::string> Writer::end_of_numbering(const ops::AlterColumn& change) const {
  if (!was_numbered(change) || change.autoincrement != false) return {};
  return {alter_table(change.table) + "ALTER COLUMN " + quote(std::string_view(change.column)) +
              " DROP DEFAULT",
          with_own_sequence(DdlWriter::quote(change.table), change.column, "DROP SEQUENCE %s")};
}

/// A sequence of 32 bits under a column of 64 would end too early.
std::vector<std::string> Writer::width_of_numbering(const ops::AlterColumn& change) const {
  const bool other_width = was_numbered(change) && change.autoincrement != false && change.type &&
                           change.existing_type && model::is_integer(*change.type) &&
                           change.type->kind != change.existing_type->kind;
  if (!other_width) return {};
  return {with_own_sequence(DdlWriter::quote(change.table), change.column,
                            "ALTER SEQUENCE %s AS " + integer_word(*change.type))};
}

std::vector<std::string> Writer::start_of_numbering(const ops::AlterColumn& change) const {
  const std::string table = DdlWriter::quote(change.table);
  const std::string column = quote(std::string_view(change.column));
  const std::string next =
      fmt::format("(SELECT coalesce(pg_catalog.max({}), 0) + 1 FROM {})", column, table);
  std::vector<std::string> result;
  std::string sequence = fmt::format("pg_catalog.pg_get_serial_sequence({}, {})",
                                     sql::quote_string(table), sql::quote_string(change.column));
  if (change.autoincrement == true && change.existing_autoincrement == false) {
    const ObjectName name(
        change.table.schema,
        model::shortened_name(change.table.name + "_" + change.column + "_seq", 63));
    const std::string quoted = DdlWriter::quote(name);
    const model::Type type =
        change.type ? *change.type : change.existing_type.value_or(model::Integer());
    result.push_back("CREATE SEQUENCE " + quoted + " AS " + integer_word(type) + " OWNED BY " +
                     table + "." + column);
    result.push_back(alter_table(change.table) + "ALTER COLUMN " + column +
                     " SET DEFAULT nextval(" + sql::quote_string(quoted) + ")");
    sequence = sql::quote_string(quoted);
  } else if (!was_numbered(change) || !change.identity.sets()) {
    return {};
  }
  // It goes on behind the rows that are there.
  result.push_back("SELECT pg_catalog.setval(" + sequence + ", " + next + ", false)");
  return result;
}

Writer::Statements Writer::statements(const ops::AlterColumn& change,
                                      const Context& context) const {
  if (!change.using_expression.empty() && !change.type) {
    throw UsageError("column '" + model::to_string(change.table) + "." + change.column +
                         "' has a USING expression but no new type",
                     "give the type as well");
  }
  Statements result;
  if (change.type) {
    model::Column column;
    column.name = change.column;
    column.type = *change.type;
    result = create_types(change.table, {column}, change.if_exists, context);
  }
  const std::string column = quote(std::string_view(change.column));
  const auto add = [&](const std::string& sql) {
    result.push_back(
        {change.if_exists ? guarded(column_exists(change.table, change.column), sql) : sql});
  };
  const auto add_actions = [&](const std::vector<std::string>& actions) {
    for (const std::string& action : actions) {
      if (!action.empty()) add(alter_table(change.table) + "ALTER COLUMN " + column + " " + action);
    }
  };
  for (const std::string& sql : end_of_numbering(change)) add(sql);
  add_actions(dropping_actions(change, context));
  for (const std::string& sql : width_of_numbering(change)) add(sql);
  add_actions(setting_actions(change, context));
  for (const std::string& sql : start_of_numbering(change)) add(sql);
  if (change.comment) {
    add(column_definition_comment(change.table, change.column, change.comment.value));
  }
  if (change.new_name) {
    add(alter_table(change.table) + "RENAME " + column + " TO " +
        quote(std::string_view(*change.new_name)));
  }
  return result;
}

}  // namespace cupel::dialect::postgres
