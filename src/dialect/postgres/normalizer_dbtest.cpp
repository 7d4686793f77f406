// SPDX-License-Identifier: MIT
// What the server says of texts when it is asked.
#include <gtest/gtest.h>

#include "cupel/model/define.hpp"
#include "dialect/postgres/normalizer.hpp"
#include "support/postgres_database.hpp"

namespace cupel::dialect::postgres {
namespace {

using namespace model;

class PostgresNormalizer : public testing::Test {
 protected:
  void SetUp() override {
    if (!testing_support::PostgresDatabase::is_available()) GTEST_SKIP() << "there is no server";
    database_ = std::make_unique<testing_support::PostgresDatabase>();
  }
  driver::Rows query(const std::string& sql) { return database_->query(sql); }
  Schema ask(const Schema& part) {
    return make_normalizer(database_->connection())->as_server_writes(part);
  }
  Table ask(const Table& table) {
    Schema part;
    part.tables.push_back(table);
    return ask(part).tables.front();
  }
  std::unique_ptr<testing_support::PostgresDatabase> database_;
};

TEST_F(PostgresNormalizer, Tables) {
  Index index{{}, {expression("lower( name )"), "age"}};
  index.where = "age>5";
  const Table table = make_table(
      "t", {ColumnDefinition("id", Integer()).primary_key(),
            ColumnDefinition("name", String(20)).server_default(text("'x'||'y'")),
            ColumnDefinition("age", Integer()).comment("years"),
            ColumnDefinition("twice", Integer()).computed("age*2"),
            named("ck", CheckConstraint{"age between 1 and 5"}), CheckConstraint{"name in ('a')"},
            named("fk", ForeignKey{{"age"}, "nowhere", {"id"}}), NamedIndex{index, "ix"}});
  const Table shown = ask(table);
  Table expected = table;
  expected.find_column("name")->server_default = text("('x'::text || 'y'::text)");
  expected.find_column("twice")->computed->expression = "age * 2";
  for (Constraint& constraint : expected.constraints) {
    auto* check = std::get_if<CheckConstraint>(&constraint);
    if (check != nullptr && check->name == "ck") check->expression = "(age >= 1) AND (age <= 5)";
    if (check != nullptr && check->name.empty()) check->expression = "(name)::text = 'a'::text";
  }
  expected.indexes[0].elements[0].expression = "lower((name)::text)";
  expected.indexes[0].where = "age > 5";
  EXPECT_EQ(to_string(shown), to_string(expected));
}

TEST_F(PostgresNormalizer, OneFailureDoesNotSpoilTheRest) {
  const Table shown = ask(make_table(
      "t", {ColumnDefinition("a", Integer()).server_default(text("no_such_function()")),
            ColumnDefinition("b", Integer()).server_default(text("1+1")),
            named("bad", CheckConstraint{"no_such_column>0"}),
            named("worse", CheckConstraint{"a > > 0 ("}), named("good", CheckConstraint{"a>0"})}));
  EXPECT_EQ(to_string(*shown.columns[0].server_default), "no_such_function()");
  EXPECT_EQ(to_string(*shown.columns[1].server_default), "(1 + 1)");
  EXPECT_EQ(to_string(*shown.find_constraint("bad")),
            to_string(Constraint(CheckConstraint{"no_such_column>0", "bad"})));
  EXPECT_EQ(std::get<CheckConstraint>(*shown.find_constraint("good")).expression, "a > 0");

  Schema two;
  two.tables = {
      make_table("broken", {ColumnDefinition("a", Named("no_such_type")),
                            named("ck", CheckConstraint{"a>0"})}),
      make_table("whole", {ColumnDefinition("a", Integer()), named("ck", CheckConstraint{"a>0"})})};
  const Schema result = ask(two);
  EXPECT_EQ(std::get<CheckConstraint>(result.tables[0].constraints[0]).expression, "a>0");
  EXPECT_EQ(std::get<CheckConstraint>(result.tables[1].constraints[0]).expression, "a > 0");
}

TEST_F(PostgresNormalizer, ViewsFunctionsTriggersTypes) {
  query("CREATE TABLE live (id integer, at timestamp)");
  query("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
  Schema part;
  part.tables.push_back(make_table("t", {ColumnDefinition("a", Integer())}));
  part.domains.push_back({"positive", "int check(value>0)"});
  part.views.push_back({"v", "select a,id from t,live where a=id"});
  View counted{"mv", "select count(*) from t"};
  counted.columns = {"n"};
  counted.materialized = true;
  counted.indexes.push_back(Index{"ix", {expression("(n+1)")}});
  part.views.push_back(counted);
  part.functions.push_back(
      {"f", "integer", "create function f(a int) returns int language sql as 'select a'"});
  part.triggers.push_back(
      {"tr", "t", "create trigger tr before update on t for each row execute procedure touch()"});
  const Schema shown = ask(part);
  EXPECT_EQ(shown.domains[0].definition,
            "AS integer CONSTRAINT positive_check CHECK ((VALUE > 0))");
  EXPECT_EQ(shown.views[0].definition,
            "SELECT t.a,\n    live.id\n   FROM t,\n    live\n  WHERE (t.a = live.id)");
  EXPECT_EQ(shown.views[1].definition, "SELECT count(*) AS n\n   FROM t");
  EXPECT_TRUE(shown.views[1].columns.empty());
  EXPECT_TRUE(shown.views[1].materialized);
  EXPECT_EQ(shown.views[1].indexes[0].elements[0].expression, "(n + 1)");
  EXPECT_EQ(shown.functions[0].definition,
            "CREATE OR REPLACE FUNCTION f(a integer)\n RETURNS integer\n LANGUAGE sql\n"
            "AS $function$select a$function$");
  EXPECT_EQ(shown.triggers[0].definition,
            "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()");
}

TEST_F(PostgresNormalizer, OtherSchemasKeepTheirNames) {
  Schema part;
  part.tables = {
      make_table({"app", "t"},
                 {ColumnDefinition("a", Integer()), named("ck", CheckConstraint{"t.a>0"})}),
      make_table("t", {ColumnDefinition("b", Text()), named("ck", CheckConstraint{"b<>''"})})};
  part.functions.push_back(
      {{"app", "f"}, "", "create function app.f() returns int language sql as 'select 1'"});
  const Schema shown = ask(part);
  EXPECT_EQ(shown.tables[0].name, ObjectName("app", "t"));
  EXPECT_EQ(std::get<CheckConstraint>(shown.tables[0].constraints[0]).expression, "a > 0");
  EXPECT_EQ(std::get<CheckConstraint>(shown.tables[1].constraints[0]).expression, "b <> ''::text");
  EXPECT_TRUE(shown.functions[0].definition.starts_with("CREATE OR REPLACE FUNCTION app.f()"));
}

TEST_F(PostgresNormalizer, PartitionsAndExclusions) {
  query("CREATE EXTENSION btree_gist");
  Table parent = make_table("p", {ColumnDefinition("at", Date()).not_null()});
  parent.partition_by = "range(at)";
  Table child;
  child.name = "c";
  child.partition_of = PartitionOf{"p", "for values from ('2020-1-1') to (maxvalue)"};
  Table rooms = make_table(
      "rooms", {ColumnDefinition("room", Integer()), ColumnDefinition("during", Named("TSRANGE"))});
  rooms.constraints.push_back(
      ExcludeConstraint{.elements = {{.column = "room", .with_operator = "="},
                                     {.column = "during", .with_operator = "&&"}},
                        .name = "no_overlap",
                        .where = "room>0"});
  Schema part;
  part.tables = {child, parent, rooms};
  const Schema shown = ask(part);
  EXPECT_EQ(shown.tables[0].partition_of->bound, "FOR VALUES FROM ('2020-01-01') TO (MAXVALUE)");
  EXPECT_EQ(shown.tables[1].partition_by, "RANGE (at)");
  EXPECT_EQ(std::get<ExcludeConstraint>(shown.tables[2].constraints[0]).where, "room > 0");
}

TEST_F(PostgresNormalizer, LeavesNothingAndNeedsLittle) {
  query("CREATE TABLE t (a integer)");
  query("CREATE SCHEMA other");
  query("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
  query("DROP ROLE IF EXISTS cupel_test_little");
  query("CREATE ROLE cupel_test_little");
  query("SET ROLE cupel_test_little");
  const Table table =
      make_table("t", {ColumnDefinition("a", Integer()), named("ck", CheckConstraint{"a>0"})});
  EXPECT_EQ(std::get<CheckConstraint>(ask(table).constraints[0]).expression, "a > 0");
  EXPECT_FALSE(database_->connection().in_transaction());

  query("BEGIN");
  EXPECT_EQ(std::get<CheckConstraint>(ask(table).constraints[0]).expression, "a > 0");
  EXPECT_TRUE(database_->connection().in_transaction());
  EXPECT_EQ(query("SELECT current_setting('search_path')")[0].text(0), "\"$user\", public");
  EXPECT_EQ(
      query("SELECT count(*) FROM pg_locks WHERE relation = 'public.t'::regclass")[0].integer(0),
      0);
  query("COMMIT");
  query("RESET ROLE");
  EXPECT_EQ(query("SELECT count(*) FROM pg_class WHERE relpersistence = 't'")[0].integer(0), 0);

  query("REVOKE TEMP ON DATABASE " + database_->url().database + " FROM PUBLIC");
  query("SET ROLE cupel_test_little");
  EXPECT_EQ(std::get<CheckConstraint>(ask(table).constraints[0]).expression, "a>0");
  query("RESET ROLE");
  query("DROP ROLE cupel_test_little");
}

TEST_F(PostgresNormalizer, TriggersNeverTouchLiveTables) {
  query("CREATE TABLE live (a integer)");
  query("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
  Schema part;
  part.triggers.push_back(
      {"tr", "live",
       "create trigger tr before update on live for each row execute procedure touch()"});
  const auto other = database_->connect();
  other->query("BEGIN");
  other->query("LOCK TABLE live");
  EXPECT_EQ(ask(part).triggers[0].definition, part.triggers[0].definition);
  other->query("ROLLBACK");
}

}  // namespace
}  // namespace cupel::dialect::postgres
