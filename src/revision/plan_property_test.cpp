// SPDX-License-Identifier: MIT
// Random graphs: whatever the plan, it respects the order, and its row changes are what a version
// table allows.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <random>
#include <set>

#include "cupel/revision/describe.hpp"
#include "cupel/revision/plan.hpp"
#include "cupel/revision/resolve.hpp"
#include "revision/testing.hpp"

namespace cupel::revision {
namespace {

using testing::show;
using Rows = std::set<std::string>;

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_);
  }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <typename List>
  void shuffle(List& list) {
    std::shuffle(list.begin(), list.end(), engine_);
  }

 private:
  std::mt19937 engine_;
};

std::vector<Revision> random_revisions(Random& random) {
  std::vector<Revision> list;
  const std::size_t count = 1 + random.below(12);
  // Ids in random order, so that neither ids nor files are sorted as the graph is.
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < count; ++i)
    ids.push_back(std::string(1, static_cast<char>('a' + i)) + "0");
  random.shuffle(ids);
  for (std::size_t i = 0; i < count; ++i) {
    Revision revision{.id = ids[i], .parents = {}, .message = "m"};
    const std::size_t parents = i == 0 || random.one_in(6) ? 0 : random.one_in(4) ? 2 : 1;
    for (std::size_t p = 0; p < parents; ++p) revision.parents.push_back(ids[random.below(i)]);
    if (i > 0 && random.one_in(5)) revision.depends_on.push_back(ids[random.below(i)]);
    if (random.one_in(5)) revision.branch_labels.push_back("L" + std::to_string(i));
    list.push_back(std::move(revision));
  }
  random.shuffle(list);
  return list;
}

// Runs the statements as a table with a unique column would.
void execute(Rows& rows, const std::vector<RowChange>& changes) {
  for (const RowChange& change : changes) {
    if (change.kind != RowChange::Kind::Insert) {
      ASSERT_EQ(rows.erase(change.old_id), 1u) << show(changes);
    }
    if (change.kind != RowChange::Kind::Delete) {
      ASSERT_TRUE(rows.insert(change.new_id).second) << show(changes);
    }
  }
}

// What is applied, by definition, from the rows.
std::vector<char> applied(const Graph& graph, const Rows& rows) {
  std::vector<Index> heads;
  for (const std::string& row : rows) heads.push_back(*graph.find(row));
  return graph.mark_ancestors(heads);
}

void run(const Graph& graph, Rows& rows, const Plan& plan) {
  for (const Step& step : plan.steps) {
    const std::vector<char> before = applied(graph, rows);
    ASSERT_NO_FATAL_FAILURE(execute(rows, step.rows)) << show(plan);
    const std::vector<char> after = applied(graph, rows);
    const std::vector<std::string> list(rows.begin(), rows.end());
    ASSERT_TRUE(resolve_rows(graph, list).redundant.empty()) << show(plan);
    if (step.direction == Direction::Stamp) continue;
    // Exactly this revision changes its state, so everything it needs was there and nothing stands
    // on it.
    for (std::size_t i = 0; i < before.size(); ++i) {
      const bool changes = static_cast<Index>(i) == step.revision;
      ASSERT_EQ(before[i] != after[i], changes) << show(plan);
    }
    ASSERT_EQ(after[static_cast<std::size_t>(step.revision)] != 0,
              step.direction == Direction::Upgrade);
  }
  ASSERT_EQ(std::vector<std::string>(rows.begin(), rows.end()), plan.rows_after) << show(plan);
}

std::vector<std::string> list_of(const Rows& rows) { return {rows.begin(), rows.end()}; }

std::string random_target(Random& random, const Graph& graph) {
  static const std::vector<std::string> kFixed{"head", "heads", "base", "+1",
                                               "+2",   "-1",    "-2",   "current"};
  const auto any = [&] { return graph.id(static_cast<Index>(random.below(graph.size()))); };
  switch (random.below(7)) {
    case 0:
    case 1:
      return any();
    case 2:
      return any() + "@head";
    case 3:
      return any() + "@base";
    case 4:
      return any() + "@" + kFixed[3 + random.below(4)];
    case 5:
      return any() + kFixed[3 + random.below(4)];
    default:
      return kFixed[random.below(kFixed.size())];
  }
}

// `law` gets a fresh random source per seed.
void for_each_seed(const std::function<void(Random&)>& law) {
  for (unsigned seed = 1; seed <= 300 && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    law(random);
  }
}

TEST(RandomGraphs, AnyWalkThroughPlansKeepsTheRowsRight) {
  for_each_seed([](Random& random) {
    const Graph graph = Graph::build(random_revisions(random));
    ASSERT_TRUE(graph.problems().empty());
    Rows rows;
    for (int i = 0; i < 30; ++i) {
      const std::string target = random_target(random, graph);
      std::optional<Plan> plan;
      try {
        const auto now = list_of(rows);
        switch (random.below(5)) {
          case 0:
          case 1:
            plan = upgrade_plan(graph, now, target);
            break;
          case 2:
          case 3:
            plan = downgrade_plan(graph, now, target);
            break;
          default:
            plan = stamp_plan(graph, now, std::vector<std::string>{target});
        }
      } catch (const RevisionError& error) {
        EXPECT_FALSE(error.message().empty());
        continue;
      }
      ASSERT_NO_FATAL_FAILURE(run(graph, rows, *plan)) << target;
    }
  });
}

TEST(RandomGraphs, UpgradeThenBackGivesTheSameRows) {
  for_each_seed([](Random& random) {
    const Graph graph = Graph::build(random_revisions(random));
    Rows rows;
    ASSERT_NO_FATAL_FAILURE(run(graph, rows, upgrade_plan(graph, {}, "heads")));
    EXPECT_TRUE(is_at_heads(graph, list_of(rows)));
    EXPECT_TRUE(pending(graph, list_of(rows)).empty());
    EXPECT_TRUE(upgrade_plan(graph, list_of(rows), "heads").steps.empty());

    const Plan forth = upgrade_plan(graph, {}, "heads");
    const Plan back = downgrade_plan(graph, list_of(rows), "base");
    ASSERT_EQ(forth.steps.size(), back.steps.size());
    for (std::size_t i = 0; i < forth.steps.size(); ++i) {
      EXPECT_EQ(forth.steps[i].revision, back.steps[back.steps.size() - 1 - i].revision);
    }
    ASSERT_NO_FATAL_FAILURE(run(graph, rows, back));
    EXPECT_TRUE(rows.empty());
  });
}

TEST(RandomGraphs, EachSingleStepIsUndoneByItsMirror) {
  for_each_seed([](Random& random) {
    const Graph graph = Graph::build(random_revisions(random));
    std::vector<std::string> rows;
    for (const Step& step : upgrade_plan(graph, {}, "heads").steps) {
      Rows after(rows.begin(), rows.end());
      ASSERT_NO_FATAL_FAILURE(execute(after, step.rows));
      const auto now = list_of(after);
      const Plan back = downgrade_plan(graph, now, graph.id(step.revision) + "-1");
      EXPECT_EQ(back.rows_after, rows) << show(back);
      rows = now;
    }
  });
}

TEST(RandomGraphs, DoNotDependOnTheOrderOfTheFiles) {
  for_each_seed([](Random& random) {
    auto list = random_revisions(random);
    const auto text = [](const Graph& graph) {
      std::string lines = show(upgrade_plan(graph, {}, "heads"));
      for (const Index i : history(graph))
        lines += describe_short(graph, i, {.parents = true, .labels = true}) + "\n";
      return lines;
    };
    const std::string expected = text(Graph::build(list));
    random.shuffle(list);
    EXPECT_EQ(text(Graph::build(list)), expected);
  });
}

// Edges at random, broken in every way: building and reading must go on, and what writes must
// refuse.
TEST(RandomBrokenGraphs, CanBeReadAndAreRefused) {
  for (unsigned seed = 1; seed <= 500; ++seed) {
    Random random(seed);
    std::vector<Revision> list;
    const auto any = [&] { return std::string(1, static_cast<char>('a' + random.below(8))); };
    for (std::size_t i = 1 + random.below(8); i > 0; --i) {
      Revision revision{.id = random.one_in(12) ? "" : any()};
      for (std::size_t p = random.below(3); p > 0; --p) revision.parents.push_back(any());
      if (random.one_in(3)) revision.depends_on.push_back(any());
      if (random.one_in(3)) revision.branch_labels.push_back(any());
      list.push_back(std::move(revision));
    }
    const Graph graph = Graph::build(list);
    EXPECT_EQ(graph.order().size(), graph.size());
    std::string text;
    for (const Index i : history(graph)) {
      text += describe_short(graph, i, {.parents = true, .labels = true, .doc = true}) +
              describe_verbose(graph, i) + describe_branches(graph, i);
    }
    const std::vector<std::string> rows{any(), any(), "zz"};
    resolve_rows(graph, rows);
    pending(graph, rows);
    for (const char* target : {"heads", "base", "a", "a-1", "current", "a@heads"}) {
      testing::error_of([&] { resolve(graph, target, rows); });
      testing::error_of([&] { history(graph, parse_range(std::string(target) + ":"), rows); });
    }
    if (!graph.problems().empty()) {
      EXPECT_THROW(upgrade_plan(graph, {}, "heads"), RevisionError);
      EXPECT_THROW(downgrade_plan(graph, {}, "base"), RevisionError);
    }
  }
}

}  // namespace
}  // namespace cupel::revision
