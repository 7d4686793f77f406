// SPDX-License-Identifier: MIT
// upgrade, downgrade, stamp, ensure_version, repair: what changes a database, live or as text.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/project.hpp"
#include "cupel/migrate/offline.hpp"
#include "cupel/migrate/run.hpp"

namespace cupel::command {

/// Live. Errors as in migrate/run.hpp.
CUPEL_API migrate::RunResult upgrade(Project& project, const std::string& target);
CUPEL_API migrate::RunResult downgrade(Project& project, const std::string& target);
CUPEL_API migrate::RunResult stamp(Project& project, const std::vector<std::string>& targets,
                                   bool purge);
/// True if the table was made.
CUPEL_API bool ensure_version(Project& project);
struct CUPEL_API DriftReport {
  std::vector<migrate::Drift> drifts;
  bool is_fresh = false;  ///< nothing was ever applied to this database
};
/// What `upgrade` would refuse because a file was edited or deleted after it was applied.
CUPEL_API DriftReport find_drift(Project& project);
/// Takes the present texts as what was applied.
CUPEL_API DriftReport accept_drift(Project& project);

/// As SQL text, nothing executed. `range` is as in migrate/offline.hpp.
CUPEL_API std::string upgrade_text(Project& project, const std::string& range);
CUPEL_API std::string downgrade_text(Project& project, const std::string& range);
CUPEL_API std::string stamp_text(Project& project, const std::vector<std::string>& targets);
CUPEL_API std::string ensure_version_text(Project& project);

}  // namespace cupel::command
