// SPDX-License-Identifier: MIT
// See decimal_arithmetic.hpp.
#include "python/decimal_arithmetic.hpp"

#include <algorithm>
#include <cmath>

#include "python/modules.hpp"
#include "python/numbers.hpp"

namespace cupel::python::decimal {
namespace {

using Number = DecimalNumber;

Value context(Interpreter& in) { return call(in, setting(in, "getcontext"), {}); }

Number nan() {
  Number out;
  out.kind = Number::Kind::NaN;
  return out;
}
Number infinity(bool negative) {
  Number out;
  out.kind = Number::Kind::Infinite;
  out.negative = negative;
  return out;
}

void check_size(const Number& a, const Number& b) {
  if (std::llabs(a.exponent - b.exponent) > 60'000) throw BigInt::TooLarge();
}

/// Of finite numbers: the quotient towards zero, and what is left.
void divide_whole(Interpreter& in, const Number& a, const Number& b, Number& quotient,
                  Number& remainder) {
  check_size(a, b);
  const std::int64_t low = std::min(a.exponent, b.exponent);
  const BigInt x = a.digits * power_of_ten(static_cast<std::uint64_t>(a.exponent - low));
  const BigInt y = b.digits * power_of_ten(static_cast<std::uint64_t>(b.exponent - low));
  BigInt::divide(x, y, quotient.digits, remainder.digits);
  if (digit_count(quotient.digits) > precision(in))
    signal(in, "InvalidOperation", "DivisionImpossible");
  quotient.negative = a.negative != b.negative;
  remainder.negative = a.negative;
  remainder.exponent = low;
}

}  // namespace

Value setting(Interpreter& in, const char* name) {
  return get_attr(in, import_module(in, "decimal", true), in.intern(name));
}

void signal(Interpreter& in, const char* cls, const std::string& detail) {
  const Value found = setting(in, cls);
  in.raise(*found.as<Class>(), "[<class 'decimal." + detail + "'>]");
}

std::size_t precision(Interpreter& in) {
  return static_cast<std::size_t>(std::clamp<std::int64_t>(
      to_index(in, get_attr(in, context(in), in.intern("prec"))), 1, 10'000));
}

Rounding rounding_of(Interpreter& in, Value name) {
  if (name.is_none() || !name.is_set()) name = get_attr(in, context(in), in.intern("rounding"));
  static constexpr std::pair<std::string_view, Rounding> kNames[] = {
      {"ROUND_HALF_EVEN", Rounding::HalfEven},
      {"ROUND_HALF_UP", Rounding::HalfUp},
      {"ROUND_HALF_DOWN", Rounding::HalfDown},
      {"ROUND_DOWN", Rounding::Down},
      {"ROUND_UP", Rounding::Up},
      {"ROUND_FLOOR", Rounding::Floor},
      {"ROUND_CEILING", Rounding::Ceiling},
      {"ROUND_05UP", Rounding::ZeroFiveUp}};
  for (const auto& [known, way] : kNames) {
    if (in.view(name) == known) return way;
  }
  type_error(in,
             "valid values for rounding are: [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN, "
             "ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]");
}

Number add(Interpreter& in, const Number& a, const Number& b) {
  if (a.kind == Number::Kind::NaN || b.kind == Number::Kind::NaN) return nan();
  if (!a.finite() && !b.finite() && a.negative != b.negative)
    signal(in, "InvalidOperation", "InvalidOperation");
  if (!a.finite()) return a;
  if (!b.finite()) return b;
  check_size(a, b);
  const std::int64_t low = std::min(a.exponent, b.exponent);
  BigInt x = a.digits * power_of_ten(static_cast<std::uint64_t>(a.exponent - low));
  BigInt y = b.digits * power_of_ten(static_cast<std::uint64_t>(b.exponent - low));
  const BigInt sum = (a.negative ? -x : x) + (b.negative ? -y : y);
  Number out = Number::from_integer(sum);
  out.exponent = low;
  if (sum.is_zero()) out.negative = a.negative && b.negative;
  return out;
}

Number subtract(Interpreter& in, const Number& a, const Number& b) {
  Number negated = b;
  negated.negative = !b.negative;
  return add(in, a, negated);
}

Number multiply(Interpreter& in, const Number& a, const Number& b) {
  if (a.kind == Number::Kind::NaN || b.kind == Number::Kind::NaN) return nan();
  const bool negative = a.negative != b.negative;
  if (!a.finite() || !b.finite()) {
    if (a.is_zero() || b.is_zero()) signal(in, "InvalidOperation", "InvalidOperation");
    return infinity(negative);
  }
  Number out;
  out.negative = negative;
  out.digits = a.digits * b.digits;
  out.exponent = a.exponent + b.exponent;
  return out;
}

Number divide(Interpreter& in, const Number& a, const Number& b) {
  if (a.kind == Number::Kind::NaN || b.kind == Number::Kind::NaN) return nan();
  const bool negative = a.negative != b.negative;
  if (!a.finite()) {
    if (!b.finite()) signal(in, "InvalidOperation", "InvalidOperation");
    return infinity(negative);
  }
  Number out;
  out.negative = negative;
  if (!b.finite()) {
    // The smallest exponent there is, as the standard wants it.
    out.exponent = -999'998 - static_cast<std::int64_t>(precision(in));
    return out;
  }
  if (b.is_zero()) {
    if (a.is_zero()) signal(in, "InvalidOperation", "DivisionUndefined");
    signal(in, "DivisionByZero", "DivisionByZero");
  }
  if (a.is_zero()) {
    out.exponent = a.exponent - b.exponent;
    return out;
  }
  const std::size_t digits = precision(in);
  const std::int64_t shift = static_cast<std::int64_t>(digit_count(b.digits)) -
                             static_cast<std::int64_t>(digit_count(a.digits)) +
                             static_cast<std::int64_t>(digits) + 1;
  const BigInt x =
      shift >= 0 ? a.digits * power_of_ten(static_cast<std::uint64_t>(shift)) : a.digits;
  const BigInt y =
      shift >= 0 ? b.digits : b.digits * power_of_ten(static_cast<std::uint64_t>(-shift));
  BigInt remainder;
  BigInt::divide(x, y, out.digits, remainder);
  out.exponent = a.exponent - b.exponent - shift;
  if (!remainder.is_zero()) {
    // A sticky digit, so that rounding sees that something is left.
    const char last = out.digits.to_string().back();
    if (last == '0' || last == '5') out.digits = out.digits + BigInt(1);
    return out;
  }
  // An exact quotient keeps the exponent that is nearest to the ideal one.
  const std::int64_t ideal = a.exponent - b.exponent;
  std::string text = out.digits.to_string();
  while (out.exponent < ideal && text.size() > 1 && text.back() == '0') {
    text.pop_back();
    ++out.exponent;
  }
  out.digits = *BigInt::parse(text, 10);
  return out;
}

Number divide_to_integer(Interpreter& in, const Number& a, const Number& b) {
  // What is not finite, and zero below, is as for true division.
  if (!a.finite() || b.kind == Number::Kind::NaN || b.is_zero()) return divide(in, a, b);
  Number quotient, rest;
  quotient.negative = a.negative != b.negative;
  if (b.finite()) divide_whole(in, a, b, quotient, rest);
  return quotient;
}

Number remainder(Interpreter& in, const Number& a, const Number& b) {
  if (a.kind == Number::Kind::NaN || b.kind == Number::Kind::NaN) return nan();
  if (!a.finite() || b.is_zero())
    signal(in, "InvalidOperation", a.is_zero() ? "DivisionUndefined" : "InvalidOperation");
  if (!b.finite()) return a;
  Number quotient, rest;
  divide_whole(in, a, b, quotient, rest);
  return rest;
}

Number raise_to(Interpreter& in, const Number& base, const Number& exponent) {
  const auto count = exponent.finite() && exponent.exponent >= 0 ? exponent.whole().to_int64()
                     : exponent.normalized().exponent >= 0       ? exponent.whole().to_int64()
                                                                 : std::nullopt;
  if (!count || std::llabs(*count) > 100'000) {
    const double result = std::pow(std::stod(base.to_string()), std::stod(exponent.to_string()));
    return Number::from_double(result);
  }
  const std::size_t digits = precision(in) + 12;
  Number result = Number::from_integer(BigInt(1)), square = base;
  for (std::int64_t left = std::llabs(*count); left != 0; left >>= 1) {
    if ((left & 1) != 0) result = multiply(in, result, square).rounded(digits, Rounding::HalfEven);
    if (left > 1) square = multiply(in, square, square).rounded(digits, Rounding::HalfEven);
  }
  if (*count >= 0) return result;
  return divide(in, Number::from_integer(BigInt(1)), result);
}

Number square_root(Interpreter& in, const Number& value) {
  if (value.is_zero() || !value.finite()) return value;
  if (value.negative) signal(in, "InvalidOperation", "InvalidOperation");
  const auto digits = static_cast<std::int64_t>(precision(in)) + 2;
  std::int64_t shift = 2 * digits - static_cast<std::int64_t>(digit_count(value.digits));
  if (shift < 0) shift = 0;
  if (((value.exponent - shift) % 2) != 0) ++shift;
  const BigInt scaled = value.digits * power_of_ten(static_cast<std::uint64_t>(shift));
  BigInt root = power_of_ten((digit_count(scaled) + 1) / 2 + 1), quotient, remainder;
  while (true) {
    in.tick(10);
    BigInt::divide(scaled, root, quotient, remainder);
    const BigInt next = (root + quotient).shift_right(1);
    if (next.compare(root) >= 0) break;
    root = next;
  }
  Number out;
  out.digits = root;
  out.exponent = (value.exponent - shift) / 2;
  if (root * root == scaled) {
    const std::int64_t ideal = value.exponent >= 0 ? value.exponent / 2 : (value.exponent - 1) / 2;
    Number plain = out.normalized();
    return plain.exponent > ideal && plain.exponent - ideal < digits
               ? plain.with_exponent(ideal, Rounding::Down)
               : plain;
  }
  const char last = out.digits.to_string().back();
  if (last == '0' || last == '5') out.digits = out.digits + BigInt(1);
  return out;
}

}  // namespace cupel::python::decimal
