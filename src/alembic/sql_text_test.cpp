// SPDX-License-Identifier: MIT
#include "alembic/sql_text.hpp"

#include <gtest/gtest.h>

#include "cupel/dialect/dialect.hpp"

namespace cupel::alembic {
namespace {

const sql::LexRules& rules() { return dialect::find_dialect("postgresql").lex_rules(); }

std::string filled(std::string_view sql) {
  return fill_text(sql, rules(),
                   [](std::string_view name) { return "<" + std::string(name) + ">"; });
}

TEST(SqlText, FillsParameters) {
  EXPECT_EQ(filled("SELECT :a, :b_1 WHERE x = :a"), "SELECT <a>, <b_1> WHERE x = <a>");
}

TEST(SqlText, LeavesCastsStringsAndComments) {
  EXPECT_EQ(filled("SELECT a::text, ':b', \":c\" -- :d"), "SELECT a::text, ':b', \":c\" -- :d");
  EXPECT_EQ(filled("SELECT $$ :b $$, x[1:n]"), "SELECT $$ :b $$, x[1:n]");
}

TEST(SqlText, TakesTheBackslashFromColons) {
  EXPECT_EQ(filled(R"(SELECT '{"a"\: 1}', b \:= 1)"), R"(SELECT '{"a": 1}', b := 1)");
  EXPECT_EQ(filled(R"(AS $$ BEGIN a \:= 1; END $$)"), "AS $$ BEGIN a := 1; END $$");
}

TEST(SqlText, GivesTheParts) {
  const std::vector<std::string> expected{"a = ", "x", " AND b = ", "y", ""};
  EXPECT_EQ(text_parts("a = :x AND b = :y", rules()), expected);
  EXPECT_EQ(text_parts("a", rules()), std::vector<std::string>{"a"});
}

TEST(SqlText, KnowsWhatAStatementDoes) {
  EXPECT_EQ(kind_of("-- x\nselect 1", rules()), StatementKind::Reads);
  EXPECT_EQ(kind_of("(SELECT 1) UNION SELECT 2", rules()), StatementKind::Reads);
  EXPECT_EQ(kind_of("WITH a AS (SELECT 1) DELETE FROM b", rules()), StatementKind::Changes);
  EXPECT_EQ(kind_of("COMMIT", rules()), StatementKind::Transaction);
  EXPECT_EQ(kind_of("START TRANSACTION", rules()), StatementKind::Transaction);
  EXPECT_EQ(kind_of("ROLLBACK", rules()), StatementKind::Transaction);
  EXPECT_EQ(kind_of("ROLLBACK TO SAVEPOINT a", rules()), StatementKind::Reads);
  EXPECT_EQ(kind_of("CREATE TABLE a (b INT)", rules()), StatementKind::Other);
}

}  // namespace
}  // namespace cupel::alembic
