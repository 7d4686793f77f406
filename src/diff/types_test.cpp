// SPDX-License-Identifier: MIT
// Enum types, domains, sequences, extensions.
#include "diff/object_diff.hpp"
#include "diff/testing.hpp"

namespace cupel::diff {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)
using C = ColumnDefinition;
using model::Integer;

using Values = std::vector<std::string>;

/// How one list of values becomes the other, in words.
std::string change(const Values& from, const Values& to) {
  const EnumChange it = enum_change(from, to);
  std::string text = it.rewrite ? "rewrite" : "";
  for (const auto& [before, after] : it.renames) text += before + ">" + after + " ";
  for (const auto& [value, before, after] : it.additions) {
    text += "+" + value;
    if (!before.empty()) text += "<" + before;
    if (!after.empty()) text += ">" + after;
    text += " ";
  }
  return text;
}

TEST(DiffEnums, Values) {
  EXPECT_EQ(change({"a"}, {"a", "b", "c"}), "+b +c ");
  EXPECT_EQ(change({"c"}, {"a", "b", "c"}), "+a<c +b>a ");
  EXPECT_EQ(change({"a", "c"}, {"a", "b", "c", "d"}), "+b>a +d ");
  EXPECT_EQ(change({"a", "b"}, {"a", "c"}), "b>c ");
  EXPECT_EQ(change({"open", "closed"}, {"OPEN", "CLOSED"}), "open>OPEN closed>CLOSED ");
  EXPECT_EQ(change({"open", "closed"}, {"OPEN", "CLOSED", "gone"}),
            "open>OPEN closed>CLOSED +gone ");
  EXPECT_EQ(change({"a", "b"}, {"b", "a"}), "rewrite");
  EXPECT_EQ(change({"a", "b", "c"}, {"a", "c"}), "rewrite");
  EXPECT_EQ(change({"draft", "published"}, {"new", "live"}), "rewrite");
  EXPECT_EQ(change({"a", "b"}, {"c", "a"}), "rewrite");
}

/// A table whose column `m` is of the type, and a type of its own for column `other`.
Schema with_enum(const Values& values, const std::string& default_value = {}) {
  C column("m", model::Enum(values, "mood"));
  if (!default_value.empty()) column.server_default(default_value);
  Schema schema = schema_of({table("t", {column})});
  schema.enums = {{"mood", values, ""}};
  return schema;
}

TEST(DiffEnums, ComeBeforeTheirColumnsAndGoAfterThem) {
  const Schema schema = with_enum({"sad", "ok"});
  EXPECT_EQ(steps({}, schema), "create enum 'mood' ('sad', 'ok')\ncreate table 't'");
  EXPECT_EQ(steps(schema, {}), "drop table 't'\ndrop enum 'mood'");
  const Difference difference = lawful(schema_of({table("t")}), schema);
  EXPECT_EQ(ops::describe(difference.operations),
            "create enum 'mood' ('sad', 'ok')\nadd column 'm' to table 't'");
  EXPECT_FALSE(std::get<ops::AddColumn>(difference.operations[1]).column.type.create_type);
  EXPECT_EQ(messages(difference), "Detected added enum 'mood'\nDetected added column 't.m'");
}

TEST(DiffEnums, AColumnBringsItsOwn) {
  Schema schema = schema_of(
      {table("t", {C("m", model::Enum({"x"})), C("l", model::Array(model::Enum({"y"}, "l")))})});
  EXPECT_EQ(steps({}, schema), "create enum 'l' ('y')\ncreate enum 't_m' ('x')\ncreate table 't'");
}

TEST(DiffEnums, AddedValuesAreTakenAwayByMakingTheTypeAnew) {
  Schema from = with_enum({"sad", "ok"}, "ok");
  from.views = {{.name = "v", .definition = "SELECT m FROM t"}};
  Schema to = with_enum({"awful", "sad", "ok", "happy"}, "happy");
  to.views = from.views;
  const Difference difference = lawful(from, to);
  EXPECT_EQ(ops::describe(difference.operations),
            "add value 'awful' to enum 'mood' before 'sad'\n"
            "add value 'happy' to enum 'mood'\n"
            "alter column 'm' of table 't': default 'happy'");
  EXPECT_EQ(
      ops::describe(difference.undo),
      "alter column 'm' of table 't': default 'ok'\n"
      "drop view 'v'\n"
      "rename type 'mood' to 'mood_cupel_old'\n"
      "create enum 'mood' ('sad', 'ok')\n"
      "alter column 'm' of table 't': drop default\n"
      "alter column 'm' of table 't': type Enum('awful', 'sad', 'ok', 'happy', mood_cupel_old) "
      "-> Enum('sad', 'ok', mood)\n"
      "alter column 'm' of table 't': default 'ok'\n"
      "drop enum 'mood_cupel_old'\n"
      "create view 'v'");
  EXPECT_EQ(messages(difference),
            "Detected added value 'awful' to enum 'mood'\n"
            "Detected added value 'happy' to enum 'mood'\n"
            "Detected server default on column 't.m'");
}

TEST(DiffEnums, RemovedValues) {
  Schema from = with_enum({"sad", "ok", "happy"}, "happy");
  from.tables[0].constraints = {
      model::CheckConstraint{.expression = "m <> 'sad'::mood", .name = "ck"},
      model::UniqueConstraint{{"m"}, "uq"}};
  model::Index partial{"ix", {"id"}};
  partial.where = "m = 'ok'::mood";
  from.tables[0].indexes = {partial};
  from.triggers = {{"tr", "t", "CREATE TRIGGER tr AFTER UPDATE OF m ON t EXECUTE FUNCTION f()"}};
  from.functions = {{"g", "mood", "CREATE FUNCTION g(mood) RETURNS int AS $$SELECT 1$$"}};
  Schema to = from;
  to.enums[0].values = to.tables[0].columns[1].type.values = {"ok", "sad"};
  to.tables[0].columns[1].server_default = model::literal("ok");
  const Difference difference = lawful(from, to);
  EXPECT_EQ(ops::describe(difference.operations),
            "drop trigger 'tr' from table 't'\n"
            "drop function 'g(mood)'\n"
            "drop index 'ix' from table 't'\n"
            "drop constraint 'ck' from table 't'\n"
            "rename type 'mood' to 'mood_cupel_old'\n"
            "create enum 'mood' ('ok', 'sad')\n"
            "alter column 'm' of table 't': drop default\n"
            "alter column 'm' of table 't': type Enum('sad', 'ok', 'happy', mood_cupel_old) -> "
            "Enum('ok', 'sad', mood)\n"
            "alter column 'm' of table 't': default 'ok'\n"
            "add constraint to table 't': check constraint ck (m <> 'sad'::mood)\n"
            "create index 'ix' on table 't'\n"
            "drop enum 'mood_cupel_old'\n"
            "create function 'g(mood)'\n"
            "create trigger 'tr' on table 't'");
  EXPECT_EQ(messages(difference),
            "Detected changed enum 'mood': its values are in another order\n"
            "Detected removed value 'happy' from enum 'mood' !\n"
            "Detected server default on column 't.m'");
}

TEST(DiffEnums, ValuesOfColumnsThatGoAreNotConverted) {
  Schema from = with_enum({"sad", "ok"});
  from.tables[0].columns.push_back({.name = "n", .type = model::Enum({"sad", "ok"}, "mood")});
  from.tables.push_back(table("u", {C("m", model::Array(model::Enum({"sad", "ok"}, "mood")))}));
  from.tables.push_back(table("v", {C("m", model::Enum({"sad", "ok"}, "mood"))}));
  Schema to = with_enum({"ok"});
  to.tables.push_back(table("u", {C("m", model::Array(model::Enum({"ok"}, "mood")))}));
  to.tables.push_back(table("v", {C("m", model::Text())}));
  EXPECT_EQ(
      steps(from, to),
      "rename type 'mood' to 'mood_cupel_old'\n"
      "create enum 'mood' ('ok')\n"
      "alter column 'm' of table 't': type Enum('sad', 'ok', mood_cupel_old) -> Enum('ok', mood)\n"
      "alter column 'm' of table 'u': type Array(Enum('sad', 'ok', mood_cupel_old)) -> "
      "Array(Enum('ok', mood))\n"
      "drop column 'n' from table 't'\n"
      "alter column 'm' of table 'v': type Enum('sad', 'ok', mood_cupel_old) -> Text\n"
      "drop enum 'mood_cupel_old'");
}

TEST(DiffEnums, RenamedValuesAreRenamedEverywhere) {
  Schema from = with_enum({"sad", "ok"}, "ok");
  from.tables[0].constraints = {
      model::CheckConstraint{.expression = "m <> 'ok'::mood", .name = "ck"}};
  Schema to = with_enum({"sad", "fine", "happy"}, "fine");
  to.tables[0].constraints = {
      model::CheckConstraint{.expression = "m <> 'fine'::mood", .name = "ck"}};
  Schema plain = with_enum({"sad", "fine"}, "fine");
  plain.tables[0].constraints = to.tables[0].constraints;
  EXPECT_EQ(steps(from, plain), "rename value 'ok' of enum 'mood' to 'fine'");
  EXPECT_EQ(messages(lawful(from, plain)), "Detected renamed value 'ok' to 'fine' of enum 'mood'");
  Schema cases = with_enum({"SAD", "OK", "happy"}, "OK");
  cases.tables[0].constraints = {
      model::CheckConstraint{.expression = "m <> 'OK'::mood", .name = "ck"}};
  EXPECT_EQ(steps(from, cases),
            "rename value 'sad' of enum 'mood' to 'SAD'\n"
            "rename value 'ok' of enum 'mood' to 'OK'\n"
            "add value 'happy' to enum 'mood'");
}

TEST(DiffEnums, AColumnBecomesOne) {
  const Schema from = schema_of({table("t", {C("m", model::Text()).server_default("ok")})});
  EXPECT_EQ(steps(from, with_enum({"ok"}, "ok")),
            "create enum 'mood' ('ok')\n"
            "alter column 'm' of table 't': drop default\n"
            "alter column 'm' of table 't': type Text -> Enum('ok', mood) of an existing type\n"
            "alter column 'm' of table 't': default 'ok'");
  lawful(with_enum({"ok"}, "ok"), from);
}

TEST(DiffEnums, HaveComments) {
  const Schema from = with_enum({"ok"});
  Schema to = from;
  to.enums[0].comment = "how it is";
  EXPECT_EQ(steps(from, to), "set the comment of enum 'mood' to 'how it is'");
  EXPECT_EQ(messages(lawful(to, from)), "Detected comment of enum 'mood'");
}

TEST(DiffEnums, AreOfNoInterestWhereThereAreNone) {
  const Schema from = with_enum({"ok"});
  Schema to = from;
  to.enums.clear();
  EXPECT_TRUE(compare(from, to, RebuildingRules()).empty());
}

Schema with_domain(const std::string& definition) {
  Schema schema = schema_of({table("t", {C("d", model::Named("code")).server_default("x"),
                                         C("e", Integer()).computed("f(d)")})});
  schema.domains = {{"code", definition}};
  return schema;
}

TEST(DiffDomains, ComeAndGo) {
  EXPECT_EQ(steps({}, with_domain("text")), "create domain 'code' as text\ncreate table 't'");
  EXPECT_EQ(steps(with_domain("text"), {}), "drop table 't'\ndrop domain 'code'");
}

TEST(DiffDomains, AreMadeAnew) {
  EXPECT_EQ(steps(with_domain("text"), with_domain("text NOT NULL")),
            "rename type 'code' to 'code_cupel_old'\n"
            "create domain 'code' as text NOT NULL\n"
            "alter column 'd' of table 't': drop default\n"
            "alter column 'd' of table 't': type code_cupel_old -> code\n"
            "alter column 'd' of table 't': default 'x'\n"
            "drop column 'e' from table 't'\n"
            "add column 'e' to table 't'\n"
            "drop domain 'code_cupel_old'");
}

model::Sequence sequence(const std::string& name, const std::string& owner = {}) {
  model::Sequence it;
  it.name = name;
  it.owned_by = owner;
  return it;
}

TEST(DiffSequences, ComeBeforeTheirOwnersAndAreLetGoBeforeThem) {
  Schema schema = schema_of({table("t", {C("n", Integer())})});
  schema.sequences = {sequence("s", "t.n")};
  EXPECT_EQ(steps({}, schema), "create sequence 's'\ncreate table 't'\nalter sequence 's'");
  EXPECT_EQ(steps(schema, {}), "alter sequence 's'\ndrop table 't'\ndrop sequence 's'");
  Schema kept;
  kept.sequences = {sequence("s")};
  EXPECT_EQ(steps(schema, kept), "alter sequence 's'\ndrop table 't'");
  Schema without = schema_of({table("t")});
  EXPECT_EQ(steps(schema, without),
            "alter sequence 's'\ndrop column 'n' from table 't'\ndrop sequence 's'");
}

TEST(DiffSequences, TheirOptionsCount) {
  Schema from;
  from.sequences = {sequence("s")};
  for (const auto& change : std::vector<std::function<void(model::Sequence&)>>{
           [](model::Sequence& it) { it.type = "integer"; },
           [](model::Sequence& it) { it.start = 5; }, [](model::Sequence& it) { it.increment = 2; },
           [](model::Sequence& it) { it.min_value = 1; },
           [](model::Sequence& it) { it.max_value = 99; },
           [](model::Sequence& it) { it.cache = 3; }, [](model::Sequence& it) { it.cycle = true; },
           [](model::Sequence& it) { it.comment = "numbers"; }}) {
    Schema to = from;
    change(to.sequences[0]);
    EXPECT_EQ(steps(from, to), "alter sequence 's'");
    EXPECT_EQ(messages(lawful(to, from)), "Detected changed sequence 's'");
  }
}

TEST(DiffExtensions, ComeFirstAndGoLast) {
  Schema schema = schema_of({table("t", {C("c", model::Named("CITEXT"))})});
  schema.extensions = {{"citext", "", "1.6"}};
  EXPECT_EQ(steps({}, schema), "create extension 'citext'\ncreate table 't'");
  EXPECT_EQ(messages(lawful(schema, {})),
            "Detected removed extension 'citext' !\nDetected removed table 't' !");
  Schema newer = schema;
  newer.extensions[0].version = "1.7";
  EXPECT_EQ(steps(schema, newer), "");
}

}  // namespace
}  // namespace cupel::diff
