// SPDX-License-Identifier: MIT
// The names of constraints: those that they were given, and those that a server makes for the
// others. See apply.hpp.
#include <algorithm>
#include <set>

#include "cupel/ops/services.hpp"
#include "ops/apply.hpp"

namespace cupel::ops {

using model::CheckConstraint;
using model::Column;
using model::Constraint;
using model::ConstraintKind;
using model::Table;

namespace {

using Names = std::vector<std::string>;

/// The place of the unnamed constraint that a server would call `name`.
std::optional<int> find_by_made_name(const Table& table, const std::string& name) {
  const Names names = constraint_names(table);
  const int offset = table.primary_key ? 1 : 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const int place = static_cast<int>(i) - offset;
    if (names[i] == name && model::name_of(constraint_at(table, place)).empty()) return place;
  }
  return std::nullopt;
}

}  // namespace

Names given_constraint_names(const Table& table) {
  Names names;
  if (table.primary_key) names.push_back(table.primary_key->name);
  for (const Constraint& it : table.constraints) names.push_back(model::name_of(it));
  return names;
}

std::string made_name(const Table& table, const Constraint& constraint) {
  std::string name = table.name.name;
  for (const std::string& it : model::columns_of(constraint)) {
    if (model::kind_of(constraint) != ConstraintKind::Primary) name += "_" + it;
  }
  switch (model::kind_of(constraint)) {
    case ConstraintKind::Primary:
      return name + "_pkey";
    case ConstraintKind::Unique:
      return name + "_key";
    case ConstraintKind::Foreign:
      return name + "_fkey";
    case ConstraintKind::Exclude:
      return name + "_excl";
    case ConstraintKind::Check:
      break;
  }
  Names mentioned;
  for (const Column& column : table.columns) {
    if (mentions_identifier(std::get<CheckConstraint>(constraint).expression, column.name)) {
      mentioned.push_back(column.name);
    }
  }
  return name + (mentioned.size() == 1 ? "_" + mentioned[0] : "") + "_check";
}

Names constraint_names(const Table& table) {
  Names names = given_constraint_names(table);
  std::set<std::string> used(names.begin(), names.end());
  const int offset = table.primary_key ? 1 : 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!names[i].empty()) continue;
    const std::string base = made_name(table, constraint_at(table, static_cast<int>(i) - offset));
    names[i] = base;
    for (int number = 1; !used.insert(names[i]).second; ++number) {
      names[i] = base + std::to_string(number);
    }
  }
  return names;
}

std::optional<int> find_constraint(const Table& table, const std::string& name,
                                   std::optional<ConstraintKind> kind) {
  if (!name.empty()) {
    const Names names = given_constraint_names(table);
    const auto found = std::find(names.begin(), names.end(), name);
    const int offset = table.primary_key ? 1 : 0;
    if (found != names.end()) return static_cast<int>(found - names.begin()) - offset;
    if (const std::optional<int> place = find_by_made_name(table, name)) return place;
  }
  const bool unnamed_key = table.primary_key && (name.empty() || table.primary_key->name.empty());
  return kind == ConstraintKind::Primary && unnamed_key ? std::optional(-1) : std::nullopt;
}

Constraint constraint_at(const Table& table, int place) {
  if (place < 0) return *table.primary_key;
  return table.constraints[static_cast<std::size_t>(place)];
}

}  // namespace cupel::ops
