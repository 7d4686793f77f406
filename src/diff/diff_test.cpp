// SPDX-License-Identifier: MIT
// Tables and columns: what is found, and the operations that come of it.
#include "diff/testing.hpp"

namespace cupel::diff {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)
using C = ColumnDefinition;
using model::Integer;
using model::String;

/// A table with one column besides its key, before and after.
Difference of_column(const C& from, const C& to) {
  return lawful(schema_of({table("t", {from})}), schema_of({table("t", {to})}));
}

TEST(Diff, NothingDiffers) {
  const Schema schema = schema_of({table("users", {C("name", String(20)).index().unique()})});
  const Difference difference = lawful(schema, schema);
  EXPECT_TRUE(difference.empty());
  EXPECT_TRUE(difference.operations.empty());
  EXPECT_TRUE(difference.undo.empty());
}

TEST(Diff, AddsTablesAfterThoseTheyReferTo) {
  const Schema to = schema_of({table("a", {C("b_id", Integer()).references("b.id")}), table("b"),
                               table("c", {C("c_id", Integer()).references("c.id")})});
  const Difference difference = lawful({}, to);
  EXPECT_EQ(ops::describe(difference.operations),
            "create table 'b'\n"
            "create table 'a'\n"
            "create table 'c'");
  EXPECT_EQ(messages(difference),
            "Detected added table 'a'\n"
            "Detected added table 'b'\n"
            "Detected added table 'c'");
}

TEST(Diff, DropsTablesBeforeThoseTheyReferTo) {
  const Schema from =
      schema_of({table("a", {C("b_id", Integer()).references("b.id")}), table("b")});
  const Difference difference = lawful(from, {});
  EXPECT_EQ(ops::describe(difference.operations), "drop table 'a'\ndrop table 'b'");
  EXPECT_EQ(messages(difference),
            "Detected removed table 'a' !\n"
            "Detected removed table 'b' !");
  EXPECT_EQ(difference.findings[0].note, "its rows are lost");
}

Schema circle() {
  return schema_of(
      {table("chicken", {C("egg_id", Integer()).references("egg.id", {.on_delete = "CASCADE"})}),
       table("egg", {C("chicken_id", Integer()).references("chicken.id")})});
}

TEST(Diff, CircularForeignKeysFollow) {
  EXPECT_EQ(
      steps({}, circle()),
      "create table 'egg'\n"
      "create table 'chicken'\n"
      "add constraint to table 'egg': foreign key egg_chicken_id_fkey (chicken_id) references "
      "chicken (id)");
}

TEST(Diff, CircularForeignKeysGoFirst) {
  EXPECT_EQ(steps(circle(), {}),
            "drop constraint 'egg_chicken_id_fkey' from table 'egg'\n"
            "drop table 'chicken'\n"
            "drop table 'egg'");
}

TEST(Diff, ForeignKeysStayWhereTheyAreIfTablesNeedNotBeThere) {
  EXPECT_EQ(ops::describe(lawful({}, circle(), RebuildingRules()).operations),
            "create table 'egg'\ncreate table 'chicken'");
}

TEST(Diff, AForeignKeyToADroppedTableGoesBeforeIt) {
  const Schema from =
      schema_of({table("a", {C("b_id", Integer()).references("b.id")}), table("b")});
  const Schema to = schema_of({table("a", {C("b_id", Integer())})});
  EXPECT_EQ(steps(from, to),
            "drop constraint 'a_b_id_fkey' from table 'a'\n"
            "drop table 'b'");
}

TEST(Diff, AnIndexNameThatIsNeededAgainIsFreedFirst) {
  const auto named = [](const std::string& name) {
    return table(name, {C("a", Integer()), C("b", Integer()),
                        model::Index{"ix_shared", {name == "x" ? "a" : "b"}}});
  };
  Options options;
  options.not_renames = {{"x", "", "y"}};
  EXPECT_EQ(steps(schema_of({named("x")}), schema_of({named("y")}), options),
            "drop table 'x'\n"
            "create table 'y'");
}

TEST(Diff, AKeyNameThatIsNeededAgainIsFreedFirst) {
  const auto keyed = [](const model::ObjectName& name, const std::string& column) {
    model::Table result = model::make_table(name, {C(column, Integer()).not_null()});
    result.primary_key = model::PrimaryKey{{column}, "pk"};
    return result;
  };
  Options options;
  options.not_renames = {{{"app", "x"}, "", "y"}};
  EXPECT_EQ(
      steps(schema_of({keyed({"app", "x"}, "a")}), schema_of({keyed({"app", "y"}, "b")}), options),
      "drop table 'app.x'\n"
      "create table 'app.y'");
}

TEST(Diff, ColumnsComeAndGo) {
  const Difference difference =
      lawful(schema_of({table("t", {C("a", Integer())})}),
             schema_of({table("t", {C("b", String(5)).not_null(), C("c", Integer()).index()})}));
  EXPECT_EQ(questions(difference), "column 't.a' to 'c'? the same type");
  Options options;
  options.not_renames = {{"t", "a", "c"}};
  const Difference decided = lawful(
      schema_of({table("t", {C("a", Integer())})}),
      schema_of({table("t", {C("b", String(5)).not_null(), C("c", Integer()).index()})}), options);
  EXPECT_EQ(ops::describe(decided.operations),
            "add column 'b' to table 't'\n"
            "add column 'c' to table 't'\n"
            "drop column 'a' from table 't'\n"
            "create index 'ix_t_c' on table 't'");
  EXPECT_EQ(messages(decided),
            "Detected removed column 't.a' !\n"
            "Detected added column 't.b'\n"
            "Detected added column 't.c'\n"
            "Detected added index 'ix_t_c' on 't'");
  EXPECT_EQ(decided.findings[1].note, "rows that are there need a value for it");
}

TEST(Diff, TypesChange) {
  const Difference wider = of_column(C("a", String(5)), C("a", String(10)));
  EXPECT_EQ(ops::describe(wider.operations),
            "alter column 'a' of table 't': type String(5) -> String(10)");
  EXPECT_EQ(messages(wider), "Detected type change from String(5) to String(10) on 't.a'");
  const Difference narrower = of_column(C("a", String(10)), C("a", String(5)));
  EXPECT_EQ(messages(narrower), "Detected type change from String(10) to String(5) on 't.a' !");
  EXPECT_EQ(narrower.findings[0].note, "values that do not fit may be cut or refused");
  EXPECT_EQ(of_column(C("a", model::Date()), C("a", Integer())).findings[0].note,
            "every value is converted, which may fail");
  of_column(C("a", String(5)), C("a", String(5, "C")));
  of_column(C("a", model::Array(Integer())), C("a", model::Array(model::Text())));
  of_column(C("a", model::Numeric(10, 2)), C("a", model::Numeric(10)));
}

TEST(Diff, ADefaultStepsAsideWhileValuesAreConverted) {
  const Difference difference = of_column(C("a", String(5)).server_default("1"),
                                          C("a", Integer()).server_default(model::text("1")));
  EXPECT_EQ(ops::describe(difference.operations),
            "alter column 'a' of table 't': drop default\n"
            "alter column 'a' of table 't': type String(5) -> Integer\n"
            "alter column 'a' of table 't': default 1");
}

TEST(Diff, AttributesOfColumnsChangeInOneStatement) {
  const Difference difference =
      of_column(C("a", Integer()).comment("old"),
                C("a", Integer()).not_null().server_default(model::text("1")).comment("new"));
  EXPECT_EQ(ops::describe(difference.operations),
            "alter column 'a' of table 't': not null, default 1, comment 'new'");
  EXPECT_EQ(messages(difference),
            "Detected NOT NULL on column 't.a'\n"
            "Detected column comment 't.a'\n"
            "Detected server default on column 't.a'");
  EXPECT_EQ(difference.findings[0].note, "rows that hold NULL need a value first");
  EXPECT_EQ(messages(of_column(C("a", Integer()).not_null(), C("a", Integer()))),
            "Detected NULL on column 't.a'");
  EXPECT_EQ(
      ops::describe(of_column(C("a", Integer()).server_default("x"), C("a", Integer())).operations),
      "alter column 'a' of table 't': drop default");
}

TEST(Diff, HowRowsAreNumberedChanges) {
  EXPECT_EQ(messages(of_column(C("a", Integer()).not_null(), C("a", Integer()).identity())),
            "Detected identity options on column 't.a'");
  of_column(C("a", Integer()).identity(), C("a", Integer()).identity({.always = true, .start = 5}));
  of_column(C("a", Integer()).identity(), C("a", Integer()).not_null());
  const Difference serial =
      of_column(C("a", Integer()).not_null(), C("a", Integer()).not_null().autoincrement(true));
  EXPECT_EQ(messages(serial), "Detected autoincrement on column 't.a'");
  EXPECT_EQ(ops::describe(serial.operations), "alter column 'a' of table 't': autoincrement");
}

TEST(Diff, AnAddedKeyThatNumbersItselfSaysSo) {
  const Schema from = schema_of({model::make_table("t", {C("a", Integer())})});
  const Schema to = schema_of({table("t", {C("a", Integer())})});
  const Difference difference = lawful(from, to);
  EXPECT_EQ(ops::describe(difference.operations),
            "add column 'id' to table 't'\n"
            "add constraint to table 't': primary key t_pkey (id)");
  EXPECT_EQ(std::get<ops::AddColumn>(difference.operations[0]).column.autoincrement,
            model::Autoincrement::Yes);
}

TEST(Diff, ComputedColumnsAreReplacedWhereTheyCannotBeAltered) {
  const C before = C("a", Integer()).computed("id + 1");
  const C after = C("a", Integer()).computed("id + 2");
  const Difference difference = of_column(before, after);
  EXPECT_EQ(ops::describe(difference.operations),
            "drop column 'a' from table 't'\n"
            "add column 'a' to table 't'");
  EXPECT_EQ(messages(difference), "Detected computed expression on column 't.a'");
  EXPECT_EQ(messages(of_column(C("a", Integer()), after)),
            "Detected computed expression on column 't.a' !");
  EXPECT_EQ(ops::describe(lawful(schema_of({table("t", {before})}),
                                 schema_of({table("t", {after})}), RebuildingRules())
                              .operations),
            "alter column 'a' of table 't': computation id + 2");
}

TEST(Diff, ComputedColumnsMakeWayForThoseTheyAreComputedFrom) {
  const Schema from =
      schema_of({table("t", {C("a", Integer()), C("b", Integer()).computed("a + 1")})});
  const Schema to =
      schema_of({table("t", {C("a", model::BigInteger()), C("b", Integer()).computed("a + 1")})});
  EXPECT_EQ(steps(from, to),
            "drop column 'b' from table 't'\n"
            "alter column 'a' of table 't': type Integer -> BigInteger\n"
            "add column 'b' to table 't'");
}

TEST(Diff, TablesHaveComments) {
  Schema from = schema_of({table("t")});
  Schema to = from;
  to.tables[0].comment = "it's one";
  const Difference difference = lawful(from, to);
  EXPECT_EQ(messages(difference), "Detected table comment 't'");
  EXPECT_EQ(ops::describe(difference.operations), "set the comment of table 't' to 'it's one'");
  lawful(to, from);
  EXPECT_TRUE(lawful(from, to, RebuildingRules()).empty());
}

TEST(Diff, TablesHaveOptions) {
  Schema from = schema_of({table("t")});
  Schema to = from;
  to.tables[0].unlogged = true;
  to.tables[0].with = {{"fillfactor", "70"}};
  const Difference difference = lawful(from, to);
  EXPECT_EQ(messages(difference), "Detected changed options of table 't'");
  EXPECT_EQ(ops::describe(difference.operations),
            "set the options of table 't': unlogged, with (fillfactor=70)");
}

TEST(Diff, WhatNoOperationChangesIsFound) {
  Schema from = schema_of({table("t")});
  Schema to = from;
  to.tables[0].partition_by = "RANGE (id)";
  const Difference difference = compare(from, to, DiffRules());
  EXPECT_TRUE(difference.operations.empty());
  EXPECT_FALSE(difference.empty());
  EXPECT_EQ(messages(difference), "Detected changed partitioning of table 't'");
  EXPECT_EQ(difference.findings[0].note, "no operation changes that: write the revision by hand");
}

TEST(Diff, SeveralChangesAreOneRebuildWhereTablesAreRebuilt) {
  const Schema from = schema_of({table(
      "t", {C("a", String(5)), C("b", Integer()).check("b > 0"), C("c", Integer()).index()})});
  const Schema to = schema_of({table(
      "t", {C("a", Integer()), C("b", Integer()).check("b > 1"), C("d", model::Text()).unique()})});
  const Difference difference = lawful(from, to, RebuildingRules());
  EXPECT_EQ(
      ops::describe(difference.operations),
      "drop index 'ix_t_c' from table 't'\n"
      "alter table 't': drop constraint 't_b_check'; add column 'd'; alter column 'a': type "
      "String(5) -> Integer; drop column 'c'; add constraint: check constraint t_b_check (b > 1); "
      "add constraint: unique constraint t_d_key (d)");
  EXPECT_EQ(ops::describe(lawful(schema_of({table("t")}),
                                 schema_of({table("t", {C("a", Integer()), C("b", Integer())})}),
                                 RebuildingRules())
                              .operations),
            "add column 'a' to table 't'\n"
            "add column 'b' to table 't'");
}

TEST(Diff, WhatNobodyOwnsIsLeftAlone) {
  Schema from = schema_of({table("ours"), table("theirs", {C("m", model::Enum({"x"}, "mood"))})});
  from.views = {{.name = "ours_too", .definition = "SELECT id FROM ours"},
                {.name = "their_view", .definition = "SELECT id FROM ours"}};
  from.enums = {{"mood", {"x"}, ""}};
  Options options;
  options.is_owned = [](const model::ObjectKey& key) {
    return key.name.name.find("their") == std::string::npos;
  };
  const Difference difference = compare(from, {}, DiffRules(), options);
  EXPECT_EQ(ops::describe(difference.operations), "drop view 'ours_too'\ndrop table 'ours'");
  std::string unmanaged;
  for (const model::ObjectKey& it : difference.unmanaged) unmanaged += to_string(it) + ";";
  EXPECT_EQ(unmanaged, "enum 'mood';table 'theirs';view 'their_view';");
  EXPECT_EQ(difference.findings[0].note,
            "its rows are lost; view 'their_view', which is not managed, uses it");
}

TEST(Diff, WhatIsNotIncludedIsNotLookedAt) {
  const Schema from = schema_of(
      {table("t", {C("a", Integer()).index(), C("b", Integer())}), table("gone"), table("same")});
  const Schema to = schema_of({table("t", {C("b", String(5)).unique()}), table("new")});
  Options options;
  options.is_included = [](const model::ObjectKey& key, const std::string& part) {
    return key.name.name == "t" && part != "column 'a'" &&
           part.find("unique") == std::string::npos && part != "index 'ix_t_a'";
  };
  const Difference difference = compare(from, to, DiffRules(), options);
  EXPECT_EQ(messages(difference), "Detected type change from Integer to String(5) on 't.b'");
}

TEST(Diff, PartitionsComeAndAreOtherwiseTheirParents) {
  Schema from =
      schema_of({table("days", {C("at", model::Date())}), table("first"), table("second")});
  from.tables[0].partition_by = "RANGE (at)";
  from.tables[1].partition_of = {"days", "FOR VALUES FROM (1) TO (2)"};
  from.tables[1].columns = from.tables[0].columns;
  from.tables[2].partition_of = {"days", "DEFAULT"};
  Schema to = from;
  to.tables.pop_back();          // made by a program: not ours to drop
  to.tables[1].columns.clear();  // they are the parent's
  to.tables[1].partition_of->bound = "FOR VALUES FROM (1) TO (3)";
  model::Table third = model::make_table("third", {});
  third.partition_of = {"days", "FOR VALUES FROM (3) TO (4)"};
  to.tables.push_back(third);
  const Difference difference = compare(from, to, DiffRules());
  EXPECT_EQ(ops::describe(difference.operations),
            "create table 'third'\n"
            "attach table 'first' to 'days' as partition FOR VALUES FROM (1) TO (3)");
  EXPECT_EQ(messages(difference),
            "Detected changed partition of table 'first': 'days' FOR VALUES FROM (1) TO (2) to "
            "'days' FOR VALUES FROM (1) TO (3)\n"
            "Detected added table 'third'");
  EXPECT_TRUE(difference.unmanaged.empty());
}

TEST(Diff, PartitionsGoWithTheirParent) {
  Schema from = schema_of({table("days", {C("at", model::Date())}), table("first")});
  from.tables[0].partition_by = "RANGE (at)";
  from.tables[1].partition_of = {"days", "DEFAULT"};
  EXPECT_EQ(steps(from, {}), "drop table 'first'\ndrop table 'days'");
}

TEST(Diff, SchemasComeFirstAndGoLast) {
  Schema with = schema_of({table({"app", "t"})});
  with.schemas = {"app"};
  EXPECT_EQ(steps({}, with), "create schema 'app'\ncreate table 'app.t'");
  EXPECT_EQ(steps(with, {}), "drop table 'app.t'\ndrop schema 'app'");
  Schema implied = with;
  implied.schemas.clear();
  EXPECT_EQ(ops::describe(compare({}, implied, DiffRules()).operations),
            "create schema 'app'\ncreate table 'app.t'");
  Options options;
  options.is_owned = [](const model::ObjectKey& key) {
    return key.kind == model::ObjectKind::Schema;
  };
  EXPECT_EQ(ops::describe(compare(with, {}, DiffRules(), options).operations), "");
}

TEST(Diff, CreateAllMakesEverything) {
  Schema schema = circle();
  schema.views = {{.name = "v", .definition = "SELECT id FROM egg"}};
  const std::vector<ops::Operation> operations = create_all(schema, DiffRules());
  EXPECT_EQ(
      ops::describe(operations),
      "create table 'egg'\n"
      "create table 'chicken'\n"
      "add constraint to table 'egg': foreign key egg_chicken_id_fkey (chicken_id) references "
      "chicken (id)\n"
      "create view 'v'");
  EXPECT_TRUE(compare(applied(operations, {}), schema, DiffRules()).empty());
}

TEST(Diff, FindingsAreSortedAndSaidOnce) {
  const Schema from = schema_of({table("b", {C("x", Integer())}), table("a", {C("x", Integer())})});
  const Schema to = schema_of(
      {table("b", {C("x", model::Text())}), table("a", {C("x", Integer()).index().not_null()})});
  EXPECT_EQ(messages(lawful(from, to)),
            "Detected NOT NULL on column 'a.x'\n"
            "Detected added index 'ix_a_x' on 'a'\n"
            "Detected type change from Integer to Text on 'b.x'");
}

}  // namespace
}  // namespace cupel::diff
