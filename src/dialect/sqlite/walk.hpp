// SPDX-License-Identifier: MIT
// In which order a backfill walks over a table.
#pragma once

#include <string_view>

#include "cupel/dialect/walk.hpp"
#include "cupel/driver/connection.hpp"

namespace cupel::dialect::sqlite {

Walk make_walk(std::string_view table, driver::Connection& connection);

}  // namespace cupel::dialect::sqlite
