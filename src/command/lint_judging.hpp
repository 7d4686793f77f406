// SPDX-License-Identifier: MIT
// One direction of one revision before its judges.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cupel/command/lint.hpp"
#include "cupel/lint/judge.hpp"

namespace cupel::command {

class Judging {
 public:
  struct Fix {
    std::string text;
    std::vector<std::string> imports;
  };
  /// What stands in a step's place, written for a schema.
  using Renderer = std::function<Fix(const std::vector<ops::Operation>&, const model::Schema&)>;

  Judging(lint::DialectLint* dialect_lint, const lint::CommonFacts& facts, Renderer render);
  void see(const lint::Step& step, const lint::State& state);
  void end(const lint::State& after);
  /// Unless it is there already.
  void add(lint::Finding finding);
  std::vector<LintFinding>& findings() { return findings_; }
  /// True if no other step is of this line.
  bool is_alone(std::size_t line) const;
  /// A step that is not judged.
  void count() { ++steps_; }
  std::size_t steps() const { return steps_; }

 private:
  lint::Report report();
  void end_transaction();
  std::vector<std::unique_ptr<lint::RevisionJudge>> judges_;
  Renderer render_;
  std::vector<LintFinding> findings_;
  FilePosition place_;
  const model::Schema* schema_ = nullptr;  ///< before the step that is judged
  std::size_t steps_ = 0;
  std::map<std::size_t, std::size_t> steps_at_;  ///< by line
  bool is_open_ = false;                         ///< a transaction that holds steps
};

}  // namespace cupel::command
