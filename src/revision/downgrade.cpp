// SPDX-License-Identifier: MIT
// Going back. See plan.hpp.
#include <fmt/format.h>

#include <algorithm>

#include "cupel/revision/errors.hpp"
#include "cupel/revision/plan.hpp"
#include "revision/applied.hpp"
#include "revision/walk.hpp"

namespace cupel::revision {
namespace {

class Downgrade {
 public:
  Downgrade(const Graph& graph, const CurrentRows& rows, const Target& target)
      : graph_(graph), state_(graph, rows), target_(target), branch_(find_branch(graph, target)) {}

  Plan run() {
    switch (target_.kind) {
      case Target::Kind::Relative:
        return steps_back();
      case Target::Kind::Current:
        return target_.steps == 0 ? finish(state_, {}) : steps_back();
      case Target::Kind::Base:
        return target_.steps == 0 ? to_base()
                                  : to(walk(graph_, kNone, target_.steps, branch_, target_));
      case Target::Kind::Head:
      case Target::Kind::Heads:
        if (target_.steps >= 0) throw errors::bad_downgrade_target(target_.text);
        return from(single_head(graph_, branch_, target_.text));
      case Target::Kind::Id: {
        const Index revision = find_on_branch(graph_, target_, branch_);
        if (target_.steps < 0) return from(revision);
        return to(walk(graph_, revision, target_.steps, branch_, target_));
      }
    }
    return {};
  }

 private:
  // `-N`: row after row, while there is one row to take.
  Plan steps_back() {
    if (target_.steps > 0) throw errors::bad_downgrade_target(target_.text);
    std::vector<char> mine(graph_.size(), 1);
    if (branch_) {
      const Index root = branch_root(graph_, *branch_);
      mine = graph_.mark_descendants({&root, 1}, Edges::Parents);
    }
    std::vector<Step> steps;
    const auto wanted = static_cast<std::size_t>(-target_.steps);
    while (steps.size() < wanted) {
      std::vector<Index> rows;
      for (const Index row : state_.rows()) {
        if (mine[static_cast<std::size_t>(row)] != 0) rows.push_back(row);
      }
      if (rows.empty()) throw too_far(steps.size());
      if (rows.size() > 1) throw ambiguous(rows, steps);
      steps.push_back(state_.undo(rows[0]));
    }
    return finish(state_, std::move(steps));
  }

  RevisionError too_far(std::size_t done) const {
    const std::string on_branch =
        branch_ ? fmt::format(" on branch '{}' alone", branch_->name) : std::string{};
    if (done == 0)
      return errors::walked_too_far(target_.text, target_.steps, "nothing is applied" + on_branch);
    const std::string base = branch_ ? branch_->name + "@base" : "base";
    return errors::walked_too_far(
        target_.text, target_.steps,
        fmt::format("only {} {} applied{}", done, done == 1 ? "is" : "are", on_branch),
        fmt::format("cupel downgrade {} undoes all of them", base));
  }

  RevisionError ambiguous(std::span<const Index> rows, std::span<const Step> done) const {
    const int left = -target_.steps - static_cast<int>(done.size());
    std::vector<std::string> commands;
    for (const Index row : rows) {
      // A label counts from the rows as they are, so it only helps before the first step.
      const std::string label =
          done.empty() && !branch_ ? own_label(graph_, row, rows) : std::string{};
      commands.push_back(label.empty() ? fmt::format("cupel downgrade {}-{}", graph_.id(row), left)
                                       : fmt::format("cupel downgrade {}@-{}", label, left));
    }
    const auto ids = ids_of(graph_, rows);
    if (done.empty()) return errors::several_rows(target_.text, ids, commands);
    return errors::ambiguous_walk(target_.text, graph_.id(done.back().revision), false, ids,
                                  commands);
  }

  Plan to_base() {
    if (!branch_) return undo_from(graph_.order());
    const Index root = branch_root(graph_, *branch_);
    const bool any = state_.has(root);
    Plan plan = undo_from({&root, 1});
    const auto kept = graph_.parents(root);
    if (!any) {
      plan.note = fmt::format("nothing of branch '{}' is applied", branch_->name);
    } else if (!kept.empty()) {
      plan.note = fmt::format(
          "{} and what is below stays, because branch '{}' shares it; to undo that as well use: "
          "cupel downgrade base",
          errors::some_of(ids_of(graph_, kept)), branch_->name);
    }
    return plan;
  }

  // Back to `revision`: what stands on it goes.
  Plan to(Index revision) {
    require_applied(revision);
    Plan plan = undo_from(on_branch(graph_.children(revision), branch_));
    if (plan.steps.empty() && !state_.is_row(revision)) {
      plan.note =
          fmt::format("nothing above '{}' is applied{}", graph_.id(revision),
                      branch_ ? fmt::format(" on branch '{}'", branch_->name) : std::string{});
    }
    return plan;
  }

  // `rev-N`: the last step back needs no single parent, since undoing a merge gives all of its
  // parents.
  Plan from(Index start) {
    if (start == kNone)
      throw errors::walked_too_far(target_.text, target_.steps, "there are no revisions");
    require_applied(start);
    const Index last = walk(graph_, start, target_.steps + 1, branch_, target_);
    if (last == kNone) {
      throw errors::walked_too_far(target_.text, target_.steps,
                                   fmt::format("only {} are there", -target_.steps - 1));
    }
    return undo_from({&last, 1});
  }

  void require_applied(Index revision) const {
    if (!state_.has(revision))
      throw errors::not_applied(target_.text, graph_.id(revision), state_.row_ids());
  }

  // Undoes `roots` and everything that stands on them, as far as it is applied, newest first.
  Plan undo_from(std::span<const Index> roots) {
    const std::vector<char> gone = graph_.mark_descendants(roots);
    std::vector<Step> steps;
    for (auto it = graph_.order().rbegin(); it != graph_.order().rend(); ++it) {
      if (gone[static_cast<std::size_t>(*it)] != 0 && state_.has(*it))
        steps.push_back(state_.undo(*it));
    }
    return finish(state_, std::move(steps));
  }

  const Graph& graph_;
  AppliedSet state_;
  const Target& target_;
  std::optional<Branch> branch_;
};

}  // namespace

Plan downgrade_plan(const Graph& graph, std::span<const std::string> rows, const Target& target) {
  graph.require_sound();
  return Downgrade(graph, require_known_rows(graph, rows), target).run();
}

Plan downgrade_plan(const Graph& graph, std::span<const std::string> rows,
                    std::string_view target) {
  return downgrade_plan(graph, rows, read_target(graph, target));
}

}  // namespace cupel::revision
