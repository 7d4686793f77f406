# SPDX-License-Identifier: MIT
"""Whose a table is, where a script cannot be run without its database: then its text says so, and what it only might have made is
nobody's. CUPEL_BINARY names the binary."""
import os
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

SCRIPT = '''
from alembic import op
import sqlalchemy as sa
revision = "a1"
down_revision = None
NAME = "computed"


def key():
    return sa.Column("id", sa.Integer, primary_key=True)


def make_logs():
    op.create_table("logs", key())


def upgrade():
    if "users" in sa.inspect(op.get_bind()).get_table_names():
        return
    op.create_table("users", key())
    op.create_table("drafts", key())
    op.rename_table("drafts", "posts")
    op.create_table("gone", key())
    op.drop_table("gone")
    op.execute("CREATE TABLE tags (id INTEGER PRIMARY KEY)")
    op.execute(sqltext="CREATE TABLE labels (id INTEGER PRIMARY KEY)")
    op.create_table(NAME, key())
    make_logs()


def unused():
    op.create_table("never", key())


def downgrade():
    op.create_table("old", key())
'''


class WrittenNames(harness.Case):
    def test_what_the_text_says_is_the_projects(self):
        self.write("alembic.ini", f"[alembic]\nscript_location = alembic\nsqlalchemy.url = {self.db.url}\n")
        self.write("alembic/script.py.mako", "")
        self.write("alembic/versions/a1_.py", SCRIPT)
        self.cupel("upgrade", "head")
        for name in ("theirs", "drafts", "gone", "never", "old"):
            self.db.query(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY)")
        with sqlite3.connect(self.path("wanted.db")) as wanted:
            wanted.execute("CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY)")
        found = self.run_cupel("--from-url", f"sqlite:///{self.path('wanted.db')}", "check")
        self.assertEqual(found.code, 3, found.err)
        removed = sorted(line.split("'")[1] for line in found.out.splitlines() if line.startswith("Detected removed table"))
        unmanaged = sorted(line.split("'")[1] for line in found.err.splitlines() if line.startswith("Unmanaged, left alone: table"))
        self.assertEqual(removed, ["labels", "logs", "posts", "tags"])
        # A name that the script computes is not known, so its table stays.
        self.assertEqual(unmanaged, ["computed", "drafts", "gone", "never", "old", "theirs"])


if __name__ == "__main__":
    unittest.main()
