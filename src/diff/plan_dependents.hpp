// SPDX-License-Identifier: MIT
// Views, functions and triggers: what changes, and what must step aside while tables change.
#pragma once

#include <map>
#include <optional>

#include "diff/creations.hpp"
#include "diff/plan_tables.hpp"

namespace cupel::diff {

/// Objects of one kind by their keys.
template <typename T>
class KeyMap {
 public:
  explicit KeyMap(const std::vector<T>& list) {
    for (const T& it : list) map_.emplace(key_of(it), &it);
  }
  const T* find(const T& like) const {
    const auto found = map_.find(key_of(like));
    return found == map_.end() ? nullptr : found->second;
  }
  /// As people wrote it, where they did; else as it is stored.
  const T& as_written(const T& stored) const {
    const T* found = find(stored);
    return found == nullptr ? stored : *found;
  }

 private:
  std::map<model::ObjectKey, const T*> map_;
};

class DependentPlan {
 public:
  DependentPlan(Changes& changes, const TypePlan& types, const TablePlan& tables);
  void run(Plan& plan);

 private:
  /// A view or function of `from`, after the renames.
  struct Node {
    const model::View* view = nullptr;
    const model::Function* function = nullptr;
    const ObjectDiff<model::View>* view_diff = nullptr;
    const ObjectDiff<model::Function>* function_diff = nullptr;
    ops::Mentions mentions;
    bool drop = false;  ///< before the tables change

    bool is_removed() const;
    bool is_changed() const;
  };
  struct Written {
    explicit Written(const model::Schema& schema);
    KeyMap<model::View> views;
    KeyMap<model::Function> functions;
    KeyMap<model::Trigger> triggers;
  };

  bool has_nothing_to_do() const;
  void collect_nodes();
  bool must_go(const Node& node) const;
  bool speaks_of_a_type_made_anew(const Node& node) const;
  bool comes_back(const Node& node) const;
  bool is_touched(const Node& node) const;
  void spread();
  void plan_drops(Plan& plan);
  ops::Operation drop_of(const Node& node) const;
  bool must_go(const model::Trigger& trigger) const;
  void plan_triggers(Plan& plan);
  void plan_creations(Plan& plan);
  void plan_early_functions(Plan& plan);
  void create(const model::View& view, const model::View* was);
  void create(const model::Function& function, const model::Function* was);
  void create_again(const Node& node);
  void plan_parts(Plan& plan);

  Changes& changes_;
  const TypePlan& types_;
  const TablePlan& tables_;
  bool blocks_;
  std::optional<Written> before_;  ///< `from` before the renames
  std::optional<Written> after_;
  std::optional<KeyMap<model::View>> to_views_;  ///< stored
  std::optional<KeyMap<model::Function>> to_functions_;
  std::vector<Node> nodes_;
  std::vector<std::vector<std::size_t>> needs_;  ///< of each node
  NameIndex node_names_;
  NameIndex table_names_;  ///< those whose columns are disturbed, and those that go
  std::vector<model::ObjectName> tables_by_id_;
  NameSet dropped_views_;
  std::vector<Creation> creations_;
};

}  // namespace cupel::diff
