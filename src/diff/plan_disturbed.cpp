// SPDX-License-Identifier: MIT
// What is in the way of a change: what says something about columns that are changed, and the
// foreign keys that hold on to them or to their keys. It is dropped first and made again. See
// plan_tables.hpp.
#include <algorithm>
#include <utility>

#include "cupel/ops/services.hpp"
#include "diff/plan_tables.hpp"

namespace cupel::diff {

using model::Column;
using model::Constraint;
using model::ForeignKey;
using model::Index;
using model::ObjectName;
using model::Table;

void TablePlan::find_disturbed() {
  for (const auto& [table, column] : types_.rewritten()) {
    disturbed_[table][column] = Disturbance::Converted;
  }
  for (const auto& diff : changes_.tables) {
    for (const ColumnDiff& it : diff->columns) {
      if (it.is_added()) continue;
      Disturbance how = Disturbance::None;
      if (it.type) how = Disturbance::Retyped;
      if (it.type && it.type_change == TypeChange::Convert) how = Disturbance::Converted;
      if (it.is_removed() || it.replaced) how = Disturbance::Dropped;
      if (how == Disturbance::None) continue;
      Disturbance& known = disturbed_[diff->to.table.name][it.from->name];
      known = std::max(known, how);
    }
  }
}

/// The diff of a pair in which nothing differs so far, or of a table that is only in `from`.
TableDiff& TablePlan::diff_of(const Table& table) {
  const ObjectName name = changes_.rules.stored_name(table.name);
  const auto found = diffs_.find(name);
  if (found != diffs_.end()) return *found->second;
  const Table* other = changes_.to.find(name);
  TableDiff& diff = *changes_.tables.emplace_back(std::make_unique<TableDiff>());
  diff.from = changes_.from.stored(table);
  diff.to = other == nullptr ? changes_.from.stored(table) : changes_.to.stored(*other);
  diffs_.emplace(name, &diff);
  return diff;
}

namespace {

using Columns = std::map<std::string, Disturbance>;

/// True if its values are converted, or go for a while.
bool is_shaken(const Columns& columns, const std::string& column) {
  const auto found = columns.find(column);
  return found != columns.end() && found->second >= Disturbance::Converted;
}

bool speaks_of_shaken(const std::string& text, const Columns& columns) {
  if (text.empty()) return false;
  return std::any_of(columns.begin(), columns.end(), [&](const auto& it) {
    return it.second >= Disturbance::Converted && ops::mentions_identifier(text, it.first);
  });
}

/// What stands on a column that is dropped goes with it, though the column comes back.
bool goes_with(const Columns& columns, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    const auto found = columns.find(name);
    return found != columns.end() && found->second == Disturbance::Dropped;
  });
}

bool is_in_the_way(const Constraint& constraint, const Columns& columns) {
  if (goes_with(columns, model::columns_of(constraint))) return true;
  if (const auto* unique = std::get_if<model::UniqueConstraint>(&constraint)) {
    return goes_with(columns, unique->include);
  }
  if (const auto* check = std::get_if<model::CheckConstraint>(&constraint)) {
    return speaks_of_shaken(check->expression, columns);
  }
  if (const auto* exclude = std::get_if<model::ExcludeConstraint>(&constraint)) {
    return speaks_of_shaken(exclude->where, columns) ||
           std::any_of(exclude->elements.begin(), exclude->elements.end(), [&](const auto& it) {
             return is_shaken(columns, it.column) || speaks_of_shaken(it.expression, columns);
           });
  }
  return false;
}
bool is_in_the_way(const Index& index, const Columns& columns) {
  std::vector<std::string> names = index.include;
  for (const model::IndexElement& it : index.elements) names.push_back(it.column);
  return goes_with(columns, names) || speaks_of_shaken(index.where, columns) ||
         std::any_of(index.elements.begin(), index.elements.end(),
                     [&](const auto& it) { return speaks_of_shaken(it.expression, columns); });
}

/// Lets what is the same on both sides be dropped and made again.
template <typename T>
void force(std::vector<PartDiff<T>>& diffs, const T& part) {
  for (PartDiff<T>& it : diffs) {
    if (it.from != &part) continue;
    it.forced = !it.is_removed();
    return;
  }
  diffs.push_back({.from = &part, .to = &part, .alike = Likeness::Same, .forced = true});
}

/// A column is in the way of those that it is computed from, whatever happens to them.
void force_computed(TableDiff& diff, const Columns& columns) {
  for (const Column& column : diff.from.table.columns) {
    if (!column.computed) continue;
    const bool uses = std::any_of(columns.begin(), columns.end(), [&](const auto& it) {
      return it.first != column.name &&
             ops::mentions_identifier(column.computed->expression, it.first);
    });
    const Column* to = diff.to.table.find_column(column.name);
    if (!uses || to == nullptr) continue;
    const auto known = std::find_if(diff.columns.begin(), diff.columns.end(),
                                    [&](const ColumnDiff& it) { return it.from == &column; });
    if (known != diff.columns.end()) {
      known->replaced = true;
    } else {
      diff.columns.push_back({.from = &column, .to = to, .replaced = true});
    }
  }
}

}  // namespace

void TablePlan::force_parts() {
  for (const auto& [name, columns] : disturbed_) {
    const Table* table = changes_.from.find(name);
    if (table != nullptr) force_parts_of(diff_of(*table), columns);
  }
}

void TablePlan::force_parts_of(TableDiff& diff, const Columns& columns) {
  force_computed(diff, columns);
  for (const Constraint* it : diff.from.constraints()) {
    if (is_in_the_way(*it, columns)) force(diff.constraints, *it);
  }
  for (const Index* it : diff.from.indexes()) {
    if (is_in_the_way(*it, columns)) force(diff.indexes, *it);
  }
}

/// Primary keys and unique constraints (or indexes) that go, for good or for a while.
std::vector<std::pair<const Table*, std::vector<std::string>>> TablePlan::lost_keys() const {
  std::vector<std::pair<const Table*, std::vector<std::string>>> keys;
  for (const auto& diff : changes_.tables) {
    for (const auto& it : diff->constraints) {
      if (it.is_added() || !(it.is_removed() || it.is_made_again())) continue;
      const model::ConstraintKind kind = model::kind_of(*it.from);
      if (kind != model::ConstraintKind::Primary && kind != model::ConstraintKind::Unique) continue;
      keys.emplace_back(diff->from.original, model::columns_of(*it.from));
    }
    for (const auto& it : diff->indexes) {
      if (it.is_added() || !(it.is_removed() || it.is_made_again()) || !it.from->unique) continue;
      std::vector<std::string> columns;
      for (const model::IndexElement& element : it.from->elements)
        columns.push_back(element.column);
      keys.emplace_back(diff->from.original, std::move(columns));
    }
  }
  for (auto& [table, columns] : keys) std::sort(columns.begin(), columns.end());
  return keys;
}

bool TablePlan::is_disturbed(const ObjectName& table,
                             const std::vector<std::string>& columns) const {
  const auto found = disturbed_.find(table);
  return found != disturbed_.end() &&
         std::any_of(columns.begin(), columns.end(),
                     [&](const auto& it) { return is_shaken(found->second, it); });
}

/// A foreign key holds on to the key that it refers to, and to the types on both ends.
void TablePlan::force_foreign_keys() {
  const auto keys = lost_keys();
  ByName<std::vector<const std::vector<std::string>*>> lost;
  for (const auto& [table, columns] : keys) {
    lost[changes_.rules.stored_name(table->name)].push_back(&columns);
  }
  if (lost.empty() && disturbed_.empty()) return;
  for (const Table* table : changes_.from.tables()) {
    if (is_removed(table->name)) continue;
    const bool refers = std::any_of(
        table->constraints.begin(), table->constraints.end(), [&](const Constraint& constraint) {
          const auto* key = std::get_if<ForeignKey>(&constraint);
          if (key == nullptr) return false;
          const ObjectName referred = changes_.rules.stored_name(key->referred_table);
          return lost.count(referred) != 0 || disturbed_.count(referred) != 0 ||
                 is_disturbed(changes_.rules.stored_name(table->name), key->columns);
        });
    if (!refers) continue;
    TableDiff& diff = diff_of(*table);
    for (const Constraint* constraint : diff.from.constraints()) {
      const auto* key = std::get_if<ForeignKey>(constraint);
      if (key == nullptr) continue;
      std::vector<std::string> columns = key->referred_columns;
      std::sort(columns.begin(), columns.end());
      const auto gone = lost.find(key->referred_table);
      const bool loses_key =
          gone != lost.end() &&
          std::any_of(gone->second.begin(), gone->second.end(),
                      [&](const std::vector<std::string>* it) { return *it == columns; });
      if (loses_key || is_disturbed(key->referred_table, columns) ||
          is_disturbed(diff.from.table.name, key->columns)) {
        force(diff.constraints, *constraint);
      }
    }
  }
}

}  // namespace cupel::diff
