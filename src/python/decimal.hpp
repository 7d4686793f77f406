// SPDX-License-Identifier: MIT
// Decimal numbers: sign, digits, exponent, with the rules of Python's decimal at a given precision.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "python/bigint.hpp"

namespace cupel::python {

enum class Rounding : std::uint8_t {
  HalfEven,
  HalfUp,
  HalfDown,
  Down,
  Up,
  Floor,
  Ceiling,
  ZeroFiveUp
};

struct DecimalNumber {
  enum class Kind : std::uint8_t { Finite, Infinite, NaN };
  Kind kind = Kind::Finite;
  bool negative = false;
  BigInt digits;  ///< not negative
  std::int64_t exponent = 0;

  /// nullopt if the text is no number.
  static std::optional<DecimalNumber> parse(std::string_view text);
  static DecimalNumber from_integer(const BigInt& value);
  /// Exactly.
  static DecimalNumber from_double(double value);
  bool is_zero() const { return kind == Kind::Finite && digits.is_zero(); }
  bool finite() const { return kind == Kind::Finite; }
  /// The exponent of the first digit.
  std::int64_t adjusted() const;
  std::string to_string() const;
  /// Of finite numbers.
  int compare(const DecimalNumber& other) const;
  DecimalNumber with_exponent(std::int64_t exponent, Rounding rounding) const;
  DecimalNumber rounded(std::size_t precision, Rounding rounding) const;
  DecimalNumber normalized() const;
  /// The whole part, towards zero.
  BigInt whole() const;
};

BigInt power_of_ten(std::uint64_t exponent);
std::size_t digit_count(const BigInt& value);
/// digits / 10^places, rounded; `negative` matters for the directed ways.
BigInt drop_digits(const BigInt& digits, std::uint64_t places, bool negative, Rounding rounding);

}  // namespace cupel::python
