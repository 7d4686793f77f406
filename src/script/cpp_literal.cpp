// SPDX-License-Identifier: MIT
// String literals, and the scanner that tells raw strings from code. See cpp_literal.hpp and
// cpp_code.hpp.
#include "script/cpp_literal.hpp"

#include <fmt/core.h>

#include "cupel/base/text.hpp"
#include "script/cpp_code.hpp"

namespace cupel::script::cpp {
namespace {

/// The length of the UTF-8 sequence at `at`; 0 if there is none that may be shown as it is.
/// Characters that change the direction of text are not: compilers warn of them.
std::size_t shown_length(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return first >= 0x20 && first != 0x7F ? 1 : 0;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  const std::string_view sequence = text.substr(at, length);
  if (sequence.size() != length || !text::is_utf8(sequence)) return 0;
  if (first == 0xC2 && static_cast<unsigned char>(sequence[1]) < 0xA0) return 0;
  if (sequence == "\xEF\xBB\xBF") return 0;
  const bool is_mark = (sequence >= "\xE2\x80\x8B" && sequence <= "\xE2\x80\x8F") ||
                       (sequence >= "\xE2\x80\xA8" && sequence <= "\xE2\x80\xAE") ||
                       (sequence >= "\xE2\x81\xA0" && sequence <= "\xE2\x81\xAF");
  return is_mark ? 0 : length;
}

std::string escape_of(char c) {
  switch (c) {
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    default:
      return fmt::format("\\{:03o}", static_cast<unsigned char>(c));
  }
}

/// True if a raw string would survive editors and version control, and is better to read.
bool is_raw(std::string_view text) {
  if (text.find_first_of("\n\"\\") == text.npos) return false;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\n') {
      if (i > 0 && (text[i - 1] == ' ' || text[i - 1] == '\t')) return false;
      ++i;
      continue;
    }
    const std::size_t length = shown_length(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

/// A delimiter that the text does not close.
std::string delimiter_for(std::string_view text) {
  std::string delimiter;
  while (text.find(")" + delimiter + "\"") != text.npos)
    delimiter += delimiter.empty() ? "sql" : "_";
  return delimiter.size() <= 16 ? delimiter : "";
}

/// Where the raw string that begins at `at` (its R) ends; `at` if there is none.
std::size_t raw_end(std::string_view code, std::size_t at) {
  if (code.substr(at, 2) != "R\"") return at;
  const std::size_t open = code.find('(', at);
  if (open == code.npos) return at;
  std::string close = ")";
  close += code.substr(at + 2, open - at - 2);
  close += '"';
  const std::size_t end = code.find(close, open);
  return end == code.npos ? code.size() : end + close.size();
}

/// Where the token at `at` ends, if it is one in which a quote begins nothing.
std::size_t quoted_end(std::string_view code, std::size_t at) {
  if (code.substr(at, 2) == "//") return std::min(code.find('\n', at), code.size());
  if (code[at] != '"' && code[at] != '\'') return at;
  std::size_t end = at + 1;
  while (end < code.size() && code[end] != code[at] && code[end] != '\n')
    end += code[end] == '\\' ? 2 : 1;
  return std::min(end + 1, code.size());
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = shown_length(text, i);
    if (length == 0) {
      result += escape_of(text[i++]);
      continue;
    }
    const bool is_trigraph = text[i] == '?' && i > 0 && text[i - 1] == '?';
    if (text[i] == '"' || text[i] == '\\' || is_trigraph) result += '\\';
    result += text.substr(i, length);
    i += length;
  }
  return result;
}

std::string literal(std::string_view text) {
  if (text.find('\0') != text.npos)
    return fmt::format("std::string(\"{}\", {})", escaped(text), text.size());
  if (!is_raw(text)) return '"' + escaped(text) + '"';
  const std::string delimiter = delimiter_for(text);
  if (delimiter.empty() && text.find(")\"") != text.npos) return '"' + escaped(text) + '"';
  return fmt::format("R\"{0}({1}){0}\"", delimiter, text);
}

std::string indented(std::string_view code, std::string_view indent) {
  std::string result;
  for (std::size_t i = 0; i < code.size();) {
    const bool is_prefix =
        code[i] == 'R' && (i == 0 || std::isalnum(static_cast<unsigned char>(code[i - 1])) == 0);
    std::size_t end = is_prefix ? raw_end(code, i) : i;
    if (end == i) end = quoted_end(code, i);
    if (end == i) end = i + 1;
    result += code.substr(i, end - i);
    const bool is_line_end = code[i] == '\n';
    i = end;
    if (is_line_end && i < code.size() && code[i] != '\n') result += indent;
  }
  return result;
}

}  // namespace cupel::script::cpp
