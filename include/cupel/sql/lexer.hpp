// SPDX-License-Identifier: MIT
// SQL text into tokens, by rules that each dialect supplies as plain data. Knows quoting, not
// grammar: enough to find where a statement ends and which words it begins with.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/export.hpp"

namespace cupel::sql {

/// How a dialect quotes, comments and nests. The defaults are what standard SQL says:
/// 'string', "identifier", -- comment, /* comment */.
struct LexRules {
  // Strings.
  bool dollar_quotes = false;          ///< $$..$$ and $tag$..$tag$
  bool escape_strings = false;         ///< E'..' with backslash escapes
  bool backslash_escapes = false;      ///< a backslash escapes in every string
  bool unicode_strings = false;        ///< U&'..' and U&".."
  bool prefixed_strings = false;       ///< x'..', b'..', n'..'
  bool double_quoted_strings = false;  ///< ".." is a string, not an identifier
  // Identifiers and words.
  bool backtick_identifiers = false;  ///< `..`
  bool bracket_identifiers = false;   ///< [..]
  bool dollar_in_words = false;       ///< a$b is one word
  // Comments.
  bool nested_comments = false;            ///< /* /* */ */
  bool hash_comments = false;              ///< # to the end of the line
  bool dash_comment_needs_space = false;   ///< "--1" is no comment
  bool carriage_return_ends_line = false;  ///< a lone \r ends a line comment
  /// Characters that begin a parameter: '?' alone or with digits, '$' before digits, ':' '@' before
  /// a name.
  std::string_view parameter_marks = "";
  // Statements with semicolons inside.
  bool trigger_bodies = false;  ///< CREATE TRIGGER ... BEGIN ..; END
  bool atomic_bodies = false;   ///< CREATE FUNCTION ... BEGIN ATOMIC ..; END
  bool rule_bodies = false;     ///< CREATE RULE ... DO (..; ..)
  // What only a shell understands.
  bool delimiter_command = false;   ///< DELIMITER // changes what ends a statement
  bool backslash_commands = false;  ///< \d and \copy exist in the shell: refuse them by name
  bool dot_commands = false;        ///< .read and .mode exist in the shell: refuse them by name
  bool copy_streams = false;        ///< COPY .. FROM stdin carries rows after it: refuse it by name
};

enum class TokenKind {
  Word,              ///< keyword or bare identifier
  QuotedIdentifier,  ///< with its quotes
  String,            ///< with prefix and quotes; adjacent parts of an escape string are one token
  Number,
  Parameter,  ///< ?, ?1, $1, :name, @name
  Operator,   ///< one character of operator or punctuation
  Semicolon,  ///< what ends a statement: ';' or the current DELIMITER
  Comment,
  Whitespace,
};

/// A piece of the text; all tokens together cover it without gaps.
struct Token {
  TokenKind kind = TokenKind::Whitespace;
  std::size_t offset = 0;
  std::size_t length = 0;
  bool terminated = true;  ///< false: a string, quoted name or comment that the text's end cuts off
  std::string_view of(std::string_view text) const { return text.substr(offset, length); }
  /// Neither comment nor whitespace.
  bool significant() const { return kind != TokenKind::Comment && kind != TokenKind::Whitespace; }
  bool operator==(const Token&) const = default;
};

/// Walks over a text token by token. Borrows text and rules.
class CUPEL_API Lexer {
 public:
  Lexer(std::string_view text, const LexRules& rules, std::size_t offset = 0);
  /// The next token; false at the end of the text.
  bool next(Token& token);
  /// The next token that is neither comment nor whitespace.
  bool next_significant(Token& token);
  std::size_t offset() const { return at_; }
  /// Goes on at `offset`, which must be the start of a token.
  void seek(std::size_t offset) { at_ = offset; }
  /// What ends a statement from here on; ";" at first. Must not be empty.
  void set_delimiter(std::string delimiter) { delimiter_ = std::move(delimiter); }
  const std::string& delimiter() const { return delimiter_; }

 private:
  struct Piece;
  Piece scan() const;
  Piece scan_word() const;
  bool at_delimiter(std::size_t offset) const;

  std::string_view text_;
  const LexRules* rules_;
  std::size_t at_;
  std::string delimiter_ = ";";
};

/// All tokens of the text.
CUPEL_API std::vector<Token> tokenize(std::string_view text, const LexRules& rules);

/// "the string that begins here is never closed": what to say of a token with terminated == false.
CUPEL_API std::string unterminated_message(const Token& token, std::string_view text);

}  // namespace cupel::sql
