// SPDX-License-Identifier: MIT
// See row_estimates.hpp.
#include "dialect/sqlite/row_estimates.hpp"

#include <algorithm>

#include "dialect/sqlite/ddl.hpp"

namespace cupel::dialect::sqlite {
namespace {

/// A count ends here, since it reads the table.
constexpr std::int64_t kCounted = 100'000;

/// What ANALYZE found, by table.
std::map<model::ObjectName, std::int64_t> analyzed(driver::Connection& connection) {
  std::map<model::ObjectName, std::int64_t> rows;
  if (connection.query("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").empty())
    return rows;
  for (const driver::Row row :
       connection.query("SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl"))
    if (!row.is_null(1)) rows[row.text(0)] = row.integer(1);
  return rows;
}

}  // namespace

std::map<model::ObjectName, std::int64_t> row_estimates(driver::Connection& connection) {
  std::map<model::ObjectName, std::int64_t> rows;
  const std::map<model::ObjectName, std::int64_t> known = analyzed(connection);
  for (const driver::Row table :
       connection.query("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE "
                        "'CREATE VIRTUAL%'")) {
    const std::string name = table.text(0);
    const driver::Rows counted = connection.query("SELECT count(*) FROM (SELECT 1 FROM " +
                                                  writer().quote(std::string_view(name)) +
                                                  " LIMIT " + std::to_string(kCounted) + ")");
    std::int64_t count = counted[0].integer(0);
    if (const auto it = known.find(name); count == kCounted && it != known.end())
      count = std::max(count, it->second);
    rows[name] = count;
  }
  return rows;
}

}  // namespace cupel::dialect::sqlite
