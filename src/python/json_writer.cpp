// SPDX-License-Identifier: MIT
// Values as JSON. See json_writer.hpp.
#include "python/json_writer.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "python/unicode.hpp"

namespace cupel::python {
namespace {

constexpr int kMaxNesting = 900;

struct WriterOptions {
  bool skip_keys = false, ascii = true, allow_nan = true, sort_keys = false;
  Value indent_text;  ///< Unset: one line
  std::string item_separator = ", ", key_separator = ": ";
  Value fallback;  ///< `default`
};

class Writer {
 public:
  Writer(Interpreter& in, WriterOptions options) : in_(in), options_(std::move(options)) {}

  Text run(const Value& value) {
    write(value, 0);
    return std::move(out_);
  }

 private:
  void write(const Value& value, int depth) {
    in_.tick();
    in_.check_stack();
    if (depth > kMaxNesting)
      in_.raise("RecursionError", "maximum recursion depth exceeded while encoding a JSON object");
    if (value.is_none()) {
      out_ += "null";
    } else if (value.is_bool()) {
      out_ += value.boolean() ? "true" : "false";
    } else if (in_.is_integer(value)) {
      out_ += builtin_repr(in_, make_int(in_, to_big(value)));
    } else if (const auto real = in_.to_double(value)) {
      number(*real);
    } else if (const Str* text = value.as<Str>()) {
      string(text->view());
    } else if (value.is(Layout::List) || value.is(Layout::Tuple)) {
      list(value, depth);
    } else if (value.is(Layout::Dict)) {
      object(value, depth);
    } else if (value.is(Layout::Lazy)) {
      write(resolve_lazy(in_, value), depth);
    } else if (options_.fallback.is_set() && !options_.fallback.is_none()) {
      enter(value);
      write(call(in_, options_.fallback, {value}), depth);
      open_.pop_back();
    } else {
      type_error(
          in_, "Object of type " + std::string(in_.type_name(value)) + " is not JSON serializable");
    }
  }

  void enter(const Value& value) {
    for (const Object* outer : open_) {
      if (outer == value.object()) value_error(in_, "Circular reference detected");
    }
    open_.push_back(value.object());
  }

  void number(double real) {
    if (std::isfinite(real)) {
      out_ += Text(repr_double(real));
      return;
    }
    if (!options_.allow_nan) value_error(in_, "Out of range float values are not JSON compliant");
    out_ += std::isnan(real) ? "NaN" : real > 0 ? "Infinity" : "-Infinity";
  }

  void hex(std::uint32_t unit) {
    static constexpr char kHex[] = "0123456789abcdef";
    out_ += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out_ += kHex[unit >> shift & 15];
  }

  void string(std::string_view text) {
    out_ += '"';
    for (std::size_t i = 0; i < text.size();) {
      const char c = text[i];
      std::size_t length = 1;
      const char32_t point = unicode::decode(text, i, length);
      switch (c) {
        case '"':
          out_ += "\\\"";
          break;
        case '\\':
          out_ += "\\\\";
          break;
        case '\n':
          out_ += "\\n";
          break;
        case '\r':
          out_ += "\\r";
          break;
        case '\t':
          out_ += "\\t";
          break;
        case '\b':
          out_ += "\\b";
          break;
        case '\f':
          out_ += "\\f";
          break;
        default:
          if (point < 32) {
            hex(static_cast<std::uint32_t>(point));
          } else if (point < 127 || !options_.ascii) {
            out_ += text.substr(i, length);
          } else if (point < 0x10000) {
            hex(static_cast<std::uint32_t>(point));
          } else {
            hex(0xD800 + static_cast<std::uint32_t>((point - 0x10000) >> 10));
            hex(0xDC00 + static_cast<std::uint32_t>((point - 0x10000) & 0x3FF));
          }
      }
      i += length;
    }
    out_ += '"';
  }

  void line(int depth) {
    if (!options_.indent_text.is_set()) return;
    out_ += '\n';
    for (int i = 0; i < depth; ++i) out_ += in_.view(options_.indent_text);
  }

  void list(const Value& value, int depth) {
    const Values items = in_.items_of(value);
    if (items.empty()) {
      out_ += "[]";
      return;
    }
    enter(value);
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += options_.item_separator;
      line(depth + 1);
      write(items[i], depth + 1);
    }
    line(depth);
    out_ += ']';
    open_.pop_back();
  }

  /// False if the key is to be skipped.
  bool key(const Value& value, Text& text) {
    if (const Str* str = value.as<Str>()) {
      text = Text(str->view());
    } else if (value.is_none()) {
      text = "null";
    } else if (value.is_bool()) {
      text = value.boolean() ? "true" : "false";
    } else if (in_.is_integer(value)) {
      text = builtin_repr(in_, make_int(in_, to_big(value)));
    } else if (const auto real = in_.to_double(value)) {
      text = Text(std::isfinite(*real) ? repr_double(*real)
                  : std::isnan(*real)  ? "NaN"
                  : *real > 0          ? "Infinity"
                                       : "-Infinity");
    } else {
      if (options_.skip_keys) return false;
      type_error(in_, "keys must be str, int, float, bool or None, not " +
                          std::string(in_.type_name(value)));
    }
    return true;
  }

  void object(const Value& value, int depth) {
    Values pairs;
    for_each(in_, call(in_, get_attr(in_, value, in_.intern("items")), {}), [&](const Value& pair) {
      pairs.push_back(pair);
      return true;
    });
    if (pairs.empty()) {
      out_ += "{}";
      return;
    }
    if (options_.sort_keys) sort_values(in_, pairs, Value::none(), false);
    enter(value);
    out_ += '{';
    bool first = true;
    for (const Value& pair : pairs) {
      const Values parts = in_.items_of(pair);
      Text name;
      if (!key(parts[0], name)) continue;
      if (!first) out_ += options_.item_separator;
      first = false;
      line(depth + 1);
      string(name);
      out_ += options_.key_separator;
      write(parts[1], depth + 1);
    }
    line(depth);
    out_ += '}';
    open_.pop_back();
  }

  Interpreter& in_;
  WriterOptions options_;
  Text out_;
  std::vector<const Object*> open_;
};

/// From the keyword arguments of dumps, in the order of the signature.
WriterOptions writer_options(Call& call, std::size_t first) {
  Interpreter& in = call.in;
  WriterOptions options;
  options.skip_keys = call.truth(first);
  options.ascii = call.truth(first + 1);
  options.allow_nan = call.truth(first + 2);
  const Value& indent = call[first + 3];
  if (in.is_integer(indent)) {
    options.indent_text = make_str(
        in, Text(static_cast<std::size_t>(std::clamp<std::int64_t>(to_index(in, indent), 0, 1000)),
                 ' '));
  } else if (indent.is(Layout::Str)) {
    options.indent_text = indent;
  }
  if (options.indent_text.is_set()) options.item_separator = ",";
  if (!call.is_none(first + 4)) {
    const Values pair = in.items_of(call[first + 4]);
    if (pair.size() != 2) value_error(in, "separators must be a pair");
    options.item_separator = in.view(pair[0]);
    options.key_separator = in.view(pair[1]);
  }
  options.fallback = call[first + 5];
  options.sort_keys = call.truth(first + 6);
  return options;
}

}  // namespace

Value write_json(Call& call) {
  return make_str(call.in, Writer(call.in, writer_options(call, 1)).run(call[0]));
}

}  // namespace cupel::python
