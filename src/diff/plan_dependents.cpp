// SPDX-License-Identifier: MIT
// See plan_dependents.hpp.
#include "diff/plan_dependents.hpp"

#include <algorithm>
#include <utility>

#include "cupel/ops/services.hpp"
#include "diff/order.hpp"

namespace cupel::diff {

using model::Function;
using model::ObjectName;
using model::Trigger;
using model::View;
using Spoken = NameIndex::Spoken;

namespace {

template <typename T>
std::map<const T*, const ObjectDiff<T>*> by_object(const std::vector<ObjectDiff<T>>& diffs) {
  std::map<const T*, const ObjectDiff<T>*> result;
  for (const ObjectDiff<T>& it : diffs) {
    if (it.from != nullptr) result.emplace(it.from, &it);
  }
  return result;
}
template <typename T>
const ObjectDiff<T>* diff_of(const std::map<const T*, const ObjectDiff<T>*>& diffs, const T& it) {
  const auto found = diffs.find(&it);
  return found == diffs.end() ? nullptr : found->second;
}

}  // namespace

DependentPlan::DependentPlan(Changes& changes, const TypePlan& types, const TablePlan& tables)
    : changes_(changes),
      types_(types),
      tables_(tables),
      blocks_(changes.rules.dependents_block_changes()) {}

DependentPlan::Written::Written(const model::Schema& schema)
    : views(schema.views), functions(schema.functions), triggers(schema.triggers) {}

bool DependentPlan::Node::is_removed() const {
  return (view_diff != nullptr && view_diff->is_removed()) ||
         (function_diff != nullptr && function_diff->is_removed());
}
bool DependentPlan::Node::is_changed() const {
  return (view_diff != nullptr && view_diff->is_changed()) ||
         (function_diff != nullptr && function_diff->is_changed());
}

bool DependentPlan::has_nothing_to_do() const {
  return changes_.objects.views.empty() && changes_.objects.functions.empty() &&
         changes_.objects.triggers.empty() && changes_.removed.empty() &&
         tables_.disturbed().empty() && types_.renamed_types().names().empty();
}

void DependentPlan::run(Plan& plan) {
  if (has_nothing_to_do()) return;
  before_.emplace(changes_.original);
  after_.emplace(changes_.to.schema());
  to_views_.emplace(changes_.to_objects.views);
  to_functions_.emplace(changes_.to_objects.functions);
  collect_nodes();
  for (Node& node : nodes_) node.drop = must_go(node);
  spread();
  plan_triggers(plan);
  plan_drops(plan);
  plan_creations(plan);
  plan_parts(plan);
}

// What steps aside

void DependentPlan::collect_nodes() {
  const auto view_diffs = by_object(changes_.objects.views);
  for (const View& it : changes_.from_objects.views) {
    node_names_.add(it.name.name, Spoken::ByName, nodes_.size());
    nodes_.push_back({.view = &it,
                      .view_diff = diff_of(view_diffs, it),
                      .mentions = ops::Mentions(it.definition)});
  }
  const auto function_diffs = by_object(changes_.objects.functions);
  for (const Function& it : changes_.from_objects.functions) {
    node_names_.add(it.name.name, Spoken::ByCall, nodes_.size());
    nodes_.push_back({.function = &it,
                      .function_diff = diff_of(function_diffs, it),
                      .mentions = ops::Mentions(it.definition)});
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    needs_.push_back(node_names_.mentioned(nodes_[i].mentions));
    std::erase(needs_.back(), i);
  }
  const auto add_table = [&](const ObjectName& name) {
    table_names_.add(name.name, Spoken::ByName, tables_by_id_.size());
    tables_by_id_.push_back(name);
  };
  for (const auto& [name, columns] : tables_.disturbed()) add_table(name);
  for (const model::Table* it : changes_.removed) add_table(it->name);
}

bool DependentPlan::must_go(const Node& node) const {
  if (blocks_ && (speaks_of_a_type_made_anew(node) || is_touched(node))) return true;
  if (node.view == nullptr) {
    return node.is_changed() &&
           !changes_.rules.can_replace(*node.function, *node.function_diff->to);
  }
  if (node.is_removed()) return true;
  return node.is_changed() &&
         (!changes_.rules.can_replace(*node.view, *node.view_diff->to) || is_touched(node));
}

/// A cast to it, or an argument.
bool DependentPlan::speaks_of_a_type_made_anew(const Node& node) const {
  const auto& types = types_.renamed_types().names();
  return std::any_of(types.begin(), types.end(), [&](const auto& it) {
    const std::string& name = it.first.name;
    return node.mentions.of_type(name) || (node.function != nullptr && node.mentions.of(name));
  });
}

bool DependentPlan::comes_back(const Node& node) const {
  if (node.view != nullptr) return to_views_->find(*node.view) != nullptr;
  return to_functions_->find(*node.function) != nullptr;
}

/// True if what it selects changes under it (a function's body that is a string is read when it
/// runs). What is nobody's is left alone where a column goes: it could not come back.
bool DependentPlan::is_touched(const Node& node) const {
  for (const std::size_t id : table_names_.mentioned(node.mentions)) {
    const auto disturbed = tables_.disturbed().find(tables_by_id_[id]);
    if (disturbed == tables_.disturbed().end()) {
      if (node.is_changed()) return true;  // the table goes
      continue;
    }
    for (const auto& [column, how] : disturbed->second) {
      if (how == Disturbance::Dropped && !comes_back(node)) continue;
      if (node.mentions.of(column) || node.mentions.of_all()) return true;
    }
  }
  return false;
}

/// What depends on something that steps aside must do so as well.
void DependentPlan::spread() {
  bool again = true;
  while (std::exchange(again, false)) {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      Node& node = nodes_[i];
      if (node.drop) continue;
      const bool can_return = node.is_removed() || comes_back(node);
      node.drop = std::any_of(needs_[i].begin(), needs_[i].end(), [&](std::size_t it) {
        return nodes_[it].drop && (can_return || !nodes_[it].is_removed());
      });
      again = again || node.drop;
    }
  }
}

/// Before the renames: as it was given.
ops::Operation DependentPlan::drop_of(const Node& node) const {
  if (node.view != nullptr) {
    const View& was = before_->views.as_written(*node.view);
    return ops::DropView{.name = was.name, .materialized = was.materialized, .was = was};
  }
  const Function& was = before_->functions.as_written(*node.function);
  return ops::DropFunction{
      .name = was.name, .arguments = was.arguments, .procedure = was.procedure, .was = was};
}

/// A function that is not wanted any more goes last, when no table calls it.
void DependentPlan::plan_drops(Plan& plan) {
  std::vector<std::size_t> order = dependency_order(needs_);
  std::reverse(order.begin(), order.end());
  Operations last;
  for (const std::size_t i : order) {
    const Node& node = nodes_[i];
    if (node.drop) {
      plan.drop_dependents.push_back(drop_of(node));
    } else if (node.is_removed()) {
      last.push_back(drop_of(node));
    }
  }
  plan.drop_rest.insert(plan.drop_rest.begin(), last.begin(), last.end());
}

// Triggers

bool DependentPlan::must_go(const Trigger& trigger) const {
  if (dropped_views_.count(trigger.table) != 0 || tables_.is_removed(trigger.table)) return true;
  if (!blocks_) return false;
  const ops::Mentions mentions(trigger.definition);
  for (const std::size_t id : node_names_.mentioned(mentions)) {
    if (nodes_[id].drop && nodes_[id].function != nullptr) return true;
  }
  const auto disturbed = tables_.disturbed().find(trigger.table);
  return disturbed != tables_.disturbed().end() &&
         std::any_of(disturbed->second.begin(), disturbed->second.end(),
                     [&](const auto& it) { return mentions.of(it.first); });
}

void DependentPlan::plan_triggers(Plan& plan) {
  for (const Node& node : nodes_) {
    if (node.drop && node.view != nullptr) dropped_views_.insert(node.view->name);
  }
  std::map<ObjectName, ObjectName> old_names;  // of tables
  for (const Rename& it : changes_.table_renames) {
    old_names.emplace(ObjectName(it.table.schema, it.new_name), it.table);
  }
  const auto drop = [&](const Trigger& trigger) {
    Trigger before = trigger;
    const auto old = old_names.find(trigger.table);
    if (old != old_names.end()) before.table = old->second;
    const Trigger& was = before_->triggers.as_written(before);
    plan.drop_dependents.emplace_back(
        ops::DropTrigger{.name = was.name, .table = was.table, .was = was});
  };
  const auto create = [&](const Trigger& trigger) {
    plan.create_dependents.emplace_back(ops::CreateTrigger{after_->triggers.as_written(trigger)});
  };
  const auto diffs = by_object(changes_.objects.triggers);
  for (const Trigger& it : changes_.from_objects.triggers) {
    const ObjectDiff<Trigger>* diff = diff_of(diffs, it);
    if (diff == nullptr && !must_go(it)) continue;
    drop(it);
    if (diff == nullptr && !tables_.is_removed(it.table)) create(it);
  }
  for (const auto& it : changes_.objects.triggers) {
    if (!it.is_removed()) create(*it.to);
  }
}

// What comes, and what comes back

void DependentPlan::create(const View& view, const View* was) {
  creations_.push_back(
      creation_of(ops::CreateView{.view = after_->views.as_written(view),
                                  .or_replace = was != nullptr,
                                  .was = was == nullptr ? std::nullopt : std::optional(*was)}));
}
void DependentPlan::create(const Function& function, const Function* was) {
  creations_.push_back(
      creation_of(ops::CreateFunction{after_->functions.as_written(function),
                                      was == nullptr ? std::nullopt : std::optional(*was)}));
}

/// What changes is replaced if it is still there; what only stepped aside comes back as it was.
void DependentPlan::create_again(const Node& node) {
  if (node.is_removed() || (!node.is_changed() && !node.drop)) return;
  if (node.view != nullptr) {
    const View* same = to_views_->find(*node.view);
    create(same == nullptr ? *node.view : *same, node.drop ? nullptr : node.view);
  } else {
    const ObjectDiff<Function>* diff = node.function_diff;
    create(diff == nullptr ? *node.function : *diff->to, node.drop ? nullptr : node.function);
  }
}

void DependentPlan::plan_creations(Plan& plan) {
  for (const Node& node : nodes_) create_again(node);
  for (const auto& it : changes_.objects.views) {
    if (it.is_added()) create(*it.to, nullptr);
  }
  for (const auto& it : changes_.objects.functions) {
    if (it.is_added()) create(*it.to, nullptr);
  }
  plan_early_functions(plan);
  Operations late = sorted(std::move(creations_));
  plan.create_dependents.insert(plan.create_dependents.begin(),
                                std::make_move_iterator(late.begin()),
                                std::make_move_iterator(late.end()));
}

/// Functions that tables call are needed before these.
void DependentPlan::plan_early_functions(Plan& plan) {
  const auto is_function = [](const Creation& it) { return it.spoken == Spoken::ByCall; };
  if (std::none_of(creations_.begin(), creations_.end(), is_function)) return;
  const EarlyTexts texts(changes_);
  const auto middle = std::stable_partition(
      creations_.begin(), creations_.end(),
      [&](const Creation& it) { return !is_function(it) || !texts.call(it.name); });
  std::vector<Creation> early(std::make_move_iterator(middle),
                              std::make_move_iterator(creations_.end()));
  creations_.erase(middle, creations_.end());
  if (early.empty()) return;
  // Domains may call functions, and functions may take domains.
  Operations others;
  for (ops::Operation& it : plan.create_types) {
    if (auto* domain = std::get_if<ops::CreateDomain>(&it)) {
      early.push_back(creation_of(std::move(*domain)));
    } else {
      others.push_back(std::move(it));
    }
  }
  plan.create_types = std::move(others);
  for (ops::Operation& it : sorted(std::move(early))) plan.create_types.push_back(std::move(it));
}

/// Comments and indexes of views that stay.
void DependentPlan::plan_parts(Plan& plan) {
  const auto some = [](const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
  };
  for (const Node& node : nodes_) {
    if (node.view_diff == nullptr || node.is_removed() || node.drop) continue;
    const ObjectDiff<View>& diff = *node.view_diff;
    const ObjectName& name = diff.to->name;
    for (const auto& it : index_diffs(diff, changes_.rules)) {
      if (it.renamed && !it.is_changed()) {
        plan.create_dependents.emplace_back(ops::RenameIndex{name, it.from->name, it.to->name});
      }
      if (it.is_removed() || it.is_changed()) {
        plan.create_dependents.emplace_back(
            ops::DropIndex{.name = it.from->name, .table = name, .was = *it.from});
      }
      if (it.is_added() || it.is_changed()) {
        plan.create_dependents.emplace_back(ops::CreateIndex{.table = name, .index = *it.to});
      } else if (it.commented) {
        plan.create_dependents.emplace_back(ops::SetComment{ops::CommentOn::Index, name,
                                                            it.to->name, some(it.to->comment),
                                                            some(it.from->comment)});
      }
    }
    if (diff.commented) {
      const auto on =
          diff.to->materialized ? ops::CommentOn::MaterializedView : ops::CommentOn::View;
      plan.create_dependents.emplace_back(
          ops::SetComment{on, name, {}, some(diff.to->comment), some(diff.from->comment)});
    }
  }
}

}  // namespace cupel::diff
