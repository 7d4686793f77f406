// SPDX-License-Identifier: MIT
// Time as a value that tests can set.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "cupel/base/export.hpp"

namespace cupel {

using TimePoint = std::chrono::system_clock::time_point;

/// Where "now" comes from; system_clock() in programs, a fixed point in tests.
using Clock = std::function<TimePoint()>;
CUPEL_API Clock system_clock();

/// UTC, to the second: 2026-02-04T10:15:00Z
CUPEL_API std::string to_iso8601(TimePoint time);

}  // namespace cupel
