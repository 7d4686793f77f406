// SPDX-License-Identifier: MIT
#include "command/created_names.hpp"

#include <gtest/gtest.h>

namespace cupel::command {
namespace {

using model::ObjectKind;

const sql::LexRules& rules() {
  static const sql::LexRules kRules = [] {
    sql::LexRules rules;
    rules.dollar_quotes = true;
    rules.bracket_identifiers = true;
    rules.trigger_bodies = true;
    return rules;
  }();
  return kRules;
}

std::string describe(const std::string& sql) {
  std::string text;
  for (const NameChange& change : scan_names(sql, rules())) {
    if (!text.empty()) text += "; ";
    constexpr const char* kWords[] = {"+", "-", "rename ", "move "};
    text += kWords[static_cast<int>(change.kind)] + to_string(change.object);
    if (!change.to.empty()) text += " to " + change.to;
  }
  return text;
}

bool owns(const std::string& sql, const model::ObjectName& name,
          ObjectKind kind = ObjectKind::Table) {
  CreatedNames names("public");
  names.apply(scan_names(sql, rules()), "r1");
  return names.origin_of({kind, name, {}}) != nullptr;
}

TEST(ScanNames, CreationOfEveryKind) {
  EXPECT_EQ(describe("CREATE TABLE Users (id int)"), "+table 'users'");
  EXPECT_EQ(describe("create unlogged table if not exists s.\"Users\" (id int)"),
            "+table 's.Users'");
  EXPECT_EQ(describe("CREATE TABLE [a b] (id int); CREATE TEMP TABLE \"a\"\"b\" (x int)"),
            "+table 'a b'; +table 'a\"b'");
  EXPECT_EQ(describe("CREATE OR REPLACE VIEW v AS SELECT 1"), "+view 'v'");
  EXPECT_EQ(describe("CREATE MATERIALIZED VIEW mv AS SELECT 1"), "+view 'mv'");
  EXPECT_EQ(describe("CREATE TYPE mood AS ENUM ('a')"), "+enum 'mood'");
  EXPECT_EQ(describe("CREATE SEQUENCE seq; CREATE DOMAIN d AS int; CREATE SCHEMA s"),
            "+sequence 'seq'; +domain 'd'; +schema 's'");
  EXPECT_EQ(describe("CREATE FUNCTION f(a int) RETURNS int AS $$ SELECT 1; CREATE TABLE no() $$"),
            "+function 'f()'");
  EXPECT_EQ(describe("CREATE TRIGGER tr BEFORE INSERT OR UPDATE OF a ON s.t BEGIN SELECT 1; END"),
            "+trigger 's.tr' on table 't'");
}

TEST(ScanNames, WhatIsNoCreation) {
  EXPECT_EQ(describe("CREATE INDEX ix ON t (a); INSERT INTO t VALUES ('CREATE TABLE x (a int)')"),
            "");
  EXPECT_EQ(describe("-- CREATE TABLE x (a int)\n/* CREATE TABLE y (a int) */ SELECT 1"), "");
  EXPECT_EQ(describe("CREATE TABLE 'unclosed"), "");
}

TEST(ScanNames, DropsAndRenames) {
  EXPECT_EQ(describe("DROP TABLE IF EXISTS a, s.b CASCADE"), "-table 'a'; -table 's.b'");
  EXPECT_EQ(describe("ALTER TABLE IF EXISTS ONLY a RENAME TO b"), "rename table 'a' to b");
  EXPECT_EQ(describe("ALTER TABLE a RENAME COLUMN x TO y; ALTER TABLE a ADD COLUMN z int"), "");
  EXPECT_EQ(describe("ALTER TABLE a SET SCHEMA s"), "move table 'a' to s");
}

TEST(ScanNames, LooksIntoAnonymousBlocks) {
  EXPECT_EQ(describe("DO $do$ BEGIN IF true THEN CREATE TABLE a (id int); END IF; "
                     "DROP VIEW v; END $do$"),
            "+table 'a'; -view 'v'");
}

TEST(CreatedNames, FollowWhatHappensToAName) {
  EXPECT_TRUE(owns("CREATE TABLE public.a (id int)", "a"));
  EXPECT_TRUE(owns("CREATE TABLE a (id int)", {"public", "A"}));
  EXPECT_FALSE(owns("CREATE TABLE s.a (id int)", "a"));
  EXPECT_FALSE(owns("CREATE TABLE a (id int); DROP TABLE public.a", "a"));
  EXPECT_TRUE(owns("CREATE TABLE a (id int); ALTER TABLE a RENAME TO b", "b"));
  EXPECT_FALSE(owns("CREATE TABLE a (id int); ALTER TABLE a RENAME TO b", "a"));
  EXPECT_TRUE(owns("CREATE TABLE a (id int); ALTER TABLE a SET SCHEMA s", {"s", "a"}));
  // A rebuild: the new table takes the old one's name.
  EXPECT_TRUE(
      owns("CREATE TABLE a (i int); CREATE TABLE new_a (i int); DROP TABLE a; "
           "ALTER TABLE new_a RENAME TO a",
           "a"));
  EXPECT_FALSE(owns("ALTER TABLE theirs RENAME TO b", "b"));
  EXPECT_FALSE(owns("CREATE VIEW a AS SELECT 1", "a"));
}

TEST(CreatedNames, RememberWhatMadeThem) {
  CreatedNames names("public");
  names.apply(scan_names("CREATE TABLE a (i int)", rules()), "r1");
  names.apply(scan_names("ALTER TABLE a RENAME TO b; CREATE TABLE s.c (i int)", rules()), "r2");
  EXPECT_EQ(*names.origin_of({ObjectKind::Table, "b", {}}), "r1");
  EXPECT_EQ(*names.origin_of({ObjectKind::Table, {"s", "c"}, {}}), "r2");
  EXPECT_EQ(names.schemas(), (std::vector<std::string>{"", "s"}));
}

TEST(CreatedNames, ATableRebuiltByHandIsTheOneThatWasThere) {
  CreatedNames names("");
  names.apply(scan_names("CREATE TABLE a (i int)", rules()), "r1");
  names.apply(scan_names("CREATE TABLE a_new (i int); INSERT INTO a_new SELECT i FROM a; "
                         "DROP TABLE a; ALTER TABLE a_new RENAME TO a",
                         rules()),
              "r2");
  EXPECT_EQ(*names.origin_of({ObjectKind::Table, "a", {}}), "r1");
  names.apply(scan_names("DROP TABLE a; CREATE TABLE b (i int)", rules()), "r3");
  names.apply(scan_names("ALTER TABLE b RENAME TO a", rules()), "r4");
  EXPECT_EQ(*names.origin_of({ObjectKind::Table, "a", {}}), "r3");
}

}  // namespace
}  // namespace cupel::command
