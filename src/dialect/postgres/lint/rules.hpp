// SPDX-License-Identifier: MIT
// PostgreSQL's own rules. The catalogue is in rules_locks.cpp and rules_other.cpp.
#pragma once

#include <span>

#include "cupel/lint/rule.hpp"

namespace cupel::dialect::postgres {

/// In the order of their codes.
std::span<const lint::Rule> lint_rules();
/// Throws Bug for a code that there is not.
const lint::Rule& lint_rule(std::string_view code);

// Parts of the above.
std::span<const lint::Rule> lock_rules();
std::span<const lint::Rule> other_rules();

}  // namespace cupel::dialect::postgres
