// SPDX-License-Identifier: MIT
// The file system as cupel sees it: on disk, or in memory for tests. Paths are UTF-8,
// '/'-separated.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/error.hpp"

namespace cupel {

/// Interface with two implementations. Errors are InputError with the path in front.
class CUPEL_API Files {
 public:
  virtual ~Files();
  /// The whole content. Throws InputError if the file is missing or unreadable.
  virtual std::string read(const std::string& path) const = 0;
  /// Replaces the file's content, by a temporary file and a rename, so that a crash never leaves
  /// half a file.
  virtual void write(const std::string& path, std::string_view content) = 0;
  virtual bool is_file(const std::string& path) const = 0;
  virtual bool is_directory(const std::string& path) const = 0;
  /// Names (not paths) of the regular files in a directory, sorted by bytes. Missing directory:
  /// InputError.
  virtual std::vector<std::string> list_files(const std::string& directory) const = 0;
  /// Names of the sub-directories, sorted by bytes.
  virtual std::vector<std::string> list_directories(const std::string& directory) const = 0;
  /// Like mkdir -p.
  virtual void make_directory(const std::string& path) = 0;
  virtual void remove(const std::string& path) = 0;  ///< a file that is there
};

class CUPEL_API DiskFiles final : public Files {
 public:
  std::string read(const std::string& path) const override;
  void write(const std::string& path, std::string_view content) override;
  bool is_file(const std::string& path) const override;
  bool is_directory(const std::string& path) const override;
  std::vector<std::string> list_files(const std::string& directory) const override;
  std::vector<std::string> list_directories(const std::string& directory) const override;
  void make_directory(const std::string& path) override;
  void remove(const std::string& path) override;
};

/// For tests and for embedding revisions as text. Directories exist implicitly where files are, or
/// by make_directory.
class CUPEL_API MemoryFiles final : public Files {
 public:
  std::string read(const std::string& path) const override;
  void write(const std::string& path, std::string_view content) override;
  bool is_file(const std::string& path) const override;
  bool is_directory(const std::string& path) const override;
  std::vector<std::string> list_files(const std::string& directory) const override;
  std::vector<std::string> list_directories(const std::string& directory) const override;
  void make_directory(const std::string& path) override;
  void remove(const std::string& path) override;

 private:
  std::map<std::string, std::string> contents_;
  std::vector<std::string> directories_;
};

namespace path {
/// `directory`/`name`; an absolute `name` wins, and "." in front is left out.
CUPEL_API std::string join(std::string_view directory, std::string_view name);
CUPEL_API std::string file_name(std::string_view path);
/// The directory part; "." if there is none.
CUPEL_API std::string directory(std::string_view path);
}  // namespace path

}  // namespace cupel
