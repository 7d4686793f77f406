# SPDX-License-Identifier: MIT
"""What autogenerate writes into a .py revision, for generated pairs of schemas: run by cupel and by real Alembic, up and down, it
leaves what the same operations leave as SQL.

CUPEL_PRINT_REVISIONS names the program that prints the pairs (print_revisions.cpp), CUPEL_BINARY the binary,
CUPEL_TEST_POSTGRES_URL a server. CUPEL_PAIRS says how many pairs, CUPEL_FIRST_PAIR which is the first."""
import importlib.util
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import warnings

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

import catalog
from operations_test import INI, Lite, Server

PRINTER = os.environ.get("CUPEL_PRINT_REVISIONS", "build/dev/tests/cupel_print_revisions")
PAIRS = int(os.environ.get("CUPEL_PAIRS", "40"))
FIRST = int(os.environ.get("CUPEL_FIRST_PAIR", "1"))
warnings.simplefilter("ignore")


def by_alembic(url, path):
    """Functions that run upgrade() and downgrade()."""
    spec = importlib.util.spec_from_file_location("revision", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def run(function):
        engine = sa.create_engine(url)
        try:
            with engine.connect() as connection:
                context = MigrationContext.configure(connection)
                with context.begin_transaction(), Operations.context(context):
                    function()
        finally:
            engine.dispose()
    return lambda: run(module.upgrade), lambda: run(module.downgrade)


def by_cupel(url, path, folder):
    versions = os.path.join(folder, "alembic", "versions")
    os.makedirs(versions, exist_ok=True)
    with open(os.path.join(folder, "alembic.ini"), "w", encoding="utf-8") as file:
        file.write(INI % url.replace("%", "%%"))
    with open(path, encoding="utf-8") as source, open(os.path.join(versions, "c0ffee_.py"), "w", encoding="utf-8") as file:
        file.write(source.read())

    def run(*arguments):
        done = subprocess.run([harness.BINARY, *arguments, "--allow-destructive"], cwd=folder, capture_output=True, timeout=60,
                              env=harness.environment())
        if done.returncode:
            raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return lambda: run("upgrade", "head"), lambda: run("downgrade", "base")


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Generated(unittest.TestCase):
    maxDiff = None

    def lines(self, database):
        return "\n".join(catalog.without_times(database.lines()))

    def states(self, database, base, which, folder):
        url = database.fresh(which)
        database.execute(text_of(base + ".setup.sql"))
        if which == "sql":
            steps = [lambda part=part: database.execute(text_of(base + part)) for part in (".up.sql", ".down.sql")]
        else:
            steps = by_alembic(url, base + ".py") if which == "alembic" else by_cupel(url, base + ".py", folder)
        found = []
        for step in steps:
            step()
            found.append(self.lines(database))
        return found

    def run_all(self, database, url):
        compared = 0
        calls = 0
        statements = 0
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([PRINTER, url, str(FIRST), str(PAIRS), folder], capture_output=True, timeout=600)
            self.assertEqual(done.returncode, 0, done.stderr.decode())
            for number in range(FIRST, FIRST + PAIRS):
                base = os.path.join(folder, str(number))
                if not os.path.exists(base + ".py"):
                    continue
                code = text_of(base + ".py")
                calls += len(re.findall(r"^ +(?:batch_)?op\.(?!execute)", code, re.M))
                statements += len(re.findall(r"^ +op\.execute", code, re.M))
                expected = self.states(database, base, "sql", folder)
                for which in ("cupel", "alembic"):
                    with self.subTest(number, database=database.name, by=which):
                        try:
                            found = self.states(database, base, which, os.path.join(folder, "project"))
                        except Exception as error:
                            self.fail(f"{error}\n{code}")
                        for way, one, other in zip(("up", "down"), found, expected):
                            self.assertEqual(one, other, way + "\n" + code)
                compared += 1
        self.assertGreater(compared, PAIRS // 2, done.stderr.decode())
        print(f"{database.name}: {compared} pairs, {calls} calls, {statements} statements", file=sys.stderr)

    def test_sqlite(self):
        with tempfile.TemporaryDirectory() as folder:
            self.run_all(Lite(folder), "sqlite://")

    @unittest.skipUnless(harness.POSTGRES_URL, "no server")
    def test_postgresql(self):
        database = harness.Postgres("generated")
        try:
            server = Server(database)
            server.fresh("empty")
            self.run_all(server, database.url)
        finally:
            database.close()


if __name__ == "__main__":
    unittest.main()
