// SPDX-License-Identifier: MIT
// A scratch database is a real one: made beside the project's and dropped afterwards, or an empty
// one that is lent for the purpose and emptied afterwards. What a killed run left is cleared away
// by the next.
#pragma once

#include "cupel/dialect/scratch.hpp"

namespace cupel::dialect::postgres {

std::unique_ptr<Scratch> make_scratch(const ScratchRequest& request);

/// Databases that killed runs of this user left on the server, and that nobody works in: dropped.
/// Their names.
std::vector<std::string> drop_left_scratches(driver::Connection& connection);

}  // namespace cupel::dialect::postgres
