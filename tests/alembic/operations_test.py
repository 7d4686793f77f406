# SPDX-License-Identifier: MIT
"""Every operation by real Alembic and by cupel: the databases must be equal. See cases.py and oracle.py.

CUPEL_BINARY names the binary, CUPEL_TEST_POSTGRES_URL a server. With CUPEL_COMPATIBILITY_REPORT=FILE the results are written
there. Without Alembic (Debian: apt-get install alembic) nothing can be compared, and the test says so and fails."""
import os
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

import cases
import catalog
import oracle

ENV = """from alembic import context
from sqlalchemy import MetaData, create_engine
target_metadata = MetaData(naming_convention=%r)
connection = create_engine(context.config.get_main_option("sqlalchemy.url")).connect()
context.configure(connection=connection, target_metadata=target_metadata)
with context.begin_transaction():
    context.run_migrations()
"""
INI = "[alembic]\nscript_location = alembic\nsqlalchemy.url = %s\n"
SCRIPT = '"""case"""\n%srevision = "c0ffee"\ndown_revision = None\n\n\ndef upgrade():\n    %s\n\n\ndef downgrade():\n    %s\n'

# What Alembic refuses and cupel does, or where the two differ on purpose.
BETTER = {
    ("named column", "sqlite"): "Alembic's batch names the index of a new column after its temporary table",
    ("bulk insert with literals", "sqlite"): "Alembic takes inline_literal() in rows only with --sql",
    ("bulk insert with literals", "postgresql"): "Alembic takes inline_literal() in rows only with --sql",
}


def write_project(folder, url, body, naming, undo="pass"):
    versions = os.path.join(folder, "alembic", "versions")
    os.makedirs(versions)
    files = {"alembic.ini": INI % url.replace("%", "%%"), "alembic/versions/c0ffee_case.py": SCRIPT % (cases.HEAD, body, undo)}
    if naming:
        files["alembic/env.py"] = ENV % (cases.NAMING,)
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)


class Lite:
    name = "sqlite"

    def __init__(self, folder):
        self.folder = folder

    def fresh(self, which):
        path = os.path.join(self.folder, which + ".db")
        if os.path.exists(path):
            os.remove(path)
        self.path = path
        return "sqlite:///" + path

    def prepare(self, setup):
        connection = sqlite3.connect(self.path)
        for name in setup.split():
            for statement in cases.TABLES[name]:
                connection.execute(statement)
        connection.commit()
        connection.close()

    def lines(self):
        return catalog.sqlite_lines(self.path)

    def execute(self, script):
        connection = sqlite3.connect(self.path, isolation_level=None)
        try:
            connection.executescript(script)
        finally:
            connection.close()


class Server:
    name = "postgresql"

    def __init__(self, database):
        self.database = database

    def fresh(self, which):
        self.database.query("DO $$ DECLARE s text; BEGIN FOR s IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' "
                            "AND nspname <> 'information_schema' LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP; END $$")
        self.database.query("CREATE SCHEMA public")
        return self.database.url

    def prepare(self, setup):
        for name in setup.split():
            for statement in cases.TABLES[name]:
                self.database.query(statement)

    def lines(self):
        return catalog.postgres_lines(self.database.connection)

    def execute(self, script):
        done = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", self.database.url], input=script.encode(), capture_output=True,
                              timeout=60)
        assert done.returncode == 0, done.stderr.decode()


class Operations(unittest.TestCase):
    maxDiff = None
    results = []

    def compare(self, database, case):
        what, _, setup, body = case[:4]
        naming = "naming" in case[4:]
        url = database.fresh("alembic")
        expected, refused = [], ""
        try:
            oracle.run(url, body, setup, naming)
            expected = database.lines()
        except Exception as error:  # Alembic's own refusal
            refused = f"{type(error).__name__}: {str(error).splitlines()[0]}"
        url = database.fresh("cupel")
        database.prepare(setup)
        with tempfile.TemporaryDirectory() as folder:
            write_project(folder, url, body, naming)
            done = subprocess.run([harness.BINARY, "upgrade", "head", "--allow-destructive"], cwd=folder, capture_output=True, timeout=60,
                                  env=harness.environment())
        said = done.stderr.decode("utf-8", "replace")
        if refused:
            verdict = f"only cupel ({refused})" if done.returncode == 0 else "refused by both"
        else:
            verdict = "equal"
        self.results.append((what, database.name, verdict))
        if refused:
            reason = BETTER.get((what, database.name))
            self.assertTrue(reason or done.returncode != 0, f"Alembic refuses, cupel does not: {refused}")
            return
        self.results[-1] = (what, database.name, "failed")
        self.assertEqual(done.returncode, 0, said)
        if (what, database.name) in BETTER:
            self.results[-1] = (what, database.name, "different on purpose: " + BETTER[what, database.name])
            self.assertNotEqual(database.lines(), expected)
            return
        self.assertEqual("\n".join(catalog.without_times(database.lines())), "\n".join(catalog.without_times(expected)))
        self.results[-1] = (what, database.name, "equal")

    def compare_text(self, database, case):
        """What --sql prints does what the live run does, wherever it can be known without a database."""
        what, _, setup, body = case[:4]
        naming = "naming" in case[4:]
        states = []
        for offline in (False, True):
            url = database.fresh("offline" if offline else "live")
            database.prepare(setup)
            with tempfile.TemporaryDirectory() as folder:
                write_project(folder, url, body, naming)
                done = subprocess.run([harness.QUICK_BINARY, "upgrade", "head", *(["--sql"] if offline else ["--allow-destructive"])], cwd=folder,
                                      capture_output=True, timeout=60, env=harness.environment())
            if done.returncode != 0:
                return False
            if offline:
                database.execute(done.stdout.decode())
            states.append("\n".join(catalog.without_times(database.lines())))
        self.assertEqual(states[1], states[0])
        return True

    def run_texts(self, database, least):
        count = 0
        for case in cases.CASES:
            if case[1] in ("both", database.name):
                with self.subTest(case[0], database=database.name):
                    count += self.compare_text(database, case)
        self.assertGreater(count, least)

    def test_sqlite_as_text(self):
        with tempfile.TemporaryDirectory() as folder:
            self.run_texts(Lite(folder), 60)

    @unittest.skipUnless(harness.POSTGRES_URL, "no server")
    def test_postgresql_as_text(self):
        database = harness.Postgres("texts")
        try:
            self.run_texts(Server(database), 120)
        finally:
            database.close()

    def run_all(self, database):
        for case in cases.CASES:
            if case[1] in ("both", database.name):
                with self.subTest(case[0], database=database.name):
                    self.compare(database, case)

    def test_sqlite(self):
        with tempfile.TemporaryDirectory() as folder:
            self.run_all(Lite(folder))

    @unittest.skipUnless(harness.POSTGRES_URL, "no server")
    def test_postgresql(self):
        database = harness.Postgres("operations")
        try:
            self.run_all(Server(database))
        finally:
            database.close()

    @classmethod
    def tearDownClass(cls):
        report = os.environ.get("CUPEL_COMPATIBILITY_REPORT")
        if report:
            with open(report, "w", encoding="utf-8") as file:
                for what, database, verdict in sorted(cls.results):
                    file.write(f"{what}\t{database}\t{verdict}\n")


if __name__ == "__main__":
    unittest.main()
