// SPDX-License-Identifier: MIT
// Going forward. See plan.hpp.
#include <fmt/format.h>

#include <algorithm>

#include "cupel/revision/errors.hpp"
#include "cupel/revision/plan.hpp"
#include "revision/applied.hpp"
#include "revision/walk.hpp"

namespace cupel::revision {
namespace {

// What `targets` need and what is not applied, oldest first.
std::vector<Index> missing(const Graph& graph, const AppliedSet& state,
                           std::span<const Index> targets) {
  const std::vector<char> needed = graph.mark_ancestors(targets);
  std::vector<Index> result;
  for (const Index i : graph.order()) {
    if (needed[static_cast<std::size_t>(i)] != 0 && !state.has(i)) result.push_back(i);
  }
  return result;
}

// `+N`: one revision after the other, each with what it needs, as long as there is one way forward.
class StepsForward {
 public:
  StepsForward(const Graph& graph, AppliedSet& state, const Target& target)
      : graph_(graph), state_(state), target_(target), branch_(find_branch(graph, target)) {}

  std::vector<Step> run() {
    std::vector<Index> choices = first_choices();
    while (left() > 0) {
      const Index next = only(choices);
      for (const Index i : missing(graph_, state_, {&next, 1})) steps_.push_back(state_.apply(i));
      last_ = next;
      ++done_;
      choices = unapplied(graph_.children(next));
    }
    return std::move(steps_);
  }

 private:
  int left() const { return target_.steps - done_; }

  std::vector<Index> unapplied(std::span<const Index> revisions) const {
    std::vector<Index> result = on_branch(revisions, branch_);
    std::erase_if(result, [&](Index i) { return state_.has(i); });
    return result;
  }

  // After the rows; on a branch that has none of them, its oldest revision that is not applied.
  std::vector<Index> first_choices() {
    std::vector<Index> rows(state_.rows().begin(), state_.rows().end());
    if (branch_) {
      const auto above = graph_.mark_descendants({&branch_->revision, 1}, Edges::Parents);
      std::erase_if(rows, [&](Index i) { return above[static_cast<std::size_t>(i)] == 0; });
    }
    if (rows.empty()) return oldest_unapplied();
    std::vector<Index> after;
    for (const Index row : rows) {
      const auto children = unapplied(graph_.children(row));
      after.insert(after.end(), children.begin(), children.end());
    }
    std::sort(after.begin(), after.end());
    after.erase(std::unique(after.begin(), after.end()), after.end());
    if (rows.size() == 1) last_ = rows[0];
    return after;
  }

  std::vector<Index> oldest_unapplied() const {
    std::vector<Index> result;
    for (const Index i : unapplied(graph_.order())) {
      const auto parents = on_branch(graph_.parents(i), branch_);
      if (std::all_of(parents.begin(), parents.end(), [&](Index p) { return state_.has(p); }))
        result.push_back(i);
    }
    std::sort(result.begin(), result.end());
    return result;
  }

  Index only(const std::vector<Index>& choices) const {
    if (choices.size() == 1) return choices[0];
    if (choices.empty()) {
      const std::string there =
          done_ == 0 ? "nothing is left to apply" : fmt::format("only {} can be applied", done_);
      throw errors::walked_too_far(target_.text, target_.steps,
                                   branch_ ? there + " on the branch" : there,
                                   done_ == 0 ? std::string{} : "cupel upgrade heads");
    }
    std::vector<std::string> commands;
    for (const Index choice : choices) commands.push_back(command(choice, choices));
    throw errors::ambiguous_walk(target_.text,
                                 last_ == kNone ? std::string_view{} : graph_.id(last_), true,
                                 ids_of(graph_, choices), commands);
  }

  std::string command(Index choice, const std::vector<Index>& all) const {
    const std::string label =
        steps_.empty() && !branch_ ? own_label(graph_, choice, all) : std::string{};
    if (!label.empty()) return fmt::format("cupel upgrade {}@+{}", label, target_.steps);
    if (left() == 1) return fmt::format("cupel upgrade {}", graph_.id(choice));
    return fmt::format("cupel upgrade {}+{}", graph_.id(choice), left() - 1);
  }

  const Graph& graph_;
  AppliedSet& state_;
  const Target& target_;
  std::optional<Branch> branch_;
  std::vector<Step> steps_;
  int done_ = 0;
  Index last_ = kNone;
};

// Why there is nothing to do, if people may have expected something.
std::string note_for(const AppliedSet& state, const Graph& graph, const Target& target,
                     std::span<const Index> targets) {
  const std::vector<std::string> rows = state.row_ids();
  if (rows.empty() || targets.size() > 1) return {};
  if (targets.size() == 1 && state.is_row(targets[0])) return {};
  if (targets.empty() && target.kind != Target::Kind::Base) return {};
  const std::string name = targets.empty() ? target.text : graph.id(targets[0]);
  return fmt::format(
      "the database is already past '{}' (at {}); to go back use: cupel downgrade {}", name,
      errors::some_of(rows), name);
}

bool counts_from_rows(const Target& target) {
  return target.steps != 0 &&
         (target.kind == Target::Kind::Relative || target.kind == Target::Kind::Current);
}

}  // namespace

Plan upgrade_plan(const Graph& graph, std::span<const std::string> rows, const Target& target) {
  graph.require_sound();
  AppliedSet state(graph, require_known_rows(graph, rows));
  if (counts_from_rows(target)) {
    if (target.steps < 0) throw errors::bad_upgrade_target(target.text);
    auto steps = StepsForward(graph, state, target).run();
    return finish(state, std::move(steps));
  }
  const std::vector<Index> targets = resolve(graph, target, rows);
  std::vector<Step> steps;
  for (const Index i : missing(graph, state, targets)) steps.push_back(state.apply(i));
  const bool idle = steps.empty();
  Plan plan = finish(state, std::move(steps));
  if (idle) plan.note = note_for(state, graph, target, targets);
  return plan;
}

Plan upgrade_plan(const Graph& graph, std::span<const std::string> rows, std::string_view target) {
  return upgrade_plan(graph, rows, read_target(graph, target));
}

}  // namespace cupel::revision
