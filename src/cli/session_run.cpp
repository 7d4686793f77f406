// SPDX-License-Identifier: MIT
// What changes a database: upgrade, downgrade, stamp, ensure_version, repair. See session.hpp.
#include "cli/alembic_manner.hpp"
#include "cli/render.hpp"
#include "cli/session.hpp"

namespace cupel::cli {

int Session::tell_run(const migrate::RunResult& result) {
  if (wants_json()) terminal_.data(json_run(project().graph(), result));
  if (!result.note.empty()) terminal_.say(result.note);
  return kDone;
}

/// --sql prints what would run: flags of a run, and of other data, mean nothing to it.
void Session::refuse_with_text() const {
  if (!given_.sql) return;
  const std::pair<bool, const char*> others[] = {
      {given_.dry_run, "--dry-run"},       {given_.purge, "--purge"},
      {given_.backup, "--backup"},         {given_.restore_on_failure, "--restore-on-failure"},
      {given_.idempotent, "--idempotent"}, {wants_json(), "--json"}};
  for (const auto& [is_given, flag] : others)
    if (is_given)
      throw UsageError(std::string(flag) + " cannot be combined with --sql",
                       "leave one of them out");
}

int Session::upgrade() {
  refuse_with_text();
  say_context(given_.sql);
  if (given_.sql) return tell(command::upgrade_text(project(), given_.revision));
  refuse_range(given_.revision);
  if (given_.dry_run) return dry_run(revision::Direction::Upgrade);
  project().expect_environment();
  if (project().graph().empty() && project().graph().problems().empty())
    terminal_.say("There is no revision yet; write one: cupel revision -m \"create users\"");
  return tell_run(command::upgrade(project(), given_.revision));
}

int Session::downgrade() {
  refuse_with_text();
  say_context(given_.sql);
  if (given_.sql) return tell(command::downgrade_text(project(), given_.revision));
  refuse_range(given_.revision);
  if (given_.dry_run) return dry_run(revision::Direction::Downgrade);
  project().expect_environment();
  return tell_run(command::downgrade(project(), given_.revision));
}

bool Session::confirm_losses(const std::vector<migrate::Loss>& losses) {
  if (!terminal_.can_ask() || wants_json()) return false;
  for (const migrate::Loss& loss : losses) terminal_.warn(to_string(loss));
  return terminal_.confirm("Destroy that?");
}

void Session::refuse_range(const std::string& target) {
  if (target.find(':') == std::string::npos) return;
  throw UsageError(
      "a range ('" + target + "') is for --sql; a live run starts where the database is",
      "leave out what stands before ':'");
}

int Session::stamp() {
  refuse_with_text();
  say_context(given_.sql);
  if (given_.sql) return tell(command::stamp_text(project(), given_.revisions));
  const migrate::RunResult result = command::stamp(project(), given_.revisions, given_.purge);
  for (const revision::Step& step : result.steps) {
    terminal_.say("Running " + revision::short_log(step));
    terminal_.alembic(alembic_log("Running " + revision::short_log(step)));
  }
  return tell_run(result);
}

int Session::ensure_version() {
  refuse_with_text();
  say_context(given_.sql);
  if (given_.sql) return tell(command::ensure_version_text(project()));
  const bool created = command::ensure_version(project());
  if (wants_json()) terminal_.data(json_ensure_version(created));
  terminal_.say(created ? "The version table was created."
                        : "The version table was there already.");
  return kDone;
}

int Session::repair() {
  const command::DriftReport report =
      given_.accept ? command::accept_drift(project()) : command::find_drift(project());
  const std::vector<migrate::Drift>& drifts = report.drifts;
  if (wants_json()) terminal_.data(json_drift(drifts));
  for (const migrate::Drift& drift : drifts) {
    terminal_.say((given_.accept ? "accepted: " : "") + drift.revision + " was " +
                  (drift.deleted ? "deleted" : "edited") + " after it was applied at " +
                  drift.applied_at + (drift.path.empty() ? "" : " (" + drift.path + ")"));
  }
  if (report.is_fresh)
    terminal_.say("Nothing has been applied to this database yet.");
  else if (drifts.empty())
    terminal_.say("Every applied revision is as it was when it was applied.");
  return drifts.empty() || given_.accept ? kDone : kFound;
}

}  // namespace cupel::cli
