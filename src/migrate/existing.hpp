// SPDX-License-Identifier: MIT
// Idempotent runs: what a step would make may be there already. Then the step is left out, but only
// after it was tried beside the real table and has made what is there. What is there may have more:
// later revisions add that.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cupel/migrate/environment.hpp"

namespace cupel::migrate {

class Existing {
 public:
  explicit Existing(const Environment& environment) : environment_(&environment) {}

  /// A step that makes a table, or columns, indexes and constraints of one.
  struct Step {
    model::ObjectName table;
    // None of these: the table itself.
    std::vector<std::string> columns = {};
    std::vector<std::string> indexes = {};
    std::vector<std::string> constraints = {};
    /// What to run in a place where the table has no schema.
    std::variant<std::string, ops::Operation> trial = {};
    FilePosition place = {};
  };
  /// Nullopt for every other step: it runs as it is.
  std::optional<Step> recognise(const sql::Statement& statement) const;
  std::optional<Step> recognise(const ops::Operation& operation) const;

  /// True if it is all there. Throws InputError if it is there, but not as the step makes it.
  bool is_there(const Step& step) const;

 private:
  model::Table as_step_makes_it(const Step& step, const model::Table& actual,
                                const std::string& default_schema) const;

  const Environment* environment_;
};

}  // namespace cupel::migrate
