// SPDX-License-Identifier: MIT
// See constraint_names.hpp.
#include "diff/constraint_names.hpp"

#include "cupel/ops/services.hpp"
#include "diff/likeness.hpp"

namespace cupel::diff {

using model::Constraint;
using model::Table;

Constraint named(Constraint constraint, const Table& table, const Table& before,
                 const DiffRules& rules) {
  if (!model::name_of(constraint).empty()) return constraint;
  const auto is_taken = [&](const std::string& name) {
    return table.find_constraint(name) || before.find_constraint(name) ||
           table.find_index(name) != nullptr || before.find_index(name) != nullptr;
  };
  const std::string name = rules.name_for(table, constraint);
  std::string free = name;
  for (int number = 1; is_taken(free); ++number) free = name + std::to_string(number);
  model::set_name(constraint, free);
  return constraint;
}

namespace {

bool is_same(const Constraint& original, const Constraint& stored, const DiffRules& rules) {
  if (original.index() != stored.index()) return false;
  Table table;
  table.constraints = {original};
  table = model::normalized(std::move(table));
  if (auto* key = std::get_if<model::ForeignKey>(&table.constraints[0])) {
    key->referred_table = rules.stored_name(key->referred_table);
    if (key->referred_columns.empty()) {
      key->referred_columns = std::get<model::ForeignKey>(stored).referred_columns;
    }
  }
  return likeness(table.constraints[0], stored, rules) == Likeness::Same;
}

}  // namespace

std::string UnnamedConstraints::drop(const Constraint& constraint, const DiffRules& rules) {
  if (const std::string& name = model::name_of(constraint); !name.empty()) {
    std::erase_if(table_.constraints, [&](const auto& it) { return model::name_of(it) == name; });
    return name;
  }
  const std::vector<std::string> names = ops::constraint_names(table_);
  std::size_t place = 0;
  if (table_.primary_key) {
    if (std::holds_alternative<model::PrimaryKey>(constraint)) {
      table_.primary_key.reset();
      return names[0];
    }
    place = 1;
  }
  for (std::size_t i = 0; i < table_.constraints.size(); ++i) {
    const Constraint& it = table_.constraints[i];
    if (!model::name_of(it).empty() || !is_same(it, constraint, rules)) continue;
    table_.constraints.erase(table_.constraints.begin() + static_cast<std::ptrdiff_t>(i));
    return names[place + i];
  }
  return ops::made_name(table_, constraint);
}

}  // namespace cupel::diff
