// SPDX-License-Identifier: MIT
// See literals.hpp.
#include "python/literals.hpp"

#include <charconv>
#include <limits>

#include "python/token.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Reads exactly `count` hex digits behind the escape's letter; -1 if they are not there.
std::int64_t hex_digits(std::string_view piece, std::size_t start, std::size_t count) {
  std::int64_t value = 0;
  for (std::size_t i = start; i < start + count; ++i) {
    const int digit = i < piece.size() ? hex_value(piece[i]) : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

void put(std::string& out, std::int64_t value, bool bytes) {
  if (bytes) {
    out += static_cast<char>(value & 255);
  } else {
    unicode::append(out, static_cast<char32_t>(value));
  }
}

/// `i` is at the letter behind the backslash; returns the offset behind the escape.
std::size_t unescape_one(std::string& out, std::string_view piece, std::size_t i, bool bytes,
                         std::size_t at) {
  const char c = piece[i];
  const auto hex = [&](std::size_t count) {
    const std::int64_t value = hex_digits(piece, i + 1, count);
    if (value < 0 || value > 0x10FFFF) {
      const std::string shape = count == 2 ? "\\xXX" : count == 4 ? "\\uXXXX" : "\\UXXXXXXXX";
      syntax_error(bytes ? "(value error) invalid \\x escape at position " + std::to_string(i - 1)
                         : "(unicode error) 'unicodeescape' codec can't decode bytes in position " +
                               std::to_string(i - 1) + "-" + std::to_string(piece.size()) +
                               ": truncated " + shape + " escape",
                   at, at + piece.size());
    }
    put(out, value, bytes);
    return i + 1 + count;
  };
  switch (c) {
    case '\n':
      return i + 1;
    case '\r':
      return i + (i + 1 < piece.size() && piece[i + 1] == '\n' ? 2 : 1);
    case '\\':
      out += '\\';
      return i + 1;
    case '\'':
      out += '\'';
      return i + 1;
    case '"':
      out += '"';
      return i + 1;
    case 'a':
      out += '\a';
      return i + 1;
    case 'b':
      out += '\b';
      return i + 1;
    case 'f':
      out += '\f';
      return i + 1;
    case 'n':
      out += '\n';
      return i + 1;
    case 'r':
      out += '\r';
      return i + 1;
    case 't':
      out += '\t';
      return i + 1;
    case 'v':
      out += '\v';
      return i + 1;
    case 'x':
      return hex(2);
    case 'u':
      if (!bytes) return hex(4);
      break;
    case 'U':
      if (!bytes) return hex(8);
      break;
    case 'N':
      if (!bytes) {
        syntax_error("characters by name (\\N{...}) are not supported; write \\uXXXX", at + i,
                     at + i + 1);
      }
      break;
    default:
      break;
  }
  if (c >= '0' && c <= '7') {
    std::int64_t value = 0;
    std::size_t k = i;
    while (k < piece.size() && k < i + 3 && piece[k] >= '0' && piece[k] <= '7') {
      value = value * 8 + (piece[k++] - '0');
    }
    put(out, value, bytes);
    return k;
  }
  out += '\\';  // an unknown escape stands for itself
  return i;
}

}  // namespace

StringParts string_parts(std::string_view token) {
  StringParts parts;
  std::size_t i = 0;
  for (; token[i] != '"' && token[i] != '\''; ++i) {
    const char c = static_cast<char>(token[i] | 32);
    parts.raw = parts.raw || c == 'r';
    parts.bytes = parts.bytes || c == 'b';
    parts.formatted = parts.formatted || c == 'f';
  }
  const bool triple = token.size() >= i + 6 && token[i + 1] == token[i] && token[i + 2] == token[i];
  parts.body_start = i + (triple ? 3 : 1);
  parts.body_end = token.size() - (triple ? 3 : 1);
  return parts;
}

void unescape(std::string& out, std::string_view piece, const StringParts& parts, std::size_t at) {
  if (parts.bytes && !unicode::is_ascii(piece)) {
    syntax_error("bytes can only contain ASCII literal characters", at, at + piece.size());
  }
  std::size_t i = 0;
  while (i < piece.size()) {
    const std::size_t special = piece.find_first_of(parts.raw ? "\r" : "\\\r", i);
    out += piece.substr(i, special == std::string_view::npos ? special : special - i);
    if (special == std::string_view::npos) return;
    i = special + 1;
    if (piece[special] == '\r') {  // every line end reads as \n
      out += '\n';
      if (i < piece.size() && piece[i] == '\n') ++i;
    } else if (i < piece.size()) {
      i = unescape_one(out, piece, i, parts.bytes, at);
    } else {
      out += '\\';
    }
  }
}

void decode_number(ast::Constant& out, std::string_view token, ast::Arena& arena) {
  std::string clean;
  std::string_view digits = token;
  if (token.find('_') != std::string_view::npos) {
    for (const char c : token) {
      if (c != '_') clean += c;
    }
    digits = arena.copy(clean);
  }
  int base = 10;
  std::size_t skip = 0;
  if (digits.size() > 1 && digits[0] == '0') {
    const char c = static_cast<char>(digits[1] | 32);
    base = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 10;
    skip = base == 10 ? 0 : 2;
  }
  if (base == 10 && digits.find_first_of(".eE") != std::string_view::npos) {
    out.type = ast::ConstantKind::Float;
    // from_chars knows neither "1." nor ".5" problems, but leaves a value out of range untouched.
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), out.real);
    if (result.ec == std::errc::result_out_of_range) {
      const std::size_t e = digits.find_first_of("eE");
      const bool tiny = e != std::string_view::npos && digits[e + 1] == '-';
      out.real = tiny ? 0.0 : std::numeric_limits<double>::infinity();
    }
    return;
  }
  const char* begin = digits.data() + skip;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(begin, end, out.integer, base);
  if (result.ec == std::errc()) {
    out.type = ast::ConstantKind::Int;
  } else {
    out.type = ast::ConstantKind::BigInt;
    out.text = digits;
  }
}

}  // namespace cupel::python
