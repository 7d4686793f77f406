// SPDX-License-Identifier: MIT
// In which order a backfill walks over a table, and how far replicas are behind it.
#pragma once

#include <memory>
#include <string_view>

#include "cupel/dialect/walk.hpp"
#include "cupel/driver/connection.hpp"

namespace cupel::dialect::postgres {

Walk make_walk(std::string_view table, driver::Connection& connection);
std::unique_ptr<ReplicaWatch> watch_replicas(driver::Connection& connection);

}  // namespace cupel::dialect::postgres
