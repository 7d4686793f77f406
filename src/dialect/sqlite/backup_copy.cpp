// SPDX-License-Identifier: MIT
// See backup_copy.hpp. Includes sqlite3.h besides driver.cpp, as backup.cpp does.
#include "dialect/sqlite/backup_copy.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "dialect/sqlite/backup_mapping.hpp"

namespace cupel::dialect::sqlite {
namespace {

constexpr int kPagesPerStep = 2048;
/// A writer in rollback mode makes the copy begin again; after so many times it has to wait for us.
constexpr int kPatientRestarts = 3;
constexpr std::chrono::milliseconds kPause{20};
constexpr std::size_t kBlock = 1U << 18U;  // stays in the processor's cache
constexpr int kBlocksPerTurn = 256;

void stop_if_interrupted(const BackupRequest& request) {
  if (request.is_interrupted && request.is_interrupted())
    throw Interrupted("interrupted; the database is as it was");
}

/// A reader, so that writers wait from now on.
void keep_writers_out(driver::Connection& connection) {
  connection.query("BEGIN");
  connection.query("SELECT count(*) FROM sqlite_master");
}

[[noreturn]] void throw_not_copied(int code) {
  DatabaseError::Details details;
  details.native_code = code;
  throw DatabaseError(
      std::string("the database cannot be copied: ") + sqlite3_errstr(code), std::move(details),
      (code & 0xff) == SQLITE_BUSY ? "another program holds the file; wait, or stop it"
                                   : "check the disk's space and the rights on both files");
}

[[noreturn]] void throw_not_read(int code) {
  DatabaseError::Details details;
  details.native_code = code;
  throw DatabaseError(std::string("the database cannot be read: ") + sqlite3_errstr(code),
                      std::move(details), "check the disk, and the rights on the file");
}

}  // namespace

sqlite3* handle_of(driver::Connection& connection) {
  return static_cast<sqlite3*>(connection.native_handle());
}

std::uint64_t size_of(driver::Connection& connection) {
  return static_cast<std::uint64_t>(connection.query("PRAGMA page_count")[0].integer(0) *
                                    connection.query("PRAGMA page_size")[0].integer(0));
}

PageCopy::PageCopy(driver::Connection& from, driver::Connection& to, const BackupRequest& request)
    : from_(&from),
      request_(&request),
      backup_(sqlite3_backup_init(handle_of(to), "main", handle_of(from), "main")),
      give_up_(std::chrono::steady_clock::now() + request.patience),
      page_size_(static_cast<std::uint64_t>(from.query("PRAGMA page_size")[0].integer(0))) {
  if (backup_ == nullptr) throw_not_copied(sqlite3_extended_errcode(handle_of(to)));
}

PageCopy::~PageCopy() {
  if (backup_ != nullptr) sqlite3_backup_finish(backup_);
}

void PageCopy::run() {
  while (!step(kPagesPerStep)) {
  }
}

bool PageCopy::step(int pages) {
  stop_if_interrupted(*request_);
  const int code = sqlite3_backup_step(backup_, pages);
  if (code == SQLITE_DONE) return finish();
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
    wait(code);
    return false;
  }
  if (code != SQLITE_OK) throw_not_copied(code);
  watch_restarts();
  return false;
}

void PageCopy::watch_restarts() {
  const auto total = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup_));
  const auto done = total - static_cast<std::uint64_t>(sqlite3_backup_remaining(backup_));
  if (done <= done_ && ++restarts_ >= kPatientRestarts && !is_held_) {
    keep_writers_out(*from_);
    is_held_ = true;
  }
  done_ = done;
  if (request_->on_progress) request_->on_progress(done * page_size_, total * page_size_);
}

bool PageCopy::finish() {
  const int code = sqlite3_backup_finish(std::exchange(backup_, nullptr));
  if (is_held_) from_->query("COMMIT");
  if (code != SQLITE_OK) throw_not_copied(code);
  return true;
}

void PageCopy::wait(int code) {
  if (std::chrono::steady_clock::now() > give_up_) throw_not_copied(code);
  std::this_thread::sleep_for(kPause);
}

ByteCopy::ByteCopy(driver::Connection& from, const std::string& to, const BackupRequest& request)
    : from_(&from), request_(&request), output_(to), file_(file_of(handle_of(from))) {
  map_file(from);
}

void ByteCopy::run() {
  while (!take_turn()) {
  }
}

std::uint32_t ByteCopy::state_of(driver::Connection& connection) {
  sqlite3_file* file = file_of(handle_of(connection));
  constexpr sqlite3_int64 kChangeCounter = 24;
  std::uint32_t state = 0;
  const int code = file->pMethods->xRead(file, &state, sizeof state, kChangeCounter);
  if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) throw_not_read(code);
  return state;
}

bool ByteCopy::take_turn() {
  if (!is_held_) keep_writers_out(*from_);
  const std::uint32_t now = state_of(*from_);
  if (state_ && *state_ != now) begin_again();
  state_ = now;
  size_ = size_of(*from_);
  for (int i = 0; i < kBlocksPerTurn && done_ < size_; ++i) copy_block();
  output_.start_flush();
  const bool is_done = done_ >= size_;
  if (is_done || restarts_ < kPatientRestarts) {
    from_->query("COMMIT");
  } else {
    is_held_ = true;
  }
  return is_done;
}

void ByteCopy::begin_again() {
  done_ = 0;
  ++restarts_;
  hasher_.reset();
  output_.begin_again();
}

void ByteCopy::copy_block() {
  stop_if_interrupted(*request_);
  const std::size_t count = std::min<std::uint64_t>(kBlock, size_ - done_);
  if (const MappedPiece mapped(file_, done_, count); !mapped.text().empty()) {
    take(mapped.text());
  } else {
    block_.resize(kBlock);
    const int code = file_->pMethods->xRead(file_, block_.data(), static_cast<int>(count),
                                            static_cast<sqlite3_int64>(done_));
    if (code != SQLITE_OK) throw_not_read(code);
    take({block_.data(), count});
  }
  done_ += count;
  if (request_->on_progress) request_->on_progress(done_, size_);
}

void ByteCopy::take(std::string_view piece) {
  hasher_.update(piece);  // touches it all: to write what is not there yet takes several turns
  output_.write(piece);
}

}  // namespace cupel::dialect::sqlite
