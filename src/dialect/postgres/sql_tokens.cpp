// SPDX-License-Identifier: MIT
// See sql_tokens.hpp.
#include "dialect/postgres/sql_tokens.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/sql/lexer.hpp"
#include "cupel/sql/quote.hpp"
#include "dialect/postgres/lex.hpp"

namespace cupel::dialect::postgres {
namespace {

bool is_operator_character(char c) {
  return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos;
}

/// How many of these operator characters are one operator: it ends in + or - only if it holds one
/// of the characters that standard SQL does not use, so that a=-1 compares with -1.
std::size_t operator_length(std::string_view characters) {
  std::size_t length = characters.size();
  const bool special = characters.find_first_of("~!@#%^&|`?") != std::string_view::npos;
  while (!special && length > 1 && (characters[length - 1] == '+' || characters[length - 1] == '-'))
    --length;
  return length;
}

/// The text from `offset` on that is made of operator characters, or of one punctuation mark.
std::string_view operator_at(std::string_view sql, std::size_t offset) {
  if (sql.substr(offset, 2) == "::") return sql.substr(offset, 2);
  std::size_t end = offset;
  while (end < sql.size() && is_operator_character(sql[end]) && sql.substr(end, 2) != "--" &&
         sql.substr(end, 2) != "/*")
    ++end;
  if (end == offset) return sql.substr(offset, 1);
  return sql.substr(offset, operator_length(sql.substr(offset, end - offset)));
}

/// E'a\'b' as 'a''b'; as written where an escape stands for more than its character.
std::string plain_string(std::string_view written) {
  if (written.size() < 3 || text::to_lower(written.substr(0, 2)) != "e'")
    return std::string(written);
  std::string value;
  for (std::size_t i = 2; i + 1 < written.size(); ++i) {
    if (written[i] == '\'') ++i;
    if (written[i] == '\\') {
      ++i;
      if (written[i] != '\\' && written[i] != '\'') return std::string(written);
    }
    value += written[i];
  }
  return sql::quote_string(value);
}

std::string unquoted(std::string_view written) {
  return text::replace_all(std::string(written.substr(1, written.size() - 2)), "\"\"", "\"");
}

SqlToken quoted_name(std::string_view written) {
  if (written.size() < 3 || written.front() != '"')
    return {SqlToken::Kind::Other, std::string(written)};
  const std::string name = unquoted(written);
  if (!sql::needs_quoting(name, reserved_words())) return {SqlToken::Kind::Word, name};
  return {SqlToken::Kind::Name, quote_identifier(name)};
}

SqlToken token_of(const sql::Token& token, std::string_view sql) {
  const std::string_view written = token.of(sql);
  if (!token.terminated) return {SqlToken::Kind::Other, std::string(written)};
  switch (token.kind) {
    case sql::TokenKind::Word:
      return {SqlToken::Kind::Word, text::to_lower(written)};
    case sql::TokenKind::QuotedIdentifier:
      return quoted_name(written);
    case sql::TokenKind::String: {
      std::string plain = plain_string(written);
      const bool is_plain = plain.front() == '\'';
      return {is_plain ? SqlToken::Kind::String : SqlToken::Kind::Other, std::move(plain)};
    }
    case sql::TokenKind::Number:
      return {SqlToken::Kind::Number, text::to_lower(written)};
    default:
      return {SqlToken::Kind::Other, std::string(written)};
  }
}

}  // namespace

bool SqlToken::is_name() const {
  if (kind == Kind::Name) return true;
  return kind == Kind::Word && !sql::needs_quoting(text, reserved_words());
}

std::vector<SqlToken> sql_tokens(std::string_view sql) {
  std::vector<SqlToken> tokens;
  sql::Lexer lexer(sql, lex_rules());
  for (sql::Token token; lexer.next_significant(token);) {
    if (token.kind != sql::TokenKind::Operator) {
      tokens.push_back(token_of(token, sql));
      continue;
    }
    const std::string_view text = operator_at(sql, token.offset);
    lexer.seek(token.offset + text.size());
    tokens.push_back({SqlToken::Kind::Operator, text == "!=" ? "<>" : std::string(text)});
  }
  return tokens;
}

std::string string_value(const std::string& text) {
  return text::replace_all(text.substr(1, text.size() - 2), "''", "'");
}

}  // namespace cupel::dialect::postgres
