# SPDX-License-Identifier: MIT
"""LangGraph's tables, made by LangGraph's own setup(), survive everything without a word of configuration."""
import os
import subprocess
import unittest

from harness import on_both_databases, postgres_only
from models import ModelCase

SETUP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support/langgraph_setup.sh")
TABLES = ["checkpoint_blobs", "checkpoint_migrations", "checkpoint_writes", "checkpoints"]


@on_both_databases
class LangGraph(ModelCase):
    @postgres_only
    def test_its_tables_survive(self):
        done = subprocess.run([SETUP, self.db.url], capture_output=True, text=True, timeout=600)
        if done.returncode == 77:
            self.skipTest(done.stderr)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.db.tables(), TABLES)
        before = self.theirs()

        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);")
        text = self.generate("create users")
        self.assertNotIn("checkpoint", text)
        self.cupel("upgrade", "head")
        self.assert_clean()
        self.write("schema.sql", "CREATE TABLE people (id INTEGER PRIMARY KEY);")
        self.assertNotIn("checkpoint", self.generate("other people", "--no-rename"))
        self.cupel("upgrade", "head", *self.allowing())
        self.write("schema.sql", "CREATE TABLE people (id INTEGER PRIMARY KEY, note TEXT);")
        self.cupel("auto")
        self.assertEqual(self.cupel("auto"), "No new upgrade operations detected.\n")
        self.cupel("create", "--drop", "--yes")
        self.cupel("downgrade", "base", *self.allowing())
        self.assertEqual(self.theirs(), before)
        # It goes on from there: its own migrations find what they left.
        again = subprocess.run([SETUP, self.db.url], capture_output=True, text=True, timeout=600)
        self.assertEqual(again.returncode, 0, again.stderr)

    def theirs(self):
        rows = self.db.query("SELECT * FROM checkpoint_migrations ORDER BY 1")
        columns = self.db.query("SELECT table_name, column_name, data_type FROM information_schema.columns "
                                "WHERE table_name LIKE 'checkpoint%' ORDER BY 1, 2")
        indexes = self.db.query("SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'checkpoint%' ORDER BY 1")
        return rows, columns, indexes


if __name__ == "__main__":
    unittest.main()
