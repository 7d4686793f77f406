// SPDX-License-Identifier: MIT
// Against a real server: CUPEL_TEST_POSTGRES_URL, and CUPEL_TEST_PGBOUNCER_URL for the pooler.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <thread>

#include "dialect/postgres/driver.hpp"

namespace cupel::dialect::postgres {
namespace {

using driver::ConnectOptions;
using driver::Rows;
using driver::Url;
using Texts = std::vector<std::string>;

/// Runs once per way to the server.
class PostgresDriver : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const char* text = std::getenv(GetParam());
    if (text == nullptr) GTEST_SKIP() << GetParam() << " is not set";
    url_ = driver::parse_url(text);
    connection_ = connect(url_);
    schema_ = "cupel_driver_" + std::to_string(getpid());
  }
  bool pooled() const { return std::string(GetParam()) == "CUPEL_TEST_PGBOUNCER_URL"; }

  DatabaseError failure(const std::function<void()>& action) const {
    try {
      action();
    } catch (const DatabaseError& error) {
      return error;
    }
    return DatabaseError("no error", {});
  }
  DatabaseError failure(const std::string& sql) const {
    return failure([&] { connection_->query(sql); });
  }
  std::string error_of(const std::function<void()>& action) const {
    try {
      action();
    } catch (const Error& error) {
      return error.to_string();
    }
    return "no error";
  }

  Url url_;
  std::unique_ptr<driver::Connection> connection_;
  std::string schema_;
};
INSTANTIATE_TEST_SUITE_P(Direct, PostgresDriver, testing::Values("CUPEL_TEST_POSTGRES_URL"));
INSTANTIATE_TEST_SUITE_P(Pooled, PostgresDriver, testing::Values("CUPEL_TEST_PGBOUNCER_URL"));

TEST_P(PostgresDriver, TypedResults) {
  const Rows rows = connection_->query(
      "SELECT true AS a, 2::int2, 4, 8::int8, 1.5::float4, 'NaN'::float8, '\\x00ff'::bytea, "
      "NULL::int, 'x'::text, "
      "1.50::numeric, '{1,2}'::int[], 26::oid AS l");
  EXPECT_EQ(rows.columns.front(), "a");
  EXPECT_EQ(rows.columns.back(), "l");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_TRUE(std::isnan(as_double(rows[0][5])));
  std::vector<Value> values = rows.values;
  values[5] = std::monostate();
  const Blob bytes = {std::byte{0}, std::byte{255}};
  EXPECT_EQ(values, (std::vector<Value>{true, std::int64_t{2}, std::int64_t{4}, std::int64_t{8},
                                        1.5, std::monostate(), bytes, std::monostate(), "x", "1.50",
                                        "{1,2}", std::int64_t{26}}));
}

TEST_P(PostgresDriver, Parameters) {
  const Blob bytes = {std::byte{0}, std::byte{255}};
  const std::vector<Value> values = {true,
                                     std::int64_t{-5},
                                     0.1,
                                     "\xc3\xa4'\\",
                                     bytes,
                                     Blob(),
                                     std::monostate(),
                                     -std::numeric_limits<double>::infinity()};
  const Rows rows = connection_->query(
      "SELECT $1::bool, $2::int8, $3::float8, $4::text, $5::bytea, $6::bytea, $7::int, $8::float8",
      values);
  EXPECT_EQ(rows.values, values);
  EXPECT_EQ(error_of([&] {
              connection_->query("SELECT $1::text", std::vector<Value>{std::string("a\0b", 3)});
            }),
            "parameter 1 contains a NUL byte, which PostgreSQL cannot store in text");
}

TEST_P(PostgresDriver, RunGivesEachStatementsRows) {
  const Texts statements = {"BEGIN",
                            "CREATE TEMP TABLE t (a int) ON COMMIT DROP -- no semicolon",
                            "-- only words",
                            "INSERT INTO t VALUES (1), (2);",
                            " ; /* nothing */ ",
                            "SELECT a FROM t ORDER BY a",
                            "UPDATE t SET a = 3 WHERE a = 1 RETURNING a",
                            "COMMIT"};
  const std::vector<Rows> results = connection_->run(statements);
  ASSERT_EQ(results.size(), statements.size());
  EXPECT_EQ(results[1].affected, 0);
  EXPECT_EQ(results[3].affected, 2);
  EXPECT_EQ(results[5].values, (std::vector<Value>{std::int64_t{1}, std::int64_t{2}}));
  EXPECT_EQ(results[5].affected, 0);
  EXPECT_EQ(results[6].affected, 1);
  EXPECT_EQ(results[6].values, (std::vector<Value>{std::int64_t{3}}));
  EXPECT_FALSE(connection_->in_transaction());
  EXPECT_TRUE(connection_->run({}).empty());
  EXPECT_EQ(connection_->run(Texts{"--"}).size(), 1u);
  EXPECT_EQ(connection_->query("-- only words").size(), 0u);
}

TEST_P(PostgresDriver, RunSaysWhichStatementFailed) {
  std::size_t failed = 99;
  const Texts analysis = {"BEGIN", "--", "SELECT '\xc3\xa4\xe2\x82\xac'", "SELECT '\xc3\xa4', no",
                          "SELECT 1"};
  const DatabaseError error = failure([&] { connection_->run(analysis, &failed); });
  EXPECT_EQ(error.message(), "column \"no\" does not exist");
  EXPECT_EQ(failed, 3u);
  EXPECT_EQ(error.details().statement, analysis[3]);
  EXPECT_EQ(error.details().offset, 14u);
  EXPECT_TRUE(connection_->in_transaction());
  connection_->query("ROLLBACK");

  const Texts execution = {"BEGIN", "SELECT 1", "--", "SELECT 1 / 0", "SELECT 1"};
  EXPECT_EQ(failure([&] { connection_->run(execution, &failed); }).message(), "division by zero");
  EXPECT_EQ(failed, 3u);
  connection_->query("ROLLBACK");

  const Texts syntax = {"SELECT '\xc3\xa4'", "SELECT (", "SELECT 1"};
  const DatabaseError at_end = failure([&] { connection_->run(syntax, &failed); });
  EXPECT_EQ(at_end.message(), "syntax error at or near \";\"");
  EXPECT_EQ(failed, 1u);
  EXPECT_EQ(at_end.details().offset, 9u);
  EXPECT_FALSE(connection_->in_transaction());
}

TEST_P(PostgresDriver, ErrorsCarryWhatTheServerSays) {
  const DatabaseError missing = failure("SELECT '\xe2\x82\xac' FROM nowhere");
  EXPECT_EQ(missing.message(), "relation \"nowhere\" does not exist");
  EXPECT_EQ(missing.sqlstate(), "42P01");
  EXPECT_EQ(missing.details().offset, 19u);
  EXPECT_FALSE(missing.connection_lost());
  EXPECT_FALSE(missing.retryable());
  EXPECT_EQ(failure("SELECT upperr('x')").to_string(),
            "function upperr(unknown) does not exist\n"
            "  hint: No function matches the given name and argument types. You might need to add "
            "explicit type casts.");
  const DatabaseError detail = failure(
      "DO $$ BEGIN CREATE TEMP TABLE u (a int UNIQUE) ON COMMIT DROP; INSERT INTO u VALUES (1), "
      "(1); END $$");
  EXPECT_EQ(detail.details().detail, "Key (a)=(1) already exists.");
  EXPECT_EQ(detail.notes().size(), 2u);
  EXPECT_EQ(error_of([&] { connection_->query(std::string_view("SELECT\0 1", 9)); }),
            "a statement contains a NUL byte");
}

TEST_P(PostgresDriver, RetryableErrors) {
  for (const char* state : {"55P03", "40001", "40P01"}) {
    const DatabaseError error = failure("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '" +
                                        std::string(state) + "'; END $$");
    EXPECT_EQ(error.sqlstate(), state);
    EXPECT_TRUE(error.retryable());
  }
  EXPECT_FALSE(
      failure("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '57014'; END $$").retryable());
}

TEST_P(PostgresDriver, CopyIsRefusedAndTheSessionGoesOn) {
  const std::string message =
      "COPY from or to the client is not supported\n"
      "  hint: use INSERT, op.bulk_insert, or COPY with a file that the server can reach";
  EXPECT_EQ(
      error_of([&] { connection_->query("COPY (SELECT generate_series(1, 50000)) TO STDOUT"); }),
      message);
  EXPECT_EQ(connection_->query("SELECT 1").size(), 1u);
  std::size_t failed = 99;
  const Texts statements = {"BEGIN", "CREATE TEMP TABLE t (a int) ON COMMIT DROP",
                            "COPY t FROM STDIN", "COMMIT"};
  EXPECT_EQ(error_of([&] { connection_->run(statements, &failed); }), message);
  EXPECT_EQ(failed, 2u);
  EXPECT_TRUE(connection_->in_transaction());
  connection_->query("ROLLBACK");
  EXPECT_EQ(connection_->query("SELECT 1").size(), 1u);
}

TEST_P(PostgresDriver, RunMany) {
  connection_->run(
      Texts{"BEGIN", "CREATE TEMP TABLE t (a int PRIMARY KEY, b text) ON COMMIT DROP"});
  std::vector<std::vector<Value>> rows;
  for (std::int64_t i = 0; i < 2500; ++i)
    rows.push_back({i, i % 2 == 0 ? Value("x") : Value(std::monostate())});
  connection_->run_many("INSERT INTO t VALUES ($1, $2)", rows);
  EXPECT_EQ(connection_->query("SELECT count(*), count(b), max(a) FROM t").values,
            (std::vector<Value>{std::int64_t{2500}, std::int64_t{1250}, std::int64_t{2499}}));
  connection_->run_many("INSERT INTO t VALUES ($1, $2)", {});
  const DatabaseError again =
      failure([&] { connection_->run_many("INSERT INTO t VALUES ($1 + 2499, $2)", rows); });
  EXPECT_EQ(again.message(), "duplicate key value violates unique constraint \"t_pkey\"");
  EXPECT_EQ(again.notes().back(), "in parameter row 1");
  connection_->query("ROLLBACK");
  EXPECT_EQ(failure([&] { connection_->run_many("INSERT INTO nowhere VALUES ($1)", rows); })
                .details()
                .offset,
            13u);
  EXPECT_EQ(connection_->query("SELECT 1").size(), 1u);
}

TEST_P(PostgresDriver, Transactions) {
  EXPECT_FALSE(connection_->in_transaction());
  connection_->query("BEGIN");
  EXPECT_TRUE(connection_->in_transaction());
  EXPECT_EQ(failure("SELECT nothing").sqlstate(), "42703");
  EXPECT_TRUE(connection_->in_transaction());
  connection_->query("ROLLBACK");
  EXPECT_FALSE(connection_->in_transaction());
  EXPECT_GE(connection_->server_version(), 120000);
}

TEST_P(PostgresDriver, TerminatedBackend) {
  const auto killer = connect(url_);
  connection_->query("BEGIN");
  const std::string pid = connection_->query("SELECT pg_backend_pid()")[0].text(0);
  EXPECT_TRUE(connection_->is_alive());
  killer->query("SELECT pg_terminate_backend(" + pid + ")");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_FALSE(connection_->is_alive());
  std::size_t failed = 99;
  const DatabaseError error = failure([&] { connection_->run(Texts{"--", "SELECT 1"}, &failed); });
  EXPECT_TRUE(error.connection_lost()) << error.to_string();
  EXPECT_FALSE(error.retryable());
  EXPECT_EQ(failed, 1u);
  EXPECT_EQ(error.hint(), "run again: the server has rolled back what was not committed");
  EXPECT_FALSE(connection_->is_alive());
  EXPECT_FALSE(connection_->in_transaction());
  EXPECT_TRUE(failure("SELECT 1").connection_lost());
  EXPECT_TRUE(failure([&] {
                connection_->run_many("SELECT $1::int", std::vector<std::vector<Value>>{{true}});
              }).connection_lost());
}

TEST_P(PostgresDriver, TerminatedWhileRunning) {
  const auto killer = connect(url_);
  connection_->query("BEGIN");
  const std::string pid = connection_->query("SELECT pg_backend_pid()")[0].text(0);
  std::thread thread([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    killer->query("SELECT pg_terminate_backend(" + pid + ")");
  });
  std::size_t failed = 99;
  const DatabaseError error = failure([&] {
    connection_->run(Texts{"SELECT 1", "SELECT pg_sleep(10)", "SELECT 2"}, &failed);
  });
  thread.join();
  EXPECT_TRUE(error.connection_lost());
  EXPECT_EQ(failed, 1u);
  EXPECT_FALSE(connection_->is_alive());
}

TEST_P(PostgresDriver, CancelFromAnotherThread) {
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    connection_->cancel();
  });
  const DatabaseError error = failure("SELECT pg_sleep(10)");
  canceller.join();
  EXPECT_EQ(error.sqlstate(), "57014");
  EXPECT_FALSE(error.connection_lost());
  EXPECT_EQ(connection_->query("SELECT 1").size(), 1u);
}

TEST_P(PostgresDriver, NoticesGoToTheLog) {
  Texts said;
  const Log log = [&](const LogRecord& record) {
    said.push_back(record.topic + (record.level == LogLevel::Warning ? " W " : " i ") +
                   record.message);
  };
  const auto connection = connect(url_, {.log = log});
  connection->query("DO $$ BEGIN RAISE NOTICE 'so'; RAISE WARNING 'oh'; END $$");
  EXPECT_EQ(said, (Texts{"server i so", "server W oh"}));
}

TEST_P(PostgresDriver, AdoptedHandleStaysOpen) {
  auto* handle = static_cast<pg_conn*>(connection_->native_handle());
  Texts said;
  {
    const auto adopted = adopt(handle);
    EXPECT_EQ(adopted->native_handle(), handle);
    adopted->set_log([&](const LogRecord& record) { said.push_back(record.message); });
    adopted->query("DO $$ BEGIN RAISE NOTICE 'so'; END $$");
    adopted->query("BEGIN");
    EXPECT_EQ(adopted->query("SELECT 1").size(), 1u);
  }
  EXPECT_TRUE(said.empty());  // The owner's receiver is not libpq's own, and stays.
  EXPECT_TRUE(connection_->in_transaction());
  connection_->query("ROLLBACK");
  EXPECT_EQ(error_of([] { adopt(nullptr); }), "the PostgreSQL connection to work on is null");
}

TEST_P(PostgresDriver, AdoptedHandleOfTheApplication) {
  void* library = dlopen("libpq.so.5", RTLD_LAZY);
  ASSERT_NE(library, nullptr);
  const auto open = reinterpret_cast<pg_conn* (*)(const char*)>(dlsym(library, "PQconnectdb"));
  const auto finish = reinterpret_cast<void (*)(pg_conn*)>(dlsym(library, "PQfinish"));
  const auto set_encoding =
      reinterpret_cast<int (*)(pg_conn*, const char*)>(dlsym(library, "PQsetClientEncoding"));
  Url url = url_;
  url.dialect = "postgresql";
  url.client.clear();
  pg_conn* handle = open(driver::to_string_with_password(url).c_str());
  ASSERT_EQ(set_encoding(handle, "LATIN1"), 0);
  EXPECT_EQ(error_of([&] { adopt(handle); }),
            "the PostgreSQL connection to work on has client_encoding 'LATIN1', not 'UTF8'\n"
            "  hint: PQsetClientEncoding(connection, \"UTF8\")");
  ASSERT_EQ(set_encoding(handle, "UTF8"), 0);
  Texts said;
  {
    const auto adopted = adopt(handle);
    adopted->set_log([&](const LogRecord& record) { said.push_back(record.message); });
    adopted->query("DO $$ BEGIN RAISE NOTICE 'so'; END $$");
    adopted->set_log({});
    adopted->query("DO $$ BEGIN RAISE NOTICE 'unheard'; END $$");
  }
  EXPECT_EQ(said, (Texts{"so"}));
  EXPECT_EQ(adopt(handle)->query("SELECT 1").size(), 1u);
  finish(handle);
}

TEST_P(PostgresDriver, ReadOnly) {
  const auto connection = connect(url_, {.read_only = true});
  EXPECT_EQ(connection->query("SELECT 1").size(), 1u);
  if (pooled()) return;  // The pooler does not pass the setting on.
  EXPECT_EQ(error_of([&] { connection->query("CREATE TABLE " + schema_ + " (a int)"); }),
            "cannot execute CREATE TABLE in a read-only transaction\n"
            "  hint: connect to the primary: ?target_session_attrs=read-write");
}

TEST_P(PostgresDriver, NothingIsLeftInAPooledSession) {
  if (!pooled()) GTEST_SKIP() << "about the pooler";
  std::vector<std::unique_ptr<driver::Connection>> all;
  for (int i = 0; i < 10; ++i) {
    all.push_back(connect(url_));
    EXPECT_EQ(all.back()->query("SELECT $1::int", std::vector<Value>{std::int64_t{i}}).size(), 1u);
    all.back()->run_many("SELECT $1::int",
                         std::vector<std::vector<Value>>{{std::int64_t{1}}, {std::int64_t{2}}});
  }
  for (const auto& connection : all) {
    EXPECT_EQ(connection->query("SELECT name FROM pg_prepared_statements").size(), 0u);
  }
}

class PostgresConnect : public PostgresDriver {
 protected:
  std::string message(const Url& url) const {
    return error_of([&] { connect(url); });
  }
  std::string head(const Url& url) const {
    return "cannot connect to database '" + url.database + "' at " + url.host + ":" +
           std::to_string(url.port.value_or(0)) + " as user '" + url.user + "': ";
  }
};
INSTANTIATE_TEST_SUITE_P(Direct, PostgresConnect, testing::Values("CUPEL_TEST_POSTGRES_URL"));

TEST_P(PostgresConnect, NoServer) {
  Url url = url_;
  url.host = "127.0.0.1";
  url.port = 1;
  EXPECT_EQ(
      message(url),
      head(url) +
          "no server listens there\n  hint: start the server, or correct host and port in the URL");
  url.host = "/nowhere";
  EXPECT_EQ(
      message(url),
      head(url) +
          "no server listens there\n  hint: start the server, or correct host and port in the URL");
  url.host = "no-such-host.invalid";
  EXPECT_EQ(message(url),
            head(url) + "there is no host of that name\n  hint: check the host in the URL");
}

TEST_P(PostgresConnect, SilentServer) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(listener, 1), 0);
  ASSERT_EQ(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  Url url = url_;
  url.host = "127.0.0.1";
  url.port = ntohs(address.sin_port);
  url.query = {{"connect_timeout", "1"}};
  EXPECT_EQ(message(url), head(url) +
                              "no answer within 1 s\n  hint: check host, port and firewall; "
                              "?connect_timeout=30 waits longer");
  close(listener);
}

TEST_P(PostgresConnect, NoDatabase) {
  Url url = url_;
  url.database = "no such";
  try {
    connect(url);
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.sqlstate(), "3D000");
    EXPECT_NE(error.message().find("database 'no such' at "), std::string::npos);
    EXPECT_NE(error.message().find("there is no such database"), std::string::npos);
  }
}

TEST_P(PostgresConnect, WrongPasswordIsNotRepeated) {
  connection_->run(Texts{"DROP ROLE IF EXISTS cupel_driver_user",
                         "CREATE ROLE cupel_driver_user LOGIN PASSWORD 'right'"});
  Url url = url_;
  url.user = "cupel_driver_user";
  url.password = "hunter2";
  url.has_password = true;
  const std::string text = message(url);
  connection_->query("DROP ROLE cupel_driver_user");
  if (text == "no error") GTEST_SKIP() << "the server trusts everybody";
  EXPECT_NE(text.find("wrong password\n  hint: correct the password in the URL"), std::string::npos)
      << text;
  EXPECT_EQ(text.find("hunter2"), std::string::npos);
}

TEST_P(PostgresConnect, WrongParameters) {
  Url url = url_;
  url.query["sslmode"] = "sometimes";
  EXPECT_EQ(message(url),
            "PostgreSQL URL: invalid sslmode value: \"sometimes\"\n  hint: sslmode is disable, "
            "allow, prefer, require, verify-ca or verify-full");
  url.query = {{"connect_timeout", "soon"}};
  EXPECT_EQ(message(url), "connect_timeout is a number of seconds, not 'soon'");
  url.query = {{"options", "-c statement_timeout=1234"}};
  EXPECT_EQ(connect(url)->query("SHOW statement_timeout")[0].text(0), "1234ms");
}

TEST_P(PostgresConnect, ApplicationName) {
  EXPECT_EQ(connection_->query("SHOW application_name")[0].text(0), "cupel");
}

}  // namespace
}  // namespace cupel::dialect::postgres
