// SPDX-License-Identifier: MIT
// See run.hpp.
#include "cupel/command/run.hpp"

namespace cupel::command {

migrate::RunResult upgrade(Project& project, const std::string& target) {
  project.graph().require_sound();
  if (!project.database_exists())
    migrate::check_first_upgrade(project.offline_environment(), target);
  return migrate::upgrade(project.environment(), target);
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
