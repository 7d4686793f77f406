// SPDX-License-Identifier: MIT
// Which revision's schema a database has.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "command/comparison.hpp"
#include "command/replay.hpp"

namespace cupel::command {

/// The state after one revision and all that come before it in the graph's order.
struct State {
  std::string revision;  ///< the newest of them; empty: before the first
  std::vector<std::string> rows;
};

struct Diagnosis {
  std::vector<State> matches;              ///< the newest first
  State nearest;                           ///< if there is no match
  std::vector<diff::Finding> differences;  ///< from `nearest` to the database
  std::string failure;  ///< why not all revisions could be tried; empty: all were
};

/// Runs the revisions twice on scratch databases: once to see which have the database's tables,
/// then to look closely at these only.
class Diagnoser {
 public:
  Diagnoser(Project& project, const Live& live);
  Diagnosis diagnose();
  /// What the database has otherwise than these revisions make.
  std::vector<diff::Finding> compare_with(const std::vector<std::string>& rows);

 private:
  /// A state, and how many tables and views differ by name.
  struct Candidate {
    State state;
    std::size_t distance = 0;
  };
  std::vector<Candidate> candidates(Diagnosis& diagnosis);
  bool is_ours(const model::ObjectKey& key);
  std::vector<diff::Finding> differences(const model::Schema& from);
  Project* project_;
  const Live* live_;
  Ownership ownership_;
  Filter filter_;
  std::set<model::ObjectName> seen_;  ///< tables and views that some revision made
};

}  // namespace cupel::command
