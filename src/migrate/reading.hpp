// SPDX-License-Identifier: MIT
// Reading the database between transactions: limits, waiting and the tables that may not be there.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cupel/migrate/environment.hpp"

namespace cupel::migrate {

/// Which of the tables are there. Asked of the catalog: a statement that fails would end an open
/// transaction, and stand in the server's log as an error.
std::vector<bool> find_tables(const Environment& environment,
                              const std::vector<model::ObjectName>& tables);

/// Runs the statements, waiting for who holds their tables or the whole database at most the lock
/// timeout. False if what one of them names does not exist, as `is_missing` says of an error.
bool try_read(const Environment& environment, const std::vector<std::string>& statements,
              std::vector<driver::Rows>& results,
              const std::function<bool(const DatabaseError&)>& is_missing);

}  // namespace cupel::migrate
