// SPDX-License-Identifier: MIT
// Runs statements, looks what they took, and takes all of it back.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cupel/driver/connection.hpp"
#include "cupel/lint/trace.hpp"
#include "cupel/model/schema.hpp"

namespace cupel::dialect::postgres {

/// As Dialect::trace().
std::vector<lint::TracedStatement> trace(driver::Connection& connection,
                                         std::span<const std::string> statements,
                                         model::Schema before);

}  // namespace cupel::dialect::postgres
