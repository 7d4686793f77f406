// SPDX-License-Identifier: MIT
// libpq, loaded at the first use: linking it would cost every command, also those without a
// database, 4 ms of start-up. For driver*.cpp only.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>

namespace cupel::dialect::postgres {

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
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a member
#define CUPEL_DECLARE(name) decltype(&::name) name = nullptr;
  CUPEL_EACH_LIBPQ_FUNCTION(CUPEL_DECLARE)
#undef CUPEL_DECLARE
};

/// Throws NotSupported if there is no library, or one that is too old.
Library load_library();
inline const Library& lib() {
  static const Library kLibrary = load_library();
  return kLibrary;
}

struct ClearResult {
  void operator()(PGresult* result) const { lib().PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

/// Empty for null.
std::string or_empty(const char* text);
/// A part of an error or notice, by its PG_DIAG_... code; empty if it has none.
std::string field(const PGresult* result, int code);
/// Without white space around it.
std::string first_line(std::string_view text);
/// A PQnoticeReceiver; `sink` is a Log.
void receive_notice(void* sink, const PGresult* notice);

}  // namespace cupel::dialect::postgres
