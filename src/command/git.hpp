// SPDX-License-Identifier: MIT
// The few questions that a project asks of its git repository.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cupel::command {

/// Runs git in `directory`. Every call throws UsageError if there is no git, no repository, or no
/// such reference.
class Git {
 public:
  explicit Git(std::string directory, std::function<bool()> is_interrupted = {});
  /// Where this branch left `reference`, as a commit id; the reference itself if they have nothing
  /// in common.
  std::string fork_point(const std::string& reference);
  /// Absolute paths of the files that are new or changed since a commit, also those that git does
  /// not know yet.
  std::set<std::string> changed_since(const std::string& commit);
  /// The file's text in a commit; nullopt if it was not there.
  std::optional<std::string> text_at(const std::string& commit, const std::string& path);

 private:
  struct Answer {
    bool is_good = false;
    std::string output;
    std::string errors;
  };
  Answer ask(std::vector<std::string> words);
  const std::string& top();
  std::string directory_;
  std::function<bool()> is_interrupted_;
  std::string top_;
};

/// With symbolic links followed, as git has it.
std::string real_path(const std::string& path);

}  // namespace cupel::command
