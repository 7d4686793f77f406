// SPDX-License-Identifier: MIT
// Writes the instructions of a regular expression. See regex.hpp. One class over several files:
// regex_parser.cpp (alternatives, repetitions), regex_groups.cpp, regex_classes.cpp (escapes,
// sets).
#pragma once

#include "python/regex.hpp"

namespace cupel::python {

class RegexParser {
 public:
  RegexParser(Regex& out, std::string_view pattern) : out_(out), pattern_(pattern) {}
  void run();

 private:
  using Op = Regex::Op;
  using Instruction = Regex::Instruction;
  [[noreturn]] void fail(const std::string& message) const { throw RegexError(message, at_); }
  bool done() const { return at_ >= pattern_.size(); }
  char look(std::size_t n = 0) const;
  bool accept(std::string_view text);
  std::uint32_t here() const { return static_cast<std::uint32_t>(out_.code_.size()); }
  void emit(Instruction instruction);
  bool flag(unsigned which) const { return (flags_ & which) != 0; }
  char32_t next_point();
  void inline_flags();
  static bool flag_of(char c, unsigned& flags);
  void skip_verbose();
  void alternatives();
  /// Puts an instruction in front of others and moves their targets.
  void insert(std::uint32_t place, Instruction instruction);
  /// Adds `by` to the targets that are at or behind `from`, of the instructions in [begin, end).
  void shift(std::uint32_t begin, std::uint32_t end, std::uint32_t from, std::uint32_t by);
  void sequence();
  bool bounds(std::uint32_t& least, std::uint32_t& most);
  void quantifiers(std::uint32_t start, std::size_t place, bool repeatable);
  static bool single(Op op);
  void repeat(std::uint32_t start, std::uint32_t least, std::uint32_t most, bool lazy, bool only);
  void character(char32_t point);
  /// False for what cannot be repeated.
  bool item();
  /// The same of what begins with a parenthesis.
  bool group();
  void capturing_group(const std::string& name, std::size_t open);
  void atomic_group(std::size_t open);
  void plain_group(std::size_t open);
  void close(std::size_t open);
  void group_flags();
  std::string identifier(char end);
  void named_reference();
  void reference(std::size_t group, std::size_t at);
  void look_around(bool negative, std::size_t open);
  void look_behind(bool negative, std::size_t open);
  /// How many characters [begin, end) may match.
  void width(std::uint32_t begin, std::uint32_t end, std::uint32_t& least, std::uint32_t& most,
             int depth);
  void condition(std::size_t open);
  std::uint32_t digits(std::size_t count, unsigned base, const char* what);
  /// Behind the backslash: true if it stands for one character.
  bool character_escape(char32_t& point, bool in_set);
  bool escape();
  Regex::CharSet empty_set() const;
  void add_set(Regex::CharSet made);
  static bool in_ascii_class(char letter, char32_t c);
  static void add_class(Regex::CharSet& set, char letter);
  static void add_range(Regex::CharSet& set, char32_t first, char32_t last);
  void set();
  void set_item(char32_t& point, char& letter);
  void find_prefix();

  Regex& out_;
  std::string_view pattern_;
  std::size_t at_ = 0;
  unsigned flags_ = 0;
  int depth_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> references_;
};

}  // namespace cupel::python
