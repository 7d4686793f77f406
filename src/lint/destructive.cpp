// SPDX-License-Identifier: MIT
// What the two readers of steps share. See destructive.hpp.
#include "cupel/lint/destructive.hpp"

namespace cupel::lint {

void DestructionWatch::rebuilt(const std::string& copy, const std::string& table,
                               const std::string& table_text) {
  made_.erase(copy);
  renamed_[copy] = before(table, table_text);
}

void DestructionWatch::renamed(const std::string& from, const std::string& to,
                               const std::string& from_text) {
  renamed_[to] = before(from, from_text);
  renamed_.erase(from);
  places_[to] = place_of(from).value_or(from);
  places_.erase(from);
  if (made_.erase(from) > 0) made_.insert(to);
}

std::string DestructionWatch::before(const std::string& key, const std::string& text) const {
  const auto found = renamed_.find(key);
  return found == renamed_.end() ? text : found->second;
}

std::optional<std::string> DestructionWatch::place_of(const std::string& key) const {
  const auto found = places_.find(key);
  return found == places_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace cupel::lint
