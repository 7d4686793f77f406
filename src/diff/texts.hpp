// SPDX-License-Identifier: MIT
// All SQL that a table holds.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "cupel/model/table.hpp"

namespace cupel::diff {

/// None if there is no text.
inline std::optional<std::string> some(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

/// visit(text) for every expression: defaults, computed columns, CHECKs, exclusions, indexes, how
/// it is partitioned.
template <typename Visit>
void for_each_text(const model::Table& table, const Visit& visit) {
  for (const model::Column& it : table.columns) {
    if (it.server_default && it.server_default->kind == model::ExpressionKind::Sql) {
      visit(it.server_default->text);
    }
    if (it.computed) visit(it.computed->expression);
  }
  for (const model::Constraint& it : table.constraints) {
    if (const auto* check = std::get_if<model::CheckConstraint>(&it)) visit(check->expression);
    const auto* exclude = std::get_if<model::ExcludeConstraint>(&it);
    if (exclude == nullptr) continue;
    visit(exclude->where);
    for (const model::ExcludeElement& element : exclude->elements) visit(element.expression);
  }
  for (const model::Index& it : table.indexes) {
    visit(it.where);
    for (const model::IndexElement& element : it.elements) visit(element.expression);
  }
  visit(table.partition_by);
}

}  // namespace cupel::diff
