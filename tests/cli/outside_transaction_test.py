# SPDX-License-Identifier: MIT
"""Statements that cannot run inside a transaction, what happens when they fail or are killed, and how a run resumes."""
import signal
import time
import unittest

from concurrency_test import PGBOUNCER_URL, ConcurrencyCase, Process
from harness import on_both_databases, postgres_only, sqlite_only

INVALID = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"


class OutsideCase(ConcurrencyCase):
    def setUp(self):
        super().setUp()
        self.project('[safety]\nlock_attempt = "300ms"\n')
        self.revision("r1", "", "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);\n"
                                "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'b');")

    def journal(self):
        return self.db.query("SELECT revision, direction, ordinal, finished FROM cupel_journal ORDER BY ordinal")

    def has_index(self, name="ix_t_name"):
        return self.db.query("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(?)", name) == [(True,)]

    def assert_finished(self):
        self.assertEqual(self.current(), ["r2 (head)"])
        self.assertEqual(self.journal(), [])
        self.assertEqual(self.db.query("SELECT count(*) FROM cupel_history WHERE revision = 'r2'"), [(1,)])
        if self.db.name == "postgresql":
            self.assertEqual(self.db.query(INVALID), [])
            # No advisory lock and no open transaction is left.
            self.assertEqual(self.db.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
                                           "(SELECT oid FROM pg_database WHERE datname = current_database())"), [(0,)])


@on_both_databases
class ConcurrentIndex(OutsideCase):
    @postgres_only
    def test_needs_no_marker(self):
        self.revision("r2", "r1", "CREATE INDEX CONCURRENTLY ix_t_name ON t (name);",
                      "DROP INDEX CONCURRENTLY ix_t_name;")
        self.cupel("upgrade", "head")
        self.assertTrue(self.has_index())
        self.assert_finished()
        result = self.run_cupel("downgrade", "-1")
        self.assertEqual(result.code, 0)
        self.assertRegex(result.err, r"\ARunning downgrade r2 -> r1, r2 \.\.\. .*s\n\Z")
        self.assertFalse(self.has_index())
        self.assertEqual(self.journal(), [])
        self.cupel("upgrade", "head")
        self.assertTrue(self.has_index())

    @postgres_only
    def test_between_other_statements(self):
        self.revision("r2", "r1", "INSERT INTO t VALUES (4, 'd');\nCREATE INDEX CONCURRENTLY ix_t_name ON t (name);\n"
                                  "ALTER TABLE t ADD COLUMN age INTEGER;\nCREATE INDEX CONCURRENTLY ix_t_age ON t (age);\n"
                                  "INSERT INTO t VALUES (5, 'e', 30);")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT id, age FROM t ORDER BY id"), [(1, None), (2, None), (3, None), (4, None), (5, 30)])
        self.assertTrue(self.has_index() and self.has_index("ix_t_age"))
        self.assert_finished()

    @postgres_only
    def test_in_one_transaction_for_the_whole_run(self):
        """One statement that cannot be in it splits the transaction."""
        self.revision("r2", "r1", "CREATE INDEX CONCURRENTLY ix_t_name ON t (name);")
        self.cupel("--transaction", "run", "upgrade", "head")
        self.assertTrue(self.has_index())
        self.assert_finished()

    def failing_unique_index(self):
        self.revision("r2", "r1", "INSERT INTO t VALUES (4, 'd');\nCREATE UNIQUE INDEX CONCURRENTLY ix_t_name ON t (name);\n"
                                  "INSERT INTO t VALUES (5, 'e');")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertEqual(self.normal(result.err).split("\n", 1)[1], (
            "error: migrations/versions/r2.sql:8: could not create unique index \"ix_t_name\"\n"
            "  note: Key (name)=(b) is duplicated.\n"
            "  note: statements before it are committed; the next run goes on with this one\n"
            "  note: in: CREATE UNIQUE INDEX CONCURRENTLY ix_t_name ON t (name)\n"))
        self.assertEqual(self.db.query(INVALID), [("ix_t_name",)])

    @postgres_only
    def test_an_invalid_index_is_replaced(self):
        self.failing_unique_index()
        self.db.query("DELETE FROM t WHERE id = 3")
        self.cupel("upgrade", "head")
        self.assertTrue(self.has_index())
        self.assertEqual(self.db.query("SELECT id FROM t ORDER BY id"), [(1,), (2,), (4,), (5,)])
        self.assert_finished()

    @postgres_only
    def test_an_invalid_index_with_if_not_exists_and_odd_names(self):
        """IF NOT EXISTS would be content with the invalid one."""
        self.db.query('CREATE SCHEMA "My Schema"; CREATE TABLE "My Schema"."T" (id INTEGER)')
        self.db.query('INSERT INTO "My Schema"."T" VALUES (1), (1)')
        self.revision("r2", "r1", 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "Ix" ON "My Schema"."T" (id);')
        self.addCleanup(self.db.query, 'DROP SCHEMA "My Schema" CASCADE')
        self.assertEqual(self.run_cupel("upgrade", "head").code, 1)
        self.assertEqual(self.db.query(INVALID), [('"My Schema"."Ix"',)])
        self.db.query('DELETE FROM "My Schema"."T" WHERE ctid = (SELECT min(ctid) FROM "My Schema"."T")')
        self.cupel("upgrade", "head")
        self.assertTrue(self.has_index('"My Schema"."Ix"'))
        self.assert_finished()

    @postgres_only
    def test_the_half_done_revision_is_told_and_comes_first(self):
        self.failing_unique_index()
        self.assertEqual(self.journal(), [("r2", "upgrade", 1, 1), ("r2", "upgrade", 2, 0)])
        result = self.run_cupel("current")
        self.assertEqual((result.code, result.out), (0, "r1\n"))
        self.assertIn("warning: the upgrade of 'r2' was interrupted; run it again to finish it\n", result.err)
        self.refused("downgrade base", 1, """
            error: the upgrade of revision 'r2' is half done: it was interrupted after 1 of its statements
              hint: finish it first: cupel upgrade r2
            """)
        self.db.query("DELETE FROM t WHERE id = 3")
        self.cupel("upgrade", "r2")
        self.assert_finished()

    @postgres_only
    def test_a_text_that_was_edited_meanwhile_is_refused(self):
        self.failing_unique_index()
        self.revision("r2", "r1", "INSERT INTO t VALUES (40, 'd');\nCREATE INDEX CONCURRENTLY ix_t_name ON t (name);")
        self.refused("upgrade head", 1, """
            error: revision 'r2' was interrupted before, and its text has changed since: statement 1 is not the one that ran
              hint: bring the old text back and run again, or finish it by hand and type: cupel stamp r2
            """)
        self.revision("r2", "r1", "INSERT INTO t VALUES (4, 'd');")
        self.refused("upgrade head", 1, """
            error: revision 'r2' was interrupted after 2 statements, and now it has only 1
              hint: bring the old text back and run again, or finish it by hand and type: cupel stamp r2
            """)
        self.cupel("stamp", "r2")
        self.assertEqual(self.journal(), [])
        self.assertEqual(self.current(), ["r2 (head)"])

    @postgres_only
    def test_a_text_that_was_edited_behind_the_failed_statement_is_taken(self):
        """What failed may be mended: only what ran must stay."""
        self.failing_unique_index()
        self.db.query("DELETE FROM t WHERE id = 3")
        self.revision("r2", "r1", "INSERT INTO t VALUES (4, 'd');\nCREATE UNIQUE INDEX CONCURRENTLY ix_t_name ON t (name);\n"
                                  "INSERT INTO t VALUES (50, 'e');")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT id FROM t ORDER BY id"), [(1,), (2,), (4,), (50,)])
        self.assert_finished()

    def held_up(self, *arguments):
        """Runs while another session's transaction keeps CONCURRENTLY waiting; returns when it waits."""
        process = Process(self, *arguments, "upgrade", "head")
        for _ in range(1000):
            if self.db.query("SELECT 1 FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONC%' AND wait_event_type = 'Lock' "
                             "AND datname = current_database()"):
                return process
            time.sleep(0.01)
        self.fail("CREATE INDEX CONCURRENTLY does not wait")

    @postgres_only
    def test_killed_while_the_index_is_built(self):
        self.cupel("upgrade", "r1")
        self.revision("r2", "r1", "INSERT INTO t VALUES (4, 'd');\nCREATE INDEX CONCURRENTLY ix_t_name ON t (name);\n"
                                  "INSERT INTO t VALUES (5, 'e');")
        with self.held("INSERT INTO t VALUES (9, 'held')"):
            process = self.held_up()
            process.popen.send_signal(signal.SIGKILL)
            process.result()
            self.assertEqual(self.current(), ["r1"])
            # The server works on until it looks at its client.
            self.db.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONC%'"
                          " AND pid <> pg_backend_pid()")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT id FROM t ORDER BY id"), [(1,), (2,), (3,), (4,), (5,)])
        self.assertTrue(self.has_index())
        self.assert_finished()

    @postgres_only
    def test_killed_and_the_server_finishes_the_index_later(self):
        self.cupel("upgrade", "r1")
        self.revision("r2", "r1", "CREATE INDEX CONCURRENTLY ix_t_name ON t (name);\nINSERT INTO t VALUES (5, 'e');")
        with self.held("INSERT INTO t VALUES (9, 'held')"):
            process = self.held_up()
            process.popen.send_signal(signal.SIGKILL)
            process.result()
            following = Process(self, "upgrade", "head")
            time.sleep(1)
        result = following.result()
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(self.db.query("SELECT id FROM t ORDER BY id"), [(1,), (2,), (3,), (5,)])
        self.assertTrue(self.has_index())
        self.assert_finished()

    @postgres_only
    def test_ctrl_c_while_the_index_is_built(self):
        self.cupel("upgrade", "r1")
        self.revision("r2", "r1", "CREATE INDEX CONCURRENTLY ix_t_name ON t (name);")
        with self.held("INSERT INTO t VALUES (9, 'held')"):
            process = self.held_up()
            process.popen.send_signal(signal.SIGINT)
            result = process.result()
            self.assertEqual(result.code, 130, result.err)
        self.cupel("upgrade", "head")
        self.assertTrue(self.has_index())
        self.assert_finished()

    @postgres_only
    def test_others_wait_while_the_index_is_built(self):
        self.cupel("upgrade", "r1")
        self.revision("r2", "r1", "CREATE INDEX CONCURRENTLY ix_t_name ON t (name);")
        with self.held("INSERT INTO t VALUES (9, 'held')"):
            first = self.held_up()
            second = self.run_cupel("--lock-timeout", "1500ms", "upgrade", "head")
            self.assert_one_error(second)
            self.assertIn("application 'cupel (lock)'", second.err)
        self.assertEqual(first.result().code, 0)
        self.assert_finished()

    def many(self, *arguments):
        self.revision("r2", "r1", "INSERT INTO t VALUES (4, 'd');\nCREATE INDEX CONCURRENTLY ix_t_name ON t (name);\n"
                                  "INSERT INTO t VALUES (5, 'e');")
        self.run_together(*arguments, "upgrade", "head")
        self.assertEqual(self.db.query("SELECT id FROM t ORDER BY id"), [(1,), (2,), (3,), (4,), (5,)])
        self.assertTrue(self.has_index())
        self.assertEqual(self.count_applied(), [("r1", 1), ("r2", 1)])

    @postgres_only
    def test_ten_processes(self):
        self.many()
        self.assert_finished()

    @postgres_only
    def test_ten_processes_through_pgbouncer(self):
        if not PGBOUNCER_URL:
            self.skipTest("CUPEL_TEST_PGBOUNCER_URL is not set")
        self.many("--url", PGBOUNCER_URL.rsplit("/", 1)[0] + "/" + self.db.database)


@on_both_databases
class OtherStatements(OutsideCase):
    @postgres_only
    def test_a_value_for_an_enum_can_be_used_at_once(self):
        self.revision("r2", "r1", "CREATE TYPE mood AS ENUM ('ok');\nALTER TYPE mood ADD VALUE 'glad';\n"
                                  "CREATE TABLE people (mood mood);\nINSERT INTO people VALUES ('glad');")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT mood::text FROM people"), [("glad",)])
        self.assert_finished()

    @postgres_only
    def test_killed_right_behind_a_new_enum_value(self):
        """The server has the value, but the journal does not know it yet: a second ADD VALUE would be refused."""
        self.revision("r2", "r1", "CREATE TYPE \"Mood\" AS ENUM ('ok');\nALTER TYPE \"Mood\" ADD VALUE 'it''s' BEFORE 'ok';\n"
                                  "INSERT INTO missing VALUES (1);")
        self.assert_one_error(self.run_cupel("upgrade", "head"))
        self.db.query("UPDATE cupel_journal SET finished = 0 WHERE ordinal = 2; CREATE TABLE missing (id INTEGER)")
        self.assertEqual(self.journal(), [("r2", "upgrade", 1, 1), ("r2", "upgrade", 2, 0)])
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT enumlabel FROM pg_enum ORDER BY enumsortorder"), [("it's",), ("ok",)])
        self.assert_finished()

    def test_vacuum(self):
        self.revision("r2", "r1", "INSERT INTO t VALUES (4, 'd');\nVACUUM;\nINSERT INTO t VALUES (5, 'e');")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT id FROM t ORDER BY id"), [(1,), (2,), (3,), (4,), (5,)])
        self.assert_finished()

    def test_vacuum_by_ten_processes(self):
        self.revision("r2", "r1", "INSERT INTO t VALUES (4, 'd');\nVACUUM;\nINSERT INTO t VALUES (5, 'e');")
        self.run_together("upgrade", "head")
        self.assertEqual(self.db.query("SELECT id FROM t ORDER BY id"), [(1,), (2,), (3,), (4,), (5,)])
        self.assert_finished()

    def test_no_transaction_as_asked(self):
        """Each statement stays when a later one fails, and is not run again."""
        self.write("migrations/versions/r2.sql", """\
            -- revision: r2
            -- down_revision: r1

            -- cupel: upgrade no transaction
            INSERT INTO t VALUES (4, 'd');
            INSERT INTO missing VALUES (1);
            INSERT INTO t VALUES (5, 'e');
            """)
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("note: statements before it are committed; the next run goes on with this one\n", result.err)
        self.assertEqual(self.db.query("SELECT id FROM t ORDER BY id"), [(1,), (2,), (3,), (4,)])
        self.assertEqual(self.current(), ["r1"])
        self.assertEqual(self.journal(), [("r2", "upgrade", 1, 1), ("r2", "upgrade", 2, 0)])
        self.db.script("CREATE TABLE missing (id INTEGER)")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT id FROM t ORDER BY id"), [(1,), (2,), (3,), (4,), (5,)])
        self.assertEqual(self.db.query("SELECT count(*) FROM missing"), [(1,)])
        self.assert_finished()

    @sqlite_only
    def test_vacuum_waits_for_another_program(self):
        self.cupel("upgrade", "r1")
        self.revision("r2", "r1", "VACUUM;\nINSERT INTO t VALUES (5, 'e');")
        with self.held("BEGIN", "SELECT * FROM t"):
            process = Process(self, "upgrade", "head")
            time.sleep(1)
            self.assertIsNone(process.popen.poll())
        result = process.result()
        self.assertEqual(result.code, 0, result.err)
        self.assert_finished()


if __name__ == "__main__":
    unittest.main()
