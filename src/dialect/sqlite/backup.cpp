// SPDX-License-Identifier: MIT
// Backups: others go on with their work meanwhile. In WAL mode, and when restoring, pages are
// copied; what is restored changes in one transaction, which a crash rolls back. Else the file's
// bytes are copied. What was written is checked. Includes sqlite3.h besides driver.cpp.
#include "dialect/sqlite/backup.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <future>
#include <vector>

#include "base/private_file.hpp"
#include "cupel/base/files.hpp"
#include "dialect/sqlite/backup_copy.hpp"
#include "dialect/sqlite/backup_mapping.hpp"
#include "dialect/sqlite/ddl.hpp"
#include "dialect/sqlite/driver.hpp"

namespace cupel::dialect::sqlite {
namespace {

/// To check that each index agrees with its table takes many times as long as to copy both, so from
/// this size on only the pages and the rows are checked, unless somebody asks for more.
constexpr std::uint64_t kWholeCheck = 256ULL << 20U;
/// Up to this size writers may wait until the database itself is checked, which goes on beside the
/// copying; the copy is checked after it else.
constexpr std::uint64_t kCheckedMeanwhile = 2ULL << 30U;

std::unique_ptr<driver::Connection> open(const std::string& file, bool read_only) {
  driver::Url url;
  url.dialect = "sqlite";
  url.database = file;
  return connect(url, {.read_only = read_only, .create = !read_only});
}

bool is_wal(driver::Connection& connection) {
  return connection.query("PRAGMA journal_mode")[0].text(0) == "wal";
}

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

/// What is wrong with it; empty if nothing is.
std::string find_damage(driver::Connection& connection, const BackupRequest& request) {
  const bool is_whole = request.full_check || size_of(connection) <= kWholeCheck;
  map_file(connection);
  const MappedWalk walk(connection);
  const driver::Rows rows =
      connection.query(is_whole ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
  return rows.size() == 1 && rows[0].text(0) == "ok" ? "" : rows[0].text(0);
}

void require_sound(const std::string& damage, const std::string& file) {
  if (damage.empty()) return;
  throw DatabaseError("the copy '" + file + "' is damaged: " + damage, {},
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

  SavedBackup save(const BackupRequest& request, const std::string& file) const override {
    require_file(*request.url);
    const std::unique_ptr<driver::Connection> from = open_source(request);
    return is_wal(*from) ? save_pages(*from, request, file) : save_bytes(*from, request, file);
  }

  std::string restore(const BackupRequest& request, const std::string& file,
                      const BackupContent& content, bool discards) const override {
    if (request.in_place)
      throw NotSupported("a database file is always restored by giving the new one its name",
                         "leave out --in-place");
    require_file(*request.url);
    std::string kept = discards ? "" : keep(request);
    const std::unique_ptr<driver::Connection> from = open(file, /*read_only=*/true);
    const std::unique_ptr<driver::Connection> to = open_target(request);
    adapt_page_size(*from, *to);
    PageCopy(*from, *to, request).run();
    if (content_of(*to, request.version_table) != content)
      log(request.log, LogLevel::Warning, "backup",
          "rows were changed by others as soon as the database was restored");
    return kept;
  }

 private:
  static std::unique_ptr<driver::Connection> open_source(const BackupRequest& request) {
    auto connection = connect(*request.url, {.read_only = true, .create = false});
    sqlite3_busy_timeout(handle_of(*connection), static_cast<int>(request.patience.count()));
    return connection;
  }

  static SavedBackup save_pages(driver::Connection& from, const BackupRequest& request,
                                const std::string& file) {
    const std::unique_ptr<driver::Connection> to = open(file, /*read_only=*/false);
    // Until it is whole nobody needs the file.
    to->query("PRAGMA synchronous=OFF");
    to->query("PRAGMA journal_mode=OFF");
    Witness witness(from);
    copy(from, *to, request);
    require_sound(find_damage(*to, request), file);
    SavedBackup saved{content_of(*to, request.version_table), {}};
    if (!witness.agrees(saved.content, request.version_table))
      throw Bug("the copy of '" + request.url->database + "' has not the rows of the database");
    return saved;
  }

  /// What the database is like, found out while it is copied.
  struct Verdict {
    std::uint32_t state = 0;
    std::string damage;
  };
  static Verdict judge(const BackupRequest& request) {
    const std::unique_ptr<driver::Connection> connection = open_source(request);
    const driver::Transaction transaction(*connection);
    connection->query("SELECT count(*) FROM sqlite_master");
    Verdict verdict;
    verdict.state = ByteCopy::state_of(*connection);
    verdict.damage = find_damage(*connection, request);
    return verdict;
  }

  static SavedBackup save_bytes(driver::Connection& from, const BackupRequest& request,
                                const std::string& file) {
    std::future<Verdict> verdict;
    if (size_of(from) <= kCheckedMeanwhile && !request.full_check)
      verdict = std::async(std::launch::async, [&request] { return judge(request); });
    ByteCopy copy(from, file, request);
    copy.run();
    // The disk, and the eyes on what it was given, work while the checks go on.
    std::future<void> flushed = std::async(std::launch::async, [&file] { disk::sync(file); });
    std::future<std::string> written =
        std::async(std::launch::async, [&file] { return disk::checksum(file); });
    const std::unique_ptr<driver::Connection> to = open(file, /*read_only=*/true);
    map_file(*to);
    SavedBackup saved{mapped_content(*to, request.version_table), copy.checksum()};
    // The same bytes: what is said of the one is true of the other.
    Verdict found;
    if (verdict.valid()) found = verdict.get();
    if (!verdict_holds(found, copy)) found.damage = find_damage(*to, request);
    require_sound(found.damage, file);
    if (written.get() != saved.checksum)
      throw DatabaseError("the copy '" + file + "' is not what was written to it", {},
                          "check the disk");
    flushed.get();  // the system tells of a failure once
    return saved;
  }
  static BackupContent mapped_content(driver::Connection& connection,
                                      const model::ObjectName& version_table) {
    const driver::Transaction transaction(connection);
    const MappedWalk walk(connection);
    return content_of(connection, version_table);
  }
  static bool verdict_holds(const Verdict& verdict, const ByteCopy& copy) {
    return verdict.state != 0 && verdict.state == copy.state();
  }

  static void copy(driver::Connection& from, driver::Connection& to, const BackupRequest& request) {
    // In WAL mode a reader disturbs nobody, and sees one moment.
    const bool holds = is_wal(from);
    if (holds) {
      from.query("BEGIN");
      from.query("SELECT count(*) FROM sqlite_master");
    }
    PageCopy(from, to, request).run();
    if (holds) from.query("COMMIT");
  }

  /// What is there now, copied to a file beside it; a file that is no sound database is only given
  /// another name.
  std::string keep(const BackupRequest& request) const {
    const std::string& file = request.url->database;
    if (disk::size(file) == 0) return {};
    disk::remove_abandoned(file + ".before-restore");
    std::string kept = free_name(file + ".before-restore");
    try {
      const disk::Unfinished part(kept);
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
