// SPDX-License-Identifier: MIT
// C++ expressions as a tree, and their layout: lines of at most so many columns, as clang-format
// would break them, but with one column of a table and one option on each line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::script::cpp {

/// Of the lines of files.
inline constexpr std::size_t kLineWidth = 100;

/// An expression that knows where it may be broken.
struct Code {
  enum class Kind {
    Word,    ///< text as it is
    String,  ///< text is what the string literal means
    List,    ///< text parts, comma-separated, close: f(a, b), {a, b}
    Chain,   ///< parts: the first, then its .calls()
    Field,   ///< text part: .name = value
  };
  Kind kind = Kind::Word;
  std::string text = {};
  std::vector<Code> parts = {};
  std::string close = {};
  bool one_per_line = false;  ///< a list that does not fit has each part on a line of its own
};

Code word(std::string text);
Code string(std::string value);
/// name(arguments)
Code call(const std::string& name, std::vector<Code> arguments);
/// {items}, `type` in front; one_per_line unless it `fills` lines.
Code braces(std::vector<Code> items, const std::string& type = {}, bool fills = false);
Code field(const std::string& name, Code value);

/// As a string literal on one line, or a raw one that holds the text's own lines.
std::string literal(std::string_view text);

/// The expression and `tail` laid out within `width`; further lines stand below `indent`, which is
/// where the first begins.
std::string layout(const Code& code, std::size_t width, std::size_t indent = 0,
                   std::string_view tail = {});

/// Puts `indent` in front of every line but the first, and of none inside a raw string.
std::string indented(std::string_view code, std::string_view indent);

/// The text as // comment, wrapped at `width`; empty for an empty text.
std::string comment(std::string_view text, std::size_t width);

}  // namespace cupel::script::cpp
