// SPDX-License-Identifier: MIT
// Every field of every operation, listed once, as model/fields.hpp does for the model.
#pragma once

#include "cupel/ops/operation.hpp"
#include "model/fields.hpp"

namespace cupel::ops {

using model::Fielded;

void fields(Fielded<CreateTable> auto& op, auto&& visit) {
  auto& [table, if_not_exists, prefixes] = op;
  visit("table", table);
  visit("if_not_exists", if_not_exists);
  visit("prefixes", prefixes);
}

void fields(Fielded<DropTable> auto& op, auto&& visit) {
  auto& [table, if_exists, cascade, was] = op;
  visit("table", table);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<RenameTable> auto& op, auto&& visit) {
  auto& [table, new_name, if_exists] = op;
  visit("table", table);
  visit("new_name", new_name);
  visit("if_exists", if_exists);
}

void fields(Fielded<SetTableSchema> auto& op, auto&& visit) {
  auto& [table, new_schema] = op;
  visit("table", table);
  visit("new_schema", new_schema);
}

void fields(Fielded<SetTableComment> auto& op, auto&& visit) {
  auto& [table, comment, was] = op;
  visit("table", table);
  visit("comment", comment);
  visit("was", was);
}

void fields(Fielded<TableOptions> auto& op, auto&& visit) {
  auto& [unlogged, autoincrement, without_rowid, strict, tablespace, with, options] = op;
  visit("unlogged", unlogged);
  visit("autoincrement", autoincrement);
  visit("without_rowid", without_rowid);
  visit("strict", strict);
  visit("tablespace", tablespace);
  visit("with", with);
  visit("options", options);
}

void fields(Fielded<SetTableOptions> auto& op, auto&& visit) {
  auto& [table, to, was] = op;
  visit("table", table);
  visit("to", to);
  visit("was", was);
}

void fields(Fielded<SetPartition> auto& op, auto&& visit) {
  auto& [table, to, was] = op;
  visit("table", table);
  visit("to", to);
  visit("was", was);
}

void fields(Fielded<AddColumn> auto& op, auto&& visit) {
  auto& [table, column, if_not_exists, inline_primary_key, inline_references, checks, insert_before,
         insert_after] = op;
  visit("table", table);
  visit("column", column);
  visit("if_not_exists", if_not_exists);
  visit("inline_primary_key", inline_primary_key);
  visit("inline_references", inline_references);
  visit("checks", checks);
  visit("insert_before", insert_before);
  visit("insert_after", insert_after);
}

void fields(Fielded<DropColumn> auto& op, auto&& visit) {
  auto& [table, column, if_exists, cascade, was] = op;
  visit("table", table);
  visit("column", column);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<AlterColumn> auto& op, auto&& visit) {
  auto& [table, column, nullable, type, server_default, identity, computed, comment, new_name,
         autoincrement, not_null_conflict, using_expression, existing_type, existing_nullable,
         existing_server_default, existing_identity, existing_computed, existing_comment,
         existing_autoincrement, existing_not_null_conflict, existing_using_expression, if_exists] =
      op;
  visit("table", table);
  visit("column", column);
  visit("nullable", nullable);
  visit("type", type);
  visit("server_default", server_default);
  visit("identity", identity);
  visit("computed", computed);
  visit("comment", comment);
  visit("new_name", new_name);
  visit("autoincrement", autoincrement);
  visit("not_null_conflict", not_null_conflict);
  visit("using_expression", using_expression);
  visit("existing_type", existing_type);
  visit("existing_nullable", existing_nullable);
  visit("existing_server_default", existing_server_default);
  visit("existing_identity", existing_identity);
  visit("existing_computed", existing_computed);
  visit("existing_comment", existing_comment);
  visit("existing_autoincrement", existing_autoincrement);
  visit("existing_not_null_conflict", existing_not_null_conflict);
  visit("existing_using_expression", existing_using_expression);
  visit("if_exists", if_exists);
}

void fields(Fielded<AddConstraint> auto& op, auto&& visit) {
  auto& [table, constraint, if_not_exists] = op;
  visit("table", table);
  visit("constraint", constraint);
  visit("if_not_exists", if_not_exists);
}

void fields(Fielded<DropConstraint> auto& op, auto&& visit) {
  auto& [table, name, kind, if_exists, cascade, was] = op;
  visit("table", table);
  visit("name", name);
  visit("kind", kind);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<RenameConstraint> auto& op, auto&& visit) {
  auto& [table, name, new_name] = op;
  visit("table", table);
  visit("name", name);
  visit("new_name", new_name);
}

void fields(Fielded<ValidateConstraint> auto& op, auto&& visit) {
  auto& [table, name] = op;
  visit("table", table);
  visit("name", name);
}

void fields(Fielded<CreateIndex> auto& op, auto&& visit) {
  auto& [table, index, if_not_exists, concurrently] = op;
  visit("table", table);
  visit("index", index);
  visit("if_not_exists", if_not_exists);
  visit("concurrently", concurrently);
}

void fields(Fielded<DropIndex> auto& op, auto&& visit) {
  auto& [name, table, if_exists, concurrently, cascade, was] = op;
  visit("name", name);
  visit("table", table);
  visit("if_exists", if_exists);
  visit("concurrently", concurrently);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<RenameIndex> auto& op, auto&& visit) {
  auto& [table, name, new_name] = op;
  visit("table", table);
  visit("name", name);
  visit("new_name", new_name);
}

void fields(Fielded<CreateSchema> auto& op, auto&& visit) {
  auto& [name, if_not_exists] = op;
  visit("name", name);
  visit("if_not_exists", if_not_exists);
}

void fields(Fielded<DropSchema> auto& op, auto&& visit) {
  auto& [name, if_exists, cascade] = op;
  visit("name", name);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
}

void fields(Fielded<CreateSequence> auto& op, auto&& visit) {
  auto& [sequence, if_not_exists] = op;
  visit("sequence", sequence);
  visit("if_not_exists", if_not_exists);
}

void fields(Fielded<AlterSequence> auto& op, auto&& visit) {
  auto& [to, was] = op;
  visit("to", to);
  visit("was", was);
}

void fields(Fielded<DropSequence> auto& op, auto&& visit) {
  auto& [name, if_exists, cascade, was] = op;
  visit("name", name);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<CreateEnum> auto& op, auto&& visit) {
  auto& [type, if_not_exists] = op;
  visit("type", type);
  visit("if_not_exists", if_not_exists);
}

void fields(Fielded<DropEnum> auto& op, auto&& visit) {
  auto& [name, if_exists, cascade, was] = op;
  visit("name", name);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<AddEnumValue> auto& op, auto&& visit) {
  auto& [name, value, before, after, if_not_exists] = op;
  visit("name", name);
  visit("value", value);
  visit("before", before);
  visit("after", after);
  visit("if_not_exists", if_not_exists);
}

void fields(Fielded<RenameEnumValue> auto& op, auto&& visit) {
  auto& [name, value, new_value] = op;
  visit("name", name);
  visit("value", value);
  visit("new_value", new_value);
}

void fields(Fielded<CreateDomain> auto& op, auto&& visit) {
  auto& [domain, if_not_exists] = op;
  visit("domain", domain);
  visit("if_not_exists", if_not_exists);
}

void fields(Fielded<DropDomain> auto& op, auto&& visit) {
  auto& [name, if_exists, cascade, was] = op;
  visit("name", name);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<RenameType> auto& op, auto&& visit) {
  auto& [name, new_name] = op;
  visit("name", name);
  visit("new_name", new_name);
}

void fields(Fielded<CreateView> auto& op, auto&& visit) {
  auto& [view, or_replace, if_not_exists, with_data, was] = op;
  visit("view", view);
  visit("or_replace", or_replace);
  visit("if_not_exists", if_not_exists);
  visit("with_data", with_data, true);
  visit("was", was);
}

void fields(Fielded<DropView> auto& op, auto&& visit) {
  auto& [name, materialized, if_exists, cascade, was] = op;
  visit("name", name);
  visit("materialized", materialized);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<RefreshView> auto& op, auto&& visit) {
  auto& [name, concurrently] = op;
  visit("name", name);
  visit("concurrently", concurrently);
}

void fields(Fielded<CreateFunction> auto& op, auto&& visit) {
  auto& [function, was] = op;
  visit("function", function);
  visit("was", was);
}

void fields(Fielded<DropFunction> auto& op, auto&& visit) {
  auto& [name, arguments, procedure, if_exists, cascade, was] = op;
  visit("name", name);
  visit("arguments", arguments);
  visit("procedure", procedure);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<CreateTrigger> auto& op, auto&& visit) {
  auto& [trigger] = op;
  visit("trigger", trigger);
}

void fields(Fielded<DropTrigger> auto& op, auto&& visit) {
  auto& [name, table, if_exists, cascade, was] = op;
  visit("name", name);
  visit("table", table);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<CreateExtension> auto& op, auto&& visit) {
  auto& [extension, if_not_exists, cascade] = op;
  visit("extension", extension);
  visit("if_not_exists", if_not_exists);
  visit("cascade", cascade);
}

void fields(Fielded<DropExtension> auto& op, auto&& visit) {
  auto& [name, if_exists, cascade, was] = op;
  visit("name", name);
  visit("if_exists", if_exists);
  visit("cascade", cascade);
  visit("was", was);
}

void fields(Fielded<SetComment> auto& op, auto&& visit) {
  auto& [on, object, name, comment, was] = op;
  visit("on", on);
  visit("object", object);
  visit("name", name);
  visit("comment", comment);
  visit("was", was);
}

void fields(Fielded<ExecuteSql> auto& op, auto&& visit) {
  auto& [sql, parameters, outside_transaction] = op;
  visit("sql", sql);
  visit("parameters", parameters);
  visit("outside_transaction", outside_transaction);
}

void fields(Fielded<BulkInsert> auto& op, auto&& visit) {
  auto& [table, columns, rows] = op;
  visit("table", table);
  visit("columns", columns);
  visit("rows", rows);
}

void fields(Fielded<AlterTable> auto& op, auto&& visit) {
  auto& [table, changes, recreate, copy_from, extra_constraints, partial_reordering,
         autoincrement] = op;
  visit("table", table);
  visit("changes", changes);
  visit("recreate", recreate);
  visit("copy_from", copy_from);
  visit("extra_constraints", extra_constraints);
  visit("partial_reordering", partial_reordering);
  visit("autoincrement", autoincrement);
}

}  // namespace cupel::ops
