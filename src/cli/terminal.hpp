// SPDX-License-Identifier: MIT
// Where output goes: data to stdout, everything else to stderr, colours and progress only on a
// terminal.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "cli/error_details.hpp"
#include "cupel/base/error.hpp"
#include "cupel/base/log.hpp"
#include "cupel/command/run.hpp"

namespace cupel::cli {

/// Whose words progress is told in.
enum class Manner { Cupel, Alembic };

enum class Colour { None, Red, Green, Yellow, Blue, Dim, Bold };

class Terminal {
 public:
  explicit Terminal(bool quiet, Manner manner = Manner::Cupel);
  /// Whether the project's logging lets Alembic's own lines through.
  void show_log(bool shown) { shows_log_ = shown; }
  /// A line of Alembic's log; nothing in cupel's own manner.
  void alembic(std::string_view text);
  /// Data in Alembic's words: "FAILED: ...".
  void failed(const Error& error);
  Manner manner() const { return manner_; }
  /// Data, as it is.
  void data(std::string_view text);
  /// A line for people.
  void say(std::string_view text);
  void warn(std::string_view text);
  void error(const Error& error);
  void error(std::string_view text);
  void details(const ErrorDetails& details);
  /// True if somebody is there to answer.
  bool can_ask() const;
  /// The line that was typed, trimmed; nullopt at the end of the input.
  std::optional<std::string> ask(std::string_view question);
  /// Asks until it is answered; false at the end of the input.
  bool confirm(std::string_view question);
  /// How far something is that takes over a second: one line on a terminal, which the next line
  /// replaces.
  void progress(std::string_view text);
  /// What a run tells.
  void event(const migrate::Event& event);
  void log(const LogRecord& record);
  std::string paint(Colour colour, std::string_view text) const;

 private:
  void show_place(const InputError& error);
  void line(std::string_view text);
  void backfilled(const migrate::Event& event);
  bool quiet_;
  Manner manner_;
  bool shows_log_ = false;
  bool colours_;
  bool is_terminal_;
  bool open_line_ = false;  ///< a step's line that waits for its time
  bool has_progress_ = false;
  std::optional<std::chrono::steady_clock::time_point> progress_from_;
  std::optional<std::chrono::steady_clock::time_point> next_line_;
};

}  // namespace cupel::cli
