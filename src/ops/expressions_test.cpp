// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "cupel/ops/services.hpp"
#include "ops/tokens.hpp"

namespace cupel::ops {

TEST(OpsExpressions, RenamesEverySpelling) {
  EXPECT_EQ(rename_in_expression("a > 0 AND b < a", "a", "x"), "x > 0 AND b < x");
  EXPECT_EQ(rename_in_expression("A > 0", "a", "x"), "x > 0");
  EXPECT_EQ(rename_in_expression("\"a\" > `a` + [a]", "a", "x"), "\"x\" > `x` + [x]");
  EXPECT_EQ(rename_in_expression("t.a = \"t\".\"a\"", "a", "x"), "t.x = \"t\".\"x\"");
  EXPECT_EQ(rename_in_expression("(a)::text", "a", "x"), "(x)::text");
  EXPECT_EQ(rename_in_expression("gr\xC3\xBC\xC3\x9F = 1", "gr\xC3\xBC\xC3\x9F", "x"), "x = 1");
}

TEST(OpsExpressions, QuotesTheNewNameIfItMust) {
  EXPECT_EQ(rename_in_expression("a > 0", "a", "order"), "\"order\" > 0");
  EXPECT_EQ(rename_in_expression("a > 0", "a", "Total"), "\"Total\" > 0");
  EXPECT_EQ(rename_in_expression("[a] > 0", "a", "b]"), "[b]]] > 0");
  EXPECT_EQ(rename_in_expression("\"a \"\"b\"\"\" > 0", "a \"b\"", "c"), "\"c\" > 0");
}

TEST(OpsExpressions, LeavesStringsAndCommentsAlone) {
  for (const char* sql :
       {"b = 'a'", "b = 'it''s a'", "b = E'\\'a'", "b -- a\n", "b /* a /* a */ a */", "$$a$$",
        "$t$ a $$ a $t$", "b = 'a", "\"ab\"", "ab", "a1", "_a", "1a", "'a' || \"b a\""}) {
    EXPECT_EQ(rename_in_expression(sql, "a", "x"), sql);
    EXPECT_FALSE(mentions_identifier(sql, "a")) << sql;
  }
}

TEST(OpsExpressions, LeavesOtherKindsOfNamesAlone) {
  EXPECT_EQ(rename_in_expression("lower(lower)", "lower", "x"), "lower(x)");
  EXPECT_EQ(rename_in_expression("date '2020-01-01' < date", "date", "x"), "date '2020-01-01' < x");
  EXPECT_EQ(rename_in_expression("b::date = CAST(date AS date)", "date", "x"),
            "b::date = CAST(x AS date)");
  EXPECT_EQ(rename_in_expression("a.b = a", "a", "x"), "a.b = x");
  EXPECT_EQ(rename_in_expression("\"in\" IN (1)", "in", "x"), "\"x\" IN (1)");
  EXPECT_EQ(rename_in_expression("b COLLATE nocase = nocase", "nocase", "x"),
            "b COLLATE nocase = x");
}

TEST(OpsExpressions, TellsSubscriptsFromQuotedNames) {
  EXPECT_EQ(rename_in_expression("tags[i] = ARRAY[i]", "i", "x"), "tags[x] = ARRAY[x]");
  EXPECT_EQ(rename_in_expression("b AND [i] > 0", "i", "x"), "b AND [x] > 0");
}

TEST(OpsExpressions, UnfinishedTextIsSafe) {
  for (const char* sql : {"'", "\"", "[", "`", "$a$", "/*", "--", "E'\\", "$", "a.", "::", "1."}) {
    EXPECT_EQ(rename_in_expression(sql, "zzz", "x"), sql);
  }
  EXPECT_EQ(rename_in_expression("", "a", "x"), "");
}

TEST(OpsExpressions, RenamesTablesWhereATableMustStand) {
  EXPECT_EQ(rename_table_in_sql("SELECT t.t, u.x FROM u, t JOIN t AS y ON t.a = u.t", "t", "n"),
            "SELECT n.t, u.x FROM u, n JOIN n AS y ON n.a = u.t");
  EXPECT_EQ(rename_table_in_sql("CREATE TRIGGER t AFTER UPDATE OF t ON t BEGIN INSERT INTO t(t) "
                                "SELECT t FROM main.t WHERE t IN (SELECT 1 FROM a, t), t; END",
                                "t", "n"),
            "CREATE TRIGGER t AFTER UPDATE OF t ON n BEGIN INSERT INTO n(t) "
            "SELECT t FROM main.n WHERE t IN (SELECT 1 FROM a, n), t; END");
}

}  // namespace cupel::ops
