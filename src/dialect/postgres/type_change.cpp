// SPDX-License-Identifier: MIT
// See type_change.hpp. What casts by itself is in the server's pg_cast; test:
// type_change_dbtest.cpp
#include "dialect/postgres/type_change.hpp"

#include <optional>

#include "dialect/postgres/types.hpp"

namespace cupel::dialect::postgres {
namespace {

using diff::TypeChange;
using model::Type;
using model::TypeKind;

bool is_text(const Type& type) {
  return type.kind == TypeKind::String || type.kind == TypeKind::Char ||
         type.kind == TypeKind::Text;
}

bool is_named(const Type& type, std::string_view name) {
  return type.kind == TypeKind::Named && type.schema.empty() && type.name == name;
}

bool is_json(const Type& type) { return type.kind == TypeKind::Json || is_named(type, "JSONB"); }

bool is_jsonb(const Type& type) { return type.kind != TypeKind::Json && is_json(type); }

bool is_native_enum(const Type& type) { return type.kind == TypeKind::Enum && type.native; }

/// Digits before and behind the point that values may have; nullopt if there is no limit.
struct Digits {
  int whole = 0;
  int fraction = 0;
};
std::optional<Digits> digits_of(const Type& type) {
  switch (type.kind) {
    case TypeKind::SmallInteger:
      return Digits{5, 0};
    case TypeKind::Integer:
      return Digits{10, 0};
    case TypeKind::BigInteger:
      return Digits{19, 0};
    case TypeKind::Numeric:
      if (!type.precision) return std::nullopt;
      return Digits{*type.precision - type.scale.value_or(0), type.scale.value_or(0)};
    default:
      return std::nullopt;
  }
}

bool is_exact_number(const Type& type) {
  return model::is_integer(type) || type.kind == TypeKind::Numeric;
}

bool is_number(const Type& type) {
  return is_exact_number(type) || type.kind == TypeKind::Float || type.kind == TypeKind::Double;
}

/// Decimal digits that a floating-point type holds exactly.
int exact_digits(const Type& type) { return type.kind == TypeKind::Double ? 15 : 6; }

bool number_fits(const Type& from, const Type& to) {
  const std::optional<Digits> given = digits_of(from);
  if (is_exact_number(to)) {
    if (!is_exact_number(from)) return false;
    if (to.kind == TypeKind::Numeric && !to.precision) return true;
    const std::optional<Digits> room = digits_of(to);
    if (!given || !room) return false;
    if (model::is_integer(from) && model::is_integer(to)) return given->whole <= room->whole;
    // An integer type does not hold every number of as many digits as its largest.
    const int spare = model::is_integer(to) ? 1 : 0;
    return given->whole + spare <= room->whole && given->fraction <= room->fraction;
  }
  if (is_exact_number(from)) return given && given->whole + given->fraction <= exact_digits(to);
  return from.kind == to.kind || to.kind == TypeKind::Double;
}

/// As many characters as a value can have as text; nullopt if there is no limit.
std::optional<int> text_length(const Type& type) {
  switch (type.kind) {
    case TypeKind::Boolean:
      return 5;
    case TypeKind::SmallInteger:
      return 6;
    case TypeKind::Integer:
      return 11;
    case TypeKind::BigInteger:
      return 20;
    case TypeKind::Uuid:
      return 36;
    case TypeKind::String:
    case TypeKind::Char:
      return type.length;
    case TypeKind::Numeric:
      if (!type.precision) return std::nullopt;
      return *type.precision + 3;  // sign, point, zero before it
    default:
      return std::nullopt;
  }
}

bool text_fits(const Type& from, const Type& to) {
  if (to.kind == TypeKind::Text || !to.length) return true;
  const std::optional<int> needed = text_length(from);
  return needed && *needed <= *to.length;
}

bool digits_fit(const std::optional<int>& from, const std::optional<int>& to) {
  constexpr int kAll = 6;
  return from.value_or(kAll) <= to.value_or(kAll);
}

TypeChange widening_if(bool fits) { return fits ? TypeChange::Widening : TypeChange::Lossy; }

TypeChange judge_times(const Type& from, const Type& to) {
  if (from.kind == to.kind && from.timezone == to.timezone)
    return widening_if(digits_fit(from.precision, to.precision) && from.name == to.name);
  if (from.kind == TypeKind::DateTime && to.kind == TypeKind::DateTime) return TypeChange::Convert;
  if (from.kind == TypeKind::Date && to.kind == TypeKind::DateTime)
    return to.timezone ? TypeChange::Convert : TypeChange::Widening;
  if (from.kind == TypeKind::Time && to.kind == TypeKind::Time) return TypeChange::Convert;
  if (from.kind == TypeKind::Time && to.kind == TypeKind::Interval && !from.timezone)
    return widening_if(digits_fit(from.precision, to.precision));
  if (from.kind == TypeKind::DateTime && to.kind == TypeKind::Date) return TypeChange::Lossy;
  if (from.kind == TypeKind::DateTime && to.kind == TypeKind::Time)
    return to.timezone && !from.timezone ? TypeChange::Convert : TypeChange::Lossy;
  if (from.kind == TypeKind::Interval && to.kind == TypeKind::Time && !to.timezone)
    return TypeChange::Lossy;
  return TypeChange::Convert;
}

bool is_time(const Type& type) {
  return type.kind == TypeKind::Date || type.kind == TypeKind::Time ||
         type.kind == TypeKind::DateTime || type.kind == TypeKind::Interval;
}

/// What the server casts between times; all else goes by way of text.
bool casts_time(const Type& from, const Type& to) {
  switch (from.kind) {
    case TypeKind::Date:
      return to.kind == TypeKind::DateTime;
    case TypeKind::DateTime:
      return to.kind == TypeKind::Date || to.kind == TypeKind::Time ||
             to.kind == TypeKind::DateTime;
    case TypeKind::Time:
      return to.kind == TypeKind::Time || (to.kind == TypeKind::Interval && !from.timezone);
    case TypeKind::Interval:
      return to.kind == TypeKind::Interval || (to.kind == TypeKind::Time && !to.timezone);
    default:
      return false;
  }
}

/// vector(3) is vector.
std::string base_name(const Type& type) {
  return type.schema + "." + type.name.substr(0, type.name.find('('));
}

bool same_base(const Type& a, const Type& b) {
  return a.kind == TypeKind::Named && b.kind == TypeKind::Named && base_name(a) == base_name(b);
}

}  // namespace

bool same_stored_type(const Type& a, const Type& b) {
  if (a.kind != b.kind || a.collation != b.collation) return false;
  if (a.kind == TypeKind::Array)
    return a.element.size() == 1 && b.element.size() == 1 &&
           same_stored_type(a.element.front(), b.element.front());
  if (is_native_enum(a) && is_native_enum(b)) return a.name == b.name && a.schema == b.schema;
  return a == b;
}

TypeChange judge_change(const Type& from, const Type& to) {
  if (same_stored_type(from, to)) return TypeChange::Same;
  if (from.kind == TypeKind::Array && to.kind == TypeKind::Array) {
    const TypeChange of_element = judge_change(from.element.front(), to.element.front());
    return of_element == TypeChange::Same ? TypeChange::Widening : of_element;
  }
  if (is_number(from) && is_number(to)) return widening_if(number_fits(from, to));
  if (is_time(from) && is_time(to)) return judge_times(from, to);
  if (from.kind == TypeKind::LargeBinary && is_text(to)) return TypeChange::Convert;
  // The server writes every type as text by itself.
  if (is_text(to)) return widening_if(text_fits(from, to));
  if (same_base(from, to)) return TypeChange::Lossy;
  return TypeChange::Convert;
}

std::string conversion(const std::string& column, const Type& from, const Type& to) {
  const TypeChange change = judge_change(from, to);
  if (change == TypeChange::Same || change == TypeChange::Widening) return {};
  Type plain = to;
  plain.collation.clear();
  const std::string type = type_text(plain);
  if (change == TypeChange::Lossy) return same_base(from, to) ? column + "::" + type : "";
  if (from.kind == TypeKind::LargeBinary && is_text(to))
    return "convert_from(" + column + ", 'UTF8')";
  if (is_text(from) && to.kind == TypeKind::LargeBinary)
    return "convert_to(" + column + ", 'UTF8')";
  if (from.kind == TypeKind::Boolean && is_number(to))
    return column + (to.kind == TypeKind::Integer ? "::integer" : "::integer::" + type);
  if (is_number(from) && to.kind == TypeKind::Boolean) return column + " <> 0";
  // A time without a zone is taken for UTC, and shown as UTC, whatever the session's zone is.
  const bool zoned = from.timezone != to.timezone;
  if (from.kind == TypeKind::DateTime && to.kind == TypeKind::DateTime && zoned)
    return column + " AT TIME ZONE 'UTC'";
  if (from.kind == TypeKind::Date && to.kind == TypeKind::DateTime && to.timezone)
    return column + "::timestamp AT TIME ZONE 'UTC'";
  if (to.kind == TypeKind::Array && from.kind != TypeKind::Array && !is_text(from))
    return "CASE WHEN " + column + " IS NOT NULL THEN ARRAY[" + column + "]::" + type + " END";
  if (is_json(from) && is_json(to)) return column + "::" + type;
  if (is_json(to) && !is_text(from))
    return (is_jsonb(to) ? "to_jsonb(" : "to_json(") + column + ")";
  // The text of a JSON string without its quotes.
  if (is_json(from)) return "(" + column + " #>> '{}')::" + type;
  const bool direct = is_text(from) || casts_time(from, to);
  return column + (direct ? "::" : "::text::") + type;
}

}  // namespace cupel::dialect::postgres
