// SPDX-License-Identifier: MIT
// Escapes and sets of characters. See regex_parser.hpp.
#include <algorithm>
#include <limits>

#include "python/regex_parser.hpp"
#include "python/unicode.hpp"

namespace cupel::python {

std::uint32_t RegexParser::digits(std::size_t count, unsigned base, const char* what) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const char c = look();
    const int digit = c >= '0' && c <= '9'                 ? c - '0'
                      : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                           : 99;
    if (digit >= static_cast<int>(base)) fail(std::string("incomplete escape \\") + what);
    value = value * base + static_cast<std::uint32_t>(digit);
    ++at_;
  }
  if (value > 0x10FFFF) fail("bad escape");
  return value;
}

bool RegexParser::character_escape(char32_t& point, bool in_set) {
  const char c = look();
  switch (c) {
    case 'n':
      point = '\n';
      break;
    case 't':
      point = '\t';
      break;
    case 'r':
      point = '\r';
      break;
    case 'f':
      point = '\f';
      break;
    case 'v':
      point = '\v';
      break;
    case 'a':
      point = '\a';
      break;
    case 'b':
      if (!in_set) return false;
      point = '\b';
      break;
    case 'x':
      ++at_;
      point = digits(2, 16, "x");
      return true;
    case 'u':
      ++at_;
      point = digits(4, 16, "u");
      return true;
    case 'U':
      ++at_;
      point = digits(8, 16, "U");
      return true;
    case '0': {
      ++at_;
      std::uint32_t value = 0;
      for (int i = 0; i < 2 && look() >= '0' && look() <= '7'; ++i)
        value = value * 8 + static_cast<std::uint32_t>(pattern_[at_++] - '0');
      point = value;
      return true;
    }
    default:
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return false;
      point = next_point();
      return true;
  }
  ++at_;
  return true;
}

bool RegexParser::escape() {
  const std::size_t start = at_++;
  if (done()) throw RegexError("bad escape (end of pattern)", start);
  char32_t point = 0;
  const char c = look();
  if (character_escape(point, false)) {
    character(point);
    return true;
  }
  if (c >= '1' && c <= '9') {
    std::size_t group = 0;
    if (look(1) >= '0' && look(1) <= '7' && look(2) >= '0' && look(2) <= '7' && c <= '3') {
      character(digits(3, 8, "ooo"));
      return true;
    }
    for (int i = 0; i < 2 && look() >= '0' && look() <= '9'; ++i)
      group = group * 10 + static_cast<std::size_t>(pattern_[at_++] - '0');
    reference(group, start);
    return true;
  }
  ++at_;
  switch (c) {
    case 'A':
      emit({Op::Begin});
      return false;
    case 'Z':
      emit({Op::EndText});
      return false;
    case 'b':
      emit({Op::Word, flag(kRegexAscii) || out_.bytes_ ? 1U : 0U});
      return false;
    case 'B':
      emit({Op::NotWord, flag(kRegexAscii) || out_.bytes_ ? 1U : 0U});
      return false;
    case 'd':
    case 'D':
    case 'w':
    case 'W':
    case 's':
    case 'S': {
      Regex::CharSet made = empty_set();
      add_class(made, c);
      add_set(std::move(made));
      return true;
    }
    default:
      throw RegexError(std::string("bad escape \\") + c, start);
  }
}

Regex::CharSet RegexParser::empty_set() const {
  Regex::CharSet made;
  made.fold = flag(kRegexIgnoreCase);
  made.ascii_only = flag(kRegexAscii) || out_.bytes_;
  return made;
}

void RegexParser::add_set(Regex::CharSet made) {
  out_.sets_.push_back(std::move(made));
  emit({Op::Set, static_cast<std::uint32_t>(out_.sets_.size() - 1)});
}

bool RegexParser::in_ascii_class(char letter, char32_t c) {
  switch (letter | 32) {
    case 'd':
      return c >= '0' && c <= '9';
    case 's':
      return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
    default:
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}

void RegexParser::add_class(Regex::CharSet& set, char letter) {
  const bool negated = letter >= 'A' && letter <= 'Z';
  for (char32_t c = 0; c < 128; ++c) {
    if (set.ascii_only && (letter | 32) == 's' && c >= 28 && c <= 31) {
      if (negated) set.ascii[c / 64] |= std::uint64_t{1} << (c % 64);
      continue;
    }
    if (in_ascii_class(letter, c) != negated) set.ascii[c / 64] |= std::uint64_t{1} << (c % 64);
  }
  set.classes += letter;
}

void RegexParser::add_range(Regex::CharSet& set, char32_t first, char32_t last) {
  for (char32_t c = first; c <= last && c < 128; ++c)
    set.ascii[c / 64] |= std::uint64_t{1} << (c % 64);
  if (last >= 128) set.ranges.emplace_back(std::max<char32_t>(first, 128), last);
}

void RegexParser::set() {
  const std::size_t open = at_ - 1;
  Regex::CharSet made = empty_set();
  made.negated = accept("^");
  bool first = true;
  while (true) {
    if (done()) throw RegexError("unterminated character set", open);
    if (look() == ']' && !first) break;
    first = false;
    char32_t low = 0;
    char letter = 0;
    set_item(low, letter);
    if (look() != '-' || look(1) == ']' || at_ + 1 >= pattern_.size()) {
      letter != 0 ? add_class(made, letter) : add_range(made, low, low);
      continue;
    }
    const std::size_t dash = at_++;
    char32_t high = 0;
    char high_letter = 0;
    set_item(high, high_letter);
    if (letter != 0 || high_letter != 0 || high < low)
      throw RegexError("bad character range", dash);
    add_range(made, low, high);
  }
  ++at_;
  add_set(std::move(made));
}

void RegexParser::set_item(char32_t& point, char& letter) {
  if (done()) fail("unterminated character set");
  if (look() != '\\') {
    point = next_point();
    return;
  }
  const std::size_t start = at_++;
  if (done()) fail("unterminated character set");
  const char c = look();
  if (character_escape(point, true)) return;
  if (std::string_view("dDwWsS").find(c) != std::string_view::npos) {
    letter = c;
    ++at_;
    return;
  }
  if (c >= '0' && c <= '7') {
    std::uint32_t value = 0;
    for (int i = 0; i < 3 && look() >= '0' && look() <= '7'; ++i)
      value = value * 8 + static_cast<std::uint32_t>(pattern_[at_++] - '0');
    point = value;
    return;
  }
  throw RegexError(std::string("bad escape \\") + c, start);
}

// The literal characters that every match begins with: they are searched for much quicker.
void RegexParser::find_prefix() {
  for (std::size_t i = 1; i < out_.code_.size(); ++i) {
    const Instruction& one = out_.code_[i];
    if (one.op == Op::Save) continue;
    if (one.op != Op::Char) break;
    if (out_.bytes_) {
      out_.prefix_ += static_cast<char>(one.a);
    } else {
      unicode::append(out_.prefix_, one.a);
    }
  }
}

}  // namespace cupel::python
