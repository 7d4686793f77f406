// SPDX-License-Identifier: MIT
// Constraints added to and dropped from tables that exist.
#include "golden/cases.hpp"

namespace cupel::golden {
namespace {

/// The tables that the cases change; `dropped` is the constraint that goes.
std::vector<Table> tables(const std::string& name, std::optional<Constraint> dropped) {
  std::vector<TableItem> items = {Column("foo", Integer()), Column("bar", Integer()),
                                  Column("c1", Integer())};
  if (dropped) items.push_back(NamedConstraint{*dropped, name});
  return {make_table("t1", items), make_table("MyTable", items), make_table("TTable", items),
          make_table("user_table", {Column("name", String())}),
          make_table("t", {Column("x", Integer())})};
}

std::vector<Table> tables_for(int number) {
  const ForeignKey key{.columns = {"foo"}, .referred_table = "t2", .referred_columns = {"id"}};
  const UniqueConstraint unique{.columns = {"foo"}};
  switch (number) {
    case 155:
    case 156:
    case 157:
      return tables("foo_bar_bat", unique);
    case 158:
      return tables("f1", key);
    case 159:
      return tables("MyFk", key);
    case 160:
      return tables("primary", PrimaryKey{.columns = {"foo"}});
    case 161:
    case 165:
      return tables("f1", unique);
    case 162:
      return tables("MyUnique", unique);
    case 163:
      return tables("f1", CheckConstraint{.expression = "foo > 1"});
    default:
      return tables("", {});
  }
}

std::vector<Case> calls() {
  return {
      {132,
       [](Operations& op) {
         op.create_foreign_key("fk_test", "t1", "t2", {"foo", "bar"}, {"bat", "hoho"});
       }},
      {133,
       [](Operations& op) {
         op.create_foreign_key("fk_test", "t1", "t2", {"foo", "bar"}, {"bat", "hoho"},
                               {.source_schema = "foo2", .referent_schema = "bar2"});
       }},
      {134,
       [](Operations& op) {
         op.create_foreign_key("fk_test", "t1", "t1", {"foo", "bar"}, {"bat", "hoho"},
                               {.source_schema = "foo2", .referent_schema = "bar2"});
       }},
      {135,
       [](Operations& op) {
         op.create_foreign_key("fk_test", "t1", "t2", {"foo"}, {"bat"}, {.on_update = "CASCADE"});
       }},
      {136,
       [](Operations& op) {
         op.create_foreign_key("fk_test", "t1", "t2", {"foo"}, {"bat"}, {.on_delete = "CASCADE"});
       }},
      {137,
       [](Operations& op) {
         op.create_foreign_key("fk_test", "t1", "t2", {"foo"}, {"bat"}, {.deferrable = true});
       }},
      {138,
       [](Operations& op) {
         op.create_foreign_key("fk_test", "t1", "t2", {"foo"}, {"bat"}, {.initially = "deferred"});
       }},
      {139,
       [](Operations& op) {
         op.create_foreign_key("fk_test", "t1", "t2", {"foo"}, {"bat"}, {.match = "SIMPLE"});
       }},
      {140,
       [](Operations& op) {
         op.create_foreign_key("i", "t1", "t2", {"c1"}, {"c2"}, {.not_valid = true});
       }},
      {141, [](Operations& op) { op.create_foreign_key("fk_test", "t1", "t1", {"foo"}, {"bar"}); }},
      {142,
       [](Operations& op) {
         op.create_foreign_key("fk_test", "t1", "t1", {"foo", "bar"}, {"bat", "bar"});
       }},
      {143, [](Operations& op) { op.create_foreign_key({}, "t1", "t2", {"foo"}, {"bat"}); }},
      {144,
       [](Operations& op) {
         op.create_primary_key("pk_test", "t1", {"foo", "bar"});
       }},
      {145, [](Operations& op) { op.create_primary_key("pk_test", "t1", {"foo"}, "bar"); }},
      {146,
       [](Operations& op) {
         op.create_unique_constraint("uk_test", "t1", {"foo", "bar"});
       }},
      {147,
       [](Operations& op) {
         op.create_unique_constraint("uk_test", "t1", {"foo", "bar"}, {.schema = "foo"});
       }},
      {148,
       [](Operations& op) {
         op.create_unique_constraint("uk_test", "t1", {"foo"},
                                     {.deferrable = true, .initially = "DEFERRED"});
       }},
      {149,
       [](Operations& op) {
         op.create_unique_constraint("uk_test", "t1", {"foo"}, {.nulls_not_distinct = true});
       }},
      {150,
       [](Operations& op) {
         op.create_check_constraint("ck_user_name_len", "user_table", "len(name) > 5");
       }},
      {151,
       [](Operations& op) {
         op.create_check_constraint("ck_user_name_len", "user_table", "len(name) > 5",
                                    {.schema = "foo"});
       }},
      {152, [](Operations& op) { op.create_check_constraint("ck1", "t", "x > 5"); }},
      {153,
       [](Operations& op) {
         op.create_exclude_constraint("ex1", "t1", {{.column = "x", .with_operator = ">"}},
                                      {.where = "x > 5", .using_method = "gist"});
       }},
      {154,
       [](Operations& op) {
         op.create_exclude_constraint("ex1", "SomeTable",
                                      {{.column = "SomeColumn", .with_operator = ">"}},
                                      {.where = "\"SomeColumn\" > 5", .using_method = "gist"});
       }},
      {155, [](Operations& op) { op.drop_constraint("foo_bar_bat", "t1"); }},
      {156,
       [](Operations& op) {
         op.drop_constraint("foo_bar_bat", "t1", {.type = "unique", .schema = "foo"});
       }},
      {157, [](Operations& op) { op.drop_constraint("foo_bar_bat", "t1", {.if_exists = true}); }},
      {158, [](Operations& op) { op.drop_constraint("f1", "t1", {.type = "foreignkey"}); }},
      {159, [](Operations& op) { op.drop_constraint("MyFk", "MyTable", {.type = "foreignkey"}); }},
      {160, [](Operations& op) { op.drop_constraint("primary", "t1", {.type = "primary"}); }},
      {161, [](Operations& op) { op.drop_constraint("f1", "t1", {.type = "unique"}); }},
      {162, [](Operations& op) { op.drop_constraint("MyUnique", "MyTable", {.type = "unique"}); }},
      {163, [](Operations& op) { op.drop_constraint("f1", "t1", {.type = "check"}); }},
      {164, [](Operations& op) { op.drop_constraint("f1", "t1", {.type = "typo"}); }},
      {165,
       [](Operations& op) {
         op.drop_constraint("f1", "t1", {.type = "unique", .if_exists = true});
       }},
      {166, [](Operations& op) { op.drop_constraint("t_excl_x", "TTable"); }},
  };
}

}  // namespace

std::vector<Case> constraint_cases() {
  std::vector<Case> cases = calls();
  for (Case& it : cases) it.known = tables_for(it.number);
  return cases;
}

}  // namespace cupel::golden
