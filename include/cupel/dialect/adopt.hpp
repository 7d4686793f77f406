// SPDX-License-Identifier: MIT
// Sessions that an application has opened itself, with its client library's own handle.
#pragma once

#include <memory>

#include "cupel/dialect/dialect.hpp"

struct sqlite3;
struct pg_conn;

namespace cupel::dialect {

/// A connection that leaves its handle open when it goes, and whose database it is.
struct Adopted {
  const Dialect* dialect = nullptr;
  std::unique_ptr<driver::Connection> connection;
};

/// The handle must outlive the result. Throws UsageError for null, and NotSupported if this build
/// has no client for the database.
CUPEL_API Adopted adopt(sqlite3* handle);
/// The same for a PGconn*; its client_encoding must be UTF8, else UsageError.
CUPEL_API Adopted adopt(pg_conn* handle);

}  // namespace cupel::dialect
