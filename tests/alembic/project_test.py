# SPDX-License-Identifier: MIT
"""The sample project of examples/ by both tools, on both databases: equal after every step, there and back."""
import glob
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

import catalog

EXAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "050-alembic-project")


def run(command, folder, url):
    env = harness.environment(APP_DATABASE_URL=url, PYTHONDONTWRITEBYTECODE="1")
    return subprocess.run([*command], cwd=folder, env=env, capture_output=True, timeout=120)


ALEMBIC = ("/usr/bin/python3", "-m", "alembic")
CUPEL = (harness.BINARY,)


class Project(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.project = os.path.join(self.folder, "project")
        shutil.copytree(EXAMPLE, self.project)

    def must(self, command, url, *arguments):
        done = run([*command, *arguments], self.project, url)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode()

    def both_ways(self, database_of, lines_of):
        """Upgrades and downgrades by each tool; the catalogs after each are compared."""
        states = {}
        for name, command in (("alembic", ALEMBIC), ("cupel", CUPEL)):
            url = database_of(name)
            states[name] = []
            for arguments in (("upgrade", "4d2f6e8c1a44"), ("upgrade", "heads"), ("downgrade", "5e7a0b9d2c55"),
                              ("upgrade", "heads"), ("downgrade", "base")):
                self.must(command, url, *arguments)
                states[name].append((arguments, catalog.without_times(lines_of())))
        for expected, got in zip(states["alembic"], states["cupel"]):
            with self.subTest(" ".join(expected[0])):
                self.assertEqual("\n".join(got[1]), "\n".join(expected[1]))

    def test_sqlite(self):
        current = {}

        def database_of(name):
            current["path"] = os.path.join(self.folder, name + ".db")
            return "sqlite:///" + current["path"]

        self.both_ways(database_of, lambda: catalog.sqlite_lines(current["path"]))

    @unittest.skipUnless(harness.POSTGRES_URL, "no server")
    def test_postgresql(self):
        database = harness.Postgres("project")
        self.addCleanup(database.close)

        def database_of(name):
            database.clear()
            return database.url

        self.both_ways(database_of, lambda: catalog.postgres_lines(database.connection))

    def test_what_is_generated_runs_by_both(self):
        start = os.path.join(self.folder, "start.db")
        self.must(CUPEL, "sqlite:///" + start, "upgrade", "heads")
        wanted = os.path.join(self.folder, "wanted.db")
        shutil.copy(start, wanted)
        with sqlite3.connect(wanted) as connection:
            connection.executescript("""CREATE TABLE zz (id INTEGER PRIMARY KEY, note TEXT DEFAULT 'a :b "c" \\\\d' NOT NULL CHECK (note <> ':x'));
                                        CREATE INDEX ix_zz ON zz (note); DROP INDEX ix_users_phone; ALTER TABLE users DROP COLUMN phone;""")
        self.must(CUPEL, "sqlite:///" + start, "--from-url", "sqlite:///" + wanted, "revision", "--autogenerate", "--rev-id", "f00d", "-m", "add zz")
        with open(glob.glob(os.path.join(self.project, "alembic/versions/*_add_zz.py"))[0], encoding="utf-8") as file:
            text = file.read()
        self.assertIn("# DESTROYS DATA: column 'users.phone'", text)
        states = []
        for command, arguments in ((ALEMBIC, ()), (CUPEL, ("--allow-destructive",))):
            path = os.path.join(self.folder, "one.db")
            shutil.copy(start, path)
            self.must(command, "sqlite:///" + path, "upgrade", "heads", *arguments)
            states.append(catalog.sqlite_lines(path))
            with sqlite3.connect(path) as connection:
                connection.execute("INSERT INTO zz (id) VALUES (1)")
                self.assertEqual(connection.execute("SELECT note FROM zz").fetchall(), [('a :b "c" \\\\d',)])
        self.assertEqual(states[0], states[1])
        self.must(CUPEL, "sqlite:///" + path, "--from-url", "sqlite:///" + wanted, "check")

    CATCHING = '''
from alembic import op
import sqlalchemy as sa
revision = "c0de"
down_revision = "a18f304c2baa"

def upgrade():
    op.create_table("caught", sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False))
    bind = op.get_bind()
    bind.execute(sa.text("INSERT INTO caught VALUES (1)"))
    try:
        with bind.begin_nested():
            bind.execute(sa.text("INSERT INTO caught VALUES (1)"))
    except sa.exc.IntegrityError as error:
        assert "caught" in str(error.orig), str(error.orig)
        code = getattr(error.orig, "pgcode", None)
        bind.execute(sa.text("INSERT INTO caught VALUES (:id)"), {"id": 23505 if code == "23505" else 2})

def downgrade():
    op.drop_table("caught")
'''

    def what_a_script_catches(self, url, rows_of, code):
        with open(os.path.join(self.project, "alembic/versions/catching.py"), "w", encoding="utf-8") as file:
            file.write(self.CATCHING)
        for command in (ALEMBIC, CUPEL):
            self.must(command, url, "upgrade", "heads")
            self.assertEqual(rows_of(), [(1,), (code,)], command)
            self.must(command, url, "downgrade", "base")

    def test_what_a_script_catches_sqlite(self):
        path = os.path.join(self.folder, "caught.db")

        def rows():
            with sqlite3.connect(path) as connection:
                return connection.execute("SELECT id FROM caught ORDER BY id").fetchall()

        self.what_a_script_catches("sqlite:///" + path, rows, 2)

    @unittest.skipUnless(harness.POSTGRES_URL, "no server")
    def test_what_a_script_catches_postgresql(self):
        database = harness.Postgres("caught")
        self.addCleanup(database.close)
        self.what_a_script_catches(database.url, lambda: database.query("SELECT id FROM caught ORDER BY id"), 23505)

    def test_each_goes_on_where_the_other_stopped(self):
        url = "sqlite:///" + os.path.join(self.folder, "app.db")
        self.must(CUPEL, url, "upgrade", "4d2f6e8c1a44")
        self.must(ALEMBIC, url, "upgrade", "7a3c9d5f6e77")
        self.must(CUPEL, url, "upgrade", "heads")
        self.assertIn("a18f304c2baa (head)", self.must(ALEMBIC, url, "current"))
        self.assertIn("a18f304c2baa (head)", self.must(CUPEL, url, "current"))
        self.must(ALEMBIC, url, "downgrade", "base")


@harness.on_both_databases
class FromSql(harness.Case):
    """docs/alembic.md: cupel.toml names the models in SQL; the revisions are Alembic's, and Alembic runs them."""

    def test_both_tools_go_on(self):
        self.write("schema.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50));")
        self.cupel("init", "--template", "alembic", "alembic")
        self.write("cupel.toml", f'[project]\nscript_location = "alembic"\nformat = "py"\n[database]\nurl = "{self.db.url}"\nhistory = false\n'
                                 '[schema]\nsql = ["schema.sql"]\n')
        ini = self.read("alembic.ini").replace("sqlalchemy.url = sqlite:///app.db", f"sqlalchemy.url = {self.db.url}")
        self.assertIn(self.db.url, ini)
        self.write("alembic.ini", ini)
        self.cupel("revision", "--autogenerate", "-m", "create users", "--rev-id", "a1")
        self.cupel("upgrade", "head")
        self.write("schema.sql", self.read("schema.sql").replace("name VARCHAR(50)", "name VARCHAR(50), phone VARCHAR(20)"))
        self.cupel("revision", "--autogenerate", "-m", "add phone to users", "--rev-id", "b2")
        done = run((*ALEMBIC, "upgrade", "head"), self.folder, self.db.url)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertEqual(self.cupel("check"), "No new upgrade operations detected.\n")
        self.cupel("downgrade", "base")
        self.assertEqual(self.db.tables(), [])


if __name__ == "__main__":
    unittest.main()
