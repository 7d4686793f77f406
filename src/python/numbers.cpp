// SPDX-License-Identifier: MIT
// See numbers.hpp.
#include "python/numbers.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace cupel::python {

using ast::BinaryOp;
using ast::UnaryOp;

namespace {

constexpr std::uint64_t kHashModulus = (std::uint64_t{1} << 61) - 1;

[[noreturn]] void zero_division(Interpreter& in, std::string_view message) {
  in.raise("ZeroDivisionError", message);
}

// --- integers -----------------------------------------------------------------------------------

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  const std::int64_t q = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}
std::int64_t floor_mod(std::int64_t a, std::int64_t b) {
  const std::int64_t r = a % b;
  return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

Value integer_power(Interpreter& in, const Value& a, const Value& b);

/// Unset where 64 bits do not do.
Value small_binary(Interpreter& in, BinaryOp op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (op) {
    case BinaryOp::Add:
      return __builtin_add_overflow(a, b, &result) ? Value() : Value(result);
    case BinaryOp::Sub:
      return __builtin_sub_overflow(a, b, &result) ? Value() : Value(result);
    case BinaryOp::Mul:
      return __builtin_mul_overflow(a, b, &result) ? Value() : Value(result);
    case BinaryOp::FloorDiv:
      if (b == 0) zero_division(in, "integer division or modulo by zero");
      if (b == -1) return a == std::numeric_limits<std::int64_t>::min() ? Value() : Value(-a);
      return Value(floor_div(a, b));
    case BinaryOp::Mod:
      if (b == 0) zero_division(in, "integer modulo by zero");
      return b == -1 ? Value(std::int64_t{0}) : Value(floor_mod(a, b));
    case BinaryOp::RShift:
      if (b < 0) value_error(in, "negative shift count");
      return Value(b > 63 ? (a < 0 ? std::int64_t{-1} : std::int64_t{0}) : a >> b);
    case BinaryOp::LShift:
      if (b < 0) value_error(in, "negative shift count");
      if (b < 62 && a >= 0 && a < (std::int64_t{1} << (62 - b))) return Value(a << b);
      return {};
    case BinaryOp::And:
      return Value(a & b);
    case BinaryOp::Or:
      return Value(a | b);
    case BinaryOp::Xor:
      return Value(a ^ b);
    default:
      return {};
  }
}

Value big_binary(Interpreter& in, BinaryOp op, const BigInt& a, const BigInt& b) {
  const auto shift = [&]() -> std::uint64_t {
    if (b.negative()) value_error(in, "negative shift count");
    const auto bits = b.to_int64();
    return bits ? static_cast<std::uint64_t>(*bits) : std::numeric_limits<std::uint64_t>::max();
  };
  BigInt quotient, remainder;
  switch (op) {
    case BinaryOp::Add:
      return make_int(in, a + b);
    case BinaryOp::Sub:
      return make_int(in, a - b);
    case BinaryOp::Mul:
      in.tick(a.limbs().size() * b.limbs().size() / 64);
      return make_int(in, a * b);
    case BinaryOp::FloorDiv:
    case BinaryOp::Mod:
      if (b.is_zero()) {
        zero_division(in, op == BinaryOp::Mod ? "integer modulo by zero"
                                              : "integer division or modulo by zero");
      }
      in.tick(a.limbs().size() * b.limbs().size() / 64);
      BigInt::divide(a, b, quotient, remainder);
      return make_int(in, op == BinaryOp::Mod ? remainder : quotient);
    case BinaryOp::LShift:
      return make_int(in, a.shift_left(shift()));
    case BinaryOp::RShift:
      return make_int(in, a.shift_right(shift()));
    case BinaryOp::And:
      return make_int(in, BigInt::bitwise(a, b, '&'));
    case BinaryOp::Or:
      return make_int(in, BigInt::bitwise(a, b, '|'));
    case BinaryOp::Xor:
      return make_int(in, BigInt::bitwise(a, b, '^'));
    default:
      return {};
  }
}

double float_power(Interpreter& in, double a, double b) {
  if (a == 0 && b < 0) zero_division(in, "0.0 cannot be raised to a negative power");
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::trunc(b)) {
    value_error(in, "complex numbers are not supported");
  }
  const double result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b)) {
    in.raise("OverflowError", "(34, 'Numerical result out of range')");
  }
  return result;
}

Value integer_power(Interpreter& in, const Value& a, const Value& b) {
  const BigInt exponent = to_big(b);
  const BigInt base = to_big(a);
  if (exponent.negative()) {
    return Value(float_power(in, base.to_double(), exponent.to_double()));
  }
  const auto count = exponent.to_int64();
  const auto small = base.to_int64();
  if (small && (*small == 0 || *small == 1 || *small == -1)) {
    if (exponent.is_zero()) return Value(std::int64_t{1});
    const bool odd = (exponent.limbs()[0] & 1) != 0;
    return Value(*small == -1 && !odd ? std::int64_t{1} : *small);
  }
  if (!count || static_cast<std::uint64_t>(*count) > BigInt::kMaxBits ||
      static_cast<std::uint64_t>(*count) * (base.bit_length() - 1) > BigInt::kMaxBits) {
    throw BigInt::TooLarge();
  }
  in.tick(base.bit_length() * static_cast<std::uint64_t>(*count) / 1024);
  return make_int(in, base.power(static_cast<std::uint64_t>(*count)));
}

// --- floats -------------------------------------------------------------------------------------

Value float_binary(Interpreter& in, BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::Add:
      return Value(a + b);
    case BinaryOp::Sub:
      return Value(a - b);
    case BinaryOp::Mul:
      return Value(a * b);
    case BinaryOp::Div:
      if (b == 0) zero_division(in, "float division by zero");
      return Value(a / b);
    case BinaryOp::FloorDiv:
      if (b == 0) zero_division(in, "float floor division by zero");
      return Value(float_floor_divide(a, b));
    case BinaryOp::Mod:
      if (b == 0) zero_division(in, "float modulo");
      return Value(float_modulo(a, b));
    case BinaryOp::Pow:
      return Value(float_power(in, a, b));
    default:
      return {};
  }
}

double to_float(Interpreter& in, const Value& value) {
  const double number = *in.to_double(value);
  if (std::isinf(number) && value.is(Layout::Int))
    in.raise("OverflowError", "int too large to convert to float");
  return number;
}

bool is_floating(const Value& value) { return value.is_float() || value.is(Layout::Float); }

}  // namespace

double float_modulo(double a, double b) {
  double result = std::fmod(a, b);
  if (result != 0) {
    if ((b < 0) != (result < 0)) result += b;
  } else {
    result = std::copysign(0.0, b);
  }
  return result;
}

double float_floor_divide(double a, double b) {
  const double mod = std::fmod(a, b);
  double quotient = (a - mod) / b;
  if (mod != 0 && (b < 0) != (mod < 0)) quotient -= 1.0;
  if (quotient == 0) return std::copysign(0.0, a / b);
  double result = std::floor(quotient);
  if (quotient - result > 0.5) result += 1.0;
  return result;
}

double divide_exactly(Interpreter& in, const BigInt& a, const BigInt& b) {
  if (b.is_zero()) zero_division(in, "division by zero");
  if (a.is_zero()) return b.negative() ? -0.0 : 0.0;
  const auto x = a.to_int64(), y = b.to_int64();
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (x && y && *x > -kExact && *x<kExact&& * y> - kExact && *y < kExact) {
    return static_cast<double>(*x) / static_cast<double>(*y);
  }
  const bool negative = a.negative() != b.negative();
  BigInt n = a.negative() ? -a : a, d = b.negative() ? -b : b;
  const std::int64_t shift =
      66 - (static_cast<std::int64_t>(n.bit_length()) - static_cast<std::int64_t>(d.bit_length()));
  if (shift > 0) n = n.shift_left(static_cast<std::uint64_t>(shift));
  if (shift < 0) d = d.shift_left(static_cast<std::uint64_t>(-shift));
  BigInt quotient, remainder;
  BigInt::divide(n, d, quotient, remainder);
  if (!remainder.is_zero()) quotient = BigInt::bitwise(quotient, BigInt(1), '|');
  const double result =
      std::ldexp(quotient.to_double(), static_cast<int>(std::max<std::int64_t>(-shift, -5000)));
  if (std::isinf(result))
    in.raise("OverflowError", "integer division result too large for a float");
  return negative ? -result : result;
}

Value number_binary(Interpreter& in, BinaryOp op, const Value& a, const Value& b) {
  const bool a_int = in.is_integer(a), b_int = in.is_integer(b);
  if (a_int && b_int) {
    if (op == BinaryOp::Div) return Value(divide_exactly(in, to_big(a), to_big(b)));
    if (op == BinaryOp::Pow) return integer_power(in, a, b);
    if (op == BinaryOp::MatMul) return {};
    const bool bools = a.is_bool() && b.is_bool();
    if (bools && op == BinaryOp::And) return Value(a.boolean() && b.boolean());
    if (bools && op == BinaryOp::Or) return Value(a.boolean() || b.boolean());
    if (bools && op == BinaryOp::Xor) return Value(a.boolean() != b.boolean());
    if (!a.is_object() && !b.is_object()) {
      Value result = small_binary(in, op, a.integer(), b.integer());
      if (result.is_set()) return result;
    }
    return big_binary(in, op, to_big(a), to_big(b));
  }
  if ((a_int || is_floating(a)) && (b_int || is_floating(b))) {
    return float_binary(in, op, to_float(in, a), to_float(in, b));
  }
  return {};
}

Value number_unary(Interpreter& in, UnaryOp op, const Value& a) {
  if (in.is_integer(a)) {
    if (op == UnaryOp::Plus) return make_int(in, to_big(a));
    const BigInt value = to_big(a);
    return make_int(in, op == UnaryOp::Minus ? -value : -value - BigInt(1));
  }
  if (is_floating(a) && op != UnaryOp::Invert) {
    const double value = *in.to_double(a);
    return Value(op == UnaryOp::Minus ? -value : value);
  }
  return {};
}

bool number_compare(Interpreter& in, const Value& a, const Value& b, int& order, bool& unordered) {
  const bool a_int = in.is_integer(a), b_int = in.is_integer(b);
  if ((!a_int && !is_floating(a)) || (!b_int && !is_floating(b))) return false;
  if (a_int && b_int) {
    if (!a.is_object() && !b.is_object()) {
      order = a.integer() < b.integer() ? -1 : a.integer() > b.integer() ? 1 : 0;
    } else {
      order = to_big(a).compare(to_big(b));
    }
    return true;
  }
  const double x = *in.to_double(a), y = *in.to_double(b);
  unordered = std::isnan(x) || std::isnan(y);
  if (unordered) return true;
  const auto beyond = [](double value) { return std::fabs(value) >= 9007199254740992.0; };
  if ((a_int || b_int) && (beyond(x) || beyond(y)) && std::isfinite(a_int ? y : x)) {
    // An integer that no double holds is compared as an integer; the float has no fraction there,
    // or is much smaller.
    const BigInt m = a_int ? to_big(a) : BigInt::from_double(x);
    const BigInt n = b_int ? to_big(b) : BigInt::from_double(y);
    order = m.compare(n);
    if (order == 0) {
      const double fraction = a_int ? y - std::trunc(y) : x - std::trunc(x);
      if (fraction != 0) order = (fraction > 0) == a_int ? -1 : 1;
    }
    return true;
  }
  order = x < y ? -1 : x > y ? 1 : 0;
  return true;
}

// --- hashing ------------------------------------------------------------------------------------

std::uint64_t hash_double(double value) {
  if (std::isinf(value)) return value > 0 ? 314159 : static_cast<std::uint64_t>(-314159);
  if (std::isnan(value)) return 0;
  int exponent = 0;
  double fraction = std::frexp(std::fabs(value), &exponent);
  std::uint64_t hash = 0;
  while (fraction != 0) {
    hash = ((hash << 28) & kHashModulus) | hash >> 33;
    fraction *= 268435456.0;
    exponent -= 28;
    const auto part = static_cast<std::uint64_t>(fraction);
    fraction -= static_cast<double>(part);
    hash += part;
    if (hash >= kHashModulus) hash -= kHashModulus;
  }
  exponent = exponent >= 0 ? exponent % 61 : 61 - 1 - ((-1 - exponent) % 61);
  hash = ((hash << exponent) & kHashModulus) | hash >> (61 - exponent);
  if (value < 0) hash = 0 - hash;
  return hash == static_cast<std::uint64_t>(-1) ? static_cast<std::uint64_t>(-2) : hash;
}

std::uint64_t number_hash(const Value& value) {
  if (value.is_float()) return hash_double(value.real());
  if (const auto* object = value.as<FloatObject>()) return hash_double(object->value);
  if (const auto* object = value.as<IntObject>()) {
    std::uint64_t hash = 0;
    const auto& limbs = object->value.limbs();
    for (std::size_t i = limbs.size(); i-- > 0;) {
      hash = static_cast<std::uint64_t>(((static_cast<unsigned __int128>(hash) << 32) | limbs[i]) %
                                        kHashModulus);
    }
    if (object->value.negative()) hash = 0 - hash;
    return hash == static_cast<std::uint64_t>(-1) ? static_cast<std::uint64_t>(-2) : hash;
  }
  const std::int64_t number = value.integer();
  const std::uint64_t magnitude =
      number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  std::uint64_t hash = magnitude % kHashModulus;
  if (number < 0) hash = 0 - hash;
  return hash == static_cast<std::uint64_t>(-1) ? static_cast<std::uint64_t>(-2) : hash;
}

// --- pow, round ------------------------------------------------------------------------------

namespace {

/// The number whose product with `value` is 1, modulo `m`: Euclid's way.
BigInt inverse(Interpreter& in, const BigInt& value, const BigInt& m) {
  BigInt a = value, b = m, x(1), y(0), quotient, remainder;
  while (!b.is_zero()) {
    in.tick(1 + m.limbs().size());
    BigInt::divide(a, b, quotient, remainder);
    a = b;
    b = remainder;
    const BigInt next = x - quotient * y;
    x = y;
    y = next;
  }
  if (a.compare(BigInt(1)) != 0 && a.compare(BigInt(-1)) != 0)
    value_error(in, "base is not invertible for the given modulus");
  if (a.negative()) x = -x;
  BigInt::divide(x, m, quotient, remainder);
  return remainder;
}

}  // namespace

Value power_modulo(Interpreter& in, const Value& a, const Value& b, const Value& modulus) {
  BigInt m = to_big(modulus), exponent = to_big(b), quotient, base, result(1);
  if (m.is_zero()) value_error(in, "pow() 3rd argument cannot be 0");
  BigInt::divide(to_big(a), m, quotient, base);
  if (exponent.negative()) {
    base = inverse(in, base, m);
    exponent = -exponent;
  }
  for (std::size_t i = 0; i < exponent.bit_length(); ++i) {
    in.tick(1 + m.limbs().size() * m.limbs().size() / 32);
    if ((exponent.limbs()[i / 32] >> (i % 32) & 1) != 0)
      BigInt::divide(result * base, m, quotient, result);
    BigInt::divide(base * base, m, quotient, base);
  }
  BigInt::divide(result, m, quotient, result);
  return make_int(in, result);
}

double round_double(double value, std::int64_t digits) {
  if (!std::isfinite(value) || digits > 330) return value;
  if (digits < -310) return std::copysign(0.0, value);
  if (digits < 0) {
    const double scale = std::pow(10.0, static_cast<double>(-digits));
    const double scaled = value / scale;
    double rounded = std::nearbyint(scaled);
    if (std::fabs(scaled - std::trunc(scaled)) == 0.5) rounded = 2.0 * std::nearbyint(scaled / 2.0);
    return rounded * scale;
  }
  // The shortest correct way: print with so many digits, which rounds the exact binary value, and
  // read again.
  char buffer[800];
  const auto printed = std::to_chars(buffer, buffer + sizeof buffer, value,
                                     std::chars_format::fixed, static_cast<int>(digits));
  double result = value;
  if (printed.ec == std::errc()) std::from_chars(buffer, printed.ptr, result);
  return result;
}

}  // namespace cupel::python
