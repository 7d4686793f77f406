// SPDX-License-Identifier: MIT
// Searching a text for a pattern, and replacing what was found. See mod_re.hpp.
#include <algorithm>

#include "python/mod_re.hpp"

namespace cupel::python::re {
namespace {

/// A subject: the text, and byte offsets of pos and endpos.
struct Subject {
  Value value;
  std::string_view text;
  std::size_t start, end;
};

Subject subject_of(Interpreter& in, const PatternData& pattern, const Value& value,
                   const Value& pos, const Value& endpos) {
  const bool fits = pattern.regex->bytes() ? value.is(Layout::Bytes) : value.is(Layout::Str);
  if (!fits) {
    if (!value.is(Layout::Str) && !value.is(Layout::Bytes))
      type_error(in, "expected string or bytes-like object, got '" +
                         std::string(in.type_name(value)) + "'");
    type_error(in, pattern.regex->bytes() ? "cannot use a bytes pattern on a string-like object"
                                          : "cannot use a string pattern on a bytes-like object");
  }
  Subject subject{value, in.view(value), 0, 0};
  const Str* text = value.as<Str>();
  const auto length =
      static_cast<std::int64_t>(text != nullptr ? text->length() : subject.text.size());
  const auto clamp = [&](const Value& given, std::int64_t missing) {
    return given.is_set() && !given.is_none()
               ? std::clamp<std::int64_t>(to_index_clamped(in, given), 0, length)
               : missing;
  };
  const auto offset = [&](std::int64_t index) {
    return text != nullptr ? text->offset(static_cast<std::size_t>(index))
                           : static_cast<std::size_t>(index);
  };
  subject.start = offset(clamp(pos, 0));
  subject.end = offset(clamp(endpos, length));
  return subject;
}

bool run_match(Interpreter& in, const PatternData& pattern, const Subject& subject,
               std::size_t start, Regex::Mode mode, Regex::Groups& groups,
               std::optional<std::size_t> not_empty_at = std::nullopt) {
  if (start > subject.end) return false;
  const std::shared_ptr<const Regex> regex = pattern.regex;
  try {
    return regex->match(
        subject.text, start, subject.end, mode, groups,
        [&](std::uint64_t steps) { in.tick(steps); }, not_empty_at);
  } catch (const RegexError& error) {
    raise_error(in, error);
  }
}

Value make_match(Interpreter& in, const Value& pattern, const Subject& subject,
                 Regex::Groups groups) {
  auto data = std::make_unique<MatchData>();
  data->pattern = pattern;
  data->text = subject.value;
  data->groups = std::move(groups);
  data->start = subject.start;
  data->end = subject.end;
  return in.instance(*in.state().match, std::move(data));
}

Value piece(Interpreter& in, const Value& text, std::int64_t from, std::int64_t to) {
  if (from < 0) return Value::none();
  const std::string_view part =
      in.view(text).substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
  return text.is(Layout::Bytes) ? make_bytes(in, part) : make_str(in, part);
}

/// Calls `f(groups)` for each match from left to right, as findall and sub see them.
template <class F>
void for_matches(Interpreter& in, const PatternData& pattern, const Subject& subject, F&& f) {
  std::size_t at = subject.start;
  std::optional<std::size_t> not_empty;
  Regex::Groups groups;
  while (at <= subject.end &&
         run_match(in, pattern, subject, at, Regex::Mode::Search, groups, not_empty)) {
    const auto end = static_cast<std::size_t>(groups[1]);
    if (!f(groups)) return;
    // Behind an empty match the next one may begin here, but must not be empty, too.
    not_empty = groups[0] == groups[1] ? std::optional<std::size_t>(end) : std::nullopt;
    at = end;
  }
}

Value found_value(Interpreter& in, const Value& text, const Regex& regex,
                  const Regex::Groups& groups) {
  const Value empty = text.is(Layout::Bytes) ? make_bytes(in, "") : make_str(in, "");
  const auto part = [&](std::size_t group) {
    return groups[2 * group] < 0 ? empty
                                 : piece(in, text, groups[2 * group], groups[2 * group + 1]);
  };
  if (regex.group_count() == 0) return part(0);
  if (regex.group_count() == 1) return part(1);
  Values parts;
  for (std::size_t i = 1; i <= regex.group_count(); ++i) parts.push_back(part(i));
  return make_tuple(in, std::move(parts));
}

}  // namespace

void raise_error(Interpreter& in, const RegexError& error) {
  const Value cls = get_attr(in, import_module(in, "re", true), in.intern("error"));
  in.raise(*cls.as<Class>(),
           std::string(error.what()) + " at position " + std::to_string(error.position));
}

Value group_piece(Interpreter& in, const MatchData& match, std::size_t group) {
  return piece(in, match.text, match.groups[2 * group], match.groups[2 * group + 1]);
}

Value match_once(Call& call, const Value& pattern, const Value& text, const Value& pos,
                 const Value& endpos, Regex::Mode mode) {
  const PatternData& data = pattern_of(pattern);
  const Subject subject = subject_of(call.in, data, text, pos, endpos);
  Regex::Groups groups;
  if (!run_match(call.in, data, subject, subject.start, mode, groups)) return Value::none();
  return make_match(call.in, pattern, subject, std::move(groups));
}

Value find_all(Call& call, const Value& pattern, const Value& text, const Value& pos,
               const Value& endpos, bool matches) {
  const PatternData& data = pattern_of(pattern);
  const Subject subject = subject_of(call.in, data, text, pos, endpos);
  Values found;
  for_matches(call.in, data, subject, [&](const Regex::Groups& groups) {
    found.push_back(matches ? make_match(call.in, pattern, subject, groups)
                            : found_value(call.in, text, *data.regex, groups));
    return true;
  });
  return matches ? values_iterator(call.in, std::move(found))
                 : make_list(call.in, std::move(found));
}

Value split_text(Call& call, const Value& pattern, const Value& text, std::int64_t most) {
  const PatternData& data = pattern_of(pattern);
  const Subject subject = subject_of(call.in, data, text, {}, {});
  Values parts;
  std::int64_t last = 0;
  for_matches(call.in, data, subject, [&](const Regex::Groups& groups) {
    parts.push_back(piece(call.in, text, last, groups[0]));
    for (std::size_t i = 1; i <= data.regex->group_count(); ++i)
      parts.push_back(piece(call.in, text, groups[2 * i], groups[2 * i + 1]));
    last = groups[1];
    return --most != 0;  // without a limit it never gets to zero
  });
  parts.push_back(piece(call.in, text, last, static_cast<std::int64_t>(subject.text.size())));
  return make_list(call.in, std::move(parts));
}

Value substitute(Call& call, const Value& pattern, const Value& replacement, const Value& text,
                 std::int64_t most, bool counted) {
  Interpreter& in = call.in;
  const PatternData& data = pattern_of(pattern);
  const Subject subject = subject_of(in, data, text, {}, {});
  Text out;
  std::size_t last = 0;
  std::int64_t count = 0;
  const bool function = is_callable(in, replacement);
  const bool plain = !function && in.view(replacement).find('\\') == std::string_view::npos;
  for_matches(in, data, subject, [&](const Regex::Groups& groups) {
    out += subject.text.substr(last, static_cast<std::size_t>(groups[0]) - last);
    last = static_cast<std::size_t>(groups[1]);
    ++count;
    if (plain) {
      out += in.view(replacement);
    } else {
      const Value match = make_match(in, pattern, subject, groups);
      if (function) {
        const Value made = python::call(in, replacement, {match});
        if (!made.is(Layout::Str) && !made.is(Layout::Bytes))
          type_error(in, "expected str instance, " + std::string(in.type_name(made)) + " found");
        out += in.view(made);
      } else {
        out += expand(in, match_of(match), in.view(replacement));
      }
    }
    return most == 0 || count < most;
  });
  out += subject.text.substr(last);
  Value result = text.is(Layout::Bytes) ? make<Bytes>(types(in).bytes, std::move(out))
                                        : make_str(in, std::move(out));
  return counted ? make_tuple(in, Values{std::move(result), Value(count)}) : result;
}

}  // namespace cupel::python::re
