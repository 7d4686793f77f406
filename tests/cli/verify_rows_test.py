# SPDX-License-Identifier: MIT
"""cupel verify with rows that it makes, and on several scratch databases at once. See docs/verify.md."""
import json
import re
import unittest

from harness import Case, on_both_databases, postgres_only


@on_both_databases
class MadeRows(Case):
    def setUp(self):
        super().setUp()
        self.project()

    def codes(self, *arguments):
        result = self.run_cupel("--json", "verify", *arguments)
        self.assertIn(result.code, (0, 3), result.err)
        return [it["code"] for it in json.loads(result.out)["findings"]], result

    def test_a_way_back_that_loses_rows(self):
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(5) NOT NULL UNIQUE);", "DROP TABLE users;")
        self.revision("r2", "r1", "DELETE FROM users;", "SELECT 1;")
        self.assertEqual(self.codes()[0], [])
        codes, result = self.codes("--rows", "3")
        self.assertEqual(codes, ["VF008"])
        self.assertIn("table 'users': 3 of 3 rows are gone", result.out)

    def test_values_of_a_column_that_is_dropped_and_made_again(self):
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);", "DROP TABLE users;")
        self.revision("r2", "r1", "ALTER TABLE users DROP COLUMN name;", "ALTER TABLE users ADD COLUMN name TEXT;")
        codes, result = self.codes("--rows", "2")
        self.assertEqual(codes, ["VF008"])
        self.assertIn("column 'name' of table 'users': 2 values are not what they were before", result.out)

    def test_columns_that_came_later_have_values_too(self):
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY);", "DROP TABLE users;")
        self.revision("r2", "r1", "ALTER TABLE users ADD COLUMN name TEXT;", "ALTER TABLE users DROP COLUMN name;")
        self.revision("r3", "r2", "UPDATE users SET name = NULL;", "SELECT 1;")
        self.assertEqual(self.codes("--rows", "2")[0], ["VF008"])

    def test_a_revision_that_fails_on_rows_alone(self):
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);", "DROP TABLE users;")
        self.revision("r2", "r1", "CREATE TABLE copy (id INTEGER PRIMARY KEY CHECK (id < 0));\nINSERT INTO copy SELECT id FROM users;", "DROP TABLE copy;")
        self.assertEqual(self.codes()[0], [])
        self.assertEqual(self.codes("--rows", "1")[0], ["VF001"])

    def test_types_keys_and_parents(self):
        kinds = "a BOOLEAN NOT NULL, b NUMERIC(3, 1) NOT NULL, c REAL NOT NULL, d CHAR(2) NOT NULL, e DATE NOT NULL, f TIMESTAMP NOT NULL"
        if self.db.name == "postgresql":
            kinds += (", g uuid NOT NULL, h jsonb NOT NULL, i inet NOT NULL, j text[] NOT NULL, k interval NOT NULL, l bytea NOT NULL, "
                      "m mood NOT NULL, n int GENERATED ALWAYS AS IDENTITY, o tsvector NOT NULL, p numeric(2, 2) NOT NULL")
        before = "CREATE TYPE mood AS ENUM ('ok', 'glad');\n" if self.db.name == "postgresql" else ""
        self.revision("r1", "", before + "CREATE TABLE parents (x INTEGER, y VARCHAR(9), PRIMARY KEY (x, y));\n"
                      f"CREATE TABLE kinds (id INTEGER PRIMARY KEY, {kinds}, x INTEGER NOT NULL, y VARCHAR(9) NOT NULL, up INTEGER REFERENCES kinds, "
                      "FOREIGN KEY (x, y) REFERENCES parents);\nCREATE UNIQUE INDEX ix ON kinds (d);",
                      "DROP TABLE kinds;\nDROP TABLE parents;" + ("\nDROP TYPE mood;" if before else ""))
        self.revision("r2", "r1", "DELETE FROM kinds;", "SELECT 1;")
        codes, result = self.codes("--rows", "4")
        self.assertNotIn("no rows could be made", result.err)
        self.assertEqual(codes, ["VF008"])
        self.assertIn("table 'kinds': 4 of 4 rows are gone", result.out)

    def test_tables_that_take_no_rows_are_told(self):
        self.revision("r1", "", "CREATE TABLE odd (name TEXT NOT NULL CHECK (name = 'only this'));", "DROP TABLE odd;")
        result = self.run_cupel("verify", "--rows", "2")
        self.assertEqual(result.code, 0)
        self.assertIn("warning: no rows could be made for table 'odd': ", result.err)

    def test_rows_that_revisions_insert_do_not_collide(self):
        serial = "id INTEGER PRIMARY KEY" if self.db.name == "sqlite" else "id SERIAL PRIMARY KEY"
        self.revision("r1", "", f"CREATE TABLE users ({serial}, name TEXT UNIQUE);", "DROP TABLE users;")
        self.revision("r2", "r1", "INSERT INTO users (name) VALUES ('root');", "DELETE FROM users WHERE name = 'root';")
        self.assertEqual(self.codes("--rows", "3")[0], [])


@on_both_databases
class Jobs(Case):
    def setUp(self):
        super().setUp()
        self.project()
        for i in range(1, 41):
            self.table_revision(f"r{i}", f"r{i - 1}" if i > 1 else "")

    def lines(self, *arguments):
        result = self.run_cupel("verify", *arguments)
        return result.code, result.out, re.sub(r"[0-9.]+ s", "N s", result.err)

    def test_find_what_one_finds(self):
        self.table_revision("r41", "r40")
        self.revision("r5", "r4", 'CREATE TABLE "t_r5" (id INTEGER PRIMARY KEY);', 'DROP TABLE "t_r5";\nCREATE TABLE left_over (id INTEGER);')
        self.revision("r33", "r32", 'CREATE TABLE "t_r33" (id INTEGER PRIMARY KEY);\nCREATE INDEX ix ON t_r1 (id);', 'DROP TABLE "t_r33";')
        alone = self.lines()
        self.assertEqual(alone[0], 3)
        self.assertEqual(self.lines("--jobs", "3"), alone)
        self.assertEqual(self.lines("--jobs", "99", "--from", "r7"), self.lines("--from", "r7"))
        self.assertEqual(self.lines("-j", "2", "--rows", "2")[0], 3)

    def test_a_count_is_a_whole_number(self):
        for word in ("x", "0", "-1", "2x", "99999999999999999999"):
            result = self.run_cupel("verify", "--jobs=" + word)
            self.assert_one_error(result, 2)
            self.assertIn(f"'--jobs' must be a whole number from 1 to 1000000, got '{word}'\n  hint: cupel verify --help", result.err)

    def test_a_revision_that_does_not_run(self):
        self.revision("r20", "r19", "INSERT INTO missing VALUES (1);", "SELECT 1;")
        alone = self.lines()
        self.assertEqual(alone[0], 3)
        self.assertEqual(self.lines("--jobs", "3"), alone)

    @postgres_only
    def test_leave_no_database_behind(self):
        self.cupel("verify", "--jobs", "3")
        left = self.db.query("SELECT datname FROM pg_database d JOIN pg_shdescription s ON s.objoid = d.oid WHERE s.description LIKE '%scratch%'")
        self.assertEqual([name for (name,) in left if not self.is_somebodys(name)], [])

    def is_somebodys(self, name):
        return self.db.query("SELECT 1 FROM pg_stat_activity WHERE datname = ?", name) != []


if __name__ == "__main__":
    unittest.main()
