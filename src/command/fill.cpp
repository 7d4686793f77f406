// SPDX-License-Identifier: MIT
// See fill.hpp.
#include "command/fill.hpp"

#include <fmt/core.h>

#include "cupel/base/text.hpp"
#include "cupel/sql/quote.hpp"

namespace cupel::command {
namespace {

/// Where the name ends and the expression begins: the first '=' outside of quotes.
std::size_t equals_sign(const std::string& text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == '=' && !quoted) return i;
  }
  return std::string::npos;
}

}  // namespace

std::map<std::string, std::string> parse_fills(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> fills;
  for (const std::string& text : texts) {
    const std::size_t equals = equals_sign(text);
    const std::string expression =
        equals == std::string::npos ? "" : std::string(text::trim(text.substr(equals + 1)));
    if (expression.empty()) {
      throw UsageError("--fill needs table.column=EXPRESSION, got '" + text + "'",
                       "for example: --fill \"users.phone='unknown'\"");
    }
    fills[to_string(model::parse_column_name(text.substr(0, equals)))] = expression;
  }
  return fills;
}

std::optional<std::string> neutral_value(const model::Type& type, const sql::DdlWriter& writer) {
  using Kind = model::TypeKind;
  switch (type.kind) {
    case Kind::Boolean:
      return writer.expression_text(model::false_value());
    case Kind::SmallInteger:
    case Kind::Integer:
    case Kind::BigInteger:
    case Kind::Numeric:
    case Kind::Float:
    case Kind::Double:
    case Kind::Untyped:
      return "0";
    case Kind::String:
    case Kind::Char:
    case Kind::Text:
    case Kind::Binary:
    case Kind::LargeBinary:
      return "''";
    case Kind::Date:
      return "'1970-01-01'";
    case Kind::Time:
      return "'00:00:00'";
    case Kind::DateTime:
    case Kind::Timestamp:
      return "'1970-01-01 00:00:00'";
    case Kind::Interval:
      return "'0'";
    case Kind::Json:
    case Kind::Array:
      return "'{}'";
    case Kind::Uuid:
      return "'00000000-0000-0000-0000-000000000000'";
    case Kind::Enum:
      if (type.values.empty()) return std::nullopt;
      return sql::quote_string(type.values.front());
    case Kind::Named:
      if (text::equals_ignore_case(type.name, "jsonb")) return "'{}'";
      return std::nullopt;
  }
  return std::nullopt;
}

bool needs_value(const model::Column& column) {
  return !column.nullable && !column.server_default && !column.computed && !column.identity &&
         column.autoincrement != model::Autoincrement::Yes;
}

std::string fill_statement(const model::ObjectName& table, const std::string& column,
                           const std::string& expression, const sql::DdlWriter& writer) {
  const std::string name = writer.quote(std::string_view(column));
  return fmt::format("UPDATE {} SET {} = {} WHERE {} IS NULL", writer.quote(table), name,
                     expression, name);
}

}  // namespace cupel::command
