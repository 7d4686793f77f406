// SPDX-License-Identifier: MIT
// The only file that includes libpq-fe.h: sessions with PostgreSQL. Everything goes through the
// send and receive calls, so that one place sees every result.
#include "dialect/postgres/driver.hpp"

#include <dlfcn.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <optional>
#include <utility>

#include "cupel/base/text.hpp"
#include "dialect/postgres/connect_parameters.hpp"
#include "dialect/postgres/joined.hpp"

namespace cupel::dialect::postgres {

namespace {

using driver::Rows;

// ---- the client library, loaded at the first use ----

// clang-format off
#define CUPEL_EACH_LIBPQ_FUNCTION(X) \
  X(PQcancel) X(PQclear) X(PQcmdStatus) X(PQcmdTuples) X(PQconnectPoll) \
  X(PQconnectStartParams) X(PQconnectionNeedsPassword) X(PQconsumeInput) X(PQdb) \
  X(PQenterPipelineMode) X(PQerrorMessage) X(PQexitPipelineMode) X(PQfinish) X(PQfname) \
  X(PQfreeCancel) X(PQfreemem) X(PQftype) X(PQgetCancel) X(PQgetCopyData) X(PQgetResult) \
  X(PQgetisnull) X(PQgetlength) X(PQgetvalue) X(PQhost) X(PQnfields) X(PQntuples) \
  X(PQparameterStatus) X(PQpipelineSync) X(PQport) X(PQputCopyEnd) X(PQresultErrorField) \
  X(PQresultErrorMessage) X(PQresultStatus) X(PQsendFlushRequest) X(PQsendPrepare) \
  X(PQsendQuery) X(PQsendQueryParams) X(PQsendQueryPrepared) X(PQserverVersion) \
  X(PQsetErrorVerbosity) X(PQsetNoticeReceiver) X(PQsocket) X(PQstatus) \
  X(PQtransactionStatus) X(PQunescapeBytea) X(PQuser)
// clang-format on

/// libpq's functions by their own names.
struct Library {
#define CUPEL_DECLARE(name) decltype(&::name) name = nullptr;
  CUPEL_EACH_LIBPQ_FUNCTION(CUPEL_DECLARE)
#undef CUPEL_DECLARE
};

/// An application that itself links libpq shares its copy with us: a PGconn must not cross two
/// copies.
void* open_library() {
  if (dlsym(RTLD_DEFAULT, "PQlibVersion") != nullptr) return RTLD_DEFAULT;
  if (void* handle = dlopen("libpq.so.5", RTLD_LAZY | RTLD_LOCAL)) return handle;
  throw NotSupported("PostgreSQL's client library libpq.so.5 cannot be loaded",
                     "apt-get install libpq5");
}

template <typename Function>
void find_function(void* handle, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(handle, name));
  if (function != nullptr) return;
  throw NotSupported("PostgreSQL's client library libpq.so.5 is older than version 14: it has no " +
                         std::string(name),
                     "apt-get install libpq5");
}

Library load_library() {
  void* handle = open_library();
  Library library;
#define CUPEL_FIND(name) find_function(handle, #name, library.name);
  CUPEL_EACH_LIBPQ_FUNCTION(CUPEL_FIND)
#undef CUPEL_FIND
  return library;
}

const Library& lib() {
  static const Library library = load_library();
  return library;
}

#undef CUPEL_EACH_LIBPQ_FUNCTION

struct ClearResult {
  void operator()(PGresult* result) const { lib().PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

std::string or_empty(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

std::string field(const PGresult* result, int code) {
  return or_empty(lib().PQresultErrorField(result, code));
}

// ---- values ----

template <typename Number>
Value number_from(std::string_view text) {
  Number number{};
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Blob bytes_from(const char* text) {
  std::size_t size = 0;
  unsigned char* bytes = lib().PQunescapeBytea(reinterpret_cast<const unsigned char*>(text), &size);
  if (bytes == nullptr) throw std::bad_alloc();
  const auto* begin = reinterpret_cast<const std::byte*>(bytes);
  Blob blob(begin, begin + size);
  lib().PQfreemem(bytes);
  return blob;
}

/// The numbers are pg_type's, fixed for ever.
Value value_from(Oid type, const char* text, std::size_t size) {
  switch (type) {
    case 16:  // bool
      return text[0] == 't';
    case 17:  // bytea
      return bytes_from(text);
    case 20:  // int8, int2, int4, oid
    case 21:
    case 23:
    case 26:
      return number_from<std::int64_t>({text, size});
    case 700:  // float4, float8
    case 701:
      return number_from<double>({text, size});
    default:
      return std::string(text, size);
  }
}

bool changes_rows(std::string_view command) {
  return command.starts_with("INSERT") || command.starts_with("UPDATE") ||
         command.starts_with("DELETE") || command.starts_with("MERGE");
}

Rows rows_from(PGresult* result) {
  Rows rows;
  const int columns = lib().PQnfields(result);
  const int count = lib().PQntuples(result);
  rows.values.reserve(static_cast<std::size_t>(columns) * static_cast<std::size_t>(count));
  for (int column = 0; column < columns; ++column) {
    rows.columns.emplace_back(lib().PQfname(result, column));
    rows.types.push_back(lib().PQftype(result, column));
  }
  for (int row = 0; row < count; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (lib().PQgetisnull(result, row, column) != 0) {
        rows.values.emplace_back();
      } else {
        rows.values.push_back(
            value_from(lib().PQftype(result, column), lib().PQgetvalue(result, row, column),
                       static_cast<std::size_t>(lib().PQgetlength(result, row, column))));
      }
    }
  }
  if (changes_rows(lib().PQcmdStatus(result))) {
    rows.affected = std::get<std::int64_t>(number_from<std::int64_t>(lib().PQcmdTuples(result)));
  }
  return rows;
}

/// Parameters as libpq's arrays want them. Texts are borrowed from the values, numbers are written
/// here.
class Parameters {
 public:
  explicit Parameters(std::span<const Value> values)
      : texts_(values.size()),
        pointers_(values.size()),
        lengths_(values.size()),
        formats_(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i)
      std::visit([&](const auto& value) { set(i, value); }, values[i]);
  }
  int size() const { return static_cast<int>(pointers_.size()); }
  const char* const* pointers() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void set(std::size_t i, std::monostate) { pointers_[i] = nullptr; }
  void set(std::size_t i, bool value) { pointers_[i] = value ? "t" : "f"; }
  void set(std::size_t i, std::int64_t value) { own(i, as_text(value)); }
  void set(std::size_t i, double value) { own(i, as_text(value)); }
  void set(std::size_t i, const std::string& value) {
    if (value.find('\0') != std::string::npos) {
      throw UsageError("parameter " + std::to_string(i + 1) +
                       " contains a NUL byte, which PostgreSQL cannot store in text");
    }
    pointers_[i] = value.c_str();
  }
  void set(std::size_t i, const Blob& value) {
    constexpr int kBinary = 1;
    pointers_[i] = value.empty() ? "" : reinterpret_cast<const char*>(value.data());
    lengths_[i] = static_cast<int>(value.size());
    formats_[i] = kBinary;
  }
  void own(std::size_t i, std::string text) {
    texts_[i] = std::move(text);
    pointers_[i] = texts_[i].c_str();
  }

  std::vector<std::string> texts_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

// ---- errors ----

std::string first_line(std::string_view text) {
  return std::string(text::trim(text.substr(0, text.find('\n'))));
}

bool is_lost(std::string_view state) {
  return state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P05" ||
         state == "25P03";
}

bool is_retryable(std::string_view state) {
  return state == "55P03" || state == "40001" || state == "40P01";
}

std::string own_hint(std::string_view state, bool lost) {
  if (lost) return "run again: the server has rolled back what was not committed";
  if (state == "42501") return "connect as the owner, or GRANT this user the right";
  if (state == "25006") return "connect to the primary: ?target_session_attrs=read-write";
  if (state == "53100") return "free some space on the server's disk";
  return {};
}

NotSupported copy_refused() {
  return NotSupported("COPY from or to the client is not supported",
                      "use INSERT, op.bulk_insert, or COPY with a file that the server can reach");
}

/// libpq's callback; `sink` is a Log.
void receive_notice(void* sink, const PGresult* notice) {
  const std::string severity = field(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  LogLevel level = LogLevel::Info;
  if (severity == "WARNING") level = LogLevel::Warning;
  if (severity.starts_with("DEBUG")) level = LogLevel::Debug;
  log(*static_cast<const Log*>(sink), level, "server", field(notice, PG_DIAG_MESSAGE_PRIMARY));
}

// ---- the session ----

void check_text(std::string_view sql) {
  if (sql.find('\0') != std::string_view::npos) throw UsageError("a statement contains a NUL byte");
}

class PostgresConnection final : public driver::Connection {
 public:
  PostgresConnection(PGconn* handle, bool owned)
      : handle_(handle), owned_(owned), cancel_(lib().PQgetCancel(handle)) {}
  ~PostgresConnection() override {
    lib().PQfreeCancel(cancel_);
    if (owned_) {
      lib().PQfinish(handle_);
    } else if (takes_notices_) {
      lib().PQsetNoticeReceiver(handle_, default_receiver(), nullptr);
    }
  }

  Rows query(std::string_view sql, std::span<const Value> parameters) override;
  std::vector<Rows> run(std::span<const std::string> statements, std::size_t* failed) override;
  void run_many(std::string_view sql, std::span<const std::vector<Value>> parameter_rows) override;
  bool in_transaction() const override {
    const PGTransactionStatusType status = lib().PQtransactionStatus(handle_);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
  }
  int server_version() const override { return lib().PQserverVersion(handle_); }
  bool is_alive() const override;
  void cancel() noexcept override {
    char ignored[256];
    if (cancel_ != nullptr) lib().PQcancel(cancel_, ignored, sizeof ignored);
  }
  void* native_handle() override { return handle_; }
  void set_log(Log log) override;

 private:
  /// What came back until the server was ready again.
  struct Answer {
    std::vector<Rows> rows;
    Result error;
    bool copied = false;
  };

  static PQnoticeReceiver default_receiver();
  void check_sent(int ok, std::string_view sql) const;
  void end_copy(ExecStatusType status);
  Answer receive();
  void run_joined(const Joined& joined, std::span<const std::string> statements,
                  std::vector<Rows>& results, std::size_t* failed);
  DatabaseError error_from(const PGresult* result, std::string_view statement,
                           std::size_t offset) const;

  PGconn* handle_;
  bool owned_;
  PGcancel* cancel_;
  bool takes_notices_ = false;
  Log log_;
};

/// The byte offset, plus 1, of the error in the text that was sent; 0 if the server does not say.
std::size_t error_offset(const PGresult* error, std::string_view sent) {
  const std::string position = field(error, PG_DIAG_STATEMENT_POSITION);
  std::size_t number = 0;
  std::from_chars(position.data(), position.data() + position.size(), number);
  return number == 0 ? 0 : offset_of_character(sent, number) + 1;
}

DatabaseError PostgresConnection::error_from(const PGresult* result, std::string_view statement,
                                             std::size_t offset) const {
  DatabaseError::Details details;
  std::string message;
  std::string hint;
  std::string context;
  if (result != nullptr) {
    details.sqlstate = field(result, PG_DIAG_SQLSTATE);
    details.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    hint = field(result, PG_DIAG_MESSAGE_HINT);
    context = field(result, PG_DIAG_CONTEXT);
    if (message.empty()) message = first_line(or_empty(lib().PQresultErrorMessage(result)));
  }
  if (message.empty()) message = first_line(or_empty(lib().PQerrorMessage(handle_)));
  details.statement = statement;
  details.offset = offset;
  details.retryable = is_retryable(details.sqlstate);
  details.connection_lost = is_lost(details.sqlstate) || lib().PQstatus(handle_) == CONNECTION_BAD;
  if (details.connection_lost) message = "the connection to the server is lost: " + message;
  if (const std::string own = own_hint(details.sqlstate, details.connection_lost); !own.empty())
    hint = own;
  const std::string detail = details.detail;
  DatabaseError error(std::move(message), std::move(details), std::move(hint));
  if (!detail.empty()) error.add_note(detail);
  if (!context.empty()) error.add_note(std::move(context));
  return error;
}

void PostgresConnection::check_sent(int ok, std::string_view sql) const {
  if (ok == 0) throw error_from(nullptr, sql, 0);
}

/// Brings the session back from COPY, whose data we neither have nor want.
void PostgresConnection::end_copy(ExecStatusType status) {
  if (status != PGRES_COPY_OUT)
    lib().PQputCopyEnd(handle_, "COPY from the client is not supported");
  if (status == PGRES_COPY_IN) return;
  char* data = nullptr;
  while (lib().PQgetCopyData(handle_, &data, 0) > 0) lib().PQfreemem(data);
}

PostgresConnection::Answer PostgresConnection::receive() {
  Answer answer;
  while (Result result{lib().PQgetResult(handle_)}) {
    const ExecStatusType status = lib().PQresultStatus(result.get());
    switch (status) {
      case PGRES_TUPLES_OK:
      case PGRES_COMMAND_OK:
      case PGRES_EMPTY_QUERY:
        if (!answer.error) answer.rows.push_back(rows_from(result.get()));
        break;
      case PGRES_COPY_IN:
      case PGRES_COPY_OUT:
      case PGRES_COPY_BOTH:
        answer.copied = true;
        end_copy(status);
        break;
      default:
        if (!answer.error) answer.error = std::move(result);
    }
  }
  return answer;
}

Rows PostgresConnection::query(std::string_view sql, std::span<const Value> parameters) {
  check_text(sql);
  const std::string text(sql);
  if (parameters.empty()) {
    check_sent(lib().PQsendQuery(handle_, text.c_str()), sql);
  } else {
    const Parameters bound(parameters);
    check_sent(lib().PQsendQueryParams(handle_, text.c_str(), bound.size(), nullptr,
                                       bound.pointers(), bound.lengths(), bound.formats(), 0),
               sql);
  }
  Answer answer = receive();
  if (answer.copied) throw copy_refused();
  if (answer.error)
    throw error_from(answer.error.get(), sql, error_offset(answer.error.get(), sql));
  return answer.rows.empty() ? Rows() : std::move(answer.rows.back());
}

std::vector<Rows> PostgresConnection::run(std::span<const std::string> statements,
                                          std::size_t* failed) {
  std::vector<Rows> results(statements.size());
  Joined joined;
  const auto flush = [&] {
    if (!joined.index.empty()) run_joined(std::exchange(joined, {}), statements, results, failed);
  };
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (failed != nullptr) *failed = i;
    check_text(statements[i]);
    if (is_blank(statements[i])) continue;
    // COPY goes alone: nothing behind it may run before we have refused it.
    const bool alone = is_copy(statements[i]);
    if (alone) flush();
    joined.add(i, statements[i]);
    if (alone) flush();
  }
  flush();
  return results;
}

void PostgresConnection::run_joined(const Joined& joined, std::span<const std::string> statements,
                                    std::vector<Rows>& results, std::size_t* failed) {
  if (failed != nullptr) *failed = joined.index.front();
  check_sent(lib().PQsendQuery(handle_, joined.text.c_str()), statements[joined.index.front()]);
  Answer answer = receive();
  if (answer.copied) throw copy_refused();
  if (answer.error) {
    // The whole text is parsed before anything runs: a syntax error has a position, but no results
    // before it.
    std::size_t offset = error_offset(answer.error.get(), joined.text);
    std::size_t part = std::min(answer.rows.size(), joined.index.size() - 1);
    if (offset > 0) {
      part = joined.part_at(offset - 1);
      offset = std::min(offset - joined.start[part], statements[joined.index[part]].size() + 1);
    }
    const std::size_t index = joined.index[part];
    if (failed != nullptr) *failed = index;
    throw error_from(answer.error.get(), statements[index], offset);
  }
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    results[joined.index[std::min(i, joined.index.size() - 1)]] = std::move(answer.rows[i]);
  }
}

/// libpq's pipeline mode: commands are sent without waiting for their answers.
class Pipeline {
 public:
  explicit Pipeline(PGconn* handle)
      : handle_(handle), good_(lib().PQenterPipelineMode(handle) != 0) {}
  ~Pipeline() { lib().PQexitPipelineMode(handle_); }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  /// False once something could not be sent or was refused: the rest would be skipped by the
  /// server.
  bool good() const { return good_ && !error_; }
  const PGresult* error() const { return error_.get(); }
  /// How many commands were answered before the refused one.
  std::size_t done() const { return done_; }

  void prepare(const char* sql) { count(lib().PQsendPrepare(handle_, "", sql, 0, nullptr)); }
  void execute(const Parameters& row) {
    count(lib().PQsendQueryPrepared(handle_, "", row.size(), row.pointers(), row.lengths(),
                                    row.formats(), 0));
  }
  /// Waits for the answers to everything sent so far.
  void flush() {
    good_ = good_ && lib().PQsendFlushRequest(handle_) != 0;
    while (good_ && received_ < sent_) receive();
  }
  /// Ends the pipeline, without which the session could not go on.
  void finish() {
    if (lib().PQpipelineSync(handle_) == 0) good_ = false;
    while (received_ < sent_) receive();
    const Result sync{lib().PQgetResult(handle_)};
  }

 private:
  void count(int ok) {
    if (ok == 0) good_ = false;
    sent_ += ok != 0 ? 1 : 0;
  }
  void receive() {
    while (Result result{lib().PQgetResult(handle_)}) {
      const ExecStatusType status = lib().PQresultStatus(result.get());
      const bool accepted = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
      if (!accepted && !error_) error_ = std::move(result);
    }
    ++received_;
    if (!error_) done_ = received_;
  }

  PGconn* handle_;
  bool good_;
  Result error_;
  std::size_t sent_ = 0;
  std::size_t received_ = 0;
  std::size_t done_ = 0;
};

/// Prepared once, and a row costs no round trip. The unnamed statement lives within one pipeline,
/// all of which a pooler gives to one server.
void PostgresConnection::run_many(std::string_view sql,
                                  std::span<const std::vector<Value>> parameter_rows) {
  constexpr std::size_t kRowsInFlight = 1000;
  check_text(sql);
  if (parameter_rows.empty()) return;
  const std::string text(sql);
  std::optional<DatabaseError> failure;
  {
    Pipeline pipeline(handle_);
    pipeline.prepare(text.c_str());
    for (std::size_t i = 0; pipeline.good() && i < parameter_rows.size(); ++i) {
      pipeline.execute(Parameters(parameter_rows[i]));
      if (i % kRowsInFlight == kRowsInFlight - 1) pipeline.flush();
    }
    pipeline.finish();
    if (pipeline.error() != nullptr) {
      failure = error_from(pipeline.error(), sql, error_offset(pipeline.error(), sql));
      if (pipeline.done() > 0)
        failure->add_note("in parameter row " + std::to_string(pipeline.done()));
    } else if (!pipeline.good()) {
      failure = error_from(nullptr, sql, 0);
    }
  }
  if (failure) throw *failure;
}

bool PostgresConnection::is_alive() const {
  // An idle session has nothing to read but a notice or the server's goodbye.
  for (int reads = 0; reads < 8 && lib().PQstatus(handle_) == CONNECTION_OK; ++reads) {
    pollfd socket{.fd = lib().PQsocket(handle_), .events = POLLIN, .revents = 0};
    if (poll(&socket, 1, 0) <= 0) return true;
    if (lib().PQconsumeInput(handle_) == 0) return false;
  }
  return lib().PQstatus(handle_) == CONNECTION_OK;
}

// ---- notices ----

/// libpq's own receiver, read off a session that never comes to be: an unknown parameter fails
/// before any traffic.
PQnoticeReceiver PostgresConnection::default_receiver() {
  static const PQnoticeReceiver receiver = [] {
    const std::array<const char*, 2> keys = {"cupel", nullptr};
    const std::array<const char*, 2> values = {"", nullptr};
    PGconn* scratch = lib().PQconnectStartParams(keys.data(), values.data(), 0);
    const PQnoticeReceiver found = lib().PQsetNoticeReceiver(scratch, nullptr, nullptr);
    lib().PQfinish(scratch);
    return found;
  }();
  return receiver;
}

/// An application's own receiver stays: libpq does not tell its argument, so we could not put it
/// back.
void PostgresConnection::set_log(Log log) {
  log_ = std::move(log);
  if (takes_notices_) return;
  const bool ours =
      owned_ || lib().PQsetNoticeReceiver(handle_, nullptr, nullptr) == default_receiver();
  if (!ours) return;
  takes_notices_ = true;
  lib().PQsetNoticeReceiver(handle_, receive_notice, &log_);
}

// ---- connecting ----

struct FinishConnection {
  void operator()(PGconn* handle) const { lib().PQfinish(handle); }
};
using Handle = std::unique_ptr<PGconn, FinishConnection>;

using TimeLimit = std::optional<std::chrono::steady_clock::time_point>;

int milliseconds_left(const TimeLimit& limit) {
  if (!limit) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(*limit - std::chrono::steady_clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

/// False when the time is up.
bool wait_for(PGconn* handle, PostgresPollingStatusType what, const TimeLimit& limit) {
  while (true) {
    pollfd socket{.fd = lib().PQsocket(handle),
                  .events = static_cast<short>(what == PGRES_POLLING_READING ? POLLIN : POLLOUT),
                  .revents = 0};
    const int ready = poll(&socket, 1, milliseconds_left(limit));
    if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
    if (ready == 0) return false;
  }
}

/// 0: wait for ever, as libpq has it.
int timeout_of(const ConnectParameters& parameters) {
  for (const auto& [key, value] : parameters) {
    if (key != "connect_timeout") continue;
    int seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error == std::errc() && end == value.data() + value.size()) return std::max(seconds, 0);
    throw UsageError("connect_timeout is a number of seconds, not '" + value + "'");
  }
  return 0;
}

Handle start(const ConnectParameters& parameters, Log& log) {
  std::vector<const char*> keys;
  std::vector<const char*> values;
  for (const auto& [key, value] : parameters) {
    keys.push_back(key.c_str());
    values.push_back(value.c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  Handle handle(lib().PQconnectStartParams(keys.data(), values.data(), 0));
  if (!handle) throw std::bad_alloc();
  // Only so does the message of a refused connection hold its SQLSTATE.
  lib().PQsetErrorVerbosity(handle.get(), PQERRORS_VERBOSE);
  // libpq's own receiver prints to stderr.
  lib().PQsetNoticeReceiver(handle.get(), receive_notice, &log);
  return handle;
}

ConnectFailure failure_of(PGconn* handle) {
  return {.text = or_empty(lib().PQerrorMessage(handle)),
          .host = or_empty(lib().PQhost(handle)),
          .port = or_empty(lib().PQport(handle)),
          .user = or_empty(lib().PQuser(handle)),
          .database = or_empty(lib().PQdb(handle)),
          .needs_password = lib().PQconnectionNeedsPassword(handle) != 0};
}

/// Gives an open session, or what went wrong.
Handle open(const ConnectParameters& parameters, Log log, std::optional<ConnectFailure>& failure) {
  const int timeout = timeout_of(parameters);
  TimeLimit limit;
  if (timeout > 0) limit = std::chrono::steady_clock::now() + std::chrono::seconds(timeout);
  Handle handle = start(parameters, log);
  if (lib().PQstatus(handle.get()) == CONNECTION_BAD &&
      or_empty(lib().PQerrorMessage(handle.get())).starts_with("invalid ")) {
    throw UsageError("PostgreSQL URL: " + first_line(lib().PQerrorMessage(handle.get())));
  }
  PostgresPollingStatusType what = PGRES_POLLING_WRITING;
  while (lib().PQstatus(handle.get()) != CONNECTION_BAD && what != PGRES_POLLING_OK &&
         what != PGRES_POLLING_FAILED) {
    if (!wait_for(handle.get(), what, limit)) {
      failure = failure_of(handle.get());
      failure->timed_out_after = timeout;
      return nullptr;
    }
    what = lib().PQconnectPoll(handle.get());
  }
  lib().PQsetErrorVerbosity(handle.get(), PQERRORS_DEFAULT);
  if (what == PGRES_POLLING_OK) return handle;
  failure = failure_of(handle.get());
  return nullptr;
}

/// For a session that shall refuse writes. PgBouncer does not take `options`; there we do without.
ConnectParameters read_only(ConnectParameters parameters) {
  constexpr std::string_view kSwitch = "-c default_transaction_read_only=on";
  for (auto& [key, value] : parameters) {
    if (key != "options") continue;
    value += " " + std::string(kSwitch);
    return parameters;
  }
  parameters.emplace_back("options", kSwitch);
  return parameters;
}

}  // namespace

std::unique_ptr<driver::Connection> connect(const driver::Url& url,
                                            const driver::ConnectOptions& options) {
  const ConnectParameters parameters = connect_parameters(url, options);
  std::optional<ConnectFailure> failure;
  Handle handle =
      open(options.read_only ? read_only(parameters) : parameters, options.log, failure);
  if (!handle && options.read_only &&
      failure->text.find("startup parameter") != std::string::npos) {
    handle = open(parameters, options.log, failure);
  }
  if (!handle) throw connect_error(*failure);
  auto connection = std::make_unique<PostgresConnection>(handle.release(), true);
  connection->set_log(options.log);
  return connection;
}

std::unique_ptr<driver::Connection> adopt(pg_conn* handle) {
  if (handle == nullptr) throw UsageError("the PostgreSQL connection to work on is null");
  const std::string encoding = or_empty(lib().PQparameterStatus(handle, "client_encoding"));
  if (encoding != "UTF8") {
    throw UsageError(
        "the PostgreSQL connection to work on has client_encoding '" + encoding + "', not 'UTF8'",
        "PQsetClientEncoding(connection, \"UTF8\")");
  }
  return std::make_unique<PostgresConnection>(handle, false);
}

}  // namespace cupel::dialect::postgres
