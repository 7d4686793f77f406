// SPDX-License-Identifier: MIT
// What standard SQL would answer. See rules.hpp.
#include "cupel/diff/rules.hpp"

#include <algorithm>

#include "cupel/model/naming.hpp"
#include "cupel/ops/services.hpp"
#include "diff/names.hpp"

namespace cupel::diff {

using model::TypeKind;

DiffRules::~DiffRules() = default;
Normalizer::~Normalizer() = default;

// What is stored

model::ObjectName DiffRules::stored_name(const model::ObjectName& name) const { return name; }

model::Table DiffRules::stored_table(model::Table table, const model::Schema&) const {
  return table;
}

namespace {

/// Adds the enum types that the type brings along and nobody has listed.
void list_enums(const model::Type& type, NameSet& listed, std::vector<model::EnumType>& enums) {
  for (const model::Type& element : type.element) list_enums(element, listed, enums);
  if (type.kind != TypeKind::Enum || !type.native || !type.create_type || type.name.empty()) return;
  model::ObjectName name(type.schema, type.name);
  if (listed.insert(name).second) enums.push_back({std::move(name), type.values, {}});
}

}  // namespace

model::Schema DiffRules::stored_objects(const model::Schema& whole) const {
  model::Schema result;
  result.schemas = whole.schemas;
  result.extensions = whole.extensions;
  result.enums = whole.enums;
  result.domains = whole.domains;
  result.sequences = whole.sequences;
  result.views = whole.views;
  result.functions = whole.functions;
  result.triggers = whole.triggers;
  NameSet listed;
  for (const model::EnumType& it : whole.enums) listed.insert(it.name);
  for (const model::Table& table : whole.tables) {
    for (const model::Column& column : table.columns) {
      list_enums(column.type, listed, result.enums);
    }
  }
  return result;
}

model::Schema DiffRules::stored(const model::Schema& whole) const {
  model::Schema result = stored_objects(whole);
  result.tables.reserve(whole.tables.size());
  for (const model::Table& table : whole.tables) {
    result.tables.push_back(stored_table(table, whole));
  }
  return model::normalized(std::move(result));
}

// What is the same

bool DiffRules::same_type(const model::Type& a, const model::Type& b) const { return a == b; }

bool DiffRules::same_expression(const std::string& a, const std::string& b) const { return a == b; }

bool DiffRules::same_default(const model::Type&, const model::Expression& a,
                             const model::Expression& b) const {
  return a.kind == b.kind && (a.text == b.text || same_expression(a.text, b.text));
}

bool DiffRules::numbers_rows(const model::Table& table, const model::Column& column) const {
  return column.autoincrement == model::Autoincrement::Yes || table.is_autoincrement(column);
}

namespace {

int integer_width(const model::Type& type) {
  switch (type.kind) {
    case TypeKind::SmallInteger:
      return 2;
    case TypeKind::Integer:
      return 4;
    case TypeKind::BigInteger:
      return 8;
    default:
      return 0;
  }
}

bool is_text(const model::Type& type) {
  return type.kind == TypeKind::String || type.kind == TypeKind::Text;
}

bool holds_at_least(const std::optional<int>& limit, const std::optional<int>& other) {
  return !limit || (other && *limit >= *other);
}

}  // namespace

TypeChange DiffRules::judge(const model::Type& from, const model::Type& to) const {
  if (same_type(from, to)) return TypeChange::Same;
  if (is_integer(from) && is_integer(to)) {
    return integer_width(to) >= integer_width(from) ? TypeChange::Widening : TypeChange::Lossy;
  }
  if (is_text(from) && is_text(to)) {
    return holds_at_least(to.length, from.length) ? TypeChange::Widening : TypeChange::Lossy;
  }
  if (from.kind == TypeKind::Numeric && to.kind == TypeKind::Numeric) {
    const int from_scale = from.scale.value_or(0);
    const int to_scale = to.scale.value_or(0);
    const bool all_fit =
        !to.precision || (from.precision && to_scale >= from_scale &&
                          *to.precision - to_scale >= *from.precision - from_scale);
    return all_fit ? TypeChange::Widening : TypeChange::Lossy;
  }
  if (from.kind == TypeKind::Enum && to.kind == TypeKind::Enum) {
    const auto is_kept = [&](const std::string& value) {
      return std::find(to.values.begin(), to.values.end(), value) != to.values.end();
    };
    const bool all_kept = std::all_of(from.values.begin(), from.values.end(), is_kept);
    return all_kept ? TypeChange::Widening : TypeChange::Lossy;
  }
  if (from.kind == to.kind && from.kind != TypeKind::Named && from.kind != TypeKind::Array) {
    return TypeChange::Lossy;
  }
  return is_text(to) && to.length == std::nullopt ? TypeChange::Widening : TypeChange::Convert;
}

std::string DiffRules::using_expression(const std::string&, const model::Type&,
                                        const model::Type&) const {
  return {};
}

bool DiffRules::can_alter_computed(const std::optional<model::Computed>&,
                                   const std::optional<model::Computed>&) const {
  return false;
}

// What the database has

bool DiffRules::has_comments() const { return true; }
bool DiffRules::has_schemas() const { return true; }
bool DiffRules::has_own_enums() const { return true; }
bool DiffRules::has_constraint_names() const { return true; }
std::size_t DiffRules::max_name_length() const { return 63; }

std::string DiffRules::name_for(const model::Table& table,
                                const model::Constraint& constraint) const {
  return model::shortened_name(ops::made_name(table, constraint), max_name_length());
}

// How it changes things

bool DiffRules::groups_table_changes() const { return false; }
bool DiffRules::foreign_keys_need_tables() const { return true; }
bool DiffRules::dependents_block_changes() const { return true; }

bool DiffRules::can_replace(const model::View&, const model::View&) const { return false; }

bool DiffRules::can_replace(const model::Function&, const model::Function&) const { return false; }

}  // namespace cupel::diff
