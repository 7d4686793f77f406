# SPDX-License-Identifier: MIT
"""SIGKILL at random moments of backup, restore and upgrades with a backup: whole or not there, the old or the new, and the next
run clears what is left. Upgrades are killed in crash_test.py, downgrades in robustness_test.py, backfills in backfill_test.py."""
import os
import re
import signal
import sqlite3
import time
import unittest

import harness
from concurrency_test import ConcurrencyCase, Process
from harness import on_both_databases, postgres_only

ROWS = {"sqlite": 60000, "postgresql": 25000}
SERIES = {"sqlite": "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {0}) SELECT i, 'name ' || i || ' ' || hex(randomblob(20)) FROM s",
          "postgresql": "SELECT i, 'name ' || i || ' ' || md5(i::text) FROM generate_series(1, {0}) AS i"}


@on_both_databases
class KilledOnTheWayToABackup(ConcurrencyCase):
    binary = harness.QUICK_BINARY

    def setUp(self):
        super().setUp()
        self.rows = ROWS[self.db.name]
        self.pids = []
        self.project()
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\nCREATE INDEX ix ON users (name);\n"
                                f"INSERT INTO users {SERIES[self.db.name].format(self.rows)};", "DROP TABLE users;")
        self.cupel("upgrade", "r1")

    def tearDown(self):
        if self.db.name == "postgresql":
            for name in self.kept():
                harness.with_server(f'DROP DATABASE "{name}" WITH (FORCE)')
            self.reconnect()
        super().tearDown()

    # --- what is there

    def reconnect(self):
        """A restore sends all others away; the server may still be renaming when its client has been killed."""
        if self.db.name == "postgresql":
            self.db.reconnect()

    def count(self):
        self.reconnect()
        if self.db.name == "sqlite":
            self.assertEqual(self.db.query("PRAGMA quick_check"), [("ok",)])
        return self.db.query("SELECT count(*) FROM users")[0][0]

    def kept(self):
        """What restores have put aside."""
        if self.db.name == "sqlite":
            return [name for name in os.listdir(self.folder) if re.fullmatch(r"app\.db\.before-restore(-\d+)?", name)]
        return [name for (name,) in self.server(f"SELECT datname FROM pg_database WHERE datname LIKE '{self.db.database}\\_before%'")]

    def count_of_kept(self, name):
        if self.db.name == "sqlite":
            connection = sqlite3.connect(self.path(name))
        else:
            connection = harness.psycopg2.connect(self.db.url.rsplit("/", 1)[0] + "/" + name)
        try:
            cursor = connection.cursor()
            cursor.execute("SELECT count(*) FROM users")
            return cursor.fetchone()[0]
        finally:
            connection.close()

    def server(self, sql):
        connection = harness.psycopg2.connect(harness.POSTGRES_URL)
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()
        finally:
            connection.close()

    def assert_nothing_left(self, *expected):
        """No file but these, no database that a run of ours has left half made."""
        names = [name for name in os.listdir(self.folder)
                 if name not in ("cupel.toml", "migrations", "app.db", "backups", *expected, *(name + ".info" for name in expected))
                 and name not in self.kept()]
        self.assertEqual(names, [])
        if self.db.name == "postgresql":
            # One that nobody has connected to yet may be in the making; it goes when it is ten minutes old.
            left = [name for (name,) in self.server("SELECT datname FROM pg_database WHERE datname LIKE 'cupel\\_scratch%' AND "
                                                    "shobj_description(oid, 'pg_database') IS NOT NULL")]
            self.assertEqual([name for name in left if int(name.split("_")[3]) in self.pids], [])

    # --- killing

    def duration(self, *arguments):
        begun = time.monotonic()
        self.cupel(*arguments)
        return time.monotonic() - begun

    def kill(self, seconds, *arguments):
        process = Process(self, *arguments)
        self.pids.append(process.popen.pid)
        time.sleep(seconds)
        process.popen.send_signal(signal.SIGKILL)
        process.result()

    def test_backup(self):
        usual = self.duration("backup", "good.bak")
        chance = harness.chance()
        begun = 0
        for i in range(harness.kills(40)):
            self.kill(usual * chance.uniform(0.05, 1.1), "backup", "k.bak")
            begun += any(name.endswith(".part") for name in os.listdir(self.folder))
            if os.path.exists(self.path("k.bak")):
                self.cupel("restore", "k.bak", "--yes", "--discard")
                self.assertEqual(self.count(), self.rows)
                os.remove(self.path("k.bak"))
            if i % 8 == 7:
                self.cupel("backup", "k.bak")
                self.assert_nothing_left("good.bak", "k.bak")
                os.remove(self.path("k.bak"))
        self.assertGreater(begun, 3)
        self.cupel("restore", "good.bak", "--yes", "--discard")
        self.assertEqual(self.count(), self.rows)

    @postgres_only
    def test_what_it_started_ends_with_it(self):
        def dumps():
            lines = []
            for pid in filter(str.isdigit, os.listdir("/proc")):
                try:
                    with open(f"/proc/{pid}/cmdline", "rb") as file:
                        lines.append(file.read())
                except OSError:
                    pass
            return [line for line in lines if b"pg_dump" in line and self.db.database.encode() in line]

        with self.held("LOCK TABLE users IN ACCESS EXCLUSIVE MODE"):
            process = Process(self, "backup", "k.bak")
            self.wait_until(dumps)
            process.popen.send_signal(signal.SIGKILL)
            process.result()
            self.wait_until(lambda: not dumps())
            self.assertEqual(len([name for name in os.listdir(self.folder) if name.endswith(".part")]), 1)
        self.cupel("backup", "k.bak")
        self.assert_nothing_left("k.bak")

    def wait_until(self, condition):
        for _ in range(1000):
            if condition():
                return
            time.sleep(0.01)
        self.fail("that does not happen")

    def test_backup_into_the_folder(self):
        usual = self.duration("backup")
        chance = harness.chance()
        for _ in range(harness.kills(10)):
            self.kill(usual * chance.uniform(0.3, 1.1), "backup")
        self.cupel("backup")
        names = sorted(name for name in os.listdir(self.path("backups")) if name != ".gitignore")
        whole = [name for name in names if name.endswith((".db", ".dump"))]
        self.assertEqual(names, sorted(whole + [name + ".info" for name in whole]))
        for name in whole[-2:]:
            self.cupel("restore", "backups/" + name, "--yes", "--discard")
            self.assertEqual(self.count(), self.rows)

    def killed_restores(self, kills, *options):
        self.cupel("backup", "good.bak")
        changed = self.rows - 9
        self.db.script("DELETE FROM users WHERE id < 10")
        usual = self.duration("restore", "good.bak", "--yes", *options)
        chance = harness.chance()
        found = set()
        for i in range(harness.kills(kills)):
            if self.count() != changed:
                self.db.script("DELETE FROM users WHERE id < 10")
            self.kill(usual * chance.uniform(0.1, 1.1), "restore", "good.bak", "--yes", *options)
            found.add(self.count())
            self.assertLessEqual(found, {self.rows, changed})
            if i % 8 == 7:
                time.sleep(0.3)  # the server notices that nobody is there any more
                self.cupel("restore", "good.bak", "--yes", *options)
                self.assertEqual(self.count(), self.rows)
                self.assert_nothing_left("good.bak")
        for name in self.kept():
            self.assertIn(self.count_of_kept(name), (self.rows, changed))

    def test_restore(self):
        self.killed_restores(24)

    def test_restore_that_keeps_nothing(self):
        self.killed_restores(24, "--discard")
        self.assertEqual(len(self.kept()), 0)

    def test_upgrade_with_a_backup(self):
        """Before it, or after it with its backup."""
        self.revision("r2", "r1", "DROP INDEX ix;\n-- cupel: allow DS002 because names moved\nALTER TABLE users DROP COLUMN name;",
                      "ALTER TABLE users ADD COLUMN name TEXT;")
        self.cupel("backup", "good.bak")
        usual = self.duration("upgrade", "head", "--backup")
        chance = harness.chance()
        for _ in range(harness.kills(12)):
            self.cupel("restore", "good.bak", "--yes", "--discard")
            for name in os.listdir(self.path("backups")):
                os.remove(self.path("backups", name))
            self.kill(usual * chance.uniform(0.1, 1.1), "upgrade", "head", "--backup")
            self.assertEqual(self.count(), self.rows)
            saved = [name for name in os.listdir(self.path("backups")) if name.endswith((".db", ".dump"))]
            if self.current() == ["r2 (head)"]:
                self.assertEqual(len(saved), 1)
            for name in saved:
                self.cupel("restore", "backups/" + name, "--yes", "--discard")
                self.reconnect()
                self.assertEqual(self.db.query("SELECT count(name) FROM users"), [(self.rows,)])
        self.cupel("upgrade", "head", "--backup")
        self.assert_nothing_left("good.bak")

    def test_upgrade_that_restores_by_itself(self):
        """Where a failing upgrade is killed as well, the database is on a revision's boundary with all its rows."""
        self.write("cupel.toml", self.read("cupel.toml") + '[safety]\ntransaction = "revision"\nbackup_keep = 2\n')
        self.revision("r2", "r1", "CREATE TABLE later (id INTEGER);\nINSERT INTO later VALUES (1);", "DROP TABLE later;")
        self.revision("r3", "r2", "INSERT INTO missing VALUES (1);")
        begun = time.monotonic()
        self.assertIn("then restored ", self.run_cupel("upgrade", "head", "--restore-on-failure").err)
        usual = time.monotonic() - begun
        chance = harness.chance()
        for _ in range(harness.kills(12)):
            self.kill(usual * chance.uniform(0.1, 1.1), "upgrade", "head", "--restore-on-failure")
            self.assertEqual(self.count(), self.rows)
            has_later = "later" in self.db.tables()
            self.assertEqual(self.current(), ["r2"] if has_later else ["r1"])
            if has_later:
                self.cupel("downgrade", "r1")


if __name__ == "__main__":
    unittest.main()
