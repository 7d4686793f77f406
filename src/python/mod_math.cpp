// SPDX-License-Identifier: MIT
// The module math.
#include <cmath>
#include <limits>
#include <numbers>

#include "python/modules.hpp"
#include "python/numbers.hpp"

namespace cupel::python {
namespace {

[[noreturn]] void domain_error(Interpreter& in) { value_error(in, "math domain error"); }

NativeCode one(double (*function)(double)) {
  return [function](Call& call) -> Value {
    const double argument = call.real(0);
    const double result = function(argument);
    if (std::isnan(result) && !std::isnan(argument)) domain_error(call.in);
    if (std::isinf(result) && std::isfinite(argument))
      call.in.raise("OverflowError", "math range error");
    return Value(result);
  };
}

Value rounded(Call& call, Str* name, double (*way)(double)) {
  Interpreter& in = call.in;
  if (const Value* found = lookup_override(in, call[0], name)) {
    const Value method = *found;
    return call_special(in, method, call[0]);
  }
  if (in.is_integer(call[0])) return make_int(in, to_big(call[0]));
  const double value = call.real(0);
  if (std::isnan(value)) value_error(in, "cannot convert float NaN to integer");
  if (std::isinf(value)) in.raise("OverflowError", "cannot convert float infinity to integer");
  return make_int(in, BigInt::from_double(way(value)));
}

double log_of(Interpreter& in, const Value& value, double (*log)(double)) {
  if (in.is_integer(value)) {
    const BigInt big = to_big(value);
    if (big.negative() || big.is_zero()) domain_error(in);
    const std::size_t bits = big.bit_length();
    if (bits <= 1000) return log(big.to_double());
    const std::size_t drop = bits - 64;
    return log(big.shift_right(drop).to_double()) + static_cast<double>(drop) * log(2.0);
  }
  const Call call(in, {}, std::span<const Value>(&value, 1), "log");
  const double real = call.real(0);
  if (real <= 0) domain_error(in);
  return log(real);
}

Value integer_root(Call& call) {
  const BigInt value = call.in.is_integer(call[0]) ? to_big(call[0]) : BigInt(call.integer(0));
  if (value.negative()) value_error(call.in, "isqrt() argument must be nonnegative");
  if (value.is_zero()) return Value(0);
  BigInt root = BigInt(1).shift_left((value.bit_length() + 1) / 2), quotient, rest;
  while (true) {
    call.in.tick(1 + value.limbs().size());
    BigInt::divide(value, root, quotient, rest);
    const BigInt next = (root + quotient).shift_right(1);
    if (next.compare(root) >= 0) break;
    root = next;
  }
  return make_int(call.in, root);
}

Value greatest_divisor(Call& call, bool multiple) {
  BigInt total(multiple ? 1 : 0);
  for (const Value& item : Values(call[0].as<Tuple>()->items)) {
    if (!call.in.is_integer(item))
      type_error(call.in, "'" + std::string(call.in.type_name(item)) +
                              "' object cannot be interpreted as an integer");
    BigInt value = to_big(item);
    if (value.negative()) value = -value;
    BigInt a = total, b = value, quotient, rest;
    while (!b.is_zero()) {
      call.in.tick(1 + b.limbs().size());
      BigInt::divide(a, b, quotient, rest);
      a = b;
      b = rest;
    }
    if (!multiple) {
      total = a;
    } else if (total.is_zero() || value.is_zero()) {
      total = BigInt();
    } else {
      BigInt::divide(total * value, a, total, rest);
    }
  }
  return make_int(call.in, total);
}

Value factorial(Call& call) {
  const std::int64_t n = call.integer(0);
  if (n < 0) value_error(call.in, "factorial() not defined for negative values");
  BigInt result(1);
  for (std::int64_t i = 2; i <= n; ++i) {
    call.in.tick(1 + result.limbs().size() / 16);
    result = result * BigInt(i);
  }
  return make_int(call.in, result);
}

Value combinations(Call& call, bool ordered) {
  const std::int64_t n = call.integer(0);
  std::int64_t k = call.is_none(1) ? n : call.integer(1);
  if (n < 0 || k < 0)
    value_error(call.in, std::string(n < 0 ? "n" : "k") + " must be a non-negative integer");
  if (k > n) return Value(0);
  if (!ordered) k = std::min(k, n - k);
  BigInt result(1), rest;
  for (std::int64_t i = 0; i < k; ++i) {
    call.in.tick(1 + result.limbs().size() / 16);
    result = result * BigInt(n - i);
    if (!ordered) BigInt::divide(result, BigInt(i + 1), result, rest);
  }
  return make_int(call.in, result);
}

/// The sum of floats, rounded once (Shewchuk).
Value exact_sum(Call& call) {
  std::vector<double> partials;
  for_each(call.in, call[0], [&](const Value& item) {
    const Call wrapped(call.in, {}, std::span<const Value>(&item, 1), "fsum");
    double x = wrapped.real(0);
    std::size_t kept = 0;
    for (double y : partials) {
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      const double high = x + y;
      const double low = y - (high - x);
      if (low != 0) partials[kept++] = low;
      x = high;
    }
    partials.resize(kept);
    partials.push_back(x);
    return true;
  });
  double total = 0;
  std::size_t n = partials.size();
  double low = 0;
  if (n > 0) {
    total = partials[--n];
    while (n > 0) {
      const double x = total, y = partials[--n];
      total = x + y;
      low = y - (total - x);
      if (low != 0) break;
    }
    if (n > 0 && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0))) {
      const double y = low * 2, x = total + y;
      if (y == x - total) total = x;
    }
  }
  return Value(total);
}

Value is_close(Call& call) {
  const double a = call.real(0), b = call.real(1), relative = call.real(2), absolute = call.real(3);
  if (a == b) return Value(true);
  if (std::isinf(a) || std::isinf(b)) return Value(false);
  const double apart = std::fabs(a - b);
  return Value(apart <= std::fabs(relative * b) || apart <= std::fabs(relative * a) ||
               apart <= absolute);
}

void setup_simple(Interpreter& in, Module& module) {
  const std::pair<const char*, double (*)(double)> functions[] = {
      {"sqrt(x, /)", std::sqrt},   {"exp(x, /)", std::exp},      {"expm1(x, /)", std::expm1},
      {"log1p(x, /)", std::log1p}, {"sin(x, /)", std::sin},      {"cos(x, /)", std::cos},
      {"tan(x, /)", std::tan},     {"asin(x, /)", std::asin},    {"acos(x, /)", std::acos},
      {"atan(x, /)", std::atan},   {"sinh(x, /)", std::sinh},    {"cosh(x, /)", std::cosh},
      {"tanh(x, /)", std::tanh},   {"asinh(x, /)", std::asinh},  {"acosh(x, /)", std::acosh},
      {"atanh(x, /)", std::atanh}, {"gamma(x, /)", std::tgamma}, {"lgamma(x, /)", std::lgamma},
      {"erf(x, /)", std::erf},     {"erfc(x, /)", std::erfc},    {"fabs(x, /)", std::fabs},
      {"cbrt(x, /)", std::cbrt}};
  for (const auto& [signature, function] : functions)
    in.add_function(module, signature, one(function));
}

}  // namespace

void fill_math(Interpreter& in, Module& module) {
  in.add(module, "pi", Value(std::numbers::pi));
  in.add(module, "e", Value(std::numbers::e));
  in.add(module, "tau", Value(2 * std::numbers::pi));
  in.add(module, "inf", Value(std::numeric_limits<double>::infinity()));
  in.add(module, "nan", Value(std::numeric_limits<double>::quiet_NaN()));
  setup_simple(in, module);
  in.add_function(module, "floor(x, /)",
                  [](Call& call) { return rounded(call, names(call.in).floor, std::floor); });
  in.add_function(module, "ceil(x, /)",
                  [](Call& call) { return rounded(call, names(call.in).ceil, std::ceil); });
  in.add_function(module, "trunc(x, /)",
                  [](Call& call) { return rounded(call, names(call.in).trunc, std::trunc); });
  in.add_function(module, "log(x, base=None, /)", [](Call& call) -> Value {
    const double value = log_of(call.in, call[0], std::log);
    if (call.is_none(1)) return Value(value);
    const double base = log_of(call.in, call[1], std::log);
    if (base == 0) call.in.raise("ZeroDivisionError", "float division by zero");
    return Value(value / base);
  });
  in.add_function(module, "log2(x, /)",
                  [](Call& call) -> Value { return Value(log_of(call.in, call[0], std::log2)); });
  in.add_function(module, "log10(x, /)",
                  [](Call& call) -> Value { return Value(log_of(call.in, call[0], std::log10)); });
  in.add_function(module, "pow(x, y, /)", [](Call& call) -> Value {
    const double x = call.real(0), y = call.real(1), result = std::pow(x, y);
    if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) domain_error(call.in);
    if (std::isinf(result) && std::isfinite(x) && std::isfinite(y)) {
      if (x == 0) domain_error(call.in);
      call.in.raise("OverflowError", "math range error");
    }
    return Value(result);
  });
  in.add_function(module, "fmod(x, y, /)", [](Call& call) -> Value {
    if (call.real(1) == 0) domain_error(call.in);
    return Value(std::fmod(call.real(0), call.real(1)));
  });
  in.add_function(module, "remainder(x, y, /)", [](Call& call) -> Value {
    return Value(std::remainder(call.real(0), call.real(1)));
  });
  in.add_function(module, "copysign(x, y, /)", [](Call& call) -> Value {
    return Value(std::copysign(call.real(0), call.real(1)));
  });
  in.add_function(module, "atan2(y, x, /)", [](Call& call) -> Value {
    return Value(std::atan2(call.real(0), call.real(1)));
  });
  in.add_function(module, "hypot(*coordinates)", [](Call& call) -> Value {
    double total = 0;
    for (const Value& item : Values(call[0].as<Tuple>()->items)) {
      const Call wrapped(call.in, {}, std::span<const Value>(&item, 1), "hypot");
      total = std::hypot(total, wrapped.real(0));
    }
    return Value(total);
  });
  in.add_function(module, "degrees(x, /)", [](Call& call) -> Value {
    return Value(call.real(0) * (180 / std::numbers::pi));
  });
  in.add_function(module, "radians(x, /)", [](Call& call) -> Value {
    return Value(call.real(0) * (std::numbers::pi / 180));
  });
  in.add_function(module, "isnan(x, /)",
                  [](Call& call) -> Value { return Value(std::isnan(call.real(0))); });
  in.add_function(module, "isinf(x, /)",
                  [](Call& call) -> Value { return Value(std::isinf(call.real(0))); });
  in.add_function(module, "isfinite(x, /)",
                  [](Call& call) -> Value { return Value(std::isfinite(call.real(0))); });
  in.add_function(module, "isclose(a, b, *, rel_tol=0.000000001, abs_tol=0.0)", is_close);
  in.add_function(module, "isqrt(n, /)", integer_root);
  in.add_function(module, "gcd(*integers)",
                  [](Call& call) { return greatest_divisor(call, false); });
  in.add_function(module, "lcm(*integers)",
                  [](Call& call) { return greatest_divisor(call, true); });
  in.add_function(module, "factorial(n, /)", factorial);
  in.add_function(module, "comb(n, k, /)", [](Call& call) { return combinations(call, false); });
  in.add_function(module, "perm(n, k=None, /)",
                  [](Call& call) { return combinations(call, true); });
  in.add_function(module, "fsum(iterable, /)", exact_sum);
  in.add_function(module, "prod(iterable, /, *, start=1)", [](Call& call) -> Value {
    Value total = call[1];
    for_each(call.in, call[0], [&](const Value& item) {
      total = binary(call.in, ast::BinaryOp::Mul, total, item);
      return true;
    });
    return total;
  });
  in.add_function(module, "modf(x, /)", [](Call& call) -> Value {
    double whole = 0;
    const double fraction = std::modf(call.real(0), &whole);
    return make_tuple(call.in, Values{Value(fraction), Value(whole)});
  });
  in.add_function(module, "frexp(x, /)", [](Call& call) -> Value {
    int exponent = 0;
    const double fraction = std::frexp(call.real(0), &exponent);
    return make_tuple(call.in, Values{Value(fraction), Value(exponent)});
  });
  in.add_function(module, "ldexp(x, i, /)", [](Call& call) -> Value {
    return Value(std::ldexp(call.real(0), static_cast<int>(std::clamp<std::int64_t>(
                                              call.integer(1), -100000, 100000))));
  });
}

}  // namespace cupel::python
