// SPDX-License-Identifier: MIT
// BEGIN IMMEDIATE is lock and transaction in one: the file has one writer. Foreign keys are off
// while tables are rebuilt (the switch works only outside a transaction) and checked as a whole
// before COMMIT. https://www.sqlite.org/lang_altertable.html#otheralter
#include "dialect/sqlite/run_session.hpp"

#include <fmt/core.h>

#include <set>

#include "dialect/sqlite/ddl.hpp"
#include "dialect/sqlite/driver.hpp"

namespace cupel::dialect::sqlite {
namespace {

using Violations = std::multiset<std::string>;

Violations find_violations(driver::Connection& connection) {
  Violations found;
  for (const driver::Row row : connection.query("PRAGMA foreign_key_check")) {
    found.insert(fmt::format("row {} of '{}' refers to no row of '{}'",
                             row.is_null(1) ? "?" : row.text(1), row.text(0), row.text(2)));
  }
  return found;
}

class SqliteRunSession final : public RunSession {
 public:
  SqliteRunSession(driver::Connection& connection, const RunSettings& settings)
      : connection_(&connection),
        table_(writer().quote(settings.version_table)),
        enforced_(connection.query("PRAGMA foreign_keys")[0].boolean(0)) {}

  TransactionFrame frame() const override {
    TransactionFrame frame = transaction_frame();
    if (!enforced_) frame.epilogue.clear();
    return frame;
  }

  std::optional<std::vector<std::string>> try_begin(std::span<const std::string> create) override {
    try {
      connection_->query("BEGIN IMMEDIATE");
    } catch (const DatabaseError& error) {
      if (!error.retryable()) throw;
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

  std::string describe_blocker() override {
    return "another process is writing to the database file";
  }

 private:
  Violations violations_before() {
    const driver::Rows databases = connection_->query("PRAGMA database_list");
    const std::string path = databases.empty() ? "" : databases[0].optional_text(2).value_or("");
    if (path.empty()) return {};
    driver::Url url;
    url.dialect = "sqlite";
    url.database = path;
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
};

}  // namespace

TransactionFrame transaction_frame() {
  return {{"PRAGMA foreign_keys=OFF"}, {"BEGIN IMMEDIATE"}, {"PRAGMA foreign_keys=ON"}};
}

std::unique_ptr<RunSession> make_run_session(driver::Connection& connection,
                                             const RunSettings& settings) {
  return std::make_unique<SqliteRunSession>(connection, settings);
}

}  // namespace cupel::dialect::sqlite
