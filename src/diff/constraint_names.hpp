// SPDX-License-Identifier: MIT
// Names for constraints that have none.
#pragma once

#include "cupel/diff/rules.hpp"

namespace cupel::diff {

/// Gives the constraint a name if it has none and is to be found again: one that is free in both
/// tables.
model::Constraint named(model::Constraint constraint, const model::Table& table,
                        const model::Table& before, const DiffRules& rules);

/// Finds constraints without names by those that a server would make; these depend on what else is
/// there, so that one can only be dropped after the other.
class UnnamedConstraints {
 public:
  explicit UnnamedConstraints(const model::Table& table) : table_(table) {}
  /// The name by which the constraint can be dropped now.
  std::string drop(const model::Constraint& constraint, const DiffRules& rules);

 private:
  model::Table table_;
};

}  // namespace cupel::diff
