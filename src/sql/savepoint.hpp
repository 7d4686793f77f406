// SPDX-License-Identifier: MIT
// Transaction control that leaves the transaction as it is.
#pragma once

#include <string_view>

#include "cupel/sql/lexer.hpp"

namespace cupel::sql {

/// SAVEPOINT, RELEASE, ROLLBACK TO: what a revision that is a program may use inside of the run's
/// transaction.
bool is_savepoint(std::string_view statement, const LexRules& rules);

}  // namespace cupel::sql
