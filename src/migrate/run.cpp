// SPDX-License-Identifier: MIT
// The public calls of run.hpp in terms of Runner.
#include "cupel/migrate/run.hpp"

#include <algorithm>

#include "cupel/migrate/trial.hpp"
#include "migrate/gate.hpp"
#include "migrate/runner.hpp"

namespace cupel::migrate {
namespace {

/// What a first plan meant, so that a second look does not count a relative target from other rows.
std::string absolute_upgrade_target(const Environment& environment, const revision::Plan& plan) {
  if (plan.steps.empty()) return "heads";
  return environment.migrations->graph().id(plan.steps.back().revision);
}

/// Undoes what the first plan undid and is still there.
revision::Plan remaining_downgrade(const revision::Plan& first,
                                   const std::vector<std::string>& rows) {
  revision::Plan rest;
  std::vector<std::string> at = rows;
  for (const revision::Step& step : first.steps) {
    const bool applies =
        std::all_of(step.rows.begin(), step.rows.end(), [&](const revision::RowChange& change) {
          return change.old_id.empty() ||
                 std::find(at.begin(), at.end(), change.old_id) != at.end();
        });
    if (!applies) continue;
    at = rows_after(at, step.rows);
    rest.steps.push_back(step);
  }
  rest.rows_after = at;
  return rest;
}

}  // namespace

bool holds(const Approval& approval, const script::Migration& revision) {
  return !approval.checksum.empty() && !revision.checksum().empty() &&
         revision.has_checksum(approval.checksum);
}

std::vector<Loss> destructive_steps(const Environment& environment, const std::string& revision) {
  revision::Step step;
  step.direction = revision::Direction::Upgrade;
  step.revision = environment.migrations->graph().find(revision).value_or(revision::kNone);
  if (step.revision == revision::kNone) throw Bug("no revision '" + revision + "'");
  return Gate(environment).steps_of(step);
}

void check_first_upgrade(const Environment& environment, const std::string& target) {
  check_scripts(environment,
                revision::upgrade_plan(environment.migrations->graph(), {}, target).steps);
}

namespace {

RunResult run_upgrade(Runner& runner, const Environment& environment, const std::string& target) {
  const revision::Graph& graph = environment.migrations->graph();
  return runner.run(
      [&](const std::vector<std::string>& rows) {
        return revision::upgrade_plan(graph, rows, target);
      },
      [&](const revision::Plan& first) -> Runner::Planner {
        const revision::Target typed = revision::parse_target(target);
        const std::string meant =
            typed.steps == 0 ? target : absolute_upgrade_target(environment, first);
        return [&graph, meant](const std::vector<std::string>& rows) {
          return revision::upgrade_plan(graph, rows, meant);
        };
      });
}

}  // namespace

RunResult upgrade(const Environment& environment, const std::string& target,
                  const BeforeRun& before) {
  Runner runner(environment);
  runner.set_before(before);
  return run_upgrade(runner, environment, target);
}

Trial try_upgrade(const Environment& environment, const std::string& target,
                  const std::function<void(bool is_done)>& look) {
  Trial trial;
  Runner runner(environment);
  runner.set_trial(trial, look);
  trial.run = run_upgrade(runner, environment, target);
  return trial;
}

namespace {

RunResult run_downgrade(Runner& runner, const Environment& environment, const std::string& target) {
  const revision::Graph& graph = environment.migrations->graph();
  return runner.run(
      [&](const std::vector<std::string>& rows) {
        return revision::downgrade_plan(graph, rows, target);
      },
      [](const revision::Plan& first) -> Runner::Planner {
        return [first](const std::vector<std::string>& rows) {
          return remaining_downgrade(first, rows);
        };
      });
}

}  // namespace

RunResult downgrade(const Environment& environment, const std::string& target) {
  Runner runner(environment);
  return run_downgrade(runner, environment, target);
}

Trial try_downgrade(const Environment& environment, const std::string& target,
                    const std::function<void(bool is_done)>& look) {
  Trial trial;
  Runner runner(environment);
  runner.set_trial(trial, look);
  trial.run = run_downgrade(runner, environment, target);
  return trial;
}

RunResult stamp(const Environment& environment, const std::vector<std::string>& targets,
                bool purge) {
  const revision::Graph& graph = environment.migrations->graph();
  Runner runner(environment);
  return runner.stamp([&](const std::vector<std::string>& rows) {
    return revision::stamp_plan(graph, rows, targets, purge);
  });
}

RunResult run_direct(const Environment& environment,
                     const std::function<Direct(const std::vector<std::string>& rows)>& plan) {
  return Runner(environment).run_direct(plan);
}

bool ensure_version_table(const Environment& environment) {
  return Runner(environment).ensure_tables();
}

std::vector<Drift> accept_drift(const Environment& environment) {
  const DatabaseState state = read_state(environment);
  std::vector<Drift> drifts = find_drift(*environment.migrations, state);
  const Tables tables(*environment.dialect, environment.settings);
  std::vector<std::string> statements{"BEGIN"};
  for (const Drift& drift : drifts) {
    HistoryEntry entry;
    entry.revision = drift.revision;
    entry.direction = drift.deleted ? "forget" : "accept";
    entry.applied_at = to_iso8601(environment.clock());
    entry.applied_by = environment.settings.who();
    if (!drift.deleted) entry.checksum = environment.migrations->get(drift.revision).checksum();
    statements.push_back(tables.insert_history(entry, "0"));
  }
  statements.emplace_back("COMMIT");
  if (!drifts.empty()) environment.connection->run(statements);
  return drifts;
}

}  // namespace cupel::migrate
