// SPDX-License-Identifier: MIT
// Where the statements of a running revision go: into the open transaction, or, one by one and
// journalled, outside of it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "context/unwind.hpp"
#include "cupel/migrate/state.hpp"
#include "cupel/migrate/trial.hpp"
#include "migrate/backfill.hpp"
#include "migrate/existing.hpp"
#include "migrate/gate.hpp"
#include "migrate/tables.hpp"

namespace cupel::migrate {

/// Thrown when another runner has taken the work over between two of our transactions: look again
/// what is left to do.
struct TakenOver : context::Unwind {};

/// Reads the live database whenever it is asked: a migration changes it all the time.
class LiveSchemaSource final : public sql::SchemaSource {
 public:
  LiveSchemaSource(const dialect::Dialect& dialect, driver::Connection& connection);
  model::Schema around(const model::ObjectName& table) override;
  model::Schema all() override;

 private:
  std::unique_ptr<inspect::Inspector> inspector_;
};

class LiveSink final : public context::StatementSink {
 public:
  LiveSink(const Environment& environment, dialect::RunSession& session, const Tables& tables,
           Gate& gate, Turns turns);

  /// Begins a revision. `collect` sends statements together; else each at once. `resumed` is what
  /// the journal knows of it.
  void start(const revision::Step& step, const std::string& revision, bool collect,
             std::vector<JournalEntry> resumed);
  /// Sends what is left and `tail` after it. Throws if the journal knows more statements than the
  /// revision has.
  void finish(const std::vector<std::string>& tail);
  /// What the steps of this revision make may be there already.
  void expect_existing() { is_idempotent_ = true; }
  /// True once a statement of this revision ran outside a transaction, now or in an interrupted
  /// run.
  bool is_journalled() const { return journalled_; }
  /// Nothing is kept: statements are noted there one by one, and what cannot run in the transaction
  /// is not run.
  void set_trial(std::vector<TriedStatement>& statements) { trial_ = &statements; }
  /// The journal's table is there: a server would tell the user that it need not be created.
  void set_has_journal() { has_journal_ = true; }
  const std::vector<BackfillResult>& backfills() const { return backfills_; }

  bool take(const ops::Operation& operation) override;
  void applied(const ops::Operation&) override { is_generated_ = false; }
  void about_to(std::span<const std::string_view> statements) override {
    gate_->about_to(statements);
  }
  void execute(const sql::Statement& statement) override;
  driver::Rows execute_bound(const std::string& sql, const std::vector<Value>& parameters) override;
  driver::Rows query(const std::string& sql, const std::vector<Value>& parameters) override;
  void run_many(const std::string& sql, const std::vector<std::vector<Value>>& rows) override;
  bool set_autocommit(bool on) override { return std::exchange(autocommit_, on); }
  driver::Connection* connection() override { return environment_->connection; }
  sql::SchemaSource* schema() override;
  void flush() override;

 private:
  /// What the journal says of the next statement; counts it. Throws if it is another one than the
  /// one that ran.
  const JournalEntry* next_entry(const std::string& hash);
  /// `action` runs the statement.
  void run_outside(const sql::Statement& statement, const JournalEntry* entry,
                   const std::string& hash, const std::function<void()>& action);
  /// `extra` runs in the transaction that ends here.
  void leave_transaction(const JournalEntry& started, bool is_new,
                         std::vector<std::string> extra = {});
  bool has_progress() const;
  void run_backfill(const sql::Statement& statement);
  void try_backfill(const sql::Statement& statement, const std::string& hash);
  void send(std::vector<std::string> tail);
  void check_interrupt() const;
  /// Runs `action`, which gives the number of changed rows, and notes it.
  void note_tried(const sql::Statement& statement, const std::function<std::int64_t()>& action);
  void note_untried(const sql::Statement& statement);
  void send_for_trial(const std::vector<sql::Statement>& sent);
  /// Where in the file the server found the error, or else where the statement begins.
  std::size_t line_of(const DatabaseError& error, const sql::Statement& statement) const;
  [[noreturn]] void rethrow(DatabaseError& error, const std::vector<sql::Statement>& sent,
                            std::size_t failed) const;
  /// True if the operation is to be left out. It is journalled as a statement is, so that a resumed
  /// revision leaves out the same ones.
  bool is_there(const ops::Operation& operation);
  JournalEntry entry_for(std::int64_t ordinal, const std::string& hash, bool finished) const;

  const Environment* environment_;
  dialect::RunSession* session_;
  const Tables* tables_;
  Gate* gate_;
  Existing existing_;
  Turns turns_;
  std::unique_ptr<LiveSchemaSource> schema_;
  std::vector<TriedStatement>* trial_ = nullptr;

  std::string revision_;
  std::string direction_;
  bool collect_ = false;
  bool autocommit_ = false;
  bool journalled_ = false;
  bool has_journal_ = false;
  bool has_progress_ = false;  ///< known to be there: the table of backfills
  bool is_idempotent_ = false;
  bool is_generated_ = false;  ///< the statements that come are an operation's
  std::vector<JournalEntry> resumed_;
  std::int64_t ordinal_ = 0;
  std::vector<JournalEntry> unjournalled_;  ///< finished in the open transaction
  std::vector<sql::Statement> collected_;
  std::vector<BackfillResult> backfills_;
};

}  // namespace cupel::migrate
