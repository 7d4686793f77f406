# SPDX-License-Identifier: MIT
"""Which database is meant, from which place; what is wrong with a URL; no password is ever printed."""
import os
import unittest

import harness
from harness import Case, Postgres, on_both_databases

PASSWORD = "s3cr3t-p4ss%3Aw%2Frd"  # decoded: s3cr3t-p4ss:w/rd


class Choice(Case):
    """Every place that can name the URL, strongest first. The names of files tell which was chosen."""
    PLACES = ["flag", "CUPEL_DATABASE_URL", "DATABASE_URL_DIRECT", "DATABASE_URL", "toml"]

    def url(self, name):
        return f"sqlite:///{self.path(name)}.db"

    def chosen(self, flag=False, env=(), dotenv=(), toml=True):
        self.write("cupel.toml", '[database]\nurl = "sqlite:///toml.db"\n' if toml else "")
        os.makedirs(self.path("migrations/versions"), exist_ok=True)
        self.write(".env", "# a comment\n" + "".join(f"export {name}='{self.url('dotenv_' + name)}'\n" for name in dotenv))
        arguments = ["--url", self.url("flag")] if flag else []
        report = self.json(*arguments, "current", env={name: self.url("env_" + name) for name in env})
        return os.path.basename(report["url"])[:-3]

    def test_order(self):
        names = self.PLACES[1:4]
        self.assertEqual(self.chosen(), "toml")
        self.assertEqual(self.chosen(env=["DATABASE_URL"]), "env_DATABASE_URL")
        self.assertEqual(self.chosen(env=["DATABASE_URL", "DATABASE_URL_DIRECT"]), "env_DATABASE_URL_DIRECT")
        self.assertEqual(self.chosen(env=names), "env_CUPEL_DATABASE_URL")
        self.assertEqual(self.chosen(env=names, flag=True), "flag")
        self.assertEqual(self.chosen(dotenv=names), "dotenv_CUPEL_DATABASE_URL")
        self.assertEqual(self.chosen(dotenv=["DATABASE_URL", "DATABASE_URL_DIRECT"]), "dotenv_DATABASE_URL_DIRECT")
        self.assertEqual(self.chosen(dotenv=["DATABASE_URL"], env=["DATABASE_URL"]), "env_DATABASE_URL")
        # The pooler's URL in the environment, the direct one in .env: still the direct one.
        self.assertEqual(self.chosen(dotenv=["DATABASE_URL_DIRECT"], env=["DATABASE_URL"]), "dotenv_DATABASE_URL_DIRECT")

    def test_none_at_all(self):
        self.write("cupel.toml", "")
        os.makedirs(self.path("migrations/versions"))
        self.refused("current", 2, """
            error: no database URL is configured
              hint: set url in [database] of cupel.toml, CUPEL_DATABASE_URL, or --url sqlite:///app.db
            """)

    def test_variables_in_the_file(self):
        self.write("cupel.toml", '[database]\nurl = "sqlite:///${NAME}.db"\n')
        os.makedirs(self.path("migrations/versions"))
        self.assertEqual(self.json("current", env={"NAME": "shop"})["url"], "sqlite:///shop.db")
        self.refused("current", 2, """
            error: the database url refers to ${NAME}, which is not set
              hint: set NAME, or give --url
            """)

    def test_environments(self):
        self.write("cupel.toml", '[database]\nurl = "sqlite:///app.db"\n[environments.prod.database]\nurl = "sqlite:///prod.db"\n')
        os.makedirs(self.path("migrations/versions"))
        self.assertEqual(self.json("-n", "prod", "current")["url"], "sqlite:///prod.db")
        self.refused("-n prd current", 2, """
            error: 'cupel.toml' has no section [environments.prd]
              hint: add it, or leave out -n prd
            """)

    def upgrade_from_below(self, url):
        """The file of the URL stands beside cupel.toml, not where cupel was started."""
        self.write("cupel.toml", f'[database]\nurl = "{url}"\n')
        os.makedirs(self.path("migrations/versions"))
        os.makedirs(self.path("sub"))
        self.table_revision("r1")
        self.cupel("-c", "../cupel.toml", "upgrade", "head", cwd=self.path("sub"))
        self.assertTrue(os.path.exists(self.path("app.db")))
        self.assertEqual(self.cupel("current"), "r1 (head)\n")

    def test_paths_start_at_the_configuration_file(self):
        self.upgrade_from_below("sqlite:///app.db")
        self.assertEqual(self.cupel("current", env={"CUPEL_CONFIG": self.path("cupel.toml")}, cwd="/"), "r1 (head)\n")

    def test_a_path_as_a_uri(self):
        self.upgrade_from_below("sqlite:///file:app.db?uri=true")
        self.assertEqual(self.cupel("--url", "sqlite:///file:app.db?uri=true", "current"), "r1 (head)\n")

    def test_a_wrong_dotenv(self):
        self.write("cupel.toml", "")
        self.write(".env", "A=1\nthis is nothing\n")
        self.refused("current", 1, """
            error: .env:2:1: a line that is no NAME=value
              hint: write NAME=value, or # in front of a comment
            """)


class Wrong(Case):
    """A URL wrong in each of its parts."""

    def setUp(self):
        super().setUp()
        self.project()
        self.chain(1)

    def check(self, url, code, start, hint=None):
        with self.subTest(url=url):
            result = self.run_cupel("--url", url, "--lock-timeout", "2s", "upgrade", "head")
            self.assert_one_error(result, code)
            self.assertTrue(result.err.startswith("error: " + start), result.err)
            self.assertIn("\n  hint: ", result.err)
            if hint:
                self.assertIn(hint, result.err)
            self.assertNotIn("s3cr3t", result.err)

    def test_parts(self):
        self.check("", 2, "no database URL is configured")
        self.check("app.db", 2, "")
        self.check("postgres", 2, "")
        self.check("://x", 2, "")
        self.check("oracle://u:s3cr3t@h/d", 2, "", "postgresql")
        self.check("postgresq://u:s3cr3t@h/d", 2, "", "did you mean 'postgresql'?")
        self.check("postgresql://u:s3cr3t@h:port/d", 2, "")
        self.check("postgresql://u:s3cr3t@h:99999/d", 2, "")
        self.check("postgresql://u:s3cr3t@[::1/d", 2, "")
        self.check("postgresql://u:s3cr3t@nowhere.invalid/d", 1, "")
        self.check("postgresql://u:s3cr3t@127.0.0.1:1/d", 1, "")
        self.check("postgresql://u:s3cr3t@127.0.0.1:1/d?sslmod=off", 2, "", "did you mean 'sslmode'?")
        self.check("postgresql://u:s3cr3t@127.0.0.1:1/d?sslmode=banana", 2, "", "sslmode is disable, allow, prefer")
        self.check("sqlite:////nowhere/at/all.db", 1, "")
        self.check("sqlite://host/x.db", 2, "")
        self.check("sqlite:///" + self.folder, 1, "")


@unittest.skipUnless(harness.POSTGRES_URL and harness.psycopg2, "CUPEL_TEST_POSTGRES_URL is not set")
class OnTheServer(Case):
    database_class = Postgres

    def setUp(self):
        super().setUp()
        self.project()
        self.chain(1)

    def other(self, user=None, password=None, database=None):
        place = self.db.url.split("@", 1)[1].split("/")
        login = user or "cupel"
        if password:
            login += ":" + password
        return f"postgresql://{login}@{place[0]}/{database or place[1]}"

    def test_wrong_password(self):
        for arguments in ("upgrade head", "current", "--json current", "history -i", "repair"):
            result = self.run_cupel("--url", self.other("cupel_password", "wr0ng-w0rd"), *arguments.split())
            self.assertEqual(result.code, 1)
            self.assertIn("as user 'cupel_password': wrong password", result.err)
            self.assertIn("\n  hint: ", result.err)
            self.assertNotIn("wr0ng-w0rd", result.err + result.out)

    def test_no_password(self):
        result = self.run_cupel("--url", self.other("cupel_password"), "current")
        self.assert_one_error(result)
        self.assertIn("password", result.err)

    def test_right_password_is_never_printed(self):
        harness.with_server(f"GRANT ALL ON DATABASE {self.db.database} TO cupel_password")
        self.db.query("GRANT ALL ON SCHEMA public TO cupel_password")
        url = self.other("cupel_password", "secret")
        for driver in ("postgresql", "postgresql+psycopg", "postgres", "postgresql+asyncpg"):
            self.cupel("--url", url.replace("postgresql", driver, 1), "current")
        self.write("cupel.toml", f'[database]\nurl = "{url}"\n')
        self.revision("bad", "r1", "SELECT nonsense;")
        for arguments in ("upgrade r1", "upgrade head", "current -v", "--json current", "history -v", "--json history", "repair",
                          "stamp head", "downgrade base", "upgrade head --sql", "show head", "--json upgrade head", "--url nope current"):
            result = self.run_cupel(*arguments.split())
            self.assertNotIn("secret", result.out + result.err, arguments)
        self.assertIn("cupel_password:***@", self.cupel("current", "-v"))
        for (value,) in self.db.query("SELECT applied_by FROM cupel_history"):
            self.assertNotIn("secret", value)

    def test_no_such_database(self):
        result = self.run_cupel("--url", self.other(database="nope_nope"), "upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("database 'nope_nope'", result.err)
        self.assertIn("there is no such database", result.err)
        self.assertIn("\n  hint: ", result.err)

    def test_no_such_user(self):
        result = self.run_cupel("--url", self.other("nobody_at_all"), "upgrade", "head")
        self.assert_one_error(result)
        self.assertIn('role "nobody_at_all" does not exist', result.err)

    def test_no_right_to_connect(self):
        self.db.query(f'REVOKE CONNECT ON DATABASE "{self.other().rsplit("/", 1)[1]}" FROM PUBLIC')
        result = self.run_cupel("--url", self.other("cupel_password", "secret"), "upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("permission denied for database", result.err)
        self.assertIn("GRANT CONNECT ON DATABASE", result.err)

    def test_no_schema_to_create_in(self):
        result = self.run_cupel("--url", self.other() + "?options=-csearch_path%3Dnope", "upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("no schema has been selected to create in", result.err)
        self.assertIn("or correct search_path", result.err)
        result = self.run_cupel("--url", self.other() + "?options=-cnope%3D1", "current")
        self.assert_one_error(result)
        self.assertIn('unrecognized configuration parameter "nope"', result.err)
        self.assertIn("correct the server's settings in the URL", result.err)

    def test_no_permission(self):
        """A role that may look but not create."""
        self.db.query("REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO cupel_password")
        url = self.other("cupel_password", "secret")
        result = self.run_cupel("--url", url, "upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("permission denied for schema public", result.err)
        self.assertIn("\n  hint: ", result.err)
        self.assertEqual(self.db.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"), [])
        self.cupel("upgrade", "head")
        result = self.run_cupel("--url", url, "current")
        self.assert_one_error(result)
        self.assertIn("permission denied for table alembic_version", result.err)

    def test_the_direct_url_is_used_and_not_the_pooler(self):
        env = {"DATABASE_URL": "postgresql://cupel@127.0.0.1:1/pooler", "DATABASE_URL_DIRECT": self.db.url}
        self.cupel("upgrade", "head", env=env)
        self.assertEqual(self.db.tables(), ["t_r1"])

    def test_the_pooler_alone_is_safe_too(self):
        pooler = os.environ.get("CUPEL_TEST_PGBOUNCER_URL")
        if not pooler:
            self.skipTest("CUPEL_TEST_PGBOUNCER_URL is not set")
        self.cupel("upgrade", "head", env={"DATABASE_URL": pooler.rsplit("/", 1)[0] + "/" + self.db.database})
        self.assertEqual(self.db.tables(), ["t_r1"])


if __name__ == "__main__":
    unittest.main()
