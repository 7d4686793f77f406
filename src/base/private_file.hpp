// SPDX-License-Identifier: MIT
// Large files on disk that hold somebody's data: nobody else may read them, and a crash leaves the
// old one or the new one.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cupel/base/error.hpp"

namespace cupel::disk {

/// Makes an empty file that only its owner may read. Throws InputError if it exists already.
void create_private(const std::string& path);
/// Hands the file's content to the disk. Throws InputError.
void sync(const std::string& path);
/// As sync(), then gives it its name; nothing may be there. Throws InputError.
void publish(const std::string& from, const std::string& to);
/// As text::checksum(), of a file of any size. Throws InputError.
std::string checksum(const std::string& path);
/// The same of what comes in pieces.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;
  void reset();
  void update(std::string_view piece);
  std::string digest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};
/// An existing file that is written from its beginning; its rights stay. Throws InputError.
class Output {
 public:
  explicit Output(std::string path);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  void begin_again();
  void write(std::string_view piece);
  /// Lets the disk begin, so that there is less to wait for in the end.
  void start_flush() noexcept;

 private:
  std::string path_;
  int descriptor_;
};
/// Replaces an existing file's content; its rights stay.
void overwrite(const std::string& path, std::string_view content);
/// Of this process: for names that no other one takes.
long process_id() noexcept;
/// Since its last change; zero for a file that is not there.
std::chrono::seconds age(const std::string& path) noexcept;
std::uint64_t size(const std::string& path) noexcept;
void remove(const std::string& path) noexcept;

/// What a file is called until it is whole: an empty file beside `target` with a name of its own,
/// removed with this object. A lock on another one tells whether its process is alive.
class Unfinished {
 public:
  /// Makes it, and removes what killed processes have left of the same target.
  explicit Unfinished(const std::string& target);
  ~Unfinished();
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int lock_ = -1;
};
/// Removes what killed processes have left unfinished of all targets whose path begins so.
void remove_abandoned(const std::string& beginning);
/// True if somebody is making it.
bool is_in_the_making(const std::string& target);

}  // namespace cupel::disk
