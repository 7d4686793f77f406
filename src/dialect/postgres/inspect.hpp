// SPDX-License-Identifier: MIT
// Reads a PostgreSQL database into a model, from the catalogue.
#pragma once

#include <memory>

#include "cupel/inspect/inspector.hpp"

namespace cupel::dialect::postgres {

/// Borrows the connection, whose search path decides which schema is the default one and how names
/// inside expressions are written. PostgreSQL 12 and later.
std::unique_ptr<inspect::Inspector> make_inspector(driver::Connection& connection);

/// What the session's temporary schema holds. That schema must come first in the search path, so
/// that names have none.
model::Schema inspect_temporary(driver::Connection& connection);

}  // namespace cupel::dialect::postgres
