// SPDX-License-Identifier: MIT
// Text to tokens, with Python's indentation rules.
#pragma once

#include <string_view>
#include <vector>

#include "python/token.hpp"

namespace cupel::python {

/// Gives one token after the other. The text must outlive it.
class Lexer {
 public:
  /// Of a whole file: with Newline, Indent and Dedent.
  explicit Lexer(std::string_view text);
  /// Of an expression inside an f-string, [begin, end) of the text: line ends are blanks there.
  Lexer(std::string_view text, std::size_t begin, std::size_t end);

  /// Throws SyntaxProblem.
  Token next();

  /// The offset behind the string whose first quote is at `quote`; a prefix in front of it counts,
  /// down to `begin`.
  static std::size_t string_end(std::string_view text, std::size_t begin, std::size_t quote,
                                std::size_t end);

 private:
  struct Bracket {
    char open;
    std::uint32_t at;
  };
  char at(std::size_t i) const { return i < end_ ? text_[i] : '\0'; }
  Token begin_line();
  Token indent_to(std::size_t column, std::size_t alternative);
  bool skip_blanks();
  void check_text();
  Token scan();
  Token word();
  Token number();
  void digits(bool (*is_digit)(char), const char* kind);
  Token string(std::size_t start, std::size_t quote, bool is_f);
  void skip_f_body(char quote, bool triple, bool raw, std::size_t start, int depth);
  void skip_replacement(char quote, bool triple, std::size_t start, int depth);
  void skip_nested_string(std::size_t begin, int depth);
  std::size_t string_prefix(bool& is_f) const;
  Token op();
  void open(char bracket);
  void close(char bracket);
  Token make(Tok kind, std::size_t start) const;

  std::string_view text_;
  std::size_t pos_ = 0;
  std::size_t end_;
  bool file_ = true;  ///< line structure matters
  bool line_start_ = true;
  bool has_content_ = false;  ///< this line had a token
  std::size_t pending_dedents_ = 0;
  std::vector<Bracket> brackets_;
  struct Level {
    std::size_t column, alternative;
  };
  std::vector<Level> levels_{{0, 0}};
};

std::vector<Token> tokenize(std::string_view text);
std::vector<Token> tokenize_part(std::string_view text, std::size_t begin, std::size_t end);
/// The offset behind a byte order mark, if there is one.
std::size_t text_begin(std::string_view text);
/// True for the words that are no identifiers.
bool is_keyword(std::string_view word);

}  // namespace cupel::python
