// SPDX-License-Identifier: MIT
#include "cupel/alembic/ini.hpp"

#include <gtest/gtest.h>

namespace cupel::alembic {
namespace {

std::string error_of(const std::string& text, const std::string& key = "a") {
  try {
    Ini::parse(text, "alembic.ini").get("s", key);
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

TEST(Ini, ReadsWhatConfigparserReads) {
  const Ini ini = Ini::parse(
      "\xEF\xBB\xBF# a comment\n[DEFAULT]\nBase = /srv\n\n[s]\n  ; another\nA = 1\r\nb : x = y\n"
      "empty =\nlist = one\n\n  two\n  # not a comment's end\n  three\n\nc=%(base)s/%(a)s %%\n",
      "alembic.ini", {{"here", "/home/me"}});
  EXPECT_EQ(ini.get("s", "a"), "1");
  EXPECT_EQ(ini.get("s", "B"), "x = y");
  EXPECT_EQ(ini.get("s", "empty"), "");
  EXPECT_EQ(ini.get("s", "list"), "one\n\ntwo\nthree");
  EXPECT_EQ(ini.get("s", "c"), "/srv/1 %");
  EXPECT_EQ(ini.get_raw("s", "c"), "%(base)s/%(a)s %%");
  EXPECT_EQ(ini.get("s", "here"), "/home/me");
  EXPECT_EQ(ini.get("s", "nothing"), std::nullopt);
  EXPECT_EQ(ini.get("other", "here"), std::nullopt);
  EXPECT_TRUE(ini.has_section("s"));
  EXPECT_FALSE(ini.has_section("DEFAULT"));
  EXPECT_EQ(ini.keys("s"), (std::vector<std::string>{"a", "b", "empty", "list", "c"}));
  EXPECT_EQ(ini.place_of("s", "c").line, 16u);
}

TEST(Ini, SaysWhereItIsWrong) {
  EXPECT_EQ(error_of("a = 1\n"), "alembic.ini:1:1: a value before the first section");
  EXPECT_EQ(error_of("[s]\nword\n"), "alembic.ini:2:1: expected 'key = value', got 'word'");
  EXPECT_EQ(error_of("[s\n"), "alembic.ini:1:1: a section is a name in brackets, got '[s'");
  EXPECT_EQ(error_of("[s]\na=1\nA=2\n"), "alembic.ini:3:1: 'a' is there already, in line 2");
  EXPECT_EQ(error_of("[s]\n[s]\n"), "alembic.ini:2:1: section [s] is there already, in line 1");
  EXPECT_EQ(error_of("[s]\na = p%40w\n"),
            "alembic.ini:2: a '%' in 'a' begins neither %% nor %(name)s");
  EXPECT_EQ(error_of("[s]\na = %(b)s\n"), "alembic.ini:2: 'a' refers to %(b)s, which is nowhere");
  EXPECT_EQ(error_of("[s]\na = %(b)s\nb = %(a)s\n"),
            "alembic.ini:3: 'b' refers to itself through %(...)s");
}

TEST(Ini, AValueOfTheFileReplacesADefault) {
  EXPECT_EQ(Ini::parse("[DEFAULT]\nhere=x\n[s]\n", "f", {{"here", "y"}}).get("s", "here"), "x");
}

}  // namespace
}  // namespace cupel::alembic
