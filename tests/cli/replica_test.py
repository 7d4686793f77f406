# SPDX-License-Identifier: MIT
"""A backfill that waits for a real standby. Makes a server and its standby in a temporary folder, and stops them."""
import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

import harness
from concurrency_test import ConcurrencyCase, Process

ROWS = 10000  # in batches of 50 that take 20 ms and more: several times as long as the lag that is allowed


def binaries():
    """The folder of the server's programs, or nothing."""
    known = os.environ.get("CUPEL_TEST_POSTGRES_BIN", "")
    for folder in [known] if known else sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True):
        if all(os.access(os.path.join(folder, name), os.X_OK) for name in ("initdb", "pg_ctl", "pg_basebackup")):
            return folder
    return ""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Servers:
    """One that others replicate, and its standby. The programs refuse to run as root, so root hands them to another user."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="cupel-repl-", dir="/tmp")  # short: it holds sockets
        self.started = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")

    def run(self, program, *arguments):
        command = [os.path.join(binaries(), program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # Not pipes: a server that was started would hold them open.
        with open(os.path.join(self.folder, "log.txt"), "ab") as log:
            subprocess.run(command, cwd=self.folder, check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=60)

    def start(self, name):
        port = free_port()
        data = os.path.join(self.folder, name)
        self.run("pg_ctl", "-D", data, "-l", os.path.join(self.folder, name + ".log"), "-w", "-t", "30", "-o",
                 f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off", "start")
        self.started.append(data)
        return f"postgresql://cupel@127.0.0.1:{port}/postgres"

    def make(self):
        self.run("initdb", "-D", os.path.join(self.folder, "first"), "-U", "cupel", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.first = self.start("first")
        self.run("pg_basebackup", "-D", os.path.join(self.folder, "standby"), "-R", "-c", "fast", "--no-sync", "-d", self.first)
        self.standby = self.start("standby")

    def stop(self):
        for data in reversed(self.started):
            self.run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


@unittest.skipUnless(binaries() and harness.psycopg2, "the server's programs (initdb, pg_ctl, pg_basebackup) or psycopg2 are missing")
class Replica(ConcurrencyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.servers = Servers()
        cls.addClassCleanup(cls.servers.stop)
        cls.servers.make()

    def setUp(self):
        super().setUp()
        self.write("cupel.toml", f'[project]\nscript_location = "migrations"\n[database]\nurl = "{self.servers.first}"\n')
        os.makedirs(self.path("migrations/versions"), exist_ok=True)
        self.on_first("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        self.revision("r1", "", "CREATE TABLE numbers (id integer PRIMARY KEY, n integer);\n"
                                f"INSERT INTO numbers SELECT i, 0 FROM generate_series(1, {ROWS}) AS i;")
        self.revision("r2", "r1", "-- cupel: backfill batch=50 pause=20ms lag=1s\nUPDATE numbers SET n = n + 1;")
        self.cupel("upgrade", "r1")
        self.wait_until(lambda: self.on_standby("SELECT to_regclass('numbers') IS NOT NULL") == [(True,)])

    def ask(self, url, sql):
        connection = harness.psycopg2.connect(url)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def on_first(self, sql):
        return self.ask(self.servers.first, sql)

    def on_standby(self, sql):
        return self.ask(self.servers.standby, sql)

    def wait_until(self, condition, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.05)
        self.fail("that does not happen")

    def done(self):
        return self.on_first("SELECT count(*) FROM numbers WHERE n = 1")[0][0]

    def stands_still(self):
        """No batch for longer than a pause and a look at the standby take."""
        before = self.done()
        time.sleep(1)
        return self.done() == before

    def assert_finished(self):
        self.assertEqual(self.cupel("current"), "r2 (head)\n")
        self.assertEqual(self.on_first("SELECT n, count(*) FROM numbers GROUP BY n"), [(1, ROWS)])
        self.wait_until(lambda: self.on_standby("SELECT n, count(*) FROM numbers GROUP BY n") == [(1, ROWS)])

    def test_one_that_keeps_up_is_not_waited_for(self):
        result = self.run_cupel("upgrade", "head")
        self.assertEqual(result.code, 0, result.err)
        self.assertNotIn("a replica", result.err)
        self.assert_finished()

    def test_one_that_falls_behind_is_waited_for(self):
        self.on_standby("SELECT pg_wal_replay_pause()")
        process = Process(self, "upgrade", "head")
        try:
            self.wait_until(lambda: self.done() > 0 and self.stands_still())
            self.assertLess(self.done(), ROWS)
            self.assertIsNone(process.popen.poll())
            time.sleep(1)
        finally:
            self.on_standby("SELECT pg_wal_replay_resume()")
        result = process.result()
        self.assertEqual(result.code, 0, result.err)
        self.assertRegex(result.err, r"(?i)waiting for a replica that is [1-9]\d*\.\d s behind")
        self.assert_finished()

    def test_ctrl_c_while_it_is_waited_for(self):
        self.on_standby("SELECT pg_wal_replay_pause()")
        try:
            process = Process(self, "upgrade", "head")
            self.wait_until(lambda: self.done() > 0 and self.stands_still())
            process.popen.terminate()
            result = process.result()
        finally:
            self.on_standby("SELECT pg_wal_replay_resume()")
        self.assertEqual(result.code, 130, result.err)
        self.assertIn("the next run goes on behind them", result.err)
        self.cupel("upgrade", "head")
        self.assert_finished()

    def test_who_may_not_see_the_standby_is_told(self):
        self.on_first("DROP ROLE IF EXISTS plain; CREATE ROLE plain LOGIN; GRANT ALL ON SCHEMA public TO plain; "
                      "ALTER TABLE numbers OWNER TO plain; ALTER TABLE alembic_version OWNER TO plain; "
                      "ALTER TABLE cupel_history OWNER TO plain")
        try:
            result = self.run_cupel("--url", self.servers.first.replace("cupel@", "plain@"), "upgrade", "head")
            self.assert_one_error(result, 2)
            self.assertIn("this role may not see how far replicas are behind", result.err)
            self.assertEqual(self.done(), 0)
        finally:
            self.on_first("DROP SCHEMA public CASCADE; DROP OWNED BY plain; DROP ROLE plain; CREATE SCHEMA public")


if __name__ == "__main__":
    unittest.main()
