// SPDX-License-Identifier: MIT
// Tables: what is found, and the operations that come of it.
#include "cupel/diff/diff.hpp"

#include <gtest/gtest.h>

#include "cupel/model/define.hpp"
#include "cupel/ops/services.hpp"

namespace cupel::diff {
namespace {

using model::ColumnDefinition;
using model::Integer;
using model::make_table;
using model::Schema;
using model::String;

Schema schema_of(std::vector<model::Table> tables) {
  Schema schema;
  schema.tables = std::move(tables);
  return schema;
}

model::Table users(std::vector<model::TableItem> more = {}) {
  std::vector<model::TableItem> items = {ColumnDefinition("id", Integer()).primary_key()};
  items.insert(items.end(), more.begin(), more.end());
  return make_table("users", items);
}

std::string compared(const Schema& from, const Schema& to) {
  return ops::describe(compare(from, to, DiffRules()).operations);
}

TEST(Diff, NothingDiffers) {
  const Schema schema = schema_of({users()});
  const Difference difference = compare(schema, schema, DiffRules());
  EXPECT_TRUE(difference.empty());
  EXPECT_TRUE(difference.findings.empty());
}

TEST(Diff, AddsTablesAndColumns) {
  const Schema from = schema_of({users()});
  const Schema to = schema_of(
      {make_table("posts", {ColumnDefinition("user_id", Integer()).references("users.id")}),
       users({ColumnDefinition("phone", String(20)).index()})});
  EXPECT_EQ(compared(from, to),
            "create table 'posts'\n"
            "add column 'phone' to table 'users'\n"
            "create index 'ix_users_phone' on table 'users'");
}

}  // namespace
}  // namespace cupel::diff
