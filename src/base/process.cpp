// SPDX-License-Identifier: MIT
// Starting, reading and ending a program. See process.hpp.
#include "cupel/base/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

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
#ifdef __linux__
    // At once: another thread may be starting a program, which would hold it open.
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw no_resources("make a pipe");
#else
    if (::pipe(ends.data()) != 0) throw no_resources("make a pipe");
    for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
#endif
    read_ = ends[0];
    write_ = ends[1];
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

  /// Waits for the end.
  std::string read_all() {
    std::string text;
    ::fcntl(read_, F_SETFL, 0);
    while (is_open()) read_into(text);
    return text;
  }
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

/// A new process, from its beginning until it is the program. posix_spawn() cannot ask for its end
/// with ours: a dump of hours would go on, into a file that nobody wants, when we have been killed.
class Start {
 public:
  Start(const Command& command, int output, int errors)
      : directory_(&command.directory),
        words_(command.words),
        environment_(environment_with(command.environment)),
        output_(output),
        errors_(errors) {}

  /// The process, or what hindered it.
  struct Result {
    pid_t pid = 0;
    int error = 0;
  };
  Result run() {
    const std::vector<char*> words = pointers(words_);
    const std::vector<char*> environment = pointers(environment_);
    const pid_t parent = ::getpid();
    Pipe trouble;
    const pid_t pid = ::fork();
    if (pid < 0) return {0, errno};
    if (pid == 0) {
      become(words.data(), environment.data(), parent);
      const int error = errno;
      [[maybe_unused]] const ssize_t told = ::write(trouble.write_end(), &error, sizeof error);
      ::_exit(127);
    }
    trouble.close_write();
    const std::string told = trouble.read_all();
    if (told.empty()) return {pid, 0};
    int error = 0;
    std::memcpy(&error, told.data(), std::min(told.size(), sizeof error));
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    return {0, error};
  }

 private:
  /// Returns only with an error. Between fork and exec nothing may allocate.
  void become(char* const* words, char* const* environment, pid_t parent) const {
#ifdef __linux__
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
#else
    static_cast<void>(parent);
#endif
    ::setpgid(0, 0);
    for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE}) ::signal(signal, SIG_DFL);
    sigset_t usual;
    sigemptyset(&usual);
    ::sigprocmask(SIG_SETMASK, &usual, nullptr);
    const int nothing = ::open("/dev/null", O_RDONLY);
    if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(output_, STDOUT_FILENO) < 0 ||
        ::dup2(errors_, STDERR_FILENO) < 0)
      return;
    if (nothing > STDERR_FILENO) ::close(nothing);
    if (!directory_->empty() && ::chdir(directory_->c_str()) != 0) return;
    environ = const_cast<char**>(environment);  // NOLINT: execvp() reads it, as it reads PATH
    ::execvp(words[0], words);
  }

  const std::string* directory_;
  std::vector<std::string> words_;
  std::vector<std::string> environment_;
  int output_;
  int errors_;
};

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
    Start starting(command_, output_.write_end(), errors_.write_end());
    const Start::Result result = starting.run();
    output_.close_write();
    errors_.close_write();
    pid_ = result.pid;
    return result.error;
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
