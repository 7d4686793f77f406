// SPDX-License-Identifier: MIT
// An upgrade or downgrade that is rolled back: what it would do, tried for real.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cupel/migrate/run.hpp"

namespace cupel::migrate {

/// A statement that ran, or would run.
struct TriedStatement {
  std::string revision;
  std::string sql;
  FilePosition place;    ///< no file for one that code made
  bool is_tried = true;  ///< false: the database cannot run it in a transaction
  std::chrono::microseconds duration{0};
  std::int64_t rows = 0;  ///< changed by it
  /// It was tried as one statement; a run takes batches.
  std::optional<sql::Pace> backfill = {};
};

struct Trial {
  RunResult run;  ///< as if it had been kept
  std::vector<TriedStatement> statements;
  std::vector<Loss> losses;  ///< rows and values that are there and would be gone, allowed or not
};

/// Runs all steps in one transaction under the lock, and rolls it back, whatever happens. `look` is
/// called in it, before the first step and after the last. Throws what upgrade() throws; where a
/// statement fails and others before it were not tried, a note says so.
CUPEL_API Trial try_upgrade(const Environment& environment, const std::string& target,
                            const std::function<void(bool is_done)>& look);
/// The same for downgrade().
CUPEL_API Trial try_downgrade(const Environment& environment, const std::string& target,
                              const std::function<void(bool is_done)>& look);

}  // namespace cupel::migrate
