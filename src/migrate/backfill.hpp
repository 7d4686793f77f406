// SPDX-License-Identifier: MIT
// One UPDATE, run in batches. Each batch is a transaction that holds the rows' new values and how
// far the walk over the table has come, so a run that is killed goes on with the next row, and no
// row is updated twice.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cupel/migrate/run.hpp"
#include "migrate/tables.hpp"
#include "sql/update_text.hpp"

namespace cupel::migrate {

/// How the sink opens and ends transactions: under the lock, waiting if it must.
struct Turns {
  std::function<void()> begin;
  std::function<void()> commit;
};

class Backfill {
 public:
  /// `entry` is its line in the journal. Borrows everything. Throws InputError for a statement that
  /// is no UPDATE.
  Backfill(const Environment& environment, const sql::Statement& statement, const Tables& tables,
           const Turns& turns, JournalEntry entry);

  /// Throws InputError if the table cannot be walked over, or the UPDATE sets its key.
  void check();
  /// Outside of transactions. `frame` is that of runs: batches are like the transactions of an
  /// application, before and behind those of a run. After an error nothing is open, and what was
  /// done before it is kept.
  BackfillResult run(const dialect::TransactionFrame& frame, bool is_resumed);
  /// "1200 rows are done; ...", for an error.
  std::string done_note() const;

 private:
  void prepare(bool is_resumed);
  void load_progress();
  /// True if there is more to do.
  bool run_batch();
  /// The last key of the next batch; nullopt: what is left is less than a batch.
  std::optional<std::string> find_boundary() const;
  /// The key is behind the first and not behind the second; either may be empty.
  std::string between(const std::string& qualifier, const std::string& from,
                      const std::string& to) const;
  std::string read_validity() const;
  void tell() const;
  void rest();
  void wait(std::chrono::milliseconds time) const;
  void wait_for_replicas();
  driver::Rows query(const std::string& sql) const { return environment_->connection->query(sql); }

  const Environment* environment_;
  FilePosition place_;
  sql::Pace pace_;
  const Tables* tables_;
  const Turns* turns_;
  JournalEntry entry_;
  sql::UpdateText update_;
  dialect::Walk walk_;
  Progress progress_;
  Progress kept_;  ///< as it was committed last
  std::int64_t expected_ = 0;
  std::int64_t batches_ = 0;
  std::unique_ptr<dialect::ReplicaWatch> replicas_;
};

}  // namespace cupel::migrate
