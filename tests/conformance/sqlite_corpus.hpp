// SPDX-License-Identifier: MIT
// Schemas and operations that only SQLite has.
#pragma once

#include "conformance/operations.hpp"

namespace cupel::conformance {

inline Schema sqlite_tables() {
  Table counted = make_table("counted", {id_column()});
  counted.autoincrement = true;
  Table bare = make_table("bare", {ColumnDefinition("a", String(5)),
                                   ColumnDefinition("b", Integer()), PrimaryKey{{"b", "a"}}});
  bare.without_rowid = true;
  Table exact = make_table("exact", {id_column(), ColumnDefinition("a", Text())});
  exact.strict = true;
  Table untyped = make_table("untyped", {ColumnDefinition("a", Type())});
  return of_tables({counted, bare, exact, untyped});
}

inline Schema sqlite_columns() {
  Schema schema = of_tables({make_table(
      "columns", {id_column(), ColumnDefinition("a", String(10, "NOCASE")).not_null(),
                  ColumnDefinition("b", Named("VARCHAR2(20)")), ColumnDefinition("c", Integer()),
                  ColumnDefinition("d", Integer()).computed("c * 2", false),
                  ColumnDefinition("e", Integer()).computed("c + 1", true),
                  ColumnDefinition("f", Named("vector(1536)")),
                  ColumnDefinition("g", Enum({"x", "it's"}, "letters")),
                  ColumnDefinition("h", Text()).server_default(text("(lower('A'))"))})});
  schema.tables[0].find_column("a")->not_null_conflict = "IGNORE";
  return schema;
}

inline Schema sqlite_constraints() {
  return of_tables(
      {users_table(),
       make_table(
           "constrained",
           {ColumnDefinition("a", Integer()), ColumnDefinition("b", Integer()),
            named("pk", PrimaryKey{.columns = {"b", "a"}, .on_conflict = "FAIL"}),
            UniqueConstraint{.columns = {"a"}, .on_conflict = "REPLACE"},
            named("fk", ForeignKey{.columns = {"a"},
                                   .referred_table = "users",
                                   .referred_columns = {"id"},
                                   .on_delete = "SET DEFAULT",
                                   .on_update = "CASCADE",
                                   .match = "FULL",
                                   .deferral = {true, ""}}),
            ForeignKey{.columns = {"b"}, .referred_table = "nowhere", .referred_columns = {"x"}},
            CheckConstraint{"a <> ')' OR b IN (1, 2)"}})});
}

inline Schema sqlite_triggers() {
  Schema schema = blog();
  schema.views.push_back({"emails", "SELECT email FROM users"});
  schema.triggers = {{"tr_touch", "users",
                      "CREATE TRIGGER tr_touch AFTER UPDATE OF age ON users BEGIN "
                      "UPDATE users SET name = 'x;y' WHERE id = NEW.id; DELETE FROM posts; END"},
                     {"tr_view", "emails",
                      "CREATE TRIGGER tr_view INSTEAD OF INSERT ON emails BEGIN SELECT 1; END"}};
  return schema;
}

inline std::vector<SchemaCase> sqlite_schemas() {
  return {{"tables", sqlite_tables()},
          {"columns", sqlite_columns()},
          {"constraints", sqlite_constraints()},
          {"triggers", sqlite_triggers()}};
}

inline std::vector<OperationCase> sqlite_operations() {
  using namespace ops;  // NOLINT(google-build-using-namespace)
  return {
      plain("rebuild_without_rowid", AddConstraint{"bare", CheckConstraint{"b > 0", "ck_bare"}},
            sqlite_tables()),
      plain("rebuild_counted", AddConstraint{"counted", CheckConstraint{"id > 0", "ck_counted"}},
            sqlite_tables()),
      plain("rebuild_strict",
            AlterColumn{
                .table = "exact", .column = "a", .nullable = false, .existing_nullable = true},
            sqlite_tables()),
      plain("rebuild_all_columns", AddConstraint{"columns", CheckConstraint{"c > 0", "ck_columns"}},
            sqlite_columns()),
      plain("rebuild_all_constraints",
            AddConstraint{"constrained", CheckConstraint{"b > 0", "ck_more"}},
            sqlite_constraints()),
      plain(
          "set_table_options",
          SetTableOptions{
              .table = "exact", .to = {.without_rowid = true}, .was = TableOptions{.strict = true}},
          sqlite_tables()),
      plain(
          "set_autoincrement",
          SetTableOptions{
              .table = "exact", .to = {.autoincrement = true}, .was = TableOptions{.strict = true}},
          sqlite_tables()),
      plain("change_conflict_clause",
            AlterColumn{.table = "columns",
                        .column = "a",
                        .not_null_conflict = "",
                        .existing_not_null_conflict = "IGNORE"},
            sqlite_columns()),
      plain("rebuild_under_triggers",
            AddConstraint{"users", CheckConstraint{"age < 99", "ck_young"}}, sqlite_triggers()),
      plain("rename_under_triggers",
            AlterColumn{.table = "users", .column = "email", .new_name = "mail"},
            sqlite_triggers()),
      {"drop_trigger", sqlite_triggers(),
       [](const Schema& before) -> Operation {
         return DropTrigger{.name = before.triggers[0].name,
                            .table = before.triggers[0].table,
                            .was = before.triggers[0]};
       }},
  };
}

}  // namespace cupel::conformance
