// SPDX-License-Identifier: MIT
// See half_done.hpp.
#include "migrate/half_done.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "migrate/reading.hpp"

namespace cupel::migrate {

void HalfDone::take(std::vector<JournalEntry> journal, const std::vector<std::string>& rows) {
  journal_ = still_half_done(journal, environment_->migrations->graph(), rows);
  for (const JournalEntry& entry : journal) {
    if (std::find(journal_.begin(), journal_.end(), entry) != journal_.end()) continue;
    done_elsewhere_ =
        fmt::format("the {} of '{}', which was interrupted, was finished by another tool",
                    entry.direction, entry.revision);
  }
}

bool HalfDone::read_under_lock(const std::vector<std::string>& rows) {
  journal_.clear();
  if (!find_tables(*environment_, {tables_->journal()})[0]) return false;
  driver::Connection& connection = *environment_->connection;
  const std::vector<JournalEntry> journal =
      journal_from(connection.query(tables_->select_journal()));
  take(journal, rows);
  for (const JournalEntry& entry : journal) {
    if (std::find(journal_.begin(), journal_.end(), entry) == journal_.end())
      connection.query(tables_->clear_journal(entry.revision));
  }
  return true;
}

bool HalfDone::is_of(const JournalEntry& entry, const revision::Step& step) const {
  return entry.revision == environment_->migrations->graph().id(step.revision) &&
         entry.direction == revision::to_string(step.direction);
}

std::vector<JournalEntry> HalfDone::of(const revision::Step& step) const {
  std::vector<JournalEntry> entries;
  std::copy_if(journal_.begin(), journal_.end(), std::back_inserter(entries),
               [&](const JournalEntry& entry) { return is_of(entry, step); });
  return entries;
}

void HalfDone::check(const std::vector<revision::Step>& steps) const {
  if (journal_.empty()) return;
  const JournalEntry& half = journal_.front();
  if (!steps.empty() && is_of(half, steps.front())) return;
  const auto finished =
      std::count_if(journal_.begin(), journal_.end(), [&](const JournalEntry& entry) {
        return entry.finished && entry.revision == half.revision &&
               entry.direction == half.direction;
      });
  const std::string command =
      half.direction == "upgrade" ? "cupel upgrade " + half.revision : "cupel downgrade -1";
  throw RevisionError(
      fmt::format(
          "the {} of revision '{}' is half done: it was interrupted after {} of its statements",
          half.direction, half.revision, finished),
      {half.revision}, "finish it first: " + command);
}

}  // namespace cupel::migrate
