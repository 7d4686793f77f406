// SPDX-License-Identifier: MIT
// Which revisions are linted, and what is known of the database that is asked for it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cupel/command/lint.hpp"
#include "cupel/migrate/state.hpp"

namespace cupel::command {

/// What a database said that was asked.
struct LintedDatabase {
  migrate::DatabaseState state;
  std::map<model::ObjectName, std::int64_t> rows;
  int server_version = 0;
};

struct LintRange {
  std::vector<revision::Index> revisions;  ///< in the order in which they run
  /// Tables that one of them makes are new for all that follow: nobody has them yet.
  bool is_one_deploy = true;
  std::string commit;  ///< what `since` means; empty: not asked for
  std::optional<LintedDatabase> database;
  std::vector<std::string> notes;
};

LintRange find_lint_range(Project& project, const LintRequest& request);

}  // namespace cupel::command
