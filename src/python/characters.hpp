// SPDX-License-Identifier: MIT
// Kinds of ASCII characters, for the lexer.
#pragma once

#include <array>
#include <cstdint>

namespace cupel::python {

enum : std::uint8_t { kStart = 1, kPart = 2, kDigit = 4, kBlank = 8 };
constexpr std::array<std::uint8_t, 256> make_character_classes() {
  std::array<std::uint8_t, 256> table{};
  for (int c = 'a'; c <= 'z'; ++c) table[c] = kStart | kPart;
  for (int c = 'A'; c <= 'Z'; ++c) table[c] = kStart | kPart;
  table['_'] = kStart | kPart;
  for (int c = '0'; c <= '9'; ++c) table[c] = kPart | kDigit;
  table[' '] = table['\t'] = table['\f'] = kBlank;
  return table;
}
inline constexpr auto kClasses = make_character_classes();
inline std::uint8_t class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }

inline bool is_decimal(char c) { return c >= '0' && c <= '9'; }
inline bool is_hex(char c) {
  return is_decimal(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
inline bool is_octal(char c) { return c >= '0' && c <= '7'; }
inline bool is_binary(char c) { return c == '0' || c == '1'; }
inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace cupel::python
