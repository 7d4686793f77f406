// SPDX-License-Identifier: MIT
// A lock that outlives transactions, for work that SQLite does outside of them: a file beside the
// database, locked by the system, so that it dies with its holder.
#pragma once

#include <string>

namespace cupel::dialect::sqlite {

class FileLock {
 public:
  /// `database` is the database's file; empty (in memory): nobody else can be there.
  explicit FileLock(const std::string& database)
      : path_(database.empty() ? "" : database + "-cupel-lock") {}
  ~FileLock() { release(); }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  /// False: another process has it. True also where no such file can be made: then there is none.
  bool try_acquire();
  /// Removes the file.
  void release() noexcept;
  /// Another process has it. Clears away what a killed one left.
  bool is_held_elsewhere();

 private:
  std::string path_;
  int file_ = -1;
};

}  // namespace cupel::dialect::sqlite
