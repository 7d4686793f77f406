// SPDX-License-Identifier: MIT
#include "cupel/revision/create.hpp"

#include <gtest/gtest.h>

#include "revision/testing.hpp"

namespace cupel::revision {
namespace {

using testing::error_of;
using testing::graph;
using testing::words;

const Graph& line() {
  static const Graph g = graph("a1; a1 <- a2[main]");
  return g;
}
const Graph& fork() {
  static const Graph g = graph("a1; a1 <- b2[left], c3[right]; b2 <- b4");
  return g;
}

std::string create(const Graph& g, NewRevision wish) {
  if (wish.id.empty()) wish.id = "new";
  const NewRevisionHeader header = check_new_revision(g, wish);
  std::string text = text::join(header.parents, " ");
  return header.depends_on.empty() ? text : text + " (" + text::join(header.depends_on, " ") + ")";
}
std::string refused(const Graph& g, const NewRevision& wish) {
  const std::string error = error_of([&] { create(g, wish); });
  return error.substr(0, error.find("\n  hint"));
}
std::string merge(std::string_view list, bool splice = false) {
  return text::join(merge_parents(fork(), words(list), splice), " ");
}

TEST(NewRevision, StandsOnTheHead) {
  EXPECT_EQ(create(Graph(), {}), "");
  EXPECT_EQ(create(line(), {}), "a2");
  EXPECT_EQ(create(line(), {.heads = {"base"}, .branch_labels = {"other"}}), "");
  EXPECT_EQ(create(fork(), {.heads = {"left@head"}}), "b4");
  EXPECT_EQ(create(fork(), {.heads = {"left"}}), "b4");
  EXPECT_EQ(create(fork(), {.heads = {"c"}}), "c3");
  EXPECT_EQ(create(fork(), {.heads = {"heads"}}), "b4 c3");
  EXPECT_EQ(create(fork(), {.heads = {"c3", "b4"}}), "c3 b4");
}

TEST(NewRevision, SeveralHeads) {
  EXPECT_EQ(error_of([] { create(fork(), {}); }),
            "multiple heads are present: 'b4', 'c3'; please specify the head revision on which the "
            "new revision should "
            "be based, or perform a merge\n"
            "  hint: cupel revision --head b4, or cupel merge -m \"...\" b4 c3");
  EXPECT_EQ(refused(fork(), {.heads = {"c3", "c3"}}), "duplicate head revisions specified: 'c3'");
  EXPECT_EQ(refused(fork(), {.heads = {"a1@head"}}).substr(0, 76),
            "multiple head revisions are present for given argument 'a1@head': 'b4', 'c3'");
}

TEST(NewRevision, ADependencyTargetIsStillAHead) {
  EXPECT_EQ(refused(graph("a; x(a)"), {}).substr(0, 36), "multiple heads are present: 'a', 'x'");
  EXPECT_EQ(create(graph("a; x(a)"), {.heads = {"a"}}), "a");
}

TEST(NewRevision, NeedsSpliceBelowTheHead) {
  EXPECT_EQ(refused(line(), {.heads = {"a1"}}),
            "revision 'a1' is not a head revision; please specify --splice to create a new branch "
            "from this revision");
  EXPECT_EQ(create(line(), {.heads = {"a1"}, .splice = true}), "a1");
  EXPECT_EQ(create(line(), {.heads = {"head-1"}, .splice = true}), "a1");
  EXPECT_EQ(refused(line(), {.heads = {"a1", "a2"}, .splice = true}),
            "cannot merge 'a1' and 'a2': 'a1' is an ancestor of 'a2'");
  EXPECT_EQ(refused(line(), {.heads = {"current"}}), "can't locate revision 'current'");
}

TEST(NewRevision, DependenciesAreFullIdsOrLabels) {
  EXPECT_EQ(create(fork(), {.heads = {"c3"}, .depends_on = {"b4", "left", "left@head"}}),
            "c3 (b4 left)");
  EXPECT_EQ(create(fork(), {.heads = {"c3"}, .depends_on = {"b4", "b4"}}), "c3 (b4)");
  EXPECT_EQ(refused(fork(), {.heads = {"c3"}, .depends_on = {"zzzz"}}),
            "can't locate revision 'zzzz'");
  EXPECT_EQ(refused(fork(), {.heads = {"c3"}, .depends_on = {"base"}}),
            "can't locate revision 'base'");
}

TEST(NewRevision, NamesMustBeFreeAndLegal) {
  EXPECT_EQ(refused(line(), {.id = "a1"}), "revision id 'a1' is already used by 'a1.sql'");
  EXPECT_EQ(refused(line(), {.id = "main"}), "revision id 'main' is already used by 'a2.sql'");
  EXPECT_EQ(refused(line(), {.id = "a-1"}),
            "'a-1' cannot be a revision identifier: character '-' is not allowed");
  EXPECT_EQ(refused(line(), {.id = "heads"}),
            "'heads' cannot be a revision identifier: 'heads' is a word of the target syntax");
  EXPECT_EQ(refused(line(), {.branch_labels = {"main"}}),
            "branch name 'main' is already used by revision 'a2'");
  EXPECT_EQ(refused(line(), {.branch_labels = {"a1"}}),
            "branch name 'a1' is already used by revision 'a1'");
  EXPECT_EQ(refused(line(), {.id = "n", .branch_labels = {"n"}}),
            "branch name 'n' is already used by revision 'n'");
  EXPECT_EQ(refused(line(), {.branch_labels = {""}}), "'' cannot be a branch label: it is empty");
}

TEST(NewRevision, NeedsASoundGraph) {
  EXPECT_EQ(refused(graph("gone <- b"), {}),
            "b.sql: revision 'b' has the parent 'gone', which no file defines");
}

TEST(Merge, ResolvesHeadsPartialIdsAndLabels) {
  EXPECT_EQ(merge("heads"), "b4 c3");
  EXPECT_EQ(merge("c,b4"), "c3 b4");
  EXPECT_EQ(merge("right,left"), "c3 b4");
  EXPECT_EQ(merge("b2,c3", true), "b2 c3");
}

TEST(Merge, Refusals) {
  EXPECT_EQ(error_of([] { merge("b2,c3"); }),
            "revision 'b2' is not a head revision; please specify --splice to create a new branch "
            "from this revision\n"
            "  hint: cupel heads lists the heads");
  EXPECT_EQ(error_of([] { merge("c3"); }),
            "a merge needs at least two revisions, there is only 'c3'\n  hint: cupel heads lists "
            "what can be merged");
  EXPECT_EQ(error_of([] { merge("b2,b4", true); }),
            "cannot merge 'b2' and 'b4': 'b2' is an ancestor of 'b4'\n  hint: leave 'b2' out");
  EXPECT_EQ(error_of([] { merge("heads,c3"); }),
            "duplicate head revisions specified: 'c3'\n  hint: name each head once");
}

}  // namespace
}  // namespace cupel::revision
