// SPDX-License-Identifier: MIT
// The one list of databases. No self-registration: a static library would drop it.
#include <algorithm>
#include <array>

#include "cupel/base/text.hpp"
#include "cupel/dialect/adopt.hpp"
#include "cupel/dialect/backup.hpp"
#include "cupel/diff/rules.hpp"
#include "cupel/lint/judge.hpp"
#include "dialect/postgres/backup.hpp"
#include "dialect/postgres/driver.hpp"
#include "dialect/postgres/postgres.hpp"
#include "dialect/sqlite/backup.hpp"
#include "dialect/sqlite/driver.hpp"
#include "dialect/sqlite/sqlite.hpp"

namespace cupel::dialect {

RunSession::~RunSession() = default;
ReplicaWatch::~ReplicaWatch() = default;
Scratch::~Scratch() = default;
Dialect::~Dialect() = default;
BackupTool::~BackupTool() = default;
std::string Dialect::select_cut_values(const std::string&, const std::string&, const std::string&,
                                       const std::string&) const {
  return {};
}

std::map<model::ObjectName, std::int64_t> Dialect::row_estimates(driver::Connection&) const {
  return {};
}
std::unique_ptr<lint::DialectLint> Dialect::make_lint() const { return nullptr; }
std::unique_ptr<ReplicaWatch> Dialect::watch_replicas(driver::Connection&) const { return nullptr; }

std::unique_ptr<diff::Normalizer> Dialect::make_normalizer(driver::Connection&) const {
  return nullptr;
}

std::span<const Dialect* const> all_dialects() {
  static const std::array<const Dialect*, 2> kAll{&sqlite::dialect(), &postgres::dialect()};
  return kAll;
}

const Dialect& find_dialect(std::string_view name) {
  std::vector<std::string> names;
  for (const Dialect* dialect : all_dialects()) {
    const auto aliases = dialect->aliases();
    if (dialect->name() == name || std::find(aliases.begin(), aliases.end(), name) != aliases.end())
      return *dialect;
    names.emplace_back(dialect->name());
  }
  const std::string nearest = text::nearest(name, names);
  throw UsageError(
      "there is no database '" + std::string(name) + "'; cupel knows " + text::quoted_list(names),
      nearest.empty() ? "correct what stands before '://' in the URL"
                      : "did you mean '" + nearest + "'?");
}

const BackupTool* backup_tool(const Dialect& dialect) {
  if (&dialect == &sqlite::dialect()) return &sqlite::backup_tool();
  if (&dialect == &postgres::dialect()) return &postgres::backup_tool();
  return nullptr;
}

std::vector<std::string> settling_statements(const Dialect& dialect) {
  if (&dialect == &postgres::dialect()) return {"SET CONSTRAINTS ALL IMMEDIATE"};
  return {};
}

std::vector<std::string> idling_statements(const Dialect& dialect) {
  if (&dialect == &postgres::dialect())
    return {"SET LOCAL idle_in_transaction_session_timeout = 0"};
  return {};
}

Adopted adopt(sqlite3* handle) { return {&sqlite::dialect(), sqlite::adopt(handle)}; }
Adopted adopt(pg_conn* handle) { return {&postgres::dialect(), postgres::adopt(handle)}; }

}  // namespace cupel::dialect
