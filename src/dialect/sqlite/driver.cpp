// SPDX-License-Identifier: MIT
// The only file that includes sqlite3.h: sessions with SQLite, and its errors in words that say
// what to do.
#include "dialect/sqlite/driver.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <utility>

#include "cupel/base/files.hpp"
#include "cupel/base/text.hpp"

namespace cupel::dialect::sqlite {

namespace {

using driver::Rows;

// ---- errors ----

bool exists(const std::string& path, mode_t type) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && (info.st_mode & S_IFMT) == type;
}

struct Explanation {
  std::string message;
  std::string hint;
};

Explanation explain_cannot_open(const std::string& file) {
  const std::string directory = path::directory(file);
  if (exists(file, S_IFDIR)) {
    return {"'" + file + "' is a directory, not a database file",
            "give the path of a file in the URL"};
  }
  if (!exists(directory, S_IFDIR)) {
    return {"the directory '" + directory + "' of database file '" + file + "' does not exist",
            "mkdir -p '" + directory +
                "', or correct the path: three slashes begin a path from the working "
                "directory, four an absolute one"};
  }
  if (!exists(file, S_IFREG)) {
    return {"database file '" + file + "' does not exist or cannot be created",
            "correct the path in the URL, or the rights on directory '" + directory + "'"};
  }
  return {"database file '" + file + "' cannot be opened",
          "check the rights on the file and on its directory, where SQLite keeps its journal"};
}

Explanation explain_io(const std::string& file, sqlite3* handle, int extended) {
  const int system = handle != nullptr ? sqlite3_system_errno(handle) : 0;
  std::string reason = system != 0 ? std::strerror(system) : sqlite3_errstr(extended);
  return {"reading or writing database file '" + file + "' went wrong: " + reason,
          "check the disk, the rights on the file and, on a network drive, its locking"};
}

Explanation explain_read_only(const std::string& file, int extended) {
  if (extended == SQLITE_READONLY_DBMOVED) {
    return {"database file '" + file + "' was moved or deleted while it was open",
            "run again with the file in place"};
  }
  if (extended == SQLITE_READONLY_DIRECTORY) {
    return {"the directory of database file '" + file +
                "' is read-only, and SQLite keeps its journal there",
            "make the directory writable"};
  }
  return {"database file '" + file + "' is read-only",
          "make the file and its directory writable, or open it without mode=ro"};
}

/// Words for the codes that are about the file and not about the statement; nothing for the others.
std::optional<Explanation> explain(const std::string& file, sqlite3* handle, int extended) {
  switch (extended & 0xff) {
    case SQLITE_BUSY:
      return Explanation{"database file '" + file + "' is locked by another program",
                         "wait until it is done, or stop the program that holds the file open"};
    case SQLITE_FULL:
      return Explanation{
          "the disk is full, or database file '" + file + "' has reached its largest size",
          "free some space and run again"};
    case SQLITE_IOERR:
      return explain_io(file, handle, extended);
    case SQLITE_READONLY:
      return explain_read_only(file, extended);
    case SQLITE_CANTOPEN:
      return explain_cannot_open(file);
    case SQLITE_NOTADB:
      return Explanation{"file '" + file + "' is not an SQLite database",
                         "check the path in the URL; an encrypted database cannot be read"};
    case SQLITE_CORRUPT:
      return Explanation{"database file '" + file + "' is damaged: " + sqlite3_errmsg(handle),
                         "restore a backup, or save what is left with the shell's .recover"};
    case SQLITE_INTERRUPT:
      return Explanation{"the statement was interrupted", ""};
    default:
      return std::nullopt;
  }
}

bool is_retryable(int extended) {
  // A plain SQLITE_LOCKED is a conflict with a statement of the same session: waiting would not end
  // it.
  const int code = extended & 0xff;
  return code == SQLITE_BUSY || code == SQLITE_PROTOCOL || extended == SQLITE_LOCKED_SHAREDCACHE;
}

[[noreturn]] void throw_error(sqlite3* handle, const std::string& file,
                              std::string_view statement = {}, std::size_t offset = 0) {
  DatabaseError::Details details;
  details.native_code = sqlite3_extended_errcode(handle);
  details.statement = statement;
  details.offset = offset;
  details.retryable = is_retryable(details.native_code);
  if (auto words = explain(file, handle, details.native_code)) {
    throw DatabaseError(std::move(words->message), std::move(details), std::move(words->hint));
  }
  throw DatabaseError(sqlite3_errmsg(handle), std::move(details));
}

// ---- statements ----

/// The first byte that is neither white space, semicolon nor comment.
std::size_t skip_blank(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const char c = text[i];
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == ';') {
      ++i;
    } else if (text.compare(i, 2, "--") == 0) {
      i = std::min(text.find('\n', i), text.size());
    } else if (text.compare(i, 2, "/*") == 0) {
      const std::size_t end = text.find("*/", i + 2);
      i = end == std::string_view::npos ? text.size() : end + 2;
    } else {
      return i;
    }
  }
  return i;
}

Value column_value(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(statement, column));
      return Blob(bytes, bytes + sqlite3_column_bytes(statement, column));
    }
    default:
      return std::monostate();
  }
}

/// Binds without copying: the values outlive the step. Gives SQLite's result code.
struct Binder {
  sqlite3_stmt* statement;
  int index;
  int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
  int operator()(bool value) const { return sqlite3_bind_int(statement, index, value ? 1 : 0); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, index, value); }
  int operator()(const std::string& value) const {
    return sqlite3_bind_text64(statement, index, value.data(), value.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  int operator()(const Blob& value) const {
    if (value.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob64(statement, index, value.data(), value.size(), SQLITE_STATIC);
  }
};

/// One prepared statement of a session.
class Statement {
 public:
  Statement(sqlite3* handle, const std::string& file, std::string_view sql)
      : handle_(handle), file_(&file), sql_(sql) {
    if (sql.find('\0') != std::string_view::npos)
      throw UsageError("a statement contains a NUL byte");
    prepare(0);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Runs it once, from the beginning.
  Rows execute(std::span<const Value> parameters = {}) {
    Rows rows;
    if (statement_ == nullptr) return rows;
    bind(parameters);
    const auto changes_before = sqlite3_total_changes64(handle_);
    const int columns = sqlite3_column_count(statement_);
    int code = sqlite3_step(statement_);
    // After the first step: a changed schema is noticed there.
    for (int i = 0; i < columns; ++i) rows.columns.emplace_back(sqlite3_column_name(statement_, i));
    for (; code == SQLITE_ROW; code = sqlite3_step(statement_)) {
      for (int i = 0; i < columns; ++i) rows.values.push_back(column_value(statement_, i));
    }
    if (code != SQLITE_DONE) fail();
    // sqlite3_changes() alone still holds the last DML statement's count after a DDL one.
    if (sqlite3_total_changes64(handle_) != changes_before)
      rows.affected = sqlite3_changes64(handle_);
    sqlite3_reset(statement_);
    return rows;
  }

 private:
  void prepare(std::size_t from) {
    const char* tail = nullptr;
    const std::string_view rest = sql_.substr(from);
    const int code =
        sqlite3_prepare_v2(handle_, rest.data(), static_cast<int>(rest.size()), &statement_, &tail);
    if (code != SQLITE_OK) fail(from);
    const auto used = from + static_cast<std::size_t>(tail - rest.data());
    const std::size_t next = used + skip_blank(sql_.substr(used));
    if (next == sql_.size()) return;
    // Only blank so far: the statement comes behind it.
    if (statement_ == nullptr) return prepare(next);
    sqlite3_finalize(std::exchange(statement_, nullptr));
    throw DatabaseError("more than one statement in one text",
                        {.statement = std::string(sql_), .offset = next + 1},
                        "run them one by one");
  }

  void bind(std::span<const Value> parameters) {
    const int expected = sqlite3_bind_parameter_count(statement_);
    if (static_cast<std::size_t>(expected) != parameters.size()) {
      throw UsageError("the statement has " + std::to_string(expected) + " placeholders, but " +
                       std::to_string(parameters.size()) + " parameters were given");
    }
    for (int i = 0; i < expected; ++i) {
      if (std::visit(Binder{statement_, i + 1}, parameters[static_cast<std::size_t>(i)]) !=
          SQLITE_OK)
        fail();
    }
  }

  [[noreturn]] void fail(std::size_t from = 0) {
    const int offset = sqlite3_error_offset(handle_);
    throw_error(handle_, *file_, sql_,
                offset < 0 ? 0 : from + static_cast<std::size_t>(offset) + 1);
  }

  sqlite3* handle_;
  const std::string* file_;
  std::string_view sql_;
  sqlite3_stmt* statement_ = nullptr;
};

class SqliteConnection final : public driver::Connection {
 public:
  SqliteConnection(sqlite3* handle, bool owned, std::string file)
      : handle_(handle), owned_(owned), file_(std::move(file)) {}
  ~SqliteConnection() override {
    if (owned_) sqlite3_close_v2(handle_);
  }

  Rows query(std::string_view sql, std::span<const Value> parameters) override {
    return Statement(handle_, file_, sql).execute(parameters);
  }
  std::vector<Rows> run(std::span<const std::string> statements, std::size_t* failed) override {
    std::vector<Rows> results;
    results.reserve(statements.size());
    for (const std::string& statement : statements) {
      if (failed != nullptr) *failed = results.size();
      results.push_back(Statement(handle_, file_, statement).execute());
    }
    return results;
  }
  void run_many(std::string_view sql, std::span<const std::vector<Value>> parameter_rows) override {
    Statement statement(handle_, file_, sql);
    for (const std::vector<Value>& parameters : parameter_rows) statement.execute(parameters);
  }
  bool in_transaction() const override { return sqlite3_get_autocommit(handle_) == 0; }
  int server_version() const override {
    const int number = sqlite3_libversion_number();  // 3040001
    return number / 1000000 * 10000 + number / 1000 % 1000 * 100 + number % 1000;
  }
  bool is_alive() const override { return true; }
  void cancel() noexcept override { sqlite3_interrupt(handle_); }
  void* native_handle() override { return handle_; }
  void set_log(Log) override {}  // SQLite gives no notices.

 private:
  sqlite3* handle_;
  bool owned_;
  std::string file_;
};

// ---- opening ----

constexpr std::array<std::string_view, 5> kUriKeys = {"immutable", "nolock", "cache", "psow",
                                                      "vfs"};
constexpr std::array<std::string_view, 6> kClientKeys = {
    "uri", "check_same_thread", "detect_types", "cached_statements", "isolation_level", "factory"};

template <std::size_t size>
bool contains(const std::array<std::string_view, size>& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void check_url(const driver::Url& url) {
  if (!url.host.empty() || url.port || !url.user.empty() || url.has_password) {
    throw UsageError("an SQLite URL names a file, but this one names a server",
                     "write sqlite:///relative/path.db or sqlite:////absolute/path.db");
  }
  for (const auto& [key, value] : url.query) {
    if (key == "timeout" || key == "mode" || contains(kUriKeys, key) || contains(kClientKeys, key))
      continue;
    throw UsageError("an SQLite URL has no parameter '" + key + "'",
                     "known are timeout, mode, immutable, nolock, "
                     "cache, psow and vfs");
  }
}

int open_flags(const driver::Url& url, const driver::ConnectOptions& options) {
  const auto mode = url.query.find("mode");
  const std::string_view word = mode == url.query.end() ? std::string_view() : mode->second;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  if (options.create && (word.empty() || word == "rwc")) flags |= SQLITE_OPEN_CREATE;
  if (word == "ro" || options.read_only) flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
  if (word == "memory") flags |= SQLITE_OPEN_MEMORY;
  if (word.empty() || word == "ro" || word == "rw" || word == "rwc" || word == "memory")
    return flags;
  throw UsageError("an SQLite URL's mode is ro, rw, rwc or memory, not '" + std::string(word) +
                   "'");
}

/// What sqlite3_open_v2 gets: the plain path, or a file: URI where parameters need one.
std::string open_name(const std::string& file, const driver::Url& url, int& flags) {
  std::string parameters;
  for (const auto& [key, value] : url.query) {
    if (contains(kUriKeys, key)) parameters += (parameters.empty() ? "?" : "&") + key + "=" + value;
  }
  // "./" so that no relative path is taken for a URI or a special name.
  const bool memory = file == ":memory:";
  if (parameters.empty()) return memory || file[0] == '/' ? file : "./" + file;
  flags |= SQLITE_OPEN_URI;
  std::string escaped = text::replace_all(file, "%", "%25");
  escaped = text::replace_all(std::move(escaped), "?", "%3f");
  return "file:" + text::replace_all(std::move(escaped), "#", "%23") + parameters;
}

int timeout_milliseconds(const driver::Url& url) {
  const auto entry = url.query.find("timeout");
  if (entry == url.query.end()) return 0;
  const std::string& word = entry->second;
  double seconds = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), seconds);
  if (error != std::errc() || end != word.data() + word.size() ||
      !(seconds >= 0 && seconds <= 1e6)) {
    throw UsageError("an SQLite URL's timeout is a number of seconds, not '" + word + "'");
  }
  return static_cast<int>(seconds * 1000);
}

std::string file_of(const driver::Url& url) {
  std::string file = url.database;
  if (file.starts_with("file:")) file.erase(0, 5);
  return file.empty() ? ":memory:" : file;
}

[[noreturn]] void throw_open_error(sqlite3* handle, const std::string& file, int flags) {
  DatabaseError::Details details;
  details.native_code = handle != nullptr ? sqlite3_extended_errcode(handle) : SQLITE_NOMEM;
  Explanation words{sqlite3_errstr(details.native_code), ""};
  if (auto known = explain(file, handle, details.native_code)) words = std::move(*known);
  const bool missing = (flags & SQLITE_OPEN_CREATE) == 0 &&
                       exists(path::directory(file), S_IFDIR) && !exists(file, S_IFREG) &&
                       !exists(file, S_IFDIR);
  if (missing)
    words = {"database file '" + file + "' does not exist",
             "correct the path in the URL, or create the database first: "
             "cupel upgrade head"};
  throw DatabaseError(std::move(words.message), std::move(details), std::move(words.hint));
}

}  // namespace

std::unique_ptr<driver::Connection> connect(const driver::Url& url,
                                            const driver::ConnectOptions& options) {
  check_url(url);
  const int timeout = timeout_milliseconds(url);
  const std::string file = file_of(url);
  int flags = open_flags(url, options);
  const std::string name = open_name(file, url, flags);
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &handle, flags, nullptr);
  auto connection = std::make_unique<SqliteConnection>(handle, true, file);
  if (code != SQLITE_OK) throw_open_error(handle, file, flags);
  if (timeout > 0) sqlite3_busy_timeout(handle, timeout);
  return connection;
}

std::unique_ptr<driver::Connection> adopt(sqlite3* handle) {
  if (handle == nullptr) throw UsageError("the SQLite handle to work on is null");
  const char* file = sqlite3_db_filename(handle, "main");
  return std::make_unique<SqliteConnection>(handle, false,
                                            file == nullptr || *file == '\0' ? ":memory:" : file);
}

// Counting its memory, SQLite takes a lock for every allocation.
void own_process() { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

}  // namespace cupel::dialect::sqlite
