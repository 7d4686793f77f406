// SPDX-License-Identifier: MIT
// What the library says while it works. The library never prints: it calls this callback, if there
// is one.
#pragma once

#include <functional>
#include <string>

namespace cupel {

enum class LogLevel { Debug, Info, Warning };

/// One line for people, without a final newline. `topic` is stable ("migrate", "driver", "lock",
/// ...).
struct LogRecord {
  LogLevel level = LogLevel::Info;
  std::string topic;
  std::string message;
};

/// May be empty: then nothing is said.
using Log = std::function<void(const LogRecord&)>;

inline void log(const Log& sink, LogLevel level, std::string topic, std::string message) {
  if (sink) sink({level, std::move(topic), std::move(message)});
}

}  // namespace cupel
