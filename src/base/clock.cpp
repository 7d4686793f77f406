// SPDX-License-Identifier: MIT
// See clock.hpp.
#include "cupel/base/clock.hpp"

#include <ctime>

namespace cupel {

Clock system_clock() {
  return [] { return std::chrono::system_clock::now(); };
}

std::string to_iso8601(TimePoint time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace cupel
