// SPDX-License-Identifier: MIT
// See py_types.hpp.
#include "alembic/py_types.hpp"

#include <algorithm>
#include <array>

#include "alembic/py_text.hpp"
#include "cupel/base/text.hpp"

namespace cupel::alembic::py {
namespace {

using model::Type;
using model::TypeKind;
using Code = std::optional<std::string>;

/// Without arguments in both generations of SQLAlchemy, by the name that the database gives them.
constexpr auto kRichNames = std::to_array<std::string_view>(
    {"CIDR", "DATERANGE", "INET", "INT4RANGE", "INT8RANGE", "MACADDR", "MONEY", "NUMRANGE", "OID",
     "REGCLASS", "TSRANGE", "TSTZRANGE", "TSVECTOR"});

std::string number(const std::optional<int>& value) {
  return value ? std::to_string(*value) : std::string();
}

Arguments& add_number(Arguments& list, std::string_view name, const std::optional<int>& value) {
  return value ? list.add(name, number(value)) : list;
}

std::string of_length(const std::string& name, const Type& type) {
  Arguments list;
  add_number(list, "length", type.length);
  list.text("collation", type.collation);
  return list.call(name);
}

std::string numeric(const std::string& name, const Type& type) {
  Arguments list;
  add_number(list, "precision", type.precision);
  add_number(list, "scale", type.scale);
  return list.call(name);
}

/// "WORD(argument)" in two.
std::pair<std::string, std::string> split_name(std::string_view name) {
  const std::size_t open = name.find('(');
  if (open == name.npos || !name.ends_with(')')) return {std::string(name), {}};
  return {std::string(text::trim(name.substr(0, open))),
          std::string(name.substr(open + 1, name.size() - open - 2))};
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

/// Standard names that no kind stands for.
Code standard_named(const std::string& word, const std::string& argument) {
  if (word == "REAL" || word == "CLOB") {
    if (argument.empty()) return "sa." + word + "()";
  } else if (word == "NVARCHAR" || word == "NCHAR" || word == "BINARY") {
    if (all_digits(argument)) return "sa." + word + "(length=" + argument + ")";
  } else if (word == "DECIMAL") {
    const std::vector<std::string> parts = text::split(argument, ',');
    Arguments list;
    constexpr std::array kNames{"precision", "scale"};
    if (argument.empty()) return list.call("sa.DECIMAL");
    if (parts.size() > kNames.size()) return std::nullopt;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string_view digits = text::trim(parts[i]);
      if (!all_digits(digits)) return std::nullopt;
      list.add(kNames[i], digits);
    }
    return list.call("sa.DECIMAL");
  }
  return std::nullopt;
}

bool takes_collation(TypeKind kind) {
  return kind == TypeKind::String || kind == TypeKind::Char || kind == TypeKind::Text;
}

}  // namespace

Code Types::moment(const std::string& standard, const std::string& own, const Type& type) const {
  Arguments list;
  list.flag("timezone", type.timezone);
  if (!type.precision || !is_rich()) return list.call("sa." + standard);
  return add_number(list, "precision", type.precision).call(package() + "." + own);
}

Code Types::enumeration(const Type& type) const {
  const bool own = type.native && is_rich();
  if (type.create_constraint || (own && type.name.empty())) return std::nullopt;
  Arguments list;
  for (const std::string& value : type.values) list.add(repr(value));
  list.text("name", type.name).text("schema", type.schema);
  if (own && !type.create_type) return list.add("create_type", "False").call(package() + ".ENUM");
  if (!type.native) list.add("native_enum", "False");
  add_number(list, "length", type.length);
  return list.call("sa.Enum");
}

Code Types::rich_named(const std::string& word, const std::string& argument) const {
  if (word == "BIT" || word == "BIT VARYING") {
    Arguments list;
    if (!argument.empty()) list.add("length", argument);
    return list.flag("varying", word != "BIT").call(package() + ".BIT");
  }
  if (!argument.empty()) return std::nullopt;
  if (word == "JSONB") return package() + ".JSONB(astext_type=sa.Text())";
  if (word == "HSTORE") return package() + ".HSTORE(text_type=sa.Text())";
  const bool known = std::find(kRichNames.begin(), kRichNames.end(), word) != kRichNames.end();
  return known ? Code(package() + "." + word + "()") : std::nullopt;
}

Code Types::named(const Type& type) const {
  if (!type.schema.empty()) return std::nullopt;
  const auto [word, argument] = split_name(type.name);
  return is_rich() ? rich_named(text::to_upper(word), argument) : standard_named(word, argument);
}

Code Types::interval(const Type& type) const {
  if (!is_rich()) return "sa.Interval()";
  Arguments list;
  list.text("fields", type.name);
  return add_number(list, "precision", type.precision).call(package() + ".INTERVAL");
}

Code Types::array(const Type& type) const {
  if (!is_rich() || type.element.size() != 1) return std::nullopt;
  const Code element = code(type.element[0]);
  if (!element) return std::nullopt;
  Arguments list;
  list.add(*element);
  if (type.dimensions > 1) list.add("dimensions", std::to_string(type.dimensions));
  return list.call(package() + ".ARRAY");
}

Code Types::code(const Type& given) const {
  const Type& type = given.on(std::string(dialect_->name()));
  if (!type.collation.empty() && !takes_collation(type.kind)) return std::nullopt;
  constexpr int kDigitsOfReal = 24;
  switch (type.kind) {
    case TypeKind::Untyped:
      return std::nullopt;
    case TypeKind::Boolean:
      if (type.create_constraint) return std::nullopt;
      return "sa.Boolean()";
    case TypeKind::SmallInteger:
      return "sa.SmallInteger()";
    case TypeKind::Integer:
      return "sa.Integer()";
    case TypeKind::BigInteger:
      return "sa.BigInteger()";
    case TypeKind::Numeric:
      return numeric("sa.Numeric", type);
    case TypeKind::Float:
      if (is_rich() && type.precision == kDigitsOfReal) return "sa.REAL()";
      return numeric("sa.Float", type);
    case TypeKind::Double:
      if (!is_rich()) return std::nullopt;
      return package() + ".DOUBLE_PRECISION(precision=53)";
    case TypeKind::String:
      return of_length("sa.String", type);
    case TypeKind::Char:
      return of_length("sa.CHAR", type);
    case TypeKind::Text:
      return of_length("sa.Text", type);
    case TypeKind::Binary:
      return is_rich() ? "sa.LargeBinary()" : of_length("sa.VARBINARY", type);
    case TypeKind::LargeBinary:
      return "sa.LargeBinary()";
    case TypeKind::Date:
      return "sa.Date()";
    case TypeKind::Time:
      return moment("Time", "TIME", type);
    case TypeKind::DateTime:
      return moment("DateTime", "TIMESTAMP", type);
    case TypeKind::Timestamp:
      return moment("TIMESTAMP", "TIMESTAMP", type);
    case TypeKind::Interval:
      return interval(type);
    case TypeKind::Json:
      return is_rich() ? package() + ".JSON(astext_type=sa.Text())" : "sa.JSON()";
    case TypeKind::Uuid:
      return is_rich() ? package() + ".UUID()" : "sa.CHAR(length=32)";
    case TypeKind::Enum:
      return enumeration(type);
    case TypeKind::Array:
      return array(type);
    case TypeKind::Named:
      return named(type);
  }
  return std::nullopt;
}

}  // namespace cupel::alembic::py
