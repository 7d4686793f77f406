// SPDX-License-Identifier: MIT
// See decimal.hpp.
#include "python/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cupel/base/text.hpp"

namespace cupel::python {

namespace {
constexpr std::int64_t kMaxExponent = 999'999;
}

BigInt power_of_ten(std::uint64_t exponent) {
  if (exponent > 70'000) throw BigInt::TooLarge();
  return BigInt(10).power(exponent);
}

std::size_t digit_count(const BigInt& value) {
  if (value.is_zero()) return 1;
  return value.to_string().size();
}

BigInt drop_digits(const BigInt& digits, std::uint64_t places, bool negative, Rounding rounding) {
  if (places > digit_count(digits) + 1)
    places = digit_count(digits) + 1;  // all that matters is left
  const BigInt unit = power_of_ten(places);
  BigInt quotient, remainder;
  BigInt::divide(digits, unit, quotient, remainder);
  if (remainder.is_zero()) return quotient;
  const int half = (remainder + remainder).compare(unit);
  const bool odd = !quotient.is_zero() && (quotient.limbs()[0] & 1) != 0;
  bool up = false;
  switch (rounding) {
    case Rounding::HalfEven:
      up = half > 0 || (half == 0 && odd);
      break;
    case Rounding::HalfUp:
      up = half >= 0;
      break;
    case Rounding::HalfDown:
      up = half > 0;
      break;
    case Rounding::Down:
      break;
    case Rounding::Up:
      up = true;
      break;
    case Rounding::Floor:
      up = negative;
      break;
    case Rounding::Ceiling:
      up = !negative;
      break;
    case Rounding::ZeroFiveUp: {
      const char last = quotient.to_string().back();
      up = last == '0' || last == '5';
      break;
    }
  }
  return up ? quotient + BigInt(1) : quotient;
}

std::optional<DecimalNumber> DecimalNumber::parse(std::string_view given) {
  std::string clean;
  for (const char c : text::trim(given)) {
    if (c != '_') clean += c;
  }
  std::string_view rest = clean;
  DecimalNumber out;
  if (!rest.empty() && (rest[0] == '+' || rest[0] == '-')) {
    out.negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  const std::string lower = text::to_lower(rest);
  if (lower == "inf" || lower == "infinity") {
    out.kind = Kind::Infinite;
    return out;
  }
  if (lower == "nan" || lower == "snan") {
    out.kind = Kind::NaN;
    return out;
  }
  std::string digits;
  bool point = false;
  std::size_t i = 0;
  for (; i < rest.size(); ++i) {
    if (rest[i] == '.' && !point) {
      point = true;
    } else if (rest[i] >= '0' && rest[i] <= '9') {
      digits += rest[i];
      if (point) --out.exponent;
    } else {
      break;
    }
  }
  if (digits.empty()) return std::nullopt;
  if (i < rest.size()) {
    if ((rest[i] | 32) != 'e') return std::nullopt;
    std::string_view exponent = rest.substr(i + 1);
    if (exponent.starts_with("+")) exponent.remove_prefix(1);
    std::int64_t value = 0;
    const auto result = std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
    if (exponent.empty() || result.ec != std::errc() ||
        result.ptr != exponent.data() + exponent.size())
      return std::nullopt;
    out.exponent += std::clamp<std::int64_t>(value, -2 * kMaxExponent, 2 * kMaxExponent);
  }
  if (digits.size() > 20'000) throw BigInt::TooLarge();
  out.digits = *BigInt::parse(digits, 10);
  return out;
}

DecimalNumber DecimalNumber::from_integer(const BigInt& value) {
  DecimalNumber out;
  out.negative = value.negative();
  out.digits = out.negative ? -value : value;
  return out;
}

DecimalNumber DecimalNumber::from_double(double value) {
  DecimalNumber out;
  out.negative = std::signbit(value);
  if (!std::isfinite(value)) {
    out.kind = std::isnan(value) ? Kind::NaN : Kind::Infinite;
    return out;
  }
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(value), &exponent);
  BigInt mantissa = BigInt::from_double(std::ldexp(fraction, 53));
  exponent -= 53;
  while (!mantissa.is_zero() && exponent < 0 && (mantissa.limbs()[0] & 1) == 0) {
    mantissa = mantissa.shift_right(1);
    ++exponent;
  }
  if (mantissa.is_zero()) return out;
  if (exponent >= 0) {
    out.digits = mantissa.shift_left(static_cast<std::uint64_t>(exponent));
  } else {
    out.digits = mantissa * BigInt(5).power(static_cast<std::uint64_t>(-exponent));
    out.exponent = exponent;
  }
  return out;
}

std::int64_t DecimalNumber::adjusted() const {
  return exponent + static_cast<std::int64_t>(digit_count(digits)) - 1;
}

std::string DecimalNumber::to_string() const {
  const std::string sign = negative ? "-" : "";
  if (kind == Kind::Infinite) return sign + "Infinity";
  if (kind == Kind::NaN) return sign + "NaN";
  const std::string text = digits.to_string();
  const std::int64_t left = exponent + static_cast<std::int64_t>(text.size());
  const bool plain = exponent <= 0 && left > -6;
  const std::int64_t point = plain ? left : 1;
  std::string out;
  if (point <= 0) {
    out = "0." + std::string(static_cast<std::size_t>(-point), '0') + text;
  } else if (point >= static_cast<std::int64_t>(text.size())) {
    out = text + std::string(static_cast<std::size_t>(point) - text.size(), '0');
  } else {
    out = text.substr(0, static_cast<std::size_t>(point)) + "." +
          text.substr(static_cast<std::size_t>(point));
  }
  if (left != point)
    out += "E" + std::string(left - point < 0 ? "" : "+") + std::to_string(left - point);
  return sign + out;
}

int DecimalNumber::compare(const DecimalNumber& other) const {
  if (is_zero() || other.is_zero()) {
    if (is_zero() && other.is_zero()) return 0;
    return is_zero() ? (other.negative ? 1 : -1) : (negative ? -1 : 1);
  }
  if (negative != other.negative) return negative ? -1 : 1;
  int order = 0;
  if (adjusted() != other.adjusted()) {
    order = adjusted() < other.adjusted() ? -1 : 1;
  } else {
    const std::int64_t low = std::min(exponent, other.exponent);
    const BigInt a = digits * power_of_ten(static_cast<std::uint64_t>(exponent - low));
    const BigInt b = other.digits * power_of_ten(static_cast<std::uint64_t>(other.exponent - low));
    order = a.compare(b);
  }
  return negative ? -order : order;
}

DecimalNumber DecimalNumber::with_exponent(std::int64_t wanted, Rounding rounding) const {
  DecimalNumber out(*this);
  if (wanted < exponent) {
    if (!digits.is_zero())
      out.digits = digits * power_of_ten(static_cast<std::uint64_t>(exponent - wanted));
  } else if (wanted > exponent) {
    out.digits =
        drop_digits(digits, static_cast<std::uint64_t>(wanted - exponent), negative, rounding);
  }
  out.exponent = wanted;
  return out;
}

DecimalNumber DecimalNumber::rounded(std::size_t precision, Rounding rounding) const {
  if (kind != Kind::Finite) return *this;
  const std::size_t count = digit_count(digits);
  if (count <= precision) return *this;
  DecimalNumber out =
      with_exponent(exponent + static_cast<std::int64_t>(count - precision), rounding);
  // 999 may have become 1000.
  if (digit_count(out.digits) > precision)
    out = out.with_exponent(out.exponent + 1, Rounding::Down);
  return out;
}

DecimalNumber DecimalNumber::normalized() const {
  DecimalNumber out(*this);
  if (kind != Kind::Finite) return out;
  if (digits.is_zero()) {
    out.exponent = 0;
    return out;
  }
  std::string text = digits.to_string();
  const std::size_t last = text.find_last_not_of('0');
  out.exponent += static_cast<std::int64_t>(text.size() - last - 1);
  text.resize(last + 1);
  out.digits = *BigInt::parse(text, 10);
  return out;
}

BigInt DecimalNumber::whole() const {
  BigInt value = exponent >= 0 ? digits * power_of_ten(static_cast<std::uint64_t>(exponent))
                               : drop_digits(digits, static_cast<std::uint64_t>(-exponent), false,
                                             Rounding::Down);
  return negative ? -value : value;
}

}  // namespace cupel::python
