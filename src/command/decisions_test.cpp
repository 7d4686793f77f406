// SPDX-License-Identifier: MIT
#include "command/decisions.hpp"

#include <gtest/gtest.h>

#include "command/fill.hpp"
#include "cupel/base/error.hpp"
#include "cupel/command/autogenerate.hpp"

namespace cupel::command {
namespace {

model::Schema schema_with(const model::ObjectName& name) {
  model::Schema schema;
  schema.tables.emplace_back();
  schema.tables.back().name = name;
  return schema;
}

diff::Rename parsed(const std::string& text, const model::Schema& from = {}) {
  return parse_rename(text, "--rename", from);
}

TEST(ParseRename, TablesAndColumns) {
  EXPECT_EQ(parsed("users=people"), (diff::Rename{"users", "", "people"}));
  EXPECT_EQ(parsed("users.name=users.full_name"), (diff::Rename{"users", "name", "full_name"}));
  EXPECT_EQ(parsed("users.name=full_name"), (diff::Rename{"users", "name", "full_name"}));
  EXPECT_EQ(parsed("s.users.name=s.users.full_name"),
            (diff::Rename{{"s", "users"}, "name", "full_name"}));
  EXPECT_EQ(parsed(" \"a.b\" = \"c\"\"d\" "), (diff::Rename{"a.b", "", "c\"d"}));
}

TEST(ParseRename, ATableInASchemaIsNoColumn) {
  EXPECT_EQ(parsed("s.users=s.people", schema_with({"s", "users"})),
            (diff::Rename{{"s", "users"}, "", "people"}));
  EXPECT_EQ(parsed("users.name=users.title", schema_with("users")),
            (diff::Rename{"users", "name", "title"}));
}

TEST(ParseRename, RefusesTheRest) {
  for (const char* text : {"", "users", "=", "a=", "=b", "a=b=c", "a.=b", "a.b.c.d=e"})
    EXPECT_THROW(parsed(text), UsageError) << text;
}

TEST(RenameFlag, ReadsBackAsTheSame) {
  for (const diff::Rename& rename :
       {diff::Rename{"users", "", "people"}, diff::Rename{"users", "name", "full name"},
        diff::Rename{{"s", "a.b"}, "c.d", "e.f"}, diff::Rename{{"s", "t"}, "", "a\"b"}}) {
    EXPECT_EQ(parsed(rename_flag(rename), schema_with(rename.table)), rename)
        << rename_flag(rename);
  }
}

TEST(ParseFills, ColumnsAndExpressions) {
  const auto fills = parse_fills({"users.phone='a=b'", "s.t.\"a=b\" = lower(x)"});
  EXPECT_EQ(fills.at("users.phone"), "'a=b'");
  EXPECT_EQ(fills.size(), 2U);
  EXPECT_THROW(parse_fills({"users.phone"}), UsageError);
  EXPECT_THROW(parse_fills({"users.phone="}), UsageError);
  EXPECT_THROW(parse_fills({"phone=1"}), UsageError);
}

}  // namespace
}  // namespace cupel::command
