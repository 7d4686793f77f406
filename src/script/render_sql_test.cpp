// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "cupel/dialect/dialect.hpp"
#include "cupel/ops/services.hpp"
#include "cupel/script/render.hpp"
#include "cupel/script/sql_script.hpp"
#include "ops/samples_testing.hpp"

namespace cupel::script {
namespace {

using model::ColumnDefinition;

std::vector<ScriptStatement> read_back(const std::string& body, const dialect::Dialect& dialect) {
  const std::string text = "-- revision: a\n\n-- cupel: upgrade\n" + body;
  const SqlScript script = parse_script(text, "a.sql");
  return split_section(script, script.sections.at(0), dialect.lex_rules());
}

/// The samples' triggers are of a database whose triggers have no body.
bool fits(const dialect::Dialect& dialect, const ops::Operation& operation) {
  const bool about_trigger = std::holds_alternative<ops::CreateTrigger>(operation) ||
                             std::holds_alternative<ops::DropTrigger>(operation);
  return !about_trigger || !dialect.lex_rules().trigger_bodies;
}
model::Schema sample_schema_for(const dialect::Dialect& dialect) {
  model::Schema schema = ops::sample_schema();
  if (dialect.lex_rules().trigger_bodies) schema.triggers.clear();
  return schema;
}

/// What running would execute; nullopt if the database refuses the operation.
std::optional<std::vector<sql::Statement>> executed(const ops::Operation& operation,
                                                    const dialect::Dialect& dialect) {
  if (!fits(dialect, operation)) return std::nullopt;
  sql::MemorySchema schema(sample_schema_for(dialect));
  try {
    return dialect.writer().write(operation, {.before = &schema});
  } catch (const NotSupported&) {
    return std::nullopt;
  }
}

TEST(RenderSql, EverySampleIsReadBackAsItIsExecuted) {
  for (const dialect::Dialect* dialect : dialect::all_dialects()) {
    int rendered = 0;
    for (const ops::Operation& operation : ops::all_samples()) {
      const auto expected = executed(operation, *dialect);
      if (!expected) continue;
      ++rendered;
      const std::string body =
          render_sql({{"", {operation}}}, *dialect, sample_schema_for(*dialect));
      const std::vector<ScriptStatement> statements = read_back(body, *dialect);
      ASSERT_EQ(statements.size(), expected->size()) << body;
      for (std::size_t i = 0; i < statements.size(); ++i) {
        EXPECT_EQ(statements[i].sql.text, (*expected)[i].sql);
        EXPECT_TRUE(statements[i].no_transaction || !(*expected)[i].outside_transaction ||
                    dialect->runs_outside_transaction((*expected)[i].sql))
            << body;
      }
    }
    EXPECT_GT(rendered, 15) << dialect->name();
  }
}

TEST(RenderSql, StepsAreSetApartAndEachMeetsWhatTheOneBeforeMade) {
  const model::Table table =
      model::make_table("t", {ColumnDefinition("id", model::Integer()).primary_key(),
                              ColumnDefinition("name", model::String(20))});
  ops::AlterColumn alter{.table = "t", .column = "name", .nullable = false};
  const std::vector<Step> steps{
      {"A table\nfor names", {ops::CreateTable{table}}},
      {"",
       {ops::AddColumn{.table = "t", .column = {.name = "a", .type = model::Text()}},
        ops::AddColumn{.table = "t", .column = {.name = "b", .type = model::Text()}}}},
      {"cupel: upgrade\r\x01", {ops::DropColumn{.table = "t", .column = "a"}}},
      {"Nothing to do", {}},
      {"", {}},
      {"", {alter}}};
  EXPECT_EQ(render_sql(steps, dialect::find_dialect("postgresql"), {}),
            R"(-- A table
-- for names
CREATE TABLE t (
    id SERIAL NOT NULL,
    name VARCHAR(20),
    PRIMARY KEY (id)
);

ALTER TABLE t ADD COLUMN a TEXT;
ALTER TABLE t ADD COLUMN b TEXT;

-- > cupel: upgrade
ALTER TABLE t DROP COLUMN a;

-- Nothing to do

ALTER TABLE t ALTER COLUMN name SET NOT NULL;)");
  // A rebuild needs to know what the table looks like at that point.
  const std::string rebuilt = render_sql(steps, dialect::find_dialect("sqlite"), {});
  EXPECT_NE(rebuilt.find("name VARCHAR(20) NOT NULL"), rebuilt.npos) << rebuilt;
}

TEST(RenderSql, WhatIsNotRecognisedIsMarked) {
  const dialect::Dialect& postgres = dialect::find_dialect("postgresql");
  EXPECT_EQ(
      render_sql({{"Slow", {ops::ExecuteSql{.sql = "SELECT work()", .outside_transaction = true}}}},
                 postgres, {}),
      "-- Slow\n-- cupel: no transaction\nSELECT work();");
  EXPECT_EQ(render_sql({{"", {ops::ExecuteSql{.sql = "VACUUM", .outside_transaction = true}}}},
                       postgres, {}),
            "VACUUM;");
}

TEST(RenderSql, ACommentAtTheEndDoesNotTakeTheSemicolon) {
  const dialect::Dialect& sqlite = dialect::find_dialect("sqlite");
  const ops::CreateView one{.view = {.name = "a", .definition = "SELECT 1 -- one"}};
  const ops::CreateView two{.view = {.name = "b", .definition = "SELECT 2 /* -- two */"}};
  const std::string body = render_sql({{"", {one, two}}}, sqlite, {});
  EXPECT_EQ(body, "CREATE VIEW a AS SELECT 1 -- one\n;\nCREATE VIEW b AS SELECT 2 /* -- two */;");
  EXPECT_EQ(read_back(body, sqlite).size(), 2U);
}

}  // namespace
}  // namespace cupel::script
