// SPDX-License-Identifier: MIT
// See backup_mapping.hpp. Includes sqlite3.h besides driver.cpp, as backup.cpp does.
#include "dialect/sqlite/backup_mapping.hpp"

#include <sqlite3.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace cupel::dialect::sqlite {
namespace {

/// Often enough to keep it small, seldom enough to cost nothing.
constexpr std::chrono::milliseconds kRound{20};
/// SQLite never hands out the very end of a mapping.
constexpr std::uint64_t kMargin = 1U << 16U;
/// Bytes that are read one behind the other until they are given back.
constexpr std::uint64_t kGivenBack = 16U << 20U;
constexpr int kFetchVersion = 3;

void* fetch(sqlite3_file* file, std::uint64_t offset, std::size_t size) {
  void* data = nullptr;
  if (file == nullptr || file->pMethods == nullptr || file->pMethods->iVersion < kFetchVersion)
    return nullptr;
  if (file->pMethods->xFetch(file, static_cast<sqlite3_int64>(offset), static_cast<int>(size),
                             &data) != SQLITE_OK)
    return nullptr;
  return data;
}

void unfetch(sqlite3_file* file, std::uint64_t offset, void* data) {
  if (data != nullptr) file->pMethods->xUnfetch(file, static_cast<sqlite3_int64>(offset), data);
}

/// Whole pages of the system's; only what SQLite has mapped from a file may be given here, since it
/// is read from there again.
void forget(char* begin, std::uint64_t size) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uintptr_t address = reinterpret_cast<std::uintptr_t>(begin);
  const std::uintptr_t from = (address + page - 1) / page * page;
  const std::uintptr_t to = (address + size) / page * page;
  if (from < to) ::madvise(begin + (from - address), to - from, MADV_DONTNEED);
}

}  // namespace

sqlite3_file* file_of(sqlite3* handle) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
  return file;
}

void map_file(driver::Connection& connection) {
  connection.query("PRAGMA mmap_size=1099511627776");
}

MappedPiece::MappedPiece(sqlite3_file* file, std::uint64_t offset, std::size_t size)
    : file_(file),
      offset_(offset),
      size_(size),
      data_(static_cast<char*>(fetch(file, offset, size))) {}

MappedPiece::~MappedPiece() {
  if (data_ == nullptr) return;
  // With those before it, which are mapped as well: each call interrupts the other threads.
  const std::uint64_t end = offset_ + size_;
  if (end % kGivenBack == 0) forget(data_ + size_ - kGivenBack, kGivenBack);
  unfetch(file_, offset_, data_);
}

MappedWalk::MappedWalk(driver::Connection& connection)
    : file_(file_of(static_cast<sqlite3*>(connection.native_handle()))) {
  sqlite3_int64 size = 0;
  sqlite3_int64 limit = -1;  // asks
  if (file_ == nullptr || file_->pMethods == nullptr ||
      file_->pMethods->xFileSize(file_, &size) != SQLITE_OK ||
      sqlite3_file_control(static_cast<sqlite3*>(connection.native_handle()), "main",
                           SQLITE_FCNTL_MMAP_SIZE, &limit) != SQLITE_OK)
    return;
  const auto mapped = static_cast<std::uint64_t>(std::max<sqlite3_int64>(std::min(size, limit), 0));
  if (mapped < 2 * kMargin) return;
  last_offset_ = (mapped - kMargin) / kMargin * kMargin;
  first_ = fetch(file_, 0, 1);
  last_ = fetch(file_, last_offset_, 1);
  // Both in one mapping: then all in between is.
  if (first_ == nullptr || last_ != static_cast<char*>(first_) + last_offset_) return;
  thread_ = std::thread([this] { give_back(); });
}

MappedWalk::~MappedWalk() {
  if (thread_.joinable()) {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  unfetch(file_, last_offset_, last_);
  unfetch(file_, 0, first_);
}

void MappedWalk::give_back() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, kRound, [this] { return is_over_; }))
    forget(static_cast<char*>(first_), last_offset_);
  forget(static_cast<char*>(first_), last_offset_);
}

}  // namespace cupel::dialect::sqlite
