// SPDX-License-Identifier: MIT
// The catalogue, part one: what locks, reads or rewrites a table that is in use.
#include <array>

#include "dialect/postgres/lint/rules.hpp"

namespace cupel::dialect::postgres {
namespace {

using lint::Rule;
using lint::Severity;

constexpr std::array kLockRules = std::to_array<Rule>({
    {"LK001", Severity::Error, "CREATE INDEX without CONCURRENTLY on a table that exists",
     "The table is locked in SHARE mode while the index is built: every INSERT, UPDATE and DELETE "
     "waits for as long as that takes.",
     "CREATE INDEX CONCURRENTLY ix ON t (c);\n-- runs outside of the transaction by itself; a "
     "failed one leaves an invalid index, which the next run drops first"},
    {"LK002", Severity::Warning, "DROP INDEX without CONCURRENTLY",
     "It takes ACCESS EXCLUSIVE on the index's table. That is short, but it waits for the longest "
     "query that runs, and everything else waits behind it.",
     "DROP INDEX CONCURRENTLY ix;"},
    {"LK003", Severity::Warning, "REINDEX without CONCURRENTLY",
     "The table is locked in SHARE mode and the index in ACCESS EXCLUSIVE: writes stop, and so do "
     "the reads that plan with the index, which is most of them.",
     "REINDEX INDEX CONCURRENTLY ix;"},
    {"LK004", Severity::Error, "ADD UNIQUE without USING INDEX on a table that exists",
     "The index behind the constraint is built under ACCESS EXCLUSIVE: reads and writes stop.",
     "CREATE UNIQUE INDEX CONCURRENTLY uq ON t (c);\nALTER TABLE t ADD CONSTRAINT uq UNIQUE USING "
     "INDEX uq;"},
    {"LK005", Severity::Error, "ADD PRIMARY KEY without USING INDEX on a table that exists",
     "The index is built under ACCESS EXCLUSIVE, and columns that may be NULL are read as well.",
     "CREATE UNIQUE INDEX CONCURRENTLY t_pkey ON t (id);\nALTER TABLE t ADD CONSTRAINT t_pkey "
     "PRIMARY KEY USING INDEX t_pkey;"},
    {"LK006", Severity::Warning, "ADD PRIMARY KEY USING INDEX on columns that may be NULL",
     "The columns become NOT NULL on the way, which reads the whole table under ACCESS EXCLUSIVE.",
     "make the columns NOT NULL first, as LK012 says"},
    {"LK007", Severity::Error, "ADD EXCLUDE on a table that exists",
     "The index is built and every row compared under ACCESS EXCLUSIVE, which is slow (40 times a "
     "plain index, measured). There is no NOT VALID form and no USING INDEX.",
     "add it when the table is created, or in a maintenance window"},
    {"LK008", Severity::Error, "ADD FOREIGN KEY without NOT VALID on a table that exists",
     "Both tables are locked in SHARE ROW EXCLUSIVE while every row is looked up: writes to either "
     "stop.",
     "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (p_id) REFERENCES p (id) NOT VALID;\n-- cupel: "
     "no transaction\nALTER TABLE t VALIDATE CONSTRAINT fk;"},
    {"LK009", Severity::Warning, "a column or a new table that REFERENCES a table that exists",
     "The referenced table is locked in SHARE ROW EXCLUSIVE. That is short, but it waits for the "
     "longest write, and all writes wait behind it.",
     "with a lock timeout, which cupel sets, it is tried again; away from long writes it is free"},
    {"LK010", Severity::Error,
     "ADD CHECK without NOT VALID, or a new column with a CHECK or a domain with a constraint",
     "Every row is read (with a domain: written anew) under ACCESS EXCLUSIVE: reads and writes "
     "stop.",
     "ALTER TABLE t ADD CONSTRAINT ck CHECK (c > 0) NOT VALID;\n-- cupel: no transaction\nALTER "
     "TABLE t VALIDATE CONSTRAINT ck;"},
    {"LK011", Severity::Error, "VALIDATE in the transaction that added the constraint",
     "The strong lock of the ADD is kept until the end of the transaction, so NOT VALID has gained "
     "nothing.",
     "validate in a later revision, or put '-- cupel: no transaction' before the VALIDATE"},
    {"LK012", Severity::Error, "SET NOT NULL on a column that nothing proves to be filled",
     "Every row is read under ACCESS EXCLUSIVE: reads and writes stop. A valid CHECK (c IS NOT "
     "NULL) is a proof since version 12.",
     "ALTER TABLE t ADD CONSTRAINT t_c_not_null CHECK (c IS NOT NULL) NOT VALID;\n-- cupel: no "
     "transaction\nALTER TABLE t VALIDATE CONSTRAINT t_c_not_null;\nALTER TABLE t ALTER COLUMN c "
     "SET NOT NULL;\nALTER TABLE t DROP CONSTRAINT t_c_not_null;"},
    {"LK013", Severity::Error, "ADD COLUMN with a volatile default",
     "random(), clock_timestamp(), gen_random_uuid() or nextval() must be asked for each row, so "
     "the table and its indexes are written anew under ACCESS EXCLUSIVE. now() and constants are "
     "free.",
     "add the column without the default, set the default, fill the rows in batches"},
    {"LK014", Severity::Warning, "ADD COLUMN with a default that calls an unknown function",
     "If the function is VOLATILE, which is what functions are unless they say otherwise, the "
     "table is written anew under ACCESS EXCLUSIVE.",
     "declare the function STABLE or IMMUTABLE if it is, or go on as with LK013"},
    {"LK015", Severity::Error, "ADD COLUMN serial or GENERATED AS IDENTITY",
     "Each row gets a number, so the table and its indexes are written anew under ACCESS "
     "EXCLUSIVE.",
     "add a bigint column, a sequence that it owns and the default; fill in batches; then SET NOT "
     "NULL as LK012 says"},
    {"LK016", Severity::Error, "ADD COLUMN GENERATED ... STORED",
     "The value is computed for each row, so the table and its indexes are written anew under "
     "ACCESS EXCLUSIVE.",
     "a plain column, a trigger that fills it, and a backfill; or VIRTUAL on version 18"},
    {"LK017", Severity::Error, "ALTER COLUMN TYPE that needs the rows to be written anew",
     "The table and its indexes are written anew under ACCESS EXCLUSIVE. Free are: a longer or "
     "unlimited varchar, varchar to text, a numeric of the same scale with more digits, more "
     "digits of a second, a longer varbit, cidr to inet.",
     "a new column, a trigger that keeps both alike, a backfill, then swap the names"},
    {"LK018", Severity::Warning,
     "a type change without a rewrite, of a column in a CHECK, an index's expression or a view",
     "Under a valid CHECK all rows are read under ACCESS EXCLUSIVE; an index with an expression or "
     "a predicate of the column is built anew; a view makes the change fail.",
     "drop what depends on the column first, and make it again concurrently"},
    {"LK019", Severity::Warning, "timestamp to timestamptz, or back",
     "It is free only if the session's TimeZone is UTC; otherwise the table is written anew, and "
     "the values are taken for local times of that zone.",
     "SET LOCAL TimeZone = 'UTC';\nALTER TABLE t ALTER COLUMN at TYPE timestamptz;"},
    {"LK020", Severity::Error,
     "VACUUM FULL, CLUSTER, SET LOGGED, SET UNLOGGED, SET TABLESPACE or SET ACCESS METHOD",
     "The table is written anew under ACCESS EXCLUSIVE: reads and writes stop.",
     "pg_repack, or REPACK (CONCURRENTLY) on version 19; or a maintenance window"},
    {"LK021", Severity::Warning, "REFRESH MATERIALIZED VIEW without CONCURRENTLY",
     "Reads of the view stop for as long as its query takes.",
     "REFRESH MATERIALIZED VIEW CONCURRENTLY v;\n-- needs a unique index over all rows"},
    {"LK022", Severity::Notice, "REFRESH MATERIALIZED VIEW CONCURRENTLY",
     "It takes EXCLUSIVE on the view: reads go on, another refresh waits.", "nothing is better"},
    {"LK023", Severity::Warning, "DETACH PARTITION without CONCURRENTLY, on version 14 and later",
     "It takes ACCESS EXCLUSIVE on the parent and thereby stops reads and writes of all "
     "partitions.",
     "ALTER TABLE parent DETACH PARTITION part CONCURRENTLY;"},
    {"LK024", Severity::Warning,
     "ATTACH PARTITION without a CHECK that proves the bound; "
     "CREATE TABLE ... PARTITION OF",
     "ATTACH reads the new partition under ACCESS EXCLUSIVE to see that its rows fit. PARTITION OF "
     "takes ACCESS EXCLUSIVE on the parent, ATTACH only SHARE UPDATE EXCLUSIVE.",
     "CREATE TABLE part (LIKE parent INCLUDING ALL);\nALTER TABLE part ADD CONSTRAINT fits CHECK "
     "(at >= '2026-01-01' AND at < '2026-02-01');\nALTER TABLE parent ATTACH PARTITION part FOR "
     "VALUES FROM ('2026-01-01') TO ('2026-02-01');\nALTER TABLE part DROP CONSTRAINT fits;"},
    {"LK025", Severity::Notice,
     "triggers, policies, row level security, REPLICA IDENTITY, OWNER on a table that exists",
     "A short but strong lock: it waits for the longest statement on the table, and all others "
     "wait behind it.",
     "a lock timeout, which cupel sets"},
    {"LK026", Severity::Error,
     "something slow in a transaction that holds a strong lock since an earlier statement",
     "Locks are kept until the end of the transaction, so the short lock lasts as long as what is "
     "slow.",
     "put what is slow into a revision of its own"},
    {"LK027", Severity::Warning, "ACCESS EXCLUSIVE on two tables that exist in one transaction",
     "The first table stays locked while the second lock is waited for; two sessions that take "
     "them in different orders block each other for good.",
     "one table for each revision"},
    {"LK028", Severity::Warning, "several statements that each read or rewrite one table",
     "The table is gone through again for each of them.",
     "ALTER TABLE t ALTER COLUMN a TYPE bigint, ALTER COLUMN b TYPE bigint;"},
    {"LK029", Severity::Error, "a strong lock without a lock_timeout",
     "A lock that has to wait makes everybody behind it wait too, for as long as the longest "
     "query takes. cupel sets a lock_timeout and tries again; other runners do not.",
     "SET LOCAL lock_timeout = '2s';"},
    {"LK030", Severity::Notice, "something slow on a table that exists, without a limit of time",
     "What runs away is stopped by nobody.",
     "SET LOCAL statement_timeout = '15min';\n-- or transaction_timeout on version 17"},
    {"LK031", Severity::Warning, "LOCK TABLE in ACCESS EXCLUSIVE mode",
     "It stops reads too, and is the mode if none is written. SHARE ROW EXCLUSIVE keeps others "
     "from writing and lets them read.",
     "LOCK TABLE t IN SHARE ROW EXCLUSIVE MODE;"},
    {"LK032", Severity::Error, "CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY on 14.0 to 14.3",
     "These versions can silently leave rows out of the index.", "update the server to 14.4 first"},
    {"LK033", Severity::Warning, "a constraint on a domain",
     "ALTER DOMAIN ADD CONSTRAINT reads every table with a column of the domain, locked in SHARE "
     "mode. CREATE DOMAIN with a CHECK makes that the way of every later change.",
     "ALTER DOMAIN d ADD CONSTRAINT ck CHECK (VALUE > 0) NOT VALID;\n-- cupel: no "
     "transaction\nALTER DOMAIN d VALIDATE CONSTRAINT ck;"},
    {"LK034", Severity::Warning, "dropping a table or constraint that references another table",
     "The referenced table is locked in ACCESS EXCLUSIVE too.",
     "drop the foreign key first, in a revision of its own"},
});

}  // namespace

std::span<const Rule> lock_rules() { return kLockRules; }

}  // namespace cupel::dialect::postgres
