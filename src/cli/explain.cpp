// SPDX-License-Identifier: MIT
// See explain.hpp.
#include "cli/explain.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

constexpr const char* kSeeCommands = "cupel --help shows the commands";

std::string unmarked(std::string word) {
  if (!word.empty() && word[0] == kTargetMark) word.erase(0, 1);
  return word;
}

/// The command that was typed; null if there was none.
const CLI::App* chosen(const CLI::App& app) {
  const std::vector<CLI::App*> parsed = app.get_subcommands();
  return parsed.empty() ? nullptr : parsed.front();
}

std::string hint_for(std::string_view word, const std::vector<std::string>& known,
                     std::string otherwise) {
  const std::string nearest = text::nearest(word, known);
  return nearest.empty() ? std::move(otherwise) : "did you mean '" + nearest + "'?";
}

UsageError unknown_command(const CLI::App& app, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands_of(app)) names.push_back(command->get_name());
  return UsageError("unknown command '" + word + "'", hint_for(word, names, kSeeCommands));
}

UsageError unknown_option(const CLI::App& app, const CLI::App* command, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> known = flags_of(app);
  if (command == nullptr) {
    return UsageError("unknown option '" + name + "'", hint_for(name, known, kSeeCommands));
  }
  const std::vector<std::string> own = flags_of(*command);
  known.insert(known.end(), own.begin(), own.end());
  return UsageError(
      fmt::format("unknown option '{}' for '{}'", name, command->get_name()),
      hint_for(name, known,
               fmt::format("cupel {} --help shows what there is", command->get_name())));
}

/// A word that nothing took.
UsageError unexpected(const CLI::App& app, const CLI::App* command, const std::string& word) {
  if (word.size() > 1 && word[0] == '-') return unknown_option(app, command, word);
  if (command == nullptr) return unknown_command(app, word);
  return UsageError(
      fmt::format("'{}' takes no further argument, got '{}'", command->get_name(), unmarked(word)),
      fmt::format("cupel {} --help shows what it takes", command->get_name()));
}

std::optional<UsageError> missing(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_required() || option->count() > 0) continue;
    const std::string example = command.get_footer();
    const std::size_t start = example.find("cupel ");
    const std::string shown =
        start == std::string::npos
            ? ""
            : example.substr(start, example.find_first_of("\n", start) - start);
    return UsageError(fmt::format("'{}' needs an argument: {}", command.get_name(),
                                  text::to_upper(option->get_name(true))),
                      "for example: " + shown.substr(0, shown.find("   ")));
  }
  return std::nullopt;
}

}  // namespace

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<std::string> flags_of(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_snames()) flags.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  }
  return flags;
}

void expand_abbreviations(const CLI::App& app, std::vector<std::string>& words) {
  std::vector<std::string> known = flags_of(app);
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    for (const CLI::App* command : commands_of(app))
      if (command->get_name() == *word) known = flags_of(*command);
    const std::string name = word->substr(0, word->find('='));
    if (name.size() < 3 || !name.starts_with("--")) continue;
    std::vector<std::string> meant;
    for (const std::string& flag : known)
      if (flag.starts_with(name)) meant.push_back(flag);
    if (meant.size() == 1) word->replace(0, name.size(), meant.front());
  }
}

UsageError explain(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* command = chosen(app);
  // An unknown word is the cause where a required one seems to be missing as well.
  const std::vector<std::string> rest = app.remaining(true);
  const auto flag = std::find_if(rest.begin(), rest.end(), [](const std::string& word) {
    return word.size() > 1 && word[0] == '-';
  });
  const bool is_mismatch = dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr;
  if (!is_mismatch && flag != rest.end()) return unexpected(app, command, *flag);
  if (!is_mismatch && !rest.empty()) return unexpected(app, command, rest.front());
  if (!is_mismatch && command == nullptr) return UsageError("no command was given", kSeeCommands);
  if (!is_mismatch) {
    if (std::optional<UsageError> lacking = missing(*command)) return *std::move(lacking);
  }
  const std::string what = error.what();
  if (is_mismatch) {
    const std::string name = what.substr(0, what.find_first_of(": "));
    return UsageError(
        "'" + name + "' needs a value",
        command == nullptr ? kSeeCommands : "cupel " + command->get_name() + " --help shows which");
  }
  return UsageError(text::replace_all(what, std::string(1, kTargetMark), ""),
                    command == nullptr
                        ? kSeeCommands
                        : "cupel " + command->get_name() + " --help shows what it takes");
}

}  // namespace cupel::cli
