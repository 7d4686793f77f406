// SPDX-License-Identifier: MIT
#include "cupel/revision/graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "revision/testing.hpp"

namespace cupel::revision {
namespace {

using testing::error_of;
using testing::graph;
using testing::names;
using testing::revisions;

std::string order(const Graph& g) { return names(g, g.order()); }
std::string labels(const Graph& g, const char* id) {
  return text::join(g.labels(*g.find(id)), " ");
}

std::string problems(const Graph& g) {
  std::string text;
  for (const Problem& problem : g.problems()) {
    text += problem.path + ": " + problem.message + " | " + problem.hint + "\n";
  }
  return text;
}

TEST(Graph, AnEmptyOneAnswersEverything) {
  const Graph g = Graph::build(std::vector<Revision>());
  EXPECT_TRUE(g.empty());
  EXPECT_TRUE(g.heads().empty());
  EXPECT_TRUE(g.order().empty());
  EXPECT_EQ(g.find("a"), std::nullopt);
  EXPECT_NO_THROW(g.require_sound());
  EXPECT_TRUE(Graph().heads().empty());
}

TEST(Graph, KnowsHeadsBasesBranchpointsAndMerges) {
  const Graph g = graph("a; a <- b, c; b, c <- d; x; x <- y(c)");
  EXPECT_EQ(names(g, g.heads()), "d y");
  EXPECT_EQ(names(g, g.bases()), "a x");
  EXPECT_EQ(names(g, g.branchpoints()), "a");
  EXPECT_EQ(names(g, g.mergepoints()), "d");
  EXPECT_EQ(names(g, g.children(*g.find("a"))), "b c");
  EXPECT_EQ(names(g, g.all_children(*g.find("c"))), "d y");
  EXPECT_EQ(names(g, g.parents(*g.find("d"))), "b c");
  EXPECT_EQ(names(g, g.dependencies(*g.find("y"))), "c");
}

TEST(Graph, ADependencyTargetIsNoRealHead) {
  const Graph g = graph("a; a <- b; x; x <- y(b)");
  EXPECT_EQ(names(g, g.heads()), "b y");
  EXPECT_EQ(names(g, g.real_heads()), "y");
}

TEST(Graph, ADependencyMayBeALabel) {
  const Graph g = graph("a; a <- b[left], c[right]; x; x <- y(left)");
  EXPECT_TRUE(g.problems().empty());
  EXPECT_EQ(names(g, g.dependencies(*g.find("y"))), "b");
}

TEST(Graph, NormalisedDependenciesSayOnlyWhatIsNew) {
  const Graph g = graph("a; a <- b; b <- c; x(a); x <- y(a|b|c)");
  EXPECT_EQ(names(g, g.normalised_dependencies(*g.find("y"))), "c");
  const Graph covered = graph("a; a <- b; x(b); x <- y(a)");
  EXPECT_EQ(names(covered, covered.normalised_dependencies(*covered.find("y"))), "");
}

TEST(Graph, AncestorsByParentsOrByAll) {
  const Graph g = graph("a; a <- b; x; x <- y(b)");
  const Index a = *g.find("a"), y = *g.find("y");
  EXPECT_TRUE(g.is_ancestor(a, y));
  EXPECT_FALSE(g.is_ancestor(a, y, Edges::Parents));
  EXPECT_FALSE(g.is_ancestor(y, a));
  EXPECT_FALSE(g.is_ancestor(a, a));
}

TEST(GraphOrder, FinishesOneBranchOfAMergeBeforeTheNext) {
  EXPECT_EQ(order(graph("a; a <- b1, c1; b1 <- b2; c1 <- c2; b2, c2 <- d")), "a b1 b2 c1 c2 d");
  EXPECT_EQ(order(graph("a; a <- b1, c1; b1 <- b2; c1 <- c2; c2, b2 <- d")), "a c1 c2 b1 b2 d");
}

TEST(GraphOrder, UnrelatedHeadsComeByIdAndDependenciesBeforeDependants) {
  EXPECT_EQ(order(graph("z; z <- a; b; b <- y")), "z a b y");
  EXPECT_EQ(order(graph("a(z); z; a <- b")), "z a b");
}

TEST(GraphOrder, DoesNotDependOnTheOrderOfTheFiles) {
  auto list = revisions("a; a <- b[l], c; b, c <- d; d <- e, f; x; x <- y(c); e, f, y <- g");
  const std::string expected = order(Graph::build(list));
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::rotate(list.begin(), list.begin() + 1, list.end());
    EXPECT_EQ(order(Graph::build(list)), expected);
  }
}

TEST(GraphOrder, OfPythonFilesIsThatInWhichTheyWereListed) {
  const auto order_by = [](int first, int second) {
    return order(Graph::build({{.id = "a", .path = "z/a.py", .file_number = first},
                               {.id = "b", .path = "b/b.py", .file_number = second}}));
  };
  EXPECT_NE(order_by(0, 1), order_by(1, 0));
  EXPECT_EQ(order_by(0, 1), order_by(3, 7));
}

TEST(GraphLabels, GoToDescendantsAndBackToTheBranchpoint) {
  const Graph g = graph("a; a <- b1, c; b1 <- b2[left]; b2 <- b3; b3, c <- d; d <- e");
  EXPECT_EQ(labels(g, "a"), "");
  EXPECT_EQ(labels(g, "b1"), "left");
  EXPECT_EQ(labels(g, "b3"), "left");
  EXPECT_EQ(labels(g, "c"), "");
  EXPECT_EQ(labels(g, "d"), "left");
  EXPECT_EQ(labels(g, "e"), "left");
}

TEST(GraphLabels, AreSortedAndMetInMerges) {
  const Graph g = graph("a; a <- b[zeta], c[alpha]; b, c <- d");
  EXPECT_EQ(labels(g, "d"), "alpha zeta");
}

TEST(GraphLabels, GoBackToTheBaseOfALinearBranch) {
  const Graph g = graph("a; a <- b; b <- c[all]");
  EXPECT_EQ(labels(g, "a"), "all");
}

TEST(GraphLabels, StopAtAMerge) {
  const Graph g = graph("a; a <- b, c; b, c <- d; d <- e[late]");
  EXPECT_EQ(labels(g, "e"), "late");
  EXPECT_EQ(labels(g, "d"), "");
}

TEST(GraphProblems, AMissingParentIsNamedAndReadingGoesOn) {
  const Graph g = graph("abcd; abce <- b; abcd <- c");
  EXPECT_EQ(
      problems(g),
      "b.sql: revision 'b' has the parent 'abce', which no file defines | did you mean 'abcd'?\n");
  EXPECT_EQ(names(g, g.heads()), "b c");
  EXPECT_EQ(names(g, g.bases()), "abcd");
  EXPECT_EQ(order(g), "b abcd c");
  EXPECT_EQ(error_of([&] { g.require_sound(); }),
            "b.sql: revision 'b' has the parent 'abce', which no file defines\n  hint: did you "
            "mean 'abcd'?");
}

TEST(GraphProblems, AMissingParentIsNotGuessedToBeTheChildItself) {
  EXPECT_EQ(problems(graph("b1 <- b2")),
            "b2.sql: revision 'b2' has the parent 'b1', which no file defines | "
            "restore the file of 'b1', or correct down_revision\n");
}

TEST(GraphProblems, AMissingDependency) {
  EXPECT_EQ(problems(graph("a; a <- b(zebra)")),
            "b.sql: revision 'b' depends on 'zebra', which no file defines | "
            "restore the file of 'zebra', or correct depends_on\n");
}

TEST(GraphProblems, OfTwoFilesWithOneIdTheFirstIsRead) {
  auto list = revisions("a; a <- b; a <- b");
  list[1].path = "first.sql";
  list[2].path = "second.sql";
  const Graph g = Graph::build(list);
  EXPECT_EQ(problems(g),
            "second.sql: revision id 'b' is already used by 'first.sql' | "
            "give one of them another id, or delete it\n");
  EXPECT_EQ(g.at(*g.find("b")).path, "first.sql");
  EXPECT_EQ(g.problems()[0].other_path, "first.sql");
  EXPECT_EQ(names(g, g.heads()), "b");
}

TEST(GraphProblems, CyclesAreNamedInOrder) {
  const Graph g = graph("c <- a; a <- b; b <- c; x");
  EXPECT_EQ(problems(g),
            "a.sql: a cycle is detected in revisions: a -> b -> c -> a | "
            "correct down_revision in one of these files\n");
  EXPECT_EQ(g.problems()[0].ids, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(names(g, g.heads()), "x");
  EXPECT_EQ(g.order().size(), 4u);
}

TEST(GraphProblems, ACycleBelowAHeadIsFoundToo) {
  EXPECT_EQ(problems(graph("b <- a; a <- b; b <- h")),
            "a.sql: a cycle is detected in revisions: a -> b -> a | correct down_revision in one "
            "of these files\n");
}

TEST(GraphProblems, SelfLoops) {
  const Graph g = graph("a <- a; b(b)");
  EXPECT_EQ(problems(g),
            "a.sql: revision 'a' is its own parent | correct its down_revision\n"
            "b.sql: revision 'b' depends on itself | correct its depends_on\n");
  EXPECT_EQ(names(g, g.heads()), "a b");
}

TEST(GraphProblems, ACycleThroughADependency) {
  EXPECT_EQ(problems(graph("a(b); a <- b")),
            "a.sql: a dependency cycle is detected in revisions: a -> b -> a | "
            "correct down_revision or depends_on in one of these files\n");
}

TEST(GraphProblems, ALabelUsedTwiceOrEqualToAnId) {
  const Graph g = graph("a; a <- b[l], c[l], d[a]");
  EXPECT_EQ(
      problems(g),
      "d.sql: branch name 'a' in revision 'd' is the id of a revision | choose another label\n"
      "c.sql: branch name 'l' in revision 'c' is already used by revision 'b' | "
      "choose another label\n");
  EXPECT_EQ(g.id(*g.find_label("l")), "b");
}

TEST(GraphProblems, IllegalIdsAndLabels) {
  std::vector<Revision> list(6);
  list[0] = {.id = "", .path = "0.sql"};
  list[1] = {.id = "a-b", .path = "1.sql"};
  list[2] = {.id = "a b", .path = "2.sql"};
  list[3] = {.id = "head", .path = "3.sql"};
  list[4] = {.id = "tab\t", .path = "4.sql"};
  list[5] = {.id = std::string(200, 'x'), .branch_labels = {"l@r"}, .path = "5.sql"};
  const std::string hint = " | give it another id; letters, digits, '_' and '.' are fine\n";
  EXPECT_EQ(
      problems(Graph::build(list)),
      "0.sql: the revision has no id | give it one, such as twelve hexadecimal digits\n"
      "2.sql: 'a b' cannot be a revision identifier: character ' ' is not allowed" +
          hint + "1.sql: 'a-b' cannot be a revision identifier: character '-' is not allowed" +
          hint +
          "3.sql: 'head' cannot be a revision identifier: 'head' is a word of the target syntax" +
          hint + "4.sql: 'tab\t' cannot be a revision identifier: character \\x09 is not allowed" +
          hint +
          "5.sql: 'l@r' cannot be a branch label: character '@' is not allowed | "
          "choose another label; letters, digits, '_' and '.' are fine\n");
}

TEST(GraphProblems, RequireSoundSaysHowManyMore) {
  EXPECT_EQ(error_of([] { graph("p <- a; q <- b; r <- c").require_sound(); }),
            "a.sql: revision 'a' has the parent 'p', which no file defines (and 2 more)\n"
            "  hint: restore the file of 'p', or correct down_revision");
}

// 50,000 revisions, a merge every ten; only that it ends and is right, time is the benchmark's
// matter.
TEST(Graph, ScalesToManyRevisionsWithMerges) {
  std::vector<Revision> list;
  std::string tip = "r0";
  list.push_back({.id = tip});
  for (int i = 1; list.size() < 50000; ++i) {
    const std::string n = std::to_string(i);
    list.push_back({.id = "a" + n, .parents = {tip}});
    list.push_back({.id = "b" + n, .parents = {tip}});
    list.push_back({.id = "r" + n, .parents = {"a" + n, "b" + n}});
    tip = "r" + n;
  }
  const std::size_t count = list.size();
  const Graph g = Graph::build(std::move(list));
  EXPECT_EQ(g.order().size(), count);
  EXPECT_EQ(names(g, g.heads()), tip);
  const Plan plan = upgrade_plan(g, {}, "head");
  EXPECT_EQ(plan.steps.size(), count);
  EXPECT_EQ(plan.rows_after, std::vector<std::string>{tip});
  EXPECT_EQ(downgrade_plan(g, plan.rows_after, "base").steps.size(), count);
}

TEST(Graph, ALongChainNeedsNoCallStack) {
  std::vector<Revision> list{{.id = "0"}};
  for (int i = 1; i < 60000; ++i)
    list.push_back({.id = std::to_string(i), .parents = {std::to_string(i - 1)}});
  const Graph g = Graph::build(std::move(list));
  EXPECT_EQ(g.id(g.order().back()), "59999");
}

}  // namespace
}  // namespace cupel::revision
