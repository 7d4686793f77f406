// SPDX-License-Identifier: MIT
// Questions to tables that several families of rules ask. See common_judge.hpp.
#include <algorithm>

#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

using model::Column;
using model::Constraint;
using model::Table;
using Names = std::vector<std::string>;

bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The columns of an index up to the first expression; none of a partial one, which finds only some
/// rows.
Names leading_columns(const model::Index& index) {
  Names columns;
  if (!index.where.empty()) return columns;
  for (const model::IndexElement& element : index.elements) {
    if (element.column.empty()) break;
    columns.push_back(element.column);
  }
  return columns;
}

/// True if the first columns of `key` are these, in any order.
bool begins_with(const Names& key, const Names& columns) {
  if (columns.empty() || key.size() < columns.size()) return false;
  return std::all_of(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(columns.size()),
                     [&](const std::string& column) { return contains(columns, column); });
}

/// True if `key` holds nothing but some of `columns`.
bool within(const Names& key, const Names& columns) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [&](const std::string& column) {
    return contains(columns, column);
  });
}

ops::AlterColumn change_of(const ObjectName& table, const Column& before, const Column& after) {
  ops::AlterColumn alter{.table = table, .column = after.name};
  if (before.nullable != after.nullable) alter.nullable = after.nullable;
  if (before.type != after.type) alter.type = after.type;
  if (before.server_default != after.server_default) {
    if (after.server_default)
      alter.server_default = *after.server_default;
    else
      alter.server_default = nullptr;
  }
  alter.existing_nullable = before.nullable;
  alter.existing_type = before.type;
  if (before.server_default) alter.existing_server_default = *before.server_default;
  return alter;
}

/// With foreign keys of a table to itself under its final name.
Constraint under_name(Constraint constraint, const Table& table, const ObjectName& name) {
  if (auto* key = std::get_if<model::ForeignKey>(&constraint))
    if (key->referred_table == table.name) key->referred_table = name;
  return constraint;
}

bool has_constraint(const Table& table, const Constraint& constraint) {
  return std::find(table.constraints.begin(), table.constraints.end(), constraint) !=
         table.constraints.end();
}

}  // namespace

bool has_index_over(const Table& table, const Names& columns) {
  if (table.primary_key && begins_with(table.primary_key->columns, columns)) return true;
  for (const Constraint& constraint : table.constraints)
    if (const auto* unique = std::get_if<model::UniqueConstraint>(&constraint))
      if (begins_with(unique->columns, columns)) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const model::Index& index) {
    return begins_with(leading_columns(index), columns);
  });
}

bool is_unique_over(const Table& table, const Names& columns) {
  if (table.primary_key && within(table.primary_key->columns, columns)) return true;
  for (const Constraint& constraint : table.constraints)
    if (const auto* unique = std::get_if<model::UniqueConstraint>(&constraint))
      if (within(unique->columns, columns)) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const model::Index& index) {
    const Names key = leading_columns(index);
    return index.unique && key.size() == index.elements.size() && within(key, columns);
  });
}

Names referred_columns(const model::ForeignKey& key, const Table& parent) {
  if (!key.referred_columns.empty() || !parent.primary_key) return key.referred_columns;
  return parent.primary_key->columns;
}

std::vector<ops::TableChange> changes_between(const Table& before, const Table& after) {
  const ObjectName& name = before.name;
  std::vector<ops::TableChange> changes;
  for (const Column& column : after.columns) {
    const Column* old = before.find_column(column.name);
    if (old == nullptr) {
      changes.emplace_back(ops::AddColumn{.table = name, .column = column});
    } else if (*old != column) {
      changes.emplace_back(change_of(name, *old, column));
    }
  }
  for (const Column& column : before.columns)
    if (after.find_column(column.name) == nullptr)
      changes.emplace_back(ops::DropColumn{.table = name, .column = column.name, .was = column});
  if (before.primary_key && !after.primary_key)
    changes.emplace_back(ops::DropConstraint{.table = name,
                                             .name = before.primary_key->name,
                                             .kind = model::ConstraintKind::Primary,
                                             .was = *before.primary_key});
  if (after.primary_key &&
      (!before.primary_key || before.primary_key->columns != after.primary_key->columns))
    changes.emplace_back(ops::AddConstraint{name, *after.primary_key});
  Table renamed = after;
  for (Constraint& constraint : renamed.constraints)
    constraint = under_name(std::move(constraint), after, name);
  for (const Constraint& constraint : renamed.constraints)
    if (!has_constraint(before, constraint))
      changes.emplace_back(ops::AddConstraint{name, constraint});
  for (const Constraint& constraint : before.constraints)
    if (!has_constraint(renamed, constraint))
      changes.emplace_back(ops::DropConstraint{.table = name,
                                               .name = model::name_of(constraint),
                                               .kind = model::kind_of(constraint),
                                               .was = constraint});
  return changes;
}

}  // namespace cupel::lint
