// SPDX-License-Identifier: MIT
// Creating, dropping and renaming tables.
#include "golden/cases.hpp"

namespace cupel::golden {

std::vector<Case> table_cases() {
  return {
      {1, [](Operations& op) { op.rename_table("t1", "t2"); }},
      {2, [](Operations& op) { op.rename_table("t1", "t2", "foo"); }},
      {3, [](Operations& op) { op.rename_table("t1", "t2", "some.schema"); }},
      {4, [](Operations& op) { op.rename_table("MyTable", "my table"); }},
      {167,
       [](Operations& op) {
         op.create_table("some_table",
                         {Column("x", Integer()), Column("y", Integer()), Column("z", Integer())});
       }},
      {168,
       [](Operations& op) {
         op.create_table("some_table", {Column("id", Integer()).primary_key(),
                                        Column("st_id", Integer()).references("some_table.id")});
       }},
      {169,
       [](Operations& op) {
         op.create_table("some_table",
                         {Column("id", Integer()).primary_key(), Column("foo_id", Integer()),
                          named("ck_1", CheckConstraint{.expression = "foo_id>5"})});
       }},
      {170,
       [](Operations& op) {
         op.create_table("some_table",
                         {Column("id", Integer()).primary_key(), Column("foo_id", Integer()),
                          named("ck_1", CheckConstraint{.expression = "foo_id > 5"})});
       }},
      {171,
       [](Operations& op) {
         op.create_table("some_table",
                         {Column("id", Integer()).primary_key(), Column("foo_id", Integer()),
                          named("uq_1", UniqueConstraint{.columns = {"foo_id"}})});
       }},
      {172,
       [](Operations& op) {
         op.create_table("some_table", {Column("id", Integer()).primary_key(),
                                        Column("foo_id", Integer()).unique()});
       }},
      {173,
       [](Operations& op) {
         op.create_table("some_table", {Column("id", Integer()).primary_key(),
                                        Column("foo_id", Integer()).index()});
       }},
      {174,
       [](Operations& op) {
         Index index;
         index.elements = {"foo_id"};
         op.create_table("some_table", {Column("id", Integer()).primary_key(),
                                        Column("foo_id", Integer()), NamedIndex{index, "ix_1"}});
       }},
      {175,
       [](Operations& op) {
         op.create_table("some_table",
                         {Column("id", Integer()).primary_key(),
                          Column("foo_id", Integer()).references("foo.id")},
                         {.schema = "schema"});
       }},
      {176,
       [](Operations& op) {
         op.create_table("some_table", {Column("id", Integer()).primary_key(),
                                        Column("foo_id", Integer()).references("foo.id"),
                                        Column("foo_bar", Integer()).references("foo.bar")});
       }},
      {177,
       [](Operations& op) {
         op.create_table("some_table", {Column("id", Integer()).primary_key()},
                         {.if_not_exists = true});
       }},
      {178,
       [](Operations& op) {
         op.create_table("t",
                         {Column("id", Integer()).not_null(), Column("name", String(30)).not_null(),
                          PrimaryKey{.columns = {"id"}}});
       }},
      {179,
       [](Operations& op) {
         op.create_table("t", {Column("id", Integer()).not_null(),
                               named("pk_t", PrimaryKey{.columns = {"id"}})});
       }},
      {180,
       [](Operations& op) {
         op.create_table("t", {Column("a", Integer()), Column("b", Integer()),
                               PrimaryKey{.columns = {"a", "b"}}});
       }},
      {181,
       [](Operations& op) { op.create_table("t", {Column("id", BigInteger()).primary_key()}); }},
      {182,
       [](Operations& op) {
         op.create_table("t", {Column("id", Integer()).primary_key().autoincrement(false)});
       }},
      {183,
       [](Operations& op) {
         op.create_table("t", {Column("id", Integer()).primary_key()}, {.autoincrement = true});
       }},
      {184,
       [](Operations& op) {
         op.create_table("t", {Column("id", Integer()).primary_key()},
                         {.options = {{"mysql_engine", "InnoDB"},
                                      {"mysql_default_charset", "utf8mb4"},
                                      {"mysql_collate", "utf8mb4_bin"}}});
       }},
      {185,
       [](Operations& op) {
         op.create_table("t", {Column("id", Integer()).primary_key()},
                         {.partition_by = "RANGE (id)", .tablespace = "ts"});
       }},
      {186,
       [](Operations& op) {
         op.create_table("t", {Column("id", Integer()).primary_key()},
                         {.without_rowid = true, .strict = true});
       }},
      {187,
       [](Operations& op) {
         op.create_table("t", {Column("id", Integer())}, {.prefixes = {"TEMPORARY"}});
       }},
      {188,
       [](Operations& op) {
         op.create_table("t", {Column("data", Enum({"one", "two", "three"}, "pgenum"))});
       }},
      {189,
       [](Operations& op) {
         op.create_table("t", {Column("data", Enum({"one", "two"}, "e").as_varchar(true))});
       }},
      {190,
       [](Operations& op) {
         op.create_table("t", {Column("flag", with_check(Boolean(), "ck_flag"))});
       }},
      {191,
       [](Operations& op) {
         op.create_table("t", {Column("p", Integer()), Column("c", Integer()),
                               named("fk1", ForeignKey{.columns = {"p", "c"},
                                                       .referred_table = "x",
                                                       .referred_columns = {"a", "b"},
                                                       .on_delete = "CASCADE",
                                                       .on_update = "SET NULL",
                                                       .match = "FULL",
                                                       .deferral = {true, "DEFERRED"}})});
       }},
      {192,
       [](Operations& op) {
         op.create_table(
             "t",
             {Column("x", Integer()),
              named("u", UniqueConstraint{.columns = {"x"}, .deferral = {true, "DEFERRED"}}),
              named("c1", CheckConstraint{.expression = "x>1"}),
              named("ex", ExcludeConstraint{.elements = {{.column = "x", .with_operator = "="}}})});
       }},
      {193,
       [](Operations& op) {
         op.create_table("t", {Column("b", Integer()).computed("a + 1"), Column("a", Integer()),
                               Column("i", Integer()).identity({.always = true})});
       }},
      {194,
       [](Operations& op) {
         op.create_table("Mixed Case",
                         {Column("select", Integer()).primary_key(), Column("order", String(5))});
       }},
      not_applicable(195, "a sequence that only the client asks is an idea of SQLAlchemy's"),
      {196, [](Operations& op) { op.drop_table("tb_test"); }},
      {197, [](Operations& op) { op.drop_table("tb_test", {.schema = "foo"}); }},
      {198, [](Operations& op) { op.drop_table("tb_test", {.if_exists = true}); }},
  };
}

}  // namespace cupel::golden
