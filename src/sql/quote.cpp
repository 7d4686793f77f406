// SPDX-License-Identifier: MIT
// Quoting of names and strings. See quote.hpp.
#include "cupel/sql/quote.hpp"

#include <algorithm>

namespace cupel::sql {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

}  // namespace

std::string quote_always(std::string_view name, char quote) {
  std::string result;
  result.reserve(name.size() + 2);
  result += quote;
  for (const char c : name) {
    if (c == quote) result += quote;
    result += c;
  }
  result += quote;
  return result;
}

std::string quote_string(std::string_view text) { return quote_always(text, '\''); }

bool needs_quoting(std::string_view name, std::span<const std::string_view> reserved) {
  if (name.empty() || name[0] == '$' || (name[0] >= '0' && name[0] <= '9')) return true;
  if (!std::all_of(name.begin(), name.end(), is_plain)) return true;
  return std::binary_search(reserved.begin(), reserved.end(), name);
}

std::string quote_identifier(std::string_view name, std::span<const std::string_view> reserved,
                             char quote) {
  return needs_quoting(name, reserved) ? quote_always(name, quote) : std::string(name);
}

}  // namespace cupel::sql
