// SPDX-License-Identifier: MIT
// The catalogue of rules: one entry a code, from which `lint --explain` and docs/lint-rules.md are
// made. Each database adds its own (DialectLint::rules()).
#pragma once

#include <span>
#include <string_view>

#include "cupel/base/export.hpp"
#include "cupel/lint/finding.hpp"

namespace cupel::lint {

struct Rule {
  std::string_view code;
  Severity severity;          ///< unless configuration or the size of the table says otherwise
  std::string_view fires_on;  ///< one line
  std::string_view why;       ///< what happens, a sentence or three
  std::string_view instead;   ///< the safe way, a sentence or SQL of several lines
};

/// The rules that hold for every database, in the order of their codes.
CUPEL_API std::span<const Rule> common_rules();
/// Those about a project and its files (PR, RV001-RV003, DV006), which the command judges.
CUPEL_API std::span<const Rule> project_rules();

}  // namespace cupel::lint
