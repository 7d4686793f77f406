// SPDX-License-Identifier: MIT
// The lists in lex.cpp against the server's own knowledge.
#include <gtest/gtest.h>

#include "cupel/sql/splitter.hpp"
#include "dialect/postgres/lex.hpp"
#include "support/postgres_database.hpp"

namespace cupel::dialect::postgres {
namespace {

using testing_support::PostgresDatabase;

class PostgresLexServer : public testing::Test {
 protected:
  void SetUp() override {
    if (!PostgresDatabase::is_available()) GTEST_SKIP() << "CUPEL_TEST_POSTGRES_URL is not set";
    database_ = std::make_unique<PostgresDatabase>();
  }

  /// The SQLSTATE of a statement inside a transaction; "" if it runs.
  std::string state_inside(const std::string& sql) {
    driver::Transaction transaction(database_->connection());
    try {
      database_->query(sql);
    } catch (const DatabaseError& error) {
      return error.sqlstate();
    }
    return "";
  }

  std::unique_ptr<PostgresDatabase> database_;
};

constexpr const char* kActiveTransaction = "25001";

}  // namespace

TEST_F(PostgresLexServer, EveryKeywordCanBeAName) {
  const driver::Rows words = database_->query("SELECT word FROM pg_get_keywords() ORDER BY word");
  ASSERT_GT(words.size(), 400u);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string name = quote_identifier(words[i].text(0));
    const std::string sql = "CREATE TABLE " + name + " (" + name + " int)";
    EXPECT_EQ(state_inside(sql), "") << sql;
  }
}

TEST_F(PostgresLexServer, RefusesInATransactionWhatWeRunOutside) {
  database_->query("CREATE TABLE t (a int) PARTITION BY LIST (a)");
  database_->query("CREATE TABLE p PARTITION OF t FOR VALUES IN (1)");
  database_->query("CREATE INDEX i ON p (a)");
  for (const char* sql :
       {"CREATE INDEX CONCURRENTLY j ON p (a)", "DROP INDEX CONCURRENTLY i",
        "REINDEX INDEX CONCURRENTLY i", "REINDEX (VERBOSE, CONCURRENTLY) TABLE p",
        "REINDEX DATABASE d", "REINDEX SCHEMA public", "VACUUM", "VACUUM (ANALYZE) p",
        "CREATE DATABASE cupel_never", "DROP DATABASE IF EXISTS cupel_never",
        "ALTER DATABASE postgres SET TABLESPACE pg_default",
        "CREATE TABLESPACE cupel_never LOCATION '/nowhere'",
        "DROP TABLESPACE IF EXISTS cupel_never", "ALTER SYSTEM SET work_mem = '8MB'",
        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "CLUSTER", "CLUSTER VERBOSE",
        "DISCARD ALL", "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p"}) {
    EXPECT_TRUE(runs_outside_transaction(sql)) << sql;
    EXPECT_EQ(state_inside(sql), kActiveTransaction) << sql;
  }
}

TEST_F(PostgresLexServer, RunsInATransactionWhatWeLeaveInside) {
  database_->query("CREATE TABLE t (a int PRIMARY KEY) PARTITION BY LIST (a)");
  database_->query("CREATE TABLE p PARTITION OF t FOR VALUES IN (1)");
  database_->query("CREATE MATERIALIZED VIEW v AS SELECT a FROM p");
  database_->query("CREATE UNIQUE INDEX ON v (a)");
  database_->query("CREATE TYPE e AS ENUM ('x')");
  for (const char* sql :
       {"CREATE INDEX j ON p (a)", "REFRESH MATERIALIZED VIEW CONCURRENTLY v", "REINDEX TABLE p",
        "ALTER TABLE t DETACH PARTITION p", "CLUSTER p USING p_pkey",
        "CLUSTER (VERBOSE) p USING p_pkey", "DISCARD PLANS", "ALTER TYPE e ADD VALUE 'y'",
        "ANALYZE p",
        "CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false)",
        "CREATE RULE r AS ON INSERT TO p DO ALSO (SELECT 1; SELECT 2)",
        "CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE x WHEN 1 THEN "
        "2 END; END"}) {
    EXPECT_FALSE(runs_outside_transaction(sql)) << sql;
    EXPECT_EQ(sql::split_statements(sql, lex_rules()).size(), 1u) << sql;
    EXPECT_EQ(state_inside(sql), "") << sql;
  }
}

TEST_F(PostgresLexServer, ReadsStringsAsTheServerDoes) {
  const auto value = [&](const std::string& text) {
    const auto statements = sql::split_statements(text + "; SELECT 2", lex_rules());
    EXPECT_EQ(statements.size(), 2u) << text;
    return database_->query(statements[0].text)[0].text(0);
  };
  EXPECT_EQ(value("SELECT E'a\\';' -- c\n '\\';b'"), "a';';b");
  EXPECT_EQ(value("SELECT U&'\\0061;' || '\\'"), "a;\\");
  EXPECT_EQ(value("SELECT $a$ $$ ; $b$ $a$ || 1"), " $$ ; $b$ 1");
  EXPECT_EQ(value("SELECT 1 /* /* ; */ ; */"), "1");
  EXPECT_EQ(value("SELECT a$b$ FROM (SELECT 'x;') AS q(a$b$)"), "x;");
  EXPECT_EQ(value("SELECT 1 -- '\r+ 1"), "2");
}

}  // namespace cupel::dialect::postgres
