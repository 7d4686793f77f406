// SPDX-License-Identifier: MIT
// What connecting needs besides the client library: a URL as libpq's parameters, and a failed
// attempt in words.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cupel/driver/connection.hpp"

namespace cupel::dialect::postgres {

using ConnectParameters = std::vector<std::pair<std::string, std::string>>;

/// libpq's keywords and values. Throws UsageError for a key in the URL's query that means nothing
/// here.
ConnectParameters connect_parameters(const driver::Url& url, const driver::ConnectOptions& options);

/// A connection attempt that failed, with libpq's defaults filled in.
struct ConnectFailure {
  std::string
      text;  ///< libpq's message, written with verbosity "verbose" so that it holds the SQLSTATE
  std::string host;  ///< a name, an address, or the directory of a socket
  std::string port;
  std::string user;
  std::string database;
  bool needs_password = false;  ///< the server asked for one and there was none
  int timed_out_after = 0;      ///< seconds; 0 if that was not the reason
};

/// Of a parameter that libpq refuses before it connects.
UsageError invalid_parameter(const std::string& reason);

/// Names the server, the database and the user, never the password; says what to do.
DatabaseError connect_error(const ConnectFailure& failure);

}  // namespace cupel::dialect::postgres
