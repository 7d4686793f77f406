// SPDX-License-Identifier: MIT
// See lower.hpp.
#include "context/lower.hpp"

#include <utility>

namespace cupel::context {

model::Constraint Namer::name(const ObjectName& table, const ConstraintName& name,
                              model::Constraint constraint) const {
  model::set_name(constraint, name.text);
  if (!name.final)
    model::set_name(constraint, convention_->name_for(constraint, table, max_length_));
  return constraint;
}

model::Index Namer::name(const ObjectName& table, const ConstraintName& name,
                         model::Index index) const {
  index.name = name.text;
  if (!name.final) index.name = convention_->name_for(index, table, max_length_);
  return index;
}

std::string Namer::existing(const ObjectName& table, const ConstraintName& name,
                            std::optional<model::ConstraintKind> kind) const {
  if (name.final || !kind) return name.text;
  const auto convened = [&](model::Constraint constraint) {
    model::set_name(constraint, name.text);
    return convention_->name_for(constraint, table, max_length_);
  };
  switch (*kind) {
    case model::ConstraintKind::Primary:
      return convened(model::PrimaryKey{});
    case model::ConstraintKind::Unique:
      return convened(model::UniqueConstraint{});
    case model::ConstraintKind::Foreign:
      return convened(model::ForeignKey{});
    case model::ConstraintKind::Check:
      return convened(model::CheckConstraint{});
    case model::ConstraintKind::Exclude:
      return name.text;
  }
  return name.text;
}

model::UniqueConstraint make_unique(std::vector<std::string> columns,
                                    const ConstraintOptions& options) {
  model::UniqueConstraint unique;
  unique.columns = std::move(columns);
  unique.nulls_not_distinct = options.nulls_not_distinct;
  unique.include = options.include;
  unique.deferral = {options.deferrable, options.initially};
  return unique;
}

model::CheckConstraint make_check(std::string condition, const ConstraintOptions& options) {
  model::CheckConstraint check;
  check.expression = std::move(condition);
  check.not_valid = options.not_valid;
  return check;
}

model::ForeignKey make_foreign_key(std::string referent_table,
                                   std::vector<std::string> local_columns,
                                   std::vector<std::string> remote_columns,
                                   const ForeignKeyOptions& options) {
  model::ForeignKey key;
  key.columns = std::move(local_columns);
  key.referred_table = {options.referent_schema, std::move(referent_table)};
  key.referred_columns = std::move(remote_columns);
  key.on_delete = options.on_delete;
  key.on_update = options.on_update;
  key.match = options.match;
  key.deferral = {options.deferrable, options.initially};
  key.not_valid = options.not_valid;
  return key;
}

model::ExcludeConstraint make_exclude(std::vector<model::ExcludeElement> elements,
                                      const ExcludeOptions& options) {
  model::ExcludeConstraint exclude;
  exclude.elements = std::move(elements);
  exclude.where = options.where;
  exclude.using_method = options.using_method;
  exclude.deferral = {options.deferrable, options.initially};
  return exclude;
}

model::Index make_index(std::vector<model::IndexElement> columns,
                        const CreateIndexOptions& options) {
  model::Index index;
  index.elements = std::move(columns);
  index.unique = options.unique;
  index.using_method = options.using_method;
  index.where = options.where;
  index.include = options.include;
  index.nulls_not_distinct = options.nulls_not_distinct;
  index.with = options.with;
  index.tablespace = options.tablespace;
  return index;
}

ops::AlterColumn make_alter_column(ObjectName table, std::string column,
                                   AlterColumnOptions options) {
  ops::AlterColumn alter;
  alter.table = std::move(table);
  alter.column = std::move(column);
  alter.nullable = options.nullable;
  alter.type = std::move(options.type);
  alter.server_default = std::move(options.server_default);
  alter.identity = std::move(options.identity);
  alter.computed = std::move(options.computed);
  alter.comment = std::move(options.comment);
  alter.new_name = std::move(options.new_column_name);
  alter.autoincrement = options.autoincrement;
  alter.using_expression = std::move(options.using_expression);
  alter.existing_type = std::move(options.existing_type);
  alter.existing_nullable = options.existing_nullable;
  alter.existing_server_default = std::move(options.existing_server_default);
  alter.existing_identity = std::move(options.existing_identity);
  alter.existing_computed = std::move(options.existing_computed);
  alter.existing_comment = std::move(options.existing_comment);
  alter.existing_autoincrement = options.existing_autoincrement;
  alter.not_null_conflict = options.not_null_conflict;
  alter.if_exists = options.if_exists;
  if (!alter.using_expression.empty() && !alter.type) {
    throw UsageError("alter_column of '" + alter.column + "' has using_expression but no type",
                     "give the new type as well: .type = Integer(), .using_expression = ...");
  }
  return alter;
}

std::optional<model::ConstraintKind> parse_type(const std::string& word) {
  if (word.empty()) return std::nullopt;
  return model::parse_constraint_kind(word);
}

namespace {

/// Takes the only single-column foreign key out of `constraints`, if there is exactly one.
std::optional<model::ForeignKey> take_only_reference(std::vector<model::Constraint>& constraints) {
  std::size_t found = constraints.size();
  for (std::size_t i = 0; i < constraints.size(); ++i) {
    const auto* key = std::get_if<model::ForeignKey>(&constraints[i]);
    if (key == nullptr) continue;
    if (found != constraints.size() || key->columns.size() != 1) return std::nullopt;
    found = i;
  }
  if (found == constraints.size()) return std::nullopt;
  model::ForeignKey key = std::get<model::ForeignKey>(std::move(constraints[found]));
  constraints.erase(constraints.begin() + static_cast<std::ptrdiff_t>(found));
  return key;
}

}  // namespace

LoweredAddColumn lower_add_column(const ObjectName& table, const ColumnDefinition& column,
                                  const AddColumnOptions& options, const Namer& namer) {
  model::LoweredColumn lowered =
      model::make_column(table, column, namer.convention(), namer.max_length());
  LoweredAddColumn result;
  result.add.table = table;
  result.add.column = std::move(lowered.column);
  result.add.if_not_exists = options.if_not_exists;
  result.add.inline_primary_key = options.inline_primary_key && lowered.is_primary_key;
  result.add.checks = std::move(lowered.checks);
  result.add.insert_before = options.insert_before;
  result.add.insert_after = options.insert_after;
  if (options.inline_references)
    result.add.inline_references = take_only_reference(lowered.constraints);
  result.constraints = std::move(lowered.constraints);
  result.indexes = std::move(lowered.indexes);
  return result;
}

}  // namespace cupel::context
