// SPDX-License-Identifier: MIT
// See driver_connect.hpp.
#include "dialect/postgres/driver_connect.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <new>
#include <optional>
#include <vector>

namespace cupel::dialect::postgres {
namespace {

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
    throw invalid_parameter(first_line(lib().PQerrorMessage(handle.get())));
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

Handle open_session(const ConnectParameters& parameters, const driver::ConnectOptions& options) {
  std::optional<ConnectFailure> failure;
  Handle handle =
      open(options.read_only ? read_only(parameters) : parameters, options.log, failure);
  if (!handle && options.read_only &&
      failure->text.find("startup parameter") != std::string::npos) {
    handle = open(parameters, options.log, failure);
  }
  if (!handle) throw connect_error(*failure);
  return handle;
}

}  // namespace cupel::dialect::postgres
