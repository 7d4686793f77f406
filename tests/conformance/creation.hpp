// SPDX-License-Identifier: MIT
// creation(), see subject.hpp.
#pragma once

#include <algorithm>
#include <set>

#include "conformance/subject.hpp"

namespace cupel::conformance {

class Creation {
 public:
  explicit Creation(const Schema& schema) : schema_(schema) {}

  Operations operations() {
    for (const std::string& name : schema_.schemas) add(ops::CreateSchema{name});
    for (const model::Extension& it : schema_.extensions) add(ops::CreateExtension{it});
    for (const model::EnumType& it : schema_.enums) add(ops::CreateEnum{it});
    for (const model::Domain& it : schema_.domains) add(ops::CreateDomain{it});
    for (model::Sequence it : schema_.sequences) {
      it.owned_by.clear();
      add(ops::CreateSequence{it});
    }
    for (const model::Table& it : schema_.tables) add_table(it);
    for (const model::Sequence& it : schema_.sequences) own(it);
    for (const auto& [table, key] : later_) add(ops::AddConstraint{table, key});
    for (const model::View& it : schema_.views) add_view(it);
    for (const model::Function& it : schema_.functions) add(ops::CreateFunction{it});
    for (const model::Trigger& it : schema_.triggers) add(ops::CreateTrigger{it});
    return std::move(operations_);
  }

 private:
  void add(ops::Operation operation) { operations_.push_back(std::move(operation)); }

  void own(const model::Sequence& sequence) {
    model::Sequence was = sequence;
    was.owned_by.clear();
    if (!sequence.owned_by.empty()) add(ops::AlterSequence{sequence, was});
  }

  /// What the table refers to comes first, unless that goes round in a circle.
  void add_table(const model::Table& table) {
    if (!begun_.insert(table.name).second) return;
    const auto first = [&](const model::ObjectName& name) {
      if (const model::Table* other = schema_.find_table(name)) add_table(*other);
    };
    if (table.partition_of) first(table.partition_of->parent);
    for (const model::ObjectName& parent : table.inherits) first(parent);
    for (const model::Constraint& constraint : table.constraints)
      if (const auto* key = std::get_if<model::ForeignKey>(&constraint)) first(key->referred_table);
    made_.insert(table.name);
    model::Table now = table;
    std::erase_if(now.constraints, [&](const model::Constraint& constraint) {
      const auto* key = std::get_if<model::ForeignKey>(&constraint);
      if (key == nullptr || made_.count(key->referred_table) != 0) return false;
      later_.emplace_back(table.name, *key);
      return true;
    });
    add(ops::CreateTable{now});
  }

  void add_view(const model::View& view) {
    if (!begun_.insert(view.name).second) return;
    for (const model::View& other : schema_.views)
      if (other.name != view.name && ops::mentions_identifier(view.definition, other.name.name))
        add_view(other);
    add(ops::CreateView{view});
  }

  const Schema& schema_;
  Operations operations_;
  std::set<model::ObjectName> begun_;
  std::set<model::ObjectName> made_;
  std::vector<std::pair<model::ObjectName, model::ForeignKey>> later_;
};

inline Operations creation(const Schema& schema) { return Creation(schema).operations(); }

}  // namespace cupel::conformance
