# SPDX-License-Identifier: MIT
"""Where the schema comes from: files, programs, other databases; and what is wrong with them. docs/sources.md."""
import os
import signal
import subprocess
import time
import unittest

from harness import BINARY, Case, environment, on_both_databases, postgres_only, sqlite_only, with_server

USERS = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"
NOTES = "CREATE TABLE notes (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));\n"


class SourceCase(Case):
    def sources(self, **settings):
        """A project with [schema] settings."""
        lines = "".join(f"{key} = {value}\n" for key, value in settings.items())
        self.project("[schema]\n" + lines)

    def autogenerate(self, *options):
        return self.cupel("revision", "--autogenerate", "-m", "next", *options)

    def files(self):
        return sorted(os.path.join(folder, name) for folder, _, names in os.walk(self.folder) for name in names)

    def scratches(self, pid):
        if self.db.name == "sqlite":
            return []
        pattern = f"cupel\\_scratch\\_%\\_{pid}\\_%"
        return self.db.query("SELECT datname FROM pg_database WHERE datname LIKE ?", pattern)

    def popen(self, *arguments):
        return subprocess.Popen([BINARY, *arguments], cwd=self.folder, env=environment(XDG_CACHE_HOME=self.path("cache")),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def refused_and_nothing_done(self, message):
        """`check` and `revision --autogenerate` fail with this, and leave nothing anywhere."""
        before = self.files()
        for command in (["check"], ["revision", "--autogenerate", "-m", "x"]):
            process = self.popen(*command)
            out, err = process.communicate(timeout=60)
            self.assertEqual((process.returncode, out), (1, b""), err)
            self.assertIn(message, self.normal(err.decode()))
            self.assertEqual(err.decode().count("error: "), 1, err)
            self.assertEqual(self.scratches(process.pid), [])
        self.assertEqual(self.files(), before)
        self.assertEqual(self.db.tables(), [] if self.db.name == "postgresql" or self.db.exists() else [])


@on_both_databases
class Sources(SourceCase):
    def check_is_clean_after_upgrade(self, tables):
        self.autogenerate()
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.tables(), tables)
        self.cupel("check")

    def test_a_folder_of_files_needs_no_order(self):
        self.sources(sql='["schema"]')
        self.write("schema/a_notes.sql", NOTES)
        self.write("schema/b_users.sql", USERS)
        self.check_is_clean_after_upgrade(["notes", "users"])

    def test_paths_start_at_the_configuration(self):
        self.sources(sql='["schema.sql"]', program='["cat more.sql"]')
        self.write("schema.sql", USERS)
        self.write("more.sql", NOTES)
        os.makedirs(self.path("elsewhere"))
        result = self.run_cupel("-c", "../cupel.toml", "check", cwd=self.path("elsewhere"))
        self.assertEqual(result.code, 3, result.err)
        self.assertIn("users", result.out)
        self.assertIn("notes", result.out)

    def test_a_program(self):
        self.sources(program='["sh -c \'cat users.sql; echo done >&2\'"]')
        self.write("users.sql", USERS)
        self.check_is_clean_after_upgrade(["users"])

    def test_another_database(self):
        other = type(self.db)("Other")
        self.addCleanup(other.close)
        os.makedirs(self.path("other"))
        other.attach(self.path("other"))
        other.script(USERS + NOTES)
        other.script("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        self.sources(sql='["missing.sql"]')
        self.cupel("--from-url", other.url, "revision", "--autogenerate", "-m", "as there")
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.tables(), ["notes", "users"])
        self.cupel("--from-url", other.url, "check")

    def test_bad_sql(self):
        self.sources(sql='["schema.sql"]')
        self.write("schema.sql", USERS + "\n-- second\nCREATE TABLE b (\n  id INTEGER,,\n);\n")
        self.refused_and_nothing_done("error: schema.sql:5:14: ")

    def test_a_missing_file(self):
        self.sources(sql='["schema/*.sql"]')
        self.refused_and_nothing_done("error: schema/*.sql: no file matches this pattern\n")

    def test_a_program_that_fails(self):
        self.sources(program='["sh -c \'echo no module named app >&2; exit 1\'"]')
        self.refused_and_nothing_done("failed with exit code 1\n  note: it wrote to stderr:\n        no module named app\n")

    def test_a_program_that_hangs(self):
        self.sources(program='["sh -c \'sleep 1000 & sleep 1000\'"]', program_timeout='"300ms"')
        self.refused_and_nothing_done("did not end within 300 ms")

    def test_a_program_that_prints_nothing(self):
        self.sources(program='["true"]')
        self.refused_and_nothing_done("program 'true': printed nothing")

    def test_two_tables_of_one_name(self):
        self.sources(sql='["a.sql", "b.sql"]')
        self.write("a.sql", USERS)
        self.write("b.sql", "-- again\n" + USERS)
        self.assertEqual(self.run_cupel("check").code, 3)
        self.write("b.sql", "-- again\nCREATE TABLE users (id INTEGER PRIMARY KEY);\n")
        self.refused_and_nothing_done("error: b.sql:2: table 'users' is declared differently in a.sql:1\n")

    def test_a_foreign_key_to_a_missing_table(self):
        self.sources(sql='["schema.sql"]')
        self.write("schema.sql", "CREATE TABLE user (id INTEGER PRIMARY KEY);\n".replace("user", "userz") + NOTES)
        self.refused_and_nothing_done({
            "sqlite": "error: schema.sql:2: table 'notes', foreign key (user_id) references users (id): no source "
                      "declares table 'users'\n  hint: did you mean 'userz'?",
            "postgresql": 'error: schema.sql:2:1: relation "users" does not exist'}[self.db.name])

    def test_nothing_is_configured(self):
        self.project()
        result = self.run_cupel("check")
        self.assertEqual(result.code, 2)
        self.assertIn("nothing says what the schema shall be", result.err)

    def test_interrupted_while_a_program_runs(self):
        self.sources(program='["sh -c \'touch begun; sleep 1000\'"]')
        process = self.popen("check")
        while not os.path.exists(self.path("begun")):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 130, err)

    @postgres_only
    def test_killed_in_the_scratch_database(self):
        self.sources(sql='["schema.sql"]')
        self.write("schema.sql", USERS + "SELECT pg_sleep(60);\n")
        process = self.popen("check")
        while not self.scratches(process.pid):
            time.sleep(0.02)
        time.sleep(0.3)
        process.kill()
        process.communicate()
        self.assertNotEqual(self.scratches(process.pid), [])
        self.write("schema.sql", USERS)
        deadline = time.monotonic() + 30
        while self.scratches(process.pid) and time.monotonic() < deadline:
            # Another text each time: what is kept from the last run needs no scratch database.
            self.write("schema.sql", USERS + f"-- {time.monotonic()}\n")
            self.assertEqual(self.run_cupel("check").code, 3)
        self.assertEqual(self.scratches(process.pid), [])

    @postgres_only
    def test_no_right_to_make_databases(self):
        role = "poor_" + self.db.database
        with_server(f"CREATE ROLE {role} LOGIN")
        self.addCleanup(with_server, f"DROP ROLE {role}")
        self.sources(sql='["schema.sql"]')
        self.write("schema.sql", USERS)
        url = self.db.url.replace("//cupel@", f"//{role}@")
        result = self.run_cupel("--url", url, "check")
        self.assertEqual(result.code, 1)
        self.assertIn("no scratch database can be made: permission denied to create database", result.err)
        self.assertIn(f"hint: ALTER ROLE {role} CREATEDB; or name an empty database", result.err)

    @postgres_only
    def test_a_database_lent_for_it(self):
        other = type(self.db)("Lent")
        self.addCleanup(other.close)
        self.sources(sql='["schema.sql"]')
        self.write("schema.sql", USERS)
        cache = {"XDG_CACHE_HOME": self.path("cache")}
        self.assertEqual(self.run_cupel("--dev-url", other.url, "check", env=cache).code, 3)
        self.assertEqual(other.tables(), [])
        other.script("CREATE TABLE precious (id int)")
        self.write("schema.sql", USERS + "-- changed\n")
        result = self.run_cupel("--dev-url", other.url, "check", env=cache)
        self.assertEqual(result.code, 2)
        self.assertIn("is not empty: it has table 'public.precious'", result.err)
        self.assertEqual(other.tables(), ["precious"])

    def test_databases_named_in_the_configuration(self):
        other = type(self.db)("Other")
        self.addCleanup(other.close)
        other.attach(os.path.dirname(self.write("other/x", "")))
        other.script(USERS)
        self.sources(from_url=f'"{other.url}"')
        self.check_is_clean_after_upgrade(["users"])
        other.script("DROP TABLE users")
        if self.db.name == "sqlite":  # which tries schemas in memory
            return
        self.sources(sql='["schema.sql"]', dev_url=f'"{other.url}"')
        self.write("schema.sql", USERS)
        self.cupel("check", env={"XDG_CACHE_HOME": self.path("cache")})
        self.assertEqual(other.tables(), [])

    @postgres_only
    def test_what_was_executed_is_kept(self):
        self.sources(sql='["schema.sql"]')
        self.write("schema.sql", USERS)
        cache = {"XDG_CACHE_HOME": self.path("cache")}
        self.assertEqual(self.run_cupel("check", env=cache).code, 3)
        kept = os.listdir(self.path("cache/cupel"))
        self.assertEqual(len(kept), 1, kept)
        self.assertEqual(self.run_cupel("check", env=cache).code, 3)
        self.assertEqual(os.listdir(self.path("cache/cupel")), kept)
        with open(self.path("cache/cupel", kept[0]), "w", encoding="utf-8") as file:
            file.write("broken")
        self.assertEqual(self.run_cupel("check", env=cache).code, 3)

    @sqlite_only
    def test_a_schema_from_the_shell(self):
        self.db.script(USERS + NOTES)
        self.sources(program=f'["sqlite3 {self.db.path} .dump"]')
        self.cupel("check")


if __name__ == "__main__":
    unittest.main()
