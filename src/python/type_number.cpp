// SPDX-License-Identifier: MIT
// int, bool and float.
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "cupel/base/text.hpp"
#include "python/numbers.hpp"
#include "python/setup.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

// --- reading ---------------------------------------------------------------------------------

/// Blanks off, digits of other scripts to ASCII, underscores between digits out. False if they
/// stand wrong.
bool clean_number(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 0;
    const char32_t point = unicode::decode(text, i, length);
    if (point >= 0x80 && unicode::digit_value(point) >= 0) {
      out += static_cast<char>('0' + unicode::digit_value(point));
    } else if (unicode::is_space(point)) {
      out += ' ';
    } else {
      out += text.substr(i, length);
    }
    i += length;
  }
  const std::string trimmed(text::trim(out));
  out.clear();
  for (std::size_t i = 0; i < trimmed.size(); ++i) {
    if (trimmed[i] != '_') {
      out += trimmed[i];
      continue;
    }
    const bool between = i > 0 && i + 1 < trimmed.size() &&
                         std::isalnum(static_cast<unsigned char>(trimmed[i - 1])) &&
                         std::isalnum(static_cast<unsigned char>(trimmed[i + 1]));
    if (!between) return false;
  }
  return true;
}

Value parse_int(Interpreter& in, std::string_view text, std::int64_t base, const Value& shown) {
  const auto fail = [&]() {
    value_error(in, "invalid literal for int() with base " + std::to_string(base) + ": " +
                        std::string(to_repr(in, shown)));
  };
  std::string clean;
  if (!clean_number(text, clean) || clean.empty()) fail();
  std::string_view digits = clean;
  bool negative = false;
  if (digits[0] == '+' || digits[0] == '-') {
    negative = digits[0] == '-';
    digits.remove_prefix(1);
  }
  auto radix = static_cast<unsigned>(base);
  if (digits.size() > 1 && digits[0] == '0') {
    const char c = static_cast<char>(digits[1] | 32);
    const unsigned prefix = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
    if (prefix != 0 && (base == 0 || base == static_cast<std::int64_t>(prefix))) {
      digits.remove_prefix(2);
      radix = prefix;
    } else if (base == 0 && digits.find_first_not_of('0') != std::string_view::npos) {
      fail();
    }
  }
  if (radix == 0) radix = 10;
  if (digits.size() > 4300 && (radix & (radix - 1)) != 0) {
    value_error(in, "Exceeds the limit (4300 digits) for integer string conversion: value has " +
                        std::to_string(digits.size()) +
                        " digits; use sys.set_int_max_str_digits() to increase the limit");
  }
  const auto value = BigInt::parse(digits, radix);
  if (!value) fail();
  return make_int(in, negative ? -*value : *value);
}

Value float_to_int(Interpreter& in, double value) {
  if (std::isnan(value)) value_error(in, "cannot convert float NaN to integer");
  if (std::isinf(value)) in.raise("OverflowError", "cannot convert float infinity to integer");
  return make_int(in, BigInt::from_double(value));
}

Value special_number(Interpreter& in, const Value& value, Str* name) {
  const Value* found = lookup_override(in, value, name);
  if (found == nullptr) return {};
  const Value method = *found;
  return call_special(in, method, value);
}

Value new_int(Call& call) {
  Interpreter& in = call.in;
  const Value& cls = call[0];
  if (!call.has(1)) return as_class(in, cls, Value(0));
  const Value& given = call[1];
  if (call.has(2)) {
    const std::int64_t base =
        in.is_integer(call[2]) ? to_index_clamped(in, call[2]) : to_index(in, call[2]);
    if (base != 0 && (base < 2 || base > 36))
      value_error(in, "int() base must be >= 2 and <= 36, or 0");
    if (!given.is(Layout::Str) && !given.is(Layout::Bytes))
      type_error(in, "int() can't convert non-string with explicit base");
    return as_class(in, cls, parse_int(in, in.view(given), base, given));
  }
  for (Str* name : {names(in).int_, names(in).index, names(in).trunc}) {
    const Value made = special_number(in, given, name);
    if (!made.is_set()) continue;
    if (!in.is_integer(made))
      type_error(in, "__int__ returned non-int (type " + std::string(in.type_name(made)) + ")");
    return as_class(in, cls, make_int(in, to_big(made)));
  }
  if (in.is_integer(given)) return as_class(in, cls, make_int(in, to_big(given)));
  if (const auto real = in.to_double(given)) return as_class(in, cls, float_to_int(in, *real));
  if (given.is(Layout::Str) || given.is(Layout::Bytes))
    return as_class(in, cls, parse_int(in, in.view(given), 10, given));
  type_error(in, "int() argument must be a string, a bytes-like object or a real number, not '" +
                     std::string(in.type_name(given)) + "'");
}

double parse_float(Interpreter& in, std::string_view text, const Value& shown) {
  std::string clean;
  const bool fine = clean_number(text, clean);
  std::string_view digits = clean;
  bool negative = false;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) {
    negative = digits[0] == '-';
    digits.remove_prefix(1);
  }
  double value = 0;
  const std::string lower = text::to_lower(digits);
  if (lower == "inf" || lower == "infinity") {
    value = std::numeric_limits<double>::infinity();
  } else if (lower == "nan") {
    value = std::numeric_limits<double>::quiet_NaN();
  } else {
    const bool plain = fine && !digits.empty() &&
                       (std::isdigit(static_cast<unsigned char>(digits[0])) || digits[0] == '.');
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (!plain || result.ptr != digits.data() + digits.size() ||
        result.ec == std::errc::invalid_argument) {
      value_error(in, "could not convert string to float: " + std::string(to_repr(in, shown)));
    }
    if (result.ec == std::errc::result_out_of_range) {
      const std::size_t e = lower.find('e');
      const bool tiny = e != std::string::npos && e + 1 < lower.size() && lower[e + 1] == '-';
      value = tiny ? 0.0 : std::numeric_limits<double>::infinity();
    }
  }
  return negative ? -value : value;
}

Value new_float(Call& call) {
  Interpreter& in = call.in;
  if (!call.has(1)) return as_class(in, call[0], Value(0.0));
  const Value& given = call[1];
  Value made = special_number(in, given, names(in).float_);
  if (made.is_set()) {
    if (!made.is_float() && !made.is(Layout::Float))
      type_error(in, std::string(in.type_name(given)) + ".__float__ returned non-float (type " +
                         std::string(in.type_name(made)) + ")");
    return as_class(in, call[0], Value(*in.to_double(made)));
  }
  made = special_number(in, given, names(in).index);
  if (const auto real = in.to_double(made.is_set() ? made : given)) {
    if (std::isinf(*real) && given.is(Layout::Int))
      in.raise("OverflowError", "int too large to convert to float");
    return as_class(in, call[0], Value(*real));
  }
  if (given.is(Layout::Str) || given.is(Layout::Bytes))
    return as_class(in, call[0], Value(parse_float(in, in.view(given), given)));
  type_error(in, "float() argument must be a string or a real number, not '" +
                     std::string(in.type_name(given)) + "'");
}

// --- methods ---------------------------------------------------------------------------------

Value int_to_bytes(Call& call) {
  const std::int64_t length = call.integer(1);
  const std::string order = call.text(2);
  const bool is_signed = call.truth(3);
  if (length < 0) value_error(call.in, "length argument must be non-negative");
  if (length > (1 << 20)) call.in.raise("OverflowError", "too many bytes");
  if (order != "big" && order != "little")
    value_error(call.in, "byteorder must be either 'little' or 'big'");
  BigInt value = to_big(call[0]);
  if (value.negative() && !is_signed)
    call.in.raise("OverflowError", "can't convert negative int to unsigned");
  const auto bits = static_cast<std::uint64_t>(length) * 8;
  if (value.negative()) value = BigInt(1).shift_left(bits) + value;
  if (value.negative() || value.bit_length() > bits)
    call.in.raise("OverflowError", "int too big to convert");
  std::string data(static_cast<std::size_t>(length), '\0');
  for (std::size_t i = 0; i < data.size(); ++i) {
    const std::size_t limb = i / 4;
    const std::uint32_t part = limb < value.limbs().size() ? value.limbs()[limb] >> (i % 4 * 8) : 0;
    data[order == "big" ? data.size() - 1 - i : i] = static_cast<char>(part & 255);
  }
  return make_bytes(call.in, data);
}

Value int_from_bytes(Call& call) {
  const Value data =
      call[1].is(Layout::Bytes)
          ? call[1]
          : python::call(call.in, Value(static_cast<Object*>(types(call.in).bytes)), {call[1]});
  const std::string_view bytes = call.in.view(data);
  const bool big = call.text(2) == "big";
  std::vector<std::uint32_t> limbs((bytes.size() + 3) / 4, 0);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(big ? bytes[bytes.size() - 1 - i] : bytes[i]);
    limbs[i / 4] |= static_cast<std::uint32_t>(byte) << (i % 4 * 8);
  }
  BigInt value = BigInt::from_limbs(std::move(limbs), false);
  if (call.truth(3) && value.bit_length() == bytes.size() * 8 && !bytes.empty()) {
    value = value - BigInt(1).shift_left(bytes.size() * 8);
  }
  return make_int(call.in, value);
}

Value round_int(Call& call) {
  if (call.is_none(1)) return make_int(call.in, to_big(call[0]));
  const std::int64_t digits =
      call.in.is_integer(call[1]) ? to_index_clamped(call.in, call[1]) : call.integer(1);
  BigInt value = to_big(call[0]);
  if (digits >= 0) return make_int(call.in, value);
  if (digits < -20000) return Value(0);
  const BigInt unit = BigInt(10).power(static_cast<std::uint64_t>(-digits));
  BigInt quotient, remainder;
  BigInt::divide(value, unit, quotient, remainder);
  const int half = (remainder + remainder).compare(unit);
  const bool odd = !quotient.is_zero() && (quotient.limbs()[0] & 1) != 0;
  if (half > 0 || (half == 0 && odd)) quotient = quotient + BigInt(1);
  return make_int(call.in, quotient * unit);
}

double self_double(Call& call) { return *call.in.to_double(call[0]); }

Value round_float(Call& call) {
  const double value = self_double(call);
  if (!call.is_none(1)) {
    const bool whole = call.in.is_integer(call[1]);
    return Value(round_double(value, whole ? to_index_clamped(call.in, call[1]) : call.integer(1)));
  }
  if (!std::isfinite(value)) return float_to_int(call.in, value);
  return float_to_int(call.in, std::nearbyint(value));
}

Value as_integer_ratio(Call& call) {
  const double value = self_double(call);
  if (std::isnan(value)) value_error(call.in, "cannot convert NaN to integer ratio");
  if (std::isinf(value)) call.in.raise("OverflowError", "cannot convert Infinity to integer ratio");
  int exponent = 0;
  double fraction = std::frexp(value, &exponent);
  for (int i = 0; i < 300 && fraction != std::floor(fraction); ++i) {
    fraction *= 2;
    --exponent;
  }
  BigInt numerator = BigInt::from_double(fraction), denominator(1);
  (exponent > 0 ? numerator : denominator) =
      (exponent > 0 ? numerator : denominator)
          .shift_left(static_cast<std::uint64_t>(std::abs(exponent)));
  return make_tuple(call.in, Values{make_int(call.in, numerator), make_int(call.in, denominator)});
}

Value float_hex(Call& call) {
  char buffer[64];
  if (self_double(call) == 0)
    return make_str(call.in, std::signbit(self_double(call)) ? "-0x0.0p+0" : "0x0.0p+0");
  std::snprintf(buffer, sizeof buffer, "%.13a", self_double(call));
  return make_str(call.in, buffer);
}

Value float_from_hex(Call& call) {
  const std::string text(text::trim(call.view(1)));
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0')
    value_error(call.in, "invalid hexadecimal floating-point string");
  return as_class(call.in, call[0], Value(value));
}

}  // namespace

void setup_numbers(Interpreter& in) {
  const auto whole = [](Call& call) -> Value { return make_int(call.in, to_big(call[0])); };
  ClassSetup(in, types(in).int_)
      .make("__new__(cls, x=..., /, base=...)", new_int)
      .method("__init__", [](Call&) -> Value { return {}; })
      .method("__int__(self)", whole)
      .method("__index__(self)", whole)
      .method("__trunc__(self)", whole)
      .method("__floor__(self)", whole)
      .method("__ceil__(self)", whole)
      .method("conjugate(self)", whole)
      .method("__float__(self)", [](Call& call) -> Value { return Value(self_double(call)); })
      .method("__abs__(self)",
              [](Call& call) -> Value {
                const BigInt value = to_big(call[0]);
                return make_int(call.in, value.negative() ? -value : value);
              })
      .method("__round__(self, digits=None)", round_int)
      .method("__hash__(self)",
              [](Call& call) -> Value {
                return Value(static_cast<std::int64_t>(number_hash(call[0])));
              })
      .method("bit_length(self)",
              [](Call& call) -> Value { return Value(to_big(call[0]).bit_length()); })
      .method("bit_count(self)",
              [](Call& call) -> Value {
                int count = 0;
                const BigInt value = to_big(call[0]);
                for (const std::uint32_t limb : value.limbs()) count += __builtin_popcount(limb);
                return Value(count);
              })
      .method("as_integer_ratio(self)",
              [](Call& call) -> Value {
                return make_tuple(call.in, Values{make_int(call.in, to_big(call[0])), Value(1)});
              })
      .method("to_bytes(self, length=1, byteorder='big', *, signed=False)", int_to_bytes)
      .class_method("from_bytes(cls, bytes, byteorder='big', *, signed=False)", int_from_bytes)
      .get("real", [](Interpreter&, const Value& self) { return self; })
      .get("imag", [](Interpreter&, const Value&) { return Value(0); })
      .get("numerator", [](Interpreter&, const Value& self) { return self; })
      .get("denominator", [](Interpreter&, const Value&) { return Value(1); });
  ClassSetup(in, types(in).bool_).make("__new__(cls, x=False, /)", [](Call& call) -> Value {
    return Value(call.truth(1));
  });
  ClassSetup(in, types(in).float_)
      .make("__new__(cls, x=..., /)", new_float)
      .method("__init__", [](Call&) -> Value { return {}; })
      .method("__float__(self)", [](Call& call) -> Value { return Value(self_double(call)); })
      .method("__int__(self)",
              [](Call& call) -> Value { return float_to_int(call.in, self_double(call)); })
      .method("__trunc__(self)",
              [](Call& call) -> Value { return float_to_int(call.in, self_double(call)); })
      .method(
          "__floor__(self)",
          [](Call& call) -> Value { return float_to_int(call.in, std::floor(self_double(call))); })
      .method(
          "__ceil__(self)",
          [](Call& call) -> Value { return float_to_int(call.in, std::ceil(self_double(call))); })
      .method("__abs__(self)",
              [](Call& call) -> Value { return Value(std::fabs(self_double(call))); })
      .method("__round__(self, digits=None)", round_float)
      .method("__hash__(self)",
              [](Call& call) -> Value {
                return Value(static_cast<std::int64_t>(number_hash(call[0])));
              })
      .method("is_integer(self)",
              [](Call& call) -> Value {
                const double value = self_double(call);
                return Value(std::isfinite(value) && value == std::trunc(value));
              })
      .method("as_integer_ratio(self)", as_integer_ratio)
      .method("hex(self)", float_hex)
      .method("conjugate(self)", [](Call& call) -> Value { return Value(self_double(call)); })
      .class_method("fromhex(cls, string, /)", float_from_hex)
      .get("real", [](Interpreter&, const Value& self) { return self; })
      .get("imag", [](Interpreter&, const Value&) { return Value(0.0); });
}

}  // namespace cupel::python
