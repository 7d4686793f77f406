// SPDX-License-Identifier: MIT
#include "cupel/lint/judge.hpp"

namespace cupel::lint {

RevisionJudge::~RevisionJudge() = default;
DialectLint::~DialectLint() = default;

bool State::is_old(const ObjectName& table) const {
  if (new_tables.contains(table)) return false;
  return schema.find_table(table) != nullptr || !schema_is_complete;
}

std::int64_t State::rows_of(const ObjectName& table) const {
  if (rows == nullptr) return -1;
  const auto found = rows->find(table);
  return found == rows->end() ? -1 : found->second;
}

}  // namespace cupel::lint
