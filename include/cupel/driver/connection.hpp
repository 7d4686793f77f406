// SPDX-License-Identifier: MIT
// A live session with a database, in one interface. Implementations are dialect/<db>/driver.cpp.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/log.hpp"
#include "cupel/driver/rows.hpp"
#include "cupel/driver/url.hpp"

namespace cupel::driver {

/// Not thread-safe: one thread at a time. All calls throw DatabaseError when the server refuses or
/// is gone.
class CUPEL_API Connection {
 public:
  virtual ~Connection();

  /// Runs one statement. `parameters` are bound, never pasted: the text has the database's own
  /// placeholders (SQLite "?", PostgreSQL "$1").
  virtual Rows query(std::string_view sql, std::span<const Value> parameters = {}) = 0;

  /// Runs statements one after the other, in as few round trips as the protocol allows, and gives
  /// each one's rows. Stops at the first that fails; the error's details().statement is that one,
  /// and `failed` (if given) its index. Statements need no final semicolon. Does not begin or end
  /// transactions by itself.
  virtual std::vector<Rows> run(std::span<const std::string> statements,
                                std::size_t* failed = nullptr) = 0;

  /// Runs one statement with many parameter rows (bulk insert), prepared once.
  virtual void run_many(std::string_view sql,
                        std::span<const std::vector<Value>> parameter_rows) = 0;

  /// True between a BEGIN and its end, also after an error inside.
  virtual bool in_transaction() const = 0;
  /// The server's version as a number: major*10000 + minor*100 + patch (PostgreSQL: major*10000 +
  /// minor).
  virtual int server_version() const = 0;
  /// False once the session is known to be lost.
  virtual bool is_alive() const = 0;
  /// Asks the server to stop the running statement; safe from a signal handler's thread.
  virtual void cancel() noexcept = 0;
  /// The client library's own handle (sqlite3*, PGconn*), for callers who know which database this
  /// is.
  virtual void* native_handle() = 0;
  /// Notices and warnings of the server go there.
  virtual void set_log(Log log) = 0;
};

/// How to open a session; every field has a working default.
struct ConnectOptions {
  std::string application_name = "cupel";
  int connect_timeout_seconds = 10;
  bool read_only = false;  ///< refuse writes; SQLite: do not create the file
  bool create = true;      ///< SQLite: create a missing file
  Log log;
};

/// Rolls back in its destructor unless committed. `begin` is the statement that opens it.
class CUPEL_API Transaction {
 public:
  explicit Transaction(Connection& connection, std::string_view begin = "BEGIN");
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();
  void rollback();

 private:
  Connection* connection_;
  bool open_ = true;
};

}  // namespace cupel::driver
