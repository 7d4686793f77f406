// SPDX-License-Identifier: MIT
// See private_file.hpp.
#include "base/private_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>
#include <vector>

#include "base/xxhash.hpp"
#include "cupel/base/files.hpp"

namespace cupel::disk {
namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr std::size_t kBlock = 1U << 20U;

/// A descriptor that is closed.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags, mode_t mode = 0)
      : value_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }
  bool is_open() const { return value_ >= 0; }

 private:
  int value_;
};

void sync(const std::string& path, int flags) {
  const Descriptor file(path, flags);
  if (!file.is_open() || ::fsync(file.get()) != 0)
    throw InputError::unwritable(path, std::strerror(errno));
}

constexpr std::string_view kPart = ".part";
constexpr std::string_view kLock = ".part.lock";
/// Where locks are unknown: nobody writes such a file any more.
constexpr std::chrono::hours kAbandonedAge{24};

std::vector<std::string> files_of(const std::string& directory) {
  const DiskFiles files;
  return files.is_directory(directory) ? files.list_files(directory) : std::vector<std::string>();
}

/// "app.db" of "app.db.1234.part.lock"; empty for another name.
std::string_view target_of(std::string_view name, std::string_view ending) {
  if (!name.ends_with(ending)) return {};
  name.remove_suffix(ending.size());
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == name.size()) return {};
  const std::string_view number = name.substr(dot + 1);
  const bool is_number = std::all_of(number.begin(), number.end(),
                                     [](unsigned char c) { return std::isdigit(c) != 0; });
  return is_number ? name.substr(0, dot) : std::string_view();
}

enum class Holder { Alive, Gone, Unknown };
Holder holder_of(const std::string& lock) {
  const Descriptor file(lock, O_RDWR);
  if (!file.is_open()) return Holder::Unknown;
  if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return Holder::Gone;
  return errno == EWOULDBLOCK ? Holder::Alive : Holder::Unknown;
}

/// With what a program may have put beside it; the lock goes last.
void remove_part(const std::string& part, const std::vector<std::string>& names) {
  const std::string directory = path::directory(part);
  const std::string start = path::file_name(part) + "-";
  for (const std::string& name : names)
    if (name.starts_with(start)) remove(path::join(directory, name));
  remove(part);
  remove(part + ".lock");
}

bool is_same_file(int descriptor, const std::string& path) {
  struct stat ours {};
  struct stat named {};
  return ::fstat(descriptor, &ours) == 0 && ::stat(path.c_str(), &named) == 0 &&
         ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
}

/// A lock of ours that others see. They may take a new one for an abandoned one before it is
/// locked.
int take_lock(const std::string& path) {
  for (;;) {
    const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
    if (lock < 0) throw InputError::unwritable(path, std::strerror(errno));
    ::flock(lock, LOCK_EX);
    if (is_same_file(lock, path)) return lock;
    ::close(lock);
  }
}

}  // namespace

void create_private(const std::string& path) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL, kOwnerOnly);
  if (!file.is_open()) throw InputError::unwritable(path, std::strerror(errno));
}

void sync(const std::string& path) { sync(path, O_RDONLY); }

void publish(const std::string& from, const std::string& to) {
  sync(from);
  // A link instead of a rename, which would replace what is there.
  if (::link(from.c_str(), to.c_str()) != 0) {
    const bool can_link = errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS;
    if (can_link || ::access(to.c_str(), F_OK) == 0 || ::rename(from.c_str(), to.c_str()) != 0)
      throw InputError::unwritable(to, std::strerror(can_link ? errno : EEXIST));
  }
  sync(path::directory(to), O_RDONLY | O_DIRECTORY);
}

struct Hasher::State {
  XXH3_state_t* hash = XXH3_createState();
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { XXH3_freeState(hash); }
};

Hasher::Hasher() : state_(std::make_unique<State>()) { reset(); }
Hasher::~Hasher() = default;
void Hasher::reset() { XXH3_128bits_reset(state_->hash); }
void Hasher::update(std::string_view piece) {
  XXH3_128bits_update(state_->hash, piece.data(), piece.size());
}

std::string Hasher::digest() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_->hash));
  std::string digits;
  constexpr const char* kDigits = "0123456789abcdef";
  for (const unsigned char byte : canonical.digest) {
    digits += kDigits[byte >> 4U];
    digits += kDigits[byte & 15U];
  }
  return digits;
}

std::string checksum(const std::string& path) {
  const Descriptor file(path, O_RDONLY);
  if (!file.is_open()) throw InputError::unreadable(path, std::strerror(errno));
  Hasher hasher;
  std::vector<char> block(kBlock);
  for (;;) {
    const ssize_t count = ::read(file.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw InputError::unreadable(path, std::strerror(errno));
    if (count == 0) return hasher.digest();
    hasher.update({block.data(), static_cast<std::size_t>(count)});
  }
}

Output::Output(std::string path)
    : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC)) {
  if (descriptor_ < 0) throw InputError::unwritable(path_, std::strerror(errno));
}
Output::~Output() { ::close(descriptor_); }

void Output::begin_again() {
  if (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) != 0)
    throw InputError::unwritable(path_, std::strerror(errno));
}

void Output::write(std::string_view piece) {
  while (!piece.empty()) {
    const ssize_t count = ::write(descriptor_, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw InputError::unwritable(path_, std::strerror(errno));
    piece.remove_prefix(static_cast<std::size_t>(count));
  }
}

void Output::start_flush() noexcept {
#ifdef SYNC_FILE_RANGE_WRITE
  ::sync_file_range(descriptor_, 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
}

void overwrite(const std::string& path, std::string_view content) { Output(path).write(content); }

long process_id() noexcept { return ::getpid(); }

std::chrono::seconds age(const std::string& path) noexcept {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return std::chrono::seconds(0);
  return std::chrono::seconds(std::time(nullptr) - info.st_mtime);
}

std::uint64_t size(const std::string& path) noexcept {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

void remove(const std::string& path) noexcept { ::unlink(path.c_str()); }

Unfinished::Unfinished(const std::string& target)
    : path_(target + "." + std::to_string(process_id()) + std::string(kPart)) {
  remove_abandoned(target + ".");
  lock_ = take_lock(path_ + ".lock");
  try {
    create_private(path_);
  } catch (...) {
    ::close(lock_);
    remove(path_ + ".lock");
    throw;
  }
}

Unfinished::~Unfinished() {
  try {
    remove_part(path_, files_of(path::directory(path_)));
  } catch (const std::exception&) {
    // The next one's maker does it.
  }
  ::close(lock_);
}

void remove_abandoned(const std::string& beginning) {
  const std::string directory = path::directory(beginning);
  const std::string start = path::file_name(beginning);
  const std::vector<std::string> names = files_of(directory);
  const auto has = [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const std::string& name : names) {
    if (!name.starts_with(start)) continue;
    const std::string path = path::join(directory, name);
    if (!target_of(name, kLock).empty()) {
      const std::string part = path.substr(0, path.size() - kLock.size() + kPart.size());
      const Holder holder = holder_of(path);
      if (holder == Holder::Gone || (holder == Holder::Unknown && age(part) > kAbandonedAge))
        remove_part(part, names);
    } else if (!target_of(name, kPart).empty() && !has(name + ".lock") &&
               age(path) > kAbandonedAge) {
      remove_part(path, names);
    }
  }
}

bool is_in_the_making(const std::string& target) {
  const std::string directory = path::directory(target);
  const std::string start = path::file_name(target);
  const std::vector<std::string> names = files_of(directory);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return target_of(name, kLock) == start &&
           holder_of(path::join(directory, name)) == Holder::Alive;
  });
}

}  // namespace cupel::disk
