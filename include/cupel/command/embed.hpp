// SPDX-License-Identifier: MIT
// What an application calls to bring its database up to date; included as cupel/embed.hpp.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "cupel/dialect/adopt.hpp"
#include "cupel/migrate/environment.hpp"

namespace cupel {

/// The database that a call works on; made implicitly from what the application has. From a URL a
/// session is opened for the call alone. A handle or connection stays the application's: it must
/// outlive this, have no transaction open, and comes back with its settings as they were.
class CUPEL_API Database {
 public:
  /// "sqlite:///app.db", "postgresql://user@host/db". Throws UsageError for what is no URL.
  Database(const std::string& url);  // NOLINT(google-explicit-constructor)
  Database(const char* url);         // NOLINT(google-explicit-constructor)
  /// The client library's own handle: see dialect::adopt() for those that are known.
  template <typename Handle, typename = decltype(dialect::adopt(std::declval<Handle*>()))>
  Database(Handle* handle)  // NOLINT(google-explicit-constructor)
      : Database(dialect::adopt(handle)) {}
  Database(driver::Connection& connection, const dialect::Dialect& dialect);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

 private:
  friend class EmbeddedRun;
  explicit Database(dialect::Adopted adopted);
  const dialect::Dialect* dialect_;
  std::optional<driver::Url> url_;
  std::unique_ptr<driver::Connection> own_;
  driver::Connection* connection_ = nullptr;
};

/// Every field has a working default; use designated initialisers.
struct UpgradeOptions {
  /// Told of every step; see migrate::Event. Called on the thread that called upgrade().
  std::function<void(const migrate::Event&)> on_event = {};
  Log log = {};
  /// Asked between statements and while waiting; true ends the run with Interrupted.
  std::function<bool()> is_interrupted = {};
  /// How long to wait for other runners and for locks on tables, in all.
  std::chrono::milliseconds lock_timeout{60000};
  std::chrono::milliseconds statement_timeout{0};  ///< 0: the database's own
  model::ObjectName version_table{"alembic_version"};
  migrate::TransactionMode transaction = migrate::TransactionMode::Auto;
  model::NamingConvention naming = {};
  bool history = true;                      ///< keep the table of what was applied when
  std::string applied_by = {};              ///< who is written there, such as the program's version
  std::vector<std::string> arguments = {};  ///< for op.arguments()
  /// What to do about applied revisions that were edited or deleted since. An application in the
  /// field must start all the same, so the default only tells `log`; true throws InputError.
  bool refuse_edited = false;
  bool idempotent = false;  ///< see migrate::Settings::idempotent
  /// True: steps that destroy data run as they are written, since an application in the field must
  /// start; its revisions were reviewed before. False: they throw migrate::DestructionRefused
  /// unless the revision allows them.
  bool allow_destructive = true;
};

struct UpgradeResult {
  std::vector<std::string> applied;  ///< what this call ran, in order; empty: nothing to do
  std::vector<std::string> at;       ///< the version rows afterwards, sorted
  std::string note;  ///< why there was nothing to do, or who did it meanwhile; may be empty
};

/// The database was written by a newer version of the program: it is at a revision that this one
/// does not have. ids() are these. Nothing was changed; whether the program goes on, read-only
/// perhaps, is its own decision.
class CUPEL_API DatabaseIsNewer : public RevisionError {
 public:
  explicit DatabaseIsNewer(std::vector<std::string> unknown);
};

/// Brings the database to `target` ("head", a revision, "+1", as in `cupel upgrade`). Throws
/// DatabaseIsNewer; UsageError, for a connection inside a transaction among others; all that
/// migrate::upgrade() throws. Ten processes at once: one does the work, the others wait for it.
CUPEL_API UpgradeResult upgrade(const Database& database, const std::string& target,
                                const std::vector<Revision>& revisions,
                                const UpgradeOptions& options = {});
/// The same for revisions that script::load_migrations() has read.
CUPEL_API UpgradeResult upgrade(const Database& database, const std::string& target,
                                const script::Migrations& migrations,
                                const UpgradeOptions& options = {});

struct DowngradeResult {
  std::vector<std::string> undone;  ///< what this call undid, in order; empty: nothing to do
  std::vector<std::string> at;      ///< the version rows afterwards, sorted
  std::string note;                 ///< as in UpgradeResult
};

/// Takes the database back to `target` ("-1", a revision, "base", as in `cupel downgrade`): for
/// tests, and for a program that must make way for an older one. Throws as upgrade() does, and
/// NotSupported for a revision without a way back.
CUPEL_API DowngradeResult downgrade(const Database& database, const std::string& target,
                                    const std::vector<Revision>& revisions,
                                    const UpgradeOptions& options = {});
CUPEL_API DowngradeResult downgrade(const Database& database, const std::string& target,
                                    const script::Migrations& migrations,
                                    const UpgradeOptions& options = {});

/// Where a database is, as the program sees it.
struct CurrentState {
  std::vector<std::string> at;       ///< the version rows, sorted; empty for a new database
  std::vector<std::string> unknown;  ///< those of them that the program does not have
  std::vector<std::string> pending;  ///< what upgrade("heads") would run, in order
  bool database_is_newer() const { return !unknown.empty(); }
  bool is_up_to_date() const { return unknown.empty() && pending.empty(); }
};
/// Changes nothing, and makes no file.
CUPEL_API CurrentState current(const Database& database, const std::vector<Revision>& revisions,
                               const model::ObjectName& version_table = "alembic_version");

}  // namespace cupel
