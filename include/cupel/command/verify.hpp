// SPDX-License-Identifier: MIT
// verify: every revision up, down and up again on a scratch database, before anybody's data meets
// it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cupel/command/autogenerate.hpp"

namespace cupel::command {

struct CUPEL_API VerifyRequest {
  std::string from;  ///< only what comes after this revision is tried; empty: everything
  /// A file with SQL that puts rows into the scratch database, so that lost data is seen; empty:
  /// none. Its statements below a line `-- cupel: at REVISION` run when that revision is there.
  std::string seed;
  /// Rows that are made of the schema for each table that has none.
  std::size_t rows = 0;
  /// Scratch databases at once.
  std::size_t jobs = 1;
  /// Told before each revision is tried.
  std::function<void(std::size_t number, std::size_t total, const std::string& revision)> on_step;
};

/// Something that is wrong. VF002, VF004 and VF008 a revision may allow, as it allows the loss of
/// data.
struct CUPEL_API VerifyFinding {
  std::string code;      ///< VF001, ...: see docs/verify.md
  std::string revision;  ///< empty: of the whole project
  std::string path;      ///< of its file; may be empty
  std::string message;
  std::vector<diff::Finding> differences;  ///< Added is there besides, Removed is missing
  std::vector<std::string> notes;          ///< what the database said, which rows were lost
  std::string hint;
};

/// What was tried of one revision. A time of zero: it was not run.
struct CUPEL_API VerifiedRevision {
  std::string revision;
  std::string message;
  std::string path;
  std::chrono::microseconds up{0};
  std::chrono::microseconds down{0};
  std::chrono::microseconds again{0};
  bool is_tried = false;  ///< false: what it stands on does not run
};

struct CUPEL_API VerifyReport {
  std::vector<VerifiedRevision> revisions;  ///< in the order in which they ran
  std::vector<VerifyFinding> findings;      ///< in that order, then those of the project
  /// Tables for which no rows could be made, and what the database said.
  std::map<std::string, std::string> unfilled;
  bool has_models = false;
  bool compared_models = false;  ///< false too if a revision does not run
  std::chrono::microseconds duration{0};
  bool is_clean() const { return findings.empty(); }
};
/// Never touches the project's database. Throws RevisionError for a broken graph, UsageError for
/// an unknown `from`, InputError for a seed that does not run.
CUPEL_API VerifyReport verify(Project& project, const VerifyRequest& request);

}  // namespace cupel::command
