// SPDX-License-Identifier: MIT
// Comments on tables and columns.
#include "golden/cases.hpp"

namespace cupel::golden {

std::vector<Case> comment_cases() {
  return knowing(
      {make_table("t", {Column("c", Boolean())}), make_table("t1", {Column("c1", Integer())}),
       make_table("T", {Column("C", Boolean())})},
      {
          {97,
           [](Operations& op) {
             op.alter_column("t", "c",
                             {.nullable = false,
                              .comment = std::string("This is a column comment"),
                              .existing_type = Boolean(),
                              .schema = "foo"});
           }},
          {98,
           [](Operations& op) {
             op.alter_column("t", "c",
                             {.comment = std::string("This is a column comment"),
                              .existing_type = Boolean(),
                              .schema = "foo"});
           }},
          {99,
           [](Operations& op) {
             op.alter_column("T", "C",
                             {.comment = std::string("This is a column 'comment'"),
                              .existing_type = Boolean(),
                              .schema = "foo"});
           }},
          {100,
           [](Operations& op) {
             op.alter_column("t", "c",
                             {.comment = nullptr,
                              .existing_type = Boolean(),
                              .existing_comment = std::string("This is a column comment"),
                              .schema = "foo"});
           }},
          {101,
           [](Operations& op) {
             op.alter_column("t1", "c1",
                             {.nullable = false,
                              .existing_type = Integer(),
                              .existing_comment = std::string("existing column comment")});
           }},
          {102,
           [](Operations& op) {
             op.alter_column("t1", "c1",
                             {.nullable = false,
                              .comment = std::string("This is a column comment"),
                              .existing_type = Integer(),
                              .existing_comment = std::string("existing column comment")});
           }},
          {103, [](Operations& op) { op.create_table_comment("t2", "t2 table", "foo"); }},
          {104, [](Operations& op) { op.drop_table_comment("t2", "foo"); }},
          {105,
           [](Operations& op) {
             op.create_table("t2",
                             {Column("c1", Integer()).primary_key().comment("c1 comment"),
                              Column("c2", Integer()).comment("c2 comment")},
                             {.comment = "t2 comment"});
           }},
      });
}

}  // namespace cupel::golden
