// SPDX-License-Identifier: MIT
#include "command/safe_steps.hpp"

#include <gtest/gtest.h>

#include "cupel/dialect/dialect.hpp"
#include "cupel/model/define.hpp"
#include "cupel/ops/services.hpp"

namespace cupel::command {
namespace {

using model::ColumnDefinition;

const dialect::Dialect& any_dialect() { return *dialect::all_dialects().front(); }

model::Schema users() {
  model::Schema schema;
  schema.tables.push_back(
      model::make_table("users", {ColumnDefinition("id", model::Integer()).primary_key(),
                                  ColumnDefinition("name", model::String(50))}));
  return schema;
}

SafeSteps steps(const std::vector<ops::Operation>& operations, SafeStepOptions options = {}) {
  options.writer = &any_dialect().writer();
  options.rules = &any_dialect().diff_rules();
  return safe_steps(operations, users(), options);
}

/// "[comment] operation; operation | ...".
std::string text_of(const SafeSteps& safe) {
  std::string text;
  for (const script::Step& step : safe.steps) {
    if (!text.empty()) text += " | ";
    if (!step.comment.empty()) text += "[" + step.comment + "] ";
    for (std::size_t i = 0; i < step.operations.size(); ++i)
      text += (i == 0 ? "" : "; ") + ops::describe(step.operations[i]);
  }
  return text;
}

ops::AddColumn add(const ColumnDefinition& definition) {
  ops::AddColumn op;
  op.table = "users";
  op.column = definition.column;
  return op;
}

TEST(SafeSteps, LeaveWhatIsSafe) {
  const SafeSteps safe =
      steps({add(ColumnDefinition("a", model::Integer())),
             add(ColumnDefinition("b", model::Integer()).not_null().server_default("0"))});
  EXPECT_EQ(text_of(safe), "add column 'a' to table 'users'; add column 'b' to table 'users'");
  EXPECT_TRUE(safe.questions.empty());
}

TEST(SafeSteps, AskForAValue) {
  const SafeSteps safe = steps({add(ColumnDefinition("a", model::Integer()).not_null())});
  ASSERT_EQ(safe.questions.size(), 1U);
  EXPECT_EQ(fill_flag(safe.questions[0]), "--fill users.a=");
  EXPECT_TRUE(safe.questions[0].is_new);
}

TEST(SafeSteps, FillBeforeNotNull) {
  SafeStepOptions options;
  options.fills = {{"users.a", "7"}};
  const SafeSteps safe = steps({add(ColumnDefinition("a", model::Integer()).not_null())}, options);
  ASSERT_EQ(safe.steps.size(), 1U);
  ASSERT_EQ(safe.steps[0].operations.size(), 3U);
  EXPECT_TRUE(std::get<ops::AddColumn>(safe.steps[0].operations[0]).column.nullable);
  EXPECT_EQ(std::get<ops::ExecuteSql>(safe.steps[0].operations[1]).sql,
            "UPDATE users SET a = 7 WHERE a IS NULL");
  EXPECT_EQ(std::get<ops::AlterColumn>(safe.steps[0].operations[2]).nullable, false);
  EXPECT_EQ(safe.used_fills.count("users.a"), 1U);
}

TEST(SafeSteps, InsideABatchToo) {
  ops::AlterTable batch;
  batch.table = "users";
  ops::AlterColumn restrict;
  restrict.column = "name";
  restrict.nullable = false;
  restrict.existing_nullable = true;
  batch.changes = {add(ColumnDefinition("a", model::Integer()).not_null()), restrict};
  SafeStepOptions options;
  options.fills = {{"users.a", "7"}, {"users.name", "''"}};
  const SafeSteps safe = steps({batch}, options);
  EXPECT_TRUE(safe.questions.empty());
  std::vector<std::string> sql;
  for (const script::Step& step : safe.steps) {
    for (const ops::Operation& operation : step.operations) {
      if (const auto* execute = std::get_if<ops::ExecuteSql>(&operation))
        sql.push_back(execute->sql);
    }
  }
  EXPECT_EQ(sql, (std::vector<std::string>{"UPDATE users SET a = 7 WHERE a IS NULL",
                                           "UPDATE users SET name = '' WHERE name IS NULL"}));
  const auto& rest = std::get<ops::AlterTable>(safe.steps.back().operations.back());
  EXPECT_EQ(rest.changes.size(), 2U);
  EXPECT_NE(std::get_if<ops::AlterColumn>(&rest.changes[0]), nullptr);
}

TEST(SafeSteps, ANewTableHasNoRows) {
  ops::CreateTable create;
  create.table = model::make_table("t", {ColumnDefinition("id", model::Integer())});
  ops::AddColumn op = add(ColumnDefinition("a", model::Integer()).not_null());
  op.table = "t";
  ops::AddConstraint unique;
  unique.table = "t";
  unique.constraint = model::UniqueConstraint{{"id"}, "uq"};
  const SafeSteps safe = steps({create, op, unique});
  EXPECT_TRUE(safe.questions.empty());
  EXPECT_EQ(safe.steps.size(), 1U);
  EXPECT_EQ(safe.steps[0].comment, "");
}

TEST(SafeSteps, SayWhatIsLost) {
  ops::DropTable drop;
  drop.table = "users";
  SafeStepOptions options;
  options.notes[{model::ObjectKind::Table, "users", {}}] = "it was declared elsewhere";
  EXPECT_EQ(text_of(steps({drop}, options)),
            "[DESTROYS DATA: table 'users' with all its rows.\n`upgrade` refuses this until "
            "somebody allows it:\n-- cupel: allow DS001 because ...\nit was declared elsewhere] "
            "drop table 'users'");
}

TEST(SafeSteps, TheWayBackInventsAValueAndSaysSo) {
  SafeStepOptions options;
  options.is_downgrade = true;
  const SafeSteps safe = steps({add(ColumnDefinition("a", model::String(5)).not_null())}, options);
  EXPECT_TRUE(safe.questions.empty());
  EXPECT_EQ(safe.steps.at(0).comment,
            "The old values of 'users.a' are gone; rows get '' in their place.");
}

TEST(SafeSteps, ShowWhatWouldFail) {
  ops::CreateIndex index;
  index.table = "users";
  index.index.name = "ix";
  index.index.elements = {"name"};
  index.index.unique = true;
  EXPECT_EQ(steps({index}).steps.at(0).comment,
            "Fails if rows have the same values. These do: SELECT name, count(*) FROM users GROUP "
            "BY name HAVING count(*) > 1;");
  ops::AddConstraint check;
  check.table = "users";
  check.constraint = model::CheckConstraint{"id > 0", "ck"};
  EXPECT_EQ(steps({check}).steps.at(0).comment,
            "Fails for rows that break it. These do: SELECT * FROM users WHERE NOT (id > 0);");
}

}  // namespace
}  // namespace cupel::command
