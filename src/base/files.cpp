// SPDX-License-Identifier: MIT
// DiskFiles, MemoryFiles and path helpers. See files.hpp.
#include "cupel/base/files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <set>

namespace cupel {
namespace {

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

void write_all(int fd, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw InputError::unwritable(path, std::strerror(errno));
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

bool has_mode(const std::string& path, mode_t mode) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && (info.st_mode & S_IFMT) == mode;
}

/// Entries of one kind; d_type saves a stat for each file where the file system fills it in.
std::vector<std::string> list_entries(const std::string& directory, unsigned char type,
                                      mode_t mode) {
  DIR* handle = ::opendir(directory.c_str());
  if (handle == nullptr) throw InputError::unreadable(directory, std::strerror(errno));
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(handle)) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    const bool unsure = entry->d_type == DT_UNKNOWN || entry->d_type == DT_LNK;
    if (entry->d_type == type || (unsure && has_mode(path::join(directory, name), mode)))
      names.push_back(name);
  }
  ::closedir(handle);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

Files::~Files() = default;

std::string DiskFiles::read(const std::string& path) const {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) throw InputError::unreadable(path, std::strerror(errno));
  // Most files are small: one read into a stack buffer and one more that finds the end, no fstat.
  std::string content;
  char buffer[16384];
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw InputError::unreadable(path, std::strerror(errno));
    if (count == 0) return content;
    content.append(buffer, static_cast<std::size_t>(count));
    if (static_cast<std::size_t>(count) < sizeof buffer) return content;
  }
}

void DiskFiles::write(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".tmp" + std::to_string(::getpid());
  {
    const Descriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (file.get() < 0) throw InputError::unwritable(path, std::strerror(errno));
    try {
      write_all(file.get(), content, path);
    } catch (...) {
      ::unlink(temporary.c_str());
      throw;
    }
    struct stat old {};
    if (::stat(path.c_str(), &old) == 0) ::fchmod(file.get(), old.st_mode & 07777);
    ::fsync(file.get());
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(temporary.c_str());
    throw InputError::unwritable(path, std::strerror(error));
  }
}

bool DiskFiles::is_file(const std::string& path) const { return has_mode(path, S_IFREG); }
bool DiskFiles::is_directory(const std::string& path) const { return has_mode(path, S_IFDIR); }
std::vector<std::string> DiskFiles::list_files(const std::string& directory) const {
  return list_entries(directory, DT_REG, S_IFREG);
}
std::vector<std::string> DiskFiles::list_directories(const std::string& directory) const {
  return list_entries(directory, DT_DIR, S_IFDIR);
}
void DiskFiles::make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw InputError::unwritable(path, error.message());
}
void DiskFiles::remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0) throw InputError::unwritable(path, std::strerror(errno));
}

std::string MemoryFiles::read(const std::string& path) const {
  const auto found = contents_.find(path);
  if (found == contents_.end()) throw InputError::unreadable(path, std::strerror(ENOENT));
  return found->second;
}
void MemoryFiles::write(const std::string& path, std::string_view content) {
  contents_[path] = content;
}
bool MemoryFiles::is_file(const std::string& path) const { return contents_.contains(path); }
bool MemoryFiles::is_directory(const std::string& path) const {
  const std::string prefix = path + "/";
  const auto first = contents_.lower_bound(prefix);
  return (first != contents_.end() && first->first.starts_with(prefix)) ||
         std::find(directories_.begin(), directories_.end(), path) != directories_.end();
}
std::vector<std::string> MemoryFiles::list_files(const std::string& directory) const {
  if (!is_directory(directory)) throw InputError::unreadable(directory, std::strerror(ENOENT));
  std::vector<std::string> names;
  const std::string prefix = directory + "/";
  for (auto at = contents_.lower_bound(prefix);
       at != contents_.end() && at->first.starts_with(prefix); ++at) {
    const std::string name = at->first.substr(prefix.size());
    if (name.find('/') == std::string::npos) names.push_back(name);
  }
  return names;
}
std::vector<std::string> MemoryFiles::list_directories(const std::string& directory) const {
  std::set<std::string> names;
  const std::string prefix = directory + "/";
  const auto add = [&](const std::string& path) {
    if (!path.starts_with(prefix)) return;
    const std::string rest = path.substr(prefix.size());
    if (const std::size_t slash = rest.find('/'); slash != std::string::npos)
      names.insert(rest.substr(0, slash));
  };
  for (const auto& [path, content] : contents_) add(path);
  for (const std::string& path : directories_) add(path + "/");
  return {names.begin(), names.end()};
}
void MemoryFiles::make_directory(const std::string& path) {
  if (!is_directory(path)) directories_.push_back(path);
}
void MemoryFiles::remove(const std::string& path) {
  if (contents_.erase(path) == 0) throw InputError::unwritable(path, std::strerror(ENOENT));
}

namespace path {
std::string join(std::string_view directory, std::string_view name) {
  if (directory.empty() || directory == "." || name.starts_with('/')) return std::string(name);
  if (directory.ends_with('/')) return std::string(directory) + std::string(name);
  return std::string(directory) + "/" + std::string(name);
}
std::string file_name(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}
std::string directory(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return std::string(path.substr(0, slash == 0 ? 1 : slash));
}
}  // namespace path

}  // namespace cupel
