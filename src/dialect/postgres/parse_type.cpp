// SPDX-License-Identifier: MIT
// Types from the server's spelling, or a person's.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "cupel/base/text.hpp"
#include "dialect/postgres/types.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::Type;
using model::TypeKind;

/// A type's text in its parts: timestamp(3) with time zone is {timestamp, 3, with time zone}.
struct Parts {
  std::string schema;     ///< unquoted
  std::string name;       ///< lower case unless quoted; words separated by one space
  std::string arguments;  ///< between the parentheses, as written
  bool has_arguments = false;
  std::string rest;     ///< behind the parentheses
  bool quoted = false;  ///< the name was written in quotes
  int dimensions = 0;
};

std::string one_spaced(std::string_view text) {
  std::string result;
  for (const char c : text::trim(text)) {
    const bool space = c == ' ' || c == '\t' || c == '\n';
    if (!space) result += c;
    if (space && !result.empty() && result.back() != ' ') result += ' ';
  }
  return result;
}

/// Takes "[]" or "[3]" off the end, as often as it is there.
int take_dimensions(std::string_view& text) {
  int dimensions = 0;
  for (text = text::trim(text); !text.empty() && text.back() == ']'; text = text::trim(text)) {
    const std::size_t open = text.rfind('[');
    if (open == std::string_view::npos) break;
    text = text.substr(0, open);
    ++dimensions;
  }
  return dimensions;
}

/// Takes a quoted identifier off the front; false if there is none.
bool take_quoted(std::string_view& text, std::string& name) {
  if (text.empty() || text.front() != '"') return false;
  std::string result;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != '"') {
      result += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '"') {
      result += text[i++];
    } else {
      name = std::move(result);
      text.remove_prefix(i + 1);
      return true;
    }
  }
  return false;
}

/// Takes `schema.` off the front.
std::string take_schema(std::string_view& text) {
  std::string_view rest = text;
  std::string schema;
  if (!take_quoted(rest, schema)) {
    const std::size_t dot = rest.substr(0, rest.find_first_of("( \"")).find('.');
    if (dot == std::string_view::npos) return {};
    schema = text::to_lower(rest.substr(0, dot));
    rest.remove_prefix(dot);
  }
  if (rest.empty() || rest.front() != '.') return {};
  text = rest.substr(1);
  return schema;
}

Parts take_apart(std::string_view text) {
  Parts parts;
  parts.dimensions = take_dimensions(text);
  parts.schema = take_schema(text);
  parts.quoted = take_quoted(text, parts.name);
  const std::size_t open = text.find('(');
  const std::size_t close = text.rfind(')');
  if (!parts.quoted) parts.name = text::to_lower(one_spaced(text.substr(0, open)));
  if (open != std::string_view::npos && close != std::string_view::npos && close > open) {
    parts.has_arguments = true;
    parts.arguments = text::trim(text.substr(open + 1, close - open - 1));
    parts.rest = text::to_lower(one_spaced(text.substr(close + 1)));
  }
  return parts;
}

std::optional<int> number(std::string_view text) {
  text = text::trim(text);
  int value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Spelling {
  std::string_view name;
  TypeKind kind;
};
/// All spellings that take no argument, or a length.
constexpr std::array kSpellings = std::to_array<Spelling>({
    {"boolean", TypeKind::Boolean},
    {"bool", TypeKind::Boolean},
    {"smallint", TypeKind::SmallInteger},
    {"int2", TypeKind::SmallInteger},
    {"integer", TypeKind::Integer},
    {"int", TypeKind::Integer},
    {"int4", TypeKind::Integer},
    {"bigint", TypeKind::BigInteger},
    {"int8", TypeKind::BigInteger},
    {"double precision", TypeKind::Double},
    {"float8", TypeKind::Double},
    {"character varying", TypeKind::String},
    {"varchar", TypeKind::String},
    {"character", TypeKind::Char},
    {"char", TypeKind::Char},
    {"text", TypeKind::Text},
    {"bytea", TypeKind::LargeBinary},
    {"date", TypeKind::Date},
    {"json", TypeKind::Json},
    {"uuid", TypeKind::Uuid},
});

/// The server's own types that have no kind: written in upper case, as keywords of SQL are.
constexpr std::array kOwnNames = std::to_array<std::string_view>({"bit",
                                                                  "bit varying",
                                                                  "box",
                                                                  "cidr",
                                                                  "circle",
                                                                  "citext",
                                                                  "datemultirange",
                                                                  "daterange",
                                                                  "hstore",
                                                                  "inet",
                                                                  "int4multirange",
                                                                  "int4range",
                                                                  "int8multirange",
                                                                  "int8range",
                                                                  "jsonb",
                                                                  "jsonpath",
                                                                  "line",
                                                                  "lseg",
                                                                  "ltree",
                                                                  "macaddr",
                                                                  "macaddr8",
                                                                  "money",
                                                                  "nummultirange",
                                                                  "numrange",
                                                                  "oid",
                                                                  "path",
                                                                  "pg_lsn",
                                                                  "point",
                                                                  "polygon",
                                                                  "regclass",
                                                                  "regproc",
                                                                  "regtype",
                                                                  "tsmultirange",
                                                                  "tsquery",
                                                                  "tsrange",
                                                                  "tstzmultirange",
                                                                  "tstzrange",
                                                                  "tsvector",
                                                                  "txid_snapshot",
                                                                  "xml"});

std::optional<Type> simple_type(const Parts& parts) {
  const auto* found = std::find_if(kSpellings.begin(), kSpellings.end(),
                                   [&](const Spelling& s) { return s.name == parts.name; });
  if (found == kSpellings.end() || !parts.rest.empty()) return std::nullopt;
  Type type(found->kind);
  if (!parts.has_arguments) {
    if (found->kind == TypeKind::Char) type.length = 1;
    return type;
  }
  const bool takes_length = found->kind == TypeKind::String || found->kind == TypeKind::Char;
  type.length = number(parts.arguments);
  return takes_length && type.length ? std::optional<Type>(type) : std::nullopt;
}

std::optional<Type> number_type(const Parts& parts) {
  if (parts.name == "real" || parts.name == "float4") return model::Float(24);
  if (parts.name == "float") {
    const std::optional<int> digits = number(parts.arguments);
    if (parts.has_arguments && digits && *digits <= 24) return model::Float(24);
    return model::Double();
  }
  if (parts.name != "numeric" && parts.name != "decimal") return std::nullopt;
  const std::size_t comma = parts.arguments.find(',');
  if (comma == std::string::npos) {
    const std::optional<int> precision = number(parts.arguments);
    return model::Numeric(precision, precision ? std::optional<int>(0) : std::nullopt);
  }
  return model::Numeric(number(std::string_view(parts.arguments).substr(0, comma)),
                        number(std::string_view(parts.arguments).substr(comma + 1)));
}

/// The words behind the name or behind the precision: "timestamp with time zone".
std::string words_after(const Parts& parts, std::string_view name) {
  std::string words(text::trim(std::string_view(parts.name).substr(name.size())));
  if (!parts.rest.empty()) words += (words.empty() ? "" : " ") + parts.rest;
  return words;
}

bool starts_with_word(const std::string& text, std::string_view word) {
  return text == word || text.rfind(std::string(word) + " ", 0) == 0;
}

std::optional<Type> time_type(const Parts& parts) {
  const std::optional<int> digits = number(parts.arguments);
  if (parts.name == "timestamptz") return model::DateTime({true}, digits);
  if (parts.name == "timetz") return model::Time({true}, digits);
  for (const std::string_view name : {"timestamp", "time"}) {
    if (!starts_with_word(parts.name, name)) continue;
    const std::string words = words_after(parts, name);
    if (!words.empty() && words != "with time zone" && words != "without time zone") continue;
    const model::Timezone zone{words == "with time zone"};
    if (name == "time") return model::Time(zone, digits);
    return model::DateTime(zone, digits);
  }
  if (!starts_with_word(parts.name, "interval")) return std::nullopt;
  return model::Interval(text::to_upper(words_after(parts, "interval")), digits);
}

/// As written, but the server's own names in upper case.
Type named_type(const Parts& parts) {
  const bool own = std::find(kOwnNames.begin(), kOwnNames.end(), parts.name) != kOwnNames.end();
  std::string name = parts.quoted ? "\"" + text::replace_all(parts.name, "\"", "\"\"") + "\""
                     : own        ? text::to_upper(parts.name)
                                  : parts.name;
  if (parts.has_arguments) name += "(" + parts.arguments + ")";
  if (!parts.rest.empty()) name += " " + parts.rest;
  Type type = model::Named(std::move(name));
  type.schema = parts.schema;
  return type;
}

/// The same parts with what the server fills in: varbit is bit varying, bit is bit(1).
Parts filled(Parts parts) {
  if (parts.quoted) return parts;
  if (parts.name == "varbit") parts.name = "bit varying";
  if (parts.name == "bit" && !parts.has_arguments) {
    parts.has_arguments = true;
    parts.arguments = "1";
  }
  return parts;
}

Type scalar_type(const Parts& parts) {
  if (parts.quoted || (!parts.schema.empty() && parts.schema != "pg_catalog")) {
    return named_type(parts);
  }
  if (std::optional<Type> type = simple_type(parts)) return *type;
  if (std::optional<Type> type = number_type(parts)) return *type;
  if (std::optional<Type> type = time_type(parts)) return *type;
  return named_type(parts);
}

}  // namespace

Type parse_type(std::string_view text) {
  const Parts parts = filled(take_apart(text));
  Type type = scalar_type(parts);
  return parts.dimensions == 0 ? type : model::Array(std::move(type), parts.dimensions);
}

}  // namespace cupel::dialect::postgres
