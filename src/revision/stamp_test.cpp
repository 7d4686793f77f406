// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "cupel/revision/plan.hpp"
#include "revision/testing.hpp"

namespace cupel::revision {
namespace {

using testing::error_of;
using testing::graph;
using testing::stamp;

const Graph& diamond() {
  static const Graph g =
      graph("a1; a1 <- b2[left], c3[right]; b2, c3 <- d4; d4 <- e5; x1; x1 <- x2");
  return g;
}

TEST(Stamp, AnEmptyTable) {
  EXPECT_EQ(stamp(diamond(), "", "e5"), "stamp_revision  -> e5: +e5\n= e5");
  EXPECT_EQ(stamp(diamond(), "", "heads"),
            "stamp_revision  -> e5: +e5\nstamp_revision  -> x2: +x2\n= e5 x2");
  EXPECT_EQ(stamp(Graph(), "", "head"), "= ");
}

TEST(Stamp, ForwardAndBackOnOneLine) {
  EXPECT_EQ(stamp(diamond(), "a1", "e5"), "stamp_revision a1 -> e5: a1>e5\n= e5");
  EXPECT_EQ(stamp(diamond(), "e5", "a1"), "stamp_revision e5 -> a1: e5>a1\n= a1");
  EXPECT_EQ(stamp(diamond(), "e5", "e5"), "= e5");
}

TEST(Stamp, MergesAndUnmerges) {
  EXPECT_EQ(stamp(diamond(), "b2,c3", "d4"), "stamp_revision b2, c3 -> d4: -b2 c3>d4\n= d4");
  EXPECT_EQ(stamp(diamond(), "b2,c3", "a1"), "stamp_revision b2, c3 -> a1: -b2 c3>a1\n= a1");
  EXPECT_EQ(stamp(diamond(), "d4", "b2,c3"),
            "stamp_revision d4 -> b2: d4>b2\nstamp_revision  -> c3: +c3\n= b2 c3");
  EXPECT_EQ(stamp(diamond(), "d4", "c3"), "stamp_revision d4 -> c3: d4>c3\n= c3");
}

TEST(Stamp, LeavesOtherBranchesAlone) {
  EXPECT_EQ(stamp(diamond(), "a1,x1", "d4"), "stamp_revision a1 -> d4: a1>d4\n= d4 x1");
  EXPECT_EQ(stamp(diamond(), "x1", "d4"), "stamp_revision  -> d4: +d4\n= d4 x1");
}

TEST(Stamp, BaseRemovesAllAndABranchOnlyItsOwn) {
  EXPECT_EQ(stamp(diamond(), "d4,x1", "base"),
            "stamp_revision d4 -> : -d4\nstamp_revision x1 -> : -x1\n= ");
  EXPECT_EQ(stamp(diamond(), "d4", "left@base"), "stamp_revision d4 -> c3: d4>c3\n= c3");
  EXPECT_EQ(stamp(diamond(), "b2", "left@base"), "stamp_revision b2 -> a1: b2>a1\n= a1");
}

TEST(Stamp, RelativeTargetsMeanWhatTheRunWouldLeave) {
  EXPECT_EQ(stamp(diamond(), "d4", "-1"),
            "stamp_revision d4 -> b2: d4>b2\nstamp_revision  -> c3: +c3\n= b2 c3");
  EXPECT_EQ(stamp(diamond(), "d4", "+1"), "stamp_revision d4 -> e5: d4>e5\n= e5");
  EXPECT_EQ(stamp(diamond(), "a1", "d4+1"), "stamp_revision a1 -> e5: a1>e5\n= e5");
  EXPECT_EQ(error_of([] { stamp(diamond(), "a1", "a1-1"); }),
            "relative revision a1-1 didn't produce 1 migrations: it leads to base\n  hint: cupel "
            "stamp base");
}

TEST(Stamp, AnAncestorWithItsDescendantIsRefused) {
  EXPECT_EQ(error_of([] { stamp(diamond(), "", "a1,b2"); }),
            "cannot stamp both 'a1' and 'b2': 'a1' is an ancestor of 'b2'\n"
            "  hint: 'b2' implies its ancestors: cupel stamp b2");
  EXPECT_EQ(stamp(diamond(), "", "b2,b2"), "stamp_revision  -> b2: +b2\n= b2");
}

TEST(Stamp, ADependencyIsImplied) {
  const Graph g = graph("a1; x1(a1)");
  EXPECT_EQ(stamp(g, "", "a1,x1"), "stamp_revision  -> x1: +x1\n= x1");
  EXPECT_EQ(stamp(g, "", "heads"), "stamp_revision  -> x1: +x1\n= x1");
}

TEST(Stamp, RepairsARedundantRow) {
  EXPECT_EQ(stamp(diamond(), "a1,b2", "b2"), "stamp_revision a1 -> : -a1\n= b2");
  EXPECT_EQ(stamp(diamond(), "a1,b2", "a1"), "stamp_revision b2 -> a1: -a1 b2>a1\n= a1");
}

TEST(Stamp, UnknownRowsNeedPurge) {
  EXPECT_EQ(error_of([] { stamp(diamond(), "zzzzzz", "d4"); }),
            "the database is at revision 'zzzzzz', which no file defines\n"
            "  hint: bring its file back (another branch?), or let cupel doctor find out which "
            "revision it is");
  EXPECT_EQ(stamp(diamond(), "zzzzzz", "d4", true), "purge\nstamp_revision  -> d4: +d4\n= d4");
  EXPECT_EQ(stamp(diamond(), "zzzzzz,x1", "base", true), "purge\n= ");
}

TEST(Stamp, BaseAndRelativeOnesStandAlone) {
  EXPECT_EQ(error_of([] { stamp(diamond(), "", "base,b2"); }),
            "'base' cannot be stamped together with other revisions\n"
            "  hint: stamp it alone, or name full revisions");
}

TEST(Stamp, HeadMustBeOne) {
  EXPECT_EQ(error_of([] { stamp(diamond(), "", "head"); }),
            "multiple head revisions are present for given argument 'head': 'e5', 'x2'; please "
            "specify a specific "
            "target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all "
            "heads\n"
            "  hint: make them one: cupel merge -m \"...\" e5 x2");
}

}  // namespace
}  // namespace cupel::revision
