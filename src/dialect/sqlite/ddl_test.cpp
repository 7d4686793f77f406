// SPDX-License-Identifier: MIT
#include "dialect/sqlite/ddl.hpp"

#include <gtest/gtest.h>

#include "cupel/model/define.hpp"
#include "dialect/sqlite/database_testing.hpp"

namespace cupel::dialect::sqlite {
namespace {

using model::make_table;
using Definition = model::ColumnDefinition;

std::string error_of(const ops::Operation& operation) {
  try {
    return offline(operation);
  } catch (const Error& error) {
    return error.to_string();
  }
}

TEST(SqliteDdl, CreatesTables) {
  const model::Table table = make_table(
      "Mixed Case", {Definition("select", model::Integer()).primary_key(),
                     Definition("name", model::String(5, "C")).not_null().server_default("x'y"),
                     Definition("made", model::DateTime()).server_default(model::now()),
                     Definition("flag", model::Boolean()).server_default(model::true_value()),
                     Definition("sum", model::Integer()).server_default(model::text("1+2")),
                     Definition("twice", model::Integer()).computed("sum * 2", true),
                     Definition("p", model::Integer()).references("p.id", {.on_delete = "CASCADE"}),
                     model::CheckConstraint{"sum > 0", "positive"}});
  EXPECT_EQ(offline(ops::CreateTable{table}), R"(CREATE TABLE "Mixed Case" (
    "select" INTEGER NOT NULL,
    name VARCHAR(5) COLLATE "C" DEFAULT 'x''y' NOT NULL,
    made DATETIME DEFAULT CURRENT_TIMESTAMP,
    flag BOOLEAN DEFAULT 1,
    sum INTEGER DEFAULT (1+2),
    twice INTEGER GENERATED ALWAYS AS (sum * 2) STORED,
    p INTEGER,
    PRIMARY KEY ("select"),
    CONSTRAINT positive CHECK (sum > 0),
    FOREIGN KEY(p) REFERENCES p (id) ON DELETE CASCADE
))");
}

TEST(SqliteDdl, RefusesAForeignKeyThatItWouldHaveToForget) {
  const model::Table table =
      make_table("t", {Definition("q", model::Integer()).references("other.q.id")});
  EXPECT_EQ(error_of(ops::CreateTable{table}),
            "sqlite has no foreign keys to a table of another database file, such as 'other.q'\n"
            "  hint: leave the foreign key out for sqlite");
  model::Table same = table;
  same.name.schema = "main";
  std::get<model::ForeignKey>(same.constraints[0]).referred_table.schema = "";
  EXPECT_NE(offline(ops::CreateTable{same}).find("REFERENCES q (id)"), std::string::npos);
}

TEST(SqliteDdl, WritesWhatOnlySqliteHas) {
  model::Table table = make_table("t", {Definition("id", model::Integer()).primary_key(),
                                        Definition("a", model::Text()).not_null()});
  table.autoincrement = true;
  table.primary_key->name = "pk";
  table.primary_key->on_conflict = "FAIL";
  table.columns[1].not_null_conflict = "IGNORE";
  table.constraints = {model::UniqueConstraint{.columns = {"a"}, .on_conflict = "REPLACE"}};
  EXPECT_EQ(offline(ops::CreateTable{table}), R"(CREATE TABLE t (
    id INTEGER NOT NULL CONSTRAINT pk PRIMARY KEY ON CONFLICT FAIL AUTOINCREMENT,
    a TEXT NOT NULL ON CONFLICT IGNORE,
    UNIQUE (a) ON CONFLICT REPLACE
))");
  table = make_table({"aux", "t"}, {Definition("a", model::Text()).primary_key()});
  table.without_rowid = table.strict = true;
  table.indexes.emplace_back();
  table.indexes[0].name = "ix";
  table.indexes[0].elements = {"a", model::expression("lower(a)")};
  table.indexes[0].elements[0].descending = true;
  table.indexes[0].elements[0].collation = "nocase";
  table.indexes[0].elements[0].nulls = model::NullsOrder::First;
  table.indexes[0].include = {"a"};
  table.indexes[0].where = "a > 1";
  EXPECT_EQ(offline(ops::CreateTable{table, true}),
            "CREATE TABLE IF NOT EXISTS aux.t (\n    a TEXT NOT NULL,\n    PRIMARY KEY (a)\n) "
            "WITHOUT ROWID, STRICT;\n"
            "CREATE INDEX IF NOT EXISTS aux.ix ON t (a COLLATE nocase DESC, lower(a)) WHERE a > 1");
}

TEST(SqliteDdl, ChangesInPlaceWithoutKnowingTheTable) {
  model::Column column{.name = "c1", .type = model::Integer(), .nullable = false};
  EXPECT_EQ(offline(ops::AddColumn{{"foo", "t1"}, column}),
            "ALTER TABLE foo.t1 ADD COLUMN c1 INTEGER NOT NULL");
  column.server_default = model::now();
  column.comment = "left out";
  EXPECT_EQ(offline(ops::AddColumn{"t1", column}),
            "ALTER TABLE t1 ADD COLUMN c1 INTEGER DEFAULT CURRENT_TIMESTAMP NOT NULL");
  column = {.name = "c1", .type = model::Integer()};
  EXPECT_EQ(offline(ops::AddColumn{
                .table = "t1",
                .column = column,
                .inline_references = model::ForeignKey{{"c1"}, "c2", {"id"}, "", "CASCADE"}}),
            "ALTER TABLE t1 ADD COLUMN c1 INTEGER REFERENCES c2 (id) ON DELETE CASCADE");
  EXPECT_EQ(offline(ops::DropColumn{"MyTable", "My Col"}),
            "ALTER TABLE \"MyTable\" DROP COLUMN \"My Col\"");
  EXPECT_EQ(offline(ops::AlterColumn{.table = "t", .column = "c", .new_name = "x"}),
            "ALTER TABLE t RENAME COLUMN c TO x");
  EXPECT_EQ(offline(ops::RenameTable{{"some.schema", "t1"}, "my table"}),
            "ALTER TABLE \"some.schema\".t1 RENAME TO \"my table\"");
  EXPECT_EQ(offline(ops::DropTable{"t", true, true}), "DROP TABLE IF EXISTS t");
  EXPECT_EQ(offline(ops::DropIndex{"ix", {"foo", "t"}, true}), "DROP INDEX IF EXISTS foo.ix");
  EXPECT_EQ(offline(ops::CreateView{{"v", "SELECT 1", false, {"a"}}, true}),
            "DROP VIEW IF EXISTS v;\nCREATE VIEW v (a) AS SELECT 1");
  EXPECT_EQ(offline(ops::DropView{.name = "v", .cascade = true}), "DROP VIEW v");
  EXPECT_EQ(offline(ops::BulkInsert{"t", {"a", "b"}, {{true, 1.5}, {std::monostate(), "x'y"}}}),
            "INSERT INTO t (a, b) VALUES (1, 1.5);\nINSERT INTO t (a, b) VALUES (NULL, 'x''y')");
}

TEST(SqliteDdl, LeavesOutCommentsAndValidation) {
  EXPECT_EQ(offline(ops::SetTableComment{"t", "hello"}), "");
  EXPECT_EQ(offline(ops::AlterColumn{.table = "t", .column = "a", .comment = std::string("x")}),
            "");
  EXPECT_EQ(offline(ops::ValidateConstraint{"t", "c"}), "");
}

TEST(SqliteDdl, SaysWhatSqliteHasNot) {
  EXPECT_EQ(error_of(ops::CreateSchema{"s"}),
            "sqlite has no CREATE SCHEMA\n  hint: a schema is an attached file: ATTACH 'file.db' "
            "AS name");
  EXPECT_EQ(error_of(ops::CreateEnum{{"e", {"a"}}}),
            "sqlite has no enum types\n"
            "  hint: use an Enum column, which is a VARCHAR here, with a CHECK if you want one");
  EXPECT_EQ(error_of(ops::AlterColumn{.table = "t", .column = "a", .identity = model::Identity{}}),
            "sqlite cannot change how a column is numbered\n"
            "  hint: an INTEGER primary key numbers itself");
  EXPECT_EQ(
      error_of(ops::SetTableSchema{"t", "s"}),
      "sqlite cannot move a table to another schema\n"
      "  hint: create the table there, copy its rows with INSERT ... SELECT, and drop the old one");
  model::Table table = make_table("t", {Definition("a", model::Integer())});
  table.constraints = {model::ExcludeConstraint{}};
  EXPECT_EQ(error_of(ops::CreateTable{table}),
            "sqlite has no exclusion constraints\n"
            "  hint: use a UNIQUE constraint or a trigger that raises an error");
}

TEST(SqliteDdl, NeedsTheTableForARebuild) {
  EXPECT_EQ(error_of(ops::AlterColumn{.table = "t", .column = "a", .nullable = false}),
            "sqlite cannot alter column 'a' of table 't': not null without knowing the table\n"
            "  hint: give the table as it is with copy_from, or let a revision before this one "
            "create it");
}

TEST(SqliteDdl, AnswersIfExistsFromTheSchema) {
  TestDatabase database({"CREATE TABLE t (a, b, CHECK (a > 0))"});
  const auto texts = [&](const ops::Operation& operation) {
    return text::join(database.statements(operation), ";\n");
  };
  EXPECT_EQ(texts(ops::AddColumn{"t", {.name = "a"}, true}), "");
  EXPECT_EQ(texts(ops::AddColumn{"t", {.name = "c"}, true}), "ALTER TABLE t ADD COLUMN c");
  EXPECT_EQ(texts(ops::DropColumn{"t", "c", true}), "");
  EXPECT_EQ(texts(ops::DropColumn{"t", "b", true}), "ALTER TABLE t DROP COLUMN b");
  EXPECT_EQ(texts(ops::DropConstraint{.table = "t", .name = "no", .if_exists = true}), "");
  EXPECT_EQ(texts(ops::RenameTable{"t", "u", true}), "ALTER TABLE t RENAME TO u");
  EXPECT_EQ(texts(ops::RenameTable{"no", "u", true}), "");
}

TEST(SqliteDdl, RenamesIndexesByCreatingThemAgain) {
  TestDatabase database({"CREATE TABLE t (a)", "CREATE UNIQUE INDEX ix ON t (a DESC) WHERE a > 1"});
  database.apply(ops::RenameIndex{{}, "ix", "new ix"});
  EXPECT_EQ(database.shown(),
            "table t\n  column a Untyped\n  unique index new ix (a desc) where a > 1");
  EXPECT_EQ(database.error_of(ops::RenameIndex{"t", "no", "x"}),
            "there is no index 'no' to rename");
}

TEST(SqliteDdl, ReplacesViewsWithTheirTriggers) {
  TestDatabase database({"CREATE TABLE t (a)", "CREATE VIEW v AS SELECT a FROM t",
                         "CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN SELECT 1; END"});
  database.apply(ops::CreateView{{"v", "SELECT 1 AS a"}, true});
  EXPECT_EQ(database.shown(),
            "table t\n  column a Untyped\nview v as SELECT 1 AS a\n"
            "trigger tr on v: CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN SELECT 1; END");
}

TEST(SqliteDdl, KnowsWhatIsStored) {
  const model::Table table =
      make_table("t", {Definition("id", model::Uuid()).primary_key(),
                       Definition("e", model::Enum({"a", "bb"}, "e")).comment("x").index(),
                       Definition("n", model::Integer()).server_default(model::text("(1+2)"))});
  EXPECT_EQ(model::to_string(as_stored(table)), R"(table t
  column id Char(32) not null
  column e String(2)
  column n Integer default 1+2
  primary key (id)
  index ix_t_e (e))");
}

}  // namespace
}  // namespace cupel::dialect::sqlite
