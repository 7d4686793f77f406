// SPDX-License-Identifier: MIT
// See run.hpp.
#include "cupel/command/run.hpp"

#include "cupel/command/backup.hpp"

namespace cupel::command {

migrate::RunResult upgrade(Project& project, const std::string& target) {
  project.graph().require_sound();
  const bool had_database = project.database_exists();
  if (!had_database) migrate::check_first_upgrade(project.offline_environment(), target);
  using When = BackupSettings::When;
  const When when = project.config().backup.when;
  if (when == When::Never) return migrate::upgrade(project.environment(), target);
  std::string saved;
  const auto before = [&](bool destroys) {
    const bool is_empty = project.dialect().traits().database_is_file && !had_database;
    if (is_empty || (when == When::Destructive && !destroys)) return;
    saved = backup(project, "").path;
    log(project.log, LogLevel::Info, "backup", "Saved the database as " + saved);
  };
  try {
    return migrate::upgrade(project.environment(), target, before);
  } catch (Error& error) {
    if (!saved.empty()) error.add_note("the database as it was before: cupel restore " + saved);
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

std::vector<migrate::Drift> find_drift(Project& project) {
  project.graph().require_sound();  // a file that cannot be read is not a deleted one
  return migrate::find_drift(project.migrations(),
                             migrate::read_state(project.environment(/*create=*/false)));
}
std::vector<migrate::Drift> accept_drift(Project& project) {
  project.graph().require_sound();
  return migrate::accept_drift(project.environment(/*create=*/false));
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
