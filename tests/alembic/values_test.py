# SPDX-License-Identifier: MIT
"""Rows of text() have the Python types and values that real Alembic's driver gives, on both databases.

CUPEL_BINARY names the binary, CUPEL_TEST_POSTGRES_URL a server."""
import os
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness
import one_script

SCRIPT = '''from alembic import op
import sqlalchemy as sa
revision = "c0ffee"
down_revision = None


def shown(value):
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([shown(item) for item in value]) + "]"
    kind = type(value).__name__
    if hasattr(value, "tobytes"):  # psycopg2's memoryview; here bytes that can do the same
        return "binary " + repr(value.tobytes()) + str([value.nbytes, len(value), bytes(value[1:]), bytes(value)])
    return kind + " " + (value.isoformat() if hasattr(value, "isoformat") else repr(value))


def upgrade():
    bind = op.get_bind()
    op.execute("CREATE TABLE seen (what VARCHAR(200), value VARCHAR(500))")
    for sql in %r:
        value = bind.execute(sa.text("SELECT " + sql.replace("::", "::"))).scalar()
        bind.execute(sa.text("INSERT INTO seen VALUES (:what, :value)"), {"what": sql, "value": shown(value)})


def downgrade():
    pass
'''
EVERYWHERE = ["1", "1.5", "'text'", "NULL", "-7", "'it''s'", "1 = 1"]
SERVER = ["1::smallint", "2::bigint", "1.50::numeric", "'NaN'::numeric", "1e20::numeric", "1.5::real", "0.1::double precision", "true", "'x'::char(3)",
          "'abc'::name", "DATE '2024-02-29'", "TIMESTAMP '2024-02-29 12:34:56.789'", "TIMESTAMP '2024-02-29 12:34:56'", "TIMESTAMPTZ '2024-02-29 12:34:56.5+02'",
          "TIME '12:34:56.7'", "TIMETZ '12:34:56+05:30'", "INTERVAL '1 year 2 mons 3 days 04:05:06.789'", "INTERVAL '-1 days +02:03:04'",
          "INTERVAL '-00:00:01.5'", "INTERVAL '0'", "'{\"a\": [1, null, 2.5, \"x\"]}'::json", "'[1, {\"b\": true}]'::jsonb", "'\"word\"'::jsonb", "'null'::jsonb",
          "'6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid", "'\\x00ff'::bytea", "ARRAY[1, NULL, 3]", "ARRAY[[1, 2], [3, 4]]", "ARRAY['a', 'b \"q\" c', NULL, 'NULL', '']::text[]",
          "ARRAY[1.5, 2]::numeric[]", "ARRAY[1.5]::float8[]", "ARRAY[true, false]", "ARRAY[DATE '2024-01-02']", "ARRAY[TIMESTAMP '2024-01-02 03:04:05']", "'{}'::int[]",
          "'192.168.0.1/24'::inet", "'(1,2)'::point", "'101'::bit(3)", "12.5::money", "'a & b'::tsquery", "1::oid", "ARRAY['x']::varchar[]",
          "ARRAY['6ba7b810-9dad-11d1-80b4-00c04fd430c8']::uuid[]", "ARRAY['{\"a\": 1}']::jsonb[]", "'08:00:2b:01:02:03'::macaddr"]
FILE = ["x'00ff'", "9223372036854775807", "1e300", "date('2024-02-29')", "''", "json('[1]')", "CAST('12' AS NUMERIC)"]


class Values(unittest.TestCase):
    maxDiff = None

    def compare(self, url_of, expressions, read):
        found = {name: one_script.run_script(self, command, url_of(name), SCRIPT % (expressions,), read) for name, command in one_script.COMMANDS.items()}
        self.assertEqual(len(found["alembic"]), len(expressions))
        for expected, got in zip(sorted(found["alembic"]), sorted(found["cupel"])):
            with self.subTest(expected[0]):
                self.assertEqual(got, expected)

    def test_sqlite(self):
        def read(folder):
            connection = sqlite3.connect(os.path.join(folder, "app.db"))
            try:
                return connection.execute("SELECT what, value FROM seen").fetchall()
            finally:
                connection.close()
        self.compare(lambda _: "sqlite:///app.db", EVERYWHERE + FILE, read)

    @unittest.skipUnless(harness.POSTGRES_URL, "no server")
    def test_postgresql(self):
        database = harness.Postgres("values")
        self.addCleanup(database.close)

        def fresh(_):
            database.clear()
            return database.url
        self.compare(fresh, EVERYWHERE + SERVER, lambda _: database.query("SELECT what, value FROM seen"))


if __name__ == "__main__":
    unittest.main()
