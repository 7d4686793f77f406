// SPDX-License-Identifier: MIT
// How an UPDATE of a large table is run in pieces, so that it disturbs nobody.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace cupel::sql {

struct Pace {
  std::int64_t batch = 10000;          ///< rows that one transaction walks over
  std::chrono::milliseconds pause{0};  ///< between two of them
  /// No batch begins while a replica is further behind.
  std::optional<std::chrono::milliseconds> max_lag = {};
  bool operator==(const Pace&) const = default;
};

}  // namespace cupel::sql
