# SPDX-License-Identifier: MIT
"""Options that every command has (--set, -c, --raiseerr), what cannot be combined, and what is said about new files."""
import os
import re
import unittest

import harness
from harness import AlembicProject, Case, on_both_databases, postgres_only

MAKO = '''"""${message}"""
from alembic import op
import sqlalchemy as sa

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade():
    ${upgrades if upgrades else "pass"}


def downgrade():
    ${downgrades if downgrades else "pass"}
'''


@on_both_databases
class Set(Case):
    """Any setting, for one run."""

    def test_lies_over_the_file(self):
        self.project('version_table = "from_file"\n')
        self.chain(2)
        self.cupel("--set", "database.version_table=mine", "--set", "database.history=false", "upgrade", "head")
        self.assertEqual(self.db.tables(), ["mine", "t_r1", "t_r2"])
        self.assertEqual(self.cupel("current", "--set", "database.version_table=mine"), "r2 (head)\n")
        self.assertEqual(self.cupel("current"), "")

    def test_lies_over_a_section_for_one_environment(self):
        self.project('[environments.prod.database]\nversion_table = "prod_versions"\n')
        self.chain(1)
        self.cupel("-n", "prod", "--set", "database.version_table=typed", "upgrade", "head")
        self.assertIn("typed", self.db.tables())
        self.assertNotIn("prod_versions", self.db.tables())

    def test_names_the_schema(self):
        self.project()
        self.write("other.sql", "CREATE TABLE made (id INTEGER PRIMARY KEY);\n")
        result = self.run_cupel("--set", "schema.sql=other.sql", "check")
        self.assertEqual((result.code, result.out), (3, "Detected added table 'made'\n"))

    def test_decides_what_may_be_destroyed(self):
        self.project()
        self.table_revision("r1")
        self.revision("r2", "r1", 'DROP TABLE "t_r1";')
        self.cupel("upgrade", "r1")
        self.db.query('INSERT INTO "t_r1" VALUES (1)')
        self.assertEqual(self.run_cupel("upgrade", "head").code, 1)
        self.cupel("--set", "safety.destructive=allow", "upgrade", "head")

    def test_a_mistake_is_one_of_usage(self):
        self.project()
        self.refused(["--set", "database.versoin_table=foo", "current"], 2, """
            error: --set database.versoin_table: unknown setting 'versoin_table' in [database]
              hint: did you mean 'version_table'?
            """)
        self.refused(["--set", "version_table=foo", "current"], 2, """
            error: --set takes SECTION.KEY=VALUE, and 'version_table' names no section
              hint: did you mean 'database.version_table'?
            """)


@on_both_databases
class SetInAnAlembicProject(Case):
    def setUp(self):
        super().setUp()
        self.alembic = AlembicProject(self.folder, self.db.url)
        self.write("migrations/script.py.mako", MAKO)

    def test_cupels_settings_and_alembics(self):
        self.write("schema.sql", "CREATE TABLE made (id INTEGER PRIMARY KEY);\n")
        self.cupel("--set", "schema.sql=schema.sql", "--set", "alembic.file_template=only_%(rev)s",
                   "revision", "--autogenerate", "-m", "make it", "--rev-id", "a1")
        self.assertIn("op.create_table('made'", self.read("migrations/versions/only_a1.py"))
        self.cupel("--set", "safety.lock_timeout=5s", "upgrade", "head")
        self.assertEqual(self.db.tables(), ["made"])

    def test_the_version_table_wins_over_the_one_of_env_py(self):
        env = self.read("migrations/env.py").replace("connection=connection)", "connection=connection, version_table='env')")
        self.write("migrations/env.py", env)
        self.alembic.revision("a1", None)
        self.cupel("--set", "database.version_table=typed", "upgrade", "head")
        self.assertEqual(self.db.tables(), ["typed"])
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.tables(), ["env", "typed"])

    def test_env_py_sees_what_was_set(self):
        self.write("migrations/env.py", "from alembic import context\n"
                   f"context.configure(url='{self.db.url}', version_table=context.config.get_main_option('mine'))\n")
        self.alembic.revision("a1", None)
        self.cupel("--set", "alembic.mine=table_of_mine", "upgrade", "head")
        self.assertEqual(self.db.tables(), ["table_of_mine"])

    def test_the_tag_and_the_arguments_reach_env_py(self):
        self.write("migrations/env.py", "from alembic import context\n"
                   f"context.configure(url='{self.db.url}', version_table=context.get_tag_argument() or 'none')\n")
        self.alembic.revision("a1", None)
        self.cupel("upgrade", "head", "--tag", "tagged")
        self.assertEqual(self.db.tables(), ["tagged"])

    def test_a_url_in_one_file_and_scripts_in_the_other(self):
        """What `alembic init --template pyproject` makes."""
        self.write("alembic.ini", f"[alembic]\nsqlalchemy.url = {self.db.url}\n")
        self.write("pyproject.toml", '[tool.alembic]\nscript_location = "%(here)s/migrations"\n')
        self.alembic.revision("a1", None)
        self.cupel("upgrade", "head")
        self.assertEqual(self.cupel("current"), "a1 (head)\n")
        os.rename(self.path("alembic.ini"), self.path("url.ini"))
        self.assertEqual(self.cupel("-c", "url.ini", "-c", "pyproject.toml", "current"), "a1 (head)\n")
        self.assertEqual(self.cupel("current", env={"ALEMBIC_CONFIG": "url.ini"}), "a1 (head)\n")
        self.refused("-c url.ini -c url.ini current", 2, """
            error: only one ini file may be indicated
              hint: leave out 'url.ini' or 'url.ini'
            """)

    def test_paths_are_named_as_people_name_them(self):
        self.write("alembic.ini", f"[alembic]\nscript_location = %(here)s/migrations\nsqlalchemy.url = {self.db.url}\n")
        self.assertEqual(self.cupel("revision", "-m", "add it", "--rev-id", "a1"),
                         "Generating migrations/versions/a1_add_it.py ...  done\n")


class RaiseErr(Case):
    """--raiseerr: all that is known."""

    def test_what_a_database_says(self):
        self.project()
        self.revision("r1", up="SELECT * FROM nowhere;")
        result = self.run_cupel("--raiseerr", "upgrade", "head")
        self.assertEqual(result.code, 1)
        plain = self.run_cupel("upgrade", "head").err
        self.assertTrue(result.err.startswith(plain), result.err)
        self.assertEqual(self.normal(result.err[len(plain):]),
                         "  class: cupel::DatabaseError\n  place: migrations/versions/r1.sql:7\n  code: 1\n"
                         "  statement: SELECT * FROM nowhere\n")

    def test_as_json(self):
        self.project()
        result = self.run_cupel("--raiseerr", "--json", "upgrade", "nope")
        error = harness.json.loads(result.out)["error"]
        self.assertEqual((result.code, error["details"], error["traceback"]),
                         (1, {"class": "cupel::RevisionError", "revisions": "nope"}, ""))

    def script(self, body):
        project = AlembicProject(self.folder, self.db.url)
        project.revision("a1", None)
        path = self.path("migrations/versions/a1.py")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write("def helper():\n    " + body + "\n\n\n" + text.replace("    pass", "    helper()", 1))

    def test_the_whole_traceback_of_a_script(self):
        self.script("return 1 / 0")
        result = self.run_cupel("--raiseerr", "upgrade", "head")
        self.assertEqual(result.code, 1)
        self.assertIn("  class: cupel::python::ScriptError\n", result.err)
        self.assertRegex(result.err, r'(?s)Traceback \(most recent call last\):\n  File "migrations/versions/a1.py", line \d+, in upgrade\n'
                                     r'    helper\(\)\n.*File "migrations/versions/a1.py", line 2, in helper\n    return 1 / 0\n'
                                     r'.*ZeroDivisionError: division by zero\n$')
        self.assertNotIn("Traceback", self.run_cupel("upgrade", "head").err)

    def test_the_traceback_of_what_the_database_refused(self):
        self.script("op.execute('SELECT * FROM nowhere')")
        result = self.run_cupel("--raiseerr", "upgrade", "head")
        self.assertIn("  class: cupel::DatabaseError\n", result.err)
        self.assertRegex(result.err, r'(?s)Traceback .*line \d+, in upgrade\n.*line 2, in helper\n')


class NewFiles(Case):
    """What `revision` writes, and what it says meanwhile."""

    def refused_template(self, extension, text, why):
        name = "script" + extension + (".mako" if extension == ".py" else ".tmpl")
        self.write("migrations/" + name, text)
        result = self.run_cupel("revision", "-m", "add it", "--rev-id", "b2")
        self.assertEqual((result.code, result.out), (1, ""), result.err)
        self.assertEqual(result.err, f"error: migrations/{name}: it makes a file that cupel cannot read: {why}\n"
                                     "  hint: correct the template; nothing was written\n")
        self.assertEqual([name for name in os.listdir(self.path("migrations/versions")) if "add" in name], [])

    def test_a_template_that_makes_no_revision_in_sql(self):
        self.project()
        self.table_revision("a1")
        header = "-- revision: {revision}\n-- down_revision: {down_revision}\n-- message: {message}\n"
        self.refused_template(".sql", header, "no section for upgrade")
        self.refused_template(".sql", header + "-- cupel: upgrad\n", "line 4: unknown directive 'upgrad'\n"
                              "  note: the line would be: -- cupel: upgrad")
        self.refused_template(".sql", "-- revision: fixed\n-- down_revision: {down_revision}\n-- cupel: upgrade\n",
                              "its revision is 'fixed', not 'b2'")
        self.refused_template(".sql", "-- revision: {revision}\n-- cupel: upgrade\n", "its down_revision is '', not 'a1'")

    def test_a_template_that_makes_no_revision_in_cpp(self):
        self.project()
        self.write("cupel.toml", self.read("cupel.toml").replace("[database]", 'format = "cpp"\n[database]'))
        self.refused_template(".cpp", "int main() {open_brace}}\n", "it does not say which revision it is")

    def test_a_template_that_makes_no_revision_in_python(self):
        AlembicProject(self.folder, self.db.url)
        self.refused_template(".py", "", "it does not say which revision it is")
        self.refused_template(".py", "down_revision = None\nrevision = ${repr(up_revision)}\ndef upgrade(:\n",
                              "line 3: SyntaxError: '(' was never closed\n  note: the line would be: def upgrade(:")
        self.write("migrations/script.py.mako", MAKO)
        self.cupel("revision", "-m", "add it", "--rev-id", "b2")

    def test_hooks_run_after_the_file_is_there(self):
        self.project('[post_write_hooks]\nprograms = ["echo formatted {file}"]\n')
        result = harness.subprocess.run([harness.BINARY, "revision", "-m", "add it", "--rev-id", "a1"], cwd=self.folder,
                                        env=harness.environment(), stdout=harness.subprocess.PIPE,
                                        stderr=harness.subprocess.STDOUT, check=True)
        lines = self.normal(result.stdout.decode()).splitlines()
        self.assertRegex(lines[0], r"^Generating migrations/versions/\d+_add_it.sql ...  done$")
        self.assertEqual(lines[1], "Running post write hook 'echo formatted {file}' ...")
        self.assertRegex(lines[2], r"^formatted <dir>/migrations/versions/\d+_add_it.sql$")
        self.assertEqual(lines[3:], ["  done"])

    def test_env_py_is_run_for_a_new_revision_where_it_shall_be(self):
        AlembicProject(self.folder, self.db.url)
        self.write("migrations/script.py.mako", "# ${word}\n" + MAKO)
        self.write("migrations/env.py", "from alembic import context\n"
                   "context.configure(url='sqlite://', template_args={'word': 'offline' if context.is_offline_mode() else 'online'})\n")
        self.refused(["revision", "--sql", "-m", "add it"], 2, """
            error: using --sql with the revision command when revision_environment is not configured does not make any sense
              hint: leave it out: a revision without --autogenerate asks no database
            """)
        self.write("alembic.ini", self.read("alembic.ini") + "revision_environment = true\n")
        self.cupel("revision", "-m", "add it", "--rev-id", "a1")
        self.cupel("revision", "--sql", "-m", "add it", "--rev-id", "b2")
        self.assertTrue(self.read("migrations/versions/a1_add_it.py").startswith("# online\n"))
        self.assertTrue(self.read("migrations/versions/b2_add_it.py").startswith("# offline\n"))
        self.assertFalse(self.db.exists())

    def test_a_package(self):
        self.cupel("init", "-t", "alembic", "--package", "migs")
        for name in ("migs/__init__.py", "migs/versions/__init__.py"):
            self.assertEqual(self.read(name), "")
        self.cupel("revision", "-m", "add it")
        self.cupel("history")
        for kind in ("sql", "cpp"):
            self.refused(["init", "-t", kind, "--package", "other"], 2, f"""
                error: --package is for revisions in Python; those of '{kind}' are no package
                  hint: leave it out, or make an Alembic project: --template alembic
                """)
        self.assertFalse(os.path.exists(self.path("other")))


class Manual(Case):
    """docs/ and --help, which the manual page is made of, speak of the same."""

    def test_every_command_and_every_option_is_in_the_docs(self):
        folder = os.path.join(os.path.dirname(os.path.abspath(harness.__file__)), "..", "..", "docs")
        pages = {}
        for name in os.listdir(folder):
            if name.endswith(".md"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    pages[name] = file.read()
        everything = "".join(pages.values())
        options = lambda text: set(re.findall(r"(?m)^  (?:-\w,)?(--[a-z][a-z-]+)", text)) - {"--help", "--version"}
        whole = self.cupel("--help")
        for option in options(whole.split("Subcommands:")[0]):
            self.assertIn(option, pages["commands.md"])
        commands = re.findall(r"(?m)^  (\w+) ", whole.split("Subcommands:")[1].split("\n\n")[0])
        self.assertGreater(len(commands), 25)
        manual = self.cupel("man")
        for command in commands:
            self.assertRegex(pages["commands.md"], rf"(?m)^\|.*`{command}[ `]")
            self.assertIn(f".SS {command}\n", manual)
            text = self.cupel(command, "--help")
            self.assertIn("Examples:\n", text)
            for option in options(text):
                self.assertIn(option, everything, command)
                self.assertIn(option.replace("-", "\\-"), manual)


class TextOnly(Case):
    """--sql prints what would run, and nothing else is done."""

    def test_what_means_nothing_there_is_refused(self):
        self.project()
        self.chain(1)
        for command, flags in (("upgrade head", ("--backup", "--restore-on-failure", "--idempotent", "--dry-run")),
                               ("downgrade head:base", ("--dry-run",)), ("stamp head", ("--purge",))):
            for flag in flags:
                self.refused(f"{command} --sql {flag}", 2, f"""
                    error: {flag} cannot be combined with --sql
                      hint: leave one of them out
                    """)
        for command in ("upgrade head", "downgrade head:base", "stamp head", "ensure_version"):
            result = self.run_cupel(*command.split(), "--sql", "--json")
            self.assertEqual(result.code, 2)
            self.assertEqual(harness.json.loads(result.out)["error"]["message"], "--json cannot be combined with --sql")
        self.refused("revision --autogenerate --sql -m x", 2, """
            error: using --sql with --autogenerate does not make any sense
              hint: leave one of them out: what differs is asked of the database
            """)
        self.assertFalse(self.db.exists())


@on_both_databases
class NextSteps(Case):
    """What to do is said where it was not."""

    def test_repair_before_the_first_upgrade(self):
        self.project()
        self.chain(1)
        for flags in ((), ("--accept",)):
            result = self.run_cupel("repair", *flags)
            self.assertEqual((result.code, result.err), (0, "Nothing has been applied to this database yet.\n"))
        self.cupel("upgrade", "head")
        self.assertEqual(self.run_cupel("repair").err, "Every applied revision is as it was when it was applied.\n")

    def test_create_at_a_revision_that_nobody_knows(self):
        self.project('[schema]\nsql = ["schema.sql"]\n')
        self.write("schema.sql", "CREATE TABLE made (id INTEGER PRIMARY KEY);\n")
        self.chain(1)
        self.cupel("upgrade", "head")
        os.remove(self.path("migrations/versions/r1.sql"))
        result = self.run_cupel("create")
        self.assertEqual((result.code, result.err),
                         (0, "The database is at revision 'r1', which no file defines; nothing was created. Bring its file back "
                             "(another branch?), or let cupel doctor find out which revision it is.\n"))

    def test_restore_names_the_backups_that_there_are(self):
        self.project()
        self.chain(1)
        self.cupel("upgrade", "head")
        self.refused("restore nope", 1, """
            error: nope: cannot read the file: No such file or directory
              hint: there is no backup of this database yet: cupel backup makes one
            """)
        made = self.normal(self.cupel("backup").strip())
        self.refused("restore nope", 1, f"""
            error: nope: cannot read the file: No such file or directory
              hint: the newest backup of this database is {made}
            """)

    def test_a_schema_for_the_version_table_that_is_not_there(self):
        self.project('version_table_schema = "no where"\n')
        self.chain(1)
        for command in ("current", "upgrade head", "stamp head", "ensure_version", "history -i"):
            self.cupel("--url", self.db.url, "--set", "database.version_table_schema=", "ensure_version")
            self.refused(command, 1, """
                error: there is no schema 'no where', where the version table shall be
                  hint: make it (CREATE SCHEMA "no where"), or correct version_table_schema
                """)

    @postgres_only
    def test_that_schema_once_it_is_made(self):
        self.project('version_table_schema = "no where"\n')
        self.chain(1)
        self.db.query('CREATE SCHEMA "no where"')
        self.addCleanup(self.db.query, 'DROP SCHEMA "no where" CASCADE')
        self.assertEqual(self.cupel("current"), "")
        self.cupel("upgrade", "head")
        self.assertEqual(self.cupel("current"), "r1 (head)\n")

    def test_a_query_without_a_database_in_python(self):
        project = AlembicProject(self.folder, self.db.url)
        project.revision("a1", None)
        path = "migrations/versions/a1.py"
        self.write(path, self.read(path).replace("    pass", "    import sqlalchemy as sa\n    sa.inspect(op.get_bind()).get_table_names()", 1).encode())
        self.assertIn("op.inspector() needs a live database, and this run only writes SQL text (--sql)\n"
                      "  hint: guard it with if not context.is_offline_mode(), or write the statement out with op.execute()\n",
                      self.run_cupel("upgrade", "head", "--sql").err)


if __name__ == "__main__":
    unittest.main()
