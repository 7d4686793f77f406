// SPDX-License-Identifier: MIT
#include "cupel/lint/destructive.hpp"

#include <gtest/gtest.h>

#include "cupel/base/text.hpp"
#include "cupel/dialect/dialect.hpp"
#include "cupel/model/define.hpp"

namespace cupel::lint {
namespace {

using Lines = std::vector<std::string>;

std::string line(const Destruction& it) {
  std::string text = it.code + " " + it.description + " <" + it.table;
  if (!it.column.empty()) text += "." + it.column;
  if (!it.type.empty()) text += ":" + it.type;
  if (!it.using_expression.empty()) text += " using " + it.using_expression;
  if (!it.kept.empty()) text += " kept " + text::join(it.kept, ",");
  return text + ">";
}

Lines lines(const std::vector<Destruction>& found) {
  Lines result;
  for (const Destruction& it : found) result.push_back(line(it));
  return result;
}

Lines found(std::vector<std::string_view> statements) {
  DestructionWatch watch(dialect::find_dialect("postgresql").writer());
  return lines(watch.see(statements));
}

TEST(Destructive, StatementsThatDestroy) {
  EXPECT_EQ(found({"DROP TABLE users"}), (Lines{"DS001 drops table 'users' <users>"}));
  EXPECT_EQ(
      found({"-- away\ndrop /* x */ table if exists a, public.\"B c\" cascade"}),
      (Lines{"DS001 drops table 'a' <a>", "DS001 drops table 'public.B c' <public.\"B c\">"}));
  EXPECT_EQ(found({"TRUNCATE a", "truncate table only b, c restart identity"}),
            (Lines{"DS004 empties table 'a' <a>", "DS004 empties table 'b' <b>",
                   "DS004 empties table 'c' <c>"}));
  EXPECT_EQ(found({"DELETE FROM a"}), (Lines{"DV001 deletes all rows of table 'a' <a>"}));
  EXPECT_EQ(found({"WITH old AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM old"}),
            (Lines{"DV001 deletes all rows of table 'a' <a>"}));
  EXPECT_EQ(found({"ALTER TABLE a DROP b"}), (Lines{"DS002 drops column 'b' of table 'a' <a.b>"}));
  EXPECT_EQ(found({"ALTER TABLE IF EXISTS ONLY a ALTER c SET NOT NULL, DROP COLUMN IF EXISTS \"b\""
                   " CASCADE, ADD d int"}),
            (Lines{"DS002 drops column 'b' of table 'a' <a.\"b\">"}));
  EXPECT_EQ(found({"ALTER TABLE a ALTER COLUMN b SET DATA TYPE numeric(10, 2) USING b::numeric, "
                   "ALTER c TYPE int"}),
            (Lines{"DS006 changes the type of column 'b' of table 'a' to numeric(10, 2) "
                   "<a.b:numeric(10, 2) using b::numeric>",
                   "DS006 changes the type of column 'c' of table 'a' to int <a.c:int>"}));
  EXPECT_EQ(found({"DROP SCHEMA s CASCADE", "DROP DATABASE d", "DROP OWNED BY app",
                   "DROP TYPE mood CASCADE", "DROP EXTENSION vector CASCADE"}),
            (Lines{"DS003 drops schema 's' with all that is in it <>",
                   "DS003 drops database 'd' with all that is in it <>",
                   "DS003 drops all that belongs to a role <>",
                   "DS007 drops type 'mood' with all columns that have it <>",
                   "DS007 drops extension 'vector' with all that depends on it <>"}));
}

TEST(Destructive, BlocksAreLookedInto) {
  EXPECT_EQ(found({"DO $$ BEGIN IF true THEN DROP TABLE a; END IF; DELETE FROM b; END $$"}),
            (Lines{"DS001 drops table 'a' <a>", "DV001 deletes all rows of table 'b' <b>"}));
}

TEST(Destructive, StatementsThatDoNot) {
  EXPECT_EQ(found({"SELECT 'DROP TABLE a'",
                   "-- DROP TABLE a\nSELECT 1",
                   "DELETE FROM a WHERE b = 1",
                   "DELETE FROM a USING c WHERE a.b = c.b",
                   "DROP INDEX i",
                   "DROP VIEW v CASCADE",
                   "DROP SCHEMA s",
                   "DROP TYPE mood",
                   "DROP SEQUENCE s",
                   "DROP MATERIALIZED VIEW m",
                   "ALTER TABLE a DROP CONSTRAINT b",
                   "ALTER TABLE a ALTER b DROP DEFAULT",
                   "ALTER TABLE a ALTER b DROP NOT NULL, ALTER c SET DEFAULT 1",
                   "ALTER INDEX drop_table RENAME TO x",
                   "CREATE TABLE t (a int)",
                   "CREATE RULE r AS ON DELETE TO a DO INSTEAD NOTHING",
                   "",
                   ";",
                   "DROP",
                   "DROP TABLE",
                   "ALTER TABLE",
                   "ALTER TABLE a DROP",
                   "DELETE FROM",
                   "TRUNCATE",
                   "DO",
                   "DO $$",
                   "WITH"}),
            Lines{});
}

TEST(Destructive, WhatTheRunHasMadeIsNotLost) {
  EXPECT_EQ(found({"CREATE TABLE a (b int)", "INSERT INTO A VALUES (1)", "ALTER TABLE a DROP b",
                   "DROP TABLE a", "CREATE UNLOGGED TABLE x (b int)", "ALTER TABLE x RENAME TO y",
                   "TRUNCATE y", "ALTER TABLE z ADD COLUMN c int", "ALTER TABLE z DROP c"}),
            Lines{});
  EXPECT_EQ(found({"CREATE TABLE IF NOT EXISTS a (b int)", "DROP TABLE a"}),
            (Lines{"DS001 drops table 'a' <a>"}));
  EXPECT_EQ(found({"CREATE TABLE \"A\" (b int)", "DROP TABLE a"}),
            (Lines{"DS001 drops table 'a' <a>"}));
}

TEST(Destructive, NamesAreThoseBeforeTheRun) {
  const Lines expected{"DS002 drops column 'd' of table 'b' <a.c>", "DS001 drops table 'b' <a>"};
  EXPECT_EQ(found({"ALTER TABLE a RENAME TO b", "ALTER TABLE b RENAME COLUMN c TO d",
                   "ALTER TABLE b DROP d", "DROP TABLE b"}),
            expected);
  DestructionWatch watch(dialect::find_dialect("postgresql").writer());
  watch.see(ops::RenameTable{"a", "b"});
  watch.has_run();
  EXPECT_EQ(lines(watch.see(ops::DropTable{"b"})), (Lines{"DS001 drops table 'b' <b>"}));
}

TEST(Destructive, ARebuildLosesTheColumnsItLeavesOut) {
  const std::vector<std::string_view> rebuild{
      "CREATE TABLE _new_t (a int, b int)", "INSERT INTO _new_t (a, b) SELECT a, \"B\" + 1 FROM t",
      "DROP TABLE t", "ALTER TABLE _new_t RENAME TO t"};
  EXPECT_EQ(found(rebuild), (Lines{"DS002 rebuilds table 't' <t kept a,b>"}));
  EXPECT_EQ(found({rebuild[0], "INSERT INTO _new_t SELECT * FROM t", rebuild[2], rebuild[3]}),
            Lines{});
  EXPECT_EQ(
      found({rebuild[0], "INSERT OR ABORT INTO _new_t SELECT * FROM t", rebuild[2], rebuild[3]}),
      Lines{});
  const Lines all{"DS001 drops table 't' <t>"};
  EXPECT_EQ(
      found({rebuild[0], "INSERT OR IGNORE INTO _new_t SELECT * FROM t", rebuild[2], rebuild[3]}),
      all);
  EXPECT_EQ(
      found({rebuild[0], "INSERT INTO _new_t SELECT * FROM t WHERE a > 1", rebuild[2], rebuild[3]}),
      all);
  EXPECT_EQ(found({rebuild[0], "INSERT INTO _new_t SELECT * FROM u", rebuild[2], rebuild[3]}), all);
  EXPECT_EQ(found({rebuild[0], rebuild[1], rebuild[2]}), all);
  // Afterwards it is no new table: it holds the rows of the old one.
  EXPECT_EQ(found({rebuild[0], "INSERT INTO _new_t SELECT * FROM t", rebuild[2], rebuild[3],
                   "ALTER TABLE t DROP COLUMN b"}),
            (Lines{"DS002 drops column 'b' of table 't' <t.b>"}));
  EXPECT_EQ(found({"ALTER TABLE t RENAME TO t_old", "CREATE TABLE t (a int)",
                   "INSERT INTO t SELECT * FROM t_old", "DROP TABLE t_old", "DROP TABLE t"}),
            all);
}

TEST(Destructive, Operations) {
  DestructionWatch watch(dialect::find_dialect("postgresql").writer());
  const auto see = [&](const ops::Operation& operation) { return lines(watch.see(operation)); };
  EXPECT_EQ(see(ops::DropTable{{"s", "My Table"}}),
            (Lines{"DS001 drops table 's.My Table' <s.\"My Table\">"}));
  EXPECT_EQ(see(ops::DropColumn{"t", "c"}), (Lines{"DS002 drops column 'c' of table 't' <t.c>"}));
  ops::DropColumn derived{"t", "c"};
  derived.was.emplace();
  derived.was->computed.emplace();
  EXPECT_EQ(see(derived), Lines{});
  ops::AlterColumn alter{"t", "c"};
  alter.nullable = true;
  EXPECT_EQ(see(alter), Lines{});
  alter.type = model::String(5);
  EXPECT_EQ(see(alter), (Lines{"DS006 changes the type of column 'c' of table 't' to VARCHAR(5) "
                               "<t.c:VARCHAR(5)>"}));
  ops::AlterTable batch{"t", {ops::AddColumn{"", {.name = "n"}}, ops::DropColumn{"", "o"}}};
  EXPECT_EQ(see(batch), (Lines{"DS002 drops column 'o' of table 't' <t.o>"}));
  EXPECT_EQ(see(ops::DropColumn{"t", "n"}), Lines{});
  EXPECT_EQ(see(ops::CreateTable{{.name = "new"}}), Lines{});
  EXPECT_EQ(see(ops::DropTable{"new"}), Lines{});
  EXPECT_EQ(see(ops::DropSchema{"s"}), Lines{});
  EXPECT_EQ(see(ops::DropSchema{"s", false, true}).size(), 1U);
  EXPECT_EQ(see(ops::ExecuteSql{"DROP TABLE x"}), Lines{});  // judged as the statements it holds
}

}  // namespace
}  // namespace cupel::lint
