// SPDX-License-Identifier: MIT
// The four tables that cupel keeps in a database, and the statements on them.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "cupel/migrate/state.hpp"
#include "cupel/revision/plan.hpp"

namespace cupel::migrate {

/// How far the backfill of a journal's entry has come.
struct Progress {
  std::string position;  ///< the last key that is done, as SQL; empty: none
  std::string validity;  ///< see dialect::Walk
  std::int64_t walked = 0;
  std::int64_t changed = 0;
};

/// Writes statements on the version table (Alembic's, see decision 1 in docs/architecture.md), the
/// history, the journal, and the progress of backfills.
class Tables {
 public:
  Tables(const dialect::Dialect& dialect, const Settings& settings);

  std::string create_versions() const;
  std::string create_history() const;
  std::string create_journal() const;
  std::string create_progress() const;
  const model::ObjectName& progress() const { return progress_; }

  std::string select_versions() const;
  std::string select_history() const;
  std::string select_journal() const;

  /// One statement for each row change of a step.
  std::vector<std::string> apply(std::span<const revision::RowChange> changes) const;
  std::string delete_all_versions() const;

  /// `duration_ms` is a number or an SQL expression.
  std::string insert_history(const HistoryEntry& entry, const std::string& duration_ms) const;
  std::string insert_journal(const JournalEntry& entry) const;
  std::string finish_journal(const JournalEntry& entry) const;
  std::string clear_journal(const std::string& revision) const;
  std::string select_progress(const JournalEntry& entry) const;
  std::string insert_progress(const JournalEntry& entry) const;
  std::string update_progress(const JournalEntry& entry, const Progress& progress) const;
  std::string delete_progress(const JournalEntry& entry) const;

  const model::ObjectName& versions() const { return versions_; }
  const model::ObjectName& history() const { return history_; }
  const model::ObjectName& journal() const { return journal_; }

 private:
  std::string create(const model::Table& table) const;
  std::string literal(const std::string& text) const;
  std::string is_entry(const JournalEntry& entry) const;
  const sql::DdlWriter* writer_;
  model::ObjectName versions_, history_, journal_, progress_;
  std::string versions_sql_, history_sql_, journal_sql_, progress_sql_;  ///< quoted
};

/// What is applied according to the history: id -> the entry that counts. Borrows `history`.
std::map<std::string, const HistoryEntry*> applied_entries(
    const std::vector<HistoryEntry>& history);

}  // namespace cupel::migrate
