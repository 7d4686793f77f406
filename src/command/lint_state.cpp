// SPDX-License-Identifier: MIT
// See lint_state.hpp.
#include "command/lint_state.hpp"

#include <variant>

namespace cupel::command {

void ReplayedSchema::apply(const lint::Step& step, bool is_linted) {
  for (const lint::Effect& effect : step.effects) {
    if (std::holds_alternative<lint::NotUnderstood>(effect)) is_complete_ = false;
    if (const auto* operation = std::get_if<ops::Operation>(&effect)) apply(*operation, is_linted);
  }
}

void ReplayedSchema::apply(const ops::Operation& operation, bool is_linted) {
  const auto* create = std::get_if<ops::CreateTable>(&operation);
  const bool is_there = create != nullptr && schema().find_table(create->table.name) != nullptr;
  try {
    memory_.apply(operation);
  } catch (const UsageError&) {
    is_complete_ = false;  // it is about something that nobody has seen being made
  }
  if (is_linted && !is_there) follow(operation);
}

void ReplayedSchema::follow(const ops::Operation& operation) {
  if (const auto* create = std::get_if<ops::CreateTable>(&operation)) {
    new_tables_.insert(create->table.name);
  } else if (const auto* drop = std::get_if<ops::DropTable>(&operation)) {
    new_tables_.erase(drop->table);
  } else if (const auto* rename = std::get_if<ops::RenameTable>(&operation)) {
    if (new_tables_.erase(rename->table) > 0)
      new_tables_.insert({rename->table.schema, rename->new_name});
  } else if (const auto* move = std::get_if<ops::SetTableSchema>(&operation)) {
    if (new_tables_.erase(move->table) > 0)
      new_tables_.insert({move->new_schema, move->table.name});
  }
}

}  // namespace cupel::command
