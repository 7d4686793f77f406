// SPDX-License-Identifier: MIT
// "%s" % values, and "{}".format(values).
#include <cmath>
#include <cstdio>

#include "python/format.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

// --- % ------------------------------------------------------------------------------------------

class PercentFormatter {
 public:
  PercentFormatter(Interpreter& in, std::string_view format, const Value& args, bool bytes)
      : in_(in), format_(format), args_(args), bytes_(bytes), tuple_(args.as<Tuple>()) {}

  Text run() {
    while (at_ < format_.size()) {
      const std::size_t percent = format_.find('%', at_);
      out_ += format_.substr(at_, percent == std::string_view::npos ? percent : percent - at_);
      if (percent == std::string_view::npos) break;
      at_ = percent + 1;
      conversion();
    }
    const bool unused =
        tuple_ != nullptr ? next_ < tuple_->items.size() : next_ == 0 && !is_mapping();
    if (unused) {
      type_error(in_, std::string("not all arguments converted during ") +
                          (bytes_ ? "bytes" : "string") + " formatting");
    }
    return std::move(out_);
  }

 private:
  char look() {
    if (at_ >= format_.size()) value_error(in_, "incomplete format");
    return format_[at_];
  }

  /// Anything that can be subscripted and is no text, as for CPython.
  bool is_mapping() {
    if (tuple_ != nullptr || args_.is(Layout::Str)) return false;
    if (args_.is(Layout::Dict) || args_.is(Layout::List) || args_.is(Layout::Range)) return true;
    if (args_.is(Layout::Bytes)) return !bytes_;
    return lookup_override(in_, args_, names(in_).getitem) != nullptr;
  }

  Value next_argument() {
    if (named_.is_set()) return named_;
    if (tuple_ != nullptr) {
      if (next_ >= tuple_->items.size()) type_error(in_, "not enough arguments for format string");
      return tuple_->items[next_++];
    }
    if (next_++ > 0) type_error(in_, "not enough arguments for format string");
    return args_;
  }

  std::int64_t number() {
    if (look() == '*') {
      ++at_;
      const Value value = next_argument();
      if (!in_.is_integer(value)) type_error(in_, "* wants int");
      return to_index(in_, value);
    }
    std::int64_t value = 0;
    while (look() >= '0' && look() <= '9') {
      value = value * 10 + (format_[at_++] - '0');
      if (value > 100'000'000) value_error(in_, "width too big");
    }
    return value;
  }

  void conversion() {
    named_ = {};
    if (look() == '%') {
      out_ += '%';
      ++at_;
      return;
    }
    if (look() == '(') {
      const std::size_t close = format_.find(')', at_);
      if (close == std::string_view::npos) value_error(in_, "incomplete format key");
      if (!is_mapping()) type_error(in_, "format requires a mapping");
      const std::string_view key = format_.substr(at_ + 1, close - at_ - 1);
      named_ = get_item(in_, args_, bytes_ ? make_bytes(in_, key) : make_str(in_, key));
      if (next_ == 0) next_ = 1;
      at_ = close + 1;
    }
    FormatSpec spec;
    bool left = false, zero = false;
    for (;; ++at_) {
      const char c = look();
      if (c == '-')
        left = true;
      else if (c == '0')
        zero = true;
      else if (c == '+')
        spec.sign = '+';
      else if (c == ' ')
        spec.sign = spec.sign == '+' ? '+' : ' ';
      else if (c == '#')
        spec.alternate = true;
      else
        break;
    }
    std::int64_t width = number();
    if (width < 0) {
      left = true;
      width = -width;
    }
    spec.width = static_cast<std::size_t>(width);
    if (look() == '.') {
      ++at_;
      spec.precision = static_cast<int>(std::max<std::int64_t>(number(), 0));
    }
    while (look() == 'h' || look() == 'l' || look() == 'L') ++at_;
    spec.align = left ? '<' : '>';
    const char type = look();
    ++at_;
    convert(type, spec, zero && !left);
  }

  void convert(char type, FormatSpec spec, bool zero) {
    switch (type) {
      case '%':
        out_ += '%';
        return;
      case 'b':
        if (!bytes_) break;
        [[fallthrough]];
      case 's':
      case 'r':
      case 'a':
        return text(type, spec);
      case 'c':
        return character(spec);
      case 'd':
      case 'i':
      case 'u':
      case 'x':
      case 'X':
      case 'o':
        return integer(type, spec, zero);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return real(type, spec, zero);
      default:
        break;
    }
    unsupported();
  }

  // The character in front of `at_`, which may be longer than a byte.
  [[noreturn]] void unsupported() {
    std::size_t length = 1;
    const std::size_t at = at_ - 1;
    const char32_t point =
        bytes_ ? static_cast<unsigned char>(format_[at]) : unicode::decode(format_, at, length);
    char hex[12];
    std::snprintf(hex, sizeof hex, "0x%x", static_cast<unsigned>(point));
    const std::size_t index = bytes_ ? at : unicode::length(format_.substr(0, at));
    const bool printable = point > 30 && point < 127;
    value_error(in_, "unsupported format character '" +
                         (printable ? std::string(format_.substr(at, length)) : "?") + "' (" + hex +
                         ") at index " + std::to_string(index));
  }

  void text(char type, const FormatSpec& spec) {
    const Value value = next_argument();
    Text made;
    if (bytes_ && (type == 's' || type == 'b')) {
      if (!value.is(Layout::Bytes)) {
        type_error(
            in_, "%b requires a bytes-like object, or an object that implements __bytes__, not '" +
                     std::string(in_.type_name(value)) + "'");
      }
      made = Text(value.as<Bytes>()->view());
    } else {
      made = type == 's'   ? to_str(in_, value)
             : type == 'r' ? to_repr(in_, value)
                           : to_ascii(to_repr(in_, value));
    }
    if (spec.precision >= 0) {
      std::size_t end = 0;
      for (int i = 0; i < spec.precision && end < made.size(); ++i) {
        std::size_t length = 0;
        unicode::decode(made, end, length);
        end += length;
      }
      made.resize(end);
    }
    out_ += pad(made, spec, '>');
  }

  void character(const FormatSpec& spec) {
    const Value value = next_argument();
    Text made;
    if (const Str* str = value.as<Str>()) {
      if (str->length() != 1) type_error(in_, "%c requires int or char");
      made = Text(str->view());
    } else {
      if (!in_.is_integer(value)) type_error(in_, "%c requires int or char");
      const std::int64_t point = in_.to_int64(value).value_or(-1);
      if (point < 0 || point > 0x10FFFF)
        in_.raise("OverflowError", "%c arg not in range(0x110000)");
      unicode::append(made, static_cast<char32_t>(point));
    }
    out_ += pad(made, spec, '>');
  }

  void integer(char type, FormatSpec spec, bool zero) {
    Value value = next_argument();
    if (!in_.is_integer(value)) {
      const auto real = in_.to_double(value);
      const Value* index = lookup_override(in_, value, names(in_).int_);
      if (index != nullptr && type != 'x' && type != 'X' && type != 'o') {
        const Value method = *index;
        value = call_special(in_, method, value);
      } else if (real && type != 'x' && type != 'X' && type != 'o') {
        if (!std::isfinite(*real)) value_error(in_, "cannot convert float NaN to integer");
        value = make_int(in_, BigInt::from_double(*real));
      } else {
        const bool hex = type == 'x' || type == 'X' || type == 'o';
        type_error(in_,
                   std::string("%") + type + " format: " +
                       (hex ? "an integer is required, not " : "a real number is required, not ") +
                       std::string(in_.type_name(value)));
      }
    }
    const BigInt big = to_big(value);
    std::string digits = (big.negative() ? -big : big)
                             .to_string(type == 'x' || type == 'X' ? 16
                                        : type == 'o'              ? 8
                                                                   : 10);
    if (type == 'X') {
      for (char& c : digits) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    if (spec.precision > static_cast<int>(digits.size())) {
      if (spec.precision > 100'000) value_error(in_, "precision too big");
      digits.insert(0, static_cast<std::size_t>(spec.precision) - digits.size(), '0');
    }
    std::string prefix = big.negative()     ? "-"
                         : spec.sign == '+' ? "+"
                         : spec.sign == ' ' ? " "
                                            : "";
    if (spec.alternate && type != 'd' && type != 'i' && type != 'u') {
      prefix += '0';
      prefix += type;
    }
    number(prefix, digits, spec, zero);
  }

  void real(char type, const FormatSpec& spec, bool zero) {
    const Value given = next_argument();
    const Call call(in_, {}, std::span<const Value>(&given, 1), "%");
    const double value = call.real(0);
    const int precision = spec.precision < 0 ? 6 : std::min(spec.precision, 5000);
    const bool negative = std::signbit(value) && !std::isnan(value);
    const std::string prefix = negative           ? "-"
                               : spec.sign == '+' ? "+"
                               : spec.sign == ' ' ? " "
                                                  : "";
    number(prefix, format_double(std::fabs(value), type, precision, spec.alternate), spec,
           zero && std::isfinite(value));
  }

  void number(const std::string& prefix, const std::string& digits, FormatSpec spec, bool zero) {
    if (zero && prefix.size() + digits.size() < spec.width) {
      out_ += prefix;
      out_.append(spec.width - prefix.size() - digits.size(), '0');
      out_ += digits;
      return;
    }
    out_ += pad(prefix + digits, spec, '>');
  }

  Interpreter& in_;
  std::string_view format_;
  const Value& args_;
  bool bytes_;
  const Tuple* tuple_;
  Text out_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;
  Value named_;
};

// --- {} -----------------------------------------------------------------------------------------

class BraceFormatter {
 public:
  BraceFormatter(Interpreter& in, const Arguments& args) : in_(in), args_(args) {}

  Text run(std::string_view format, int depth) {
    if (depth > 2) value_error(in_, "Max string recursion exceeded");
    Text out;
    std::size_t at = 0;
    while (at < format.size()) {
      const std::size_t brace = format.find_first_of("{}", at);
      out += format.substr(at, brace == std::string_view::npos ? brace : brace - at);
      if (brace == std::string_view::npos) break;
      at = brace + 1;
      if (at < format.size() && format[at] == format[brace]) {
        out += format[at++];
      } else if (format[brace] == '}') {
        value_error(in_, "Single '}' encountered in format string");
      } else {
        at = field(format, at, out, depth);
      }
    }
    return out;
  }

 private:
  std::size_t field(std::string_view format, std::size_t at, Text& out, int depth) {
    std::size_t end = at;
    int nested = 1, brackets = 0;
    std::size_t colon = std::string_view::npos;
    for (; end < format.size(); ++end) {
      const char c = format[end];
      if (c == '{') ++nested;
      if (c == '}' && --nested == 0) break;
      if (c == '[' && colon == std::string_view::npos) ++brackets;
      if (c == ']' && colon == std::string_view::npos) brackets = 0;
      if (c == ':' && nested == 1 && brackets == 0 && colon == std::string_view::npos) colon = end;
    }
    if (end >= format.size()) {
      value_error(in_, at >= format.size() ? "Single '{' encountered in format string"
                                           : "expected '}' before end of string");
    }
    std::string_view name = format.substr(at, (colon == std::string_view::npos ? end : colon) - at);
    const std::string_view spec = colon == std::string_view::npos
                                      ? std::string_view()
                                      : format.substr(colon + 1, end - colon - 1);
    char conversion = 0;
    if (name.size() >= 2 && name[name.size() - 2] == '!') {
      conversion = name.back();
      name.remove_suffix(2);
    } else if (name.find('!') != std::string_view::npos) {
      value_error(in_, "expected ':' after conversion specifier");
    }
    Value value = lookup(name);
    switch (conversion) {
      case 0:
        break;
      case 's':
        value = make_str(in_, to_str(in_, value));
        break;
      case 'r':
        value = make_str(in_, to_repr(in_, value));
        break;
      case 'a':
        value = make_str(in_, to_ascii(to_repr(in_, value)));
        break;
      default:
        value_error(in_, std::string("Unknown conversion specifier '") + conversion + "'");
    }
    const Text inner = spec.find('{') == std::string_view::npos ? Text(spec) : run(spec, depth + 1);
    out += format_value(in_, value, inner);
    return end + 1;
  }

  Value lookup(std::string_view name) {
    const std::size_t end = name.find_first_of(".[");
    const std::string_view first = name.substr(0, end);
    Value value = argument(first);
    std::size_t at = end == std::string_view::npos ? name.size() : end;
    while (at < name.size()) {
      if (name[at] == '.') {
        const std::size_t stop = std::min(name.find_first_of(".[", at + 1), name.size());
        const std::string_view attribute = name.substr(at + 1, stop - at - 1);
        if (attribute.empty()) value_error(in_, "Empty attribute in format string");
        value = get_attr(in_, value, in_.intern(attribute));
        at = stop;
      } else if (name[at] == '[') {
        const std::size_t close = name.find(']', at);
        if (close == std::string_view::npos) value_error(in_, "Missing ']' in format string");
        const std::string_view key = name.substr(at + 1, close - at - 1);
        const bool digits =
            !key.empty() && key.find_first_not_of("0123456789") == std::string_view::npos;
        value = get_item(in_, value, digits ? in_.integer(key) : make_str(in_, key));
        at = close + 1;
      } else {
        value_error(in_, "Only '.' or '[' may follow ']' in format field specifier");
      }
    }
    return value;
  }

  Value argument(std::string_view name) {
    const bool digits = name.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits) {
      for (std::size_t i = 0; i < args_.keywords; ++i) {
        if (in_.view(args_.names[i]) == name) return args_.values[args_.positional + i];
      }
      key_error(in_, make_str(in_, name));
    }
    std::size_t index = 0;
    if (name.empty()) {
      if (numbered_)
        value_error(in_,
                    "cannot switch from manual field specification to automatic field numbering");
      counted_ = true;
      index = next_++;
    } else {
      if (counted_)
        value_error(in_,
                    "cannot switch from automatic field numbering to manual field specification");
      numbered_ = true;
      for (const char c : name)
        index =
            std::min<std::size_t>(index * 10 + static_cast<std::size_t>(c - '0'), 1'000'000'000);
    }
    if (index >= args_.positional) {
      in_.raise("IndexError", "Replacement index " + std::to_string(index) +
                                  " out of range for positional args tuple");
    }
    return args_.values[index];
  }

  Interpreter& in_;
  const Arguments& args_;
  std::size_t next_ = 0;
  bool counted_ = false, numbered_ = false;
};

}  // namespace

Text percent_format(Interpreter& in, std::string_view format, const Value& args, bool bytes) {
  return PercentFormatter(in, format, args, bytes).run();
}

Text brace_format(Interpreter& in, std::string_view format, const Arguments& args) {
  return BraceFormatter(in, args).run(format, 0);
}

}  // namespace cupel::python
