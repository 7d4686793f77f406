// SPDX-License-Identifier: MIT
// How runners are kept apart, also behind a pooler that hands out another session for every
// transaction:
//
// - Every transaction of a run begins with pg_try_advisory_xact_lock(run key). The lock ends with
//   the transaction, so it needs no session of its own, and a killed runner leaves nothing. It
//   comes before the first CREATE TABLE, where two runners would otherwise race.
// - The version table is locked as well (NOWAIT), because Alembic takes no advisory lock.
// - Nobody waits inside the server: a busy lock means rollback and a later attempt, so that waiting
//   runners never hold the pooler's connections that the working one needs.
// - Work outside transactions (CREATE INDEX CONCURRENTLY) is covered by a second key, held by an
//   idle transaction on a connection of its own. It holds no snapshot, so CONCURRENTLY does not
//   wait for it. It is taken while the run key is held; whoever gets the run key afterwards tries
//   the second one too, and lets it go in the same statement. (To look into pg_locks instead costs
//   as much as a small revision.)
#include "dialect/postgres/run_session.hpp"

#include <fmt/core.h>

#include "cupel/base/text.hpp"
#include "dialect/postgres/ddl.hpp"
#include "dialect/postgres/driver.hpp"

namespace cupel::dialect::postgres {
namespace {

/// The lock is the database's; two version tables in one database do not disturb each other.
std::int64_t run_key(const model::ObjectName& version_table) {
  const std::string digits =
      text::checksum("cupel run lock " + model::to_string(version_table)).substr(0, 15);
  return static_cast<std::int64_t>(std::stoull(digits, nullptr, 16));
}

class PostgresRunSession final : public RunSession {
 public:
  PostgresRunSession(driver::Connection& connection, const driver::Url* url,
                     const RunSettings& settings)
      : connection_(&connection),
        settings_(settings),
        table_(writer().quote(settings.version_table)),
        key_(run_key(settings.version_table)) {
    if (url != nullptr) url_ = *url;
  }
  ~PostgresRunSession() override { release_session_lock(); }

  TransactionFrame frame() const override { return transaction_frame(settings_); }

  std::optional<std::vector<std::string>> try_begin(std::span<const std::string> create) override {
    std::vector<std::string> statements = frame().begin;
    const std::size_t lock_index = statements.size();
    statements.push_back(lock_query());
    // A new table cannot be locked before it is there: then the advisory lock's answer is awaited
    // first.
    if (create.empty()) append_table_lock(statements);
    try {
      std::vector<driver::Rows> results = connection_->run(statements);
      if (!results[lock_index][0].boolean(0)) return give_up();
      if (!create.empty()) {
        statements.assign(create.begin(), create.end());
        append_table_lock(statements);
        results = connection_->run(statements);
      }
      return rows_of(results.back());
    } catch (const DatabaseError& error) {
      if (error.sqlstate() != "55P03") throw;  // lock_not_available
      return give_up();
    }
  }

  bool try_session_lock() override {
    if (holds_session_lock_) return true;
    driver::Connection& session = lock_connection();
    std::vector<std::string> statements;
    if (own_lock_) statements = {"BEGIN", "SET LOCAL idle_in_transaction_session_timeout = 0"};
    const std::string function = own_lock_ ? "pg_try_advisory_xact_lock" : "pg_try_advisory_lock";
    statements.push_back(fmt::format("SELECT {}({}), pg_backend_pid()", function, key_ + 1));
    const std::vector<driver::Rows> results = session.run(statements);
    holds_session_lock_ = results.back()[0].boolean(0);
    session_pid_ = results.back()[0].integer(1);
    if (!holds_session_lock_ && own_lock_) session.query("ROLLBACK");
    return holds_session_lock_;
  }

  void release_session_lock() override {
    if (!holds_session_lock_) return;
    holds_session_lock_ = false;
    session_pid_ = 0;
    try {
      if (own_lock_) {
        own_lock_->query("ROLLBACK");
      } else {
        connection_->query(fmt::format("SELECT pg_advisory_unlock({})", key_ + 1));
      }
    } catch (const Error&) {
      // The session is lost, and the lock with it.
    }
  }

  std::string describe_blocker() override {
    const driver::Rows rows = connection_->query(
        fmt::format("SELECT a.pid, a.usename, a.application_name, a.state, "
                    "extract(epoch FROM now() - coalesce(a.xact_start, a.query_start))::bigint, "
                    "left(regexp_replace(a.query, '\\s+', ' ', 'g'), 80) "
                    "FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
                    "WHERE l.granted AND a.pid <> pg_backend_pid() AND a.pid <> {} AND a.datname = "
                    "current_database() "
                    "AND ((l.locktype = 'advisory' AND l.classid = {} AND l.objid IN ({}, {})) "
                    "OR (l.locktype = 'relation' AND l.relation >= 16384)) "
                    "ORDER BY l.locktype <> 'advisory', a.xact_start NULLS LAST, a.pid LIMIT 1",
                    session_pid_, key_ >> 32, key_ & 0xFFFFFFFF, (key_ + 1) & 0xFFFFFFFF));
    if (rows.empty()) return {};
    const driver::Row row = rows[0];
    return fmt::format("pid {}, user '{}', application '{}', {} for {} s: {}", row.integer(0),
                       row.optional_text(1).value_or(""), row.optional_text(2).value_or(""),
                       row.optional_text(3).value_or("?"), row.is_null(4) ? 0 : row.integer(4),
                       row.optional_text(5).value_or(""));
  }

  std::string elapsed_expression() const override {
    return "(extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)::bigint";
  }

 private:
  /// True if we got the run key and nobody else works outside transactions. The second key is tried
  /// for the session, since a lock of the transaction could not be given back; both calls are one
  /// expression, between which nothing interrupts.
  std::string lock_query() const {
    const std::string run_lock = fmt::format("pg_try_advisory_xact_lock({})", key_);
    if (holds_session_lock_) return "SELECT " + run_lock;
    return fmt::format(
        "SELECT CASE WHEN NOT {} THEN false WHEN pg_try_advisory_lock_shared({}) THEN "
        "pg_advisory_unlock_shared({}) ELSE false END",
        run_lock, key_ + 1, key_ + 1);
  }
  void append_table_lock(std::vector<std::string>& statements) const {
    statements.push_back("LOCK TABLE " + table_ + " IN SHARE ROW EXCLUSIVE MODE NOWAIT");
    statements.push_back("SELECT version_num FROM " + table_);
  }
  std::optional<std::vector<std::string>> give_up() {
    if (connection_->in_transaction()) connection_->query("ROLLBACK");
    return std::nullopt;
  }
  static std::vector<std::string> rows_of(const driver::Rows& rows) {
    std::vector<std::string> result;
    for (const driver::Row row : rows) result.push_back(row.text(0));
    return result;
  }
  /// A connection of its own where there is a URL; else the application's, whose session lock works
  /// without a pooler.
  driver::Connection& lock_connection() {
    if (url_ && !own_lock_) own_lock_ = connect(*url_, {.application_name = "cupel (lock)"});
    return own_lock_ ? *own_lock_ : *connection_;
  }

  driver::Connection* connection_;
  std::optional<driver::Url> url_;
  RunSettings settings_;
  std::string table_;
  std::int64_t key_;
  std::unique_ptr<driver::Connection> own_lock_;
  bool holds_session_lock_ = false;
  std::int64_t session_pid_ = 0;
};

}  // namespace

TransactionFrame transaction_frame(const RunSettings& settings) {
  TransactionFrame frame;
  frame.begin = {"BEGIN"};
  if (settings.lock_attempt.count() > 0) {
    frame.begin.push_back(
        fmt::format("SET LOCAL lock_timeout = '{}ms'", settings.lock_attempt.count()));
  }
  if (settings.statement_timeout.count() > 0) {
    frame.begin.push_back(
        fmt::format("SET LOCAL statement_timeout = '{}ms'", settings.statement_timeout.count()));
  }
  frame.read = frame.begin;
  return frame;
}

std::unique_ptr<RunSession> make_run_session(driver::Connection& connection, const driver::Url* url,
                                             const RunSettings& settings) {
  return std::make_unique<PostgresRunSession>(connection, url, settings);
}

}  // namespace cupel::dialect::postgres
