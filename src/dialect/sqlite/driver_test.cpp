// SPDX-License-Identifier: MIT
#include "dialect/sqlite/driver.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "cupel/base/text.hpp"

namespace cupel::dialect::sqlite {
namespace {

using driver::ConnectOptions;
using driver::Rows;

class SqliteDriver : public testing::Test {
 protected:
  SqliteDriver() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cupel_sqlite_XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  ~SqliteDriver() override { std::filesystem::remove_all(directory_); }

  std::string path(const std::string& name) const { return directory_ + "/" + name; }
  std::unique_ptr<driver::Connection> open(const std::string& name, const std::string& query = {},
                                           const ConnectOptions& options = {}) const {
    return connect(driver::parse_url("sqlite:///" + path(name) + query), options);
  }
  /// The error with its hint, the temporary directory as "DIR".
  std::string error_of(const std::function<void()>& action) const {
    try {
      action();
    } catch (const Error& error) {
      return text::replace_all(error.to_string(), directory_, "DIR");
    }
    return "no error";
  }

  std::string directory_;
};

std::unique_ptr<driver::Connection> in_memory() { return connect(driver::parse_url("sqlite://")); }

DatabaseError failure(driver::Connection& connection, const std::string& sql) {
  try {
    connection.query(sql);
  } catch (const DatabaseError& error) {
    return error;
  }
  return DatabaseError("no error", {});
}

TEST_F(SqliteDriver, ValuesGoInAndComeBack) {
  const auto connection = in_memory();
  const Blob bytes = {std::byte{0}, std::byte{255}};
  const std::vector<Value> values = {
      std::monostate(), true,         std::int64_t{1} << 40, 1.5, std::string("a\0b", 3), bytes,
      Blob(),           std::string()};
  const Rows rows = connection->query("SELECT ? AS a, ?, ?, ?, ?, ?, ?, ? AS h", values);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.columns.front(), "a");
  EXPECT_EQ(rows.columns.back(), "h");
  std::vector<Value> expected = values;
  expected[1] = std::int64_t{1};
  EXPECT_EQ(rows.values, expected);
}

TEST_F(SqliteDriver, WrongNumberOfParameters) {
  const auto connection = in_memory();
  EXPECT_EQ(error_of([&] { connection->query("SELECT ?, ?", std::vector<Value>{true}); }),
            "the statement has 2 placeholders, but 1 parameters were given");
}

TEST_F(SqliteDriver, CountsAffectedRows) {
  const auto connection = in_memory();
  const std::vector<std::string> statements = {"CREATE TABLE t (a)",
                                               "INSERT INTO t VALUES (1), (2), (3)",
                                               "UPDATE t SET a = 0 WHERE a > 1",
                                               "UPDATE t SET a = 0 WHERE a > 9",
                                               "ALTER TABLE t RENAME COLUMN a TO b",
                                               "SELECT * FROM t"};
  const std::vector<Rows> results = connection->run(statements);
  std::vector<std::int64_t> affected;
  for (const Rows& rows : results) affected.push_back(rows.affected);
  EXPECT_EQ(affected, (std::vector<std::int64_t>{0, 3, 2, 0, 0, 0}));
  EXPECT_EQ(results.back().size(), 3u);
}

TEST_F(SqliteDriver, RunStopsAtTheFirstFailure) {
  const auto connection = in_memory();
  const std::vector<std::string> statements = {"CREATE TABLE t (a)", "-- nothing",
                                               "INSERT INTO no VALUES (1)", "CREATE TABLE u (a)"};
  std::size_t failed = 99;
  EXPECT_EQ(error_of([&] { connection->run(statements, &failed); }), "no such table: no");
  EXPECT_EQ(failed, 2u);
  EXPECT_EQ(connection->query("SELECT name FROM sqlite_schema").size(), 1u);
}

TEST_F(SqliteDriver, ErrorsHavePlaceCodeAndStatement) {
  const auto connection = in_memory();
  const DatabaseError syntax = failure(*connection, "SELECT 'äöü', FROM t");
  EXPECT_EQ(syntax.message(), "near \"FROM\": syntax error");
  EXPECT_EQ(syntax.details().offset, 18u);
  EXPECT_EQ(syntax.details().statement, "SELECT 'äöü', FROM t");
  EXPECT_EQ(syntax.details().native_code, SQLITE_ERROR);
  const DatabaseError behind_comment = failure(*connection, ";; /* a */ SELECT FROM");
  EXPECT_EQ(behind_comment.details().offset, 19u);
  connection->run(
      std::vector<std::string>{"CREATE TABLE t (a UNIQUE)", "INSERT INTO t VALUES (1)"});
  const DatabaseError unique = failure(*connection, "INSERT INTO t VALUES (1)");
  EXPECT_EQ(unique.message(), "UNIQUE constraint failed: t.a");
  EXPECT_EQ(unique.details().native_code, SQLITE_CONSTRAINT_UNIQUE);
  EXPECT_FALSE(unique.retryable());
}

TEST_F(SqliteDriver, OneStatementPerText) {
  const auto connection = in_memory();
  EXPECT_EQ(connection->query("SELECT 1; -- done\n /* really */ ;").size(), 1u);
  EXPECT_EQ(connection->query(" -- only words").size(), 0u);
  EXPECT_EQ(connection->query("").size(), 0u);
  const DatabaseError two = failure(*connection, "CREATE TABLE t (a); DROP TABLE t");
  EXPECT_EQ(two.to_string(), "more than one statement in one text\n  hint: run them one by one");
  EXPECT_EQ(two.details().offset, 21u);
  EXPECT_TRUE(connection->query("SELECT name FROM sqlite_schema").empty());
  EXPECT_EQ(error_of([&] { connection->query(std::string_view("SELECT 1\0;", 10)); }),
            "a statement contains a NUL byte");
}

TEST_F(SqliteDriver, RunMany) {
  const auto connection = in_memory();
  connection->query("CREATE TABLE t (a UNIQUE, b)");
  const std::vector<std::vector<Value>> rows = {{std::int64_t{1}, "x"},
                                                {std::int64_t{2}, std::monostate()}};
  connection->run_many("INSERT INTO t VALUES (?, ?)", rows);
  EXPECT_EQ(connection->query("SELECT a, b FROM t").values,
            (std::vector<Value>{std::int64_t{1}, "x", std::int64_t{2}, std::monostate()}));
  EXPECT_EQ(error_of([&] { connection->run_many("INSERT INTO t VALUES (?, ?)", rows); }),
            "UNIQUE constraint failed: t.a");
}

TEST_F(SqliteDriver, Transactions) {
  const auto connection = in_memory();
  EXPECT_FALSE(connection->in_transaction());
  {
    driver::Transaction transaction(*connection, "BEGIN IMMEDIATE");
    connection->query("CREATE TABLE t (a)");
    EXPECT_TRUE(connection->in_transaction());
  }
  EXPECT_FALSE(connection->in_transaction());
  EXPECT_TRUE(connection->query("SELECT name FROM sqlite_schema").empty());
}

TEST_F(SqliteDriver, PragmasAndVersion) {
  const auto connection = in_memory();
  EXPECT_TRUE(connection->query("PRAGMA foreign_keys = ON").empty());
  EXPECT_EQ(connection->query("PRAGMA foreign_keys")[0].integer(0), 1);
  EXPECT_GE(connection->server_version(), 33800);
  EXPECT_LT(connection->server_version(), 40000);
  EXPECT_TRUE(connection->is_alive());
}

TEST_F(SqliteDriver, BusyIsRetryable) {
  const auto first = open("app.db");
  const auto second = open("app.db");
  first->query("BEGIN IMMEDIATE");
  const DatabaseError busy = failure(*second, "BEGIN IMMEDIATE");
  EXPECT_TRUE(busy.retryable());
  EXPECT_EQ(text::replace_all(busy.to_string(), directory_, "DIR"),
            "database file 'DIR/app.db' is locked by another program\n"
            "  hint: wait until it is done, or stop the program that holds the file open");
  first->query("COMMIT");
  second->query("BEGIN IMMEDIATE");
}

TEST_F(SqliteDriver, TimeoutWaitsForTheLock) {
  const auto first = open("app.db", "?timeout=5");  // The waiter's look may meet the COMMIT.
  const auto second = open("app.db", "?timeout=5");
  first->query("BEGIN IMMEDIATE");
  std::thread release([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    first->query("COMMIT");
  });
  EXPECT_EQ(failure(*second, "BEGIN IMMEDIATE").message(), "no error");
  release.join();
}

TEST_F(SqliteDriver, ReadOnly) {
  open("app.db")->query("CREATE TABLE t (a)");
  const std::string expected =
      "database file 'DIR/app.db' is read-only\n"
      "  hint: make the file and its directory writable, or open it without mode=ro";
  for (const auto& [query, read_only] : {std::pair("?mode=ro", false), std::pair("", true),
                                         std::pair("?immutable=1&mode=ro", false)}) {
    const auto connection = open("app.db", query, {.read_only = read_only});
    EXPECT_EQ(connection->query("SELECT * FROM t").size(), 0u);
    EXPECT_EQ(error_of([&] { connection->query("INSERT INTO t VALUES (1)"); }), expected) << query;
  }
}

TEST_F(SqliteDriver, MissingFile) {
  const std::string expected =
      "database file 'DIR/app.db' does not exist\n"
      "  hint: correct the path in the URL, or create the database first: cupel upgrade head";
  EXPECT_EQ(error_of([&] { open("app.db", "", {.create = false}); }), expected);
  EXPECT_EQ(error_of([&] { open("app.db", "", {.read_only = true}); }), expected);
  EXPECT_EQ(error_of([&] { open("app.db", "?mode=rw"); }), expected);
  EXPECT_FALSE(std::filesystem::exists(path("app.db")));
}

TEST_F(SqliteDriver, MissingDirectory) {
  EXPECT_EQ(error_of([&] { open("no/app.db"); }),
            "the directory 'DIR/no' of database file 'DIR/no/app.db' does not exist\n"
            "  hint: mkdir -p 'DIR/no', or correct the path: three slashes begin a path from the "
            "working directory, "
            "four an absolute one");
  EXPECT_EQ(
      error_of([&] { connect(driver::parse_url("sqlite:///" + directory_)); }),
      "'DIR' is a directory, not a database file\n  hint: give the path of a file in the URL");
}

TEST_F(SqliteDriver, NotADatabase) {
  std::ofstream(path("app.db")) << std::string(4096, 'x');
  const auto connection = open("app.db");
  EXPECT_EQ(error_of([&] { connection->query("SELECT * FROM sqlite_schema"); }),
            "file 'DIR/app.db' is not an SQLite database\n"
            "  hint: check the path in the URL; an encrypted database cannot be read");
}

TEST_F(SqliteDriver, Damaged) {
  open("app.db")->run(
      std::vector<std::string>{"CREATE TABLE t (a)", "INSERT INTO t VALUES (zeroblob(20000))"});
  std::filesystem::resize_file(path("app.db"), 4096);
  const auto connection = open("app.db");
  EXPECT_EQ(error_of([&] { connection->query("SELECT * FROM t"); }),
            "database file 'DIR/app.db' is damaged: database disk image is malformed\n"
            "  hint: restore a backup, or save what is left with the shell's .recover");
}

TEST_F(SqliteDriver, Full) {
  const auto connection = open("app.db");
  connection->run(std::vector<std::string>{"CREATE TABLE t (a)", "PRAGMA max_page_count = 3"});
  EXPECT_EQ(error_of([&] { connection->query("INSERT INTO t VALUES (zeroblob(99999))"); }),
            "the disk is full, or database file 'DIR/app.db' has reached its largest size\n"
            "  hint: free some space and run again");
  EXPECT_FALSE(connection->in_transaction());
}

TEST_F(SqliteDriver, CancelFromAnotherThread) {
  const auto connection = in_memory();
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    connection->cancel();
  });
  EXPECT_EQ(error_of([&] {
              connection->query(
                  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) "
                  "FROM n");
            }),
            "the statement was interrupted");
  canceller.join();
}

TEST_F(SqliteDriver, AdoptedHandleStaysOpen) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(path("app.db").c_str(), &handle), SQLITE_OK);
  {
    const auto connection = adopt(handle);
    EXPECT_EQ(connection->native_handle(), handle);
    connection->query("CREATE TABLE t (a)");
    EXPECT_EQ(failure(*connection, "SELECT * FROM u").message(), "no such table: u");
  }
  EXPECT_EQ(sqlite3_exec(handle, "INSERT INTO t VALUES (1)", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(sqlite3_close(handle), SQLITE_OK);
  EXPECT_EQ(error_of([] { adopt(nullptr); }), "the SQLite handle to work on is null");
}

TEST_F(SqliteDriver, UnusualFileNames) {
  for (const char* name : {"it's 100%25 me.db", "%3Fa=b.db", "%23.db", "\xc3\xa4.db"}) {
    open(name)->query("CREATE TABLE t (a)");
    EXPECT_TRUE(open(name, "?mode=rw&psow=1")->query("SELECT * FROM t").empty()) << name;
  }
  EXPECT_TRUE(std::filesystem::exists(path("it's 100% me.db")));
  EXPECT_TRUE(std::filesystem::exists(path("?a=b.db")));
}

TEST_F(SqliteDriver, WrongUrls) {
  const auto message = [&](const char* text) {
    return error_of([&] { connect(driver::parse_url(text)); });
  };
  EXPECT_EQ(message("sqlite://app.db"),
            "an SQLite URL names a file, but this one names a server\n"
            "  hint: write sqlite:///relative/path.db or sqlite:////absolute/path.db");
  EXPECT_EQ(message("sqlite:///:memory:?tiemout=1"),
            "an SQLite URL has no parameter 'tiemout'\n"
            "  hint: known are timeout, mode, immutable, nolock, cache, psow and vfs");
  EXPECT_EQ(message("sqlite://?timeout=soon"),
            "an SQLite URL's timeout is a number of seconds, not 'soon'");
  EXPECT_EQ(message("sqlite://?mode=x"), "an SQLite URL's mode is ro, rw, rwc or memory, not 'x'");
  EXPECT_EQ(message("sqlite://?check_same_thread=false"), "no error");
}

}  // namespace
}  // namespace cupel::dialect::sqlite
