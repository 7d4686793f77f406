// SPDX-License-Identifier: MIT
// From argv to a command and back to an exit code.
#include <fcntl.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "cli/alembic_manner.hpp"
#include "cli/explain.hpp"
#include "cli/generate.hpp"
#include "cli/options.hpp"
#include "cli/render.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "cupel/cli.hpp"

namespace cupel::cli {
namespace {

/// A word such as -1 or -2:current is a target, not a flag; kTargetMark hides it from the parser.
bool is_negative_target(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && word[1] >= '0' && word[1] <= '9';
}

void unmark(std::string& text) {
  if (!text.empty() && text[0] == kTargetMark) text.erase(0, 1);
}

/// Who closed a standard stream (`2>&-`, a daemon) would have the next socket or file take its
/// number, and our words with it. Writing to standard output still fails then.
void keep_standard_streams() {
  for (int number = 0; number < 3; ++number)
    if (fcntl(number, F_GETFD) == -1) open("/dev/null", number == 2 ? O_WRONLY : O_RDONLY);
}

Options options_for(int argc, char** argv) {
  Options options;
  options.as_alembic = argc > 0 && is_alembic(argv[0]);
  options.global.only_alembic = options.as_alembic;
  return options;
}

void unmark_targets(CommandOptions& given) {
  for (std::string* word : {&given.revision, &given.range}) unmark(*word);
  for (std::string& revision : given.revisions) unmark(revision);
  for (std::string& head : given.heads) unmark(head);
}

/// True if this is a command without a fault, the usual case: then the definitions of the others,
/// which take longer to make than a small command takes to run, are not needed. `words` are last
/// first.
bool parses_alone(const std::vector<std::string>& words, Options& options) {
  const auto command = std::find_if(words.rbegin(), words.rend(), [](const std::string& word) {
    return !word.empty() && word[0] != '-';
  });
  if (command == words.rend()) return false;
  const std::unique_ptr<CLI::App> app = make_app_for(options, *command);
  if (!app) return false;
  try {
    app->parse(std::vector<std::string>(words));
  } catch (const CLI::Error&) {  // --help, too
    return false;
  }
  unmark_targets(options.command);
  return true;
}

/// Parses; returns an exit code if there is nothing to run.
std::optional<int> parse(int argc, char** argv, Options& options) {
  std::vector<std::string> words;
  for (int i = argc - 1; i > 0; --i)
    words.emplace_back(is_negative_target(argv[i]) ? kTargetMark + std::string(argv[i]) : argv[i]);
  options = options_for(argc, argv);
  if (parses_alone(words, options)) return std::nullopt;
  options = options_for(argc, argv);
  const std::unique_ptr<CLI::App> app = make_app(options);
  if (words.empty()) {
    const std::string help = app->help();
    std::fwrite(help.data(), 1, help.size(), stderr);
    return kUsage;
  }
  if (options.as_alembic) expand_abbreviations(*app, words);
  try {
    app->parse(words);
  } catch (const CLI::Success& asked) {
    app->exit(asked);  // --help and --version go to stdout
    return kDone;
  } catch (const CLI::ParseError& error) {
    const UsageError refusal = explain(*app, error);
    Terminal terminal(false);
    if (std::find(argv + 1, argv + argc, std::string_view("--json")) != argv + argc)
      terminal.data(json_error(refusal));
    terminal.error(refusal);
    return kUsage;
  }
  unmark_targets(options.command);
  if (options.name == "completion") return print_completion(*app, options.command.shell);
  if (options.name == "man") return print_manual(*app);
  return std::nullopt;
}

}  // namespace

int run(int argc, char** argv, const std::vector<Revision>& revisions,
        const std::vector<source::Registry>& registries, const command::Filters& filters) {
  keep_standard_streams();
  Options options;
  try {
    if (const std::optional<int> code = parse(argc, argv, options)) return *code;
    const int code = Session(std::move(options), revisions, registries, filters).run();
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      std::fputs("error: cannot write to standard output\n", stderr);
      return code == kDone ? kFailed : code;
    }
    return code;
  } catch (const std::exception& error) {
    Terminal(false).error(std::string("internal error: ") + error.what() + " [this is a bug]");
    return kFailed;
  }
}

}  // namespace cupel::cli
