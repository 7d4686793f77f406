// SPDX-License-Identifier: MIT
// What a table lacks of another, for people.
#pragma once

#include <string>
#include <vector>

#include "cupel/model/table.hpp"

namespace cupel::migrate {

/// Everything that `wanted` has and `actual` has not, or has otherwise; both as one database's
/// inspector gives them. What `actual` has more is no difference; neither are comments, and names
/// of constraints.
std::vector<std::string> differences_from(const model::Table& actual, const model::Table& wanted);

}  // namespace cupel::migrate
