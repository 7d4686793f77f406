// SPDX-License-Identifier: MIT
// See order.hpp.
#include "diff/order.hpp"

#include <algorithm>

#include "diff/names.hpp"

namespace cupel::diff {

std::vector<std::size_t> dependency_order(const std::vector<std::vector<std::size_t>>& needs) {
  enum class State : char { New, Open, Done };
  struct Visit {
    std::size_t item;
    std::size_t next = 0;  ///< which need is looked at next
  };
  std::vector<State> states(needs.size(), State::New);
  std::vector<std::size_t> order;
  order.reserve(needs.size());
  std::vector<Visit> open;  // instead of recursion: a chain may be as long as the schema
  for (std::size_t first = 0; first < needs.size(); ++first) {
    if (states[first] == State::New) open.push_back({first});
    while (!open.empty()) {
      Visit& visit = open.back();
      states[visit.item] = State::Open;
      if (visit.next == needs[visit.item].size()) {
        states[visit.item] = State::Done;
        order.push_back(visit.item);
        open.pop_back();
        continue;
      }
      const std::size_t need = needs[visit.item][visit.next++];
      if (states[need] == State::New) open.push_back({need});
    }
  }
  return order;
}

TableOrder order_tables(const std::vector<const model::Table*>& tables, const DiffRules& rules) {
  ByName<std::size_t> place_of;
  for (std::size_t i = 0; i < tables.size(); ++i) place_of.emplace(tables[i]->name, i);

  std::vector<std::vector<std::size_t>> needs(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const model::Table& table = *tables[i];
    const auto need = [&](const model::ObjectName& name) {
      const auto found = place_of.find(name);
      if (found != place_of.end() && found->second != i) needs[i].push_back(found->second);
    };
    if (table.partition_of) need(table.partition_of->parent);
    for (const model::ObjectName& parent : table.inherits) need(parent);
    // Also where the database would take another order: rows are inserted in this one.
    for (const model::Constraint& constraint : table.constraints) {
      const auto* key = std::get_if<model::ForeignKey>(&constraint);
      if (key != nullptr) need(rules.stored_name(key->referred_table));
    }
  }

  TableOrder result;
  result.tables.reserve(tables.size());
  std::vector<bool> made(tables.size());
  for (const std::size_t i : dependency_order(needs)) {
    made[i] = true;
    result.tables.push_back(tables[i]);
    if (!rules.foreign_keys_need_tables()) continue;
    for (const model::Constraint& constraint : tables[i]->constraints) {
      const auto* key = std::get_if<model::ForeignKey>(&constraint);
      if (key == nullptr) continue;
      const auto referred = place_of.find(rules.stored_name(key->referred_table));
      if (referred != place_of.end() && !made[referred->second]) {
        result.later.push_back({tables[i], key});
      }
    }
  }
  return result;
}

}  // namespace cupel::diff
