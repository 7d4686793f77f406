// SPDX-License-Identifier: MIT
// A whole schema from nothing.
#include "cupel/diff/diff.hpp"

namespace cupel::diff {

std::vector<ops::Operation> create_all(const model::Schema& schema, const DiffRules& rules) {
  return compare({}, schema, rules).operations;
}

}  // namespace cupel::diff
