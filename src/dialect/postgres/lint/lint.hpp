// SPDX-License-Identifier: MIT
// What `cupel lint` asks of PostgreSQL.
#pragma once

#include <memory>

#include "cupel/lint/judge.hpp"

namespace cupel::dialect::postgres {

std::unique_ptr<lint::DialectLint> make_lint();

}  // namespace cupel::dialect::postgres
