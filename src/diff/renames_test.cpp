// SPDX-License-Identifier: MIT
// Renames: decided, beyond doubt, asked.
#include "diff/renames.hpp"

#include "diff/similar.hpp"
#include "diff/testing.hpp"

namespace cupel::diff {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)
using C = ColumnDefinition;
using model::Integer;
using model::String;
using model::Text;

std::vector<model::TableItem> person() {
  return {C("name", String(50)).not_null(), C("email", String(100)).unique(), C("age", Integer())};
}

std::string renamed(const Difference& difference) {
  std::string text;
  for (const Rename& it : difference.renamed) text += to_string(it) + ";";
  return text;
}

/// Why compare() refuses.
std::string refusal(const Schema& from, const Schema& to, const std::vector<Rename>& renames) {
  Options options;
  options.renames = renames;
  try {
    compare(from, to, DiffRules(), options);
  } catch (const UsageError& error) {
    return error.to_string();
  }
  return "no error";
}

TEST(DiffRenames, ATableWithAllTheSameColumnsIsRenamed) {
  const Schema from = schema_of(
      {table("users", person()),
       table("posts", {C("user_id", Integer()).references("users.id", {.name = "fk_user"})})});
  const Schema to = schema_of(
      {table("people", person()),
       table("posts", {C("user_id", Integer()).references("people.id", {.name = "fk_user"})})});
  const Difference difference = lawful(from, to);
  EXPECT_EQ(ops::describe(difference.operations), "rename table 'users' to 'people'");
  EXPECT_EQ(renamed(difference), "table 'users' to 'people';");
  EXPECT_EQ(messages(difference), "Detected renamed table 'users' to 'people'");
  Options careful;
  careful.guess_renames = false;
  EXPECT_EQ(questions(compare(from, to, DiffRules(), careful)),
            "table 'users' to 'people'? the same columns");
}

TEST(DiffRenames, NamesOfIndexesFollow) {
  EXPECT_EQ(steps(schema_of({table("users", {C("a", Integer()).index(), C("b", Integer())})}),
                  schema_of({table("people", {C("a", Integer()).index(), C("b", Integer())})})),
            "rename table 'users' to 'people'\n"
            "rename index 'ix_users_a' of table 'people' to 'ix_people_a'");
}

TEST(DiffRenames, TwoAlikeAreAsked) {
  const Schema from = schema_of({table("a1", person()), table("a2", person())});
  const Schema to = schema_of({table("b1", person()), table("b2", person())});
  EXPECT_EQ(questions(compare(from, to, DiffRules())),
            "table 'a1' to 'b1'? the same columns\n"
            "table 'a2' to 'b2'? the same columns");
}

TEST(DiffRenames, ASmallTableIsAskedUnlessTheNameIsSimilar) {
  const Schema from = schema_of({table("colours", {C("name", Text())})});
  EXPECT_EQ(questions(compare(from, schema_of({table("sizes", {C("name", Text())})}), DiffRules())),
            "table 'colours' to 'sizes'? the same columns");
  EXPECT_EQ(renamed(lawful(from, schema_of({table("colors", {C("name", Text())})}))),
            "table 'colours' to 'colors';");
}

TEST(DiffRenames, MostColumnsAreReasonToAsk) {
  std::vector<model::TableItem> more = person();
  more.push_back(C("phone", Text()));
  const Schema from = schema_of({table("users", person())});
  const Schema to = schema_of({table("members", more)});
  const Difference difference = compare(from, to, DiffRules());
  EXPECT_EQ(questions(difference), "table 'users' to 'members'? 4 of 5 columns are the same");
  Options yes;
  yes.renames = {{"users", "", "members"}};
  EXPECT_EQ(steps(from, to, yes),
            "rename table 'users' to 'members'\n"
            "add column 'phone' to table 'members'");
  Options no;
  no.not_renames = {{"users", "", "members"}};
  EXPECT_EQ(steps(from, to, no), "create table 'members'\ndrop table 'users'");
}

TEST(DiffRenames, DifferentTablesAreNotAsked) {
  EXPECT_EQ(steps(schema_of({table("users", person())}),
                  schema_of({table("logs", {C("line", Text()), C("at", model::Date())})})),
            "create table 'logs'\ndrop table 'users'");
}

TEST(DiffRenames, SomebodyElsesTableIsNotRenamed) {
  Options options;
  options.is_owned = [](const model::ObjectKey&) { return false; };
  const Difference difference =
      compare(schema_of({table("users", person())}), schema_of({table("people", person())}),
              DiffRules(), options);
  EXPECT_EQ(ops::describe(difference.operations), "create table 'people'");
}

TEST(DiffRenames, AColumnInTheSamePlaceIsRenamed) {
  const Schema from = schema_of({table("t", {C("phone", String(20)), C("x", Text())})});
  const Schema to = schema_of({table("t", {C("mobile", String(20)), C("x", Text())})});
  const Difference difference = lawful(from, to);
  EXPECT_EQ(ops::describe(difference.operations), "rename column 'phone' of table 't' to 'mobile'");
  EXPECT_EQ(messages(difference), "Detected renamed column 't.phone' to 'mobile'");
}

TEST(DiffRenames, EverythingFollowsAColumn) {
  const auto schema = [](const std::string& name) {
    Schema result =
        schema_of({table("t", {C(name, Integer()).check(name + " > 0", "ck").index().unique(),
                               C("twice", Integer()).computed(name + " * 2")}),
                   table("u", {C("x", Integer()).references("t." + name, {.name = "fk"})})});
    result.tables[0].indexes[0].name = "ix";
    result.views = {{.name = "v", .definition = "SELECT " + name + " FROM t"}};
    return result;
  };
  EXPECT_EQ(steps(schema("size"), schema("sizes")), "rename column 'size' of table 't' to 'sizes'");
}

TEST(DiffRenames, AnotherPlaceNeedsASimilarName) {
  const Schema from = schema_of({table("t", {C("phone", String(20)), C("x", Text())})});
  EXPECT_EQ(renamed(lawful(
                from, schema_of({table("t", {C("x", Text()), C("phone_number", String(20))})}))),
            "column 't.phone' to 'phone_number';");
  EXPECT_EQ(
      questions(compare(from, schema_of({table("t", {C("x", Text()), C("city", String(20))})}),
                        DiffRules())),
      "column 't.phone' to 'city'? the same type");
}

TEST(DiffRenames, ASimilarNameIsAskedThoughTheTypeDiffers) {
  const Schema from = schema_of({table("t", {C("phone", String(20))})});
  EXPECT_EQ(
      questions(compare(from, schema_of({table("t", {C("phone_number", Text())})}), DiffRules())),
      "column 't.phone' to 'phone_number'? the same place, a similar name");
  EXPECT_EQ(
      questions(compare(from, schema_of({table("t", {C("born", model::Date())})}), DiffRules())),
      "");
}

TEST(DiffRenames, SeveralColumnsFindTheirPlaces) {
  const Schema from =
      schema_of({table("t", {C("a1", Integer()), C("a2", Text()), C("x", Text())})});
  const Schema to = schema_of({table("t", {C("b1", Integer()), C("b2", Text()), C("x", Text())})});
  EXPECT_EQ(renamed(lawful(from, to)), "column 't.a1' to 'b1';column 't.a2' to 'b2';");
  const Schema alike = schema_of({table("t", {C("a1", Integer()), C("a2", Integer())})});
  EXPECT_EQ(
      questions(compare(alike, schema_of({table("t", {C("b1", Integer()), C("b2", Integer())})}),
                        DiffRules())),
      "column 't.a1' to 'b1'? the same type, the same place\n"
      "column 't.a2' to 'b2'? the same type, the same place");
}

TEST(DiffRenames, DecidedOnesInRenamedTables) {
  Options options;
  options.renames = {{"t", "", "u"}, {"t", "a", "b"}, {"t", "c", "d"}};
  EXPECT_EQ(steps(schema_of({table("t", {C("a", Integer()), C("c", Integer())})}),
                  schema_of({table("u", {C("d", Integer()), C("b", Text())})}), options),
            "rename column 'a' of table 't' to 'b'\n"
            "rename column 'c' of table 't' to 'd'\n"
            "rename table 't' to 'u'\n"
            "alter column 'b' of table 'u': type Integer -> Text");
}

TEST(DiffRenames, ChainsAndCirclesFindAnOrder) {
  using Pairs = std::vector<NamePair>;
  EXPECT_EQ(in_order({{"a", "b"}, {"b", "c"}}), (Pairs{{"b", "c"}, {"a", "b"}}));
  EXPECT_EQ(in_order({{"a", "b"}, {"b", "a"}}),
            (Pairs{{"a", "a_cupel_aside"}, {"b", "a"}, {"a_cupel_aside", "b"}}));
  Options options;
  options.renames = {{"t", "a", "b"}, {"t", "b", "a"}, {"x", "", "y"}, {"y", "", "x"}};
  lawful(schema_of({table("t", {C("a", Integer()), C("b", Text())}),
                    table("x", {C("p", Integer())}), table("y", {C("q", Text())})}),
         schema_of({table("t", {C("b", Integer()), C("a", Text())}),
                    table("y", {C("p", Integer())}), table("x", {C("q", Text())})}),
         options);
}

TEST(DiffRenames, BothSidesMustBeThere) {
  const Schema from = schema_of({table("users", {C("phone", Text())}), table("other")});
  const Schema to = schema_of({table("people", {C("mobile", Text())}), table("other")});
  EXPECT_EQ(refusal(from, to, {{"user", "", "people"}}),
            "rename table 'user' to 'people': there is no table 'user'\n"
            "  hint: did you mean 'users'?");
  EXPECT_EQ(refusal(from, to, {{"users", "", "peoples"}}),
            "rename table 'users' to 'peoples': there is no model of a table 'peoples'\n"
            "  hint: did you mean 'people'?");
  EXPECT_EQ(refusal(from, to, {{"users", "", "other"}}),
            "rename table 'users' to 'other': table 'other' is there already\n"
            "  hint: drop it in a revision of its own first");
  EXPECT_EQ(refusal(from, to, {{"users", "", "people"}, {"users", "phne", "mobile"}}),
            "rename column 'users.phne' to 'mobile': there is no column 'phne'\n"
            "  hint: did you mean 'phone'?");
  EXPECT_EQ(refusal(from, to, {{"users", "", "people"}, {"users", "phone", "mobil"}}),
            "rename column 'users.phone' to 'mobil': there is no column in the model 'mobil'\n"
            "  hint: did you mean 'mobile'?");
  EXPECT_EQ(refusal(from, to, {{"nobody", "a", "b"}}),
            "rename column 'nobody.a' to 'b': there is no table 'nobody'");
}

TEST(DiffRenames, NamesAreSimilar) {
  EXPECT_TRUE(similar_names("phone", "phone_number"));
  EXPECT_TRUE(similar_names("userName", "user_name"));
  EXPECT_TRUE(similar_names("colour", "color"));
  EXPECT_FALSE(similar_names("a", "b"));
  EXPECT_FALSE(similar_names("id", "width"));
  EXPECT_FALSE(similar_names("city", "phone"));
}

}  // namespace
}  // namespace cupel::diff
