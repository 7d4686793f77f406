// SPDX-License-Identifier: MIT
// What finds one row.
#pragma once

#include <string>
#include <vector>

#include "cupel/model/table.hpp"

namespace cupel::lint {

/// True if at most one row has given values in these columns: a whole key is among them. Case does
/// not count. `table` may be null: nothing is known.
bool hold_key(const model::Table* table, const std::vector<std::string>& columns);

}  // namespace cupel::lint
