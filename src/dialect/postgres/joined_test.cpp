// SPDX-License-Identifier: MIT
#include "dialect/postgres/joined.hpp"

#include <gtest/gtest.h>

namespace cupel::dialect::postgres {
namespace {

TEST(PostgresJoined, Blank) {
  for (const char* text : {"", " \n\t;", "-- a", "-- a\n;", "/* a /* b */ ; */", "/**/--"}) {
    EXPECT_TRUE(is_blank(text)) << text;
  }
  for (const char* text : {"x", "-- a\nx", "/* a */ x", "/* a", "/* /* */", "/", "-"}) {
    EXPECT_FALSE(is_blank(text)) << text;
  }
}

TEST(PostgresJoined, Copy) {
  for (const char* text :
       {"COPY t FROM STDIN", "/* a */ copy(SELECT 1) TO STDOUT", "Copy\"t\" FROM STDIN"}) {
    EXPECT_TRUE(is_copy(text)) << text;
  }
  for (const char* text : {"", "COPY", "copyright()", "SELECT 'COPY '"})
    EXPECT_FALSE(is_copy(text)) << text;
}

TEST(PostgresJoined, WayBack) {
  Joined joined;
  joined.add(0, "SELECT 1 -- one");
  joined.add(3, "SELECT 2");
  EXPECT_EQ(joined.text, "SELECT 1 -- one\n;\nSELECT 2");
  EXPECT_EQ(joined.part_at(0), 0u);
  EXPECT_EQ(joined.part_at(17), 0u);
  EXPECT_EQ(joined.part_at(18), 1u);
  EXPECT_EQ(joined.part_at(99), 1u);
  EXPECT_EQ(joined.index, (std::vector<std::size_t>{0, 3}));
}

TEST(PostgresJoined, CharactersAreNotBytes) {
  EXPECT_EQ(offset_of_character("abc", 1), 0u);
  EXPECT_EQ(offset_of_character("abc", 3), 2u);
  EXPECT_EQ(offset_of_character("\xc3\xa4\xe2\x82\xac!", 3), 5u);
  EXPECT_EQ(offset_of_character("ab", 9), 2u);
}

}  // namespace
}  // namespace cupel::dialect::postgres
