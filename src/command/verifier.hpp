// SPDX-License-Identifier: MIT
// What verify does on one scratch database: with all revisions, or with some that follow each
// other.
#pragma once

#include "cupel/command/verify.hpp"
#include "cupel/revision/graph.hpp"

namespace cupel::command {

/// The revisions that a request speaks of, in the order in which they are tried.
std::vector<revision::Index> revisions_to_verify(Project& project, const VerifyRequest& request);

/// From the `first` to before the `end` of revisions_to_verify().
struct VerifyPart {
  std::size_t first = 0;
  std::size_t end = 0;
};
/// The last part also tries another order, and compares with the models. Throws if what comes
/// before the part does not run.
VerifyReport verify_part(Project& project, const VerifyRequest& request, VerifyPart part);

}  // namespace cupel::command
