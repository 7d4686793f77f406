// SPDX-License-Identifier: MIT
// See runner.hpp, and docs/running.md for the promises that this file keeps.
#include "migrate/runner.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/dialect/backup.hpp"
#include "cupel/revision/resolve.hpp"
#include "migrate/patience.hpp"

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

constexpr std::chrono::milliseconds kShortestDelay{5};
constexpr std::chrono::milliseconds kLongestDelay{250};
constexpr std::size_t kVersionLength = 32;  // Alembic's column
constexpr std::size_t kWidenedLength = 255;

std::chrono::microseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               start);
}

/// Runs a function at the end of a scope, whatever ends it.
class Finally {
 public:
  explicit Finally(std::function<void()> action) : action_(std::move(action)) {}
  ~Finally() { action_(); }
  Finally(const Finally&) = delete;
  Finally& operator=(const Finally&) = delete;

 private:
  std::function<void()> action_;
};

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
      gate_(environment) {
  session_ = environment.dialect->make_run_session(*environment.connection, environment.url,
                                                   run_settings(environment.settings));
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

void Runner::wait_and_tell(Event::Kind kind, std::chrono::steady_clock::time_point since) {
  const auto now = std::chrono::steady_clock::now();
  if (environment_->is_interrupted && environment_->is_interrupted()) {
    throw Interrupted("interrupted while waiting for a lock", "run the command again to go on");
  }
  if (now >= wait_until_) throw_gave_up();
  // Who is in the way is worth a question, and a line, only if it takes long.
  if (now - since >= std::chrono::seconds(1) && now - told_ >= std::chrono::seconds(2)) {
    told_ = now;
    Event event;
    event.kind = kind;
    event.text = session_->describe_blocker();
    tell(event);
  }
  std::this_thread::sleep_for(delay_);
  delay_ = std::min(delay_ * 2, kLongestDelay);
}

void Runner::throw_gave_up() {
  throw DatabaseError(fmt::format("gave up after waiting {} s for a lock",
                                  environment_->settings.lock_timeout.count() / 1000.0),
                      {.sqlstate = {},
                       .native_code = 0,
                       .statement = {},
                       .offset = 0,
                       .connection_lost = false,
                       .retryable = false},
                      give_up_hint(session_->describe_blocker()));
}

void Runner::start_patience() {
  wait_until_ = std::chrono::steady_clock::now() + environment_->settings.lock_timeout;
}

std::vector<std::string> Runner::begin_waiting() {
  delay_ = kShortestDelay;
  has_waited_ = false;
  const auto begun = std::chrono::steady_clock::now();
  for (;;) {
    if (std::optional<std::vector<std::string>> rows = session_->try_begin(create_)) {
      rows_ = std::move(*rows);
      std::sort(rows_.begin(), rows_.end());
      return rows_;
    }
    has_waited_ = true;
    wait_and_tell(Event::Kind::Waiting, begun);
  }
}

void Runner::begin_again() {
  const std::vector<std::string> expected = rows_;
  create_.clear();
  start_patience();
  if (begin_waiting() != expected) {
    throw DatabaseError(
        "the version table was changed by somebody else while a revision was running", {});
  }
}

void Runner::take_journal(const std::vector<JournalEntry>& journal,
                          const std::vector<std::string>& rows, bool under_lock) {
  journal_ = still_half_done(journal, environment_->migrations->graph(), rows);
  for (const JournalEntry& entry : journal) {
    if (std::find(journal_.begin(), journal_.end(), entry) != journal_.end()) continue;
    done_elsewhere_ =
        fmt::format("the {} of '{}', which was interrupted, was finished by another tool",
                    entry.direction, entry.revision);
    if (under_lock) environment_->connection->query(tables_.clear_journal(entry.revision));
  }
}

void Runner::read_journal_under_lock(const std::vector<revision::Step>& pending) {
  driver::Connection& connection = *environment_->connection;
  try {
    connection.query("SAVEPOINT cupel_journal");
    try {
      take_journal(journal_from(connection.query(tables_.select_journal())), rows_, true);
      sink_->set_has_journal();
    } catch (const DatabaseError& error) {
      if (!environment_->dialect->is_missing_object(error)) throw;
      connection.query("ROLLBACK TO SAVEPOINT cupel_journal");
      journal_.clear();
    }
    connection.query("RELEASE SAVEPOINT cupel_journal");
    check_journal(pending);
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

std::vector<JournalEntry> Runner::journal_of(const revision::Step& step) const {
  std::vector<JournalEntry> entries;
  for (const JournalEntry& entry : journal_) {
    if (entry.revision == id_of(step) && entry.direction == revision::to_string(step.direction))
      entries.push_back(entry);
  }
  return entries;
}

void Runner::check_journal(const std::vector<revision::Step>& steps) const {
  if (journal_.empty()) return;
  const JournalEntry& half = journal_.front();
  const bool continues = !steps.empty() && id_of(steps.front()) == half.revision &&
                         revision::to_string(steps.front().direction) == half.direction;
  if (continues) return;
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

HistoryEntry Runner::history_entry(const revision::Step& step) const {
  HistoryEntry entry;
  if (step.revision != revision::kNone) entry.revision = id_of(step);
  entry.direction = revision::to_string(step.direction);
  entry.applied_at = to_iso8601(environment_->clock());
  entry.applied_by = environment_->settings.who();
  if (step.direction == revision::Direction::Upgrade) {
    entry.checksum = environment_->migrations->get(entry.revision).checksum();
  }
  return entry;
}

std::vector<std::string> Runner::tail_for(const revision::Step& step,
                                          const std::string& duration) const {
  std::vector<std::string> tail = tables_.apply(step.rows);
  if (environment_->settings.history)
    tail.push_back(tables_.insert_history(history_entry(step), duration));
  return tail;
}

void Runner::widen_if_needed(const revision::Step& step) {
  for (const revision::RowChange& change : step.rows) {
    if (change.new_id.size() > kWidenedLength) {
      throw RevisionError(
          fmt::format("revision id '{}' has {} characters; the version table holds {}",
                      change.new_id, change.new_id.size(), kWidenedLength),
          {change.new_id}, "give the revision a shorter id");
    }
    if (change.new_id.size() <= kVersionLength ||
        !environment_->dialect->traits().enforces_varchar_length)
      continue;
    ops::AlterColumn alter;
    alter.table = tables_.versions();
    alter.column = "version_num";
    alter.type = model::String(static_cast<int>(kWidenedLength));
    for (const sql::Statement& statement : environment_->dialect->writer().write(alter)) {
      environment_->connection->query(statement.sql);
    }
    return;
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
  delay_ = kShortestDelay;
  const auto begun = std::chrono::steady_clock::now();
  for (;;) {
    wait_and_tell(Event::Kind::Waiting, begun);
    try {
      environment_->connection->query("COMMIT");
      return;
    } catch (const DatabaseError& error) {
      if (!is_commit_delayed(error)) throw;
    }
  }
}

void Runner::run_step(const revision::Step& step, bool ends_transaction, RunResult& result) {
  Event event;
  event.kind = Event::Kind::StepBegins;
  event.step = &step;
  event.number = ++number_;
  event.total = total_;
  tell(event);
  const auto begun = std::chrono::steady_clock::now();
  const script::Migration& migration = environment_->migrations->get(id_of(step));
  sink_->start(step, id_of(step), migration.is_plain_sql(), journal_of(step));
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

  // A server that knows the time by itself gets everything in one message; else we look at our
  // clock after the work.
  std::string duration = is_single_transaction() ? "" : session_->elapsed_expression();
  if (duration.empty()) {
    sink_->flush();
    duration =
        std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(since(begun)).count());
  }
  std::vector<std::string> tail = tail_for(step, duration);
  const bool was_journalled = sink_->is_journalled();
  if (was_journalled) tail.push_back(tables_.clear_journal(id_of(step)));
  if (ends_transaction) session_->check_before_commit();
  if (ends_transaction && trial_ == nullptr) tail.emplace_back("COMMIT");
  finish(tail);
  if (was_journalled) {
    journal_.clear();
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

void Runner::run_transaction(std::vector<revision::Step>& pending, RunResult& result) {
  const std::size_t steps = is_single_transaction() ? pending.size() : 1;
  const std::size_t done_before = result.steps.size();
  const std::size_t number_before = number_;
  const std::vector<std::string> rows_before = rows_;
  const lint::DestructionWatch seen_before = gate_.seen();
  std::vector<std::string> names;
  for (std::size_t i = 0; i < steps; ++i) names.push_back(id_of(pending[i]));
  const std::string last_of_all = "at the end of the transaction of " + text::quoted_list(names);
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
    // Of steps that were told as done, some may be gone again: say where the database is.
    const auto* refusal = dynamic_cast<const DatabaseError*>(&error);
    const bool lost = refusal != nullptr && refusal->connection_lost();
    if (refusal != nullptr && !lost && error.where().empty()) error.add_note(last_of_all);
    if (!lost && !sink_->is_journalled()) {
      error.add_note(rows_.empty() ? "rolled back; nothing is applied"
                                   : "rolled back; the database is at " + text::quoted_list(rows_));
    }
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
  if (state_.has_version_table) {
    std::optional<std::vector<JournalEntry>> journal = find_journal(*environment_);
    if (journal) sink_->set_has_journal();
    take_journal(std::move(journal).value_or(std::vector<JournalEntry>()), state_.rows, false);
  }
  check_journal(plan.steps);
  check_scripts(*environment_, plan.steps);
  gate_.look(plan.steps);

  const Planner replan = again(plan);
  if (!state_.has_version_table) create_.push_back(tables_.create_versions());
  if (environment_->settings.history && !state_.has_history)
    create_.push_back(tables_.create_history());
  for (const std::string& statement : session_->frame().prologue)
    environment_->connection->query(statement);
  const Finally restore([this] { run_epilogue(); });
  run_all(plan.steps, replan, result);
  result.rows = rows_;
  result.backfills = sink_->backfills();
  if (result.note.empty()) result.note = done_elsewhere_;
  return result;
}

void Runner::run_epilogue() noexcept {
  try {
    for (const std::string& statement : session_->frame().epilogue)
      environment_->connection->query(statement);
  } catch (const Error&) {
    // The session is lost, and its settings with it.
  }
}

void Runner::run_all(std::vector<revision::Step> pending, const Planner& replan,
                     RunResult& result) {
  std::vector<std::string> expected = state_.rows;
  total_ = pending.size();
  start_patience();
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
      start_patience();
    } catch (const TakenOver&) {
      look_again = true;
      take_journal(read_journal(*environment_), rows_, false);
    } catch (DatabaseError& error) {
      if (!error.retryable() || error.connection_lost()) throw;
      throw_if_interrupted();
      if (std::chrono::steady_clock::now() >= wait_until_) {
        error.set_hint(give_up_hint(session_->describe_blocker()));
        throw;
      }
      read_journal_again = true;
      delay_ = kLongestDelay;  // who waits for the same table gets a turn
      wait_and_tell(Event::Kind::Retrying, {});
    }
  }
}

void Runner::throw_if_interrupted() const {
  if (environment_->is_interrupted && environment_->is_interrupted()) {
    throw Interrupted("interrupted; the open transaction was rolled back",
                      "run the command again to go on");
  }
}

std::vector<std::string> Runner::stamp_statements(const revision::Plan& plan, RunResult& result) {
  result.note = plan.note;
  std::vector<std::string> statements;
  if (plan.purge_first) statements.push_back(tables_.delete_all_versions());
  for (const revision::Step& step : plan.steps) {
    widen_if_needed(step);
    for (std::string& statement : tail_for(step, "0")) statements.push_back(std::move(statement));
    result.steps.push_back(step);
  }
  for (std::string& statement : forget_statements(plan)) statements.push_back(std::move(statement));
  for (const JournalEntry& entry : journal_)
    statements.push_back(tables_.clear_journal(entry.revision));
  result.rows = plan.rows_after;
  return statements;
}

RunResult Runner::stamp(const Planner& planner) {
  state_ = read_state(*environment_);
  RunResult result;
  ensure_tables();
  start_patience();
  begin_waiting();
  try {
    run_and_commit(stamp_statements(planner(rows_), result));
  } catch (...) {
    roll_back();
    throw;
  }
  return result;
}

void Runner::run_operations(const std::vector<ops::Operation>& operations) {
  driver::Connection& connection = *environment_->connection;
  LiveSchemaSource schema(*environment_->dialect, connection);
  const sql::WriteContext context{&schema, connection.server_version()};
  for (const ops::Operation& operation : operations) {
    throw_if_interrupted();
    for (const sql::Statement& statement :
         environment_->dialect->writer().write(operation, context))
      connection.query(statement.sql);
  }
  session_->check_before_commit();
}

RunResult Runner::run_direct(const std::function<Direct(const std::vector<std::string>&)>& plan) {
  state_ = read_state(*environment_);
  RunResult result;
  ensure_tables();
  for (const std::string& statement : session_->frame().prologue)
    environment_->connection->query(statement);
  const Finally restore([this] { run_epilogue(); });
  start_patience();
  begin_waiting();
  try {
    const Direct direct = plan(rows_);
    run_operations(direct.operations);
    result.rows = rows_;
    std::vector<std::string> statements;
    if (!direct.targets.empty()) {
      statements = stamp_statements(revision::stamp_plan(environment_->migrations->graph(), rows_,
                                                         direct.targets, direct.purge),
                                    result);
    }
    run_and_commit(std::move(statements));
  } catch (...) {
    roll_back();
    throw;
  }
  return result;
}

std::vector<std::string> Runner::forget_statements(const revision::Plan& plan) const {
  if (!environment_->settings.history) return {};
  const revision::Graph& graph = environment_->migrations->graph();
  const std::vector<char> reached =
      graph.mark_ancestors(revision::resolve_rows(graph, plan.rows_after).known);
  std::vector<std::string> statements;
  for (const auto& [id, entry] : applied_entries(state_.history)) {
    const std::optional<revision::Index> index = graph.find(id);
    if (index && reached[static_cast<std::size_t>(*index)] != 0) continue;
    HistoryEntry forget = *entry;
    forget.direction = "forget";
    forget.applied_at = to_iso8601(environment_->clock());
    forget.applied_by = environment_->settings.who();
    statements.push_back(tables_.insert_history(forget, "0"));
  }
  return statements;
}

bool Runner::ensure_tables() {
  state_ = read_state(*environment_);
  const bool had_versions = state_.has_version_table;
  if (had_versions) journal_ = read_journal(*environment_);
  if (!had_versions) create_.push_back(tables_.create_versions());
  if (environment_->settings.history && !state_.has_history)
    create_.push_back(tables_.create_history());
  if (create_.empty()) return false;
  start_patience();
  begin_waiting();
  run_and_commit({});
  create_.clear();
  return !had_versions;
}

}  // namespace cupel::migrate
