// SPDX-License-Identifier: MIT
// Sessions with SQLite. driver.cpp is the only file that includes sqlite3.h.
#pragma once

#include <memory>

#include "cupel/driver/connection.hpp"

struct sqlite3;

namespace cupel::dialect::sqlite {

/// Opens the file that `url.database` names (relative to the working directory); empty or
/// ":memory:" is in memory. Query keys: `timeout` (seconds to wait for a lock; none by default, the
/// caller polls), `mode` (ro, rw, rwc, memory), `immutable`. Other keys: UsageError. A file that
/// cannot be opened: DatabaseError with the reason.
std::unique_ptr<driver::Connection> connect(const driver::Url& url,
                                            const driver::ConnectOptions& options = {});

/// Works on the application's own handle, which stays open and must outlive the result.
std::unique_ptr<driver::Connection> adopt(sqlite3* handle);

/// Before anything else of SQLite, in a program where nobody but us uses it: see
/// dialect::own_process().
void own_process();

}  // namespace cupel::dialect::sqlite
