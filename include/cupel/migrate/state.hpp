// SPDX-License-Identifier: MIT
// What the database says of itself: version rows, history of applied revisions, what is half done.
// Reading changes nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cupel/migrate/environment.hpp"

namespace cupel::migrate {

/// One line of the history.
struct HistoryEntry {
  std::string revision;
  std::string direction;   ///< "upgrade", "downgrade", "stamp", "accept", "forget"
  std::string applied_at;  ///< UTC, ISO 8601
  std::int64_t duration_ms = 0;
  std::string applied_by;
  std::string checksum;
};

/// A statement of a revision that was begun outside a transaction and may not be finished.
struct JournalEntry {
  std::string revision;
  std::string direction;
  std::int64_t ordinal = 0;  ///< from 1
  std::string statement_hash;
  bool finished = false;
  bool operator==(const JournalEntry&) const = default;
};

/// The tables that cupel keeps for itself: versions, history, journal, progress of backfills.
CUPEL_API std::vector<model::ObjectName> own_tables(const Settings& settings);

struct DatabaseState {
  bool has_version_table = false;
  std::vector<std::string> rows;  ///< sorted
  bool has_history = false;
  bool has_journal = false;
  std::vector<HistoryEntry> history;  ///< oldest first
};

/// Two round trips: what there is, and what is in it.
CUPEL_API DatabaseState read_state(const Environment& environment);
/// Only the version rows, sorted.
CUPEL_API std::vector<std::string> read_rows(const Environment& environment);
/// Empty if there is no journal.
CUPEL_API std::vector<JournalEntry> read_journal(const Environment& environment);
/// What the rows of the journal say.
CUPEL_API std::vector<JournalEntry> journal_from(const driver::Rows& rows);
/// Those whose step the version rows do not already show as done: what an interrupted run of cupel
/// began, another tool may have finished since.
CUPEL_API std::vector<JournalEntry> still_half_done(std::vector<JournalEntry> journal,
                                                    const revision::Graph& graph,
                                                    std::span<const std::string> rows);

/// A revision whose file is not what was applied.
struct Drift {
  std::string revision;
  bool deleted = false;  ///< the file is gone; else its text changed
  std::string path;
  std::string applied_at;
  bool operator==(const Drift&) const = default;
};
/// Applied revisions that were edited or deleted since. Without history there is none.
CUPEL_API std::vector<Drift> find_drift(const script::Migrations& migrations,
                                        const DatabaseState& state);
/// Throws InputError naming what changed and `cupel repair --accept`, if anything did.
CUPEL_API void require_no_drift(const script::Migrations& migrations, const DatabaseState& state);

/// Runs `read`, which only reads from the environment's connection, within the run's limits: who
/// holds a table or the whole database is waited for, at most the lock timeout, and named by the
/// error then. After a wait `read` is called again, from its beginning.
void read_within_limits(const Environment& environment, const std::function<void()>& read);

}  // namespace cupel::migrate
