# SPDX-License-Identifier: MIT
"""Whatever ends a run, the database is on a revision's boundary, and the next run finishes."""
import os
import resource
import signal
import time
import unittest

import harness
from concurrency_test import PGBOUNCER_URL, ConcurrencyCase, Process
from harness import on_both_databases, postgres_only, sqlite_only

REVISIONS = 60
KILLS = harness.kills(25)
SLOW_QUERY = {
    "postgresql": "SELECT pg_sleep(30);",
    "sqlite": "CREATE TABLE slow AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS i FROM n;",
}


@on_both_databases
class Killed(ConcurrencyCase):
    binary = harness.QUICK_BINARY

    def state(self):
        """The number of revisions that the version table tells, after comparing it with what is really there."""
        if self.db.name == "sqlite" and not self.db.exists():
            return 0
        rows = self.current()
        number = int(rows[0].split()[0][1:]) if rows else 0
        self.assertEqual(self.db.tables(), sorted(f"t{i}" for i in range(1, (number + 2) // 3 + 1)))
        for i in range(1, number // 3 + 1):
            self.assertEqual(self.db.query(f"SELECT count(*) FROM t{i}"), [(1,)])
        return number

    def killed_at_random(self, *options):
        self.project()
        self.mixed_chain(REVISIONS)
        begun = time.monotonic()
        self.cupel(*options, "upgrade", "head")
        duration = time.monotonic() - begun
        undisturbed = self.db.dump()
        self.restart()
        chance = harness.chance()
        reached = []
        # On a busy machine many kills meet the program's start: go on until some met the work.
        while len(reached) < KILLS or (len(set(reached)) <= 3 and len(reached) < 8 * KILLS):
            process = Process(self, *options, "upgrade", "head")
            # Most of a run's time may be the program's start: late moments are the interesting ones.
            time.sleep(duration * chance.uniform(0.1, 1.1))
            process.popen.send_signal(signal.SIGKILL)
            process.result()
            self.settle()
            reached.append(self.state())
            if reached[-1] == REVISIONS:
                self.restart()
        self.cupel(*options, "upgrade", "head")
        self.assertEqual(self.db.dump(), undisturbed)
        self.assert_applied_once(REVISIONS)
        return reached

    def settle(self):
        """A server finishes the message that it got before the client died."""
        if self.db.name == "postgresql":
            while self.db.query("SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'cupel%' AND "
                                "datname = current_database() AND state <> 'idle'"):
                time.sleep(0.005)

    def outside_chain(self, count):
        """Every revision works inside a transaction, outside of it, and inside again."""
        outside = "VACUUM;" if self.db.name == "sqlite" else "CREATE INDEX CONCURRENTLY i{0} ON t{0} (id);"
        for i in range(1, count + 1):
            self.revision(f"r{i}", f"r{i - 1}" if i > 1 else "", "\n".join((
                f"CREATE TABLE t{i} (id INTEGER);", f"INSERT INTO t{i} VALUES (1);", outside.format(i),
                f"INSERT INTO t{i} VALUES (2);", f"CREATE INDEX j{i} ON t{i} (id);")))

    def test_at_random_moments_outside_of_transactions(self):
        self.project()
        self.outside_chain(12)
        begun = time.monotonic()
        self.cupel("upgrade", "head")
        duration = time.monotonic() - begun
        undisturbed = self.db.dump()
        self.restart()
        chance = harness.chance()
        interrupted = kills = 0
        # How many of the kills meet a step outside of a transaction is chance: go on until one did.
        while kills < KILLS or (interrupted == 0 and kills < 20 * KILLS):
            kills += 1
            process = Process(self, "upgrade", "head")
            time.sleep(duration * chance.uniform(0.1, 0.6))
            process.popen.send_signal(signal.SIGKILL)
            process.result()
            result = self.run_cupel("current")
            self.assertEqual(result.code, 0, result.err)
            interrupted += "was interrupted; run it again to finish it" in result.err
            if result.out == "r12 (head)\n":
                self.restart()
        self.assertGreater(interrupted, 0)
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.dump(), undisturbed)
        self.assertEqual(self.db.query("SELECT count(*) FROM cupel_journal"), [(0,)])
        self.assertEqual(self.count_applied(), [(f"r{i}", 1) for i in range(1, 13)])

    def restart(self):
        if self.db.name == "sqlite":
            for name in ("app.db", "app.db-journal"):
                if os.path.exists(self.path(name)):
                    os.remove(self.path(name))
        self.db.clear()

    def test_at_random_moments(self):
        reached = self.killed_at_random()
        if self.db.name == "sqlite":
            self.assertLessEqual(set(reached), {0, REVISIONS})
        else:
            self.assertGreater(len(set(reached)), 3)

    @sqlite_only
    def test_at_random_moments_with_a_transaction_for_each_revision(self):
        self.assertGreater(len(set(self.killed_at_random("--transaction", "revision"))), 3)

    @postgres_only
    def test_at_random_moments_in_one_transaction(self):
        self.assertLessEqual(set(self.killed_at_random("--transaction", "run")), {0, REVISIONS})

    @postgres_only
    def test_at_random_moments_behind_pgbouncer(self):
        if not PGBOUNCER_URL:
            self.skipTest("CUPEL_TEST_PGBOUNCER_URL is not set")
        url = PGBOUNCER_URL.rsplit("/", 1)[0] + "/" + self.db.database
        self.assertGreater(len(set(self.killed_at_random("--url", url))), 3)


@on_both_databases
class Stopped(ConcurrencyCase):
    def setUp(self):
        super().setUp()
        self.project()
        self.table_revision("r1")
        self.revision("r2", "r1", "CREATE TABLE t_r2 (id INTEGER PRIMARY KEY);\n" + SLOW_QUERY[self.db.name])

    def start(self, *options):
        """Returns when the slow statement runs."""
        process = Process(self, *options, "upgrade", "head")
        if self.db.name == "sqlite":
            time.sleep(1.5)
            self.assertIsNone(process.popen.poll())
            return process
        for _ in range(1000):
            if self.db.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"):
                return process
            time.sleep(0.01)
        self.fail("the statement does not run")

    def finish_quickly(self):
        self.revision("r2", "r1", "CREATE TABLE t_r2 (id INTEGER PRIMARY KEY);")
        self.cupel("upgrade", "head")
        self.assertEqual(self.current(), ["r2 (head)"])
        self.assertEqual(self.db.tables(), ["t_r1", "t_r2"])

    def boundary(self):
        """SQLite's run is one transaction; elsewhere the first revision stays."""
        return [] if self.db.name == "sqlite" else ["r1"]

    def interrupted_by(self, number):
        process = self.start()
        begun = time.monotonic()
        process.popen.send_signal(number)
        result = process.result()
        self.assertLess(time.monotonic() - begun, 5)
        self.assertEqual(result.code, 130, result.err)
        self.assertIn("error: interrupted; the open transaction was rolled back\n"
                      "  hint: run the command again to go on\n", result.err)
        self.assertEqual(self.current(), self.boundary())
        self.finish_quickly()

    def test_ctrl_c(self):
        self.interrupted_by(signal.SIGINT)

    def test_sigterm(self):
        self.interrupted_by(signal.SIGTERM)

    def test_the_terminal_goes_away(self):
        self.interrupted_by(signal.SIGHUP)

    @postgres_only
    def test_the_server_ends_the_session(self):
        process = self.start()
        self.db.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'cupel%' AND "
                      "datname = current_database()")
        result = process.result()
        self.assertEqual(result.code, 1, result.err)
        self.assertEqual(self.normal(result.err).split("\n", 1)[1], (
            "error: migrations/versions/r2.sql:8: the connection to the server is lost: terminating connection due "
            "to administrator command\n"
            "  note: in: SELECT pg_sleep(30)\n"
            "  hint: run again: the server has rolled back what was not committed\n"))
        self.assertEqual(self.current(), ["r1"])
        self.finish_quickly()

    @postgres_only
    def test_somebody_cancels_the_statement(self):
        process = self.start()
        self.db.query("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND "
                      "pid <> pg_backend_pid() AND datname = current_database()")
        result = process.result()
        self.assertEqual(result.code, 1, result.err)
        self.assertIn("canceling statement due to user request", result.err)
        self.finish_quickly()


@on_both_databases
class FullDisk(ConcurrencyCase):
    @sqlite_only
    def test_writing_fails(self):
        self.project()
        self.table_revision("r1")
        self.cupel("upgrade", "head")
        self.revision("r2", "r1", "CREATE TABLE big (data BLOB);\nINSERT INTO big VALUES (zeroblob(4000000));")
        before = self.db.dump()

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))
        for options in ([], ["--transaction", "revision"]):
            process = Process(self, *options, "upgrade", "head", preexec_fn=limit)
            result = process.result()
            self.assert_one_error(result)
            self.assertRegex(self.normal(result.err), "(?s)error: .*(disk is full|File too large).*hint: ")
            self.assertEqual(self.db.dump(), before)
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT length(data) FROM big"), [(4000000,)])

    @sqlite_only
    def test_not_even_the_version_table_fits(self):
        self.project()
        self.table_revision("r1")

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        result = Process(self, "upgrade", "head", preexec_fn=limit).result()
        self.assert_one_error(result)
        self.cupel("upgrade", "head")
        self.assertEqual(self.current(), ["r1 (head)"])


if __name__ == "__main__":
    unittest.main()
