// SPDX-License-Identifier: MIT
// See cpp_calls.hpp.
#include "script/cpp_calls.hpp"

#include <utility>

#include "script/cpp_items.hpp"

namespace cupel::script::cpp {
namespace {

using model::ConstraintName;
using Result = std::optional<Code>;

/// What the create_ call for such a constraint would make: without what the call has no option for.
struct Made {
  model::Constraint operator()(const model::PrimaryKey& key) const {
    model::PrimaryKey made;
    made.columns = key.columns;
    return made;
  }
  model::Constraint operator()(const model::UniqueConstraint& unique) const {
    return context::make_unique(unique.columns, {.deferrable = unique.deferral.deferrable,
                                                 .initially = unique.deferral.initially,
                                                 .nulls_not_distinct = unique.nulls_not_distinct,
                                                 .include = unique.include});
  }
  model::Constraint operator()(const model::ForeignKey& key) const {
    return context::make_foreign_key(key.referred_table.name, key.columns, key.referred_columns,
                                     {.on_delete = key.on_delete,
                                      .on_update = key.on_update,
                                      .match = key.match,
                                      .deferrable = key.deferral.deferrable,
                                      .initially = key.deferral.initially,
                                      .not_valid = key.not_valid,
                                      .referent_schema = key.referred_table.schema});
  }
  model::Constraint operator()(const model::CheckConstraint& check) const {
    return context::make_check(check.expression, {.not_valid = check.not_valid});
  }
  model::Constraint operator()(const model::ExcludeConstraint& exclude) const {
    return context::make_exclude(exclude.elements, {.where = exclude.where,
                                                    .using_method = exclude.using_method,
                                                    .deferrable = exclude.deferral.deferrable,
                                                    .initially = exclude.deferral.initially});
  }
};

model::ColumnDefinition definition_of(const ops::AddColumn& op, const context::Namer& namer) {
  model::ColumnDefinition definition(op.column.name, op.column.type);
  definition.column = op.column;
  definition.is_primary_key = op.inline_primary_key;
  for (const model::CheckConstraint& check : op.checks)
    definition.checks.push_back(
        {check.expression, written_name(op.table, check.name, check, namer)});
  if (op.inline_references && op.inline_references->referred_columns.size() == 1) {
    const model::ForeignKey& key = *op.inline_references;
    definition.foreign_keys.push_back({key.referred_table,
                                       key.referred_columns[0],
                                       {.name = written_name(op.table, key.name, key, namer),
                                        .on_delete = key.on_delete,
                                        .on_update = key.on_update,
                                        .match = key.match,
                                        .deferral = key.deferral}});
  }
  return definition;
}

/// True if add_column() makes this operation, and nothing else.
bool makes(const ops::AddColumn& op, const model::ColumnDefinition& definition,
           const context::Namer& namer) {
  const context::AddColumnOptions options{.if_not_exists = op.if_not_exists,
                                          .inline_references = op.inline_references.has_value(),
                                          .inline_primary_key = op.inline_primary_key,
                                          .insert_before = op.insert_before,
                                          .insert_after = op.insert_after};
  try {
    const auto lowered = context::lower_add_column(op.table, definition, options, namer);
    ops::AddColumn wanted = op;
    for (model::CheckConstraint& check : wanted.checks) check.column = op.column.name;
    return lowered.add == wanted && lowered.constraints.empty() && lowered.indexes.empty();
  } catch (const UsageError&) {
    return false;
  }
}

}  // namespace

Code TableCalls::on_table(const std::string& name, std::vector<Code> first,
                          const model::ObjectName& table, std::vector<Code> rest,
                          FieldList options) const {
  std::vector<Code> arguments = std::move(first);
  if (!in_batch_) arguments.push_back(string(table.name));
  for (Code& it : rest) arguments.push_back(std::move(it));
  std::vector<Code> fields = options.take();
  if (!fields.empty()) arguments.push_back(braces(std::move(fields)));
  return call(receiver() + name, std::move(arguments));
}

Code TableCalls::with_schema(const std::string& name, std::vector<Code> first,
                             const model::ObjectName& table, std::vector<Code> rest) const {
  if (!schema_of(table).empty()) rest.push_back(string(table.schema));
  return on_table(name, std::move(first), table, std::move(rest));
}

Result TableCalls::operator()(const ops::AddColumn& op) const {
  const model::ColumnDefinition definition = definition_of(op, *namer_);
  if (!makes(op, definition, *namer_)) return std::nullopt;
  FieldList options;
  options("schema", schema_of(op.table))("if_not_exists", op.if_not_exists)(
      "inline_references", op.inline_references.has_value())(
      "inline_primary_key", op.inline_primary_key)("insert_before", op.insert_before)(
      "insert_after", op.insert_after);
  return on_table("add_column", {}, op.table, {code(definition)}, std::move(options));
}

Result TableCalls::operator()(const ops::DropColumn& op) const {
  FieldList options;
  options("schema", schema_of(op.table))("if_exists", op.if_exists)("cascade", op.cascade);
  return on_table("drop_column", {}, op.table, {string(op.column)}, std::move(options));
}

Result TableCalls::operator()(const ops::AlterColumn& op) const {
  if (!op.using_expression.empty() && !op.type) return std::nullopt;
  ops::AlterColumn renamed;
  renamed.table = op.table;
  renamed.column = op.column;
  renamed.new_name = op.new_name;
  if (op == renamed && op.new_name && !in_batch_) {
    return with_schema("rename_column", {}, op.table, {string(op.column), string(*op.new_name)});
  }
  FieldList options;
  options("nullable", op.nullable)("type", op.type)("server_default", op.server_default)(
      "identity", op.identity)("computed", op.computed)("comment", op.comment)(
      "new_column_name", op.new_name)("autoincrement", op.autoincrement)(
      "using_expression", op.using_expression)("existing_type", op.existing_type)(
      "existing_nullable", op.existing_nullable)("existing_server_default",
                                                 op.existing_server_default)(
      "existing_identity", op.existing_identity)("existing_computed", op.existing_computed)(
      "existing_comment", op.existing_comment)("existing_autoincrement", op.existing_autoincrement)(
      "not_null_conflict", op.not_null_conflict)("schema", schema_of(op.table))("if_exists",
                                                                                op.if_exists);
  Code call = on_table("alter_column", {}, op.table, {string(op.column)}, options);
  if (options.take().empty()) call.parts.push_back(braces({}));  // it has no default
  return call;
}

Result TableCalls::operator()(const ops::AddConstraint& op) const {
  model::Constraint made = std::visit(Made(), op.constraint);
  model::set_name(made, model::name_of(op.constraint));
  const bool is_key = std::holds_alternative<model::PrimaryKey>(made) ||
                      std::holds_alternative<model::ExcludeConstraint>(made);
  if (made != op.constraint || (op.if_not_exists && (is_key || in_batch_))) return std::nullopt;
  const ConstraintName name =
      written_name(op.table, model::name_of(op.constraint), op.constraint, *namer_);
  return std::visit([&](const auto& it) { return constraint_call(it, op, code(name)); },
                    op.constraint);
}

Code TableCalls::constraint_call(const model::PrimaryKey& key, const ops::AddConstraint& op,
                                 Code name) const {
  return with_schema("create_primary_key", {std::move(name)}, op.table, {any(key.columns)});
}
Code TableCalls::constraint_call(const model::UniqueConstraint& unique,
                                 const ops::AddConstraint& op, Code name) const {
  FieldList options;
  options("schema", schema_of(op.table))("deferrable", unique.deferral.deferrable)(
      "initially", unique.deferral.initially)("nulls_not_distinct", unique.nulls_not_distinct)(
      "include", unique.include)("if_not_exists", op.if_not_exists);
  return on_table("create_unique_constraint", {std::move(name)}, op.table, {any(unique.columns)},
                  std::move(options));
}
Code TableCalls::constraint_call(const model::ForeignKey& key, const ops::AddConstraint& op,
                                 Code name) const {
  FieldList options;
  options("on_delete", key.on_delete)("on_update", key.on_update)("match", key.match)(
      "deferrable", key.deferral.deferrable)("initially", key.deferral.initially)(
      "not_valid", key.not_valid)("source_schema", schema_of(op.table))(
      "referent_schema", key.referred_table.schema)("if_not_exists", op.if_not_exists);
  return on_table("create_foreign_key", {std::move(name)}, op.table,
                  {string(key.referred_table.name), any(key.columns), any(key.referred_columns)},
                  std::move(options));
}
Code TableCalls::constraint_call(const model::CheckConstraint& check, const ops::AddConstraint& op,
                                 Code name) const {
  FieldList options;
  options("schema", schema_of(op.table))("not_valid", check.not_valid)("if_not_exists",
                                                                       op.if_not_exists);
  return on_table("create_check_constraint", {std::move(name)}, op.table,
                  {string(check.expression)}, std::move(options));
}
Code TableCalls::constraint_call(const model::ExcludeConstraint& exclude,
                                 const ops::AddConstraint& op, Code name) const {
  FieldList options;
  options("where", exclude.where)("using_method", exclude.using_method)(
      "schema", schema_of(op.table))("deferrable", exclude.deferral.deferrable)(
      "initially", exclude.deferral.initially);
  std::vector<Code> elements;
  for (const model::ExcludeElement& it : exclude.elements) elements.push_back(any(it, false));
  return on_table("create_exclude_constraint", {std::move(name)}, op.table,
                  {braces(std::move(elements))}, std::move(options));
}

Result TableCalls::operator()(const ops::DropConstraint& op) const {
  ConstraintName name(op.name);
  if (namer_->existing(op.table, name, op.kind) != op.name) name.final = true;
  FieldList options;
  options("type", op.kind ? std::string(model::to_string(*op.kind)) : std::string())(
      "schema", schema_of(op.table))("if_exists", op.if_exists)("cascade", op.cascade);
  return on_table("drop_constraint", {code(name)}, op.table, {}, std::move(options));
}

Result TableCalls::operator()(const ops::RenameConstraint& op) const {
  return with_schema("rename_constraint", {}, op.table, {string(op.name), string(op.new_name)});
}

Result TableCalls::operator()(const ops::CreateIndex& op) const {
  const model::Index& index = op.index;
  const context::CreateIndexOptions plain{.unique = index.unique,
                                          .using_method = index.using_method,
                                          .where = index.where,
                                          .include = index.include,
                                          .nulls_not_distinct = index.nulls_not_distinct,
                                          .with = index.with,
                                          .tablespace = index.tablespace};
  model::Index made = context::make_index(index.elements, plain);
  made.name = index.name;
  if (made != index || index.name.empty()) return std::nullopt;
  FieldList options;
  options("schema", schema_of(op.table))("unique", index.unique)("if_not_exists", op.if_not_exists)(
      "concurrently", op.concurrently)("using_method", index.using_method)("where", index.where)(
      "include", index.include)("nulls_not_distinct", index.nulls_not_distinct)("with", index.with)(
      "tablespace", index.tablespace);
  return on_table("create_index", {code(written_name(op.table, index, *namer_))}, op.table,
                  {any(index.elements)}, std::move(options));
}

Result TableCalls::operator()(const ops::DropIndex& op) const {
  FieldList options;
  options("table_name", in_batch_ ? std::string() : op.table.name)("schema", schema_of(op.table))(
      "if_exists", op.if_exists)("concurrently", op.concurrently)("cascade", op.cascade);
  std::vector<Code> arguments{string(op.name)};
  std::vector<Code> fields = options.take();
  if (!fields.empty()) arguments.push_back(braces(std::move(fields)));
  return call(receiver() + "drop_index", std::move(arguments));
}

Result TableCalls::operator()(const ops::SetTableComment& op) const {
  if (!op.comment) return with_schema("drop_table_comment", {}, op.table, {});
  return with_schema("create_table_comment", {}, op.table, {string(*op.comment)});
}

Result TableCalls::operator()(const ops::SetTableOptions& op) const {
  std::vector<Code> arguments;
  if (!in_batch_) arguments.push_back(code(op.table));
  arguments.push_back(any(op.to, false));
  if (op.was) arguments.push_back(any(*op.was));
  return call(receiver() + "set_table_options", std::move(arguments));
}

}  // namespace cupel::script::cpp
