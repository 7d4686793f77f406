# SPDX-License-Identifier: MIT
"""What the tests of the command line share: projects in temporary folders, runs of the real binary, databases.

CUPEL_BINARY names the binary. CUPEL_TEST_POSTGRES_URL names a server on which databases may be made; without it
only SQLite is tested. Run one file by hand: CUPEL_BINARY=build/dev/cupel python3 tests/cli/x_test.py [-v] [Class.test]
"""
import collections
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
import uuid

BINARY = os.path.abspath(os.environ.get("CUPEL_BINARY", "build/dev/cupel"))
# Without sanitizers, for what is done again and again: who is killed at a random moment should be met at work, not while
# starting; and the users' binary is tested too.
QUICK_BINARY = os.path.abspath(os.environ.get("CUPEL_QUICK_BINARY", BINARY))
POSTGRES_URL = os.environ.get("CUPEL_TEST_POSTGRES_URL", "")
TIME_LIMIT = 60

try:
    import psycopg2
except ImportError:
    psycopg2 = None

Result = collections.namedtuple("Result", "code out err")


def kills(count):
    """How often a test kills; CUPEL_KILLS is a factor."""
    return max(1, round(count * float(os.environ.get("CUPEL_KILLS", "1"))))


def chance():
    """The same moments in every run; `./dev fuzz kills` wants others."""
    return random.Random(int(os.environ.get("CUPEL_KILL_SEED", "20261121")))


# Suites share the server and some kill their runs; whichever run is next tells of what it cleared away.
CLEARED_FOR_OTHERS = re.compile(r"(?m)^dropped the scratch database '[^']*' that a killed run had left\n")


def environment(**extra):
    """Ours without what would change the program's behaviour; PATH and the sanitizers' options stay."""
    env = {k: v for k, v in os.environ.items()
           if k in ("PATH", "HOME", "TMPDIR", "LANG") or k.endswith("SAN_OPTIONS")}
    env.update(USER="tester", HOSTNAME="testhost", NO_COLOR="1")
    env.update({k: v for k, v in extra.items() if v is not None})
    return env


def run_binary(arguments, cwd, env=None, stdin=None, limit=TIME_LIMIT, binary=BINARY):
    done = subprocess.run([binary, *arguments], cwd=cwd, env=environment(**(env or {})), input=stdin,
                          capture_output=True, timeout=limit)
    return Result(done.returncode, done.stdout.decode("utf-8", "surrogateescape"),
                  CLEARED_FOR_OTHERS.sub("", done.stderr.decode("utf-8", "surrogateescape")))


class Sqlite:
    """A database file in the project's folder."""
    name = "sqlite"

    def __init__(self, case_name):
        self.path = None

    def attach(self, folder):
        self.path = os.path.join(folder, "app.db")
        self.url = "sqlite:///" + self.path

    def query(self, sql, *parameters):
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        try:
            return [tuple(row) for row in connection.execute(sql, parameters).fetchall()]
        finally:
            connection.close()

    def script(self, text):
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        try:
            connection.executescript(text)
        finally:
            connection.close()

    def exists(self):
        return os.path.exists(self.path)

    def tables(self):
        """Without those of cupel itself."""
        if not self.exists():
            return []
        rows = self.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1")
        return [name for (name,) in rows if not is_own_table(name)]

    def run_sql_file(self, text):
        """As a person would: with the database's own shell. Stops at the first error."""
        return subprocess.run(["sqlite3", "-bail", self.path], input=text.encode(), capture_output=True, timeout=60)

    def dump(self):
        """Schema and rows as text, comparable between two databases that should be equal."""
        lines = self.query("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
        text = [str(line) for line in lines if not is_own_table(line[2])]
        for table in self.tables() + ["alembic_version"]:
            text += [table + str(row) for row in sorted(self.query(f'SELECT * FROM "{table}"'), key=repr)]
        return "\n".join(text)

    def clear(self):
        pass

    def close(self):
        pass


class Postgres:
    """A database of its own on the tests' server, emptied between tests."""
    name = "postgresql"

    def __init__(self, case_name):
        self.database = "cli_" + uuid.uuid4().hex[:12]
        with_server("CREATE DATABASE " + self.database)
        self.url = POSTGRES_URL.rsplit("/", 1)[0] + "/" + self.database
        self.connection = psycopg2.connect(self.url)
        self.connection.autocommit = True

    def attach(self, folder):
        pass

    def query(self, sql, *parameters):
        with self.connection.cursor() as cursor:
            cursor.execute(sql.replace("?", "%s") if parameters else sql, parameters or None)
            return cursor.fetchall() if cursor.description else []

    script = query

    def tables(self):
        rows = self.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [name for (name,) in rows if not is_own_table(name)]

    def run_sql_file(self, text):
        return subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", self.url], input=text.encode(),
                              capture_output=True, timeout=60)

    def dump(self):
        done = subprocess.run(["pg_dump", "--inserts", "-T", "cupel_*", self.url], capture_output=True, timeout=60,
                              check=True)
        return re.sub(r"(?m)^(--.*|\\(un)?restrict .*|)\n", "", done.stdout.decode())

    def reconnect(self):
        """A restore sends all others away; the server may still be renaming when its client has been killed."""
        self.connection.close()
        for attempt in range(100):
            try:
                self.connection = psycopg2.connect(self.url)
                break
            except psycopg2.OperationalError as error:
                if attempt == 99 or "just been dropped or renamed" not in str(error):
                    raise
                time.sleep(0.05)
        self.connection.autocommit = True

    def clear(self):
        self.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO public")

    def close(self):
        self.connection.close()
        with_server(f"DROP DATABASE {self.database} WITH (FORCE)")


def with_server(statement):
    connection = psycopg2.connect(POSTGRES_URL)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def is_own_table(name):
    return name == "alembic_version" or name.startswith("cupel_")


class Case(unittest.TestCase):
    """One test = one new folder. `self.project()` makes the usual project in it."""
    database_class = Sqlite
    binary = BINARY
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.db = cls.database_class(cls.__name__)

    @classmethod
    def tearDownClass(cls):
        cls.db.close()

    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="cupel-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.db.attach(self.folder)
        self.db.clear()

    # --- files

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, text, encoding="utf-8"):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else textwrap.dedent(text).encode(encoding))
        return path

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def project(self, extra=""):
        """cupel.toml for this class's database and an empty folder of revisions."""
        self.write("cupel.toml", f'[project]\nscript_location = "migrations"\n[database]\nurl = "{self.db.url}"\n' + extra)
        os.makedirs(self.path("migrations/versions"), exist_ok=True)

    def revision(self, id, down="", up="", undo="", message=None, labels="", depends="", name=None, tail=""):
        """A revision's file, written as a person writes it."""
        lines = [f"-- revision: {id}", f"-- down_revision: {down}", f"-- message: {message or id}",
                 "-- created: 2026-02-04T10:15:00Z"]
        if labels:
            lines.append(f"-- branch_labels: {labels}")
        if depends:
            lines.append(f"-- depends_on: {depends}")
        text = "\n".join(lines) + f"\n\n-- cupel: upgrade\n{up}\n\n-- cupel: downgrade\n{undo}\n{tail}"
        return self.write(f"migrations/versions/{name or id}.sql", text.encode())

    def table_revision(self, id, down="", **more):
        """A revision that creates a table with its name."""
        return self.revision(id, down, f'CREATE TABLE "t_{id}" (id INTEGER PRIMARY KEY);', f'DROP TABLE "t_{id}";', **more)

    def diamond(self):
        """a1a1a1a1a1a1 -> b2b2b2b2b2b2 (left) and c3c3c3c3c3c3 (right) -> d4d4d4d4d4d4, as in the reference."""
        self.table_revision("a1a1a1a1a1a1", message="first")
        self.table_revision("b2b2b2b2b2b2", "a1a1a1a1a1a1", message="second", labels="left")
        self.table_revision("c3c3c3c3c3c3", "a1a1a1a1a1a1", message="third", labels="right")
        self.revision("d4d4d4d4d4d4", "b2b2b2b2b2b2, c3c3c3c3c3c3", message="merge it")

    def chain(self, count=3):
        """r1 <- r2 <- ...; r<n> creates t_r<n>."""
        for i in range(1, count + 1):
            self.table_revision(f"r{i}", f"r{i - 1}" if i > 1 else "", message=f"step {i}")

    # --- running

    def run_cupel(self, *arguments, env=None, **options):
        return run_binary(arguments, options.pop("cwd", self.folder), env, binary=self.binary, **options)

    def cupel(self, *arguments, **options):
        """Must succeed. Returns what came on standard output."""
        result = self.run_cupel(*arguments, **options)
        self.assertEqual(result.code, 0, f"cupel {' '.join(arguments)}\n{result.out}{result.err}")
        return result.out

    def json(self, *arguments, **options):
        return json.loads(self.cupel("--json", *arguments, **options))

    def refused(self, arguments, code, message, stdout="", **options):
        """Must fail with exactly this on standard error, and nothing on standard output."""
        if isinstance(arguments, str):
            arguments = arguments.split()
        result = self.run_cupel(*arguments, **options)
        expected = textwrap.dedent(message).strip("\n")
        actual = self.normal(result.err).rstrip("\n")
        self.assertEqual(actual, expected, f"cupel {' '.join(arguments)} [exit {result.code}]")
        self.assertEqual(result.out, stdout)
        self.assertEqual(result.code, code, result.err)
        return result

    def normal(self, text):
        """Without what differs from run to run: our folder and the server's place."""
        text = text.replace(self.folder + "/", "<dir>/").replace(self.folder, "<dir>")
        if self.db.name == "postgresql":
            text = text.replace(self.db.database, "<db>")
            text = re.sub(r"127\.0\.0\.1:\d+", "<server>", text)
        return text

    def current(self):
        return self.cupel("current").split("\n")[:-1]

    def assert_one_error(self, result, code=1):
        """One error, said once, and no word of what only a programmer understands."""
        self.assertEqual(result.code, code, result.err)
        self.assertEqual(len(re.findall(r"(?m)^error: ", result.err)), 1, result.err)
        self.assertNotIn("[this is a bug]", result.err)
        self.assertNotIn("terminate called", result.err)
        self.assertEqual(result.out, "")


def on_both_databases(cls):
    """Makes Class_sqlite and Class_postgresql of a class; the class itself runs no tests."""
    module = sys.modules[cls.__module__]
    for database in (Sqlite, Postgres):
        name = f"{cls.__name__}_{database.name}"
        twin = type(name, (cls,), {"database_class": database, "__module__": cls.__module__})
        if database is Postgres and not (POSTGRES_URL and psycopg2):
            twin = unittest.skip("CUPEL_TEST_POSTGRES_URL is not set, or psycopg2 is missing")(twin)
        setattr(module, name, twin)
    return None


def sqlite_only(method):
    return only("sqlite", method)


def postgres_only(method):
    return only("postgresql", method)


def only(name, method):
    def test(self):
        if self.db.name != name:
            self.skipTest("is about " + name)
        method(self)
    test.__name__ = method.__name__
    return test


# --- Alembic, to compare with ---------------------------------------------------------------------------------------

ALEMBIC_RUNNER = r"""
import contextlib, io, json, sys
from alembic.config import CommandLine, Config
results = []
for argv in json.load(sys.stdin):
    buffer, code = io.StringIO(), 0
    line = CommandLine(prog="alembic")
    options = line.parser.parse_args(argv)
    config = Config(file_="alembic.ini", ini_section=options.name, stdout=buffer, output_buffer=buffer, cmd_opts=options)
    with contextlib.redirect_stdout(buffer), contextlib.redirect_stderr(io.StringIO()):
        try:
            line.run_cmd(config, options)
        except SystemExit as error:
            code = error.code
    results.append([code, buffer.getvalue()])
json.dump(results, sys.stdout)
"""

ENV_PY = """\
from alembic import context
from sqlalchemy import create_engine, pool

url = context.config.get_main_option("sqlalchemy.url")
if context.is_offline_mode():
    context.configure(url=url, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()
else:
    with create_engine(url, poolclass=pool.NullPool).connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
"""


def has_alembic():
    try:
        import alembic  # noqa: F401
        return True
    except ImportError:
        return False


class AlembicProject:
    """The same project for Alembic, in its own folder with its own .py revisions, on the same database."""

    def __init__(self, folder, url):
        self.folder = folder
        os.makedirs(os.path.join(folder, "migrations/versions"), exist_ok=True)
        self._write("alembic.ini", f"[alembic]\nscript_location = migrations\nsqlalchemy.url = {url}\n")
        self._write("migrations/env.py", ENV_PY)
        self._write("migrations/script.py.mako", "")

    def _write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def revision(self, id, down=None, up="", undo="", message=None, labels=None, depends=None):
        parents = ", ".join(down) if isinstance(down, tuple) else down or ""
        body = lambda sql: f"    op.execute({sql!r})" if sql else "    pass"
        self._write(f"migrations/versions/{id}.py", f'''"""{message or id}

Revision ID: {id}
Revises: {parents}
Create Date: 2026-02-04 10:15:00

"""
from alembic import op

revision = {id!r}
down_revision = {down!r}
branch_labels = {labels!r}
depends_on = {depends!r}


def upgrade():
{body(up)}


def downgrade():
{body(undo)}
''')

    def run(self, *commands):
        """Runs several commands in one process; returns a list of (exit code, standard output)."""
        arguments = [command.split() if isinstance(command, str) else list(command) for command in commands]
        done = subprocess.run([sys.executable, "-W", "ignore", "-c", ALEMBIC_RUNNER], cwd=self.folder, capture_output=True,
                              input=json.dumps(arguments).encode(), timeout=120)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode())
        return [tuple(item) for item in json.loads(done.stdout)]


if __name__ == "__main__":
    sys.exit("this is a module; run one of the tests beside it")
