// SPDX-License-Identifier: MIT
// See row_estimates.hpp.
#include "dialect/postgres/row_estimates.hpp"

namespace cupel::dialect::postgres {

std::map<model::ObjectName, std::int64_t> row_estimates(driver::Connection& connection) {
  // reltuples is -1 (0 before version 14) until somebody has analyzed the table: then by its size,
  // at a hundred bytes a row. Of a partitioned table only ANALYZE knows.
  static constexpr const char* kQuery =
      "SELECT CASE WHEN n.nspname = current_schema() THEN '' ELSE n.nspname END, c.relname, "
      "CASE WHEN c.reltuples > 0 THEN c.reltuples::bigint "
      "ELSE pg_catalog.pg_relation_size(c.oid) / 100 END "
      "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE (c.relkind IN ('r', 'm') OR c.relkind = 'p' AND c.reltuples > 0) "
      "AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'";
  std::map<model::ObjectName, std::int64_t> rows;
  for (const driver::Row row : connection.query(kQuery))
    rows[{row.text(0), row.text(1)}] = row.integer(2);
  return rows;
}

}  // namespace cupel::dialect::postgres
