// SPDX-License-Identifier: MIT
// See database_objects.hpp.
#include "dialect/postgres/database_objects.hpp"

namespace cupel::dialect::postgres {
namespace {

constexpr std::string_view kObjectsQuery = R"(
WITH object AS (
  SELECT d.classid, d.objid FROM pg_depend d
  WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = to_regnamespace('public')
    AND d.deptype = 'n' AND d.classid <> 'pg_default_acl'::regclass
  UNION ALL SELECT 'pg_namespace'::regclass, n.oid FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')
  UNION ALL SELECT 'pg_extension'::regclass, e.oid FROM pg_extension e
  WHERE e.extname <> 'plpgsql'
  UNION ALL SELECT 'pg_publication'::regclass, p.oid FROM pg_publication p
  UNION ALL SELECT 'pg_event_trigger'::regclass, t.oid FROM pg_event_trigger t)
SELECT i.type, i.identity FROM object o, pg_identify_object(o.classid, o.objid, 0) i
WHERE NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = o.classid AND e.objid = o.objid
                  AND e.deptype IN ('e', 'i'))
  AND NOT (i.type = 'collation' AND i.identity = 'public.cupel_scratch')
ORDER BY o.classid = 'pg_extension'::regclass, 1, 2)";

}  // namespace

std::vector<DatabaseObject> objects_of(driver::Connection& session) {
  std::vector<DatabaseObject> objects;
  for (const driver::Row row : session.query(kObjectsQuery))
    objects.push_back({row.text(0), row.text(1)});
  return objects;
}

std::string drop_statement(const DatabaseObject& object) {
  return "DROP " + object.type + " IF EXISTS " + object.identity + " CASCADE";
}

}  // namespace cupel::dialect::postgres
