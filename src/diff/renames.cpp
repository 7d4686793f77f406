// SPDX-License-Identifier: MIT
// What people have decided, and the operations. Guesses are in guess.cpp. See renames.hpp.
#include "diff/renames.hpp"

#include <algorithm>
#include <map>

#include "cupel/base/text.hpp"
#include "diff/guess.hpp"

namespace cupel::diff {

using model::ObjectName;
using model::Table;
using model::to_string;

namespace {

UsageError no_side(const Rename& rename, const std::string& what, const std::string& name,
                   const std::vector<std::string>& existing) {
  const std::string near = text::nearest(name, existing);
  return UsageError("rename " + to_string(rename) + ": there is no " + what + " '" + name + "'",
                    near.empty() ? "" : "did you mean '" + near + "'?");
}
UsageError taken(const Rename& rename, const std::string& what) {
  return UsageError(
      "rename " + to_string(rename) + ": " + what + " '" + rename.new_name + "' is there already",
      "drop it in a revision of its own first");
}

std::vector<std::string> names_of(const std::vector<const Table*>& tables) {
  std::vector<std::string> names;
  for (const Table* it : tables) names.push_back(to_string(it->name));
  return names;
}
std::vector<std::string> names_of(const std::vector<model::Column>& columns) {
  std::vector<std::string> names;
  for (const model::Column& it : columns) names.push_back(it.name);
  return names;
}

bool is_among(const std::vector<Rename>& list, const ObjectName& table, const std::string& column) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Rename& it) { return it.table == table && it.column == column; });
}

void require_table_sides(const Rename& rename, const Side& from, const Side& to,
                         const DiffRules& rules, const std::vector<Rename>& all) {
  if (from.find(rules.stored_name(rename.table)) == nullptr) {
    throw no_side(rename, "table", to_string(rename.table), names_of(from.tables()));
  }
  const ObjectName target(rename.table.schema, rename.new_name);
  if (to.find(rules.stored_name(target)) == nullptr) {
    throw no_side(rename, "model of a table", to_string(target), names_of(to.tables()));
  }
  if (from.find(rules.stored_name(target)) != nullptr && !is_among(all, target, {})) {
    throw taken(rename, "table");
  }
}

/// Where the table is in `to`.
ObjectName name_in_to(const ObjectName& table, const std::vector<Rename>& tables,
                      const DiffRules& rules) {
  for (const Rename& it : tables) {
    if (rules.stored_name(it.table) == rules.stored_name(table)) {
      return rules.stored_name({it.table.schema, it.new_name});
    }
  }
  return rules.stored_name(table);
}

void require_column_sides(const Rename& rename, const Side& from, const Side& to,
                          const ObjectName& target, const DiffRules& rules,
                          const std::vector<Rename>& all) {
  const Table* before = from.find(rules.stored_name(rename.table));
  const Table* after = to.find(target);
  if (before == nullptr) {
    throw no_side(rename, "table", to_string(rename.table), names_of(from.tables()));
  }
  if (after == nullptr) {
    throw no_side(rename, "model of a table", to_string(target), names_of(to.tables()));
  }
  if (before->find_column(rename.column) == nullptr) {
    throw no_side(rename, "column", rename.column, names_of(before->columns));
  }
  if (after->find_column(rename.new_name) == nullptr) {
    throw no_side(rename, "column in the model", rename.new_name, names_of(after->columns));
  }
  if (before->find_column(rename.new_name) != nullptr &&
      !is_among(all, rename.table, rename.new_name)) {
    throw taken(rename, "column");
  }
}

}  // namespace

RenameDecision decide_table_renames(const Side& from, const Side& to, const DiffRules& rules,
                                    const Options& options) {
  RenameDecision result;
  for (const Rename& rename : options.renames) {
    if (!rename.column.empty() || rename.table.name == rename.new_name) continue;
    require_table_sides(rename, from, to, rules, options.renames);
    result.renames.push_back(rename);
    result.renames.back().table = from.find(rules.stored_name(rename.table))->name;
  }
  guess_tables(from, to, rules, options, result);
  return result;
}

RenameDecision decide_column_renames(const Side& from, const Side& to,
                                     const std::vector<Rename>& tables, const DiffRules& rules,
                                     const Options& options) {
  RenameDecision result;
  for (const Rename& rename : options.renames) {
    if (rename.column.empty() || rename.column == rename.new_name) continue;
    const ObjectName target = name_in_to(rename.table, tables, rules);
    require_column_sides(rename, from, to, target, rules, options.renames);
    result.renames.push_back(rename);
    result.renames.back().table = from.find(rules.stored_name(rename.table))->name;
  }
  for (const Table* table : from.tables()) {
    const Table* other = to.find(name_in_to(table->name, tables, rules));
    if (other != nullptr) guess_columns(from, *table, to, *other, rules, options, result);
  }
  return result;
}

std::vector<NamePair> in_order(std::vector<NamePair> renames) {
  std::vector<NamePair> result;
  while (!renames.empty()) {
    const auto is_free = [&](const NamePair& it) {
      return std::none_of(renames.begin(), renames.end(),
                          [&](const NamePair& other) { return other.first == it.second; });
    };
    const auto next = std::find_if(renames.begin(), renames.end(), is_free);
    if (next != renames.end()) {
      result.push_back(*next);
      renames.erase(next);
      continue;
    }
    // A circle: one of them steps aside.
    const std::string aside = renames.front().first + "_cupel_aside";
    result.emplace_back(renames.front().first, aside);
    renames.front().first = aside;
  }
  return result;
}

std::vector<ops::Operation> rename_operations(const std::vector<Rename>& tables,
                                              const std::vector<Rename>& columns) {
  std::vector<ops::Operation> result;
  std::map<ObjectName, std::vector<NamePair>> by_table;
  for (const Rename& it : columns) by_table[it.table].emplace_back(it.column, it.new_name);
  for (const auto& [table, list] : by_table) {
    for (const auto& [column, name] : in_order(list)) {
      result.emplace_back(ops::AlterColumn{.table = table, .column = column, .new_name = name});
    }
  }
  std::map<std::string, std::vector<NamePair>> by_schema;
  for (const Rename& it : tables)
    by_schema[it.table.schema].emplace_back(it.table.name, it.new_name);
  for (const auto& [schema, list] : by_schema) {
    for (const auto& [table, name] : in_order(list)) {
      result.emplace_back(ops::RenameTable{{schema, table}, name});
    }
  }
  return result;
}

}  // namespace cupel::diff
