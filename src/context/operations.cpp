// SPDX-License-Identifier: MIT
// The calls on tables, columns, constraints and indexes. Data: operations_data.cpp; the rest:
// operations_objects.cpp.
#include "cupel/context/operations.hpp"

#include <utility>

#include "context/lower.hpp"

namespace cupel::context {

Operations::Operations(StatementSink& sink, const dialect::Dialect& dialect,
                       model::NamingConvention convention)
    : sink_(&sink), dialect_(&dialect), convention_(std::move(convention)) {}
Operations::~Operations() = default;

void Operations::invoke(const ops::Operation& operation) {
  if (sink_->take(operation)) return;
  if (const auto* sql = std::get_if<ops::ExecuteSql>(&operation)) return run_sql(*sql);
  if (const auto* insert = std::get_if<ops::BulkInsert>(&operation)) return run_insert(*insert);
  const sql::WriteContext context{sink_->schema(), sink_->server_version()};
  for (const sql::Statement& statement : dialect_->writer().write(operation, context))
    sink_->execute(statement);
  sink_->applied(operation);
}

model::Table Operations::create_table(std::string name, const std::vector<TableItem>& items,
                                      CreateTableOptions options) {
  ops::CreateTable create;
  create.table = model::make_table({options.schema, std::move(name)}, items, convention_,
                                   dialect_->traits().max_identifier_length);
  model::Table& table = create.table;
  table.comment = std::move(options.comment);
  table.temporary = options.temporary;
  table.unlogged = options.unlogged;
  table.autoincrement = options.autoincrement;
  table.without_rowid = options.without_rowid;
  table.strict = options.strict;
  table.partition_by = std::move(options.partition_by);
  table.partition_of = std::move(options.partition_of);
  table.inherits = std::move(options.inherits);
  table.tablespace = std::move(options.tablespace);
  table.with = std::move(options.with);
  table.options = std::move(options.options);
  create.if_not_exists = options.if_not_exists;
  create.prefixes = std::move(options.prefixes);
  invoke(create);
  return create.table;
}

void Operations::drop_table(std::string name, DropTableOptions options) {
  ops::DropTable drop;
  drop.table = {std::move(options.schema), std::move(name)};
  drop.if_exists = options.if_exists;
  drop.cascade = options.cascade;
  invoke(drop);
}

void Operations::rename_table(std::string old_name, std::string new_name, std::string schema) {
  invoke(ops::RenameTable{{std::move(schema), std::move(old_name)}, std::move(new_name)});
}

void Operations::set_table_schema(std::string table, std::string new_schema, std::string schema) {
  invoke(ops::SetTableSchema{{std::move(schema), std::move(table)}, std::move(new_schema)});
}

void Operations::create_table_comment(std::string table, std::string comment, std::string schema) {
  invoke(ops::SetTableComment{{std::move(schema), std::move(table)}, std::move(comment), {}});
}

void Operations::drop_table_comment(std::string table, std::string schema) {
  invoke(ops::SetTableComment{{std::move(schema), std::move(table)}, std::nullopt, {}});
}

void Operations::set_table_options(ObjectName table, ops::TableOptions to,
                                   std::optional<ops::TableOptions> was) {
  invoke(ops::SetTableOptions{std::move(table), std::move(to), std::move(was)});
}

void Operations::attach_partition(ObjectName table, ObjectName parent, std::string bound) {
  invoke(ops::SetPartition{
      std::move(table), model::PartitionOf{std::move(parent), std::move(bound)}, {}});
}

void Operations::detach_partition(ObjectName table, ObjectName parent) {
  invoke(ops::SetPartition{std::move(table), {}, model::PartitionOf{std::move(parent), {}}});
}

void Operations::add_column(std::string table, const ColumnDefinition& column,
                            AddColumnOptions options) {
  const ObjectName name{options.schema, std::move(table)};
  const Namer namer(convention_, dialect_->traits().max_identifier_length);
  LoweredAddColumn lowered = lower_add_column(name, column, options, namer);
  // A column that is there already has its constraints and indexes too: all of it is skipped
  // together.
  if (options.if_not_exists && !is_offline() &&
      inspector().has_column(name, lowered.add.column.name))
    return;
  // One batch, so that a database that must rebuild the table does it once.
  if (!lowered.constraints.empty()) {
    ops::AlterTable batch;
    batch.table = name;
    batch.changes.emplace_back(std::move(lowered.add));
    for (model::Constraint& constraint : lowered.constraints) {
      batch.changes.emplace_back(ops::AddConstraint{name, std::move(constraint)});
    }
    for (model::Index& index : lowered.indexes)
      batch.changes.emplace_back(ops::CreateIndex{name, std::move(index)});
    return invoke(batch);
  }
  invoke(lowered.add);
  for (model::Index& index : lowered.indexes) {
    ops::CreateIndex create{name, std::move(index)};
    create.if_not_exists = options.if_not_exists;
    invoke(create);
  }
}

void Operations::drop_column(std::string table, std::string column, DropColumnOptions options) {
  ops::DropColumn drop;
  drop.table = {std::move(options.schema), std::move(table)};
  drop.column = std::move(column);
  drop.if_exists = options.if_exists;
  drop.cascade = options.cascade;
  invoke(drop);
}

void Operations::alter_column(std::string table, std::string column, AlterColumnOptions options) {
  ObjectName name{options.schema, std::move(table)};
  invoke(make_alter_column(std::move(name), std::move(column), std::move(options)));
}

void Operations::rename_column(std::string table, std::string column, std::string new_name,
                               std::string schema) {
  alter_column(std::move(table), std::move(column),
               {.new_column_name = std::move(new_name), .schema = std::move(schema)});
}

void Operations::batch(std::string table, const std::function<void(BatchOperations&)>& changes,
                       BatchOptions options) {
  ops::AlterTable alter;
  alter.table = {std::move(options.schema), std::move(table)};
  alter.recreate = options.recreate;
  alter.copy_from = std::move(options.copy_from);
  alter.extra_constraints = std::move(options.extra_constraints);
  alter.partial_reordering = std::move(options.partial_reordering);
  alter.autoincrement = options.autoincrement;
  BatchOperations collector(alter, convention_, dialect_->traits().max_identifier_length);
  changes(collector);
  invoke(alter);
}

void Operations::add_constraint(ObjectName table, ConstraintName name, model::Constraint constraint,
                                bool if_not_exists) {
  const Namer namer(convention_, dialect_->traits().max_identifier_length);
  ops::AddConstraint add;
  add.constraint = namer.name(table, name, std::move(constraint));
  add.table = std::move(table);
  add.if_not_exists = if_not_exists;
  invoke(add);
}

void Operations::create_primary_key(ConstraintName name, std::string table,
                                    std::vector<std::string> columns, std::string schema) {
  model::PrimaryKey key;
  key.columns = std::move(columns);
  add_constraint({std::move(schema), std::move(table)}, std::move(name), std::move(key));
}

void Operations::create_unique_constraint(ConstraintName name, std::string table,
                                          std::vector<std::string> columns,
                                          ConstraintOptions options) {
  add_constraint({options.schema, std::move(table)}, std::move(name),
                 make_unique(std::move(columns), options), options.if_not_exists);
}

void Operations::create_check_constraint(ConstraintName name, std::string table,
                                         std::string condition, ConstraintOptions options) {
  add_constraint({options.schema, std::move(table)}, std::move(name),
                 make_check(std::move(condition), options), options.if_not_exists);
}

void Operations::create_foreign_key(ConstraintName name, std::string source_table,
                                    std::string referent_table,
                                    std::vector<std::string> local_columns,
                                    std::vector<std::string> remote_columns,
                                    ForeignKeyOptions options) {
  add_constraint({options.source_schema, std::move(source_table)}, std::move(name),
                 make_foreign_key(std::move(referent_table), std::move(local_columns),
                                  std::move(remote_columns), options),
                 options.if_not_exists);
}

void Operations::create_exclude_constraint(ConstraintName name, std::string table,
                                           std::vector<model::ExcludeElement> elements,
                                           ExcludeOptions options) {
  add_constraint({options.schema, std::move(table)}, std::move(name),
                 make_exclude(std::move(elements), options));
}

void Operations::drop_constraint(ConstraintName name, std::string table,
                                 DropConstraintOptions options) {
  const Namer namer(convention_, dialect_->traits().max_identifier_length);
  ops::DropConstraint drop;
  drop.table = {std::move(options.schema), std::move(table)};
  drop.kind = parse_type(options.type);
  drop.name = namer.existing(drop.table, name, drop.kind);
  drop.if_exists = options.if_exists;
  drop.cascade = options.cascade;
  invoke(drop);
}

void Operations::rename_constraint(std::string table, std::string name, std::string new_name,
                                   std::string schema) {
  invoke(ops::RenameConstraint{
      {std::move(schema), std::move(table)}, std::move(name), std::move(new_name)});
}

void Operations::validate_constraint(std::string table, std::string name, std::string schema) {
  invoke(ops::ValidateConstraint{{std::move(schema), std::move(table)}, std::move(name)});
}

void Operations::create_index(ConstraintName name, std::string table,
                              std::vector<model::IndexElement> columns,
                              CreateIndexOptions options) {
  const Namer namer(convention_, dialect_->traits().max_identifier_length);
  ops::CreateIndex create;
  create.table = {options.schema, std::move(table)};
  create.index = namer.name(create.table, name, make_index(std::move(columns), options));
  create.if_not_exists = options.if_not_exists;
  create.concurrently = options.concurrently;
  invoke(create);
}

void Operations::drop_index(std::string name, DropIndexOptions options) {
  ops::DropIndex drop;
  drop.name = std::move(name);
  drop.table = {std::move(options.schema), std::move(options.table_name)};
  drop.if_exists = options.if_exists;
  drop.concurrently = options.concurrently;
  drop.cascade = options.cascade;
  invoke(drop);
}

void Operations::rename_index(std::string name, std::string new_name, std::string table,
                              std::string schema) {
  invoke(ops::RenameIndex{
      {std::move(schema), std::move(table)}, std::move(name), std::move(new_name)});
}

}  // namespace cupel::context
