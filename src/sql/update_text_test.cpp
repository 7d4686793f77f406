// SPDX-License-Identifier: MIT
#include "sql/update_text.hpp"

#include <gtest/gtest.h>

#include "cupel/sql/lexer.hpp"

namespace cupel::sql {
namespace {

using Names = std::vector<std::string>;

UpdateText read(std::string_view sql) { return read_update(sql, LexRules()); }

TEST(UpdateText, KnowsTableColumnsAndCondition) {
  const UpdateText update =
      read("-- why\nUPDATE users SET a = f(b, c), \"B\" = 1 -- one\n WHERE a IS NULL OR b > 2");
  EXPECT_EQ(update.problem, "");
  EXPECT_EQ(update.table.key, "users");
  EXPECT_EQ(update.qualifier, "users");
  EXPECT_EQ(update.columns, (Names{"a", "B"}));
  EXPECT_EQ(update.with("x > 1"),
            "UPDATE users SET a = f(b, c), \"B\" = 1 WHERE x > 1 AND (a IS NULL OR b > 2)");
}

TEST(UpdateText, NeedsNoCondition) {
  const UpdateText update = read("UPDATE OR IGNORE ONLY s.t SET (a, b) = (1, 2), c = 3");
  EXPECT_EQ(update.qualifier, "s.t");
  EXPECT_EQ(update.columns, (Names{"a", "b", "c"}));
  EXPECT_EQ(update.with("x > 1"),
            "UPDATE OR IGNORE ONLY s.t SET (a, b) = (1, 2), c = 3 WHERE x > 1");
}

TEST(UpdateText, LooksForItsWordsOutsideOfBrackets) {
  const UpdateText update = read(
      "UPDATE t AS x SET n = (SELECT count(*) FROM o WHERE o.t = x.id) FROM p WHERE p.id = x.p");
  EXPECT_EQ(update.qualifier, "x");
  EXPECT_EQ(update.columns, (Names{"n"}));
  EXPECT_EQ(update.where, "p.id = x.p");
  EXPECT_EQ(read("UPDATE t x SET n = 1").qualifier, "x");
}

TEST(UpdateText, SaysWhyItCannotBeTakenApart) {
  EXPECT_EQ(read("DELETE FROM t").problem, "it is no UPDATE");
  EXPECT_EQ(read("WITH a AS (SELECT 1) UPDATE t SET a = 1").problem, "it begins with WITH");
  EXPECT_EQ(read("UPDATE t SET a = 1 RETURNING a").problem, "it has RETURNING");
  EXPECT_EQ(read("UPDATE").problem, "it names no table");
  EXPECT_EQ(read("UPDATE t").problem, "it has no SET");
}

}  // namespace
}  // namespace cupel::sql
