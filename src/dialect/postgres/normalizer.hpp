// SPDX-License-Identifier: MIT
// Asks the server how it writes expressions, views, functions, ...
#pragma once

#include <memory>

#include "cupel/diff/rules.hpp"
#include "cupel/driver/connection.hpp"

namespace cupel::dialect::postgres {

/// Borrows the connection. Everything is made in the session's temporary schema, in a transaction
/// that is rolled back (a savepoint, if one is open): needs no privilege but TEMPORARY, locks no
/// table of anybody (views read-lock what they read), leaves nothing behind.
std::unique_ptr<diff::Normalizer> make_normalizer(driver::Connection& connection);

}  // namespace cupel::dialect::postgres
