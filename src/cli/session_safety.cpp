// SPDX-License-Identifier: MIT
// What tries revisions before they matter: verify. See session.hpp.
#include <fmt/core.h>

#include <algorithm>

#include "cli/render_safety.hpp"
#include "cli/session.hpp"

namespace cupel::cli {

int Session::verify() {
  command::VerifyRequest request;
  request.from = given_.from;
  request.seed = given_.seed;
  request.rows = given_.rows;
  request.jobs = given_.jobs;
  request.on_step = [this](std::size_t number, std::size_t total, const std::string& revision) {
    terminal_.progress(fmt::format("[{}/{}] Verifying {} ...", number, total, revision));
  };
  const command::VerifyReport report = command::verify(project(), request);
  if (!given_.junit.empty()) files_.write(given_.junit, junit_verify(report));
  terminal_.data(wants_json() ? json_verify(report) : render_verify(report, given_.verbose));
  for (const auto& [table, refusal] : report.unfilled)
    terminal_.warn("no rows could be made for table '" + table + "': " + refusal);
  terminal_.say(summary_of(report));
  return report.is_clean() ? kDone : kFound;
}

int Session::dry_run(revision::Direction direction) {
  const command::DryRunReport report = command::dry_run(project(), direction, given_.revision);
  const revision::Graph& graph = project().graph();
  terminal_.data(wants_json() ? json_dry_run(graph, report) : render_dry_run(graph, report));
  if (!report.trial.run.note.empty()) terminal_.say(report.trial.run.note);
  if (!report.has_database)
    terminal_.say("The database is not there yet; an empty one in memory was tried.");
  terminal_.say("Rolled back; nothing was changed.");
  return kDone;
}

int Session::list_approvals() {
  using State = command::ApprovalState::State;
  const std::vector<command::ApprovalState> all = command::approvals(project());
  terminal_.data(wants_json() ? json_approvals(all) : render_approvals(all));
  if (all.empty()) terminal_.say("Nothing was approved.");
  const bool is_fine = std::all_of(all.begin(), all.end(), [](const command::ApprovalState& it) {
    return it.state == State::Valid;
  });
  return is_fine ? kDone : kFound;
}

int Session::approve() {
  if (given_.revision.empty()) return list_approvals();
  const command::ApproveReport report =
      command::approve(project(), given_.revision, given_.because);
  terminal_.data(wants_json() ? json_approval(report) : render_approval(report));
  terminal_.say("Commit " + report.approval.path + "; an edit of the revision takes it back");
  return kDone;
}

int Session::backup() {
  const command::BackupReport report = command::backup(project(), given_.file, given_.full_check);
  terminal_.data(wants_json() ? json_backup(report) : report.path + "\n");
  terminal_.say("Saved " + describe(report.record));
  for (const std::string& path : report.removed) terminal_.say("Removed " + path);
  return kDone;
}

int Session::restore() {
  const command::BackupRecord record =
      command::check_backup(project(), given_.file, given_.any_project);
  const std::string url = driver::to_display(project().url());
  if (!may_go_on("This replaces all of " + url + " by " + describe(record) + ". Are you sure?"))
    return kFailed;
  const command::RestoreReport report =
      command::restore(project(), given_.file, record, given_.discard, given_.in_place);
  if (wants_json()) terminal_.data(json_restore(report));
  terminal_.say("Restored " + describe(record));
  if (!report.kept.empty()) terminal_.say("What was there before is kept as " + report.kept);
  return kDone;
}

}  // namespace cupel::cli
