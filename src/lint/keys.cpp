// SPDX-License-Identifier: MIT
// See keys.hpp.
#include "lint/keys.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"

namespace cupel::lint {

bool hold_key(const model::Table* table, const std::vector<std::string>& columns) {
  if (table == nullptr) return false;
  const auto is_given = [&](const std::string& column) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const std::string& it) { return text::equals_ignore_case(it, column); });
  };
  const auto all_given = [&](const std::vector<std::string>& key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), is_given);
  };
  if (table->primary_key && all_given(table->primary_key->columns)) return true;
  for (const model::Constraint& constraint : table->constraints) {
    const auto* unique = std::get_if<model::UniqueConstraint>(&constraint);
    if (unique != nullptr && all_given(unique->columns)) return true;
  }
  return std::any_of(table->indexes.begin(), table->indexes.end(), [&](const model::Index& index) {
    return index.unique && index.where.empty() && !index.elements.empty() &&
           std::all_of(index.elements.begin(), index.elements.end(),
                       [&](const model::IndexElement& it) { return is_given(it.column); });
  });
}

}  // namespace cupel::lint
