// SPDX-License-Identifier: MIT
// See joined.hpp.
#include "dialect/postgres/joined.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"

namespace cupel::dialect::postgres {

namespace {

/// The first byte that is neither white space, semicolon nor comment (comments nest).
std::size_t skip_blank(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\r\f\v;";
  std::size_t i = 0;
  int depth = 0;
  while (i < text.size()) {
    const std::string_view two = text.substr(i, 2);
    if (two == "/*") {
      ++depth;
      i += 2;
    } else if (depth > 0) {
      depth -= two == "*/" ? 1 : 0;
      i += two == "*/" ? 2 : 1;
    } else if (two == "--") {
      i = std::min(text.find('\n', i), text.size());
    } else if (kSpace.find(text[i]) != std::string_view::npos) {
      ++i;
    } else {
      return i;
    }
  }
  // An unfinished comment is an error that the server shall explain.
  return depth == 0 ? text.size() : 0;
}

}  // namespace

bool is_blank(std::string_view statement) { return skip_blank(statement) == statement.size(); }

bool is_copy(std::string_view statement) {
  const std::string_view rest = statement.substr(skip_blank(statement));
  return rest.size() > 4 && text::equals_ignore_case(rest.substr(0, 4), "copy") &&
         std::string_view(" \t\n\r\f\v(\"/-").find(rest[4]) != std::string_view::npos;
}

void Joined::add(std::size_t statement_index, std::string_view statement) {
  // The newline ends a trailing "-- comment".
  if (!text.empty()) text += "\n;\n";
  index.push_back(statement_index);
  start.push_back(text.size());
  text += statement;
}

std::size_t Joined::part_at(std::size_t offset) const {
  const auto next = std::upper_bound(start.begin(), start.end(), offset);
  return static_cast<std::size_t>(next - start.begin()) - 1;
}

std::size_t offset_of_character(std::string_view text, std::size_t position) {
  std::size_t offset = 0;
  for (std::size_t left = position; offset < text.size(); ++offset) {
    const bool begins = (static_cast<unsigned char>(text[offset]) & 0xc0) != 0x80;
    if (begins && --left == 0) break;
  }
  return offset;
}

}  // namespace cupel::dialect::postgres
