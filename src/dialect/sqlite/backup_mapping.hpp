// SPDX-License-Identifier: MIT
// Reading a whole database file through SQLite's own mapping of it: nothing is copied, and what has
// been read stays in the system's cache without counting as memory of this process. SQLite maps as
// much as it was built for (2 GB); the rest is read.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <thread>

#include "cupel/driver/connection.hpp"

struct sqlite3;
struct sqlite3_file;

namespace cupel::dialect::sqlite {

/// Of the main database.
sqlite3_file* file_of(sqlite3* handle);
/// Lets the connection map its file, from its next transaction on.
void map_file(driver::Connection& connection);

/// Some bytes of the file, mapped; empty where they are not. Given back with this object.
class MappedPiece {
 public:
  MappedPiece(sqlite3_file* file, std::uint64_t offset, std::size_t size);
  ~MappedPiece();
  MappedPiece(const MappedPiece&) = delete;
  MappedPiece& operator=(const MappedPiece&) = delete;
  std::string_view text() const { return {data_, data_ == nullptr ? 0 : size_}; }

 private:
  sqlite3_file* file_;
  std::uint64_t offset_;
  std::size_t size_;
  char* data_ = nullptr;
};

/// While it lives, what the connection has mapped is given back to the system again and again: a
/// walk over all of the file needs no more memory than one over a part. Within a transaction.
class MappedWalk {
 public:
  explicit MappedWalk(driver::Connection& connection);
  ~MappedWalk();
  MappedWalk(const MappedWalk&) = delete;
  MappedWalk& operator=(const MappedWalk&) = delete;

 private:
  void give_back();
  sqlite3_file* file_;
  // SQLite keeps a mapping as long as somebody holds a piece of it.
  void* first_ = nullptr;
  void* last_ = nullptr;
  std::uint64_t last_offset_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_over_ = false;
  std::thread thread_;
};

}  // namespace cupel::dialect::sqlite
