// SPDX-License-Identifier: MIT
#include "cupel/revision/target.hpp"

#include <gtest/gtest.h>

#include "revision/testing.hpp"

namespace cupel::revision {
namespace {

using Kind = Target::Kind;
using testing::error_of;

std::string refused(std::string_view text) {
  const std::string error = error_of([&] { parse_target(text); });
  return error.substr(0, error.find("\n  hint"));
}

TEST(Target, Forms) {
  EXPECT_EQ(parse_target("ab12"), (Target{Kind::Id, "", "ab12", 0, "ab12"}));
  EXPECT_EQ(parse_target("head"), (Target{Kind::Head, "", "", 0, "head"}));
  EXPECT_EQ(parse_target("heads"), (Target{Kind::Heads, "", "", 0, "heads"}));
  EXPECT_EQ(parse_target("base"), (Target{Kind::Base, "", "", 0, "base"}));
  EXPECT_EQ(parse_target("current"), (Target{Kind::Current, "", "", 0, "current"}));
  EXPECT_EQ(parse_target("+2"), (Target{Kind::Relative, "", "", 2, "+2"}));
  EXPECT_EQ(parse_target("-1"), (Target{Kind::Relative, "", "", -1, "-1"}));
  EXPECT_EQ(parse_target("left@head"), (Target{Kind::Head, "left", "", 0, "left@head"}));
  EXPECT_EQ(parse_target("left@-3"), (Target{Kind::Relative, "left", "", -3, "left@-3"}));
  EXPECT_EQ(parse_target("left@ab12+10"), (Target{Kind::Id, "left", "ab12", 10, "left@ab12+10"}));
  EXPECT_EQ(parse_target("head-1"), (Target{Kind::Head, "", "", -1, "head-1"}));
  EXPECT_EQ(parse_target("base+2"), (Target{Kind::Base, "", "", 2, "base+2"}));
  EXPECT_EQ(parse_target("12"), (Target{Kind::Id, "", "12", 0, "12"}));
  EXPECT_EQ(parse_target("gr\xC3\xBC\xC3\x9F"),
            (Target{Kind::Id, "", "gr\xC3\xBC\xC3\x9F", 0, "gr\xC3\xBC\xC3\x9F"}));
}

TEST(Target, Refusals) {
  EXPECT_EQ(refused(""), "the target is empty");
  EXPECT_EQ(refused("a:b"), "a range such as 'a:b' is not allowed here");
  EXPECT_EQ(refused("a@b@c"), "'a@b@c' is no target: it has more than one '@'");
  EXPECT_EQ(refused("@head"), "'@head' is no target: the branch before '@' is missing");
  EXPECT_EQ(refused("left@"), "'left@' is no target: nothing follows '@'");
  EXPECT_EQ(error_of([] { parse_target("z\xFF@"); }),
            "'z\\xFF@' is no target: byte \\xFF is no UTF-8\n"
            "  hint: a target is an id, head, heads, base, +1, -1, ab12-1, branch@head");
  EXPECT_EQ(refused("+"), "'+' is no target: '+' must be followed by a number, at the end");
  EXPECT_EQ(refused("a-b"), "'a-b' is no target: '-' must be followed by a number, at the end");
  EXPECT_EQ(refused("a+1-1"), "'a+1-1' is no target: '+' must be followed by a number, at the end");
  EXPECT_EQ(refused("l+1@head"),
            "'l+1@head' is no target: '+' must be followed by a number, at the end");
  EXPECT_EQ(refused("+0"), "'+0' is no target: the number of steps must be at least 1");
  EXPECT_EQ(refused("-99999999999999999999"),
            "'-99999999999999999999' is no target: the number of steps is too large");
  EXPECT_EQ(refused("base-1"), "'base-1' is no target: there is nothing before base");
  EXPECT_EQ(refused("a b"), "'a b' is no target: character ' ' is not allowed");
  EXPECT_EQ(refused("a\n"), "'a\\x0A' is no target: character \\x0A is not allowed");
  EXPECT_EQ(refused("gr\xFC"), "'gr\\xFC' is no target: byte \\xFC is no UTF-8");
  EXPECT_EQ(refused(std::string(200, '-')),
            "'" + std::string(80, '-') +
                "...' is no target: '-' must be followed by a number, at the end");
}

TEST(Target, Ranges) {
  EXPECT_TRUE(is_range("a:"));
  EXPECT_FALSE(is_range("a"));
  const TargetRange range = parse_range("-3:current");
  EXPECT_EQ(range.start, parse_target("-3"));
  EXPECT_EQ(range.end, parse_target("current"));
  EXPECT_EQ(parse_range(":b").start, std::nullopt);
  EXPECT_EQ(parse_range("a:").end, std::nullopt);
  EXPECT_EQ(parse_range(":"), (TargetRange{std::nullopt, std::nullopt, ":"}));
}

TEST(Target, RangeRefusals) {
  EXPECT_EQ(error_of([] { parse_range("a:b:c"); }),
            "'a:b:c' is no range: it has more than one ':'\n  hint: a range is start:end, start: "
            "or :end");
  EXPECT_EQ(error_of([] { parse_range("a"); }),
            "'a' is no range: it has no ':'\n  hint: a range is start:end, start: or :end");
}

}  // namespace
}  // namespace cupel::revision
