// SPDX-License-Identifier: MIT
// Rebuilding a table on real databases: what it had, it keeps.
#include "dialect/sqlite/rebuild.hpp"

#include <gtest/gtest.h>

#include "dialect/sqlite/database_testing.hpp"

namespace cupel::dialect::sqlite {
namespace {

using ops::AlterColumn;
using ops::AlterTable;

AlterColumn make_not_null(std::string column, std::string table = "t") {
  return {.table = std::move(table), .column = std::move(column), .nullable = false};
}

TEST(SqliteRebuild, IsPlainStatements) {
  TestDatabase database({"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT)",
                         "CREATE INDEX ix ON t (b DESC)",
                         "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END"});
  const ops::AlterColumn change{
      .table = "t", .column = "a", .nullable = false, .server_default = model::literal("x")};
  EXPECT_EQ(text::join(database.statements(change), ";\n"), R"(CREATE TABLE _cupel_new_t (
    id INTEGER NOT NULL,
    a TEXT DEFAULT 'x' NOT NULL,
    b TEXT,
    PRIMARY KEY (id)
);
INSERT INTO _cupel_new_t (id, a, b) SELECT id, COALESCE(a, 'x'), b FROM t;
DROP TABLE t;
PRAGMA legacy_alter_table = ON;
ALTER TABLE _cupel_new_t RENAME TO t;
PRAGMA legacy_alter_table = OFF;
CREATE INDEX ix ON t (b DESC);
CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END)");
}

// What a rebuild by others loses or breaks.

TEST(RebuildKeeps, ChildRowsWithCascade) {
  TestDatabase database({"CREATE TABLE t (id INTEGER PRIMARY KEY, a)",
                         "CREATE TABLE child (t_id REFERENCES t (id) ON DELETE CASCADE)",
                         "INSERT INTO t VALUES (1, 'a'), (2, 'b')",
                         "INSERT INTO child VALUES (1), (2), (2)"});
  database.apply(make_not_null("a"));
  EXPECT_EQ(database.rows("SELECT * FROM child"), "1\n2\n2");
  EXPECT_EQ(database.rows("SELECT sql FROM sqlite_schema WHERE name = 'child'"),
            "CREATE TABLE child (t_id REFERENCES t (id) ON DELETE CASCADE)");
  database.run("PRAGMA foreign_keys = ON");
  database.run("DELETE FROM t WHERE id = 2");
  EXPECT_EQ(database.rows("SELECT * FROM child"), "1");
}

TEST(RebuildKeeps, Views) {
  const std::vector<std::string> views{"CREATE VIEW v AS SELECT a FROM t",
                                       "CREATE VIEW over_v AS SELECT a FROM v",
                                       "CREATE VIEW broken AS SELECT * FROM gone"};
  TestDatabase database({"CREATE TABLE t (a, b)", views[0], views[1], views[2],
                         "CREATE TABLE log (x)",
                         "CREATE TRIGGER tr AFTER INSERT ON log BEGIN UPDATE t SET a = new.x; END",
                         "CREATE TRIGGER vt INSTEAD OF DELETE ON v BEGIN DELETE FROM t; END",
                         "INSERT INTO t VALUES (1, 2)"});
  database.apply(make_not_null("b"));
  EXPECT_EQ(database.rows("SELECT sql FROM sqlite_schema WHERE type = 'view'"),
            text::join(views, "\n"));
  database.run("INSERT INTO log VALUES ('seen')");
  EXPECT_EQ(database.rows("SELECT * FROM over_v"), "seen");
  database.run("DELETE FROM v");
  EXPECT_EQ(database.rows("SELECT * FROM t"), "");
  EXPECT_EQ(database.rows("PRAGMA legacy_alter_table"), "0");
}

TEST(RebuildKeeps, Triggers) {
  TestDatabase database({"CREATE TABLE t (a, b)", "CREATE TABLE log (x)",
                         "CREATE TRIGGER [a trigger] AFTER UPDATE OF a ON t WHEN new.a > 1 BEGIN "
                         "INSERT INTO log VALUES (new.a); END"});
  database.run("INSERT INTO t VALUES (1, 2)");
  database.apply(make_not_null("b"));
  database.run("UPDATE t SET a = 7");
  EXPECT_EQ(database.rows("SELECT * FROM log"), "7");
}

/// Every feature that lives in a table's definition, kept in one schema text.
TEST(RebuildKeeps, EverythingInTheDefinition) {
  const std::string definition = R"(table t autoincrement
  column id Integer not null
  column name Text collate NOCASE not null on conflict IGNORE
  column untyped Untyped
  column odd strange type(1, 2)
  column b Text default 'x'
  column g Untyped computed (b || 'y') stored
  column v Untyped computed (b || 'z') virtual
  primary key pk (id)
  check constraint (name <> '') at column name
  unique constraint (name) on conflict REPLACE
  check constraint (t.untyped > 0 OR "t".untyped IS NULL) at column untyped
  foreign key (b) references p (id) on delete cascade on update set null deferrable initially deferred
  check constraint named (b <> 'q')
  unique constraint u (b, g)
  index plain (b)
  unique index everything (b collate NOCASE desc, (lower(name))) where b > '')";
  TestDatabase database({
      R"(CREATE TABLE t (id INTEGER CONSTRAINT pk PRIMARY KEY AUTOINCREMENT,
         name TEXT COLLATE NOCASE NOT NULL ON CONFLICT IGNORE CHECK (name <> '') UNIQUE ON CONFLICT REPLACE,
         untyped CHECK (t.untyped > 0 OR "t".untyped IS NULL), odd strange type(1, 2),
         b TEXT DEFAULT 'x' REFERENCES p (id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
         g AS (b || 'y') STORED, v AS (b || 'z') VIRTUAL,
         CONSTRAINT named CHECK (b <> 'q'), CONSTRAINT u UNIQUE (b, g)))",
      "CREATE TABLE p (id TEXT PRIMARY KEY)", "INSERT INTO p VALUES ('x'), ('w')",
      "CREATE INDEX plain ON t (b)",
      "CREATE UNIQUE INDEX everything ON t (b COLLATE NOCASE DESC, lower(name)) WHERE b > ''",
      "INSERT INTO t (id, name, untyped, odd, b) VALUES (3, 'a', 1, 2.5, 'x'), (9, 'b', x'00', "
      "NULL, 'w')",
      "DELETE FROM t WHERE id = 9"});
  EXPECT_EQ(database.shown_table("t"), definition);
  const model::Table before = *database.inspect().find_table("t");
  database.apply(AlterTable{.table = "t", .recreate = ops::Recreate::Always});
  const model::Table after = *database.inspect().find_table("t");
  // The order of unrelated constraints, and that a CHECK names its own table, is all that may go.
  EXPECT_EQ(model::to_string(model::normalized(after)),
            text::replace_all(text::replace_all(model::to_string(model::normalized(before)),
                                                "t.untyped", "untyped"),
                              "\"t\".untyped", "untyped"));
  EXPECT_EQ(database.rows("SELECT id, name, untyped, odd, b, g, v FROM t"), "3|a|1|2.5|x|xy|xz");
  EXPECT_EQ(database.rows("SELECT * FROM sqlite_sequence"), "t|9");
}

TEST(RebuildKeeps, WithoutRowidAndStrict) {
  TestDatabase database({"CREATE TABLE t (k TEXT PRIMARY KEY, a INT) WITHOUT ROWID, STRICT",
                         "INSERT INTO t VALUES ('a', 1), ('b', 2)"});
  database.apply(make_not_null("a"));
  EXPECT_EQ(
      database.rows("SELECT sql FROM sqlite_schema"),
      "CREATE TABLE \"t\" (\n    k TEXT NOT NULL,\n    a INT NOT NULL,\n    PRIMARY KEY (k)\n)"
      " WITHOUT ROWID, STRICT");
  EXPECT_EQ(database.rows("SELECT * FROM t"), "a|1\nb|2");
}

TEST(RebuildKeeps, Rowids) {
  TestDatabase database({"CREATE TABLE t (a, b)", "CREATE TABLE u (rowid, oid, b)",
                         "INSERT INTO t (rowid, a) VALUES (10, 'x'), (5, 'y'), (99, 'z')",
                         "DELETE FROM t WHERE a = 'y'",
                         "INSERT INTO u (_rowid_, rowid) VALUES (7, 'seven')"});
  database.apply(AlterColumn{.table = "t", .column = "b", .type = model::Text()});
  database.apply(AlterColumn{.table = "u", .column = "b", .type = model::Text()});
  EXPECT_EQ(database.rows("SELECT rowid, a FROM t"), "10|x\n99|z");
  EXPECT_EQ(database.rows("SELECT _rowid_, rowid FROM u"), "7|seven");
}

TEST(RebuildKeeps, NullsInLegacyPrimaryKeys) {
  TestDatabase database(
      {"CREATE TABLE t (k TEXT PRIMARY KEY, a)", "INSERT INTO t VALUES (NULL, 1)"});
  database.apply(make_not_null("a"));
  EXPECT_EQ(database.rows("SELECT * FROM t"), "NULL|1");
}

TEST(RebuildKeeps, WhatKeysSayBesidesNames) {
  TestDatabase database(
      {"CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b, c, "
       "UNIQUE (b COLLATE NOCASE, c DESC))",
       "INSERT INTO t VALUES (5, 'x', 1)"});
  const std::string before = database.shown();
  database.apply(AlterTable{.table = "t", .recreate = ops::Recreate::Always});
  EXPECT_EQ(database.shown(), before);
  EXPECT_NE(database.error_of(ops::ExecuteSql{"INSERT INTO t VALUES (6, 'X', 1)"}), "no error");
}

TEST(RebuildKeeps, CountersOfEmptyTables) {
  TestDatabase database({"CREATE TABLE \"a 't\" (id INTEGER PRIMARY KEY AUTOINCREMENT, b)",
                         "INSERT INTO \"a 't\" VALUES (41, 1)", "DELETE FROM \"a 't\""});
  database.apply(make_not_null("b", "a 't"));
  database.run("INSERT INTO \"a 't\" (b) VALUES (1)");
  EXPECT_EQ(database.rows("SELECT id FROM \"a 't\""), "42");
  EXPECT_EQ(database.rows("SELECT count(*) FROM sqlite_sequence"), "1");
}

TEST(RebuildKeeps, SelfReferencesAndQuotedNames) {
  TestDatabase database({R"(CREATE TABLE "My ""Table" ("the id" INTEGER PRIMARY KEY, "select" TEXT,
          parent REFERENCES "My ""Table" ("the id")))",
                         R"(CREATE INDEX "an index" ON "My ""Table" ("select"))",
                         R"(INSERT INTO "My ""Table" VALUES (1, 'a', NULL), (2, 'b', 1))"});
  database.apply(make_not_null("select", "My \"Table"));
  EXPECT_EQ(database.shown(), R"(table My "Table
  column the id Integer not null
  column select Text not null
  column parent Untyped
  primary key (the id)
  foreign key (parent) references My "Table (the id)
  index an index (select))");
}

TEST(RebuildKeeps, RowsThatConflictClausesWouldSwallow) {
  TestDatabase database({"CREATE TABLE t (a, b)", "INSERT INTO t VALUES (1, 1), (1, 2)"});
  const ops::AddConstraint unique{
      "t", model::UniqueConstraint{.columns = {"a"}, .name = "u", .on_conflict = "IGNORE"}};
  EXPECT_EQ(database.error_of(unique), "UNIQUE constraint failed: _cupel_new_t.a");
  EXPECT_EQ(database.rows("SELECT * FROM t"), "1|1\n1|2");
}

TEST(RebuildKeeps, TablesInAttachedSchemas) {
  TestDatabase database({"ATTACH ':memory:' AS aux", "CREATE TABLE t (a)",
                         "CREATE TABLE aux.t (id INTEGER PRIMARY KEY AUTOINCREMENT, a)",
                         "CREATE INDEX aux.ix ON t (a)",
                         "CREATE TRIGGER aux.tr AFTER INSERT ON t BEGIN SELECT 1; END",
                         "INSERT INTO aux.t VALUES (4, 'x')"});
  const std::string before = model::to_string(database.all());
  ops::AlterColumn change = make_not_null("a");
  change.table.schema = "aux";
  database.apply(change);
  EXPECT_EQ(database.rows("SELECT * FROM aux.sqlite_sequence"), "t|4");
  EXPECT_EQ(model::to_string(database.all()),
            text::replace_all(before, "a Untyped\n  primary", "a Untyped not null\n  primary"));
}

// What a rebuild changes.

TEST(SqliteRebuild, ConvertsWithoutLoss) {
  TestDatabase database({"CREATE TABLE t (a TEXT, b BLOB, c INTEGER, d TEXT)",
                         "INSERT INTO t VALUES ('12', x'6162', 7, '5'), ('abc', NULL, NULL, 'x')"});
  database.apply(
      AlterTable{.table = "t",
                 .changes = {AlterColumn{.column = "a", .type = model::Integer()},
                             AlterColumn{.column = "b", .type = model::Text()},
                             AlterColumn{.column = "c", .type = model::String(5)},
                             AlterColumn{.column = "d",
                                         .type = model::Integer(),
                                         .using_expression = "CAST(d AS INTEGER) * 2"}}});
  EXPECT_EQ(database.rows("SELECT a, typeof(a), b, typeof(b), c, typeof(c), d FROM t"),
            "12|integer|ab|text|7|text|10\nabc|text|NULL|null|NULL|null|0");
}

TEST(SqliteRebuild, FillsNewNotNullColumnsFromTheDefault) {
  TestDatabase database({"CREATE TABLE t (a INTEGER)", "INSERT INTO t VALUES (NULL), (3)"});
  database.apply(AlterColumn{
      .table = "t", .column = "a", .nullable = false, .server_default = model::text("1+1")});
  EXPECT_EQ(database.rows("SELECT a FROM t"), "2\n3");
  EXPECT_EQ(database.rows("SELECT dflt_value FROM pragma_table_info('t')"), "1+1");
}

TEST(SqliteRebuild, AddsColumnsThatSqliteRefuses) {
  TestDatabase database({"CREATE TABLE t (a)", "INSERT INTO t VALUES (1), (2)"});
  database.apply(ops::AddColumn{
      "t", {.name = "made", .type = model::DateTime(), .server_default = model::now()}});
  database.apply(ops::AddColumn{"t", {.name = "b", .computed = model::Computed{"a * 2", true}}});
  ops::AddColumn id{"t", {.name = "id", .type = model::Integer(), .nullable = false}};
  id.inline_primary_key = true;
  database.apply(id);
  database.apply(
      ops::AddColumn{"t", {.name = "in_place", .computed = model::Computed{"b + 1", {}}}});
  EXPECT_EQ(database.rows("SELECT a, b, id, in_place, made IS NOT NULL FROM t"),
            "1|2|1|3|1\n2|4|2|5|1");
  EXPECT_EQ(database.error_of(ops::AddColumn{"t", {.name = "n", .nullable = false}}),
            "Cannot add a NOT NULL column with default value NULL");
}

TEST(SqliteRebuild, DropsColumnsAndWhatHangsOnThem) {
  TestDatabase database(
      {"CREATE TABLE t (a PRIMARY KEY, b REFERENCES p CHECK (b > 0), c, d UNIQUE, "
       "UNIQUE (b, c), CHECK (c < d))",
       "CREATE INDEX i1 ON t (b)", "CREATE INDEX i2 ON t (a) WHERE c > 0",
       "INSERT INTO t VALUES (1, NULL, 3, 4)"});
  database.apply(ops::DropColumn{"t", "b"});
  EXPECT_EQ(database.shown(), R"(table t
  column a Untyped
  column c Untyped
  column d Untyped
  primary key (a)
  unique constraint (d)
  check constraint (c < d)
  index i2 (a) where c > 0)");
  database.apply(ops::DropColumn{"t", "c"});
  EXPECT_EQ(database.shown(), R"(table t
  column a Untyped
  column d Untyped
  primary key (a)
  unique constraint (d))");
  EXPECT_EQ(database.rows("SELECT * FROM t"), "1|4");
}

TEST(SqliteRebuild, RefusesToBreakViewsAndTriggers) {
  TestDatabase database({"CREATE TABLE t (a, b UNIQUE, c, x)", "CREATE VIEW v AS SELECT c FROM t",
                         "CREATE VIEW w AS SELECT b FROM t", "CREATE TABLE u (x)",
                         "CREATE VIEW y AS SELECT x FROM u"});
  const std::string before = database.stored();
  EXPECT_EQ(database.error_of(ops::DropColumn{"t", "c"}),
            "error in view v after drop column: no such column: c");
  EXPECT_EQ(database.error_of(ops::DropColumn{"t", "b"}), "error in view w: no such column: b");
  EXPECT_EQ(database.stored(), before);
  database.apply(ops::DropColumn{"t", "x"});
}

TEST(SqliteRebuild, RenamesThroughSqlite) {
  TestDatabase database({"CREATE TABLE t (a UNIQUE CHECK (a > 0), b, c)",
                         "CREATE VIEW v AS SELECT a FROM t",
                         "CREATE TABLE child (x REFERENCES t (a))", "CREATE INDEX ix ON t (a)",
                         "CREATE TRIGGER tr AFTER UPDATE OF a ON t BEGIN SELECT new.a; END",
                         "INSERT INTO t VALUES (1, 2, 3)"});
  database.apply(AlterTable{
      .table = "t",
      .changes = {
          AlterColumn{.column = "a", .nullable = false, .new_name = "z"},
          AlterColumn{.column = "b", .new_name = "a"},
          ops::AddConstraint{"", model::CheckConstraint{.expression = "z < 9", .name = "k"}},
          ops::CreateIndex{.index = [] {
            model::Index index;
            index.name = "i2";
            index.elements = {"z", "c"};
            return index;
          }()}}});
  EXPECT_EQ(database.shown(), R"(table child
  column x Untyped
  foreign key (x) references t (z)
table t
  column z Untyped not null
  column a Untyped
  column c Untyped
  check constraint (z > 0) at column z
  unique constraint (z)
  check constraint k (z < 9)
  index ix (z)
  index i2 (z, c)
view v as SELECT z FROM t
trigger tr on t: CREATE TRIGGER tr AFTER UPDATE OF z ON t BEGIN SELECT new.z; END)");
  EXPECT_EQ(database.rows("SELECT z, a, c FROM t"), "1|2|3");
}

TEST(SqliteRebuild, DoesSeveralChangesAtOnce) {
  TestDatabase database({"CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT, y INT UNIQUE)",
                         "INSERT INTO t VALUES (1, 'a', 2)"});
  const AlterTable batch{
      .table = "t",
      .changes = {ops::DropColumn{"", "x"}, ops::DropColumn{"", "y"},
                  ops::AddColumn{"", {.name = "y", .type = model::Text()}},
                  ops::AddColumn{.column = {.name = "z",
                                            .type = model::Integer(),
                                            .nullable = false,
                                            .server_default = model::literal("0")},
                                 .insert_before = "y"}},
      .extra_constraints = {model::CheckConstraint{.expression = "z < 10", .name = "small"}},
      .partial_reordering = {{"y", "id"}},
      .autoincrement = true};
  database.apply(batch);
  EXPECT_EQ(database.shown(), R"(table t autoincrement
  column z Integer not null default '0'
  column y Text
  column id Integer not null
  primary key (id)
  check constraint small (z < 10))");
  EXPECT_EQ(database.rows("SELECT id, y, z FROM t"), "1|NULL|0");
}

TEST(SqliteRebuild, DoesNothingMoreThanItMust) {
  TestDatabase database({"CREATE TABLE t (a, b)", "CREATE INDEX ix ON t (a)"});
  const AlterTable batch{.table = "t",
                         .changes = {ops::DropIndex{.name = "ix"}, ops::DropColumn{"", "a"},
                                     ops::AddColumn{"", {.name = "c"}}}};
  EXPECT_EQ(text::join(database.statements(batch), ";\n"),
            "DROP INDEX ix;\nALTER TABLE t DROP COLUMN a;\nALTER TABLE t ADD COLUMN c");
  database.apply(batch);
}

TEST(SqliteRebuild, LeavesAloneWhatIsSoAlready) {
  TestDatabase database({"CREATE TABLE t (a VARCHAR(2) NOT NULL)"});
  EXPECT_EQ(database.statements(AlterColumn{
                .table = "t", .column = "a", .nullable = false, .type = model::Enum({"a", "bb"})}),
            std::vector<std::string>{});
}

TEST(SqliteRebuild, NeverMeansInPlaceOrNotAtAll) {
  TestDatabase database({"CREATE TABLE t (a, b)"});
  EXPECT_EQ(database.error_of(AlterTable{
                .table = "t", .changes = {make_not_null("a")}, .recreate = ops::Recreate::Never}),
            "sqlite cannot alter column 'a' of table 't': not null in place\n"
            "  hint: allow the rebuild of the table: recreate = auto");
  database.apply(AlterTable{.table = "t",
                            .changes = {AlterColumn{.column = "a", .new_name = "c"}},
                            .recreate = ops::Recreate::Never});
}

TEST(SqliteRebuild, WorksOfflineFromACopy) {
  model::Table table;
  table.name = "anything";
  table.columns = {{.name = "a", .type = model::Text()}};
  table.without_rowid = true;
  table.primary_key = model::PrimaryKey{{"a"}};
  EXPECT_EQ(offline(AlterTable{.table = "t",
                               .changes = {ops::DropConstraint{.name = "t_pkey"},
                                           AlterColumn{.column = "a", .type = model::String(9)}},
                               .recreate = ops::Recreate::Auto,
                               .copy_from =
                                   [&] {
                                     table.without_rowid = false;
                                     return table;
                                   }()}),
            R"(CREATE TABLE _cupel_new_t (
    a VARCHAR(9)
);
INSERT INTO _cupel_new_t (rowid, a) SELECT rowid, a FROM t;
DROP TABLE t;
PRAGMA legacy_alter_table = ON;
ALTER TABLE _cupel_new_t RENAME TO t;
PRAGMA legacy_alter_table = OFF)");
}

TEST(SqliteRebuild, SaysWhatIsMissing) {
  TestDatabase database({"CREATE TABLE t (a)"});
  EXPECT_EQ(database.error_of(make_not_null("a", "no")), "there is no table 'no' to change");
  EXPECT_NE(database.error_of(make_not_null("no")), "no error");
  EXPECT_NE(database.error_of(ops::DropConstraint{"t", "no"}), "no error");
}

}  // namespace
}  // namespace cupel::dialect::sqlite
