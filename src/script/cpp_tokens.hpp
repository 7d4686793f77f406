// SPDX-License-Identifier: MIT
// The text of a C++ file as its tokens, as far as finding a call in it needs: comments and layout
// are gone, string literals are what they are at run time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::script {

struct CppToken {
  enum class Kind { Word, Number, Text, Sign, Directive };
  Kind kind = Kind::Sign;
  std::string text;  ///< a literal's value; one character of a sign
  std::size_t begin = 0;
  std::size_t end = 0;
  /// Of a bracket: the place of the other one among the tokens.
  std::size_t partner = 0;

  bool is_word(std::string_view word) const { return kind == Kind::Word && text == word; }
  bool is_sign(char sign) const {
    return kind == Kind::Sign && text.size() == 1 && text[0] == sign;
  }
};

/// Empty if brackets do not fit together, or a literal does not end: then nothing is known.
std::vector<CppToken> cpp_tokens(std::string_view text);

}  // namespace cupel::script
