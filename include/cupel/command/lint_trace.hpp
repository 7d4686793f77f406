// SPDX-License-Identifier: MIT
// lint --trace: revisions run on a real database in a transaction that is rolled back, to see what
// they lock, read and rewrite there.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/lint.hpp"
#include "cupel/lint/trace.hpp"

namespace cupel::command {

struct CUPEL_API TracedRevision {
  LintedRevision revision;
  std::vector<lint::TracedStatement> statements;
};
struct CUPEL_API TraceReport {
  std::string url;  ///< without password
  std::vector<TracedRevision> revisions;
  std::vector<std::string> notes;
  /// False: something took a lock, or went through a table, that the rules do not foretell.
  bool is_as_foretold() const;
};
/// Of one statement.
CUPEL_API bool is_as_foretold(const lint::TracedStatement& statement);

/// The revisions of the request, upgrades only. Needs the project's database. Throws NotSupported
/// where the database shows no locks.
CUPEL_API TraceReport trace_lint(Project& project, const LintRequest& request);

}  // namespace cupel::command
