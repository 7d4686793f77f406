// SPDX-License-Identifier: MIT
// BEGIN IMMEDIATE is lock and transaction in one: the file has one writer. Foreign keys are off
// while tables are rebuilt (the switch works only outside a transaction) and checked as a whole
// before COMMIT. https://www.sqlite.org/lang_altertable.html#otheralter
#include "dialect/sqlite/run_session.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "dialect/sqlite/ddl.hpp"
#include "dialect/sqlite/driver.hpp"
#include "dialect/sqlite/file_lock.hpp"

namespace cupel::dialect::sqlite {
namespace {

constexpr std::int64_t kOutsideTimeout = 10000;  // milliseconds

using Violations = std::multiset<std::string>;

Violations find_violations(driver::Connection& connection) {
  Violations found;
  for (const driver::Row row : connection.query("PRAGMA foreign_key_check")) {
    found.insert(fmt::format("row {} of '{}' refers to no row of '{}'",
                             row.is_null(1) ? "?" : row.text(1), row.text(0), row.text(2)));
  }
  return found;
}

std::string path_of(driver::Connection& connection) {
  const driver::Rows databases = connection.query("PRAGMA database_list");
  return databases.empty() ? "" : databases[0].optional_text(2).value_or("");
}

class SqliteRunSession final : public RunSession {
 public:
  SqliteRunSession(driver::Connection& connection, bool ours, const RunSettings& settings)
      : connection_(&connection),
        table_(writer().quote(settings.version_table)),
        enforced_(connection.query("PRAGMA foreign_keys")[0].boolean(0)),
        busy_timeout_(connection.query("PRAGMA busy_timeout")[0].integer(0)),
        path_(path_of(connection)),
        lock_(path_),
        ours_(ours) {}
  ~SqliteRunSession() override { set_busy_timeout(busy_timeout_); }

  TransactionFrame frame() const override {
    TransactionFrame frame = transaction_frame();
    if (!enforced_) frame.epilogue.clear();
    return frame;
  }

  std::optional<std::vector<std::string>> try_begin(std::span<const std::string> create) override {
    try {
      set_busy_timeout(0);
      connection_->query("BEGIN IMMEDIATE");
    } catch (const DatabaseError& error) {
      if (!error.retryable()) throw;
      return std::nullopt;
    }
    // Somebody is at work between two of its transactions.
    if (lock_.is_held_elsewhere()) {
      connection_->query("ROLLBACK");
      return std::nullopt;
    }
    connection_->run(create);
    std::vector<std::string> rows;
    for (const driver::Row row : connection_->query("SELECT version_num FROM " + table_))
      rows.push_back(row.text(0));
    return rows;
  }

  void check_before_commit() override {
    Violations after = find_violations(*connection_);
    if (after.empty()) return;
    // What was wrong before is not this run's doing; another connection still sees the file as it
    // was.
    for (const std::string& old : violations_before()) {
      if (const auto found = after.find(old); found != after.end()) after.erase(found);
    }
    if (after.empty()) return;
    throw DatabaseError(
        fmt::format("the migration leaves {} foreign key violation{}: {}", after.size(),
                    after.size() == 1 ? "" : "s", *after.begin()),
        {.sqlstate = {}, .native_code = 787, .statement = "PRAGMA foreign_key_check"},
        "nothing was changed; delete or repair these rows in the migration, before the constraint "
        "is added");
  }

  bool try_session_lock() override {
    if (!lock_.try_acquire()) return false;
    set_busy_timeout(std::max<std::int64_t>(busy_timeout_, kOutsideTimeout));
    return true;
  }
  void release_session_lock() override { lock_.release(); }

  std::string describe_blocker() override {
    return connection_->in_transaction() ? "another program, which is reading the database file"
                                         : "another program, which is writing to the database file";
  }

 private:
  /// BEGIN and COMMIT are waited for by the runner, which tells of it and can be interrupted; what
  /// runs outside of transactions waits in SQLite. An application's own handler is left alone.
  void set_busy_timeout(std::int64_t milliseconds) noexcept {
    if (!ours_ || milliseconds == current_timeout_) return;
    try {
      connection_->query(fmt::format("PRAGMA busy_timeout={}", milliseconds));
      current_timeout_ = milliseconds;
    } catch (const Error&) {
      // Only the wait is then longer or shorter.
    }
  }

  Violations violations_before() {
    if (path_.empty()) return {};
    driver::Url url;
    url.dialect = "sqlite";
    url.database = path_;
    try {
      return find_violations(*connect(url, {.read_only = true, .create = false}));
    } catch (const DatabaseError&) {
      return {};  // the change outgrew the cache and locks readers out: every violation counts as
                  // new
    }
  }

  driver::Connection* connection_;
  std::string table_;
  bool enforced_;
  std::int64_t busy_timeout_;
  std::string path_;
  FileLock lock_;
  std::int64_t current_timeout_ = busy_timeout_;
  bool ours_;
};

}  // namespace

TransactionFrame transaction_frame() {
  return {{"PRAGMA foreign_keys=OFF"}, {"BEGIN IMMEDIATE"}, {"PRAGMA foreign_keys=ON"}};
}

std::unique_ptr<RunSession> make_run_session(driver::Connection& connection, bool ours,
                                             const RunSettings& settings) {
  return std::make_unique<SqliteRunSession>(connection, ours, settings);
}

}  // namespace cupel::dialect::sqlite
