# SPDX-License-Identifier: MIT
"""What looks at whole schemas, makes them and mends them: status, inspect, diff, create, doctor, auto, reset, init from a
database."""
import os
import threading
import unittest

from concurrency_test import Process
from harness import BINARY, Case, on_both_databases, postgres_only, run_binary, sqlite_only
from models import ModelCase

SHOP = """
    CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);
    CREATE INDEX ix_users_name ON users (name);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
    """


class ShopCase(ModelCase):
    def shop(self):
        """Three revisions: r1 makes users, r2 orders, r3 a column; schema.sql is what r3 leaves."""
        self.models(SHOP.replace("name VARCHAR(50) NOT NULL", "name VARCHAR(50) NOT NULL, phone VARCHAR(20)"))
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);\n"
                                "CREATE INDEX ix_users_name ON users (name);", "DROP TABLE users;")
        self.revision("r2", "r1", "CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL "
                                  "REFERENCES users (id));", "DROP TABLE orders;")
        self.revision("r3", "r2", "ALTER TABLE users ADD COLUMN phone VARCHAR(20);", "ALTER TABLE users DROP COLUMN phone;")


@on_both_databases
class Create(ShopCase):
    def test_from_nothing(self):
        self.shop()
        result = self.run_cupel("create")
        self.assertEqual((result.code, result.out), (0, ""), result.err)
        self.assertIn("Created table 'orders'\n", result.err)
        self.assertIn("Stamped r3\n", result.err)
        self.assertEqual(self.current(), ["r3 (head)"])
        self.assert_clean()
        self.assertEqual(self.run_cupel("upgrade", "head").err, "")

    def test_what_is_there_is_kept(self):
        self.shop()
        self.db.script("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL, phone VARCHAR(20)); "
                       "CREATE INDEX ix_users_name ON users (name); INSERT INTO users VALUES (1, 'ann', NULL)")
        result = self.run_cupel("create")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Already there: table 'users'", result.err)
        self.assertEqual(self.db.query("SELECT name FROM users"), [("ann",)])
        self.assert_clean()

    def test_what_is_there_and_differs(self):
        self.shop()
        self.db.script("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL)")
        result = self.run_cupel("create")
        self.assertEqual(result.code, 3, result.err)
        self.assertIn("error: what is there is not what the models say; nothing was created\n", result.err)
        self.assertIn("Detected added column 'users.phone'", result.err)
        self.assertEqual((self.db.tables(), self.current()), (["users"], []))

    def test_a_database_with_a_revision_is_left_to_upgrade(self):
        self.shop()
        self.cupel("upgrade", "r1")
        result = self.run_cupel("create")
        self.assertEqual(result, (0, "", "The database has a revision already: cupel upgrade heads brings it on.\n"))
        self.assertEqual(self.db.tables(), ["users"])
        self.cupel("upgrade", "head")
        self.assert_clean()

    def test_drop(self):
        self.shop()
        self.cupel("upgrade", "head")
        self.db.script("CREATE TABLE checkpoints (id INTEGER); INSERT INTO checkpoints VALUES (1); "
                       "INSERT INTO users (id, name) VALUES (1, 'ann'); ALTER TABLE orders ADD COLUMN oops INTEGER")
        self.refuses(["create", "--drop"], 2, "'create' asks, and there is no terminal: This drops, with all rows: ", "say --yes if you are sure")
        self.assertEqual(self.db.query("SELECT name FROM users"), [("ann",)])
        code, said = self.on_terminal(["create", "--drop"], ["n"])
        self.assertEqual(code, 1, said)
        self.assertIn("This drops, with all rows: table 'orders', table 'users'.", said)
        self.assertEqual(self.db.query("SELECT name FROM users"), [("ann",)])
        self.cupel("create", "--drop", "--yes")
        self.assertEqual(self.db.query("SELECT name FROM users"), [])
        self.assertEqual(self.db.query("SELECT id FROM checkpoints"), [(1,)])
        self.assertEqual(self.current(), ["r3 (head)"])
        self.assert_clean()

    def test_ten_at_once(self):
        self.shop()
        results = []
        threads = [threading.Thread(target=lambda: results.append(self.run_cupel("create"))) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([r.code for r in results], [0] * 10, [r.err for r in results])
        self.assert_clean()

    def test_json(self):
        self.shop()
        report = self.json("create")
        self.assertEqual(report["current"], ["r3"])
        self.assertEqual([o["name"] for o in report["created"]], ["orders", "users"])


@on_both_databases
class Doctor(ShopCase):
    def doctor(self, code, *flags):
        result = self.run_cupel("doctor", *flags)
        self.assertEqual(result.code, code, result.out + result.err)
        return result.out

    def test_a_file_that_cannot_be_read_hides_no_revision(self):
        self.shop()
        self.cupel("upgrade", "r2")
        self.write("migrations/versions/broken.sql", "SELECT 1;")
        self.assertIn("revision  r2\n", self.doctor(3))

    def test_healthy(self):
        self.shop()
        self.assertIn("before the first revision", self.doctor(0))
        self.cupel("upgrade", "r2")
        out = self.doctor(0)
        self.assertIn("revision  r2\nschema    r2\n", out)

    def test_tables_without_a_revision(self):
        for target in ("r1", "r2", "r3"):
            with self.subTest(target):
                self.shop()
                self.db.clear()
                if self.db.name == "sqlite" and self.db.exists():
                    os.remove(self.db.path)
                self.cupel("upgrade", target)
                self.db.script("DROP TABLE alembic_version; DROP TABLE cupel_history; CREATE TABLE checkpoints (id INTEGER)")
                before = self.db.dump() if self.db.name == "postgresql" else None
                out = self.doctor(3)
                self.assertIn(f"its schema is exactly that of revision '{target}'", out)
                self.assertIn(f"cupel doctor --fix stamps {target}", out)
                self.assertEqual(self.current(), [])
                if before:
                    self.assertEqual(self.db.dump(), before)
                self.doctor(0, "--fix")
                self.assertEqual(self.cupel("current").split()[0], target)
                self.cupel("upgrade", "head")
                self.assert_clean()

    def test_none_matches(self):
        self.shop()
        self.cupel("upgrade", "r2")
        self.db.script("DROP TABLE alembic_version; ALTER TABLE orders ADD COLUMN note VARCHAR(20)")
        out = self.doctor(3)
        self.assertIn("its schema is that of none; nearest is revision 'r2'", out)
        self.assertIn("Detected added column 'orders.note'", out)
        self.doctor(3, "--fix")
        self.assertEqual(self.current(), [])

    def test_it_says_another_revision_than_it_is(self):
        self.shop()
        self.cupel("upgrade", "r3")
        self.cupel("stamp", "r1")
        out = self.doctor(3)
        self.assertIn("the database says that it is at 'r1'; its schema is exactly that of revision 'r3'", out)
        self.doctor(0, "--fix")
        self.assertEqual(self.current(), ["r3 (head)"])

    def test_somebody_changed_a_table(self):
        self.shop()
        self.cupel("upgrade", "head")
        self.db.script("ALTER TABLE users ADD COLUMN oops INTEGER")
        out = self.doctor(3)
        self.assertIn("the database is at 'r3', but its schema is not what that makes", out)
        self.assertIn("Detected added column 'users.oops'", out)

    def test_the_file_of_its_revision_is_gone(self):
        self.shop()
        self.cupel("upgrade", "head")
        os.remove(self.path("migrations/versions/r3.sql"))
        self.db.script("ALTER TABLE users DROP COLUMN phone")
        out = self.doctor(3)
        self.assertIn("the database says that it is at 'r3', which no file defines; its schema is exactly that of "
                      "revision 'r2'", out)
        self.run_cupel("doctor", "--fix")
        self.assertEqual(self.current(), ["r2 (head)"])

    def test_edited_and_broken_files(self):
        self.shop()
        self.cupel("upgrade", "head")
        self.revision("r3", "r2", "ALTER TABLE users ADD COLUMN phone VARCHAR(30);", "")
        self.assertIn("revision 'r3' was edited after it was applied at", self.doctor(3))
        self.revision("r4", "nope", "SELECT 1;", "")
        self.assertIn("nope", self.doctor(3))

    def test_a_revision_that_does_not_run(self):
        self.shop()
        self.cupel("upgrade", "r2")
        self.revision("r3", "r2", "ALTER TABLE nobody ADD COLUMN x INTEGER;", "")
        self.assertIn("revision 'r3' does not run on a new database", self.doctor(3))

    def test_branches(self):
        self.models("CREATE TABLE a (id INTEGER);")
        self.revision("r1", "", "CREATE TABLE a (id INTEGER);", "")
        self.revision("r2", "r1", "CREATE TABLE b (id INTEGER);", "")
        self.revision("r3", "r1", "CREATE TABLE c (id INTEGER);", "")
        self.cupel("upgrade", "heads")
        self.assertIn("schema    r3\n", self.doctor(0))
        self.db.script("DROP TABLE alembic_version")
        self.doctor(0, "--fix")
        self.assertEqual(sorted(self.current()), ["r2 (head)", "r3 (head)"])

    def test_json(self):
        self.shop()
        self.cupel("upgrade", "r2")
        self.db.script("DELETE FROM alembic_version")
        report = self.parse_json(self.run_cupel("--json", "doctor").out)
        self.assertEqual((report["healthy"], report["matches"], report["stamp"]), (False, ["r2"], ["r2"]))

    @postgres_only
    def test_nothing_is_left_behind(self):
        self.shop()
        process = Process(self, "doctor")
        self.assertEqual(process.result().code, 0)
        # Other tests have scratch databases of their own.
        self.assertEqual(self.db.query("SELECT datname FROM pg_database WHERE datname LIKE ?", f"cupel\\_scratch\\_%\\_{process.popen.pid}\\_%"), [])


@on_both_databases
class Status(ShopCase):
    def test_side_by_side(self):
        self.shop()
        self.cupel("upgrade", "r2")
        self.db.script("CREATE TABLE checkpoints (id INTEGER); CREATE TABLE other (id INTEGER)")
        self.write("schema.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL); "
                                 "CREATE INDEX ix_users_name ON users (name); CREATE TABLE extra (id INTEGER);")
        out = self.cupel("status")
        self.assertIn("revision  r2, 1 to go\n", out)
        lines = [line.split() for line in out.split("\n") if line]
        for expected in (["checkpoints", "-", "yes", "unmanaged,", "LangGraph"], ["extra", "yes", "-", "missing"],
                         ["orders", "-", "yes", "removed,", "made", "by", "r2"], ["other", "-", "yes", "unmanaged"],
                         ["users", "yes", "yes", "same"]):
            self.assertIn(expected, lines)
        report = self.json("status")
        self.assertEqual([(o["object"]["name"], o["state"]) for o in report["objects"]],
                         [("checkpoints", "unmanaged"), ("extra", "missing"), ("orders", "removed"),
                          ("other", "unmanaged"), ("users", "same")])

    def test_what_a_later_revision_drops_is_still_the_projects(self):
        self.shop()
        self.revision("r4", "r3", "DROP TABLE orders;", "CREATE TABLE orders (id INTEGER);")
        self.cupel("upgrade", "r2")
        self.write("schema.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);")
        self.assertIn(("orders", "removed"), [(o["object"]["name"], o["state"]) for o in self.json("status")["objects"]])

    def test_without_models_and_without_database(self):
        self.project()
        self.table_revision("r1")
        out = self.cupel("status")
        self.assertIn("revision  none, 1 to go\n", out)
        if self.db.name == "sqlite":
            self.assertIn("(not there yet)", out)
            self.assertFalse(self.db.exists())
        self.cupel("upgrade", "head")
        self.assertIn("present, made by r1", self.cupel("status"))


@on_both_databases
class Inspect(ShopCase):
    def test_its_output_makes_the_same(self):
        self.shop()
        self.cupel("upgrade", "head")
        sql = self.cupel("inspect")
        self.assertNotIn("alembic_version", sql)
        self.assertNotIn("cupel_history", sql)
        self.write("schema.sql", sql)
        self.assert_clean()
        self.cupel("downgrade", "base")
        self.assertEqual(self.db.run_sql_file(sql).returncode, 0)
        self.assertEqual(self.cupel("inspect"), sql)

    def test_patterns_and_formats(self):
        self.shop()
        self.cupel("upgrade", "head")
        sql = self.cupel("inspect", "user*")
        self.assertIn("CREATE TABLE users", sql)
        self.assertNotIn("orders", sql)
        tables = self.json("inspect", "orders")["tables"]
        self.assertEqual([table["name"] for table in tables], ["orders"])
        self.assertEqual(self.cupel("inspect", "--format", "json"), self.cupel("--json", "inspect"))
        self.assertIn("users", self.cupel("inspect", "--format", "cpp"))
        self.refuses(["inspect", "user"], 2, "no table or view is called 'user'", "did you mean 'users'?")
        self.refuses(["inspect", "--format", "xml"], 2, "unknown format 'xml'")


@on_both_databases
class Diff(ShopCase):
    def test_any_two(self):
        self.shop()
        self.assertEqual(self.cupel("diff", "r1", "r2"), "Detected added table 'orders'\n")
        self.assertEqual(self.cupel("diff", "r2", "r1"), "Detected removed table 'orders'\n  note: its rows are lost\n")
        self.assertEqual(self.cupel("diff", "r2", "models"), "Detected added column 'users.phone'\n")
        self.assertEqual(self.cupel("diff", "head", "models"), "")
        self.assertEqual(self.cupel("diff", "empty", "base"), "")
        self.assertIn("Detected added table 'users'", self.cupel("diff", "database", "models"))
        self.cupel("upgrade", "r2")
        self.db.script("CREATE TABLE theirs (id INTEGER)")
        result = self.run_cupel("diff", "database", "models")
        self.assertEqual((result.code, result.out), (0, "Detected added column 'users.phone'\n"))
        self.assertIn("Unmanaged, left alone: table 'theirs'", result.err)
        self.assertEqual(self.cupel("diff", "models", "database"), "Detected removed column 'users.phone'\n")
        self.assertEqual(self.cupel("diff", "database", self.db.url), "")
        self.assertEqual(self.cupel("diff", "current", "database"), "")

    def test_sql(self):
        self.shop()
        self.cupel("upgrade", "r1")
        sql = self.cupel("diff", "database", "models", "--sql")
        self.assertEqual(self.db.run_sql_file(sql).returncode, 0, sql)
        self.assertEqual(self.cupel("diff", "database", "models"), "")
        report = self.json("diff", "empty", "r1")
        self.assertIn("CREATE TABLE users", report["sql"])

    def test_what_is_no_side(self):
        self.shop()
        self.refuses(["diff", "models", "nope"], 1, "nope")
        self.refuses(["diff", "models"], 2, "'diff' needs an argument: TO")
        other = "sqlite:///x.db" if self.db.name == "postgresql" else "postgresql://127.0.0.1/x"
        self.refuses(["diff", "database", other], 2, "compare databases of one kind")

    @sqlite_only
    def test_a_url_is_not_made(self):
        self.shop()
        result = self.run_cupel("diff", "models", "sqlite:///nope.db")
        self.assertNotEqual(result.code, 0)
        self.assertFalse(os.path.exists(self.path("nope.db")))


@on_both_databases
class Auto(ShopCase):
    def test_from_nothing_and_again(self):
        self.models(SHOP)
        result = self.run_cupel("auto")
        self.assertEqual(result.code, 0, result.err)
        self.assertRegex(result.out, r"\AGenerating migrations/versions/\d+_add_\w+\.sql \.\.\.  done\n"
                                     r"No new upgrade operations detected\.\n\Z")
        before = self.versions()
        self.assertEqual(self.cupel("auto"), "No new upgrade operations detected.\n")
        self.assertEqual(self.versions(), before)

    def test_pending_revisions_come_first(self):
        self.shop()
        self.cupel("upgrade", "r1")
        self.write("schema.sql", self.read("schema.sql") + "CREATE TABLE more (id INTEGER PRIMARY KEY);\n")
        self.cupel("auto", "-m", "add more")
        self.assertEqual(len(self.versions()), 4)
        self.assertEqual(self.db.tables(), ["more", "orders", "users"])

    def test_questions_stop_it(self):
        self.shop()
        self.cupel("auto")
        self.write("schema.sql", self.read("schema.sql").replace("phone VARCHAR(20)", "phone VARCHAR(20), age INTEGER NOT NULL"))
        result = self.run_cupel("auto")
        self.assertEqual(result.code, 3, result.err)
        self.assertIn("--fill users.age=", result.err)
        self.cupel("auto", "--fill", "users.age=0")
        self.assert_clean()

    def test_decided_by_flags(self):
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(20), mail VARCHAR(20));")
        self.cupel("auto")
        self.db.script("INSERT INTO users VALUES (1, 'ann', 'a@b')")
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY, nick VARCHAR(20), email VARCHAR(20));")
        result = self.run_cupel("auto")
        self.assertEqual(result.code, 3, result.err)
        self.assertIn("--rename users.name=users.nick", result.err)
        self.cupel("auto", "--rename", "users.name=users.nick", "--rename", "users.mail=users.email")
        self.assertEqual(self.db.query("SELECT nick, email FROM users"), [("ann", "a@b")])
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY, nick VARCHAR(20), phone VARCHAR(20));")
        result = self.run_cupel("auto", "--no-rename", "users.email=users.phone")
        self.assertEqual(result.code, 1, result.err)
        self.assertIn("drops column 'email' of table 'users', and 1 value with it\n", result.err)
        self.assertEqual(self.db.query("SELECT nick, email FROM users"), [("ann", "a@b")])
        self.cupel("auto", "--allow-destructive")
        self.assertEqual(self.db.query("SELECT nick, phone FROM users"), [("ann", None)])
        self.assert_clean()

    def test_tables_without_a_revision(self):
        self.shop()
        self.cupel("upgrade", "r2")
        self.db.script("DROP TABLE alembic_version")
        result = self.run_cupel("auto")
        self.assertEqual(result.code, 2, result.err)
        self.cupel("auto", "--yes")
        self.assertEqual(self.current(), ["r3 (head)"])
        self.assert_clean()

    def test_leave_and_adopt(self):
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY);")
        self.db.script("CREATE TABLE theirs (id INTEGER PRIMARY KEY); CREATE TABLE ours (id INTEGER PRIMARY KEY, x VARCHAR(10)); "
                       "INSERT INTO ours VALUES (1, 'kept')")
        self.cupel("auto", "--leave", "theirs", "--adopt", "our*")
        self.assertIn('exclude_tables = ["theirs"]', self.read("cupel.toml"))
        self.assertIn("CREATE TABLE ours", self.read("schema.sql"))
        self.assertEqual(self.db.query("SELECT x FROM ours"), [("kept",)])
        self.assert_clean()
        self.assertNotIn("theirs", self.run_cupel("check").err)
        # On a new database the revision makes what it adopted here.
        self.cupel("downgrade", "base")
        self.assertEqual(self.db.query("SELECT x FROM ours"), [("kept",)])
        self.db.script("DROP TABLE ours")
        self.cupel("upgrade", "head")
        self.assert_clean()

    def test_asked_on_a_terminal(self):
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY);")
        self.db.script("CREATE TABLE a_ours (id INTEGER PRIMARY KEY); CREATE TABLE b_theirs (id INTEGER PRIMARY KEY)")
        code, said = self.on_terminal(["auto"], ["a", "l"])
        self.assertEqual(code, 0, said)
        self.assertIn('exclude_tables = ["b_theirs"]', self.read("cupel.toml"))
        self.assertIn("CREATE TABLE a_ours", self.read("schema.sql"))


@on_both_databases
class Reset(ShopCase):
    def test_it_asks(self):
        self.shop()
        self.cupel("upgrade", "head")
        self.refuses(["reset"], 2, "'reset' asks, and there is no terminal: ", "say --yes if you are sure")
        self.assertEqual(self.current(), ["r3 (head)"])
        result = self.run_cupel("reset", "--yes")
        self.assertEqual(result, (0, "", "Forgot r3\n"))
        self.assertEqual((self.current(), self.db.tables()), ([], ["orders", "users"]))
        self.assertEqual(self.run_cupel("reset", "--yes"), (0, "", "There was no revision to forget.\n"))


@on_both_databases
class FromADatabase(ShopCase):
    SCHEMA = SHOP + "CREATE TABLE checkpoints (id INTEGER); INSERT INTO users VALUES (1, 'ann');"

    def test_init_of_one_that_is_not_there_writes_nothing(self):
        before = sorted(os.listdir(self.folder))
        for url in ("sqlite:///nope.db", "oracle://nowhere/x"):
            result = self.run_cupel("--from-url", url, "init", "migrations")
            self.assertEqual((result.code != 0, result.out), (True, ""), result.err)
        self.assertEqual(sorted(os.listdir(self.folder)), before)

    def test_init(self):
        self.db.script(self.SCHEMA)
        result = self.run_cupel("--from-url", self.db.url, "init", "migrations")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Unmanaged, left alone: table 'checkpoints' (LangGraph)", result.err)
        env = {"CUPEL_DATABASE_URL": self.db.url}
        self.assertIn("CREATE TABLE users", self.read("schema.sql"))
        self.assertEqual(len(self.versions()), 1)
        self.assertEqual(self.cupel("check", env=env), "No new upgrade operations detected.\n")
        self.assertRegex(self.cupel("current", env=env), r"\A[0-9a-f]{12} \(head\)\n\Z")
        before = self.cupel("inspect", env=env)
        self.cupel("downgrade", "base", *self.allowing(), env=env)
        self.cupel("upgrade", "head", env=env)
        self.assertEqual(self.cupel("inspect", env=env), before)

    def test_a_password_stays_out_of_version_control(self):
        self.run_cupel("init", "migrations", "--url", "postgresql://ann:s3cret@127.0.0.1:1/shop")
        self.assertNotIn("s3cret", self.read("cupel.toml"))
        self.assertIn("CUPEL_DATABASE_URL=postgresql://ann:s3cret@127.0.0.1:1/shop", self.read(".env"))


if __name__ == "__main__":
    unittest.main()
