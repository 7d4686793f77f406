// SPDX-License-Identifier: MIT
// Database URLs as SQLAlchemy writes them:
// dialect[+driver]://user:password@host:port/database?key=value
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cupel/base/error.hpp"

namespace cupel::driver {

/// A parsed URL. Prints itself without its password everywhere.
struct CUPEL_API Url {
  std::string dialect;  ///< as written before '+': which database. Aliases ("postgres") are the
                        ///< dialect's to know.
  std::string client;   ///< as written after '+' ("psycopg2"); accepted and ignored
  std::string user;     ///< percent-decoded, as are password, database and query values
  std::string password;
  bool has_password = false;
  std::string
      host;  ///< without the brackets of an IPv6 address; empty: the client library's default
  std::optional<int> port;
  std::string database;  ///< for SQLite a path: sqlite:///rel.db, sqlite:////abs.db; empty or
                         ///< ":memory:" is in memory
  std::map<std::string, std::string> query;

  bool operator==(const Url&) const = default;
};

/// Throws UsageError with the part that is wrong and an example of a right one; the text never
/// holds the password.
CUPEL_API Url parse_url(std::string_view text);
/// The URL again, the password as "***". For people: logs, errors, JSON.
CUPEL_API std::string to_display(const Url& url);
/// The URL again with its password. For handing on to another program only; never log it.
CUPEL_API std::string to_string_with_password(const Url& url);

}  // namespace cupel::driver
