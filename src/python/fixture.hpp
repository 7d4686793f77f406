// SPDX-License-Identifier: MIT
// What the interpreter's tests share: files in memory, what was printed and logged, a clock that
// stands.
#pragma once

#include <string>
#include <vector>

#include "cupel/python/interpreter.hpp"

namespace cupel::python {

struct Fixture {
  MemoryFiles files;
  std::string printed;
  std::vector<LogRecord> logged;

  Settings settings() {
    Settings out;
    out.files = &files;
    out.print = [this](std::string_view text) { printed += text; };
    out.log = [this](const LogRecord& record) { logged.push_back(record); };
    out.clock = [] { return TimePoint(std::chrono::seconds(1'700'000'000)); };
    return out;
  }
};

}  // namespace cupel::python
