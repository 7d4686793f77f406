// SPDX-License-Identifier: MIT
// See plan_tables.hpp.
#include "diff/plan_tables.hpp"

#include <algorithm>
#include <utility>

#include "diff/constraint_names.hpp"
#include "diff/order.hpp"
#include "diff/part_renames.hpp"

namespace cupel::diff {

using model::Column;
using model::Constraint;
using model::ForeignKey;
using model::Index;
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

namespace {

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
