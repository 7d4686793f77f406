// SPDX-License-Identifier: MIT
// What statements are read as.
#include "dialect/sqlite/lint/reader.hpp"

#include <gtest/gtest.h>

#include "cupel/ops/services.hpp"
#include "cupel/sql/splitter.hpp"
#include "dialect/sqlite/lex.hpp"

namespace cupel::dialect::sqlite {
namespace {

using Lines = std::vector<std::string>;

struct Words {
  std::string operator()(const ops::Operation& it) const { return ops::describe(it); }
  std::string operator()(const lint::Truncate&) const { return "truncate"; }
  std::string operator()(const lint::ChangeRows& it) const {
    static constexpr const char* kVerbs[] = {"insert into ", "update ", "delete from "};
    std::string text = kVerbs[static_cast<int>(it.verb)] + to_string(it.table);
    for (const std::string& column : it.columns) text += " " + column;
    if (it.has_where) text += " where";
    if (it.has_columns) text += " named";
    if (it.by_key) text += " by key";
    if (it.from_query) text += " query";
    if (it.has_conflict_clause) text += " conflict";
    return text;
  }
  std::string operator()(const lint::ControlTransaction& it) const { return "control " + it.word; }
  std::string operator()(const lint::SetVariable& it) const {
    return "set " + it.name + " = " + it.value;
  }
  std::string operator()(const lint::ChangePrivileges&) const { return "privileges"; }
  std::string operator()(const lint::Other& it) const {
    return it.kind + (it.object.name.empty() ? "" : " " + to_string(it.object)) +
           (it.detail.empty() ? "" : ": " + it.detail);
  }
  std::string operator()(const lint::NotUnderstood& it) const { return "? " + it.reason; }
};

/// Reads statements one after the other, as the schema goes on.
class Script {
 public:
  explicit Script(const char* history) { read(history); }
  Lines read(const std::string& script) {
    Lines lines;
    for (const sql::StatementText& it : sql::split_statements(script, lex_rules()))
      for (const lint::Effect& effect : reader_.read(it.text, schema_).effects) {
        lines.push_back(std::visit(Words(), effect));
        if (const auto* operation = std::get_if<ops::Operation>(&effect))
          ops::apply(*operation, schema_);
      }
    return lines;
  }
  model::Schema& schema() { return schema_; }

 private:
  model::Schema schema_;
  StatementReader reader_;
};

constexpr const char* kHistory =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INT);"
    "CREATE TABLE \"Odd one\" (\"a b\" TEXT);"
    "CREATE INDEX ix_age ON users (age);"
    "CREATE VIEW adults AS SELECT id, name FROM users WHERE age > 17;"
    "CREATE TRIGGER log AFTER UPDATE ON users BEGIN DELETE FROM \"Odd one\"; END;";

struct Case {
  const char* sql;
  Lines expected;
};

TEST(StatementReader, WhatStatementsDo) {
  const std::vector<Case> cases{
      {"CREATE TABLE t (a int)", {"create table 't'"}},
      {"CREATE TABLE IF NOT EXISTS users (a int)", {"create table 'users'"}},
      {"CREATE TABLE copy AS SELECT id, age FROM users", {"create table 'copy'"}},
      {"CREATE TEMP TABLE t (a int)", {"create table 'temp.t'"}},
      {"CREATE UNIQUE INDEX ux ON users (lower(name), age DESC) WHERE age > 3",
       {"create unique index 'ux' on table 'users'"}},
      {"CREATE INDEX IF NOT EXISTS ix_age ON users (name)", {}},
      {"CREATE VIEW v AS SELECT * FROM adults", {"create view 'v'"}},
      {"CREATE TRIGGER t2 AFTER INSERT ON users BEGIN SELECT 1; END",
       {"create trigger 't2' on table 'users'"}},
      {"CREATE VIRTUAL TABLE f USING fts5(body)", {"create virtual table f: fts5"}},
      {"DROP TABLE Users", {"drop table 'users'"}},
      {"DROP TABLE IF EXISTS nobody", {"drop table 'nobody'"}},
      {"DROP INDEX ix_age", {"drop index 'ix_age' from table 'users'"}},
      {"DROP VIEW adults", {"drop view 'adults'"}},
      {"DROP TRIGGER log", {"drop trigger 'log' from table 'users'"}},
      {"ALTER TABLE users RENAME TO people", {"rename table 'users' to 'people'"}},
      {"ALTER TABLE users RENAME name TO full_name",
       {"rename column 'name' of table 'users' to 'full_name'"}},
      {"ALTER TABLE users ADD email VARCHAR(20) DEFAULT 'x'",
       {"add column 'email' to table 'users'"}},
      {"ALTER TABLE main.\"Odd one\" ADD COLUMN \"c d\"", {"add column 'c d' to table 'Odd one'"}},
      {"INSERT INTO users VALUES (1, 'a', 2)", {"insert into users"}},
      {"INSERT OR IGNORE INTO users (id, name) VALUES (1, 'a')",
       {"insert into users id name named conflict"}},
      {"REPLACE INTO users (id, name) SELECT 1, 'a'",
       {"insert into users id name named query conflict"}},
      {"INSERT INTO users (id, name) VALUES (1, 'a') ON CONFLICT (id) DO UPDATE SET name = 'b'",
       {"insert into users id name named conflict"}},
      {"UPDATE users SET age = 3, name = 'x'", {"update users age name"}},
      {"WITH x AS (SELECT 1) UPDATE users SET age = 3 WHERE id IN (SELECT * FROM x)",
       {"update users age where"}},
      {"UPDATE users SET age = o.rowid FROM \"Odd one\" o", {"update users age query"}},
      {"UPDATE users SET age = 3 WHERE age > 3", {"update users age where"}},
      {"UPDATE users SET age = 3 WHERE id = 3", {"update users age where by key"}},
      {"DELETE FROM users", {"delete from users"}},
      {"DELETE FROM users WHERE id = 1", {"delete from users where by key"}},
      {"SELECT * FROM adults", {"select"}},
      {"UPDATE users SET name = \"me\" WHERE id = 1",
       {"update users name where by key", "string in double quotes: me"}},
      {"UPDATE users SET \"name\" = 'me' WHERE id = 1", {"update users name where by key"}},
      {"BEGIN", {"control BEGIN"}},
      {"SAVEPOINT a", {"control SAVEPOINT"}},
      {"PRAGMA foreign_keys = ON", {"set foreign_keys = on"}},
      {"PRAGMA main.journal_mode('WAL')", {"set journal_mode = wal"}},
      {"PRAGMA foreign_key_check", {"pragma: foreign_key_check"}},
      {"ATTACH 'x.db' AS x", {"attach: 'x.db' AS x"}},
      {"VACUUM INTO 'copy.db'", {"vacuum: INTO 'copy.db'"}},
      {"REINDEX users", {"reindex users: users"}},
      // What SQLite refuses, and says why.
      {"ALTER TABLE users ADD COLUMN a INT UNIQUE", {"refused users: Cannot add a UNIQUE column"}},
      {"ALTER TABLE users ADD COLUMN a INTEGER PRIMARY KEY",
       {"refused users: Cannot add a PRIMARY KEY column"}},
      {"ALTER TABLE users ALTER COLUMN age TYPE TEXT",
       {"refused users: SQLite has no ALTER COLUMN but SET and DROP NOT NULL"}},
      {"ALTER TABLE users ADD CONSTRAINT u UNIQUE (name)",
       {"refused users: SQLite adds no key or foreign key to a table that is there"}},
      {"ALTER TABLE users ALTER COLUMN age SET NOT NULL",
       {"alter column 'age' of table 'users': not null", "needs version users: 3.53.0"}},
      {"ALTER TABLE users DROP COLUMN age",
       {"refused users: error in index ix_age after drop column: no such column: age"}},
      {"INSERT INTO users VALUES (1)",
       {"refused: table users has 3 columns but 1 values were supplied"}},
      {"SELEC 1", {"? near \"SELEC\": syntax error"}},
      {"SELECT absent FROM users", {"? no such column: absent"}},
      {"UPDATE nobody SET a = 1", {"? no such table: nobody"}},
      {"CREATE TABLE users (a int)", {"? table users already exists"}},
      {"", {}},
      {"-- nothing", {}},
  };
  for (const Case& it : cases) {
    SCOPED_TRACE(it.sql);
    EXPECT_EQ(Script(kHistory).read(it.sql), it.expected);
  }
}

TEST(StatementReader, KeepsInStepWithWhatOthersDo) {
  Script script(kHistory);
  // An operation that it was not shown: the table has a column more, and another is gone.
  ops::apply(ops::AddColumn{"users", {.name = "email", .type = model::Text()}}, script.schema());
  EXPECT_EQ(script.read("UPDATE users SET email = 'x' WHERE id = 1"),
            (Lines{"update users email where by key"}));
  ops::apply(ops::DropTable{"Odd one"}, script.schema());
  EXPECT_EQ(script.read("SELECT * FROM \"Odd one\""), (Lines{"? no such table: Odd one"}));
  EXPECT_EQ(script.read("CREATE TABLE \"Odd one\" (x int)"), (Lines{"create table 'Odd one'"}));
  ops::apply(ops::RenameTable{"users", "people"}, script.schema());
  EXPECT_EQ(script.read("ALTER TABLE people RENAME COLUMN age TO years"),
            (Lines{"rename column 'age' of table 'people' to 'years'"}));
  EXPECT_EQ(script.read("DROP INDEX ix_age"), (Lines{"drop index 'ix_age' from table 'people'"}));
}

TEST(StatementReader, NothingLeavesTheMemory) {
  Script script(kHistory);
  EXPECT_EQ(script.read("SELECT load_extension('x')"),
            (Lines{"? not authorized to use function: load_extension"}));
  EXPECT_EQ(script.read("CREATE VIRTUAL TABLE v USING csv(filename='/etc/passwd')"),
            (Lines{"? not authorized"}));
  EXPECT_EQ(
      script.read("CREATE TABLE endless AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 "
                  "FROM c) SELECT n FROM c"),
      (Lines{"? the statement was interrupted"}));
  EXPECT_EQ(script.read("CREATE TABLE after_that (a int)"), (Lines{"create table 'after_that'"}));
}

TEST(StatementReader, RowsByKey) {
  Script script(
      "CREATE TABLE t (a int, b int, c int, d int, UNIQUE (a, b)); CREATE UNIQUE INDEX uc ON t (c);"
      "CREATE UNIQUE INDEX ud ON t (d) WHERE d > 0;");
  for (const std::string where : {"a = 1 AND b = 2", "c = 3", "c = 3 AND a > 1", "c = ?1"})
    EXPECT_EQ(script.read("DELETE FROM t WHERE " + where), (Lines{"delete from t where by key"}))
        << where;
  for (const std::string where : {"a = 1", "b = 2", "a = 1 AND b > 2", "d = 1", "c > 3"})
    EXPECT_EQ(script.read("DELETE FROM t WHERE " + where), (Lines{"delete from t where"})) << where;
}

TEST(StatementReader, LegacyRenamesLeaveViewsAlone) {
  Script script("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;");
  const std::string rebuild =
      "CREATE TABLE t2 (a int); INSERT INTO t2 SELECT a FROM t; DROP TABLE t;";
  EXPECT_EQ(script
                .read(rebuild + "PRAGMA legacy_alter_table = ON; ALTER TABLE t2 RENAME TO t;"
                                "PRAGMA legacy_alter_table = OFF;")
                .at(4),
            "rename table 't2' to 't'");
  EXPECT_EQ(script.read(rebuild + "ALTER TABLE t2 RENAME TO t").at(3),
            "refused t2: error in view v: no such table: main.t");
}

}  // namespace
}  // namespace cupel::dialect::sqlite
