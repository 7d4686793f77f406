// SPDX-License-Identifier: MIT
// Declared types. See types.hpp.
#include "dialect/sqlite/types.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "cupel/base/text.hpp"
#include "dialect/sqlite/lex.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::Type;
using model::TypeKind;

std::string with_length(std::string name, std::optional<int> length) {
  if (length) name += "(" + std::to_string(*length) + ")";
  return name;
}

std::string numeric_text(const Type& type) {
  if (!type.precision) return "NUMERIC";
  std::string text = "NUMERIC(" + std::to_string(*type.precision);
  if (type.scale) text += ", " + std::to_string(*type.scale);
  return text + ")";
}

/// An enum is as wide as its longest value, in characters.
int enum_width(const Type& type) {
  std::size_t width = 0;
  for (const std::string& value : type.values) {
    const auto is_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto characters = std::count_if(value.begin(), value.end(), is_character);
    width = std::max(width, static_cast<std::size_t>(characters));
  }
  return type.length.value_or(static_cast<int>(width));
}

/// The kinds that are written as one word without arguments, and read back from it.
struct PlainType {
  std::string_view word;
  TypeKind kind;
};
constexpr std::array<PlainType, 14> kPlainTypes{{
    {"BOOLEAN", TypeKind::Boolean},
    {"SMALLINT", TypeKind::SmallInteger},
    {"INTEGER", TypeKind::Integer},
    {"BIGINT", TypeKind::BigInteger},
    {"FLOAT", TypeKind::Float},
    {"DOUBLE", TypeKind::Double},
    {"TEXT", TypeKind::Text},
    {"BLOB", TypeKind::LargeBinary},
    {"DATE", TypeKind::Date},
    {"TIME", TypeKind::Time},
    {"DATETIME", TypeKind::DateTime},
    {"TIMESTAMP", TypeKind::Timestamp},
    {"JSON", TypeKind::Json},
    {"NUMERIC", TypeKind::Numeric},
}};

/// The kinds with an optional length.
constexpr std::array<PlainType, 3> kLengthTypes{{
    {"VARCHAR", TypeKind::String},
    {"CHAR", TypeKind::Char},
    {"VARBINARY", TypeKind::Binary},
}};

std::string word_of(TypeKind kind) {
  for (const PlainType& plain : kPlainTypes)
    if (plain.kind == kind) return std::string(plain.word);
  for (const PlainType& with : kLengthTypes)
    if (with.kind == kind) return std::string(with.word);
  throw Bug("a type without a word");
}

/// "NUMERIC(10, 2)" in parts; no parts if it is not of that form.
struct Spelling {
  std::string word;
  std::vector<int> arguments;
};

std::optional<Spelling> parse_spelling(std::string_view declared) {
  const std::size_t open = declared.find('(');
  Spelling result{text::to_upper(text::trim(declared.substr(0, open))), {}};
  if (open == std::string_view::npos) return result;
  if (declared.back() != ')') return std::nullopt;
  const std::string_view inside = declared.substr(open + 1, declared.size() - open - 2);
  for (const std::string& part : text::split(inside, ',')) {
    const std::string_view digits = text::trim(part);
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
      return std::nullopt;
    result.arguments.push_back(value);
  }
  return result;
}

std::optional<Type> known_type(const Spelling& spelling) {
  const std::vector<int>& arguments = spelling.arguments;
  for (const PlainType& with : kLengthTypes) {
    if (spelling.word != with.word || arguments.size() > 1) continue;
    Type type(with.kind);
    if (!arguments.empty()) type.length = arguments[0];
    return type;
  }
  if (spelling.word == "NUMERIC" && (arguments.size() == 1 || arguments.size() == 2)) {
    Type type(TypeKind::Numeric);
    type.precision = arguments[0];
    if (arguments.size() == 2) type.scale = arguments[1];
    return type;
  }
  if (!arguments.empty()) return std::nullopt;
  for (const PlainType& plain : kPlainTypes)
    if (spelling.word == plain.word) return Type(plain.kind);
  return std::nullopt;
}

bool is_builtin_collation(std::string_view name) {
  return text::equals_ignore_case(name, "BINARY") || text::equals_ignore_case(name, "NOCASE") ||
         text::equals_ignore_case(name, "RTRIM");
}

}  // namespace

std::string collation_text(std::string_view name) {
  return is_builtin_collation(name) ? std::string(name) : quote_identifier(name);
}

std::string declared_type(const Type& given) {
  const Type& type = given.on("sqlite");
  switch (type.kind) {
    case TypeKind::Untyped:
      return "";
    case TypeKind::Numeric:
      return numeric_text(type);
    case TypeKind::String:
    case TypeKind::Char:
    case TypeKind::Binary:
      return with_length(word_of(type.kind), type.length);
    case TypeKind::Interval:
      return "DATETIME";
    case TypeKind::Uuid:
      return "CHAR(32)";
    case TypeKind::Enum:
      return with_length("VARCHAR", enum_width(type));
    case TypeKind::Named:
      return type.name;
    case TypeKind::Array:
      throw NotSupported("sqlite has no array types",
                         "use JSON for this column on sqlite: with_variant(Json(), \"sqlite\")");
    case TypeKind::Boolean:
    case TypeKind::SmallInteger:
    case TypeKind::Integer:
    case TypeKind::BigInteger:
    case TypeKind::Float:
    case TypeKind::Double:
    case TypeKind::Text:
    case TypeKind::LargeBinary:
    case TypeKind::Date:
    case TypeKind::Time:
    case TypeKind::DateTime:
    case TypeKind::Timestamp:
    case TypeKind::Json:
      return word_of(type.kind);
  }
  throw Bug("an unknown kind of type");
}

std::string type_text(const Type& given) {
  std::string text = declared_type(given);
  const std::string& collation = given.on("sqlite").collation;
  if (collation.empty()) return text;
  if (!text.empty()) text += " ";
  return text + "COLLATE " + collation_text(collation);
}

Type parse_type(std::string_view declared) {
  declared = text::trim(declared);
  if (declared.empty()) return Type(TypeKind::Untyped);
  if (const std::optional<Spelling> spelling = parse_spelling(declared))
    if (std::optional<Type> type = known_type(*spelling)) return *type;
  Type named(TypeKind::Named);
  named.name = declared;
  return named;
}

Affinity affinity(std::string_view declared) {
  const std::string upper = text::to_upper(declared);
  const auto has = [&](std::string_view part) { return upper.find(part) != std::string::npos; };
  if (has("INT")) return Affinity::Integer;
  if (has("CHAR") || has("CLOB") || has("TEXT")) return Affinity::Text;
  if (upper.empty() || has("BLOB")) return Affinity::Blob;
  if (has("REAL") || has("FLOA") || has("DOUB")) return Affinity::Real;
  return Affinity::Numeric;
}

}  // namespace cupel::dialect::sqlite
