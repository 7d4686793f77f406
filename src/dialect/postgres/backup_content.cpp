// SPDX-License-Identifier: MIT
// See backup_content.hpp.
#include "dialect/postgres/backup_content.hpp"

#include <algorithm>
#include <optional>

#include "dialect/postgres/ddl.hpp"

namespace cupel::dialect::postgres {
namespace {

/// What pg_dump would dump the rows of.
constexpr std::string_view kTablesQuery = R"(SELECT c.oid::regclass::text, n.nspname, c.relname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't'
AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
  AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 2, 3)";

}  // namespace

BackupContent content_of(driver::Connection& connection, const model::ObjectName& version_table) {
  std::vector<std::string> names;
  std::vector<std::string> questions;
  std::optional<std::string> versions;
  const driver::Rows tables = connection.query(kTablesQuery);
  const std::string schema =
      version_table.schema.empty()
          ? connection.query("SELECT coalesce(current_schema(), '')")[0].text(0)
          : version_table.schema;
  for (const driver::Row row : tables) {
    const std::string name = writer().quote(std::string_view(row.text(1))) + "." +
                             writer().quote(std::string_view(row.text(2)));
    names.push_back(name);
    questions.push_back("SELECT count(*) FROM " + name);
    if (row.text(1) == schema && row.text(2) == version_table.name)
      versions = "SELECT version_num FROM " + name + " ORDER BY 1";
  }
  BackupContent content;
  const std::vector<driver::Rows> counts = connection.run(questions);
  for (std::size_t i = 0; i < names.size(); ++i) content.rows[names[i]] = counts[i][0].integer(0);
  if (versions)
    for (const driver::Row row : connection.query(*versions))
      content.revisions.push_back(row.text(0));
  std::sort(content.revisions.begin(), content.revisions.end());
  return content;
}

}  // namespace cupel::dialect::postgres
