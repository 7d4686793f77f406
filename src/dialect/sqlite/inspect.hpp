// SPDX-License-Identifier: MIT
// Reads a SQLite database into a model: one query per schema, the rest is reading the texts that
// SQLite stores. Test: inspect_test.cpp
#pragma once

#include <memory>

#include "cupel/inspect/inspector.hpp"

namespace cupel::dialect::sqlite {

/// Borrows the connection. Virtual tables and the tables behind them are left out, and so are
/// SQLite's own (sqlite_*) and temporary ones. A scope that names tables also gives the views, and
/// the triggers elsewhere, whose text mentions one of them.
CUPEL_API std::unique_ptr<inspect::Inspector> make_inspector(driver::Connection& connection);

}  // namespace cupel::dialect::sqlite
