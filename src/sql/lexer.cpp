// SPDX-License-Identifier: MIT
// The lexer. See lexer.hpp.
#include "cupel/sql/lexer.hpp"

#include <algorithm>
#include <utility>

namespace cupel::sql {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Bytes beyond ASCII belong to words: every database allows letters of any script in a name.
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_word_part(char c) { return is_word_start(c) || is_digit(c); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The end of a quoted piece whose opening mark is just before `from`; kNone if it is never closed.
std::size_t end_of_quoted(std::string_view text, std::size_t from, char mark, bool backslashes) {
  for (std::size_t i = from; i < text.size(); ++i) {
    if (backslashes && text[i] == '\\') {
      ++i;
    } else if (text[i] == mark) {
      if (i + 1 >= text.size() || text[i + 1] != mark) return i + 1;
      ++i;
    }
  }
  return kNone;
}

/// Where a line comment ends: at the newline, which does not belong to it.
std::size_t end_of_line(std::string_view text, std::size_t from, bool carriage_return_ends) {
  return std::min(text.find_first_of(carriage_return_ends ? "\r\n" : "\n", from), text.size());
}

/// An escape string goes on in the next quotes if a newline, and at most line comments, stand
/// between. Returns the offset behind the opening quote of the next part, or kNone.
std::size_t next_part_of_string(std::string_view text, std::size_t from) {
  bool newline = false;
  for (std::size_t i = from; i < text.size();) {
    if (is_space(text[i])) {
      newline = newline || text[i] == '\n' || text[i] == '\r';
      ++i;
    } else if (text.substr(i, 2) == "--") {
      i = end_of_line(text, i, true);
    } else {
      return newline && text[i] == '\'' ? i + 1 : kNone;
    }
  }
  return kNone;
}

/// The end of an E'..' string, all its parts included.
std::size_t end_of_escape_string(std::string_view text, std::size_t from) {
  for (;;) {
    const std::size_t end = end_of_quoted(text, from, '\'', true);
    if (end == kNone) return kNone;
    from = next_part_of_string(text, end);
    if (from == kNone) return end;
  }
}

std::size_t end_of_block_comment(std::string_view text, std::size_t from, bool nested) {
  std::size_t depth = 1;
  for (std::size_t i = from; i + 1 < text.size(); ++i) {
    if (text[i] == '*' && text[i + 1] == '/') {
      ++i;
      if (--depth == 0) return i + 1;
    } else if (nested && text[i] == '/' && text[i + 1] == '*') {
      ++i;
      ++depth;
    }
  }
  return kNone;
}

/// The length of `$tag$` at `from`, or 0 if it is none.
std::size_t dollar_tag_length(std::string_view text, std::size_t from) {
  std::size_t i = from + 1;
  if (i < text.size() && is_word_start(text[i])) {
    while (i < text.size() && is_word_part(text[i])) ++i;
  }
  return i < text.size() && text[i] == '$' ? i + 1 - from : 0;
}

std::size_t end_of_number(std::string_view text, std::size_t from) {
  const bool hexadecimal =
      text[from] == '0' && from + 1 < text.size() && lower(text[from + 1]) == 'x';
  std::size_t i = from;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (is_word_part(c)) continue;
    // "1..10" is a range, not "1." and ".10".
    if (c == '.' && !(i + 1 < text.size() && text[i + 1] == '.') && !hexadecimal) continue;
    const bool exponent =
        !hexadecimal && i > from && lower(text[i - 1]) == 'e' && i + 1 < text.size();
    if (exponent && (c == '+' || c == '-') && is_digit(text[i + 1])) continue;
    break;
  }
  return i;
}

}  // namespace

/// A token before it has an offset; `end` is kNone for one that is never closed.
struct Lexer::Piece {
  TokenKind kind;
  std::size_t end;
};

Lexer::Lexer(std::string_view text, const LexRules& rules, std::size_t offset)
    : text_(text), rules_(&rules), at_(offset) {}

bool Lexer::at_delimiter(std::size_t offset) const {
  return text_.substr(offset, delimiter_.size()) == delimiter_;
}

Lexer::Piece Lexer::scan_word() const {
  std::size_t end = at_ + 1;
  const bool own_delimiter = delimiter_ != ";";
  while (end < text_.size() &&
         (is_word_part(text_[end]) || (rules_->dollar_in_words && text_[end] == '$'))) {
    if (own_delimiter && at_delimiter(end)) break;
    ++end;
  }
  return {TokenKind::Word, end};
}

Lexer::Piece Lexer::scan() const {
  const LexRules& rules = *rules_;
  const char c = text_[at_];
  const char second = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  const char third = at_ + 2 < text_.size() ? text_[at_ + 2] : '\0';
  const auto quoted = [&](TokenKind kind, std::size_t from, char mark, bool backslashes = false) {
    return Piece{kind, end_of_quoted(text_, from, mark, backslashes)};
  };

  if (is_space(c)) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_space(text_[end])) ++end;
    return {TokenKind::Whitespace, end};
  }
  if (at_delimiter(at_)) return {TokenKind::Semicolon, at_ + delimiter_.size()};
  if (c == '\'') return quoted(TokenKind::String, at_ + 1, c, rules.backslash_escapes);
  if (c == '"') {
    return rules.double_quoted_strings
               ? quoted(TokenKind::String, at_ + 1, c, rules.backslash_escapes)
               : quoted(TokenKind::QuotedIdentifier, at_ + 1, c);
  }
  if (c == '`' && rules.backtick_identifiers)
    return quoted(TokenKind::QuotedIdentifier, at_ + 1, c);
  if (c == '[' && rules.bracket_identifiers) {
    const std::size_t end = text_.find(']', at_);
    return {TokenKind::QuotedIdentifier, end == kNone ? kNone : end + 1};
  }
  if (c == '-' && second == '-' &&
      (!rules.dash_comment_needs_space || third == '\0' ||
       static_cast<unsigned char>(third) <= ' ')) {
    return {TokenKind::Comment, end_of_line(text_, at_, rules.carriage_return_ends_line)};
  }
  if (c == '#' && rules.hash_comments) {
    return {TokenKind::Comment, end_of_line(text_, at_, rules.carriage_return_ends_line)};
  }
  if (c == '/' && second == '*') {
    return {TokenKind::Comment, end_of_block_comment(text_, at_ + 2, rules.nested_comments)};
  }
  if (c == '$' && rules.dollar_quotes) {
    if (const std::size_t length = dollar_tag_length(text_, at_); length != 0) {
      const std::size_t close = text_.find(text_.substr(at_, length), at_ + length);
      return {TokenKind::String, close == kNone ? kNone : close + length};
    }
  }
  if (rules.escape_strings && lower(c) == 'e' && second == '\'') {
    return {TokenKind::String, end_of_escape_string(text_, at_ + 2)};
  }
  if (rules.unicode_strings && lower(c) == 'u' && second == '&') {
    if (third == '\'') return quoted(TokenKind::String, at_ + 3, third);
    if (third == '"') return quoted(TokenKind::QuotedIdentifier, at_ + 3, third);
  }
  if (rules.prefixed_strings && second == '\'' && std::string_view("xXbBnN").find(c) != kNone) {
    return quoted(TokenKind::String, at_ + 2, second, rules.backslash_escapes);
  }
  if (is_word_start(c)) return scan_word();
  if (is_digit(c) || (c == '.' && is_digit(second)))
    return {TokenKind::Number, end_of_number(text_, at_)};
  if (rules.parameter_marks.find(c) != kNone && (c == '?' || is_word_part(second))) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_word_part(text_[end])) ++end;
    return {TokenKind::Parameter, end};
  }
  return {TokenKind::Operator, at_ + 1};
}

bool Lexer::next(Token& token) {
  if (at_ >= text_.size()) return false;
  const Piece piece = scan();
  token.kind = piece.kind;
  token.offset = at_;
  token.terminated = piece.end != kNone;
  at_ = std::min(piece.end, text_.size());
  token.length = at_ - token.offset;
  return true;
}

bool Lexer::next_significant(Token& token) {
  while (next(token)) {
    if (token.significant()) return true;
  }
  return false;
}

std::vector<Token> tokenize(std::string_view text, const LexRules& rules) {
  std::vector<Token> tokens;
  Lexer lexer(text, rules);
  for (Token token; lexer.next(token);) tokens.push_back(token);
  return tokens;
}

std::string unterminated_message(const Token& token, std::string_view text) {
  const char first = token.of(text).empty() ? '\0' : token.of(text).front();
  std::string what = "string";
  if (token.kind == TokenKind::Comment) what = "comment";
  if (token.kind == TokenKind::QuotedIdentifier) what = "quoted name";
  if (token.kind == TokenKind::String && first == '$') {
    const std::string tag(token.of(text).substr(0, dollar_tag_length(token.of(text), 0)));
    return "the string that begins with " + tag + " here is never closed by another " + tag;
  }
  return "the " + what + " that begins here is never closed";
}

}  // namespace cupel::sql
