# SPDX-License-Identifier: MIT
"""What a script learns of a database by the inspector, by bind.dialect and by Table(autoload_with=...) is what real SQLAlchemy says.

CUPEL_BINARY names the binary, CUPEL_TEST_POSTGRES_URL a server. SQLAlchemy is Debian's, 1.4; the keys that 2.0 has added may be there."""
import json
import os
import sqlite3
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness
import one_script

SCRIPT = '''import json
from alembic import op
import sqlalchemy as sa
from sqlalchemy.engine.reflection import Inspector
revision = "c0ffee"
down_revision = None


def shown(value):
    if isinstance(value, dict):
        return {str(key): shown(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [shown(item) for item in value]
    if isinstance(value, set):
        return sorted([str(item) for item in value])
    if type(value).__name__ == "NullType":
        return "NullType"
    if hasattr(value, "compile"):
        return str(value.compile(dialect=op.get_bind().dialect))
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def listed(names):
    return sorted([name for name in names if name != "sqlite_sequence"])  # which 2.0 does not name


def upgrade():
    bind = op.get_bind()
    inspector = sa.inspect(bind)
    rows = []

    def see(what, call):
        try:
            value = shown(call())
        except sa.exc.NoSuchTableError as error:
            value = "NoSuchTableError " + str(error)
        rows.append({"what": what, "value": json.dumps(value)})

    for table in %(tables)r:
        name, _, schema = table.partition("@")
        for method in %(methods)r:
            see(table + " " + method, lambda: getattr(inspector, method)(name, schema=schema or None))
            see(table + " dialect." + method, lambda: getattr(bind.dialect, method)(bind, name, schema=schema or None))
        see(table + " has_table", lambda: [inspector.has_table(name, schema=schema or None), bind.dialect.has_table(bind, name, schema=schema or None),
                                           bind.dialect.has_index(bind, name, "ix_child_note", schema=schema or None)])
    for schema in %(schemas)r:
        for method in %(lists)r:
            see(str(schema) + " " + method, lambda: listed(getattr(inspector, method)(schema=schema)))
            see(str(schema) + " dialect." + method, lambda: listed(getattr(bind.dialect, method)(bind, schema=schema)))
        for view in %(views)r:
            see(str(schema) + " " + view, lambda: inspector.get_view_definition(view, schema=schema) is not None)
    see("schemas", lambda: inspector.get_schema_names())
    see("default", lambda: [inspector.default_schema_name, bind.dialect.default_schema_name])
    names = [name for name, _ in Inspector.from_engine(bind).get_sorted_table_and_fkc_names()]
    see("order", lambda: [names.index("parent") < names.index("child"), names[-1], listed([name for name in names if name])])
    if bind.dialect.name == "postgresql":
        for schema in %(schemas)r:
            see(str(schema) + " enums", lambda: sorted(inspector.get_enums(schema=schema), key=lambda enum: enum["name"]))
        see("sequence", lambda: [inspector.has_sequence("numbers"), inspector.has_sequence("nothing"), bind.dialect.has_sequence(bind, "numbers"),
                                 bind.dialect.has_schema(bind, "other"), bind.dialect.has_schema(bind, "nowhere"), bind.dialect.has_type(bind, "mood")])
        see("foreign tables", lambda: inspector.get_foreign_table_names())
        see("oid", lambda: inspector.get_table_oid("child") > 0)
    for table in %(reflected)r:
        made = sa.Table(table, sa.MetaData(), autoload_with=bind)
        see(table + " reflected", lambda: [[column.name, shown(column.type), column.nullable or column.primary_key, column.primary_key, column.unique,
                                            str(column.server_default.arg) if getattr(column.server_default, "arg", None) is not None else None]
                                           for column in made.columns])
        see(table + " reflected keys", lambda: [[column.name for column in made.primary_key], sorted([key.target_fullname for key in made.foreign_keys]),
                                                sorted([index.name for index in made.indexes if "lower" not in index.name]),
                                                sorted([str(item.name) for item in made.constraints if item.name])])
    op.execute("CREATE TABLE seen (what VARCHAR(200), value TEXT)")
    for row in rows:
        bind.execute(sa.text("INSERT INTO seen VALUES (:what, :value)"), row)


def downgrade():
    pass
'''
METHODS = ["get_columns", "get_pk_constraint", "get_foreign_keys", "get_unique_constraints", "get_check_constraints", "get_indexes"]
LISTS = ["get_table_names", "get_view_names"]
# What 2.0 adds to the answers of 1.4.
NEWER = {"comment", "dialect_options", "include_columns", "duplicates_constraint", "expressions", "computed", "identity", "domain", "collation"}

BOTH = """
CREATE TABLE parent (id INTEGER NOT NULL, code VARCHAR(20) NOT NULL, region CHAR(2) NOT NULL, CONSTRAINT pk_parent PRIMARY KEY (id),
  CONSTRAINT uq_parent_code UNIQUE (region, code));
CREATE TABLE child (id INTEGER NOT NULL PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent (id), region CHAR(2), code VARCHAR(20),
  note TEXT DEFAULT 'it''s', amount NUMERIC(10, 2) DEFAULT 0, weight FLOAT, is_open BOOLEAN NOT NULL DEFAULT true, made_on DATE, made_at TIMESTAMP,
  rank SMALLINT UNIQUE, big BIGINT DEFAULT -5, stamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT fk_child_place FOREIGN KEY (region, code) REFERENCES parent (region, code) ON UPDATE CASCADE ON DELETE SET NULL,
  CONSTRAINT ck_child_amount CHECK (amount >= 0),
  CONSTRAINT ck_child_rank CHECK (rank > 0)
);
CREATE INDEX ix_child_note ON child (note);
CREATE UNIQUE INDEX uq_child_big ON child (big, rank);
CREATE INDEX ix_child_open ON child (made_on) WHERE is_open;
CREATE TABLE "Mixed Case" ("The Key" INTEGER, "select" VARCHAR, PRIMARY KEY ("The Key", "select"));
CREATE TABLE keyless (a INTEGER, b TEXT);
CREATE VIEW open_children AS SELECT id, note FROM child WHERE is_open;
"""
LITE = """
CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, half REAL, sum INTEGER GENERATED ALWAYS AS (half + 1) STORED,
  at DATETIME, data BLOB, j JSON, odd);
"""
SERVER = """
CREATE SCHEMA other;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s fine');
CREATE TYPE other.size AS ENUM ('s', 'm');
CREATE SEQUENCE numbers;
CREATE DOMAIN positive AS INTEGER CHECK (VALUE > 0);
CREATE TABLE typed (id SERIAL PRIMARY KEY, big BIGSERIAL, one INTEGER GENERATED ALWAYS AS IDENTITY, feeling mood DEFAULT 'ok', sizes other.size,
  u UUID DEFAULT gen_random_uuid(), j JSON, jb JSONB DEFAULT '{}', list INTEGER[], words VARCHAR(10)[], span INT4RANGE, addr INET, words_v TSVECTOR,
  at TIMESTAMPTZ DEFAULT now(), t TIME, tz TIMETZ, gap INTERVAL, bits BIT(4), vbits BIT VARYING(8), money_ MONEY, raw BYTEA,
  r REAL, d DOUBLE PRECISION, n NUMERIC, c CHAR, v VARCHAR COLLATE "C", twice INTEGER GENERATED ALWAYS AS (r::int * 2) STORED);
COMMENT ON TABLE typed IS 'all types';
COMMENT ON COLUMN typed.big IS 'large';
CREATE INDEX ix_typed_lower ON typed (lower(v));
CREATE INDEX ix_typed_gin ON typed USING gin (jb);
CREATE INDEX ix_typed_desc ON typed (n DESC NULLS LAST, d);
CREATE INDEX ix_typed_more ON typed (n) INCLUDE (d, r);
CREATE TABLE other.far (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED, size other.size UNIQUE);
ALTER TABLE child ADD COLUMN far_id INTEGER CONSTRAINT fk_child_far REFERENCES other.far (id) ON UPDATE RESTRICT;
CREATE VIEW other.far_view AS SELECT * FROM other.far;
"""


def names_of(thing):
    return str(thing.get("name")) + json.dumps(thing, sort_keys=True) if isinstance(thing, dict) else str(thing)


class Inspectors(unittest.TestCase):
    maxDiff = None

    def without_newer(self, expected, got):
        """`got` without those of 2.0's keys that 1.4 does not have there."""
        if isinstance(expected, dict) and isinstance(got, dict):
            return {key: self.without_newer(expected.get(key), value) for key, value in got.items() if key in expected or key not in NEWER}
        if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
            return [self.without_newer(one, other) for one, other in zip(expected, got)]
        return got

    def compare(self, prepare, words, read):
        found = {}
        for name, command in one_script.COMMANDS.items():
            found[name] = one_script.run_script(self, command, prepare(), SCRIPT % words, lambda _: {what: json.loads(value) for what, value in read()})
        self.assertEqual(sorted(found["cupel"]), sorted(found["alembic"]))
        for what, expected in found["alembic"].items():
            with self.subTest(what):
                got = found["cupel"][what]
                if what.rpartition("_")[2] in ("keys", "constraints", "indexes") and isinstance(got, list):
                    got = [item for item in got if None not in item.get("column_names", [])]  # 1.4 does not tell of indexes over expressions
                    expected, got = sorted(expected, key=names_of), sorted(got, key=names_of)  # they have no order
                self.assertEqual(self.without_newer(expected, got), expected)

    def test_sqlite(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "app.db")

            def prepare():
                if os.path.exists(path):
                    os.remove(path)
                connection = sqlite3.connect(path)
                connection.executescript(BOTH + LITE)
                connection.close()
                return "sqlite:///" + path

            def read():
                connection = sqlite3.connect(path)
                try:
                    return connection.execute("SELECT what, value FROM seen").fetchall()
                finally:
                    connection.close()
            self.compare(prepare, {"tables": ["parent", "child", "Mixed Case", "keyless", "counted"], "methods": METHODS, "lists": LISTS,
                                   "schemas": [None], "views": ["open_children"], "reflected": ["parent", "child", "counted"]}, read)

    @unittest.skipUnless(harness.POSTGRES_URL, "no server")
    def test_postgresql(self):
        database = harness.Postgres("inspector")
        self.addCleanup(database.close)

        def prepare():
            database.query("DROP SCHEMA IF EXISTS other CASCADE")
            database.clear()
            database.query(BOTH + SERVER)
            return database.url
        self.compare(prepare, {"tables": ["parent", "child", "Mixed Case", "keyless", "typed", "far@other", "parent@public", "nowhere"],
                               "methods": METHODS + ["get_table_comment"],
                               "lists": LISTS + ["get_sequence_names"], "schemas": [None, "public", "other"], "views": ["open_children", "far_view"],
                               "reflected": ["parent", "child", "typed"]}, lambda: database.query("SELECT what, value FROM seen"))


if __name__ == "__main__":
    unittest.main()
