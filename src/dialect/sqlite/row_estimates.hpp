// SPDX-License-Identifier: MIT
// How many rows each table has, about. See Dialect::row_estimates().
#pragma once

#include <cstdint>
#include <map>

#include "cupel/driver/connection.hpp"
#include "cupel/model/name.hpp"

namespace cupel::dialect::sqlite {

std::map<model::ObjectName, std::int64_t> row_estimates(driver::Connection& connection);

}  // namespace cupel::dialect::sqlite
