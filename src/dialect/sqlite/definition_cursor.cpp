// SPDX-License-Identifier: MIT
// Tokens of a stored CREATE text. See definition_cursor.hpp.
#include "dialect/sqlite/definition_cursor.hpp"

#include "cupel/base/text.hpp"
#include "dialect/sqlite/lex.hpp"

namespace cupel::dialect::sqlite {

using sql::Token;
using sql::TokenKind;

DefinitionCursor::DefinitionCursor(std::string_view sql)
    : sql_(sql), tokens_(sql::tokenize(sql, lex_rules())) {
  for (std::size_t i = 0; i < tokens_.size(); ++i)
    if (tokens_[i].significant() && tokens_[i].kind != TokenKind::Semicolon)
      significant_.push_back(i);
}

std::string_view DefinitionCursor::text_of(std::size_t ahead) const {
  if (next_ + ahead >= significant_.size()) return {};
  return tokens_[significant_[next_ + ahead]].of(sql_);
}

bool DefinitionCursor::is_word(std::string_view word, std::size_t ahead) const {
  if (next_ + ahead >= significant_.size()) return false;
  return tokens_[significant_[next_ + ahead]].kind == TokenKind::Word &&
         text::equals_ignore_case(text_of(ahead), word);
}

bool DefinitionCursor::is_symbol(char symbol, std::size_t ahead) const {
  const std::string_view text = text_of(ahead);
  return text.size() == 1 && text[0] == symbol;
}

bool DefinitionCursor::is_string(std::size_t ahead) const {
  if (next_ + ahead >= significant_.size()) return false;
  return tokens_[significant_[next_ + ahead]].kind == TokenKind::String;
}

bool DefinitionCursor::is_name(std::size_t ahead) const {
  if (next_ + ahead >= significant_.size()) return false;
  const TokenKind kind = tokens_[significant_[next_ + ahead]].kind;
  return kind == TokenKind::Word || kind == TokenKind::QuotedIdentifier ||
         kind == TokenKind::String;
}

bool DefinitionCursor::take_word(std::string_view word) {
  if (!is_word(word)) return false;
  ++next_;
  return true;
}

bool DefinitionCursor::take_words(std::string_view first, std::string_view second) {
  if (!is_word(first) || !is_word(second, 1)) return false;
  next_ += 2;
  return true;
}

bool DefinitionCursor::take_symbol(char symbol) {
  if (!is_symbol(symbol)) return false;
  ++next_;
  return true;
}

void DefinitionCursor::expect_word(std::string_view word) {
  if (!take_word(word)) fail("'" + std::string(word) + "'");
}

void DefinitionCursor::expect_symbol(char symbol) {
  if (!take_symbol(symbol)) fail("'" + std::string(1, symbol) + "'");
}

std::string DefinitionCursor::take_name() {
  if (!is_name()) fail("a name");
  return unquoted(take());
}

std::string DefinitionCursor::take_object_name() {
  std::string name = take_name();
  if (take_symbol('.')) name = take_name();
  return name;
}

std::string_view DefinitionCursor::take() {
  if (at_end()) fail("more");
  return tokens_[significant_[next_++]].of(sql_);
}

std::vector<std::string> DefinitionCursor::take_name_list() {
  std::vector<std::string> names;
  expect_symbol('(');
  do names.push_back(take_name());
  while (take_symbol(','));
  expect_symbol(')');
  return names;
}

std::string DefinitionCursor::take_parenthesised() {
  expect_symbol('(');
  const std::size_t from = next_;
  for (int depth = 1; !at_end(); ++next_) {
    if (is_symbol('(')) ++depth;
    if (is_symbol(')') && --depth == 0) {
      ++next_;
      return text_between(from, next_ - 1);
    }
  }
  fail("')'");
}

std::string DefinitionCursor::text_between(std::size_t from, std::size_t to) const {
  std::string text;
  if (from >= to) return text;
  // A comment's place is taken by a space: "-- why" would swallow what is written behind it.
  for (std::size_t i = significant_[from]; i <= significant_[to - 1]; ++i) {
    if (tokens_[i].kind == TokenKind::Comment) {
      if (!text.empty() && text.back() != ' ') text += ' ';
    } else {
      text += tokens_[i].of(sql_);
    }
  }
  return text;
}

std::string DefinitionCursor::rest_as_written() const {
  if (at_end()) return {};
  const Token& last = tokens_[significant_.back()];
  return std::string(sql_.substr(offset(), last.offset + last.length - offset()));
}

void DefinitionCursor::fail(std::string_view expected) const {
  const std::string got = at_end() ? "the end" : "'" + std::string(text_of(0)) + "'";
  throw Error("expected " + std::string(expected) + ", got " + got);
}

std::string unquoted(std::string_view token) {
  if (token.size() < 2) return std::string(token);
  const char first = token.front();
  if (first == '[') return std::string(token.substr(1, token.size() - 2));
  if (first != '"' && first != '`' && first != '\'') return std::string(token);
  std::string name;
  for (std::size_t i = 1; i + 1 < token.size(); ++i) {
    name += token[i];
    if (token[i] == first) ++i;
  }
  return name;
}

}  // namespace cupel::dialect::sqlite
