// SPDX-License-Identifier: MIT
// Regular expressions with Python's syntax and meaning: a backtracking matcher with its own stack,
// so that no pattern can exhaust the C++ stack, and with a callback that counts its steps.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::python {

struct RegexError : std::runtime_error {
  RegexError(const std::string& message, std::size_t position)
      : std::runtime_error(message), position(position) {}
  std::size_t position;
};

enum RegexFlag : unsigned {
  kRegexIgnoreCase = 2,
  kRegexMultiline = 8,
  kRegexDotAll = 16,
  kRegexUnicode = 32,
  kRegexVerbose = 64,
  kRegexAscii = 256,
};

class Regex {
 public:
  /// Throws RegexError. `bytes`: every byte is a character.
  Regex(std::string_view pattern, unsigned flags, bool bytes);

  enum class Mode : std::uint8_t { Search, Match, FullMatch };
  /// Byte offsets, two for each group, -1 for one that did not take part; the whole match comes
  /// first.
  using Groups = std::vector<std::int64_t>;
  /// `tick` is called every so many steps and may throw. `not_empty_at`: an empty match there does
  /// not count.
  bool match(std::string_view text, std::size_t start, std::size_t end, Mode mode, Groups& out,
             const std::function<void(std::uint64_t)>& tick,
             std::optional<std::size_t> not_empty_at = std::nullopt) const;
  std::size_t group_count() const { return groups_; }
  const std::map<std::string, std::size_t, std::less<>>& names() const { return names_; }
  unsigned flags() const { return flags_; }
  bool bytes() const { return bytes_; }

 private:
  friend class RegexParser;
  friend class RegexRun;
  enum class Op : std::uint8_t {
    Char,  ///< a: code point
    CharFold,
    Any,  ///< everything but a line end
    AnyAll,
    Set,    ///< a: index
    Split,  ///< a first, then b
    Jump,
    Save,  ///< a: slot
    Begin,
    BeginLine,
    End,
    EndLine,
    EndText,
    Word,
    NotWord,
    BackReference,
    BackReferenceFold,
    Repeat,  ///< the next instruction, a to b times, greedy
    RepeatLazy,
    RepeatOnly,  ///< possessive
    LookAhead,   ///< a: end of the inside; b: 1 if negative
    LookBehind,  ///< the same, with the width in the next instruction's a (a Nop)
    Atomic,      ///< a: end of the inside
    Condition,   ///< a: group; b: where to go without it
    LoopMark,    ///< a: register that keeps where this round began
    LoopCheck,   ///< stops a round that ate nothing
    Nop,
    Accept,
  };
  struct Instruction {
    Op op;
    std::uint32_t a = 0, b = 0;
  };
  struct CharSet {
    std::array<std::uint64_t, 2> ascii{};
    std::vector<std::pair<char32_t, char32_t>> ranges;
    std::string classes;  ///< letters of \d \w \s and their negations, beyond ASCII
    bool negated = false;
    bool fold = false;
    bool ascii_only = false;
  };
  bool in_set(const CharSet& set, char32_t point) const;
  bool in_set_plain(const CharSet& set, char32_t point) const;

  std::vector<Instruction> code_;
  std::vector<CharSet> sets_;
  std::map<std::string, std::size_t, std::less<>> names_;
  std::size_t groups_ = 0;
  std::size_t registers_ = 0;
  unsigned flags_ = 0;
  bool bytes_ = false;
  std::string prefix_;  ///< every match begins with it
};

}  // namespace cupel::python
