// SPDX-License-Identifier: MIT
// What people write and what the server makes of it. The right column is PostgreSQL 15's.
#include "dialect/postgres/expression_form.hpp"

#include <gtest/gtest.h>

namespace cupel::dialect::postgres {
namespace {

void expect_same(std::string_view written, std::string_view shown) {
  const std::optional<std::string> form = expression_form(written);
  ASSERT_TRUE(form) << written;
  EXPECT_EQ(form, expression_form(shown)) << written << "\n" << shown;
}

void expect_other(std::string_view a, std::string_view b) {
  EXPECT_NE(expression_form(a), expression_form(b)) << a << "\n" << b;
}

TEST(ExpressionForm, LayoutAndParentheses) {
  expect_same("age>0", "(age > 0)");
  expect_same("AGE > 0 -- years\n and Age < 150", "((age > 0) AND (age < 150))");
  expect_same("a + b * c = d", "((a + (b * c)) = d)");
  expect_same("a or b and not c", "(a OR (b AND (NOT c)))");
  expect_same("a and b and c", "((a AND b) AND c)");
  expect_same("\"age\" <> 1", "(age != 1)");
  expect_same("-a + -1 > 0", "(((- a) + '-1'::integer) > 0)");
  expect_other("(a + b) * c", "a + b * c");
  expect_other("a or b and c", "(a or b) and c");
  expect_other("\"Age\" > 0", "age > 0");
  expect_other("a - (b - c)", "a - b - c");
}

TEST(ExpressionForm, TextsAndTheirCasts) {
  expect_same("name <> ''", "((name)::text <> ''::text)");
  expect_same("state in ('a', 'b')",
              "((state)::text = ANY ((ARRAY['a'::character varying, 'b'::character "
              "varying])::text[]))");
  expect_same("state in ('a', 'b')", "(state = ANY (ARRAY['a'::text, 'b'::text]))");
  expect_same("state not in ('a', 'b')", "(state <> ALL (ARRAY['a'::text, 'b'::text]))");
  expect_same("state in ('a')", "((state)::text = 'a'::text)");
  expect_same("n in (1, 2)", "(n = ANY (ARRAY[1, 2]))");
  expect_same("lower(email) like '%@%'", "(lower((email)::text) ~~ '%@%'::text)");
  expect_same("a not ilike E'x\\'y'", "(a !~~* 'x''y'::text)");
  expect_same("coalesce(a, 'x')", "COALESCE(a, 'x'::text)");
  expect_other("state in ('a', 'b')", "state in ('a', 'c')");
  expect_other("a = 'x'", "a = 'X'");
  expect_other("a::integer = 1", "a = 1");
  expect_other("a::varchar(3) = 'abc'", "a = 'abc'");
}

TEST(ExpressionForm, NumbersAndTheirCasts) {
  expect_same("price >= 0", "(price >= (0)::numeric)");
  expect_same("x > -5", "(x > '-5'::integer)");
  expect_same("x between 1 and 5", "((x >= 1) AND (x <= 5))");
  expect_same("x not between 1 and 5", "((x < 1) OR (x > 5))");
  expect_other("a / 2", "a / 2::numeric");
  expect_other("x > 5", "x > 50");
}

TEST(ExpressionForm, Functions) {
  expect_same("created < CURRENT_TIMESTAMP", "(created < now())");
  expect_same("cast(a as int4)", "(a)::integer");
  expect_same("pg_catalog.lower(a)", "lower(a)");
  expect_same("extract(year from d) > 2000", "(EXTRACT(year FROM d) > (2000)::numeric)");
  expect_same("case when a then 1 else null end", "CASE WHEN a THEN 1 ELSE NULL::integer END");
  expect_same("d at time zone 'utc'", "(d AT TIME ZONE 'utc'::text)");
  expect_same("a is not null and b isnull", "((a IS NOT NULL) AND (b IS NULL))");
  expect_same("data ->> 'k' = 'v'", "((data ->> 'k'::text) = 'v'::text)");
  expect_same("a[1] = 2", "(a[1] = 2)");
  expect_same("date '2020-01-01' < d", "('2020-01-01'::date < d)");
  expect_other("current_date", "current_timestamp");
}

TEST(ExpressionForm, DoesNotJudgeWhatItDoesNotKnow) {
  EXPECT_FALSE(expression_form("a in (select b from c)"));
  EXPECT_FALSE(expression_form("SELECT a FROM b"));
  EXPECT_FALSE(expression_form("exists (select 1)"));
  EXPECT_FALSE(expression_form("a >"));
  EXPECT_FALSE(expression_form("a b"));
  EXPECT_FALSE(expression_form("(a"));
  EXPECT_FALSE(expression_form(""));
  EXPECT_FALSE(expression_form("'open"));
  EXPECT_FALSE(expression_form(std::string(100000, '(')));
}

TEST(TokenForm, LeavesOnlyTokens) {
  EXPECT_EQ(token_form("SELECT  \"a\", \"B\"\n/* x */ FROM t ;"), "select a , \"B\" from t");
  EXPECT_EQ(token_form("a<=b"), "a <= b");
  EXPECT_NE(token_form("a < = b"), token_form("a <= b"));
}

}  // namespace
}  // namespace cupel::dialect::postgres
