// SPDX-License-Identifier: MIT
// Stands in where cupel is built without SQLite: there is no compiler to ask.
#include "dialect/sqlite/lint/lint.hpp"

namespace cupel::dialect::sqlite {

std::unique_ptr<lint::DialectLint> make_lint() { return nullptr; }

}  // namespace cupel::dialect::sqlite
