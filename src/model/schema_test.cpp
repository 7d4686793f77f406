// SPDX-License-Identifier: MIT
#include "cupel/model/schema.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"
#include "cupel/model/define.hpp"
#include "cupel/model/validate.hpp"

namespace cupel::model {
namespace {

using C = ColumnDefinition;

Schema sample() {
  Schema schema;
  schema.tables.push_back(make_table("users", {C("id", Integer()).primary_key()}));
  schema.tables.push_back(
      make_table("posts", {C("id", Integer()).primary_key(), C("user_id", Integer()),
                           ForeignKey{.columns = {"user_id"},
                                      .referred_table = "users",
                                      .name = "fk",
                                      .on_delete = "no action"}}));
  return schema;
}

}  // namespace

TEST(ModelSchema, FindsByNameAndSchema) {
  Schema schema = sample();
  ASSERT_NE(schema.find_table("users"), nullptr);
  EXPECT_EQ(schema.find_table({"app", "users"}), nullptr);
  EXPECT_EQ(schema.find_table("users")->find_column("nothing"), nullptr);
  EXPECT_EQ(name_of(*schema.find_table("posts")->find_constraint("fk")), "fk");
  EXPECT_EQ(schema.find_table("posts")->find_constraint("nothing"), std::nullopt);
}

TEST(ModelSchema, NormalizedForgetsOrderAndDefaultWords) {
  Schema a = sample();
  Schema b = sample();
  std::swap(b.tables[0], b.tables[1]);
  auto& key = std::get<ForeignKey>(b.tables[0].constraints[0]);
  key.on_delete.clear();
  key.referred_columns = {"id"};
  key.deferral = {.deferrable = false, .initially = "immediate"};
  EXPECT_NE(a, b);
  EXPECT_EQ(normalized(a), normalized(b));
  key.on_delete = "cascade";
  EXPECT_NE(normalized(a), normalized(b));
}

TEST(ModelSchema, NormalizedSortsConstraintsAndIndexes) {
  const auto table = [](std::vector<TableItem> items) {
    items.insert(items.begin(), {C("a", Integer()), C("b", Integer())});
    return normalized(make_table("t", items));
  };
  Index first;
  first.name = "i1";
  first.elements = {"a"};
  first.using_method = "btree";
  Index second;
  second.name = "i2";
  second.elements = {"b"};
  Index plain = first;
  plain.using_method.clear();
  EXPECT_EQ(table({UniqueConstraint{{"a"}}, CheckConstraint{" a > 0 "}, second, first}),
            table({CheckConstraint{.expression = "a > 0", .column = "a"}, UniqueConstraint{{"a"}},
                   plain, second}));
}

TEST(ModelSchema, PrintsEveryKindOfThing) {
  Schema schema = sample();
  schema.tables.resize(1);
  schema.schemas = {"app"};
  schema.extensions = {{"citext", "public", "1.6"}};
  schema.enums = {{"mood", {"a", "b"}, "c"}};
  schema.domains = {{"posint", "AS integer CHECK (VALUE > 0)"}};
  Sequence sequence;
  sequence.name = "s";
  sequence.start = 5;
  sequence.owned_by = "users.id";
  schema.sequences = {sequence};
  schema.views = {{.name = "v", .definition = "SELECT 1", .materialized = true}};
  schema.functions = {{"f", "integer", "CREATE FUNCTION ...", false}};
  schema.triggers = {{"tr", "users", "CREATE TRIGGER ..."}};
  EXPECT_EQ(to_string(schema),
            "schema app\n"
            "extension citext in schema public version 1.6\n"
            "enum mood ('a', 'b') comment 'c'\n"
            "domain posint AS integer CHECK (VALUE > 0)\n"
            "sequence s start 5 owned by users.id\n"
            "table users\n"
            "  column id Integer not null\n"
            "  primary key (id)\n"
            "materialized view v as SELECT 1\n"
            "function f(integer): CREATE FUNCTION ...\n"
            "trigger tr on users: CREATE TRIGGER ...");
}

TEST(ModelConstraint, KindsHaveAlembicsWords) {
  for (const ConstraintKind kind :
       {ConstraintKind::Primary, ConstraintKind::Unique, ConstraintKind::Foreign,
        ConstraintKind::Check, ConstraintKind::Exclude}) {
    EXPECT_EQ(parse_constraint_kind(to_string(kind)), kind);
  }
  try {
    parse_constraint_kind("foreign");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.to_string(),
              "there is no kind of constraint 'foreign'\n"
              "  hint: the kinds are 'primary', 'unique', 'foreignkey', 'check', 'exclude'");
  }
}

TEST(ModelConstraint, PrintsItsFields) {
  EXPECT_EQ(to_string(UniqueConstraint{.columns = {"a", "b"},
                                       .name = "uq",
                                       .nulls_not_distinct = true,
                                       .include = {"c"},
                                       .deferral = {true, "DEFERRED"}}),
            "unique constraint uq (a, b) nulls not distinct include (c) deferrable initially "
            "deferred");
  EXPECT_EQ(to_string(ExcludeConstraint{
                .elements = {{.column = "room", .with_operator = "="},
                             {.expression = "tsrange(a, b)", .with_operator = "&&"}},
                .name = "ex",
                .using_method = "gist",
                .where = "a > 0"}),
            "exclude constraint ex using gist (room with =, (tsrange(a, b)) with &&) where a > 0");
}

TEST(ModelValidate, FindsEverythingAtOnce) {
  Schema schema = sample();
  schema.tables.push_back(schema.tables[0]);
  schema.enums = {{"mood", {}, ""}};
  Table& posts = schema.tables[1];
  auto& key = std::get<ForeignKey>(posts.constraints[0]);
  key.referred_columns = {"id", "name"};
  posts.columns.push_back({.name = "m", .type = Enum({"a", "a"}, "mood")});
  posts.constraints.emplace_back(ForeignKey{.columns = {"id"}, .referred_table = "nobody"});
  const std::vector<Problem> expected = {
      {"table 'users'", "is there twice"},
      {"enum 'mood'", "has no values"},
      {"table 'posts', column 'm'", "has the enum value 'a' twice"},
      {"table 'posts'",
       "foreign key fk (user_id) references users (id, name) on delete no action has 1 columns "
       "here and 2 there"},
      {"table 'posts'",
       "foreign key fk (user_id) references users (id, name) on delete no action: table 'users' "
       "has no column 'name'"},
      {"table 'posts'", "foreign key (id) references nobody: there is no table 'nobody'"}};
  EXPECT_EQ(validate(schema), expected);
  EXPECT_TRUE(validate(sample()).empty());
}

}  // namespace cupel::model
