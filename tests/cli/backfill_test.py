# SPDX-License-Identifier: MIT
"""Large updates in batches: by every kind of key, broken off at every place, each row once."""
import os
import signal
import time
import unittest

import harness
from concurrency_test import ConcurrencyCase, Process
from harness import on_both_databases, postgres_only, sqlite_only

KILLS = harness.kills(20)
COUNT_UP = "UPDATE numbers SET n = n + 1"
SERIES = {"sqlite": "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {0}) SELECT i FROM s",
          "postgresql": "SELECT i FROM generate_series(1, {0}) AS s(i)"}


class BackfillCase(ConcurrencyCase):
    def setUp(self):
        super().setUp()
        self.project('[safety]\nlock_attempt = "200ms"\n')

    def series(self, count):
        return SERIES[self.db.name].format(count)

    def numbers(self, count=1000, key="id INTEGER PRIMARY KEY"):
        """r1 makes a table of them, with gaps; every n is 0."""
        self.revision("r1", "", f"CREATE TABLE numbers ({key}, n INTEGER NOT NULL);\n"
                                f"INSERT INTO numbers SELECT s.i * 3, 0 FROM ({self.series(count)}) AS s;",
                      "DROP TABLE numbers;")
        self.cupel("upgrade", "r1")

    def backfill(self, update=COUNT_UP, options="batch=100", undo="", before="", behind=""):
        self.revision("r2", "r1", f"{before}\n-- cupel: backfill {options}\n{update};\n{behind}", undo)

    def counts(self):
        return self.db.query("SELECT n, count(*) FROM numbers GROUP BY n ORDER BY n")

    def assert_finished(self):
        self.assertEqual(self.current(), ["r2 (head)"])
        self.assertEqual(self.db.query("SELECT count(*) FROM cupel_journal"), [(0,)])
        self.assertEqual(self.db.query("SELECT count(*) FROM cupel_backfill"), [(0,)])
        self.assertEqual(self.db.query("SELECT count(*) FROM cupel_history WHERE revision = 'r2'"), [(1,)])

    def progress(self):
        return self.db.query("SELECT walked, changed FROM cupel_backfill")


@on_both_databases
class Batches(BackfillCase):
    def test_every_row_once(self):
        self.numbers()
        self.backfill()
        report = self.json("upgrade", "head")["backfills"]
        self.assertEqual([{k: v for k, v in it.items() if k != "duration_ms"} for it in report],
                         [{"revision": "r2", "table": "numbers", "walked": 1000, "changed": 1000, "batches": 11}])
        self.assertEqual(self.counts(), [(1, 1000)])
        self.assert_finished()

    def test_the_second_of_a_database_says_nothing_of_the_first(self):
        self.numbers()
        self.backfill()
        self.cupel("upgrade", "head")
        self.revision("r3", "r2", f"-- cupel: backfill\n{COUNT_UP};")
        result = self.run_cupel("upgrade", "head")
        self.assertEqual(result.code, 0, result.err)
        self.assertNotIn("already exists", result.err)
        self.assertEqual(self.counts(), [(2, 1000)])

    def test_between_other_statements(self):
        self.numbers()
        self.backfill("UPDATE numbers AS x SET extra = 'n' || x.id WHERE extra IS NULL OR x.id < 0 OR 1 = 1",
                      before="ALTER TABLE numbers ADD COLUMN extra TEXT;",
                      behind="CREATE INDEX ix_extra ON numbers (extra);\nINSERT INTO numbers VALUES (1, 7, 'last');",
                      undo="DROP INDEX ix_extra;\n-- cupel: backfill batch=300\nUPDATE numbers SET n = 5;\n"
                           "ALTER TABLE numbers DROP COLUMN extra;")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT count(*) FROM numbers WHERE extra = 'n' || id"), [(1000,)])
        self.assertEqual(self.db.query("SELECT extra FROM numbers WHERE id = 1"), [("last",)])
        self.assert_finished()
        report = self.json("downgrade", "-1")["backfills"]
        self.assertEqual((report[0]["changed"], report[0]["batches"]), (1001, 4))
        self.assertEqual(self.counts(), [(5, 1001)])

    def test_only_some_rows(self):
        self.numbers()
        self.backfill(COUNT_UP + " WHERE id > 1500 AND id <= 1800 OR id = 3")
        self.cupel("upgrade", "head")
        self.assertEqual(self.counts(), [(0, 899), (1, 101)])

    def test_two_in_one_revision(self):
        self.numbers()
        self.backfill(behind="-- cupel: backfill batch=70 pause=1ms\nUPDATE numbers SET n = n + 10;")
        self.assertEqual([it["batches"] for it in self.json("upgrade", "head")["backfills"]], [11, 15])
        self.assertEqual(self.counts(), [(11, 1000)])
        self.assert_finished()

    def keys(self, columns, rows, count):
        self.revision("r1", "", f"CREATE TABLE numbers ({columns});\nINSERT INTO numbers {rows};")
        self.backfill(options="batch=7")
        self.cupel("upgrade", "head")
        self.assertEqual(self.counts(), [(1, count)])

    def test_key_of_two_columns(self):
        for extra in ("", " WITHOUT ROWID") if self.db.name == "sqlite" else ("",):
            with self.subTest(extra):
                self.revision("r1", "", f"CREATE TABLE numbers (a INTEGER, b TEXT, n INTEGER, PRIMARY KEY (b, a)){extra};\n"
                                        "INSERT INTO numbers SELECT x.i, 'it''s ' || (y.i % 5), 0 FROM "
                                        f"({self.series(30)}) AS x, ({self.series(5)}) AS y;")
                self.backfill(options="batch=7")
                self.cupel("upgrade", "head")
                self.assertEqual(self.counts(), [(1, 150)])
                self.cupel("stamp", "--purge", "base")
                self.db.script("DROP TABLE numbers")

    def test_names_that_must_be_quoted(self):
        self.revision("r1", "", 'CREATE TABLE "My Table" ("Key Part" INTEGER PRIMARY KEY, "n n" INTEGER);\n'
                                f'INSERT INTO "My Table" SELECT s.i, 0 FROM ({self.series(50)}) AS s;')
        self.backfill('UPDATE "My Table" SET "n n" = "n n" + 1', "batch=8")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query('SELECT count(*) FROM "My Table" WHERE "n n" = 1'), [(50,)])

    @sqlite_only
    def test_without_a_primary_key(self):
        self.keys("name TEXT, n INTEGER", f"SELECT NULL, 0 FROM ({self.series(100)})", 100)

    @sqlite_only
    def test_values_of_every_type_in_one_key(self):
        self.keys("k PRIMARY KEY, n INTEGER NOT NULL", "VALUES (NULL, 0), (NULL, 0), (1.5, 0), ('1', 0), (x'00ff', 0), (7, 0), "
                  "('it''s', 0), (-1e300, 0), ('', 0)", 9)

    @sqlite_only
    def test_values_of_every_type_without_rowids(self):
        self.keys("k PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID; CREATE TABLE other (x",
                  "VALUES (0.1, 0), (1.5, 0), ('1', 0), (x'00ff', 0), (7, 0), ('it''s', 0), (-1e300, 0), ('', 0)", 8)

    @sqlite_only
    def test_columns_that_hide_the_rowid(self):
        self.keys("rowid TEXT, _rowid_ TEXT, n INTEGER", f"SELECT 'a', 'b', 0 FROM ({self.series(30)})", 30)

    @postgres_only
    def test_keys_of_many_types(self):
        for kind, value in (("uuid", "gen_random_uuid()"), ("bytea", "decode(md5(i::text), 'hex')"), ("date", "date '2026-01-01' + i"),
                            ("timestamptz", "now() + i * interval '1 us'"), ("numeric", "i / 7.0"), ("float8", "sqrt(i)"),
                            ("char(9)", "'k' || i"), ("text", r"'it''s \ ' || i"), ("inet", "inet '10.0.0.0' + i"), ("int[]", "ARRAY[i, 1]")):
            with self.subTest(kind):
                self.db.clear()
                self.revision("r1", "", f"CREATE TABLE numbers (k {kind} PRIMARY KEY, n integer);\n"
                                        f"INSERT INTO numbers SELECT {value}, 0 FROM generate_series(1, 50) AS i;")
                self.backfill(options="batch=7")
                self.cupel("upgrade", "head")
                self.assertEqual(self.counts(), [(1, 50)])

    @postgres_only
    def test_a_unique_index_will_do(self):
        self.keys("k text NOT NULL, n integer); CREATE UNIQUE INDEX ix ON numbers (k", "SELECT 'k' || i, 0 FROM generate_series(1, 60) AS i", 60)

    @postgres_only
    def test_a_partitioned_table_in_another_schema(self):
        self.revision("r1", "", "CREATE SCHEMA s; CREATE TABLE s.numbers (id integer PRIMARY KEY, n integer) PARTITION BY RANGE (id);\n"
                                "CREATE TABLE s.low PARTITION OF s.numbers FOR VALUES FROM (0) TO (50);\n"
                                "CREATE TABLE s.high PARTITION OF s.numbers DEFAULT;\n"
                                "INSERT INTO s.numbers SELECT i, 0 FROM generate_series(1, 100) AS i;")
        self.backfill("UPDATE s.numbers SET n = n + 1", "batch=30")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT n, count(*) FROM s.numbers GROUP BY n"), [(1, 100)])
        self.db.query("DROP SCHEMA s CASCADE")

    @sqlite_only
    def test_foreign_keys_hold(self):
        self.revision("r1", "", "CREATE TABLE parents (id INTEGER PRIMARY KEY);\nINSERT INTO parents VALUES (1);\n"
                                "CREATE TABLE numbers (id INTEGER PRIMARY KEY, n INTEGER REFERENCES parents);\n"
                                f"INSERT INTO numbers SELECT i, NULL FROM ({self.series(50)});")
        self.backfill("UPDATE numbers SET n = CASE WHEN id < 34 THEN 1 ELSE 2 END", "batch=10")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("FOREIGN KEY constraint failed", result.err)
        self.assertIn("note: of 'numbers' 30 rows are done; the next run goes on behind them", result.err)
        self.db.query("INSERT INTO parents VALUES (2)")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT n, count(*) FROM numbers GROUP BY n"), [(1, 33), (2, 17)])

    def test_scripts_in_python(self):
        os.remove(self.path("cupel.toml"))
        self.write("alembic.ini", f"[alembic]\nscript_location = a\nsqlalchemy.url = {self.db.url}\n")
        self.write("a/env.py", "")
        head = "from datetime import timedelta\nfrom alembic import op\nrevision = '{}'\ndown_revision = {}\n\n"
        self.write("a/versions/r1.py", head.format("r1", None) + (
            "def upgrade():\n    op.execute('CREATE TABLE numbers (id INTEGER PRIMARY KEY, n INTEGER)')\n"
            f"    op.execute('INSERT INTO numbers SELECT s.i * 3, 0 FROM ({self.series(1000)}) AS s')\n"))
        self.write("a/versions/r2.py", head.format("r2", "'r1'") + (
            "def upgrade():\n    op.backfill('numbers', set={'n': 'n + 1'}, where='id > 30', batch=100)\n\n"
            "def downgrade():\n    op.backfill('numbers', set={'n': 'n - 1', }, batch=500, pause=timedelta(milliseconds=1))\n"))
        self.cupel("-c", "alembic.ini", "upgrade", "head")
        self.assertEqual(self.counts(), [(0, 10), (1, 990)])
        self.cupel("-c", "alembic.ini", "downgrade", "-1")
        self.assertEqual(self.counts(), [(-1, 10), (0, 990)])
        self.write("a/versions/r2.py", head.format("r2", "'r1'") + "def upgrade():\n    op.backfill('numbers', set={})\n")
        result = self.run_cupel("-c", "alembic.ini", "upgrade", "head")
        self.assertIn("a backfill of 'numbers' that sets nothing", result.err)


@on_both_databases
class Refused(BackfillCase):
    def refused_with(self, message):
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn(message, self.normal(result.err))
        self.assertEqual(self.counts(), [(0, 10)])

    def test_what_is_no_update(self):
        self.numbers(10)
        self.backfill("DELETE FROM numbers WHERE id > 3")
        self.refused_with("error: migrations/versions/r2.sql:9:1: this cannot be run in batches: it is no UPDATE\n"
                          "  hint: write one UPDATE ... SET ... [WHERE ...] below 'backfill', or leave it out\n")

    def test_options_that_do_not_exist(self):
        self.numbers(10)
        for options in ("batch=0", "batch=ten", "size=10", "pause=often", "lag=-1s", "users"):
            self.backfill(options=options)
            self.refused_with(f"'{options}' behind 'backfill' is not understood")

    def test_above_the_sections(self):
        self.numbers(10)
        self.write("migrations/versions/r2.sql", "-- revision: r2\n-- down_revision: r1\n-- cupel: backfill\n-- cupel: upgrade\nSELECT 1;\n")
        self.refused_with("'backfill' stands above the sections")

    def test_a_key_that_changes(self):
        self.numbers(10)
        for update in ("UPDATE numbers SET id = id + 1", "UPDATE numbers SET n = 1, ID = 5"):
            self.backfill(update)
            self.refused_with("a backfill of 'numbers' cannot set ")

    def test_no_such_table(self):
        self.numbers(10)
        self.backfill("UPDATE missing SET n = 1")
        self.refused_with("'missing' cannot be walked over in batches: there is no such table")

    def test_a_view(self):
        self.numbers(10)
        self.backfill("UPDATE v SET n = 1", before="CREATE VIEW v AS SELECT * FROM numbers;")
        self.refused_with("'v' cannot be walked over in batches: it is ")

    @postgres_only
    def test_a_table_without_a_key(self):
        self.numbers(10, "id INTEGER")
        self.backfill()
        self.refused_with("'numbers' cannot be walked over in batches: it has neither a primary key nor a unique index of NOT "
                          "NULL columns\n")


@on_both_databases
class Interrupted(BackfillCase):
    def stopped(self, key="id INTEGER PRIMARY KEY"):
        """Fails in the sixth batch."""
        self.numbers(1000, key)
        self.backfill("UPDATE numbers SET n = CASE WHEN id = 1650 THEN NULL ELSE n + 1 END")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("  note: of 'numbers' 500 rows are done; the next run goes on behind them\n", result.err)
        self.assertIn("error: migrations/versions/r2.sql:9: ", result.err)
        self.assertEqual(self.counts(), [(0, 500), (1, 500)])
        self.assertEqual(self.progress(), [(500, 500)])
        self.assertIn("the upgrade of 'r2' was interrupted; run it again to finish it", self.run_cupel("current").err)

    def mended(self):
        """The same words, and another trigger of the error: data."""
        self.db.query("UPDATE numbers SET id = 1651 WHERE id = 1650")

    def test_goes_on_behind_the_last_batch(self):
        self.stopped()
        self.mended()
        self.assertEqual(self.json("upgrade", "head")["backfills"][0]["changed"], 1000)
        self.assertEqual(self.counts(), [(1, 1000)])
        self.assert_finished()

    def test_another_pace_and_layout_may_be_written_meanwhile(self):
        self.stopped()
        self.mended()
        self.backfill("UPDATE numbers -- slowly\n  SET n = CASE WHEN id = 1650 THEN NULL ELSE n + 1 END", "batch=33 pause=1ms")
        self.cupel("upgrade", "head")
        self.assertEqual(self.counts(), [(1, 1000)])

    def test_another_statement_may_not(self):
        self.stopped()
        self.backfill("UPDATE numbers SET n = n + 2")
        result = self.run_cupel("upgrade", "head")
        self.assertIn("its text has changed since: statement 1 is not the one that ran", result.err)
        self.assertEqual(self.counts(), [(0, 500), (1, 500)])

    def test_nothing_else_is_run_before_it_is_finished(self):
        self.stopped()
        self.table_revision("r3", "r1")
        self.assertIn("finish it first: cupel upgrade r2", self.run_cupel("upgrade", "r3").err)

    @sqlite_only
    def test_rows_that_were_numbered_anew(self):
        self.stopped("id INTEGER")
        self.db.query("DELETE FROM numbers WHERE id < 300")
        self.db.query("VACUUM")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("where that was is lost", result.err)
        self.cupel("stamp", "r1")
        self.mended()
        self.backfill(COUNT_UP + " WHERE n = 0")
        self.cupel("upgrade", "head")
        self.assertEqual(self.counts(), [(1, 901)])
        self.assert_finished()

    def test_rows_without_a_key_that_stayed_where_they_are(self):
        if self.db.name == "postgresql":
            self.skipTest("is about rowids")
        self.stopped("id INTEGER")
        self.mended()
        self.cupel("upgrade", "head")
        self.assertEqual(self.counts(), [(1, 1000)])

    def test_ctrl_c_in_a_pause(self):
        self.numbers()
        self.backfill(options="batch=100 pause=300ms")
        process = Process(self, "upgrade", "head")
        self.wait_for_progress(200)
        process.popen.send_signal(signal.SIGINT)
        begun = time.monotonic()
        result = process.result()
        self.assertLess(time.monotonic() - begun, 5)
        self.assertEqual(result.code, 130)
        self.assertRegex(result.err, r"error: interrupted; of 'numbers' \d00 rows are done; the next run goes on behind them\n")
        self.backfill()
        self.cupel("upgrade", "head")
        self.assertEqual(self.counts(), [(1, 1000)])
        self.assert_finished()

    def wait_for_progress(self, walked):
        for _ in range(2000):
            if self.has_backfill() and self.progress() and self.progress()[0][0] >= walked:
                return
            time.sleep(0.01)
        self.fail("the backfill makes no progress")

    def has_backfill(self):
        """Its table, which its first transaction makes."""
        if self.db.name == "sqlite":
            return self.db.query("SELECT 1 FROM sqlite_master WHERE name = 'cupel_backfill'") != []
        return self.db.query("SELECT to_regclass('cupel_backfill') IS NOT NULL") == [(True,)]

    def test_another_process_waits(self):
        self.numbers()
        self.backfill(options="batch=100 pause=50ms")
        process = Process(self, "upgrade", "head")
        self.wait_for_progress(100)
        second = self.run_cupel("upgrade", "head")
        self.assertEqual(second.code, 0, second.err)
        self.assertEqual(process.result().code, 0)
        self.assertEqual(self.counts(), [(1, 1000)])
        self.assert_finished()

    def test_others_work_between_the_batches(self):
        self.numbers()
        self.backfill(options="batch=100 pause=50ms")
        process = Process(self, "upgrade", "head")
        self.wait_for_progress(200)
        for i in range(5):
            self.db.query(f"INSERT INTO numbers VALUES ({9000 + i}, 0)")
            self.db.query("UPDATE numbers SET n = n + 100 WHERE id = 3")
        self.assertEqual(process.result().code, 0)
        self.assertEqual(self.counts(), [(1, 1004), (501, 1)])

    def test_a_lock_is_waited_for(self):
        self.numbers()
        self.backfill()
        statement = "UPDATE numbers SET n = n + 50 WHERE id = 1500" if self.db.name == "postgresql" else "BEGIN IMMEDIATE"
        with self.held(statement) as holder:
            process = Process(self, "upgrade", "head")
            time.sleep(1.5)
            self.assertIsNone(process.popen.poll())
            holder.commit() if self.db.name == "postgresql" else holder.rollback()
        result = process.result()
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(self.counts(), [(1, 999), (51, 1)] if self.db.name == "postgresql" else [(1, 1000)])
        self.assert_finished()


@on_both_databases
class Killed(BackfillCase):
    binary = harness.QUICK_BINARY

    """Each kill leaves whole batches, and in the end every row was counted once."""

    def killed(self, options, up=True, **parts):
        rows = 4000
        self.numbers(rows)
        self.backfill(options="batch=40", undo="-- cupel: backfill batch=40\nUPDATE numbers SET n = n + 1;", **parts)
        if not up:
            self.cupel("upgrade", "head")
            self.db.query("UPDATE numbers SET n = 0")
        command = ["upgrade", "head"] if up else ["downgrade", "r1"]
        begun = time.monotonic()
        self.cupel(*command)
        usual = time.monotonic() - begun
        self.cupel(*(["downgrade", "r1"] if up else ["upgrade", "head"]))
        self.db.query("UPDATE numbers SET n = 0")
        chance = harness.chance()
        reached, kills, least = set(), 0, 0
        while kills < KILLS or (len(reached) < 4 and kills < 160):
            kills += 1
            process = Process(self, *options, *command)
            time.sleep(usual * chance.uniform(0.1, 0.8))
            process.popen.send_signal(signal.SIGKILL)
            process.result()
            self.settle()
            done = sum(count for n, count in self.counts() if n == 1)
            self.assertLessEqual(set(n for n, _ in self.counts()), {0, 1})
            self.assertEqual(done % 40, 0)
            self.assertGreaterEqual(done, least)
            least = done
            reached.add(done)
            if done == rows:
                self.restart(up, command)
                least = 0
        self.cupel(*options, *command)
        self.assertEqual(self.counts(), [(1, rows)])
        self.assertEqual(self.db.query("SELECT count(*) FROM cupel_journal"), [(0,)])
        self.assertEqual(self.db.query("SELECT count(*) FROM cupel_backfill"), [(0,)])
        self.assertGreater(len(reached), 3)

    def settle(self):
        """A server finishes the message that it got before the client died."""
        if self.db.name == "postgresql":
            while self.db.query("SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'cupel%' AND "
                                "datname = current_database() AND state <> 'idle'"):
                time.sleep(0.002)

    def restart(self, up, command):
        self.cupel(*command)
        self.cupel(*(["downgrade", "r1"] if up else ["upgrade", "head"]))
        self.db.query("UPDATE numbers SET n = 0")

    def test_at_random_moments(self):
        self.killed([])

    def test_at_random_moments_on_the_way_down(self):
        self.killed([], up=False)

    @sqlite_only
    def test_at_random_moments_in_wal_mode(self):
        import sqlite3
        sqlite3.connect(self.db.path).execute("PRAGMA journal_mode=WAL").fetchall()
        self.killed([])


@on_both_databases
class Elsewhere(BackfillCase):
    def test_as_text(self):
        self.numbers(10)
        self.backfill("UPDATE numbers SET n = 2", "batch=500")
        text = self.cupel("upgrade", "r1:r2", "--sql")
        begin = "BEGIN IMMEDIATE" if self.db.name == "sqlite" else "BEGIN"
        self.assertIn("COMMIT;\n\n-- A backfill: cupel runs this in batches of 500 rows, one transaction each\n\n"
                      f"-- cupel: backfill batch=500\nUPDATE numbers SET n = 2;\n\n{begin};\n", text)
        done = self.db.run_sql_file(text)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(self.counts(), [(2, 10)])

    def test_dry_run(self):
        self.numbers(100)
        self.backfill("UPDATE numbers SET n = 2", "batch=10")
        text = self.cupel("upgrade", "head", "--dry-run")
        self.assertRegex(text, r"UPDATE numbers SET n = 2;\n-- .* ms, 100 rows, in one statement instead of batches of 10\n")
        self.assertEqual(self.counts(), [(0, 100)])
        self.backfill("UPDATE numbers SET id = 2", "batch=10")
        self.assertIn("cannot set 'id'", self.run_cupel("upgrade", "head", "--dry-run").err)

    def test_verify(self):
        self.numbers(100)
        self.backfill(before="ALTER TABLE numbers ADD COLUMN m INTEGER;", undo="-- cupel: backfill batch=9\nUPDATE numbers SET n = n - 1;\n"
                                                                                  "ALTER TABLE numbers DROP COLUMN m;")
        self.cupel("verify")

    def test_the_tables_of_a_backfill_are_nobodys(self):
        self.numbers(100)
        self.backfill()
        self.cupel("upgrade", "head")
        self.assertNotIn("cupel_backfill", self.cupel("inspect"))

    def test_an_edited_pace_is_no_edit(self):
        self.numbers(100)
        self.backfill()
        self.cupel("upgrade", "head")
        self.backfill(options="batch=7 pause=1s")
        self.assertEqual(self.run_cupel("upgrade", "head").err, "")


if __name__ == "__main__":
    unittest.main()
