# SPDX-License-Identifier: MIT
"""Nothing is destroyed without a yes: decision 5, scenarios A2 and F28 of docs/safety.md."""
import os
import pty
import subprocess
import unittest

import harness
from harness import Case, on_both_databases, postgres_only, sqlite_only


@on_both_databases
class Destruction(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, phone TEXT);\nCREATE TABLE empty (id INTEGER);",
                      "DROP TABLE users;\nDROP TABLE empty;")
        self.cupel("upgrade", "head")
        self.db.script("INSERT INTO users VALUES (1, 'ann', NULL), (2, 'bob', '12'), (3, 'cy', NULL)")

    def assert_nothing_happened(self, at="r1 (head)\n", rows=3):
        self.assertEqual(self.db.query("SELECT count(*) FROM users"), [(rows,)])

    def test_a_dropped_table(self):
        self.revision("r2", "r1", "CREATE TABLE other (id INTEGER);\nDROP TABLE users;")
        before = self.db.dump()
        self.refused("upgrade head", 1, """
            error: the run would destroy data: revision 'r2' drops table 'users', and 3 rows with it
              note: migrations/versions/r2.sql:8: drops table 'users', and 3 rows with it (DS001)
              hint: if that is meant, say so: -- cupel: allow DS001 because <reason>, above the statement; or beside it: cupel approve r2 --because <reason>; or run with --allow-destructive
            """)
        self.assertEqual(self.db.dump(), before)
        self.assertEqual(self.current(), ["r1"])
        self.cupel("upgrade", "head", "--allow-destructive")
        self.assertEqual(self.db.tables(), ["empty", "other"])

    def test_nothing_runs_though_only_the_last_revision_destroys(self):
        self.table_revision("r2", "r1")
        self.revision("r3", "r2", "ALTER TABLE users DROP COLUMN phone;\nDELETE FROM users;")
        before = self.db.dump()
        self.refused("upgrade head", 1, """
            error: the run would destroy data in 2 steps
              note: migrations/versions/r3.sql:7: drops column 'phone' of table 'users', and 1 value with it (DS002)
              note: migrations/versions/r3.sql:8: deletes all rows of table 'users', and 3 rows with it (DV001)
              hint: if that is meant, say so: -- cupel: allow DS002 because <reason>, above the statement; or beside it: cupel approve r3 --because <reason>; or run with --allow-destructive
            """)
        self.assertEqual(self.db.dump(), before)
        result = self.run_cupel("--json", "upgrade", "head")
        self.assertEqual((result.code, '"kind": "destructive"' in result.out), (1, True))

    def test_the_revision_may_allow_it(self):
        up = "-- cupel: allow DS001 because nobody has used it for a year\nDROP TABLE users;\nDROP TABLE empty;"
        self.revision("r2", "r1", up)
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.tables(), [])

    def test_another_code_allows_nothing(self):
        self.revision("r2", "r1", "-- cupel: allow DS002 because of a slip\nDROP TABLE users;")
        self.assert_one_error(self.run_cupel("upgrade", "head"))
        self.assert_nothing_happened()

    def test_what_is_empty_is_nobodys_loss(self):
        self.revision("r2", "r1", "ALTER TABLE users ADD COLUMN fax TEXT;\nDROP TABLE empty;\nDROP TABLE IF EXISTS nobody;",
                      "ALTER TABLE users DROP COLUMN fax;")
        self.cupel("upgrade", "head")
        self.cupel("downgrade", "-1")
        self.assert_nothing_happened()

    def test_what_the_run_makes_itself_may_go(self):
        self.revision("r2", "r1", "CREATE TABLE tmp AS SELECT * FROM users;\nCREATE TABLE other (id INTEGER);\nINSERT INTO other SELECT id FROM users;")
        self.revision("r3", "r2", "DROP TABLE tmp;\nDELETE FROM other;\nDROP TABLE other;")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.tables(), ["empty", "users"])

    def test_computed_values_can_be_made_again(self):
        kind = "STORED" if self.db.name == "postgresql" else "VIRTUAL"
        self.db.script(f"ALTER TABLE users ADD COLUMN \"Size\" INTEGER GENERATED ALWAYS AS (length(name)) {kind}")
        self.revision("r2", "r1", "ALTER TABLE users DROP COLUMN \"Size\";")
        self.cupel("upgrade", "head")
        self.assert_nothing_happened("r2 (head)\n")

    def test_a_renamed_table_is_followed(self):
        self.revision("r2", "r1", "ALTER TABLE users RENAME TO people;\nDROP TABLE people;")
        result = self.run_cupel("upgrade", "head")
        self.assertIn("drops table 'people', and 3 rows with it (DS001)", result.err)
        self.assert_nothing_happened()

    def test_downgrades_only_if_all_is_denied(self):
        before = self.db.dump()
        self.project('[safety]\ndestructive = "deny"\n')
        result = self.run_cupel("downgrade", "base")
        self.assert_one_error(result)
        self.assertIn("note: migrations/versions/r1.sql:11: drops table 'users', and 3 rows with it (DS001)\n", result.err)
        self.assertNotIn("'empty'", result.err)
        self.assertEqual(self.db.dump(), before)
        self.cupel("downgrade", "base", "--allow-destructive")
        self.assertEqual(self.db.tables(), [])
        self.project()
        self.cupel("upgrade", "head")
        self.cupel("downgrade", "base")
        self.assertEqual(self.db.tables(), [])

    def test_configuration(self):
        self.revision("r2", "r1", "DROP TABLE users;")
        self.project('[safety]\ndestructive = "allow"\n')
        self.cupel("upgrade", "head")
        self.project('[safety]\ndestructive = "yes"\n')
        self.refused("upgrade head", 1, """
            error: cupel.toml:6:15: destructive must be ask, deny or allow, got 'yes'
              hint: leave it at ask if you are not sure
            """)

    def test_a_rebuild_written_out_loses_only_the_columns_it_leaves_out(self):
        rebuild = """CREATE TABLE _new (id INTEGER PRIMARY KEY, name TEXT{0});
            INSERT INTO _new (id, name{1}) SELECT id, name{1} FROM users;
            DROP TABLE users;
            ALTER TABLE _new RENAME TO users;"""
        self.revision("r2", "r1", rebuild.format(", phone TEXT NOT NULL DEFAULT ''", ", phone").replace("name, phone FROM", "name, coalesce(phone, '') FROM"))
        self.cupel("upgrade", "head")
        self.assert_nothing_happened()
        self.revision("r3", "r2", rebuild.format("", ""))
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("rebuilds table 'users' without its column 'phone', and 3 values with it (DS002)", result.err)

    def answer(self, text):
        """Runs on a terminal, where somebody types."""
        main, terminal = pty.openpty()
        process = subprocess.Popen([harness.BINARY, "upgrade", "head"], cwd=self.folder, env=harness.environment(),
                                   stdin=terminal, stdout=subprocess.PIPE, stderr=terminal)
        os.close(terminal)
        os.write(main, text.encode())
        process.stdout.read()
        shown = b""
        try:
            while chunk := os.read(main, 4096):
                shown += chunk
        except OSError:
            pass
        os.close(main)
        process.stdout.close()
        return process.wait(), shown.decode()

    def test_a_question_on_the_terminal(self):
        self.revision("r2", "r1", "DROP TABLE users;")
        code, shown = self.answer("n\n")
        self.assertEqual(code, 1, shown)
        self.assertIn("warning: migrations/versions/r2.sql:7: drops table 'users', and 3 rows with it (DS001)", shown)
        self.assertIn("Destroy that? [y/n]", shown)
        self.assert_nothing_happened()
        code, shown = self.answer("y\n")
        self.assertEqual(code, 0, shown)
        self.assertEqual(self.db.tables(), ["empty"])

    @postgres_only
    def test_a_type_that_cuts(self):
        self.revision("r2", "r1", "ALTER TABLE users ALTER COLUMN name TYPE varchar(2) USING left(name, 2);")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("changes the type of column 'name' of table 'users' to varchar(2), and 2 values with it (DS006)", result.err)
        self.revision("r2", "r1", "ALTER TABLE users ALTER COLUMN name TYPE varchar(200), ALTER phone TYPE int USING phone::int, ALTER id TYPE bigint;")
        self.cupel("upgrade", "head")

    @postgres_only
    def test_what_cannot_be_counted(self):
        self.revision("r2", "r1", "CREATE SCHEMA IF NOT EXISTS s;\nDROP SCHEMA s CASCADE;")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("drops schema 's' with all that is in it; how much that is cannot be counted (DS003)", result.err)

    @postgres_only
    def test_rows_that_come_between_the_look_and_the_run(self):
        """The second look is in the transaction of the revision."""
        self.revision("r2", "r1", "INSERT INTO empty VALUES (1);")
        self.revision("r3", "r2", "TRUNCATE empty;")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("empties table 'empty', and 1 row with it (DS004)", result.err)
        self.assertIn("note: rolled back; the database is at 'r2'", result.err)

    @sqlite_only
    def test_the_whole_run_goes_back(self):
        self.revision("r2", "r1", "INSERT INTO empty VALUES (1);")
        self.revision("r3", "r2", "DROP TABLE empty;")
        self.assert_one_error(self.run_cupel("upgrade", "head"))
        self.assertEqual(self.current(), ["r1"])


if __name__ == "__main__":
    unittest.main()
