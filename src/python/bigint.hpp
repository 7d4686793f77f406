// SPDX-License-Identifier: MIT
// Integers of any size up to a bound that keeps every operation short: sign and magnitude, 32 bits
// a limb.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::python {

class BigInt {
 public:
  /// More bits than anybody needs in a script; beyond it operations throw BigInt::TooLarge.
  static constexpr std::size_t kMaxBits = std::size_t{1} << 18;
  struct TooLarge : std::overflow_error {
    TooLarge() : overflow_error("integer is too large") {}
  };
  struct DivisionByZero : std::domain_error {
    DivisionByZero() : domain_error("division by zero") {}
  };

  BigInt() = default;
  BigInt(std::int64_t value);  // NOLINT(google-explicit-constructor): every integer is one
  static BigInt from_uint64(std::uint64_t value);
  /// Of a finite number, truncated.
  static BigInt from_double(double value);
  /// Digits only, in any base up to 36; nullopt if a character does not fit.
  static std::optional<BigInt> parse(std::string_view digits, unsigned base);

  bool negative() const { return negative_; }
  bool is_zero() const { return limbs_.empty(); }
  std::optional<std::int64_t> to_int64() const;
  /// Nearest double; infinity if out of range.
  double to_double() const;
  std::string to_string(unsigned base = 10) const;
  std::size_t bit_length() const;
  /// 32 bits each, lowest first.
  const std::vector<std::uint32_t>& limbs() const { return limbs_; }
  static BigInt from_limbs(std::vector<std::uint32_t> limbs, bool negative);

  int compare(const BigInt& other) const;
  bool operator==(const BigInt& other) const = default;
  BigInt operator-() const;
  BigInt operator+(const BigInt& other) const;
  BigInt operator-(const BigInt& other) const;
  BigInt operator*(const BigInt& other) const;
  /// Rounds down, as Python does; the remainder has the divisor's sign.
  static void divide(const BigInt& a, const BigInt& b, BigInt& quotient, BigInt& remainder);
  BigInt power(std::uint64_t exponent) const;
  BigInt shift_left(std::uint64_t bits) const;
  BigInt shift_right(std::uint64_t bits) const;
  /// Two's complement with infinite sign, as Python's & | ^.
  static BigInt bitwise(const BigInt& a, const BigInt& b, char op);

 private:
  static int compare_magnitude(const std::vector<std::uint32_t>& a,
                               const std::vector<std::uint32_t>& b);
  static std::vector<std::uint32_t> add_magnitude(const std::vector<std::uint32_t>& a,
                                                  const std::vector<std::uint32_t>& b);
  static std::vector<std::uint32_t> subtract_magnitude(const std::vector<std::uint32_t>& a,
                                                       const std::vector<std::uint32_t>& b);
  static void divide_magnitude(const std::vector<std::uint32_t>& a,
                               const std::vector<std::uint32_t>& b,
                               std::vector<std::uint32_t>& quotient,
                               std::vector<std::uint32_t>& remainder);
  void trim();
  bool negative_ = false;
  std::vector<std::uint32_t> limbs_;
};

}  // namespace cupel::python
