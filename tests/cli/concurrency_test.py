# SPDX-License-Identifier: MIT
"""Many processes at once on one database: the work is done once, and nobody fails."""
import contextlib
import os
import re
import signal
import sqlite3
import subprocess
import threading
import time
import unittest

import harness
from harness import Case, on_both_databases, postgres_only, sqlite_only

PROCESSES = 10
PGBOUNCER_URL = os.environ.get("CUPEL_TEST_PGBOUNCER_URL", "")


class Process:
    """cupel in the background."""

    def __init__(self, case, *arguments, **options):
        self.popen = subprocess.Popen([case.binary, *arguments], cwd=case.folder, env=harness.environment(),
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        case.addCleanup(self.stop)

    def stop(self):
        if self.popen.poll() is None:
            self.popen.kill()
        self.result()

    def result(self):
        if self.popen.stdout.closed:
            return None
        out, err = self.popen.communicate(timeout=harness.TIME_LIMIT)
        return harness.Result(self.popen.returncode, out.decode(), err.decode())


class ConcurrencyCase(Case):
    """What the tests of collisions and of crashes share."""

    def mixed_chain(self, count=20):
        """Creates a table, an index on it and fills it, in rotation; a second application would show in the counts."""
        for i in range(1, count + 1):
            table = f"t{(i - 1) // 3 + 1}"
            up, undo = [(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, name VARCHAR(40));", f"DROP TABLE {table};"),
                        (f"CREATE INDEX ix_{table}_name ON {table} (name);", f"DROP INDEX ix_{table}_name;"),
                        (f"INSERT INTO {table} VALUES ((SELECT count(*) + 1 FROM {table}), 'row of r{i}');",
                         f"DELETE FROM {table};")][(i - 1) % 3]
            self.revision(f"r{i}", f"r{i - 1}" if i > 1 else "", up, undo)

    def count_applied(self):
        return self.db.query("SELECT revision, count(*) FROM cupel_history WHERE direction = 'upgrade' "
                             "GROUP BY revision ORDER BY min(id)")

    def assert_applied_once(self, count):
        self.assertEqual(self.count_applied(), [(f"r{i}", 1) for i in range(1, count + 1)])
        self.assertEqual(self.db.query("SELECT version_num FROM alembic_version"), [(f"r{count}",)])
        for i in range(3, count + 1, 3):
            self.assertEqual(self.db.query(f"SELECT id, name FROM t{i // 3}"), [(1, f"row of r{i}")])

    def run_together(self, *arguments, count=PROCESSES):
        """All must succeed. Returns what each wrote to standard error."""
        processes = [Process(self, *arguments) for _ in range(count)]
        results = [process.result() for process in processes]
        for result in results:
            self.assertEqual(result.code, 0, result.err)
            self.assertNotRegex(result.err, r"(?i)\berror|warning|fail|locked|retry|trying again")
        return [result.err for result in results]

    @contextlib.contextmanager
    def held(self, *statements):
        """Another program with an open transaction."""
        if self.db.name == "sqlite":
            holder = sqlite3.connect(self.db.path, isolation_level=None)
            begin, end = "BEGIN IMMEDIATE", holder.rollback
            run = holder.execute
        else:
            holder = harness.psycopg2.connect(self.db.url, application_name="nightly report")
            begin, end = "SELECT 1", holder.rollback
            run = holder.cursor().execute
        try:
            for statement in statements or (begin,):
                run(statement)
            yield holder
        finally:
            end()
            holder.close()


@on_both_databases
class TenProcesses(ConcurrencyCase):
    def test_on_a_fresh_database(self):
        self.project()
        self.mixed_chain()
        texts = self.run_together("upgrade", "head")
        self.assert_applied_once(20)
        self.assertEqual(sum(text.count("Running upgrade") for text in texts), 20)

    def test_on_a_database_with_a_version_table(self):
        self.project()
        self.mixed_chain()
        self.cupel("upgrade", "r5")
        self.run_together("upgrade", "head")
        self.assert_applied_once(20)

    def test_in_one_transaction(self):
        self.project()
        self.mixed_chain()
        self.run_together("--transaction", "run", "upgrade", "head")
        self.assert_applied_once(20)

    def test_in_one_transaction_for_each_revision(self):
        self.project()
        self.mixed_chain()
        self.run_together("--transaction", "revision", "upgrade", "head")
        self.assert_applied_once(20)

    def test_all_take_the_same_step(self):
        self.project()
        self.mixed_chain()
        self.cupel("upgrade", "r4")
        self.run_together("upgrade", "r5")
        self.assertEqual(self.current(), ["r5"])
        self.assertEqual(self.count_applied(), [(f"r{i}", 1) for i in range(1, 6)])

    def test_downgrade_to_base(self):
        self.project()
        self.mixed_chain()
        self.cupel("upgrade", "head")
        self.run_together("downgrade", "base")
        self.assertEqual(self.db.tables(), [])
        self.assertEqual(self.db.query("SELECT count(*) FROM cupel_history WHERE direction = 'downgrade'"), [(20,)])

    def test_stamp_and_ensure_version(self):
        self.project()
        self.mixed_chain()
        self.run_together("ensure_version")
        self.run_together("stamp", "r7")
        self.assertEqual(self.current(), ["r7"])
        self.db.script("DROP TABLE alembic_version; DROP TABLE cupel_history")
        self.run_together("stamp", "head")
        self.assertEqual(self.current(), ["r20 (head)"])

    def test_with_readers(self):
        self.project()
        self.mixed_chain()
        writers = [Process(self, "--transaction", "revision", "upgrade", "head") for _ in range(3)]
        readers = [Process(self, "current") for _ in range(5)]
        for process in writers + readers:
            result = process.result()
            self.assertEqual(result.code, 0, result.err)
        self.assert_applied_once(20)

    @postgres_only
    def test_through_pgbouncer(self):
        if not PGBOUNCER_URL:
            self.skipTest("CUPEL_TEST_PGBOUNCER_URL is not set")
        self.project()
        self.mixed_chain()
        url = PGBOUNCER_URL.rsplit("/", 1)[0] + "/" + self.db.database
        self.run_together("--url", url, "upgrade", "head")
        self.assert_applied_once(20)

    @postgres_only
    def test_directly_and_through_pgbouncer(self):
        if not PGBOUNCER_URL:
            self.skipTest("CUPEL_TEST_PGBOUNCER_URL is not set")
        self.project()
        self.mixed_chain()
        pooled = PGBOUNCER_URL.rsplit("/", 1)[0] + "/" + self.db.database
        processes = [Process(self, "--url", url, "upgrade", "head") for url in (pooled, self.db.url) * 4]
        for process in processes:
            result = process.result()
            self.assertEqual(result.code, 0, result.err)
        self.assert_applied_once(20)


@on_both_databases
class SomebodyInTheWay(ConcurrencyCase):
    def setUp(self):
        super().setUp()
        self.project('[safety]\nlock_attempt = "300ms"\n')
        self.table_revision("r1")
        self.cupel("upgrade", "head")
        self.revision("r2", "r1", "INSERT INTO t_r1 VALUES (1); ALTER TABLE t_r1 ADD COLUMN name TEXT;")

    @sqlite_only
    def test_lock_timeout_names_the_holder_of_the_file(self):
        before = self.db.dump()
        with self.held():
            self.refused("--lock-timeout 1s upgrade head", 1, """
                error: gave up after waiting 1 s for a lock
                  hint: run it again later, or with a longer --lock-timeout; in the way: another program, which is writing to the database file
                """)
        self.assertEqual(self.db.dump(), before)

    @postgres_only
    def test_lock_timeout_names_the_holder_of_the_version_table(self):
        before = self.db.dump()
        with self.held("LOCK TABLE alembic_version IN EXCLUSIVE MODE") as holder:
            pid = holder.get_backend_pid()
            result = self.run_cupel("--lock-timeout", "1.5s", "upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("error: gave up after waiting 1.5 s for a lock\n", result.err)
        self.assertRegex(result.err, f"hint: run it again later, or with a longer --lock-timeout; in the way: pid {pid}, user 'cupel', application 'nightly report', "
                                     r"idle in transaction for \d+ s: LOCK TABLE alembic_version IN EXCLUSIVE MODE\n")
        self.assertEqual(self.db.dump(), before)

    @postgres_only
    def test_lock_timeout_names_the_holder_of_a_table(self):
        before = self.db.dump()
        with self.held("LOCK TABLE t_r1 IN ACCESS SHARE MODE") as holder:
            pid = holder.get_backend_pid()
            result = self.run_cupel("--lock-timeout", "1.5s", "upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("error: migrations/versions/r2.sql:7: canceling statement due to lock timeout\n", result.err)
        self.assertIn(f"hint: run it again later, or with a longer --lock-timeout; in the way: pid {pid}, user 'cupel', application 'nightly report'", result.err)
        self.assertEqual(self.db.dump(), before)

    def test_waits_for_another_program_and_says_so(self):
        blocker = ("LOCK TABLE alembic_version IN EXCLUSIVE MODE",) if self.db.name == "postgresql" else ()
        with self.held(*blocker):
            process = Process(self, "upgrade", "head")
            time.sleep(3)
            self.assertIsNone(process.popen.poll())
        result = process.result()
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Waiting for ", result.err)
        self.assertEqual(self.current(), ["r2 (head)"])

    def test_ctrl_c_while_waiting(self):
        blocker = ("LOCK TABLE alembic_version IN EXCLUSIVE MODE",) if self.db.name == "postgresql" else ()
        with self.held(*blocker):
            process = Process(self, "upgrade", "head")
            time.sleep(1.5)
            process.popen.send_signal(signal.SIGINT)
            begun = time.monotonic()
            result = process.result()
            self.assertLess(time.monotonic() - begun, 5)
        self.assertEqual(result.code, 130, result.err)
        self.assertIn("interrupted", result.err)
        self.assertEqual(self.current(), ["r1"])

    @postgres_only
    def test_ctrl_c_while_reading(self):
        with self.held("LOCK TABLE alembic_version"):
            process = Process(self, "current")
            time.sleep(1.5)
            process.popen.send_signal(signal.SIGINT)
            result = process.result()
        self.assertEqual(result.code, 130, result.err)
        self.assertTrue(result.err.endswith("error: interrupted while the database was read\n  hint: run the command again\n"), result.err)

    @postgres_only
    def test_reading_gives_up_too(self):
        with self.held("LOCK TABLE alembic_version") as holder:
            for command in ("current", "upgrade head", "history -i"):
                begun = time.monotonic()
                result = self.run_cupel("--lock-timeout", "1.5s", *command.split())
                self.assertLess(time.monotonic() - begun, 10)
                self.assert_one_error(result)
                self.assertIn("error: canceling statement due to lock timeout\n", result.err)
                self.assertIn(f"longer --lock-timeout; in the way: pid {holder.get_backend_pid()}, ", result.err)
        self.assertEqual(self.current(), ["r1"])

    @postgres_only
    def test_a_locked_table_is_tried_again_and_its_holder_is_shown(self):
        with self.held("LOCK TABLE t_r1 IN ACCESS EXCLUSIVE MODE") as holder:
            pid = holder.get_backend_pid()
            process = Process(self, "upgrade", "head")
            time.sleep(3)
            self.assertIsNone(process.popen.poll())
        result = process.result()
        self.assertEqual(result.code, 0, result.err)
        self.assertRegex(result.err, f"(?m)^A lock was not to be had; trying again. In the way: pid {pid}, user 'cupel', "
                                     "application 'nightly report', ")
        self.assertEqual(self.db.query("SELECT id FROM t_r1"), [(1,)])

    @postgres_only
    def test_waiting_holds_no_lock_that_stops_others(self):
        """The queue behind a waiting ALTER TABLE is what takes sites down."""
        with self.held("LOCK TABLE t_r1 IN ACCESS SHARE MODE"):
            process = Process(self, "upgrade", "head")
            time.sleep(0.2)
            longest = 0
            for _ in range(20):
                begun = time.monotonic()
                self.db.query("SELECT count(*) FROM t_r1")
                longest = max(longest, time.monotonic() - begun)
            self.assertLess(longest, 5)
        self.assertEqual(process.result().code, 0)

    @postgres_only
    def test_statement_timeout(self):
        self.revision("r2", "r1", "INSERT INTO t_r1 VALUES (1);\nSELECT pg_sleep(20);")
        self.refused("--statement-timeout 300ms upgrade head", 1, """
            error: migrations/versions/r2.sql:8: canceling statement due to statement timeout
              note: in: SELECT pg_sleep(20)
              note: rolled back; the database is at 'r1'
            """)
        self.assertEqual(self.db.query("SELECT id FROM t_r1"), [])

    @sqlite_only
    def test_a_reader_delays_only_the_commit(self):
        with self.held("BEGIN", "SELECT * FROM t_r1"):
            process = Process(self, "upgrade", "head")
            time.sleep(3)
            self.assertIsNone(process.popen.poll())
        result = process.result()
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(result.err.count("Running upgrade"), 1, result.err)
        self.assertEqual(self.current(), ["r2 (head)"])

    @sqlite_only
    def test_a_reader_delays_stamp_as_well(self):
        with self.held("BEGIN", "SELECT * FROM t_r1"):
            process = Process(self, "stamp", "head")
            time.sleep(1)
            self.assertIsNone(process.popen.poll())
        result = process.result()
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(self.current(), ["r2 (head)"])

    @sqlite_only
    def test_a_reader_that_never_ends(self):
        before = self.db.dump()
        with self.held("BEGIN", "SELECT * FROM t_r1"):
            result = self.run_cupel("--lock-timeout", "1s", "upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("gave up after waiting 1 s for a lock", result.err)
        self.assertEqual(self.db.dump(), before)


if __name__ == "__main__":
    unittest.main()
