// SPDX-License-Identifier: MIT
// A small lexer for SQL fragments (CHECKs, predicates, views, triggers): just enough to tell
// identifiers from strings and comments, for any database. It splits no statements; that is the sql
// room's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::ops {

struct Token {
  enum class Kind { Word, Quoted, String, Number, Symbol };
  Kind kind = Kind::Symbol;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;  ///< a word or symbol as written, a quoted identifier without its quotes
  char quote = 0;    ///< of a quoted identifier: ", ` or [

  bool is(std::string_view symbol) const { return kind == Kind::Symbol && text == symbol; }
  /// `word` in lower case.
  bool is_word(std::string_view word) const;
  /// True if it may name `name`: plain words in any case, but no reserved one.
  bool names(std::string_view name) const;
};

/// Without white space and comments. Text that ends inside a string or quote ends the token too.
std::vector<Token> tokenize(std::string_view sql);

/// `sql` with the tokens at `places` (ascending) replaced by `name`, quoted as it was or as needed.
std::string replace_names(std::string_view sql, const std::vector<Token>& tokens,
                          const std::vector<std::size_t>& places, std::string_view name);

/// Renames a table in the text of a trigger or view: where a table's name must stand (after FROM,
/// JOIN, INTO, UPDATE, ON, ...) and where it qualifies a column.
std::string rename_table_in_sql(const std::string& sql, const std::string& from,
                                const std::string& to);

}  // namespace cupel::ops
