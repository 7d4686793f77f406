// SPDX-License-Identifier: MIT
// See unicode.hpp.
#include "python/unicode.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace cupel::python::unicode {
namespace {

struct Range {
  char32_t first, last;
};
struct CaseRange {
  char32_t first, last;
  std::uint32_t stride;
  std::int32_t delta;
};

#include "python/unicode_tables.inc"

template <class T, std::size_t N>
const T* find(const T (&table)[N], char32_t point) {
  const T* it = std::upper_bound(std::begin(table), std::end(table), point,
                                 [](char32_t p, const T& range) { return p < range.first; });
  if (it == std::begin(table)) return nullptr;
  --it;
  return point <= it->last ? it : nullptr;
}

template <std::size_t N>
char32_t convert(const CaseRange (&table)[N], char32_t point) {
  const CaseRange* range = find(table, point);
  if (range == nullptr || (point - range->first) % range->stride != 0) return point;
  return static_cast<char32_t>(static_cast<std::int64_t>(point) + range->delta);
}

}  // namespace

char32_t decode(std::string_view text, std::size_t offset, std::size_t& length) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return offset + i < text.size() ? static_cast<unsigned char>(text[offset + i]) : 0;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const std::uint32_t first = byte(0);
  length = 1;
  if (first < 0x80) return first;
  if (first >= 0xC2 && first < 0xE0 && continues(1)) {
    length = 2;
    return ((first & 31) << 6) | (byte(1) & 63);
  }
  if (first >= 0xE0 && first < 0xF0 && continues(1) && continues(2)) {
    length = 3;
    return ((first & 15) << 12) | ((byte(1) & 63) << 6) | (byte(2) & 63);
  }
  if (first >= 0xF0 && first < 0xF5 && continues(1) && continues(2) && continues(3)) {
    length = 4;
    return ((first & 7) << 18) | ((byte(1) & 63) << 12) | ((byte(2) & 63) << 6) | (byte(3) & 63);
  }
  return 0xFFFD;
}

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_alpha(char32_t point) { return find(kAlpha, point) != nullptr; }
bool is_digit(char32_t point) { return find(kDecimal, point) != nullptr; }
int digit_value(char32_t point) {
  // Decimal digits come in rows of ten, and neighbouring rows are whole.
  const Range* range = find(kDecimal, point);
  return range == nullptr ? -1 : static_cast<int>((point - range->first) % 10);
}
bool is_numeric(char32_t point) { return find(kNumeric, point) != nullptr; }
bool is_mark(char32_t point) { return find(kMark, point) != nullptr; }
bool is_space(char32_t point) { return find(kSpace, point) != nullptr; }
bool is_upper(char32_t point) { return find(kUpper, point) != nullptr; }
bool is_lower(char32_t point) { return find(kLower, point) != nullptr; }
bool is_printable(char32_t point) { return find(kUnprintable, point) == nullptr; }
char32_t to_lower(char32_t point) {
  if (point < 0x80) return point >= 'A' && point <= 'Z' ? point + 32 : point;
  return convert(kToLower, point);
}
char32_t to_upper(char32_t point) {
  if (point < 0x80) return point >= 'a' && point <= 'z' ? point - 32 : point;
  return convert(kToUpper, point);
}

std::string code_name(char32_t point) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string digits;
  for (char32_t rest = point; rest != 0 || digits.size() < 4; rest >>= 4) {
    digits.insert(digits.begin(), kHex[rest & 15]);
  }
  return "U+" + digits;
}

}  // namespace cupel::python::unicode
