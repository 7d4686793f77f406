// SPDX-License-Identifier: MIT
// Changes of one table value, as PostgreSQL makes them. See apply.hpp.
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
using model::ConstraintKind;
using model::ExcludeConstraint;
using model::ForeignKey;
using model::Index;
using model::PrimaryKey;
using model::Table;
using model::UniqueConstraint;

UsageError no_such(const std::string& what, const std::string& name,
                   const std::vector<std::string>& existing) {
  const std::string near = text::nearest(name, existing);
  return UsageError("there is no " + what + " '" + name + "'",
                    near.empty() ? "" : "did you mean '" + near + "'?");
}
UsageError already_there(const std::string& what, const std::string& name) {
  return UsageError(what + " '" + name + "' is already there");
}

namespace {

using Names = std::vector<std::string>;

std::string where_of(const Table& table) { return "table '" + model::to_string(table.name) + "'"; }

[[noreturn]] void throw_no_such(const Table& table, const std::string& what,
                                const std::string& name, const Names& existing) {
  UsageError error = no_such(what, name, existing);
  error.set_where(where_of(table));
  throw error;
}

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

/// The place of the unnamed constraint that a server would call `name`.
std::optional<int> find_by_made_name(const Table& table, const std::string& name) {
  const Names names = ops::constraint_names(table);
  const int offset = table.primary_key ? 1 : 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const int place = static_cast<int>(i) - offset;
    if (names[i] == name && model::name_of(constraint_at(table, place)).empty()) return place;
  }
  return std::nullopt;
}

/// Gives the constraint at `place` to `change` and puts it back.
template <typename Function>
void change_constraint(Table& table, int place, Function change) {
  if (place >= 0) return change(table.constraints[static_cast<std::size_t>(place)]);
  Constraint key = *table.primary_key;
  change(key);
  table.primary_key = std::get<PrimaryKey>(key);
}

Names column_names(const Table& table) {
  Names names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}
Names given_names(const Table& table) {
  Names names;
  if (table.primary_key) names.push_back(table.primary_key->name);
  for (const Constraint& it : table.constraints) names.push_back(model::name_of(it));
  return names;
}
Names index_names(const Table& table) {
  Names names;
  for (const Index& it : table.indexes) names.push_back(it.name);
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

std::string made_name(const Table& table, const Constraint& constraint) {
  std::string name = table.name.name;
  for (const std::string& it : model::columns_of(constraint)) {
    if (model::kind_of(constraint) != ConstraintKind::Primary) name += "_" + it;
  }
  switch (model::kind_of(constraint)) {
    case ConstraintKind::Primary:
      return name + "_pkey";
    case ConstraintKind::Unique:
      return name + "_key";
    case ConstraintKind::Foreign:
      return name + "_fkey";
    case ConstraintKind::Exclude:
      return name + "_excl";
    case ConstraintKind::Check:
      break;
  }
  Names mentioned;
  for (const Column& column : table.columns) {
    if (Involves{table, column.name}(std::get<CheckConstraint>(constraint))) {
      mentioned.push_back(column.name);
    }
  }
  return name + (mentioned.size() == 1 ? "_" + mentioned[0] : "") + "_check";
}

Names constraint_names(const Table& table) {
  Names names = given_names(table);
  std::set<std::string> used(names.begin(), names.end());
  const int offset = table.primary_key ? 1 : 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!names[i].empty()) continue;
    const std::string base = made_name(table, constraint_at(table, static_cast<int>(i) - offset));
    names[i] = base;
    for (int number = 1; !used.insert(names[i]).second; ++number) {
      names[i] = base + std::to_string(number);
    }
  }
  return names;
}

std::optional<int> find_constraint(const Table& table, const std::string& name,
                                   std::optional<ConstraintKind> kind) {
  if (!name.empty()) {
    const Names names = given_names(table);
    const auto found = std::find(names.begin(), names.end(), name);
    const int offset = table.primary_key ? 1 : 0;
    if (found != names.end()) return static_cast<int>(found - names.begin()) - offset;
    if (const std::optional<int> place = find_by_made_name(table, name)) return place;
  }
  const bool unnamed_key = table.primary_key && (name.empty() || table.primary_key->name.empty());
  return kind == ConstraintKind::Primary && unnamed_key ? std::optional(-1) : std::nullopt;
}

Constraint constraint_at(const Table& table, int place) {
  if (place < 0) return *table.primary_key;
  return table.constraints[static_cast<std::size_t>(place)];
}

void rename_in_index(Index& index, const std::string& from, const std::string& to) {
  replace(index.include, from, to);
  index.where = rename_in_expression(index.where, from, to);
  for (model::IndexElement& it : index.elements) {
    if (it.column == from) it.column = to;
    it.expression = rename_in_expression(it.expression, from, to);
  }
}

std::string TableApplier::where() const { return where_of(table_); }

Column& TableApplier::column(const std::string& name) const {
  if (Column* found = table_.find_column(name)) return *found;
  throw_no_such(table_, "column", name, column_names(table_));
}

void TableApplier::require_columns(const Names& names) const {
  for (const std::string& name : names) column(name);
}

void TableApplier::require_free_name(const std::string& constraint) const {
  if (constraint.empty() || !table_.find_constraint(constraint)) return;
  throw already_there(where() + ": constraint", constraint);
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

namespace {

/// Whether a column numbers rows is settled when it is made. Keys that come and go later change
/// nothing about it, though the same table made at once would be another.
class KeptNumbering {
 public:
  KeptNumbering(Table& table, const Constraint& key) : table_(table) {
    const bool matters =
        std::holds_alternative<PrimaryKey>(key) || std::holds_alternative<ForeignKey>(key);
    if (!matters) return;
    for (const std::string& name : model::columns_of(key)) {
      const Column* it = table.find_column(name);
      if (it != nullptr && model::is_integer(it->type)) numbered_.emplace_back(name, numbers(*it));
    }
  }
  /// Says it in words only where the keys that are there now do not say it.
  void keep() const {
    for (const auto& [name, was_numbered] : numbered_) {
      Column& column = *table_.find_column(name);
      column.autoincrement = model::Autoincrement::Auto;
      if (numbers(column) == was_numbered) continue;
      column.autoincrement = was_numbered ? model::Autoincrement::Yes : model::Autoincrement::No;
    }
  }

 private:
  bool numbers(const Column& column) const {
    return column.autoincrement == model::Autoincrement::Yes || table_.is_autoincrement(column);
  }

  Table& table_;
  std::vector<std::pair<std::string, bool>> numbered_;
};

}  // namespace

void TableApplier::operator()(const AddConstraint& op) const {
  const std::string& name = model::name_of(op.constraint);
  if (op.if_not_exists && !name.empty() && table_.find_constraint(name)) return;
  require_free_name(name);
  require_columns(model::columns_of(op.constraint));
  const KeptNumbering numbering(table_, op.constraint);
  const auto* key = std::get_if<PrimaryKey>(&op.constraint);
  if (key == nullptr) {
    table_.constraints.push_back(op.constraint);
    return numbering.keep();
  }
  if (table_.primary_key) throw UsageError(where() + ": there is already a primary key");
  for (const std::string& it : key->columns) column(it).nullable = false;
  table_.primary_key = *key;
  numbering.keep();
}

void TableApplier::operator()(const DropConstraint& op) const {
  const std::optional<int> place = find_constraint(table_, op.name, op.kind);
  if (!place) {
    if (op.if_exists) return;
    throw_no_such(table_, "constraint", op.name, given_names(table_));
  }
  const KeptNumbering numbering(
      table_, *place < 0 ? Constraint(*table_.primary_key) : table_.constraints[*place]);
  if (*place >= 0) {
    table_.constraints.erase(table_.constraints.begin() + *place);
  } else {
    table_.primary_key.reset();
    table_.autoincrement = false;
  }
  numbering.keep();
}

void TableApplier::operator()(const RenameConstraint& op) const {
  const std::optional<int> place = find_constraint(table_, op.name, std::nullopt);
  if (!place) throw_no_such(table_, "constraint", op.name, given_names(table_));
  require_free_name(op.new_name);
  change_constraint(table_, *place, [&](Constraint& it) { model::set_name(it, op.new_name); });
}

void TableApplier::operator()(const ValidateConstraint& op) const {
  const std::optional<int> place = find_constraint(table_, op.name, std::nullopt);
  if (!place) throw_no_such(table_, "constraint", op.name, given_names(table_));
  change_constraint(table_, *place, [](Constraint& it) {
    if (auto* key = std::get_if<ForeignKey>(&it)) key->not_valid = false;
    if (auto* check = std::get_if<CheckConstraint>(&it)) check->not_valid = false;
  });
}

void set_constraint_comment(Table& table, const std::string& name, const std::string& comment) {
  const std::optional<int> place = find_constraint(table, name, std::nullopt);
  if (!place) throw_no_such(table, "constraint", name, given_names(table));
  change_constraint(table, *place, [&](Constraint& constraint) {
    std::visit([&](auto& it) { it.comment = comment; }, constraint);
  });
}

void TableApplier::operator()(const CreateIndex& op) const {
  if (table_.find_index(op.index.name) != nullptr) {
    if (op.if_not_exists) return;
    throw already_there(where() + ": index", op.index.name);
  }
  require_columns(op.index.include);
  for (const model::IndexElement& it : op.index.elements) {
    if (!it.column.empty()) column(it.column);
  }
  table_.indexes.push_back(op.index);
}

void TableApplier::operator()(const DropIndex& op) const {
  const std::size_t dropped =
      std::erase_if(table_.indexes, [&](const Index& it) { return it.name == op.name; });
  if (dropped != 0 || op.if_exists) return;
  throw_no_such(table_, "index", op.name, index_names(table_));
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
      throw UsageError(where_of(table) + ": the orders of its columns contradict each other");
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
