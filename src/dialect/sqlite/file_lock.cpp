// SPDX-License-Identifier: MIT
// See file_lock.hpp. flock(2) belongs to the open file, and ends with the process.
#include "dialect/sqlite/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cupel::dialect::sqlite {
namespace {

/// The file that was locked is still the one of that name: its last holder may have removed it
/// meanwhile.
bool is_current(int file, const std::string& path) {
  struct stat locked, named;
  return fstat(file, &locked) == 0 && stat(path.c_str(), &named) == 0 &&
         locked.st_ino == named.st_ino && locked.st_dev == named.st_dev;
}

}  // namespace

bool FileLock::try_acquire() {
  if (path_.empty() || file_ >= 0) return true;
  for (;;) {
    const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return true;
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
      close(file);
      return false;
    }
    if (is_current(file, path_)) {
      file_ = file;
      return true;
    }
    close(file);
  }
}

void FileLock::release() noexcept {
  if (file_ < 0) return;
  unlink(
      path_.c_str());  // before the lock ends, so that nobody locks a file without a name for long
  close(file_);
  file_ = -1;
}

bool FileLock::is_held_elsewhere() {
  if (path_.empty() || file_ >= 0 || access(path_.c_str(), F_OK) != 0) return false;
  if (!try_acquire()) return true;
  release();
  return false;
}

}  // namespace cupel::dialect::sqlite
