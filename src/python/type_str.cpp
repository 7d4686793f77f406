// SPDX-License-Identifier: MIT
// str: searching, replacing, padding. Splitting is type_str_split.cpp.
#include "python/format.hpp"
#include "python/text_methods.hpp"
#include "python/unicode.hpp"

namespace cupel::python {

const Str& self_of(Call& call) {
  const Str* text = call[0].as<Str>();
  if (text == nullptr)
    type_error(call.in, "descriptor '" + std::string(call.function()) +
                            "' requires a 'str' object but received a '" +
                            std::string(call.in.type_name(call[0])) + "'");
  return *text;
}

std::string_view needle_at(Call& call, std::size_t i, const char* expected) {
  const Str* text = call[i].as<Str>();
  if (text == nullptr) {
    type_error(call.in, std::string("must be ") + expected + ", not " +
                            std::string(call.in.type_name(call[i])));
  }
  return text->view();
}

namespace {

std::string_view text_at(Call& call, std::size_t i) {
  const Str* text = call[i].as<Str>();
  if (text == nullptr) {
    type_error(call.in, std::string(call.function()) + "() argument " + std::to_string(i) +
                            " must be str, not " + std::string(call.in.type_name(call[i])));
  }
  return text->view();
}

/// Byte offsets of optional start and end arguments.
struct Part {
  std::size_t from, to;
  bool valid;
};
Part part_of(Call& call, const Str& text, std::size_t first) {
  const auto length = static_cast<std::int64_t>(text.length());
  std::int64_t start = call.is_none(first) ? 0 : to_index_clamped(call.in, call[first]);
  std::int64_t stop = call.is_none(first + 1) ? length : to_index_clamped(call.in, call[first + 1]);
  if (start < 0) start = std::max<std::int64_t>(0, start + length);
  if (stop < 0) stop = std::max<std::int64_t>(0, stop + length);
  stop = std::min(stop, length);
  if (start > stop) return {0, 0, false};
  return {text.offset(static_cast<std::size_t>(start)), text.offset(static_cast<std::size_t>(stop)),
          true};
}

std::int64_t find_text(Call& call, bool last) {
  const Str& text = self_of(call);
  const std::string_view needle = needle_at(call, 1);
  const Part part = part_of(call, text, 2);
  if (!part.valid) return -1;
  const std::string_view view = text.view().substr(part.from, part.to - part.from);
  const std::size_t at = last ? view.rfind(needle) : view.find(needle);
  return at == std::string_view::npos ? -1
                                      : static_cast<std::int64_t>(text.index_of(part.from + at));
}

Value index_text(Call& call, bool last) {
  const std::int64_t at = find_text(call, last);
  if (at < 0) value_error(call.in, "substring not found");
  return Value(at);
}

Value count_text(Call& call) {
  const Str& text = self_of(call);
  const std::string_view needle = needle_at(call, 1);
  const Part part = part_of(call, text, 2);
  if (!part.valid) return Value(0);
  const std::string_view view = text.view().substr(part.from, part.to - part.from);
  if (needle.empty()) return Value(unicode::length(view) + 1);
  std::int64_t count = 0;
  for (std::size_t at = view.find(needle); at != std::string_view::npos;
       at = view.find(needle, at + needle.size()))
    ++count;
  return Value(count);
}

Value starts_or_ends(Call& call, bool end) {
  const Str& text = self_of(call);
  const Part part = part_of(call, text, 2);
  const std::string_view view =
      part.valid ? text.view().substr(part.from, part.to - part.from) : std::string_view();
  const auto fits = [&](const Value& affix) {
    const Str* str = affix.as<Str>();
    if (str == nullptr) {
      type_error(call.in, std::string(call.function()) +
                              " first arg must be str or a tuple of str, not " +
                              std::string(call.in.type_name(affix)));
    }
    return part.valid && (end ? view.ends_with(str->view()) : view.starts_with(str->view()));
  };
  if (const Tuple* choices = call[1].as<Tuple>()) {
    for (const Value& choice : choices->items) {
      if (fits(choice)) return Value(true);
    }
    return Value(false);
  }
  return Value(fits(call[1]));
}

// --- changing --------------------------------------------------------------------------------

Value join_text(Call& call) {
  const std::string_view separator = self_of(call).view();
  if (!is_iterable(call.in, call[1])) type_error(call.in, "can only join an iterable");
  Text out;
  std::size_t index = 0;
  for_each(call.in, call[1], [&](const Value& item) {
    const Str* text = item.as<Str>();
    if (text == nullptr) {
      type_error(call.in, "sequence item " + std::to_string(index) + ": expected str instance, " +
                              std::string(call.in.type_name(item)) + " found");
    }
    if (index++ > 0) out += separator;
    out += text->view();
    return true;
  });
  return make_str(call.in, std::move(out));
}

Value replace_text(Call& call) {
  const std::string_view text = self_of(call).view();
  const std::string_view from = text_at(call, 1), to = text_at(call, 2);
  std::int64_t most = call.integer(3);
  if (most < 0) most = INT64_MAX;
  Text out;
  std::size_t at = 0;
  if (from.empty()) {
    while (most-- > 0) {
      out += to;
      if (at >= text.size()) break;
      std::size_t length = 0;
      unicode::decode(text, at, length);
      out += text.substr(at, length);
      at += length;
    }
    out += text.substr(std::min(at, text.size()));
    return make_str(call.in, std::move(out));
  }
  while (most-- > 0) {
    const std::size_t found = text.find(from, at);
    if (found == std::string_view::npos) break;
    out += text.substr(at, found - at);
    out += to;
    at = found + from.size();
  }
  if (at == 0) return call[0];
  out += text.substr(at);
  return make_str(call.in, std::move(out));
}

Value strip_text(Call& call, bool left, bool right) {
  std::string_view text = self_of(call).view();
  if (call.is_none(1)) return make_str(call.in, strip_space(text, left, right));
  if (!call[1].is(Layout::Str))
    type_error(call.in, std::string(call.function()) + " arg must be None or str");
  const std::string_view characters = call.view(1);
  const auto in_set = [&](std::string_view character) {
    for (std::size_t i = 0; i < characters.size();) {
      std::size_t length = 0;
      unicode::decode(characters, i, length);
      if (characters.substr(i, length) == character) return true;
      i += length;
    }
    return false;
  };
  while (left && !text.empty()) {
    std::size_t length = 0;
    unicode::decode(text, 0, length);
    if (!in_set(text.substr(0, length))) break;
    text.remove_prefix(length);
  }
  while (right && !text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    if (!in_set(text.substr(at))) break;
    text.remove_suffix(text.size() - at);
  }
  return make_str(call.in, text);
}

Value pad_text(Call& call, char align) {
  const Str& text = self_of(call);
  FormatSpec spec;
  const std::int64_t width = call.integer(1);
  spec.width = width < 0 ? 0 : static_cast<std::size_t>(width);
  spec.fill = text_at(call, 2);
  if (unicode::length(spec.fill) != 1)
    type_error(call.in, "The fill character must be exactly one character long");
  spec.align = align;
  if (align == '^' && spec.width > text.length()) {
    // Python puts the odd one to the left, if the width is odd.
    const std::size_t missing = spec.width - text.length();
    const std::size_t left = missing / 2 + (missing & spec.width & 1);
    Text out;
    for (std::size_t i = 0; i < left; ++i) out += spec.fill;
    out += text.view();
    for (std::size_t i = left; i < missing; ++i) out += spec.fill;
    return make_str(call.in, std::move(out));
  }
  return make_str(call.in, pad(text.view(), spec, align));
}

Value zfill(Call& call) {
  const std::string_view text = self_of(call).view();
  const std::int64_t width = call.integer(1);
  const auto length = static_cast<std::int64_t>(self_of(call).length());
  if (width <= length) return make_str(call.in, text);
  const bool sign = !text.empty() && (text[0] == '+' || text[0] == '-');
  Text out(text.substr(0, sign ? 1 : 0));
  out.append(static_cast<std::size_t>(width - length), '0');
  out += text.substr(sign ? 1 : 0);
  return make_str(call.in, std::move(out));
}

Value expand_tabs(Call& call) {
  const std::string_view text = self_of(call).view();
  const std::int64_t size = call.integer(1);
  Text out;
  std::int64_t column = 0;
  for (const char c : text) {
    if (c == '\t') {
      const std::int64_t add = size > 0 ? size - column % size : 0;
      out.append(static_cast<std::size_t>(add), ' ');
      column += add;
      continue;
    }
    out += c;
    if (c == '\n' || c == '\r')
      column = 0;
    else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80)
      ++column;
  }
  return make_str(call.in, std::move(out));
}

Value translate(Call& call) {
  const std::string_view text = self_of(call).view();
  const Value table = call[1];
  Text out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 0;
    const char32_t point = unicode::decode(text, i, length);
    Value found;
    try {
      found = get_item(call.in, table, Value(static_cast<std::int64_t>(point)));
    } catch (const Raised& raised) {
      if (!exception_matches(call.in, raised.exception,
                             Value(call.in.exception_class("LookupError"))))
        throw;
    }
    if (!found.is_set()) {
      out += text.substr(i, length);
    } else if (const Str* str = found.as<Str>()) {
      out += str->view();
    } else if (!found.is_none()) {
      unicode::append(out, static_cast<char32_t>(to_index(call.in, found)));
    }
    i += length;
  }
  return make_str(call.in, std::move(out));
}

Value make_translation(Call& call) {
  Value dict = make_dict(call.in);
  Table& table = dict.as<Dict>()->table;
  const auto point_of = [&](const Value& value) {
    const Str* str = value.as<Str>();
    if (str == nullptr) return value;
    if (str->length() != 1)
      value_error(call.in, "string keys in translate table must be of length 1");
    std::size_t length = 0;
    return Value(static_cast<std::int64_t>(unicode::decode(str->view(), 0, length)));
  };
  if (!call.has(1)) {
    const Dict* given = call[0].as<Dict>();
    if (given == nullptr)
      type_error(call.in, "if you give only one argument to maketrans it must be a dict");
    for (std::size_t i = 0; i < given->table.slots(); ++i) {
      const Table::Entry entry = given->table.slot(i);
      if (entry.key.is_set()) table.set(call.in, point_of(entry.key), entry.value);
    }
    return dict;
  }
  const Values from = call.in.items_of(call[0]), to = call.in.items_of(call[1]);
  if (from.size() != to.size())
    value_error(call.in, "the first two maketrans arguments must have equal length");
  for (std::size_t i = 0; i < from.size(); ++i)
    table.set(call.in, point_of(from[i]), point_of(to[i]));
  if (call.has(2)) {
    for (const Value& gone : call.in.items_of(call[2]))
      table.set(call.in, point_of(gone), Value::none());
  }
  return dict;
}

Value encode_text(Call& call) {
  return encode(call.in, self_of(call).view(), call.text(1), call.text(2));
}

Value new_str(Call& call) {
  Interpreter& in = call.in;
  if (!call.has(1)) return as_class(in, call[0], make_str(in, ""));
  if (call.has(2) || call.has(3)) {
    const Bytes* bytes = call[1].as<Bytes>();
    if (bytes == nullptr)
      type_error(in, "decoding to str: need a bytes-like object, " +
                         std::string(in.type_name(call[1])) + " found");
    return as_class(in, call[0],
                    decode(in, bytes->view(), call.has(2) ? call.text(2) : "utf-8",
                           call.has(3) ? call.text(3) : "strict"));
  }
  if (call[0].object() == types(in).str && call[1].is(Layout::Str) &&
      call[1].object()->cls() == types(in).str)
    return call[1];
  return as_class(in, call[0], make_str(in, to_str(in, call[1])));
}

}  // namespace

void setup_str(Interpreter& in) {
  const auto find = [](bool last) {
    return [last](Call& call) -> Value { return Value(find_text(call, last)); };
  };
  const auto strip = [](bool left, bool right) {
    return [left, right](Call& call) { return strip_text(call, left, right); };
  };
  ClassSetup(in, types(in).str)
      .make("__new__(cls, object=..., encoding=..., errors=...)", new_str)
      .method("__init__", [](Call&) -> Value { return {}; })
      .method("__str__(self)",
              [](Call& call) -> Value { return make_str(call.in, self_of(call).view()); })
      .method("find(self, sub, start=None, end=None, /)", find(false))
      .method("rfind(self, sub, start=None, end=None, /)", find(true))
      .method("index(self, sub, start=None, end=None, /)",
              [](Call& call) { return index_text(call, false); })
      .method("rindex(self, sub, start=None, end=None, /)",
              [](Call& call) { return index_text(call, true); })
      .method("count(self, sub, start=None, end=None, /)", count_text)
      .method("startswith(self, prefix, start=None, end=None, /)",
              [](Call& call) { return starts_or_ends(call, false); })
      .method("endswith(self, suffix, start=None, end=None, /)",
              [](Call& call) { return starts_or_ends(call, true); })
      .method("split(self, sep=None, maxsplit=-1)", split_text)
      .method("rsplit(self, sep=None, maxsplit=-1)", rsplit_text)
      .method("splitlines(self, keepends=False)", split_lines)
      .method("partition(self, sep, /)", [](Call& call) { return partition_text(call, false); })
      .method("rpartition(self, sep, /)", [](Call& call) { return partition_text(call, true); })
      .method("join(self, iterable, /)", join_text)
      .method("replace(self, old, new, count=-1, /)", replace_text)
      .method("strip(self, chars=None, /)", strip(true, true))
      .method("lstrip(self, chars=None, /)", strip(true, false))
      .method("rstrip(self, chars=None, /)", strip(false, true))
      .method("removeprefix(self, prefix, /)",
              [](Call& call) -> Value {
                const std::string_view text = self_of(call).view(), prefix = text_at(call, 1);
                return make_str(call.in,
                                text.starts_with(prefix) ? text.substr(prefix.size()) : text);
              })
      .method("removesuffix(self, suffix, /)",
              [](Call& call) -> Value {
                const std::string_view text = self_of(call).view(), suffix = text_at(call, 1);
                return make_str(call.in, text.ends_with(suffix)
                                             ? text.substr(0, text.size() - suffix.size())
                                             : text);
              })
      .method("ljust(self, width, fillchar=' ', /)", [](Call& call) { return pad_text(call, '<'); })
      .method("rjust(self, width, fillchar=' ', /)", [](Call& call) { return pad_text(call, '>'); })
      .method("center(self, width, fillchar=' ', /)",
              [](Call& call) { return pad_text(call, '^'); })
      .method("zfill(self, width, /)", zfill)
      .method("expandtabs(self, tabsize=8)", expand_tabs)
      .method("translate(self, table, /)", translate)
      .static_method("maketrans(x, y=..., z=...)", make_translation)
      .method("encode(self, encoding='utf-8', errors='strict')", encode_text)
      .method("format",
              [](Call& call) -> Value {
                Arguments rest = call.raw();
                const Value self = rest.values[0];
                ++rest.values;
                --rest.positional;
                return make_str(call.in, brace_format(call.in, self.as<Str>()->view(), rest));
              })
      .method("format_map(self, mapping, /)", [](Call& call) -> Value {
        Values values, keys;
        for_each(call.in, call[1], [&](const Value& key) {
          keys.push_back(key);
          values.push_back(get_item(call.in, call[1], key));
          return true;
        });
        return make_str(call.in,
                        brace_format(call.in, self_of(call).view(),
                                     Arguments{values.data(), 0, keys.data(), keys.size()}));
      });
}

}  // namespace cupel::python
