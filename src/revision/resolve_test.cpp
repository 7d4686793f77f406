// SPDX-License-Identifier: MIT
#include "cupel/revision/resolve.hpp"

#include <gtest/gtest.h>

#include "revision/testing.hpp"

namespace cupel::revision {
namespace {

using testing::error_of;
using testing::graph;
using testing::names;
using testing::words;

const Graph& sample() {
  static const Graph g = graph("a1; a1 <- b2[left], c3[right]; b2 <- e5; e5 <- f6(c3)");
  return g;
}

std::string found(const Graph& g, std::string_view text, std::string_view rows = "") {
  return names(g, resolve(g, text, words(rows)));
}
std::string range(const Graph& g, std::string_view text, std::string_view rows = "") {
  return names(g, history(g, parse_range(text), words(rows)));
}

TEST(Rows, KnownUnknownAndRedundant) {
  const std::vector<std::string> rows{"e5", "gone", "a1", "c3", "e5", "gone"};
  const CurrentRows current = resolve_rows(sample(), rows);
  EXPECT_EQ(names(sample(), current.known), "c3 e5");
  EXPECT_EQ(current.unknown, std::vector<std::string>{"gone"});
  EXPECT_EQ(names(sample(), current.redundant), "a1");
}

TEST(Rows, ADependencysRowIsRedundant) {
  const CurrentRows current = resolve_rows(sample(), words("c3,f6"));
  EXPECT_EQ(names(sample(), current.known), "f6");
  EXPECT_EQ(names(sample(), current.redundant), "c3");
}

TEST(Rows, PendingAndAtHeads) {
  EXPECT_EQ(names(sample(), pending(sample(), words("b2"))), "e5 c3 f6");
  EXPECT_FALSE(is_at_heads(sample(), words("e5,c3")));
  EXPECT_TRUE(is_at_heads(sample(), words("f6")));
  EXPECT_FALSE(is_at_heads(sample(), words("f6,gone")));
  EXPECT_TRUE(is_at_heads(Graph(), {}));
}

TEST(Resolve, Symbols) {
  EXPECT_EQ(found(sample(), "head"), "f6");
  EXPECT_EQ(found(sample(), "heads"), "c3 f6");
  EXPECT_EQ(found(sample(), "left@head"), "f6");
  EXPECT_EQ(found(sample(), "right@head"), "c3");
  EXPECT_EQ(found(sample(), "e5@heads"), "f6");
  EXPECT_EQ(found(sample(), "base"), "");
  EXPECT_EQ(found(sample(), "left@base"), "");
  EXPECT_EQ(found(sample(), "current"), "");
  EXPECT_EQ(found(sample(), "current", "e5,c3"), "c3 e5");
  EXPECT_EQ(found(sample(), "left@current", "e5,c3"), "e5");
  EXPECT_EQ(found(sample(), "e"), "e5");
}

TEST(Resolve, Steps) {
  EXPECT_EQ(found(sample(), "-1"), "e5");
  EXPECT_EQ(found(sample(), "current-1", "e5"), "b2");
  EXPECT_EQ(found(sample(), "e5-3"), "");
  EXPECT_EQ(found(sample(), "left@a1+1"), "b2");
  EXPECT_EQ(found(sample(), "left@base+2"), "b2");
  EXPECT_EQ(error_of([] { found(sample(), "e5-4"); }),
            "relative revision e5-4 didn't produce 4 migrations: only 3 are there");
  EXPECT_EQ(error_of([] { found(sample(), "current-1"); }),
            "relative revision current-1 didn't produce 1 migrations: it is at base");
  EXPECT_EQ(error_of([] { found(sample(), "+1"); }),
            "'+1' does not say where to count from\n"
            "  hint: base+1 counts from the first revision, current+1 from the database");
}

TEST(Resolve, ExactIdsWinOverSyntaxAndPrefixes) {
  EXPECT_EQ(found(graph("a; ab; a-1"), "a"), "a");
  EXPECT_EQ(found(graph("a; ab; a-1"), "a-1"), "a-1");
  EXPECT_EQ(found(graph("ab[abx]"), "a"), "ab");
}

TEST(Resolve, ReadingWorksInABrokenGraph) {
  const Graph g = graph("gone <- b; b <- c; x <- x");
  EXPECT_EQ(found(g, "heads"), "c x");
  EXPECT_EQ(found(g, "c-1"), "b");
  EXPECT_EQ(range(g, ":"), "x c b");
}

TEST(History, Ranges) {
  EXPECT_EQ(names(sample(), history(sample())), "f6 c3 e5 b2 a1");
  EXPECT_EQ(range(sample(), ":"), "f6 c3 e5 b2 a1");
  EXPECT_EQ(range(sample(), "b2:f6"), "f6 e5 b2");
  EXPECT_EQ(range(sample(), "b2:b2"), "b2");
  EXPECT_EQ(range(sample(), ":e5"), "e5 b2 a1");
  EXPECT_EQ(range(sample(), "c3:"), "f6 c3");
  EXPECT_EQ(range(sample(), "base:left@b2"), "b2 a1");
  EXPECT_EQ(range(sample(), "e5-1:head"), "f6 e5 b2");
}

TEST(History, EndsThatCountFromTheOther) {
  EXPECT_EQ(range(sample(), "-2:"), "f6 e5 b2");
  EXPECT_EQ(range(sample(), "-1:e5"), "e5 b2");
  EXPECT_EQ(range(sample(), "-9:e5"), "e5 b2 a1");
  EXPECT_EQ(range(sample(), "b2:+1"), "e5 b2");
  EXPECT_EQ(range(sample(), ":+2"), "b2 a1");
  EXPECT_EQ(range(sample(), "right@-1:c3"), "c3 a1");
  EXPECT_EQ(range(sample(), "-2:current", "e5"), "e5 b2 a1");
  EXPECT_EQ(error_of([] { range(sample(), "-1:+1"); }),
            "both ends of '-1:+1' count from the other end\n"
            "  hint: name one end: -3:head, ab12:+2, -3:current");
}

TEST(History, CountingBackThroughAMergeIsNotAmbiguous) {
  EXPECT_EQ(range(graph("a; a <- b, c; b, c <- d"), "-1:"), "d c");
}

TEST(History, Current) {
  EXPECT_EQ(range(sample(), "current:", "e5"), "f6 e5");
  EXPECT_EQ(range(sample(), ":current", "e5"), "e5 b2 a1");
  EXPECT_EQ(range(sample(), ":current", ""), "");
  EXPECT_EQ(range(sample(), "current:", ""), "f6 c3 e5 b2 a1");
  EXPECT_EQ(range(sample(), "current:", "e5,gone"), "f6 e5");
  EXPECT_EQ(error_of([] { range(sample(), "current:", "gone"); }),
            "the database is at revision 'gone', which no file defines\n"
            "  hint: bring its file back (another branch?), or let cupel doctor find out which "
            "revision it is");
}

TEST(History, EndsMustLieOnOneLine) {
  const std::string message =
      "requested range {} does not refer to ancestor/descendant revisions along the same branch\n  "
      "hint: ";
  const auto error = [&](const char* text) {
    return std::pair(error_of([&] { range(sample(), text); }),
                     text::replace_all(message, "{}", text));
  };
  const auto [siblings, same] = error("c3:e5");
  EXPECT_EQ(siblings, same + "see cupel history for what stands on what");
  const auto [reversed, prefix] = error("f6:a1");
  EXPECT_EQ(reversed, prefix + "the older revision comes first: a1:f6");
  const auto [to_base, start] = error("a1:base");
  EXPECT_EQ(to_base, start + "the older revision comes first: base:a1");
}

}  // namespace
}  // namespace cupel::revision
