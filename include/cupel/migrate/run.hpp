// SPDX-License-Identifier: MIT
// Runs revisions on a live database: upgrade, downgrade, stamp. Each revision is atomic or
// resumable (see docs/running.md), and two runners never collide.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cupel/migrate/state.hpp"
#include "cupel/revision/plan.hpp"

namespace cupel::migrate {

/// What a run did.
struct RunResult {
  std::vector<revision::Step> steps;  ///< those that this process ran, in order
  std::vector<std::string> rows;      ///< the version rows afterwards, sorted
  std::string note;  ///< why there was nothing to do, or who else did it; may be empty
};

/// Called once, under the lock, before the first step runs; what it throws ends the run.
/// `destroys`: a step takes rows or values away that are there, though it is allowed to. Nobody
/// knows what code will do: it counts if it allows something itself, or the settings allow
/// everything.
using BeforeRun = std::function<void(bool destroys)>;

/// Throws RevisionError (target, graph, rows), InputError (scripts, drift), DatabaseError (with the
/// revision, the statement and its place in notes). After any error the database is on a revision
/// boundary, or the journal says where it stopped.
CUPEL_API RunResult upgrade(const Environment& environment, const std::string& target,
                            const BeforeRun& before = {});
CUPEL_API RunResult downgrade(const Environment& environment, const std::string& target);
/// Throws what upgrade() would refuse on a new database: target, graph, scripts. Asks no database,
/// so that a refused first run makes none.
CUPEL_API void check_first_upgrade(const Environment& environment, const std::string& target);
/// Writes version rows without running anything.
CUPEL_API RunResult stamp(const Environment& environment, const std::vector<std::string>& targets,
                          bool purge = false);
/// What to do without a revision: operations, then what is to be stamped.
struct Direct {
  std::vector<ops::Operation> operations;
  std::vector<std::string> targets;  ///< empty: the rows stay
  bool purge = false;                ///< forget the rows first
};
/// Asks `plan` what to do under the lock, with the version rows as they are, and does it in one
/// transaction where the database can.
CUPEL_API RunResult
run_direct(const Environment& environment,
           const std::function<Direct(const std::vector<std::string>& rows)>& plan);
/// Creates the version table if there is none; true if it did.
CUPEL_API bool ensure_version_table(const Environment& environment);
/// Takes the present text of edited revisions as what was applied, and forgets deleted ones.
/// Returns what it accepted.
CUPEL_API std::vector<Drift> accept_drift(const Environment& environment);

}  // namespace cupel::migrate
