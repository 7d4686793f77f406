// SPDX-License-Identifier: MIT
// Whether two CREATE TABLE statements of different texts mean the same: a database knows.
#pragma once

#include "cupel/source/target.hpp"
#include "source/declarations.hpp"

namespace cupel::source {

/// Makes the table anew with either statement, and leaves everything as it was. `schema` is what
/// the scripts have made.
bool is_same_table(const Declarations::Twice& twice, const model::Schema& schema,
                   const dialect::Dialect& dialect, driver::Connection& connection);

}  // namespace cupel::source
