// SPDX-License-Identifier: MIT
// See savepoint.hpp.
#include "sql/savepoint.hpp"

#include <algorithm>

#include "cupel/sql/splitter.hpp"

namespace cupel::sql {

bool is_savepoint(std::string_view statement, const LexRules& rules) {
  const std::vector<std::string> words = leading_words(statement, 3, rules);
  if (words.empty()) return false;
  if (words[0] == "SAVEPOINT" || words[0] == "RELEASE") return true;
  return words[0] == "ROLLBACK" && std::find(words.begin(), words.end(), "TO") != words.end();
}

}  // namespace cupel::sql
