# SPDX-License-Identifier: MIT
"""cupel lint --trace: what revisions really lock, on a database that keeps nothing of it. See docs/lint-postgresql.md."""
import re
import unittest

from harness import Case, on_both_databases, postgres_only, sqlite_only


@on_both_databases
class LintTrace(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50));", "DROP TABLE users;")
        self.cupel("upgrade", "head")
        self.db.script("INSERT INTO users VALUES (1, 'ann'), (2, 'bob'), (3, 'cy')")

    @postgres_only
    def test_shows_and_leaves_nothing(self):
        self.revision("r2", "r1", "ALTER TABLE users ADD COLUMN token float DEFAULT random();\nCREATE INDEX ix ON users (name);",
                      "SELECT 1;", message="tokens")
        before = self.db.dump()
        result = self.run_cupel("lint", "--trace")
        self.assertEqual(result.code, 0, result.err)
        text = re.sub(r" +[0-9.]+ ms", " N ms", result.out)
        self.assertEqual(text, """\
r2  tokens
 N ms  ALTER TABLE users ADD COLUMN token float DEFAULT random()
      locks    users ACCESS EXCLUSIVE
      writes   users
      reads    users (6 rows)
 N ms  CREATE INDEX ix ON users (name)
      reads    users (3 rows)
""")
        self.assertIn("All was rolled back. It took what the rules foretell.", result.err)
        self.assertEqual(self.db.dump(), before)
        report = self.json("lint", "--trace")
        first = report["revisions"][0]["statements"][0]
        self.assertEqual(first["locks"], [{"table": "users", "mode": "ACCESS EXCLUSIVE"}])
        self.assertEqual(first["foretold_locks"], first["locks"])
        self.assertEqual(first["rewritten"], ["users"])

    @sqlite_only
    def test_sqlite_shows_no_locks(self):
        self.revision("r2", "r1", "ALTER TABLE users ADD COLUMN token text;", "SELECT 1;")
        result = self.run_cupel("lint", "--trace")
        self.assertEqual(result.code, 1)
        self.assertIn("what statements lock cannot be seen on this database", result.err)


if __name__ == "__main__":
    unittest.main()
