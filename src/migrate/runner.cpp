// SPDX-License-Identifier: MIT
// See runner.hpp, and docs/running.md for the promises that this file keeps.
#include "migrate/runner.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/dialect/backup.hpp"
#include "migrate/session_frame.hpp"

namespace cupel::migrate {
namespace {

/// What a person who has the tables already can do: the commonest refusal of all.
void advise(Error& error) {
  if (!error.hint().empty() || dynamic_cast<const DatabaseError*>(&error) == nullptr) return;
  for (const char* words : {"already exists", "duplicate column name"}) {
    if (error.message().find(words) == std::string::npos) continue;
    error.set_hint(
        "if it was made in another way: cupel doctor finds out at which revision the database is; "
        "cupel upgrade --idempotent leaves out what is there");
    return;
  }
}

std::chrono::microseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               start);
}

}  // namespace

std::vector<std::string> rows_after(std::vector<std::string> rows,
                                    const std::vector<revision::RowChange>& changes) {
  for (const revision::RowChange& change : changes) {
    if (!change.old_id.empty()) std::erase(rows, change.old_id);
    if (!change.new_id.empty()) rows.push_back(change.new_id);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

void check_scripts(const Environment& environment, const std::vector<revision::Step>& steps) {
  const script::Migrations& migrations = *environment.migrations;
  for (const revision::Step& step : steps)
    migrations.get(migrations.graph().id(step.revision))
        .check(step.direction, *environment.dialect);
}

Runner::Runner(const Environment& environment)
    : environment_(&environment),
      tables_(*environment.dialect, environment.settings),
      gate_(environment),
      session_(environment.dialect->make_run_session(*environment.connection, environment.url,
                                                     run_settings(environment.settings))),
      patience_(environment, *session_),
      half_done_(environment, tables_) {
  Turns turns{[this] { begin_again(); }, [this] { run_and_commit({}); }};
  sink_ = std::make_unique<LiveSink>(environment, *session_, tables_, gate_, std::move(turns));
}
Runner::~Runner() = default;

void Runner::set_trial(Trial& trial, std::function<void(bool)> look) {
  trial_ = &trial;
  look_ = std::move(look);
  sink_->set_trial(trial.statements);
}

bool Runner::is_single_transaction() const {
  if (trial_ != nullptr) return true;
  switch (environment_->settings.transaction) {
    case TransactionMode::Auto:
      return environment_->dialect->traits().one_transaction_per_run;
    case TransactionMode::Revision:
      return false;
    case TransactionMode::Run:
      return true;
  }
  return false;
}

void Runner::tell(Event event) const {
  if (environment_->on_event) environment_->on_event(event);
}

const std::string& Runner::id_of(const revision::Step& step) const {
  return environment_->migrations->graph().id(step.revision);
}

std::vector<std::string> Runner::begin_waiting() {
  patience_.begin();
  has_waited_ = false;
  for (;;) {
    if (std::optional<std::vector<std::string>> rows = session_->try_begin(create_)) {
      rows_ = std::move(*rows);
      std::sort(rows_.begin(), rows_.end());
      return rows_;
    }
    has_waited_ = true;
    patience_.pause();
  }
}

void Runner::begin_again() {
  const std::vector<std::string> expected = rows_;
  create_.clear();
  patience_.renew();
  if (begin_waiting() != expected) {
    throw DatabaseError(
        "the version table was changed by somebody else while a revision was running", {});
  }
}

void Runner::read_journal_under_lock(const std::vector<revision::Step>& pending) {
  try {
    if (half_done_.read_under_lock(rows_)) sink_->set_has_journal();
    half_done_.check(pending);
  } catch (...) {
    roll_back();
    throw;
  }
}

void Runner::roll_back() noexcept {
  driver::Connection& connection = *environment_->connection;
  try {
    if (connection.is_alive() && connection.in_transaction()) connection.query("ROLLBACK");
    session_->release_session_lock();
  } catch (const Error&) {
    // The session is lost; the server rolls back by itself.
  }
}

void Runner::finish(const std::vector<std::string>& tail) {
  try {
    sink_->finish(tail);
  } catch (const DatabaseError& error) {
    if (!is_commit_delayed(error)) throw;
    commit_waiting();
  }
}

void Runner::run_and_commit(std::vector<std::string> statements) {
  statements.emplace_back("COMMIT");
  try {
    environment_->connection->run(statements);
  } catch (const DatabaseError& error) {
    if (!is_commit_delayed(error)) throw;
    commit_waiting();
  }
}

bool Runner::is_commit_delayed(const DatabaseError& error) const {
  return error.retryable() && error.details().statement == "COMMIT" &&
         environment_->connection->in_transaction();
}

void Runner::commit_waiting() {
  patience_.begin();
  for (;;) {
    patience_.pause();
    try {
      environment_->connection->query("COMMIT");
      return;
    } catch (const DatabaseError& error) {
      if (!is_commit_delayed(error)) throw;
    }
  }
}

void Runner::run_revision(const revision::Step& step) {
  const script::Migration& migration = environment_->migrations->get(id_of(step));
  sink_->start(step, id_of(step), migration.is_plain_sql(), half_done_.of(step));
  if (step.direction == revision::Direction::Upgrade &&
      (environment_->settings.idempotent ||
       migration.is_idempotent(step.direction, *environment_->dialect)))
    sink_->expect_existing();
  gate_.begin(step);
  if (trial_ != nullptr) {
    for (Loss& loss : gate_.losses_of(step)) trial_->losses.push_back(std::move(loss));
  }
  widen_if_needed(step);
  context::Operations op(*sink_, *environment_->dialect, environment_->settings.naming);
  op.set_arguments(environment_->arguments);
  migration.run(step.direction, op);
}

std::string Runner::duration_since(std::chrono::steady_clock::time_point start) {
  std::string duration = is_single_transaction() ? "" : session_->elapsed_expression();
  if (!duration.empty()) return duration;
  sink_->flush();
  return std::to_string(
      std::chrono::duration_cast<std::chrono::milliseconds>(since(start)).count());
}

void Runner::run_step(const revision::Step& step, bool ends_transaction, RunResult& result) {
  Event event;
  event.kind = Event::Kind::StepBegins;
  event.step = &step;
  event.number = ++number_;
  event.total = total_;
  tell(event);
  const auto begun = std::chrono::steady_clock::now();
  run_revision(step);
  std::vector<std::string> tail = tail_for(step, duration_since(begun));
  const bool was_journalled = sink_->is_journalled();
  if (was_journalled) tail.push_back(tables_.clear_journal(id_of(step)));
  if (ends_transaction) session_->check_before_commit();
  if (ends_transaction && trial_ == nullptr) tail.emplace_back("COMMIT");
  finish(tail);
  if (was_journalled) {
    half_done_.clear();
    session_->release_session_lock();
  }
  rows_ = rows_after(rows_, step.rows);
  result.steps.push_back(step);
  event.kind = Event::Kind::StepEnds;
  event.duration = since(begun);
  tell(event);
}

void Runner::tell_before(const std::vector<revision::Step>& pending) {
  if (!before_) return;
  try {
    const bool destroys = gate_.destroys(pending);
    for (const std::string& statement : dialect::idling_statements(*environment_->dialect))
      environment_->connection->query(statement);
    before_(destroys);
  } catch (...) {
    roll_back();
    throw;
  }
  before_ = {};
}

void Runner::end_trial() {
  environment_->connection->run(dialect::settling_statements(*environment_->dialect));
  look_(true);
  environment_->connection->query("ROLLBACK");
}

void Runner::add_whereabouts(Error& error, std::span<const revision::Step> steps) const {
  const auto* refusal = dynamic_cast<const DatabaseError*>(&error);
  if (refusal != nullptr && refusal->connection_lost()) return;
  if (refusal != nullptr && error.where().empty()) {
    std::vector<std::string> names;
    for (const revision::Step& step : steps) names.push_back(id_of(step));
    error.add_note("at the end of the transaction of " + text::quoted_list(names));
  }
  if (sink_->is_journalled()) return;
  error.add_note(rows_.empty() ? "rolled back; nothing is applied"
                               : "rolled back; the database is at " + text::quoted_list(rows_));
}

void Runner::run_transaction(std::vector<revision::Step>& pending, RunResult& result) {
  const std::size_t steps = is_single_transaction() ? pending.size() : 1;
  const std::size_t done_before = result.steps.size();
  const std::size_t number_before = number_;
  const std::vector<std::string> rows_before = rows_;
  const lint::DestructionWatch seen_before = gate_.seen();
  const auto undo = [&] {
    roll_back();
    gate_.go_back_to(seen_before);
    number_ = number_before;
    rows_ = rows_before;
    result.steps.resize(done_before);
  };
  try {
    if (trial_ != nullptr) {
      trial_->statements.clear();
      trial_->losses.clear();
      look_(false);
    }
    for (std::size_t i = 0; i < steps; ++i) run_step(pending[i], i + 1 == steps, result);
    if (trial_ != nullptr) end_trial();
  } catch (Error& error) {
    undo();
    advise(error);
    add_whereabouts(error, {pending.data(), steps});
    throw;
  } catch (...) {
    undo();
    throw;
  }
  pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(steps));
}

void Runner::check_drift() const {
  try {
    require_no_drift(*environment_->migrations, state_);
  } catch (const InputError& error) {
    if (environment_->settings.refuse_edited) throw;
    log(environment_->log, LogLevel::Warning, "drift", error.what());
  }
}

RunResult Runner::run(const Planner& first,
                      const std::function<Planner(const revision::Plan&)>& again) {
  try {
    return plan_and_run(first, again);
  } catch (const DatabaseError&) {
    throw_if_interrupted();  // the error is that of a statement that was cancelled
    throw;
  }
}

RunResult Runner::plan_and_run(const Planner& first,
                               const std::function<Planner(const revision::Plan&)>& again) {
  state_ = read_state(*environment_);
  check_drift();
  const revision::Plan plan = first(state_.rows);
  RunResult result;
  result.note = plan.note;
  result.rows = state_.rows;
  if (plan.steps.empty()) return result;
  if (state_.has_journal) {
    sink_->set_has_journal();
    half_done_.take(read_journal(*environment_), state_.rows);
  }
  half_done_.check(plan.steps);
  check_scripts(*environment_, plan.steps);
  gate_.look(plan.steps);

  const Planner replan = again(plan);
  if (!state_.has_version_table) create_.push_back(tables_.create_versions());
  if (environment_->settings.history && !state_.has_history)
    create_.push_back(tables_.create_history());
  const SessionFrame frame(*environment_->connection, *session_);
  run_all(plan.steps, replan, result);
  result.rows = rows_;
  result.backfills = sink_->backfills();
  if (result.note.empty()) result.note = half_done_.done_elsewhere();
  return result;
}

void Runner::run_all(std::vector<revision::Step> pending, const Planner& replan,
                     RunResult& result) {
  std::vector<std::string> expected = state_.rows;
  total_ = pending.size();
  patience_.renew();
  bool look_again = false;
  bool read_journal_again = true;
  while (!pending.empty()) {
    if (begin_waiting() != expected || look_again) {
      pending = replan(rows_).steps;
      total_ = number_ + pending.size();
      look_again = false;
    }
    if (pending.empty()) {
      result.note = "another process has done it meanwhile";
      return roll_back();
    }
    expected = rows_;
    try {
      tell_before(pending);
      if (read_journal_again || has_waited_) read_journal_under_lock(pending);
      read_journal_again = false;
      run_transaction(pending, result);
      expected = rows_;
      create_.clear();
      patience_.renew();
    } catch (const TakenOver&) {
      look_again = true;
      half_done_.take(read_journal(*environment_), rows_);
    } catch (DatabaseError& error) {
      if (!error.retryable() || error.connection_lost()) throw;
      throw_if_interrupted();
      if (patience_.is_over()) {
        error.set_hint(give_up_hint(session_->describe_blocker()));
        throw;
      }
      read_journal_again = true;
      patience_.pause_before_retry();
    }
  }
}

void Runner::throw_if_interrupted() const {
  if (environment_->is_interrupted && environment_->is_interrupted()) {
    throw Interrupted("interrupted; the open transaction was rolled back",
                      "run the command again to go on");
  }
}

}  // namespace cupel::migrate
