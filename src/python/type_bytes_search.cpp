// SPDX-License-Identifier: MIT
// bytes and bytearray: searching, testing, padding and cutting, all by ASCII.
#include <algorithm>

#include "python/setup.hpp"

namespace cupel::python {
namespace {

std::string_view data_of(Call& call, std::size_t i) {
  const Bytes* bytes = call[i].as<Bytes>();
  if (bytes == nullptr)
    type_error(call.in, "a bytes-like object is required, not '" +
                            std::string(call.in.type_name(call[i])) + "'");
  return bytes->view();
}

Value made_of(Call& call, Text data) {
  const bool array = call[0].object()->cls()->is_subclass_of(*types(call.in).bytearray);
  return make<Bytes>(array ? types(call.in).bytearray : types(call.in).bytes, std::move(data));
}

bool lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
bool upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
bool alpha(unsigned char c) { return lower(c) || upper(c); }
bool digit(unsigned char c) { return c >= '0' && c <= '9'; }
bool space(unsigned char c) { return c == ' ' || (c >= 9 && c <= 13); }
unsigned char to_lower(unsigned char c) { return upper(c) ? c + 32 : c; }
unsigned char to_upper(unsigned char c) { return lower(c) ? c - 32 : c; }

// --- searching --------------------------------------------------------------------------------

/// What is looked for: bytes, or one byte by its number.
Text needle_of(Call& call) {
  if (const Bytes* bytes = call[1].as<Bytes>()) return Text(bytes->view());
  if (!call.in.is_integer(call[1])) {
    type_error(call.in, "argument should be integer or bytes-like object, not '" +
                            std::string(call.in.type_name(call[1])) + "'");
  }
  const std::int64_t byte = to_index_clamped(call.in, call[1]);
  if (byte < 0 || byte > 255) value_error(call.in, "byte must be in range(0, 256)");
  return Text(1, static_cast<char>(byte));
}

/// The part between the optional arguments 2 and 3; nullopt if it is less than empty.
std::optional<std::pair<std::size_t, std::size_t>> part_of(Call& call, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  const auto bound = [&](std::size_t i, std::int64_t missing) {
    std::int64_t at = call.is_none(i) ? missing : to_index_clamped(call.in, call[i]);
    if (at < 0) at = std::max<std::int64_t>(0, at + length);
    return at;
  };
  const std::int64_t start = bound(2, 0), stop = std::min(bound(3, length), length);
  if (start > stop) return std::nullopt;
  return std::pair(static_cast<std::size_t>(start), static_cast<std::size_t>(stop));
}

std::int64_t find(Call& call, bool last) {
  const Text needle = needle_of(call);
  const std::string_view data = data_of(call, 0);
  const auto part = part_of(call, data.size());
  if (!part) return -1;
  const std::string_view view = data.substr(part->first, part->second - part->first);
  const std::size_t at = last ? view.rfind(needle) : view.find(needle);
  return at == std::string_view::npos ? -1 : static_cast<std::int64_t>(part->first + at);
}

NativeCode finder(bool last, bool must) {
  return [last, must](Call& call) -> Value {
    const std::int64_t at = find(call, last);
    if (must && at < 0) value_error(call.in, "subsection not found");
    return Value(at);
  };
}

Value count(Call& call) {
  const Text needle = needle_of(call);
  const std::string_view data = data_of(call, 0);
  const auto part = part_of(call, data.size());
  if (!part) return Value(0);
  const std::string_view view = data.substr(part->first, part->second - part->first);
  if (needle.empty()) return Value(view.size() + 1);
  std::int64_t found = 0;
  for (std::size_t at = view.find(needle); at != std::string_view::npos;
       at = view.find(needle, at + needle.size()))
    ++found;
  return Value(found);
}

Value partition(Call& call, bool last) {
  const std::string_view data = data_of(call, 0), separator = data_of(call, 1);
  if (separator.empty()) value_error(call.in, "empty separator");
  const std::size_t at = last ? data.rfind(separator) : data.find(separator);
  const auto part = [&](std::string_view piece) { return made_of(call, Text(piece)); };
  if (at == std::string_view::npos) {
    return make_tuple(call.in, last ? Values{part(""), part(""), part(data)}
                                    : Values{part(data), part(""), part("")});
  }
  return make_tuple(call.in, Values{part(data.substr(0, at)), part(separator),
                                    part(data.substr(at + separator.size()))});
}

Value rsplit(Call& call) {
  std::string_view data = data_of(call, 0);
  std::int64_t most = call.integer(2);
  const bool blanks = call.is_none(1);
  const std::string_view separator = blanks ? std::string_view() : data_of(call, 1);
  if (!blanks && separator.empty()) value_error(call.in, "empty separator");
  Values parts;
  const auto trim = [&] {
    while (blanks && !data.empty() && space(static_cast<unsigned char>(data.back())))
      data.remove_suffix(1);
  };
  for (trim(); most-- != 0; trim()) {
    if (blanks && data.empty()) break;
    std::size_t at = blanks ? data.find_last_of(" \t\n\r\f\v") : data.rfind(separator);
    if (at == std::string_view::npos) {
      if (!blanks) break;
      at = 0;
      parts.push_back(made_of(call, Text(data)));
      data = {};
      break;
    }
    const std::size_t width = blanks ? 1 : separator.size();
    parts.push_back(made_of(call, Text(data.substr(at + width))));
    data = data.substr(0, at);
  }
  if (blanks) {
    while (!data.empty() && space(static_cast<unsigned char>(data.front()))) data.remove_prefix(1);
  }
  if (!blanks || !data.empty()) parts.push_back(made_of(call, Text(data)));
  std::reverse(parts.begin(), parts.end());
  return make_list(call.in, std::move(parts));
}

Value split_lines(Call& call) {
  const std::string_view data = data_of(call, 0);
  const bool keep = call.truth(1);
  Values lines;
  for (std::size_t start = 0; start < data.size();) {
    const std::size_t at = std::min(data.find_first_of("\r\n", start), data.size());
    std::size_t end = std::min(at + 1, data.size());
    if (at < data.size() && data[at] == '\r' && end < data.size() && data[end] == '\n') ++end;
    lines.push_back(made_of(call, Text(data.substr(start, (keep ? end : at) - start))));
    start = end;
  }
  return make_list(call.in, std::move(lines));
}

// --- testing and changing ---------------------------------------------------------------------

NativeCode all_of(bool (*test)(unsigned char), bool empty = false) {
  return [test, empty](Call& call) -> Value {
    const std::string_view data = data_of(call, 0);
    if (data.empty()) return Value(empty);
    return Value(std::all_of(data.begin(), data.end(),
                             [&](char c) { return test(static_cast<unsigned char>(c)); }));
  };
}

NativeCode one_case(bool (*right)(unsigned char), bool (*wrong)(unsigned char)) {
  return [right, wrong](Call& call) -> Value {
    bool any = false;
    for (const char c : data_of(call, 0)) {
      if (wrong(static_cast<unsigned char>(c))) return Value(false);
      any = any || right(static_cast<unsigned char>(c));
    }
    return Value(any);
  };
}

Value is_title(Call& call) {
  bool any = false, inside = false;
  for (const char c : data_of(call, 0)) {
    const auto byte = static_cast<unsigned char>(c);
    if (alpha(byte) && upper(byte) == inside) return Value(false);
    inside = alpha(byte);
    any = any || inside;
  }
  return Value(any);
}

Value to_title(Call& call, bool every_word) {
  Text out(data_of(call, 0));
  bool inside = false;
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    c = static_cast<char>(inside ? to_lower(byte) : to_upper(byte));
    inside = every_word ? alpha(byte) : true;
  }
  return made_of(call, std::move(out));
}

Value swap_case(Call& call) {
  Text out(data_of(call, 0));
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    c = static_cast<char>(upper(byte) ? to_lower(byte) : to_upper(byte));
  }
  return made_of(call, std::move(out));
}

Value pad(Call& call, char align) {
  const std::string_view data = data_of(call, 0);
  const std::int64_t width = call.integer(1);
  const std::string_view fill = call[2].is(Layout::Bytes) ? call.in.view(call[2]) : "";
  if (fill.size() != 1) {
    type_error(call.in, std::string(call.function()) +
                            "() argument 2 must be a byte string of length 1, not " +
                            std::string(call.in.type_name(call[2])));
  }
  if (width <= static_cast<std::int64_t>(data.size())) return made_of(call, Text(data));
  const std::size_t missing = static_cast<std::size_t>(width) - data.size();
  const std::size_t left = align == '<' ? 0
                           : align == '>'
                               ? missing
                               : missing / 2 + (missing & static_cast<std::size_t>(width) & 1);
  Text out(left, fill[0]);
  out += data;
  out.append(missing - left, fill[0]);
  return made_of(call, std::move(out));
}

Value zfill(Call& call) {
  const std::string_view data = data_of(call, 0);
  const std::int64_t width = call.integer(1);
  if (width <= static_cast<std::int64_t>(data.size())) return made_of(call, Text(data));
  const std::size_t sign = !data.empty() && (data[0] == '+' || data[0] == '-') ? 1 : 0;
  Text out(data.substr(0, sign));
  out.append(static_cast<std::size_t>(width) - data.size(), '0');
  out += data.substr(sign);
  return made_of(call, std::move(out));
}

Value remove_affix(Call& call, bool end) {
  const std::string_view data = data_of(call, 0), affix = data_of(call, 1);
  const bool has = end ? data.ends_with(affix) : data.starts_with(affix);
  if (!has) return made_of(call, Text(data));
  return made_of(
      call, Text(end ? data.substr(0, data.size() - affix.size()) : data.substr(affix.size())));
}

Value translate(Call& call) {
  const std::string_view data = data_of(call, 0);
  const std::string_view table = call.is_none(1) ? std::string_view() : data_of(call, 1);
  const std::string_view gone = call.has(2) ? data_of(call, 2) : std::string_view();
  if (!call.is_none(1) && table.size() != 256)
    value_error(call.in, "translation table must be 256 characters long");
  Text out;
  for (const char c : data) {
    if (gone.find(c) != std::string_view::npos) continue;
    out += table.empty() ? c : table[static_cast<unsigned char>(c)];
  }
  return made_of(call, std::move(out));
}

Value make_translation(Call& call) {
  const std::string_view from = data_of(call, 0), to = data_of(call, 1);
  if (from.size() != to.size()) value_error(call.in, "maketrans arguments must have same length");
  Text table;
  for (int i = 0; i < 256; ++i) table += static_cast<char>(i);
  for (std::size_t i = 0; i < from.size(); ++i) table[static_cast<unsigned char>(from[i])] = to[i];
  return make<Bytes>(types(call.in).bytes, std::move(table));
}

}  // namespace

void setup_bytes_search(Interpreter& in) {
  for (Class* cls : {types(in).bytes, types(in).bytearray}) {
    ClassSetup(in, cls)
        .method("find(self, sub, start=None, end=None, /)", finder(false, false))
        .method("rfind(self, sub, start=None, end=None, /)", finder(true, false))
        .method("index(self, sub, start=None, end=None, /)", finder(false, true))
        .method("rindex(self, sub, start=None, end=None, /)", finder(true, true))
        .method("count(self, sub, start=None, end=None, /)", count)
        .method("partition(self, sep, /)", [](Call& call) { return partition(call, false); })
        .method("rpartition(self, sep, /)", [](Call& call) { return partition(call, true); })
        .method("rsplit(self, sep=None, maxsplit=-1)", rsplit)
        .method("splitlines(self, keepends=False)", split_lines)
        .method("isalpha(self)", all_of(alpha))
        .method("isdigit(self)", all_of(digit))
        .method("isalnum(self)", all_of([](unsigned char c) { return alpha(c) || digit(c); }))
        .method("isspace(self)", all_of(space))
        .method("isascii(self)", all_of([](unsigned char c) { return c < 128; }, true))
        .method("islower(self)", one_case(lower, upper))
        .method("isupper(self)", one_case(upper, lower))
        .method("istitle(self)", is_title)
        .method("title(self)", [](Call& call) { return to_title(call, true); })
        .method("capitalize(self)", [](Call& call) { return to_title(call, false); })
        .method("swapcase(self)", swap_case)
        .method("ljust(self, width, fillchar=b' ', /)", [](Call& call) { return pad(call, '<'); })
        .method("rjust(self, width, fillchar=b' ', /)", [](Call& call) { return pad(call, '>'); })
        .method("center(self, width, fillchar=b' ', /)", [](Call& call) { return pad(call, '^'); })
        .method("zfill(self, width, /)", zfill)
        .method("removeprefix(self, prefix, /)",
                [](Call& call) { return remove_affix(call, false); })
        .method("removesuffix(self, suffix, /)",
                [](Call& call) { return remove_affix(call, true); })
        .method("translate(self, table, delete=...)", translate)
        .static_method("maketrans(from, to, /)", make_translation);
  }
}

}  // namespace cupel::python
