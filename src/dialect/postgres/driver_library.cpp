// SPDX-License-Identifier: MIT
// See driver_library.hpp.
#include "dialect/postgres/driver_library.hpp"

#include <dlfcn.h>

#include "cupel/base/error.hpp"
#include "cupel/base/log.hpp"
#include "cupel/base/text.hpp"

namespace cupel::dialect::postgres {
namespace {

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

}  // namespace

Library load_library() {
  void* handle = open_library();
  Library library;
#define CUPEL_FIND(name) find_function(handle, #name, library.name);
  CUPEL_EACH_LIBPQ_FUNCTION(CUPEL_FIND)
#undef CUPEL_FIND
  return library;
}

std::string or_empty(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

std::string field(const PGresult* result, int code) {
  return or_empty(lib().PQresultErrorField(result, code));
}

std::string first_line(std::string_view text) {
  return std::string(text::trim(text.substr(0, text.find('\n'))));
}

void receive_notice(void* sink, const PGresult* notice) {
  const std::string severity = field(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
  LogLevel level = LogLevel::Info;
  if (severity == "WARNING") level = LogLevel::Warning;
  if (severity.starts_with("DEBUG")) level = LogLevel::Debug;
  log(*static_cast<const Log*>(sink), level, "server", field(notice, PG_DIAG_MESSAGE_PRIMARY));
}

}  // namespace cupel::dialect::postgres
