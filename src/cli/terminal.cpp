// SPDX-License-Identifier: MIT
// See terminal.hpp.
#include "cli/terminal.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "cli/alembic_manner.hpp"
#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

constexpr const char* kClearLine = "\r\x1b[K";
constexpr std::chrono::seconds kBetweenLines{10};

std::string duration(std::chrono::microseconds time) {
  const double ms = static_cast<double>(time.count()) / 1000;
  if (ms < 10) return fmt::format("{:.1f} ms", ms);
  if (ms < 1000) return fmt::format("{:.0f} ms", ms);
  return fmt::format("{:.1f} s", ms / 1000);
}

}  // namespace

Terminal::Terminal(bool quiet, Manner manner)
    : quiet_(quiet),
      manner_(manner),
      colours_(isatty(STDERR_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr),
      is_terminal_(isatty(STDERR_FILENO) != 0) {}

std::string Terminal::paint(Colour colour, std::string_view text) const {
  if (!colours_ || colour == Colour::None) return std::string(text);
  const char* code = "0";
  switch (colour) {
    case Colour::None:
      break;
    case Colour::Red:
      code = "31";
      break;
    case Colour::Green:
      code = "32";
      break;
    case Colour::Yellow:
      code = "33";
      break;
    case Colour::Blue:
      code = "34";
      break;
    case Colour::Dim:
      code = "2";
      break;
    case Colour::Bold:
      code = "1";
      break;
  }
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

void Terminal::line(std::string_view text) {
  std::fflush(stdout);  // what was printed before is read before, also where both go to one place
  if (open_line_) std::fputc('\n', stderr);
  open_line_ = false;
  if (has_progress_) std::fputs(kClearLine, stderr);
  has_progress_ = false;
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fputc('\n', stderr);
}

void Terminal::progress(std::string_view text) {
  if (quiet_ || !is_terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  if (!progress_from_) progress_from_ = now + std::chrono::seconds(1);
  if (now < *progress_from_) return;
  progress_from_ = now + std::chrono::milliseconds(100);
  open_line_ = false;  // the line of a step is written again when it ends
  std::fputs(kClearLine, stderr);
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
  has_progress_ = true;
}

void Terminal::data(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }
void Terminal::say(std::string_view text) {
  if (!quiet_ && manner_ == Manner::Cupel) line(text);
}
void Terminal::alembic(std::string_view text) {
  if (manner_ == Manner::Alembic && shows_log_ && !text.empty()) line(text);
}
void Terminal::failed(const Error& error) {
  const std::string message = alembic_message(error.message());
  data(fmt::format("FAILED: {}\n", message));
  alembic(alembic_log(message, "ERROR", "alembic.util.messaging"));
}
void Terminal::warn(std::string_view text) {
  line(paint(Colour::Yellow, "warning: ") + std::string(text));
}
void Terminal::error(std::string_view text) {
  line(paint(Colour::Red, "error: ") + std::string(text));
}

bool Terminal::can_ask() const { return is_terminal_ && isatty(STDIN_FILENO) != 0; }

std::optional<std::string> Terminal::ask(std::string_view question) {
  std::fflush(stdout);
  std::fwrite(question.data(), 1, question.size(), stderr);
  std::fputc(' ', stderr);
  std::fflush(stderr);
  std::string answer;
  for (int c = std::fgetc(stdin); c != '\n'; c = std::fgetc(stdin)) {
    if (c == EOF) {
      std::fputc('\n', stderr);
      return std::nullopt;
    }
    answer += static_cast<char>(c);
  }
  return std::string(text::trim(answer));
}

bool Terminal::confirm(std::string_view question) {
  for (;;) {
    const std::optional<std::string> answer = ask(std::string(question) + " [y/n]");
    if (!answer) return false;
    const std::string word = text::to_lower(*answer);
    if (word == "y" || word == "yes") return true;
    if (word == "n" || word == "no") return false;
  }
}

/// The line of a file that an error speaks of, and a caret below the place.
void Terminal::show_place(const InputError& error) {
  const std::string& source = error.source_line();
  std::string below;
  std::size_t column = 1;
  for (std::size_t i = 0; i < source.size() && column < error.position().column; ++i) {
    if ((static_cast<unsigned char>(source[i]) & 0xC0) == 0x80) continue;
    below += source[i] == '\t' ? '\t' : ' ';
    ++column;
  }
  line("    " + source);
  if (error.position().column > 0) line("    " + below + paint(Colour::Bold, "^"));
}

void Terminal::error(const Error& error) {
  this->error(error.what());
  const auto* input = dynamic_cast<const InputError*>(&error);
  if (input != nullptr && !input->source_line().empty()) show_place(*input);
  for (const std::string& note : error.notes()) {
    if (input != nullptr && note == input->source_line()) continue;
    line("  note: " + text::replace_all(note, "\n", "\n        "));
  }
  if (!error.hint().empty()) line(paint(Colour::Bold, "  hint: ") + error.hint());
}

void Terminal::details(const ErrorDetails& details) {
  for (const auto& [name, value] : details.facts) {
    const bool is_long = value.find('\n') != std::string::npos;
    line("  " + name + (is_long ? ":\n    " : ": ") + text::replace_all(value, "\n", "\n    "));
  }
  if (!details.traceback.empty()) line(details.traceback);
}

/// On a terminal a line that changes; elsewhere one now and then, for logs.
void Terminal::backfilled(const migrate::Event& event) {
  const std::string text =
      event.expected > event.done
          ? fmt::format("Backfill of '{}': {} of about {} rows, {} %", event.text, event.done,
                        event.expected, event.done * 100 / event.expected)
          : fmt::format("Backfill of '{}': {} rows", event.text, event.done);
  if (is_terminal_) return progress(text);
  const auto now = std::chrono::steady_clock::now();
  if (!next_line_) next_line_ = now + kBetweenLines;
  if (now < *next_line_) return;
  next_line_ = now + kBetweenLines;
  line(text);
}

void Terminal::event(const migrate::Event& event) {
  if (manner_ == Manner::Alembic) {
    if (event.kind == migrate::Event::Kind::StepBegins)
      alembic(alembic_log("Running " + revision::long_log(*event.step)));
    return;
  }
  if (quiet_) return;
  switch (event.kind) {
    case migrate::Event::Kind::StepBegins: {
      // On a terminal the line is there while the step runs; elsewhere it is written whole, when it
      // has ended.
      if (!is_terminal_) return;
      const std::string text = fmt::format("[{}/{}] Running {} ...", event.number, event.total,
                                           revision::long_log(*event.step));
      std::fwrite(text.data(), 1, text.size(), stderr);
      std::fflush(stderr);
      open_line_ = true;
      return;
    }
    case migrate::Event::Kind::StepEnds:
      if (open_line_) {
        open_line_ = false;
        return line(paint(Colour::Dim, " " + duration(event.duration)));
      }
      return line(fmt::format("Running {} ... {}", revision::long_log(*event.step),
                              duration(event.duration)));
    case migrate::Event::Kind::Waiting:
      return line("Waiting for " + (event.text.empty() ? std::string("another run") : event.text));
    case migrate::Event::Kind::Retrying:
      return line("A lock was not to be had; trying again. In the way: " +
                  (event.text.empty() ? std::string("unknown") : event.text));
    case migrate::Event::Kind::Note:
      return line(event.text);
    case migrate::Event::Kind::Progress:
      return backfilled(event);
  }
}

void Terminal::log(const LogRecord& record) {
  if (record.level == LogLevel::Warning) return warn(record.message);
  if (record.level != LogLevel::Info) return;
  // What a script prints is its own; what hooks print is told there as Alembic tells it.
  if (manner_ == Manner::Alembic && record.topic == "script") return data(record.message + "\n");
  if (manner_ == Manner::Alembic && record.topic == "hook" && !quiet_)
    return data(record.message + "\n");
  say(record.message);
}

}  // namespace cupel::cli
