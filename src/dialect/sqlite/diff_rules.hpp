// SPDX-License-Identifier: MIT
// What the comparison of schemas asks of SQLite.
#pragma once

#include "cupel/diff/rules.hpp"

namespace cupel::dialect::sqlite {

CUPEL_API const diff::DiffRules& diff_rules();

}  // namespace cupel::dialect::sqlite
