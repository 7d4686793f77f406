// SPDX-License-Identifier: MIT
// Views, functions and triggers: changed, and out of the way of what changes.
#include "diff/testing.hpp"

namespace cupel::diff {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)
using C = ColumnDefinition;
using model::Integer;
using model::View;

View view(const std::string& name, const std::string& definition) {
  return {.name = name, .definition = definition};
}
View kept(const std::string& name, const std::string& definition) {
  return {.name = name, .definition = definition, .materialized = true};
}

/// A table `t` with columns a and b.
Schema with(std::vector<View> views, const model::Type& a = Integer()) {
  Schema schema = schema_of({table("t", {C("a", a), C("b", Integer())})});
  schema.views = std::move(views);
  return schema;
}

TEST(DiffViews, AreMadeAfterWhatTheySelect) {
  EXPECT_EQ(steps({}, with({view("x", "SELECT a FROM y"), view("y", "SELECT a FROM z"),
                            kept("z", "SELECT a FROM t")})),
            "create table 't'\n"
            "create materialized view 'z'\n"
            "create view 'y'\n"
            "create view 'x'");
  EXPECT_EQ(steps(with({view("x", "SELECT a FROM y"), view("y", "SELECT a FROM t")}), {}),
            "drop view 'x'\n"
            "drop view 'y'\n"
            "drop table 't'");
}

TEST(DiffViews, AreReplacedWhereThatCanBe) {
  const Schema from = with({view("v", "SELECT a FROM t"), kept("m", "SELECT a FROM t")});
  const Schema to = with({view("v", "SELECT b FROM t"), kept("m", "SELECT b FROM t")});
  EXPECT_EQ(ops::describe(lawful(from, to, ReplacingRules()).operations),
            "drop materialized view 'm'\n"
            "create materialized view 'm'\n"
            "create or replace view 'v'");
  EXPECT_EQ(steps(from, to),
            "drop view 'v'\n"
            "drop materialized view 'm'\n"
            "create materialized view 'm'\n"
            "create view 'v'");
  EXPECT_EQ(messages(lawful(from, to)),
            "Detected changed view 'm'\n"
            "Detected changed view 'v'");
}

TEST(DiffViews, StepAsideWhileTheirColumnsChange) {
  const std::vector<View> views = {
      view("all_of_it", "SELECT * FROM t"), view("direct", "SELECT a FROM t"),
      kept("indirect", "SELECT a FROM direct"), view("other", "SELECT b FROM t"),
      view("unrelated", "SELECT a FROM elsewhere")};
  EXPECT_EQ(steps(with(views), with(views, model::BigInteger())),
            "drop materialized view 'indirect'\n"
            "drop view 'direct'\n"
            "drop view 'all_of_it'\n"
            "alter column 'a' of table 't': type Integer -> BigInteger\n"
            "create view 'all_of_it'\n"
            "create view 'direct'\n"
            "create materialized view 'indirect'");
  EXPECT_EQ(
      ops::describe(
          lawful(with(views), with(views, model::BigInteger()), RebuildingRules()).operations),
      "alter column 'a' of table 't': type Integer -> BigInteger");
}

TEST(DiffViews, SomebodyElsesComeBackAsWell) {
  Options options;
  options.is_owned = [](const model::ObjectKey& key) { return key.name.name != "theirs"; };
  const Difference difference = compare(with({view("theirs", "SELECT a FROM t")}),
                                        with({}, model::BigInteger()), DiffRules(), options);
  EXPECT_EQ(ops::describe(difference.operations),
            "drop view 'theirs'\n"
            "alter column 'a' of table 't': type Integer -> BigInteger\n"
            "create view 'theirs'");
  EXPECT_EQ(messages(difference), "Detected type change from Integer to BigInteger on 't.a'");
}

TEST(DiffViews, GoBeforeAColumnThatTheySelected) {
  Schema to = with({view("v", "SELECT b FROM t")});
  std::erase_if(to.tables[0].columns, [](const auto& it) { return it.name == "a"; });
  EXPECT_EQ(ops::describe(
                lawful(with({view("v", "SELECT a, b FROM t")}), to, ReplacingRules()).operations),
            "drop view 'v'\n"
            "drop column 'a' from table 't'\n"
            "create view 'v'");
}

TEST(DiffViews, HaveIndexesAndComments) {
  Schema from = with({kept("m", "SELECT a FROM t"), view("v", "SELECT a FROM t")});
  from.views[0].indexes = {model::Index{"ix_a", {"a"}}, model::Index{"ix_b", {"b"}}};
  Schema to = from;
  to.views[0].indexes = {model::Index{"ix_a2", {"a"}}, model::Index{"ix_c", {"a", "b"}}};
  to.views[0].comment = "kept";
  to.views[1].comment = "seen";
  const Difference difference = lawful(from, to);
  EXPECT_EQ(ops::describe(difference.operations),
            "rename index 'ix_a' of table 'm' to 'ix_a2'\n"
            "drop index 'ix_b' from table 'm'\n"
            "create index 'ix_c' on table 'm'\n"
            "set the comment of materialized view 'm' to 'kept'\n"
            "set the comment of view 'v' to 'seen'");
  EXPECT_EQ(messages(difference),
            "Detected comment of view 'm'\n"
            "Detected changed index 'ix_a2' on 'm'\n"
            "Detected removed index 'ix_b' on 'm'\n"
            "Detected added index 'ix_c' on 'm'\n"
            "Detected comment of view 'v'");
}

TEST(DiffViews, AViewBecomesATable) {
  const Schema from = with({view("x", "SELECT a FROM t")});
  Schema to = with({});
  to.tables.push_back(table("x", {C("a", Integer())}));
  EXPECT_EQ(steps(from, to), "drop view 'x'\ncreate table 'x'");
  EXPECT_EQ(steps(to, from), "drop table 'x'\ncreate view 'x'");
}

TEST(DiffViews, ARenamedTableIsKnownToThem) {
  Schema from = with({view("v", "SELECT a FROM t")});
  Schema to = from;
  to.tables[0].name = "renamed";
  to.views[0].definition = "SELECT a FROM renamed";
  to.tables[0].columns[1].type = model::BigInteger();
  Options options;
  options.renames = {{"t", "", "renamed"}};
  EXPECT_EQ(steps(from, to, options),
            "drop view 'v'\n"
            "rename table 't' to 'renamed'\n"
            "alter column 'a' of table 'renamed': type Integer -> BigInteger\n"
            "create view 'v'");
}

model::Function function(const std::string& name, const std::string& body,
                         const std::string& arguments = {}) {
  return {name, arguments,
          "CREATE OR REPLACE FUNCTION " + name + "(" + arguments +
              ") RETURNS integer LANGUAGE sql AS $$" + body + "$$"};
}

TEST(DiffFunctions, ComeBeforeTablesThatCallThem) {
  Schema schema = schema_of({table("t", {C("a", Integer()).server_default(model::text("f()"))})});
  schema.functions = {function("f", "SELECT 1"), function("g", "SELECT count(*) FROM v")};
  schema.views = {view("v", "SELECT h(a) FROM t")};
  schema.functions.push_back(function("h", "SELECT 2", "integer"));
  schema.domains = {{"d", "integer CHECK (k(VALUE) > 0)"}};
  schema.functions.push_back(function("k", "SELECT 3", "integer"));
  EXPECT_EQ(steps({}, schema),
            "create function 'f()'\n"
            "create function 'k(integer)'\n"
            "create domain 'd' as integer CHECK (k(VALUE) > 0)\n"
            "create table 't'\n"
            "create function 'h(integer)'\n"
            "create view 'v'\n"
            "create function 'g()'");
  EXPECT_EQ(steps(schema, {}),
            "drop view 'v'\n"
            "drop table 't'\n"
            "drop domain 'd'\n"
            "drop function 'k(integer)'\n"
            "drop function 'g()'\n"
            "drop function 'f()'\n"
            "drop function 'h(integer)'");
}

TEST(DiffFunctions, AreReplacedOrMadeAgainWithWhatCallsThem) {
  Schema from = with({view("v", "SELECT f() FROM t")});
  from.functions = {function("f", "SELECT 1")};
  from.triggers = {{"tr", "t", "CREATE TRIGGER tr BEFORE UPDATE ON t EXECUTE FUNCTION f()"}};
  Schema to = from;
  to.functions = {function("f", "SELECT 2")};
  const Difference difference = lawful(from, to, ReplacingRules());
  EXPECT_EQ(ops::describe(difference.operations), "create function 'f()'");
  EXPECT_EQ(messages(difference), "Detected changed function 'f()'");
  EXPECT_EQ(steps(from, to),
            "drop trigger 'tr' from table 't'\n"
            "drop view 'v'\n"
            "drop function 'f()'\n"
            "create function 'f()'\n"
            "create view 'v'\n"
            "create trigger 'tr' on table 't'");
}

TEST(DiffTriggers, ComeGoAndChange) {
  Schema from = with({});
  from.triggers = {{"gone", "t", "CREATE TRIGGER gone ..."}, {"tr", "t", "CREATE TRIGGER tr 1"}};
  Schema to = with({});
  to.triggers = {{"new", "t", "CREATE TRIGGER new ..."}, {"tr", "t", "CREATE TRIGGER tr 2"}};
  const Difference difference = lawful(from, to);
  EXPECT_EQ(ops::describe(difference.operations),
            "drop trigger 'gone' from table 't'\n"
            "drop trigger 'tr' from table 't'\n"
            "create trigger 'new' on table 't'\n"
            "create trigger 'tr' on table 't'");
  EXPECT_EQ(messages(difference),
            "Detected removed trigger 'gone' on table 't'\n"
            "Detected added trigger 'new' on table 't'\n"
            "Detected changed trigger 'tr' on table 't'");
}

TEST(DiffTriggers, StepAsideWhileTheirColumnsChange) {
  Schema from = with({view("v", "SELECT a FROM t")});
  from.triggers = {
      {"of_a", "t", "CREATE TRIGGER of_a AFTER UPDATE OF a ON t EXECUTE FUNCTION f()"},
      {"of_b", "t", "CREATE TRIGGER of_b AFTER UPDATE OF b ON t EXECUTE FUNCTION f()"},
      {"of_v", "v", "CREATE TRIGGER of_v INSTEAD OF INSERT ON v EXECUTE FUNCTION f()"}};
  Schema to = from;
  to.tables[0].columns[1].type = model::BigInteger();
  EXPECT_EQ(steps(from, to),
            "drop trigger 'of_a' from table 't'\n"
            "drop trigger 'of_v' from table 'v'\n"
            "drop view 'v'\n"
            "alter column 'a' of table 't': type Integer -> BigInteger\n"
            "create view 'v'\n"
            "create trigger 'of_a' on table 't'\n"
            "create trigger 'of_v' on table 'v'");
}

TEST(DiffTriggers, GoWithTheirTable) {
  Schema from = with({});
  from.triggers = {{"tr", "t", "CREATE TRIGGER tr ..."}};
  const Difference difference = lawful(from, {});
  EXPECT_EQ(ops::describe(difference.operations),
            "drop trigger 'tr' from table 't'\ndrop table 't'");
  EXPECT_EQ(messages(difference), "Detected removed table 't' !");
}

TEST(DiffTriggers, FollowARenamedTable) {
  Schema from = with({});
  from.triggers = {{"tr", "t", "CREATE TRIGGER tr AFTER UPDATE OF a ON t EXECUTE FUNCTION f()"}};
  Schema to = from;
  to.tables[0].name = to.triggers[0].table = "renamed";
  to.triggers[0].definition = "CREATE TRIGGER tr AFTER UPDATE OF a ON renamed EXECUTE FUNCTION f()";
  EXPECT_EQ(steps(from, to), "rename table 't' to 'renamed'");
  to.triggers[0].definition = "CREATE TRIGGER tr AFTER UPDATE OF b ON renamed EXECUTE FUNCTION f()";
  EXPECT_EQ(steps(from, to),
            "drop trigger 'tr' from table 't'\n"
            "rename table 't' to 'renamed'\n"
            "create trigger 'tr' on table 'renamed'");
}

}  // namespace
}  // namespace cupel::diff
