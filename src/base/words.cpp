// SPDX-License-Identifier: MIT
// A command line into words. See process.hpp.
#include <optional>

#include "cupel/base/error.hpp"
#include "cupel/base/process.hpp"

namespace cupel::process {
namespace {

class WordSplitter {
 public:
  explicit WordSplitter(std::string_view line) : line_(line) {}

  std::vector<std::string> run() {
    while (at_ < line_.size()) take();
    finish_word();
    if (words_.empty())
      throw UsageError("a command line is empty", "write the program and its arguments");
    return std::move(words_);
  }

 private:
  void take() {
    const char c = line_[at_++];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return finish_word();
    if (!word_) word_.emplace();
    if (c == '\'') return take_single_quoted();
    if (c == '"') return take_double_quoted();
    if (c == '\\') {
      if (at_ == line_.size()) throw open("a backslash at the end");
      *word_ += line_[at_++];
      return;
    }
    refuse_shell(c);
    *word_ += c;
  }

  void take_single_quoted() {
    const std::size_t end = line_.find('\'', at_);
    if (end == std::string_view::npos) throw open("a ' that is not closed");
    *word_ += line_.substr(at_, end - at_);
    at_ = end + 1;
  }

  void take_double_quoted() {
    for (; at_ < line_.size(); ++at_) {
      const char c = line_[at_];
      const char next = at_ + 1 < line_.size() ? line_[at_ + 1] : '\0';
      if (c == '"') {
        ++at_;
        return;
      }
      const bool escapes = c == '\\' && (next == '"' || next == '\\');
      if (escapes) ++at_;
      *word_ += line_[at_];
    }
    throw open("a \" that is not closed");
  }

  /// It would be handed on as text, which nobody who writes it means.
  void refuse_shell(char c) const {
    const bool is_shell = std::string_view("|&;<>`").find(c) != std::string_view::npos ||
                          (c == '$' && at_ < line_.size() && line_[at_] != ' ');
    if (!is_shell) return;
    throw UsageError("'" + std::string(1, c) + "' in the command line '" + std::string(line_) +
                         "' is for a shell, and none runs it",
                     "write sh -c '...' around it, or quote it");
  }

  UsageError open(const std::string& what) const {
    return UsageError("the command line '" + std::string(line_) + "' has " + what,
                      "quote words with spaces as in: python3 'my models.py'");
  }

  void finish_word() {
    if (word_) words_.push_back(std::move(*word_));
    word_.reset();
  }

  std::string_view line_;
  std::size_t at_ = 0;
  std::optional<std::string> word_;  ///< unset between words: '' is an empty one
  std::vector<std::string> words_;
};

}  // namespace

std::vector<std::string> split_words(std::string_view line) { return WordSplitter(line).run(); }

}  // namespace cupel::process
