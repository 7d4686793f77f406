// SPDX-License-Identifier: MIT
// Adding and dropping columns.
#include "golden/cases.hpp"

namespace cupel::golden {
namespace {

/// Column("c1", Integer, nullable=False), which most cases add.
Column c1() { return Column("c1", Integer()).not_null(); }

}  // namespace

std::vector<Case> column_cases() {
  return knowing(
      {make_table("t1", {Column("foo", Integer())}),
       make_table("somename", {Column("x", Integer())}),
       make_table("some_table", {Column("x", Integer())})},
      {
          {5, [](Operations& op) { op.add_column("t1", Column("c1", Integer())); }},
          {6, [](Operations& op) { op.add_column("t1", c1()); }},
          {7, [](Operations& op) { op.add_column("t1", c1(), {.schema = "foo"}); }},
          {8,
           [](Operations& op) {
             op.add_column("somename", Column("colname", String()), {.schema = "some.schema"});
           }},
          {9, [](Operations& op) { op.add_column("t1", Column("c1", String(50))); }},
          {10, [](Operations& op) { op.add_column("t1", c1(), {.if_not_exists = true}); }},
          {11, [](Operations& op) { op.add_column("t1", c1().server_default("12")); }},
          {12,
           [](Operations& op) {
             op.add_column("t1", c1().server_default("12"), {.schema = "foo"});
           }},
          {13,
           [](Operations& op) {
             op.add_column("t1", Column("c1", Integer()).server_default(text("12")));
           }},
          {14,
           [](Operations& op) {
             op.add_column("account", Column("ts", Timestamp()).server_default(now()));
           }},
          {15, [](Operations& op) { op.add_column("t1", c1().check("c1 > 5")); }},
          {16, [](Operations& op) { op.add_column("t1", c1().index()); }},
          {17, [](Operations& op) { op.add_column("t1", Column("c1", Integer()).unique()); }},
          {18, [](Operations& op) { op.add_column("t1", c1().references("c2.id")); }},
          {19,
           [](Operations& op) {
             op.add_column("t1", c1().references("c2.id"), {.inline_references = true});
           }},
          {20,
           [](Operations& op) {
             op.add_column("t1", c1().references("c2.id"), {.schema = "foo"});
           }},
          {21, [](Operations& op) { op.add_column("t1", c1().references("t1.c2")); }},
          {22, [](Operations& op) { op.add_column("t1", c1().references("remote.t2.c2")); }},
          {23,
           [](Operations& op) {
             op.add_column("t1", c1().references("MixedSchema.MixedTable.MixedCol"),
                           {.inline_references = true});
           }},
          {24,
           [](Operations& op) {
             op.add_column(
                 "t1",
                 Column("c1", Integer())
                     .references("c2.id", {.on_delete = "SET NULL", .on_update = "CASCADE"}),
                 {.inline_references = true});
           }},
          {25,
           [](Operations& op) {
             op.add_column(
                 "t1",
                 Column("c1", Integer()).references("c2.id", {.deferral = {true, "DEFERRED"}}),
                 {.inline_references = true});
           }},
          {26,
           [](Operations& op) {
             op.add_column("t1",
                           Column("c1", Integer()).references("c2.id", {.deferral = {false, ""}}),
                           {.inline_references = true});
           }},
          {27,
           [](Operations& op) {
             op.add_column("t1", Column("c1", Integer()).references("c2.id", {.match = "FULL"}),
                           {.inline_references = true});
           }},
          {28,
           [](Operations& op) {
             op.add_column("somename", Column("colname", String(10)).primary_key());
           }},
          {29,
           [](Operations& op) {
             op.add_column("somename", Column("colname", String(10)).primary_key(),
                           {.inline_primary_key = true});
           }},
          {30,
           [](Operations& op) {
             op.add_column("some_table", Column("q", Integer()).primary_key(),
                           {.inline_primary_key = true});
           }},
          {31,
           [](Operations& op) {
             op.add_column("t1", Column("c1", with_check(Boolean())).not_null());
           }},
          {32, [](Operations& op) { op.add_column("t1", Column("c1", Boolean())); }},
          {33,
           [](Operations& op) {
             op.add_column("t1", Column("c1", Enum({"a", "b"}, "my_enum")));
           }},
          {34,
           [](Operations& op) {
             op.add_column("t", Column("q", Integer()).comment("This is a comment"));
           }},
          {35,
           [](Operations& op) {
             op.add_column("t1", Column("some_column", Integer()).computed("foo * 5"));
           }},
          {36,
           [](Operations& op) {
             op.add_column("t1", Column("some_column", Integer()).computed("foo * 5", true));
           }},
          {37,
           [](Operations& op) {
             op.add_column("t1", Column("some_column", Integer()).identity());
           }},
          {38,
           [](Operations& op) {
             op.add_column("t1", Column("some_column", Integer()).identity({.always = true}));
           }},
          {39,
           [](Operations& op) {
             op.add_column(
                 "t1",
                 Column("some_column", Integer())
                     .identity({.start = 3, .increment = 33, .max_value = 99, .cycle = true}));
           }},
          not_applicable(40, "in C++ an unknown option does not compile"),
          {41, [](Operations& op) { op.drop_column("t1", "c1"); }},
          {42, [](Operations& op) { op.drop_column("t1", "c1", {.schema = "foo"}); }},
          {43, [](Operations& op) { op.drop_column("t1", "c1", {.if_exists = true}); }},
          {44, [](Operations& op) { op.drop_column("MyTable", "My Col"); }},
      });
}

}  // namespace cupel::golden
