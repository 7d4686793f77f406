// SPDX-License-Identifier: MIT
// What the files of the module re share: mod_re.cpp (functions, the class Pattern),
// mod_re_match.cpp (the class Match), mod_re_search.cpp (searching and replacing) and
// mod_re_template.cpp (the text that sub() puts in).
#pragma once

#include "python/modules.hpp"
#include "python/regex.hpp"

namespace cupel::python::re {

struct PatternData : NativeData {
  std::shared_ptr<const Regex> regex;
  Value source;
};

struct MatchData : NativeData {
  Value pattern;
  Value text;
  Regex::Groups groups;
  std::size_t start = 0, end = 0;  ///< pos and endpos, in code points
};

inline PatternData& pattern_of(const Value& value) { return native_part<PatternData>(value); }
inline MatchData& match_of(const Value& value) { return native_part<MatchData>(value); }

/// Raises re.error.
[[noreturn]] void raise_error(Interpreter& in, const RegexError& error);

/// A match object, or None. `pos` and `endpos` may be unset or None.
Value match_once(Call& call, const Value& pattern, const Value& text, const Value& pos,
                 const Value& endpos, Regex::Mode mode);
/// A list of what findall() gives; or, if `matches`, an iterator over match objects.
Value find_all(Call& call, const Value& pattern, const Value& text, const Value& pos,
               const Value& endpos, bool matches);
/// At most `most` times; 0 is without limit.
Value split_text(Call& call, const Value& pattern, const Value& text, std::int64_t most);
/// The same limit. With `counted` a tuple of the text and how often it was replaced.
Value substitute(Call& call, const Value& pattern, const Value& replacement, const Value& text,
                 std::int64_t most, bool counted);

/// The text of a group; None if it took no part in the match.
Value group_piece(Interpreter& in, const MatchData& match, std::size_t group);
/// Replaces \1, \g<name> and the escapes of a template.
Text expand(Interpreter& in, const MatchData& match, std::string_view pattern);

void setup_match(Interpreter& in, Module& module);

}  // namespace cupel::python::re
