// SPDX-License-Identifier: MIT
// See live_sink.hpp. How a revision with statements outside transactions survives a crash:
//
//   BEGIN; ...; journal: statements 1..n-1 finished, n started; COMMIT
//   n (outside)                 <- killed here: the next run sees "started" and asks the dialect
//   whether n is done journal: n finished         <- killed here: the next run goes on behind n
//   BEGIN; n+1 ...; version row; journal cleared; COMMIT
#include "migrate/live_sink.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"
#include "cupel/sql/lexer.hpp"
#include "cupel/sql/splitter.hpp"
#include "migrate/patience.hpp"

namespace cupel::migrate {
LiveSchemaSource::LiveSchemaSource(const dialect::Dialect& dialect, driver::Connection& connection)
    : inspector_(dialect.make_inspector(connection)) {}
model::Schema LiveSchemaSource::around(const model::ObjectName&) { return all(); }
model::Schema LiveSchemaSource::all() { return inspector_->inspect(); }

LiveSink::LiveSink(const Environment& environment, dialect::RunSession& session,
                   const Tables& tables, Gate& gate, Turns turns)
    : environment_(&environment),
      session_(&session),
      tables_(&tables),
      gate_(&gate),
      existing_(environment),
      turns_(std::move(turns)) {}

void LiveSink::start(const revision::Step& step, const std::string& revision, bool collect,
                     std::vector<JournalEntry> resumed) {
  revision_ = revision;
  direction_ = step.direction == revision::Direction::Downgrade ? "downgrade" : "upgrade";
  collect_ = collect;
  autocommit_ = false;
  is_idempotent_ = false;
  is_generated_ = false;
  journalled_ = !resumed.empty();
  resumed_ = std::move(resumed);
  ordinal_ = 0;
  unjournalled_.clear();
  collected_.clear();
}

void LiveSink::check_interrupt() const {
  if (environment_->is_interrupted && environment_->is_interrupted()) {
    throw Interrupted("interrupted; the open transaction was rolled back",
                      "run the command again to go on");
  }
}

JournalEntry LiveSink::entry_for(std::int64_t ordinal, const std::string& hash,
                                 bool finished) const {
  return {revision_, direction_, ordinal, hash, finished};
}

const JournalEntry* LiveSink::next_entry(const std::string& hash) {
  check_interrupt();
  ++ordinal_;
  if (ordinal_ > static_cast<std::int64_t>(resumed_.size())) return nullptr;
  const JournalEntry& entry = resumed_[static_cast<std::size_t>(ordinal_ - 1)];
  if (entry.statement_hash == hash) return &entry;
  throw InputError(
      {},
      fmt::format("revision '{}' was interrupted before, and its text has changed since: statement "
                  "{} is not the "
                  "one that ran",
                  revision_, ordinal_),
      fmt::format(
          "bring the old text back and run again, or finish it by hand and type: cupel stamp {}",
          revision_));
}

bool LiveSink::take(const ops::Operation& operation) {
  is_generated_ = false;
  const bool is_data = std::holds_alternative<ops::ExecuteSql>(operation) ||
                       std::holds_alternative<ops::BulkInsert>(operation);
  if (is_data) return false;  // SQL is judged as the statements it holds
  gate_->about_to(operation);
  if (is_idempotent_ && is_there(operation)) return true;
  is_generated_ = true;
  return false;
}

bool LiveSink::is_there(const ops::Operation& operation) {
  const std::optional<Existing::Step> step = existing_.recognise(operation);
  if (!step) return false;
  const std::string hash = text::checksum("left out: " + ops::describe(operation));
  if (ordinal_ < static_cast<std::int64_t>(resumed_.size())) {
    if (resumed_[static_cast<std::size_t>(ordinal_)].statement_hash != hash) return false;
    ++ordinal_;
    return true;
  }
  flush();
  if (!existing_.is_there(*step)) return false;
  unjournalled_.push_back(entry_for(++ordinal_, hash, true));
  return true;
}

void LiveSink::execute(const sql::Statement& statement) {
  if (statement.backfill) return run_backfill(statement);
  const std::string hash = text::checksum(statement.sql);
  const JournalEntry* entry = next_entry(hash);
  if (entry != nullptr && entry->finished) return;
  if (is_idempotent_ && !is_generated_ && entry == nullptr) {
    if (const std::optional<Existing::Step> step = existing_.recognise(statement)) {
      flush();
      if (existing_.is_there(*step))
        return unjournalled_.push_back(entry_for(ordinal_, hash, true));
    }
  }
  if (autocommit_ || statement.outside_transaction) {
    if (trial_ != nullptr) return note_untried(statement);
    return run_outside(statement, entry, hash,
                       [&] { environment_->connection->query(statement.sql); });
  }
  unjournalled_.push_back(entry_for(ordinal_, hash, true));
  collected_.push_back(statement);
  if (!collect_) flush();
}

driver::Rows LiveSink::execute_bound(const std::string& sql, const std::vector<Value>& parameters) {
  const std::string hash = text::checksum(sql);
  const JournalEntry* entry = next_entry(hash);
  driver::Rows rows;
  if (entry != nullptr && entry->finished) return rows;
  if (autocommit_ && trial_ != nullptr) {
    note_untried({sql});
    return rows;
  }
  if (autocommit_) {
    run_outside({sql}, entry, hash,
                [&] { rows = environment_->connection->query(sql, parameters); });
    return rows;
  }
  rows = query(sql, parameters);
  unjournalled_.push_back(entry_for(ordinal_, hash, true));
  return rows;
}

driver::Rows LiveSink::query(const std::string& sql, const std::vector<Value>& parameters) {
  check_interrupt();
  flush();
  try {
    driver::Rows rows;
    note_tried({sql}, [&] {
      rows = environment_->connection->query(sql, parameters);
      return rows.affected;
    });
    return rows;
  } catch (DatabaseError& error) {
    rethrow(error, {{sql}}, 0);
  }
}

void LiveSink::run_many(const std::string& sql, const std::vector<std::vector<Value>>& rows) {
  const std::string hash = text::checksum(sql);
  const JournalEntry* entry = next_entry(hash);
  if (entry != nullptr && entry->finished) return;
  if (autocommit_ && trial_ != nullptr) return note_untried({sql});
  if (autocommit_) {
    // All rows or none, so that a second attempt does not insert the first ones again.
    return run_outside({sql}, entry, hash, [&] {
      driver::Transaction transaction(*environment_->connection);
      environment_->connection->run_many(sql, rows);
      transaction.commit();
    });
  }
  flush();
  try {
    note_tried({sql}, [&] {
      environment_->connection->run_many(sql, rows);
      return static_cast<std::int64_t>(rows.size());
    });
  } catch (DatabaseError& error) {
    rethrow(error, {{sql}}, 0);
  }
  unjournalled_.push_back(entry_for(ordinal_, hash, true));
}

sql::SchemaSource* LiveSink::schema() {
  flush();
  if (!schema_)
    schema_ = std::make_unique<LiveSchemaSource>(*environment_->dialect, *environment_->connection);
  return schema_.get();
}

void LiveSink::note_tried(const sql::Statement& statement,
                          const std::function<std::int64_t()>& action) {
  if (trial_ == nullptr) {
    action();
    return;
  }
  const auto begun = std::chrono::steady_clock::now();
  const std::int64_t rows = action();
  const auto time = std::chrono::steady_clock::now() - begun;
  trial_->push_back({revision_, statement.sql, statement.place, true,
                     std::chrono::duration_cast<std::chrono::microseconds>(time), rows,
                     statement.backfill});
}

void LiveSink::note_untried(const sql::Statement& statement) {
  flush();
  trial_->push_back({revision_, statement.sql, statement.place, false, {}, 0});
}

void LiveSink::send_for_trial(const std::vector<sql::Statement>& sent) {
  std::size_t number = 0;
  try {
    for (; number < sent.size(); ++number)
      note_tried(sent[number],
                 [&] { return environment_->connection->query(sent[number].sql).affected; });
  } catch (DatabaseError& error) {
    for (const TriedStatement& before : *trial_)
      if (!before.is_tried)
        error.add_note("was not tried, which may be why: " + before.sql.substr(0, 500));
    rethrow(error, sent, number);
  }
}

void LiveSink::flush() {
  if (!collected_.empty()) send({});
}

void LiveSink::send(std::vector<std::string> tail) {
  if (trial_ != nullptr) send_for_trial(std::exchange(collected_, {}));
  std::vector<std::string> statements;
  statements.reserve(collected_.size() + tail.size());
  for (const sql::Statement& statement : collected_) statements.push_back(statement.sql);
  for (std::string& statement : tail) statements.push_back(std::move(statement));
  std::size_t failed = 0;
  // Taken out first: a migration may catch the error and go on with something else.
  const std::vector<sql::Statement> sent = std::exchange(collected_, {});
  try {
    environment_->connection->run(statements, &failed);
  } catch (DatabaseError& error) {
    rethrow(error, sent, failed);
  }
}

std::size_t LiveSink::line_of(const DatabaseError& error, const sql::Statement& statement) const {
  const std::size_t offset = std::min(error.details().offset, statement.sql.size());
  if (offset == 0) return statement.place.line;
  // The place is that of the first word; comments before it belong to the text.
  sql::Lexer lexer(statement.sql, environment_->dialect->lex_rules());
  sql::Token first;
  if (!lexer.next_significant(first) || first.offset >= offset) return statement.place.line;
  const auto begin = statement.sql.begin();
  return statement.place.line + static_cast<std::size_t>(std::count(
                                    begin + static_cast<std::ptrdiff_t>(first.offset),
                                    begin + static_cast<std::ptrdiff_t>(offset) - 1, '\n'));
}

void LiveSink::rethrow(DatabaseError& error, const std::vector<sql::Statement>& sent,
                       std::size_t failed) const {
  if (failed < sent.size()) {
    const FilePosition& place = sent[failed].place;
    error.set_where(place.file.empty()
                        ? "revision '" + revision_ + "'"
                        : place.file + ":" + std::to_string(line_of(error, sent[failed])));
    const std::string& sql = sent[failed].sql;
    const std::string shown = sql.size() > 500 ? sql.substr(0, 500) + " ..." : sql;
    error.add_note("in: " + shown);
  } else {
    error.set_where("revision '" + revision_ + "', while it was recorded");
  }
  throw error;
}

void LiveSink::leave_transaction(const JournalEntry& started, bool is_new,
                                 std::vector<std::string> extra) {
  flush();
  if (!session_->try_session_lock()) throw TakenOver{};
  session_->check_before_commit();
  std::vector<std::string> tail;
  if (!has_journal_) tail.push_back(tables_->create_journal());
  for (const JournalEntry& entry : unjournalled_) tail.push_back(tables_->insert_journal(entry));
  if (is_new) tail.push_back(tables_->insert_journal(started));
  for (std::string& statement : extra) tail.push_back(std::move(statement));
  tail.emplace_back("COMMIT");
  send(std::move(tail));
  unjournalled_.clear();
  journalled_ = has_journal_ = true;
}

void LiveSink::run_outside(const sql::Statement& statement, const JournalEntry* entry,
                           const std::string& hash, const std::function<void()>& action) {
  const JournalEntry started = entry_for(ordinal_, hash, false);
  leave_transaction(started, entry == nullptr);
  driver::Connection& connection = *environment_->connection;
  const dialect::Recovery recovery =
      environment_->dialect->recovery(statement.sql, entry != nullptr, connection);
  try {
    for (const std::string& before : recovery.before) connection.query(before);
    if (!recovery.already_done) action();
  } catch (DatabaseError& error) {
    error.add_note("statements before it are committed; the next run goes on with this one");
    rethrow(error, {statement}, 0);
  }
  connection.query(tables_->finish_journal(started));
  turns_.begin();
}

void LiveSink::run_backfill(const sql::Statement& statement) {
  // Neither layout nor pace count: both may be changed until the run is finished.
  const std::string hash = text::checksum(
      "backfill " + sql::without_layout(statement.sql, environment_->dialect->lex_rules()));
  const JournalEntry* entry = next_entry(hash);
  if (entry != nullptr && entry->finished) return;
  if (trial_ != nullptr) return try_backfill(statement, hash);
  const JournalEntry started = entry_for(ordinal_, hash, false);
  Backfill backfill(*environment_, statement, *tables_, turns_, started);
  std::vector<std::string> extra;
  if (entry == nullptr) {  // refused before anything of it is kept
    flush();
    backfill.check();
    if (!has_progress()) extra.push_back(tables_->create_progress());
    extra.push_back(tables_->delete_progress(started));
    extra.push_back(tables_->insert_progress(started));
  }
  leave_transaction(started, entry == nullptr, std::move(extra));
  has_progress_ = true;
  try {
    backfills_.push_back(
        backfill.run(environment_->dialect->transaction_frame(run_settings(environment_->settings)),
                     entry != nullptr));
  } catch (DatabaseError& error) {
    error.add_note(backfill.done_note());
    rethrow(error, {statement}, 0);
  }
  turns_.begin();
}

/// Asked for, since a server remarks on each IF NOT EXISTS that finds something.
bool LiveSink::has_progress() const {
  if (has_progress_) return true;
  const model::ObjectName table = tables_->progress();
  const std::vector<std::string> names =
      environment_->dialect->make_inspector(*environment_->connection)->table_names(table.schema);
  return std::find(names.begin(), names.end(), table.name) != names.end();
}

/// As one UPDATE: what it changes is the same.
void LiveSink::try_backfill(const sql::Statement& statement, const std::string& hash) {
  flush();
  Backfill(*environment_, statement, *tables_, turns_, {}).check();
  unjournalled_.push_back(entry_for(ordinal_, hash, true));
  collected_.push_back(statement);
  flush();
}

void LiveSink::finish(const std::vector<std::string>& tail) {
  if (ordinal_ < static_cast<std::int64_t>(resumed_.size())) {
    throw InputError(
        {},
        fmt::format("revision '{}' was interrupted after {} statements, and now it has only {}",
                    revision_, resumed_.size(), ordinal_),
        fmt::format(
            "bring the old text back and run again, or finish it by hand and type: cupel stamp {}",
            revision_));
  }
  send(tail);
}

}  // namespace cupel::migrate
