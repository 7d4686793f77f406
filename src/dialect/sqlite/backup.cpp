// SPDX-License-Identifier: MIT
// Backups by SQLite's online backup API, in both directions: others go on with their work, and a
// restored database changes in one transaction, which a crash rolls back. Includes sqlite3.h
// besides driver.cpp. https://www.sqlite.org/backup.html
#include "dialect/sqlite/backup.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <algorithm>
#include <thread>

#include "base/private_file.hpp"
#include "cupel/base/files.hpp"
#include "dialect/sqlite/ddl.hpp"
#include "dialect/sqlite/driver.hpp"

namespace cupel::dialect::sqlite {
namespace {

constexpr int kPagesPerStep = 2048;
/// A writer in rollback mode makes the copy begin again; after so many times it has to wait for us.
constexpr int kPatientRestarts = 3;
constexpr std::chrono::milliseconds kPause{20};

std::unique_ptr<driver::Connection> open(const std::string& file, bool read_only) {
  driver::Url url;
  url.dialect = "sqlite";
  url.database = file;
  return connect(url, {.read_only = read_only, .create = !read_only});
}

sqlite3* handle_of(driver::Connection& connection) {
  return static_cast<sqlite3*>(connection.native_handle());
}

bool is_wal(driver::Connection& connection) {
  return connection.query("PRAGMA journal_mode")[0].text(0) == "wal";
}

/// One copy from a database to another; rolled back unless it is done.
class Copy {
 public:
  Copy(driver::Connection& from, driver::Connection& to, const BackupRequest& request)
      : from_(&from),
        to_(&to),
        request_(&request),
        backup_(sqlite3_backup_init(handle_of(to), "main", handle_of(from), "main")),
        give_up_(std::chrono::steady_clock::now() + request.patience) {
    if (backup_ == nullptr) fail(sqlite3_extended_errcode(handle_of(to)));
  }
  ~Copy() {
    if (backup_ != nullptr) sqlite3_backup_finish(backup_);
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  void run() {
    while (!step(kPagesPerStep)) {
    }
  }

 private:
  /// True at the end.
  bool step(int pages) {
    if (request_->is_interrupted && request_->is_interrupted())
      throw Interrupted("interrupted; the database is as it was");
    const int code = sqlite3_backup_step(backup_, pages);
    if (code == SQLITE_DONE) return finish();
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
      wait(code);
      return false;
    }
    if (code != SQLITE_OK) fail(code);
    watch_restarts();
    return false;
  }

  /// A step that came no further has begun again: somebody wrote.
  void watch_restarts() {
    const auto total = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup_));
    const auto done = total - static_cast<std::uint64_t>(sqlite3_backup_remaining(backup_));
    if (done <= done_ && ++restarts_ >= kPatientRestarts && !is_held_) {
      // A reader, so that writers wait from now on.
      from_->query("BEGIN");
      from_->query("SELECT count(*) FROM sqlite_master");
      is_held_ = true;
    }
    done_ = done;
    if (request_->on_progress) request_->on_progress(done * page_size_, total * page_size_);
  }

  bool finish() {
    const int code = sqlite3_backup_finish(std::exchange(backup_, nullptr));
    if (is_held_) from_->query("COMMIT");
    if (code != SQLITE_OK) fail(code);
    return true;
  }

  void wait(int code) {
    if (std::chrono::steady_clock::now() > give_up_) fail(code);
    std::this_thread::sleep_for(kPause);
  }

  [[noreturn]] static void fail(int code) {
    DatabaseError::Details details;
    details.native_code = code;
    throw DatabaseError(
        std::string("the database cannot be copied: ") + sqlite3_errstr(code), std::move(details),
        (code & 0xff) == SQLITE_BUSY ? "another program holds the file; wait, or stop it"
                                     : "check the disk's space and the rights on both files");
  }

  driver::Connection* from_;
  driver::Connection* to_;
  const BackupRequest* request_;
  sqlite3_backup* backup_;
  std::chrono::steady_clock::time_point give_up_;
  std::uint64_t page_size_ =
      static_cast<std::uint64_t>(from_->query("PRAGMA page_size")[0].integer(0));
  std::uint64_t done_ = 0;
  int restarts_ = 0;
  bool is_held_ = false;
};

/// All tables but the virtual ones and their parts: what holds rows of its own.
BackupContent content_of(driver::Connection& connection, const model::ObjectName& version_table) {
  BackupContent content;
  for (const driver::Row row :
       connection.query("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = "
                        "'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")) {
    const std::string name = row.text(0);
    const std::string quoted = writer().quote(std::string_view(name));
    content.rows[name] = connection.query("SELECT count(*) FROM " + quoted)[0].integer(0);
    if (name != version_table.name) continue;
    for (const driver::Row version : connection.query("SELECT version_num FROM " + quoted))
      content.revisions.push_back(version.text(0));
  }
  std::sort(content.revisions.begin(), content.revisions.end());
  return content;
}

void require_sound(driver::Connection& connection, const std::string& file) {
  const driver::Rows rows = connection.query("PRAGMA integrity_check(1)");
  if (rows.size() == 1 && rows[0].text(0) == "ok") return;
  throw DatabaseError("the copy '" + file + "' is damaged: " + rows[0].text(0), {},
                      "the database itself may be damaged: PRAGMA integrity_check tells; a backup "
                      "of it would be, too");
}

void require_file(const driver::Url& url) {
  if (!url.database.empty() && url.database != ":memory:") return;
  throw NotSupported("a database in memory cannot be saved", "give the URL of a file");
}

/// Counts that belong together: nobody has committed in between.
class Witness {
 public:
  explicit Witness(driver::Connection& connection)
      : connection_(&connection), version_(data_version()) {}
  /// The rows that were there all the time; nothing if somebody wrote.
  bool agrees(const BackupContent& copied, const model::ObjectName& version_table) {
    driver::Transaction transaction(*connection_);
    const BackupContent now = content_of(*connection_, version_table);
    return data_version() != version_ || now == copied;
  }

 private:
  std::int64_t data_version() const {
    return connection_->query("PRAGMA data_version")[0].integer(0);
  }
  driver::Connection* connection_;
  std::int64_t version_;
};

class SqliteBackup final : public BackupTool {
 public:
  std::string_view extension() const override { return ".db"; }
  std::string describe(const BackupRequest&) const override {
    return std::string("SQLite ") + sqlite3_libversion();
  }

  BackupContent save(const BackupRequest& request, const std::string& file) const override {
    require_file(*request.url);
    const std::unique_ptr<driver::Connection> from =
        connect(*request.url, {.read_only = true, .create = false});
    sqlite3_busy_timeout(handle_of(*from), static_cast<int>(request.patience.count()));
    const std::unique_ptr<driver::Connection> to = open(file, /*read_only=*/false);
    // Until it is whole nobody needs the file.
    to->query("PRAGMA synchronous=OFF");
    to->query("PRAGMA journal_mode=OFF");
    Witness witness(*from);
    copy(*from, *to, request);
    to->query("PRAGMA mmap_size=1099511627776");  // it is only read from now on, and all of it
    require_sound(*to, file);
    BackupContent content = content_of(*to, request.version_table);
    if (!witness.agrees(content, request.version_table))
      throw Bug("the copy of '" + request.url->database + "' has not the rows of the database");
    return content;
  }

  std::string restore(const BackupRequest& request, const std::string& file,
                      const BackupContent& content, bool discards) const override {
    require_file(*request.url);
    const std::string kept = discards ? "" : keep(request);
    const std::unique_ptr<driver::Connection> from = open(file, /*read_only=*/true);
    const std::unique_ptr<driver::Connection> to = open_target(request);
    adapt_page_size(*from, *to);
    Copy(*from, *to, request).run();
    if (content_of(*to, request.version_table) != content)
      log(request.log, LogLevel::Warning, "backup",
          "rows were changed by others as soon as the database was restored");
    return kept;
  }

 private:
  static void copy(driver::Connection& from, driver::Connection& to, const BackupRequest& request) {
    // In WAL mode a reader disturbs nobody, and sees one moment.
    const bool holds = is_wal(from);
    if (holds) {
      from.query("BEGIN");
      from.query("SELECT count(*) FROM sqlite_master");
    }
    Copy(from, to, request).run();
    if (holds) from.query("COMMIT");
  }

  /// What is there now, copied to a file beside it; a file that is no sound database is only given
  /// another name.
  std::string keep(const BackupRequest& request) const {
    const std::string& file = request.url->database;
    if (disk::size(file) == 0) return {};
    const std::string kept = free_name(file + ".before-restore");
    try {
      const disk::Unfinished part(kept + ".part");
      save(request, part.path());
      disk::publish(part.path(), kept);
    } catch (const DatabaseError& error) {
      if (!is_damage(error)) throw;
      set_aside(file, kept);
    }
    return kept;
  }

  static bool is_damage(const DatabaseError& error) {
    const int code = error.details().native_code & 0xff;
    return code == SQLITE_NOTADB || code == SQLITE_CORRUPT || code == 0;
  }

  static void set_aside(const std::string& file, const std::string& kept) {
    disk::publish(file, kept);
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) disk::remove(file + suffix);
  }

  static std::string free_name(const std::string& wanted) {
    std::string name = wanted;
    const DiskFiles files;
    for (int i = 2; files.is_file(name); ++i) name = wanted + "-" + std::to_string(i);
    return name;
  }

  /// A damaged file that nobody wants to keep gives way.
  static std::unique_ptr<driver::Connection> open_target(const BackupRequest& request) {
    const std::string& file = request.url->database;
    try {
      std::unique_ptr<driver::Connection> to = connect(*request.url);
      sqlite3_busy_timeout(handle_of(*to), static_cast<int>(request.patience.count()));
      to->query("SELECT count(*) FROM sqlite_master");
      return to;
    } catch (const DatabaseError& error) {
      if (!is_damage(error)) throw;
    }
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) disk::remove(file + suffix);
    return connect(*request.url);
  }

  /// Pages of another size cannot be written into a WAL file.
  static void adapt_page_size(driver::Connection& from, driver::Connection& to) {
    const char* question = "PRAGMA page_size";
    if (from.query(question)[0].integer(0) != to.query(question)[0].integer(0) && is_wal(to))
      to.query("PRAGMA journal_mode=DELETE");
  }
};

}  // namespace

const BackupTool& backup_tool() {
  static const SqliteBackup kTool;
  return kTool;
}

}  // namespace cupel::dialect::sqlite
