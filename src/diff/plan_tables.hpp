// SPDX-License-Identifier: MIT
// Tables: created, changed, dropped; and the parts that are in the way of a change.
#pragma once

#include "diff/names.hpp"
#include "diff/order.hpp"
#include "diff/plan.hpp"
#include "diff/plan_types.hpp"

namespace cupel::diff {

/// How a column of `from` changes, as far as others care that depend on it.
enum class Disturbance {
  None,
  Retyped,    ///< its values stay comparable
  Converted,  ///< what is said about its values must be said again
  Dropped,
};

class TablePlan {
 public:
  TablePlan(Changes& changes, const TypePlan& types) : changes_(changes), types_(types) {}
  void run(Plan& plan);

  /// The columns that are disturbed, by table (as it is called after the renames).
  const ByName<std::map<std::string, Disturbance>>& disturbed() const { return disturbed_; }
  bool is_removed(const model::ObjectName& table) const { return removed_.count(table) != 0; }

 private:
  void find_disturbed();
  void force_parts();
  void force_parts_of(TableDiff& diff, const std::map<std::string, Disturbance>& columns);
  void force_foreign_keys();
  std::vector<std::pair<const model::Table*, std::vector<std::string>>> lost_keys() const;
  bool is_disturbed(const model::ObjectName& table, const std::vector<std::string>& columns) const;
  TableDiff& diff_of(const model::Table& table);
  void change_tables(Plan& plan);
  static void hurry_indexes(Plan& plan);
  void create_tables(Plan& plan);
  void drop_tables(Plan& plan);
  NameSet names_to_be_taken() const;
  bool is_changed_under(const model::ForeignKey& key, bool is_new) const;
  std::vector<LaterKey> keys_in_the_way(const model::Table& table, bool is_new) const;

  Changes& changes_;
  const TypePlan& types_;
  NameSet removed_;
  ByName<TableDiff*> diffs_;
  ByName<std::map<std::string, Disturbance>> disturbed_;
};

}  // namespace cupel::diff
