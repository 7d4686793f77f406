// SPDX-License-Identifier: MIT
// bytes and bytearray.
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

Text build(Call& call) {
  Interpreter& in = call.in;
  if (!call.has(1)) return {};
  const Value& source = call[1];
  if (source.is(Layout::Str)) {
    if (!call.has(2)) type_error(in, "string argument without an encoding");
    return Text(
        in.view(encode(in, in.view(source), call.text(2), call.has(3) ? call.text(3) : "strict")));
  }
  if (const Bytes* bytes = source.as<Bytes>()) return Text(bytes->view());
  if (const Value* found = lookup_override(in, source, names(in).bytes)) {
    const Value method = *found;
    return Text(in.view(call_special(in, method, source)));
  }
  Text out;
  if (in.is_integer(source)) {
    const std::int64_t size = to_index(in, source);
    if (size < 0) value_error(in, "negative count");
    out.assign(static_cast<std::size_t>(size), '\0');
    return out;
  }
  if (!is_iterable(in, source))
    type_error(in, "cannot convert '" + std::string(in.type_name(source)) + "' object to bytes");
  for_each(in, source, [&](const Value& item) {
    const std::int64_t byte = in.is_integer(item) ? to_index_clamped(in, item) : to_index(in, item);
    if (byte < 0 || byte > 255) value_error(in, "bytes must be in range(0, 256)");
    out += static_cast<char>(byte);
    return true;
  });
  return out;
}

Value hex(Call& call) {
  static constexpr char kHex[] = "0123456789abcdef";
  const std::string separator = call.has(1) ? call.text(1) : "";
  Text out;
  for (const char c : data_of(call, 0)) {
    if (!out.empty()) out += separator;
    const auto byte = static_cast<unsigned char>(c);
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return make_str(call.in, std::move(out));
}

Value from_hex(Call& call) {
  Text out;
  int high = -1;
  std::size_t index = 0;
  const auto value = [](char c) {
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
  };
  for (const char c : call.view(1)) {
    if (!(c == ' ' && high < 0)) {
      const int digit = value(c);
      if (digit < 0)
        value_error(call.in, "non-hexadecimal number found in fromhex() arg at position " +
                                 std::to_string(index));
      if (high < 0) {
        high = digit;
      } else {
        out += static_cast<char>(high << 4 | digit);
        high = -1;
      }
    }
    ++index;
  }
  if (high >= 0)
    value_error(call.in, "non-hexadecimal number found in fromhex() arg at position " +
                             std::to_string(index));
  return make<Bytes>(call[0].as<Class>(), std::move(out));
}

Value join(Call& call) {
  const Text separator(data_of(call, 0));
  if (!is_iterable(call.in, call[1])) type_error(call.in, "can only join an iterable");
  Text out;
  std::size_t index = 0;
  for_each(call.in, call[1], [&](const Value& item) {
    const Bytes* bytes = item.as<Bytes>();
    if (bytes == nullptr)
      type_error(call.in, "sequence item " + std::to_string(index) +
                              ": expected a bytes-like object, " +
                              std::string(call.in.type_name(item)) + " found");
    if (index++ > 0) out += separator;
    out += bytes->view();
    return true;
  });
  return make<Bytes>(types(call.in).bytes, std::move(out));
}

Value split(Call& call) {
  const std::string_view data = data_of(call, 0);
  std::int64_t most = call.integer(2);
  Values parts;
  std::size_t at = 0;
  if (call.is_none(1)) {
    constexpr std::string_view kBlank = " \t\n\r\f\v";
    while ((at = data.find_first_not_of(kBlank, at)) != std::string_view::npos) {
      const std::size_t end = std::min(data.find_first_of(kBlank, at), data.size());
      parts.push_back(make_bytes(call.in, data.substr(at, end - at)));
      at = end;
    }
    return make_list(call.in, std::move(parts));
  }
  const std::string_view separator = data_of(call, 1);
  if (separator.empty()) value_error(call.in, "empty separator");
  while (most-- != 0) {
    const std::size_t end = data.find(separator, at);
    if (end == std::string_view::npos) break;
    parts.push_back(make_bytes(call.in, data.substr(at, end - at)));
    at = end + separator.size();
  }
  parts.push_back(make_bytes(call.in, data.substr(at)));
  return make_list(call.in, std::move(parts));
}

Value replace(Call& call) {
  const std::string_view data = data_of(call, 0), from = data_of(call, 1), to = data_of(call, 2);
  std::int64_t most = call.integer(3);
  Text out;
  if (from.empty()) {
    for (std::size_t i = 0; i <= data.size(); ++i) {
      if (most-- != 0)
        out += to;
      else
        most = 0;
      if (i < data.size()) out += data[i];
    }
    return make<Bytes>(types(call.in).bytes, std::move(out));
  }
  std::size_t at = 0;
  for (std::size_t found = data.find(from); found != std::string_view::npos && most-- != 0;
       found = data.find(from, at)) {
    out += data.substr(at, found - at);
    out += to;
    at = found + from.size();
  }
  out += data.substr(at);
  return make<Bytes>(types(call.in).bytes, std::move(out));
}

Value strip(Call& call, bool left, bool right) {
  std::string_view data = data_of(call, 0);
  const std::string_view set = call.is_none(1) ? " \t\n\r\f\v" : data_of(call, 1);
  if (left) data.remove_prefix(std::min(data.find_first_not_of(set), data.size()));
  if (right) data = data.substr(0, data.find_last_not_of(set) + 1);
  return make_bytes(call.in, data);
}

Value affix(Call& call, bool end) {
  const std::string_view data = data_of(call, 0);
  const auto fits = [&](const Value& value) {
    const std::string_view part = call.in.view(value);
    return end ? data.ends_with(part) : data.starts_with(part);
  };
  if (const Tuple* choices = call[1].as<Tuple>()) {
    return Value(std::any_of(choices->items.begin(), choices->items.end(), fits));
  }
  if (!call[1].is(Layout::Bytes)) {
    type_error(call.in, std::string(call.function()) +
                            " first arg must be bytes or a tuple of bytes, not " +
                            std::string(call.in.type_name(call[1])));
  }
  return Value(fits(call[1]));
}

template <class F>
Value mapped(Call& call, F&& convert) {
  Text out(data_of(call, 0));
  for (char& c : out) c = static_cast<char>(convert(static_cast<unsigned char>(c)));
  return make<Bytes>(types(call.in).bytes, std::move(out));
}

}  // namespace

void setup_bytes(Interpreter& in) {
  for (Class* cls : {types(in).bytes, types(in).bytearray}) {
    ClassSetup(in, cls)
        .make("__new__(cls, source=..., encoding=..., errors=...)",
              [](Call& call) -> Value { return make<Bytes>(call[0].as<Class>(), build(call)); })
        .method("__init__", [](Call&) -> Value { return {}; })
        .method("decode(self, encoding='utf-8', errors='strict')",
                [](Call& call) -> Value {
                  return decode(call.in, data_of(call, 0), call.text(1), call.text(2));
                })
        .method("hex(self, sep=...)", hex)
        .class_method("fromhex(cls, string, /)", from_hex)
        .method("join(self, iterable, /)", join)
        .method("split(self, sep=None, maxsplit=-1)", split)
        .method("replace(self, old, new, count=-1, /)", replace)
        .method("strip(self, chars=None, /)", [](Call& call) { return strip(call, true, true); })
        .method("lstrip(self, chars=None, /)", [](Call& call) { return strip(call, true, false); })
        .method("rstrip(self, chars=None, /)", [](Call& call) { return strip(call, false, true); })
        .method("startswith(self, prefix, /)", [](Call& call) { return affix(call, false); })
        .method("endswith(self, suffix, /)", [](Call& call) { return affix(call, true); })
        .method("upper(self)",
                [](Call& call) {
                  return mapped(call, [](int c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
                })
        .method("lower(self)", [](Call& call) {
          return mapped(call, [](int c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
        });
  }
  ClassSetup(in, types(in).bytearray)
      .method("append(self, item, /)",
              [](Call& call) -> Value {
                const std::int64_t byte = call.integer(1);
                if (byte < 0 || byte > 255) value_error(call.in, "byte must be in range(0, 256)");
                call[0].as<Bytes>()->data() += static_cast<char>(byte);
                return {};
              })
      .method("clear(self)",
              [](Call& call) -> Value {
                call[0].as<Bytes>()->data().clear();
                return {};
              })
      .method("copy(self)",
              [](Call& call) -> Value {
                return make<Bytes>(types(call.in).bytearray, Text(data_of(call, 0)));
              })
      .method("pop(self, index=-1, /)",
              [](Call& call) -> Value {
                Text& data = call[0].as<Bytes>()->data();
                if (data.empty()) call.in.raise("IndexError", "pop from empty bytearray");
                std::int64_t at = call.integer(1);
                if (at < 0) at += static_cast<std::int64_t>(data.size());
                if (at < 0 || at >= static_cast<std::int64_t>(data.size()))
                  call.in.raise("IndexError", "pop index out of range");
                const auto byte = static_cast<unsigned char>(data[static_cast<std::size_t>(at)]);
                data.erase(static_cast<std::size_t>(at), 1);
                return Value(static_cast<std::int64_t>(byte));
              })
      .method("reverse(self)",
              [](Call& call) -> Value {
                Text& data = call[0].as<Bytes>()->data();
                std::reverse(data.begin(), data.end());
                return {};
              })
      .method("extend(self, items, /)", [](Call& call) -> Value {
        const Value more =
            python::call(call.in, Value(static_cast<Object*>(types(call.in).bytes)), {call[1]});
        call[0].as<Bytes>()->data() += call.in.view(more);
        return {};
      });
}

}  // namespace cupel::python
