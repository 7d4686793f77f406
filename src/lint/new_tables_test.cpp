// SPDX-License-Identifier: MIT
#include "lint/new_tables.hpp"

#include <gtest/gtest.h>

namespace cupel::lint {
namespace {

ops::Operation create(const std::string& name) { return ops::CreateTable{.table = {.name = name}}; }
ops::Operation drop(const std::string& name) { return ops::DropTable{.table = name}; }
ops::Operation rename(const std::string& from, const std::string& to) {
  return ops::RenameTable{from, to};
}
ChangeRows fill(const std::string& name) { return {.table = name}; }

TEST(NewTables, ATableThatIsMadeAnewIsTheOldOne) {
  NewTables tables;
  tables.see(create("users_new"), false);
  tables.see(fill("users_new"));
  EXPECT_TRUE(tables.names().contains("users_new"));
  tables.see(drop("users"), false);
  tables.see(rename("users_new", "users"), false);
  EXPECT_TRUE(tables.names().empty());
}

TEST(NewTables, TheOtherWayRound) {
  NewTables tables;
  tables.see(rename("users", "users_old"), false);
  tables.see(create("users"), false);
  EXPECT_TRUE(tables.names().contains("users"));
  tables.see(fill("users"));
  tables.see(drop("users_old"), false);
  EXPECT_TRUE(tables.names().empty());
}

TEST(NewTables, OthersStayNew) {
  NewTables tables;
  tables.see(create("a"), false);
  tables.see(fill("a"));
  tables.see(rename("a", "b"), false);
  EXPECT_TRUE(tables.names().contains("b"));
  tables.see(create("users_new"), false);
  tables.see(drop("users"), false);
  tables.see(rename("users_new", "users"), false);  // empty: nobody is kept waiting by it
  EXPECT_TRUE(tables.names().contains("users"));
  tables.see(create("old"), true);  // IF NOT EXISTS, and it exists
  EXPECT_FALSE(tables.names().contains("old"));
}

TEST(NewTables, MaterializedViewsHoldRowsToo) {
  NewTables tables;
  tables.see(ops::CreateView{.view = {.name = "plain", .definition = "SELECT 1"}}, false);
  EXPECT_TRUE(tables.names().empty());
  tables.see(
      ops::CreateView{.view = {.name = "kept", .definition = "SELECT 1", .materialized = true}},
      false);
  EXPECT_TRUE(tables.names().contains("kept"));
  tables.see(ops::DropView{.name = "kept", .materialized = true}, false);
  EXPECT_TRUE(tables.names().empty());
}

}  // namespace
}  // namespace cupel::lint
