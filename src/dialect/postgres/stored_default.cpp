// SPDX-License-Identifier: MIT
// See stored_default.hpp.
#include "dialect/postgres/stored_default.hpp"

#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "cupel/sql/lexer.hpp"
#include "cupel/sql/quote.hpp"
#include "dialect/postgres/inspect_parts.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/types.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::Expression;
using model::ExpressionKind;
using model::Type;
using model::TypeKind;

bool is_number_type(const Type& type) {
  return model::is_integer(type) || type.kind == TypeKind::Numeric ||
         type.kind == TypeKind::Float || type.kind == TypeKind::Double;
}

/// Without a plus sign, zeros in front, and zeros at the end of the fraction; as it is if it is no
/// plain decimal number.
std::string shortest_number(const std::string& number) {
  std::string_view digits = text::trim(number);
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  const bool plain = digits.find_first_of("0123456789") != std::string_view::npos &&
                     digits.find_first_not_of("0123456789.") == std::string_view::npos &&
                     std::count(digits.begin(), digits.end(), '.') <= 1;
  if (!plain) return number;
  while (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') digits.remove_prefix(1);
  if (digits.find('.') != std::string_view::npos) {
    while (digits.ends_with('0')) digits.remove_suffix(1);
    if (digits.ends_with('.')) digits.remove_suffix(1);
  }
  std::string result(digits.empty() || digits[0] == '.' ? "0" + std::string(digits)
                                                        : std::string(digits));
  return negative && result != "0" ? "-" + result : result;
}

std::optional<bool> truth(const std::string& value) {
  static constexpr std::array<std::string_view, 6> kTrue{"t", "true", "y", "yes", "on", "1"};
  static constexpr std::array<std::string_view, 6> kFalse{"f", "false", "n", "no", "off", "0"};
  const std::string word = text::to_lower(text::trim(value));
  if (std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end()) return true;
  if (std::find(kFalse.begin(), kFalse.end(), word) != kFalse.end()) return false;
  return std::nullopt;
}

bool is_day(std::string_view value) {
  constexpr std::string_view kShape = "0000-00-00";
  return value.size() == kShape.size() &&
         std::equal(value.begin(), value.end(), kShape.begin(), [](char c, char shape) {
           return shape == '0' ? c >= '0' && c <= '9' : c == shape;
         });
}

Expression literal_default(const std::string& value, const Type& type) {
  if (type.kind == TypeKind::Boolean) {
    if (const std::optional<bool> known = truth(value))
      return *known ? model::true_value() : model::false_value();
  }
  if (is_number_type(type)) return model::literal(shortest_number(value));
  if (type.kind == TypeKind::DateTime && !type.timezone && is_day(value))
    return model::literal(value + " 00:00:00");
  return model::literal(value);
}

/// A text constant with its cast as the server would spell it; the text itself if it is none.
std::string with_server_cast(const std::string& sql) {
  sql::Lexer lexer(sql, lex_rules());
  sql::Token token;
  if (!lexer.next_significant(token) || token.kind != sql::TokenKind::String || token.offset != 0)
    return sql;
  const std::string_view rest = text::trim(std::string_view(sql).substr(token.length));
  if (rest.empty()) return sql;
  if (!rest.starts_with("::") || rest.find("::", 2) != std::string_view::npos) return sql;
  const std::string constant(token.of(sql));
  try {
    const Type cast = parse_type(rest.substr(2));
    // A length cuts: then the cast says more than the constant.
    if (cast.kind == TypeKind::Named && cast.name.find(' ') != std::string::npos) return sql;
    return cast.length && cast.kind == TypeKind::String ? sql : constant + "::" + server_name(cast);
  } catch (const Error&) {
    return sql;
  }
}

std::optional<Expression> sql_default(const std::string& sql, const Type& type) {
  const std::string plain = with_server_cast(without_parentheses(std::string(text::trim(sql))));
  const std::string lower = text::to_lower(plain);
  if (lower == "null" || lower.starts_with("null::")) return std::nullopt;
  for (const std::string_view word : {"true", "false", "now()", "current_timestamp"})
    if (lower == word) return parse_default(word == "current_timestamp" ? "now()" : word, "");
  if (is_number_type(type)) {
    const std::string number = shortest_number(plain);
    const std::string_view digits =
        std::string_view(number).substr(number.starts_with('-') ? 1 : 0);
    if (!digits.empty() && digits.find_first_not_of("0123456789.") == std::string_view::npos)
      return model::literal(number);
  }
  const Expression parsed = parse_default(plain, server_name(type));
  if (parsed.kind == ExpressionKind::Literal) return literal_default(parsed.text, type);
  return model::text(std::string(text::trim(sql)));
}

}  // namespace

std::optional<Expression> stored_default(const Expression& expression, const Type& type) {
  switch (expression.kind) {
    case ExpressionKind::Null:
      return std::nullopt;
    case ExpressionKind::Literal:
      return literal_default(expression.text, type);
    case ExpressionKind::Sql:
      return sql_default(expression.text, type);
    default:
      return expression;
  }
}

}  // namespace cupel::dialect::postgres
