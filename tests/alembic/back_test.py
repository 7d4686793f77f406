# SPDX-License-Identifier: MIT
"""Up and down again: after `upgrade head` and `downgrade base` of every case that has a reverse, cupel's database is Alembic's. See cases.py
and inverse.py. CUPEL_BINARY names the binary, CUPEL_TEST_POSTGRES_URL a server."""
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

import cases
import catalog
import inverse
import operations_test
import oracle


class Back(unittest.TestCase):
    maxDiff = None

    def compare_back(self, database, case):
        """After upgrade() and the downgrade() that belongs to it."""
        what, _, setup, body = case[:4]
        naming = "naming" in case[4:]
        undo = inverse.inverse(body)
        if undo is None or (what, database.name) in operations_test.BETTER:
            return False
        url = database.fresh("alembic")
        try:
            oracle.run(url, body, setup, naming, undo)
        except Exception:  # Alembic's own refusal
            return False
        expected = database.lines()
        url = database.fresh("cupel")
        database.prepare(setup)
        with tempfile.TemporaryDirectory() as folder:
            operations_test.write_project(folder, url, body, naming, undo)
            for arguments in (("upgrade", "head"), ("downgrade", "base")):
                done = subprocess.run([harness.QUICK_BINARY, *arguments, "--allow-destructive"], cwd=folder, capture_output=True, timeout=60,
                                      env=harness.environment())
                self.assertEqual(done.returncode, 0, undo + "\n" + done.stderr.decode("utf-8", "replace"))
        self.assertEqual("\n".join(catalog.without_times(database.lines())), "\n".join(catalog.without_times(expected)), undo)
        return True

    def run_back(self, database, least):
        count = 0
        for case in cases.CASES:
            if case[1] in ("both", database.name):
                with self.subTest(case[0], database=database.name):
                    count += self.compare_back(database, case)
        self.assertGreater(count, least)
        print(f"{database.name}: {count} cases up and down", file=sys.stderr)

    def test_sqlite_and_back(self):
        with tempfile.TemporaryDirectory() as folder:
            self.run_back(operations_test.Lite(folder), 40)

    @unittest.skipUnless(harness.POSTGRES_URL, "no server")
    def test_postgresql_and_back(self):
        database = harness.Postgres("back")
        try:
            self.run_back(operations_test.Server(database), 60)
        finally:
            database.close()


if __name__ == "__main__":
    unittest.main()
