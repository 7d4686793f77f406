// SPDX-License-Identifier: MIT
// The text of statements by its tokens: what the parse tree only hints at (expressions, types,
// numbers) is taken from here as its author wrote it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cupel/model/type.hpp"
#include "cupel/sql/lexer.hpp"

namespace cupel::dialect::postgres {

/// Tokens [first, last).
struct Range {
  std::size_t first = 0;
  std::size_t last = 0;
  bool empty() const { return first >= last; }
};

/// Only tokens that mean something count. Borrows the text. Whatever is asked for beyond the end
/// is empty.
class SourceText {
 public:
  explicit SourceText(std::string_view sql);

  std::string_view sql() const { return sql_; }
  std::size_t size() const { return tokens_.size(); }
  Range all() const { return {0, tokens_.size()}; }
  /// The first token at or behind a byte offset; size() if there is none.
  std::size_t at(long offset) const;
  std::string_view token(std::size_t index) const;
  sql::TokenKind kind(std::size_t index) const;
  bool is(std::size_t index, std::string_view symbol) const { return token(index) == symbol; }
  /// An unquoted word, in any case.
  bool is_word(std::size_t index, std::string_view word) const;
  bool is_any_word(std::size_t index, std::initializer_list<std::string_view> words) const;

  /// The text from the first to the last token, as written.
  std::string text(Range range) const;
  /// The place of the parenthesis that closes the one at `open`; the last token if none does.
  std::size_t closing(std::size_t open) const;
  /// The first place in the range, outside parentheses, where this is; `range.last` if nowhere.
  std::size_t find(Range range, std::string_view symbol) const;
  std::size_t find_word(Range range, std::string_view word) const;
  /// What stands between the first parentheses in the range; empty if there are none.
  Range parenthesised(Range range) const;
  /// The parts between commas outside of parentheses.
  std::vector<Range> split(Range range) const;
  /// The statement that begins at a byte offset, without its semicolon.
  Range statement(std::size_t offset, std::size_t length) const;

  /// The end of the type that begins at `first`.
  std::size_t type_end(std::size_t first) const;
  model::Type type(std::size_t first) const;
  /// The end of the default expression of a column that begins at `first`.
  std::size_t default_end(std::size_t first) const;

 private:
  std::size_t skip(std::size_t index) const;
  template <typename Predicate>
  std::size_t find_if(Range range, Predicate predicate) const;

  std::string_view sql_;
  std::vector<sql::Token> tokens_;
};

}  // namespace cupel::dialect::postgres
