// SPDX-License-Identifier: MIT
// See private_file.hpp.
#include "base/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

}  // namespace

void create_private(const std::string& path) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL, kOwnerOnly);
  if (!file.is_open()) throw InputError::unwritable(path, std::strerror(errno));
}

void publish(const std::string& from, const std::string& to) {
  sync(from, O_RDONLY);
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

}  // namespace cupel::disk
