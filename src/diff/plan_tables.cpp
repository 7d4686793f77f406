// SPDX-License-Identifier: MIT
// See plan_tables.hpp.
#include "diff/plan_tables.hpp"

#include <algorithm>
#include <utility>

#include "cupel/ops/services.hpp"
#include "diff/constraint_names.hpp"
#include "diff/order.hpp"
#include "diff/part_renames.hpp"

namespace cupel::diff {

using model::Column;
using model::Constraint;
using model::ForeignKey;
using model::Index;
using model::ObjectName;
using model::Table;

void TablePlan::run(Plan& plan) {
  for (const Table* it : changes_.removed) removed_.insert(it->name);
  for (const auto& it : changes_.tables) diffs_.emplace(it->to.table.name, it.get());
  find_disturbed();
  if (changes_.rules.dependents_block_changes()) {
    force_parts();
    force_foreign_keys();
  }
  create_tables(plan);
  change_tables(plan);
  drop_tables(plan);
}

// What is in the way

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

// Operations

namespace {

void append(Operations& all, Operations& some) {
  std::move(some.begin(), some.end(), std::back_inserter(all));
}

/// The table without the foreign keys that follow later. These may be why a column does not number
/// itself.
Table without(Table table, const Table& original, const std::vector<LaterKey>& later) {
  const Table whole = table;
  std::erase_if(table.constraints, [&](const Constraint& constraint) {
    const auto* key = std::get_if<ForeignKey>(&constraint);
    return key != nullptr && std::any_of(later.begin(), later.end(), [&](const LaterKey& it) {
             return it.table == &original && *it.key == *key;
           });
  });
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    Column& column = table.columns[i];
    if (table.is_autoincrement(column) && !whole.is_autoincrement(whole.columns[i]))
      column.autoincrement = model::Autoincrement::No;
  }
  return table;
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

/// True if the part is made (or dropped) among the changes of its table.
template <typename T>
bool comes_or_goes(const PartDiff<T>& diff, bool is_new) {
  if (is_new ? diff.is_removed() : diff.is_added()) return false;
  return (is_new ? diff.is_added() : diff.is_removed()) || diff.is_made_again();
}

}  // namespace

void TablePlan::change_tables(Plan& plan) {
  const TableContext context{.rules = changes_.rules,
                             .concurrent_indexes = changes_.options.concurrent_indexes,
                             .renamed_types = types_.renamed_types()};
  std::vector<Operations> renames;
  for (const auto& diff : changes_.tables) {
    TableOperations operations = operations_of(*diff, context);
    append(plan.drop_concurrently, operations.drop_concurrently);
    append(plan.drop_foreign_keys, operations.drop_foreign_keys);
    append(plan.drop_parts, operations.drop_parts);
    renames.push_back(std::move(operations.rename_parts));
    append(plan.change_tables, operations.changes);
    append(plan.add_foreign_keys, operations.add_foreign_keys);
    append(plan.create_concurrently, operations.create_concurrently);
  }
  plan.rename_parts = renames_in_order(std::move(renames));
  hurry_indexes(plan);
}

namespace {

bool is_needed_by(const ops::CreateIndex& create, const ops::Operation& operation) {
  const auto* add = std::get_if<ops::AddConstraint>(&operation);
  const auto* key = add == nullptr ? nullptr : std::get_if<ForeignKey>(&add->constraint);
  return key != nullptr && create.index.unique && key->referred_table == create.table;
}

}  // namespace

/// An index that a new foreign key needs cannot wait until the end.
void TablePlan::hurry_indexes(Plan& plan) {
  std::erase_if(plan.create_concurrently, [&](ops::Operation& operation) {
    auto& create = std::get<ops::CreateIndex>(operation);
    const bool needed =
        std::any_of(plan.add_foreign_keys.begin(), plan.add_foreign_keys.end(),
                    [&](const ops::Operation& it) { return is_needed_by(create, it); });
    if (!needed) return false;
    create.concurrently = false;
    plan.change_tables.push_back(operation);
    return true;
  });
}

/// True if what the key refers to, in a table of both sides, is not there yet (or not any more)
/// when new tables are made (or old ones still there).
bool TablePlan::is_changed_under(const ForeignKey& key, bool is_new) const {
  const auto found = diffs_.find(changes_.rules.stored_name(key.referred_table));
  if (found == diffs_.end()) return false;
  const TableDiff& diff = *found->second;
  return std::any_of(diff.columns.begin(), diff.columns.end(),
                     [&](const ColumnDiff& it) {
                       const bool here = is_new ? it.is_added() : it.is_removed();
                       const Column* column = it.from == nullptr ? it.to : it.from;
                       return (here || it.type || it.replaced) &&
                              is_among(key.referred_columns, column->name);
                     }) ||
         std::any_of(diff.constraints.begin(), diff.constraints.end(),
                     [&](const PartDiff<Constraint>& it) {
                       const auto kind = model::kind_of(it.from == nullptr ? *it.to : *it.from);
                       const bool is_key = kind == model::ConstraintKind::Primary ||
                                           kind == model::ConstraintKind::Unique;
                       return is_key && comes_or_goes(it, is_new);
                     }) ||
         std::any_of(diff.indexes.begin(), diff.indexes.end(), [&](const PartDiff<Index>& it) {
           return (it.from == nullptr ? it.to : it.from)->unique && comes_or_goes(it, is_new);
         });
}

std::vector<LaterKey> TablePlan::keys_in_the_way(const Table& table, bool is_new) const {
  std::vector<LaterKey> keys;
  if (!changes_.rules.foreign_keys_need_tables()) return keys;
  for (const Constraint& it : table.constraints) {
    const auto* key = std::get_if<ForeignKey>(&it);
    if (key != nullptr && is_changed_under(*key, is_new)) keys.push_back({&table, key});
  }
  return keys;
}

void TablePlan::create_tables(Plan& plan) {
  TableOrder order = order_tables(changes_.added, changes_.rules);
  for (const Table* table : changes_.added) {
    for (const LaterKey& it : keys_in_the_way(*table, true)) order.later.push_back(it);
  }
  for (const Table* table : order.tables) {
    plan.create_tables.emplace_back(
        ops::CreateTable{.table = without(declared(*table, changes_.rules), *table, order.later)});
  }
  for (const LaterKey& it : order.later) {
    plan.add_foreign_keys.emplace_back(
        ops::AddConstraint{it.table->name, named(*it.key, *it.table, {}, changes_.rules)});
  }
}

/// Of tables, indexes and keys that are about to be made: they share their names.
NameSet TablePlan::names_to_be_taken() const {
  NameSet names;
  for (const Table* table : changes_.added) {
    names.insert(table->name);
    for (const Index& it : table->indexes) names.emplace(table->name.schema, it.name);
    const auto add = [&](const Constraint& it) {
      const std::string& name = model::name_of(it);
      if (!name.empty()) names.emplace(table->name.schema, name);
    };
    if (table->primary_key) add(*table->primary_key);
    for (const Constraint& it : table->constraints) add(it);
  }
  for (const auto& diff : changes_.tables) {
    const std::string& schema = diff->to.table.name.schema;
    for (const auto& it : diff->indexes) {
      if (!it.is_removed()) names.emplace(schema, it.to->name);
    }
    for (const auto& it : diff->constraints) {
      if (!it.is_removed()) names.emplace(schema, model::name_of(*it.to));
    }
  }
  return names;
}

namespace {

bool needs_one_of(const Table& table, const NameSet& names) {
  const auto is_needed = [&](const std::string& name) {
    return !name.empty() && names.count({table.name.schema, name}) != 0;
  };
  return is_needed(table.name.name) || (table.primary_key && is_needed(table.primary_key->name)) ||
         std::any_of(table.indexes.begin(), table.indexes.end(),
                     [&](const Index& it) { return is_needed(it.name); }) ||
         std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const Constraint& it) { return is_needed(model::name_of(it)); });
}

}  // namespace

void TablePlan::drop_tables(Plan& plan) {
  if (changes_.removed.empty()) return;
  TableOrder order = order_tables(changes_.removed, changes_.rules);
  const NameSet needed = names_to_be_taken();
  // One table that must go early takes all along: they may refer to each other.
  const bool early = std::any_of(order.tables.begin(), order.tables.end(),
                                 [&](const Table* it) { return needs_one_of(*it, needed); });
  Operations& section = early ? plan.drop_early : plan.drop_tables;
  const auto drop_key = [&](const LaterKey& it, Operations& where) {
    const Constraint key = named(*it.key, *it.table, {}, changes_.rules);
    where.emplace_back(ops::DropConstraint{.table = it.table->name,
                                           .name = model::name_of(key),
                                           .kind = model::kind_of(key),
                                           .was = *it.key});
  };
  for (const LaterKey& it : order.later) drop_key(it, section);
  for (const Table* table : changes_.removed) {
    for (const LaterKey& it : keys_in_the_way(*table, false)) {
      drop_key(it, plan.drop_foreign_keys);
      order.later.push_back(it);
    }
  }
  for (auto it = order.tables.rbegin(); it != order.tables.rend(); ++it) {
    const Table known = declared(**it, changes_.rules);
    const Table was = early ? known : types_.renamed_types().as_it_is(known);
    section.emplace_back(
        ops::DropTable{.table = (*it)->name, .was = without(was, **it, order.later)});
  }
}

}  // namespace cupel::diff
