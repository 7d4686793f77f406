// SPDX-License-Identifier: MIT
// What SQLite says to the comparison of schemas.
#include "dialect/sqlite/diff_rules.hpp"

#include <gtest/gtest.h>

#include "cupel/model/define.hpp"

namespace cupel::dialect::sqlite {
namespace {

using namespace model;
using diff::TypeChange;

TEST(SqliteRules, ExpressionsTokenByToken) {
  const diff::DiffRules& rules = diff_rules();
  EXPECT_TRUE(rules.same_expression("a>0", "( A > 0 )"));
  EXPECT_TRUE(rules.same_expression("a == 1 AND [b] <> 2", "\"a\"=1 and `b`!=2"));
  EXPECT_TRUE(rules.same_expression("SELECT 1;", "select 1 -- one"));
  EXPECT_TRUE(rules.same_expression("((a) + (b))", "(a) + (b)"));
  EXPECT_FALSE(rules.same_expression("(a) + (b)", "a) + (b"));
  EXPECT_FALSE(rules.same_expression("a = 'x'", "a = 'X'"));
  EXPECT_FALSE(rules.same_expression("a = 1", "a = 10"));
  EXPECT_FALSE(rules.same_expression("\"order\"", "order"));
}

TEST(SqliteRules, TypesBySpelling) {
  const diff::DiffRules& rules = diff_rules();
  EXPECT_TRUE(rules.same_type(Named("integer"), Integer()));
  EXPECT_TRUE(rules.same_type(Uuid(), Char(32)));
  EXPECT_TRUE(rules.same_type(String(5, "binary"), String(5)));
  EXPECT_FALSE(rules.same_type(String(5, "NOCASE"), String(5)));
  EXPECT_FALSE(rules.same_type(Named("INT"), Integer()));
  EXPECT_EQ(rules.judge(String(50), String(5)), TypeChange::Widening);
  EXPECT_EQ(rules.judge(Integer(), Text()), TypeChange::Widening);
  EXPECT_EQ(rules.judge(Text(), Integer()), TypeChange::Lossy);
  EXPECT_EQ(rules.judge(LargeBinary(), Text()), TypeChange::Convert);
  EXPECT_EQ(rules.judge(Boolean(), Boolean()), TypeChange::Same);
}

TEST(SqliteRules, LeavesOutWhatSqliteHasNot) {
  Schema schema;
  schema.schemas = {"main"};
  schema.enums.push_back({"mood", {"a"}});
  schema.extensions.push_back({"pgcrypto"});
  Table table = make_table({"main", "t"}, {ColumnDefinition("mood", Enum({"a", "bcd"}, "mood")),
                                           ColumnDefinition("n", Integer()).comment("words")});
  table.comment = "more";
  schema.tables.push_back(table);
  View view{{"main", "v"}, "SELECT mood FROM t"};
  view.comment = "words";
  schema.views.push_back(view);
  schema.triggers.push_back(
      {"tr", "t", "CREATE TRIGGER IF NOT EXISTS main.tr AFTER INSERT ON t BEGIN SELECT 1; END;"});
  EXPECT_EQ(to_string(diff_rules().stored(schema)), R"(table t
  column mood String(3)
  column n Integer
view v as SELECT mood FROM t
trigger tr on t: CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END)");
}

}  // namespace
}  // namespace cupel::dialect::sqlite
