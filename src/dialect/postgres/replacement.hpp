// SPDX-License-Identifier: MIT
// What CREATE OR REPLACE asks of what it shall put in the place of another.
#pragma once

#include <string_view>

namespace cupel::dialect::postgres {

/// True if the second SELECT surely gives the columns of the first, perhaps with more behind them:
/// the same expressions, read from the same FROM. The server refuses to replace a view otherwise.
bool keeps_columns(std::string_view from, std::string_view to);

/// True if the second CREATE FUNCTION surely has the arguments (with their names) and the result of
/// the first, perhaps with more defaults. Both as the server writes them.
bool keeps_signature(std::string_view from, std::string_view to);

}  // namespace cupel::dialect::postgres
