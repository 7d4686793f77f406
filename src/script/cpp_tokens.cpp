// SPDX-License-Identifier: MIT
// See cpp_tokens.hpp.
#include "script/cpp_tokens.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "cupel/base/text.hpp"

namespace cupel::script {
namespace {

bool is_cpp_digit(char c) { return c >= '0' && c <= '9'; }
bool is_in_cpp_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_cpp_digit(c) ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The characters that an escape after `\` stands for; `at` moves behind it.
class Escape {
 public:
  Escape(std::string_view text, std::size_t& at) : text_(text), at_(at) {}

  std::string take() {
    const char c = text_[at_++];
    static constexpr std::array<std::pair<char, char>, 7> kPlain{{{'n', '\n'},
                                                                  {'t', '\t'},
                                                                  {'r', '\r'},
                                                                  {'a', '\a'},
                                                                  {'b', '\b'},
                                                                  {'f', '\f'},
                                                                  {'v', '\v'}}};
    if (c == '\n') return {};  // the line goes on
    if (c == 'x') return std::string(1, static_cast<char>(number(16, text_.size())));
    if (c == 'u') return utf8(number(16, 4));
    if (c == 'U') return utf8(number(16, 8));
    if (c >= '0' && c <= '7') {
      --at_;
      return std::string(1, static_cast<char>(number(8, 3)));
    }
    for (const auto& [letter, value] : kPlain)
      if (letter == c) return std::string(1, value);
    return std::string(1, c);
  }

 private:
  std::uint32_t number(std::uint32_t base, std::size_t most) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < most && at_ < text_.size(); ++i, ++at_) {
      const char c = text_[at_];
      std::uint32_t digit = base;
      if (is_cpp_digit(c)) digit = static_cast<std::uint32_t>(c - '0');
      if (c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a') + 10;
      if (c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A') + 10;
      if (digit >= base) break;
      value = value * base + digit;
    }
    return value;
  }
  static std::string utf8(std::uint32_t code) {
    const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
    if (code < 0x80) return {byte(code)};
    if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F))};
    if (code < 0x10000)
      return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
    return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F)),
            byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F))};
  }
  std::string_view text_;
  std::size_t& at_;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<CppToken> run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size() && !failed_) step();
    if (failed_ || !open_.empty()) return {};
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  void add(CppToken::Kind kind, std::string value, std::size_t begin) {
    tokens_.push_back({kind, std::move(value), begin, at_, 0});
    at_line_begin_ = false;
  }

  void step() {
    const std::size_t begin = at_;
    const char c = peek();
    if (c == '\n') at_line_begin_ = true;
    if (static_cast<unsigned char>(c) <= ' ') {
      ++at_;
    } else if (c == '/' && (peek(1) == '/' || peek(1) == '*')) {
      skip_comment();
    } else if (c == '#' && at_line_begin_) {
      skip_line();
      add(CppToken::Kind::Directive, {}, begin);
    } else if (c == '"') {
      plain_text(begin);
    } else if (c == '\'') {
      character(begin);
    } else if (is_cpp_digit(c)) {
      number(begin);
    } else if (is_in_cpp_word(c)) {
      word(begin);
    } else {
      ++at_;
      sign(c, begin);
    }
  }

  void skip_comment() {
    if (peek(1) == '/') return skip_line();
    const std::size_t end = text_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? text_.size() : end + 2;
  }
  /// A backslash at the end takes the next line with it.
  void skip_line() {
    while (at_ < text_.size() && peek() != '\n') at_ += peek() == '\\' && peek(1) != '\0' ? 2 : 1;
    at_ = std::min(at_, text_.size());
  }

  void word(std::size_t begin) {
    while (is_in_cpp_word(peek())) ++at_;
    const std::string_view value = text_.substr(begin, at_ - begin);
    const bool is_prefix = value == "R" || value == "u8" || value == "L" || value == "u" ||
                           value == "U" || value == "u8R" || value == "LR" || value == "uR" ||
                           value == "UR";
    if (is_prefix && peek() == '"')
      return value.ends_with('R') ? raw_text(begin) : plain_text(begin);
    add(CppToken::Kind::Word, std::string(value), begin);
  }

  void number(std::size_t begin) {
    while (is_in_cpp_word(peek()) || peek() == '.' || (peek() == '\'' && is_in_cpp_word(peek(1))))
      ++at_;
    add(CppToken::Kind::Number, std::string(text_.substr(begin, at_ - begin)), begin);
  }

  void plain_text(std::size_t begin) {
    ++at_;
    std::string value;
    while (peek() != '"') {
      if (at_ >= text_.size() || peek() == '\n') return fail();
      if (peek() != '\\') {
        value += text_[at_++];
      } else {
        ++at_;
        if (at_ >= text_.size()) return fail();
        value += Escape(text_, at_).take();
      }
    }
    end_text(std::move(value), begin);
  }

  void raw_text(std::size_t begin) {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return fail();
    const std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const std::size_t end = text_.find(close, open);
    if (end == std::string_view::npos) return fail();
    at_ = end + close.size() - 1;
    end_text(std::string(text_.substr(open + 1, end - open - 1)), begin);
  }

  /// At the closing quote. Literals side by side are one.
  void end_text(std::string value, std::size_t begin) {
    ++at_;
    while (is_in_cpp_word(peek())) ++at_;  // "users"s
    if (!tokens_.empty() && tokens_.back().kind == CppToken::Kind::Text) {
      tokens_.back().text += value;
      tokens_.back().end = at_;
      return;
    }
    add(CppToken::Kind::Text, std::move(value), begin);
  }

  void character(std::size_t begin) {
    ++at_;
    while (at_ < text_.size() && peek() != '\'') at_ += peek() == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, text_.size());
    add(CppToken::Kind::Number, std::string(text_.substr(begin, at_ - begin)), begin);
  }

  void sign(char c, std::size_t begin) {
    add(CppToken::Kind::Sign, std::string(1, c), begin);
    static constexpr std::string_view kOpen = "([{";
    static constexpr std::string_view kClose = ")]}";
    if (kOpen.find(c) != std::string_view::npos) open_.push_back(tokens_.size() - 1);
    const std::size_t close = kClose.find(c);
    if (close == std::string_view::npos) return;
    if (open_.empty() || !tokens_[open_.back()].is_sign(kOpen[close])) return fail();
    tokens_.back().partner = open_.back();
    tokens_[open_.back()].partner = tokens_.size() - 1;
    open_.pop_back();
  }

  void fail() { failed_ = true; }

  std::string_view text_;
  std::size_t at_ = 0;
  bool at_line_begin_ = true;
  bool failed_ = false;
  std::vector<CppToken> tokens_;
  std::vector<std::size_t> open_;
};

}  // namespace

std::vector<CppToken> cpp_tokens(std::string_view text) { return Scanner(text).run(); }

}  // namespace cupel::script
