// SPDX-License-Identifier: MIT
// A database to try SQL on: what it makes of a schema.sql is what the schema.sql means.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/log.hpp"
#include "cupel/driver/connection.hpp"
#include "cupel/model/object.hpp"

namespace cupel::dialect {

/// Empty at first, and gone (or empty again) with this object. Nothing that runs here reaches the
/// project's data.
class CUPEL_API Scratch {
 public:
  virtual ~Scratch();
  virtual driver::Connection& connection() = 0;
  /// The session's settings as they were at the start: a script may have changed them.
  virtual void reset_session() {}
  /// Why this statement must not run here, because it would reach out of the scratch database ("it
  /// acts on the whole server"); empty if it may.
  virtual std::string refusal(std::string_view statement) const = 0;
  /// Installs the extensions that the project's database has and this one has not, as far as that
  /// is allowed: they and the schemas that were made for them. To be asked when a statement misses
  /// something.
  virtual std::vector<model::ObjectKey> add_extensions() { return {}; }
};

/// Where a scratch database may be made. Borrowed; null: not known.
struct ScratchRequest {
  const driver::Url* beside = nullptr;  ///< the project's database
  /// A server (the URL names no database) or an empty database to use instead.
  const driver::Url* dev = nullptr;
  Log log;
};

}  // namespace cupel::dialect
