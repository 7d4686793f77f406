// SPDX-License-Identifier: MIT
// What statements really did in a transaction that was rolled back, beside what the rules foretell:
// `lint --trace`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cupel/model/name.hpp"

namespace cupel::lint {

/// A table and how a statement holds it.
struct TracedLock {
  model::ObjectName table;
  std::string mode;  ///< in the database's words: "ACCESS EXCLUSIVE"
  bool operator==(const TracedLock&) const = default;
};
struct TracedScan {
  model::ObjectName table;
  std::int64_t rows = 0;
  bool operator==(const TracedScan&) const = default;
};

struct TracedStatement {
  std::string sql;
  /// Taken by this statement, by no earlier one of the transaction. The strongest of each table.
  std::vector<TracedLock> locks;
  std::vector<model::ObjectName> rewritten;
  std::vector<TracedScan> scans;
  double milliseconds = 0;
  /// Why it was not run, or what the server said; the statements after an error are not run.
  std::string trouble;
  bool was_run = false;

  // Before it runs, by the rules: in the same sense, of tables that exist only.
  std::vector<TracedLock> foretold_locks;
  std::vector<model::ObjectName> foretold_work;  ///< read, indexed or rewritten as a whole
};

}  // namespace cupel::lint
