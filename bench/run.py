#!/usr/bin/env python3
"""Compares cupel with Alembic and with the databases' own shells, side by side in one run, on generated projects.

usage: CUPEL_BINARY=build/release/cupel bench/run.py [--runs N] [--quick] [--write docs/benchmarks.md]
PostgreSQL is measured if CUPEL_TEST_POSTGRES_URL is set (./dev bench sets it). Figures are medians of whole processes.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

CUPEL = os.path.abspath(os.environ.get("CUPEL_BINARY", "build/release/cupel"))
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable


def revision_id(i):
    return "%012x" % (i * 7919 + 1000003)


def statements(i):
    """Create table, add column, create index, insert, in rotation."""
    table = f"t{i // 4}"
    return [
        (f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, name VARCHAR(50))", f"DROP TABLE {table}"),
        (f"ALTER TABLE {table} ADD COLUMN extra INTEGER", f"ALTER TABLE {table} DROP COLUMN extra"),
        (f"CREATE INDEX ix_{table} ON {table} (name)", f"DROP INDEX ix_{table}"),
        (f"INSERT INTO {table} (id, name, extra) VALUES (1, 'x', 2)", f"DELETE FROM {table}"),
    ][i % 4]


def make_cupel(folder, count, url):
    os.makedirs(f"{folder}/migrations/versions")
    with open(f"{folder}/cupel.toml", "w") as file:
        file.write(f'[project]\nscript_location = "migrations"\n[database]\nurl = "{url}"\n')
    for i in range(count):
        up, down = statements(i)
        parent = revision_id(i - 1) if i else ""
        with open(f"{folder}/migrations/versions/{i:05d}.sql", "w") as file:
            file.write(f"-- revision: {revision_id(i)}\n-- down_revision: {parent}\n-- message: step {i}\n"
                       f"-- created: 2026-01-01T00:00:00Z\n\n-- cupel: upgrade\n{up};\n\n-- cupel: downgrade\n{down};\n")


ENV_PY = """
from alembic import context
from sqlalchemy import create_engine
with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection, transaction_per_migration=%s)
    with context.begin_transaction():
        context.run_migrations()
"""


def make_alembic(folder, count, url, per_migration):
    os.makedirs(f"{folder}/a/versions")
    with open(f"{folder}/alembic.ini", "w") as file:
        file.write(f"[alembic]\nscript_location = a\nsqlalchemy.url = {url}\n")
    with open(f"{folder}/a/env.py", "w") as file:
        file.write(ENV_PY % per_migration)
    for i in range(count):
        up, down = statements(i)
        parent = repr(revision_id(i - 1)) if i else "None"
        with open(f"{folder}/a/versions/{revision_id(i)}_step.py", "w") as file:
            file.write(f'"""step {i}"""\nfrom alembic import op\nrevision = "{revision_id(i)}"\ndown_revision = {parent}\n'
                       f'branch_labels = None\ndepends_on = None\n\ndef upgrade():\n    op.execute("{up}")\n\n'
                       f'def downgrade():\n    op.execute("{down}")\n')


SCRIPT_PY = '''"""step {i}

Revision ID: {id}
"""
from alembic import op
import sqlalchemy as sa

revision = "{id}"
down_revision = {parent}
branch_labels = None
depends_on = None


def upgrade():
    {up}


def downgrade():
    {down}
'''
CALLS = [
    ("op.create_table('t{n}', sa.Column('id', sa.Integer(), nullable=False), sa.Column('name', sa.String(length=50), nullable=True), "
     "sa.Column('made', sa.DateTime(), server_default=sa.text('CURRENT_TIMESTAMP'), nullable=False), sa.PrimaryKeyConstraint('id'), "
     "sa.UniqueConstraint('name'))", "op.drop_table('t{n}')"),
    ("op.add_column('t{n}', sa.Column('extra', sa.Integer(), nullable=True))", "op.drop_column('t{n}', 'extra')"),
    ("op.create_index(op.f('ix_t{n}_extra'), 't{n}', ['extra'], unique=False)", "op.drop_index(op.f('ix_t{n}_extra'), table_name='t{n}')"),
]


def make_scripts(folder, count, url, per_migration):
    """An Alembic project as autogenerate writes it, for both tools."""
    make_alembic(folder, 0, url, per_migration)
    for i in range(count):
        up, down = [text.format(n=i // 3) for text in CALLS[i % 3]]
        with open(f"{folder}/a/versions/{revision_id(i)}_step.py", "w") as file:
            file.write(SCRIPT_PY.format(i=i, id=revision_id(i), parent=repr(revision_id(i - 1)) if i else "None", up=up, down=down))


def make_shell_script(path, count, one_transaction):
    with open(path, "w") as file:
        if one_transaction:
            file.write("BEGIN;\n")
        for i in range(count):
            begin, commit = ("", "") if one_transaction else ("BEGIN;\n", "COMMIT;\n")
            version = (f"INSERT INTO alembic_version VALUES ('{revision_id(0)}');" if i == 0 else
                       f"UPDATE alembic_version SET version_num='{revision_id(i)}' WHERE version_num = '{revision_id(i - 1)}';")
            create = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);\n" if i == 0 else ""
            file.write(f"{begin}{create}{statements(i)[0]};\n{version}\n{commit}")
        if one_transaction:
            file.write("COMMIT;\n")


LINT_TARGETS = {"SQLite": "sqlite:///app.db", "PostgreSQL": "postgresql://localhost/nobody_is_asked"}


def peak_megabytes(command, folder, stdin=None):
    """Started by time(1), because the peak of a child of this program holds this program's own size."""
    with open(stdin or os.devnull) as source, tempfile.NamedTemporaryFile("r") as report:
        subprocess.run(["/usr/bin/time", "-f", "%M", "-o", report.name, *command], cwd=folder, stdin=source,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return int(report.read().split()[-1]) / 1024


def once(command, folder, stdin=None):
    """(wall seconds, cpu seconds) of one process."""
    with open(stdin or os.devnull) as source:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        error = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    if status != 0:
        raise SystemExit(f"{command} ended with {status}: {error.decode()[-500:]}")
    return wall, usage.ru_utime + usage.ru_stime


def wide_schema(tables):
    """Tables of ten columns with a primary key, a foreign key, an index and a unique constraint each."""
    text = []
    for i in range(tables):
        parent = f" REFERENCES t{i // 2} (id)" if i else ""
        text.append(f"CREATE TABLE t{i} (\n    id INTEGER NOT NULL,\n    parent_id INTEGER{parent},\n    name VARCHAR(50) NOT NULL,\n"
                    "    code VARCHAR(20) NOT NULL,\n    amount NUMERIC(10, 2) DEFAULT 0,\n    note TEXT,\n"
                    "    is_open BOOLEAN NOT NULL DEFAULT false,\n    weight DOUBLE PRECISION,\n    made_on DATE,\n    rank SMALLINT,\n"
                    f"    PRIMARY KEY (id),\n    CONSTRAINT uq_t{i}_code UNIQUE (code)\n);\n"
                    f"CREATE INDEX ix_t{i}_name ON t{i} (name);\n")
    return "".join(text)


MODELS_ENV_PY = """
from alembic import context
from sqlalchemy import *
metadata = MetaData()
for i in range(%d):
    Table(f"t{i}", metadata,
          Column("id", Integer, primary_key=True, autoincrement=False),
          Column("parent_id", Integer, *([ForeignKey(f"t{i // 2}.id")] if i else [])),
          Column("name", String(50), nullable=False, index=True), Column("code", String(20), nullable=False),
          Column("amount", Numeric(10, 2), server_default="0"), Column("note", Text),
          Column("is_open", Boolean, nullable=False, server_default=text("false")), Column("weight", Float(53)),
          Column("made_on", Date), Column("rank", SmallInteger), UniqueConstraint("code", name=f"uq_t{i}_code"))
with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
"""

# What any tool must ask at least, to know the columns, keys and indexes of a schema.
CATALOG_QUERIES = {
    "sqlite": "SELECT m.name, c.* FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table';"
              "SELECT m.name, l.*, x.* FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_xinfo(l.name) x WHERE m.type = 'table';"
              "SELECT m.name, f.* FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table';",
    "postgresql": "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid) "
                  "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
                  "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0;"
                  "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace;"
                  "SELECT indrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indexrelid "
                  "WHERE c.relnamespace = 'public'::regnamespace;",
}


class Bench:
    def __init__(self, runs, folder):
        self.runs, self.folder, self.rows = runs, folder, []
        self.postgres = os.environ.get("CUPEL_TEST_POSTGRES_URL")

    def measure(self, name, command, folder, prepare=lambda: None, stdin=None, runs=None):
        samples = []
        for _ in range(runs or self.runs):
            prepare()
            samples.append(once(command, folder, stdin))
        median = [statistics.median(column) for column in zip(*samples)]
        prepare()
        median.append(peak_megabytes(command, folder, stdin))
        self.rows.append((name, *median))
        print(f"{name:58} {median[0] * 1000:9.1f} ms wall {median[1] * 1000:9.1f} ms cpu {median[2]:7.1f} MB", flush=True)
        return median

    def project(self, name):
        path = f"{self.folder}/{name}"
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)
        return path

    def reading(self, quick):
        self.measure("cupel --version", [CUPEL, "--version"], self.folder)
        for count in (1000, 10000):
            folder = self.project(f"read{count}")
            make_cupel(folder, count, "sqlite:///app.db")
            for command in ("current", "heads", "history"):
                self.measure(f"cupel {command}, {count} revisions", [CUPEL, command], folder)
        folder = self.project("alembic_read")
        make_alembic(folder, 1000, "sqlite:///app.db", False)
        for command in ("current", "heads", "history"):
            self.measure(f"alembic {command}, 1000 revisions", [PYTHON, "-m", "alembic", command], folder, runs=1 if quick else 3)

    def linting(self):
        """Every revision, as if no database had seen any; no server is asked."""
        for name, url in LINT_TARGETS.items():
            folder = self.project("lint" + name)
            make_cupel(folder, 1000, url)
            with open(f"{folder}/cupel.toml", "a") as file:
                file.write('[lint]\nall = "notice"\n')  # whatever is found is no failure
            self.measure(f"cupel lint, 1000 revisions, {name}", [CUPEL, "-q", "lint", "--offline"], folder)

    def sqlite(self, quick):
        for count in (500, 2000):
            folder = self.project(f"lite{count}")
            make_cupel(folder, count, "sqlite:///app.db")
            script = f"{folder}/all.sql"
            make_shell_script(script, count, True)
            clean = lambda: [os.remove(f"{folder}/{name}") for name in ("app.db", "shell.db") if os.path.exists(f"{folder}/{name}")]
            shell = self.measure(f"sqlite3, the statements of {count} revisions", ["sqlite3", "shell.db"], folder, clean, script)
            ours = self.measure(f"cupel upgrade head, {count} revisions, SQLite", [CUPEL, "-q", "upgrade", "head"], folder, clean)
            print(f"    cupel / sqlite3 = {ours[0] / shell[0]:.2f} wall, {ours[1] / shell[1]:.2f} cpu")
            self.measure(f"cupel upgrade head, nothing to do, {count}, SQLite", [CUPEL, "-q", "upgrade", "head"], folder)
        folder = self.project("alembic_lite")
        make_alembic(folder, 500, "sqlite:///app.db", False)
        clean = lambda: os.path.exists(f"{folder}/app.db") and os.remove(f"{folder}/app.db")
        self.measure("alembic upgrade head, 500 revisions, SQLite", [PYTHON, "-m", "alembic", "upgrade", "head"], folder, clean,
                     runs=1 if quick else 3)

    def on_server(self, quick):
        if not self.postgres:
            print("PostgreSQL: CUPEL_TEST_POSTGRES_URL is not set")
            return
        parts = urllib.parse.urlsplit(self.postgres)
        url = parts._replace(path="/cupel_bench").geturl()

        def fresh():
            for sql in ("DROP DATABASE IF EXISTS cupel_bench WITH (FORCE)", "CREATE DATABASE cupel_bench"):
                subprocess.run(["psql", "-qX", self.postgres, "-c", sql], check=True, stderr=subprocess.DEVNULL)

        folder = self.project("server")
        make_cupel(folder, 500, url)
        make_shell_script(f"{folder}/all.sql", 500, False)
        shell = self.measure("psql, the statements of 500 revisions", ["psql", "-qX", url], folder, fresh, f"{folder}/all.sql")
        ours = self.measure("cupel upgrade head, 500 revisions, PostgreSQL", [CUPEL, "-q", "upgrade", "head"], folder, fresh)
        print(f"    cupel / psql = {ours[0] / shell[0]:.2f} wall")
        self.measure("cupel upgrade head, nothing to do, 500, PostgreSQL", [CUPEL, "-q", "upgrade", "head"], folder)
        folder = self.project("alembic_server")
        make_alembic(folder, 500, url.replace("%", "%%"), True)
        self.measure("alembic upgrade head, 500 revisions, PostgreSQL", [PYTHON, "-m", "alembic", "upgrade", "head"], folder, fresh,
                     runs=1 if quick else 3)

    def scripts(self, quick):
        """Revisions in Python, by both tools from the same files."""
        runs = 1 if quick else 3
        alembic = [PYTHON, "-m", "alembic"]
        folder = self.project("scripts_read")
        make_scripts(folder, 1000, "sqlite:///app.db", False)
        for command in ("history", "current"):
            ours = self.measure(f"cupel {command}, 1000 .py revisions", [CUPEL, command], folder)
            theirs = self.measure(f"alembic {command}, the same", [*alembic, command], folder, runs=runs)
            print(f"    alembic / cupel = {theirs[0] / ours[0]:.0f}")
        folder = self.project("scripts_lite")
        make_scripts(folder, 300, "sqlite:///app.db", False)
        clean = lambda: os.path.exists(f"{folder}/app.db") and os.remove(f"{folder}/app.db")
        ours = self.measure("cupel upgrade head, 300 .py revisions, SQLite", [CUPEL, "-q", "upgrade", "head"], folder, clean)
        theirs = self.measure("alembic upgrade head, the same, SQLite", [*alembic, "upgrade", "head"], folder, clean, runs=runs)
        print(f"    alembic / cupel = {theirs[0] / ours[0]:.1f}")
        if not self.postgres:
            return
        url = urllib.parse.urlsplit(self.postgres)._replace(path="/cupel_bench").geturl()

        def fresh():
            for sql in ("DROP DATABASE IF EXISTS cupel_bench WITH (FORCE)", "CREATE DATABASE cupel_bench"):
                subprocess.run(["psql", "-qX", self.postgres, "-c", sql], check=True, stderr=subprocess.DEVNULL)

        folder = self.project("scripts_server")
        make_scripts(folder, 300, url.replace("%", "%%"), True)
        ours = self.measure("cupel upgrade head, 300 .py revisions, PostgreSQL", [CUPEL, "-q", "upgrade", "head"], folder, fresh)
        theirs = self.measure("alembic upgrade head, the same, PostgreSQL", [*alembic, "upgrade", "head"], folder, fresh, runs=runs)
        print(f"    alembic / cupel = {theirs[0] / ours[0]:.1f}")

    def check(self, quick, tables):
        """`check` with nothing to report, against Alembic on the same models and against the bare catalog queries."""
        databases = {"sqlite": "sqlite:///app.db"}
        if self.postgres:
            databases["postgresql"] = urllib.parse.urlsplit(self.postgres)._replace(path="/cupel_bench").geturl()
        for name, url in databases.items():
            folder = self.project(f"check_{name}_{tables}")
            with open(f"{folder}/schema.sql", "w") as file:
                file.write(wide_schema(tables))
            os.makedirs(f"{folder}/migrations/versions")
            with open(f"{folder}/cupel.toml", "w") as file:
                file.write(f'[database]\nurl = "{url}"\n[schema]\nsql = ["schema.sql"]\n')
            if name == "postgresql":
                for sql in ("DROP DATABASE IF EXISTS cupel_bench WITH (FORCE)", "CREATE DATABASE cupel_bench"):
                    subprocess.run(["psql", "-qX", self.postgres, "-c", sql], check=True, stderr=subprocess.DEVNULL)
            for command in (["revision", "--autogenerate", "-m", "make them all"], ["upgrade", "head"]):
                subprocess.run([CUPEL, "-q", *command], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            shell = ["sqlite3", "app.db"] if name == "sqlite" else ["psql", "-qXAt", url]
            with open(f"{folder}/catalog.sql", "w") as file:
                file.write(CATALOG_QUERIES[name])
            bare = self.measure(f"{shell[0]}, bare catalog queries, {tables} tables", shell, folder, stdin=f"{folder}/catalog.sql")
            ours = self.measure(f"cupel check, nothing differs, {tables} tables, {name}", [CUPEL, "check"], folder)
            print(f"    cupel - 1.5 * bare = {(ours[0] - 1.5 * bare[0]) * 1000:.0f} ms")
            if tables > 1000:
                continue
            folder = self.project(f"alembic_check_{name}")
            make_alembic(folder, 0, url.replace("%", "%%"), True)
            with open(f"{folder}/a/env.py", "w") as file:
                file.write(MODELS_ENV_PY % tables)
            if name == "sqlite":
                shutil.copy(f"{self.folder}/check_{name}_{tables}/app.db", f"{folder}/app.db")
            # Alembic has no revision here, so the database must not name one; and it would want to drop cupel's history.
            cleaning = "DELETE FROM alembic_version; DROP TABLE cupel_history;"
            subprocess.run([*shell, cleaning] if name == "sqlite" else [*shell, "-c", cleaning], cwd=folder, check=True)
            # Debian's Alembic has no `check` yet; this is the comparison, and an empty file at the end.
            clean = lambda: [os.remove(f"{folder}/a/versions/{file}") for file in os.listdir(f"{folder}/a/versions") if file.endswith(".py")]
            with open(f"{folder}/a/script.py.mako", "w") as file:
                file.write("revision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n")
            theirs = self.measure(f"alembic revision --autogenerate, the same, {name}",
                                  [PYTHON, "-m", "alembic", "revision", "--autogenerate", "-m", "nothing"], folder, clean,
                                  runs=1 if quick else 3)
            print(f"    alembic / cupel = {theirs[0] / ours[0]:.0f}")

    def rebuild(self, rows):
        """Rebuilds a table (a foreign key is added), against the bare INSERT ... SELECT with its indexes."""
        folder = self.project("rebuild")
        program = os.path.join(os.path.dirname(CUPEL), "bench", "rebuild_bench")
        if not os.path.exists(program):
            return print("rebuild: no rebuild_bench; ./dev bench builds it")
        setup = ("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE big (id INTEGER PRIMARY KEY, name TEXT, p_id INTEGER); "
                 "CREATE INDEX ix_name ON big (name); CREATE INDEX ix_p ON big (p_id); "
                 f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) "
                 "INSERT INTO big SELECT i, 'name ' || (i * 7919 % 1000003), NULL FROM n;")
        subprocess.run(["sqlite3", "seed.db", setup], cwd=folder, check=True)
        with open(f"{folder}/bare.sql", "w") as file:
            file.write("BEGIN; CREATE TABLE b2 (id INTEGER PRIMARY KEY, name TEXT NOT NULL, p_id INTEGER);"
                       "INSERT INTO b2 SELECT id, name, p_id FROM big; DROP TABLE big; ALTER TABLE b2 RENAME TO big;"
                       "CREATE INDEX ix_name ON big (name); CREATE INDEX ix_p ON big (p_id); COMMIT;")
        copy = lambda: shutil.copy(f"{folder}/seed.db", f"{folder}/app.db")
        bare = self.measure(f"sqlite3, bare INSERT ... SELECT with indexes, {rows} rows", ["sqlite3", "app.db"], folder, copy,
                            f"{folder}/bare.sql", runs=3)
        ours = self.measure(f"cupel, rebuild of {rows} rows", [program, f"{folder}/app.db"], folder, copy, runs=3)
        print(f"    cupel / sqlite3 = {ours[0] / bare[0]:.2f} wall, {ours[1] / bare[1]:.2f} cpu")

    def backfill(self, rows):
        """An update of every row in batches of ten thousand, against the single UPDATE by the database's own shell."""
        folder = self.project("backfill")
        with open(f"{folder}/cupel.toml", "w") as file:
            file.write('[project]\nscript_location = "m"\n[database]\nurl = "sqlite:///app.db"\n')
        os.makedirs(f"{folder}/m/versions")
        update = "UPDATE big SET n = id * 7, note = 'number ' || id"
        with open(f"{folder}/m/versions/a.sql", "w") as file:
            file.write(f"-- revision: a\n-- down_revision:\n\n-- cupel: upgrade\n-- cupel: backfill\n{update};\n")
        with open(f"{folder}/bare.sql", "w") as file:
            file.write(update + ";\n")
        setup = ("PRAGMA synchronous=OFF; CREATE TABLE big (id INTEGER PRIMARY KEY, name TEXT, n INTEGER, note TEXT); "
                 f"WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {rows}) "
                 "INSERT INTO big SELECT i, 'some name ' || i, 0, 'a note of some length' FROM s;")
        subprocess.run(["sqlite3", "seed.db", setup], cwd=folder, check=True)
        copy = lambda: (shutil.copy(f"{folder}/seed.db", f"{folder}/app.db"), os.sync())
        bare = self.measure(f"sqlite3, one UPDATE of {rows} rows", ["sqlite3", "app.db"], folder, copy, f"{folder}/bare.sql", runs=3)
        ours = self.measure(f"cupel, a backfill of {rows} rows", [CUPEL, "-q", "upgrade", "head"], folder, copy, runs=3)
        print(f"    cupel / sqlite3 = {ours[0] / bare[0]:.2f} wall, {ours[1] / bare[1]:.2f} cpu")

    def backup(self, megabytes):
        """cupel backup of a SQLite file, against cp and sync of the same file."""
        folder = self.project("backup")
        with open(f"{folder}/cupel.toml", "w") as file:
            file.write('[project]\nscript_location = "m"\n[database]\nurl = "sqlite:///app.db"\n')
        os.makedirs(f"{folder}/m/versions")
        setup = ("PRAGMA synchronous=OFF; CREATE TABLE big (id INTEGER PRIMARY KEY, n INTEGER, note TEXT); "
                 f"WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {megabytes * 7000}) "
                 "INSERT INTO big SELECT i, i * 7 % 1000, printf('%0120d', i) FROM s; CREATE INDEX ix ON big (n);")
        subprocess.run(["sqlite3", "app.db", setup], cwd=folder, check=True)
        size = os.path.getsize(f"{folder}/app.db") >> 20
        clean = lambda: ([os.remove(f"{folder}/{name}") for name in os.listdir(folder) if name.startswith("copy")], os.sync())
        bare = self.measure(f"cp and sync, a file of {size} MB", ["sh", "-c", "cp app.db copy.db && sync copy.db"], folder, clean, runs=5)
        ours = self.measure("cupel backup, the same", [CUPEL, "-q", "backup", "copy.db"], folder, clean, runs=5)
        print(f"    cupel / cp = {ours[0] / bare[0]:.2f} wall, {ours[1] / bare[1]:.2f} cpu")

    def table(self):
        lines = ["| what | wall | cpu | peak memory |", "|---|---:|---:|---:|"]
        lines += [f"| {name} | {wall * 1000:.1f} ms | {cpu * 1000:.1f} ms | {memory:.1f} MB |" for name, wall, cpu, memory in self.rows]
        return "\n".join(lines)


def write_page(path, table):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    begin, end = "<!-- figures -->\n", "<!-- end of figures -->"
    text = re.sub(re.escape(begin) + r".*?" + re.escape(end), lambda _: begin + table + "\n" + end, text, flags=re.S)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="fewer runs of what is slow")
    parser.add_argument("--scripts", action="store_true", help="only revisions in Python")
    parser.add_argument("--safety", action="store_true", help="only backfill and backup")
    parser.add_argument("--backfill-rows", type=int, default=1000000)
    parser.add_argument("--backup-megabytes", type=int, default=256)
    parser.add_argument("--write", metavar="PAGE", help="put the figures into this page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(options.runs, folder)
        if options.safety:
            bench.backfill(options.backfill_rows)
            bench.backup(options.backup_megabytes)
            return
        bench.scripts(options.quick)
        if options.scripts:
            return
        bench.reading(options.quick)
        bench.linting()
        bench.sqlite(options.quick)
        bench.on_server(options.quick)
        for tables in (1000, 10000):
            bench.check(options.quick, tables)
        bench.rebuild(1000000)
        bench.backfill(options.backfill_rows)
        bench.backup(options.backup_megabytes)
        if options.write:
            write_page(options.write, bench.table())


if __name__ == "__main__":
    main()
