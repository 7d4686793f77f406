// SPDX-License-Identifier: MIT
// Against a real server: CUPEL_TEST_POSTGRES_URL, and CUPEL_TEST_PGBOUNCER_URL for the pooler.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>

#include "dialect/postgres/inspect.hpp"
#include "dialect/postgres/scratch.hpp"
#include "dialect/postgres/scratch_session.hpp"
#include "support/postgres_database.hpp"

namespace cupel::dialect::postgres {
namespace {

using driver::Url;

std::string scalar(driver::Connection& connection, const std::string& sql) {
  const driver::Rows rows = connection.query(sql);
  return rows.empty() || rows[0].is_null(0) ? "" : as_text(rows[0][0]);
}

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.to_string();
  }
  return "no error";
}

class PostgresScratch : public testing::Test {
 protected:
  void SetUp() override {
    if (!testing_support::PostgresDatabase::is_available())
      GTEST_SKIP() << "CUPEL_TEST_POSTGRES_URL is not set";
    project_ = std::make_unique<testing_support::PostgresDatabase>();
    url_ = project_->url();
  }
  std::unique_ptr<Scratch> beside() { return make_scratch({.beside = &url_, .log = log()}); }
  Log log() {
    return [this](const LogRecord& record) { logged_ += record.message + "\n"; };
  }
  bool exists(const std::string& database) {
    return scalar(project_->connection(),
                  "SELECT count(*) FROM pg_database WHERE datname = '" + database + "'") == "1";
  }
  static std::string name_of(Scratch& scratch) {
    return scalar(scratch.connection(), "SELECT current_database()");
  }
  /// A role that may do nothing, and the URL with it.
  Url poor_user(const std::string& rights = "") {
    const std::string role = "cupel_poor_" + std::to_string(getpid());
    project_->query("DROP ROLE IF EXISTS " + role);
    project_->query("CREATE ROLE " + role + " LOGIN " + rights);
    Url url = url_;
    url.user = role;
    return url;
  }

  std::unique_ptr<testing_support::PostgresDatabase> project_;
  Url url_;
  std::string logged_;
};

TEST_F(PostgresScratch, IsMadeBesideTheProjectAndDropped) {
  std::string name;
  {
    const std::unique_ptr<Scratch> scratch = beside();
    name = name_of(*scratch);
    EXPECT_TRUE(name.starts_with("cupel_scratch_")) << name;
    EXPECT_TRUE(exists(name));
    const std::string locale =
        "SELECT pg_encoding_to_char(encoding) || datcollate || datctype FROM pg_database WHERE "
        "datname = current_database()";
    EXPECT_EQ(scalar(scratch->connection(), locale), scalar(project_->connection(), locale));
    scratch->connection().query("CREATE TABLE t (id int)");
    EXPECT_EQ(make_inspector(scratch->connection())->table_names(), std::vector<std::string>{"t"});
  }
  EXPECT_FALSE(exists(name));
  EXPECT_EQ(logged_, "");
}

TEST_F(PostgresScratch, HasTheProjectsLocale) {
  project_->query(
      "CREATE DATABASE cupel_icu_" + std::to_string(getpid()) +
      " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LC_COLLATE 'C' LC_CTYPE 'C'");
  Url icu = url_;
  icu.database = "cupel_icu_" + std::to_string(getpid());
  EXPECT_EQ(scalar(make_scratch({.beside = &icu})->connection(),
                   "SELECT datlocprovider::text || daticulocale FROM pg_database WHERE datname = "
                   "current_database()"),
            "ide-DE");
  project_->query("DROP DATABASE " + icu.database);
}

TEST_F(PostgresScratch, ResetsWhatAScriptHasSet) {
  const std::unique_ptr<Scratch> scratch = beside();
  driver::Connection& connection = scratch->connection();
  connection.query("SELECT set_config('search_path', '', false)");
  connection.query("SET check_function_bodies = off");
  connection.query("CREATE TEMP TABLE temporary (id int)");
  scratch->reset_session();
  EXPECT_EQ(scalar(connection, "SHOW search_path"), "\"$user\", public");
  EXPECT_EQ(scalar(connection, "SHOW check_function_bodies"), "on");
  EXPECT_EQ(scalar(connection, "SELECT to_regclass('temporary')"), "");
}

TEST_F(PostgresScratch, UnqualifiedNamesGoWhereTheyGoInTheProject) {
  project_->query("CREATE SCHEMA app");
  project_->query("ALTER DATABASE " + url_.database + " SET search_path = app");
  project_->query("DROP SCHEMA public");
  const std::unique_ptr<Scratch> scratch = beside();
  scratch->connection().query("CREATE TABLE t (id int)");
  EXPECT_EQ(scalar(scratch->connection(), "SELECT 't'::regclass::oid::regclass"), "t");
  EXPECT_EQ(scalar(scratch->connection(), "SELECT to_regclass('app.t') IS NOT NULL"), "true");
  EXPECT_EQ(to_string(make_inspector(scratch->connection())->inspect({.all_schemas = true})),
            "table t\n  column id Integer");
}

TEST_F(PostgresScratch, TakesTheProjectsExtensionsWhenAsked) {
  project_->query("CREATE SCHEMA extensions");
  project_->query("CREATE EXTENSION citext SCHEMA extensions");
  project_->query("CREATE EXTENSION hstore");
  const std::unique_ptr<Scratch> scratch = beside();
  EXPECT_THROW(scratch->connection().query("CREATE TABLE t (h hstore)"), DatabaseError);
  std::string added;
  for (const model::ObjectKey& key : scratch->add_extensions()) added += to_string(key) + "\n";
  EXPECT_EQ(added, "schema 'extensions'\nextension 'citext'\nextension 'hstore'\n");
  scratch->connection().query("CREATE TABLE t (h hstore, c extensions.citext)");
  EXPECT_TRUE(scratch->add_extensions().empty());
}

TEST_F(PostgresScratch, SaysWhichRightIsMissing) {
  const Url url = poor_user();
  EXPECT_EQ(error_of([&] { make_scratch({.beside = &url}); }),
            "no scratch database can be made: permission denied to create database\n"
            "  note: a schema in SQL is read by executing it in a database that is dropped again\n"
            "  hint: ALTER ROLE " +
                url.user +
                " CREATEDB; or name an empty database, or a server "
                "where that is allowed: --dev-url, or dev_url in [schema] of cupel.toml");
  project_->query("DROP ROLE " + url.user);
}

TEST_F(PostgresScratch, NeedsNoSuperuser) {
  const Url url = poor_user("CREATEDB");
  {
    const std::unique_ptr<Scratch> scratch = make_scratch({.beside = &url, .log = log()});
    scratch->connection().query("CREATE TABLE t (id int)");
  }
  EXPECT_EQ(logged_, "");
  project_->query("DROP ROLE " + url.user);
}

TEST_F(PostgresScratch, TheNextRunDropsWhatAKilledOneLeft) {
  int channel[2];
  ASSERT_EQ(pipe(channel), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::unique_ptr<Scratch> scratch = make_scratch({.beside = &url_});
    const std::string name = name_of(*scratch) + "\n";
    if (write(channel[1], name.data(), name.size()) > 0) pause();
    std::_Exit(0);
  }
  std::string left;
  for (char c = 0; read(channel[0], &c, 1) == 1 && c != '\n';) left += c;
  EXPECT_TRUE(exists(left));
  beside();
  EXPECT_TRUE(exists(left)) << "somebody works in it";
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  for (int i = 0; i < 100 && exists(left); ++i) {
    beside();  // the server notices with a little delay that the client is gone
    usleep(20000);
  }
  EXPECT_FALSE(exists(left));
  EXPECT_NE(logged_.find("dropped the scratch database '" + left + "' that a killed run had left"),
            std::string::npos)
      << logged_;
  close(channel[0]);
  close(channel[1]);
}

TEST_F(PostgresScratch, NeverDropsWhatIsNotSurelyOurs) {
  const std::string pid = std::to_string(getpid());
  const std::string mark = " IS 'cupel: a scratch database'";
  // Another name; no mark yet and young; another owner.
  const std::string named = "cupel_scratch_" + pid;
  const std::string young = "cupel_scratch_99999999999_" + pid + "_0123abcd";
  const std::string foreign = "cupel_scratch_1700000000_" + pid + "_0123abce";
  const std::string old = "cupel_scratch_1700000000_" + pid + "_0123abcf";
  const Url other = poor_user();
  for (const std::string& name : {named, young, foreign, old})
    project_->query("CREATE DATABASE " + name + " TEMPLATE template0");
  project_->query("COMMENT ON DATABASE " + named + mark);
  project_->query("ALTER DATABASE " + foreign + " OWNER TO " + other.user);
  project_->query("COMMENT ON DATABASE " + foreign + mark);
  beside();
  EXPECT_TRUE(exists(named));
  EXPECT_TRUE(exists(young));
  EXPECT_TRUE(exists(foreign));
  EXPECT_FALSE(exists(old)) << "without a mark, but nobody takes that long to connect";
  for (const std::string& name : {named, young, foreign}) project_->query("DROP DATABASE " + name);
  project_->query("DROP ROLE " + other.user);
}

TEST_F(PostgresScratch, OnAnotherServer) {
  Url server = url_;
  server.database.clear();
  std::string name;
  {
    const std::unique_ptr<Scratch> scratch = make_scratch({.beside = &url_, .dev = &server});
    name = name_of(*scratch);
    EXPECT_TRUE(name.starts_with("cupel_scratch_")) << name;
  }
  EXPECT_FALSE(exists(name));
}

TEST_F(PostgresScratch, ThroughAPooler) {
  const char* text = std::getenv("CUPEL_TEST_PGBOUNCER_URL");
  if (text == nullptr) GTEST_SKIP() << "CUPEL_TEST_PGBOUNCER_URL is not set";
  const Url pooler = driver::parse_url(text);
  std::string name;
  {
    const std::unique_ptr<Scratch> scratch = make_scratch({.beside = &pooler, .log = log()});
    name = name_of(*scratch);
    scratch->connection().query("CREATE TABLE t (id int)");
  }
  EXPECT_FALSE(exists(name));
  EXPECT_EQ(logged_, "");
}

TEST_F(PostgresScratch, ALentDatabaseIsEmptiedAgain) {
  project_->query("CREATE EXTENSION hstore");
  {
    const std::unique_ptr<Scratch> scratch = make_scratch({.dev = &url_, .log = log()});
    EXPECT_EQ(name_of(*scratch), url_.database);
    driver::Connection& connection = scratch->connection();
    for (const char* sql :
         {"CREATE TYPE mood AS ENUM ('ok')", "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
          "CREATE TABLE t (id serial PRIMARY KEY, m mood, h hstore, p positive)",
          "CREATE MATERIALIZED VIEW m AS SELECT id FROM t", "CREATE VIEW v AS SELECT id FROM t",
          "CREATE FUNCTION f(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'",
          "CREATE AGGREGATE a(int) (SFUNC = int4pl, STYPE = int)",
          "CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)",
          "CREATE COLLATION c FROM \"C\"", "CREATE TEXT SEARCH CONFIGURATION x (COPY = simple)",
          "CREATE TYPE pair AS (a int, b int)", "CREATE TYPE r AS RANGE (SUBTYPE = int)",
          "CREATE PUBLICATION pub FOR TABLE t", "CREATE SCHEMA \"Other one\"",
          "CREATE TABLE \"Other one\".\"a \"\"b\" (id int)", "CREATE EXTENSION citext",
          "CREATE SEQUENCE s"})
      connection.query(sql);
  }
  EXPECT_EQ(logged_, "");
  EXPECT_EQ(to_string(make_inspector(project_->connection())->inspect({.all_schemas = true})),
            "extension hstore version 1.8");
  make_scratch({.dev = &url_});  // throws if anything was left
}

TEST_F(PostgresScratch, ALentDatabaseMustBeEmpty) {
  project_->query("CREATE TABLE precious (id int)");
  project_->query("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
  EXPECT_EQ(error_of([&] { make_scratch({.dev = &url_}); }),
            "database '" + url_.database +
                "' of --dev-url is not empty: it has function 'public.f()' and 1 more\n"
                "  hint: give an empty one, which is emptied again, or a URL without a database, "
                "to have one made on that server");
  EXPECT_EQ(scalar(project_->connection(), "SELECT count(*) FROM precious"), "0");
}

TEST_F(PostgresScratch, ALentDatabaseIsClearedOfWhatAKilledRunLeft) {
  const pid_t child = fork();
  if (child == 0) {
    const std::unique_ptr<Scratch> scratch = make_scratch({.dev = &url_});
    scratch->connection().query("CREATE TABLE left_behind (id int)");
    kill(getpid(), SIGKILL);
  }
  waitpid(child, nullptr, 0);
  EXPECT_EQ(scalar(project_->connection(), "SELECT to_regclass('left_behind')"), "left_behind");
  make_scratch({.dev = &url_, .log = log()});
  EXPECT_EQ(scalar(project_->connection(), "SELECT to_regclass('left_behind')"), "");
  EXPECT_EQ(logged_, "emptied database '" + url_.database + "' of what a killed run had left\n");
}

TEST_F(PostgresScratch, RefusesWhatReachesOut) {
  for (const char* sql :
       {"CREATE ROLE r", "DROP DATABASE app", "alter system set work_mem = '1GB'",
        "COMMENT ON DATABASE app IS 'x'", "CREATE TABLESPACE t LOCATION '/x'",
        "REASSIGN OWNED BY a TO b", "COPY t TO '/tmp/x'", "COPY t FROM PROGRAM 'rm -rf /'"})
    EXPECT_NE(refusal_in_scratch(sql), "") << sql;
  for (const char* sql : {"CREATE TABLE role (id int)", "CREATE USER MAPPING FOR x SERVER y",
                          "COMMENT ON TABLE t IS 'x'", "DROP TABLE t", "COPY t FROM '/tmp/x'"})
    EXPECT_EQ(refusal_in_scratch(sql), "") << sql;
}

}  // namespace
}  // namespace cupel::dialect::postgres
