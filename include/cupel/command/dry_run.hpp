// SPDX-License-Identifier: MIT
// upgrade --dry-run and downgrade --dry-run: all of it for real, and then undone.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/autogenerate.hpp"
#include "cupel/migrate/trial.hpp"

namespace cupel::command {

struct CUPEL_API DryRunReport {
  migrate::Trial trial;
  std::vector<diff::Finding> findings;  ///< what the schema would have otherwise
  bool has_database = true;             ///< false: it is not there yet; an empty one was tried
};
/// Errors as upgrade() and downgrade() have them. Nothing is left behind.
CUPEL_API DryRunReport dry_run(Project& project, revision::Direction direction,
                               const std::string& target);

}  // namespace cupel::command
