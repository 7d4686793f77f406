// SPDX-License-Identifier: MIT
// What lives beside tables: schemas, sequences, enum types, views, functions, triggers, extensions.
#include <fmt/format.h>

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/sql/quote.hpp"
#include "dialect/postgres/numbering.hpp"
#include "dialect/postgres/writer.hpp"

namespace cupel::dialect::postgres {
namespace {

std::string drop_text(const std::string& what, bool if_exists, const std::string& name,
                      bool cascade) {
  return "DROP " + what + " " + (if_exists ? "IF EXISTS " : "") + name +
         (cascade ? " CASCADE" : "");
}

std::string without_semicolon(std::string_view sql) {
  sql = text::trim(sql);
  while (!sql.empty() && sql.back() == ';') sql = text::trim(sql.substr(0, sql.size() - 1));
  return std::string(sql);
}

}  // namespace

// Schemas

Writer::Statements Writer::statements(const ops::CreateSchema& create, const Context&) const {
  return {{std::string("CREATE SCHEMA ") + (create.if_not_exists ? "IF NOT EXISTS " : "") +
           quote(std::string_view(create.name))}};
}

Writer::Statements Writer::statements(const ops::DropSchema& drop, const Context&) const {
  return {{drop_text("SCHEMA", drop.if_exists, quote(std::string_view(drop.name)), drop.cascade)}};
}

// Sequences

std::string Writer::sequence_options(const model::Sequence& sequence) const {
  std::string sql;
  if (!sequence.type.empty()) sql += " AS " + sequence.type;
  const std::string numbering = numbering_text(numbering_of(sequence));
  if (!numbering.empty()) sql += " " + numbering;
  if (!sequence.owned_by.empty()) {
    model::ColumnName owner = model::parse_column_name(sequence.owned_by);
    if (owner.table.schema.empty()) owner.table.schema = sequence.name.schema;
    sql +=
        " OWNED BY " + DdlWriter::quote(owner.table) + "." + quote(std::string_view(owner.column));
  }
  return sql;
}

Writer::Statements Writer::statements(const ops::CreateSequence& create, const Context&) const {
  const std::string name = DdlWriter::quote(create.sequence.name);
  Statements result{{std::string("CREATE SEQUENCE ") +
                     (create.if_not_exists ? "IF NOT EXISTS " : "") + name +
                     sequence_options(create.sequence)}};
  if (!create.sequence.comment.empty()) {
    result.push_back(
        {"COMMENT ON SEQUENCE " + name + " IS " + comment_text(create.sequence.comment)});
  }
  return result;
}

Writer::Statements Writer::statements(const ops::AlterSequence& change, const Context&) const {
  const std::string name = DdlWriter::quote(change.to.name);
  std::string options = sequence_options(change.to);
  if (change.was) {
    model::Sequence words;
    if (change.was->type != change.to.type) {
      words.type = change.to.type.empty() ? "bigint" : change.to.type;
    }
    const bool owner_changes = change.was->owned_by != change.to.owned_by;
    const std::string numbering =
        numbering_changes(numbering_of(*change.was), numbering_of(change.to), "");
    options = sequence_options(words) + (numbering.empty() ? "" : " " + numbering);
    if (owner_changes && change.to.owned_by.empty()) options += " OWNED BY NONE";
    if (owner_changes && !change.to.owned_by.empty()) {
      words = {.name = change.to.name, .owned_by = change.to.owned_by};
      options += sequence_options(words);
    }
  }
  Statements result;
  if (!options.empty()) result.push_back({"ALTER SEQUENCE " + name + options});
  if (change.was ? change.was->comment != change.to.comment : !change.to.comment.empty()) {
    result.push_back({"COMMENT ON SEQUENCE " + name + " IS " + comment_text(change.to.comment)});
  }
  return result;
}

Writer::Statements Writer::statements(const ops::DropSequence& drop, const Context&) const {
  return {{drop_text("SEQUENCE", drop.if_exists, DdlWriter::quote(drop.name), drop.cascade)}};
}

// Enum types

std::string Writer::create_enum_text(const ObjectName& name,
                                     const std::vector<std::string>& values) const {
  std::string list;
  for (const std::string& value : values) {
    if (!list.empty()) list += ", ";
    list += sql::quote_string(value);
  }
  return "CREATE TYPE " + DdlWriter::quote(name) + " AS ENUM (" + list + ")";
}

std::string Writer::unless_type_exists(const ObjectName& name, const std::string& sql) const {
  return guarded("pg_catalog.to_regtype(" + sql::quote_string(DdlWriter::quote(name)) + ") IS NULL",
                 sql);
}

namespace {

/// The enum type that a column's type creates; null if it creates none.
const model::Type* type_to_create(const model::Type& type) {
  if (type.kind == model::TypeKind::Array && type.element.size() == 1) {
    return type_to_create(type.element[0]);
  }
  const bool own = type.kind == model::TypeKind::Enum && type.native && type.create_type;
  return own ? &type : nullptr;
}

enum class Presence { Unknown, There, Missing };

Presence presence_of(const model::ObjectName& name, const sql::WriteContext& context) {
  if (context.before == nullptr) return Presence::Unknown;
  try {
    return context.before->find_enum(name) ? Presence::There : Presence::Missing;
  } catch (const NotSupported&) {
    return Presence::Unknown;  // offline, and nothing is known
  }
}

}  // namespace

Writer::Statements Writer::create_types(const ObjectName& table,
                                        const std::vector<model::Column>& columns, bool guarded,
                                        const Context& context) const {
  Statements result;
  std::vector<ObjectName> seen;
  for (const model::Column& column : columns) {
    const model::Column own = own_column(table, column);
    const model::Type* type = type_to_create(own.type);
    if (type == nullptr) continue;
    const ObjectName name(type->schema, type->name);
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
    seen.push_back(name);
    const Presence presence = presence_of(name, context);
    if (presence == Presence::There) continue;
    const std::string sql = create_enum_text(name, type->values);
    const bool ask = guarded && presence == Presence::Unknown;
    result.push_back({ask ? unless_type_exists(name, sql) : sql});
  }
  return result;
}

Writer::Statements Writer::statements(const ops::CreateEnum& create, const Context&) const {
  const std::string sql = create_enum_text(create.type.name, create.type.values);
  Statements result{{create.if_not_exists ? unless_type_exists(create.type.name, sql) : sql}};
  if (!create.type.comment.empty()) {
    result.push_back({"COMMENT ON TYPE " + DdlWriter::quote(create.type.name) + " IS " +
                      comment_text(create.type.comment)});
  }
  return result;
}

Writer::Statements Writer::statements(const ops::DropEnum& drop, const Context&) const {
  return {{drop_text("TYPE", drop.if_exists, DdlWriter::quote(drop.name), drop.cascade)}};
}

Writer::Statements Writer::statements(const ops::AddEnumValue& add, const Context&) const {
  if (!add.before.empty() && !add.after.empty()) {
    throw UsageError("value '" + add.value + "' of enum '" + model::to_string(add.name) +
                     "' has both before and after, expected at most one");
  }
  std::string sql = "ALTER TYPE " + DdlWriter::quote(add.name) + " ADD VALUE ";
  if (add.if_not_exists) sql += "IF NOT EXISTS ";
  sql += sql::quote_string(add.value);
  if (!add.before.empty()) sql += " BEFORE " + sql::quote_string(add.before);
  if (!add.after.empty()) sql += " AFTER " + sql::quote_string(add.after);
  // Before 12 refused in a transaction; later taken, but nobody may use the value before COMMIT.
  return {{std::move(sql), true}};
}

Writer::Statements Writer::statements(const ops::RenameEnumValue& rename, const Context&) const {
  return {{"ALTER TYPE " + DdlWriter::quote(rename.name) + " RENAME VALUE " +
           sql::quote_string(rename.value) + " TO " + sql::quote_string(rename.new_value)}};
}

Writer::Statements Writer::statements(const ops::CreateDomain& create, const Context&) const {
  const std::string sql =
      "CREATE DOMAIN " + DdlWriter::quote(create.domain.name) + " " + create.domain.definition;
  return {{create.if_not_exists ? unless_type_exists(create.domain.name, sql) : sql}};
}

Writer::Statements Writer::statements(const ops::DropDomain& drop, const Context&) const {
  return {{drop_text("DOMAIN", drop.if_exists, DdlWriter::quote(drop.name), drop.cascade)}};
}

/// ALTER TYPE renames domains as well.
Writer::Statements Writer::statements(const ops::RenameType& rename, const Context&) const {
  return {{"ALTER TYPE " + DdlWriter::quote(rename.name) + " RENAME TO " +
           quote(std::string_view(rename.new_name))}};
}

// Views

Writer::Statements Writer::statements(const ops::CreateView& create, const Context& context) const {
  const model::View& view = create.view;
  if (create.or_replace && view.materialized) {
    throw NotSupported(
        "materialised view '" + model::to_string(view.name) + "' cannot be replaced on PostgreSQL",
        "drop it and create it again");
  }
  const std::string name = DdlWriter::quote(view.name);
  const std::string kind = view.materialized ? "MATERIALIZED VIEW " : "VIEW ";
  std::string sql = (create.or_replace ? "CREATE OR REPLACE " : "CREATE ") + kind;
  if (create.if_not_exists && view.materialized) sql += "IF NOT EXISTS ";
  sql += name;
  if (!view.columns.empty()) sql += " (" + column_list(view.columns) + ")";
  sql += storage_text(view.with) + " AS " + without_semicolon(view.definition);
  if (view.materialized && !create.with_data) sql += " WITH NO DATA";
  if (create.if_not_exists && !view.materialized) {
    sql = guarded("pg_catalog.to_regclass(" + sql::quote_string(name) + ") IS NULL", sql);
  }
  Statements result{{std::move(sql)}};
  for (const model::Index& index : view.indexes) {
    const ops::CreateIndex operation{view.name, index, create.if_not_exists};
    for (sql::Statement& statement : statements(operation, context)) {
      result.push_back(std::move(statement));
    }
  }
  if (!view.comment.empty()) {
    result.push_back({"COMMENT ON " + kind + name + " IS " + comment_text(view.comment)});
  }
  return result;
}

Writer::Statements Writer::statements(const ops::DropView& drop, const Context&) const {
  return {{drop_text(drop.materialized ? "MATERIALIZED VIEW" : "VIEW", drop.if_exists,
                     DdlWriter::quote(drop.name), drop.cascade)}};
}

Writer::Statements Writer::statements(const ops::RefreshView& refresh, const Context&) const {
  return {{std::string("REFRESH MATERIALIZED VIEW ") +
           (refresh.concurrently ? "CONCURRENTLY " : "") + DdlWriter::quote(refresh.name)}};
}

// Functions, triggers, extensions

Writer::Statements Writer::statements(const ops::CreateFunction& create, const Context&) const {
  return {{without_semicolon(create.function.definition)}};
}

/// Without arguments the server finds the only function of that name; one that came from the
/// catalogue has said that it takes none.
Writer::Statements Writer::statements(const ops::DropFunction& drop, const Context&) const {
  std::string name = DdlWriter::quote(drop.name);
  if (!drop.arguments.empty() || drop.was) name += "(" + drop.arguments + ")";
  return {
      {drop_text(drop.procedure ? "PROCEDURE" : "FUNCTION", drop.if_exists, name, drop.cascade)}};
}

Writer::Statements Writer::statements(const ops::DropTrigger& drop, const Context&) const {
  const std::string name =
      quote(std::string_view(drop.name)) + " ON " + DdlWriter::quote(drop.table);
  return {{drop_text("TRIGGER", drop.if_exists, name, drop.cascade)}};
}

Writer::Statements Writer::statements(const ops::CreateExtension& create, const Context&) const {
  const model::Extension& extension = create.extension;
  std::string sql = "CREATE EXTENSION ";
  if (create.if_not_exists) sql += "IF NOT EXISTS ";
  sql += quote(std::string_view(extension.name));
  if (!extension.schema.empty()) sql += " SCHEMA " + quote(std::string_view(extension.schema));
  if (!extension.version.empty()) sql += " VERSION " + sql::quote_string(extension.version);
  if (create.cascade) sql += " CASCADE";
  return {{std::move(sql)}};
}

Writer::Statements Writer::statements(const ops::DropExtension& drop, const Context&) const {
  return {
      {drop_text("EXTENSION", drop.if_exists, quote(std::string_view(drop.name)), drop.cascade)}};
}

Writer::Statements Writer::statements(const ops::SetComment& change, const Context&) const {
  const auto subject = [&]() -> std::string {
    const std::string object = DdlWriter::quote(change.object);
    switch (change.on) {
      case ops::CommentOn::Constraint:
        return "CONSTRAINT " + quote(std::string_view(change.name)) + " ON " + object;
      case ops::CommentOn::Index:
        return "INDEX " + DdlWriter::quote({change.object.schema, change.name});
      case ops::CommentOn::Enum:
        return "TYPE " + object;
      case ops::CommentOn::View:
        return "VIEW " + object;
      case ops::CommentOn::MaterializedView:
        return "MATERIALIZED VIEW " + object;
    }
    throw Bug("unknown thing to comment on");
  };
  return {{"COMMENT ON " + subject() + " IS " + comment_text(change.comment.value_or(""))}};
}

}  // namespace cupel::dialect::postgres
