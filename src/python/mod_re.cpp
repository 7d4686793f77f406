// SPDX-License-Identifier: MIT
// The module re.
#include "python/modules.hpp"
#include "python/regex.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

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

[[noreturn]] void raise_error(Interpreter& in, const RegexError& error) {
  const Value cls = get_attr(in, import_module(in, "re", true), in.intern("error"));
  in.raise(*cls.as<Class>(),
           std::string(error.what()) + " at position " + std::to_string(error.position));
}

PatternData& pattern_of(const Value& value) { return native_part<PatternData>(value); }
MatchData& match_of(const Value& value) { return native_part<MatchData>(value); }

Value compile_pattern(Interpreter& in, const Value& source, unsigned flags) {
  if (native<PatternData>(source) != nullptr) {
    if (flags != 0) value_error(in, "cannot process flags argument with a compiled pattern");
    return source;
  }
  if (!source.is(Layout::Str) && !source.is(Layout::Bytes))
    type_error(in, "first argument must be string or compiled pattern");
  const Value cache = get_attr(in, import_module(in, "re", true), in.intern("_cache"));
  const Value key = make_tuple(in, Values{source, Value(flags), Value(source.is(Layout::Bytes))});
  if (const Value* found = cache.as<Dict>()->table.find(in, key)) return *found;
  auto data = std::make_unique<PatternData>();
  try {
    data->regex = std::make_shared<const Regex>(in.view(source), flags, source.is(Layout::Bytes));
  } catch (const RegexError& error) {
    raise_error(in, error);
  }
  data->source = source;
  Value made = in.instance(*in.state().pattern, std::move(data));
  if (cache.as<Dict>()->table.size() >= 256) cache.as<Dict>()->table.clear();
  cache.as<Dict>()->table.set(in, key, made);
  return made;
}

unsigned flags_of(Interpreter& in, const Value& value) {
  return static_cast<unsigned>(to_index(in, value)) & 0x1FF;
}

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

Value group_piece(Interpreter& in, const MatchData& match, std::size_t group) {
  return piece(in, match.text, match.groups[2 * group], match.groups[2 * group + 1]);
}

std::size_t group_number(Interpreter& in, const MatchData& match, const Value& which) {
  const Regex& regex = *pattern_of(match.pattern).regex;
  if (const Str* name = which.as<Str>()) {
    const auto it = regex.names().find(name->view());
    if (it != regex.names().end()) return it->second;
  } else if (in.is_integer(which)) {
    const auto number = in.to_int64(which);
    if (number && *number >= 0 && *number <= static_cast<std::int64_t>(regex.group_count()))
      return static_cast<std::size_t>(*number);
  }
  in.raise("IndexError", "no such group");
}

// --- searching
// ------------------------------------------------------------------------------------

Value match_once(Call& call, const Value& pattern, const Value& text, const Value& pos,
                 const Value& endpos, Regex::Mode mode) {
  const PatternData& data = pattern_of(pattern);
  const Subject subject = subject_of(call.in, data, text, pos, endpos);
  Regex::Groups groups;
  if (!run_match(call.in, data, subject, subject.start, mode, groups)) return Value::none();
  return make_match(call.in, pattern, subject, std::move(groups));
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

/// Replaces \1, \g<name> and escapes of a template.
Text expand(Interpreter& in, const MatchData& match, std::string_view pattern) {
  Text out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '\\' || i + 1 >= pattern.size()) {
      out += pattern[i];
      continue;
    }
    const char c = pattern[++i];
    const auto add = [&](std::size_t group) {
      const Value part = group_piece(in, match, group);
      out += in.view(part);
    };
    const auto bad = [&](const std::string& message) { raise_error(in, RegexError(message, i)); };
    if (c == 'g') {
      const std::size_t close = pattern.find('>', i);
      if (i + 1 >= pattern.size() || pattern[i + 1] != '<' || close == std::string_view::npos)
        bad("missing <");
      const std::string_view name = pattern.substr(i + 2, close - i - 2);
      const bool digits =
          !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
      const Regex& regex = *pattern_of(match.pattern).regex;
      const auto it = regex.names().find(name);
      if (!digits && it == regex.names().end())
        in.raise("IndexError", "unknown group name '" + std::string(name) + "'");
      const std::size_t number = digits ? static_cast<std::size_t>(std::strtoul(
                                              std::string(name.substr(0, 6)).c_str(), nullptr, 10))
                                        : it->second;
      if (number > regex.group_count()) bad("invalid group reference " + std::to_string(number));
      add(number);
      i = close;
    } else if (c >= '1' && c <= '9') {
      std::size_t number = static_cast<std::size_t>(c - '0');
      if (i + 1 < pattern.size() && pattern[i + 1] >= '0' && pattern[i + 1] <= '9')
        number = number * 10 + static_cast<std::size_t>(pattern[++i] - '0');
      if (number > pattern_of(match.pattern).regex->group_count())
        bad("invalid group reference " + std::to_string(number));
      add(number);
    } else {
      switch (c) {
        case 'n':
          out += '\n';
          break;
        case 't':
          out += '\t';
          break;
        case 'r':
          out += '\r';
          break;
        case 'f':
          out += '\f';
          break;
        case 'v':
          out += '\v';
          break;
        case 'a':
          out += '\a';
          break;
        case '0':
          out += '\0';
          break;
        case '\\':
          out += '\\';
          break;
        default:
          if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            bad(std::string("bad escape \\") + c);
          out += '\\';
          out += c;
      }
    }
  }
  return out;
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

// --- classes
// --------------------------------------------------------------------------------------

std::int64_t position(const MatchData& match, std::int64_t offset) {
  if (offset < 0) return -1;
  const Str* text = match.text.as<Str>();
  return text == nullptr
             ? offset
             : static_cast<std::int64_t>(text->index_of(static_cast<std::size_t>(offset)));
}

void setup_match(Interpreter& in, Module& module) {
  Class& cls = in.add_class(module, "Match");
  in.state().match = &cls;
  const auto groups_from = [](Call& call) -> Value {
    const MatchData& match = match_of(call[0]);
    Values parts;
    for (std::size_t i = 1; i < match.groups.size() / 2; ++i)
      parts.push_back(match.groups[2 * i] < 0 ? call[1] : group_piece(call.in, match, i));
    return make_tuple(call.in, std::move(parts));
  };
  in.add_method(cls, "group(self, *groups)", [](Call& call) -> Value {
    const MatchData& match = match_of(call[0]);
    const Values& which = call[1].as<Tuple>()->items;
    if (which.empty()) return group_piece(call.in, match, 0);
    if (which.size() == 1)
      return group_piece(call.in, match, group_number(call.in, match, which[0]));
    Values parts;
    for (const Value& one : which)
      parts.push_back(group_piece(call.in, match, group_number(call.in, match, one)));
    return make_tuple(call.in, std::move(parts));
  });
  in.add_method(cls, "__getitem__(self, group)", [](Call& call) -> Value {
    return group_piece(call.in, match_of(call[0]),
                       group_number(call.in, match_of(call[0]), call[1]));
  });
  in.add_method(cls, "groups(self, default=None)", groups_from);
  in.add_method(cls, "groupdict(self, default=None)", [](Call& call) -> Value {
    const MatchData& match = match_of(call[0]);
    std::vector<std::pair<std::size_t, std::string>> ordered;
    for (const auto& [name, number] : pattern_of(match.pattern).regex->names())
      ordered.emplace_back(number, name);
    std::sort(ordered.begin(), ordered.end());
    Value dict = make_dict(call.in);
    for (const auto& [number, name] : ordered) {
      dict.as<Dict>()->table.set(call.in.intern(name), match.groups[2 * number] < 0
                                                           ? call[1]
                                                           : group_piece(call.in, match, number));
    }
    return dict;
  });
  const auto place = [](int which) {
    return [which](Call& call) -> Value {
      const MatchData& match = match_of(call[0]);
      const std::size_t group = group_number(call.in, match, call[1]);
      const Value from = Value(position(match, match.groups[2 * group])),
                  to = Value(position(match, match.groups[2 * group + 1]));
      return which == 0 ? from : which == 1 ? to : make_tuple(call.in, Values{from, to});
    };
  };
  in.add_method(cls, "start(self, group=0)", place(0));
  in.add_method(cls, "end(self, group=0)", place(1));
  in.add_method(cls, "span(self, group=0)", place(2));
  in.add_method(cls, "expand(self, template)", [](Call& call) -> Value {
    return make_str(call.in, expand(call.in, match_of(call[0]), call.view(1)));
  });
  in.add_method(cls, "__bool__(self)", [](Call&) -> Value { return Value(true); });
  in.add_method(cls, "__repr__(self)", [](Call& call) -> Value {
    const MatchData& match = match_of(call[0]);
    return make_str(call.in,
                    "<re.Match object; span=(" + std::to_string(position(match, match.groups[0])) +
                        ", " + std::to_string(position(match, match.groups[1])) +
                        "), match=" + call.in.repr_of(group_piece(call.in, match, 0)) + ">");
  });
  in.add_property(cls, "string",
                  [](Interpreter&, const Value& self) { return match_of(self).text; });
  in.add_property(cls, "re",
                  [](Interpreter&, const Value& self) { return match_of(self).pattern; });
  in.add_property(cls, "pos", [](Interpreter&, const Value& self) {
    return Value(position(match_of(self), static_cast<std::int64_t>(match_of(self).start)));
  });
  in.add_property(cls, "endpos", [](Interpreter&, const Value& self) {
    return Value(position(match_of(self), static_cast<std::int64_t>(match_of(self).end)));
  });
  const auto last = [](const Value& self) {
    // The group that was closed last.
    const MatchData& match = match_of(self);
    std::size_t best = 0;
    for (std::size_t i = 1; i < match.groups.size() / 2; ++i) {
      if (match.groups[2 * i] >= 0 &&
          (best == 0 || match.groups[2 * i + 1] > match.groups[2 * best + 1]))
        best = i;
    }
    return best;
  };
  in.add_property(cls, "lastindex", [last](Interpreter&, const Value& self) {
    return last(self) == 0 ? Value::none() : Value(last(self));
  });
  in.add_property(cls, "lastgroup", [last](Interpreter& inner, const Value& self) {
    for (const auto& [name, number] : pattern_of(match_of(self).pattern).regex->names()) {
      if (number == last(self)) return make_str(inner, name);
    }
    return Value::none();
  });
}

void setup_pattern(Interpreter& in, Module& module) {
  Class& cls = in.add_class(module, "Pattern");
  in.state().pattern = &cls;
  const auto once = [](Regex::Mode mode) {
    return
        [mode](Call& call) { return match_once(call, call[0], call[1], call[2], call[3], mode); };
  };
  in.add_method(cls, "match(self, string, pos=None, endpos=None)", once(Regex::Mode::Match));
  in.add_method(cls, "search(self, string, pos=None, endpos=None)", once(Regex::Mode::Search));
  in.add_method(cls, "fullmatch(self, string, pos=None, endpos=None)",
                once(Regex::Mode::FullMatch));
  in.add_method(cls, "findall(self, string, pos=None, endpos=None)", [](Call& call) {
    return find_all(call, call[0], call[1], call[2], call[3], false);
  });
  in.add_method(cls, "finditer(self, string, pos=None, endpos=None)", [](Call& call) {
    return find_all(call, call[0], call[1], call[2], call[3], true);
  });
  in.add_method(cls, "split(self, string, maxsplit=0)",
                [](Call& call) { return split_text(call, call[0], call[1], call.integer(2)); });
  in.add_method(cls, "sub(self, repl, string, count=0)", [](Call& call) {
    return substitute(call, call[0], call[1], call[2], call.integer(3), false);
  });
  in.add_method(cls, "subn(self, repl, string, count=0)", [](Call& call) {
    return substitute(call, call[0], call[1], call[2], call.integer(3), true);
  });
  in.add_method(cls, "__repr__(self)", [](Call& call) -> Value {
    return make_str(call.in, "re.compile(" + call.in.repr_of(pattern_of(call[0]).source) + ")");
  });
  in.add_method(cls, "__eq__(self, other)", [](Call& call) -> Value {
    const PatternData* other = native<PatternData>(call[1]);
    if (other == nullptr) return Value::not_implemented();
    return Value(call.in.equal(pattern_of(call[0]).source, other->source) &&
                 pattern_of(call[0]).regex->flags() == other->regex->flags());
  });
  in.add_method(cls, "__hash__(self)", [](Call& call) -> Value {
    return Value(static_cast<std::int64_t>(call.in.hash(pattern_of(call[0]).source)));
  });
  in.add_property(cls, "pattern",
                  [](Interpreter&, const Value& self) { return pattern_of(self).source; });
  in.add_property(cls, "flags", [](Interpreter&, const Value& self) {
    const Regex& regex = *pattern_of(self).regex;
    return Value(regex.flags() | (regex.bytes() || (regex.flags() & kRegexAscii) != 0
                                      ? 0U
                                      : static_cast<unsigned>(kRegexUnicode)));
  });
  in.add_property(cls, "groups", [](Interpreter&, const Value& self) {
    return Value(pattern_of(self).regex->group_count());
  });
  in.add_property(cls, "groupindex", [](Interpreter& inner, const Value& self) {
    Value dict = make_dict(inner);
    for (const auto& [name, number] : pattern_of(self).regex->names())
      dict.as<Dict>()->table.set(inner.intern(name), Value(number));
    return dict;
  });
}

Value escape(Call& call) {
  const std::string_view text = call.in.view(call[0]);
  Text out;
  for (const char c : text) {
    if (std::string_view("()[]{}?*+-|^$\\.&~# \t\n\r\v\f").find(c) != std::string_view::npos)
      out += '\\';
    out += c;
  }
  return call[0].is(Layout::Bytes) ? make<Bytes>(types(call.in).bytes, std::move(out))
                                   : make_str(call.in, std::move(out));
}

}  // namespace

void fill_re(Interpreter& in, Module& module) {
  in.add(module, "_cache", make_dict(in));
  Class& error = in.make_class("error", {types(in).exception}, "re");
  in.add(module, "error", Value(static_cast<Object*>(&error)));
  in.add(module, "PatternError", Value(static_cast<Object*>(&error)));
  setup_match(in, module);
  setup_pattern(in, module);
  const std::tuple<const char*, const char*, unsigned> flags[] = {
      {"IGNORECASE", "I", kRegexIgnoreCase},
      {"MULTILINE", "M", kRegexMultiline},
      {"DOTALL", "S", kRegexDotAll},
      {"VERBOSE", "X", kRegexVerbose},
      {"ASCII", "A", kRegexAscii},
      {"UNICODE", "U", kRegexUnicode},
      {"LOCALE", "L", 4U},
      {"NOFLAG", "NOFLAG", 0U}};
  for (const auto& [name, letter, value] : flags) {
    in.add(module, name, Value(value));
    in.add(module, letter, Value(value));
  }
  in.add(module, "RegexFlag", Value(static_cast<Object*>(types(in).int_)));
  in.add_function(module, "compile(pattern, flags=0)", [](Call& call) {
    return compile_pattern(call.in, call[0], flags_of(call.in, call[1]));
  });
  const auto once = [](Regex::Mode mode) {
    return [mode](Call& call) {
      return match_once(call, compile_pattern(call.in, call[0], flags_of(call.in, call[2])),
                        call[1], {}, {}, mode);
    };
  };
  in.add_function(module, "match(pattern, string, flags=0)", once(Regex::Mode::Match));
  in.add_function(module, "search(pattern, string, flags=0)", once(Regex::Mode::Search));
  in.add_function(module, "fullmatch(pattern, string, flags=0)", once(Regex::Mode::FullMatch));
  in.add_function(module, "findall(pattern, string, flags=0)", [](Call& call) {
    return find_all(call, compile_pattern(call.in, call[0], flags_of(call.in, call[2])), call[1],
                    {}, {}, false);
  });
  in.add_function(module, "finditer(pattern, string, flags=0)", [](Call& call) {
    return find_all(call, compile_pattern(call.in, call[0], flags_of(call.in, call[2])), call[1],
                    {}, {}, true);
  });
  in.add_function(module, "split(pattern, string, maxsplit=0, flags=0)", [](Call& call) {
    return split_text(call, compile_pattern(call.in, call[0], flags_of(call.in, call[3])), call[1],
                      call.integer(2));
  });
  const auto sub = [](bool counted) {
    return [counted](Call& call) {
      return substitute(call, compile_pattern(call.in, call[0], flags_of(call.in, call[4])),
                        call[1], call[2], call.integer(3), counted);
    };
  };
  in.add_function(module, "sub(pattern, repl, string, count=0, flags=0)", sub(false));
  in.add_function(module, "subn(pattern, repl, string, count=0, flags=0)", sub(true));
  in.add_function(module, "escape(pattern)", escape);
  in.add_function(module, "purge()", [](Call&) -> Value { return {}; });
}

}  // namespace cupel::python
