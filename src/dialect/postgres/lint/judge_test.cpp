// SPDX-License-Identifier: MIT
// The rules without a server: versions, timeouts, what is new, what stands in a step's place. What
// statements really do is lint_dbtest.cpp's.
#include "dialect/postgres/lint/judge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "cupel/model/define.hpp"
#include "cupel/ops/services.hpp"
#include "dialect/postgres/lint/lint.hpp"
#include "dialect/postgres/lint/rules.hpp"

namespace cupel::dialect::postgres {
namespace {

using model::ObjectName;
using C = model::ColumnDefinition;
using Lines = std::vector<std::string>;

model::Schema start() {
  model::Schema schema;
  schema.tables = {
      model::make_table("users", {C("id", model::BigInteger()).primary_key(),
                                  C("email", model::String(50)), C("note", model::Text())}),
      model::make_table("posts", {C("id", model::BigInteger()).primary_key(),
                                  C("user_id", model::BigInteger())})};
  model::Index index;
  index.name = "ix_email";
  index.elements = {model::IndexElement("email")};
  schema.tables[0].indexes = {index};
  schema.enums = {{"m", {"y"}, {}}};
  return schema;
}

/// How one revision runs.
struct Revision {
  int version = 150000;
  bool has_timeouts = true;
  std::set<std::size_t> outside = {};

  std::vector<lint::Finding> findings(const Lines& statements) const {
    std::vector<lint::Finding> result;
    const auto report = [&](lint::Finding finding) {
      if (finding.severity != lint::Severity::Off) result.push_back(std::move(finding));
    };
    model::Schema schema = start();
    std::set<ObjectName> made;
    const auto lint = make_lint();
    const auto judge = lint->make_judge();
    for (std::size_t i = 0; i < statements.size(); ++i) {
      lint::Step step = lint->read(statements[i], schema);
      step.in_transaction = !outside.contains(i);
      lint::State state{.schema = schema, .new_tables = made, .server_version = version};
      state.has_lock_timeout = has_timeouts;
      state.has_statement_timeout = has_timeouts;
      if (!step.in_transaction) judge->end_transaction(report);
      judge->see(step, state, report);
      if (!step.in_transaction) judge->end_transaction(report);
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
    return result;
  }
  Lines codes(const Lines& statements) const {
    Lines codes;
    for (const lint::Finding& it : findings(statements)) codes.push_back(it.code);
    return codes;
  }
};

TEST(PostgresRules, EveryCodeIsThereOnceInOrder) {
  const std::span<const lint::Rule> rules = lint_rules();
  EXPECT_EQ(rules.size(), 57U);
  EXPECT_TRUE(std::is_sorted(rules.begin(), rules.end(),
                             [](const auto& a, const auto& b) { return a.code < b.code; }));
  std::set<std::string_view> codes;
  for (const lint::Rule& it : rules) {
    EXPECT_TRUE(codes.insert(it.code).second) << it.code;
    EXPECT_FALSE(it.fires_on.empty() || it.why.empty() || it.instead.empty()) << it.code;
  }
}

TEST(PostgresRules, NothingIsSaidOfWhatTheRevisionMakes) {
  EXPECT_EQ(Revision().codes({"CREATE TABLE fresh (id bigint PRIMARY KEY, a text)",
                              "CREATE INDEX ix ON fresh (a)",
                              "ALTER TABLE fresh ADD COLUMN b float DEFAULT random()",
                              "ALTER TABLE fresh ADD UNIQUE (a)", "UPDATE fresh SET b = 1",
                              "ALTER TABLE fresh ALTER COLUMN a TYPE varchar"}),
            Lines());
}

TEST(PostgresRules, TheFormsThatReplace) {
  const auto safe = [](const std::string& sql) {
    const std::vector<lint::Finding> findings = Revision().findings({sql});
    return findings.empty() ? Lines() : findings[0].safe;
  };
  EXPECT_EQ(safe("CREATE INDEX ix ON users (note)"),
            (Lines{"CREATE INDEX CONCURRENTLY ix ON users (note);"}));
  EXPECT_EQ(safe("DROP INDEX ix_email"), (Lines{"DROP INDEX CONCURRENTLY ix_email;"}));
  EXPECT_EQ(safe("ALTER TABLE posts ADD FOREIGN KEY (user_id) REFERENCES users"),
            (Lines{"ALTER TABLE posts ADD CONSTRAINT posts_user_id_fkey FOREIGN KEY(user_id) "
                   "REFERENCES users NOT VALID;",
                   "-- cupel: no transaction",
                   "ALTER TABLE posts VALIDATE CONSTRAINT posts_user_id_fkey;"}));
  EXPECT_EQ(safe("ALTER TABLE users ALTER COLUMN email SET NOT NULL"),
            (Lines{"ALTER TABLE users ADD CONSTRAINT users_email_not_null CHECK (email IS NOT "
                   "NULL) NOT VALID;",
                   "-- cupel: no transaction",
                   "ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;",
                   "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
                   "ALTER TABLE users DROP CONSTRAINT users_email_not_null;"}));
  EXPECT_EQ(safe("ALTER TABLE users ADD UNIQUE (email)"),
            (Lines{"CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);",
                   "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX "
                   "users_email_key;"}));
}

TEST(PostgresRules, AReplacementDoesAllThatTheStepDoes) {
  const std::vector<lint::Finding> findings =
      Revision().findings({"ALTER TABLE users ADD COLUMN a int, ADD CHECK (id > 0)"});
  ASSERT_EQ(findings.size(), 1U);
  ASSERT_EQ(findings[0].replacement.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<ops::AddColumn>(findings[0].replacement[0]));
  const auto* apart = std::get_if<ops::ExecuteSql>(&findings[0].replacement[2]);
  ASSERT_NE(apart, nullptr);
  EXPECT_TRUE(apart->outside_transaction);
  EXPECT_EQ(apart->sql, "ALTER TABLE users VALIDATE CONSTRAINT users_id_check");
}

TEST(PostgresRules, WhatVersionsChange) {
  const Lines index{"CREATE INDEX CONCURRENTLY ix ON users (note)"};
  EXPECT_EQ((Revision{.version = 140003, .outside = {0}}.codes(index)), Lines{"LK032"});
  EXPECT_EQ((Revision{.version = 140004, .outside = {0}}.codes(index)), Lines());
  const Lines not_null{"ALTER TABLE users ALTER COLUMN email SET NOT NULL"};
  EXPECT_EQ((Revision{.version = 180000}.findings(not_null)[0].safe),
            (Lines{"ALTER TABLE users ADD CONSTRAINT users_email_not_null NOT NULL email NOT "
                   "VALID;",
                   "-- cupel: no transaction",
                   "ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;"}));
  // Before 14 there is no DETACH ... CONCURRENTLY to advise.
  const Lines detach{"ALTER TABLE users DETACH PARTITION posts"};
  EXPECT_EQ((Revision{.version = 130000}.codes(detach)), Lines());
  EXPECT_EQ((Revision{.version = 140010}.codes(detach)), Lines{"LK023"});
  EXPECT_EQ((Revision{.version = 110000}.codes({"ALTER TYPE m ADD VALUE 'x' AFTER 'y'"})),
            Lines{"TX001"});
}

TEST(PostgresRules, LocksWithoutALimit) {
  const std::string add = "ALTER TABLE users ADD COLUMN a int";
  EXPECT_EQ((Revision{.has_timeouts = false}.codes({add})), Lines{"LK029"});
  EXPECT_EQ((Revision{.has_timeouts = false}.codes({"SET LOCAL lock_timeout = '2s'", add})),
            Lines());
  EXPECT_EQ((Revision{.has_timeouts = false}.codes({"CREATE INDEX ix ON users (note)"})),
            (Lines{"LK001", "LK029", "LK030"}));
}

TEST(PostgresRules, LocksEndWithTheirTransaction) {
  const Lines steps{"ALTER TABLE users ADD CONSTRAINT k CHECK (id > 0) NOT VALID",
                    "ALTER TABLE users VALIDATE CONSTRAINT k"};
  EXPECT_EQ(Revision().codes(steps), (Lines{"LK011", "LK026"}));
  EXPECT_EQ((Revision{.outside = {1}}.codes(steps)), Lines());
}

TEST(PostgresRules, Sessions) {
  EXPECT_EQ(Revision().codes({"SET search_path = app"}), Lines{"TX008"});
  EXPECT_EQ(Revision().codes({"SET LOCAL search_path = app"}), Lines());
  EXPECT_EQ(Revision().codes({"SELECT pg_advisory_lock(1)"}), Lines{"TX009"});
  EXPECT_EQ(Revision().codes({"SELECT pg_advisory_xact_lock(1)"}), Lines());
  EXPECT_EQ(Revision().codes({"CREATE INDEX CONCURRENTLY ix ON users (note)"}), Lines{"TX001"});
}

TEST(PostgresRules, TypesOfNewColumns) {
  EXPECT_EQ(
      Revision().codes({"CREATE TABLE a (id serial, b char(3), c varchar(9), d timestamp, e json, "
                        "f boolean)"}),
      (Lines{"TY002", "TY003", "TY004", "TY005", "TY006"}));
  EXPECT_EQ(
      Revision().codes({"CREATE TABLE a (b boolean, c bigint, d boolean, e bigint, f boolean, "
                        "g bigint)"}),
      Lines{"TY009"});
}

TEST(PostgresRules, WhatCascades) {
  const std::vector<lint::Finding> findings = Revision().findings(
      {"ALTER TABLE posts ADD CONSTRAINT k FOREIGN KEY (user_id) REFERENCES users NOT VALID",
       "TRUNCATE users CASCADE"});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[1].code, "DS005");
  EXPECT_EQ(findings[1].message,
            "TRUNCATE 'users' with CASCADE empties every table that references it: 'posts'");
}

}  // namespace
}  // namespace cupel::dialect::postgres
