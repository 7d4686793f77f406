// SPDX-License-Identifier: MIT
// Runs another program without a shell: models that print DDL, hooks that format a new file.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cupel/base/export.hpp"

namespace cupel::process {

/// What to run. Its standard input is empty, its environment this process's.
struct CUPEL_API Command {
  std::vector<std::string> words;  ///< the program, looked up in PATH, and its arguments
  std::string directory;           ///< to run in; empty: this process's
  std::vector<std::pair<std::string, std::string>> environment;  ///< set besides what there is
  std::chrono::milliseconds timeout{0};                          ///< 0: as long as it takes
  std::size_t output_limit = 64U << 20U;  ///< bytes of output and errors together
  /// Asked every few milliseconds; true ends the program and run() with Interrupted.
  std::function<bool()> is_interrupted = {};
};

/// How it ended, and what it said until then.
struct CUPEL_API Outcome {
  enum class End {
    NotStarted,     ///< `code` is errno
    Exited,         ///< `code` is the exit code
    Killed,         ///< by signal `code`, not ours
    TimedOut,       ///< killed by us, with all that it had started
    TooMuchOutput,  ///< the same
  };
  End end = End::Exited;
  int code = 0;
  std::string output;
  std::string errors;
  bool good() const { return end == End::Exited && code == 0; }
};

/// Waits for the end. The program and what it starts are a process group of their own, of which
/// nothing is left afterwards. Throws Interrupted, and Error if the system has no resources left.
CUPEL_API Outcome run(const Command& command);

/// "failed with exit code 3", "did not end within 30 s": behind the program's name, for a message.
CUPEL_API std::string describe_end(const Outcome& outcome, const Command& command);

/// The end of a long text, so many lines of it at most: what to show of a program's errors.
CUPEL_API std::string last_lines(std::string_view text, std::size_t count);

/// A command line as settings have it: words between spaces; '..' keeps all, ".." all but
/// \" and \\, and a backslash the next character. Throws UsageError for an open quote, for nothing
/// at all, and for what only a shell understands (|, >, &&, $NAME), unless it is quoted.
CUPEL_API std::vector<std::string> split_words(std::string_view line);

}  // namespace cupel::process
