// SPDX-License-Identifier: MIT
// What executed scripts looked like, kept between runs: a server takes seconds for a thousand
// tables, and most runs find the schema's files as they were.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cupel/base/clock.hpp"
#include "cupel/source/target.hpp"

namespace cupel::source {

/// One file per key, put in place whole, so that several processes may read and write at once; the
/// oldest go when there are too many. Nothing that goes wrong with it is an error: then the scripts
/// are executed. The key must tell one build from another, since only the one that wrote a file
/// can read it.
class Cache {
 public:
  /// An empty directory keeps nothing.
  Cache(std::string directory, Files& files, Clock clock = system_clock())
      : directory_(std::move(directory)), files_(files), clock_(std::move(clock)) {}

  /// nullopt if there is none, or none that can be read.
  std::optional<Target> find(const std::string& key) const;
  void store(const std::string& key, const Target& target) const;

  static constexpr std::size_t kMostFiles = 40;

 private:
  std::vector<std::string> names() const;

  std::string directory_;
  Files& files_;
  Clock clock_;
};

}  // namespace cupel::source
