// SPDX-License-Identifier: MIT
// The Dialect object of this database, for all_dialects.cpp.
#pragma once

#include "cupel/dialect/dialect.hpp"

namespace cupel::dialect::sqlite {

const Dialect& dialect();

}  // namespace cupel::dialect::sqlite
