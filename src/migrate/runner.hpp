// SPDX-License-Identifier: MIT
// One run on a live database: waits for the lock, plans under it, runs step after step (runner.cpp)
// and writes down what it did (runner_records.cpp); or does what needs no revision
// (runner_direct.cpp).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cupel/migrate/run.hpp"
#include "cupel/migrate/trial.hpp"
#include "migrate/gate.hpp"
#include "migrate/half_done.hpp"
#include "migrate/live_sink.hpp"
#include "migrate/patience.hpp"
#include "migrate/tables.hpp"

namespace cupel::migrate {

class Runner {
 public:
  /// Plans from the rows as they are. Called again under the lock if they have changed meanwhile.
  using Planner = std::function<revision::Plan(const std::vector<std::string>& rows)>;

  explicit Runner(const Environment& environment);
  ~Runner();

  /// `first` plans with what the user typed; `again` with what that meant the first time (a
  /// relative target must not count from rows that another runner has moved).
  RunResult run(const Planner& first, const std::function<Planner(const revision::Plan&)>& again);
  /// Row changes only; see migrate::stamp().
  RunResult stamp(const Planner& plan);
  /// Operations without a revision; see migrate::run_direct().
  RunResult run_direct(const std::function<Direct(const std::vector<std::string>&)>& plan);
  /// True if a table was created.
  bool ensure_tables();
  void set_before(BeforeRun before) { before_ = std::move(before); }
  /// Rolls back instead of committing, see migrate::try_upgrade().
  void set_trial(Trial& trial, std::function<void(bool)> look);

 private:
  RunResult plan_and_run(const Planner& first,
                         const std::function<Planner(const revision::Plan&)>& again);
  std::vector<std::string> begin_waiting();
  /// The next transaction of a revision that works outside of them in between.
  void begin_again();
  /// Rolls back if that throws.
  void read_journal_under_lock(const std::vector<revision::Step>& pending);
  void finish(const std::vector<std::string>& tail);
  void run_and_commit(std::vector<std::string> statements);
  /// A reader can keep SQLite's COMMIT waiting; the transaction stays open.
  bool is_commit_delayed(const DatabaseError& error) const;
  void commit_waiting();
  void run_all(std::vector<revision::Step> pending, const Planner& replan, RunResult& result);
  void throw_if_interrupted() const;
  /// The statements that a stamp sends, without COMMIT.
  std::vector<std::string> stamp_statements(const revision::Plan& plan, RunResult& result);
  void run_operations(const std::vector<ops::Operation>& operations);
  std::vector<std::string> forget_statements(const revision::Plan& plan) const;
  void tell_before(const std::vector<revision::Step>& pending);
  void end_trial();
  void run_transaction(std::vector<revision::Step>& pending, RunResult& result);
  void run_step(const revision::Step& step, bool ends_transaction, RunResult& result);
  /// What the revision says, up to what the history and the version table are told of it.
  void run_revision(const revision::Step& step);
  /// In milliseconds. A server that knows the time by itself gets everything in one message, so
  /// that this is an expression; else our clock is looked at after the work.
  std::string duration_since(std::chrono::steady_clock::time_point start);
  /// Of steps that were told as done, some may be gone again: says where the database is.
  void add_whereabouts(Error& error, std::span<const revision::Step> steps) const;
  std::vector<std::string> tail_for(const revision::Step& step, const std::string& duration) const;
  void widen_if_needed(const revision::Step& step);
  void check_drift() const;
  void roll_back() noexcept;
  void tell(Event event) const;
  HistoryEntry history_entry(const revision::Step& step) const;
  const std::string& id_of(const revision::Step& step) const;
  bool is_single_transaction() const;

  const Environment* environment_;
  Tables tables_;
  Gate gate_;
  std::unique_ptr<dialect::RunSession> session_;
  Patience patience_;
  HalfDone half_done_;
  std::unique_ptr<LiveSink> sink_;
  DatabaseState state_;
  std::vector<std::string> rows_;    ///< the version rows inside the open transaction
  bool has_waited_ = false;          ///< for the transaction that is open
  std::vector<std::string> create_;  ///< tables that may be missing until something is committed
  BeforeRun before_;
  Trial* trial_ = nullptr;
  std::function<void(bool)> look_;
  std::size_t number_ = 0;
  std::size_t total_ = 0;
};

/// Throws what is wrong with the scripts of these steps, before the first one runs.
void check_scripts(const Environment& environment, const std::vector<revision::Step>& steps);
/// The rows after the changes, sorted.
std::vector<std::string> rows_after(std::vector<std::string> rows,
                                    const std::vector<revision::RowChange>& changes);

}  // namespace cupel::migrate
