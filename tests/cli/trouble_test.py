# SPDX-License-Identifier: MIT
"""A database in another state than the files say, locked by somebody, half migrated."""
import os
import re
import sqlite3
import subprocess
import threading
import time
import unittest

import harness
from harness import Case, on_both_databases, postgres_only


@on_both_databases
class UnknownRevision(Case):
    """The branch was switched, or the file deleted."""

    def setUp(self):
        super().setUp()
        self.project()
        self.chain(2)
        self.cupel("upgrade", "head")
        os.remove(self.path("migrations/versions/r2.sql"))
        self.table_revision("x2", "r1")

    def test_reading_commands_work_and_say_so(self):
        result = self.run_cupel("current")
        self.assertEqual((result.code, result.out), (0, "r2 (unknown)\n"))
        self.assertEqual(result.err, "warning: the database is at revision 'r2', which no file defines\n"
                                     "  hint: bring its file back (another branch?), or let cupel doctor find out which revision it is\n")
        report = self.json("current")
        self.assertEqual((report["current"], report["unknown"], report["at_heads"]), ([], ["r2"], False))
        for command in ("current -v", "history", "history -v", "history -i", "heads", "branches", "show head", "show x2"):
            self.cupel(*command.split())
        self.assertEqual(self.run_cupel("current", "--check-heads").code, 3)
        self.refused("show current", 1, """
            error: the database is at revision 'r2', which no file defines
              hint: the nearest revision is 'r1'; bring its file back (another branch?), or let cupel doctor find out which revision it is
            """)
        self.refused("history -r current:", 1, """
            error: the database is at revision 'r2', which no file defines
              hint: the nearest revision is 'r1'; bring its file back (another branch?), or let cupel doctor find out which revision it is
            """)

    def test_what_writes_refuses(self):
        before = self.db.dump()
        for command in ("upgrade head", "upgrade x2", "upgrade +1", "downgrade -1", "downgrade base", "stamp head"):
            self.refused(command, 1, """
                error: the database is at revision 'r2', which no file defines
                  hint: the nearest revision is 'r1'; bring its file back (another branch?), or let cupel doctor find out which revision it is
                """)
        self.assertEqual(self.db.dump(), before)

    def test_purge_cures(self):
        self.cupel("stamp", "--purge", "r1")
        self.assertEqual(self.current(), ["r1"])
        self.cupel("upgrade", "head")
        self.assertEqual(self.current(), ["x2 (head)"])
        self.assertEqual(self.run_cupel("repair").code, 0)

    def test_a_deleted_file_below_the_current_revision(self):
        """The row is known, but what was applied before it is gone."""
        self.cupel("stamp", "--purge", "r1")
        self.cupel("upgrade", "head")
        os.remove(self.path("migrations/versions/r1.sql"))
        self.assertEqual(self.cupel("current"), "x2 (head)\n")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("revision 'x2' has the parent 'r1', which no file defines", result.err)


@on_both_databases
class StateOfTheDatabase(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.chain(2)

    def test_tables_are_there_already(self):
        self.db.script("CREATE TABLE t_r1 (id INTEGER PRIMARY KEY)")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("migrations/versions/r1.sql:7: ", result.err)
        self.assertIn("already exists", result.err)
        self.assertIn("\n  hint: if it was made in another way: cupel doctor finds out", result.err)
        self.assertEqual((self.db.tables(), self.current()), (["t_r1"], []))
        self.cupel("stamp", "r1")
        self.cupel("upgrade", "head")

    @harness.sqlite_only
    def test_a_foreign_key_that_the_end_finds_broken_names_the_revisions(self):
        self.revision("r3", "r2", "CREATE TABLE u (t INTEGER REFERENCES t_r1 (id));\nINSERT INTO u VALUES (7);")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertRegex(result.err, r"(?m)^  note: at the end of the transaction of '(r1', 'r2', ')?r3'$")

    def test_a_table_that_does_not_exist(self):
        self.revision("r3", "r2", "ALTER TABLE nowhere ADD COLUMN x INTEGER;")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("migrations/versions/r3.sql:7: ", result.err)
        self.assertIn("nowhere", result.err)

    def test_an_ancestor_stamped_with_its_descendant(self):
        """Alembic lets people do that, and then every upgrade fails."""
        self.cupel("upgrade", "r1")
        self.cupel("stamp", "r2")
        self.db.script("INSERT INTO alembic_version VALUES ('r1')")
        self.assertEqual(self.current(), ["r2 (head)"])
        self.assertEqual(self.run_cupel("upgrade", "head").code, 0)
        self.table_revision("r3", "r2")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT version_num FROM alembic_version"), [("r3",)])

    def test_the_log_can_be_switched_off(self):
        self.write("cupel.toml", self.read("cupel.toml") + "history = false\n")
        self.cupel("upgrade", "head")
        names = {"sqlite": "SELECT name FROM sqlite_master WHERE name LIKE 'cupel%'",
                 "postgresql": "SELECT tablename FROM pg_tables WHERE tablename LIKE 'cupel%'"}
        self.assertEqual(self.db.query(names[self.db.name]), [])
        self.cupel("history", "-v")
        self.cupel("downgrade", "base")

    def test_another_version_table(self):
        self.write("cupel.toml", self.read("cupel.toml") + 'version_table = "my \\"versions\\""\n')
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query('SELECT version_num FROM "my ""versions"""'), [("r2",)])
        self.assertEqual(self.current(), ["r2 (head)"])

    @postgres_only
    def test_a_version_table_elsewhere(self):
        self.write("cupel.toml", self.read("cupel.toml") + "version_table_schema = \"Own 'ed\"\n")
        self.assert_one_error(self.run_cupel("upgrade", "head"))
        self.assertEqual(self.db.tables(), [])
        self.db.script("CREATE SCHEMA \"Own 'ed\"")
        self.addCleanup(self.db.script, "DROP SCHEMA \"Own 'ed\" CASCADE")
        self.cupel("upgrade", "r1")
        self.assertEqual(self.db.query("SELECT version_num FROM \"Own 'ed\".alembic_version"), [("r1",)])
        self.assertEqual(self.current(), ["r1"])
        self.cupel("upgrade", "head")
        self.cupel("downgrade", "base")
        self.assertEqual(self.db.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"), [])

    def test_a_data_migration(self):
        self.revision("r3", "r2", """
            CREATE TABLE people (id INTEGER PRIMARY KEY, full_name TEXT, first TEXT, last TEXT);
            INSERT INTO people (id, full_name) VALUES (1, 'Ada Lovelace'), (2, 'O''Neil; Tip'), (3, 'Größe 増');
            UPDATE people SET first = substr(full_name, 1, 3), last = upper(full_name);
            """, "DROP TABLE people;")
        self.revision("r4", "r3", "DELETE FROM people WHERE id = 2;\nINSERT INTO people (id, full_name) SELECT id + 10, full_name FROM people;",
                      "DELETE FROM people WHERE id > 10;\nINSERT INTO people (id, full_name) VALUES (2, 'O''Neil; Tip');")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT id, full_name FROM people ORDER BY id"),
                         [(1, "Ada Lovelace"), (3, "Größe 増"), (11, "Ada Lovelace"), (13, "Größe 増")])
        self.cupel("downgrade", "-1")
        self.assertEqual(self.db.query("SELECT id, first FROM people ORDER BY id"), [(1, "Ada"), (2, None), (3, "Grö")])

    def test_exit_codes_and_json_of_a_run(self):
        report = self.json("upgrade", "head")
        self.assertEqual(report["current"], ["r2"])
        self.assertEqual([(step["direction"], step["revision"], step["from"], step["to"]) for step in report["steps"]],
                         [("upgrade", "r1", [], ["r1"]), ("upgrade", "r2", ["r1"], ["r2"])])
        report = self.json("downgrade", "base")
        self.assertEqual(report["current"], [])
        report = self.json("stamp", "head")
        self.assertEqual((report["current"], report["steps"][0]["direction"]), (["r2"], "stamp"))
        self.assertEqual(self.json("upgrade", "head"), {"steps": [], "current": ["r2"], "note": "", "backfills": [], "backup": None})

    def test_ctrl_c(self):
        """Rolled back, exit code 130, one line."""
        slow = "SELECT pg_sleep(30);" if self.db.name == "postgresql" else \
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000000000) SELECT count(*) FROM c;"
        self.revision("r3", "r2", "CREATE TABLE half (id INTEGER);\n" + slow)
        self.cupel("upgrade", "r2")
        process = subprocess.Popen([harness.BINARY, "upgrade", "head"], cwd=self.folder, env=harness.environment(),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(1.5)
        process.send_signal(2)
        out, err = process.communicate(timeout=20)
        self.assertEqual((process.returncode, out), (130, b""), err)
        self.assertEqual(err.decode().count("error:"), 1, err)
        self.assertEqual((self.db.tables(), self.current()), (["t_r1", "t_r2"], ["r2"]))


class LockedFile(Case):
    """Another program holds the SQLite file."""

    def setUp(self):
        super().setUp()
        self.project()
        self.chain(2)
        self.cupel("upgrade", "r1")
        self.other = sqlite3.connect(self.db.path, isolation_level=None, check_same_thread=False)
        self.addCleanup(self.other.close)

    def test_the_wait_ends(self):
        self.other.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        result = self.run_cupel("--lock-timeout", "1s", "upgrade", "head")
        self.assertLess(time.monotonic() - begun, 10)
        self.assert_one_error(result)
        self.assertIn("lock", result.err)
        self.assertIn("\n  hint: ", result.err)
        result = self.run_cupel("--lock-timeout", "1s", "current")
        self.assert_one_error(result)
        self.other.execute("ROLLBACK")
        self.assertEqual(self.current(), ["r1"])

    def test_it_is_waited_for(self):
        for command in ("upgrade", "head"), ("inspect",), ("doctor",):
            self.other.execute("BEGIN EXCLUSIVE")
            threading.Timer(1.0, lambda: self.other.execute("ROLLBACK")).start()
            self.cupel("--lock-timeout", "20s", *command)
        self.assertEqual(self.current(), ["r2 (head)"])


@unittest.skipUnless(harness.POSTGRES_URL and harness.psycopg2, "CUPEL_TEST_POSTGRES_URL is not set")
class LockedTable(Case):
    database_class = harness.Postgres

    def test_the_wait_ends_and_names_who_is_in_the_way(self):
        self.project()
        self.chain(1)
        self.revision("r2", "r1", "ALTER TABLE t_r1 ADD COLUMN x INTEGER;", "ALTER TABLE t_r1 DROP COLUMN x;")
        self.cupel("upgrade", "r1")
        self.db.query("BEGIN; LOCK TABLE t_r1 IN ACCESS EXCLUSIVE MODE")
        try:
            result = self.run_cupel("--lock-timeout", "2s", "upgrade", "head")
        finally:
            self.db.query("ROLLBACK")
        self.assert_one_error(result)
        self.assertIn("lock", result.err)
        self.assertIn("\n  hint: ", result.err)
        self.assertIn("LOCK TABLE t_r1", result.err)
        self.cupel("upgrade", "head")

    def test_who_reads_the_schema_does_not_wait_for_ever(self):
        self.project()
        table = "CREATE TABLE t_r1 (id INTEGER PRIMARY KEY, a INTEGER DEFAULT 1 CHECK (a > 0));\nCREATE INDEX ix ON t_r1 ((a + 1));"
        self.revision("r1", "", table, "DROP TABLE t_r1;")
        self.write("schema.sql", table)
        self.write("cupel.toml", self.read("cupel.toml") + '\n[schema]\nsql = ["schema.sql"]\n')
        self.cupel("upgrade", "head")
        self.db.query("BEGIN; LOCK TABLE t_r1 IN ACCESS EXCLUSIVE MODE")
        try:
            for command in ("inspect", "status", "doctor", "diff database models", "check"):
                result = self.run_cupel("--lock-timeout", "300ms", *command.split(), limit=20)
                self.assertEqual(len(re.findall("(?m)^error: ", result.err)), 1, command + result.err)
                self.assertIn("LOCK TABLE t_r1", result.err, command)
        finally:
            self.db.query("ROLLBACK")
        self.cupel("check")


class NotADatabase(Case):
    def test_a_file_that_is_none(self):
        self.project()
        self.chain(1)
        self.write("app.db", "this is no database, but a text of some length, so that it is not taken for an empty one\n" * 50)
        before = self.read("app.db")
        for command in ("current", "upgrade head", "stamp head"):
            result = self.run_cupel(*command.split())
            self.assert_one_error(result)
            self.assertIn("app.db", result.err)
            self.assertIn("\n  hint: ", result.err)
        self.assertEqual(self.read("app.db"), before)


if __name__ == "__main__":
    unittest.main()
