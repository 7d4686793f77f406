// SPDX-License-Identifier: MIT
// See program.hpp.
#include "source/program.hpp"

#include "cupel/base/process.hpp"
#include "cupel/base/text.hpp"

namespace cupel::source {
namespace {

/// Of its errors: a stack trace's end, where the reason stands.
constexpr std::size_t kShownLines = 20;

/// A command line as it may be shown: "://user:secret@" is a URL's password.
std::string without_passwords(std::string line) {
  for (std::size_t at = line.find("://"); at != std::string::npos; at = line.find("://", at + 3)) {
    const std::size_t end = line.find_first_of(" \t\n'\"", at);
    const std::size_t host = line.substr(0, end).rfind('@');
    const std::size_t colon = line.find(':', at + 3);
    if (host != std::string::npos && host > at && colon < host)
      line.replace(colon + 1, host - colon - 1, "***");
  }
  return line;
}

std::string hint_for(const process::Outcome& outcome, const process::Command& command) {
  using End = process::Outcome::End;
  switch (outcome.end) {
    case End::NotStarted:
      return "'" + command.words[0] +
             "' is looked up in PATH, or from the folder of cupel.toml; correct 'program' in "
             "[schema]";
    case End::TimedOut:
      return "give it more time: program_timeout = \"2m\" in [schema] of cupel.toml";
    case End::TooMuchOutput:
      return "it must print statements that make the schema, and nothing else";
    case End::Exited:
    case End::Killed:
      break;
  }
  return "run it by itself to see what is wrong";
}

}  // namespace

Script run_program(const std::string& command_line, const Settings& settings, const Log& log) {
  const std::string name = "program '" + without_passwords(command_line) + "'";
  process::Command command;
  try {
    command.words = process::split_words(command_line);
  } catch (const UsageError& error) {
    throw InputError({name}, without_passwords(error.message()), error.hint());
  }
  if (settings.root != ".") command.directory = settings.root;
  command.timeout = settings.program_timeout;
  command.is_interrupted = settings.is_interrupted;
  process::Outcome outcome = process::run(command);

  const std::string errors = process::last_lines(outcome.errors, kShownLines);
  const auto fail = [&](const std::string& what, const std::string& hint) {
    InputError error({name}, what, hint);
    if (!errors.empty()) error.add_note("it wrote to stderr:\n" + errors);
    return error;
  };
  if (!outcome.good())
    throw fail(process::describe_end(outcome, command), hint_for(outcome, command));
  if (text::trim(outcome.output).empty())
    throw fail("printed nothing", "it must print the statements that make the schema, to stdout");
  std::size_t bad = 0;
  if (!text::is_utf8(outcome.output, &bad)) {
    throw InputError(text::position_at(outcome.output, bad, name), "its output is not UTF-8",
                     "it must print the statements that make the schema, as UTF-8");
  }
  if (!errors.empty())
    cupel::log(log, LogLevel::Debug, "source", name + " wrote to stderr:\n" + errors);
  return {name, std::move(outcome.output)};
}

}  // namespace cupel::source
