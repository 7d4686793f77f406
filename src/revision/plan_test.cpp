// SPDX-License-Identifier: MIT
// Upgrades and downgrades: steps, rows, notes, refusals. Orders and rows of random graphs:
// plan_property_test.cpp.
#include "cupel/revision/plan.hpp"

#include <gtest/gtest.h>

#include "revision/testing.hpp"

namespace cupel::revision {
namespace {

using testing::down;
using testing::error_of;
using testing::graph;
using testing::up;

std::string no_up(const Graph& g, const char* rows, const char* target) {
  return error_of([&] { up(g, rows, target); });
}
std::string no_down(const Graph& g, const char* rows, const char* target) {
  return error_of([&] { down(g, rows, target); });
}

const Graph& line() {
  static const Graph g = graph("a1; a1 <- a2; a2 <- a3; a3 <- a4");
  return g;
}
const Graph& diamond() {
  static const Graph g = graph("a1; a1 <- b2[left], c3[right]; b2, c3 <- d4");
  return g;
}
const Graph& fork() {
  static const Graph g = graph("a1; a1 <- b2[left], c3[right]; b2 <- b4; c3 <- c5");
  return g;
}

TEST(Upgrade, ToTheHead) {
  EXPECT_EQ(up(line(), "", "head"),
            "upgrade  -> a1: +a1\nupgrade a1 -> a2: a1>a2\nupgrade a2 -> a3: a2>a3\nupgrade a3 -> "
            "a4: a3>a4\n= a4");
  EXPECT_EQ(up(line(), "a2", "a3"), "upgrade a2 -> a3: a2>a3\n= a3");
  EXPECT_EQ(up(Graph(), "", "head"), "= ");
  EXPECT_EQ(up(Graph(), "", "heads"), "= ");
}

TEST(Upgrade, BranchesAndMerges) {
  EXPECT_EQ(up(diamond(), "", "d4"),
            "upgrade  -> a1: +a1\n"
            "upgrade a1 -> b2: a1>b2\n"
            "upgrade a1 -> c3: +c3\n"
            "upgrade b2, c3 -> d4: -b2 c3>d4\n= d4");
  EXPECT_EQ(up(diamond(), "c3", "head"),
            "upgrade a1 -> b2: +b2\nupgrade b2, c3 -> d4: -b2 c3>d4\n= d4");
  EXPECT_EQ(up(fork(), "a1", "left@head"),
            "upgrade a1 -> b2: a1>b2\nupgrade b2 -> b4: b2>b4\n= b4");
  EXPECT_EQ(up(fork(), "a1", "heads"),
            "upgrade a1 -> b2: a1>b2\nupgrade b2 -> b4: b2>b4\nupgrade a1 -> c3: +c3\nupgrade c3 "
            "-> c5: c3>c5\n"
            "= b4 c5");
}

TEST(Upgrade, ADependencyComesFirstAndLosesItsRow) {
  const Graph g = graph("a1; a1 <- a2; x1; x1 <- x2(a1)");
  EXPECT_EQ(up(g, "", "x2"),
            "upgrade  -> a1: +a1\nupgrade  -> x1: +x1\nupgrade x1 -> x2: -a1 x1>x2\n= x2");
  EXPECT_EQ(up(g, "x2", "heads"), "upgrade a1 -> a2: +a2\n= a2 x2");
  EXPECT_EQ(up(g, "a2,x1", "x2"), "upgrade x1 -> x2: x1>x2\n= a2 x2");
}

TEST(Upgrade, HeadIsTheOneThatImpliesTheOthers) {
  EXPECT_EQ(up(graph("a; x(a)"), "", "head"), "upgrade  -> a: +a\nupgrade  -> x: a>x\n= x");
}

TEST(Upgrade, ByPartialIdLabelAndMembership) {
  const Graph g = graph("abc1; abc1 <- abd2[left], xyz3");
  EXPECT_EQ(up(g, "abc1", "abd"), "upgrade abc1 -> abd2: abc1>abd2\n= abd2");
  EXPECT_EQ(up(g, "abc1", "left"), "upgrade abc1 -> abd2: abc1>abd2\n= abd2");
  EXPECT_EQ(up(g, "abc1", "le"), "upgrade abc1 -> abd2: abc1>abd2\n= abd2");
  EXPECT_EQ(up(g, "abc1", "left@abd2"), "upgrade abc1 -> abd2: abc1>abd2\n= abd2");
  EXPECT_EQ(up(g, "abc1", "x"), "upgrade abc1 -> xyz3: abc1>xyz3\n= xyz3");
  EXPECT_EQ(no_up(g, "", "ab"),
            "revision 'ab' is ambiguous: 'abc1', 'abd2'\n  hint: type more of it");
  EXPECT_EQ(no_up(g, "", "abc2"), "can't locate revision 'abc2'\n  hint: did you mean 'abc1'?");
  EXPECT_EQ(no_up(g, "", "nothing"),
            "can't locate revision 'nothing'\n  hint: cupel history lists the revisions");
  EXPECT_EQ(no_up(g, "", "left@xyz3"),
            "revision 'xyz3' is not a member of branch 'left'\n"
            "  hint: leave 'left@' out, or see cupel history");
  EXPECT_EQ(no_up(g, "", "lefd@head"), "no such branch 'lefd'\n  hint: did you mean 'left'?");
}

TEST(Upgrade, AnIdWithIllegalCharactersIsFoundAsItIs) {
  EXPECT_EQ(no_up(graph("a-1"), "", "a-1"),
            "a-1.sql: 'a-1' cannot be a revision identifier: character '-' is not allowed\n"
            "  hint: give it another id; letters, digits, '_' and '.' are fine");
}

TEST(Upgrade, SeveralHeads) {
  EXPECT_EQ(no_up(fork(), "a1", "head"),
            "multiple head revisions are present for given argument 'head': 'b4', 'c5'; please "
            "specify a specific "
            "target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all "
            "heads\n"
            "  hint: make them one: cupel merge -m \"...\" b4 c5");
}

TEST(Upgrade, ToSomethingOlderIsANote) {
  EXPECT_EQ(
      up(line(), "a3", "a2"),
      "= a3\nthe database is already past 'a2' (at 'a3'); to go back use: cupel downgrade a2");
  EXPECT_EQ(
      up(line(), "a3", "base"),
      "= a3\nthe database is already past 'base' (at 'a3'); to go back use: cupel downgrade base");
  EXPECT_EQ(up(line(), "a3", "a3"), "= a3");
  EXPECT_EQ(up(line(), "a4", "head"), "= a4");
  EXPECT_EQ(up(line(), "", "base"), "= ");
}

TEST(Upgrade, CountedSteps) {
  EXPECT_EQ(up(line(), "a1", "+2"), "upgrade a1 -> a2: a1>a2\nupgrade a2 -> a3: a2>a3\n= a3");
  EXPECT_EQ(up(line(), "", "+1"), "upgrade  -> a1: +a1\n= a1");
  EXPECT_EQ(up(line(), "a1", "current+1"), "upgrade a1 -> a2: a1>a2\n= a2");
  EXPECT_EQ(up(line(), "a1", "a2+1"), "upgrade a1 -> a2: a1>a2\nupgrade a2 -> a3: a2>a3\n= a3");
  EXPECT_EQ(up(line(), "a1", "head-1"), "upgrade a1 -> a2: a1>a2\nupgrade a2 -> a3: a2>a3\n= a3");
  EXPECT_EQ(up(line(), "", "base+1"), "upgrade  -> a1: +a1\n= a1");
  EXPECT_EQ(no_up(line(), "a1", "+5"),
            "relative revision +5 didn't produce 5 migrations: only 3 can be applied\n  hint: "
            "cupel upgrade heads");
  EXPECT_EQ(no_up(line(), "a4", "+1"),
            "relative revision +1 didn't produce 1 migrations: nothing is left to apply");
  EXPECT_EQ(no_up(line(), "a1", "a3+2"),
            "relative revision a3+2 didn't produce 2 migrations: only 1 is there");
  EXPECT_EQ(no_up(line(), "a1", "a4+1"),
            "relative revision a4+1 didn't produce 1 migrations: nothing comes after it");
  EXPECT_EQ(no_up(line(), "a1", "-1"),
            "'-1' is not a valid upgrade target: it goes back\n  hint: to go back use: cupel "
            "downgrade -1");
}

TEST(Upgrade, CountedStepsAtABranchpointAreAmbiguous) {
  EXPECT_EQ(no_up(fork(), "a1", "+2"),
            "'+2' is ambiguous: after 'a1' there are 'b2', 'c3'\n"
            "  hint: choose one: cupel upgrade left@+2, cupel upgrade right@+2");
  EXPECT_EQ(no_up(fork(), "", "+2"),
            "'+2' is ambiguous: after 'a1' there are 'b2', 'c3'\n"
            "  hint: choose one: cupel upgrade b2, cupel upgrade c3");
  EXPECT_EQ(no_up(graph("a; b"), "", "+1"),
            "'+1' is ambiguous: after base there are 'a', 'b'\n"
            "  hint: choose one: cupel upgrade a, cupel upgrade b");
  EXPECT_EQ(no_up(fork(), "b2,c3", "+1"),
            "'+1' is ambiguous: after base there are 'b4', 'c5'\n"
            "  hint: choose one: cupel upgrade left@+1, cupel upgrade right@+1");
  EXPECT_EQ(no_up(fork(), "", "a1+1"),
            "'a1+1' is ambiguous: after 'a1' there are 'b2', 'c3'\n  hint: choose one: b2, c3");
}

TEST(Upgrade, CountedStepsOnABranch) {
  EXPECT_EQ(up(fork(), "c5", "left@+1"), "upgrade a1 -> b2: +b2\n= b2 c5");
  EXPECT_EQ(up(fork(), "b2,c3", "right@+1"), "upgrade c3 -> c5: c3>c5\n= b2 c5");
  EXPECT_EQ(up(fork(), "", "left@+3"),
            "upgrade  -> a1: +a1\nupgrade a1 -> b2: a1>b2\nupgrade b2 -> b4: b2>b4\n= b4");
  EXPECT_EQ(
      no_up(fork(), "b2,c3", "left@+2"),
      "relative revision left@+2 didn't produce 2 migrations: only 1 can be applied on the branch\n"
      "  hint: cupel upgrade heads");
}

TEST(Upgrade, CountedStepsTakeAlongWhatTheyNeed) {
  EXPECT_EQ(up(diamond(), "b2", "+1"),
            "upgrade a1 -> c3: +c3\nupgrade b2, c3 -> d4: -b2 c3>d4\n= d4");
  EXPECT_EQ(up(diamond(), "b2,c3", "+1"), "upgrade b2, c3 -> d4: -b2 c3>d4\n= d4");
}

TEST(Downgrade, ToARevisionOrBase) {
  EXPECT_EQ(down(line(), "a3", "a1"), "downgrade a3 -> a2: a3>a2\ndowngrade a2 -> a1: a2>a1\n= a1");
  EXPECT_EQ(down(line(), "a2", "base"), "downgrade a2 -> a1: a2>a1\ndowngrade a1 -> : -a1\n= ");
  EXPECT_EQ(down(line(), "a2", "a2"), "= a2");
  EXPECT_EQ(down(line(), "", "base"), "= ");
  EXPECT_EQ(no_down(line(), "a2", "a3"),
            "'a3' is not a valid downgrade target: revision 'a3' is not applied, the database is "
            "at 'a2'\n"
            "  hint: to go forward use: cupel upgrade a3");
  EXPECT_EQ(
      no_down(line(), "", "a3"),
      "'a3' is not a valid downgrade target: revision 'a3' is not applied, nothing is applied\n"
      "  hint: to go forward use: cupel upgrade a3");
}

TEST(Downgrade, HeadsAndStepsForwardAreRefused) {
  for (const char* target : {"head", "heads", "left@head", "+1", "left@+1"}) {
    EXPECT_EQ(no_down(diamond(), "d4", target),
              std::string("'") + target +
                  "' is not a valid downgrade target: it goes forward\n"
                  "  hint: to go forward use: cupel upgrade " +
                  target);
  }
}

TEST(Downgrade, ThroughAMerge) {
  EXPECT_EQ(down(diamond(), "d4", "b2"), "downgrade d4 -> b2, c3: +b2 d4>c3\n= b2 c3");
  EXPECT_EQ(down(diamond(), "d4", "a1"),
            "downgrade d4 -> b2, c3: +b2 d4>c3\ndowngrade c3 -> a1: -c3\ndowngrade b2 -> a1: "
            "b2>a1\n= a1");
}

TEST(Downgrade, OneStepUnderAMergeUndoesJustTheMerge) {
  EXPECT_EQ(down(diamond(), "d4", "-1"), "downgrade d4 -> b2, c3: +b2 d4>c3\n= b2 c3");
  EXPECT_EQ(down(diamond(), "d4", "d4-1"), "downgrade d4 -> b2, c3: +b2 d4>c3\n= b2 c3");
  EXPECT_EQ(no_down(diamond(), "d4", "-2"),
            "'-2' is ambiguous: before 'd4' there are 'b2', 'c3'\n"
            "  hint: choose one: cupel downgrade b2-1, cupel downgrade c3-1");
  EXPECT_EQ(down(diamond(), "d4", "c3-1"),
            "downgrade d4 -> b2, c3: +b2 d4>c3\ndowngrade c3 -> a1: -c3\n= b2");
}

TEST(Downgrade, WalkingBackThroughAMergeNamesTheChoices) {
  EXPECT_EQ(
      no_down(diamond(), "d4", "d4-2"),
      "'d4-2' is ambiguous: before 'd4' there are 'b2', 'c3'\n  hint: choose one: b2-1, c3-1");
  EXPECT_EQ(down(diamond(), "d4", "left@d4-2"),
            "downgrade d4 -> b2, c3: +b2 d4>c3\ndowngrade b2 -> a1: -b2\n= c3");
}

TEST(Downgrade, StepsBackFromSeveralHeadsAreAmbiguous) {
  EXPECT_EQ(no_down(fork(), "b4,c5", "-1"),
            "'-1' is ambiguous: the database has several heads: 'b4', 'c5'\n"
            "  hint: choose one: cupel downgrade left@-1, cupel downgrade right@-1");
  EXPECT_EQ(no_down(graph("a1; a1 <- b2, c3"), "b2,c3", "-1"),
            "'-1' is ambiguous: the database has several heads: 'b2', 'c3'\n"
            "  hint: choose one: cupel downgrade b2-1, cupel downgrade c3-1");
  EXPECT_EQ(down(fork(), "b4,c5", "left@-1"), "downgrade b4 -> b2: b4>b2\n= b2 c5");
  EXPECT_EQ(down(fork(), "b4,c5", "c5-1"), "downgrade c5 -> c3: c5>c3\n= b4 c3");
}

TEST(Downgrade, CountedStepsOutOfRange) {
  EXPECT_EQ(down(line(), "a3", "-2"), "downgrade a3 -> a2: a3>a2\ndowngrade a2 -> a1: a2>a1\n= a1");
  EXPECT_EQ(down(line(), "a2", "-2"), "downgrade a2 -> a1: a2>a1\ndowngrade a1 -> : -a1\n= ");
  EXPECT_EQ(no_down(line(), "a3", "-5"),
            "relative revision -5 didn't produce 5 migrations: only 3 are applied\n"
            "  hint: cupel downgrade base undoes all of them");
  EXPECT_EQ(no_down(line(), "", "-1"),
            "relative revision -1 didn't produce 1 migrations: nothing is applied");
  EXPECT_EQ(no_down(line(), "a4", "a2-4"),
            "relative revision a2-4 didn't produce 4 migrations: only 2 are there");
  EXPECT_EQ(no_down(fork(), "b4,c5", "left@-3"),
            "relative revision left@-3 didn't produce 3 migrations: only 2 are applied on branch "
            "'left' alone\n"
            "  hint: cupel downgrade left@base undoes all of them");
}

TEST(Downgrade, ABranchToItsBaseKeepsWhatIsShared) {
  const std::string note =
      "\n'a1' and what is below stays, because branch 'left' shares it; to undo that as well use: "
      "cupel downgrade base";
  EXPECT_EQ(down(fork(), "b4,c5", "left@base"),
            "downgrade b4 -> b2: b4>b2\ndowngrade b2 -> a1: -b2\n= c5" + note);
  EXPECT_EQ(down(diamond(), "d4", "left@base"),
            "downgrade d4 -> b2, c3: +b2 d4>c3\ndowngrade b2 -> a1: -b2\n= c3" + note);
  EXPECT_EQ(down(fork(), "b2", "left@base"), "downgrade b2 -> a1: b2>a1\n= a1" + note);
  EXPECT_EQ(down(fork(), "c5", "left@base"), "= c5\nnothing of branch 'left' is applied");
}

TEST(Downgrade, AnIndependentBranchGoesAway) {
  const Graph g = graph("a1; x1; x1 <- x2[extra]");
  EXPECT_EQ(down(g, "a1,x2", "extra@base"),
            "downgrade x2 -> x1: x2>x1\ndowngrade x1 -> : -x1\n= a1");
}

TEST(Downgrade, OnABranchDownToASharedRevision) {
  EXPECT_EQ(down(fork(), "b4,c5", "left@a1"),
            "downgrade b4 -> b2: b4>b2\ndowngrade b2 -> a1: -b2\n= c5");
  EXPECT_EQ(down(fork(), "c5", "left@a1"), "= c5\nnothing above 'a1' is applied on branch 'left'");
}

TEST(Downgrade, DependantsGoFirstAndDependenciesGetTheirRowBack) {
  const Graph g = graph("a1; a1 <- a2; x1; x1 <- x2(a2)");
  EXPECT_EQ(down(g, "x2", "a1"),
            "downgrade x2 -> x1: +a2 x2>x1\ndowngrade a2 -> a1: a2>a1\n= a1 x1");
  EXPECT_EQ(down(g, "x2", "-1"), "downgrade x2 -> x1: +a2 x2>x1\n= a2 x1");
  // What depends on the target itself may stay.
  EXPECT_EQ(down(g, "x2", "a2"), "= x2\nnothing above 'a2' is applied");
}

TEST(Downgrade, StepsForwardFromARevisionNameARevision) {
  EXPECT_EQ(down(line(), "a4", "a1+2"), "downgrade a4 -> a3: a4>a3\n= a3");
  EXPECT_EQ(down(line(), "a4", "base+3"), "downgrade a4 -> a3: a4>a3\n= a3");
  EXPECT_EQ(down(line(), "a4", "head-2"),
            "downgrade a4 -> a3: a4>a3\ndowngrade a3 -> a2: a3>a2\n= a2");
}

TEST(Plans, AnUnknownRowIsExplained) {
  const std::string error =
      "the database is at revision 'a9', which no file defines\n"
      "  hint: the nearest revision is 'a1'; bring its file back (another branch?), or let "
      "cupel doctor find out which revision it is";
  EXPECT_EQ(no_up(line(), "a9", "head"), error);
  EXPECT_EQ(no_down(line(), "a9", "-1"), error);
  EXPECT_EQ(no_up(line(), "zzzzzz", "head"),
            "the database is at revision 'zzzzzz', which no file defines\n"
            "  hint: bring its file back (another branch?), or let cupel doctor find out which "
            "revision it is");
}

TEST(Plans, ARedundantRowIsDeletedWithTheFirstStep) {
  EXPECT_EQ(up(line(), "a1,a2", "a3"), "upgrade a2 -> a3: -a1 a2>a3\n= a3");
  EXPECT_EQ(down(line(), "a1,a2", "-1"), "downgrade a2 -> a1: -a1 a2>a1\n= a1");
  EXPECT_EQ(up(line(), "a2,a2", "a3"), "upgrade a2 -> a3: a2>a3\n= a3");
}

TEST(Plans, AnUnsoundGraphIsRefused) {
  const Graph g = graph("a; gone <- b");
  const std::string error =
      "b.sql: revision 'b' has the parent 'gone', which no file defines\n"
      "  hint: restore the file of 'gone', or correct down_revision";
  EXPECT_EQ(no_up(g, "", "a"), error);
  EXPECT_EQ(no_down(g, "a", "base"), error);
  EXPECT_EQ(error_of([&] { testing::stamp(g, "", "a"); }), error);
}

TEST(Plans, SyntaxErrorsComeFromTheTarget) {
  EXPECT_EQ(no_up(line(), "", "a:b:c"),
            "a range such as 'a:b:c' is not allowed here\n"
            "  hint: a target is an id, head, heads, base, +1, -1, ab12-1, branch@head");
}

}  // namespace
}  // namespace cupel::revision
