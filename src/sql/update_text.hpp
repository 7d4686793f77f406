// SPDX-License-Identifier: MIT
// An UPDATE taken apart, so that it can be run for a part of the rows. No grammar: the words that
// matter stand outside of brackets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/statement_tokens.hpp"

namespace cupel::sql {

struct UpdateText {
  NameText table;
  std::string qualifier;             ///< what columns may be qualified with: the alias or the table
  std::vector<std::string> columns;  ///< that it sets; lower case where they are not quoted
  std::string head;                  ///< up to WHERE
  std::string where;                 ///< the condition; may be empty
  std::string problem;  ///< why it cannot be taken apart ("it begins with WITH"); else empty

  /// The same for the rows of which `condition` is true as well.
  std::string with(const std::string& condition) const;
};

UpdateText read_update(std::string_view sql, const LexRules& rules);

}  // namespace cupel::sql
