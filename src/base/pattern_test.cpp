// SPDX-License-Identifier: MIT
#include "cupel/base/pattern.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cupel::text {
namespace {

TEST(Pattern, StarTakesAnything) {
  EXPECT_TRUE(matches_pattern("legacy_users", "legacy_*"));
  EXPECT_TRUE(matches_pattern("legacy_", "legacy_*"));
  EXPECT_FALSE(matches_pattern("my_legacy_users", "legacy_*"));
  EXPECT_TRUE(matches_pattern("abxbyb", "a*b*b"));
  EXPECT_FALSE(matches_pattern("abxby", "a*b*b"));
  EXPECT_TRUE(matches_pattern("", "*"));
  EXPECT_TRUE(matches_pattern("", ""));
  EXPECT_FALSE(matches_pattern("a", ""));
}

TEST(Pattern, QuestionMarkTakesOneCharacter) {
  EXPECT_TRUE(matches_pattern("t1", "t?"));
  EXPECT_TRUE(matches_pattern("t\u00e4", "t?"));
  EXPECT_FALSE(matches_pattern("t", "t?"));
  EXPECT_FALSE(matches_pattern("t12", "t?"));
}

TEST(Pattern, SetsAndTheirNegation) {
  EXPECT_TRUE(matches_pattern("t5", "t[0-9]"));
  EXPECT_FALSE(matches_pattern("tx", "t[0-9]"));
  EXPECT_TRUE(matches_pattern("tx", "t[!0-9]"));
  EXPECT_TRUE(matches_pattern("t]", "t[]]"));
  EXPECT_TRUE(matches_pattern("t[", "t["));
}

TEST(Pattern, BackslashTakesTheNextAsItIs) {
  EXPECT_TRUE(matches_pattern("a*b", "a\\*b"));
  EXPECT_FALSE(matches_pattern("axb", "a\\*b"));
}

TEST(Pattern, ManyStarsTakeNoTime) {
  EXPECT_FALSE(matches_pattern(std::string(2000, 'a'), "*a*a*a*a*a*a*a*a*b"));
}

}  // namespace
}  // namespace cupel::text
