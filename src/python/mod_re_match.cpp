// SPDX-License-Identifier: MIT
// The class Match of the module re. See mod_re.hpp.
#include <algorithm>

#include "python/mod_re.hpp"

namespace cupel::python::re {
namespace {

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

std::int64_t position(const MatchData& match, std::int64_t offset) {
  if (offset < 0) return -1;
  const Str* text = match.text.as<Str>();
  return text == nullptr
             ? offset
             : static_cast<std::int64_t>(text->index_of(static_cast<std::size_t>(offset)));
}

}  // namespace

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

}  // namespace cupel::python::re
