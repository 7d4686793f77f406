// SPDX-License-Identifier: MIT
// PostgreSQL's table locks in words. See impact.hpp.
// https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
#include <array>

#include "cupel/base/text.hpp"
#include "dialect/postgres/lint/impact.hpp"

namespace cupel::dialect::postgres {

std::string_view words_of(LockMode mode) {
  static constexpr std::array<std::string_view, 9> kWords{
      "no lock", "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
      "SHARE",   "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};
  return kWords[static_cast<std::size_t>(mode)];
}

std::string_view blocked_by(LockMode mode) {
  if (mode == LockMode::AccessExclusive) return "every read and write of";
  return mode >= LockMode::Share ? "every write to" : "other schema changes of";
}

LockMode mode_called(std::string_view words) {
  for (int mode = 1; mode <= static_cast<int>(LockMode::AccessExclusive); ++mode) {
    const auto known = static_cast<LockMode>(mode);
    if (text::to_lower(words_of(known)) == words) return known;
  }
  return LockMode::None;
}

}  // namespace cupel::dialect::postgres
