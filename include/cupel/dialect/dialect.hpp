// SPDX-License-Identifier: MIT
// What a database must supply, in one interface, and the one list of databases.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/driver/connection.hpp"
#include "cupel/inspect/inspector.hpp"
#include "cupel/sql/ddl_writer.hpp"

namespace cupel::sql {
struct LexRules;
}

namespace cupel::dialect {

/// Facts that shared code asks for instead of a name.
struct Traits {
  bool transactional_ddl = true;         ///< DDL rolls back
  bool one_transaction_per_run = false;  ///< what transaction = "auto" means here
  std::size_t max_identifier_length = 63;
  bool has_schemas = true;
  bool has_own_enums = false;  ///< enum types live apart from tables
};

/// Where the version table and cupel's own tables are, and how long to wait.
struct RunSettings {
  model::ObjectName version_table{"alembic_version"};
  std::string lock_timeout;       ///< the database's own words ("5s"); empty: its default
  std::string statement_timeout;  ///< likewise
};

/// Somebody else is at work: who, as well as the database can tell ("pid 4711, user app, running
/// ALTER TABLE ...").
struct Busy {
  std::string who;
};

/// How this database runs migrations: transactions, the lock between runners, the checks around
/// them. One per run; borrows the connection. Nothing here knows what a revision is.
class CUPEL_API RunSession {
 public:
  virtual ~RunSession();
  /// The rows of the version table without any lock; empty if the table does not exist. Changes
  /// nothing.
  virtual std::vector<std::string> read_versions() = 0;
  /// True if the version table exists (asked with read_versions' cost).
  virtual bool has_version_table() = 0;
  /// Statements that come before the first BEGIN (switching foreign key enforcement off, ...). For
  /// offline text too.
  virtual std::vector<std::string> prologue() const = 0;
  virtual std::vector<std::string> epilogue() const = 0;
  /// The statement that opens a transaction.
  virtual std::string begin_text() const = 0;
  /// Opens a transaction and takes the lock that keeps other runners (and Alembic) out until it
  /// ends, without waiting. Busy: nothing is open. `create` statements are run under the lock first
  /// (CREATE TABLE IF NOT EXISTS ...).
  virtual std::optional<Busy> try_begin(std::span<const std::string> create) = 0;
  /// Called before COMMIT; throws if the data is not consistent (foreign_key_check).
  virtual void check_before_commit() = 0;
  /// Takes the lock for work outside transactions on a connection of its own; held until released
  /// or until this object or its process dies. Busy: not taken.
  virtual std::optional<Busy> try_session_lock() = 0;
  virtual void release_session_lock() = 0;
};

class CUPEL_API Dialect {
 public:
  virtual ~Dialect();
  /// The name in URLs, in section headings and in variants ("postgresql").
  virtual std::string_view name() const = 0;
  /// Other names that URLs may have.
  virtual std::span<const std::string_view> aliases() const = 0;
  virtual const Traits& traits() const = 0;

  /// Opens a session. Throws DatabaseError, or NotSupported if this build has no client for it.
  virtual std::unique_ptr<driver::Connection> connect(
      const driver::Url& url, const driver::ConnectOptions& options = {}) const = 0;
  virtual const sql::DdlWriter& writer() const = 0;
  virtual const sql::LexRules& lex_rules() const = 0;
  virtual std::unique_ptr<inspect::Inspector> make_inspector(
      driver::Connection& connection) const = 0;
  /// `url` may be null when the connection is the application's own; then there is no session lock.
  virtual std::unique_ptr<RunSession> make_run_session(driver::Connection& connection,
                                                       const driver::Url* url,
                                                       const RunSettings& settings) const = 0;

  /// True for a statement that the database refuses inside a transaction.
  virtual bool runs_outside_transaction(std::string_view statement) const = 0;
  /// What must run first so that a statement interrupted before can run again, such as dropping the
  /// invalid index that a failed CREATE INDEX CONCURRENTLY left behind. Asked only for statements
  /// outside transactions.
  virtual std::vector<std::string> recovery_statements(std::string_view statement,
                                                       driver::Connection& connection) const = 0;
  /// The n-th (from 1) placeholder of a prepared statement: "?" or "$1".
  virtual std::string placeholder(std::size_t n) const = 0;
  /// Statements that run at once and are safe to know about this failure: a hint for a
  /// DatabaseError's code, or "".
  virtual std::string hint_for(const DatabaseError& error) const = 0;
};

/// All databases that this build knows, in a fixed order.
CUPEL_API std::span<const Dialect* const> all_dialects();
/// By name or alias; throws UsageError naming those that exist and the nearest.
CUPEL_API const Dialect& find_dialect(std::string_view name);

}  // namespace cupel::dialect
