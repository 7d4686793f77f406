// SPDX-License-Identifier: MIT
// What an interrupted run left half done, as the journal tells: what a run goes on with.
#pragma once

#include <string>
#include <vector>

#include "cupel/migrate/environment.hpp"
#include "cupel/migrate/state.hpp"
#include "migrate/tables.hpp"

namespace cupel::migrate {

/// Borrows both for as long as it lives.
class HalfDone {
 public:
  HalfDone(const Environment& environment, const Tables& tables)
      : environment_(&environment), tables_(&tables) {}

  /// Keeps of the journal what the version rows do not show as done.
  void take(std::vector<JournalEntry> journal, const std::vector<std::string>& rows);
  /// Keeps all of it.
  void take_all(std::vector<JournalEntry> journal) { journal_ = std::move(journal); }
  /// In the open transaction: another run may have been interrupted since we looked. What the rows
  /// show as done is deleted. False if there is no journal.
  bool read_under_lock(const std::vector<std::string>& rows);
  void clear() { journal_.clear(); }

  /// Of one step: the statements that have run.
  std::vector<JournalEntry> of(const revision::Step& step) const;
  /// Throws RevisionError if something is half done that the first of the steps does not finish.
  void check(const std::vector<revision::Step>& steps) const;
  const std::vector<JournalEntry>& all() const { return journal_; }
  /// What was in the journal though it was done, in words; empty if nothing was.
  const std::string& done_elsewhere() const { return done_elsewhere_; }

 private:
  bool is_of(const JournalEntry& entry, const revision::Step& step) const;

  const Environment* environment_;
  const Tables* tables_;
  std::vector<JournalEntry> journal_;
  std::string done_elsewhere_;
};

}  // namespace cupel::migrate
