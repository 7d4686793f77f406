# SPDX-License-Identifier: MIT
"""cupel upgrade --dry-run: everything for real, and then undone. See docs/safety.md."""
import json
import os
import random
import re
import signal
import subprocess
import time
import unittest

import harness
from harness import Case, on_both_databases, postgres_only, sqlite_only


@on_both_databases
class DryRun(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50));", "DROP TABLE users;")
        self.cupel("upgrade", "head")
        self.db.script("INSERT INTO users VALUES (1, 'ann'), (2, 'bob'), (3, 'cy')")

    def whole(self):
        """All that is there, with cupel's own tables."""
        history = self.db.query("SELECT * FROM cupel_history ORDER BY 1")
        files = sorted(name for name in os.listdir(self.folder) if not name.endswith("-journal"))
        return self.db.dump(), history, self.db.tables(), files

    def test_shows_and_leaves_nothing(self):
        self.revision("r2", "r1", "ALTER TABLE users ADD COLUMN phone VARCHAR(20);\nUPDATE users SET phone = '1';\nCREATE TABLE t (id INTEGER PRIMARY KEY);",
                      "SELECT 1;", message="add phone")
        self.table_revision("r3", "r2")
        before = self.whole()
        result = self.run_cupel("upgrade", "head", "--dry-run")
        self.assertEqual(result.code, 0, result.err)
        text = re.sub(r"[0-9.]+ ms", "N ms", result.out)
        self.assertEqual(text, """\
-- Running upgrade r1 -> r2, add phone

ALTER TABLE users ADD COLUMN phone VARCHAR(20);
-- N ms

UPDATE users SET phone = '1';
-- N ms, 3 rows

CREATE TABLE t (id INTEGER PRIMARY KEY);
-- N ms

-- Running upgrade r2 -> r3, r3

CREATE TABLE "t_r3" (id INTEGER PRIMARY KEY);
-- N ms

-- What the schema would have otherwise:
--   Detected added table 't'
--   Detected added table 't_r3'
--   Detected added column 'users.phone'
""")
        self.assertTrue(result.err.endswith("Rolled back; nothing was changed.\n"), result.err)
        self.assertEqual(self.whole(), before)
        self.assertEqual(self.current(), ["r1"])
        data = self.json("upgrade", "head", "--dry-run")
        self.assertEqual([s["rows"] for s in data["statements"]], [0, 3, 0, 0])
        self.assertEqual([s["line"] for s in data["statements"]], [7, 8, 9, 7])
        self.assertEqual((len(data["differences"]), data["current"], data["has_database"]), (3, ["r3"], True))
        self.assertEqual(self.whole(), before)
        self.cupel("upgrade", "head")  # what was tried works

    def test_a_failure_is_the_same_as_in_a_run(self):
        self.table_revision("r2", "r1")
        self.revision("r3", "r2", "INSERT INTO users VALUES (4, 'dan');\nINSERT INTO nobody VALUES (1);")
        before = self.whole()
        result = self.run_cupel("upgrade", "head", "--dry-run")
        self.assert_one_error(result)
        self.assertIn("versions/r3.sql:8: ", result.err)
        self.assertEqual(self.whole(), before)

    def test_the_gate_holds(self):
        self.revision("r2", "r1", "DROP TABLE users;")
        before = self.whole()
        result = self.run_cupel("upgrade", "head", "--dry-run")
        self.assert_one_error(result)
        self.assertIn("would destroy data", result.err)
        self.cupel("upgrade", "head", "--dry-run", "--allow-destructive")
        self.assertEqual(self.whole(), before)

    def test_what_is_checked_at_the_end(self):
        if self.db.name == "sqlite":
            self.revision("r2", "r1", "CREATE TABLE pets (owner INTEGER REFERENCES users (id));\nINSERT INTO pets VALUES (9);")
        else:
            self.revision("r2", "r1", "CREATE TABLE pets (owner INTEGER REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO pets VALUES (9);")
        before = self.whole()
        self.assert_one_error(self.run_cupel("upgrade", "head", "--dry-run"))
        self.assertEqual(self.whole(), before)

    def test_nothing_to_do(self):
        result = self.run_cupel("upgrade", "head", "--dry-run")
        self.assertEqual((result.code, result.out), (0, ""))

    def test_not_with_sql(self):
        self.assertEqual(self.run_cupel("upgrade", "head", "--dry-run", "--sql").code, 2)

    @postgres_only
    def test_what_cannot_be_tried(self):
        self.revision("r2", "r1", "CREATE INDEX CONCURRENTLY ix ON users (name);\nCREATE TABLE t (id INTEGER PRIMARY KEY);")
        before = self.whole()
        result = self.run_cupel("upgrade", "head", "--dry-run")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("CREATE INDEX CONCURRENTLY ix ON users (name);\n-- not tried: it runs outside of a transaction\n", result.out)
        self.assertEqual(self.whole(), before)
        self.assertEqual([s["tried"] for s in self.json("upgrade", "head", "--dry-run")["statements"]], [False, True])
        self.revision("r3", "r2", "CREATE TYPE mood AS ENUM ('a');\nALTER TYPE mood ADD VALUE 'b';\nCREATE TABLE m (m mood DEFAULT 'b');")
        result = self.run_cupel("upgrade", "head", "--dry-run")
        self.assert_one_error(result)
        self.assertIn("note: was not tried, which may be why: ALTER TYPE mood ADD VALUE 'b'", result.err)

    @sqlite_only
    def test_what_cannot_be_tried_on_sqlite(self):
        self.revision("r2", "r1", "CREATE TABLE t (id INTEGER PRIMARY KEY);\nVACUUM;")
        before = self.whole()
        result = self.run_cupel("upgrade", "head", "--dry-run")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("VACUUM;\n-- not tried: it runs outside of a transaction\n", result.out)
        self.assertEqual(self.whole(), before)

    @sqlite_only
    def test_a_database_that_is_not_there(self):
        os.remove(self.db.path)
        result = self.run_cupel("upgrade", "head", "--dry-run")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Detected added table 'users'", result.out)
        self.assertIn("The database is not there yet; an empty one in memory was tried.\n", result.err)
        self.assertFalse(self.db.exists())

    def test_others_wait_and_work_on(self):
        """The lock holds: a real run at the same time waits, and both end well."""
        slow = {"sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) INSERT INTO users SELECT 1000000 + i, 'x' FROM n WHERE i % 1000 = 0;",
                "postgresql": "SELECT pg_sleep(1);"}[self.db.name]
        self.revision("r2", "r1", "CREATE TABLE t (id INTEGER PRIMARY KEY);\n" + slow)
        trial = subprocess.Popen([harness.BINARY, "upgrade", "head", "--dry-run"], cwd=self.folder, env=harness.environment(),
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(0.3)
        self.cupel("upgrade", "head")
        out, err = trial.communicate(timeout=60)
        self.assertEqual(trial.returncode, 0, err)
        self.assertEqual(self.current(), ["r2 (head)"])

    def test_killed(self):
        """SIGKILL at random moments leaves nothing behind."""
        fill = {"sqlite": "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO users (id, name) SELECT i, 'x' FROM n;",
                "postgresql": "INSERT INTO users SELECT i, 'x' FROM generate_series(10, 100000) i;"}[self.db.name]
        self.revision("r2", "r1", f"ALTER TABLE users ADD COLUMN a INTEGER;\n{fill}\nUPDATE users SET a = id;\nCREATE INDEX ix ON users (a);")
        before = self.whole()
        begun = time.monotonic()
        self.cupel("upgrade", "head", "--dry-run")
        usual = time.monotonic() - begun
        killed = 0
        for _ in range(8):
            run = subprocess.Popen([harness.BINARY, "upgrade", "head", "--dry-run"], cwd=self.folder, env=harness.environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0.2, 0.9) * usual)
            run.send_signal(signal.SIGKILL)
            killed += run.wait() == -signal.SIGKILL
            self.assertEqual(self.current(), ["r1"])
        self.assertGreater(killed, 0)
        self.assertEqual(self.db.query("SELECT count(*) FROM users"), [(3,)])
        self.assertEqual(self.whole(), before)
        self.cupel("upgrade", "head")


if __name__ == "__main__":
    unittest.main()
