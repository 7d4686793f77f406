# SPDX-License-Identifier: MIT
"""Alembic and cupel on one PostgreSQL database at the same moment. Alembic takes no lock; cupel waits for it, and never runs a revision twice."""
import os
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

ENV_PY = """
from alembic import context
from sqlalchemy import create_engine
with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
"""


@unittest.skipUnless(harness.POSTGRES_URL and harness.psycopg2, "needs CUPEL_TEST_POSTGRES_URL and psycopg2")
class Together(harness.Case):
    database_class = harness.Postgres

    def setUp(self):
        super().setUp()
        self.write("alembic.ini", f"[alembic]\nscript_location = a\nsqlalchemy.url = {self.db.url}\n")
        self.write("a/env.py", ENV_PY)
        for i in range(1, 6):
            down = repr(f"r{i - 1}") if i > 1 else None
            slow = 'op.execute("SELECT \'slow\', pg_sleep(1)")' if i == 3 else "pass"
            self.write(f"a/versions/r{i}.py", f'"""r{i}"""\nfrom alembic import op\nimport sqlalchemy as sa\nrevision = "r{i}"\ndown_revision = {down}\n'
                       f'branch_labels = None\ndepends_on = None\n\ndef upgrade():\n    {slow}\n    op.create_table("t{i}", sa.Column("id", sa.Integer()))\n\n'
                       f'def downgrade():\n    op.drop_table("t{i}")\n')

    def begin(self, tool):
        command = {"alembic": ["/usr/bin/python3", "-m", "alembic"], "cupel": [harness.BINARY]}[tool]
        return subprocess.Popen([*command, "upgrade", "head"], cwd=self.folder, env=harness.environment(), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def wait_until_slow(self):
        for _ in range(600):
            if self.db.query("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT ''slow''%' AND datname = current_database()"):
                return
            time.sleep(0.02)
        self.fail("nobody came to the slow statement")

    def assert_all_is_there(self):
        self.assertEqual(self.db.query("SELECT version_num FROM alembic_version"), [("r5",)])
        self.assertEqual(self.db.tables(), ["t1", "t2", "t3", "t4", "t5"])

    def test_cupel_comes_second(self):
        first = self.begin("alembic")
        self.wait_until_slow()
        second = self.begin("cupel")
        _, alembic_said = first.communicate(timeout=60)
        _, cupel_said = second.communicate(timeout=60)
        self.assertEqual(second.returncode, 0, cupel_said.decode() + alembic_said.decode())
        self.assert_all_is_there()

    def test_alembic_comes_second(self):
        first = self.begin("cupel")
        self.wait_until_slow()
        second = self.begin("alembic")
        _, cupel_said = first.communicate(timeout=60)
        second.communicate(timeout=60)  # it read the version before it had to wait, so it may well fail
        self.assertEqual(first.returncode, 0, cupel_said.decode())
        self.assert_all_is_there()

    def test_alembic_finishes_what_cupel_left_half_done(self):
        """The journal of an interrupted run is no longer in the way."""
        self.db.query("CREATE TABLE gate (id integer)")
        self.write("a/versions/r5.py", 'from alembic import op\nrevision = "r5"\ndown_revision = "r4"\n\ndef upgrade():\n'
                   '    with op.get_context().autocommit_block():\n        op.execute("CREATE TABLE IF NOT EXISTS t5 (id integer)")\n'
                   '        op.execute("INSERT INTO t5 SELECT 1 / count(*) FROM gate")\n\ndef downgrade():\n    op.drop_table("t5")\n')
        self.write("a/versions/r6.py", 'from alembic import op\nrevision = "r6"\ndown_revision = "r5"\n\ndef upgrade():\n'
                   '    op.execute("CREATE TABLE t6 (id integer)")\n\ndef downgrade():\n    op.drop_table("t6")\n')
        _, said = (first := self.begin("cupel")).communicate(timeout=60)
        self.assertNotEqual(first.returncode, 0)
        self.assertIn("division by zero", said.decode())
        self.assertEqual(self.db.query("SELECT version_num FROM alembic_version"), [("r4",)])
        self.assertEqual(self.db.query("SELECT DISTINCT revision FROM cupel_journal"), [("r5",)])
        self.db.query("INSERT INTO gate VALUES (1)")
        done = subprocess.run(["/usr/bin/python3", "-m", "alembic", "upgrade", "r5"], cwd=self.folder, env=harness.environment(), capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertNotIn("interrupted", self.run_cupel("current").err)
        _, said = (second := self.begin("cupel")).communicate(timeout=60)
        self.assertEqual(second.returncode, 0, said.decode())
        self.assertIn("the upgrade of 'r5', which was interrupted, was finished by another tool", said.decode())
        self.assertEqual(self.db.query("SELECT version_num FROM alembic_version"), [("r6",)])
        self.assertEqual(self.db.query("SELECT count(*) FROM cupel_journal"), [(0,)])

    def test_several_locations_run_in_alembics_order(self):
        """Two branches: that of the location that is named first runs as Alembic runs it, whatever the folders are called."""
        for place, ids in (("z_first", ("m1", "m2")), ("b_second", ("c1", "c2"))):
            for i, revision in enumerate(ids):
                down = repr(ids[i - 1]) if i else None
                self.write(f"{place}/{revision}.py", f'from alembic import op\nrevision = "{revision}"\ndown_revision = {down}\n\ndef upgrade():\n'
                           f'    op.execute("INSERT INTO gate (what) VALUES (\'{revision}\')")\n\ndef downgrade():\n    pass\n')
        self.write("alembic.ini", f"[alembic]\nscript_location = a\nversion_locations = z_first b_second\nversion_path_separator = space\n"
                   f"sqlalchemy.url = {self.db.url}\n")
        ran = {}
        for tool in ("alembic", "cupel"):
            self.db.query("DROP TABLE IF EXISTS gate; DROP TABLE IF EXISTS alembic_version; CREATE TABLE gate (id serial, what text)")
            command = {"alembic": ["/usr/bin/python3", "-m", "alembic"], "cupel": [harness.BINARY]}[tool]
            done = subprocess.run([*command, "upgrade", "heads"], cwd=self.folder, env=harness.environment(), capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr.decode())
            ran[tool] = self.db.query("SELECT what FROM gate ORDER BY id")
        self.assertEqual(ran["cupel"], ran["alembic"])


if __name__ == "__main__":
    unittest.main()
