# SPDX-License-Identifier: MIT
"""cupel lint: ranges, formats, suppressions, configuration, rules about a project. See docs/lint.md.

The rules of each database have tests of their own beside them; what is here holds for all.
"""
import json
import os
import re
import subprocess
import unittest

from harness import Case, on_both_databases, postgres_only, sqlite_only

PROJECT_CODES = re.compile(r"PR|RV00[123]|DV006")
PLAIN = "CREATE TABLE {0} (id BIGINT PRIMARY KEY);"


@on_both_databases
class Lint(Case):
    def setUp(self):
        super().setUp()
        self.project()

    def lint(self, *arguments, code=None, env=None):
        result = self.run_cupel("--json", "lint", *arguments, env=env)
        self.assertIn(result.code, (0, 3), result.out + result.err)
        report = json.loads(result.out)
        self.assertEqual(result.code, 0 if report["clean"] else 3)
        if code is not None:
            self.assertEqual(result.code, code, result.out)
        return report

    def codes(self, report, pattern=PROJECT_CODES):
        return [(f["code"], f["revision"], f["line"]) for f in report["findings"] if pattern.match(f["code"])]

    def linted(self, *arguments):
        return [r["revision"] for r in self.lint(*arguments)["revisions"]]

    def plain(self, id, down="", **more):
        return self.revision(id, down, PLAIN.format("t_" + id), f"DROP TABLE t_{id};", message=f"make table {id}", **more)

    def plain_chain(self, count):
        for i in range(1, count + 1):
            self.plain(f"r{i}", f"r{i - 1}" if i > 1 else "")

    def python_revision(self, id, down, up, undo="op.execute('SELECT 1')", imports="", message=None):
        self.write(f"migrations/versions/{id}.py",
                   f'"""{message or "make table " + id}"""\nfrom alembic import op\nimport sqlalchemy as sa\n{imports}\n'
                   f'revision = "{id}"\ndown_revision = {down!r}\n\n\ndef upgrade():\n    {up}\n\n\ndef downgrade():\n    {undo}\n')

    def git(self, *arguments):
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *arguments], cwd=self.folder, check=True,
                       capture_output=True)

    # --- ranges

    def test_what_is_made_and_rebuilt_in_one_range_is_new(self):
        self.revision("r1", "", "CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT NOT NULL);", "DROP TABLE users;", message="make table users")
        self.revision("r2", "r1", "CREATE TABLE new_users (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE CHECK (name <> ''), born DATE NOT NULL DEFAULT '2000-01-01');\n"
                      "INSERT INTO new_users (id, name) SELECT id, name FROM users;\nDROP TABLE users;\nALTER TABLE new_users RENAME TO users;", "SELECT 1;", message="make names unique")
        found = {f["code"] for f in self.lint("--all")["findings"]}
        self.assertFalse(found & {"BC005", "DD001", "DD003", "BC001"}, found)
        self.cupel("upgrade", "r1")
        self.db.script("INSERT INTO users VALUES (1, 'ann')")
        found = {f["code"] for f in self.lint()["findings"]}
        self.assertLessEqual({"DD001", "DD003"}, found)


    def test_what_the_database_has_not_seen(self):
        self.plain_chain(4)
        self.assertEqual(self.linted(), ["r1", "r2", "r3", "r4"])
        self.cupel("upgrade", "r2")
        self.assertEqual(self.linted(), ["r3", "r4"])
        self.assertEqual(self.linted("--offline"), ["r1", "r2", "r3", "r4"])
        self.cupel("upgrade", "head")
        result = self.run_cupel("lint")
        self.assertEqual((result.code, result.out, result.err), (0, "", "0 revisions linted: nothing found.\n"))

    def test_looking_makes_no_database(self):
        self.plain_chain(1)
        self.lint()
        self.assertEqual(self.db.tables(), [])
        if self.db.name == "sqlite":
            self.assertFalse(self.db.exists())

    def test_named_ranges(self):
        self.plain_chain(5)
        self.assertEqual(self.linted("r3"), ["r3"])
        self.assertEqual(self.linted("r2:r4"), ["r2", "r3", "r4"])
        self.assertEqual(self.linted(":r2"), ["r1", "r2"])
        self.assertEqual(self.linted("head"), ["r5"])
        self.cupel("upgrade", "r4")
        self.assertEqual(self.linted("current:head"), ["r4", "r5"])
        self.assertEqual(self.linted("--all"), ["r1", "r2", "r3", "r4", "r5"])

    def test_the_way_back(self):
        self.revision("r1", "", "CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT);", "DROP TABLE users;", message="make users")
        self.revision("r2", "r1", "ALTER TABLE users ADD COLUMN n BIGINT;", "ALTER TABLE users DROP COLUMN n;\nDELETE FROM users;",
                      message="count users")
        self.cupel("upgrade", "head")
        self.assertEqual(self.codes(self.lint("r2"), re.compile("DV001")), [])
        self.assertEqual(self.codes(self.lint("r2", "--downgrade"), re.compile("DV001")), [("DV001", "r2", 11)])
        self.assertIn("DV001 (downgrade): ", self.run_cupel("lint", "r2", "--downgrade").out)

    def test_wrong_ranges(self):
        self.plain_chain(1)
        self.refused("lint r1 --all", 2, """
            error: a range, --since and --all exclude each other
              hint: leave all but one out""")
        self.refused("lint r9", 1, """
            error: can't locate revision 'r9'
              hint: did you mean 'r1'?""")
        self.refused("lint --server-version new", 2, """
            error: 'new' is no version of the database's server
              hint: write for instance --server-version """ + ("3.40.1" if self.db.name == "sqlite" else "15 or 15.4"))
        self.refused("lint --format xml", 2, """
            error: there is no format 'xml'
              hint: there are text, json, sarif and github""")

    @postgres_only
    def test_a_server_that_is_not_there(self):
        self.plain_chain(2)
        result = self.run_cupel("--url", "postgresql://127.0.0.1:1/nobody", "lint")
        self.assertIn("note: the database cannot be asked, so all revisions are linted: ", result.err)
        self.assertIn("2 revisions linted", result.err)
        result = self.run_cupel("--url", "postgresql://127.0.0.1:1/nobody", "lint", "--with-database")
        self.assertEqual(result.code, 1)

    # --- rows in batches, and the safe form

    def test_an_update_in_batches_is_what_it_asks_for(self):
        self.revision("r1", "", "CREATE TABLE users (id BIGINT PRIMARY KEY, n BIGINT);", "DROP TABLE users;", message="make users")
        rows = re.compile("DV|LK026")
        self.revision("r2", "r1", "UPDATE users SET n = 1;", "SELECT 1;", message="fill the number")
        report = self.lint("r2", "--offline")
        self.assertEqual(self.codes(report, rows), [("DV001", "r2", 7)])
        self.assertEqual([f["safe"] for f in report["findings"] if f["code"] == "DV001"],
                         [["-- cupel: backfill batch=10000", "UPDATE users SET n = 1;"]])
        self.revision("r2", "r1", "-- cupel: backfill batch=10000\nUPDATE users SET n = 1;", "SELECT 1;", message="fill the number")
        self.assertEqual(self.codes(self.lint("r2", "--offline"), rows), [])

    @postgres_only
    def test_fix_writes_the_safe_form_and_leaves_the_rest(self):
        self.revision("r1", "", "CREATE TABLE users (id BIGINT PRIMARY KEY, email TEXT);", "DROP TABLE users;", message="make users")
        path = self.revision("r2", "r1", "-- Ünïcode: kept \r\nCREATE INDEX ix_email ON users (email);\nSELECT 'a;b';", "DROP INDEX ix_email;",
                             message="find users by email")
        path = "migrations/versions/r2.sql"
        before = self.read(path)
        self.assertEqual(self.codes(self.lint("r2", "--offline"), re.compile("LK001")), [("LK001", "r2", 8)])
        self.run_cupel("lint", "r2", "--offline", "--fix")
        self.assertEqual(self.read(path), before.replace("CREATE INDEX ix_email", "CREATE INDEX CONCURRENTLY ix_email"))
        self.assertEqual(self.codes(self.lint("r2", "--offline"), re.compile("LK001|TX")), [])
        self.cupel("upgrade", "head")
        # What has run is not rewritten: its checksum is what the database remembers.
        self.write(path, before)
        self.run_cupel("repair", "--accept")
        self.run_cupel("lint", "r2", "--fix")
        self.assertEqual(self.read(path), before)

    @postgres_only
    def test_fix_adds_the_import_that_the_safe_form_needs(self):
        self.revision("r1", "", "CREATE TABLE users (id BIGINT PRIMARY KEY, meta JSONB);", "DROP TABLE users;", message="make users")
        self.python_revision("r2", "r1", "op.execute('ALTER TABLE users ADD COLUMN place inet CHECK (place IS NOT NULL)')",
                             "op.drop_column('users', 'place')", message="add the place", imports="import json  # of the library")
        path = "migrations/versions/r2.py"
        before = self.read(path)
        fixed = self.run_cupel("lint", "r2", "--offline", "--fix")
        self.assertIn("1 step(s) rewritten, 0 to be rewritten by hand.", fixed.err, fixed.out)
        after = self.read(path)
        self.assertIn("import json  # of the library\nfrom sqlalchemy.dialects import postgresql\nrevision", after)
        self.assertIn("sa.Column('place', postgresql.INET()", after)
        self.assertIn("import postgresql\n", fixed.out)
        self.cupel("upgrade", "head")
        self.cupel("downgrade", "r1")
        # It is there already; and where its name means something else, a person decides.
        self.write(path, before.replace("import json", "from sqlalchemy.dialects import postgresql, sqlite"))
        self.run_cupel("lint", "r2", "--offline", "--fix")
        self.assertEqual(self.read(path).count("import postgresql"), 1)
        self.write(path, before.replace("import json", "import json as postgresql"))
        fixed = self.run_cupel("lint", "r2", "--offline", "--fix")
        self.assertEqual(fixed.code, 3)
        self.assertIn("left to you: the file's imports give its names another meaning\n", fixed.out)
        self.assertEqual(self.read(path), before.replace("import json", "import json as postgresql"))

    @postgres_only
    def test_fix_says_why_a_step_is_left(self):
        self.revision("r1", "", "CREATE TABLE users (id BIGINT PRIMARY KEY, a TEXT, b TEXT);", "DROP TABLE users;", message="make users")
        self.python_revision("r2", "r1", "for c in ('a', 'b'):\n        op.create_index('ix_' + c, 'users', [c])",
                             "op.drop_index('ix_a')\n    op.drop_index('ix_b')", message="find users")
        self.revision("r3", "r2", "CREATE INDEX ix_c ON users (a); CREATE INDEX ix_d ON users (b);",
                      "DROP INDEX ix_c;\nDROP INDEX ix_d;", message="find users again")
        report = self.run_cupel("--json", "lint", "r2:r3", "--offline", "--fix")
        self.assertEqual(report.code, 3)
        self.assertEqual([(f["revision"], f["reason"]) for f in json.loads(report.out)["by_hand"]],
                         [("r2", "its line does more than this")] * 2 + [("r3", "its line does more than this")] * 2)

    # --- git

    def test_since(self):
        self.plain_chain(2)
        self.git("init", "-q", "-b", "main")
        self.git("add", ".")
        self.git("commit", "-qm", "first")
        self.git("checkout", "-qb", "feature")
        self.plain("r3", "r2")
        self.git("add", ".")
        self.git("commit", "-qm", "second")
        self.plain("r4", "r3")
        self.assertEqual(self.linted("--since", "main"), ["r3", "r4"])
        self.assertEqual(self.codes(self.lint("--since", "main")), [])
        # What happens on the other branch meanwhile is not ours.
        self.git("stash", "-qu")
        self.git("checkout", "-q", "main")
        self.revision("r2", "r1", PLAIN.format("other"), "DROP TABLE other;")
        self.git("commit", "-qam", "edited there")
        self.git("checkout", "-q", "feature")
        self.git("stash", "pop", "-q")
        self.assertEqual(self.linted("--since", "main"), ["r3", "r4"])
        self.assertEqual(self.linted("--since", "HEAD"), ["r4"])

    def test_edited_in_the_reference(self):
        self.plain_chain(2)
        self.git("init", "-q", "-b", "main")
        self.git("add", ".")
        self.git("commit", "-qm", "first")
        text = self.read("migrations/versions/r2.sql")
        self.write("migrations/versions/r2.sql", text.replace("-- cupel: upgrade", "-- a word more\n\n-- cupel: upgrade"))
        self.assertEqual(self.codes(self.lint("--since", "main")), [])
        self.write("migrations/versions/r2.sql", text.replace("BIGINT", "INTEGER"))
        self.assertEqual(self.codes(self.lint("--since", "main")), [("PR006", "r2", 0)])
        # Put in below one that everybody has.
        self.git("checkout", "-q", ".")
        self.plain("r1b", "r1")
        self.write("migrations/versions/r2.sql", text.replace("down_revision: r1", "down_revision: r1b"))
        self.assertIn(("PR003", "r1b", 0), self.codes(self.lint("--since", "main")))

    def test_git_that_does_not_help(self):
        self.plain_chain(1)
        result = self.run_cupel("lint", "--since", "main")
        self.assert_one_error(result, code=2)
        self.assertIn("the project is in no git repository that can be read", result.err)
        self.git("init", "-q")
        for bad in ("nobody", "-x", "--output=x", "HEAD:x"):
            result = self.run_cupel("lint", "--since=" + bad)
            self.assert_one_error(result, code=2)
            self.assertIn(f"git knows no reference '{bad}'", result.err)
        result = self.run_cupel("lint", "--since", "main", env={"PATH": "/nowhere"})
        self.assert_one_error(result, code=2)
        self.assertIn("git cannot be run", result.err)

    # --- rules about a project

    def test_two_heads(self):
        self.plain("a1")
        self.plain("b2", "a1")
        self.plain("c3", "a1")
        report = self.lint(code=3)
        self.assertEqual(self.codes(report), [("PR001", "", 0)])
        self.assertEqual(report["findings"][0]["safe"], ['cupel merge heads -m "join b2 and c3"'])
        # Branches with names are meant to live side by side.
        self.plain("b2", "a1", labels="left")
        self.plain("c3", "a1", labels="right")
        self.assertEqual(self.codes(self.lint()), [])

    def test_messages(self):
        self.revision("r1", "", PLAIN.format("a"), "DROP TABLE a;", message="update")
        self.assertEqual(self.codes(self.lint()), [("PR007", "r1", 0)])

    def test_no_way_back(self):
        self.write("migrations/versions/r1.sql", "-- revision: r1\n-- down_revision:\n-- message: make a table\n\n"
                   "-- cupel: upgrade\n" + PLAIN.format("a") + "\n")
        self.revision("r2", "r1", PLAIN.format("b"), "", message="make another table")
        self.revision("r3", "r2", "", "", message="nothing at all")
        self.python_revision("r4", "r3", 'op.create_table("c", sa.Column("id", sa.BigInteger, primary_key=True))', "pass")
        self.assertEqual(self.codes(self.lint()), [("RV001", "r1", 0), ("RV001", "r2", 0), ("RV001", "r4", 0)])

    def test_a_way_back_that_leads_elsewhere(self):
        self.python_revision("r1", None, 'op.create_table("c", sa.Column("id", sa.BigInteger, primary_key=True))',
                             'op.drop_table("c")')
        self.python_revision("r2", "r1", 'op.add_column("c", sa.Column("n", sa.BigInteger))',
                             'op.add_column("c", sa.Column("m", sa.BigInteger))', message="add a number")
        report = self.lint()
        self.assertEqual(self.codes(report), [("RV002", "r2", 0)])
        message = [f for f in report["findings"] if f["code"] == "RV002"][0]["message"]
        self.assertIn("column 'm' of table 'c' is left over", message)
        self.assertIn("column 'n' of table 'c' is left over", message)

    def test_edited_after_it_was_applied(self):
        self.plain_chain(2)
        self.cupel("upgrade", "head")
        self.revision("r1", "", PLAIN.format("edited"), "DROP TABLE edited;", message="make table r1")
        self.assertEqual(self.codes(self.lint(code=3)), [("PR002", "", 0)])

    def test_put_in_below_what_has_run(self):
        self.plain("r1")
        self.plain("r3", "r1")
        self.cupel("upgrade", "head")
        self.plain("r2", "r1")
        self.revision("r3", "r2", PLAIN.format("t_r3"), "DROP TABLE t_r3;", message="make table r3")
        self.assertEqual(self.codes(self.lint(code=3)), [("PR003", "", 0)])

    def test_a_stamp_is_no_jump(self):
        self.plain_chain(3)
        self.cupel("upgrade", "r1")
        self.cupel("stamp", "r3")
        self.assertEqual(self.codes(self.lint()), [])

    def test_application_code(self):
        self.write("shop/__init__.py", "")
        self.python_revision("r1", None, 'op.execute("SELECT 1")', imports="import json, os.path\nfrom shop.models import User\n")
        report = self.lint()
        self.assertIn(("DV006", "r1", 5), self.codes(report))
        self.assertIn("from shop.models import User", [f["source"] for f in report["findings"]])

    # --- scripts

    def test_a_script_that_looks(self):
        """The inspector answers from the schema as it is in memory."""
        self.plain("r1")
        self.python_revision("r2", "r1", "if 't_r1' in sa.inspect(op.get_bind()).get_table_names():\n"
                             "        op.add_column('t_r1', sa.Column('x', sa.BigInteger))\n"
                             "    if 'nobody' in sa.inspect(op.get_bind()).get_table_names():\n"
                             "        op.drop_table('nobody')", "op.drop_column('t_r1', 'x')", message="add x to the table")
        self.assertEqual(self.codes(self.lint(), re.compile("RV002|PR008|DS001")), [])

    def test_a_script_that_wants_rows(self):
        self.plain("r1")
        self.python_revision("r2", "r1", 'rows = op.get_bind().execute(sa.text("SELECT id FROM t_r1"))\n'
                             '    for row in rows:\n        print(row)', message="look at all rows")
        self.python_revision("r3", "r2", 'n = op.get_bind().execute(sa.text("SELECT id FROM t_r1")).fetchone()[0]',
                             message="look at one row")
        self.python_revision("r4", "r3", 'while op.get_bind().execute(sa.text("SELECT 1")).scalar() != 1:\n        pass',
                             message="wait for a row")
        found = {(f["revision"], f["object"]): f["message"] for f in self.lint()["findings"] if f["code"] == "RV003"}
        self.assertEqual(found["r2", "rows"], "it asks the database for rows, and was judged as if there were none")
        self.assertIn("it cannot be judged without a database, whose rows it uses: ", found["r3", "rows"])
        self.assertIn("it asks the database again and again", found["r4", "rows"])

    def test_a_script_that_is_wrong(self):
        self.plain("r1")
        self.python_revision("r2", "r1", "op.create_tabel('x')", message="make a slip")
        self.write("migrations/versions/r3.sql", "-- revision: r3\n-- down_revision: r2\n-- message: quote nothing\n\n"
                   "-- cupel: upgrade\nSELECT 'x;\n\n-- cupel: downgrade\nSELECT 1;\n")
        report = self.lint(code=3)
        self.assertEqual(self.codes(report, re.compile("PR008")), [("PR008", "r2", 10), ("PR008", "r3", 6)])

    def test_cpp_that_is_not_linked(self):
        self.write("migrations/versions/r1.cpp", "// revision: r1\n// down_revision:\n// message: make a table\n")
        report = self.lint()
        self.assertEqual(self.codes(report), [("RV003", "r1", 0)])
        self.assertIn("not linked into this program", report["findings"][0]["message"])

    # --- suppressions and settings

    def test_allow(self):
        self.revision("r1", "", "", "", message="nothing at all")
        self.revision("r2", "r1", PLAIN.format("b"), "", message="make a table")
        path = "migrations/versions/r2.sql"
        text = self.read(path)
        self.assertEqual(self.codes(self.lint()), [("RV001", "r2", 0)])
        self.write(path, text.replace("\n\n-- cupel: upgrade", "\n-- cupel: allow RV001 because it is forever\n\n-- cupel: upgrade"))
        self.assertEqual(self.codes(self.lint()), [])
        self.write(path, text.replace("\n\n-- cupel: upgrade", "\n-- cupel: allow RV002 because of nothing\n\n-- cupel: upgrade"))
        self.assertEqual(self.codes(self.lint()), [("RV001", "r2", 0), ("PR005", "r2", 5)])
        self.write(path, text.replace("\n\n-- cupel: upgrade", "\n-- cupel: allow RV01 because of a slip\n\n-- cupel: upgrade"))
        self.assertEqual([f["message"] for f in self.lint()["findings"] if f["code"] == "PR005"],
                         ["'allow RV01': there is no such rule, did you mean 'RV001'?"])
        self.write(path, text.replace("CREATE TABLE", "-- cupel: allow IX007\nCREATE TABLE"))
        self.assertIn(("PR005", "r2", 7), self.codes(self.lint()))
        self.assertIn("'allow' without a reason", [f["message"] for f in self.lint()["findings"]])

    def test_allow_in_python(self):
        self.python_revision("r1", None, "op.execute('CREATE TABLE a (id BIGINT PRIMARY KEY)')", "pass")
        path = "migrations/versions/r1.py"
        text = self.read(path)
        self.write(path, "# cupel: allow RV001 because it is forever\n" + text)
        self.assertEqual(self.codes(self.lint(), re.compile("RV001|PR")), [])
        self.write(path, "# cupel: allow RV001\n" + text)
        self.assertEqual(self.codes(self.lint(), re.compile("RV001|PR")), [("RV001", "r1", 0), ("PR005", "r1", 1)])

    def test_settings(self):
        self.revision("r1", "", PLAIN.format("a"), "DROP TABLE a;", message="update")
        self.revision("r2", "r1", PLAIN.format("b"), "DROP TABLE b;", message="fix")
        self.assertEqual([c[1] for c in self.codes(self.lint())], ["r1", "r2"])
        self.project("[lint]\nPR007 = \"off\"\n")
        self.assertEqual(self.codes(self.lint()), [])
        self.project('[lint.paths."versions/r1*"]\nPR007 = "off"\n')
        self.assertEqual([c[1] for c in self.codes(self.lint())], ["r2"])
        self.project('[lint]\nall = "off"\n[lint.paths."migrations/versions/r2.sql"]\nPR007 = "error"\n')
        report = self.lint(code=3)
        self.assertEqual([(f["code"], f["severity"], f["revision"]) for f in report["findings"]], [("PR007", "error", "r2")])
        self.project('[lint]\nall = "off"\nPR007 = "warning"\nfail_on = "error"\n')
        self.assertEqual(len(self.lint(code=0)["findings"]), 2)

    def test_names(self):
        self.revision("r1", "", "CREATE TABLE users (id BIGINT PRIMARY KEY, n BIGINT);\nCREATE INDEX on_n ON users (n);\n"
                                "CREATE INDEX ix_n ON users (n, id);", "DROP TABLE users;", message="make users")
        self.project('[lint]\nall = "off"\nNM002 = "error"\n[lint.names]\nindex = "ix_*"\n')
        self.assertEqual([(f["code"], f["object"]) for f in self.lint(code=3)["findings"]], [("NM002", "users.on_n")])

    def test_wrong_settings(self):
        for text, message in (
                ('PR07 = "off"', "there is no rule and no setting 'PR07' in [lint]\n  hint: did you mean 'PR007'?"),
                ('fail_one = "error"', "there is no rule and no setting 'fail_one' in [lint]\n  hint: did you mean 'fail_on'?"),
                ('PR007 = "of"', "a severity is off, notice, warning or error, got 'of'\n  hint: did you mean 'off'?"),
                ("PR007 = 3", "'PR007' must be a text in quotes, got integer"),
                ('fail_on = "off"', "fail_on must be notice, warning or error, got 'off'"),
                ("small_table_rows = -1", "'small_table_rows' is negative"),
                ('paths = "x"', "'paths' must hold sections: [lint.paths.\"versions/2023*\"]")):
            self.project("[lint]\n" + text + "\n")
            result = self.run_cupel("lint")
            self.assert_one_error(result)
            self.assertIn(message, result.err)
            self.assertIn("cupel.toml:6:", result.err)

    # --- the database

    def filled(self, table, rows):
        """So many rows, and the database's own idea of how many."""
        self.db.script(f"INSERT INTO {table} (id) WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {rows}) "
                       "SELECT n FROM c")
        self.db.script("ANALYZE")

    def test_sizes_decide(self):
        """A lock that lasts as long as the table is long is nothing on a small one."""
        self.revision("r1", "", "CREATE TABLE big (id BIGINT PRIMARY KEY, n BIGINT);\nCREATE TABLE empty (id BIGINT PRIMARY KEY, n BIGINT);",
                      "DROP TABLE empty;\nDROP TABLE big;", message="make two tables")
        self.revision("r2", "r1", "CREATE INDEX ix_big ON big (n);\nCREATE INDEX ix_empty ON empty (n);",
                      "DROP INDEX ix_empty;\nDROP INDEX ix_big;", message="find numbers")
        self.cupel("upgrade", "r1")
        self.filled("big", 12_000)
        code, full = ("LK050", "warning") if self.db.name == "sqlite" else ("LK001", "error")

        def found(*arguments):
            return {f["source"].split(" ON ")[1].split()[0]: (f["severity"], f.get("rows"))
                    for f in self.lint(*arguments)["findings"] if f["code"] == code}
        asked = found("--with-database", "r2")
        self.assertEqual(asked["big"], (full, 12_000))
        self.assertIn(asked.get("empty"), (None, ("notice", 0)))
        self.assertEqual(found(), asked)  # it is asked anyway
        unknown = found("r2")
        self.assertEqual({severity for severity, rows in unknown.values()}, {full} if unknown else set())
        self.assertEqual(unknown, found("r2", "--offline"))
        self.project("[lint]\nsmall_table_rows = 20000\n")
        self.assertIn(found().get("big"), (None, ("notice", 12_000)))

    def test_rows_by_key_are_few(self):
        self.revision("r1", "", "CREATE TABLE big (id BIGINT PRIMARY KEY, n BIGINT, m BIGINT);", "DROP TABLE big;", message="make a table")
        self.revision("r2", "r1", "UPDATE big SET n = 1 WHERE id = 5;\nUPDATE big SET n = 2 WHERE m > 5;", "SELECT 1;",
                      message="set numbers")
        self.cupel("upgrade", "r1")
        self.filled("big", 2_000)
        self.project("[lint]\nsmall_table_rows = 100\n")
        self.assertEqual(self.codes(self.lint(), re.compile("DV002")), [("DV002", "r2", 8)])

    def test_a_table_that_is_made_anew_is_not_new(self):
        self.revision("r1", "", "CREATE TABLE users (id BIGINT PRIMARY KEY, n BIGINT, m BIGINT);", "DROP TABLE users;", message="make users")
        self.revision("r2", "r1", "CREATE TABLE users_new (id BIGINT PRIMARY KEY, n BIGINT, m BIGINT);\n"
                      "INSERT INTO users_new (id, n, m) SELECT id, n, m FROM users;\nDROP TABLE users;\n"
                      "ALTER TABLE users_new RENAME TO users;\nALTER TABLE users DROP COLUMN m;", "SELECT 1;", message="make users anew")
        self.assertEqual(self.codes(self.lint("r2", "--offline"), re.compile("DS")), [("DS002", "r2", 11)])

    @postgres_only
    def test_a_new_materialized_view_has_no_readers(self):
        view = "CREATE MATERIALIZED VIEW m AS SELECT 1 AS x;"
        self.revision("r1", "", view + "\nREFRESH MATERIALIZED VIEW m;\nCREATE INDEX ix_m ON m (x);", "DROP MATERIALIZED VIEW m;",
                      message="make a view")
        self.revision("r2", "r1", "REFRESH MATERIALIZED VIEW m;", "SELECT 1;", message="refresh the view")
        locks = re.compile("LK0(01|21)")
        self.assertEqual(self.codes(self.lint("r1", "--offline"), locks), [])
        self.assertEqual(self.codes(self.lint("r2", "--offline"), locks), [("LK021", "r2", 7)])

    # --- names and an Alembic project

    NAMES = ('CREATE TABLE "Users" (id BIGINT, n BIGINT, CONSTRAINT pk PRIMARY KEY (id), CONSTRAINT u_n UNIQUE (n));\n'
             'CREATE INDEX users_n ON "Users" (n, id);')

    def test_names(self):
        self.revision("r1", "", self.NAMES, 'DROP TABLE "Users";', message="make users")
        self.assertEqual(self.codes(self.lint(), re.compile("NM002")), [])
        self.project('[lint.names]\ntable = "[a-z]*"\nindex = "ix_*"\nunique = "uq_*"\nprimary = "pk*"\n')
        found = [f for f in self.lint()["findings"] if f["code"] == "NM002"]
        self.assertEqual(sorted(f["message"] for f in found),
                         ["index 'users_n' of table 'Users' is not named like 'ix_*'", "table 'Users' is not named like '[a-z]*'",
                          "unique 'u_n' of table 'Users' is not named like 'uq_*'"])
        self.project('[lint.names]\ntables = "x"\n')
        result = self.run_cupel("lint")
        self.assert_one_error(result)
        self.assertIn("cupel.toml:6:", result.err)

    def alembic_project(self, lint):
        os.remove(self.path("cupel.toml")) if os.path.exists(self.path("cupel.toml")) else None
        self.write("migrations/env.py", "")
        self.write("alembic.ini", f"[alembic]\nscript_location = migrations\nsqlalchemy.url = {self.db.url}\n\n{lint}")
        self.python_revision("r1", None, 'op.create_table("c", sa.Column("id", sa.BigInteger, primary_key=True))',
                             "op.drop_table('c')", message="update")
        self.python_revision("r2", "r1", 'op.create_table("d", sa.Column("id", sa.BigInteger, primary_key=True))',
                             "op.drop_table('d')", message="fix")

    def test_settings_of_an_alembic_project(self):
        self.alembic_project("")
        self.assertEqual([c[1] for c in self.codes(self.lint())], ["r1", "r2"])
        self.alembic_project("[lint]\nPR007 = off\n")
        self.assertEqual(self.codes(self.lint()), [])
        self.alembic_project("[lint]\nfail_on = error\nsmall_table_rows = 5\n[lint.paths.versions/r1*]\nall = off\n"
                             "[lint.names]\ntable = \"x*\"\n")
        report = self.lint(code=0)
        self.assertEqual([(f["code"], f["revision"]) for f in report["findings"] if f["code"] in ("PR007", "NM002")],
                         [("PR007", "r2"), ("NM002", "r2")])
        for text, message in (("PR07 = off", "there is no rule and no setting 'pr07' in [lint]\n  hint: did you mean 'PR007'?"),
                              ("fail_on = 3", "'fail_on' must be a text in quotes, got integer"),
                              ("PR007 = of", "a severity is off, notice, warning or error, got 'of'")):
            self.alembic_project("[lint]\n" + text + "\n")
            result = self.run_cupel("lint")
            self.assert_one_error(result)
            self.assertIn("alembic.ini:6", result.err)
            self.assertIn(message, result.err)

    def test_settings_in_a_pyproject(self):
        self.alembic_project("")
        os.remove(self.path("alembic.ini"))
        self.write("pyproject.toml", '[tool.alembic]\nscript_location = "migrations"\n'
                   '[tool.cupel.lint]\nPR007 = "off"\n')
        self.assertEqual(self.codes(self.lint("--offline", env={"CUPEL_DATABASE_URL": self.db.url})), [])

    def test_scripts_are_looked_at_as_a_whole(self):
        """Also where this run does not come by, and each mistake once."""
        self.plain("r1")
        self.python_revision("r2", "r1", "if op.get_context().as_sql:\n        op.drop_tabel('x')\n    op.create_tabel('x')",
                             "op.no_such_thing()", message="make three slips")
        self.assertEqual(self.codes(self.lint(code=3), re.compile("PR008")),
                         [("PR008", "r2", 11), ("PR008", "r2", 12), ("PR008", "r2", 16)])
        self.assertEqual(len(self.codes(self.lint("--downgrade"), re.compile("PR008"))), 3)

    def test_what_op_executes_asks_for_nothing(self):
        self.plain("r1")
        self.python_revision("r2", "r1", "op.execute('SELECT 1')\n    op.execute('DROP TABLE t_r1')", message="look and drop")
        found = [f["code"] for f in self.lint("r2", "--offline")["findings"]]
        self.assertIn("DS001", found)
        self.assertIn("RV002", found)
        self.assertNotIn("RV003", found)

    # --- output

    def bad_project(self):
        self.revision("r1", "", PLAIN.format("a"), "", message="a, 100%: b")

    def test_text(self):
        self.bad_project()
        result = self.run_cupel("lint")
        self.assertEqual(result.code, 3)
        self.assertIn("r1, a, 100%: b\nmigrations/versions/r1.sql: warning RV001: its downgrade is empty\n  instead: ", result.out)
        self.assertIn("1 revision linted: 1 warning", result.err)
        self.assertNotIn("\x1b", result.out)

    def test_github(self):
        self.bad_project()
        result = self.run_cupel("lint", "--format", "github")
        self.assertEqual(result.code, 3)
        self.assertIn("::warning file=migrations/versions/r1.sql,title=RV001::its downgrade is empty%0AInstead:%0A", result.out)
        for line in result.out.splitlines():
            self.assertRegex(line, "^::(notice|warning|error) ")

    def test_sarif(self):
        """What code scanning reads of SARIF 2.1.0, by the words of its schema and of its documentation."""
        self.bad_project()
        self.write("migrations/versions/r 2.sql", "-- revision: r2\n-- down_revision: r1\n-- message: drop it\n\n"
                   "-- cupel: upgrade\n\nDROP TABLE t_gone; SELECT 'x;\n\n-- cupel: downgrade\nSELECT 1;\n")
        result = self.run_cupel("lint", "--format", "sarif")
        self.assertEqual(result.code, 3)
        log = json.loads(result.out)
        self.assertEqual((set(log), log["version"], len(log["runs"])), ({"$schema", "version", "runs"}, "2.1.0", 1))
        self.assertTrue(log["$schema"].startswith("https://"))
        run = log["runs"][0]
        self.assertEqual(set(run), {"tool", "columnKind", "results"})
        self.assertIn(run["columnKind"], ("utf16CodeUnits", "unicodeCodePoints"))
        driver = run["tool"]["driver"]
        self.assertEqual((set(driver), driver["name"]), ({"name", "version", "rules"}, "cupel"))
        self.assertRegex(driver["version"], r"^\d+\.\d+\.\d+")
        for rule in driver["rules"]:
            self.assertEqual(set(rule), {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"})
            for text in ("shortDescription", "fullDescription", "help"):
                self.assertEqual(list(rule[text]), ["text"])
                self.assertTrue(rule[text]["text"])
            self.assertIn(rule["defaultConfiguration"]["level"], ("none", "note", "warning", "error"))
        ids = [rule["id"] for rule in driver["rules"]]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertGreater(len(run["results"]), 1)
        for found in run["results"]:
            self.assertLessEqual(set(found), {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"})
            self.assertEqual(ids[found["ruleIndex"]], found["ruleId"])
            self.assertIn(found["level"], ("note", "warning", "error"))
            self.assertTrue(found["message"]["text"])
            self.assertRegex(found["partialFingerprints"]["cupelFinding/v1"], "^[0-9a-f]{32}$")
            # Without a place nothing is shown; a file without a line is shown at its first one.
            [location] = found["locations"]
            physical = location["physicalLocation"]
            self.assertIn(physical["artifactLocation"]["uri"], ("migrations/versions/r1.sql", "migrations/versions/r%202.sql"))
            self.assertGreaterEqual(physical["region"]["startLine"], 1)
        marks = [found["partialFingerprints"]["cupelFinding/v1"] for found in run["results"]]
        self.assertEqual(len(marks), len(set(marks)))

    def test_sarif_of_the_project(self):
        """What is about no file stands in the configuration, so that it is shown at all."""
        self.plain("a1")
        self.plain("b2", "a1")
        self.plain("c3", "a1")
        log = json.loads(self.run_cupel("lint", "--format", "sarif").out)
        [found] = log["runs"][0]["results"]
        self.assertEqual((found["ruleId"], found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]),
                         ("PR001", "cupel.toml"))

    def test_rules(self):
        listed = self.cupel("lint", "--list-rules")
        self.assertIn("RV001  warning  no downgrade, or an empty one\n", listed)
        codes = [line.split()[0] for line in listed.splitlines()]
        self.assertEqual(codes, sorted(codes))
        for code in sorted(set(codes)):
            out = self.cupel("lint", "--explain", code.lower())
            self.assertTrue(out.startswith(code + ": "), out)
            self.assertRegex(out, r"(?s)\nwhy:\n  \S.*\ninstead:\n  \S")
        self.assertEqual([r["code"] for r in self.json("lint", "--list-rules")], codes)
        self.refused("lint --explain RV01", 2, """
            error: there is no rule 'RV01'
              hint: did you mean 'RV001'?""")


if __name__ == "__main__":
    unittest.main()
