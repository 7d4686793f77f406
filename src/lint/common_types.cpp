// SPDX-License-Identifier: MIT
// What a change of a column's type means for its values. See common_judge.hpp.
#include <algorithm>
#include <limits>

#include "cupel/base/text.hpp"
#include "lint/common_judge.hpp"

namespace cupel::lint {
namespace {

using model::Type;
using model::TypeKind;

constexpr int kEndless = std::numeric_limits<int>::max();

/// Types that hold the same sort of thing.
enum class Sort { Integer, Decimal, Float, Text, Bytes, Enum, Date, Time, Moment, Other };

/// A type that only one database has, by its name.
Sort sort_of_name(const std::string& name) {
  const std::string lower = text::to_lower(name.substr(0, name.find('(')));
  for (const std::string_view word :
       {"int", "integer", "tinyint", "mediumint", "int2", "int4", "int8"})
    if (lower == word) return Sort::Integer;
  return lower == "real" ? Sort::Float : Sort::Other;
}

Sort sort_of(const Type& type) {
  switch (type.kind) {
    case TypeKind::SmallInteger:
    case TypeKind::Integer:
    case TypeKind::BigInteger:
      return Sort::Integer;
    case TypeKind::Numeric:
      return Sort::Decimal;
    case TypeKind::Float:
    case TypeKind::Double:
      return Sort::Float;
    case TypeKind::String:
    case TypeKind::Char:
    case TypeKind::Text:
      return Sort::Text;
    case TypeKind::Binary:
    case TypeKind::LargeBinary:
      return Sort::Bytes;
    case TypeKind::Enum:
      return type.native ? Sort::Enum : Sort::Text;
    case TypeKind::Date:
      return Sort::Date;
    case TypeKind::Time:
      return Sort::Time;
    case TypeKind::DateTime:
    case TypeKind::Timestamp:
      return Sort::Moment;
    case TypeKind::Named:
      return sort_of_name(type.name);
    default:
      return Sort::Other;
  }
}

int width(const Type& integer) {
  if (integer.kind == TypeKind::SmallInteger) return 5;
  return integer.kind == TypeKind::Integer ? 10 : 19;
}

int length(const Type& type) {
  if (type.kind == TypeKind::Text || type.kind == TypeKind::LargeBinary) return kEndless;
  if (type.kind == TypeKind::Enum && !type.length) {
    std::size_t longest = 0;
    for (const std::string& value : type.values) longest = std::max(longest, value.size());
    return static_cast<int>(longest);
  }
  if (type.kind == TypeKind::Char) return type.length.value_or(1);
  return type.length.value_or(kEndless);
}

TypeChange compare_decimals(const Type& before, const Type& after) {
  if (!after.precision) return TypeChange::Same;
  if (!before.precision) return TypeChange::Narrower;
  const int scale_before = before.scale.value_or(0);
  const int scale_after = after.scale.value_or(0);
  const bool holds = scale_after >= scale_before &&
                     *after.precision - scale_after >= *before.precision - scale_before;
  return holds ? TypeChange::Same : TypeChange::Narrower;
}

TypeChange compare_enums(const Type& before, const Type& after) {
  const bool keeps_all =
      std::all_of(before.values.begin(), before.values.end(), [&](const std::string& value) {
        return std::find(after.values.begin(), after.values.end(), value) != after.values.end();
      });
  // A type that is only named may have any values.
  return keeps_all || after.values.empty() ? TypeChange::Same : TypeChange::Narrower;
}

TypeChange compare_moments(const Type& before, const Type& after) {
  if (before.timezone != after.timezone) return TypeChange::Other;
  return after.precision.value_or(6) < before.precision.value_or(6) ? TypeChange::Narrower
                                                                    : TypeChange::Same;
}

/// Both of one sort.
TypeChange compare_alike(Sort sort, const Type& before, const Type& after) {
  switch (sort) {
    case Sort::Integer:
      if (width(after) == width(before)) return TypeChange::Same;
      return width(after) > width(before) ? TypeChange::Wider : TypeChange::Narrower;
    case Sort::Decimal:
      return compare_decimals(before, after);
    case Sort::Float:
      if (after.kind == before.kind) return TypeChange::Same;
      return after.kind == TypeKind::Double ? TypeChange::Wider : TypeChange::Narrower;
    case Sort::Text:
    case Sort::Bytes:
      return length(after) >= length(before) ? TypeChange::Same : TypeChange::Narrower;
    case Sort::Enum:
      return compare_enums(before, after);
    case Sort::Time:
    case Sort::Moment:
      return compare_moments(before, after);
    default:
      break;
  }
  if (before.kind == TypeKind::Array && after.kind == TypeKind::Array &&
      before.element.size() == 1 && after.element.size() == 1)
    return compare_types(before.element[0], after.element[0]);
  if (before.kind == after.kind && text::equals_ignore_case(before.name, after.name))
    return TypeChange::Same;
  return TypeChange::Other;
}

}  // namespace

bool are_alike(const Type& before, const Type& after) { return sort_of(before) == sort_of(after); }

TypeChange compare_types(const Type& before, const Type& after) {
  const Sort from = sort_of(before);
  const Sort to = sort_of(after);
  if (from == to) return compare_alike(from, before, after);
  if (from == Sort::Text) return to == Sort::Bytes ? TypeChange::Other : TypeChange::Parsed;
  // Everything can be written as text that is long enough: of a number 20 characters are.
  if (to == Sort::Text) return length(after) < 20 ? TypeChange::Narrower : TypeChange::Other;
  if (from == Sort::Integer && to == Sort::Decimal) {
    const int digits = after.precision ? *after.precision - after.scale.value_or(0) : kEndless;
    return digits >= width(before) ? TypeChange::Wider : TypeChange::Narrower;
  }
  const bool loses = (to == Sort::Integer && (from == Sort::Decimal || from == Sort::Float)) ||
                     (to == Sort::Float && from == Sort::Decimal) ||
                     (to == Sort::Decimal && from == Sort::Float) ||
                     (from == Sort::Moment && (to == Sort::Date || to == Sort::Time));
  if (loses) return TypeChange::Narrower;
  return from == Sort::Date && to == Sort::Moment ? TypeChange::Wider : TypeChange::Other;
}

}  // namespace cupel::lint
