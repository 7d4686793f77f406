// SPDX-License-Identifier: MIT
#include "dialect/postgres/lex.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace cupel::dialect::postgres {

TEST(PostgresLex, QuotesWhatMustBeQuoted) {
  for (const char* name : {"users", "a$b", "_x", "name", "index", "key"})
    EXPECT_EQ(quote_identifier(name), name);
  for (const char* name : {"user", "order", "lateral", "concurrently", "Users", "2fa", "$a", "a b",
                           "a.b", "gr\xC3\xBCn"}) {
    EXPECT_EQ(quote_identifier(name), "\"" + std::string(name) + "\"");
  }
  EXPECT_EQ(quote_identifier("a\"b"), "\"a\"\"b\"");
  EXPECT_TRUE(std::is_sorted(reserved_words().begin(), reserved_words().end()));
}

TEST(PostgresLex, KnowsWhatATransactionRefuses) {
  for (const char* text : {"CREATE INDEX CONCURRENTLY i ON t (a)",
                           "create unique index concurrently if not exists i on t (a)",
                           "/* why */ DROP INDEX CONCURRENTLY i",
                           "REINDEX INDEX CONCURRENTLY i",
                           "REINDEX (VERBOSE, CONCURRENTLY) TABLE t",
                           "REINDEX DATABASE d",
                           "REINDEX SYSTEM d",
                           "REINDEX SCHEMA s",
                           "VACUUM",
                           "VACUUM (ANALYZE) t",
                           "CREATE DATABASE d",
                           "DROP DATABASE IF EXISTS d",
                           "ALTER DATABASE d SET TABLESPACE x",
                           "CREATE TABLESPACE s LOCATION '/x'",
                           "DROP TABLESPACE s",
                           "ALTER SYSTEM SET work_mem = '1GB'",
                           "ALTER TABLE s.t DETACH PARTITION s.p CONCURRENTLY",
                           "CLUSTER",
                           "CLUSTER VERBOSE",
                           "CLUSTER (VERBOSE)",
                           "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p",
                           "DROP SUBSCRIPTION s",
                           "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
                           "DISCARD ALL"}) {
    EXPECT_TRUE(runs_outside_transaction(text)) << text;
  }
}

TEST(PostgresLex, LeavesTheRestInside) {
  for (const char* text :
       {"", "SELECT 1", "CREATE INDEX i ON t (a)", "CREATE INDEX \"concurrently\" ON t (a)",
        "CREATE TABLE database (vacuum int)", "COMMENT ON TABLE t IS 'CREATE INDEX CONCURRENTLY'",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY v", "REINDEX TABLE t",
        "ALTER DATABASE d SET work_mem = '1GB'", "ALTER TABLE t DETACH PARTITION p",
        "ALTER TABLE t DETACH PARTITION p FINALIZE", "CLUSTER t USING i", "CLUSTER VERBOSE t",
        "CLUSTER (VERBOSE) t",
        "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (create_slot = false)",
        "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)", "DISCARD PLANS",
        "ALTER TYPE e ADD VALUE 'x'"}) {
    EXPECT_FALSE(runs_outside_transaction(text)) << text;
  }
}

TEST(PostgresLex, ANewEnumValueNeedsACommitBeforeItsUse) {
  EXPECT_TRUE(needs_commit_before_use("ALTER TYPE s.e ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'"));
  EXPECT_FALSE(needs_commit_before_use("ALTER TYPE e RENAME VALUE 'x' TO 'y'"));
  EXPECT_FALSE(needs_commit_before_use("ALTER TYPE t ADD ATTRIBUTE value int"));
  EXPECT_FALSE(needs_commit_before_use("ALTER TABLE t ADD value int"));
}

}  // namespace cupel::dialect::postgres
