// SPDX-License-Identifier: MIT
// PostgreSQL's spelling of column types.
#include "dialect/postgres/types.hpp"

#include <algorithm>

#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"
#include "dialect/postgres/lex.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::Type;
using model::TypeKind;

std::string with_argument(std::string name, const std::optional<int>& argument) {
  return argument ? std::move(name) + "(" + std::to_string(*argument) + ")" : name;
}

std::string numeric_text(const Type& type) {
  if (!type.precision || !type.scale) return with_argument("NUMERIC", type.precision);
  return "NUMERIC(" + std::to_string(*type.precision) + ", " + std::to_string(*type.scale) + ")";
}

std::string time_text(std::string name, const Type& type) {
  return with_argument(std::move(name), type.precision) +
         (type.timezone ? " WITH TIME ZONE" : " WITHOUT TIME ZONE");
}

std::string interval_text(const Type& type) {
  return with_argument(type.name.empty() ? "INTERVAL" : "INTERVAL " + type.name, type.precision);
}

std::string in_schema(const Type& type, const std::string& name) {
  return type.schema.empty() ? name : quote_identifier(type.schema) + "." + name;
}

/// As VARCHAR the type is as wide as its longest value, in characters.
int longest_value(const Type& type) {
  std::ptrdiff_t longest = 0;
  for (const std::string& value : type.values) {
    const auto characters = std::count_if(value.begin(), value.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    longest = std::max(longest, characters);
  }
  return static_cast<int>(longest);
}

std::string enum_text(const Type& type) {
  if (!type.native) return with_argument("VARCHAR", type.length.value_or(longest_value(type)));
  if (type.name.empty()) {
    throw UsageError("an enum type needs a name on PostgreSQL",
                     "Enum({\"a\", \"b\"}, \"name_of_the_type\")");
  }
  return in_schema(type, quote_identifier(type.name));
}

std::string array_text(const Type& type) {
  if (type.element.size() != 1) throw UsageError("an array type needs one element type");
  std::string sql = type_text(type.element.front());
  for (int i = 0; i < std::max(type.dimensions, 1); ++i) sql += "[]";
  return sql;
}

std::string name_of(const Type& type) {
  switch (type.kind) {
    case TypeKind::Untyped:
      throw UsageError("a column needs a type on PostgreSQL");
    case TypeKind::Boolean:
      return "BOOLEAN";
    case TypeKind::SmallInteger:
      return "SMALLINT";
    case TypeKind::Integer:
      return "INTEGER";
    case TypeKind::BigInteger:
      return "BIGINT";
    case TypeKind::Numeric:
      return numeric_text(type);
    case TypeKind::Float:
      return with_argument("FLOAT", type.precision);
    case TypeKind::Double:
      return "DOUBLE PRECISION";
    case TypeKind::String:
      return with_argument("VARCHAR", type.length);
    case TypeKind::Char:
      return with_argument("CHAR", type.length);
    case TypeKind::Text:
      return "TEXT";
    case TypeKind::Binary:
    case TypeKind::LargeBinary:
      return "BYTEA";
    case TypeKind::Date:
      return "DATE";
    case TypeKind::Time:
      return time_text("TIME", type);
    case TypeKind::DateTime:
    case TypeKind::Timestamp:
      return time_text("TIMESTAMP", type);
    case TypeKind::Interval:
      return interval_text(type);
    case TypeKind::Json:
      return "JSON";
    case TypeKind::Uuid:
      return "UUID";
    case TypeKind::Enum:
      return enum_text(type);
    case TypeKind::Array:
      return array_text(type);
    case TypeKind::Named:
      return in_schema(type, type.name);
  }
  throw Bug("unknown kind of type");
}

}  // namespace

std::string type_text(const Type& type) {
  const Type& own = type.on("postgresql");
  const std::string name = name_of(own);
  return own.collation.empty() ? name : name + " COLLATE " + quote_identifier(own.collation);
}

namespace {

std::string without_numbers(std::string name) {
  const std::size_t open = name.find('(');
  const std::size_t close = name.find(')', open);
  if (open != std::string::npos && close != std::string::npos) name.erase(open, close - open + 1);
  return name;
}

}  // namespace

std::string server_name(const Type& type) {
  switch (type.kind) {
    case TypeKind::Float:
      return "real";
    case TypeKind::String:
      return "character varying";
    case TypeKind::Char:
      return "character";
    case TypeKind::Array:
      return type.element.empty() ? "[]" : server_name(type.element.front()) + "[]";
    case TypeKind::Enum:
      return type.native ? enum_text(type) : "character varying";
    case TypeKind::Named:
      return without_numbers(type.name.starts_with('"') ? name_of(type)
                                                        : text::to_lower(name_of(type)));
    default:
      return text::to_lower(without_numbers(name_of(type)));
  }
}

std::string select_cut_values(const std::string& table, const std::string& column,
                              const std::string& type, const std::string& using_expression) {
  return "SELECT 1 AS one FROM " + table + ", LATERAL (SELECT (" +
         (using_expression.empty() ? column : using_expression) + ")::" + type +
         " AS cupel_value) AS cupel_new WHERE " + column + " IS DISTINCT FROM cupel_value";
}

}  // namespace cupel::dialect::postgres
