// SPDX-License-Identifier: MIT
// Sessions with PostgreSQL. Everything goes through the send and receive calls, so that one place
// sees every result.
#include "dialect/postgres/driver.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "dialect/postgres/driver_connect.hpp"
#include "dialect/postgres/driver_values.hpp"
#include "dialect/postgres/joined.hpp"

namespace cupel::dialect::postgres {

namespace {

using driver::Rows;

// ---- errors ----

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
  if (state == "3F000") {
    return "make the schema, GRANT USAGE on it, or correct search_path: "
           "?options=-csearch_path%3Dname";
  }
  if (state == "25006") return "connect to the primary: ?target_session_attrs=read-write";
  if (state == "53100") return "free some space on the server's disk";
  return {};
}

NotSupported copy_refused() {
  return NotSupported("COPY from or to the client is not supported",
                      "use INSERT, op.bulk_insert, or COPY with a file that the server can reach");
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
  static const PQnoticeReceiver kReceiver = [] {
    const std::array<const char*, 2> keys = {"cupel", nullptr};
    const std::array<const char*, 2> values = {"", nullptr};
    PGconn* scratch = lib().PQconnectStartParams(keys.data(), values.data(), 0);
    const PQnoticeReceiver found = lib().PQsetNoticeReceiver(scratch, nullptr, nullptr);
    lib().PQfinish(scratch);
    return found;
  }();
  return kReceiver;
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

}  // namespace

std::unique_ptr<driver::Connection> connect(const driver::Url& url,
                                            const driver::ConnectOptions& options) {
  Handle handle = open_session(connect_parameters(url, options), options);
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
