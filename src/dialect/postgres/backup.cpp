// SPDX-License-Identifier: MIT
// Backups by pg_dump and pg_restore of the server's own version. The dump and our count of rows see
// the same snapshot. A restored database is made beside the old one and takes its name in one
// transaction, so that there is always one of them.
#include "dialect/postgres/backup.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <future>
#include <optional>
#include <thread>

#include "base/private_file.hpp"
#include "cupel/base/text.hpp"
#include "cupel/sql/quote.hpp"
#include "dialect/postgres/backup_content.hpp"
#include "dialect/postgres/client_programs.hpp"
#include "dialect/postgres/ddl.hpp"
#include "dialect/postgres/driver.hpp"
#include "dialect/postgres/restore_in_place.hpp"
#include "dialect/postgres/scratch.hpp"

namespace cupel::dialect::postgres {
namespace {

constexpr std::size_t kLongestName = 63;

/// What belongs to a database and is in no dump of its content.
constexpr std::string_view kPropertiesQuery = R"(SELECT statement FROM (
SELECT 1 AS part, format('ALTER DATABASE %%1$s OWNER TO %I', pg_get_userbyid(datdba)) AS statement
FROM pg_database WHERE datname = current_database()
UNION ALL SELECT 2, format('ALTER DATABASE %%1$s CONNECTION LIMIT %s', datconnlimit)
FROM pg_database WHERE datname = current_database() AND datconnlimit >= 0
UNION ALL SELECT 3, format('REVOKE ALL ON DATABASE %%1$s FROM PUBLIC')
FROM pg_database WHERE datname = current_database() AND datacl IS NOT NULL
UNION ALL SELECT 4, format('GRANT %s ON DATABASE %%1$s TO %s', a.privilege_type,
  CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
FROM pg_database, aclexplode(datacl) a WHERE datname = current_database()
UNION ALL SELECT 5, format('ALTER %sDATABASE %%1$s SET %s TO %s',
  CASE s.setrole WHEN 0 THEN '' ELSE 'ROLE ' || quote_ident(pg_get_userbyid(s.setrole)) || ' IN ' END,
  quote_ident(split_part(setting, '=', 1)),
  CASE WHEN split_part(setting, '=', 1) IN ('search_path', 'temp_tablespaces', 'session_preload_libraries')
  THEN substr(setting, strpos(setting, '=') + 1)
  ELSE quote_literal(substr(setting, strpos(setting, '=') + 1)) END)
FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) setting
WHERE d.datname = current_database()) AS properties ORDER BY part)";

std::string quoted(const std::string& name) { return writer().quote(std::string_view(name)); }

/// As libpq finds it out.
std::string database_of(const driver::Url& url) {
  for (const char* key : {"database", "dbname"})
    if (const auto found = url.query.find(key); found != url.query.end()) return found->second;
  if (!url.database.empty()) return url.database;
  if (!url.user.empty()) return url.user;
  throw UsageError("the URL names no database", "write postgresql://user@host/NAME");
}

/// Any database that is not the one to be renamed.
std::unique_ptr<driver::Connection> connect_beside(const driver::Url& url) {
  driver::Url beside = url;
  beside.query.erase("database");
  beside.database = database_of(url) == "postgres" ? "template1" : "postgres";
  return connect(beside, {.application_name = "cupel restore"});
}

driver::Url with_database(driver::Url url, const std::string& name) {
  url.query.erase("database");
  url.query.erase("dbname");
  url.database = name;
  return url;
}

/// A database that has no name of its own yet; the next scratch database's maker drops it, should
/// we be killed.
class NewDatabase {
 public:
  NewDatabase(driver::Connection& admin, const driver::Url& url, driver::Connection* like)
      : admin_(&admin), name_(new_scratch_name(admin)) {
    create(like == nullptr ? admin : *like);
    try {
      connection_ = connect(with_database(url, name_), {.application_name = "cupel restore"});
      connection_->query("COMMENT ON DATABASE " + name_ + " IS " +
                         sql::quote_string(kScratchComment));
    } catch (...) {
      drop();
      throw;
    }
  }
  ~NewDatabase() {
    if (!name_.empty()) drop();
  }
  NewDatabase(const NewDatabase&) = delete;
  NewDatabase& operator=(const NewDatabase&) = delete;
  const std::string& name() const { return name_; }
  driver::Connection& connection() { return *connection_; }
  /// It has become the database.
  void release() {
    connection_.reset();
    name_.clear();
  }
  void disconnect() { connection_.reset(); }

 private:
  void create(driver::Connection& like) {
    try {
      admin_->query(create_statement(name_, like));
    } catch (DatabaseError& error) {
      error.set_hint(
          "nothing was changed; ALTER ROLE ... CREATEDB gives this user the right, and --in-place "
          "does without it");
      throw;
    }
  }
  void drop() noexcept {
    connection_.reset();
    try {
      admin_->query("DROP DATABASE IF EXISTS " + name_);
    } catch (const Error&) {
      // The next scratch database's maker does it.
    }
  }
  driver::Connection* admin_;
  std::string name_;
  std::unique_ptr<driver::Connection> connection_;
};

bool has_database(driver::Connection& admin, const std::string& name) {
  const std::vector<Value> parameters{name};
  return !admin.query("SELECT 1 FROM pg_database WHERE datname = $1", parameters).empty();
}

std::string kept_name(driver::Connection& admin, const std::string& name) {
  const std::string time =
      admin.query("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISS')")[0].text(0);
  const std::string suffix = "_before_restore_" + time;
  constexpr std::size_t kNumber = 3;  // characters for one
  const std::string wanted = name.substr(0, kLongestName - suffix.size() - kNumber) + suffix;
  std::string kept = wanted;
  for (int i = 2; has_database(admin, kept); ++i) kept = wanted + "_" + std::to_string(i);
  return kept;
}

/// What to run for the new database to take the name. The mark goes first, which keeps those out
/// who look for databases that nobody wants; an old one that nobody wants gets it.
std::vector<std::string> renaming_statements(const std::string& name, const std::string& old_to,
                                             const std::string& new_from, bool discards) {
  std::vector<std::string> statements{
      "BEGIN", fmt::format("COMMENT ON DATABASE {} IS NULL", quoted(new_from))};
  if (!old_to.empty())
    statements.push_back(
        fmt::format("ALTER DATABASE {} RENAME TO {}", quoted(name), quoted(old_to)));
  if (!old_to.empty() && discards) {
    statements.push_back(fmt::format("ALTER DATABASE {} OWNER TO CURRENT_USER", quoted(old_to)));
    statements.push_back(fmt::format("COMMENT ON DATABASE {} IS {}", quoted(old_to),
                                     sql::quote_string(kScratchComment)));
  }
  statements.push_back(
      fmt::format("ALTER DATABASE {} RENAME TO {}", quoted(new_from), quoted(name)));
  statements.emplace_back("COMMIT");
  return statements;
}

/// Gives the name to the new database. Renaming waits for those who are connected, and lets nobody
/// new in meanwhile; another session of ours sends them away.
void swap(const BackupRequest& request, driver::Connection& admin, const std::string& name,
          const std::vector<std::string>& statements) {
  const std::unique_ptr<driver::Connection> other = connect_beside(*request.url);
  std::future<void> renaming = std::async(std::launch::async, [&] {
    try {
      admin.run(statements);
    } catch (const Error&) {
      if (admin.is_alive() && admin.in_transaction()) admin.query("ROLLBACK");
      throw;
    }
  });
  const std::vector<Value> parameters{name};
  while (renaming.wait_for(std::chrono::milliseconds(20)) != std::future_status::ready) {
    try {
      other->query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 "
          "AND pid <> pg_backend_pid()",
          parameters);
    } catch (const DatabaseError&) {
      break;  // not allowed: the renaming says that others are connected
    }
  }
  try {
    renaming.get();
  } catch (DatabaseError& error) {
    error.set_hint(
        "nothing was changed; stop what is connected to the database, and connect as "
        "the database's owner, who may create databases (ALTER ROLE ... CREATEDB)");
    throw;
  }
}

/// How large a database has become, asked twice a second.
class Growth {
 public:
  Growth(const BackupRequest& request, driver::Connection& admin, std::string database)
      : request_(&request), admin_(&admin), database_(std::move(database)) {}
  void tell() {
    const auto now = std::chrono::steady_clock::now();
    if (!request_->on_progress || now < next_) return;
    next_ = now + std::chrono::milliseconds(500);
    const std::array<Value, 1> name{database_};
    const driver::Rows rows = admin_->query("SELECT pg_database_size($1::name)", name);
    request_->on_progress(static_cast<std::uint64_t>(rows[0].integer(0)), 0);
  }

 private:
  const BackupRequest* request_;
  driver::Connection* admin_;
  std::string database_;
  std::chrono::steady_clock::time_point next_;
};

class PostgresBackup final : public BackupTool {
 public:
  std::string_view extension() const override { return ".dump"; }

  std::string describe(const BackupRequest& request) const override {
    const auto connection = connect(*request.url);
    return "pg_dump " + find_program("pg_dump", major_version(*connection)).version;
  }

  SavedBackup save(const BackupRequest& request, const std::string& file) const override {
    const auto connection = connect(*request.url, {.application_name = "cupel backup"});
    const int major = major_version(*connection);
    const Program dump = find_program("pg_dump", major);
    const Program restore = find_program("pg_restore", major);
    const std::vector<std::string> begin{
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "SET LOCAL idle_in_transaction_session_timeout = 0", "SET LOCAL row_security = off",
        fmt::format("SET LOCAL lock_timeout = '{}ms'", request.patience.count()),
        "SELECT pg_export_snapshot()"};
    const std::string snapshot = connection->run(begin).back()[0].text(0);
    run_program(request,
                {.words = {dump.path, "--format=custom", "--no-password", "--file=" + file,
                           "--snapshot=" + snapshot,
                           fmt::format("--lock-wait-timeout={}", request.patience.count()),
                           "--dbname=" + conninfo(*request.url)},
                 .environment = environment_of(*request.url)},
                [&] {
                  if (request.on_progress) request.on_progress(disk::size(file), 0);
                });
    BackupContent content = content_of(*connection, request.version_table);
    connection->query("ROLLBACK");
    // Reads and unpacks all of it.
    run_program(request, {.words = {restore.path, "--file=/dev/null", file}}, {});
    return {std::move(content), {}};
  }

  std::string restore(const BackupRequest& request, const std::string& file,
                      const BackupContent& content, bool discards) const override {
    if (request.in_place) {
      restore_in_place(request, file, content);
      return {};
    }
    const std::string name = database_of(*request.url);
    const std::unique_ptr<driver::Connection> admin = connect_beside(*request.url);
    const Program program = find_program("pg_restore", major_version(*admin));
    drop_left_scratches(*admin);
    const bool exists = has_database(*admin, name);
    std::unique_ptr<driver::Connection> old;
    if (exists) old = connect(*request.url, {.application_name = "cupel restore"});
    NewDatabase database(*admin, *request.url, old.get());
    std::vector<std::string> properties;
    if (exists)
      for (const driver::Row row : old->query(kPropertiesQuery))
        properties.push_back(text::replace_all(row.text(0), "%1$s", database.name()));
    old.reset();
    const driver::Url target = with_database(*request.url, database.name());
    Growth growth(request, *admin, database.name());
    run_program(request,
                {.words = {program.path, "--no-password", "--exit-on-error",
                           "--dbname=" + conninfo(target), file},
                 .environment = environment_of(*request.url)},
                [&] { growth.tell(); });
    if (content_of(database.connection(), request.version_table) != content)
      throw DatabaseError("the restored database has not the rows of the backup", {},
                          "nothing was changed; behind a pooler use the direct URL; else the "
                          "backup may come from another version of cupel");
    for (const std::string& statement : properties) admin->query(statement);
    std::string kept;
    // Should we be killed, the next scratch database's maker drops what is to be discarded.
    if (exists) kept = discards ? new_scratch_name(*admin) : kept_name(*admin, name);
    database.disconnect();
    swap(request, *admin, name, renaming_statements(name, kept, database.name(), discards));
    database.release();
    if (!discards || kept.empty()) return kept;
    admin->query("DROP DATABASE IF EXISTS " + quoted(kept));
    return {};
  }
};

}  // namespace

const BackupTool& backup_tool() {
  static const PostgresBackup kTool;
  return kTool;
}

}  // namespace cupel::dialect::postgres
