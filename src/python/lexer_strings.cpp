// SPDX-License-Identifier: MIT
// Strings, and how far an f-string reaches. See lexer.hpp.
#include "python/characters.hpp"
#include "python/lexer.hpp"

namespace cupel::python {

namespace {
constexpr int kMaxNestedFStrings = 20;
}

// `quote` is the offset of the first quote.
Token Lexer::string(std::size_t start, std::size_t quote, bool is_f) {
  const char q = text_[quote];
  const bool triple = at(quote + 1) == q && at(quote + 2) == q;
  pos_ = quote + (triple ? 3 : 1);
  if (is_f) {
    const bool raw = lower(text_[start]) == 'r' || lower(at(start + 1)) == 'r';
    skip_f_body(q, triple, raw, start, 0);
    return make(Tok::FString, start);
  }
  while (pos_ < end_) {
    const char c = text_[pos_];
    if (c == '\\') {
      pos_ += at(pos_ + 1) == '\r' && at(pos_ + 2) == '\n' ? 3 : 2;
    } else if (c == q && (!triple || (at(pos_ + 1) == q && at(pos_ + 2) == q))) {
      pos_ += triple ? 3 : 1;
      return make(Tok::String, start);
    } else if ((c == '\n' || c == '\r') && !triple) {
      break;
    } else {
      ++pos_;
    }
  }
  syntax_error(triple ? "unterminated triple-quoted string literal" : "unterminated string literal",
               start, start + 1);
}

// To behind the closing quote of an f-string; replacement fields may hold strings with the same
// quotes (PEP 701).
void Lexer::skip_f_body(char quote, bool triple, bool raw, std::size_t start, int depth) {
  while (pos_ < end_) {
    const char c = text_[pos_];
    if (c == '\\' && !(raw && (at(pos_ + 1) == '{' || at(pos_ + 1) == '}'))) {
      if (at(pos_ + 1) == 'N' && at(pos_ + 2) == '{' && !raw) {
        pos_ += 3;
        while (pos_ < end_ && text_[pos_] != '}' && text_[pos_] != quote) ++pos_;
      } else {
        pos_ += at(pos_ + 1) == '{' || at(pos_ + 1) == '}' ? 1 : 2;
      }
    } else if (c == quote && (!triple || (at(pos_ + 1) == quote && at(pos_ + 2) == quote))) {
      pos_ += triple ? 3 : 1;
      return;
    } else if ((c == '\n' || c == '\r') && !triple) {
      break;
    } else if (c == '{' && at(pos_ + 1) == '{') {
      pos_ += 2;
    } else if (c == '{') {
      skip_replacement(quote, triple, start, depth);
    } else {
      ++pos_;
    }
  }
  syntax_error(
      triple ? "unterminated triple-quoted f-string literal" : "unterminated f-string literal",
      start, start + 1);
}

void Lexer::skip_replacement(char quote, bool triple, std::size_t start, int depth) {
  if (depth > kMaxNestedFStrings) {
    syntax_error("f-string: expressions nested too deeply", pos_, pos_ + 1);
  }
  const std::size_t open_at = pos_;
  std::size_t nested = 0;
  ++pos_;
  while (pos_ < end_) {
    const char c = text_[pos_];
    if (c == '}' && nested == 0) {
      ++pos_;
      return;
    }
    if (c == '(' || c == '[' || c == '{') {
      ++nested;
      ++pos_;
    } else if ((c == ')' || c == ']' || c == '}') && nested > 0) {
      --nested;
      ++pos_;
    } else if (c == ':' && nested == 0) {
      // The format: text and further fields, up to the closing brace.
      ++pos_;
      while (pos_ < end_ && text_[pos_] != '}') {
        if (text_[pos_] == '{') {
          skip_replacement(quote, triple, start, depth + 1);
        } else if (text_[pos_] == quote &&
                   (!triple || (at(pos_ + 1) == quote && at(pos_ + 2) == quote))) {
          syntax_error("f-string: expecting '}'", open_at, open_at + 1);
        } else {
          ++pos_;
        }
      }
    } else if (c == '"' || c == '\'') {
      skip_nested_string(open_at + 1, depth);
    } else if (c == '#') {
      while (pos_ < end_ && text_[pos_] != '\n' && text_[pos_] != '\r') ++pos_;
    } else if ((c == '\n' || c == '\r') && !triple && nested == 0 && depth == 0) {
      ++pos_;  // allowed since 3.12
    } else {
      ++pos_;
    }
  }
  syntax_error("f-string: expecting '}'", open_at, open_at + 1);
}

// A string inside a replacement field that began at `begin`.
void Lexer::skip_nested_string(std::size_t begin, int depth) {
  const char c = text_[pos_];
  std::size_t start = pos_;
  while (start > begin && (class_of(text_[start - 1]) & kPart)) --start;
  bool is_f = false, raw = false;
  if (pos_ - start <= 2) {
    for (std::size_t i = start; i < pos_; ++i) {
      is_f = is_f || lower(text_[i]) == 'f';
      raw = raw || lower(text_[i]) == 'r';
    }
  }
  if (!is_f) {
    string(start, pos_, false);
    return;
  }
  const bool three = at(pos_ + 1) == c && at(pos_ + 2) == c;
  pos_ += three ? 3 : 1;
  skip_f_body(c, three, raw, start, depth + 1);
}

std::size_t Lexer::string_end(std::string_view text, std::size_t begin, std::size_t quote,
                              std::size_t end) {
  Lexer lexer(text, quote, end);
  lexer.skip_nested_string(begin, 0);
  return lexer.pos_;
}

}  // namespace cupel::python
