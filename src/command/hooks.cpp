// SPDX-License-Identifier: MIT
// See hooks.hpp.
#include "command/hooks.hpp"

#include <filesystem>

#include "cupel/base/process.hpp"
#include "cupel/base/text.hpp"

namespace cupel::command {
namespace {

constexpr std::string_view kFile = "{file}";
constexpr std::string_view kAlembicFile = "REVISION_SCRIPT_FILENAME";

/// The words of the line with the file's path, at the end if the line does not say where.
std::vector<std::string> words_for(const std::string& hook, const std::string& path) {
  std::vector<std::string> words = process::split_words(hook);
  bool is_named = false;
  for (std::string& word : words) {
    for (const std::string_view name : {kFile, kAlembicFile}) {
      is_named |= word.find(name) != std::string::npos;
      word = text::replace_all(word, name, path);
    }
  }
  if (!is_named) words.push_back(path);
  return words;
}

}  // namespace

void run_hooks(const Project& project, const std::string& path) {
  const auto say = [&](const std::string& text) {
    if (!text.empty()) log(project.log, LogLevel::Info, "hook", text);
  };
  for (const PostWriteHook& hook : project.config().post_write_hooks) {
    const std::string& name = hook.name.empty() ? hook.line : hook.name;
    process::Command command;
    command.words = words_for(hook.line, std::filesystem::absolute(path).string());
    command.directory = hook.directory.empty() ? project.config().root : hook.directory;
    command.is_interrupted = project.is_interrupted;
    say("Running post write hook '" + name + "' ...");
    const process::Outcome outcome = process::run(command);
    if (outcome.good()) {
      for (const std::string& text : {outcome.output, outcome.errors})
        say(std::string(text::trim(text)));
      say("  done");
      continue;
    }
    say("  FAILED");
    Error error("the post write hook '" + name + "' " + process::describe_end(outcome, command),
                path + " is written; correct [post_write_hooks], and run the program by hand");
    const std::string said = process::last_lines(outcome.errors + outcome.output, 10);
    if (!said.empty()) error.add_note(said);
    throw error;
  }
}

}  // namespace cupel::command
