// SPDX-License-Identifier: MIT
// approve: a yes to what a revision destroys, as a file beside the revisions that is reviewed and
// committed with them. It names the revision's checksum: an edited revision needs another yes.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/project.hpp"

namespace cupel::command {

struct CUPEL_API ApproveReport {
  migrate::Approval approval;
  /// What was approved, with what the database holds of it now.
  std::vector<migrate::Loss> losses;
  bool is_code = false;  ///< nobody knows what it will destroy: all of it is approved
};
/// Throws UsageError if the revision destroys nothing that can be seen, has no text, or if there is
/// no reason. Replaces an older approval.
CUPEL_API ApproveReport approve(Project& project, const std::string& revision,
                                const std::string& because);

struct CUPEL_API ApprovalState {
  migrate::Approval approval;
  enum class State {
    Valid,
    Stale,    ///< the revision was edited since
    Unknown,  ///< there is no such revision
  };
  State state = State::Valid;
};
/// All approvals of the project, by revision.
CUPEL_API std::vector<ApprovalState> approvals(Project& project);

}  // namespace cupel::command
