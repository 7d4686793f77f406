// SPDX-License-Identifier: MIT
// Every field of every model struct, listed once, in the order of declaration: what JSON and
// generated C++ are made of. `visit(name, field)` or, where the default is not T{},
// `visit(name, field, default)`.
//
// The structured bindings count: a struct that got a field does not compile here until it is
// listed.
#pragma once

#include <concepts>
#include <type_traits>

#include "cupel/model/schema.hpp"

namespace cupel::model {

// How a member is kept, for those who visit members.
template <typename T>
inline constexpr bool kIsList = false;
template <typename T>
inline constexpr bool kIsList<std::vector<T>> = true;
template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

/// T or const T, so that one list reads and writes.
template <typename Value, typename Struct>
concept Fielded = std::same_as<std::remove_const_t<Value>, Struct>;

void fields(Fielded<ObjectName> auto& value, auto&& visit) {
  auto& [schema, name] = value;
  visit("schema", schema);
  visit("name", name);
}

void fields(Fielded<TypeVariant> auto& value, auto&& visit) {
  auto& [dialect, type] = value;
  visit("dialect", dialect);
  visit("type", type);
}

void fields(Fielded<Type> auto& value, auto&& visit) {
  auto& [kind, length, precision, scale, timezone, name, schema, collation, values, native,
         create_constraint, constraint_name, create_type, element, dimensions, variants] = value;
  visit("kind", kind);
  visit("length", length);
  visit("precision", precision);
  visit("scale", scale);
  visit("timezone", timezone);
  visit("name", name);
  visit("schema", schema);
  visit("collation", collation);
  visit("values", values);
  visit("native", native, true);
  visit("create_constraint", create_constraint);
  visit("constraint_name", constraint_name);
  visit("create_type", create_type, true);
  visit("element", element);
  visit("dimensions", dimensions, 1);
  visit("variants", variants);
}

void fields(Fielded<Expression> auto& value, auto&& visit) {
  auto& [kind, text] = value;
  visit("kind", kind);
  visit("text", text);
}

void fields(Fielded<Identity> auto& value, auto&& visit) {
  auto& [always, start, increment, min_value, max_value, cache, cycle] = value;
  visit("always", always);
  visit("start", start);
  visit("increment", increment);
  visit("min_value", min_value);
  visit("max_value", max_value);
  visit("cache", cache);
  visit("cycle", cycle);
}

void fields(Fielded<Computed> auto& value, auto&& visit) {
  auto& [expression, persisted] = value;
  visit("expression", expression);
  visit("persisted", persisted);
}

void fields(Fielded<Column> auto& value, auto&& visit) {
  auto& [name, type, nullable, server_default, computed, identity, autoincrement, comment,
         not_null_conflict] = value;
  visit("name", name);
  visit("type", type);
  visit("nullable", nullable, true);
  visit("server_default", server_default);
  visit("computed", computed);
  visit("identity", identity);
  visit("autoincrement", autoincrement);
  visit("comment", comment);
  visit("not_null_conflict", not_null_conflict);
}

void fields(Fielded<Deferral> auto& value, auto&& visit) {
  auto& [deferrable, initially] = value;
  visit("deferrable", deferrable);
  visit("initially", initially);
}

void fields(Fielded<PrimaryKey> auto& value, auto&& visit) {
  auto& [columns, name, include, deferral, on_conflict, comment] = value;
  visit("columns", columns);
  visit("name", name);
  visit("include", include);
  visit("deferral", deferral);
  visit("on_conflict", on_conflict);
  visit("comment", comment);
}

void fields(Fielded<UniqueConstraint> auto& value, auto&& visit) {
  auto& [columns, name, nulls_not_distinct, include, deferral, on_conflict, comment] = value;
  visit("columns", columns);
  visit("name", name);
  visit("nulls_not_distinct", nulls_not_distinct);
  visit("include", include);
  visit("deferral", deferral);
  visit("on_conflict", on_conflict);
  visit("comment", comment);
}

void fields(Fielded<ForeignKey> auto& value, auto&& visit) {
  auto& [columns, referred_table, referred_columns, name, on_delete, on_update, match, deferral,
         not_valid, comment] = value;
  visit("columns", columns);
  visit("referred_table", referred_table);
  visit("referred_columns", referred_columns);
  visit("name", name);
  visit("on_delete", on_delete);
  visit("on_update", on_update);
  visit("match", match);
  visit("deferral", deferral);
  visit("not_valid", not_valid);
  visit("comment", comment);
}

void fields(Fielded<CheckConstraint> auto& value, auto&& visit) {
  auto& [expression, name, column, not_valid, no_inherit, on_conflict, comment] = value;
  visit("expression", expression);
  visit("name", name);
  visit("column", column);
  visit("not_valid", not_valid);
  visit("no_inherit", no_inherit);
  visit("on_conflict", on_conflict);
  visit("comment", comment);
}

void fields(Fielded<ExcludeElement> auto& value, auto&& visit) {
  auto& [column, expression, with_operator, operator_class] = value;
  visit("column", column);
  visit("expression", expression);
  visit("with_operator", with_operator);
  visit("operator_class", operator_class);
}

void fields(Fielded<ExcludeConstraint> auto& value, auto&& visit) {
  auto& [elements, name, using_method, where, deferral, comment] = value;
  visit("elements", elements);
  visit("name", name);
  visit("using_method", using_method);
  visit("where", where);
  visit("deferral", deferral);
  visit("comment", comment);
}

void fields(Fielded<IndexElement> auto& value, auto&& visit) {
  auto& [column, expression, descending, nulls, collation, operator_class, length] = value;
  visit("column", column);
  visit("expression", expression);
  visit("descending", descending);
  visit("nulls", nulls);
  visit("collation", collation);
  visit("operator_class", operator_class);
  visit("length", length);
}

void fields(Fielded<Index> auto& value, auto&& visit) {
  auto& [name, elements, unique, using_method, where, include, nulls_not_distinct, with, tablespace,
         comment, valid] = value;
  visit("name", name);
  visit("elements", elements);
  visit("unique", unique);
  visit("using_method", using_method);
  visit("where", where);
  visit("include", include);
  visit("nulls_not_distinct", nulls_not_distinct);
  visit("with", with);
  visit("tablespace", tablespace);
  visit("comment", comment);
  visit("valid", valid, true);
}

void fields(Fielded<PartitionOf> auto& value, auto&& visit) {
  auto& [parent, bound] = value;
  visit("parent", parent);
  visit("bound", bound);
}

void fields(Fielded<Table> auto& value, auto&& visit) {
  auto& [name, columns, primary_key, constraints, indexes, comment, temporary, unlogged,
         autoincrement, without_rowid, strict, partition_by, partition_of, inherits, tablespace,
         with, options] = value;
  visit("name", name);
  visit("columns", columns);
  visit("primary_key", primary_key);
  visit("constraints", constraints);
  visit("indexes", indexes);
  visit("comment", comment);
  visit("temporary", temporary);
  visit("unlogged", unlogged);
  visit("autoincrement", autoincrement);
  visit("without_rowid", without_rowid);
  visit("strict", strict);
  visit("partition_by", partition_by);
  visit("partition_of", partition_of);
  visit("inherits", inherits);
  visit("tablespace", tablespace);
  visit("with", with);
  visit("options", options);
}

void fields(Fielded<Sequence> auto& value, auto&& visit) {
  auto& [name, type, start, increment, min_value, max_value, cache, cycle, owned_by, comment] =
      value;
  visit("name", name);
  visit("type", type);
  visit("start", start);
  visit("increment", increment);
  visit("min_value", min_value);
  visit("max_value", max_value);
  visit("cache", cache);
  visit("cycle", cycle);
  visit("owned_by", owned_by);
  visit("comment", comment);
}

void fields(Fielded<EnumType> auto& value, auto&& visit) {
  auto& [name, values, comment] = value;
  visit("name", name);
  visit("values", values);
  visit("comment", comment);
}

void fields(Fielded<Domain> auto& value, auto&& visit) {
  auto& [name, definition] = value;
  visit("name", name);
  visit("definition", definition);
}

void fields(Fielded<View> auto& value, auto&& visit) {
  auto& [name, definition, materialized, columns, with, indexes, comment] = value;
  visit("name", name);
  visit("definition", definition);
  visit("materialized", materialized);
  visit("columns", columns);
  visit("with", with);
  visit("indexes", indexes);
  visit("comment", comment);
}

void fields(Fielded<Function> auto& value, auto&& visit) {
  auto& [name, arguments, definition, procedure] = value;
  visit("name", name);
  visit("arguments", arguments);
  visit("definition", definition);
  visit("procedure", procedure);
}

void fields(Fielded<Trigger> auto& value, auto&& visit) {
  auto& [name, table, definition] = value;
  visit("name", name);
  visit("table", table);
  visit("definition", definition);
}

void fields(Fielded<Extension> auto& value, auto&& visit) {
  auto& [name, schema, version] = value;
  visit("name", name);
  visit("schema", schema);
  visit("version", version);
}

void fields(Fielded<Schema> auto& value, auto&& visit) {
  // Hints are no part of the schema.
  auto& [schemas, extensions, enums, domains, sequences, tables, views, functions, triggers,
         hints] = value;
  visit("schemas", schemas);
  visit("extensions", extensions);
  visit("enums", enums);
  visit("domains", domains);
  visit("sequences", sequences);
  visit("tables", tables);
  visit("views", views);
  visit("functions", functions);
  visit("triggers", triggers);
}

}  // namespace cupel::model
