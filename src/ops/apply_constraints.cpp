// SPDX-License-Identifier: MIT
// Changes of the constraints and indexes of one table value. See apply.hpp.
#include <algorithm>
#include <utility>

#include "cupel/ops/services.hpp"
#include "ops/apply.hpp"

namespace cupel::ops {

using model::CheckConstraint;
using model::Column;
using model::Constraint;
using model::ForeignKey;
using model::Index;
using model::PrimaryKey;
using model::Table;

namespace {

/// Gives the constraint at `place` to `change` and puts it back.
template <typename Function>
void change_constraint(Table& table, int place, Function change) {
  if (place >= 0) return change(table.constraints[static_cast<std::size_t>(place)]);
  Constraint key = *table.primary_key;
  change(key);
  table.primary_key = std::get<PrimaryKey>(key);
}

std::vector<std::string> index_names(const Table& table) {
  std::vector<std::string> names;
  for (const Index& it : table.indexes) names.push_back(it.name);
  return names;
}

/// Whether a column numbers rows is settled when it is made. Keys that come and go later change
/// nothing about it, though the same table made at once would be another.
class KeptNumbering {
 public:
  KeptNumbering(Table& table, const Constraint& key) : table_(table) {
    const bool matters =
        std::holds_alternative<PrimaryKey>(key) || std::holds_alternative<ForeignKey>(key);
    if (!matters) return;
    for (const std::string& name : model::columns_of(key)) {
      const Column* it = table.find_column(name);
      if (it != nullptr && model::is_integer(it->type)) numbered_.emplace_back(name, numbers(*it));
    }
  }
  /// Says it in words only where the keys that are there now do not say it.
  void keep() const {
    for (const auto& [name, was_numbered] : numbered_) {
      Column& column = *table_.find_column(name);
      column.autoincrement = model::Autoincrement::Auto;
      if (numbers(column) == was_numbered) continue;
      column.autoincrement = was_numbered ? model::Autoincrement::Yes : model::Autoincrement::No;
    }
  }

 private:
  bool numbers(const Column& column) const {
    return column.autoincrement == model::Autoincrement::Yes || table_.is_autoincrement(column);
  }

  Table& table_;
  std::vector<std::pair<std::string, bool>> numbered_;
};

}  // namespace

void TableApplier::require_free_name(const std::string& constraint) const {
  if (constraint.empty() || !table_.find_constraint(constraint)) return;
  throw already_there(where() + ": constraint", constraint);
}

void TableApplier::operator()(const AddConstraint& op) const {
  const std::string& name = model::name_of(op.constraint);
  if (op.if_not_exists && !name.empty() && table_.find_constraint(name)) return;
  require_free_name(name);
  require_columns(model::columns_of(op.constraint));
  const KeptNumbering numbering(table_, op.constraint);
  const auto* key = std::get_if<PrimaryKey>(&op.constraint);
  if (key == nullptr) {
    table_.constraints.push_back(op.constraint);
    return numbering.keep();
  }
  if (table_.primary_key) throw UsageError(where() + ": there is already a primary key");
  for (const std::string& it : key->columns) column(it).nullable = false;
  table_.primary_key = *key;
  numbering.keep();
}

void TableApplier::operator()(const DropConstraint& op) const {
  const std::optional<int> place = find_constraint(table_, op.name, op.kind);
  if (!place) {
    if (op.if_exists) return;
    throw_no_such(table_, "constraint", op.name, given_constraint_names(table_));
  }
  const KeptNumbering numbering(
      table_, *place < 0 ? Constraint(*table_.primary_key) : table_.constraints[*place]);
  if (*place >= 0) {
    table_.constraints.erase(table_.constraints.begin() + *place);
  } else {
    table_.primary_key.reset();
    table_.autoincrement = false;
  }
  numbering.keep();
}

void TableApplier::operator()(const RenameConstraint& op) const {
  const std::optional<int> place = find_constraint(table_, op.name, std::nullopt);
  if (!place) throw_no_such(table_, "constraint", op.name, given_constraint_names(table_));
  require_free_name(op.new_name);
  change_constraint(table_, *place, [&](Constraint& it) { model::set_name(it, op.new_name); });
}

void TableApplier::operator()(const ValidateConstraint& op) const {
  const std::optional<int> place = find_constraint(table_, op.name, std::nullopt);
  if (!place) throw_no_such(table_, "constraint", op.name, given_constraint_names(table_));
  change_constraint(table_, *place, [](Constraint& it) {
    if (auto* key = std::get_if<ForeignKey>(&it)) key->not_valid = false;
    if (auto* check = std::get_if<CheckConstraint>(&it)) check->not_valid = false;
  });
}

void set_constraint_comment(Table& table, const std::string& name, const std::string& comment) {
  const std::optional<int> place = find_constraint(table, name, std::nullopt);
  if (!place) throw_no_such(table, "constraint", name, given_constraint_names(table));
  change_constraint(table, *place, [&](Constraint& constraint) {
    std::visit([&](auto& it) { it.comment = comment; }, constraint);
  });
}

void TableApplier::operator()(const CreateIndex& op) const {
  if (table_.find_index(op.index.name) != nullptr) {
    if (op.if_not_exists) return;
    throw already_there(where() + ": index", op.index.name);
  }
  require_columns(op.index.include);
  for (const model::IndexElement& it : op.index.elements) {
    if (!it.column.empty()) column(it.column);
  }
  table_.indexes.push_back(op.index);
}

void TableApplier::operator()(const DropIndex& op) const {
  const std::size_t dropped =
      std::erase_if(table_.indexes, [&](const Index& it) { return it.name == op.name; });
  if (dropped != 0 || op.if_exists) return;
  throw_no_such(table_, "index", op.name, index_names(table_));
}

}  // namespace cupel::ops
