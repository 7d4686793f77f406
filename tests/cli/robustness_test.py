# SPDX-License-Identifier: MIT
"""What a bad day brings: kills on the way back, a full disk, no file handles, sessions that are cut, a clock that goes backwards.
The way up is killed in crash_test.py, backfills in backfill_test.py, backups and restores in kill_test.py."""
import os
import resource
import signal
import subprocess
import time
import unittest

import harness
from concurrency_test import ConcurrencyCase, Process
from harness import on_both_databases, postgres_only, sqlite_only

REVISIONS = 24
KILLS = harness.kills(20)


class BadDay(ConcurrencyCase):
    def settle(self):
        """A server finishes the message that it got before the client died."""
        if self.db.name == "postgresql":
            while self.db.query("SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'cupel%' AND "
                                "datname = current_database() AND state <> 'idle'"):
                time.sleep(0.005)

    def reconnect(self):
        """A restore sends all others away."""
        if self.db.name == "postgresql":
            self.db.reconnect()

    def number(self):
        """Where the database says it is, after a comparison with what is there."""
        rows = self.current()
        number = int(rows[0].split()[0][1:]) if rows else 0
        self.assertEqual(self.db.tables(), sorted(f"t_r{i}" for i in range(1, number + 1)))
        return number


@on_both_databases
class KilledOnTheWayBack(BadDay):
    binary = harness.QUICK_BINARY

    def killed(self, *options):
        self.project()
        self.chain(REVISIONS)
        self.cupel("upgrade", "head")
        begun = time.monotonic()
        self.cupel(*options, "downgrade", "base")
        duration = time.monotonic() - begun
        self.cupel("upgrade", "head")
        chance = harness.chance()
        reached = []
        while len(reached) < KILLS or (len(set(reached)) <= 2 and len(reached) < 8 * KILLS):
            process = Process(self, *options, "downgrade", "base")
            time.sleep(duration * chance.uniform(0.1, 1.1))
            process.popen.send_signal(signal.SIGKILL)
            process.result()
            self.settle()
            reached.append(self.number())
            if reached[-1] == 0:
                self.cupel("upgrade", "head")
        self.cupel(*options, "downgrade", "base")
        self.assertEqual(self.number(), 0)
        return set(reached)

    def test_at_random_moments(self):
        reached = self.killed()
        if self.db.name == "sqlite":
            self.assertLessEqual(reached, {0, REVISIONS})

    def test_with_a_transaction_for_each_revision(self):
        self.assertGreater(len(self.killed("--transaction", "revision")), 2)


@on_both_databases
class FewFileHandles(BadDay):
    def test_every_limit_ends_in_one_error_or_the_work(self):
        self.project()
        self.chain(4)
        codes = set()
        for most in range(3, 26, 2):
            result = Process(self, "upgrade", "head", preexec_fn=lambda n=most: resource.setrlimit(resource.RLIMIT_NOFILE, (n, n))).result()
            codes.add(result.code)
            if result.code not in (0, 127):  # 127: not even the program's libraries can be loaded
                self.assert_one_error(result, result.code)
            self.assertGreaterEqual(result.code, 0, result.err)
            self.assertIn(self.number(), range(5))
        self.assertIn(0, codes)
        self.cupel("upgrade", "head")
        self.assertEqual(self.number(), 4)

    def test_a_backup_is_whole_or_not_there(self):
        self.project()
        self.chain(2)
        self.cupel("upgrade", "head")
        for most in range(4, 30, 4):
            result = Process(self, "backup", f"b{most}", preexec_fn=lambda n=most: resource.setrlimit(resource.RLIMIT_NOFILE, (n, n))).result()
            self.assertGreaterEqual(result.code, 0, result.err)
            self.assertEqual(os.path.exists(self.path(f"b{most}")), result.code == 0, result.err)
        self.assertEqual([name for name in os.listdir(self.folder) if name.endswith(".part")], [])


def small_files(size):
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


@on_both_databases
class FullDisk(BadDay):
    def numbers(self):
        self.project()
        series = ("WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 3000) SELECT i, 0, '' FROM s"
                  if self.db.name == "sqlite" else "SELECT i, 0, '' FROM generate_series(1, 3000) AS i")
        self.revision("r1", "", f"CREATE TABLE numbers (id INTEGER PRIMARY KEY, n INTEGER, note TEXT);\nINSERT INTO numbers {series};",
                      "DROP TABLE numbers;")
        self.cupel("upgrade", "head")

    @sqlite_only
    def test_a_backfill_goes_on_when_there_is_room(self):
        self.numbers()
        self.revision("r2", "r1", "-- cupel: backfill batch=100\nUPDATE numbers SET n = n + 1, note = printf('%0200d', id);")
        size = os.path.getsize(self.db.path)
        reached = []
        for more in (60, 200, 400):
            result = Process(self, "upgrade", "head", preexec_fn=small_files(size + more * 1024)).result()
            self.assert_one_error(result)
            self.assertRegex(result.err, "(disk is full|went wrong)")
            reached.append(self.db.query("SELECT sum(n), max(n) FROM numbers")[0])
        self.assertEqual([most for _, most in reached], [1, 1, 1])
        self.assertEqual(sorted(total for total, _ in reached), [total for total, _ in reached])
        self.assertEqual([total % 100 for total, _ in reached], [0, 0, 0])
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT sum(n), max(n) FROM numbers"), [(3000, 1)])

    def test_no_half_backup(self):
        self.numbers()
        result = Process(self, "backup", "copy", preexec_fn=small_files(6000)).result()
        self.assert_one_error(result)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("copy")], [])

    @sqlite_only
    def test_a_restore_leaves_what_was_there(self):
        self.numbers()
        self.db.script("DELETE FROM numbers WHERE id > 10; VACUUM")
        self.cupel("backup", "small.db")
        self.cupel("downgrade", "base")
        self.cupel("upgrade", "head")
        self.cupel("backup", "big.db")
        self.cupel("restore", "small.db", "--yes", "--discard")
        before = self.db.dump()
        result = Process(self, "restore", "big.db", "--yes", "--discard", preexec_fn=small_files(30000)).result()
        self.assertNotEqual(result.code, 0)
        self.assertEqual(self.db.dump(), before)
        self.assertEqual(self.db.query("PRAGMA integrity_check"), [("ok",)])

    @sqlite_only
    def test_a_small_disk(self):
        """A real one, where this user may mount it."""
        self.project()
        disk = self.path("disk")
        os.makedirs(disk)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("nothing can be mounted: " + mounted.stderr.decode())
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        url = f"sqlite:///{disk}/app.db"
        self.revision("r1", "", "CREATE TABLE t (id INTEGER PRIMARY KEY, data BLOB);\nINSERT INTO t VALUES (1, zeroblob(100000));", "DROP TABLE t;")
        self.cupel("--url", url, "upgrade", "head")
        self.revision("r2", "r1", "INSERT INTO t VALUES (2, zeroblob(900000));", "DELETE FROM t WHERE id = 2;")
        result = self.run_cupel("--url", url, "upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("the disk is full", result.err)
        self.assertEqual(self.cupel("--url", url, "current"), "r1\n")
        result = self.run_cupel("--url", url, "backup", f"{disk}/copy.db")
        if result.code == 0:
            result = self.run_cupel("--url", url, "backup", f"{disk}/another.db")
        self.cupel("--url", url, "downgrade", "base")


@on_both_databases
class CutByTheServer(BadDay):
    def cut(self, process, where="application_name LIKE 'cupel%'"):
        for _ in range(500):
            if self.db.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
                             f"pid <> pg_backend_pid() AND {where}"):
                return process.result()
            time.sleep(0.01)
        self.fail("there is nothing to cut")

    @postgres_only
    def test_a_backfill(self):
        self.project()
        self.revision("r1", "", "CREATE TABLE numbers (id integer PRIMARY KEY, n integer);\nINSERT INTO numbers SELECT i, 0 FROM generate_series(1, 2000) AS i;")
        self.revision("r2", "r1", "-- cupel: backfill batch=100 pause=20ms\nUPDATE numbers SET n = n + 1;")
        self.cupel("upgrade", "r1")
        for _ in range(3):
            result = self.cut(Process(self, "upgrade", "head"), "application_name = 'cupel' AND query LIKE 'COMMIT%'")
            self.assert_one_error(result)
            self.assertEqual(self.db.query("SELECT sum(n) % 100, max(n) <= 1 FROM numbers"), [(0, True)])
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT n, count(*) FROM numbers GROUP BY n"), [(1, 2000)])

    @postgres_only
    def test_a_downgrade(self):
        self.project()
        self.chain(2)
        self.revision("r3", "r2", "SELECT 1;", "DROP TABLE \"t_r2\";\nSELECT pg_sleep(30);")
        self.cupel("upgrade", "head")
        result = self.cut(Process(self, "downgrade", "base"), "query LIKE '%pg_sleep%'")
        self.assert_one_error(result)
        self.assertEqual(self.current(), ["r3 (head)"])
        self.assertEqual(self.db.tables(), ["t_r1", "t_r2"])

    @postgres_only
    def test_a_backup(self):
        self.project()
        self.chain(1)
        self.cupel("upgrade", "head")
        with self.held("LOCK TABLE t_r1 IN ACCESS EXCLUSIVE MODE"):
            process = Process(self, "backup", "copy.dump")
            result = self.cut(process, "application_name = 'pg_dump' AND wait_event_type = 'Lock'")
        self.assert_one_error(result)
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("copy")], [])
        self.cupel("backup", "copy.dump")


@on_both_databases
class ClockThatGoesBackwards(BadDay):
    """As if what is there had been written by a clock that was years ahead."""

    def test_of_the_history(self):
        self.project()
        self.chain(3)
        self.cupel("upgrade", "r2")
        self.db.query("UPDATE cupel_history SET applied_at = '2099-01-01T00:00:00Z'")
        self.cupel("downgrade", "r1")
        self.cupel("upgrade", "head")
        self.assertEqual(self.number(), 3)
        log = [(it["direction"], it["revision"]) for it in self.json("history", "-v")["applied"]]
        self.assertEqual(log, [("upgrade", "r1"), ("upgrade", "r2"), ("downgrade", "r2"), ("upgrade", "r2"), ("upgrade", "r3")])
        self.revision("r2", "r1", 'CREATE TABLE "t_r2" (id BIGINT PRIMARY KEY);')
        self.assertIn("it was edited since", self.run_cupel("upgrade", "head").err)

    def test_of_backups(self):
        self.project('[safety]\nbackup_keep = 2\nbackup_keep_days = 30\n')
        self.chain(1)
        self.cupel("upgrade", "head")
        first = self.cupel("backup").strip()
        stem, kind = first.split("_2", 1)[0], os.path.splitext(first)[1]
        for name in (first, first + ".info"):
            for year in ("2098", "2099"):
                with open(self.path(f"{stem}_{year}0101T000000Z{name[len(first) - len(kind):]}"), "wb") as file:
                    file.write(b"from the future")
        second = self.cupel("backup").strip()
        self.assertTrue(os.path.exists(self.path(second)))
        self.cupel("restore", second, "--yes", "--discard")
        self.reconnect()

    def test_old_backups_go_by_age(self):
        self.project('[safety]\nbackup_keep = 0\nbackup_keep_days = 30\n')
        self.chain(1)
        self.cupel("upgrade", "head")
        first = self.cupel("backup").strip()
        stem, kind = first.split("_2", 1)[0], os.path.splitext(first)[1]
        old = f"{stem}_20200101T000000Z{kind}"
        for name in (old, old + ".info"):
            self.write(name, "old")
        second = self.cupel("backup")
        self.assertEqual([os.path.exists(self.path(name)) for name in (first, second.strip(), old, old + ".info")], [True, True, False, False])


@on_both_databases
class WithoutStandardStreams(BadDay):
    def test_no_word_goes_where_the_database_is(self):
        """The next file or socket that is opened would get the number of a stream that is closed."""
        self.project()
        self.chain(6)
        for number, closed in enumerate(["2>&-", ">&-", "<&-", ">&- 2>&-", "<&- 2>&-", "<&- >&- 2>&-"], 1):
            script = f'exec "{harness.BINARY}" upgrade r{number} {closed}'
            done = subprocess.run(["bash", "-c", script], cwd=self.folder, env=harness.environment(), timeout=harness.TIME_LIMIT,
                                  stdin=subprocess.DEVNULL, capture_output=True)
            self.assertEqual(done.returncode, 0, (closed, done.stderr))
            self.assertEqual(self.number(), number)


@on_both_databases
class RestoredOnFailure(BadDay):
    def setUp(self):
        super().setUp()
        self.project('[safety]\ntransaction = "revision"\n')
        self.chain(2)
        self.cupel("upgrade", "r1")
        self.revision("r3", "r2", "INSERT INTO missing VALUES (1);")

    def tearDown(self):
        self.reconnect()
        super().tearDown()

    def test_all_or_nothing(self):
        result = self.run_cupel("upgrade", "head", "--restore-on-failure")
        self.assert_one_error(result)
        self.assertRegex(result.err, r"  note: then restored \S+: the database is as it was before; what the upgrade left is kept as \S+\n")
        self.reconnect()
        self.assertEqual(self.number(), 1)

    def test_nothing_is_restored_where_nothing_was_kept(self):
        self.cupel("upgrade", "r2")
        result = self.run_cupel("upgrade", "head", "--restore-on-failure")
        self.assert_one_error(result)
        self.assertIn("  note: the database is as it was before; saved as ", result.err)
        self.assertEqual(self.number(), 2)

    def test_a_run_that_succeeds_says_where_the_backup_is(self):
        report = self.json("upgrade", "r2", "--backup")
        self.assertTrue(os.path.exists(self.path(report["backup"])))
        self.assertIsNone(self.json("upgrade", "r2", "--backup")["backup"])


if __name__ == "__main__":
    unittest.main()
