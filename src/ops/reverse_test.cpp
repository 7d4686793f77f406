// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "cupel/base/error.hpp"
#include "cupel/ops/services.hpp"
#include "ops/samples_testing.hpp"

namespace cupel::ops {
namespace {

bool changes_nothing(const Operation& op) {
  return std::holds_alternative<RefreshView>(op) || std::holds_alternative<ExecuteSql>(op) ||
         std::holds_alternative<BulkInsert>(op);
}
bool is_one_way(const Operation& op) {
  return changes_nothing(op) || std::holds_alternative<AddEnumValue>(op) ||
         std::holds_alternative<ValidateConstraint>(op);
}
std::string text_of(const model::Schema& schema) { return to_string(normalized(schema)); }

}  // namespace

TEST(OpsReverse, AnOperationThenItsReverseIsTheIdentity) {
  const std::string before = text_of(sample_schema());
  for (const Operation& op : all_samples()) {
    SCOPED_TRACE(describe(op));
    model::Schema schema = sample_schema();
    apply(op, schema);
    EXPECT_EQ(text_of(schema) == before, changes_nothing(op));
    const std::optional<Operation> back = reverse(op);
    ASSERT_EQ(back.has_value(), !is_one_way(op));
    if (!back) continue;
    apply(*back, schema);
    EXPECT_EQ(text_of(schema), before);
    EXPECT_EQ(normalized(schema), normalized(sample_schema()));
  }
}

TEST(OpsReverse, TheReverseOfTheReverseDoesTheSame) {
  for (const Operation& op : all_samples()) {
    if (is_one_way(op) || std::holds_alternative<AddColumn>(op)) continue;  // see services.hpp
    SCOPED_TRACE(describe(op));
    const std::optional<Operation> again = reverse(*reverse(op));
    ASSERT_TRUE(again);
    model::Schema once = sample_schema();
    model::Schema twice = sample_schema();
    apply(op, once);
    apply(*again, twice);
    EXPECT_EQ(text_of(once), text_of(twice));
  }
}

TEST(OpsReverse, NeedsToKnowWhatWas) {
  EXPECT_EQ(reverse(DropTable{.table = "t"}), std::nullopt);
  EXPECT_EQ(reverse(DropColumn{.table = "t", .column = "c"}), std::nullopt);
  EXPECT_EQ(reverse(DropConstraint{.table = "t", .name = "c"}), std::nullopt);
  EXPECT_EQ(reverse(DropIndex{.name = "i", .table = "t"}), std::nullopt);
  EXPECT_EQ(reverse(DropView{.name = "v"}), std::nullopt);
  EXPECT_EQ(reverse(AddConstraint{"t", model::UniqueConstraint{{"a"}}}), std::nullopt);
  EXPECT_EQ(reverse(CreateView{.view = {.name = "v"}, .or_replace = true}), std::nullopt);
  EXPECT_EQ(reverse(DropSchema{.name = "s", .cascade = true}), std::nullopt);
  EXPECT_EQ(reverse(SetTableSchema{"t", "s"}), std::nullopt);
  EXPECT_EQ(reverse(SetTableOptions{.table = "t"}), std::nullopt);
  EXPECT_EQ(reverse(DropDomain{.name = "d"}), std::nullopt);
  EXPECT_EQ(reverse(AlterTable{.table = "t", .changes = {DropColumn{.column = "c"}}}),
            std::nullopt);
  EXPECT_EQ(reverse(AlterTable{.table = "t", .autoincrement = true}), std::nullopt);
}

TEST(OpsReverse, AlterColumnSwapsOnlyWhatChanged) {
  const AlterColumn op{.table = "t",
                       .column = "a",
                       .type = model::Text(),
                       .new_name = "b",
                       .using_expression = "a::text",
                       .existing_type = model::Integer(),
                       .existing_nullable = false};
  const AlterColumn expected{.table = "t",
                             .column = "b",
                             .type = model::Integer(),
                             .new_name = "a",
                             .existing_type = model::Text(),
                             .existing_nullable = false,
                             .existing_using_expression = "a::text"};
  EXPECT_EQ(reverse(op), Operation(expected));
  EXPECT_EQ(reverse(AlterColumn{.table = "t", .column = "a", .nullable = false}), std::nullopt);
  EXPECT_EQ(reverse(AlterColumn{.table = "t", .column = "a", .server_default = nullptr}),
            std::nullopt);
}

TEST(OpsReverse, IfExistsAndIfNotExistsTradePlaces) {
  const CreateIndex create{
      .table = "t", .index = sample_index("i", "a"), .if_not_exists = true, .concurrently = true};
  const std::optional<Operation> drop = reverse(create);
  EXPECT_EQ(drop, Operation(DropIndex{.name = "i",
                                      .table = "t",
                                      .if_exists = true,
                                      .concurrently = true,
                                      .was = sample_index("i", "a")}));
  EXPECT_EQ(reverse(*drop), Operation(create));
}

TEST(OpsReverse, AllTogetherLastFirst) {
  const std::vector<Operation> ops = {
      CreateSchema{"s"},
      AddConstraint{"t",
                    model::CheckConstraint{.expression = "a > 0", .name = "c", .not_valid = true}},
      ValidateConstraint{"t", "c"}, RenameTable{"t", "u"}};
  EXPECT_EQ(describe(reverse_all(ops)),
            "rename table 'u' to 't'\n"
            "drop constraint 'c' from table 't'\n"
            "drop schema 's'");
  try {
    reverse_all({CreateSchema{"s"}, ExecuteSql{.sql = "SELECT 1"}});
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.to_string(),
              "cannot be undone by itself: execute: SELECT 1\n"
              "  hint: write the downgrade by hand");
  }
}

}  // namespace cupel::ops
