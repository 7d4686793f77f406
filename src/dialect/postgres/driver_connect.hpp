// SPDX-License-Identifier: MIT
// Opening a session within its time. For driver*.cpp only.
#pragma once

#include <memory>

#include "cupel/driver/connection.hpp"
#include "dialect/postgres/connect_parameters.hpp"
#include "dialect/postgres/driver_library.hpp"

namespace cupel::dialect::postgres {

struct FinishConnection {
  void operator()(PGconn* handle) const { lib().PQfinish(handle); }
};
using Handle = std::unique_ptr<PGconn, FinishConnection>;

/// Notices of the server until the session is open go to the options' log. Throws UsageError for
/// parameters that libpq does not take, and what connect_error() makes of a failure.
Handle open_session(const ConnectParameters& parameters, const driver::ConnectOptions& options);

}  // namespace cupel::dialect::postgres
