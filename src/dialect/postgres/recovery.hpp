// SPDX-License-Identifier: MIT
// What a statement outside transactions needs if it was interrupted before.
#pragma once

#include "cupel/dialect/dialect.hpp"

namespace cupel::dialect::postgres {

Recovery recovery(std::string_view statement, bool was_started, driver::Connection& connection);

}  // namespace cupel::dialect::postgres
