# SPDX-License-Identifier: MIT
"""A start script makes all tables, and then upgrades: D17. What is there is left alone if it is right, never silently if it is not."""
import unittest

from harness import Case, on_both_databases, postgres_only, sqlite_only

USERS = """CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name VARCHAR(50) DEFAULT 'x' NOT NULL,
    boss INTEGER REFERENCES users (id),
    CONSTRAINT name_is_long CHECK (length(name) > 1)
);"""


@on_both_databases
class Idempotent(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.revision("r1", "", USERS + "\nCREATE INDEX ix_name ON users (name);", "DROP TABLE users;")
        self.revision("r2", "r1", "ALTER TABLE users ADD COLUMN phone VARCHAR(20);\nCREATE TABLE \"Other Table\" (id INTEGER PRIMARY KEY, users_id INTEGER REFERENCES users (id));",
                      "DROP TABLE \"Other Table\";\nALTER TABLE users DROP COLUMN phone;")

    def make_all(self):
        """As the models have it: with all that the revisions do."""
        self.db.script(USERS.replace("    CONSTRAINT", "    phone VARCHAR(20),\n    CONSTRAINT") + "CREATE INDEX ix_name ON users (name);"
                       "CREATE TABLE \"Other Table\" (id INTEGER PRIMARY KEY, users_id INTEGER REFERENCES users (id));")

    def test_without_it_the_run_fails(self):
        self.make_all()
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("already exists", result.err)

    def test_all_is_there(self):
        self.make_all()
        self.db.script("INSERT INTO users (id, name) VALUES (1, 'ann')")
        result = self.run_cupel("upgrade", "head", "--idempotent")
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(self.current(), ["r2 (head)"])
        for what in ("table 'users'", "index 'ix_name' of table 'users'", "column 'phone' of table 'users'", "table 'Other Table'"):
            self.assertIn(what + " is there already, as this revision makes it\n", result.err)
        self.assertEqual(self.db.query("SELECT id, name, phone FROM users"), [(1, "ann", None)])

    def test_what_is_missing_is_made(self):
        self.db.script(USERS)
        self.cupel("upgrade", "head", "--idempotent")
        self.cupel("downgrade", "r1")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.tables(), ["Other Table", "users"])
        self.assertEqual(self.db.query("SELECT phone FROM users"), [])

    def test_nothing_is_there(self):
        self.cupel("upgrade", "head", "--idempotent")
        self.assertEqual(self.db.tables(), ["Other Table", "users"])

    def test_twice(self):
        """The version table is lost, the tables are not."""
        self.cupel("upgrade", "head")
        self.cupel("stamp", "--purge", "base")
        self.cupel("upgrade", "head", "--idempotent")
        self.assertEqual(self.current(), ["r2 (head)"])

    def check_refused(self, *words):
        before = self.db.dump()
        result = self.run_cupel("--transaction", "run", "upgrade", "head", "--idempotent")
        self.assert_one_error(result)
        for word in words:
            self.assertIn(word, result.err)
        self.assertEqual(self.db.dump(), before)
        return result

    def test_another_type(self):
        self.db.script("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);" + USERS.replace("VARCHAR(50)", "VARCHAR(40)"))
        self.check_refused("error: migrations/versions/r1.sql:7:1: table 'users' is there already, but not as this revision makes it\n",
                           "  note: there is: name String(40) not null default", "; the revision makes: name String(50) not null default", "  hint: ")

    def test_what_lacks(self):
        self.db.script("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY); CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER);")
        self.check_refused("note: column 'name' is missing", "note: foreign key", "note: check constraint name_is_long", " is missing")

    def test_another_index(self):
        self.db.script("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);" + USERS + "CREATE UNIQUE INDEX ix_name ON users (name);")
        self.check_refused("index 'ix_name' of table 'users' is there already, but not as this revision makes it",
                           "note: there is: unique index ix_name (name); the revision makes: index ix_name (name)")

    def test_another_column(self):
        self.db.script("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);" +
                       USERS.replace("    CONSTRAINT", "    phone INTEGER,\n    CONSTRAINT"))
        self.check_refused("column 'phone' of table 'users' is there already, but not as this revision makes it",
                           "there is: phone Integer; the revision makes: phone String(20)")

    def test_by_configuration_and_by_directive(self):
        self.make_all()
        self.project("idempotent = true\n")
        self.cupel("upgrade", "r1")
        self.project()
        self.assert_one_error(self.run_cupel("upgrade", "head"))
        text = self.read("migrations/versions/r2.sql").replace("-- cupel: upgrade", "-- cupel: upgrade idempotent")
        self.write("migrations/versions/r2.sql", text)
        self.cupel("upgrade", "head")

    @postgres_only
    def test_outside_a_transaction_and_in_a_schema(self):
        self.revision("r3", "r2", "CREATE SCHEMA IF NOT EXISTS s;\nCREATE TABLE s.t (id serial PRIMARY KEY, kind text, parent int REFERENCES s.t);\n"
                      "CREATE INDEX CONCURRENTLY ix_kind ON s.t (lower(kind)) WHERE kind <> 'a';\nALTER TABLE public.users ADD CONSTRAINT uq UNIQUE (name);")
        self.cupel("upgrade", "head")
        self.cupel("stamp", "--purge", "r2")
        self.cupel("upgrade", "head", "--idempotent")
        self.cupel("stamp", "--purge", "r2")
        self.db.script("DROP INDEX s.ix_kind")
        self.cupel("upgrade", "head", "--idempotent")
        self.assertEqual(self.db.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 's.ix_kind'::regclass"), [(True,)])
        self.assertEqual(self.db.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'cupel%'"), [])
        self.db.script("DROP SCHEMA s CASCADE")

    @sqlite_only
    def test_names_in_any_case(self):
        self.db.script(USERS.replace("TABLE users", "TABLE Users").replace("name VARCHAR", "Name VARCHAR"))
        result = self.run_cupel("upgrade", "r1", "--idempotent")
        self.assertIn("is there already", result.err)


if __name__ == "__main__":
    unittest.main()
