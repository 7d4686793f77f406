// SPDX-License-Identifier: MIT
// See generate.hpp.
#include "cli/generate.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "cli/explain.hpp"
#include "cli/help.hpp"
#include "cupel/base/text.hpp"
#include "cupel/base/version.hpp"

namespace cupel::cli {
namespace {

void put(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

std::vector<std::string> names_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands_of(app)) names.push_back(command->get_name());
  return names;
}

bool takes_revision(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    const std::string name = option->get_name(true);
    if (name == "revision" || name == "revisions" || name == "rev") return true;
  }
  return false;
}

std::string bash(const CLI::App& app) {
  std::string cases;
  for (const CLI::App* command : commands_of(app)) {
    std::string words = text::join(flags_of(*command), " ");
    if (takes_revision(*command))
      words +=
          " head heads base $(cupel -q history 2>/dev/null | sed -E 's/.* -> ([^ ,]+).*/\\1/')";
    cases += fmt::format("    {}) words=\"{}\" ;;\n", command->get_name(), words);
  }
  return fmt::format(
      "# bash completion for cupel; load it with: source <(cupel completion bash)\n"
      "_cupel() {{\n"
      "  local current=\"${{COMP_WORDS[COMP_CWORD]}}\" command=\"\" words=\"\" word\n"
      "  for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
      "    case \" {0} \" in *\" $word \"*) command=\"$word\"; break ;; esac\n"
      "  done\n"
      "  case \"$command\" in\n"
      "    \"\") words=\"{0} {1}\" ;;\n"
      "{2}"
      "  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
      "}}\n"
      "complete -o default -F _cupel cupel\n",
      text::join(names_of(app), " "), text::join(flags_of(app), " "), cases);
}

std::string zsh(const CLI::App& app) {
  return "#compdef cupel\n# zsh completion for cupel; load it with: source <(cupel completion "
         "zsh)\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bash(app);
}

std::string fish_text(std::string text) {
  return "'" + text::replace_all(text::replace_all(std::move(text), "\\", "\\\\"), "'", "\\'") +
         "'";
}

std::string fish_options(const CLI::App& app, const std::string& condition) {
  std::string text;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_snames().empty() && option->get_lnames().empty()) continue;
    text += "complete -c cupel" + condition;
    for (const std::string& name : option->get_snames()) text += " -s " + name;
    for (const std::string& name : option->get_lnames()) text += " -l " + name;
    text += " -d " + fish_text(option->get_description()) + "\n";
  }
  return text;
}

std::string fish(const CLI::App& app) {
  std::string text = "# fish completion for cupel; load it with: cupel completion fish | source\n" +
                     fish_options(app, "");
  for (const CLI::App* command : commands_of(app)) {
    text += fmt::format("complete -c cupel -n __fish_use_subcommand -f -a {} -d {}\n",
                        command->get_name(), fish_text(command->get_description()));
    text += fish_options(*command,
                         fmt::format(" -n '__fish_seen_subcommand_from {}'", command->get_name()));
  }
  return text;
}

std::string troff(std::string text) {
  text = text::replace_all(std::move(text), "\\", "\\\\");
  text = text::replace_all(std::move(text), "-", "\\-");
  if (text.starts_with('.') || text.starts_with('\'')) text.insert(0, "\\&");
  return text::replace_all(std::move(text), "\n.", "\n\\&.");
}

std::string manual_options(const CLI::App& app) {
  std::string text;
  for (const CLI::Option* option : app.get_options()) {
    text +=
        ".TP\n\\fB" + troff(text::replace_all(option->get_name(true, true), ",", ", ")) + "\\fR";
    if (!option->get_type_name().empty()) text += " \\fI" + troff(option->get_type_name()) + "\\fR";
    text += "\n" + troff(describe(*option)) + "\n";
  }
  return text;
}

}  // namespace

int print_completion(const CLI::App& app, const std::string& shell) {
  if (shell == "bash") return put(bash(app)), 0;
  if (shell == "zsh") return put(zsh(app)), 0;
  if (shell == "fish") return put(fish(app)), 0;
  const std::string message =
      "error: no completion for '" + shell + "'; there is bash, zsh and fish\n";
  std::fwrite(message.data(), 1, message.size(), stderr);
  return 2;
}

int print_manual(const CLI::App& app) {
  std::string text = fmt::format(
      ".TH CUPEL 1 \"\" \"cupel {}\"\n.SH NAME\ncupel \\- {}\n.SH SYNOPSIS\n.B "
      "cupel\n[\\fIoptions\\fR] \\fIcommand\\fR ...\n.SH "
      "OPTIONS\n",
      library_version(), troff(app.get_description()));
  text += manual_options(app) + ".SH COMMANDS\n";
  for (const CLI::App* command : commands_of(app)) {
    text += ".SS " + troff(command->get_name()) + "\n" + troff(command->get_description()) + "\n" +
            manual_options(*command);
    if (!command->get_footer().empty())
      text += ".PP\n.nf\n" + troff(command->get_footer()) + "\n.fi\n";
  }
  text += ".SH EXAMPLES\n.nf\n" + troff(app.get_footer()) + "\n.fi\n";
  put(text);
  return 0;
}

}  // namespace cupel::cli
