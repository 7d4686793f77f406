// SPDX-License-Identifier: MIT
// What the comparison of schemas asks of PostgreSQL.
#pragma once

#include "cupel/diff/rules.hpp"

namespace cupel::dialect::postgres {

CUPEL_API const diff::DiffRules& diff_rules();

}  // namespace cupel::dialect::postgres
