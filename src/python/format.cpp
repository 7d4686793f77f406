// SPDX-License-Identifier: MIT
// Format specifications: format(), f-strings and "{}".format().
#include "python/format.hpp"

#include <charconv>
#include <cmath>

#include "python/state.hpp"
#include "python/unicode.hpp"

namespace cupel::python {

FormatSpec parse_spec(Interpreter& in, std::string_view text, std::string_view type_name,
                      char default_type) {
  FormatSpec spec;
  std::size_t at = 0;
  const auto is_align = [&](std::size_t i) {
    return i < text.size() &&
           (text[i] == '<' || text[i] == '>' || text[i] == '=' || text[i] == '^');
  };
  const auto is_digit = [&] { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  const auto number = [&]() {
    std::size_t value = 0;
    while (is_digit()) {
      value = value * 10 + static_cast<std::size_t>(text[at++] - '0');
      if (value > 100'000'000) value_error(in, "Too many decimal digits in format string");
    }
    return value;
  };
  if (!text.empty()) {
    std::size_t length = 0;
    unicode::decode(text, 0, length);
    if (is_align(length)) {
      spec.fill = text.substr(0, length);
      spec.align = text[length];
      at = length + 1;
    } else if (is_align(0)) {
      spec.align = text[0];
      at = 1;
    }
  }
  if (at < text.size() && (text[at] == '+' || text[at] == '-' || text[at] == ' '))
    spec.sign = text[at++];
  if (at < text.size() && text[at] == 'z') ++at;
  if (at < text.size() && text[at] == '#') {
    spec.alternate = true;
    ++at;
  }
  if (at < text.size() && text[at] == '0') {
    if (spec.align == 0) {
      spec.fill = "0";
      spec.align = '=';
      spec.zero = true;
    } else if (spec.fill == " ") {
      spec.fill = "0";
    }
    ++at;
  }
  if (is_digit()) spec.width = number();
  if (at < text.size() && (text[at] == ',' || text[at] == '_')) spec.group = text[at++];
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!is_digit()) value_error(in, "Format specifier missing precision");
    spec.precision = static_cast<int>(number());
  }
  if (at < text.size()) spec.type = text[at++];
  if (at < text.size()) {
    value_error(in, "Invalid format specifier '" + std::string(text) + "' for object of type '" +
                        std::string(type_name) + "'");
  }
  const char type = spec.type == 0 ? default_type : spec.type;
  const std::string_view groupable = spec.group == '_' ? "deEfFgG%boxX" : "deEfFgG%";
  if (spec.group != 0 && type != 0 && groupable.find(type) == std::string_view::npos)
    value_error(in, std::string("Cannot specify '") + spec.group + "' with '" + type + "'.");
  return spec;
}

Text pad(std::string_view text, const FormatSpec& spec, char default_align) {
  const std::size_t length = unicode::length(text);
  if (length >= spec.width) return Text(text);
  const std::size_t missing = spec.width - length;
  const char align = spec.align == 0 || spec.align == '=' ? default_align : spec.align;
  const std::size_t left = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
  Text out;
  for (std::size_t i = 0; i < left; ++i) out += spec.fill;
  out += text;
  for (std::size_t i = left; i < missing; ++i) out += spec.fill;
  return out;
}

// `prefix` is sign and 0x; `digits` the whole part, which may get separators; `rest` all behind it.
Text pad_number(std::string_view prefix, std::string_view digits, std::string_view rest,
                const FormatSpec& spec) {
  const std::size_t every =
      spec.type == 'b' || spec.type == 'o' || spec.type == 'x' || spec.type == 'X' ? 4 : 3;
  const auto grouped = [&](const Text& plain) {
    if (spec.group == 0) return plain;
    Text out;
    for (std::size_t i = 0; i < plain.size(); ++i) {
      if (i > 0 && (plain.size() - i) % every == 0) out += spec.group;
      out += plain[i];
    }
    return out;
  };
  Text body = grouped(Text(digits));
  if (spec.zero || (spec.align == '=' && spec.fill == "0")) {
    Text plain(digits);
    while (prefix.size() + grouped(plain).size() + rest.size() < spec.width)
      plain.insert(plain.begin(), '0');
    body = grouped(plain);
    // A separator never comes first.
    return Text(prefix) + body + Text(rest);
  }
  if (spec.align == '=') {
    const std::size_t length = prefix.size() + body.size() + rest.size();
    Text out(prefix);
    for (std::size_t i = length; i < spec.width; ++i) out += spec.fill;
    return out + body + Text(rest);
  }
  return pad(Text(prefix) + body + Text(rest), spec, '>');
}

namespace {

[[noreturn]] void unknown_code(Interpreter& in, char type, std::string_view what) {
  value_error(in, std::string("Unknown format code '") + type + "' for object of type '" +
                      std::string(what) + "'");
}

std::string sign_of(bool negative, char wanted) {
  if (negative) return "-";
  return wanted == '+' ? "+" : wanted == ' ' ? " " : "";
}

}  // namespace

Text format_double_spec(Interpreter& in, double value, FormatSpec spec) {
  const bool negative = std::signbit(value) && !std::isnan(value);
  const double magnitude = std::fabs(value);
  std::string text;
  std::string_view suffix;
  char type = spec.type;
  if (type == '%') {
    text = format_double(magnitude * 100, 'f', spec.precision < 0 ? 6 : spec.precision,
                         spec.alternate);
    suffix = "%";
  } else if (type == 0) {
    if (spec.precision < 0) {
      text = repr_double(magnitude);
    } else {
      // Like 'g', but with at least one digit behind the point.
      text =
          format_double(magnitude, 'r', spec.precision == 0 ? 1 : spec.precision, spec.alternate);
    }
  } else if (std::string_view("eEfFgGn").find(type) != std::string_view::npos) {
    if (type == 'n') type = 'g';
    text = format_double(magnitude, type, spec.precision < 0 ? 6 : spec.precision, spec.alternate);
  } else {
    unknown_code(in, type, "float");
  }
  std::size_t whole = 0;
  while (whole < text.size() && text[whole] >= '0' && text[whole] <= '9') ++whole;
  if (whole == 0) spec.group = 0;  // inf, nan
  const std::string rest = text.substr(whole) + std::string(suffix);
  return pad_number(sign_of(negative, spec.sign), std::string_view(text).substr(0, whole), rest,
                    spec);
}

namespace {

Text format_integer(Interpreter& in, const BigInt& value, FormatSpec spec, const char* name) {
  const char type = spec.type == 0 || spec.type == 'n' ? 'd' : spec.type;
  if (std::string_view("eEfFgG%").find(type) != std::string_view::npos) {
    const double real = value.to_double();
    if (std::isinf(real)) in.raise("OverflowError", "int too large to convert to float");
    return format_double_spec(in, real, spec);
  }
  if (spec.precision >= 0) value_error(in, "Precision not allowed in integer format specifier");
  if (type == 'c') {
    const auto point = value.to_int64();
    if (!point) in.raise("OverflowError", "Python int too large to convert to C long");
    if (*point < 0 || *point > 0x10FFFF) in.raise("OverflowError", "%c arg not in range(0x110000)");
    Text text;
    unicode::append(text, static_cast<char32_t>(*point));
    return pad(text, spec, '<');
  }
  unsigned base = 10;
  std::string prefix = sign_of(value.negative(), spec.sign);
  switch (type) {
    case 'd':
      break;
    case 'b':
      base = 2;
      break;
    case 'o':
      base = 8;
      break;
    case 'x':
    case 'X':
      base = 16;
      break;
    default:
      unknown_code(in, type, name);
  }
  if (spec.alternate && base != 10) {
    prefix += '0';
    prefix += type;
  }
  std::string digits = (value.negative() ? -value : value).to_string(base);
  if (type == 'X') {
    for (char& c : digits) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return pad_number(prefix, digits, {}, spec);
}

Text format_text(Interpreter& in, std::string_view text, const FormatSpec& spec) {
  if (spec.type != 0 && spec.type != 's') unknown_code(in, spec.type, "str");
  if (spec.sign != 0) value_error(in, "Sign not allowed in string format specifier");
  if (spec.alternate) value_error(in, "Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=' && !spec.zero)
    value_error(in, "'=' alignment not allowed in string format specifier");
  Text cut;
  if (spec.precision >= 0) {
    std::size_t at = 0;
    for (int i = 0; i < spec.precision && at < text.size(); ++i) {
      std::size_t length = 0;
      unicode::decode(text, at, length);
      at += length;
    }
    text = text.substr(0, at);
  }
  return pad(text, spec, '<');
}

}  // namespace

// %-style digits of a magnitude: 'e', 'f', 'g' with C's meaning, 'r' is 'g' with a point always.
std::string format_double(double value, char type, int precision, bool alternate) {
  const bool upper = type == 'E' || type == 'F' || type == 'G';
  if (std::isnan(value)) return upper ? "NAN" : "nan";
  if (std::isinf(value)) return std::string(value < 0 ? "-" : "") + (upper ? "INF" : "inf");
  std::string text;
  const auto convert = [&](std::chars_format format, int digits) {
    std::string buffer(static_cast<std::size_t>(digits) + 400, '\0');
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, digits).ptr;
    buffer.resize(static_cast<std::size_t>(end - buffer.data()));
    return buffer;
  };
  switch (type) {
    case 'e':
    case 'E':
      text = convert(std::chars_format::scientific, precision);
      break;
    case 'f':
    case 'F':
      text = convert(std::chars_format::fixed, precision);
      if (alternate && precision == 0) text += '.';
      break;
    default: {
      const int digits = precision == 0 ? 1 : precision;
      text = convert(std::chars_format::scientific, digits - 1);
      const std::size_t e = text.find('e');
      const int exponent = std::atoi(text.c_str() + e + 1);
      // Python's repr style switches to an exponent one digit earlier than C's.
      const int limit = type == 'r' ? digits - (exponent == digits - 1 ? 1 : 0) : digits;
      std::string tail;
      if (exponent < -4 || exponent >= limit) {
        tail = text.substr(e);
        text.resize(e);
      } else {
        text = convert(std::chars_format::fixed, std::max(0, digits - 1 - exponent));
      }
      if (!alternate && text.find('.') != std::string::npos) {
        text.resize(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
      }
      if (type == 'r' && tail.empty() && text.find('.') == std::string::npos) text += ".0";
      text += tail;
    }
  }
  if (upper) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return text;
}

Text builtin_format(Interpreter& in, const Value& value, std::string_view text) {
  if (text.empty()) return to_str(in, value);
  const std::string_view name = in.type_name(value);
  if (in.is_integer(value)) {
    return format_integer(in, to_big(value), parse_spec(in, text, name, 'd'),
                          value.is_bool() ? "bool" : "int");
  }
  if (value.is_float() || value.is(Layout::Float))
    return format_double_spec(in, *in.to_double(value), parse_spec(in, text, name, 'g'));
  if (const Str* str = value.as<Str>())
    return format_text(in, str->view(), parse_spec(in, text, name, 's'));
  type_error(in, "unsupported format string passed to " + std::string(in.type_name(value)) +
                     ".__format__");
}

Text format_value(Interpreter& in, const Value& value, std::string_view spec) {
  if (value.is(Layout::Lazy)) return format_value(in, resolve_lazy(in, value), spec);
  if (const Value* found = lookup_override(in, value, names(in).format)) {
    const Value method = *found;
    const Value result = call_special(in, method, value, {make_str(in, spec)});
    if (!result.is(Layout::Str)) {
      type_error(in, "__format__ must return a str, not " + std::string(in.type_name(result)));
    }
    return Text(result.as<Str>()->view());
  }
  return builtin_format(in, value, spec);
}

}  // namespace cupel::python
