// SPDX-License-Identifier: MIT
// In which order things can be made: what one needs comes before it.
#pragma once

#include <cstddef>
#include <vector>

#include "cupel/diff/rules.hpp"

namespace cupel::diff {

/// Every number below needs.size() once: those that needs[i] names stand before i, as far as there
/// is no circle, and otherwise the given order is kept.
std::vector<std::size_t> dependency_order(const std::vector<std::vector<std::size_t>>& needs);

/// A foreign key that can only be added when both tables are there.
struct LaterKey {
  const model::Table* table = nullptr;
  const model::ForeignKey* key = nullptr;
};

struct TableOrder {
  std::vector<const model::Table*> tables;
  std::vector<LaterKey> later;
};

/// The order in which these tables can be made; dropped, in reverse. Tables that are not among them
/// count as there.
TableOrder order_tables(const std::vector<const model::Table*>& tables, const DiffRules& rules);

}  // namespace cupel::diff
