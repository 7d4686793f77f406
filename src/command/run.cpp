// SPDX-License-Identifier: MIT
// See run.hpp.
#include "cupel/command/run.hpp"

#include <optional>

#include "cupel/command/backup.hpp"

namespace cupel::command {

namespace {

/// True if something of the run that failed has stayed.
bool has_moved(Project& project, const BackupRecord& saved) {
  const migrate::Environment& environment = project.environment(/*create=*/false);
  return migrate::read_rows(environment) != saved.revisions ||
         !migrate::read_journal(environment).empty();
}

/// Adds to the error what became of the backup.
void fall_back(Project& project, const BackupReport& saved, Error& error) {
  const bool was_interrupted = dynamic_cast<const Interrupted*>(&error) != nullptr;
  if (!project.config().backup.restore_on_failure || was_interrupted) {
    error.add_note("the database as it was before: cupel restore " + saved.path);
    return;
  }
  try {
    project.disconnect();
    if (!has_moved(project, saved.record)) {
      error.add_note("the database is as it was before; saved as " + saved.path);
      return;
    }
    const RestoreReport report = restore(project, saved.path, saved.record, /*discard=*/false);
    error.add_note("then restored " + saved.path +
                   ": the database is as it was before; what the upgrade left is kept as " +
                   report.kept);
  } catch (const Error& failure) {
    error.add_note("it could not be restored: " + failure.message());
    error.add_note("the database as it was before: cupel restore " + saved.path);
  }
}

}  // namespace

migrate::RunResult upgrade(Project& project, const std::string& target) {
  project.graph().require_sound();
  const bool had_database = project.database_exists();
  if (!had_database) migrate::check_first_upgrade(project.offline_environment(), target);
  using When = BackupSettings::When;
  const When when = project.config().backup.when;
  if (when == When::Never) return migrate::upgrade(project.environment(), target);
  std::optional<BackupReport> saved;
  const auto before = [&](bool destroys) {
    const bool is_empty = project.dialect().traits().database_is_file && !had_database;
    if (is_empty || (when == When::Destructive && !destroys)) return;
    saved = backup(project, "");
    log(project.log, LogLevel::Info, "backup", "Saved the database as " + saved->path);
  };
  try {
    migrate::RunResult result = migrate::upgrade(project.environment(), target, before);
    if (saved) result.backup = saved->path;
    return result;
  } catch (Error& error) {
    if (saved) fall_back(project, *saved, error);
    throw;
  }
}
migrate::RunResult downgrade(Project& project, const std::string& target) {
  project.graph().require_sound();
  return migrate::downgrade(project.environment(/*create=*/false), target);
}
migrate::RunResult stamp(Project& project, const std::vector<std::string>& targets, bool purge) {
  project.graph().require_sound();
  if (!project.database_exists()) revision::stamp_plan(project.graph(), {}, targets, purge);
  return migrate::stamp(project.environment(), targets, purge);
}
bool ensure_version(Project& project) {
  return migrate::ensure_version_table(project.environment());
}

DriftReport find_drift(Project& project) {
  project.graph().require_sound();  // a file that cannot be read is not a deleted one
  if (!project.database_exists()) return {{}, true};
  const migrate::DatabaseState state = migrate::read_state(project.environment(/*create=*/false));
  return {migrate::find_drift(project.migrations(), state),
          state.rows.empty() && state.history.empty()};
}
DriftReport accept_drift(Project& project) {
  DriftReport report = find_drift(project);
  if (!report.drifts.empty())
    report.drifts = migrate::accept_drift(project.environment(/*create=*/false));
  return report;
}

std::string upgrade_text(Project& project, const std::string& range) {
  return migrate::upgrade_text(project.offline_environment(), range);
}
std::string downgrade_text(Project& project, const std::string& range) {
  return migrate::downgrade_text(project.offline_environment(), range);
}
std::string stamp_text(Project& project, const std::vector<std::string>& targets) {
  return migrate::stamp_text(project.offline_environment(), targets);
}
std::string ensure_version_text(Project& project) {
  return migrate::ensure_version_text(project.offline_environment());
}

}  // namespace cupel::command
