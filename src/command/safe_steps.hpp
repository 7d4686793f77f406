// SPDX-License-Identifier: MIT
// Operations as the steps of a revision that people run on tables with rows: values before NOT
// NULL, and a word for the reader where a step can fail or lose something.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "cupel/command/autogenerate.hpp"
#include "cupel/script/render.hpp"

namespace cupel::command {

struct SafeStepOptions {
  const sql::DdlWriter* writer = nullptr;
  const diff::DiffRules* rules = nullptr;
  /// By to_string(ColumnName); see fill.hpp.
  std::map<std::string, std::string> fills = {};
  /// The way back: nobody is asked, rows get a value that means nothing.
  bool is_downgrade = false;
  /// How an author allows a step that loses something, with a "{}" for the code: a line of the
  /// revision's language that is to be uncommented.
  std::string allow_line = "-- cupel: allow {} because ...";
  /// What else is known of an object that is dropped; lines.
  std::map<model::ObjectKey, std::string> notes = {};
};

struct SafeSteps {
  std::vector<script::Step> steps;
  std::vector<FillQuestion> questions;
  std::set<std::string> used_fills;
};

/// `before` is what the first operation meets.
SafeSteps safe_steps(std::vector<ops::Operation> operations, const model::Schema& before,
                     const SafeStepOptions& options);

}  // namespace cupel::command
