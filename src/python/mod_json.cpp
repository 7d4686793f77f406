// SPDX-License-Identifier: MIT
// The module json: reading. Writing is json_writer.cpp.
#include <charconv>
#include <cmath>
#include <limits>

#include "python/json_writer.hpp"
#include "python/modules.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

constexpr int kMaxDepth = 900;

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
      write_json);
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
