// SPDX-License-Identifier: MIT
// What building the graph and planning cost as the number of revisions grows; every third revision
// is a merge.
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "cupel/revision/plan.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

std::vector<cupel::revision::Revision> make_revisions(int count) {
  std::vector<cupel::revision::Revision> revisions(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    cupel::revision::Revision& revision = revisions[static_cast<std::size_t>(i)];
    revision.id = "r" + std::to_string(100000 + i);
    // Groups of three: two branches from the merge before, and the merge that joins them.
    const int group = i / 3 * 3;
    const auto name = [](int n) { return "r" + std::to_string(100000 + n); };
    if (i % 3 == 2) revision.parents = {name(group), name(group + 1)};
    if (i % 3 != 2 && group > 0) revision.parents = {name(group - 1)};
  }
  return revisions;
}

}  // namespace

int main() {
  for (const int count : {999, 9999, 24999, 49998}) {
    std::vector<cupel::revision::Revision> revisions = make_revisions(count);
    const Clock::time_point begin = Clock::now();
    const cupel::revision::Graph graph = cupel::revision::Graph::build(std::move(revisions));
    const double built = milliseconds(begin);
    const Clock::time_point planning = Clock::now();
    const cupel::revision::Plan plan = cupel::revision::upgrade_plan(graph, {}, "heads");
    const double planned = milliseconds(planning);
    std::printf("%6d revisions: graph %7.2f ms, plan of %zu steps %7.2f ms, %.2f us for each\n",
                count, built, plan.steps.size(), planned, (built + planned) * 1000 / count);
  }
  return 0;
}
