// SPDX-License-Identifier: MIT
// A schema in the open transaction, to try statements in.
#pragma once

#include <memory>

#include "cupel/dialect/scratch.hpp"

namespace cupel::dialect::postgres {

/// As Dialect::make_trial().
std::unique_ptr<Scratch> make_trial_schema(driver::Connection& connection);

}  // namespace cupel::dialect::postgres
