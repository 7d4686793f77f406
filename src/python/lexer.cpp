// SPDX-License-Identifier: MIT
// See lexer.hpp.
#include "python/lexer.hpp"

#include <array>
#include <cstring>

#include "cupel/base/text.hpp"
#include "python/characters.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

constexpr std::size_t kMaxBrackets = 200;  // as CPython
constexpr std::size_t kMaxIndents = 100;

struct Keyword {
  std::string_view word;
  Tok kind;
};
constexpr Keyword kKeywords[] = {
    {"False", Tok::False},
    {"None", Tok::None},
    {"True", Tok::True},
    {"and", Tok::And},
    {"as", Tok::As},
    {"assert", Tok::Assert},
    {"async", Tok::Async},
    {"await", Tok::Await},
    {"break", Tok::Break},
    {"class", Tok::Class},
    {"continue", Tok::Continue},
    {"def", Tok::Def},
    {"del", Tok::Del},
    {"elif", Tok::Elif},
    {"else", Tok::Else},
    {"except", Tok::Except},
    {"finally", Tok::Finally},
    {"for", Tok::For},
    {"from", Tok::From},
    {"global", Tok::Global},
    {"if", Tok::If},
    {"import", Tok::Import},
    {"in", Tok::In},
    {"is", Tok::Is},
    {"lambda", Tok::Lambda},
    {"nonlocal", Tok::Nonlocal},
    {"not", Tok::Not},
    {"or", Tok::Or},
    {"pass", Tok::Pass},
    {"raise", Tok::Raise},
    {"return", Tok::Return},
    {"try", Tok::Try},
    {"while", Tok::While},
    {"with", Tok::With},
    {"yield", Tok::Yield},
};

// By first letter: where to begin and how many there are.
struct KeywordIndex {
  std::array<std::uint8_t, 128> first{};
  std::array<std::uint8_t, 128> count{};
  constexpr KeywordIndex() {
    for (std::uint8_t i = 0; i < std::size(kKeywords); ++i) {
      const auto letter = static_cast<unsigned char>(kKeywords[i].word[0]);
      if (count[letter] == 0) first[letter] = i;
      ++count[letter];
    }
  }
};
constexpr KeywordIndex kIndex;

Tok keyword(std::string_view word) {
  const auto letter = static_cast<unsigned char>(word[0]);
  if (letter >= 128) return Tok::Name;
  for (std::size_t i = kIndex.first[letter], n = kIndex.count[letter]; n > 0; ++i, --n) {
    if (kKeywords[i].word == word) return kKeywords[i].kind;
  }
  return Tok::Name;
}

}  // namespace

void syntax_error(std::string message, std::size_t start, std::size_t end) {
  throw SyntaxProblem{"SyntaxError", std::move(message), start, end};
}

bool is_keyword(std::string_view word) { return !word.empty() && keyword(word) != Tok::Name; }

std::size_t text_begin(std::string_view text) {
  return text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
}

Lexer::Lexer(std::string_view text) : text_(text), end_(text.size()) {
  pos_ = text_begin(text);
  check_text();
}

Lexer::Lexer(std::string_view text, std::size_t begin, std::size_t end)
    : text_(text), pos_(begin), end_(end), file_(false), line_start_(false) {}

// What no token may contain is found at once, for the whole text.
void Lexer::check_text() {
  if (text_.size() > 0x7FFFFFFF) syntax_error("the file is larger than 2 GB", 0, 0);
  if (const void* nul = std::memchr(text_.data(), 0, text_.size())) {
    const auto offset = static_cast<std::size_t>(static_cast<const char*>(nul) - text_.data());
    syntax_error("source code cannot contain null bytes", offset, offset);
  }
  std::size_t bad = 0;
  if (!text::is_utf8(text_, &bad)) {
    static constexpr char kHex[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(text_[bad]);
    syntax_error(std::string("(unicode error) 'utf-8' codec can't decode byte 0x") +
                     kHex[byte >> 4] + kHex[byte & 15] + " in position " + std::to_string(bad) +
                     "; save the file as UTF-8",
                 bad, bad);
  }
}

Token Lexer::make(Tok kind, std::size_t start) const {
  return {kind, static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(pos_)};
}

Token Lexer::next() {
  if (pending_dedents_ > 0) {
    --pending_dedents_;
    return make(Tok::Dedent, pos_);
  }
  if (line_start_ && brackets_.empty()) {
    const Token token = begin_line();
    if (token.kind != Tok::End) return token;
  }
  return scan();
}

// Reads the blanks in front of a line; lines without a token are passed over. Returns Indent or
// Dedent, or End if the level stays.
Token Lexer::begin_line() {
  line_start_ = false;
  std::size_t column = 0, alternative = 0;
  while (pos_ < end_) {
    const char c = text_[pos_];
    if (c == ' ') {
      ++column, ++alternative;
    } else if (c == '\t') {
      column = (column / 8 + 1) * 8;
      ++alternative;
    } else if (c == '\f') {
      column = alternative = 0;
    } else if (c == '#') {
      while (pos_ < end_ && text_[pos_] != '\n' && text_[pos_] != '\r') ++pos_;
      continue;
    } else if (c == '\n' || c == '\r') {
      column = alternative = 0;
    } else if (c == '\\' && (at(pos_ + 1) == '\n' || at(pos_ + 1) == '\r')) {
      ++pos_;  // a continued line keeps the column that it began with
      if (at(pos_) == '\r' && at(pos_ + 1) == '\n') ++pos_;
    } else {
      return indent_to(column, alternative);
    }
    ++pos_;
  }
  return indent_to(0, 0);
}

Token Lexer::indent_to(std::size_t column, std::size_t alternative) {
  const auto inconsistent = [&]() {
    throw SyntaxProblem{"TabError", "inconsistent use of tabs and spaces in indentation", pos_,
                        pos_};
  };
  if (column == levels_.back().column) {
    if (alternative != levels_.back().alternative) inconsistent();
    return {};
  }
  if (column > levels_.back().column) {
    if (alternative <= levels_.back().alternative) inconsistent();
    if (levels_.size() >= kMaxIndents) {
      throw SyntaxProblem{"IndentationError", "too many levels of indentation", pos_, pos_};
    }
    levels_.push_back({column, alternative});
    return make(Tok::Indent, pos_);
  }
  std::size_t dedents = 0;
  while (column < levels_.back().column) {
    levels_.pop_back();
    ++dedents;
  }
  if (column != levels_.back().column) {
    throw SyntaxProblem{"IndentationError", "unindent does not match any outer indentation level",
                        pos_, pos_};
  }
  if (alternative != levels_.back().alternative) inconsistent();
  pending_dedents_ = dedents - 1;
  return make(Tok::Dedent, pos_);
}

// True at the end of a line that ends a statement.
bool Lexer::skip_blanks() {
  while (pos_ < end_) {
    const char c = text_[pos_];
    if (class_of(c) & kBlank) {
      ++pos_;
    } else if (c == '#') {
      while (pos_ < end_ && text_[pos_] != '\n' && text_[pos_] != '\r') ++pos_;
    } else if (c == '\n' || c == '\r') {
      if (file_ && brackets_.empty()) return true;
      ++pos_;
    } else if (c == '\\') {
      std::size_t next = pos_ + 1;
      if (at(next) == '\r' && at(next + 1) == '\n') ++next;
      if (at(next) != '\n' && at(next) != '\r') {
        syntax_error("unexpected character after line continuation character", pos_, pos_ + 1);
      }
      pos_ = next + 1;
      if (pos_ >= end_) syntax_error("unexpected EOF while parsing", pos_, pos_);
    } else {
      return false;
    }
  }
  return false;
}

Token Lexer::scan() {
  if (skip_blanks()) {
    const std::size_t start = pos_;
    if (text_[pos_] == '\r' && at(pos_ + 1) == '\n') ++pos_;
    ++pos_;
    line_start_ = true;
    has_content_ = false;
    return make(Tok::Newline, start);
  }
  if (pos_ >= end_) {
    if (!file_) return make(Tok::End, pos_);
    if (!brackets_.empty()) {
      const Bracket& last = brackets_.back();
      syntax_error(std::string("'") + last.open + "' was never closed", last.at, last.at + 1);
    }
    if (has_content_) {
      has_content_ = false;
      line_start_ = true;
      return make(Tok::Newline, pos_);
    }
    if (levels_.size() > 1) {
      pending_dedents_ = levels_.size() - 2;
      levels_.resize(1);
      return make(Tok::Dedent, pos_);
    }
    return make(Tok::End, pos_);
  }
  has_content_ = true;
  const char c = text_[pos_];
  if (class_of(c) & kStart || static_cast<unsigned char>(c) >= 0x80) {
    bool is_f = false;
    const std::size_t quote = string_prefix(is_f);
    return quote != 0 ? string(pos_, quote, is_f) : word();
  }
  if (is_decimal(c) || (c == '.' && is_decimal(at(pos_ + 1)))) return number();
  if (c == '"' || c == '\'') return string(pos_, pos_, false);
  return op();
}

// If a string begins here: the offset of its quote. 0 if none (a quote at 0 has no prefix).
std::size_t Lexer::string_prefix(bool& is_f) const {
  for (std::size_t i = 0; i < 3; ++i) {
    const char c = lower(at(pos_ + i));
    if (c == '"' || c == '\'') {
      std::string prefix;
      for (std::size_t k = 0; k < i; ++k) prefix += lower(text_[pos_ + k]);
      is_f = prefix == "f" || prefix == "fr" || prefix == "rf";
      const bool known = is_f || prefix == "r" || prefix == "b" || prefix == "u" ||
                         prefix == "br" || prefix == "rb";
      return known ? pos_ + i : 0;
    }
    if (c != 'r' && c != 'b' && c != 'u' && c != 'f') return 0;
  }
  return 0;
}

Token Lexer::word() {
  const std::size_t start = pos_;
  bool ascii = true;
  while (pos_ < end_) {
    const auto c = static_cast<unsigned char>(text_[pos_]);
    if (c >= 0x80) {
      std::size_t length = 0;
      const char32_t point = unicode::decode(text_, pos_, length);
      const bool fits = pos_ == start ? unicode::is_alpha(point)
                                      : unicode::is_alpha(point) || unicode::is_digit(point) ||
                                            unicode::is_mark(point);
      if (!fits) {
        if (pos_ != start) break;
        syntax_error("invalid character '" + std::string(text_.substr(pos_, length)) + "' (" +
                         unicode::code_name(point) + ")",
                     pos_, pos_ + length);
      }
      ascii = false;
      pos_ += length;
    } else if (kClasses[c] & kPart) {
      ++pos_;
    } else {
      break;
    }
  }
  const Tok kind = ascii ? keyword(text_.substr(start, pos_ - start)) : Tok::Name;
  return make(kind, start);
}

void Lexer::digits(bool (*is_digit)(char), const char* kind) {
  const std::size_t start = pos_;
  while (true) {
    if (at(pos_) == '_' && is_digit(at(pos_ + 1))) ++pos_;
    if (!is_digit(at(pos_))) break;
    ++pos_;
  }
  if (pos_ == start || (at(pos_) == '_')) {
    syntax_error(std::string("invalid ") + kind + " literal", start, pos_ + 1);
  }
}

Token Lexer::number() {
  const std::size_t start = pos_;
  const char second = lower(at(pos_ + 1));
  if (text_[pos_] == '0' && (second == 'x' || second == 'o' || second == 'b')) {
    pos_ += 2;
    if (second == 'x') digits(is_hex, "hexadecimal");
    if (second == 'o') digits(is_octal, "octal");
    if (second == 'b') digits(is_binary, "binary");
  } else {
    bool is_float = false;
    if (is_decimal(at(pos_))) digits(is_decimal, "decimal");
    if (at(pos_) == '.') {
      is_float = true;
      ++pos_;
      if (is_decimal(at(pos_))) digits(is_decimal, "decimal");
    }
    const std::size_t sign = at(pos_ + 1) == '+' || at(pos_ + 1) == '-' ? 1 : 0;
    if (lower(at(pos_)) == 'e' && is_decimal(at(pos_ + 1 + sign))) {
      is_float = true;
      pos_ += 1 + sign;
      digits(is_decimal, "decimal");
    }
    if (lower(at(pos_)) == 'j') syntax_error("complex numbers are not supported", start, pos_ + 1);
    if (!is_float && text_[start] == '0') {
      for (std::size_t i = start; i < pos_; ++i) {
        if (text_[i] != '0' && text_[i] != '_') {
          syntax_error(
              "leading zeros in decimal integer literals are not permitted; use an 0o prefix for "
              "octal integers",
              start, pos_);
        }
      }
    }
  }
  // `1if x` is legal Python, `1abc` is not.
  if (class_of(at(pos_)) & kStart) {
    std::size_t stop = pos_;
    while (class_of(at(stop)) & kPart) ++stop;
    const Tok kind = keyword(text_.substr(pos_, stop - pos_));
    const bool legal = kind == Tok::And || kind == Tok::Else || kind == Tok::For ||
                       kind == Tok::If || kind == Tok::In || kind == Tok::Is || kind == Tok::Or ||
                       kind == Tok::Not;
    if (!legal) syntax_error("invalid decimal literal", start, pos_);
  }
  return make(Tok::Number, start);
}

void Lexer::open(char bracket) {
  if (brackets_.size() >= kMaxBrackets) {
    syntax_error("too many nested parentheses", pos_, pos_ + 1);
  }
  brackets_.push_back({bracket, static_cast<std::uint32_t>(pos_)});
}

void Lexer::close(char bracket) {
  if (brackets_.empty()) {
    if (!file_) return;  // the parser of the f-string says what is wrong
    syntax_error(std::string("unmatched '") + bracket + "'", pos_, pos_ + 1);
  }
  const char open = brackets_.back().open;
  const char expected = open == '(' ? ')' : open == '[' ? ']' : '}';
  if (bracket != expected) {
    syntax_error(std::string("closing parenthesis '") + bracket +
                     "' does not match opening parenthesis '" + open + "'",
                 pos_, pos_ + 1);
  }
  brackets_.pop_back();
}

Token Lexer::op() {
  const std::size_t start = pos_;
  const char c = text_[pos_];
  const char second = at(pos_ + 1);
  const char third = at(pos_ + 2);
  const auto token = [&](Tok kind, std::size_t length) {
    pos_ += length;
    return make(kind, start);
  };
  const auto or_assign = [&](Tok plain, Tok assign) {
    return second == '=' ? token(assign, 2) : token(plain, 1);
  };
  const auto doubled = [&](Tok one, Tok one_assign, Tok two, Tok two_assign) {
    if (second == c) return third == '=' ? token(two_assign, 3) : token(two, 2);
    return or_assign(one, one_assign);
  };
  switch (c) {
    case '(':
      open(c);
      return token(Tok::LParen, 1);
    case '[':
      open(c);
      return token(Tok::LBracket, 1);
    case '{':
      open(c);
      return token(Tok::LBrace, 1);
    case ')':
      close(c);
      return token(Tok::RParen, 1);
    case ']':
      close(c);
      return token(Tok::RBracket, 1);
    case '}':
      close(c);
      return token(Tok::RBrace, 1);
    case ',':
      return token(Tok::Comma, 1);
    case ';':
      return token(Tok::Semicolon, 1);
    case '~':
      return token(Tok::Tilde, 1);
    case ':':
      return second == '=' ? token(Tok::Walrus, 2) : token(Tok::Colon, 1);
    case '.':
      return second == '.' && third == '.' ? token(Tok::Ellipsis, 3) : token(Tok::Dot, 1);
    case '+':
      return or_assign(Tok::Plus, Tok::PlusAssign);
    case '-':
      return second == '>' ? token(Tok::Arrow, 2) : or_assign(Tok::Minus, Tok::MinusAssign);
    case '*':
      return doubled(Tok::Star, Tok::StarAssign, Tok::StarStar, Tok::StarStarAssign);
    case '/':
      return doubled(Tok::Slash, Tok::SlashAssign, Tok::SlashSlash, Tok::SlashSlashAssign);
    case '%':
      return or_assign(Tok::Percent, Tok::PercentAssign);
    case '@':
      return or_assign(Tok::At, Tok::AtAssign);
    case '&':
      return or_assign(Tok::Amp, Tok::AmpAssign);
    case '|':
      return or_assign(Tok::Pipe, Tok::PipeAssign);
    case '^':
      return or_assign(Tok::Caret, Tok::CaretAssign);
    case '<':
      if (second == '>') syntax_error("'<>' is Python 2; write '!='", pos_, pos_ + 2);
      return doubled(Tok::Lt, Tok::Le, Tok::LShift, Tok::LShiftAssign);
    case '>':
      return doubled(Tok::Gt, Tok::Ge, Tok::RShift, Tok::RShiftAssign);
    case '=':
      return or_assign(Tok::Assign, Tok::EqEq);
    case '!':
      if (second == '=') return token(Tok::NotEq, 2);
      if (!file_) return token(Tok::Bang, 1);
      break;
    default:
      break;
  }
  if (c == '`') syntax_error("backquotes are Python 2; write repr(...)", pos_, pos_ + 1);
  if (c == '$' || c == '?' || c == '!') syntax_error("invalid syntax", pos_, pos_ + 1);
  syntax_error(
      "invalid non-printable character " + unicode::code_name(static_cast<unsigned char>(c)), pos_,
      pos_ + 1);
}

std::vector<Token> tokenize(std::string_view text) {
  Lexer lexer(text);
  std::vector<Token> tokens;
  tokens.reserve(text.size() / 4 + 8);
  do tokens.push_back(lexer.next());
  while (tokens.back().kind != Tok::End);
  return tokens;
}

std::vector<Token> tokenize_part(std::string_view text, std::size_t begin, std::size_t end) {
  Lexer lexer(text, begin, end);
  std::vector<Token> tokens;
  do tokens.push_back(lexer.next());
  while (tokens.back().kind != Tok::End);
  return tokens;
}

}  // namespace cupel::python
