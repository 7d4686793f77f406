// SPDX-License-Identifier: MIT
// Sessions with PostgreSQL. Only driver*.cpp know libpq-fe.h, by driver_library.hpp, which loads
// libpq.so.5 at the first connection.
#pragma once

#include <memory>

#include "cupel/driver/connection.hpp"

struct pg_conn;

namespace cupel::dialect::postgres {

/// Query keys of the URL are libpq's connection parameters (sslmode, options, target_session_attrs,
/// ...); unknown ones: UsageError. No server, wrong password and the like: DatabaseError that names
/// host, port, user and database.
std::unique_ptr<driver::Connection> connect(const driver::Url& url,
                                            const driver::ConnectOptions& options = {});

/// Works on the application's own PGconn, which stays open and must outlive the result. Its
/// client_encoding must be UTF8.
std::unique_ptr<driver::Connection> adopt(pg_conn* handle);

}  // namespace cupel::dialect::postgres
