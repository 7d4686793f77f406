// SPDX-License-Identifier: MIT
// What a database must supply, in one interface, and the one list of databases.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/dialect/scratch.hpp"
#include "cupel/dialect/walk.hpp"
#include "cupel/driver/connection.hpp"
#include "cupel/inspect/inspector.hpp"
#include "cupel/sql/ddl_writer.hpp"

namespace cupel::sql {
struct LexRules;
}
namespace cupel::lint {
class DialectLint;
struct TracedStatement;
}  // namespace cupel::lint
namespace cupel::diff {
class DiffRules;
class Normalizer;
}  // namespace cupel::diff

namespace cupel::dialect {

/// Facts that shared code asks for instead of a name.
struct Traits {
  bool transactional_ddl = true;         ///< DDL rolls back
  bool one_transaction_per_run = false;  ///< what transaction = "auto" means here
  std::size_t max_identifier_length = 63;
  bool has_schemas = true;
  bool enforces_varchar_length =
      true;                       ///< a longer text is refused, so a column may have to be widened
  bool database_is_file = false;  ///< the URL's database is a path
  std::string_view scratch_url =
      "";                      ///< a database that costs nothing to make; empty if there is none
  bool has_own_enums = false;  ///< enum types live apart from tables
  bool names_ignore_case = false;  ///< "Users" and users are one table
  int version_parts = 3;           ///< numbers of a server's version that count: 2 for 15.4
};

/// How migrations run here. Zero timeouts mean: the database's own default.
struct RunSettings {
  model::ObjectName version_table{"alembic_version"};
  /// How long one statement may wait for a table's lock before the revision is rolled back and
  /// tried again.
  std::chrono::milliseconds lock_attempt{5000};
  std::chrono::milliseconds statement_timeout{0};
};

/// The fixed statements around migrations, live and in offline text alike.
struct TransactionFrame {
  std::vector<std::string> prologue;  ///< before the first transaction
  std::vector<std::string> begin;     ///< opens each transaction
  std::vector<std::string> epilogue;  ///< after the last
  /// Opens a transaction that only reads, with the same limits; empty where plain reading does.
  std::vector<std::string> read = {};
};

/// How this database runs migrations: transactions, the lock between runners, the checks around
/// them. One per run; borrows the connection. Nothing here knows what a revision is.
class CUPEL_API RunSession {
 public:
  virtual ~RunSession();
  /// As Dialect::transaction_frame(), but knowing the live session.
  virtual TransactionFrame frame() const = 0;
  /// Opens a transaction and takes the lock that keeps other runners (and Alembic) out until it
  /// ends, without waiting. `create` runs first under the lock; empty means that the version table
  /// is known to exist. Returns the version table's rows as they are under the lock, or nullopt if
  /// somebody else is at work: then nothing is open.
  virtual std::optional<std::vector<std::string>> try_begin(
      std::span<const std::string> create) = 0;
  /// Called before COMMIT; throws DatabaseError if the data is not consistent.
  virtual void check_before_commit() {}
  /// The lock for work outside transactions. It outlives transactions and dies with this object or
  /// its process. To be called while a transaction of try_begin is open; false: somebody else has
  /// it.
  virtual bool try_session_lock() { return true; }
  virtual void release_session_lock() {}
  /// Who is in the way, as well as the database can tell ("pid 4711, user app, idle in transaction
  /// for 40 s: SELECT ..."); may be empty.
  virtual std::string describe_blocker() = 0;
  /// Milliseconds since the transaction began, as SQL; empty if the client's clock is as good.
  virtual std::string elapsed_expression() const { return {}; }
};

/// What to do with a statement outside transactions that may have been interrupted before.
struct Recovery {
  bool already_done = false;
  std::vector<std::string> before;  ///< statements to run first, also outside a transaction
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
  /// What the comparison of two schemas asks.
  virtual const diff::DiffRules& diff_rules() const = 0;
  /// Borrows the connection. Null where the database keeps texts as they were written, so that
  /// there is nobody to ask.
  virtual std::unique_ptr<diff::Normalizer> make_normalizer(driver::Connection& connection) const;
  /// Reads and judges statements for `cupel lint`; one for each run, since it may keep state. Null
  /// where there are no rules of the database's own.
  virtual std::unique_ptr<lint::DialectLint> make_lint() const;
  /// Rows of each table, as well as the database can tell without reading much: its statistics, or
  /// a count that ends at some number. Tables of which it knows nothing are left out.
  virtual std::map<model::ObjectName, std::int64_t> row_estimates(
      driver::Connection& connection) const;
  /// Runs the statements in a transaction that is rolled back, and says what each of them really
  /// took. `before`: the schema as inspected. Throws NotSupported where that cannot be seen.
  virtual std::vector<lint::TracedStatement> trace(driver::Connection& connection,
                                                   std::span<const std::string> statements,
                                                   const model::Schema& before) const;
  virtual TransactionFrame transaction_frame(const RunSettings& settings) const = 0;
  /// `url` may be null when the connection is the application's own; then there is no session lock.
  virtual std::unique_ptr<RunSession> make_run_session(driver::Connection& connection,
                                                       const driver::Url* url,
                                                       const RunSettings& settings) const = 0;

  /// A database to try SQL on. Throws DatabaseError if none can be made (with the privilege or
  /// setting that is missing), UsageError for a `dev` database that is not empty.
  virtual std::unique_ptr<Scratch> make_scratch(const ScratchRequest& request = {}) const = 0;

  /// A place in the connection's transaction where plain names mean something new, while all else
  /// is found as it is; gone without a trace with the object. Beside the tables of the same names,
  /// to see what a statement would have made.
  virtual std::unique_ptr<Scratch> make_trial(driver::Connection& connection) const = 0;
  /// True for a statement that the database refuses inside a transaction.
  virtual bool runs_outside_transaction(std::string_view statement) const = 0;
  /// Asked before a statement outside transactions: an invalid index that a failed CREATE INDEX
  /// CONCURRENTLY left is dropped first. `was_started`: the journal says that this very statement
  /// was begun and not finished.
  virtual Recovery recovery(std::string_view statement, bool was_started,
                            driver::Connection& connection) const = 0;
  /// How to walk over the rows of `table`, a name as SQL writes it. Throws UsageError for what
  /// cannot be walked over: there is no such table, or nothing orders its rows.
  virtual Walk walk(std::string_view table, driver::Connection& connection) const = 0;
  /// Null where there are no replicas that could be behind.
  virtual std::unique_ptr<ReplicaWatch> watch_replicas(driver::Connection& connection) const;
  /// A query of one row, with true or 1 for each of the tables that there is, found as a statement
  /// of this session would find it.
  virtual std::string select_existing(std::span<const model::ObjectName> tables) const = 0;
  /// True if the error says that anything which a statement names (a table, type, function, column,
  /// ...) does not exist: the same statement may work once another has made that.
  virtual bool is_missing_object(const DatabaseError& error) const = 0;
  /// A query for values of a column that its change to `type` would cut or round, one row for each;
  /// all four are SQL text, `using_expression` may be empty. Empty if values are kept as they are.
  virtual std::string select_cut_values(const std::string& table, const std::string& column,
                                        const std::string& type,
                                        const std::string& using_expression) const;
  /// The n-th (from 1) placeholder of a prepared statement: "?" or "$1".
  virtual std::string placeholder(std::size_t n) const = 0;
};

/// All databases that this build knows, in a fixed order.
CUPEL_API std::span<const Dialect* const> all_dialects();
/// By name or alias; throws UsageError naming those that exist and the nearest.
CUPEL_API const Dialect& find_dialect(std::string_view name);

}  // namespace cupel::dialect
