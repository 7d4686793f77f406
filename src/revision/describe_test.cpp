// SPDX-License-Identifier: MIT
#include "cupel/revision/describe.hpp"

#include <gtest/gtest.h>

#include "revision/testing.hpp"

namespace cupel::revision {
namespace {

using testing::graph;
using testing::revisions;

constexpr LineFormat kHistory{.parents = true, .labels = true, .doc = true};

std::string lines(const Graph& g, const LineFormat& format) {
  std::string text;
  for (auto it = g.order().rbegin(); it != g.order().rend(); ++it)
    text += describe_short(g, *it, format) + "\n";
  return text;
}

TEST(Describe, HistoryOfABranchAndAMerge) {
  EXPECT_EQ(lines(graph("a1; a1 <- b2[left], c3[right]; b2, c3 <- d4"), kHistory),
            "b2, c3 -> d4 (left, right) (head) (mergepoint), make d4\n"
            "a1 -> c3 (right), make c3\n"
            "a1 -> b2 (left), make b2\n"
            "<base> -> a1 (branchpoint), make a1\n");
}

TEST(Describe, HistoryWithADependency) {
  EXPECT_EQ(lines(graph("a1; a1 <- b2[left], c3[right]; b2 <- e5; e5 <- f6(c3)"), kHistory),
            "e5 (c3) -> f6 (left) (head), make f6\n"
            "a1 -> c3 (right) (effective head), make c3\n"
            "b2 -> e5 (left), make e5\n"
            "a1 -> b2 (left), make b2\n"
            "<base> -> a1 (branchpoint), make a1\n");
}

TEST(Describe, HeadsCurrentAndIndicators) {
  const Graph g = graph("a1; a1 <- b2[left], c3[right]; b2, c3 <- d4");
  const Index d4 = *g.find("d4");
  EXPECT_EQ(describe_short(g, d4), "d4 (head) (mergepoint)");
  EXPECT_EQ(describe_short(g, d4, {.labels = true, .tree = false}), "d4 (left, right) (head)");
  const std::vector<std::string> current{"a1"};
  EXPECT_EQ(describe_short(g, *g.find("a1"), {.parents = true, .doc = true, .current = current}),
            "<base> -> a1 (current) (branchpoint), make a1");
}

TEST(Describe, Branches) {
  const Graph g = graph("a1a1; a1a1 <- b2[left], c3[right]");
  EXPECT_EQ(describe_branches(g, *g.find("a1a1")),
            "a1a1 (branchpoint)\n"
            "     -> b2 (left) (head)\n"
            "     -> c3 (right) (head)\n");
}

TEST(Describe, BranchesVerbose) {
  const Graph g = graph("a1; a1 <- b2[left], c3[right]");
  EXPECT_EQ(describe_branches(g, *g.find("a1"), true),
            "Rev: a1 (branchpoint)\n"
            "Parent: <base>\n"
            "Branches into: b2, c3\n"
            "Path: a1.sql\n"
            "\n"
            "    make a1\n"
            "    \n"
            "    Revision ID: a1\n"
            "    Revises: \n"
            "\n"
            "   -> b2 (left) (head), make b2\n"
            "   -> c3 (right) (head), make c3\n");
}

TEST(Describe, VerboseMerge) {
  auto list = revisions("a1; a1 <- b2[left], c3[right]; x9; b2, c3 <- d4(x9)");
  list.back().created = "2026-11-21 02:53:42";
  const Graph g = Graph::build(list);
  const std::vector<std::string> current{"d4"};
  EXPECT_EQ(describe_verbose(g, *g.find("d4"), current),
            "Rev: d4 (head) (mergepoint) (current)\n"
            "Merges: b2, c3\n"
            "Also depends on: x9\n"
            "Branch names: left, right\n"
            "Path: d4.sql\n"
            "\n"
            "    make d4\n"
            "    \n"
            "    Revision ID: d4\n"
            "    Revises: b2, c3\n"
            "    Create Date: 2026-11-21 02:53:42\n");
}

TEST(Describe, AGivenDescriptionIsShownAsItIs) {
  const Graph g =
      Graph::build({{.id = "a", .message = "one", .doc = "one\r\n\r\ntwo\n", .path = "a.py"}});
  EXPECT_EQ(describe_verbose(g, 0),
            "Rev: a (head)\nParent: <base>\nPath: a.py\n\n    one\n    \n    two\n");
}

TEST(Describe, ParentsAreShownAsWrittenEvenIfTheyAreMissing) {
  const Graph g = graph("gone <- b");
  EXPECT_EQ(describe_short(g, 0, kHistory), "gone -> b (head), make b");
}

TEST(Describe, LogLines) {
  const Graph g = graph("a1; a1 <- b2, c3; b2, c3 <- d4");
  const Plan plan = upgrade_plan(g, {}, "head");
  EXPECT_EQ(long_log(plan.steps[0]), "upgrade  -> a1, make a1");
  EXPECT_EQ(long_log(plan.steps[3]), "upgrade b2, c3 -> d4, make d4");
  EXPECT_EQ(short_log(plan.steps[3]), "upgrade b2, c3 -> d4");
  const std::vector<std::string> rows{"d4"};
  EXPECT_EQ(long_log(downgrade_plan(g, rows, "base").steps[0]), "downgrade d4 -> b2, c3, make d4");
  EXPECT_EQ(long_log(stamp_plan(g, rows, std::vector<std::string>{"base"}).steps[0]),
            "stamp_revision d4 -> ");
}

}  // namespace
}  // namespace cupel::revision
