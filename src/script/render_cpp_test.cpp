// SPDX-License-Identifier: MIT
// How the code looks. That all of it compiles and does the same is tested in tests/rendered.
#include <gtest/gtest.h>

#include "cupel/model/define.hpp"
#include "cupel/script/render.hpp"
#include "cupel/script/templates.hpp"

namespace cupel::script {
namespace {

using model::ColumnDefinition;

std::string rendered(const ops::Operation& operation, const model::NamingConvention& naming = {}) {
  return render_cpp({{"", {operation}}}, naming);
}
ops::CreateTable users_table(const model::NamingConvention& naming = {}) {
  return {
      model::make_table("users",
                        {ColumnDefinition("id", model::BigInteger()).primary_key(),
                         ColumnDefinition("email", model::String(200)).not_null().unique(),
                         ColumnDefinition("team_id", model::Integer())
                             .index()
                             .references("team.id", {.name = "fk_team", .on_delete = "CASCADE"}),
                         ColumnDefinition("age", model::Integer()).check("age > 0", "age")},
                        naming)};
}

TEST(RenderCpp, ATableStandsAsPeopleWriteIt) {
  EXPECT_EQ(rendered(users_table()),
            R"(op.create_table("users", {Column("id", BigInteger()).primary_key(),
                          Column("email", String(200)).not_null().unique(),
                          Column("team_id", Integer())
                              .index()
                              .references("team.id", {.name = "fk_team",
                                                      .on_delete = "CASCADE"}),
                          Column("age", Integer()).check("age > 0", "age")});)");
}

TEST(RenderCpp, TheConventionIsLeftWhatItMakesAndKeptFromTheRest) {
  const model::NamingConvention naming{.uq = "uq_%(table_name)s_%(column_0_name)s",
                                       .ck = "ck_%(table_name)s_%(constraint_name)s",
                                       .pk = "pk_%(table_name)s"};
  const std::string code = rendered(users_table(naming), naming);
  EXPECT_NE(code.find(".not_null().unique(),"), code.npos) << code;
  EXPECT_NE(code.find(R"(.check("age > 0", f("ck_users_age")))"), code.npos) << code;
  const ops::AddConstraint add{"users", model::UniqueConstraint{.columns = {"age"}, .name = "x"}};
  EXPECT_EQ(rendered(add, naming), R"(op.create_unique_constraint("x", "users", {"age"});)");
}

TEST(RenderCpp, StepsAreParagraphsWithTheirComments) {
  const ops::DropColumn drop{.table = {"app", "users"}, .column = "a", .cascade = true};
  EXPECT_EQ(render_cpp({{"Look here:\nthis is gone \\", {drop, ops::DropSchema{"old"}}},
                        {"Nothing to do", {}},
                        {"", {}},
                        {"", {ops::RenameTable{"a", "b"}}}}),
            R"(// Look here:
// this is gone
op.drop_column("users", "a", {.schema = "app", .cascade = true});
op.drop_schema("old");

// Nothing to do

op.rename_table("a", "b");)");
}

TEST(RenderCpp, TextsTakeTheFormThatReadsBest) {
  const auto sql = [](const std::string& text) { return rendered(ops::ExecuteSql{.sql = text}); };
  EXPECT_EQ(sql("SELECT 1"), "op.execute(\"SELECT 1\");");
  EXPECT_EQ(sql("SELECT \"a\""), "op.execute(R\"(SELECT \"a\")\");");
  EXPECT_EQ(sql("SELECT 1\nFROM t"), "op.execute(R\"(SELECT 1\nFROM t)\");");
  EXPECT_EQ(sql("SELECT \")\""), "op.execute(R\"sql(SELECT \")\")sql\");");
  EXPECT_EQ(sql("blank \nends"), "op.execute(\"blank \\nends\");");
  EXPECT_EQ(sql("\r\xFF?\?/\xE2\x80\xAE"), "op.execute(\"\\r\\377?\\?/\\342\\200\\256\");");
  EXPECT_EQ(sql(std::string("a\0b", 3)), "op.execute(std::string(\"a\\000b\", 3));");
  EXPECT_EQ(sql(std::string(60, 'a') + " " + std::string(60, 'b')),
            "op.execute(\"" + std::string(60, 'a') + " \"\n           \"" + std::string(60, 'b') +
                "\");");
}

TEST(RenderCpp, ATemplateDoesNotIndentTheInsidesOfRawStrings) {
  const std::string body = rendered(ops::ExecuteSql{.sql = "SELECT '\nx'"}) + "\n" +
                           rendered(ops::ExecuteSql{.sql = "SELECT 'it''s' // \"no\""});
  const std::string file =
      render_template("  {upgrade}\n", "t", {.header = {.revision = "a"}, .upgrade = body});
  EXPECT_EQ(file,
            "  op.execute(R\"(SELECT '\nx')\");\n"
            "  op.execute(R\"(SELECT 'it''s' // \"no\")\");\n");
}

}  // namespace
}  // namespace cupel::script
