// SPDX-License-Identifier: MIT
// The rules against the truth: every statement of tests/lint/postgres_statements.tsv runs on tables
// with rows; what it locked, read and wrote anew is compared with what is foretold and with what
// the rules say. The table in docs/lint-postgresql.md is made here (CUPEL_UPDATE_GOLDEN=1).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"
#include "cupel/ops/services.hpp"
#include "cupel/sql/splitter.hpp"
#include "dialect/postgres/inspect.hpp"
#include "dialect/postgres/lex.hpp"
#include "dialect/postgres/lint/impact.hpp"
#include "dialect/postgres/lint/lint.hpp"
#include "dialect/postgres/lint/trace.hpp"
#include "dialect/postgres/types.hpp"
#include "support/postgres_database.hpp"

namespace cupel::dialect::postgres {
namespace {

using lint::Finding;
using lint::Severity;
using lint::TracedStatement;

/// Enough rows that a whole reading is told from a look.
constexpr int kRows = 10'000;

const char* const kSetup = R"(
CREATE SCHEMA app;
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN short AS text;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE feelings (m mood);
INSERT INTO feelings VALUES ('ok');
CREATE FUNCTION own_number() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';
CREATE FUNCTION own_trigger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE p (id int PRIMARY KEY, v int);
INSERT INTO p SELECT g FROM generate_series(1, 100) g;
CREATE TABLE t (
  id int PRIMARY KEY, a int, b int NOT NULL DEFAULT 1, s varchar(20), x text,
  n numeric(10, 2) CONSTRAINT t_n_check CHECK (n >= 0), m numeric(10, 2), ts timestamp,
  tz timestamptz, tz3 timestamptz(3), ch char(10), vb varbit(8), ip cidr, j jsonb,
  ck varchar(20) CHECK (ck <> 'bad'), pa varchar(20), proven int, p_id int, u int NOT NULL,
  r int4range, sh short, CONSTRAINT t_proof CHECK (proven IS NOT NULL));
INSERT INTO t SELECT g, g, g, 's' || g % 10000, 'x', 1, 1, '2026-01-01', '2026-01-01',
  '2026-01-01', 'c', B'101', '10.0.0.0/8', '{}', 'ok', 'pa', g, 1 + g % 100, g,
  int4range(g * 10, g * 10 + 5), 'fine' FROM generate_series(1, 10000) g;
CREATE INDEX t_s ON t (s);
CREATE INDEX t_b ON t (b);
CREATE INDEX t_pa ON t (id) WHERE pa = 'pa';
CREATE UNIQUE INDEX t_u ON t (u);
CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION own_trigger();
ALTER TABLE t ADD CONSTRAINT t_later CHECK (a >= 0) NOT VALID;
ALTER TABLE t ADD CONSTRAINT t_fk_later FOREIGN KEY (p_id) REFERENCES p NOT VALID;
CREATE TABLE c (id int, p_id int CONSTRAINT c_fk REFERENCES p);
INSERT INTO c SELECT g, 1 + g % 100 FROM generate_series(1, 10000) g;
CREATE TABLE np (id int NOT NULL, k int);
INSERT INTO np SELECT g, g FROM generate_series(1, 10000) g;
CREATE UNIQUE INDEX np_id ON np (id);
CREATE UNIQUE INDEX np_k ON np (k);
CREATE TABLE par (id int);
CREATE TABLE solo (id int);
INSERT INTO solo SELECT g FROM generate_series(1, 10000) g;
CREATE UNLOGGED TABLE ul (id int);
INSERT INTO ul SELECT g FROM generate_series(1, 10000) g;
CREATE TABLE pt (id int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (10000);
CREATE TABLE pt2 (id int NOT NULL);
CREATE TABLE pt3 (id int NOT NULL, CHECK (id >= 20000 AND id < 30000));
INSERT INTO pt SELECT g FROM generate_series(0, 9999) g;
INSERT INTO pt2 SELECT g FROM generate_series(10000, 19999) g;
INSERT INTO pt3 SELECT g FROM generate_series(20000, 29999) g;
CREATE MATERIALIZED VIEW mv AS SELECT id, u FROM t;
CREATE UNIQUE INDEX mv_id ON mv (id);
ANALYZE;
)";

struct Case {
  std::string name;
  std::vector<std::string> statements;
  std::string sql;
  std::set<std::string> codes;
  std::string squawk;
};

std::string file_at(const std::string& path) {
  std::ifstream file(std::string(CUPEL_SOURCE_DIR) + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> words_in(const std::string& text, char separator) {
  std::vector<std::string> words;
  for (const std::string& it : text::split(text, separator)) {
    const std::string word(text::trim(it));
    if (!word.empty() && word != "-") words.push_back(word);
  }
  return words;
}

std::vector<Case> cases() {
  std::vector<Case> result;
  for (const std::string& line :
       text::split(file_at("/tests/lint/postgres_statements.tsv"), '\n')) {
    const std::vector<std::string> cells = text::split(line, '\t');
    if (line.empty() || line.front() == '#' || cells.size() != 4) continue;
    const std::vector<std::string> codes = words_in(cells[2], ' ');
    result.push_back(
        {cells[0], words_in(cells[1], ';'), cells[1], {codes.begin(), codes.end()}, cells[3]});
  }
  return result;
}

/// What the rules say of statements that follow each other in one transaction.
std::vector<Finding> judged(const Case& it, model::Schema schema, int version,
                            const std::map<model::ObjectName, std::int64_t>* rows = nullptr) {
  std::vector<Finding> findings;
  const auto report = [&](Finding finding) {
    if (finding.severity != Severity::Off) findings.push_back(std::move(finding));
  };
  const std::unique_ptr<lint::DialectLint> lint = make_lint();
  const std::unique_ptr<lint::RevisionJudge> judge = lint->make_judge();
  std::set<model::ObjectName> made;
  for (const std::string& sql : it.statements) {
    lint::Step step = lint->read(sql, schema);
    step.in_transaction = !runs_outside_transaction(sql);
    lint::State state{.schema = schema, .new_tables = made, .server_version = version};
    state.rows = rows;
    state.has_lock_timeout = true;
    state.has_statement_timeout = true;
    judge->see(step, state, report);
    for (const lint::Effect& effect : step.effects) {
      const auto* operation = std::get_if<ops::Operation>(&effect);
      if (operation == nullptr) continue;
      if (const auto* create = std::get_if<ops::CreateTable>(operation))
        made.insert(create->table.name);
      ops::apply(*operation, schema);
    }
  }
  judge->end_transaction(report);
  judge->end_revision({.schema = schema, .new_tables = made}, report);
  return findings;
}

bool holds_strongly(const TracedStatement& traced) {
  return std::any_of(traced.locks.begin(), traced.locks.end(), [](const lint::TracedLock& it) {
    // EXCLUSIVE is taken by REFRESH ... CONCURRENTLY only, on a view that nobody else writes to.
    return it.mode == "ACCESS EXCLUSIVE" || it.mode == "SHARE ROW EXCLUSIVE" || it.mode == "SHARE";
  });
}

bool empties(const TracedStatement& traced) { return traced.sql.rfind("TRUNCATE", 0) == 0; }

/// Whole tables read or written anew. A look at a row (a unique check, a partition's bound) is
/// neither, and an empty file is no work.
bool goes_through(const TracedStatement& traced) {
  if (empties(traced)) return false;
  return !traced.rewritten.empty() ||
         std::any_of(traced.scans.begin(), traced.scans.end(),
                     [](const lint::TracedScan& it) { return it.rows >= kRows / 2; });
}

std::string joined(const std::vector<std::string>& parts) {
  return parts.empty() ? "-" : text::join(parts, ", ");
}

/// One row of the table in the docs. Times differ from run to run, and are left out.
std::string row_of(const Case& it, const std::vector<TracedStatement>& traced,
                   const std::vector<Finding>& findings) {
  std::vector<std::string> locks;
  std::vector<std::string> rewritten;
  std::vector<std::string> read;
  for (const TracedStatement& one : traced) {
    if (!one.was_run) locks.push_back("(" + one.trouble + ")");
    for (const lint::TracedLock& lock : one.locks) {
      locks.push_back(to_string(lock.table) + " " + lock.mode);
    }
    for (const model::ObjectName& table : one.rewritten) rewritten.push_back(to_string(table));
    for (const lint::TracedScan& scan : one.scans)
      if (scan.rows >= kRows / 2) read.push_back(to_string(scan.table));
  }
  std::vector<std::string> said;
  for (const Finding& finding : findings) {
    if (std::find(said.begin(), said.end(), finding.code) == said.end())
      said.push_back(finding.code);
  }
  std::string squawk = it.squawk == "-" ? "-" : text::replace_all(it.squawk, " ", ", ");
  return "| " + text::replace_all(it.name, "|", "\\|") + " | " + joined(locks) + " | " +
         joined(rewritten) + " | " + joined(read) + " | " + joined(said) + " | " + squawk + " |\n";
}

class PostgresLintTruth : public testing::Test {
 protected:
  void SetUp() override {
    if (!testing_support::PostgresDatabase::is_available())
      GTEST_SKIP() << "CUPEL_TEST_POSTGRES_URL is not set";
    database_ = std::make_unique<testing_support::PostgresDatabase>();
    try {
      database_->query("CREATE ROLE other_role");
    } catch (const DatabaseError&) {
      // Roles belong to the server: another test has made it.
    }
    for (const sql::StatementText& it : sql::split_statements(kSetup, lex_rules()))
      database_->query(it.text);
    schema_ = make_inspector(database_->connection())->inspect({.all_schemas = true});
  }

  void hold(const Case& it, std::string& table) {
    const testing::ScopedTrace where(__FILE__, __LINE__, it.name + ": " + it.sql);
    const int version = database_->connection().server_version();
    const std::vector<Finding> findings = judged(it, schema_, version);
    std::set<std::string> codes;
    for (const Finding& finding : findings) codes.insert(finding.code);
    EXPECT_EQ(codes, it.codes);

    const std::vector<TracedStatement> traced =
        trace(database_->connection(), it.statements, schema_);
    for (const TracedStatement& one : traced) hold_foretold(one);
    const bool is_hazard = std::any_of(traced.begin(), traced.end(), [](const auto& one) {
      return holds_strongly(one) && goes_through(one);
    });
    const bool is_warned =
        std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
          return finding.severity >= Severity::Warning && is_about_cost(finding.code);
        });
    EXPECT_TRUE(is_warned || !is_hazard) << "a hazard, and no rule says so";
    const bool is_error = std::any_of(findings.begin(), findings.end(), [](const auto& finding) {
      return finding.severity == Severity::Error && is_about_cost(finding.code);
    });
    const bool was_run =
        std::all_of(traced.begin(), traced.end(), [](const auto& one) { return one.was_run; });
    const bool says_too_much = is_error && was_run && it.statements.size() == 1 && !is_hazard;
    EXPECT_FALSE(says_too_much) << "an error is said of what is harmless";
    table += row_of(it, traced, findings);
  }
  static bool is_about_cost(const std::string& code) {
    return code.rfind("LK", 0) == 0 || code == "DV003";
  }

  /// What is foretold is what happens: locks that stop somebody, and work.
  static void hold_foretold(const TracedStatement& one) {
    if (!one.was_run) return;
    std::map<std::string, std::string> real;
    std::map<std::string, std::string> foretold;
    const auto stops = [](const std::string& mode) {
      return mode != "ACCESS SHARE" && mode != "ROW SHARE" && mode != "ROW EXCLUSIVE";
    };
    for (const lint::TracedLock& it : one.locks)
      if (stops(it.mode)) real[to_string(it.table)] = it.mode;
    for (const lint::TracedLock& it : one.foretold_locks)
      if (stops(it.mode)) foretold[to_string(it.table)] = it.mode;
    EXPECT_EQ(foretold, real) << one.sql;
    for (const model::ObjectName& it : one.rewritten) {
      const auto& work = one.foretold_work;
      EXPECT_TRUE(empties(one) || std::find(work.begin(), work.end(), it) != work.end())
          << one.sql << " rewrites " << to_string(it);
    }
  }

  std::unique_ptr<testing_support::PostgresDatabase> database_;
  model::Schema schema_;
};

constexpr const char* kPage = "/docs/lint-postgresql.md";
constexpr const char* kBegin = "<!-- made by lint_dbtest.cpp: begin -->\n";
constexpr const char* kEnd = "<!-- made by lint_dbtest.cpp: end -->\n";

TEST_F(PostgresLintTruth, EveryStatementOfTheTable) {
  std::string table =
      "| statement | locks taken | written anew | read as a whole | cupel | squawk 2.66.0 |\n"
      "|---|---|---|---|---|---|\n";
  const std::vector<Case> all = cases();
  ASSERT_GT(all.size(), 100U);
  for (const Case& it : all) hold(it, table);

  const std::string page = file_at(kPage);
  const std::size_t begin = page.find(kBegin);
  const std::size_t end = page.find(kEnd);
  ASSERT_TRUE(begin != std::string::npos && end != std::string::npos) << kPage;
  const std::size_t inside = begin + std::string(kBegin).size();
  if (std::getenv("CUPEL_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(std::string(CUPEL_SOURCE_DIR) + kPage)
        << page.substr(0, inside) << table << page.substr(end);
  } else if (database_->connection().server_version() / 10000 == 15) {
    EXPECT_EQ(page.substr(inside, end - inside), table);
  }
}

TEST_F(PostgresLintTruth, WhatTheNumberOfRowsMeans) {
  const Case create{"", {"CREATE INDEX ix ON t (a)"}, "", {}, ""};
  std::map<model::ObjectName, std::int64_t> rows{{"t", 0}};
  EXPECT_TRUE(judged(create, schema_, 150000, &rows).empty());
  rows["t"] = 500;
  ASSERT_EQ(judged(create, schema_, 150000, &rows).size(), 1U);
  EXPECT_EQ(judged(create, schema_, 150000, &rows)[0].severity, Severity::Notice);
  rows["t"] = 2'000'000;
  const Finding finding = judged(create, schema_, 150000, &rows)[0];
  EXPECT_EQ(finding.severity, Severity::Error);
  EXPECT_EQ(finding.message,
            "creating index 'ix' stops every write to table 't' until it is built: about 585 ms "
            "for 2,000,000 rows, by the 117 ms measured for 400,000 on PostgreSQL 15");
}

/// The safe ways are SQL that the server takes, and that the rules leave alone.
TEST_F(PostgresLintTruth, TheSafeWaysRun) {
  int tried = 0;
  for (const Case& it : cases()) {
    if (it.statements.size() != 1) continue;
    for (const Finding& finding : judged(it, schema_, 150000)) {
      if (finding.replacement.empty()) continue;
      ++tried;
      const testing::ScopedTrace where(__FILE__, __LINE__, finding.code + " " + it.sql);
      for (const std::string& line : finding.safe) {
        if (line.rfind("--", 0) == 0) continue;
        try {
          database_->query(line);
        } catch (const DatabaseError& error) {
          ADD_FAILURE() << error.message() << "\n" << line;
        }
      }
      Case safe{it.name, {}, "", {}, ""};
      for (const std::string& line : finding.safe)
        if (line.rfind("--", 0) != 0) safe.statements.push_back(line.substr(0, line.size() - 1));
      for (const Finding& again : judged(safe, schema_, 150000)) {
        // Only the directives, which this leaves out, say that VALIDATE is apart.
        const bool is_of_order = again.code == "LK011" || again.code == "LK026";
        EXPECT_TRUE(again.severity < Severity::Error || is_of_order)
            << again.code << " " << again.message;
      }
      TearDown();
      SetUp();
    }
  }
  EXPECT_GT(tried, 8);
}

/// Which type changes are free: every pair of these, on the server and by the rule.
TEST_F(PostgresLintTruth, EveryTypeChange) {
  const std::vector<std::string> types{
      "int",          "bigint",         "smallint",      "text",
      "varchar",      "varchar(5)",     "varchar(9)",    "char(5)",
      "numeric",      "numeric(9,2)",   "numeric(12,2)", "numeric(12,4)",
      "numeric(8,2)", "timestamp",      "timestamp(3)",  "timestamp(6)",
      "timestamptz",  "timestamptz(2)", "time",          "time(3)",
      "timetz",       "interval",       "interval(2)",   "date",
      "bit(8)",       "varbit",         "varbit(8)",     "varbit(16)",
      "cidr",         "inet",           "json",          "jsonb",
      "xml",          "uuid",           "bytea",         "mood",
      "real",         "float8",         "boolean",       "text[]",
      "varchar(5)[]", "varchar(9)[]",   "int[]",         "bigint[]"};
  database_->query("SET TimeZone = 'Europe/Berlin'");
  int compared = 0;
  for (const std::string& from : types) {
    database_->query("CREATE TABLE one (v " + from + ")");
    for (const std::string& to : types) {
      const std::string sql = "ALTER TABLE one ALTER COLUMN v TYPE " + to;
      const std::vector<std::string> statements{sql};
      model::Schema schema;
      const TracedStatement traced = trace(database_->connection(), statements, schema)[0];
      if (!traced.was_run) continue;  // no cast
      ++compared;
      model::Type from_type = parse_type(from);
      model::Type to_type = parse_type(to);
      const TypeCost cost = type_cost(from_type, to_type, "v", "");
      EXPECT_EQ(cost != TypeCost::Free, !traced.rewritten.empty()) << from << " to " << to;
    }
    database_->query("DROP TABLE one");
  }
  EXPECT_GT(compared, 200);
}

TEST_F(PostgresLintTruth, TraceTakesEverythingBack) {
  const std::vector<std::string> statements{"ALTER TABLE t ADD COLUMN c1 int DEFAULT random()",
                                            "DROP TABLE c", "SELEC", "DROP TABLE p",
                                            "CREATE INDEX CONCURRENTLY ix ON t (a)"};
  const std::vector<TracedStatement> traced = trace(database_->connection(), statements, schema_);
  ASSERT_EQ(traced.size(), 5U);
  EXPECT_EQ(traced[0].rewritten, std::vector<model::ObjectName>{"t"});
  EXPECT_EQ(traced[0].foretold_work, std::vector<model::ObjectName>{"t"});
  EXPECT_GT(traced[0].milliseconds, 0);
  EXPECT_EQ(traced[1].locks,
            (std::vector<lint::TracedLock>{{"p", "ACCESS EXCLUSIVE"}, {"c", "ACCESS EXCLUSIVE"}}));
  EXPECT_EQ(traced[2].trouble, "syntax error at or near \"SELEC\"");
  EXPECT_EQ(traced[3].trouble, "not run, since one before it failed");
  EXPECT_FALSE(database_->connection().in_transaction());
  const model::Schema after =
      make_inspector(database_->connection())->inspect({.all_schemas = true});
  EXPECT_EQ(after, schema_);
}

}  // namespace
}  // namespace cupel::dialect::postgres
