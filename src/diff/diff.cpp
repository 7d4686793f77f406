// SPDX-License-Identifier: MIT
// The comparison from above: pair, compare, order. See diff.hpp.
#include "cupel/diff/diff.hpp"

#include <algorithm>

#include "cupel/ops/services.hpp"
#include "diff/finding.hpp"
#include "diff/names.hpp"
#include "diff/order.hpp"
#include "diff/table_operations.hpp"

namespace cupel::diff {

using model::ObjectKey;
using model::ObjectKind;
using model::Schema;
using model::Table;

std::string to_string(const Rename& rename) {
  if (rename.column.empty()) {
    return "table '" + to_string(rename.table) + "' to '" + rename.new_name + "'";
  }
  return "column '" + to_string(model::ColumnName{rename.table, rename.column}) + "' to '" +
         rename.new_name + "'";
}

namespace {

class Comparison {
 public:
  Comparison(const Schema& from, const Schema& to, const DiffRules& rules, const Options& options)
      : from_(from), to_(to), rules_(rules), options_(options) {}

  Difference run() {
    pair_tables();
    create_tables();
    for (const auto& [from, to] : pairs_) compare(*from, *to);
    append(drop_foreign_keys_);
    append(created_);
    append(changes_);
    append(add_foreign_keys_);
    drop_tables();
    sort_findings(result_.findings);
    return std::move(result_);
  }

 private:
  void append(std::vector<ops::Operation>& operations) {
    std::move(operations.begin(), operations.end(), std::back_inserter(result_.operations));
  }

  bool is_included(const Table& table) const {
    return !options_.is_included || options_.is_included(key_of(table), "");
  }
  bool is_owned(const Table& table) const {
    return !options_.is_owned || options_.is_owned(key_of(table));
  }

  void pair_tables() {
    for (const Table& table : from_.tables) {
      if (is_included(table)) from_tables_.emplace(rules_.stored_name(table.name), &table);
    }
    for (const Table& table : to_.tables) {
      if (!is_included(table)) continue;
      const auto name = rules_.stored_name(table.name);
      to_tables_.emplace(name, &table);
      const auto found = from_tables_.find(name);
      if (found == from_tables_.end()) {
        added_.push_back(&table);
      } else {
        pairs_.emplace_back(found->second, &table);
      }
    }
    for (const Table& table : from_.tables) {
      const auto name = rules_.stored_name(table.name);
      if (to_tables_.count(name) != 0 || from_tables_.count(name) == 0) continue;
      if (is_owned(table)) {
        removed_.push_back(&table);
      } else {
        result_.unmanaged.push_back(key_of(table));
      }
    }
    std::sort(result_.unmanaged.begin(), result_.unmanaged.end());
  }

  static Table without(const Table& table, const std::vector<LaterKey>& later) {
    Table result = table;
    std::erase_if(result.constraints, [&](const model::Constraint& constraint) {
      const auto* key = std::get_if<model::ForeignKey>(&constraint);
      return key != nullptr && std::any_of(later.begin(), later.end(), [&](const LaterKey& it) {
               return it.table == &table && *it.key == *key;
             });
    });
    return result;
  }

  void create_tables() {
    const TableOrder order = order_tables(added_, rules_);
    for (const Table* table : order.tables) {
      created_.emplace_back(ops::CreateTable{.table = without(*table, order.later)});
      result_.findings.push_back(added(key_of(*table)));
    }
    for (const LaterKey& it : order.later) {
      created_.emplace_back(ops::AddConstraint{it.table->name, named(*it.key, *it.table, rules_)});
    }
  }

  void drop_tables() {
    const TableOrder order = order_tables(removed_, rules_);
    for (const LaterKey& it : order.later) {
      const model::Constraint key = named(*it.key, *it.table, rules_);
      result_.operations.emplace_back(ops::DropConstraint{.table = it.table->name,
                                                          .name = model::name_of(key),
                                                          .kind = model::kind_of(key),
                                                          .was = *it.key});
    }
    for (auto it = order.tables.rbegin(); it != order.tables.rend(); ++it) {
      result_.operations.emplace_back(
          ops::DropTable{.table = (*it)->name, .was = without(**it, order.later)});
      result_.findings.push_back(removed(key_of(**it)));
    }
  }

  StoredTable stored(const Table& table, const Schema& whole,
                     const ByName<const Table*>& tables) const {
    StoredTable result{
        .original = &table, .table = rules_.stored_table(table, whole), .constraints = {}};
    for (model::Constraint& constraint : result.table.constraints) {
      auto* key = std::get_if<model::ForeignKey>(&constraint);
      if (key == nullptr || !key->referred_columns.empty()) continue;
      const auto referred = tables.find(rules_.stored_name(key->referred_table));
      if (referred != tables.end() && referred->second->primary_key) {
        key->referred_columns = referred->second->primary_key->columns;
      }
    }
    result.table = model::normalized(std::move(result.table));
    if (result.table.primary_key) result.constraints.emplace_back(*result.table.primary_key);
    std::move(result.table.constraints.begin(), result.table.constraints.end(),
              std::back_inserter(result.constraints));
    result.table.constraints.clear();
    return result;
  }

  void compare(const Table& from, const Table& to) {
    TableDiff diff;
    diff.from = stored(from, from_, from_tables_);
    diff.to = stored(to, to_, to_tables_);
    compare_tables(diff, rules_);
    if (diff.empty()) return;
    add_findings(diff, result_.findings);
    TableOperations operations = operations_of(diff, rules_, options_.concurrent_indexes);
    const auto move = [](auto& list, auto& to_list) {
      std::move(list.begin(), list.end(), std::back_inserter(to_list));
    };
    move(operations.drop_foreign_keys, drop_foreign_keys_);
    move(operations.changes, changes_);
    move(operations.add_foreign_keys, add_foreign_keys_);
  }

  const Schema& from_;
  const Schema& to_;
  const DiffRules& rules_;
  const Options& options_;
  ByName<const Table*> from_tables_;
  ByName<const Table*> to_tables_;
  std::vector<std::pair<const Table*, const Table*>> pairs_;
  std::vector<const Table*> added_;
  std::vector<const Table*> removed_;
  std::vector<ops::Operation> drop_foreign_keys_;
  std::vector<ops::Operation> created_;
  std::vector<ops::Operation> changes_;
  std::vector<ops::Operation> add_foreign_keys_;
  Difference result_;
};

}  // namespace

Difference compare(const Schema& from, const Schema& to, const DiffRules& rules,
                   const Options& options) {
  return Comparison(from, to, rules, options).run();
}

}  // namespace cupel::diff
