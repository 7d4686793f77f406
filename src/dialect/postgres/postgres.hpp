// SPDX-License-Identifier: MIT
// The Dialect object of this database, for all_dialects.cpp.
#pragma once

#include "cupel/dialect/dialect.hpp"

namespace cupel::dialect::postgres {

const Dialect& dialect();

}  // namespace cupel::dialect::postgres
