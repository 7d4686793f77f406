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

/// An UPDATE that was run in batches.
struct BackfillResult {
  std::string revision;
  std::string table;
  std::int64_t walked = 0;   ///< rows, in whole batches, those of interrupted runs included
  std::int64_t changed = 0;  ///< rows
  std::int64_t batches = 0;  ///< of this run
  std::chrono::milliseconds duration{0};
};

/// What a run did.
struct RunResult {
  std::vector<revision::Step> steps;  ///< those that this process ran, in order
  std::vector<std::string> rows;      ///< the version rows afterwards, sorted
  std::string note;  ///< why there was nothing to do, or who else did it; may be empty
  std::vector<BackfillResult> backfills;
  std::string backup;  ///< the file that command::upgrade() saved the database to, if it did
};

/// Called once, under the lock, before the first step runs; what it throws ends the run.
/// `destroys`: a step takes rows or values away that are there, though it is allowed to. Nobody
/// knows what code will do: it counts if it allows something itself, or the settings allow
/// everything.
using BeforeRun = std::function<void(bool destroys)>;

/// True if the revision is what was approved; layout does not count.
CUPEL_API bool holds(const Approval& approval, const script::Migration& revision);
/// The steps of a revision's upgrade that may destroy something, allowed or not, with what the
/// database holds of it now: maybe nothing. Without a connection nothing is counted.
CUPEL_API std::vector<Loss> destructive_steps(const Environment& environment,
                                              const std::string& revision);

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
