# SPDX-License-Identifier: MIT
"""revision --autogenerate and check: the stories of a chat application, of tables that belong to others, of a source that
was left out of the configuration."""
import os
import re
import unittest

from harness import Case, on_both_databases, postgres_only, sqlite_only
from models import ModelCase

CHAT = """
    CREATE TABLE chat_session (id INTEGER PRIMARY KEY, title VARCHAR(100));
    CREATE TABLE chat_message (
        id INTEGER PRIMARY KEY,
        session_id INTEGER NOT NULL REFERENCES chat_session (id),
        body TEXT NOT NULL
    );
    CREATE TABLE llm_setting (
        id INTEGER PRIMARY KEY,
        provider VARCHAR(50) NOT NULL,
        model_name VARCHAR(100) NOT NULL,
        api_key VARCHAR(200)
    );
    CREATE INDEX ix_llm_setting_provider ON llm_setting (provider);
    """


@on_both_databases
class ChatApp(ModelCase):
    def start(self, schema=CHAT):
        self.models(schema)
        self.generate("create tables")
        self.cupel("upgrade", "head")
        self.assert_clean()

    def change(self, old, new):
        """In schema.sql."""
        text = self.read("schema.sql")
        self.assertIn(old, text)
        self.write("schema.sql", text.replace(old, new))

    def round_trip(self):
        """upgrade; check is clean; downgrade gives what was there; upgrade again."""
        before = self.structure()
        self.cupel("upgrade", "head")
        self.assert_clean()
        self.cupel("downgrade", "-1")
        self.assertEqual(self.structure(), before)
        self.cupel("upgrade", "head")
        self.assert_clean()

    def test_from_nothing(self):
        self.models(CHAT)
        result = self.run_cupel("check")
        self.assertEqual(result.code, 3, result.err)
        self.assertIn("Detected added table 'chat_message'\n", result.out)
        text = self.generate("create tables")
        self.assertRegex(text, r"-- declared in schema\.sql: ")
        self.assertLess(text.index("CREATE TABLE chat_session"), text.index("CREATE TABLE chat_message"))
        self.round_trip()
        self.assertEqual(self.db.tables(), ["chat_message", "chat_session", "llm_setting"])

    def test_findings_are_told_as_alembic_tells_them(self):
        self.models(CHAT)
        result = self.run_cupel("revision", "--autogenerate", "-m", "create tables")
        lines = result.err.split("\n")
        for line in ("Detected added table 'chat_session'", "Detected added table 'chat_message'",
                     "Detected added table 'llm_setting'"):
            self.assertIn(line, lines)
        self.assertRegex(result.out, r"\AGenerating migrations/versions/\d{8}_create_tables\.sql \.\.\.  done\n\Z")

    def test_add_a_column_with_a_default(self):
        self.start()
        self.db.script("INSERT INTO llm_setting (id, provider, model_name) VALUES (1, 'openai', 'gpt')")
        self.change("api_key VARCHAR(200)", "api_key VARCHAR(200),\n        timeout INTEGER NOT NULL DEFAULT 30")
        result = self.run_cupel("revision", "--autogenerate", "-m", "add timeout to llm_setting")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Detected added column 'llm_setting.timeout'", result.err)
        self.round_trip()
        self.assertEqual(self.db.query("SELECT id, timeout FROM llm_setting"), [(1, 30)])

    def test_add_a_column_that_must_not_be_null(self):
        self.start()
        self.db.script("INSERT INTO llm_setting (id, provider, model_name) VALUES (1, 'openai', 'gpt'), (2, 'x', 'y')")
        self.change("api_key VARCHAR(200)", "api_key VARCHAR(200),\n        region VARCHAR(20) NOT NULL")
        before = self.versions()
        result = self.run_cupel("revision", "--autogenerate", "-m", "add region")
        self.assertEqual(result.code, 3, result.err)
        self.assertIn("column 'llm_setting.region' is new and NOT NULL", result.err)
        self.assertIn("--fill llm_setting.region=", result.err)
        self.assertEqual(self.versions(), before)
        text = self.generate("add region", "--fill", "llm_setting.region=lower(provider)")
        add, fill = text.index("ADD COLUMN region"), text.index("SET region = lower(provider)")
        self.assertLess(add, fill)
        self.round_trip()
        self.assertEqual(self.db.query("SELECT id, region FROM llm_setting ORDER BY id"), [(1, "openai"), (2, "x")])
        with self.assertRaises(Exception):
            self.db.script("INSERT INTO llm_setting (id, provider, model_name) VALUES (3, 'a', 'b')")

    def test_a_fill_that_nobody_needs_is_refused(self):
        self.start()
        self.change("api_key VARCHAR(200)", "api_key VARCHAR(200),\n        region VARCHAR(20)")
        self.refuses(["revision", "--autogenerate", "-m", "x", "--fill", "llm_setting.regin='a'"], 2,
                     "--fill llm_setting.regin: no value is needed there")
        self.refuses(["revision", "--autogenerate", "-m", "x", "--fill", "region"], 2,
                     "--fill needs table.column=EXPRESSION, got 'region'")

    def test_null_becomes_not_null(self):
        self.start()
        self.db.script("INSERT INTO chat_session (id, title) VALUES (1, NULL), (2, 'two')")
        self.change("title VARCHAR(100)", "title VARCHAR(100) NOT NULL")
        result = self.run_cupel("revision", "--autogenerate", "-m", "titles")
        self.assertEqual(result.code, 3, result.err)
        self.assertIn("--fill chat_session.title=", result.err)
        text = self.generate("titles", "--fill", "chat_session.title='untitled'")
        self.assertIn("UPDATE chat_session SET title = 'untitled' WHERE title IS NULL", text)
        self.round_trip()
        self.assertEqual(self.db.query("SELECT title FROM chat_session ORDER BY id"), [("untitled",), ("two",)])

    def test_null_becomes_not_null_with_a_default_in_the_model(self):
        self.start()
        self.db.script("INSERT INTO chat_session (id, title) VALUES (1, NULL)")
        self.change("title VARCHAR(100)", "title VARCHAR(100) DEFAULT 'none' NOT NULL")
        self.generate("titles")
        self.round_trip()
        self.assertEqual(self.db.query("SELECT title FROM chat_session"), [("none",)])

    def test_rename_a_column(self):
        self.start()
        self.db.script("INSERT INTO chat_session (id, title) VALUES (1, 'kept')")
        self.change("title VARCHAR(100)", "subject VARCHAR(100)")
        self.generate("call it subject", "--rename", "chat_session.title=chat_session.subject")
        self.round_trip()
        self.assertEqual(self.db.query("SELECT subject FROM chat_session"), [("kept",)])

    def test_rename_a_table(self):
        self.start()
        self.db.script("INSERT INTO llm_setting (id, provider, model_name) VALUES (1, 'openai', 'gpt')")
        self.write("schema.sql", self.read("schema.sql").replace("llm_setting", "model_setting"))
        self.generate("call it model_setting", "--rename", "llm_setting=model_setting")
        self.round_trip()
        self.assertEqual(self.db.query("SELECT provider FROM model_setting"), [("openai",)])

    def test_a_doubtful_rename_stops(self):
        self.start()
        self.change("api_key VARCHAR(200)", "token VARCHAR(200), secret VARCHAR(200)")
        before = self.versions()
        result = self.run_cupel("revision", "--autogenerate", "-m", "tokens")
        self.assertEqual(result.code, 3, result.err)
        self.assertIn("--rename llm_setting.api_key=llm_setting.", result.err)
        self.assertIn("--no-rename llm_setting.api_key=llm_setting.", result.err)
        self.assertEqual(self.versions(), before)
        text = self.generate("tokens", "--no-rename")
        self.assertIn("DESTROYS DATA: column 'llm_setting.api_key'", text)
        os.remove(self.path(self.newest()))
        self.generate("tokens", "--rename", "llm_setting.api_key=token")
        self.round_trip()

    def test_a_rename_of_what_is_not_there(self):
        self.start()
        self.change("title VARCHAR(100)", "subject VARCHAR(100)")
        for pair in ("chat_session.nope=chat_session.subject", "nope=chat_session", "a=b=c", "=x"):
            result = self.run_cupel("revision", "--autogenerate", "-m", "x", "--rename", pair)
            self.assert_one_error(result, 2)

    def test_type_change_and_drop(self):
        self.start()
        self.db.script("INSERT INTO chat_session (id, title) VALUES (1, 'kept'); "
                       "INSERT INTO chat_message (id, session_id, body) VALUES (1, 1, 'hello')")
        self.change("title VARCHAR(100)", "title VARCHAR(200)")
        self.generate("longer titles")
        self.round_trip()
        self.change("title VARCHAR(200)", "title VARCHAR(10)")
        text = self.generate("shorter titles")
        if self.db.name == "postgresql":  # SQLite keeps longer values
            self.assertIn("DESTROYS DATA: values of 'chat_session.title'", text)
            self.assertIn("WHERE length(title) > 10", text)
        self.cupel("upgrade", "head", *self.allowing())
        self.change("body TEXT NOT NULL", "")
        self.write("schema.sql", re.sub(r",\s*\)", ")", self.read("schema.sql")))
        result = self.run_cupel("revision", "--autogenerate", "-m", "no body")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("Detected removed column 'chat_message.body', which destroys data", result.err)
        self.cupel("upgrade", "head", *self.allowing())
        self.assert_clean()
        self.cupel("downgrade", "-1")
        self.assertEqual(self.db.query("SELECT id, body FROM chat_message"), [(1, "")])

    def test_unique_on_rows_that_are_there(self):
        self.start()
        self.change("provider VARCHAR(50) NOT NULL", "provider VARCHAR(50) NOT NULL UNIQUE")
        text = self.generate("one setting for each provider")
        self.assertIn("SELECT provider, count(*) FROM llm_setting GROUP BY provider HAVING count(*) > 1;", text)
        self.round_trip()

    def test_foreign_key_on_rows_that_are_there(self):
        self.start()
        self.change("api_key VARCHAR(200)", "api_key VARCHAR(200), session_id INTEGER")
        self.generate("sessions")
        self.cupel("upgrade", "head")
        self.change("session_id INTEGER\n", "session_id INTEGER REFERENCES chat_session (id)\n")
        text = self.generate("sessions of settings")
        self.assertIn("NOT EXISTS (SELECT 1 FROM chat_session b WHERE b.id = a.session_id)", text)
        self.round_trip()

    def test_an_empty_difference_writes_nothing(self):
        self.start()
        before = self.versions()
        result = self.run_cupel("revision", "--autogenerate", "-m", "nothing")
        self.assertEqual(result.code, 0)
        self.assertEqual(result.out, "")
        self.assertIn("Nothing differs; no revision was written (--allow-empty writes one).", result.err)
        self.assertEqual(self.versions(), before)
        self.cupel("revision", "--autogenerate", "-m", "nothing at all", "--allow-empty")
        self.assertEqual(len(self.versions()), len(before) + 1)

    def test_a_database_that_is_behind(self):
        self.models(CHAT)
        self.generate("create tables")
        for command in (["check"], ["revision", "--autogenerate", "-m", "x"]):
            result = self.run_cupel(*command)
            self.assert_one_error(result, 1)
            self.assertIn("error: Target database is not up to date.\n", result.err)
            self.assertIn("cupel upgrade heads", result.err)

    def test_no_models(self):
        self.project()
        for command in (["check"], ["revision", "--autogenerate", "-m", "x"], ["create"]):
            self.refuses(command, 2, "nothing says what the schema shall be")

    def test_json(self):
        self.models(CHAT)
        report = self.json("revision", "--autogenerate", "-m", "create tables")
        self.assertEqual([d["message"] for d in report["differences"]][0], "Detected added table 'chat_message'")
        self.assertTrue(os.path.exists(self.path(report["path"])))
        self.cupel("upgrade", "head")
        self.assertEqual(self.json("check"), {"clean": True, "differences": [], "questions": [], "unmanaged": []})
        self.db.script("CREATE TABLE checkpoints (id INTEGER)")
        self.change("title VARCHAR(100)", "title VARCHAR(100), pinned BOOLEAN NOT NULL")
        result = self.run_cupel("--json", "check")
        self.assertEqual(result.code, 3)
        report = self.parse_json(result.out)
        self.assertEqual(report["clean"], False)
        self.assertEqual(report["differences"][0]["part"], "column 'pinned'")
        self.assertEqual(report["unmanaged"][0]["product"], "LangGraph")
        result = self.run_cupel("--json", "revision", "--autogenerate", "-m", "pin")
        self.assertEqual(result.code, 3)
        report = self.parse_json(result.out)
        self.assertIsNone(report["path"])
        self.assertEqual(report["questions"][0]["flags"], ["--fill chat_session.pinned="])

    def test_answers_on_a_terminal(self):
        self.start()
        self.change("api_key VARCHAR(200)", "token VARCHAR(200), secret VARCHAR(200),\n region VARCHAR(20) NOT NULL")
        code, said = self.on_terminal(["revision", "--autogenerate", "-m", "tokens"], ["n", "n", "'eu'"])
        self.assertEqual(code, 0, said)
        self.assertIn("SET region = 'eu'", self.read(self.newest()))

    def test_hooks(self):
        self.models(CHAT, more='[post_write_hooks]\nprograms = ["sed -i s/chat_session/chats/g {file}", "touch hooked"]\n')
        text = self.generate("create tables")
        self.assertIn("CREATE TABLE chats", text)
        self.assertTrue(os.path.exists(self.path("hooked")))
        self.models(CHAT, more='[post_write_hooks]\nprograms = ["ls --no-such-option"]\n')
        result = self.run_cupel("revision", "-m", "another one")
        self.assertEqual(result.code, 1)
        self.assertIn("the post write hook 'ls --no-such-option' failed with exit code 2", result.err)
        self.assertIn("unrecognized option", result.err)

    @postgres_only
    def test_concurrent_indexes(self):
        self.start()
        with open(self.path("cupel.toml"), "a") as file:
            file.write("[autogenerate]\nconcurrent_indexes = true\n")
        self.write("schema.sql", self.read("schema.sql") + "CREATE INDEX ix_title ON chat_session (title);\n")
        self.assertIn("CREATE INDEX CONCURRENTLY ix_title", self.generate("index titles"))
        self.round_trip()


@on_both_databases
class TablesOfOthers(ModelCase):
    FOREIGN = """
        CREATE TABLE checkpoints (thread_id VARCHAR(50) PRIMARY KEY, data TEXT);
        CREATE TABLE checkpoint_blobs (id INTEGER PRIMARY KEY);
        CREATE TABLE billing_invoice (id INTEGER PRIMARY KEY);
        CREATE VIEW billing_view AS SELECT id FROM billing_invoice;
        INSERT INTO checkpoints VALUES ('a', 'b');
        """

    def test_they_survive_everything(self):
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY);")
        self.db.script(self.FOREIGN)
        text = self.generate("create users")
        self.cupel("upgrade", "head")
        for name in ("checkpoint", "billing"):
            self.assertNotIn(name, text)
        result = self.run_cupel("check")
        self.assertEqual((result.code, result.out), (0, "No new upgrade operations detected.\n"))
        self.assertIn("Unmanaged, left alone: table 'checkpoints' (LangGraph)\n", result.err)
        self.assertIn("Unmanaged, left alone: table 'billing_invoice'\n", result.err)
        self.write("schema.sql", "CREATE TABLE people (id INTEGER PRIMARY KEY);")
        self.assertNotIn("checkpoint", self.generate("people", "--no-rename"))
        self.cupel("auto", "--yes", *self.allowing())
        self.cupel("create", "--drop", "--yes")
        self.cupel("downgrade", "base")
        self.assertEqual(self.db.query("SELECT * FROM checkpoints"), [("a", "b")])
        self.assertEqual(self.db.tables(), ["billing_invoice", "checkpoint_blobs", "checkpoints"])

    def test_one_that_took_the_name_of_a_dropped_table(self):
        """Made by a revision, dropped by a revision, made again by somebody else: theirs."""
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY);")
        self.revision("r1", "", "CREATE TABLE checkpoints (id INTEGER);", "DROP TABLE checkpoints;")
        self.revision("r2", "r1", "DROP TABLE checkpoints; CREATE TABLE users (id INTEGER PRIMARY KEY);", "DROP TABLE users;")
        self.cupel("upgrade", "head", *self.allowing())
        self.db.script(self.FOREIGN)
        self.assert_clean()

    def test_excluded(self):
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY);",
                    more='[autogenerate]\nexclude_tables = ["billing_*"]\nexclude_presets = ["langgraph"]\n')
        self.db.script(self.FOREIGN)
        self.assertNotIn("Unmanaged", self.run_cupel("check").err)
        self.models("", more='[autogenerate]\nexclude_presets = ["langgraf"]\n')
        self.refuses(["check"], 2, "unknown preset 'langgraf'", "did you mean 'langgraph'?")

    @postgres_only
    def test_excluded_schemas(self):
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE SCHEMA reporting; CREATE TABLE reporting.sums (id INTEGER PRIMARY KEY);",
                    more='[autogenerate]\nexclude_schemas = ["report*"]\n')
        self.addCleanup(self.db.script, "DROP SCHEMA reporting CASCADE")
        self.db.script("CREATE SCHEMA reporting; CREATE TABLE reporting.theirs (id INTEGER)")
        self.assertNotIn("reporting", self.generate("create users"))
        self.cupel("upgrade", "head")
        self.assert_clean()

    def test_excluded_tables_are_not_looked_at_on_either_side(self):
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE legacy_a (id INTEGER, x INTEGER);",
                    more='[autogenerate]\nexclude_tables = ["legacy_*"]\n')
        self.db.script("CREATE TABLE legacy_a (id INTEGER); CREATE TABLE legacy_b (id INTEGER)")
        self.assertNotIn("legacy", self.generate("create users"))
        self.assertNotIn("legacy", self.cupel("status"))

    @postgres_only
    def test_an_excluded_schema_is_not_made(self):
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE SCHEMA reporting; CREATE TABLE reporting.sums (id INTEGER);",
                    more='[autogenerate]\nexclude_schemas = ["report*"]\n')
        self.assertNotIn("reporting", self.generate("create users"))

    @postgres_only
    def test_another_schema_of_the_database(self):
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY);")
        self.db.script("CREATE SCHEMA theirs; CREATE TABLE theirs.users (id INTEGER)")
        self.addCleanup(self.db.script, "DROP SCHEMA theirs CASCADE")
        self.generate("create users")
        self.cupel("upgrade", "head")
        self.assert_clean()

    @postgres_only
    def test_public_where_another_schema_is_the_default_one(self):
        self.db.script(f"CREATE SCHEMA mine; ALTER DATABASE {self.db.database} SET search_path = mine, public; "
                       "CREATE TABLE public.users (other INTEGER)")
        self.addCleanup(self.db.script, f"ALTER DATABASE {self.db.database} RESET search_path; DROP SCHEMA mine CASCADE")
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY);")
        self.assertNotIn("other", self.generate("create users"))
        self.cupel("upgrade", "head")
        self.assert_clean()
        self.models("CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE public.shared (id INTEGER);")
        self.refused("check", 1, """\
            error: schema.sql:1: table 'public.shared': schema 'public' is taken for the default one, which is 'mine' in this database
              hint: leave what is in 'public' to another project, or make 'public' the default schema (the first of search_path)
            """)


@on_both_databases
class ForgottenSource(ModelCase):
    """The roadmap application: users in one place, all other tables in another; one is left out of the configuration."""

    def start(self):
        self.project('[schema]\nsql = ["schema/users.sql", "schema/app.sql"]\n')
        self.write("schema/users.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(100) NOT NULL);\n")
        self.write("schema/app.sql", """
            CREATE TABLE roadmap (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id));
            CREATE TABLE step (id INTEGER PRIMARY KEY, roadmap_id INTEGER NOT NULL REFERENCES roadmap (id));
            """)
        self.generate("create tables")
        self.cupel("upgrade", "head")
        self.db.script("CREATE TABLE checkpoints (id INTEGER); "
                       "INSERT INTO users VALUES (1, 'ann@example.com'); INSERT INTO roadmap VALUES (1, 1)")

    def test_it_is_loud_and_says_where_it_was(self):
        self.start()
        self.write("cupel.toml", self.read("cupel.toml").replace('"schema/app.sql"', "").replace(", ]", "]"))
        result = self.run_cupel("revision", "--autogenerate", "-m", "oops")
        self.assertEqual(result.code, 0, result.err)
        self.assertIn("warning: Detected removed table 'roadmap', which destroys data\n", result.err)
        self.assertIn("it was declared in schema/app.sql, which is no source any more; "
                      'add it to [schema]: sql = ["schema/app.sql"]', result.err)
        text = self.read(self.newest())
        self.assertIn("-- DESTROYS DATA: table 'roadmap' with all its rows.", text)
        self.assertIn("schema/app.sql", text)
        self.assertNotIn("checkpoints", text)
        result = self.run_cupel("upgrade", "head")
        self.assertNotEqual(result.code, 0, "dropping tables needs a yes")
        self.assertEqual(self.db.query("SELECT id FROM roadmap"), [(1,)])

    def test_a_file_that_was_moved(self):
        self.start()
        os.rename(self.path("schema/app.sql"), self.path("schema/roadmap.sql"))
        self.write("cupel.toml", self.read("cupel.toml").replace(', "schema/app.sql"', ""))
        result = self.run_cupel("check")
        self.assertEqual(result.code, 3, result.err)
        self.assertIn("it was declared in schema/app.sql, which is gone: was it moved or renamed?; "
                      "schema/roadmap.sql declares it and is no source", result.out)

    def test_a_table_that_was_taken_out_on_purpose(self):
        self.start()
        self.write("schema/app.sql", "CREATE TABLE roadmap (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL "
                                     "REFERENCES users (id));\n")
        result = self.run_cupel("revision", "--autogenerate", "-m", "drop steps")
        self.assertIn("it was declared in schema/app.sql, which does not have it any more", result.err)
        before = self.structure()
        self.cupel("upgrade", "head", *self.allowing())
        self.assert_clean()
        self.cupel("downgrade", "-1")
        self.assertEqual(self.structure(), before)


if __name__ == "__main__":
    unittest.main()
