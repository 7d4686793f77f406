// SPDX-License-Identifier: MIT
// See table_diff.hpp.
#include "diff/table_diff.hpp"

#include "cupel/ops/operation.hpp"
#include "diff/pairing.hpp"

namespace cupel::diff {
namespace {

using model::Column;

/// Enum types that live apart are compared there; here only which one it is counts.
model::Type without_values(model::Type type) {
  for (model::Type& element : type.element) element = without_values(std::move(element));
  if (type.kind == model::TypeKind::Enum && type.native && !type.name.empty()) {
    type.values.clear();
    type.create_type = true;
  }
  return type;
}

bool same_default(const Column& from, const Column& to, const DiffRules& rules) {
  if (from.server_default.has_value() != to.server_default.has_value()) return false;
  return !from.server_default ||
         rules.same_default(to.type, *from.server_default, *to.server_default);
}

/// Where one side does not say whether it is stored, the database decides.
bool same_computed(const std::optional<model::Computed>& from,
                   const std::optional<model::Computed>& to, const DiffRules& rules) {
  if (from.has_value() != to.has_value()) return false;
  if (!from) return true;
  if (from->persisted && to->persisted && from->persisted != to->persisted) return false;
  return from->expression == to->expression ||
         rules.same_expression(from->expression, to->expression);
}

bool is_unsettled(const ColumnDiff& diff) {
  const bool default_texts = diff.from->server_default && diff.to->server_default;
  const bool computed_texts = diff.from->computed && diff.to->computed;
  return (diff.server_default && default_texts) || (diff.computed && computed_texts);
}

/// A partition has the columns and keys of its parent.
bool takes_columns(const TableDiff& diff) {
  return diff.from.table.partition_of && diff.to.table.partition_of &&
         diff.from.table.partition_of->parent == diff.to.table.partition_of->parent;
}

void compare_all_columns(TableDiff& diff, const DiffRules& rules) {
  const model::Table& from = diff.from.table;
  const model::Table& to = diff.to.table;
  for (const Column& column : to.columns) {
    const Column* before = from.find_column(column.name);
    const ColumnDiff it = before == nullptr ? ColumnDiff{.to = &column}
                                            : compare_columns(diff, *before, column, rules);
    if (!it.differs()) continue;
    diff.columns.push_back(it);
    if (!it.is_added() && is_unsettled(it)) diff.unsettled = true;
  }
  for (const Column& column : from.columns) {
    if (to.find_column(column.name) == nullptr) diff.columns.push_back({.from = &column});
  }
}

bool same_partition(const std::optional<model::PartitionOf>& from,
                    const std::optional<model::PartitionOf>& to, const DiffRules& rules) {
  if (!from || !to) return from.has_value() == to.has_value();
  return from->parent == to->parent &&
         (from->bound == to->bound || rules.same_expression(from->bound, to->bound));
}

void compare_table_words(TableDiff& diff, const DiffRules& rules) {
  const model::Table& from = diff.from.table;
  const model::Table& to = diff.to.table;
  diff.comment = rules.has_comments() && from.comment != to.comment;
  diff.options = ops::options_of(from) != ops::options_of(to);
  diff.partition = !same_partition(from.partition_of, to.partition_of, rules);
  if (diff.partition && takes_columns(diff)) diff.unsettled = true;
  diff.inherits = from.inherits != to.inherits;
  diff.partition_by = from.partition_by != to.partition_by &&
                      !rules.same_expression(from.partition_by, to.partition_by);
  if (diff.partition_by && !from.partition_by.empty() && !to.partition_by.empty()) {
    diff.unsettled = true;
  }
}

}  // namespace

bool same_column_type(const model::Type& a, const model::Type& b, const DiffRules& rules) {
  if (a == b) return true;
  if (!rules.has_own_enums()) return rules.same_type(a, b);
  return rules.same_type(without_values(a), without_values(b));
}

std::vector<const model::Constraint*> StoredTable::constraints() const {
  std::vector<const model::Constraint*> result;
  result.reserve(table.constraints.size() + 1);
  if (primary_key) result.push_back(&*primary_key);
  for (const model::Constraint& it : table.constraints) result.push_back(&it);
  return result;
}

std::vector<const model::Index*> StoredTable::indexes() const {
  std::vector<const model::Index*> result;
  result.reserve(table.indexes.size());
  for (const model::Index& it : table.indexes) result.push_back(&it);
  return result;
}

ColumnDiff compare_columns(const TableDiff& diff, const Column& from, const Column& to,
                           const DiffRules& rules) {
  ColumnDiff it{.from = &from, .to = &to};
  it.type = !same_column_type(from.type, to.type, rules);
  if (it.type) it.type_change = rules.judge(from.type, to.type);
  it.nullable = from.nullable != to.nullable;
  it.server_default = !same_default(from, to, rules);
  it.computed = !same_computed(from.computed, to.computed, rules);
  it.identity = from.identity != to.identity;
  it.autoincrement =
      rules.numbers_rows(diff.from.table, from) != rules.numbers_rows(diff.to.table, to);
  it.comment = rules.has_comments() && from.comment != to.comment;
  it.not_null_conflict = !to.nullable && from.not_null_conflict != to.not_null_conflict;
  it.replaced = it.computed && !rules.can_alter_computed(from.computed, to.computed);
  return it;
}

void compare_tables(TableDiff& diff, const DiffRules& rules) {
  if (!takes_columns(diff)) compare_all_columns(diff, rules);
  const auto compare_parts = [&]<typename T>(const std::vector<const T*>& from,
                                             const std::vector<const T*>& to,
                                             std::vector<PartDiff<T>>& out) {
    if (Pairing<T>(from, to, rules).run(out)) diff.unsettled = true;
  };
  compare_parts(diff.from.constraints(), diff.to.constraints(), diff.constraints);
  compare_parts(diff.from.indexes(), diff.to.indexes(), diff.indexes);
  compare_table_words(diff, rules);
}

}  // namespace cupel::diff
