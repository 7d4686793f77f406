// SPDX-License-Identifier: MIT
// Starting, reading and ending a program. See process.hpp.
#include "cupel/base/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>

#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"

extern char** environ;  // NOLINT: handed on as it is, not read

namespace cupel::process {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// How long what the program left running may hold its output open.
constexpr std::chrono::milliseconds kGrace{200};
constexpr std::chrono::milliseconds kLook{20};

Error no_resources(const std::string& what) {
  return Error("cannot " + what + ": " + std::strerror(errno));
}

class Pipe {
 public:
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw no_resources("make a pipe");
    read_ = ends[0];
    write_ = ends[1];
    for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(read_, F_SETFL, O_NONBLOCK);
  }
  ~Pipe() {
    close_write();
    close_read();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int write_end() const { return write_; }
  int read_end() const { return read_; }
  bool is_open() const { return read_ >= 0; }
  void close_write() { close(write_); }
  void close_read() { close(read_); }

  /// Takes what is there; closes at the end.
  void read_into(std::string& text) {
    std::array<char, 65536> buffer{};
    const ssize_t count = ::read(read_, buffer.data(), buffer.size());
    if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) close_read();
  }

 private:
  static void close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  int read_ = -1;
  int write_ = -1;
};

/// What posix_spawn wants, and its release.
class SpawnSettings {
 public:
  SpawnSettings() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    sigset_t usual;
    sigemptyset(&usual);
    ::posix_spawnattr_setsigmask(&attributes_, &usual);
    for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE}) sigaddset(&usual, signal);
    ::posix_spawnattr_setsigdefault(&attributes_, &usual);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  void connect(int from, int to) { ::posix_spawn_file_actions_adddup2(&actions_, from, to); }
  void no_input() {
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  void go_to(const std::string& directory) {
    ::posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str());
  }
  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environment_with(
    const std::vector<std::pair<std::string, std::string>>& more) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const bool replaced = std::any_of(more.begin(), more.end(), [&](const auto& pair) {
      return text.starts_with(pair.first + "=");
    });
    if (!replaced) all.push_back(text);
  }
  for (const auto& [name, value] : more) all.push_back(name + "=" + value);
  return all;
}

class Run {
 public:
  explicit Run(const Command& command) : command_(command) {}
  ~Run() { end_group(); }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  Outcome run() {
    if (const int error = start(); error != 0) {
      outcome_.end = Outcome::End::NotStarted;
      outcome_.code = error;
      return std::move(outcome_);
    }
    while (!is_over()) look();
    end_group();
    return std::move(outcome_);
  }

 private:
  int start() {
    SpawnSettings settings;
    settings.no_input();
    settings.connect(output_.write_end(), STDOUT_FILENO);
    settings.connect(errors_.write_end(), STDERR_FILENO);
    if (!command_.directory.empty()) settings.go_to(command_.directory);
    std::vector<std::string> words = command_.words;
    std::vector<std::string> environment = environment_with(command_.environment);
    const int error =
        ::posix_spawnp(&pid_, words.at(0).c_str(), settings.actions(), settings.attributes(),
                       pointers(words).data(), pointers(environment).data());
    output_.close_write();
    errors_.close_write();
    if (error != 0) pid_ = 0;
    return error;
  }

  void look() {
    std::array<pollfd, 2> waiting{
        {{output_.read_end(), POLLIN, 0}, {errors_.read_end(), POLLIN, 0}}};
    ::poll(waiting.data(), waiting.size(), static_cast<int>(kLook.count()));
    if (output_.is_open() && waiting[0].revents != 0) output_.read_into(outcome_.output);
    if (errors_.is_open() && waiting[1].revents != 0) errors_.read_into(outcome_.errors);
  }

  bool is_over() {
    if (command_.is_interrupted && command_.is_interrupted())
      throw Interrupted("interrupted while '" + command_.words[0] + "' was running");
    if (outcome_.output.size() + outcome_.errors.size() > command_.output_limit)
      return ended(Outcome::End::TooMuchOutput);
    if (!exited_at_ && has_exited()) exited_at_ = SteadyClock::now();
    if (exited_at_) {
      const bool all_read = !output_.is_open() && !errors_.is_open();
      return all_read || SteadyClock::now() - *exited_at_ > kGrace;
    }
    return command_.timeout.count() > 0 && SteadyClock::now() - begun_ > command_.timeout &&
           ended(Outcome::End::TimedOut);
  }

  bool ended(Outcome::End end) {
    outcome_.end = end;
    return true;
  }

  /// Looks without taking it away: until then the group's number is not given to others.
  bool has_exited() {
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0)
      return true;
    if (info.si_pid == 0) return false;
    outcome_.end = info.si_code == CLD_EXITED ? Outcome::End::Exited : Outcome::End::Killed;
    outcome_.code = info.si_status;
    return true;
  }

  void end_group() {
    if (pid_ == 0) return;
    ::kill(-pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
  }

  const Command& command_;
  Outcome outcome_;
  Pipe output_;
  Pipe errors_;
  pid_t pid_ = 0;
  SteadyClock::time_point begun_ = SteadyClock::now();
  std::optional<SteadyClock::time_point> exited_at_;
};

std::string seconds(std::chrono::milliseconds time) {
  if (time.count() % 1000 != 0) return std::to_string(time.count()) + " ms";
  return std::to_string(time.count() / 1000) + " s";
}

}  // namespace

Outcome run(const Command& command) { return Run(command).run(); }

std::string describe_end(const Outcome& outcome, const Command& command) {
  switch (outcome.end) {
    case Outcome::End::NotStarted:
      return std::string("cannot be started: ") + std::strerror(outcome.code);
    case Outcome::End::Exited:
      return outcome.code == 0 ? "ended well"
                               : "failed with exit code " + std::to_string(outcome.code);
    case Outcome::End::Killed:
      return "was killed by signal " + std::to_string(outcome.code) + " (" +
             ::strsignal(outcome.code) + ")";
    case Outcome::End::TimedOut:
      return "did not end within " + seconds(command.timeout);
    case Outcome::End::TooMuchOutput:
      return "printed more than " + std::to_string(command.output_limit >> 20U) + " MB";
  }
  return {};
}

std::string last_lines(std::string_view text, std::size_t count) {
  text = text::trim(text);
  std::size_t at = text.size();
  for (std::size_t line = 0; line < count && at != std::string_view::npos; ++line)
    at = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return at == std::string_view::npos ? std::string(text)
                                      : "...\n" + std::string(text.substr(at + 1));
}

}  // namespace cupel::process
