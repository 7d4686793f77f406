// SPDX-License-Identifier: MIT
// Operations to SQLite's SQL. What SQLite cannot change in place becomes a table rebuild
// (rebuild.hpp). Test: ddl_test.cpp, rebuild_test.cpp
#pragma once

#include "cupel/sql/ddl_writer.hpp"

namespace cupel::dialect::sqlite {

/// The one writer. Comments are left out silently: SQLite has no place for them.
CUPEL_API const sql::DdlWriter& writer();

/// The table as SQLite would show it after CREATE TABLE and CREATE INDEX: types by their declared
/// spelling, no comments, options of other databases gone. What a comparison with an inspected
/// table needs.
CUPEL_API model::Table as_stored(const model::Table& table);

}  // namespace cupel::dialect::sqlite
