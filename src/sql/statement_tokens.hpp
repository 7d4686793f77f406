// SPDX-License-Identifier: MIT
// One statement as tokens, for those who look for a few words and names in it. No grammar.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/model/name.hpp"
#include "cupel/sql/lexer.hpp"

namespace cupel::sql {

/// A name as it stands in a statement, with its schema if it has one.
struct NameText {
  std::string text;   ///< with its quotes: for SQL
  std::string plain;  ///< without: for people
  std::string key;    ///< without, lower case where it was not quoted: to compare
  std::string last;   ///< the last part of `key`
};

/// As the model holds it.
model::ObjectName object_name(const NameText& name);

/// The name without its quotes.
std::string unquoted(std::string_view token);

/// The significant tokens of a statement. Borrows the text.
class StatementTokens {
 public:
  StatementTokens(std::string_view sql, const LexRules& rules);
  std::size_t size() const { return tokens_.size(); }
  /// Empty behind the end.
  std::string_view text(std::size_t i) const;
  TokenKind kind(std::size_t i) const { return tokens_[i].kind; }
  const Token& operator[](std::size_t i) const { return tokens_[i]; }
  /// True for this word in any case, or this operator.
  bool is(std::size_t i, std::string_view word) const;
  bool are(std::size_t i, std::initializer_list<std::string_view> words) const;
  bool is_name(std::size_t i) const;
  /// The text from token `from` up to, not including, token `to`.
  std::string_view between(std::size_t from, std::size_t to) const;
  /// Where the bracket that is open at `i` closes, or the end.
  std::size_t end_of_brackets(std::size_t i) const;
  /// The first of `words` outside of brackets in [from, to), or `to`.
  std::size_t find(std::size_t from, std::size_t to,
                   std::initializer_list<std::string_view> words) const;

 private:
  std::string_view sql_;
  std::vector<Token> tokens_;
};

/// Reads tokens from the left. Borrows them.
class TokenReader {
 public:
  TokenReader(const StatementTokens& tokens, std::size_t at) : tokens_(&tokens), at_(at) {}
  std::size_t at() const { return at_; }
  bool done() const { return at_ >= tokens_->size(); }
  bool is(std::string_view word) const { return tokens_->is(at_, word); }
  bool take(std::string_view word);
  /// All of them, or none.
  bool take(std::initializer_list<std::string_view> words);
  std::optional<NameText> take_name();

 private:
  const StatementTokens* tokens_;
  std::size_t at_;
};

}  // namespace cupel::sql
