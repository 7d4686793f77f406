// SPDX-License-Identifier: MIT
// Walks over the tokens of a stored CREATE text, past comments and white space. What the parsers of
// tables, indexes and views share; it knows quoting and parentheses, no grammar.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cupel/sql/lexer.hpp"

namespace cupel::dialect::sqlite {

/// Borrows the text. Every call that finds something else than it expects throws Error naming what
/// it got.
class DefinitionCursor {
 public:
  explicit DefinitionCursor(std::string_view sql);

  bool at_end() const { return next_ == significant_.size(); }
  /// True if the token `ahead` of the next one is this word (any case).
  bool is_word(std::string_view word, std::size_t ahead = 0) const;
  bool is_symbol(char symbol, std::size_t ahead = 0) const;
  /// True if the next token can be a name: a word, a quoted identifier, or a string.
  bool is_name(std::size_t ahead = 0) const;
  bool is_string(std::size_t ahead = 0) const;

  /// Goes past the word or symbol if it is next.
  bool take_word(std::string_view word);
  bool take_words(std::string_view first, std::string_view second);
  bool take_symbol(char symbol);
  void expect_word(std::string_view word);
  void expect_symbol(char symbol);
  /// A name without its quotes.
  std::string take_name();
  /// `schema.name` or `name`, without the schema.
  std::string take_object_name();
  /// The next token's text as written.
  std::string_view take();
  /// Goes past the next token, whatever it is.
  void skip() { take(); }
  /// (a, "b") as names.
  std::vector<std::string> take_name_list();
  /// The text between the parenthesis that is next and its partner; goes past both.
  std::string take_parenthesised();

  std::size_t position() const { return next_; }
  /// Where the next token begins in the text.
  std::size_t offset() const {
    return at_end() ? sql_.size() : tokens_[significant_[next_]].offset;
  }
  /// The text of the tokens from `from` to `to` (exclusive), comments left out.
  std::string text_between(std::size_t from, std::size_t to) const;
  /// What has not been read yet, with the comments between.
  std::string rest_as_written() const;
  /// The same without them.
  std::string rest() const { return text_between(next_, significant_.size()); }

  [[noreturn]] void fail(std::string_view expected) const;

 private:
  std::string_view text_of(std::size_t ahead) const;

  std::string_view sql_;
  std::vector<sql::Token> tokens_;
  std::vector<std::size_t> significant_;  ///< indexes into tokens_
  std::size_t next_ = 0;                  ///< index into significant_
};

/// A name without its "", ``, [] or ''.
std::string unquoted(std::string_view token);

}  // namespace cupel::dialect::sqlite
