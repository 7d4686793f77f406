// SPDX-License-Identifier: MIT
// See dotenv.hpp.
#include "cli/dotenv.hpp"

#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

bool is_name(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  for (const char c : name) {
    const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '.';
    if (!plain) return false;
  }
  return true;
}

/// The text between quotes; nullopt-like empty `closed` if the closing quote is missing.
std::string quoted(std::string_view rest, bool& closed) {
  const char quote = rest[0];
  std::string value;
  closed = false;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == quote) {
      closed = true;
      return value;
    }
    if (quote == '"' && rest[i] == '\\' && i + 1 < rest.size()) {
      ++i;
      value += rest[i] == 'n' ? '\n' : rest[i] == 't' ? '\t' : rest[i];
    } else {
      value += rest[i];
    }
  }
  return value;
}

std::string plain(std::string_view rest) {
  // A # after white space begins a comment; inside a value (a password) it does not.
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '#' && (rest[i - 1] == ' ' || rest[i - 1] == '\t'))
      return std::string(text::trim(rest.substr(0, i)));
  }
  return std::string(text::trim(rest));
}

}  // namespace

std::map<std::string, std::string> parse_dotenv(std::string_view text, const std::string& path) {
  std::map<std::string, std::string> values;
  std::size_t number = 0;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // as editors on Windows write it
  for (const std::string& raw : text::split(text, '\n')) {
    ++number;
    std::string_view line = text::trim(raw);
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("export ")) line = text::trim(line.substr(7));
    const std::size_t equals = line.find('=');
    const std::string_view name = text::trim(line.substr(0, equals));
    if (equals == std::string_view::npos || !is_name(name)) {
      throw InputError({path, number, 1}, "a line that is no NAME=value",
                       "write NAME=value, or # in front of a comment");
    }
    const std::string_view rest = text::trim(line.substr(equals + 1));
    bool closed = true;
    const bool has_quote = !rest.empty() && (rest[0] == '"' || rest[0] == '\'');
    values[std::string(name)] = has_quote ? quoted(rest, closed) : plain(rest);
    if (!closed)
      throw InputError({path, number, 1},
                       "the value of '" + std::string(name) + "' has no closing quote");
  }
  return values;
}

}  // namespace cupel::cli
