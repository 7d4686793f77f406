// SPDX-License-Identifier: MIT
// See pattern.hpp.
#include "cupel/base/pattern.hpp"

namespace cupel::text {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// Length of the UTF-8 character in front: '?' takes it whole.
std::size_t character_length(std::string_view text) {
  std::size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
    ++length;
  return length;
}

/// One step of a pattern that is no '*': how much of the pattern and of the text it takes.
struct Step {
  std::size_t pattern = 0;
  std::size_t text = 0;  ///< 0: it does not match
};

/// `pattern` begins with '['. Without a closing bracket it stands for itself.
Step match_set(std::string_view text, std::string_view pattern) {
  const bool negated = pattern.size() > 1 && pattern[1] == '!';
  const std::size_t first = negated ? 2 : 1;
  const std::size_t end = pattern.find(']', first + 1);
  if (end == kNone) return {1, text[0] == '[' ? 1u : 0u};
  bool found = false;
  for (std::size_t i = first; i < end; ++i) {
    const bool is_range = i + 2 < end && pattern[i + 1] == '-';
    const char last = is_range ? pattern[i + 2] : pattern[i];
    found = found || (pattern[i] <= text[0] && text[0] <= last);
    if (is_range) i += 2;
  }
  return {end + 1, found != negated ? character_length(text) : 0};
}

Step match_one(std::string_view text, std::string_view pattern) {
  if (text.empty()) return {};
  if (pattern[0] == '?') return {1, character_length(text)};
  if (pattern[0] == '[') return match_set(text, pattern);
  const std::size_t at = pattern[0] == '\\' && pattern.size() > 1 ? 1 : 0;
  return {at + 1, pattern[at] == text[0] ? 1u : 0u};
}

}  // namespace

bool matches_pattern(std::string_view text, std::string_view pattern) {
  // Where to go on when what follows the last '*' did not fit: it takes one character more.
  std::string_view star_pattern, star_text;
  bool has_star = false;
  while (!text.empty() || !pattern.empty()) {
    if (!pattern.empty() && pattern[0] == '*') {
      pattern.remove_prefix(1);
      star_pattern = pattern;
      star_text = text;
      has_star = true;
      continue;
    }
    const Step step = pattern.empty() ? Step{} : match_one(text, pattern);
    if (step.text != 0) {
      pattern.remove_prefix(step.pattern);
      text.remove_prefix(step.text);
      continue;
    }
    if (!has_star || star_text.empty()) return false;
    star_text.remove_prefix(1);
    text = star_text;
    pattern = star_pattern;
  }
  return true;
}

bool has_wildcard(std::string_view text) { return text.find_first_of("*?[") != kNone; }

}  // namespace cupel::text
