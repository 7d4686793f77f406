// SPDX-License-Identifier: MIT
#include "cupel/model/naming.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"

namespace cupel::model {
namespace {

std::string unique_name(const std::string& convention, const ObjectName& table = "user_table") {
  return NamingConvention{.uq = convention}.name_for(UniqueConstraint{{"x", "y"}}, table, 63);
}
std::string message(const NamingConvention& convention, const Constraint& constraint) {
  try {
    return convention.name_for(constraint, "t", 63);
  } catch (const UsageError& error) {
    return error.what();
  }
}

}  // namespace

TEST(ModelNaming, FillsEveryToken) {
  EXPECT_EQ(unique_name("uq_%(table_name)s_%(column_0_name)s"), "uq_user_table_x");
  EXPECT_EQ(unique_name("uq_%(table_name)s_%(column_1_name)s"), "uq_user_table_y");
  EXPECT_EQ(unique_name("uq_%(column_0_N_name)s"), "uq_x_y");
  EXPECT_EQ(unique_name("uq_%(column_0N_name)s"), "uq_xy");
  EXPECT_EQ(unique_name("uq_%(column_0_label)s"), "uq_user_table_x");
  EXPECT_EQ(unique_name("uq_%(column_0_N_label)s"), "uq_user_table_x_user_table_y");
  EXPECT_EQ(unique_name("uq_%(column_7_name)s|"), "uq_|");
  EXPECT_EQ(unique_name("100%%"), "100%");
  EXPECT_EQ(unique_name(""), "");
}

TEST(ModelNaming, LabelsHoldTheSchemaAndTableNamesDoNot) {
  EXPECT_EQ(unique_name("%(column_0_label)s", {"app.x", "t"}), "app_x_t_x");
  EXPECT_EQ(unique_name("%(table_name)s", {"app", "t"}), "t");
}

TEST(ModelNaming, ForeignKeysKnowWhatTheyReferTo) {
  const NamingConvention convention{
      .fk =
          "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s_"
          "%(referred_column_0_name)s_%(referred_column_0_N_name)s"};
  const ForeignKey key{
      .columns = {"x"}, .referred_table = {"app", "b"}, .referred_columns = {"y", "z"}};
  EXPECT_EQ(convention.name_for(key, "a", 63), "fk_a_x_b_y_y_z");
}

TEST(ModelNaming, AGivenNameIsKeptUnlessTheTemplateWrapsIt) {
  const Constraint check = CheckConstraint{.expression = "x > 0", .name = "foo"};
  EXPECT_EQ(
      (NamingConvention{.ck = "ck_%(table_name)s_%(constraint_name)s"}).name_for(check, "t", 63),
      "ck_t_foo");
  EXPECT_EQ(NamingConvention{.ck = "ck_%(table_name)s"}.name_for(check, "t", 63), "foo");
  EXPECT_EQ(NamingConvention{}.name_for(check, "t", 63), "foo");
}

TEST(ModelNaming, IndexesAreNamedByTheirFirstColumn) {
  Index index;
  index.elements = {expression("lower(a)"), "b"};
  EXPECT_EQ(NamingConvention{}.name_for(index, "t", 63), "ix_t_b");
  EXPECT_EQ(NamingConvention{.ix = "ix_%(table_name)s_%(column_0_label)s"}.name_for(index, "t", 63),
            "ix_t_t_b");
  index.elements.pop_back();
  EXPECT_THROW(NamingConvention{}.name_for(index, "t", 63), UsageError);
}

// The expected name is what SQLAlchemy 2.0 makes: 55 characters, "_", four digits of the MD5.
TEST(ModelNaming, LongNamesAreCutAsSqlAlchemyCutsThem) {
  const std::string table(60, 't');
  const std::string name = NamingConvention{}.name_for(
      [] {
        Index index;
        index.elements = {"column"};
        return index;
      }(),
      table, 63);
  EXPECT_EQ(name.size(), 60u);
  EXPECT_EQ(name.substr(0, 56), "ix_" + std::string(52, 't') + "_");
  EXPECT_EQ(shortened_name("short", 63), "short");
  EXPECT_EQ(
      shortened_name(std::string(10, 'a') + "\xC3\xBC" + std::string(10, 'a'), 19).substr(0, 11),
      std::string(10, 'a') + "_");
}

TEST(ModelNaming, SaysWhatIsWrongWithATemplate) {
  EXPECT_EQ(message({.uq = "uq_%(nothing)s"}, UniqueConstraint{{"x"}}),
            "naming convention: there is no token '%(nothing)s'");
  EXPECT_EQ(message({.uq = "uq_%(referred_table_name)s"}, UniqueConstraint{{"x"}}),
            "naming convention: there is no token '%(referred_table_name)s'");
  EXPECT_EQ(message({.uq = "uq_%(table_name"}, UniqueConstraint{{"x"}}),
            "naming convention 'uq_%(table_name': a token is not closed");
  EXPECT_EQ(message({.ck = "ck_%(constraint_name)s"}, CheckConstraint{.expression = "x > 0"}),
            "table 't': the naming convention needs a name to fill in %(constraint_name)s");
}

}  // namespace cupel::model
