// SPDX-License-Identifier: MIT
#include "dialect/postgres/inspect_parts.hpp"

#include <gtest/gtest.h>

namespace cupel::dialect::postgres {
namespace {

using model::Expression;
using Texts = std::vector<std::string>;

TEST(PostgresInspectParts, ArrayLiterals) {
  EXPECT_EQ(parse_array(""), Texts{});
  EXPECT_EQ(parse_array("{}"), Texts{});
  EXPECT_EQ(parse_array("{a,b}"), (Texts{"a", "b"}));
  EXPECT_EQ(parse_array(R"({"a,b","say \"x\"","back\\slash",""})"),
            (Texts{"a,b", "say \"x\"", "back\\slash", ""}));
}

TEST(PostgresInspectParts, OuterParentheses) {
  EXPECT_EQ(without_parentheses("(a > 0)"), "a > 0");
  EXPECT_EQ(without_parentheses("((a > 0) AND (b > 0))"), "(a > 0) AND (b > 0)");
  EXPECT_EQ(without_parentheses("(a > 0) AND (b > 0)"), "(a > 0) AND (b > 0)");
  EXPECT_EQ(without_parentheses("(a = ')'::text)"), "a = ')'::text");
  EXPECT_EQ(without_parentheses("(\"(\" > 0)"), "\"(\" > 0");
  EXPECT_EQ(without_parentheses("(a <> '('::text) OR (b)"), "(a <> '('::text) OR (b)");
  EXPECT_EQ(without_parentheses("(a = 'it''s ('::text)"), "a = 'it''s ('::text");
  EXPECT_EQ(without_parentheses(""), "");
}

TEST(PostgresInspectParts, ConstantDefaults) {
  EXPECT_EQ(parse_default("'x'::character varying", "character varying(20)"), model::literal("x"));
  EXPECT_EQ(parse_default("'x'::bpchar", "character(3)"), model::literal("x"));
  EXPECT_EQ(parse_default("'it''s'::text", "text"), model::literal("it's"));
  EXPECT_EQ(parse_default("''::text", "text"), model::literal(""));
  EXPECT_EQ(parse_default(R"(E'a\\b''c'::text)", "text"), model::literal(R"(a\b'c)"));
  EXPECT_EQ(parse_default("5", "bigint"), model::literal("5"));
  EXPECT_EQ(parse_default("1.50", "numeric(10,2)"), model::literal("1.50"));
  EXPECT_EQ(parse_default("'-1'::integer", "bigint"), model::literal("-1"));
  EXPECT_EQ(parse_default("'{}'::jsonb", "jsonb"), model::literal("{}"));
  EXPECT_EQ(parse_default("'{a}'::character varying[]", "character varying(5)[]"),
            model::literal("{a}"));
  EXPECT_EQ(parse_default("'sad'::s.mood", "s.mood"), model::literal("sad"));
  EXPECT_EQ(parse_default("'12:00:00'::time without time zone", "time(3) without time zone"),
            model::literal("12:00:00"));
}

TEST(PostgresInspectParts, OtherDefaults) {
  EXPECT_EQ(parse_default("true", "boolean"), model::true_value());
  EXPECT_EQ(parse_default("false", "boolean"), model::false_value());
  EXPECT_EQ(parse_default("now()", "timestamp with time zone"), model::now());
  EXPECT_EQ(parse_default("CURRENT_TIMESTAMP", "timestamp with time zone"), model::now());
  for (const char* sql : {"(1 + 2)", "'a'::text || 'b'::text", "lower('A'::text)",
                          "('now'::text)::date", "ARRAY[1, 2]", "'101'::\"bit\""})
    EXPECT_EQ(parse_default(sql, "text"), model::text(sql));
  // Not what the same characters without the cast would become.
  EXPECT_EQ(parse_default("'2020-01-01'::date", "text"), model::text("'2020-01-01'::date"));
}

TEST(PostgresInspectParts, TextsAsLiterals) {
  EXPECT_EQ(quote_text("it's"), "'it''s'");
  EXPECT_EQ(quote_text("a\\b'"), "E'a\\\\b'''");
}

TEST(PostgresInspectParts, ScopesAsConditions) {
  EXPECT_EQ(make_filter({}, 0).schemas, "n.nspname = current_schema()");
  EXPECT_EQ(make_filter({.schemas = {"", "it's"}}, 0).schemas,
            "n.nspname IN (current_schema(), 'it''s'::name)");
  EXPECT_EQ(make_filter({.tables = {{"t"}}}, 0).tables,
            " AND c.relname IN ('t') AND (n.nspname, c.relname) IN ((current_schema(), 't'))");
  EXPECT_TRUE(make_filter({}, 0).whole);
  EXPECT_FALSE(make_filter({.tables = {{"t"}}}, 0).whole);
}

}  // namespace
}  // namespace cupel::dialect::postgres
