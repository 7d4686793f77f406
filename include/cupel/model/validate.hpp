// SPDX-License-Identifier: MIT
// Finds what no database could accept, all problems at once.
#pragma once

#include <string>
#include <vector>

#include "cupel/model/schema.hpp"

namespace cupel::model {

/// One problem; `where` is "table 'users', column 'id'".
struct CUPEL_API Problem {
  std::string where;
  std::string what;
  bool operator==(const Problem&) const = default;
};

/// Duplicate names, constraints over unknown columns, foreign keys with unequal column counts, an
/// empty enum, ...
CUPEL_API std::vector<Problem> validate(const Schema& schema);
CUPEL_API std::vector<Problem> validate(const Table& table);

}  // namespace cupel::model
