// SPDX-License-Identifier: MIT
#include "cupel/base/process.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>

#include "cupel/base/error.hpp"

namespace cupel::process {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

Command shell(const std::string& script) { return {.words = {"sh", "-c", script}}; }

/// True if no process has this number, or only one that is gone and not yet taken away.
bool is_gone(int pid) {
  for (int i = 0; i < 100; ++i) {
    if (::kill(pid, 0) != 0) return true;
    const Outcome state = run(shell("cut -d' ' -f3 /proc/" + std::to_string(pid) + "/stat"));
    if (state.output == "Z\n") return true;
    run(shell("sleep 0.02"));
  }
  return false;
}

TEST(Process, GivesOutputErrorsAndExitCode) {
  const Command command = shell("echo out; echo err >&2; exit 3");
  const Outcome outcome = run(command);
  EXPECT_EQ(outcome.end, Outcome::End::Exited);
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.output, "out\n");
  EXPECT_EQ(outcome.errors, "err\n");
  EXPECT_FALSE(outcome.good());
  EXPECT_EQ(describe_end(outcome, command), "failed with exit code 3");
  EXPECT_TRUE(run(shell("true")).good());
}

TEST(Process, NoShellReadsTheArguments) {
  EXPECT_EQ(run({.words = {"printf", "%s|", "a b", "$HOME", "*"}}).output, "a b|$HOME|*|");
}

TEST(Process, InputIsEmptyAndTheDirectoryAndEnvironmentAreThose) {
  EXPECT_EQ(run({.words = {"cat"}}).output, "");
  EXPECT_EQ(run({.words = {"pwd"}, .directory = "/usr"}).output, "/usr\n");
  Command command = shell("echo $CUPEL_ONE; test -n \"$PATH\"");
  command.environment = {{"CUPEL_ONE", "1"}};
  EXPECT_EQ(run(command).output, "1\n");
  EXPECT_TRUE(run(command).good());
}

TEST(Process, SaysWhatCannotBeStarted) {
  const Command command{.words = {"/no/such/program"}};
  const Outcome outcome = run(command);
  EXPECT_EQ(outcome.end, Outcome::End::NotStarted);
  EXPECT_EQ(outcome.code, ENOENT);
  EXPECT_EQ(describe_end(outcome, command), "cannot be started: No such file or directory");
}

TEST(Process, TellsASignal) {
  const Command command = shell("kill -SEGV $$");
  const Outcome outcome = run(command);
  EXPECT_EQ(outcome.end, Outcome::End::Killed);
  EXPECT_EQ(describe_end(outcome, command), "was killed by signal 11 (Segmentation fault)");
}

TEST(Process, EndsWithAllItsChildrenWhenTimeIsUp) {
  Command command = shell("sleep 100 & echo $!; wait");
  command.timeout = milliseconds(100);
  const Clock::time_point begun = Clock::now();
  const Outcome outcome = run(command);
  EXPECT_LT(Clock::now() - begun, milliseconds(5000));
  EXPECT_EQ(outcome.end, Outcome::End::TimedOut);
  EXPECT_EQ(describe_end(outcome, command), "did not end within 100 ms");
  EXPECT_TRUE(is_gone(std::stoi(outcome.output)));
}

TEST(Process, ATimeLimitHoldsForWhoIgnoresSignalsAndClosesItsOutput) {
  Command command = shell("trap '' TERM INT; exec >&- 2>&-; sleep 100");
  command.timeout = milliseconds(100);
  EXPECT_EQ(run(command).end, Outcome::End::TimedOut);
}

TEST(Process, DoesNotWaitForWhatStaysBehind) {
  const Clock::time_point begun = Clock::now();
  const Outcome outcome = run(shell("sleep 100 & echo $!"));
  EXPECT_LT(Clock::now() - begun, milliseconds(5000));
  EXPECT_TRUE(outcome.good());
  EXPECT_TRUE(is_gone(std::stoi(outcome.output)));
}

TEST(Process, StopsWhoPrintsWithoutEnd) {
  Command command{.words = {"yes"}, .output_limit = 2U << 20U};
  const Outcome outcome = run(command);
  EXPECT_EQ(outcome.end, Outcome::End::TooMuchOutput);
  EXPECT_EQ(describe_end(outcome, command), "printed more than 2 MB");
}

TEST(Process, TakesMuchOutputOnBothSides) {
  const Outcome outcome =
      run(shell("head -c 3000000 /dev/zero >&2 & head -c 3000000 /dev/zero; wait"));
  EXPECT_TRUE(outcome.good());
  EXPECT_EQ(outcome.output.size(), 3000000u);
  EXPECT_EQ(outcome.errors.size(), 3000000u);
}

TEST(Process, CanBeInterrupted) {
  Command command = shell("sleep 100");
  int asked = 0;
  command.is_interrupted = [&asked] { return ++asked > 3; };
  EXPECT_THROW(run(command), Interrupted);
}

TEST(Process, LastLines) {
  EXPECT_EQ(last_lines("a\nb\nc\n", 2), "...\nb\nc");
  EXPECT_EQ(last_lines("a\nb\n", 2), "a\nb");
  EXPECT_EQ(last_lines("", 2), "");
}

std::string words(const std::string& line) {
  try {
    std::string text;
    for (const std::string& word : split_words(line)) text += "[" + word + "]";
    return text;
  } catch (const UsageError& error) {
    return error.message();
  }
}

TEST(SplitWords, QuotesAndBackslashes) {
  EXPECT_EQ(words("python3 ddl.py"), "[python3][ddl.py]");
  EXPECT_EQ(words("  a\t'b c'  \"d \\\"e\\\\ \\n\" f\\ g '' h''i "),
            "[a][b c][d \"e\\ \\n][f g][][hi]");
  EXPECT_EQ(words("sh -c 'a | b > c'"), "[sh][-c][a | b > c]");
  EXPECT_EQ(words("cost 5$ a\\$b"), "[cost][5$][a$b]");
}

TEST(SplitWords, RefusesWhatIsOpenOrForAShell) {
  EXPECT_EQ(words("a 'b"), "the command line 'a 'b' has a ' that is not closed");
  EXPECT_EQ(words("a \"b"), "the command line 'a \"b' has a \" that is not closed");
  EXPECT_EQ(words("a \\"), "the command line 'a \\' has a backslash at the end");
  EXPECT_EQ(words("  "), "a command line is empty");
  EXPECT_EQ(words("a|b"), "'|' in the command line 'a|b' is for a shell, and none runs it");
  EXPECT_EQ(words("a $HOME"), "'$' in the command line 'a $HOME' is for a shell, and none runs it");
}

}  // namespace
}  // namespace cupel::process
