// SPDX-License-Identifier: MIT
// The two ways to copy a database while others go on with their work: by pages, with SQLite's
// online backup API, and by bytes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/private_file.hpp"
#include "cupel/dialect/backup.hpp"
#include "cupel/driver/connection.hpp"

struct sqlite3;
struct sqlite3_backup;
struct sqlite3_file;

namespace cupel::dialect::sqlite {

sqlite3* handle_of(driver::Connection& connection);
/// In bytes, as the open transaction sees it.
std::uint64_t size_of(driver::Connection& connection);

/// One copy from a database to another by SQLite's online backup API; rolled back unless it is
/// done. Borrows all three. https://www.sqlite.org/backup.html
class PageCopy {
 public:
  PageCopy(driver::Connection& from, driver::Connection& to, const BackupRequest& request);
  ~PageCopy();
  PageCopy(const PageCopy&) = delete;
  PageCopy& operator=(const PageCopy&) = delete;

  /// Throws DatabaseError if others hold one of them for longer than the request has patience.
  void run();

 private:
  /// True at the end.
  bool step(int pages);
  /// A step that came no further has begun again: somebody wrote.
  void watch_restarts();
  bool finish();
  void wait(int code);

  driver::Connection* from_;
  const BackupRequest* request_;
  sqlite3_backup* backup_;
  std::chrono::steady_clock::time_point give_up_;
  std::uint64_t page_size_;
  std::uint64_t done_ = 0;
  int restarts_ = 0;
  bool is_held_ = false;
};

/// The committed bytes of a database that is not in WAL mode, copied while nobody may write, a
/// piece at a time, and begun again if somebody did in between: that is what the API does, in large
/// pieces instead of a page. They are read through SQLite's own handle: to open the file once more,
/// and close it, would drop the locks of this process.
class ByteCopy {
 public:
  ByteCopy(driver::Connection& from, const std::string& to, const BackupRequest& request);

  void run();
  std::string checksum() const { return hasher_.digest(); }
  /// Changes with every commit.
  std::uint32_t state() const { return *state_; }
  /// Of the transaction that is open.
  static std::uint32_t state_of(driver::Connection& connection);

 private:
  /// True at the end.
  bool take_turn();
  void begin_again();
  void copy_block();
  void take(std::string_view piece);

  driver::Connection* from_;
  const BackupRequest* request_;
  disk::Output output_;
  disk::Hasher hasher_;
  std::vector<char> block_;  ///< for what cannot be mapped
  sqlite3_file* file_;
  std::optional<std::uint32_t> state_;
  std::uint64_t size_ = 0;
  std::uint64_t done_ = 0;
  int restarts_ = 0;
  bool is_held_ = false;
};

}  // namespace cupel::dialect::sqlite
