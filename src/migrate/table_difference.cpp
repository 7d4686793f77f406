// SPDX-License-Identifier: MIT
// See table_difference.hpp.
#include "migrate/table_difference.hpp"

#include <algorithm>

namespace cupel::migrate {
namespace {

using model::Table;

model::Constraint without_name(model::Constraint constraint) {
  model::set_name(constraint, "");
  std::visit([](auto& it) { it.comment.clear(); }, constraint);
  return constraint;
}

bool has(const Table& table, const model::Constraint& wanted) {
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const auto& it) { return without_name(it) == without_name(wanted); });
}

void compare_columns(const Table& actual, const Table& wanted, std::vector<std::string>& found) {
  for (model::Column column : wanted.columns) {
    const model::Column* there = actual.find_column(column.name);
    if (there == nullptr) {
      found.push_back("column '" + column.name + "' is missing");
      continue;
    }
    column.comment = there->comment;
    if (column != *there)
      found.push_back("there is: " + to_string(*there) +
                      "; the revision makes: " + to_string(column));
  }
}

void compare_constraints(const Table& actual, const Table& wanted,
                         std::vector<std::string>& found) {
  if (wanted.primary_key && (!actual.primary_key || without_name(*actual.primary_key) !=
                                                        without_name(*wanted.primary_key)))
    found.push_back(to_string(model::Constraint(*wanted.primary_key)) + " is missing");
  for (const model::Constraint& constraint : wanted.constraints)
    if (!has(actual, constraint)) found.push_back(to_string(constraint) + " is missing");
}

void compare_indexes(const Table& actual, const Table& wanted, std::vector<std::string>& found) {
  for (model::Index index : wanted.indexes) {
    const model::Index* there = actual.find_index(index.name);
    if (there != nullptr) index.comment = there->comment;
    if (there == nullptr) {
      found.push_back(to_string(index) + " is missing");
    } else if (index != *there) {
      found.push_back("there is: " + to_string(*there) +
                      "; the revision makes: " + to_string(index));
    }
  }
}

void compare_kind(const Table& actual, const Table& wanted, std::vector<std::string>& found) {
  const auto check = [&](bool same, const char* what) {
    if (!same) found.push_back(std::string("the table differs in ") + what);
  };
  check(actual.without_rowid == wanted.without_rowid, "WITHOUT ROWID");
  check(actual.strict == wanted.strict, "STRICT");
  check(actual.autoincrement == wanted.autoincrement, "AUTOINCREMENT");
  check(actual.unlogged == wanted.unlogged, "UNLOGGED");
  check(actual.partition_by == wanted.partition_by, "PARTITION BY");
}

}  // namespace

std::vector<std::string> differences_from(const Table& actual_table, const Table& wanted_table) {
  const Table actual = model::normalized(actual_table);
  const Table wanted = model::normalized(wanted_table);
  std::vector<std::string> found;
  compare_columns(actual, wanted, found);
  compare_constraints(actual, wanted, found);
  compare_indexes(actual, wanted, found);
  compare_kind(actual, wanted, found);
  return found;
}

}  // namespace cupel::migrate
