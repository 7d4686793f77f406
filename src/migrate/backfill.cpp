// SPDX-License-Identifier: MIT
// See backfill.hpp.
#include "migrate/backfill.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "cupel/base/text.hpp"

namespace cupel::migrate {
namespace {

using std::chrono::milliseconds;

/// "a", or "(a, b)" where there are several.
std::string tuple(const std::vector<std::string>& parts) {
  return parts.size() == 1 ? parts[0] : "(" + text::join(parts, ", ") + ")";
}

void run_statements(driver::Connection& connection, const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) connection.query(statement);
}

}  // namespace

Backfill::Backfill(const Environment& environment, const sql::Statement& statement,
                   const Tables& tables, const Turns& turns, JournalEntry entry)
    : environment_(&environment),
      place_(statement.place),
      pace_(statement.backfill.value_or(sql::Pace())),
      tables_(&tables),
      turns_(&turns),
      entry_(std::move(entry)),
      update_(sql::read_update(statement.sql, environment.dialect->lex_rules())) {
  if (!update_.problem.empty()) {
    throw InputError(statement.place, "this cannot be run in batches: " + update_.problem,
                     "a backfill is one UPDATE ... SET ... [WHERE ...]");
  }
  if (pace_.batch < 1)
    throw InputError(place_, fmt::format("a batch of {} rows", pace_.batch),
                     "give it one row or more");
}

void Backfill::check() {
  try {
    walk_ = environment_->dialect->walk(update_.table.text, *environment_->connection);
  } catch (const UsageError& error) {
    throw InputError(place_, error.message(), error.hint());
  }
  const bool ignore_case = environment_->dialect->traits().names_ignore_case;
  for (const std::string& column : update_.columns) {
    const std::string name = ignore_case ? text::to_lower(column) : column;
    if (std::find(walk_.fixed.begin(), walk_.fixed.end(), name) == walk_.fixed.end()) continue;
    throw InputError(place_,
                     fmt::format("a backfill of '{}' cannot set '{}': that is how it finds its way",
                                 update_.table.plain, column),
                     "set another column, or run one UPDATE instead: leave 'backfill' out");
  }
}

BackfillResult Backfill::run(const dialect::TransactionFrame& frame, bool is_resumed) {
  const auto begun = std::chrono::steady_clock::now();
  driver::Connection& connection = *environment_->connection;
  run_statements(connection, frame.epilogue);
  try {
    turns_->begin();
    prepare(is_resumed);
    while (run_batch()) {
      tell();
      rest();
      turns_->begin();
    }
    tell();
  } catch (...) {
    if (connection.is_alive() && connection.in_transaction()) connection.query("ROLLBACK");
    if (connection.is_alive()) run_statements(connection, frame.prologue);
    throw;
  }
  run_statements(connection, frame.prologue);
  BackfillResult result;
  result.revision = entry_.revision;
  result.table = update_.table.plain;
  result.walked = progress_.walked;
  result.changed = progress_.changed;
  result.batches = batches_;
  result.duration =
      std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun);
  return result;
}

void Backfill::prepare(bool is_resumed) {
  check();
  const std::string validity = read_validity();
  if (is_resumed) load_progress();
  if (!progress_.position.empty() && progress_.validity != validity) {
    throw InputError(
        {},
        fmt::format(
            "the backfill of '{}' was interrupted after {} rows, and where that was is lost: "
            "rows without a primary key may have been numbered anew since",
            update_.table.plain, progress_.walked),
        fmt::format("let its WHERE leave out the rows that are done, forget the run that was "
                    "interrupted by stamping the revision where the database is, and run again"));
  }
  progress_.validity = validity;
  kept_ = progress_;
  if (!walk_.estimate.empty()) {
    const driver::Rows rows = query(walk_.estimate);
    if (!rows.empty() && !rows[0].is_null(0))
      expected_ = std::max<std::int64_t>(rows[0].integer(0), 0);
  }
  if (pace_.max_lag) replicas_ = environment_->dialect->watch_replicas(*environment_->connection);
}

void Backfill::load_progress() {
  const driver::Rows rows = query(tables_->select_progress(entry_));
  if (rows.empty()) return;
  progress_ = {rows[0].text(0), rows[0].text(1), rows[0].integer(2), rows[0].integer(3)};
}

std::string Backfill::read_validity() const {
  return walk_.validity.empty() ? "" : query(walk_.validity)[0].text(0);
}

std::string Backfill::between(const std::string& qualifier, const std::string& from,
                              const std::string& to) const {
  std::vector<std::string> key = walk_.key;
  if (!qualifier.empty())
    for (std::string& column : key) column.insert(0, qualifier + ".");
  const auto bracketed = [&](const std::string& place) {
    return key.size() == 1 ? place : "(" + place + ")";
  };
  std::string condition;
  if (!from.empty()) condition = tuple(key) + " > " + bracketed(from);
  if (!to.empty())
    condition += (condition.empty() ? "" : " AND ") + tuple(key) + " <= " + bracketed(to);
  return condition.empty() ? "1 = 1" : condition;
}

std::optional<std::string> Backfill::find_boundary() const {
  const driver::Rows rows = query(fmt::format(
      "SELECT {} FROM {} WHERE {} ORDER BY {} LIMIT 1 OFFSET {}", text::join(walk_.literals, ", "),
      update_.table.text, between("", progress_.position, ""), text::join(walk_.key, ", "),
      pace_.batch - 1));
  if (rows.empty()) return std::nullopt;
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < walk_.literals.size(); ++i) parts.push_back(rows[0].text(i));
  return text::join(parts, ", ");
}

bool Backfill::run_batch() {
  const std::optional<std::string> boundary = find_boundary();
  const std::string rows = between(update_.qualifier, progress_.position, boundary.value_or(""));
  progress_.changed += query(update_.with(rows)).affected;
  if (boundary) {
    progress_.position = *boundary;
    progress_.walked += pace_.batch;
    query(tables_->update_progress(entry_, progress_));
  } else {
    environment_->connection->run(
        std::vector{tables_->delete_progress(entry_), tables_->finish_journal(entry_)});
  }
  turns_->commit();
  ++batches_;
  kept_ = progress_;
  return boundary.has_value();
}

void Backfill::tell() const {
  log(environment_->log, LogLevel::Debug, "backfill",
      fmt::format("{}: batch {} is done; {} rows walked over, {} changed", update_.table.plain,
                  batches_, progress_.walked, progress_.changed));
  if (!environment_->on_event) return;
  Event event;
  event.kind = Event::Kind::Progress;
  event.text = update_.table.plain;
  event.done = progress_.walked;
  event.expected = expected_;
  environment_->on_event(event);
}

void Backfill::wait(milliseconds time) const {
  constexpr milliseconds kStep{50};
  for (;; time -= kStep) {
    if (environment_->is_interrupted && environment_->is_interrupted()) {
      throw Interrupted("interrupted; " + done_note(), "run the command again to go on");
    }
    if (time <= milliseconds(0)) return;
    std::this_thread::sleep_for(std::min(time, kStep));
  }
}

void Backfill::rest() {
  wait(pace_.pause);
  if (replicas_) wait_for_replicas();
}

void Backfill::wait_for_replicas() {
  using namespace std::chrono_literals;
  auto told = std::chrono::steady_clock::now() - 1s;
  for (;;) {
    const milliseconds lag = replicas_->lag();
    if (lag <= *pace_.max_lag) return;
    const auto now = std::chrono::steady_clock::now();
    if (environment_->on_event && now - told >= 2s) {
      told = now;
      Event event;
      event.kind = Event::Kind::Waiting;
      event.text =
          fmt::format("a replica that is {:.1f} s behind", static_cast<double>(lag.count()) / 1000);
      environment_->on_event(event);
    }
    wait(200ms);
  }
}

std::string Backfill::done_note() const {
  return fmt::format("of '{}' {} rows are done; the next run goes on behind them",
                     update_.table.plain, kept_.walked);
}

}  // namespace cupel::migrate
