// SPDX-License-Identifier: MIT
// See side.hpp.
#include "diff/side.hpp"

#include <algorithm>

namespace cupel::diff {

using model::Table;

Side::Side(const model::Schema& schema, const DiffRules& rules, const Options& options)
    : schema_(&schema), rules_(&rules), options_(&options) {
  list_.reserve(schema.tables.size());
  tables_.reserve(schema.tables.size());
  for (const Table& table : schema.tables) {
    if (options.is_included && !options.is_included(model::key_of(table), {})) continue;
    list_.push_back(&table);
    tables_.emplace(rules.stored_name(table.name), &table);
  }
}

const Table* Side::find(const model::ObjectName& stored_name) const {
  const auto found = tables_.find(stored_name);
  return found == tables_.end() ? nullptr : found->second;
}

StoredTable Side::stored(const Table& table) const {
  Table result = rules_->stored_table(table, *schema_);
  name_referred_columns(result);
  if (options_->is_included) leave_out(result);
  return as_stored(std::move(result), table);
}

/// A foreign key that names no columns refers to the primary key.
void Side::name_referred_columns(Table& table) const {
  for (model::Constraint& constraint : table.constraints) {
    auto* key = std::get_if<model::ForeignKey>(&constraint);
    if (key == nullptr || !key->referred_columns.empty()) continue;
    const Table* referred = find(rules_->stored_name(key->referred_table));
    if (referred != nullptr && referred->primary_key) {
      key->referred_columns = referred->primary_key->columns;
    }
  }
}

void Side::leave_out(Table& table) const {
  const auto is_left_out = [&, key = model::key_of(table)](const auto& part) {
    return !options_->is_included(key, part_of(part));
  };
  std::erase_if(table.columns, is_left_out);
  std::erase_if(table.constraints, is_left_out);
  std::erase_if(table.indexes, is_left_out);
  if (table.primary_key && is_left_out(model::Constraint(*table.primary_key))) {
    table.primary_key.reset();
  }
}

StoredTable as_stored(Table table, const Table& original) {
  StoredTable result{.original = &original, .table = model::normalized(std::move(table))};
  if (result.table.primary_key) result.primary_key = *result.table.primary_key;
  return result;
}

}  // namespace cupel::diff
