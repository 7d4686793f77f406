// SPDX-License-Identifier: MIT
// The tokens of an expression as this server reads them: operators whole, words in lower case.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cupel::dialect::postgres {

struct SqlToken {
  enum class Kind { Word, Name, String, Number, Operator, Other };
  Kind kind = Kind::Other;
  /// A word in lower case; a name that was quoted without need is a word. A name that must be
  /// quoted, with its quotes. A string as '..' where its value is known. The rest as written.
  std::string text;

  bool is(std::string_view symbol) const { return kind == Kind::Operator && text == symbol; }
  bool is_word(std::string_view word) const { return kind == Kind::Word && text == word; }
  /// A word that no grammar gives a meaning of its own, or a quoted name.
  bool is_name() const;
};

std::vector<SqlToken> sql_tokens(std::string_view sql);

/// The value of a string token of sql_tokens(): without its quotes, '' as one.
std::string string_value(const std::string& text);

}  // namespace cupel::dialect::postgres
