// SPDX-License-Identifier: MIT
// Operations that every database can do, each on a schema.
#pragma once

#include "conformance/schemas.hpp"

namespace cupel::conformance {

inline Schema blog() {
  Table child = make_table("orders", {id_column(), ColumnDefinition("total", Numeric(10, 2)),
                                      ColumnDefinition("note", Text()).server_default("none"),
                                      named("orders_total_check", CheckConstraint{"total > 0"})});
  return of_tables({users_table(), posts_table(), child});
}

/// An operation that needs to know nothing of what was.
inline OperationCase plain(std::string name, ops::Operation operation, Schema before = blog()) {
  return {std::move(name), std::move(before), [operation](const Schema&) { return operation; }};
}

inline std::vector<OperationCase> common_operations() {
  using namespace ops;  // NOLINT(google-build-using-namespace)
  const auto change = [](AlterColumn change) {
    return [change](const Schema& before) -> Operation {
      AlterColumn known = change;
      const Column& was = *before.find_table(change.table)->find_column(change.column);
      known.existing_type = was.type;
      known.existing_nullable = was.nullable;
      known.existing_server_default = was.server_default ? Change<Expression>(*was.server_default)
                                                         : Change<Expression>(nullptr);
      return known;
    };
  };
  Column phone = ColumnDefinition("phone", String(20)).column;
  Column flag = ColumnDefinition("flag", Boolean()).not_null().server_default(false_value()).column;
  return {
      plain("create_table", CreateTable{make_table("tags", {id_column()})}),
      plain("create_table_with_all",
            CreateTable{make_table("likes",
                                   {ColumnDefinition("user_id", Integer())
                                        .primary_key()
                                        .references("users.id", {.name = "fk_likes_user"}),
                                    ColumnDefinition("post_id", Integer()).index(),
                                    named("uq_likes", UniqueConstraint{{"user_id", "post_id"}})})}),
      {"drop_table", blog(),
       [](const Schema& before) -> Operation {
         return DropTable{.table = "posts", .was = *before.find_table("posts")};
       }},
      plain("rename_table", RenameTable{"posts", "articles"}),
      plain("rename_referred_table", RenameTable{"users", "members"}),
      plain("rename_table_oddly", RenameTable{"posts", "It's \"odd\""}),
      plain("add_column", AddColumn{.table = "users", .column = phone}),
      plain("add_column_not_null", AddColumn{.table = "users", .column = flag}),
      {"drop_column", blog(),
       [](const Schema& before) -> Operation {
         return DropColumn{.table = "orders",
                           .column = "note",
                           .was = *before.find_table("orders")->find_column("note")};
       },
       Undo::ButOrder},
      {"rename_column", blog(), change({.table = "users", .column = "age", .new_name = "years"})},
      {"rename_referred_column", blog(),
       change({.table = "users", .column = "id", .new_name = "user_no"})},
      {"change_type", blog(), change({.table = "posts", .column = "title", .type = Text()})},
      {"set_not_null", blog(), change({.table = "users", .column = "name", .nullable = false})},
      {"drop_not_null", blog(), change({.table = "users", .column = "email", .nullable = true})},
      {"set_default", blog(),
       change({.table = "users", .column = "age", .server_default = text("18")})},
      {"change_default", blog(),
       change({.table = "orders", .column = "note", .server_default = literal("it's")})},
      {"drop_default", blog(),
       change({.table = "orders", .column = "note", .server_default = nullptr})},
      {"change_all", blog(),
       change({.table = "orders",
               .column = "note",
               .nullable = false,
               .type = String(40),
               .server_default = literal("x"),
               .new_name = "remark"})},
      plain("add_unique", AddConstraint{"posts", UniqueConstraint{{"title"}, "uq_title"}}),
      plain("add_check", AddConstraint{"posts", CheckConstraint{"user_id > 5", "ck_user"}}),
      plain("add_foreign_key", AddConstraint{"orders", ForeignKey{.columns = {"id"},
                                                                  .referred_table = "users",
                                                                  .referred_columns = {"id"},
                                                                  .name = "fk_order"}}),
      {"drop_unique", blog(),
       [](const Schema& before) -> Operation {
         return DropConstraint{
             .table = "users",
             .name = "users_email_key",
             .kind = ConstraintKind::Unique,
             .was = before.find_table("users")->find_constraint("users_email_key")};
       }},
      {"drop_foreign_key", blog(),
       [](const Schema& before) -> Operation {
         return DropConstraint{
             .table = "posts",
             .name = "posts_user_id_fkey",
             .kind = ConstraintKind::Foreign,
             .was = before.find_table("posts")->find_constraint("posts_user_id_fkey")};
       }},
      {"drop_check", blog(),
       [](const Schema& before) -> Operation {
         return DropConstraint{
             .table = "orders",
             .name = "orders_total_check",
             .kind = ConstraintKind::Check,
             .was = before.find_table("orders")->find_constraint("orders_total_check")};
       }},
      plain("create_index", CreateIndex{"posts", Index{"ix_title", {"title", "user_id"}}}),
      {"drop_index", blog(),
       [](const Schema& before) -> Operation {
         return DropIndex{.name = "ix_users_name",
                          .table = "users",
                          .was = *before.find_table("users")->find_index("ix_users_name")};
       }},
      plain("create_view", CreateView{View{"emails", "SELECT users.email\n   FROM users"}}),
      {"drop_view", views(),
       [](const Schema& before) -> Operation {
         return DropView{.name = "aa_names", .was = *before.find_view("aa_names")};
       }},
      {"batch", blog(),
       [phone](const Schema& before) -> Operation {
         return AlterTable{
             .table = "users",
             .changes = {
                 AddColumn{.table = "users", .column = phone},
                 AlterColumn{.table = "users",
                             .column = "age",
                             .nullable = false,
                             .existing_nullable = true},
                 AddConstraint{"users", CheckConstraint{"age < 150", "ck_old"}},
                 DropIndex{.name = "ix_users_name",
                           .table = "users",
                           .was = *before.find_table("users")->find_index("ix_users_name")}}};
       }},
  };
}

}  // namespace cupel::conformance
