// SPDX-License-Identifier: MIT
// What must be dropped for a database to be empty.
#pragma once

#include <string>
#include <vector>

#include "cupel/driver/connection.hpp"

namespace cupel::dialect::postgres {

struct DatabaseObject {
  std::string type;      ///< as DROP names it
  std::string identity;  ///< quoted where it must be
  bool is_extension() const { return type == "extension"; }
};

/// Everything that somebody made: what lives in schema public, other schemas, and what lives in no
/// schema; the mark of a borrowed scratch database is left out. Members of extensions go with
/// these, which come last.
std::vector<DatabaseObject> objects_of(driver::Connection& session);
/// DROP ... IF EXISTS ... CASCADE
std::string drop_statement(const DatabaseObject& object);

}  // namespace cupel::dialect::postgres
