// SPDX-License-Identifier: MIT
// The form in which PostgreSQL's schemas are compared.
#include "dialect/postgres/stored.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"
#include "cupel/model/define.hpp"
#include "dialect/postgres/diff_rules.hpp"
#include "dialect/postgres/stored_default.hpp"
#include "dialect/postgres/types.hpp"

namespace cupel::dialect::postgres {
namespace {

using namespace model;

std::string default_of(const Expression& expression, const Type& type) {
  const std::optional<Expression> result = stored_default(expression, parse_type(type_text(type)));
  return result ? to_string(*result) : "none";
}

TEST(StoredDefault, Booleans) {
  EXPECT_EQ(default_of(literal("on"), Boolean()), "true");
  EXPECT_EQ(default_of(literal("0"), Boolean()), "false");
  EXPECT_EQ(default_of(text("TRUE"), Boolean()), "true");
  EXPECT_EQ(default_of(text("'f'::bool"), Boolean()), "false");
}

TEST(StoredDefault, Numbers) {
  EXPECT_EQ(default_of(text("12"), Integer()), "'12'");
  EXPECT_EQ(default_of(literal("+012"), Integer()), "'12'");
  EXPECT_EQ(default_of(text("-1"), Integer()), "'-1'");
  EXPECT_EQ(default_of(text("'-1'::integer"), BigInteger()), "'-1'");
  EXPECT_EQ(default_of(literal("1.50"), Numeric(4, 2)), "'1.5'");
  EXPECT_EQ(default_of(text("(0.0)"), Double()), "'0'");
  EXPECT_EQ(default_of(text("1 + 2"), Integer()), "1 + 2");
  EXPECT_EQ(default_of(text("5"), Text()), "5");
}

TEST(StoredDefault, Texts) {
  EXPECT_EQ(default_of(text("'x'::varchar"), String(20)), "'x'");
  EXPECT_EQ(default_of(text("'x'::character varying"), Text()), "'x'");
  EXPECT_EQ(default_of(text("'it''s'"), Text()), "'it''s'");
  EXPECT_EQ(default_of(text("'abcd'::varchar(2)"), Text()), "'abcd'::varchar(2)");
  EXPECT_EQ(default_of(text("'{}'::jsonb"), Named("jsonb")), "'{}'");
  EXPECT_EQ(default_of(text("'{}'::text[]"), Array(Text())), "'{}'");
  EXPECT_EQ(default_of(literal("2020-02-03"), DateTime()), "'2020-02-03 00:00:00'");
}

TEST(StoredDefault, Functions) {
  EXPECT_EQ(default_of(text("CURRENT_TIMESTAMP"), DateTime()), "now");
  EXPECT_EQ(default_of(text("now()"), DateTime()), "now");
  EXPECT_EQ(default_of(text("gen_random_uuid()"), Uuid()), "gen_random_uuid()");
  EXPECT_EQ(default_of(text("NULL"), Text()), "none");
  EXPECT_EQ(default_of({ExpressionKind::Null, {}}, Text()), "none");
}

Column stored_column(const ColumnDefinition& definition) {
  return stored_table(make_table("t", {definition}), {}).columns.front();
}

TEST(Stored, Numbering) {
  EXPECT_EQ(stored_column(ColumnDefinition("a", Integer()).primary_key()).autoincrement,
            Autoincrement::Yes);
  EXPECT_EQ(stored_column(ColumnDefinition("a", Text()).primary_key()).autoincrement,
            Autoincrement::No);
  EXPECT_EQ(stored_column(ColumnDefinition("a", Integer())).autoincrement, Autoincrement::No);
  const Column serial = stored_column(ColumnDefinition("a", Integer()).autoincrement(true));
  EXPECT_EQ(serial.autoincrement, Autoincrement::Yes);
  EXPECT_FALSE(serial.nullable);
}

TEST(Stored, IdentityOptionsThatSayTheDefault) {
  const Column column = stored_column(ColumnDefinition("a", SmallInteger())
                                          .identity({.always = true,
                                                     .start = 1,
                                                     .increment = 1,
                                                     .min_value = 1,
                                                     .max_value = 32767,
                                                     .cache = 1}));
  EXPECT_EQ(column.identity, (Identity{.always = true}));
  const Column down =
      stored_column(ColumnDefinition("a", Integer()).identity({.start = -1, .increment = -1}));
  EXPECT_EQ(down.identity, (Identity{.increment = -1}));
}

TEST(Stored, EnumTypesAreListed) {
  Schema schema;
  schema.tables.push_back(
      make_table({"app", "t"}, {ColumnDefinition("mood", Enum({"a", "b"})),
                                ColumnDefinition("moods", Array(Enum({"x"}, "m", "public")))}));
  const Schema objects = stored_objects(schema);
  ASSERT_EQ(objects.enums.size(), 2u);
  EXPECT_EQ(objects.enums[0].name, ObjectName("t_mood"));
  EXPECT_EQ(objects.enums[1].name, ObjectName("m"));
  EXPECT_EQ(objects.schemas, std::vector<std::string>{"app"});
  EXPECT_FALSE(stored_table(schema.tables[0], schema).columns[0].type.create_type);
}

TEST(Stored, PublicIsTheDefaultSchema) {
  EXPECT_EQ(stored_name({"public", "t"}), ObjectName("t"));
  EXPECT_EQ(stored_name({"app", "t"}), ObjectName("app", "t"));
  Schema schema;
  schema.schemas = {"public", "app"};
  EXPECT_EQ(stored_objects(schema).schemas, std::vector<std::string>{"app"});
}

TEST(Stored, PartitionsHaveTheirParentsColumns) {
  Schema schema;
  Table parent = make_table("parent", {ColumnDefinition("id", Integer()).primary_key(),
                                       ColumnDefinition("note", Text()).comment("c")});
  parent.partition_by = "RANGE (id)";
  Table child;
  child.name = "child";
  child.partition_of = PartitionOf{{"public", "parent"}, "DEFAULT"};
  schema.tables = {child, parent};
  const Table stored = stored_table(child, schema);
  ASSERT_EQ(stored.columns.size(), 2u);
  EXPECT_EQ(stored.columns[0].autoincrement, Autoincrement::Yes);
  EXPECT_FALSE(stored.columns[0].nullable);
  EXPECT_EQ(stored.columns[1].comment, "");
  EXPECT_EQ(stored.partition_of->parent, ObjectName("parent"));
}

TEST(Stored, SaysWhichColumnCannotBe) {
  Table table;
  table.name = "t";
  table.columns.push_back({.name = "a"});
  try {
    stored_table(table, {});
    FAIL() << "a column without a type was stored";
  } catch (const Error& error) {
    EXPECT_NE(error.to_string().find("table 't', column 'a'"), std::string::npos);
  }
}

TEST(Stored, TwiceIsOnce) {
  Table table =
      make_table("t", {ColumnDefinition("id", BigInteger()).primary_key(),
                       ColumnDefinition("price", Numeric(10, 2)).server_default(text("1.50")),
                       ColumnDefinition("tags", Array(Array(String(5)))),
                       ColumnDefinition("at", Timestamp(kWithTimezone)).server_default(now()),
                       named("ck", CheckConstraint{"(price > 0)"}),
                       NamedIndex{Index{{}, {expression("(price)")}}, "ix"}});
  table.with = {{"autovacuum_enabled", ""}};
  const Table once = stored_table(table, {});
  EXPECT_EQ(to_string(stored_table(once, {})), to_string(once));
  EXPECT_TRUE(stored_table(once, {}) == once);
  EXPECT_EQ(once.indexes[0].elements[0].column, "price");
}

TEST(PostgresRules, WhatCanBeReplaced) {
  const diff::DiffRules& rules = diff_rules();
  const auto replaces = [&](const char* from, const char* to) {
    return rules.can_replace(View{"v", from}, View{"v", to});
  };
  EXPECT_TRUE(replaces("SELECT a FROM t", "select a from t where b > 0"));
  EXPECT_TRUE(replaces("SELECT t.a FROM t", "SELECT t.a, t.b FROM t GROUP BY t.a, t.b"));
  EXPECT_FALSE(replaces("SELECT a, b FROM t", "SELECT a FROM t"));
  EXPECT_FALSE(replaces("SELECT a FROM t", "SELECT a FROM u"));
  EXPECT_FALSE(replaces("SELECT * FROM t", "SELECT * FROM t WHERE a"));
  EXPECT_FALSE(replaces("SELECT a FROM t", "SELECT a FROM t UNION SELECT 1"));

  const auto function_replaces = [&](const char* from, const char* to) {
    return rules.can_replace(Function{"f", "integer", from}, Function{"f", "integer", to});
  };
  EXPECT_TRUE(function_replaces("CREATE FUNCTION f(a integer) RETURNS text LANGUAGE sql AS $$x$$",
                                "CREATE FUNCTION f(a integer DEFAULT 1)\n RETURNS text STABLE "
                                "LANGUAGE sql AS $$y$$"));
  EXPECT_FALSE(
      function_replaces("CREATE FUNCTION f(a integer) RETURNS text LANGUAGE sql AS $$x$$",
                        "CREATE FUNCTION f(b integer) RETURNS text LANGUAGE sql AS $$x$$"));
  EXPECT_FALSE(function_replaces("CREATE FUNCTION f(a integer) RETURNS text LANGUAGE sql AS $$x$$",
                                 "CREATE FUNCTION f(a integer) RETURNS int LANGUAGE sql AS $$x$$"));
  EXPECT_FALSE(
      function_replaces("CREATE FUNCTION f(a integer DEFAULT 1) RETURNS int LANGUAGE sql AS $$x$$",
                        "CREATE FUNCTION f(a integer) RETURNS int LANGUAGE sql AS $$x$$"));
}

}  // namespace
}  // namespace cupel::dialect::postgres
