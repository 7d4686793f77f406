// SPDX-License-Identifier: MIT
// Statements to effects: what our own writer writes comes back as what was meant, and what others
// write is understood or named. Random schemas: tests/schemas/read_back_test.cpp.
#include "dialect/postgres/lint/reader.hpp"

#include <gtest/gtest.h>

#include <set>

#include "cupel/base/error.hpp"
#include "cupel/diff/diff.hpp"
#include "cupel/ops/services.hpp"
#include "dialect/postgres/ddl.hpp"
#include "dialect/postgres/diff_rules.hpp"
#include "golden/recorder.hpp"
#include "ops/samples_testing.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::Schema;

class Known final : public sql::SchemaSource {
 public:
  explicit Known(const Schema& schema) : schema_(schema) {}
  Schema around(const model::ObjectName&) override { return schema_; }
  Schema all() override { return schema_; }

 private:
  const Schema& schema_;
};

/// "create index 'ix' on table 't'" for each operation, other effects by what they are called.
std::string shown(const lint::Step& step) {
  std::string text;
  for (const lint::Effect& effect : step.effects) {
    if (!text.empty()) text += "; ";
    if (const auto* op = std::get_if<ops::Operation>(&effect)) text += ops::describe(*op);
    if (std::holds_alternative<lint::Truncate>(effect)) text += "truncate";
    if (const auto* rows = std::get_if<lint::ChangeRows>(&effect))
      text += "rows of " + to_string(rows->table) + (rows->has_where ? " where" : "");
    if (const auto* word = std::get_if<lint::ControlTransaction>(&effect)) text += word->word;
    if (const auto* set = std::get_if<lint::SetVariable>(&effect))
      text += "set " + set->name + "=" + set->value + (set->local ? " local" : "");
    if (const auto* who = std::get_if<lint::ChangePrivileges>(&effect))
      text += "privileges: " + who->description;
    if (const auto* other = std::get_if<lint::Other>(&effect)) {
      text += "other: " + other->kind + " " + to_string(other->object) + " " + other->detail +
              (other->concurrently ? " concurrently" : "");
    }
    if (const auto* no = std::get_if<lint::NotUnderstood>(&effect)) text += "?: " + no->reason;
  }
  return text;
}

/// Whether an UPDATE or DELETE finds its rows by a key.
bool goes_by_key(const std::string& sql, const Schema& before) {
  const lint::Step step = read_statement(sql, before);
  return std::get<lint::ChangeRows>(step.effects.front()).by_key;
}

std::string shown(const std::string& sql, const Schema& before = {}) {
  return shown(read_statement(sql, before));
}

void follow(const std::string& sql, Schema& schema) {
  const lint::Step step = read_statement(sql, schema);
  for (const lint::Effect& effect : step.effects) {
    if (const auto* no = std::get_if<lint::NotUnderstood>(&effect)) {
      // A function's body is checked by nobody here; samples leave it out.
      EXPECT_NE(sql.find("..."), std::string::npos) << no->reason << "\n" << sql;
    }
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation != nullptr) ops::apply(*operation, schema);
  }
}

TEST(StatementReader, ReadsBackWhatTheWriterWrites) {
  const Schema start = ops::sample_schema();
  for (const ops::Operation& operation : ops::all_samples()) {
    const std::string name = ops::describe(operation);
    if (name.find("...") != std::string::npos) continue;
    Schema meant = start;
    Schema read = start;
    Known known(start);
    std::vector<sql::Statement> statements;
    try {
      statements = writer().write(operation, {&known});
    } catch (const NotSupported&) {
      continue;
    }
    ops::apply(operation, meant);
    std::string all;
    bool has_ellipsis = false;
    for (const sql::Statement& it : statements) {
      all += it.sql + "\n";
      has_ellipsis = has_ellipsis || it.sql.find("...") != std::string::npos;
    }
    if (has_ellipsis) continue;
    try {
      for (const sql::Statement& it : statements) follow(it.sql, read);
    } catch (const Error& error) {
      ADD_FAILURE() << name << ": " << error.to_string() << "\n" << all;
      continue;
    }
    const diff::Difference difference = diff::compare(read, meant, diff_rules());
    EXPECT_TRUE(difference.empty()) << name << "\n" << all << ops::describe(difference.operations);
    EXPECT_EQ(read.enums, meant.enums) << name;
    EXPECT_EQ(read.triggers, meant.triggers) << name;
    EXPECT_EQ(read.views, meant.views) << name;
    EXPECT_EQ(read.domains, meant.domains) << name;
  }
}

TEST(StatementReader, UnderstandsWhatTheGoldenCasesWrite) {
  using namespace golden;
  const dialect::Dialect& own = dialect::find_dialect("postgresql");
  // Alembic's tests pass texts that no server takes: (x + 1, y), foo='bat' of a table called table.
  const std::set<int> kNoSql{114, 215, 231, 232, 233};
  int statements = 0;
  for (const auto& cases :
       {table_cases(), column_cases(), alter_column_cases(), comment_cases(), index_cases(),
        constraint_cases(), type_cases(), data_cases(), naming_cases(), batch_cases()}) {
    for (const Case& it : cases) {
      if (!it.run) continue;
      for (const std::string& line : written_by(it, own)) {
        if (line.rfind("error:", 0) == 0 || line.rfind("(no SQL)", 0) == 0 ||
            line.rfind("not applicable", 0) == 0) {
          continue;
        }
        ++statements;
        const std::string text = shown(line);
        const bool understood = text.find("?: ") == std::string::npos;
        EXPECT_NE(understood, kNoSql.contains(it.number)) << it.number << ": " << line << "\n"
                                                          << text;
      }
    }
  }
  EXPECT_GT(statements, 200);
}

TEST(StatementReader, ReadsPartsOfOneStatement) {
  EXPECT_EQ(
      shown("ALTER TABLE t ADD COLUMN a int DEFAULT 3 CHECK (a > 0), ALTER b TYPE bigint "
            "USING (b::bigint), ALTER b SET DEFAULT f(1, 2), DROP COLUMN IF EXISTS c CASCADE, "
            "ADD CONSTRAINT u UNIQUE (a), VALIDATE CONSTRAINT k"),
      "add column 'a' to table 't'; alter column 'b' of table 't': type BigInteger; "
      "alter column 'b' of table 't': default f(1, 2); drop column 'c' from table 't'; "
      "add constraint to table 't': unique constraint u (a); validate constraint 'k' of table 't'");
}

TEST(StatementReader, ReadsColumnsAsWritten) {
  const lint::Step step = read_statement(
      "create table s.t (id bigserial primary key, a \"Weird\"(3)[] , b timestamp(3) with time "
      "zone "
      "not null default now(), c interval day to second(2) default '1 day'::interval, "
      "d int generated always as ((id + 1)) stored, e bigint generated by default as identity "
      "(start with -5 increment by -1), f numeric(10, 2) references public.p (x) on delete cascade "
      "deferrable initially deferred)",
      {});
  const auto* create = std::get_if<ops::CreateTable>(&std::get<ops::Operation>(step.effects.at(0)));
  ASSERT_NE(create, nullptr);
  EXPECT_EQ(to_string(create->table),
            "table s.t\n"
            "  column id BigInteger not null autoincrement\n"
            "  column a Array(\"Weird\"(3))\n"
            "  column b DateTime(3, timezone) not null default now()\n"
            "  column c Interval(DAY TO SECOND, 2) default '1 day'::interval\n"
            "  column d Integer computed ((id + 1)) stored no autoincrement\n"
            "  column e BigInteger not null identity start -5 increment -1 no autoincrement\n"
            "  column f Numeric(10, 2)\n"
            "  primary key (id)\n"
            "  foreign key (f) references p (x) on delete cascade deferrable initially deferred");
}

TEST(StatementReader, NamesWhatElseStatementsDo) {
  EXPECT_EQ(shown("TRUNCATE a, b CASCADE"), "truncate");
  EXPECT_EQ(shown("UPDATE t SET a = 1"), "rows of t");
  EXPECT_EQ(shown("DELETE FROM s.t WHERE a = 1"), "rows of s.t where");
  EXPECT_EQ(shown("WITH gone AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM gone"),
            "rows of t; rows of u");
  EXPECT_EQ(shown("set local lock_timeout = '2s'"), "set lock_timeout=2s local");
  EXPECT_EQ(shown("select set_config('search_path', '', false)"),
            "set search_path=; other: select  ");
  EXPECT_EQ(shown("COMMIT"), "COMMIT");
  EXPECT_EQ(shown("reindex (concurrently) index i"), "other: reindex i index concurrently");
  EXPECT_EQ(shown("lock table t in share mode"), "other: lock table t share");
  EXPECT_EQ(shown("grant select on t to x"), "privileges: grant select on t to x");
  EXPECT_EQ(shown("alter table t enable row level security"),
            "privileges: enables row level security on table 't'; other: row level security t ");
  EXPECT_EQ(shown("select pg_advisory_lock(1)"), "other: advisory lock  session; other: select  ");
  EXPECT_EQ(shown("ALTER TABLE t DETACH PARTITION k CONCURRENTLY").substr(0, 6), "detach");
}

TEST(StatementReader, LooksIntoBlocks) {
  EXPECT_EQ(
      shown("DO $$ BEGIN IF NOT EXISTS (SELECT 1) THEN CREATE TYPE m AS ENUM ('a'); END IF; "
            "PERFORM pg_notify('a', 'b'); EXECUTE 'x' || y; END $$"),
      "create enum 'm' ('a'); other: select  ; ?: it runs SQL that is put together at run time");
  EXPECT_EQ(shown("DO LANGUAGE plperl $$ 1 $$"), "?: a block in language plperl");
}

TEST(PostgresReader, ABlockRunsAConstantText) {
  EXPECT_EQ(shown("DO $$ BEGIN EXECUTE 'DROP TABLE \"it''s\"'; END $$"), "drop table 'it's'");
}

TEST(PostgresReader, RowsByKey) {
  Schema schema;
  follow("CREATE TABLE t (id int PRIMARY KEY, a int, b int, c int, UNIQUE (a, b))", schema);
  follow("CREATE UNIQUE INDEX ON t (c) WHERE a > 0", schema);
  for (const char* where :
       {"id = 5", "5 = id", "t.id = $1 AND c > 3", "id IN (1, 2)", "b = 1 AND a = '2'::int"})
    EXPECT_TRUE(goes_by_key(std::string("DELETE FROM t WHERE ") + where, schema)) << where;
  for (const char* where : {"id > 5", "id = 5 OR c = 1", "a = 1", "c = 1", "id = b", "NOT id = 5",
                            "id IN (SELECT 1)", "id = (SELECT 1)", "id <> 5", "id = ANY ($1)"})
    EXPECT_FALSE(goes_by_key(std::string("UPDATE t SET b = 1 WHERE ") + where, schema)) << where;
  EXPECT_FALSE(goes_by_key("DELETE FROM t USING u WHERE id = 5", schema));
}

TEST(StatementReader, SaysWhatItDoesNotUnderstand) {
  EXPECT_EQ(shown("ALTER TABEL t ADD COLUMN a int"), "?: syntax error at or near \"TABEL\"");
  EXPECT_EQ(shown("SELECT my_own_function()"),
            "?: it calls function 'my_own_function', whose effects are not known; other: select  ");
  EXPECT_EQ(shown("CREATE TABLE k AS SELECT * FROM t")
                .find("create table 'k'; rows of k; ?: the columns"),
            0U);
  EXPECT_EQ(shown("CREATE TABLE k AS SELECT a, b AS c FROM t"), "create table 'k'; rows of k");
  EXPECT_EQ(shown("CREATE TABLE k AS SELECT a, b AS c FROM t WITH NO DATA"), "create table 'k'");
  EXPECT_EQ(shown(""), "");
  EXPECT_EQ(shown("-- only a comment"), "");
  const std::string deep = "SELECT 1" + std::string(200'000, ' ').replace(0, 0, [] {
    std::string sum;
    for (int i = 0; i < 50'000; ++i) sum += "+1";
    return sum;
  }());
  EXPECT_EQ(shown(deep), "?: it is too long to be parsed");
}

TEST(StatementReader, KnowsWordsThatAreNewerThanItsParser) {
  EXPECT_EQ(shown("ALTER TABLE t ADD CONSTRAINT c NOT NULL a NOT VALID"),
            "add constraint to table 't': check constraint c (a IS NOT NULL) not valid");
}

}  // namespace
}  // namespace cupel::dialect::postgres
