// SPDX-License-Identifier: MIT
// Statements and rules of SQLite for `cupel lint`.
#pragma once

#include <memory>

#include "cupel/lint/judge.hpp"

namespace cupel::dialect::sqlite {

/// Null if this build has no SQLite to ask.
std::unique_ptr<lint::DialectLint> make_lint();

}  // namespace cupel::dialect::sqlite
