// SPDX-License-Identifier: MIT
// See bigint.hpp.
#include "python/bigint.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace cupel::python {
namespace {

using Limbs = std::vector<std::uint32_t>;

void trim_limbs(Limbs& limbs) {
  while (!limbs.empty() && limbs.back() == 0) limbs.pop_back();
}

/// Divides in place by a small number and gives the remainder.
std::uint32_t divide_small(Limbs& limbs, std::uint32_t divisor) {
  std::uint64_t rest = 0;
  for (std::size_t i = limbs.size(); i-- > 0;) {
    rest = (rest << 32) | limbs[i];
    limbs[i] = static_cast<std::uint32_t>(rest / divisor);
    rest %= divisor;
  }
  trim_limbs(limbs);
  return static_cast<std::uint32_t>(rest);
}

void multiply_add(Limbs& limbs, std::uint32_t factor, std::uint32_t addend) {
  std::uint64_t carry = addend;
  for (std::uint32_t& limb : limbs) {
    carry += static_cast<std::uint64_t>(limb) * factor;
    limb = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) limbs.push_back(static_cast<std::uint32_t>(carry));
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

/// Two's complement of `size` limbs.
Limbs twos(const Limbs& magnitude, bool negative, std::size_t size) {
  Limbs out(magnitude);
  out.resize(size, 0);
  if (!negative) return out;
  std::uint64_t carry = 1;
  for (std::uint32_t& limb : out) {
    carry += static_cast<std::uint32_t>(~limb);
    limb = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  return out;
}

}  // namespace

BigInt::BigInt(std::int64_t value) : negative_(value < 0) {
  std::uint64_t magnitude =
      negative_ ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  for (; magnitude != 0; magnitude >>= 32) limbs_.push_back(static_cast<std::uint32_t>(magnitude));
}

BigInt BigInt::from_uint64(std::uint64_t value) {
  BigInt out;
  for (; value != 0; value >>= 32) out.limbs_.push_back(static_cast<std::uint32_t>(value));
  return out;
}

BigInt BigInt::from_limbs(std::vector<std::uint32_t> limbs, bool negative) {
  BigInt out;
  out.limbs_ = std::move(limbs);
  out.negative_ = negative;
  out.trim();
  return out;
}

BigInt BigInt::from_double(double value) {
  int exponent = 0;
  const double fraction = std::frexp(std::trunc(std::fabs(value)), &exponent);
  BigInt out = from_uint64(static_cast<std::uint64_t>(std::ldexp(fraction, 64)));
  out = exponent >= 64 ? out.shift_left(static_cast<std::uint64_t>(exponent - 64))
                       : out.shift_right(static_cast<std::uint64_t>(64 - exponent));
  out.negative_ = value < 0 && !out.limbs_.empty();
  return out;
}

std::optional<BigInt> BigInt::parse(std::string_view digits, unsigned base) {
  if (digits.empty()) return std::nullopt;
  if (digits.size() > kMaxBits) throw TooLarge();
  BigInt out;
  for (const char c : digits) {
    const int digit = digit_of(c);
    if (digit >= static_cast<int>(base)) return std::nullopt;
    multiply_add(out.limbs_, base, static_cast<std::uint32_t>(digit));
    if (out.limbs_.size() > kMaxBits / 32) throw TooLarge();
  }
  out.trim();
  return out;
}

void BigInt::trim() {
  trim_limbs(limbs_);
  if (limbs_.empty()) negative_ = false;
  if (limbs_.size() > kMaxBits / 32) throw TooLarge();
}

std::optional<std::int64_t> BigInt::to_int64() const {
  if (limbs_.size() > 2) return std::nullopt;
  std::uint64_t magnitude = 0;
  for (std::size_t i = limbs_.size(); i-- > 0;) magnitude = (magnitude << 32) | limbs_[i];
  constexpr std::uint64_t kLimit = std::uint64_t{1} << 63;
  if (negative_) {
    if (magnitude > kLimit) return std::nullopt;
    return static_cast<std::int64_t>(0 - magnitude);
  }
  if (magnitude >= kLimit) return std::nullopt;
  return static_cast<std::int64_t>(magnitude);
}

double BigInt::to_double() const {
  const std::size_t bits = bit_length();
  if (bits > 1024) {
    const double infinity = std::numeric_limits<double>::infinity();
    return negative_ ? -infinity : infinity;
  }
  // 64 top bits with everything below them in the lowest one; the conversion to double then rounds
  // once, correctly.
  std::uint64_t top = 0;
  std::size_t dropped = 0;
  if (bits <= 64) {
    for (std::size_t i = limbs_.size(); i-- > 0;) top = (top << 32) | limbs_[i];
  } else {
    dropped = bits - 64;
    const BigInt shifted = from_limbs(limbs_, false).shift_right(dropped);
    for (std::size_t i = shifted.limbs_.size(); i-- > 0;) top = (top << 32) | shifted.limbs_[i];
    if (shifted.shift_left(dropped).limbs_ != limbs_) top |= 1;
  }
  const double value = std::ldexp(static_cast<double>(top), static_cast<int>(dropped));
  return negative_ ? -value : value;
}

std::string BigInt::to_string(unsigned base) const {
  if (limbs_.empty()) return "0";
  std::string out;
  Limbs rest = limbs_;
  const std::uint32_t chunk = base == 10   ? 1'000'000'000
                              : base == 16 ? 0x10000000
                              : base == 8  ? 0x8000000
                              : base == 2  ? 0x40000000
                                           : base;
  const int width = base == 10 ? 9 : base == 16 ? 7 : base == 8 ? 9 : base == 2 ? 30 : 1;
  while (!rest.empty()) {
    std::uint32_t part = divide_small(rest, chunk);
    for (int i = 0; i < width && (part != 0 || !rest.empty()); ++i) {
      out += "0123456789abcdefghijklmnopqrstuvwxyz"[part % base];
      part /= base;
    }
  }
  if (negative_) out += '-';
  std::reverse(out.begin(), out.end());
  return out;
}

std::size_t BigInt::bit_length() const {
  if (limbs_.empty()) return 0;
  return limbs_.size() * 32 - static_cast<std::size_t>(std::countl_zero(limbs_.back()));
}

int BigInt::compare_magnitude(const Limbs& a, const Limbs& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (std::size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

int BigInt::compare(const BigInt& other) const {
  if (negative_ != other.negative_) return negative_ ? -1 : 1;
  const int order = compare_magnitude(limbs_, other.limbs_);
  return negative_ ? -order : order;
}

Limbs BigInt::add_magnitude(const Limbs& a, const Limbs& b) {
  const Limbs& longer = a.size() >= b.size() ? a : b;
  const Limbs& shorter = a.size() >= b.size() ? b : a;
  Limbs out;
  out.reserve(longer.size() + 1);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < longer.size(); ++i) {
    carry += static_cast<std::uint64_t>(longer[i]) + (i < shorter.size() ? shorter[i] : 0);
    out.push_back(static_cast<std::uint32_t>(carry));
    carry >>= 32;
  }
  if (carry != 0) out.push_back(static_cast<std::uint32_t>(carry));
  return out;
}

// a >= b
Limbs BigInt::subtract_magnitude(const Limbs& a, const Limbs& b) {
  Limbs out;
  out.reserve(a.size());
  std::int64_t borrow = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    borrow += static_cast<std::int64_t>(a[i]) - (i < b.size() ? b[i] : 0);
    out.push_back(static_cast<std::uint32_t>(borrow));
    borrow >>= 32;
  }
  trim_limbs(out);
  return out;
}

BigInt BigInt::operator-() const {
  BigInt out(*this);
  out.negative_ = !negative_ && !limbs_.empty();
  return out;
}

BigInt BigInt::operator+(const BigInt& other) const {
  if (negative_ == other.negative_) {
    return from_limbs(add_magnitude(limbs_, other.limbs_), negative_);
  }
  const int order = compare_magnitude(limbs_, other.limbs_);
  if (order == 0) return {};
  return order > 0 ? from_limbs(subtract_magnitude(limbs_, other.limbs_), negative_)
                   : from_limbs(subtract_magnitude(other.limbs_, limbs_), other.negative_);
}

BigInt BigInt::operator-(const BigInt& other) const { return *this + -other; }

BigInt BigInt::operator*(const BigInt& other) const {
  if (is_zero() || other.is_zero()) return {};
  if (bit_length() + other.bit_length() > kMaxBits) throw TooLarge();
  Limbs out(limbs_.size() + other.limbs_.size(), 0);
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t k = 0; k < other.limbs_.size(); ++k) {
      carry += static_cast<std::uint64_t>(limbs_[i]) * other.limbs_[k] + out[i + k];
      out[i + k] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    out[i + other.limbs_.size()] = static_cast<std::uint32_t>(carry);
  }
  return from_limbs(std::move(out), negative_ != other.negative_);
}

// Knuth's algorithm D.
void BigInt::divide_magnitude(const Limbs& a, const Limbs& b, Limbs& quotient, Limbs& remainder) {
  if (compare_magnitude(a, b) < 0) {
    quotient.clear();
    remainder = a;
    return;
  }
  if (b.size() == 1) {
    quotient = a;
    remainder = {divide_small(quotient, b[0])};
    trim_limbs(remainder);
    return;
  }
  const int shift = std::countl_zero(b.back());
  const auto shifted = [shift](const Limbs& in, std::size_t size) {
    Limbs out(size, 0);
    for (std::size_t i = 0; i < in.size(); ++i) {
      out[i] |= in[i] << shift;
      if (shift != 0 && i + 1 < size) out[i + 1] = in[i] >> (32 - shift);
    }
    return out;
  };
  Limbs u = shifted(a, a.size() + 1);
  const Limbs v = shifted(b, b.size());
  const std::size_t n = b.size();
  const std::size_t m = a.size() - n;
  quotient.assign(m + 1, 0);
  for (std::size_t j = m + 1; j-- > 0;) {
    const std::uint64_t top = (static_cast<std::uint64_t>(u[j + n]) << 32) | u[j + n - 1];
    std::uint64_t q = top / v[n - 1];
    std::uint64_t r = top % v[n - 1];
    while (q >> 32 != 0 || q * v[n - 2] > ((r << 32) | u[j + n - 2])) {
      --q;
      r += v[n - 1];
      if (r >> 32 != 0) break;
    }
    std::int64_t borrow = 0;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < n; ++i) {
      carry += q * v[i];
      borrow += static_cast<std::int64_t>(u[i + j]) - static_cast<std::int64_t>(carry & 0xFFFFFFFF);
      u[i + j] = static_cast<std::uint32_t>(borrow);
      borrow >>= 32;
      carry >>= 32;
    }
    borrow += static_cast<std::int64_t>(u[j + n]) - static_cast<std::int64_t>(carry);
    u[j + n] = static_cast<std::uint32_t>(borrow);
    if (borrow < 0) {
      --q;
      std::uint64_t back = 0;
      for (std::size_t i = 0; i < n; ++i) {
        back += static_cast<std::uint64_t>(u[i + j]) + v[i];
        u[i + j] = static_cast<std::uint32_t>(back);
        back >>= 32;
      }
      u[j + n] += static_cast<std::uint32_t>(back);
    }
    quotient[j] = static_cast<std::uint32_t>(q);
  }
  remainder.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    remainder[i] = u[i] >> shift;
    if (shift != 0)
      remainder[i] |=
          static_cast<std::uint32_t>(static_cast<std::uint64_t>(u[i + 1]) << (32 - shift));
  }
  trim_limbs(quotient);
  trim_limbs(remainder);
}

void BigInt::divide(const BigInt& a, const BigInt& b, BigInt& quotient, BigInt& remainder) {
  if (b.is_zero()) throw DivisionByZero();
  Limbs q, r;
  divide_magnitude(a.limbs_, b.limbs_, q, r);
  quotient = from_limbs(std::move(q), a.negative_ != b.negative_);
  remainder = from_limbs(std::move(r), a.negative_);
  if (!remainder.is_zero() && a.negative_ != b.negative_) {
    quotient = quotient - BigInt(1);
    remainder = remainder + b;
  }
}

BigInt BigInt::power(std::uint64_t exponent) const {
  BigInt result(1), base(*this);
  while (exponent != 0) {
    if ((exponent & 1) != 0) result = result * base;
    exponent >>= 1;
    if (exponent != 0) base = base * base;
  }
  return result;
}

BigInt BigInt::shift_left(std::uint64_t bits) const {
  if (is_zero()) return {};
  if (bits > kMaxBits || bit_length() + bits > kMaxBits) throw TooLarge();
  Limbs out(bits / 32, 0);
  const unsigned part = bits % 32;
  std::uint32_t carry = 0;
  for (const std::uint32_t limb : limbs_) {
    out.push_back((limb << part) | carry);
    carry = part == 0 ? 0 : limb >> (32 - part);
  }
  out.push_back(carry);
  return from_limbs(std::move(out), negative_);
}

BigInt BigInt::shift_right(std::uint64_t bits) const {
  const std::uint64_t whole = bits / 32;
  if (whole >= limbs_.size()) return negative_ ? BigInt(-1) : BigInt();
  const unsigned part = bits % 32;
  bool lost = false;
  for (std::size_t i = 0; i < whole; ++i) lost = lost || limbs_[i] != 0;
  lost = lost || (limbs_[whole] & ((std::uint32_t{1} << part) - 1)) != 0;
  Limbs out;
  for (std::size_t i = whole; i < limbs_.size(); ++i) {
    std::uint64_t pair = limbs_[i];
    if (i + 1 < limbs_.size()) pair |= static_cast<std::uint64_t>(limbs_[i + 1]) << 32;
    out.push_back(static_cast<std::uint32_t>(pair >> part));
  }
  BigInt result = from_limbs(std::move(out), negative_);
  return negative_ && lost ? result - BigInt(1) : result;
}

BigInt BigInt::bitwise(const BigInt& a, const BigInt& b, char op) {
  const std::size_t size = std::max(a.limbs_.size(), b.limbs_.size()) + 1;
  Limbs x = twos(a.limbs_, a.negative_, size);
  const Limbs y = twos(b.limbs_, b.negative_, size);
  for (std::size_t i = 0; i < size; ++i) {
    x[i] = op == '&' ? x[i] & y[i] : op == '|' ? x[i] | y[i] : x[i] ^ y[i];
  }
  const bool negative = (x.back() >> 31) != 0;
  return from_limbs(twos(x, negative, size), negative);
}

}  // namespace cupel::python
