// SPDX-License-Identifier: MIT
// See py_text.hpp.
#include "alembic/py_text.hpp"

#include <fmt/core.h>

#include <cctype>

#include "cupel/base/text.hpp"

namespace cupel::alembic::py {
namespace {

/// What SQLAlchemy's expressions call a word.
bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '$' || byte >= 0x80;
}

std::size_t end_of_word(std::string_view sql, std::size_t start) {
  while (start < sql.size() && is_word(sql[start])) ++start;
  return start;
}

/// ":name", but not "::name", "a:name" or ":name:".
bool is_parameter(std::string_view sql, std::size_t colon) {
  const char before = colon == 0 ? ' ' : sql[colon - 1];
  if (before == ':' || before == '\\' || is_word(before)) return false;
  const std::size_t end = end_of_word(sql, colon + 1);
  return end > colon + 1 && (end == sql.size() || sql[end] != ':');
}

/// A backslash that text() would take for its own.
bool is_escape(std::string_view sql, std::size_t backslash) {
  if (backslash + 1 >= sql.size() || sql[backslash + 1] != ':') return false;
  const std::size_t end = end_of_word(sql, backslash + 2);
  return end == sql.size() || sql[end] != ':';
}

void append_escaped(std::string& text, char c, char quote) {
  const auto byte = static_cast<unsigned char>(c);
  if (c == '\\' || (c == quote && quote != '\0')) {
    text += '\\';
    text += c;
  } else if (c == '\n') {
    text += "\\n";
  } else if (c == '\r') {
    text += "\\r";
  } else if (c == '\t') {
    text += "\\t";
  } else if (byte < 0x20 || byte == 0x7F) {
    text += fmt::format("\\x{:02x}", byte);
  } else {
    text += c;
  }
}

}  // namespace

std::string repr(std::string_view text) {
  const bool has_single = text.find('\'') != text.npos;
  const char quote = has_single && text.find('"') == text.npos ? '"' : '\'';
  std::string result(1, quote);
  for (const char c : text) append_escaped(result, c, quote);
  return result + quote;
}

std::string repr(const std::vector<std::string>& texts) {
  Arguments list;
  for (const std::string& text : texts) list.add(repr(text));
  return "[" + list.joined() + "]";
}

std::string escaped(std::string_view sql) {
  std::string text;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if ((sql[i] == ':' && is_parameter(sql, i)) || (sql[i] == '\\' && is_escape(sql, i)))
      text += '\\';
    text += sql[i];
  }
  return text;
}

std::string statement_literal(std::string_view sql) {
  const std::string text = escaped(sql);
  if (text.find('\n') == text.npos) return repr(text);
  constexpr const char* kTriple = "\"\"\"";
  std::string result = kTriple;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n' || c == '\t') {
      result += c;
    } else {
      const bool ends = c == '"' && (i + 1 == text.size() || text.compare(i, 3, kTriple) == 0);
      append_escaped(result, c, ends ? '"' : '\0');
    }
  }
  return result + kTriple;
}

std::string Arguments::joined(std::string_view separator) const {
  return text::join(list_, separator);
}

}  // namespace cupel::alembic::py
