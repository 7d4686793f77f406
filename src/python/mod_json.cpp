// SPDX-License-Identifier: MIT
// The module json.
#include <charconv>
#include <cmath>
#include <limits>

#include "python/modules.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

constexpr int kMaxDepth = 900;

// --- writing
// --------------------------------------------------------------------------------------

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
    if (depth > kMaxDepth)
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

// --- reading
// --------------------------------------------------------------------------------------

struct ReaderHooks {
  Value object, pairs, real, integer, constant;
};

class Reader {
 public:
  Reader(Interpreter& in, std::string_view text, ReaderHooks hooks)
      : in_(in), text_(text), hooks_(std::move(hooks)) {}

  Value run() {
    if (text_.starts_with("\xEF\xBB\xBF")) fail("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0);
    blanks();
    Value value = read(0);
    blanks();
    if (at_ != text_.size()) fail("Extra data", at_);
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& message, std::size_t at) {
    std::size_t line = 1, start = 0;
    for (std::size_t i = 0; i < at && i < text_.size(); ++i) {
      if (text_[i] == '\n') {
        ++line;
        start = i + 1;
      }
    }
    const std::size_t column = unicode::length(text_.substr(start, at - start)) + 1;
    const std::size_t index = unicode::length(text_.substr(0, at));
    const Value cls =
        get_attr(in_, import_module(in_, "json", true), in_.intern("JSONDecodeError"));
    Value error =
        make_exception(in_, *cls.as<Class>(),
                       message + ": line " + std::to_string(line) + " column " +
                           std::to_string(column) + " (char " + std::to_string(index) + ")");
    Table& table = error.object()->make_attributes().table;
    table.set(in_.intern("msg"), make_str(in_, message));
    table.set(in_.intern("doc"), make_str(in_, text_));
    table.set(in_.intern("pos"), Value(index));
    table.set(in_.intern("lineno"), Value(line));
    table.set(in_.intern("colno"), Value(column));
    raise_value(in_, std::move(error));
  }

  void blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }
  char look() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) return false;
    at_ += expected.size();
    return true;
  }

  Value read(int depth) {
    in_.tick();
    in_.check_stack();
    if (depth > kMaxDepth)
      in_.raise("RecursionError",
                "maximum recursion depth exceeded while decoding a JSON document");
    switch (look()) {
      case '{':
        return object(depth);
      case '[':
        return list(depth);
      case '"':
        return make_str(in_, string());
      case 'n':
        if (word("null")) return Value::none();
        break;
      case 't':
        if (word("true")) return Value(true);
        break;
      case 'f':
        if (word("false")) return Value(false);
        break;
      default:
        break;
    }
    for (const char* name : {"NaN", "Infinity", "-Infinity"}) {
      if (!word(name)) continue;
      if (!hooks_.constant.is_none()) return call(in_, hooks_.constant, {make_str(in_, name)});
      const double infinity = std::numeric_limits<double>::infinity();
      return Value(name[0] == 'N'   ? std::numeric_limits<double>::quiet_NaN()
                   : name[0] == '-' ? -infinity
                                    : infinity);
    }
    return number();
  }

  Value number() {
    const std::size_t start = at_;
    std::size_t end = at_;
    const auto digits = [&] {
      const std::size_t first = end;
      while (end < text_.size() && text_[end] >= '0' && text_[end] <= '9') ++end;
      return end > first;
    };
    if (look() == '-') ++end;
    if (end < text_.size() && text_[end] == '0') {
      ++end;
    } else if (!digits()) {
      fail("Expecting value", start);
    }
    bool real = false;
    if (end + 1 < text_.size() && text_[end] == '.' &&
        std::isdigit(static_cast<unsigned char>(text_[end + 1]))) {
      ++end;
      digits();
      real = true;
    }
    if (end < text_.size() && (text_[end] | 32) == 'e') {
      const std::size_t mark = end++;
      if (end < text_.size() && (text_[end] == '+' || text_[end] == '-')) ++end;
      if (digits()) {
        real = true;
      } else {
        end = mark;
      }
    }
    at_ = end;
    const std::string_view token = text_.substr(start, end - start);
    const Value& hook = real ? hooks_.real : hooks_.integer;
    if (!hook.is_none()) return call(in_, hook, {make_str(in_, token)});
    if (!real) {
      if (token.size() > 4300)
        value_error(in_, "Exceeds the limit (4300 digits) for integer string conversion");
      return in_.integer(token);
    }
    return call(in_, Value(static_cast<Object*>(types(in_).float_)), {make_str(in_, token)});
  }

  std::uint32_t unit() {
    if (at_ + 4 > text_.size()) fail("Invalid \\uXXXX escape", at_ - 1);
    std::uint32_t value = 0;
    const auto result = std::from_chars(text_.data() + at_, text_.data() + at_ + 4, value, 16);
    if (result.ptr != text_.data() + at_ + 4) fail("Invalid \\uXXXX escape", at_ - 1);
    at_ += 4;
    return value;
  }

  Text string() {
    const std::size_t open = at_++;
    Text out;
    while (true) {
      const std::size_t start = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
             static_cast<unsigned char>(text_[at_]) >= 32)
        ++at_;
      out += text_.substr(start, at_ - start);
      if (at_ >= text_.size()) fail("Unterminated string starting at", open);
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return out;
      }
      if (c != '\\') fail("Invalid control character at", at_);
      if (at_ + 1 >= text_.size()) fail("Unterminated string starting at", open);
      const char escape = text_[at_ + 1];
      at_ += 2;
      switch (escape) {
        case '"':
        case '\\':
        case '/':
          out += escape;
          break;
        case 'b':
          out += '\b';
          break;
        case 'f':
          out += '\f';
          break;
        case 'n':
          out += '\n';
          break;
        case 'r':
          out += '\r';
          break;
        case 't':
          out += '\t';
          break;
        case 'u': {
          std::uint32_t point = unit();
          if (point >= 0xD800 && point < 0xDC00 && text_.substr(at_, 2) == "\\u") {
            const std::size_t mark = at_;
            at_ += 2;
            const std::uint32_t low = unit();
            if (low >= 0xDC00 && low < 0xE000) {
              point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
            } else {
              at_ = mark;
            }
          }
          unicode::append(out, point);
          break;
        }
        default:
          fail("Invalid \\escape", at_ - 2);
      }
    }
  }

  Value list(int depth) {
    ++at_;
    Values items;
    blanks();
    if (look() == ']') {
      ++at_;
      return make_list(in_, {});
    }
    while (true) {
      items.push_back(read(depth + 1));
      blanks();
      if (look() == ']') break;
      if (look() != ',') fail("Expecting ',' delimiter", at_);
      ++at_;
      blanks();
    }
    ++at_;
    return make_list(in_, std::move(items));
  }

  Value object(int depth) {
    ++at_;
    Value dict = make_dict(in_);
    Values pairs;
    blanks();
    if (look() != '}') {
      while (true) {
        if (look() != '"') fail("Expecting property name enclosed in double quotes", at_);
        const Value key = make_str(in_, string());
        blanks();
        if (look() != ':') fail("Expecting ':' delimiter", at_);
        ++at_;
        blanks();
        Value value = read(depth + 1);
        if (!hooks_.pairs.is_none()) pairs.push_back(make_tuple(in_, Values{key, value}));
        dict.as<Dict>()->table.set(in_, key, std::move(value));
        blanks();
        if (look() == '}') break;
        if (look() != ',') fail("Expecting ',' delimiter", at_);
        const std::size_t comma = at_++;
        blanks();
        if (look() == '}') fail("Expecting property name enclosed in double quotes", comma + 1);
      }
    }
    ++at_;
    if (!hooks_.pairs.is_none()) return call(in_, hooks_.pairs, {make_list(in_, std::move(pairs))});
    return hooks_.object.is_none() ? dict : call(in_, hooks_.object, {dict});
  }

  Interpreter& in_;
  std::string_view text_;
  ReaderHooks hooks_;
  std::size_t at_ = 0;
};

}  // namespace

// _json: the module json itself is lib/json.py.
void fill_json(Interpreter& in, Module& module) {
  in.add_function(
      module,
      "encode(value, skipkeys, ensure_ascii, allow_nan, indent, separators, default, sort_keys)",
      [](Call& call) -> Value {
        return make_str(call.in, Writer(call.in, writer_options(call, 1)).run(call[0]));
      });
  in.add_function(
      module,
      "decode(text, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant)",
      [](Call& call) -> Value {
        const Value text = call[0].is(Layout::Bytes)
                               ? decode(call.in, call.in.view(call[0]), "utf-8", "strict")
                               : call[0];
        if (!text.is(Layout::Str)) {
          type_error(call.in, "the JSON object must be str, bytes or bytearray, not " +
                                  std::string(call.in.type_name(call[0])));
        }
        return Reader(call.in, call.in.view(text), {call[1], call[2], call[3], call[4], call[5]})
            .run();
      });
}

}  // namespace cupel::python
