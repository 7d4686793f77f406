// SPDX-License-Identifier: MIT
// When a column's type changes without a rewrite: the new type takes every old value as it is
// stored. Test: lint_dbtest.cpp
#include <algorithm>

#include "cupel/base/text.hpp"
#include "dialect/postgres/expression_form.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/impact.hpp"
#include "dialect/postgres/stored.hpp"
#include "dialect/postgres/type_change.hpp"
#include "dialect/postgres/types.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::Type;
using model::TypeKind;

bool is_named(const Type& type, std::string_view name) {
  return type.kind == TypeKind::Named && type.schema.empty() &&
         text::equals_ignore_case(type.name.substr(0, type.name.find('(')), name);
}

/// Text of any length. citext is stored as text is.
bool is_unlimited_text(const Type& type) {
  return type.kind == TypeKind::Text || is_named(type, "citext") ||
         (type.kind == TypeKind::String && !type.length);
}

bool is_varying_text(const Type& type) {
  return is_unlimited_text(type) || type.kind == TypeKind::String;
}

/// No limit, or one that is not smaller.
bool widens(const std::optional<int>& from, const std::optional<int>& to) {
  return !to || (from && *from <= *to);
}

bool numeric_widens(const Type& from, const Type& to) {
  if (!to.precision) return true;
  return from.precision && from.scale.value_or(0) == to.scale.value_or(0) &&
         *from.precision <= *to.precision;
}

std::optional<int> bits_of(const Type& type) {
  const std::size_t open = type.name.find('(');
  if (open == std::string::npos) return std::nullopt;
  return std::atoi(type.name.c_str() + open + 1);
}

bool digits_widen(const Type& from, const Type& to) {
  constexpr int kAll = 6;
  return from.precision.value_or(kAll) <= to.precision.value_or(kAll);
}

bool keeps_storage(const Type& from, const Type& to) {
  if (is_varying_text(from) && is_varying_text(to))
    return is_unlimited_text(to) || widens(from.length, to.length);
  if (is_named(from, "xml") && is_unlimited_text(to)) return to.kind != TypeKind::Named;
  if (is_named(from, "cidr") && is_named(to, "inet")) return true;
  if (is_named(from, "bit") && is_named(to, "bit varying")) return !bits_of(to);
  if (is_named(from, "bit varying") && is_named(to, "bit varying"))
    return widens(bits_of(from), bits_of(to));
  if (from.kind != to.kind) return false;
  switch (from.kind) {
    case TypeKind::Numeric:
      return numeric_widens(from, to);
    case TypeKind::Time:
    case TypeKind::DateTime:
      return from.timezone == to.timezone && digits_widen(from, to);
    case TypeKind::Interval:
      return digits_widen(from, to) && (to.name.empty() || from.name == to.name);
    default:
      return false;
  }
}

/// USING that says what the server does by itself: the column, or a cast of it to the type.
bool says_nothing(const std::string& using_expression, const std::string& column, const Type& to) {
  if (using_expression.empty()) return true;
  const std::string name = quote_identifier(column);
  return is_same_expression(using_expression, name) ||
         is_same_expression(using_expression, name + "::" + type_text(to));
}

}  // namespace

bool is_same_expression(const std::string& a, const std::string& b) {
  const std::optional<std::string> form = expression_form(a);
  return form && form == expression_form(b);
}

TypeCost type_cost(const Type& from, const Type& to, const std::string& column,
                   const std::string& using_expression) {
  Type plain_from = stored_type(from);
  Type plain_to = stored_type(to);
  plain_from.collation.clear();
  plain_to.collation.clear();
  const bool zones = plain_from.kind == TypeKind::DateTime && plain_to.kind == TypeKind::DateTime &&
                     plain_from.timezone != plain_to.timezone;
  if (zones && digits_widen(plain_from, plain_to) &&
      says_nothing(using_expression, column, plain_to)) {
    return TypeCost::DependsOnZone;
  }
  const bool is_native_enum = plain_to.kind == TypeKind::Enum;
  if (!is_native_enum && !says_nothing(using_expression, column, plain_to))
    return TypeCost::Rewrite;
  if (same_stored_type(plain_from, plain_to)) return TypeCost::Free;
  return keeps_storage(plain_from, plain_to) ? TypeCost::Free : TypeCost::Rewrite;
}

std::optional<Type> type_before(const ops::AlterColumn& alter, const lint::State& state) {
  const model::Table* table = state.schema.find_table(alter.table);
  const model::Column* column = table == nullptr ? nullptr : table->find_column(alter.column);
  if (column != nullptr && column->type.kind != TypeKind::Untyped) return column->type;
  return alter.existing_type;
}

}  // namespace cupel::dialect::postgres
