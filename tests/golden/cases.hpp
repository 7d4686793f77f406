// SPDX-License-Identifier: MIT
// The calls of the golden cases, by number. What they must write is in the .txt files beside this.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cupel/context/operations.hpp"

namespace cupel::golden {

using namespace model;  // NOLINT(google-build-using-namespace): cases read like scripts
using Column = model::ColumnDefinition;  // what scripts call a column
using context::BatchOperations;
using context::Operations;

/// One call, or the reason why there is none.
struct Case {
  int number = 0;
  std::function<void(Operations&)> run;
  NamingConvention convention = {};
  std::string not_applicable = {};
  std::vector<Table> known = {};  ///< as they are before, for the database that may have to rebuild
};

inline Case not_applicable(int number, std::string reason) {
  return {number, {}, {}, std::move(reason), {}};
}
/// The same cases, with tables that exist.
inline std::vector<Case> knowing(const std::vector<Table>& tables, std::vector<Case> cases) {
  for (Case& it : cases) it.known = tables;
  return cases;
}
/// A naming convention with one template.
inline NamingConvention ck(std::string text) {
  NamingConvention convention;
  convention.ck = std::move(text);
  return convention;
}
inline Type with_check(Type type, std::string name = {}) {
  type.create_constraint = true;
  type.constraint_name = std::move(name);
  return type;
}

std::vector<Case> table_cases();
std::vector<Case> column_cases();
std::vector<Case> alter_column_cases();
std::vector<Case> comment_cases();
std::vector<Case> index_cases();
std::vector<Case> constraint_cases();
std::vector<Case> type_cases();
std::vector<Case> data_cases();
std::vector<Case> naming_cases();
std::vector<Case> batch_cases();

}  // namespace cupel::golden
