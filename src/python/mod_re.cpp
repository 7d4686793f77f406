// SPDX-License-Identifier: MIT
// The module re: its functions, and the class Pattern.
#include "python/mod_re.hpp"

namespace cupel::python {
namespace {

using namespace re;  // NOLINT(google-build-using-namespace): what this module is made of

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
