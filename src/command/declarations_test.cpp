// SPDX-License-Identifier: MIT
#include "command/declarations.hpp"

#include <gtest/gtest.h>

namespace cupel::command {
namespace {

using model::ObjectKind;

model::ObjectKey table(const std::string& name) { return {ObjectKind::Table, name, {}}; }

TEST(DeclarationComment, OneLineForEachSource) {
  EXPECT_EQ(declaration_comment({table("a"), table("b"), {ObjectKind::View, "v", {}}, table("x")},
                                {{table("a"), "schema/a.sql:3"},
                                 {table("b"), "models"},
                                 {{ObjectKind::View, "v", {}}, "schema/a.sql:12"}}),
            "declared in schema/a.sql: table 'a', view 'v'\ndeclared in models: table 'b'");
  EXPECT_EQ(declaration_comment({table("a")}, {}), "");
}

TEST(DeclarationComment, IsFoundAgainAlsoWhereItIsLong) {
  std::vector<model::ObjectKey> objects;
  std::map<model::ObjectKey, std::string> declared_in;
  for (int i = 0; i < 50; ++i) {
    objects.push_back(table("a_table_with_a_name_" + std::to_string(i)));
    declared_in[objects.back()] = "schema.sql";
  }
  std::string text;
  for (const std::string& line : {declaration_comment(objects, declared_in)}) text += line;
  std::string commented = "-- ";
  for (const char c : text) {
    commented += c;
    if (c == '\n') commented += "-- ";
  }
  const auto found = find_declarations("CREATE TABLE x (a int);\n" + commented + "\n\n-- a, b\n");
  EXPECT_EQ(found.size(), objects.size());
  EXPECT_EQ(found.at("table 'a_table_with_a_name_49'"), "schema.sql");
}

TEST(FindDeclarations, ReadsCommentsOfBothLanguages) {
  const auto found = find_declarations(
      "  // declared in models.hpp: table 'a',\n  //   view 's.v'\n  op.create_table(\"a\");\n"
      "// declared in nothing\n");
  EXPECT_EQ(found, (std::map<std::string, std::string>{{"table 'a'", "models.hpp"},
                                                       {"view 's.v'", "models.hpp"}}));
}

}  // namespace
}  // namespace cupel::command
