// SPDX-License-Identifier: MIT
// See git.hpp.
#include "command/git.hpp"

#include <filesystem>
#include <utility>

#include "cupel/base/error.hpp"
#include "cupel/base/process.hpp"
#include "cupel/base/text.hpp"

namespace cupel::command {

std::string real_path(const std::string& path) {
  std::error_code failed;
  const std::filesystem::path found = std::filesystem::weakly_canonical(path, failed);
  return failed ? path : found.string();
}

Git::Git(std::string directory, std::function<bool()> is_interrupted)
    : directory_(std::move(directory)), is_interrupted_(std::move(is_interrupted)) {}

Git::Answer Git::ask(std::vector<std::string> words) {
  process::Command command;
  command.words = {"git"};
  command.words.insert(command.words.end(), words.begin(), words.end());
  command.directory = directory_;
  command.is_interrupted = is_interrupted_;
  // Its answers are read by their words; nothing is to be locked or asked for.
  command.environment = {{"LC_ALL", "C"}, {"GIT_OPTIONAL_LOCKS", "0"}};
  const process::Outcome outcome = process::run(command);
  if (outcome.end == process::Outcome::End::NotStarted) {
    throw UsageError("git cannot be run, which knows what is new since a reference",
                     "install it, or name a range of revisions instead of --since");
  }
  return {outcome.good(), outcome.output, std::string(text::trim(outcome.errors))};
}

const std::string& Git::top() {
  if (!top_.empty()) return top_;
  const Answer answer = ask({"rev-parse", "--show-toplevel"});
  if (!answer.is_good) {
    UsageError error("the project is in no git repository that can be read",
                     "name a range of revisions instead of --since");
    if (!answer.errors.empty()) error.add_note(process::last_lines(answer.errors, 3));
    throw error;
  }
  top_ = std::string(text::trim(answer.output));
  return top_;
}

std::string Git::fork_point(const std::string& reference) {
  top();
  const Answer commit =
      ask({"rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"});
  if (!commit.is_good) {
    throw UsageError("git knows no reference '" + reference + "'",
                     "give a branch, tag or commit that is here: git fetch brings others");
  }
  std::string id(text::trim(commit.output));
  const Answer base = ask({"merge-base", id, "HEAD"});
  return base.is_good ? std::string(text::trim(base.output)) : id;
}

std::set<std::string> Git::changed_since(const std::string& commit) {
  std::set<std::string> paths;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"diff", "--name-only", "-z", "--no-renames", "--diff-filter=d",
                                 commit, "--"},
        std::vector<std::string>{"ls-files", "--others", "--exclude-standard", "--full-name", "-z",
                                 "--", top()}}) {
    const Answer answer = ask(words);
    if (!answer.is_good) throw Error("git " + words.front() + " failed: " + answer.errors);
    for (const std::string& name : text::split(answer.output, '\0'))
      if (!name.empty()) paths.insert(top() + "/" + name);
  }
  return paths;
}

std::optional<std::string> Git::text_at(const std::string& commit, const std::string& path) {
  const std::string whole = real_path(path);
  if (!whole.starts_with(top() + "/")) return std::nullopt;
  Answer answer = ask({"cat-file", "blob", commit + ":" + whole.substr(top().size() + 1)});
  if (!answer.is_good) return std::nullopt;
  return std::move(answer.output);
}

}  // namespace cupel::command
