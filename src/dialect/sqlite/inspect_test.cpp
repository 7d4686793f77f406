// SPDX-License-Identifier: MIT
#include "dialect/sqlite/inspect.hpp"

#include <gtest/gtest.h>

#include "dialect/sqlite/create_parser.hpp"
#include "dialect/sqlite/database_testing.hpp"

namespace cupel::dialect::sqlite {
namespace {

/// What inspection shows after the statements.
std::string shown(const std::vector<std::string>& statements) {
  return TestDatabase(statements).shown();
}

TEST(SqliteInspect, ReadsColumnsAndKeys) {
  EXPECT_EQ(shown({R"(CREATE TABLE t (
      id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
      name VARCHAR(20) COLLATE NOCASE DEFAULT 'it''s' NOT NULL ON CONFLICT IGNORE,
      price NUMERIC(10, 2) DEFAULT -1.5,
      made DATETIME DEFAULT CURRENT_TIMESTAMP,
      later DEFAULT (datetime('now', '+1 day')),
      nil TEXT DEFAULT NULL,
      word TEXT DEFAULT "quoted",
      flag BOOLEAN DEFAULT true))"}),
            R"(table t autoincrement
  column id Integer not null
  column name String(20) collate NOCASE not null on conflict IGNORE default 'it''s'
  column price Numeric(10, 2) default -1.5
  column made DateTime default now
  column later Untyped default datetime('now', '+1 day')
  column nil Text default null
  column word Text default 'quoted'
  column flag Boolean default true
  primary key (id))");
}

TEST(SqliteInspect, ReadsConstraints) {
  EXPECT_EQ(shown({R"(CREATE TABLE t (
      a INT CONSTRAINT positive CHECK (a > 0) UNIQUE ON CONFLICT REPLACE,
      b INT REFERENCES p(x) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
      c CONSTRAINT to_p REFERENCES p,
      CONSTRAINT pk PRIMARY KEY (b, a) ON CONFLICT FAIL,
      CONSTRAINT u UNIQUE (c, "b"),
      CHECK (a <> b OR c IN (1, 2)) ON CONFLICT IGNORE
      CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES q (x, y) MATCH FULL NOT DEFERRABLE))"}),
            R"(table t
  column a INT
  column b INT
  column c Untyped
  primary key pk (b, a) on conflict FAIL
  check constraint positive (a > 0) at column a
  unique constraint (a) on conflict REPLACE
  foreign key (b) references p (x) on delete set null on update cascade deferrable initially deferred
  foreign key to_p (c) references p
  unique constraint u (c, b)
  check constraint (a <> b OR c IN (1, 2)) on conflict IGNORE
  foreign key fk (a, b) references q (x, y) match full not deferrable)");
}

TEST(SqliteInspect, ReadsTableOptionsAndGeneratedColumns) {
  EXPECT_EQ(shown({"CREATE TABLE a (k TEXT, PRIMARY KEY (k)) WITHOUT ROWID, STRICT",
                   "CREATE TABLE b (x INT, y INT GENERATED ALWAYS AS (x * (2)) STORED, "
                   "z AS (x + 1) VIRTUAL UNIQUE, w INT AS (x))"}),
            R"(table a without rowid strict
  column k Text not null
  primary key (k)
table b
  column x INT
  column y INT computed (x * (2)) stored
  column z Untyped computed (x + 1) virtual
  column w INT computed (x)
  unique constraint (z))");
}

TEST(SqliteInspect, ReadsOddlyWrittenTexts) {
  EXPECT_EQ(
      shown({"CREATE TABLE [my table] ( -- a table, (really)\n"
             "  `a``b` int /* , */ not null -- the end\n"
             "  , [check] TEXT CHECK ( -- why\n [check] <> ')' -- because\n ), 'c d' \"MY TYPE\" "
             "PRIMARY KEY DESC, \"e\"\"f\" CONSTRAINT only_a_name)",
             "ALTER TABLE [my table] ADD COLUMN late INTEGER DEFAULT 3 REFERENCES x",
             "CREATE TABLE copied AS SELECT 1 AS one, 'a' AS two"}),
      R"(table copied
  column one Untyped
  column two Untyped
table my table options (sqlite_key:c d="c d" DESC)
  column a`b int not null
  column check Text
  column c d "MY TYPE"
  column e"f Untyped
  column late Integer default 3
  primary key (c d)
  check constraint ([check] <> ')') at column check
  foreign key (late) references x)");
}

TEST(SqliteInspect, SpellsNamesAsDefined) {
  EXPECT_EQ(shown({"CREATE TABLE Parent (Id INTEGER PRIMARY KEY)",
                   "CREATE TABLE t (ID INT REFERENCES PARENT(ID), Val, UNIQUE (VAL), "
                   "FOREIGN KEY (id) REFERENCES T (val))",
                   "CREATE INDEX ix ON T (VAL)"}),
            R"(table Parent
  column Id Integer not null
  primary key (Id)
table t
  column ID INT
  column Val Untyped
  foreign key (ID) references Parent (Id)
  unique constraint (Val)
  foreign key (ID) references t (Val)
  index ix (Val))");
}

TEST(SqliteInspect, ReadsIndexes) {
  EXPECT_EQ(shown({"CREATE TABLE t (a, b TEXT, \"c d\")",
                   "CREATE UNIQUE INDEX i1 ON t (a DESC, \"c d\" COLLATE NOCASE ASC)",
                   "CREATE INDEX i2 ON t (lower(b), a + 1 DESC, (a)) WHERE a > 0 /* some */ AND b",
                   "CREATE INDEX i3 ON t (b COLLATE \"rtrim\" DESC, lower(b) COLLATE NOCASE)"}),
            R"(table t
  column a Untyped
  column b Text
  column c d Untyped
  unique index i1 (a desc, c d collate NOCASE)
  index i2 ((lower(b)), (a + 1) desc, ((a))) where a > 0  AND b
  index i3 (b collate rtrim desc, (lower(b)) collate NOCASE))");
}

TEST(SqliteInspect, KeepsWhatKeysSayBesidesNames) {
  EXPECT_EQ(shown({"CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b, c, "
                   "UNIQUE (b COLLATE NOCASE, c DESC))"}),
            R"(table t options (sqlite_key:a=a DESC, sqlite_key:b,c=b COLLATE NOCASE, c DESC)
  column a INT
  column b Untyped
  column c Untyped
  primary key (a)
  unique constraint (b, c))");
}

TEST(SqliteInspect, ReadsViewsAndTriggers) {
  EXPECT_EQ(
      shown({"CREATE TABLE t (a)", "CREATE VIEW v (x) AS SELECT a /* it */ FROM t -- end",
             "CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.x); END"}),
      R"(table t
  column a Untyped
view v (x) as SELECT a /* it */ FROM t
trigger tr on v: CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (new.x); END)");
}

TEST(SqliteInspect, LeavesOutVirtualTablesAndSqlitesOwn) {
  TestDatabase database({"CREATE VIRTUAL TABLE search USING fts5(body)",
                         "CREATE VIRTUAL TABLE places USING rtree(id, x0, x1)",
                         "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)", "ANALYZE",
                         "CREATE TEMP TABLE gone (a)"});
  EXPECT_EQ(database.shown(),
            "table t autoincrement\n  column id Integer not null\n  primary key (id)");
  const auto inspector = make_inspector(database.connection());
  EXPECT_EQ(inspector->table_names(), std::vector<std::string>{"t"});
  EXPECT_FALSE(inspector->has_table("search_data"));
  EXPECT_FALSE(inspector->find_table("search_data"));
}

TEST(SqliteInspect, ReadsAttachedSchemas) {
  TestDatabase database({"ATTACH ':memory:' AS aux", "CREATE TABLE aux.t (a REFERENCES p)",
                         "CREATE INDEX aux.ix ON t (a)", "CREATE TABLE t (b)",
                         "CREATE TRIGGER aux.tr AFTER INSERT ON t BEGIN SELECT 1; END"});
  EXPECT_EQ(database.shown(), "table t\n  column b Untyped");
  EXPECT_EQ(model::to_string(database.inspect({.all_schemas = true})), R"(schema aux
table t
  column b Untyped
table aux.t
  column a Untyped
  foreign key (a) references aux.p
  index ix (a)
trigger tr on aux.t: CREATE TRIGGER aux.tr AFTER INSERT ON t BEGIN SELECT 1; END)");
  const auto inspector = make_inspector(database.connection());
  EXPECT_EQ(inspector->schema_names(), (std::vector<std::string>{"main", "aux"}));
  EXPECT_TRUE(inspector->has_index({"aux", "t"}, "ix"));
}

TEST(SqliteInspect, AScopeGivesWhatMentionsItsTables) {
  TestDatabase database({"CREATE TABLE t (a)", "CREATE TABLE other (b)",
                         "CREATE TABLE \"q\"\"q\" (c)", "CREATE VIEW v AS SELECT * FROM T",
                         "CREATE VIEW w AS SELECT 't' FROM other",
                         "CREATE VIEW x AS SELECT * FROM \"q\"\"q\"",
                         "CREATE TRIGGER tr AFTER INSERT ON other BEGIN DELETE FROM t; END"});
  EXPECT_EQ(model::to_string(database.around("t")), R"(table t
  column a Untyped
view v as SELECT * FROM T
trigger tr on other: CREATE TRIGGER tr AFTER INSERT ON other BEGIN DELETE FROM t; END)");
  EXPECT_EQ(model::to_string(database.around("q\"q")),
            "table q\"q\n  column c Untyped\nview x as SELECT * FROM \"q\"\"q\"");
  EXPECT_EQ(model::to_string(database.around("nothing")), "");
}

TEST(SqliteInspect, AsksOnceWhateverTheNumberOfTables) {
  TestDatabase database;
  for (int i = 0; i < 300; ++i)
    database.run("CREATE TABLE t" + std::to_string(i) + " (id INTEGER PRIMARY KEY, a TEXT)");
  EXPECT_EQ(database.inspect().tables.size(), 300u);
}

TEST(SqliteInspect, SaysWhichTextItCannotRead) {
  try {
    parse_create_table("CREATE TABLE t (a INT WHATEVER? 3)");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "cannot read the definition of table 't': expected a constraint of "
                 "column 'a', got '?'");
  }
}

}  // namespace
}  // namespace cupel::dialect::sqlite
