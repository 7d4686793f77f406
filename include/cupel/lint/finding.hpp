// SPDX-License-Identifier: MIT
// What a rule says about a step.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/ops/operation.hpp"

namespace cupel::lint {

/// What a rule says; configuration may change it afterwards.
enum class Severity { Off, Notice, Warning, Error };

/// One result. Two findings are the same finding if code, place and object are equal.
struct Finding {
  std::string code;  ///< "LK001"; stable, in scripts' `-- cupel: allow LK001 because ...`
  Severity severity = Severity::Warning;
  std::string message;  ///< lower case, no final period, names in 'quotes': what happens to whom
  std::string object;   ///< table, index, column ("users.phone"): what `message` is about
  /// The safe way, ready to paste: SQL statements with their `-- cupel:` directives where they need
  /// them; empty if the rule's general advice is all there is.
  std::vector<std::string> safe;
  /// What to put in the step's place, if one safe form of it exists (`lint --fix`); empty: none.
  std::vector<ops::Operation> replacement;
  FilePosition place;    ///< of the step; the caller fills it in if it is empty
  std::string revision;  ///< id; filled in by the caller of the rules
  /// Rows of the table, if a database was asked; -1: not known.
  std::int64_t rows = -1;
};

}  // namespace cupel::lint
