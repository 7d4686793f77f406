# SPDX-License-Identifier: MIT
"""cupel backup, restore, upgrade --backup: the way back with all rows. See docs/backup.md. Killed ones: kill_test.py."""
import os
import sqlite3
import stat
import subprocess
import threading
import time
import unittest

import harness
from harness import Case, on_both_databases, postgres_only, sqlite_only, with_server


@on_both_databases
class Backup(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.table_revision("r1", message="first")
        self.revision("r2", "r1", "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(50));\nCREATE INDEX ix ON users (name);", "DROP TABLE users;")
        self.revision("r3", "r2", "DROP INDEX ix;\n-- cupel: allow DS002 because names moved\nALTER TABLE users DROP COLUMN name;")
        self.cupel("upgrade", "r2")
        self.db.script("INSERT INTO users VALUES (1, 'ann'), (2, 'bob'), (3, NULL)")

    def tearDown(self):
        if self.db.name == "postgresql":
            self.db.connection.close()
            for (name,) in self.server("SELECT datname FROM pg_database WHERE datname LIKE %s", self.db.database + "_before%"):
                with_server(f'DROP DATABASE "{name}" WITH (FORCE)')
            self.reconnect()
        super().tearDown()

    def server(self, sql, *parameters):
        connection = harness.psycopg2.connect(harness.POSTGRES_URL)
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                return cursor.fetchall()
        finally:
            connection.close()

    def reconnect(self):
        """A restore sends all others away."""
        if self.db.name == "postgresql":
            self.db.reconnect()

    def dump(self):
        history = self.db.query("SELECT revision, direction FROM cupel_history ORDER BY 1, 2")
        return self.db.dump(), history

    def backup(self, *arguments):
        return self.cupel("backup", *arguments).strip()

    def restore(self, file, *arguments):
        result = self.run_cupel("restore", file, "--yes", *arguments)
        self.assertEqual(result.code, 0, result.out + result.err)
        self.reconnect()
        return result

    def test_there_and_back(self):
        before = self.dump()
        path = self.backup()
        self.assertRegex(path, r"^backups/\w+_\d{8}T\d{6}Z\.(db|dump)$")
        for name in (path, path + ".info"):
            self.assertEqual(stat.S_IMODE(os.stat(self.path(name)).st_mode), 0o600)
        self.assertEqual(self.read("backups/.gitignore"), "*\n")
        self.assertEqual(sorted(os.listdir(self.path("backups"))), sorted([".gitignore", path[8:], path[8:] + ".info"]))
        self.cupel("upgrade", "head")
        self.db.script("DELETE FROM users; CREATE TABLE later (id INTEGER)")
        result = self.restore(path)
        self.assertIn("Restored ", result.err)
        self.assertIn("at r2: ", result.err)
        self.assertEqual(self.dump(), before)
        self.assertEqual(self.current(), ["r2"])
        # What was there in between is kept.
        self.assertIn("What was there before is kept as ", result.err)
        kept = result.err.split("is kept as ")[1].strip()
        if self.db.name == "sqlite":
            self.assertEqual(sqlite3.connect(kept).execute("SELECT count(*) FROM later").fetchall(), [(0,)])
        else:
            url = self.db.url.rsplit("/", 1)[0] + "/" + kept
            with harness.psycopg2.connect(url).cursor() as cursor:
                cursor.execute("SELECT count(*) FROM later")
        self.cupel("upgrade", "head")

    def test_checked_in_full(self):
        before = self.dump()
        path = self.backup("--full-check", "here.bak")
        self.db.script("DELETE FROM users")
        self.restore(path, "--discard")
        self.assertEqual(self.dump(), before)

    def test_as_data(self):
        data = self.json("backup", "here.bak")
        self.assertEqual((data["path"], data["backup"]["current"], data["backup"]["size"]),
                         ("here.bak", ["r2"], os.path.getsize(self.path("here.bak"))))
        users = [count for table, count in data["backup"]["rows"].items() if "users" in table]
        self.assertEqual(users, [3])
        self.assertNotIn("secret", self.read("here.bak.info"))
        data = self.json("restore", "here.bak", "--yes", "--discard")
        self.reconnect()
        self.assertEqual((data["kept"], data["backup"]["current"]), ("", ["r2"]))

    def test_it_asks(self):
        self.backup("here.bak")
        result = self.run_cupel("restore", "here.bak")
        self.assertEqual(result.code, 2)
        self.assertIn("say --yes if you are sure", result.err)

    def test_an_existing_file_stays(self):
        self.write("here.bak", "precious")
        result = self.run_cupel("backup", "here.bak")
        self.assertEqual(result.code, 2)
        self.assertEqual(self.read("here.bak"), "precious")

    def test_a_folder_that_is_not_there(self):
        self.refused("backup sub/here.bak", 2, """
            error: there is no folder 'sub' for the backup
              hint: make it first: mkdir -p sub
            """)

    def test_a_damaged_one_is_refused(self):
        self.backup("here.bak")
        before = self.dump()
        with open(self.path("here.bak"), "r+b") as file:
            file.seek(os.path.getsize(self.path("here.bak")) // 2)
            byte = file.read(1)
            file.seek(-1, 1)
            file.write(bytes([byte[0] ^ 1]))
        result = self.run_cupel("restore", "here.bak", "--yes")
        self.assert_one_error(result)
        self.assertIn("error: here.bak: it is damaged: it is not what was saved at ", result.err)
        os.truncate(self.path("here.bak"), 100)
        self.assert_one_error(self.run_cupel("restore", "here.bak", "--yes"))
        self.write("here.bak.info", "nonsense")
        self.assert_one_error(self.run_cupel("restore", "here.bak", "--yes"))
        os.remove(self.path("here.bak.info"))
        result = self.run_cupel("restore", "here.bak", "--yes")
        self.assertIn("it is no backup of cupel's", result.err)
        self.assert_one_error(self.run_cupel("restore", "nobody.bak", "--yes"))
        self.assertEqual(self.dump(), before)

    def test_a_foreign_one_is_refused(self):
        self.backup("here.bak")
        before = self.dump()
        for name in ("r2", "r3"):
            os.remove(self.path(f"migrations/versions/{name}.sql"))
        result = self.run_cupel("restore", "here.bak", "--yes")
        self.assert_one_error(result)
        self.assertIn("it is at revision 'r2', which no file of this project defines", result.err)
        self.assertEqual(self.dump(), before)
        self.restore("here.bak", "--any-project")
        info = self.read("here.bak.info")
        self.write("here.bak.info", info.replace("dialect: " + self.db.name, "dialect: other"))
        self.assertIn("another kind of database", self.run_cupel("restore", "here.bak", "--yes").err)

    def test_old_ones_go(self):
        self.project("[safety]\nbackup_keep = 2\nbackup_directory = \"saved\"\n")
        names = []
        for _ in range(3):
            names.append(self.backup())
        here = [name for name in os.listdir(self.path("saved")) if not name.startswith(".")]
        self.assertEqual(sorted(here), sorted(os.path.basename(name) + end for name in names[1:] for end in ("", ".info")))

    def test_what_a_killed_one_left_goes(self):
        path = self.backup()
        old, new = path + ".77.part", path + ".78.part"
        for name in (old, new):
            self.write(name, "half")
        os.utime(self.path(old), (time.time() - 90000,) * 2)
        self.backup()
        self.assertEqual([os.path.exists(self.path(name)) for name in (old, new)], [False, True])

    def saved(self):
        folder = self.path("backups")
        return [name for name in os.listdir(folder) if name.endswith((".db", ".dump"))] if os.path.isdir(folder) else []

    def test_upgrade_with_backup(self):
        self.cupel("upgrade", "head", "--backup")
        self.assertEqual(len(self.saved()), 1)
        self.cupel("upgrade", "head", "--backup")  # nothing to run
        self.assertEqual(len(self.saved()), 1)
        self.restore("backups/" + self.saved()[0])
        self.assertEqual(self.current(), ["r2"])
        self.assertEqual(self.db.query("SELECT name FROM users WHERE id = 1"), [("ann",)])

    def test_the_setting(self):
        self.project('[safety]\nbackup = "destructive"\n')
        self.cupel("downgrade", "r1")
        self.assertEqual(self.saved(), [])
        self.cupel("upgrade", "r2")  # destroys nothing
        self.db.script("INSERT INTO users VALUES (1, 'ann')")
        self.assertEqual(self.saved(), [])
        result = self.run_cupel("upgrade", "head")
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(len(self.saved()), 1)
        self.assertIn("Saved the database as backups/", result.err)
        self.restore("backups/" + self.saved()[0])
        self.assertEqual(self.db.query("SELECT name FROM users"), [("ann",)])

    def test_no_setting_saves_nothing(self):
        self.cupel("upgrade", "head")
        self.assertEqual(self.saved(), [])

    def test_a_failed_run_names_the_backup(self):
        self.revision("r4", "r3", "INSERT INTO nobody VALUES (1);")
        result = self.run_cupel("upgrade", "head", "--backup")
        self.assert_one_error(result)
        self.assertIn("note: the database as it was before: cupel restore backups/", result.err)

    def test_nothing_runs_without_its_backup(self):
        self.write("backups", "in the way")
        before = self.dump()
        self.assert_one_error(self.run_cupel("upgrade", "head", "--backup"))
        self.assertEqual(self.dump(), before)
        os.remove(self.path("backups"))
        self.cupel("upgrade", "head", "--backup")

    def test_of_several_at_once_one_saves(self):
        runs = [subprocess.Popen([harness.BINARY, "upgrade", "head", "--backup"], cwd=self.folder, env=harness.environment(),
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
        for run in runs:
            _, err = run.communicate(timeout=120)
            self.assertEqual(run.returncode, 0, err)
        self.assertEqual(len(self.saved()), 1)

    def test_others_work_on(self):
        self.db.script({"sqlite": "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) INSERT INTO users SELECT i, 'some name ' || i FROM n",
                        "postgresql": "INSERT INTO users SELECT i, 'some name ' || i FROM generate_series(10, 200000) i"}[self.db.name])
        stop, done, errors = threading.Event(), [], []

        def work():
            number = 1000000
            while not stop.is_set():
                try:
                    self.db.query(f"INSERT INTO users VALUES ({number}, 'new')")
                    done.append(number)
                except Exception as error:  # noqa: BLE001
                    errors.append(error)
                number += 1
                time.sleep(0.005)
        worker = threading.Thread(target=work)
        worker.start()
        try:
            path = self.backup()
        finally:
            stop.set()
            worker.join()
        self.assertEqual(errors, [])
        self.assertGreater(len(done), 0)
        self.restore(path, "--discard")
        self.assertGreaterEqual(self.db.query("SELECT count(*) FROM users")[0][0], 199994)

    @sqlite_only
    def test_wal(self):
        self.db.script("PRAGMA journal_mode=WAL; INSERT INTO users VALUES (4, 'dan')")
        reader = sqlite3.connect(self.db.path)
        reader.execute("SELECT count(*) FROM users").fetchall()
        self.backup("here.bak")
        self.db.script("DELETE FROM users")
        self.restore("here.bak", "--discard")
        self.assertEqual(reader.execute("SELECT count(*) FROM users").fetchall(), [(4,)])
        self.assertEqual(self.db.query("PRAGMA journal_mode"), [("wal",)])
        reader.close()

    @sqlite_only
    def test_a_damaged_or_missing_database_is_replaced(self):
        self.backup("here.bak")
        before = self.dump()
        os.remove(self.db.path)
        self.restore("here.bak")
        self.assertEqual(self.dump(), before)
        self.write("app.db", b"this is no database at all" * 100)
        result = self.restore("here.bak")
        self.assertEqual(self.dump(), before)
        kept = result.err.split("is kept as ")[1].strip()
        with open(kept, "rb") as file:
            self.assertTrue(file.read().startswith(b"this is no database"))

    @sqlite_only
    def test_no_database(self):
        os.remove(self.db.path)
        self.assertEqual(self.run_cupel("backup").code, 2)
        self.assertFalse(self.db.exists())

    @postgres_only
    def test_properties_of_the_database_and_others_connected(self):
        self.db.query(f"ALTER DATABASE {self.db.database} SET work_mem = '5MB'")
        self.db.query(f"ALTER DATABASE {self.db.database} SET search_path = public, pg_catalog")
        self.db.query(f"REVOKE TEMP ON DATABASE {self.db.database} FROM PUBLIC")
        properties = "SELECT (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(datacl) a), pg_get_userbyid(datdba), (SELECT setconfig::text FROM pg_db_role_setting s WHERE s.setdatabase = d.oid) FROM pg_database d WHERE datname = %s"
        before = self.server(properties, self.db.database)
        self.backup("here.bak")
        other = harness.psycopg2.connect(self.db.url)
        other.cursor().execute("SELECT 1")
        self.restore("here.bak", "--discard")
        self.assertEqual(self.server(properties, self.db.database), before)
        other.close()

    @postgres_only
    def test_in_place_by_who_may_create_no_database(self):
        self.db.script("CREATE EXTENSION IF NOT EXISTS citext; CREATE SCHEMA other; CREATE TABLE other.kept (c citext); CREATE TYPE mood AS ENUM ('ok')")
        role = "poor_" + self.db.database
        with_server(f"CREATE ROLE {role} LOGIN")
        try:
            self.db.script(f"GRANT ALL ON SCHEMA public TO {role}; ALTER DATABASE {self.db.database} OWNER TO {role}; ALTER SCHEMA other OWNER TO {role}; "
                           "DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, "
                           f"'other'::regnamespace) LOOP EXECUTE format('ALTER TABLE %s OWNER TO {role}', t); END LOOP; END $$; ALTER TYPE mood OWNER TO {role}")
            url = self.db.url.replace("cupel@", role + "@")
            self.cupel("--url", url, "backup", "here.bak")
            before = self.dump()
            self.db.script("DROP TABLE users; CREATE TABLE later (id INTEGER); DROP TABLE other.kept; "
                           f"ALTER TABLE later OWNER TO {role}; CREATE SCHEMA new AUTHORIZATION {role}")
            refused = self.run_cupel("--url", url, "restore", "here.bak", "--yes")
            self.assertEqual(refused.code, 1, refused.err)
            self.assertIn("hint: nothing was changed; ALTER ROLE ... CREATEDB gives this user the right, and --in-place does without it", refused.err)
            self.cupel("--url", url, "restore", "here.bak", "--yes", "--in-place")
            self.assertEqual(self.dump(), before)
            self.assertEqual(self.db.query("SELECT to_regclass('later'), to_regnamespace('new')"), [(None, None)])
            self.assertEqual(sorted(f for f in os.listdir(self.folder) if "here" in f), ["here.bak", "here.bak.info"])
        finally:
            self.db.script(f"REASSIGN OWNED BY {role} TO CURRENT_USER; DROP OWNED BY {role}")
            with_server(f"DROP ROLE {role}")

    @postgres_only
    def test_in_place_changes_nothing_if_it_fails(self):
        self.backup("here.bak")
        self.db.script("DELETE FROM users WHERE id = 1")
        before = self.dump()
        other = harness.psycopg2.connect(self.db.url)
        other.cursor().execute("LOCK TABLE users IN ACCESS SHARE MODE")
        result = self.run_cupel("--lock-timeout", "500ms", "restore", "here.bak", "--yes", "--in-place")
        other.close()
        self.assertEqual(result.code, 1, result.err)
        self.assertIn("nothing was changed", result.err)
        self.assertEqual(self.dump(), before)

    @sqlite_only
    def test_a_file_is_not_restored_in_place(self):
        self.backup("here.bak")
        self.refused("restore here.bak --yes --in-place", 1, """
            error: a database file is always restored by giving the new one its name
              hint: leave out --in-place""")

    @postgres_only
    def test_a_dropped_database(self):
        self.backup("here.bak")
        before = self.dump()
        self.db.connection.close()
        with_server(f"DROP DATABASE {self.db.database}")
        self.run_cupel("restore", "here.bak", "--yes")
        self.reconnect()
        self.assertEqual(self.dump(), before)

    @postgres_only
    def test_the_password_is_on_no_command_line(self):
        url = self.db.url.replace("cupel@", "cupel:top-secret@")
        watcher_stop, seen = threading.Event(), []

        def watch():
            while not watcher_stop.is_set():
                for pid in filter(str.isdigit, os.listdir("/proc")):
                    try:
                        with open(f"/proc/{pid}/cmdline", "rb") as file:
                            line = file.read()
                    except OSError:
                        continue
                    if b"pg_dump" in line and b"--snapshot" in line:
                        seen.append(line)
                time.sleep(0.002)
        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            self.cupel("--url", url, "backup", "here.bak")
        finally:
            watcher_stop.set()
            watcher.join()
        self.assertTrue(seen)
        self.assertNotIn(b"top-secret", b"".join(seen))
        self.assertNotIn("top-secret", self.read("here.bak.info"))


if __name__ == "__main__":
    unittest.main()
