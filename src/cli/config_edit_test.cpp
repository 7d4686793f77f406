// SPDX-License-Identifier: MIT
#include "cli/config_edit.hpp"

#include <gtest/gtest.h>

#include "cupel/base/error.hpp"

namespace cupel::cli {
namespace {

std::string excluded(const std::string& text, const std::vector<std::string>& values) {
  return with_list_values(text, "cupel.toml", "autogenerate", "exclude_tables", values);
}

TEST(WithListValues, MakesWhatIsMissing) {
  EXPECT_EQ(excluded("", {"a"}), "[autogenerate]\nexclude_tables = [\"a\"]\n");
  EXPECT_EQ(excluded("[project] # mine\nformat = \"sql\"", {"a", "b_*"}),
            "[project] # mine\nformat = \"sql\"\n\n[autogenerate]\nexclude_tables = [\"a\", "
            "\"b_*\"]\n");
  EXPECT_EQ(excluded("[autogenerate]  # here\nconcurrent_indexes = true\n", {"a"}),
            "[autogenerate]  # here\nexclude_tables = [\"a\"]\nconcurrent_indexes = true\n");
  EXPECT_EQ(excluded("[autogenerate]", {"a"}), "[autogenerate]\nexclude_tables = [\"a\"]\n");
}

TEST(WithListValues, AddsToAList) {
  EXPECT_EQ(excluded("[autogenerate]\nexclude_tables = []\n", {"a"}),
            "[autogenerate]\nexclude_tables = [\"a\"]\n");
  EXPECT_EQ(excluded("[autogenerate]\nexclude_tables = [\"x]\", 'y'] # z\n", {"a", "y"}),
            "[autogenerate]\nexclude_tables = [\"x]\", 'y', \"a\"] # z\n");
  EXPECT_EQ(excluded("[autogenerate]\nexclude_tables = [\n  \"x\",\n]\n", {"a"}),
            "[autogenerate]\nexclude_tables = [\n  \"x\", \"a\"\n]\n");
  EXPECT_EQ(excluded("[autogenerate]\nexclude_tables = [\"a\"]\n", {"a"}),
            "[autogenerate]\nexclude_tables = [\"a\"]\n");
  EXPECT_EQ(excluded("[autogenerate]\nexclude_tables = []\n", {"a\"b\\"}),
            "[autogenerate]\nexclude_tables = [\"a\\\"b\\\\\"]\n");
}

TEST(WithListValues, RefusesWhatIsNoListAndNoToml) {
  EXPECT_THROW(excluded("[autogenerate]\nexclude_tables = 3\n", {"a"}), InputError);
  EXPECT_THROW(excluded("[autogenerate\n", {"a"}), InputError);
}

}  // namespace
}  // namespace cupel::cli
