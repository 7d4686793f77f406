// SPDX-License-Identifier: MIT
#include "script/cpp_places.hpp"

#include <gtest/gtest.h>

#include <string>

#include "cupel/script/render.hpp"

namespace cupel::script {
namespace {

std::string render(const ops::Operation& operation) {
  return render_cpp({{.comment = {}, .operations = {operation}}});
}

ops::CreateIndex index(const std::string& name, const std::string& table) {
  ops::CreateIndex create;
  create.table = table;
  create.index.name = name;
  create.index.elements = {"email"};
  return create;
}

/// "line", with a ! where it is certain; "-" where it is not found.
std::string shown(const std::optional<CppPlaces::Found>& found) {
  if (!found) return "-";
  return std::to_string(found->line) + (found->is_certain ? "!" : "");
}

constexpr const char* kRevision =
    R"cpp(// op.drop_table("users");
#include <cupel/cupel.hpp>
          const Revision r{
              .upgrade =
                  [](Operations& op) {
                    op.create_index("ix_a", "users", {"email"}); /* op.drop_index("ix_a"); */
                    op.create_index("ix_b", "users",
                                    {
                                        "email",
                                    });
                    if (op.is_offline()) op.drop_table("log");
                    for (int i = 0; i < 10'000; ++i) {
                      op.execute("DELETE FROM log WHERE id = :id", {{"id", i}});
                    }
                    op.execute(R"(UPDATE users
SET x = '"')"
                               " WHERE y");
                    helper(op);
                    op.autocommit_block([&] { op.execute("VACUUM"); });
                    op.create_index(kName, "users", {"email"});
                  },
              .downgrade = down,
          };
          void down(Operations& o) {
            o.drop_index("ix_a");
            op.drop_index("ix_b");
          }
          void helper(Operations& op) { op.drop_column("users", "old"); }
    )cpp";

TEST(CppPlaces, FindsCallsByMethodAndNames) {
  CppPlaces up(kRevision, true, render);
  EXPECT_EQ(shown(up.find(index("ix_a", "users"))), "6!");
  EXPECT_EQ(shown(up.find(index("ix_b", "users"))), "7!");
  EXPECT_EQ(shown(up.find(ops::DropTable{.table = "log"})), "11");
  EXPECT_EQ(shown(up.find_sql("DELETE FROM log WHERE id = $1")), "13");
  EXPECT_EQ(shown(up.find_sql("UPDATE users\nSET x = '\"' WHERE y")), "15!");
  EXPECT_EQ(shown(up.find(ops::DropColumn{.table = "users", .column = "old"})), "28");
  EXPECT_EQ(shown(up.find_sql("VACUUM")), "19");
  EXPECT_EQ(shown(up.find(ops::DropTable{.table = "users"})), "-");
  EXPECT_EQ(shown(up.find(ops::DropIndex{.name = "ix_a"})), "-");  // the downgrade's
  CppPlaces down(kRevision, false, render);
  EXPECT_EQ(shown(down.find(ops::DropIndex{.name = "ix_a"})), "25");  // not called op
  EXPECT_EQ(shown(down.find(index("ix_a", "users"))), "-");
}

TEST(CppPlaces, AnotherCallIsNotRewritten) {
  CppPlaces places(kRevision, true, render);
  ops::CreateIndex unique = index("ix_a", "users");
  unique.index.unique = true;
  EXPECT_EQ(shown(places.find(unique)), "6");  // it was compiled from another text
}

TEST(CppPlaces, ANameThatIsPutTogether) {
  CppPlaces places(R"cpp(void helper(Operations& op) { op.create_index("ix_c", "t", {"email"}); }
                         const Revision r{.upgrade = [](Operations& op) {
                           helper(op);
                           for (const char* c : {"a", "b"})
                             op.create_index(std::string("ix_") + c, "t", {c});
                         }};)cpp",
                   true, render);
  EXPECT_EQ(shown(places.find(index("ix_c", "t"))), "1");
  EXPECT_EQ(shown(places.find(index("ix_a", "t"))), "5");
  EXPECT_EQ(shown(places.find(index("ix_b", "t"))), "5");
}

TEST(CppPlaces, OfTwoThatLookAlikeTheNextIsMeant) {
  CppPlaces places(R"cpp(const Revision r{.upgrade = [](Operations& op) {
                           op.execute("SELECT 1");
                           op.drop_table("a");
                           op.execute("SELECT 1");
                         }};)cpp",
                   true, render);
  EXPECT_EQ(shown(places.find_sql("SELECT 1")), "2!");
  EXPECT_EQ(shown(places.find(ops::DropTable{.table = "a"})), "3!");
  EXPECT_EQ(shown(places.find_sql("SELECT 1")), "4!");
}

TEST(CppPlaces, WhatIsNotUnderstoodIsNotFound) {
  for (const char* text : {"", "const char* a = \"op", "{ ( }", "R\"x(", "'", "\"\\", "/*"}) {
    CppPlaces places(text, true, render);
    EXPECT_EQ(shown(places.find_sql("SELECT 1")), "-") << text;
  }
  CppPlaces divided(R"cpp(const Revision r{.upgrade = [](Operations& op) {
#ifdef SMALL
                            op.drop_table("a");
#endif
                          }};)cpp",
                    true, render);
  EXPECT_EQ(shown(divided.find(ops::DropTable{.table = "a"})), "3");
  EXPECT_EQ(divided.statement_at(3), nullptr);
}

TEST(CppPlaces, LiteralsAreWhatTheyAreAtRunTime) {
  CppPlaces places(R"cpp(void f(Operations& op) {
                           op.drop_table(
                               u8"gr\u00fc\xc3\x9f\t\101"
                               "e"s);
                         })cpp",
                   true, render);
  EXPECT_EQ(shown(places.find(ops::DropTable{.table = "gr\xC3\xBC\xC3\x9F\tAe"})), "2");
}

}  // namespace
}  // namespace cupel::script
