// SPDX-License-Identifier: MIT
// Code points and their properties. Text is UTF-8; lone surrogates are kept as three bytes, as
// Python's strings may hold them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cupel::python::unicode {

/// The code point at `offset`, and how many bytes it takes (at least 1). A wrong byte gives U+FFFD.
char32_t decode(std::string_view text, std::size_t offset, std::size_t& length);
template <class String>
void append(String& out, char32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | (point >> 6));
    out += static_cast<char>(0x80 | (point & 63));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | (point >> 12));
    out += static_cast<char>(0x80 | ((point >> 6) & 63));
    out += static_cast<char>(0x80 | (point & 63));
  } else {
    out += static_cast<char>(0xF0 | (point >> 18));
    out += static_cast<char>(0x80 | ((point >> 12) & 63));
    out += static_cast<char>(0x80 | ((point >> 6) & 63));
    out += static_cast<char>(0x80 | (point & 63));
  }
}
/// How many code points; bytes that continue one are not counted.
std::size_t length(std::string_view text);
bool is_ascii(std::string_view text);

bool is_alpha(char32_t point);
/// Decimal digits of any script.
bool is_digit(char32_t point);
/// The value of a decimal digit, or -1.
int digit_value(char32_t point);
bool is_numeric(char32_t point);
bool is_mark(char32_t point);
bool is_space(char32_t point);
bool is_upper(char32_t point);
bool is_lower(char32_t point);
bool is_printable(char32_t point);
char32_t to_lower(char32_t point);
char32_t to_upper(char32_t point);
/// "U+00A0"
std::string code_name(char32_t point);

}  // namespace cupel::python::unicode
