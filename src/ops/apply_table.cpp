// SPDX-License-Identifier: MIT
// Changes of one table value and its columns, as PostgreSQL makes them. See apply.hpp.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"
#include "ops/apply.hpp"
#include "ops/tokens.hpp"

namespace cupel::ops {

using model::CheckConstraint;
using model::Column;
using model::Constraint;
using model::ExcludeConstraint;
using model::ForeignKey;
using model::Index;
using model::PrimaryKey;
using model::Table;
using model::UniqueConstraint;

namespace {

using Names = std::vector<std::string>;

bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}
void replace(Names& names, const std::string& from, const std::string& to) {
  std::replace(names.begin(), names.end(), from, to);
}

/// True if the constraint speaks of the column of its own table, in whatever part.
struct Involves {
  const Table& table;
  const std::string& column;
  bool operator()(const PrimaryKey& key) const {
    return contains(key.columns, column) || contains(key.include, column);
  }
  bool operator()(const UniqueConstraint& unique) const {
    return contains(unique.columns, column) || contains(unique.include, column);
  }
  bool operator()(const ForeignKey& key) const {
    return contains(key.columns, column) ||
           (key.referred_table == table.name && contains(key.referred_columns, column));
  }
  bool operator()(const CheckConstraint& check) const {
    return mentions_identifier(check.expression, column);
  }
  bool operator()(const ExcludeConstraint& exclude) const {
    return mentions_identifier(exclude.where, column) ||
           std::any_of(exclude.elements.begin(), exclude.elements.end(), [&](const auto& it) {
             return it.column == column || mentions_identifier(it.expression, column);
           });
  }
};

bool involves(const Index& index, const std::string& column) {
  return contains(index.include, column) || mentions_identifier(index.where, column) ||
         std::any_of(index.elements.begin(), index.elements.end(), [&](const auto& it) {
           return it.column == column || mentions_identifier(it.expression, column);
         });
}

struct RenameInConstraint {
  const Table& table;
  const std::string& from;
  const std::string& to;
  void operator()(PrimaryKey& key) const {
    replace(key.columns, from, to);
    replace(key.include, from, to);
  }
  void operator()(UniqueConstraint& unique) const {
    replace(unique.columns, from, to);
    replace(unique.include, from, to);
  }
  void operator()(ForeignKey& key) const {
    replace(key.columns, from, to);
    if (key.referred_table == table.name) replace(key.referred_columns, from, to);
  }
  void operator()(CheckConstraint& check) const {
    check.expression = rename_in_expression(check.expression, from, to);
    if (check.column == from) check.column = to;
  }
  void operator()(ExcludeConstraint& exclude) const {
    exclude.where = rename_in_expression(exclude.where, from, to);
    for (model::ExcludeElement& it : exclude.elements) {
      if (it.column == from) it.column = to;
      it.expression = rename_in_expression(it.expression, from, to);
    }
  }
};

Names column_names(const Table& table) {
  Names names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}
template <typename T>
void change_optional(std::optional<T>& value, const Change<T>& change) {
  if (change.drops()) value.reset();
  if (change.sets()) value = change.value;
}

auto find_column_place(Table& table, const std::string& name) {
  return std::find_if(table.columns.begin(), table.columns.end(),
                      [&](const Column& it) { return it.name == name; });
}

/// Removes the column and everything of the table that involves it.
void erase_column(Table& table, const std::string& name) {
  const Involves involved{table, name};
  if (table.primary_key && involved(*table.primary_key)) {
    table.primary_key.reset();
    table.autoincrement = false;
  }
  std::erase_if(table.constraints, [&](const Constraint& it) { return std::visit(involved, it); });
  std::erase_if(table.indexes, [&](const Index& it) { return involves(it, name); });
  for (Constraint& it : table.constraints) {
    auto* check = std::get_if<CheckConstraint>(&it);
    if (check != nullptr && check->column == name) check->column.clear();
  }
  table.columns.erase(find_column_place(table, name));
}

}  // namespace

void rename_in_index(Index& index, const std::string& from, const std::string& to) {
  replace(index.include, from, to);
  index.where = rename_in_expression(index.where, from, to);
  for (model::IndexElement& it : index.elements) {
    if (it.column == from) it.column = to;
    it.expression = rename_in_expression(it.expression, from, to);
  }
}

UsageError no_such(const std::string& what, const std::string& name,
                   const std::vector<std::string>& existing) {
  const std::string near = text::nearest(name, existing);
  return UsageError("there is no " + what + " '" + name + "'",
                    near.empty() ? "" : "did you mean '" + near + "'?");
}
UsageError already_there(const std::string& what, const std::string& name) {
  return UsageError(what + " '" + name + "' is already there");
}

void throw_no_such(const Table& table, const std::string& what, const std::string& name,
                   const Names& existing) {
  UsageError error = no_such(what, name, existing);
  error.set_where(place_of(table));
  throw error;
}

std::string place_of(const Table& table) { return "table '" + model::to_string(table.name) + "'"; }

std::string TableApplier::where() const { return place_of(table_); }

Column& TableApplier::column(const std::string& name) const {
  if (Column* found = table_.find_column(name)) return *found;
  throw_no_such(table_, "column", name, column_names(table_));
}

void TableApplier::require_columns(const Names& names) const {
  for (const std::string& name : names) column(name);
}

void TableApplier::operator()(const AddColumn& op) const {
  if (table_.find_column(op.column.name) != nullptr) {
    if (op.if_not_exists) return;
    throw already_there(where() + ": column", op.column.name);
  }
  if (op.inline_primary_key && table_.primary_key) {
    throw UsageError(where() + ": there is already a primary key");
  }
  auto place = table_.columns.end();
  if (!op.insert_before.empty()) {
    column(op.insert_before);
    place = find_column_place(table_, op.insert_before);
  } else if (!op.insert_after.empty()) {
    column(op.insert_after);
    place = find_column_place(table_, op.insert_after) + 1;
  }
  Column& added = *table_.columns.insert(place, op.column);
  if (op.inline_primary_key) {
    added.nullable = false;
    table_.primary_key = PrimaryKey{.columns = {op.column.name}};
  }
  for (CheckConstraint check : op.checks) {
    check.column = op.column.name;
    table_.constraints.emplace_back(std::move(check));
  }
  if (op.inline_references) table_.constraints.emplace_back(*op.inline_references);
}

void TableApplier::operator()(const DropColumn& op) const {
  if (op.if_exists && table_.find_column(op.column) == nullptr) return;
  column(op.column);
  if (mentions_identifier(table_.partition_by, op.column)) {
    throw UsageError(where() + ": column '" + op.column + "' is a part of the partition key");
  }
  for (const std::string& other : column_names(table_)) {
    const Column* computed = table_.find_column(other);
    if (computed == nullptr || !computed->computed || other == op.column ||
        !mentions_identifier(computed->computed->expression, op.column)) {
      continue;
    }
    if (!op.cascade) {
      throw UsageError(
          where() + ": column '" + op.column + "' is used by the computed column '" + other + "'",
          "drop '" + other + "' first");
    }
    erase_column(table_, other);
  }
  erase_column(table_, op.column);
}

void TableApplier::operator()(const AlterColumn& op) const {
  if (op.if_exists && table_.find_column(op.column) == nullptr) return;
  Column& changed = column(op.column);
  if (op.nullable == true && table_.primary_key &&
      contains(table_.primary_key->columns, op.column)) {
    throw UsageError(where() + ": column '" + op.column + "' is a part of the primary key",
                     "it cannot be NULL");
  }
  if (op.type) changed.type = *op.type;
  if (op.nullable) changed.nullable = *op.nullable;
  if (op.nullable == true) changed.not_null_conflict.clear();
  if (op.not_null_conflict) changed.not_null_conflict = *op.not_null_conflict;
  change_optional(changed.server_default, op.server_default);
  // NOT NULL, which an identity implies, outlives it.
  if (op.identity.drops() && changed.identity && !op.nullable) changed.nullable = false;
  change_optional(changed.identity, op.identity);
  change_optional(changed.computed, op.computed);
  if (op.comment) changed.comment = op.comment.value;
  if (op.autoincrement) {
    changed.autoincrement =
        *op.autoincrement ? model::Autoincrement::Yes : model::Autoincrement::No;
  }
  if (op.new_name) rename_column(op.column, *op.new_name);
}

void TableApplier::rename_column(const std::string& from, const std::string& to) const {
  if (from == to) return;
  if (table_.find_column(to) != nullptr) throw already_there(where() + ": column", to);
  column(from).name = to;
  const RenameInConstraint rename{table_, from, to};
  if (table_.primary_key) rename(*table_.primary_key);
  for (Constraint& it : table_.constraints) std::visit(rename, it);
  for (Index& it : table_.indexes) rename_in_index(it, from, to);
  for (Column& it : table_.columns) {
    if (it.computed)
      it.computed->expression = rename_in_expression(it.computed->expression, from, to);
  }
  table_.partition_by = rename_in_expression(table_.partition_by, from, to);
}

void TableApplier::operator()(const SetTableComment& op) const {
  table_.comment = op.comment.value_or("");
}

void TableApplier::operator()(const SetTableOptions& op) const {
  table_.unlogged = op.to.unlogged;
  table_.autoincrement = op.to.autoincrement;
  table_.without_rowid = op.to.without_rowid;
  table_.strict = op.to.strict;
  table_.tablespace = op.to.tablespace;
  table_.with = op.to.with;
  table_.options = op.to.options;
}

TableOptions options_of(const Table& table) {
  return {.unlogged = table.unlogged,
          .autoincrement = table.autoincrement,
          .without_rowid = table.without_rowid,
          .strict = table.strict,
          .tablespace = table.tablespace,
          .with = table.with,
          .options = table.options};
}

void apply(const TableChange& change, Table& table) { std::visit(TableApplier(table), change); }

void reorder_columns(Table& table, const std::vector<Names>& lists) {
  std::map<std::string, std::set<std::string>> before;  // column: those that must stand before it
  for (const Names& list : lists) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (table.find_column(list[i]) == nullptr) {
        throw_no_such(table, "column", list[i], column_names(table));
      }
      if (i > 0 && list[i] != list[i - 1]) before[list[i]].insert(list[i - 1]);
    }
  }
  std::vector<Column> ordered;
  std::vector<Column> rest = std::move(table.columns);
  while (!rest.empty()) {
    // Every column whose predecessors are out follows now, in the old order: Alembic's rule.
    const auto waits = [&](const Column& it) { return !before[it.name].empty(); };
    const auto first_waiting = std::stable_partition(rest.begin(), rest.end(),
                                                     [&](const Column& it) { return !waits(it); });
    if (first_waiting == rest.begin()) {
      std::move(rest.begin(), rest.end(), std::back_inserter(ordered));
      table.columns = std::move(ordered);
      throw UsageError(place_of(table) + ": the orders of its columns contradict each other");
    }
    for (auto it = rest.begin(); it != first_waiting; ++it) {
      for (auto& [name, names] : before) names.erase(it->name);
      ordered.push_back(std::move(*it));
    }
    rest.erase(rest.begin(), first_waiting);
  }
  table.columns = std::move(ordered);
}

}  // namespace cupel::ops
