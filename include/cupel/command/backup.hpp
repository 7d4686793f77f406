// SPDX-License-Identifier: MIT
// backup, restore, upgrade --backup: the way back that a downgrade cannot be, since it brings back
// no data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cupel/command/project.hpp"
#include "cupel/migrate/run.hpp"

namespace cupel::command {

/// What is known of a backup; kept in a file of text beside it, <its path>.info.
struct CUPEL_API BackupRecord {
  std::string dialect;
  std::string database;                                    ///< the URL without its password
  std::string created;                                     ///< UTC, ISO 8601
  std::string made_by;                                     ///< "pg_dump 15.14"
  std::vector<std::string> revisions;                      ///< the database's version rows
  std::vector<std::pair<std::string, std::int64_t>> rows;  ///< by table
  std::uint64_t size = 0;
  std::string checksum;
  bool operator==(const BackupRecord&) const = default;
};

struct CUPEL_API BackupReport {
  std::string path;
  BackupRecord record;
  std::vector<std::string> removed;  ///< older backups that made room
};
/// `file` must not exist; empty: a new name in the configured folder, where only the newest are
/// kept. `full_check`: see docs/backup.md. Throws NotSupported if a program that it takes is
/// missing.
CUPEL_API BackupReport backup(Project& project, const std::string& file, bool full_check = false);

/// Throws InputError for a backup that is damaged, of another kind of database, or, unless
/// `any_project`, at a revision that this project does not have.
CUPEL_API BackupRecord check_backup(Project& project, const std::string& file, bool any_project);

struct CUPEL_API RestoreReport {
  BackupRecord record;
  std::string kept;  ///< what was there before: a file, or a database; empty if nothing
};
/// Replaces the whole database by what check_backup() has accepted. `discard`: what is there now is
/// lost.
CUPEL_API RestoreReport restore(Project& project, const std::string& file,
                                const BackupRecord& record, bool discard, bool in_place = false);

}  // namespace cupel::command
