// SPDX-License-Identifier: MIT
// The steps of a revision, whatever it is written in: the statements of a .sql file, the calls that
// a .py or .cpp revision makes when it is run where nothing happens.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "cupel/command/project.hpp"
#include "cupel/lint/judge.hpp"
#include "lint/replayed_schema.hpp"

namespace cupel::command {

/// A finding that the author accepts, where and for what.
struct Allowance {
  std::string code;
  std::size_t line = 0;       ///< where it says so; 0: not known
  std::size_t statement = 0;  ///< line of the one statement that it is for; 0: the whole revision
  bool has_reason = true;
  bool is_used = false;
};

/// Why the steps of a revision are not all known.
struct StepTrouble {
  std::string code;  ///< RV001, RV003, PR005, PR008
  std::string message;
  std::string hint;
  FilePosition place;
  std::string object = {};
};

/// What reading a direction of a revision gives besides its steps.
struct ReadSteps {
  std::vector<Allowance> allowances;
  /// Of a .cpp file: lines of calls that are known to be those that were made. See
  /// script::CppPlaces.
  std::set<std::size_t> certain_lines;
  std::vector<StepTrouble> troubles;
};

struct StepReaderSettings {
  lint::DialectLint* lint = nullptr;  ///< null: no statement is understood
  int server_version = 0;
};

/// Calls `see` with each step, in order; `see` must carry on `state` with it, since the next step
/// may ask. `in_full` false: texts that only findings need are left out.
ReadSteps read_steps(Project& project, const script::Migration& migration,
                     revision::Direction direction, const StepReaderSettings& settings,
                     lint::ReplayedSchema& state, bool in_full,
                     const std::function<void(const lint::Step&)>& see);

/// What stands behind `# cupel: allow` and `// cupel: allow` in a revision's source.
std::vector<Allowance> allowances_in(const std::string& text, const std::string& mark);

}  // namespace cupel::command
