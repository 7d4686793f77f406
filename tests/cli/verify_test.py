# SPDX-License-Identifier: MIT
"""cupel verify: every revision up, down and up again on a scratch database. See docs/verify.md."""
import json
import os
import unittest
import xml.etree.ElementTree

from concurrency_test import Process
from harness import AlembicProject, Case, on_both_databases


@on_both_databases
class Verify(Case):
    def setUp(self):
        super().setUp()
        self.project()

    def scratch_databases(self, pid):
        """Of one process: other tests have theirs."""
        if self.db.name != "postgresql":
            return []
        return self.db.query("SELECT datname FROM pg_database WHERE datname LIKE ?", f"cupel\\_scratch\\_%\\_{pid}\\_%")

    def verify(self, *arguments, code=3):
        """The report as JSON, and what a person sees."""
        seen = self.run_cupel("verify", *arguments)
        self.assertEqual(seen.code, code, seen.out + seen.err)
        result = self.run_cupel("--json", "verify", *arguments)
        self.assertEqual(result.code, code, result.out + result.err)
        return json.loads(result.out), self.normal(seen.out), seen.err

    def codes(self, report):
        return [(finding["code"], finding["revision"]) for finding in report["findings"]]

    def test_a_sound_project(self):
        self.diamond()
        report, out, err = self.verify(code=0)
        self.assertEqual(out, "")
        self.assertRegex(err, r"^4 revisions tried up, down and up again in [0-9.]+ s: nothing is wrong\.\n$")
        self.assertEqual([r["revision"] for r in report["revisions"]],
                         ["a1a1a1a1a1a1", "b2b2b2b2b2b2", "c3c3c3c3c3c3", "d4d4d4d4d4d4"])
        self.assertTrue(all(r["tried"] and r["up_ms"] > 0 and r["down_ms"] > 0 and r["again_ms"] > 0
                            for r in report["revisions"]))
        self.assertEqual((report["clean"], report["findings"]), (True, []))
        self.assertEqual(self.db.tables(), [])  # the project's own database was not touched
        if self.db.name == "sqlite":
            self.assertFalse(self.db.exists())

    def test_an_empty_project(self):
        _, out, err = self.verify(code=0)
        self.assertEqual(out, "")
        self.assertIn("0 revisions tried", err)

    def test_a_downgrade_that_does_not_restore(self):
        self.table_revision("r1")
        self.revision("r2", "r1", 'ALTER TABLE t_r1 ADD COLUMN a INTEGER;\nALTER TABLE t_r1 ADD COLUMN b INTEGER;\nCREATE INDEX ix_a ON t_r1 (b);',
                      "DROP INDEX ix_a;\nALTER TABLE t_r1 DROP COLUMN a;")
        self.table_revision("r3", "r2")
        report, out, err = self.verify()
        self.assertEqual(out, "migrations/versions/r2.sql: revision 'r2': its downgrade does not restore what was there before (VF004)\n"
                              "  besides: column 'b' of table 't_r1'\n")
        self.assertEqual(self.codes(report), [("VF004", "r2")])
        self.assertEqual([d["kind"] for d in report["findings"][0]["differences"]], ["added"])
        self.assertTrue(all(r["tried"] for r in report["revisions"]))

    def test_what_the_downgrade_forgets_to_bring_back(self):
        self.revision("r1", "", "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER);\nCREATE INDEX ix_n ON a (n);\nCREATE TABLE b (id INTEGER PRIMARY KEY);",
                      "DROP TABLE a;\nDROP TABLE b;")
        self.revision("r2", "r1", "DROP INDEX ix_n;\nDROP TABLE b;", "SELECT 1;")
        _, out, _ = self.verify()
        self.assertEqual(out, "migrations/versions/r2.sql: revision 'r2': its downgrade does not restore what was there before (VF004)\n"
                              "  missing: index 'ix_n' of table 'a'\n  missing: table 'b'\n")

    def test_a_missing_downgrade(self):
        self.table_revision("r1")
        self.write("migrations/versions/r2.sql", "-- revision: r2\n-- down_revision: r1\n-- message: no way back\n\n"
                   "-- cupel: upgrade\nCREATE TABLE t2 (id INTEGER PRIMARY KEY);\n")
        self.table_revision("r3", "r2")
        report, out, _ = self.verify()
        self.assertEqual(self.codes(report), [("VF002", "r2")])
        self.assertIn("migrations/versions/r2.sql: revision 'r2': it has no downgrade (VF002)\n", out)
        self.assertGreater(report["revisions"][2]["again_ms"], 0)

    def test_the_revision_may_allow_it(self):
        self.table_revision("r1")
        self.write("migrations/versions/r2.sql", "-- revision: r2\n-- down_revision: r1\n-- message: no way back\n\n"
                   "-- cupel: upgrade\n-- cupel: allow VF002 because nobody can know the old values\nDROP TABLE t_r1;\n")
        self.verify(code=0)

    def test_an_empty_downgrade(self):
        self.table_revision("r1")
        self.revision("r2", "r1", "CREATE TABLE t2 (id INTEGER PRIMARY KEY);", "")
        report, _, _ = self.verify()
        self.assertEqual(self.codes(report), [("VF004", "r2")])

    def test_a_revision_that_does_not_run(self):
        self.table_revision("r1")
        self.revision("r2", "r1", "ALTER TABLE nobody ADD COLUMN a INTEGER;", "SELECT 1;")
        self.table_revision("r3", "r2")
        report, out, err = self.verify()
        self.assertEqual(self.codes(report), [("VF001", "r2")])
        self.assertIn("migrations/versions/r2.sql: revision 'r2': it does not run (VF001)\n  migrations/versions/r2.sql:7: ", out)
        self.assertIn("1 not tried", err)
        self.assertEqual([r["tried"] for r in report["revisions"]], [True, True, False])

    def test_a_downgrade_that_does_not_run(self):
        self.table_revision("r1")
        self.revision("r2", "r1", "CREATE TABLE t2 (id INTEGER PRIMARY KEY);", "DROP TABLE t2;\nDROP TABLE nobody;")
        self.revision("r3", "r2", "ALTER TABLE t2 ADD COLUMN a INTEGER;", "ALTER TABLE t2 DROP COLUMN a;")
        report, out, _ = self.verify()
        self.assertEqual(self.codes(report), [("VF003", "r2")])
        self.assertIn("its downgrade does not run (VF003)\n  migrations/versions/r2.sql:11: ", out)

    def test_branches_that_conflict(self):
        self.table_revision("a1")
        self.revision("b2", "a1", "CREATE TABLE shared (id INTEGER PRIMARY KEY);", "DROP TABLE shared;")
        self.revision("c3", "a1", "CREATE TABLE shared (id INTEGER PRIMARY KEY, n INTEGER);", "DROP TABLE shared;")
        report, out, _ = self.verify()
        self.assertEqual(self.codes(report), [("VF006", "c3")])
        self.assertIn("revision 'c3': it does not run after the revisions of another branch, only without them (VF006)\n", out)

    def test_branches_that_only_run_in_one_order(self):
        self.table_revision("a1")
        self.revision("b2", "a1", "CREATE TABLE parts (id INTEGER PRIMARY KEY);", "DROP TABLE parts;")
        self.revision("c3", "a1", "ALTER TABLE parts ADD COLUMN n INTEGER;", "ALTER TABLE parts DROP COLUMN n;")
        report, out, _ = self.verify()
        self.assertEqual(self.codes(report), [("VF006", "c3")])
        self.assertIn("it runs only if another branch has run before it (VF006)", out)
        # The dependency that the hint speaks of settles it.
        self.revision("c3", "a1", "ALTER TABLE parts ADD COLUMN n INTEGER;", "ALTER TABLE parts DROP COLUMN n;", depends="b2")
        self.verify(code=0)

    def test_a_schema_that_depends_on_the_order(self):
        self.table_revision("a1")
        self.revision("b2", "a1", "CREATE TABLE IF NOT EXISTS shared (id INTEGER PRIMARY KEY);", "DROP TABLE IF EXISTS shared;")
        self.revision("c3", "a1", "CREATE TABLE IF NOT EXISTS shared (id INTEGER PRIMARY KEY, n INTEGER);", "SELECT 1;")
        report, out, _ = self.verify()
        self.assertIn(("VF006", ""), self.codes(report))
        self.assertIn("the schema depends on which branch runs first (VF006)", out)

    def test_from(self):
        self.revision("r1", "", "CREATE TABLE a (id INTEGER PRIMARY KEY);", "")
        self.table_revision("r2", "r1")
        report, _, _ = self.verify("--from", "r1", code=0)
        self.assertEqual([r["revision"] for r in report["revisions"]], ["r2"])
        self.assertEqual(self.codes(self.verify()[0]), [("VF004", "r1")])
        result = self.run_cupel("verify", "--from", "nobody")
        self.assert_one_error(result)

    def test_models(self):
        self.project('[schema]\nsql = ["schema.sql"]\n')
        self.write("schema.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n")
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);", "DROP TABLE users;")
        report, out, _ = self.verify()
        self.assertEqual(self.codes(report), [("VF007", "")])
        self.assertIn("the revisions do not make what the models say (VF007)\n  Detected NOT NULL on column 'users.name'\n", out)
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);", "DROP TABLE users;")
        _, _, err = self.verify(code=0)
        self.assertIn("compared with the models", err)

    def test_a_seed_shows_lost_data(self):
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50), phone VARCHAR(20));", "DROP TABLE users;")
        self.revision("r2", "r1", "ALTER TABLE users DROP COLUMN phone;", "ALTER TABLE users ADD COLUMN phone VARCHAR(20);")
        self.revision("r3", "r2", "DELETE FROM users WHERE name LIKE 'b%';", "SELECT 1;")
        self.verify(code=0)
        self.write("rows.sql", "-- cupel: at r1\nINSERT INTO users VALUES (1, 'ann', '12'), (2, 'bob', NULL);\n")
        report, out, _ = self.verify("--seed", "rows.sql")
        self.assertEqual(self.codes(report), [("VF008", "r2"), ("VF008", "r3")])
        self.assertIn("its way up and back loses data (VF008)\n  column 'phone' of table 'users': 1 value is not what it was before\n", out)
        self.assertIn("  table 'users': 1 of 2 rows is gone\n", out)
        self.write("rows.sql", "\n\n-- cupel: at r1\n\nINSERT INTO nobody VALUES (1);\n")
        result = self.run_cupel("verify", "--seed", "rows.sql")
        self.assert_one_error(result)
        self.assertIn("error: rows.sql:5: ", result.err)
        self.write("rows.sql", "-- cupel: at zz\nSELECT 1;\n")
        result = self.run_cupel("verify", "--seed", "rows.sql")
        self.assertIn("error: rows.sql:1:1: ", result.err)

    def test_junit(self):
        self.table_revision("r1")
        self.revision("r2", "r1", 'CREATE TABLE "a<b&" (id INTEGER PRIMARY KEY);', "")
        self.revision("r3", "r2", "DROP TABLE nobody;", "")
        self.table_revision("r4", "r3")
        self.verify("--junit", "out.xml")
        suite = xml.etree.ElementTree.parse(self.path("out.xml")).getroot()
        self.assertEqual([suite.get(key) for key in ("tests", "failures", "skipped")], ["4", "2", "1"])
        failure = suite.findall("testcase")[1].find("failure")
        self.assertEqual(failure.get("type"), "VF004")
        self.assertIn("besides: table 'a<b&'", failure.text)
        self.assertIsNotNone(suite.findall("testcase")[3].find("skipped"))

    def test_verbose(self):
        self.chain(2)
        _, out, _ = self.verify("-v", code=0)
        self.assertRegex(out, r"^r1  up [0-9.]+ ms, down [0-9.]+ ms, again [0-9.]+ ms\nr2 ")

    def test_no_scratch_database_is_left(self):
        self.chain(2)
        process = Process(self, "verify")
        self.assertEqual(process.result().code, 0)
        self.assertEqual(self.scratch_databases(process.popen.pid), [])

    def test_statements_outside_of_transactions(self):
        if self.db.name == "sqlite":
            return self.skipTest("SQLite has VACUUM only, which a scratch database may leave out")
        self.table_revision("r1")
        self.revision("r2", "r1", "CREATE INDEX CONCURRENTLY ix ON t_r1 (id);", "DROP INDEX CONCURRENTLY ix;")
        self.revision("r3", "r2", "CREATE TYPE mood AS ENUM ('a');\nALTER TYPE mood ADD VALUE 'b';", "DROP TYPE mood;")
        self.verify(code=0)

    def test_revisions_in_python(self):
        os.remove(self.path("cupel.toml"))
        project = AlembicProject(self.folder, self.db.url)
        project.revision("a1", None, "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50))", "DROP TABLE users")
        project.revision("b2", "a1", "ALTER TABLE users DROP COLUMN name")
        project.revision("c3", "b2", "CREATE TABLE t (id INTEGER PRIMARY KEY)", "DROP TABLE t")
        report, out, _ = self.verify()
        self.assertEqual(self.codes(report), [("VF004", "b2")])
        self.assertIn("  missing: column 'name' of table 'users'\n", out)
        text = self.read("migrations/versions/b2.py")
        self.write("migrations/versions/b2.py", ("# cupel: allow VF004 because the names are gone\n" + text).encode())
        self.verify(code=0)

    def test_many_revisions(self):
        for i in range(200):
            self.revision(f"m{i:03}", f"m{i - 1:03}" if i else "", f"CREATE TABLE t{i % 20}_{i} (id INTEGER PRIMARY KEY, a INTEGER, b TEXT);",
                          f"DROP TABLE t{i % 20}_{i};")
        self.verify(code=0)


if __name__ == "__main__":
    unittest.main()
