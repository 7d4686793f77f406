// SPDX-License-Identifier: MIT
// Many statements as one query text of the simple protocol, and the way back from a place in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cupel::dialect::postgres {

/// True if there is nothing but white space, semicolons and (nesting) comments: the server has no
/// result for it.
bool is_blank(std::string_view statement);

/// True if its first word is COPY.
bool is_copy(std::string_view statement);

/// Statements joined into one text. Blank ones must stay out.
struct Joined {
  std::string text;
  std::vector<std::size_t> index;  ///< which statement, in the caller's list
  std::vector<std::size_t> start;  ///< where it begins in `text`

  void add(std::size_t statement_index, std::string_view statement);
  /// Which of the joined statements a byte of `text` belongs to.
  std::size_t part_at(std::size_t offset) const;
};

/// Byte offset of the `position`-th character (from 1), as the server counts in UTF-8.
std::size_t offset_of_character(std::string_view text, std::size_t position);

}  // namespace cupel::dialect::postgres
