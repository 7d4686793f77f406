# SPDX-License-Identifier: MIT
"""What people get wrong in files: revisions, configuration, encodings. One message with place and hint; nothing changes."""
import os
import subprocess
import unittest

import harness
from harness import Case, on_both_databases, postgres_only, sqlite_only

HEAD = "-- revision: bad1\n-- down_revision: r1\n-- message: bad\n"


@on_both_databases
class Scripts(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.chain(1)
        self.cupel("upgrade", "head")
        self.before = self.db.dump()

    def tearDown(self):
        self.assertEqual(self.db.dump(), self.before)

    def bad(self, text):
        return self.write("migrations/versions/bad.sql", text if isinstance(text, bytes) else text.encode())

    def upgrade_is_refused(self, message):
        return self.refused("upgrade head", 1, message)

    def test_an_error_in_sql_has_its_place(self):
        self.bad(HEAD + "\n-- cupel: upgrade\nCREATE TABLE fine (id INTEGER);\n\n-- note\nCREATE TABEL t2 (\n  id INTEGER);\nSELECT 1;\n")
        message = 'near "TABEL": syntax error' if self.db.name == "sqlite" else 'syntax error at or near "TABEL"'
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn(f"error: migrations/versions/bad.sql:9: {message}", result.err)
        self.assertIn("CREATE TABEL t2 (", result.err)

    def test_the_line_is_that_of_the_slip(self):
        self.bad(HEAD + "\n-- cupel: upgrade\n-- a note\n\nCREATE TABLE t2 (\n  id INTEGER,\n  x INTEGER,,\n  y INTEGER\n);\n")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("error: migrations/versions/bad.sql:10: ", result.err)

    def test_an_error_in_the_middle_of_several_revisions(self):
        """On SQLite the run is one transaction; on PostgreSQL each revision is."""
        self.table_revision("r2", "r1")
        self.revision("r3", "r2", "CREATE TABLE half (id INTEGER);\nINSERT INTO nowhere VALUES (1);")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("error: migrations/versions/r3.sql:8: ", result.err)
        at = "r1" if self.db.name == "sqlite" else "r2"
        self.assertIn(f"\n  note: rolled back; the database is at '{at}'\n", result.err)
        self.assertNotIn("half", self.db.tables())
        if self.db.name == "postgresql":
            self.assertEqual(self.current(), ["r2"])
            self.cupel("downgrade", "-1")
        self.assertEqual(self.current(), ["r1"])

    def test_a_slip_in_a_later_file_changes_nothing(self):
        """All files of a run are read before the first one runs."""
        self.table_revision("r2", "r1")
        self.table_revision("r3", "r2")
        self.bad(HEAD.replace("r1", "r3") + "\n-- cupel: upgrade\nSELECT 1;\n-- cupel: downgrad\n")
        self.upgrade_is_refused("""
            error: migrations/versions/bad.sql:7:11: unknown directive 'downgrad'
                -- cupel: downgrad
                          ^
              hint: did you mean 'downgrade'?
            """)
        self.assertEqual((self.db.tables(), self.current()), (["t_r1"], ["r1"]))
        self.cupel("upgrade", "r3")
        self.cupel("downgrade", "r1")

    def test_no_upgrade_section(self):
        self.bad(HEAD + "\n-- cupel: downgrade\nSELECT 1;\n")
        self.upgrade_is_refused("""
            error: migrations/versions/bad.sql: no section for upgrade
              hint: write '-- cupel: upgrade' above the statements
            """)

    def test_no_section_at_all(self):
        self.bad(HEAD + "\nCREATE TABLE t (id INTEGER);\n")
        self.upgrade_is_refused("""
            error: migrations/versions/bad.sql:5:1: SQL outside of the sections
                CREATE TABLE t (id INTEGER);
                ^
              hint: write '-- cupel: upgrade' above it
            """)

    def test_no_downgrade_section(self):
        self.bad(HEAD + "\n-- cupel: upgrade\nSELECT 1;\n")
        self.cupel("upgrade", "head")
        self.refused("downgrade -1", 1, f"""
            error: migrations/versions/bad.sql: revision 'bad1' has no downgrade section for {self.db.name}
              hint: it cannot be undone; restore a backup, or write a section: -- cupel: downgrade
            """)
        self.assertEqual(self.current(), ["bad1 (head)"])
        self.cupel("stamp", "r1")

    def test_a_section_for_another_database_only(self):
        other = "postgresql" if self.db.name == "sqlite" else "sqlite"
        self.bad(HEAD + f"\n-- cupel: upgrade {other}\nSELECT 1;\n")
        self.upgrade_is_refused(f"""
            error: migrations/versions/bad.sql: revision 'bad1' has no upgrade section for {self.db.name}
              hint: add a section: -- cupel: upgrade
            """)

    def test_an_unknown_directive(self):
        self.bad(HEAD + "\n-- cupel: upgrade\nSELECT 1;\n-- cupel: downgrad\nSELECT 1;\n")
        self.upgrade_is_refused("""
            error: migrations/versions/bad.sql:7:11: unknown directive 'downgrad'
                -- cupel: downgrad
                          ^
              hint: did you mean 'downgrade'?
            """)

    def test_an_unknown_database(self):
        self.bad(HEAD + "\n-- cupel: upgrade postgrse\nSELECT 1;\n")
        self.upgrade_is_refused("""
            error: migrations/versions/bad.sql:5:11: a section for an unknown database 'postgrse'
                -- cupel: upgrade postgrse
                          ^
              hint: did you mean 'postgres'?
            """)

    def test_no_header(self):
        self.bad("CREATE TABLE t (id INTEGER);\n")
        for command in ("upgrade head", "downgrade base", "stamp head", "merge heads -m x", "repair --accept"):
            self.refused(command, 1, """
                error: migrations/versions/bad.sql:1:1: no header: expected '-- revision: ...' in the first lines
                    CREATE TABLE t (id INTEGER);
                    ^
                  hint: write '-- revision: ' and the id in the first line
                """)

    def test_a_wrong_header_does_not_stop_who_only_looks(self):
        self.cupel("upgrade", "head")
        self.bad("CREATE TABLE t (id INTEGER);\n")
        expected = {"heads": "r1 (head)\n", "current": "r1 (head)\n", "history": "<base> -> r1 (head), step 1\n"}
        for command, out in expected.items():
            result = self.run_cupel(command)
            self.assertEqual((result.code, result.out), (0, out))
            self.assertEqual(result.err,
                             "warning: migrations/versions/bad.sql:1:1: no header: expected '-- revision: ...' in the first lines\n"
                             "  hint: write '-- revision: ' and the id in the first line\n")
        self.cupel("show", "head")

    def test_an_empty_file(self):
        self.bad("")
        self.refused("upgrade head", 1, """
            error: migrations/versions/bad.sql:1:1: no header: expected '-- revision: ...' in the first lines
              hint: write '-- revision: ' and the id in the first line
            """)

    def test_a_misspelt_key(self):
        self.bad(HEAD.replace("down_revision", "down_revison") + "\n-- cupel: upgrade\nSELECT 1;\n")
        self.refused("upgrade head", 1, """
            error: migrations/versions/bad.sql:2:4: unknown key 'down_revison' in the header
                -- down_revison: r1
                   ^
              hint: did you mean 'down_revision'?
            """)

    def test_own_transactions(self):
        self.bad(HEAD + "\n-- cupel: upgrade\nBEGIN;\nSELECT 1;\nCOMMIT;\n")
        self.upgrade_is_refused("""
            error: migrations/versions/bad.sql:6:1: a revision must not begin or end transactions: 'BEGIN'
              hint: leave it out, since cupel runs each revision in a transaction; for a statement that must be outside of it write -- cupel: no transaction before it
            """)

    def test_open_quotes(self):
        self.bad(HEAD + "\n-- cupel: upgrade\nSELECT 1;\nSELECT 'no end;\n\n-- cupel: downgrade\nSELECT 1;\n")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("error: migrations/versions/bad.sql:7", result.err)

    @postgres_only
    def test_copy_from_stdin(self):
        self.bad(HEAD + "\n-- cupel: upgrade\nCOPY t_r1 FROM stdin;\n1\n2\n\\.\n\n-- cupel: downgrade\nSELECT 1;\n")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("error: migrations/versions/bad.sql:6", result.err)
        self.assertIn("\n  hint: ", result.err)

    def test_latin_1(self):
        self.bad((HEAD + "\n-- cupel: upgrade\nSELECT 'Größe';\n").encode("latin-1"))
        self.upgrade_is_refused("""
            error: migrations/versions/bad.sql:6:11: not UTF-8: byte 0xF6 at offset 84, as in Latin-1
              hint: save the file as UTF-8
            """)
        self.bad((HEAD.replace("message: bad", "message: Größe") + "\n-- cupel: upgrade\nSELECT 1;\n").encode("latin-1"))
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("not UTF-8", result.err)

    def test_utf_16(self):
        self.bad((HEAD + "\n-- cupel: upgrade\nSELECT 1;\n").encode("utf-16"))
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("not UTF-8: byte 0xFF at offset 0, as in UTF-16", result.err)

    def test_byte_order_mark_and_carriage_returns(self):
        text = HEAD + "\n-- cupel: upgrade\nINSERT INTO t_r1 VALUES (1);\n\n-- cupel: downgrade\nDELETE FROM t_r1;\n"
        for data in (b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()):
            self.bad(data)
            self.cupel("upgrade", "head")
            self.assertEqual(self.db.query("SELECT * FROM t_r1"), [(1,)])
            self.cupel("downgrade", "-1")
        # The same text in another form of line ends is no edit.
        self.cupel("upgrade", "head")
        self.bad(text)
        self.assertEqual(self.run_cupel("repair").code, 0)
        self.cupel("downgrade", "-1")

    def test_odd_names(self):
        names = ["select", "two words", "it's", 'quo"te', "Größe", "増やす", "semi;colon", "-- cupel: downgrade", "%s ? $1 :x", "UPPER"]
        quoted = ['"' + name.replace('"', '""') + '"' for name in names]
        up = "\n".join(f"CREATE TABLE {name} ({name} INTEGER);\nINSERT INTO {name} VALUES (1);" for name in quoted)
        undo = "\n".join(f"DROP TABLE {name};" for name in quoted)
        self.bad(HEAD + f"\n-- cupel: upgrade\n{up}\n\n-- cupel: downgrade\n{undo}\n")
        self.cupel("upgrade", "head")
        self.assertEqual(sorted(set(self.db.tables())), sorted([*names, "t_r1"]))
        self.cupel("downgrade", "-1")

    def test_files_that_are_no_revisions_are_left_alone(self):
        for name in ("README.md", "notes.txt", ".bad.sql.swp", "bad.sql.orig", "bad.sql~", "__init__.py"):
            self.write("migrations/versions/" + name, "nothing")
        self.assertEqual(self.cupel("heads"), "r1 (head)\n")

    def test_an_edited_revision_is_noticed(self):
        path = "migrations/versions/r1.sql"
        text = self.read(path)
        self.write(path, text.replace("id INTEGER", "id  INTEGER -- a note\n "))
        self.assertEqual(self.run_cupel("repair").code, 0)
        self.write(path, text.replace("id INTEGER", "id BIGINT"))
        self.table_revision("r2", "r1")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertRegex(result.err, r"error: migrations/versions/r1\.sql: revision 'r1' was applied at \S+Z, and it was edited since\n"
                                     r"  hint: bring the old text back and write a new revision, or accept the change: cupel repair --accept\n")
        for command in ("current", "history -i", "heads", "show r1"):
            self.cupel(*command.split())
        result = self.run_cupel("--json", "repair")
        self.assertEqual(result.code, 3)
        self.assertEqual([(item["revision"], item["what"]) for item in harness.json.loads(result.out)["changed"]], [("r1", "edited")])
        self.cupel("repair", "--accept")
        self.assertEqual(self.run_cupel("repair").code, 0)
        self.cupel("upgrade", "head")
        self.cupel("downgrade", "-1")


class Configuration(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.chain(1)

    def check(self, toml, message):
        self.write("cupel.toml", toml)
        result = self.refused("current", 1, message)
        self.assertEqual(os.path.exists(self.path("app.db")), False)
        return result

    def test_a_slip_in_the_syntax(self):
        self.write("cupel.toml", '[database]\nurl = "sqlite:///app.db\n')
        result = self.run_cupel("current")
        self.assert_one_error(result)
        self.assertRegex(result.err, r"\Aerror: cupel\.toml:2:\d+: .*\n  hint: see https://toml\.io for the syntax\n\Z")

    def test_a_letter_outside_of_quotes(self):
        for letter in ("é", "ﬦ", "\ufefe", "日"):
            self.check(f'[database]\nurl = "sqlite:///app.db" # ü\n{letter} = 1\n', f"""
                error: cupel.toml:3:1: a letter that must stand in quotes
                    {letter} = 1
                    ^
                  hint: write names and values with such letters as "..."
                """)

    def test_a_url_without_quotes_is_not_shown(self):
        result = self.check('[database]\nurl = postgresql://u:s3cr3t\u00e9@h/d\n', """
            error: cupel.toml:2:28: a letter that must stand in quotes
              hint: write names and values with such letters as "..."
            """)
        self.assertNotIn("s3cr3t", result.err)

    def test_unknown_settings(self):
        self.check('[database]\nurll = "sqlite:///app.db"\n', """
            error: cupel.toml:2:1: unknown setting 'urll' in [database]
              hint: did you mean 'url'?
            """)
        self.check("[databse]\n", """
            error: cupel.toml:1:2: unknown setting 'databse' in [top level]
              hint: did you mean 'database'?
            """)
        self.check("[project]\nxyzzy = 1\n", """
            error: cupel.toml:2:1: unknown setting 'xyzzy' in [project]
              hint: known are 'script_location', 'version_locations', 'recursive_version_locations', 'format', 'file_template'
            """)

    def test_wrong_types(self):
        self.check("[database]\nurl = 5\n", """
            error: cupel.toml:2:7: 'url' must be a text in quotes, got integer
            """)
        self.check('database = "x"\n', """
            error: cupel.toml:1:12: 'database' must be a section: [database]
            """)
        self.check("[project]\nversion_locations = \"x\"\n", """
            error: cupel.toml:2:21: 'version_locations' must be a list of texts, got string
            """)
        self.check('[safety]\nlock_timeout = "soon"\n', """
            error: cupel.toml:2:16: 'lock_timeout' must be a time such as 500ms, 60s or 5m, got 'soon'
              hint: write for instance 60s
            """)
        self.check('[safety]\ntransaction = "never"\n', """
            error: cupel.toml:2:15: transaction must be auto, revision or run, got 'never'
              hint: leave it at auto if you are not sure
            """)

    def test_no_such_file(self):
        self.refused("-c nope.toml current", 2, """
            error: there is no configuration file 'nope.toml'
              hint: make a project with: cupel init migrations
            """)

    def test_no_project(self):
        os.makedirs(self.path("empty"))
        for command in ("upgrade head", "heads", "history"):
            for env in ({"CUPEL_DATABASE_URL": "sqlite:///app.db"}, {}):
                self.refused(command, 2, """
                    error: there is no project here: neither a cupel.toml nor an alembic.ini
                      hint: go to its folder, name its file with -c, or make one: cupel init migrations
                    """, cwd=self.path("empty"), env=env)
        self.assertEqual(os.listdir(self.path("empty")), [])

    def test_wrong_format(self):
        self.write("cupel.toml", '[project]\nformat = "yaml"\n')
        self.refused(["revision", "-m", "add phone"], 2, """
            error: unknown format 'yaml'; expected 'sql', 'cpp' or 'py'
              hint: correct format in the [project] section
            """)

    def test_flags(self):
        for value in ("soon", "-5s", "", "5 parsecs"):
            result = self.run_cupel("--lock-timeout=" + value, "current")
            self.assert_one_error(result, 2)


@unittest.skipUnless(os.geteuid() == 0 and subprocess.run(["which", "runuser"], capture_output=True).returncode == 0,
                     "needs root, who can become nobody")
class NoPermission(Case):
    """As the user nobody, since root may write everything."""

    def setUp(self):
        super().setUp()
        self.project()
        self.chain(2)
        self.cupel("upgrade", "r1")
        os.chmod(self.folder, 0o755)

    def as_nobody(self, *arguments):
        env = harness.environment()
        done = subprocess.run(["runuser", "-u", "nobody", "--", harness.BINARY, *arguments], cwd=self.folder, env=env,
                              capture_output=True, timeout=60)
        if b"Permission denied" in done.stderr and harness.BINARY.encode() in done.stderr:
            self.skipTest("nobody may not run the binary where it is")
        return harness.Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def check(self, arguments, message):
        before = self.db.dump()
        result = self.as_nobody(*arguments)
        self.assert_one_error(result)
        self.assertEqual(self.normal(result.err), message)
        self.assertEqual(self.db.dump(), before)

    def test_a_file_that_cannot_be_written(self):
        result = self.as_nobody("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("app.db", result.err)
        self.assertIn("\n  hint: ", result.err)
        self.assertEqual(self.as_nobody("current").out, "r1\n")

    def test_a_folder_that_cannot_be_written(self):
        """SQLite needs to write its journal beside the file."""
        os.chmod(self.path("app.db"), 0o666)
        before = self.db.dump()
        result = self.as_nobody("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("\n  hint: ", result.err)
        self.assertEqual(self.db.dump(), before)

    def test_a_file_that_cannot_be_read(self):
        os.chmod(self.path("app.db"), 0o600)
        for command in ("current", "upgrade head"):
            result = self.as_nobody(*command.split())
            self.assert_one_error(result)
            self.assertIn("\n  hint: ", result.err)

    def test_a_revision_that_cannot_be_read(self):
        os.chmod(self.path("migrations/versions/r2.sql"), 0o600)
        result = self.as_nobody("upgrade", "head")
        self.assert_one_error(result)
        self.assertEqual(result.err, "error: migrations/versions/r2.sql: cannot read the file: Permission denied\n")

    def test_a_revision_that_cannot_be_written(self):
        result = self.as_nobody("revision", "-m", "add phone")
        self.assert_one_error(result)
        self.assertRegex(result.err, r"\Aerror: migrations/versions/\d+_add_phone\.sql: cannot write the file: Permission denied\n")

    def test_a_folder_that_cannot_be_made(self):
        result = self.as_nobody("-c", "other.toml", "init", "other")
        self.assert_one_error(result)
        self.assertIn("other", result.err)


if __name__ == "__main__":
    unittest.main()
