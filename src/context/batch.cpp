// SPDX-License-Identifier: MIT
// BatchOperations: the same calls on one table, collected into one ops::AlterTable.
#include <utility>

#include "context/lower.hpp"

namespace cupel::context {

BatchOperations::BatchOperations(ops::AlterTable& target, const model::NamingConvention& convention,
                                 std::size_t max_name_length)
    : target_(&target), convention_(&convention), max_name_length_(max_name_length) {}

void BatchOperations::add_column(const ColumnDefinition& column, AddColumnOptions options) {
  const Namer namer(*convention_, max_name_length_);
  LoweredAddColumn lowered = lower_add_column(target_->table, column, options, namer);
  target_->changes.emplace_back(std::move(lowered.add));
  for (model::Constraint& constraint : lowered.constraints) {
    target_->changes.emplace_back(ops::AddConstraint{target_->table, std::move(constraint)});
  }
  for (model::Index& index : lowered.indexes) {
    target_->changes.emplace_back(ops::CreateIndex{target_->table, std::move(index)});
  }
}

void BatchOperations::drop_column(std::string column, DropColumnOptions options) {
  ops::DropColumn drop;
  drop.table = target_->table;
  drop.column = std::move(column);
  drop.if_exists = options.if_exists;
  drop.cascade = options.cascade;
  target_->changes.emplace_back(std::move(drop));
}

void BatchOperations::alter_column(std::string column, AlterColumnOptions options) {
  target_->changes.emplace_back(
      make_alter_column(target_->table, std::move(column), std::move(options)));
}

void BatchOperations::add_constraint(ConstraintName name, model::Constraint constraint) {
  const Namer namer(*convention_, max_name_length_);
  target_->changes.emplace_back(
      ops::AddConstraint{target_->table, namer.name(target_->table, name, std::move(constraint))});
}

void BatchOperations::create_primary_key(ConstraintName name, std::vector<std::string> columns) {
  model::PrimaryKey key;
  key.columns = std::move(columns);
  add_constraint(std::move(name), std::move(key));
}

void BatchOperations::create_unique_constraint(ConstraintName name,
                                               std::vector<std::string> columns,
                                               ConstraintOptions options) {
  add_constraint(std::move(name), make_unique(std::move(columns), options));
}

void BatchOperations::create_check_constraint(ConstraintName name, std::string condition,
                                              ConstraintOptions options) {
  add_constraint(std::move(name), make_check(std::move(condition), options));
}

void BatchOperations::create_foreign_key(ConstraintName name, std::string referent_table,
                                         std::vector<std::string> local_columns,
                                         std::vector<std::string> remote_columns,
                                         ForeignKeyOptions options) {
  add_constraint(std::move(name),
                 make_foreign_key(std::move(referent_table), std::move(local_columns),
                                  std::move(remote_columns), options));
}

void BatchOperations::create_exclude_constraint(ConstraintName name,
                                                std::vector<model::ExcludeElement> elements,
                                                ExcludeOptions options) {
  add_constraint(std::move(name), make_exclude(std::move(elements), options));
}

void BatchOperations::drop_constraint(ConstraintName name, DropConstraintOptions options) {
  const Namer namer(*convention_, max_name_length_);
  ops::DropConstraint drop;
  drop.table = target_->table;
  drop.kind = parse_type(options.type);
  drop.name = namer.existing(drop.table, name, drop.kind);
  drop.if_exists = options.if_exists;
  drop.cascade = options.cascade;
  target_->changes.emplace_back(std::move(drop));
}

void BatchOperations::rename_constraint(std::string name, std::string new_name) {
  target_->changes.emplace_back(
      ops::RenameConstraint{target_->table, std::move(name), std::move(new_name)});
}

void BatchOperations::create_index(ConstraintName name, std::vector<model::IndexElement> columns,
                                   CreateIndexOptions options) {
  const Namer namer(*convention_, max_name_length_);
  ops::CreateIndex create;
  create.table = target_->table;
  create.index = namer.name(create.table, name, make_index(std::move(columns), options));
  create.if_not_exists = options.if_not_exists;
  create.concurrently = options.concurrently;
  target_->changes.emplace_back(std::move(create));
}

void BatchOperations::drop_index(std::string name, DropIndexOptions options) {
  ops::DropIndex drop;
  drop.name = std::move(name);
  drop.table = target_->table;
  drop.if_exists = options.if_exists;
  drop.concurrently = options.concurrently;
  drop.cascade = options.cascade;
  target_->changes.emplace_back(std::move(drop));
}

void BatchOperations::create_table_comment(std::string comment) {
  target_->changes.emplace_back(ops::SetTableComment{target_->table, std::move(comment), {}});
}

void BatchOperations::drop_table_comment() {
  target_->changes.emplace_back(ops::SetTableComment{target_->table, std::nullopt, {}});
}

void BatchOperations::set_table_options(ops::TableOptions to,
                                        std::optional<ops::TableOptions> was) {
  target_->changes.emplace_back(
      ops::SetTableOptions{target_->table, std::move(to), std::move(was)});
}

}  // namespace cupel::context
