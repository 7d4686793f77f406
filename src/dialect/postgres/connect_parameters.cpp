// SPDX-License-Identifier: MIT
// See connect_parameters.hpp.
#include "dialect/postgres/connect_parameters.hpp"

#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"

namespace cupel::dialect::postgres {

namespace {

// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
const std::vector<std::string>& libpq_keys() {
  static const std::vector<std::string> keys = {"application_name",
                                                "channel_binding",
                                                "connect_timeout",
                                                "dbname",
                                                "fallback_application_name",
                                                "gssdelegation",
                                                "gssencmode",
                                                "gsslib",
                                                "host",
                                                "hostaddr",
                                                "keepalives",
                                                "keepalives_count",
                                                "keepalives_idle",
                                                "keepalives_interval",
                                                "krbsrvname",
                                                "load_balance_hosts",
                                                "options",
                                                "passfile",
                                                "password",
                                                "port",
                                                "require_auth",
                                                "requirepeer",
                                                "service",
                                                "ssl_max_protocol_version",
                                                "ssl_min_protocol_version",
                                                "sslcert",
                                                "sslcertmode",
                                                "sslcompression",
                                                "sslcrl",
                                                "sslcrldir",
                                                "sslkey",
                                                "sslmode",
                                                "sslnegotiation",
                                                "sslpassword",
                                                "sslrootcert",
                                                "sslsni",
                                                "target_session_attrs",
                                                "tcp_user_timeout",
                                                "user"};
  return keys;
}

/// Keys of Python drivers that are about their own workings. client_encoding is always UTF8 here.
constexpr std::array<std::string_view, 12> kIgnoredKeys = {"async_fallback",
                                                           "client_encoding",
                                                           "command_timeout",
                                                           "executemany_mode",
                                                           "max_cacheable_statement_size",
                                                           "max_cached_statement_lifetime",
                                                           "prepare_threshold",
                                                           "prepared_statement_cache_size",
                                                           "prepared_statement_name_func",
                                                           "server_side_cursors",
                                                           "statement_cache_size",
                                                           "tcp_keepalive"};

void set(ConnectParameters& parameters, const std::string& key, std::string value) {
  const auto same = [&](const auto& entry) { return entry.first == key; };
  const auto found = std::find_if(parameters.begin(), parameters.end(), same);
  if (found == parameters.end()) {
    parameters.emplace_back(key, std::move(value));
  } else {
    found->second = std::move(value);
  }
}

/// "a:1,b:2" into hosts and ports, as SQLAlchemy writes several servers; a socket's directory has
/// no port.
void set_hosts(ConnectParameters& parameters, const std::string& list) {
  std::vector<std::string> hosts;
  std::vector<std::string> ports;
  for (const std::string& entry : text::split(list, ',')) {
    const std::size_t colon = entry.find(':');
    const bool has_port =
        colon != std::string::npos && colon == entry.rfind(':') && entry[0] != '/';
    hosts.push_back(has_port ? entry.substr(0, colon) : entry);
    ports.push_back(has_port ? entry.substr(colon + 1) : std::string());
  }
  set(parameters, "host", text::join(hosts, ","));
  const bool any_port =
      std::any_of(ports.begin(), ports.end(), [](const auto& port) { return !port.empty(); });
  if (any_port) set(parameters, "port", text::join(ports, ","));
}

std::string ssl_mode(const std::string& word) {
  const std::string lower = text::to_lower(word);
  if (lower == "true" || lower == "1" || lower == "on") return "require";
  if (lower == "false" || lower == "0" || lower == "off") return "disable";
  return word;
}

[[noreturn]] void refuse_key(const std::string& key) {
  const std::string near = text::nearest(key, libpq_keys());
  throw UsageError("a PostgreSQL URL has no parameter '" + key + "'",
                   near.empty() ? "known are " + text::join(libpq_keys(), ", ")
                                : "did you mean '" + near + "'?");
}

void set_from_query(ConnectParameters& parameters, const std::string& key,
                    const std::string& value) {
  if (key == "host") return set_hosts(parameters, value);
  if (key == "database") return set(parameters, "dbname", value);
  if (key == "ssl") return set(parameters, "sslmode", ssl_mode(value));
  if (key == "timeout") return set(parameters, "connect_timeout", value);
  if (std::find(kIgnoredKeys.begin(), kIgnoredKeys.end(), key) != kIgnoredKeys.end()) return;
  const auto& known = libpq_keys();
  if (std::find(known.begin(), known.end(), key) == known.end()) refuse_key(key);
  set(parameters, key, value);
}

// ---- failures ----

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// "FATAL:  28P01: words": the position of the code, or npos. The severity's word may be
/// translated.
std::size_t find_sqlstate(std::string_view text) {
  for (std::size_t i = text.find(":  "); i != std::string_view::npos; i = text.find(":  ", i + 1)) {
    const std::string_view code = text.substr(i + 3, 7);
    const bool fits = code.size() == 7 && code.substr(5) == ": " &&
                      std::all_of(code.begin(), code.begin() + 5, [](char c) {
                        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
                      });
    if (fits) return i + 3;
  }
  return std::string_view::npos;
}

std::string first_line(std::string_view text) {
  return std::string(text::trim(text.substr(0, text.find('\n'))));
}

/// libpq begins with `connection to server at "..." (...), port ... failed: `, which our message
/// says itself.
std::string reason_of(std::string_view text) {
  constexpr std::string_view kEnd = " failed: ";
  const std::string line = first_line(text);
  const std::size_t end = line.find(kEnd);
  return line.starts_with("connection to server") && end != std::string::npos
             ? line.substr(end + kEnd.size())
             : line;
}

struct Words {
  std::string reason;
  std::string hint;
};

Words without_code(const ConnectFailure& failure) {
  const std::string& text = failure.text;
  if (failure.timed_out_after != 0) {
    return {"no answer within " + std::to_string(failure.timed_out_after) + " s",
            "check host, port and firewall; ?connect_timeout=30 waits longer"};
  }
  if (failure.needs_password) {
    return {"the server asks for a password",
            "write it in the URL (user:password@host), in PGPASSWORD, or in ~/.pgpass"};
  }
  const std::string reason = reason_of(text);
  if (has(text, "could not translate host name")) {
    return {"there is no host of that name", "check the host in the URL"};
  }
  if (has(text, "Connection refused") || has(text, "No such file or directory")) {
    return {"no server listens there", "start the server, or correct host and port in the URL"};
  }
  if (has(text, "server does not support SSL")) {
    return {reason, "use ?sslmode=prefer or ?sslmode=disable, or turn on ssl in the server"};
  }
  if (reason.starts_with("session is ") || reason.starts_with("server is ")) {
    return {reason, "name a server that fits ?target_session_attrs, or leave that out"};
  }
  if (has(text, "certificate"))
    return {reason, "name the certificate authority's file with ?sslrootcert="};
  return {reason, "check host and port in the URL"};
}

Words refused_user(const std::string& reason) {
  if (has(reason, "no pg_hba.conf entry") && has(reason, "no encryption")) {
    return {reason, "the server may want TLS: use ?sslmode=require; or add a line to pg_hba.conf"};
  }
  if (has(reason, "no pg_hba.conf entry"))
    return {reason, "add a line for this user, database and address to pg_hba.conf"};
  if (has(reason, "Peer authentication")) {
    return {reason,
            "the socket lets in only the system's user of that name: name a host, such as "
            "localhost, in the URL"};
  }
  return {reason, "check the user in the URL"};
}

/// PgBouncer has one code for everything that it refuses.
std::string code_of_pooler(const std::string& reason) {
  if (has(reason, "password authentication failed")) return "28P01";
  if (has(reason, "does not exist") || has(reason, "no such database")) return "3D000";
  if (has(reason, "no more connections")) return "53300";
  return "08P01";
}

Words with_code(const std::string& code, const std::string& reason) {
  if (code == "28P01") {
    return {
        "wrong password",
        "correct the password in the URL; special characters are written in percent-code ('@' as "
        "%40, '/' as %2F)"};
  }
  if (code == "28000") return refused_user(reason);
  if (code == "3D000")
    return {"there is no such database",
            "create it (createdb), or correct the database in the URL"};
  if (code == "53300") return {reason, "wait until others disconnect, or raise max_connections"};
  if (code == "42501")
    return {reason, "connect as somebody who may, or GRANT CONNECT ON DATABASE to this user"};
  if (code == "42704" || code == "22023")
    return {reason, "correct the server's settings in the URL: ?options=-cname%3Dvalue"};
  if (code == "57P03") return {reason, "wait until the server is up"};
  if (has(reason, "unsupported startup parameter")) {
    return {
        reason,
        "a pooler does not pass it on: leave it out of the URL, or connect to the server itself"};
  }
  return {reason, ""};
}

}  // namespace

ConnectParameters connect_parameters(const driver::Url& url,
                                     const driver::ConnectOptions& options) {
  ConnectParameters parameters;
  set(parameters, "client_encoding", "UTF8");
  set(parameters, "fallback_application_name", options.application_name);
  set(parameters, "connect_timeout", std::to_string(options.connect_timeout_seconds));
  // A server that vanishes from the network is noticed after a minute, not after two hours.
  set(parameters, "keepalives_idle", "30");
  set(parameters, "keepalives_interval", "10");
  set(parameters, "keepalives_count", "3");
  if (!url.host.empty()) set(parameters, "host", url.host);
  if (url.port) set(parameters, "port", std::to_string(*url.port));
  if (!url.user.empty()) set(parameters, "user", url.user);
  if (url.has_password) set(parameters, "password", url.password);
  if (!url.database.empty()) set(parameters, "dbname", url.database);
  for (const auto& [key, value] : url.query) set_from_query(parameters, key, value);
  return parameters;
}

UsageError invalid_parameter(const std::string& reason) {
  std::string hint = "correct it in the URL, behind the question mark";
  if (has(reason, "sslmode"))
    hint = "sslmode is disable, allow, prefer, require, verify-ca or verify-full";
  return UsageError("PostgreSQL URL: " + reason, hint);
}

DatabaseError connect_error(const ConnectFailure& failure) {
  const std::size_t code_at = find_sqlstate(failure.text);
  DatabaseError::Details details;
  Words words;
  if (code_at == std::string::npos) {
    words = without_code(failure);
  } else {
    details.sqlstate = failure.text.substr(code_at, 5);
    const std::string reason = first_line(std::string_view(failure.text).substr(code_at + 7));
    if (details.sqlstate == "08P01") details.sqlstate = code_of_pooler(reason);
    words = with_code(details.sqlstate, reason);
  }
  details.retryable = details.sqlstate == "53300" || details.sqlstate == "57P03";
  // Nothing is known when libpq stops before it looked at the parameters (a service that does not
  // exist).
  const std::string target = failure.host.empty()
                                 ? std::string()
                                 : " to database '" + failure.database + "' at " + failure.host +
                                       ":" + failure.port + " as user '" + failure.user + "'";
  return {"cannot connect" + target + ": " + words.reason, std::move(details),
          std::move(words.hint)};
}

}  // namespace cupel::dialect::postgres
