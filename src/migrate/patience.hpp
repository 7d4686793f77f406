// SPDX-License-Identifier: MIT
// What runs and reads share about waiting for locks.
#pragma once

#include <algorithm>
#include <string>

#include "cupel/migrate/environment.hpp"

namespace cupel::migrate {

/// The part of the settings that a database's session wants. One statement never waits longer than
/// all of them together may.
inline dialect::RunSettings run_settings(const Settings& settings) {
  std::chrono::milliseconds attempt = settings.lock_attempt;
  if (attempt.count() > 0)
    attempt = std::min(attempt, std::max(settings.lock_timeout, std::chrono::milliseconds(1)));
  return {settings.version_table, attempt, settings.statement_timeout};
}

/// `blocker` is who is in the way, or empty.
inline std::string give_up_hint(const std::string& blocker) {
  const std::string again = "run it again later, or with a longer --lock-timeout";
  return blocker.empty() ? again : again + "; in the way: " + blocker;
}

}  // namespace cupel::migrate
