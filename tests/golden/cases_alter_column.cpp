// SPDX-License-Identifier: MIT
// Changing columns: nullability, type, default, name, generation, identity.
#include "golden/cases.hpp"

namespace cupel::golden {

namespace {

/// The tables that the cases change, so that each has something to change.
std::vector<Table> tables_for(int number) {
  Column c = Column("c", String(9)).server_default("a");
  if (number == 45 || number == 48 || number == 49) c.not_null();
  Column c1("c1", Integer());
  if (number == 88) c1.computed("foo * 5");
  return {make_table("t", {c}), make_table("t1", {c1, Column("foo", Integer())})};
}

std::vector<Case> calls() {
  return {
      {45, [](Operations& op) { op.alter_column("t", "c", {.nullable = true}); }},
      {46, [](Operations& op) { op.alter_column("t", "c", {.nullable = false}); }},
      {47,
       [](Operations& op) {
         op.alter_column("t", "c", {.nullable = false, .existing_type = Integer()});
       }},
      {48,
       [](Operations& op) {
         op.alter_column("t", "c", {.nullable = true, .existing_type = Integer()});
       }},
      {49,
       [](Operations& op) {
         op.alter_column("t", "c", {.nullable = true, .existing_type = Integer(), .schema = "foo"});
       }},
      {50,
       [](Operations& op) {
         op.alter_column("t1", "c1",
                         {.nullable = false,
                          .existing_type = Integer(),
                          .existing_server_default = literal("5")});
       }},
      {51, [](Operations& op) { op.alter_column("t", "c", {.new_column_name = "x"}); }},
      {52,
       [](Operations& op) {
         op.alter_column("t1", "c1", {.new_column_name = "c2", .existing_type = Integer()});
       }},
      {53,
       [](Operations& op) {
         op.alter_column("t", "c",
                         {.new_column_name = "x", .existing_type = Integer(), .schema = "foo"});
       }},
      {54,
       [](Operations& op) {
         op.alter_column("MyTable", "ColumnOne",
                         {.new_column_name = "ColumnTwo", .existing_type = Integer()});
       }},
      {55,
       [](Operations& op) {
         op.alter_column("my table", "column one",
                         {.new_column_name = "column two", .existing_type = Integer()});
       }},
      {56,
       [](Operations& op) {
         op.alter_column("t1", "c1",
                         {.new_column_name = "c2",
                          .existing_type = Integer(),
                          .existing_server_default = literal("q")});
       }},
      {57,
       [](Operations& op) {
         op.alter_column(
             "t1", "c1",
             {.new_column_name = "c2", .existing_type = Integer(), .existing_autoincrement = true});
       }},
      {58,
       [](Operations& op) {
         op.alter_column("t1", "c1",
                         {.new_column_name = "c2",
                          .existing_type = Integer(),
                          .existing_nullable = false,
                          .existing_comment = std::string("existing column comment")});
       }},
      {59, [](Operations& op) { op.alter_column("t", "c", {.type = String(50)}); }},
      {60,
       [](Operations& op) { op.alter_column("t", "c", {.type = String(50), .schema = "foo"}); }},
      {61,
       [](Operations& op) { op.alter_column("t", "c", {.nullable = false, .type = Integer()}); }},
      {62,
       [](Operations& op) {
         op.alter_column("t", "c", {.type = Integer(), .using_expression = "c::integer"});
       }},
      {63,
       [](Operations& op) {
         op.alter_column(
             "t", "c",
             {.nullable = false, .using_expression = "c::integer", .existing_type = Integer()});
       }},
      {64, [](Operations& op) { op.alter_column("t", "c", {.server_default = literal("q")}); }},
      {65,
       [](Operations& op) {
         op.alter_column("t", "c", {.server_default = literal("q"), .schema = "foo"});
       }},
      {66, [](Operations& op) { op.alter_column("t", "c", {.server_default = literal("1")}); }},
      {67, [](Operations& op) { op.alter_column("t", "c", {.server_default = text("1")}); }},
      {68,
       [](Operations& op) {
         op.alter_column("t", "c", {.server_default = text("utc_thing(CURRENT_TIMESTAMP)")});
       }},
      {69,
       [](Operations& op) {
         op.alter_column(
             "t1", "c1",
             {.server_default = text("utc_thing(CURRENT_TIMESTAMP)"), .existing_type = Integer()});
       }},
      {70,
       [](Operations& op) {
         op.alter_column(
             "t", "c", {.server_default = text("CURRENT_TIMESTAMP"), .existing_type = DateTime()});
       }},
      {71, [](Operations& op) { op.alter_column("t", "c", {.server_default = nullptr}); }},
      {72,
       [](Operations& op) {
         op.alter_column("t", "c", {.server_default = nullptr, .existing_type = Integer()});
       }},
      {73,
       [](Operations& op) {
         op.alter_column("t", "c", {.server_default = nullptr, .schema = "foo"});
       }},
      {74,
       [](Operations& op) {
         op.alter_column("t1", "c1",
                         {.existing_type = Integer(), .existing_server_default = literal("1")});
       }},
      {75,
       [](Operations& op) {
         op.alter_column("t1", "c1",
                         {.nullable = false, .type = Integer(), .server_default = literal("q")});
       }},
      {76,
       [](Operations& op) {
         op.alter_column("t1", "c1",
                         {.nullable = false, .type = Integer(), .server_default = nullptr});
       }},
      {77,
       [](Operations& op) {
         op.alter_column("t1", "c1", {.nullable = false, .server_default = literal("q")});
       }},
      {78,
       [](Operations& op) {
         op.alter_column("t1", "c1", {.autoincrement = true, .existing_type = Integer()});
       }},
      {79,
       [](Operations& op) {
         op.alter_column(
             "t1", "c1",
             {.autoincrement = false, .existing_type = Integer(), .existing_autoincrement = true});
       }},
      not_applicable(80, "a type of MySQL's"),
      {81,
       [](Operations& op) {
         op.alter_column("t", "c", {.type = String(10), .existing_type = Boolean()});
       }},
      {82,
       [](Operations& op) {
         op.alter_column("t", "c",
                         {.type = String(10),
                          .existing_type = with_check(Boolean(), "xyz"),
                          .existing_nullable = false});
       }},
      {83,
       [](Operations& op) {
         op.alter_column("t", "c",
                         {.type = Integer(),
                          .server_default = nullptr,
                          .existing_type = with_check(Boolean(), "ck1")});
       }},
      {84,
       [](Operations& op) {
         op.alter_column("t", "c",
                         {.type = with_check(Boolean(), "xyz"), .existing_nullable = false});
       }},
      {85,
       [](Operations& op) {
         op.alter_column("t", "c",
                         {.nullable = false,
                          .type = String(20),
                          .server_default = literal("z"),
                          .comment = std::string("cc"),
                          .new_column_name = "d",
                          .existing_type = Integer()});
       }},
      {86, [](Operations& op) { op.alter_column("t", "c", {}); }},
      {87,
       [](Operations& op) {
         op.alter_column("t1", "c1",
                         {.computed = Computed{"foo * 5", {}}, .existing_server_default = nullptr});
       }},
      {88,
       [](Operations& op) {
         op.alter_column("t1", "c1",
                         {.computed = nullptr, .existing_computed = Computed{"foo * 5", {}}});
       }},
      {89,
       [](Operations& op) {
         op.alter_column("t1", "some_column",
                         {.identity = Identity{}, .existing_identity = nullptr});
       }},
      {90,
       [](Operations& op) {
         op.alter_column("t1", "some_column",
                         {.identity = Identity{.always = true}, .existing_identity = nullptr});
       }},
      {91,
       [](Operations& op) {
         op.alter_column(
             "t1", "some_column",
             {.identity = Identity{.start = 3, .increment = 33, .max_value = 99, .cycle = true},
              .existing_identity = nullptr});
       }},
      {92,
       [](Operations& op) {
         op.alter_column("t1", "some_column",
                         {.identity = nullptr, .existing_identity = Identity{}});
       }},
      {93,
       [](Operations& op) {
         op.alter_column("t1", "some_column",
                         {.identity = Identity{.always = true}, .existing_identity = Identity{}});
       }},
      {94,
       [](Operations& op) {
         op.alter_column(
             "t1", "some_column",
             {.identity = Identity{.start = 3}, .existing_identity = Identity{.always = true}});
       }},
      {95,
       [](Operations& op) {
         Identity was{.always = true, .start = 3, .increment = 2, .min_value = -3, .max_value = 99};
         Identity to = was;
         to.increment = 1;
         to.cycle = true;
         op.alter_column("t1", "some_column", {.identity = to, .existing_identity = was});
       }},
      {96,
       [](Operations& op) {
         op.alter_column(
             "t1", "some_column",
             {.identity = Identity{.start = 3, .cache = 2},
              .existing_identity = Identity{.start = 3, .min_value = 0, .max_value = 9999}});
       }},
  };
}

}  // namespace

std::vector<Case> alter_column_cases() {
  std::vector<Case> cases = calls();
  for (Case& it : cases) it.known = tables_for(it.number);
  return cases;
}

}  // namespace cupel::golden
