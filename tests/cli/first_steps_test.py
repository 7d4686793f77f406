# SPDX-License-Identifier: MIT
"""From nothing to a project, day by day: init, revision, upgrade, downgrade, current; names of files; templates."""
import os
import re
import subprocess
import unittest

import harness
from harness import Case, on_both_databases, sqlite_only


@on_both_databases
class FromNothing(Case):
    def test_a_first_session(self):
        out = self.cupel("--url", self.db.url, "init", "migrations")
        self.assertEqual(out, "Generating cupel.toml ...  done\n"
                              "Generating schema.sql ...  done\n"
                              "Generating migrations/README.md ...  done\n"
                              "Generating migrations/script.sql.tmpl ...  done\n")
        self.assertEqual(self.cupel("current"), "")
        self.assertEqual(self.cupel("history"), "")
        self.assertEqual(self.run_cupel("upgrade", "head"),
                         (0, "", "There is no revision yet; write one: cupel revision -m \"create users\"\n"))

        out = self.cupel("revision", "-m", "create users")
        found = re.fullmatch(r"Generating (migrations/versions/\d{8}_create_users\.sql) \.\.\.  done\n", out)
        self.assertTrue(found, out)
        path = found[1]
        text = self.read(path)
        self.assertRegex(text, r"\A-- revision: [0-9a-f]{12}\n-- down_revision:\n-- message: create users\n"
                               r"-- created: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n\n-- cupel: upgrade\n\n-- cupel: downgrade\n\Z")
        text = text.replace("-- cupel: upgrade\n", "-- cupel: upgrade\nCREATE TABLE users (id INTEGER PRIMARY KEY);\n")
        self.write(path, text + "DROP TABLE users;\n")
        identifier = re.search("revision: (.*)", text)[1]

        result = self.run_cupel("upgrade", "head")
        self.assertEqual((result.code, result.out), (0, ""))
        self.assertRegex(result.err, rf"\ARunning upgrade  -> {identifier}, create users \.\.\. [\d.]+ m?s\n\Z")
        self.assertEqual(self.cupel("current"), f"{identifier} (head)\n")
        self.assertEqual(self.db.tables(), ["users"])
        result = self.run_cupel("upgrade", "head")
        self.assertEqual(result, (0, "", ""))

        result = self.run_cupel("downgrade", "-1")
        self.assertRegex(result.err, rf"\ARunning downgrade {identifier} -> , create users \.\.\. [\d.]+ m?s\n\Z")
        self.assertEqual((result.code, result.out, self.db.tables()), (0, "", []))

    def test_init_works_at_once_on_sqlite(self):
        self.cupel("init", "migrations")
        self.cupel("revision", "-m", "first")
        self.cupel("upgrade", "head")
        self.assertTrue(os.path.exists(self.path("app.db")))

    def test_init_touches_nothing_that_is_there(self):
        self.write("cupel.toml", "# mine\n")
        self.assertIn("File cupel.toml already exists, skipping\n", self.cupel("init", "migrations"))
        self.assertEqual(self.read("cupel.toml"), "# mine\n")
        self.refused("init migrations", 2, """
            error: directory 'migrations' already exists and is not empty
              hint: choose another name, or empty it
            """)
        self.refused("init other --template nope", 2, """
            error: no such template 'nope'; there are 'sql', 'cpp', 'alembic'
              hint: cupel list_templates tells what they are for
            """)
        self.assertFalse(os.path.exists(self.path("other")))

    def test_daily_steps(self):
        self.project()
        self.chain(4)
        self.assertEqual(self.cupel("upgrade", "+1"), "")
        self.assertEqual(self.current(), ["r1"])
        self.cupel("upgrade", "r3")
        self.assertEqual(self.current(), ["r3"])
        self.cupel("upgrade", "+1")
        self.assertEqual(self.current(), ["r4 (head)"])
        self.cupel("downgrade", "-2")
        self.assertEqual(self.current(), ["r2"])
        self.assertEqual(self.db.tables(), ["t_r1", "t_r2"])
        self.cupel("downgrade", "r1")
        self.cupel("downgrade", "base")
        self.assertEqual((self.current(), self.db.tables()), ([], []))

    def test_several_folders(self):
        self.project()
        self.write("cupel.toml", self.read("cupel.toml").replace(
            "[database]", 'version_locations = ["shop", "billing"]\nrecursive_version_locations = true\n[database]'))
        os.makedirs(self.path("shop"))
        os.makedirs(self.path("billing"))
        self.refused(["revision", "-m", "create users"], 2, """
            error: there are several version locations, and none was chosen
              hint: add --version-path PATH
            """)
        self.refused(["revision", "-m", "create users", "--version-path", "nope"], 2, """
            error: 'nope' is no version location of this project
              hint: use one of: shop, billing
            """)
        first = self.json("revision", "-m", "create users", "--version-path", "shop", "--rev-id", "s1", "--branch-label", "shop")
        second = self.json("revision", "-m", "create invoices", "--version-path", "billing", "--rev-id", "b1", "--head", "base")
        self.assertEqual([os.path.dirname(report["path"]) for report in (first, second)], ["shop", "billing"])
        os.makedirs(self.path("shop/2026"))
        os.rename(self.path(first["path"]), self.path("shop/2026/s1.sql"))
        self.cupel("upgrade", "heads")
        self.assertEqual(sorted(self.current()), ["b1 (head)", "s1 (head)"])
        self.assertEqual(os.path.dirname(self.json("merge", "heads", "-m", "join both")["path"]), "billing")

    def test_ids_that_are_words(self):
        self.project()
        self.table_revision("001_add_auth_fields", message="add auth fields")
        self.table_revision("002_add_rag_tables", "001_add_auth_fields", message="add rag tables")
        self.cupel("upgrade", "002")
        self.assertEqual(self.current(), ["002_add_rag_tables (head)"])
        self.cupel("downgrade", "001_add_auth_fields")
        self.assertEqual(self.db.tables(), ["t_001_add_auth_fields"])
        out = self.cupel("revision", "-m", "add voices", "--rev-id", "003_add_voices")
        self.assertRegex(out, r"_add_voices\.sql \.\.\.  done\n\Z")
        self.cupel("upgrade", "head")
        self.assertEqual(self.current(), ["003_add_voices (head)"])

    def test_ids_of_forty_characters(self):
        """Alembic's column holds 32; it is widened."""
        self.project()
        long = "001_" + "x" * 36
        self.table_revision(long)
        self.table_revision("short", long)
        self.cupel("upgrade", "+1")
        self.assertEqual(self.db.query("SELECT version_num FROM alembic_version"), [(long,)])
        self.cupel("upgrade", "head")
        self.cupel("downgrade", "base")
        self.cupel("stamp", long)
        self.assertEqual(self.current(), [long])
        self.assertIn(long, self.cupel("history", "-v"))

    def test_edit(self):
        self.project()
        self.chain(2)
        for name, expected in [("head", "r2"), ("r1", "r1")]:
            done = self.run_cupel("edit", name, env={"EDITOR": "cat"})
            self.assertEqual((done.code, done.out), (0, self.read(f"migrations/versions/{expected}.sql")))
        self.cupel("edit", "head", env={"EDITOR": "nope", "VISUAL": "sh -c 'echo \"-- seen\" >> \"$1\"' x"})
        self.assertTrue(self.read("migrations/versions/r2.sql").endswith("-- seen\n"))
        self.refused("edit head", 2, """
            error: no editor is set
              hint: set VISUAL or EDITOR, as in: export EDITOR=nano
            """)
        self.refused("edit base", 2, """
            error: 'base' names no revision with a file
              hint: cupel history shows all
            """, env={"EDITOR": "cat"})

    def test_ensure_version(self):
        self.project()
        text = self.cupel("ensure_version", "--sql")
        self.assertIn("alembic_version", text)
        first, second = self.run_cupel("ensure_version"), self.run_cupel("ensure_version")
        self.assertEqual((first.code, first.out, first.err), (0, "", "The version table was created.\n"))
        self.assertEqual((second.code, second.err), (0, "The version table was there already.\n"))
        self.assertEqual(self.db.query("SELECT * FROM alembic_version"), [])
        self.assertEqual(self.json("ensure_version"), {"created": False})

    @sqlite_only
    def test_a_refused_first_run_makes_no_file(self):
        self.project()
        self.chain(2)
        self.revision("r3", "r2", "SELECT 'no end;")
        for command in ("upgrade head", "upgrade nope", "stamp nope"):
            self.assertEqual(self.run_cupel(*command.split()).code, 1)
            self.assertFalse(self.db.exists(), command)
        self.cupel("upgrade", "r2")

    def test_reading_commands_create_nothing(self):
        self.project()
        self.chain(2)
        for command in ("current", "current -v", "history -i", "history -v", "history -r current:", "heads", "branches",
                        "show head", "show current"):
            self.cupel(*command.split())
        result = self.run_cupel("current", "--check-heads")
        self.assertEqual(result.code, 3)
        if self.db.name == "sqlite":
            self.assertFalse(self.db.exists())
        else:
            self.assertEqual(self.db.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"), [])

    def test_check_heads(self):
        self.project()
        self.chain(2)
        self.cupel("upgrade", "r1")
        result = self.run_cupel("current", "--check-heads")
        self.assertEqual((result.code, result.out), (3, "r1\n"))
        self.assertEqual(result.err, "error: the database is not at all heads: 1 revision is missing\n"
                                     "  hint: cupel upgrade heads\n")
        self.cupel("upgrade", "heads")
        self.assertEqual(self.run_cupel("current", "-c"), (0, "r2 (head)\n", ""))

    def test_history_of_what_ran(self):
        self.project()
        self.chain(2)
        self.cupel("upgrade", "head", env={"USER": "ann", "HOSTNAME": "laptop"})
        self.cupel("downgrade", "-1")
        self.assertRegex(self.cupel("history", "-v"),
                         r"(?s)Rev: r2 .*    Applied:\n      upgrade \d{4}-\S+Z by ann@laptop, \d+ ms\n"
                         r"      downgrade \d{4}-\S+Z by tester@testhost, \d+ ms\n\n.*Rev: r1")
        log = self.json("history")["applied"]
        self.assertEqual([(entry["revision"], entry["direction"], entry["applied_by"]) for entry in log],
                         [("r1", "upgrade", "ann@laptop"), ("r2", "upgrade", "ann@laptop"), ("r2", "downgrade", "tester@testhost")])


@on_both_databases
class NewFiles(Case):
    def setUp(self):
        super().setUp()
        self.project()

    def new(self, *arguments):
        return self.json("revision", *arguments)

    def test_template_of_names(self):
        for template, expected in [("{rev}_{slug}", r"abc1_add_phone_to_users\.sql"), ("{year}/{month}/{slug}", r"\d{4}/\d\d/add_phone_to_users\.sql"),
                                   ("{datetime}_{slug}", r"\d{8}_\d{6}_add_phone_to_users\.sql")]:
            with self.subTest(template=template):
                self.project()
                toml = self.read("cupel.toml").replace("[database]", f'file_template = "{template}"\nrecursive_version_locations = true\n[database]')
                self.write("cupel.toml", toml)
                report = self.new("-m", "Add phone to users!", "--rev-id", "abc1")
                self.assertRegex(report["path"], r"\Amigrations/versions/" + expected + r"\Z")
                self.assertEqual(self.cupel("heads"), "abc1 (head)\n")
                os.remove(self.path(report["path"]))

    def test_wrong_template_of_names(self):
        self.write("cupel.toml", self.read("cupel.toml").replace("[database]", 'file_template = "{slog}"\n[database]'))
        self.refused(["revision", "-m", "x y z"], 2, """
            error: unknown token '{slog}' in the file template
              hint: did you mean '{slug}'?
            """)
        self.assertEqual(os.listdir(self.path("migrations/versions")), [])

    def test_names_do_not_collide(self):
        paths = [self.new("-m", "add phone")["path"], self.new("-m", "add phone")["path"]]
        self.assertEqual(len(set(paths)), 2)
        self.cupel("upgrade", "head")

    def test_vague_messages(self):
        for message in ("update", "fix", "Fix.", "wip"):
            result = self.run_cupel("revision", "-m", message)
            self.assertEqual(result.code, 0)
            self.assertEqual(result.err, f"hint: the message '{message}' will tell nobody much in a year; say what changes, as in "
                                         "\"add phone to users\"\n")
        self.assertEqual(self.run_cupel("revision", "-m", "fix phone numbers without a plus").err, "")
        self.assertEqual(self.run_cupel("revision").err,
                         "hint: a revision without a message; say what changes: -m \"add phone to users\"\n")

    def test_messages_with_odd_characters(self):
        for message in ["it's \"quoted\"", "Größe ändern", "増やす", "a: b, c", "two\nlines", "-- cupel: downgrade", "{rev} {nope}", "*/ x"]:
            with self.subTest(message=message):
                report = self.new("-m", message)
                self.assertNotRegex(os.path.basename(report["path"]), r"[\s'\":]")
                self.assertIn(", " + message.replace("\n", " ") + "\n", self.cupel("history"))
        self.cupel("upgrade", "head")

    def test_a_template_of_ones_own(self):
        self.write("migrations/script.sql.tmpl", "-- revision: {revision}\n-- down_revision: {down_revision}\n-- message: {message}\n"
                                                 "-- Ticket:\n\n-- cupel: upgrade\n{upgrade}\n-- cupel: downgrade\n{downgrade}\n")
        result = self.run_cupel("revision", "-m", "add phone")
        if result.code != 0:
            self.fail(result.err)

    def test_labels_dependencies_and_ids(self):
        self.cupel("revision", "-m", "first one", "--rev-id", "one1", "--branch-label", "shop")
        self.cupel("revision", "-m", "other base", "--rev-id", "two2", "--head", "base", "--depends-on", "one1")
        self.assertEqual(self.cupel("heads"), "one1 (shop) (effective head)\ntwo2 (head)\n")
        self.refused(["revision", "-m", "again", "--rev-id", "one1", "--head", "two2"], 1, f"""
            error: revision id 'one1' is already used by 'migrations/versions/{os.path.basename(self.json("show", "one1")["revisions"][0]["path"])}'
              hint: choose another id
            """)
        for bad in ("a@b", "a:b", "a-b", "a+b"):
            result = self.run_cupel("revision", "-m", "x", "--rev-id", bad, "--head", "two2")
            self.assert_one_error(result)
            self.assertIn(f"'{bad}' cannot be a revision id", result.err)
        self.refused(["revision", "-m", "x", "--head", "two2", "--branch-label", "shop"], 1, """
            error: branch name 'shop' is already used by revision 'one1'
              hint: choose another label
            """)


class Terminal(Case):
    """What has nothing to do with a database."""

    def test_help_teaches(self):
        text = self.cupel("--help")
        for word in ("upgrade", "A first session:", "Exit codes: 0 done"):
            self.assertIn(word, text)
        commands = re.findall(r"(?m)^  ([a-z_]+)  +[A-Z]", text.split("Subcommands:")[1])
        self.assertGreaterEqual(len(commands), 17)
        for command in commands:
            out = self.cupel(command, "--help")
            self.assertIn("Usage: cupel " + command, out)
            self.assertIn("\nExamples:\n  ", out, command)
            text += out
        self.assertLessEqual(max(map(len, text.split("\n"))), 110)

    def test_version(self):
        self.assertRegex(self.cupel("--version"), r"\Acupel \d+\.\d+\.\d+\n\Z")

    def test_no_arguments(self):
        result = self.run_cupel()
        self.assertEqual((result.code, result.out), (2, ""))
        self.assertIn("A first session:", result.err)

    def test_typos(self):
        for arguments, message in [
            ("upgrad head", "error: unknown command 'upgrad'\n  hint: did you mean 'upgrade'?"),
            ("frobnicate", "error: unknown command 'frobnicate'\n  hint: cupel --help shows the commands"),
            ("upgrade head --sqll", "error: unknown option '--sqll' for 'upgrade'\n  hint: did you mean '--sql'?"),
            ("upgrade head --jsn", "error: unknown option '--jsn' for 'upgrade'\n  hint: did you mean '--json'?"),
            ("--jsn heads", "error: unknown option '--jsn' for 'heads'\n  hint: did you mean '--json'?"),
            ("heads --frobnicate", "error: unknown option '--frobnicate' for 'heads'\n  hint: cupel heads --help shows what there is"),
            ("upgrade", "error: 'upgrade' needs an argument: REVISION\n  hint: for example: cupel upgrade head"),
            ("merge", "error: 'merge' needs an argument: REVISIONS\n  hint: for example: cupel merge heads -m \"join phone and billing\""),
            ("show", "error: 'show' needs an argument: REV\n  hint: for example: cupel show head"),
            ("heads extra", "error: 'heads' takes no further argument, got 'extra'\n  hint: cupel heads --help shows what it takes"),
            ("upgrade head -1", "error: 'upgrade' takes no further argument, got '-1'\n  hint: cupel upgrade --help shows what it takes"),
            ("--json", "error: no command was given\n  hint: cupel --help shows the commands"),
            ("upgrade head --url", "error: '--url' needs a value\n  hint: cupel upgrade --help shows which"),
            ("completion tcsh", "error: no completion for 'tcsh'; there is bash, zsh and fish"),
        ]:
            with self.subTest(arguments=arguments):
                result = self.run_cupel(*arguments.split())
                self.assertEqual((result.code, result.err.rstrip("\n")), (2, message))

    def test_errors_as_json(self):
        self.project()
        self.chain(1)
        for arguments, code, error in [
            ("--json upgrad head", 2, {"kind": "usage", "where": "", "message": "unknown command 'upgrad'", "notes": [],
                                       "hint": "did you mean 'upgrade'?"}),
            ("--json show nope", 1, {"kind": "revision", "where": "", "message": "can't locate revision 'nope'", "notes": [],
                                     "hint": "cupel history lists the revisions"}),
            ("upgrade a:b --json", 2, {"kind": "usage", "where": "", "message": "a range ('a:b') is for --sql; a live run starts where the "
                                       "database is", "notes": [], "hint": "leave out what stands before ':'"}),
        ]:
            result = self.run_cupel(*arguments.split())
            self.assertEqual(result.code, code)
            self.assertEqual(harness.json.loads(result.out), {"error": error})
            self.assertIn("error: " + error["message"], result.err)

    def test_a_closed_pipe_is_no_crash(self):
        self.project()
        for i in range(3000):
            self.table_revision(f"r{i:05}", f"r{i - 1:05}" if i else "")
        script = f'"{harness.BINARY}" history -v | head -1; echo "${{PIPESTATUS[0]}}"'
        done = subprocess.run(["bash", "-c", script], cwd=self.folder, env=harness.environment(), capture_output=True, timeout=60)
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.stdout.decode().split("\n")[0], "Rev: r02999 (head)")
        self.assertIn(done.stdout.decode().split("\n")[1], ("0", "141"))

    def test_a_full_disk_is_told(self):
        self.project()
        self.chain(1)
        with open("/dev/full", "wb") as full:
            done = subprocess.run([harness.BINARY, "history"], cwd=self.folder, env=harness.environment(), stdout=full,
                                  stderr=subprocess.PIPE, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (1, b"error: cannot write to standard output\n"))

    def test_a_folder_with_quotes(self):
        name = 'mi "gra\\tions'
        self.cupel("init", name)
        self.cupel("revision", "--rev-id", "a1", "-m", "create users")
        self.cupel("upgrade", "head")
        self.assertEqual(self.cupel("current"), "a1 (head)\n")
        self.assertEqual(len(os.listdir(self.path(name, "versions"))), 1)

    def test_an_editor_that_fails(self):
        self.project()
        self.chain(1)
        self.refused("edit r1", 2, """
            error: the editor 'false' ended with status 1
              hint: check VISUAL and EDITOR
            """, env={"EDITOR": "false"})

    def test_completion_and_manual(self):
        for shell in ("bash", "zsh", "fish"):
            out = self.cupel("completion", shell)
            self.assertIn("upgrade", out)
            if shell == "bash":
                self.write("completion.bash", out)
                done = subprocess.run(["bash", "-c", "source ./completion.bash; COMP_WORDS=(cupel upg); COMP_CWORD=1; _cupel; echo $COMPREPLY"],
                                      cwd=self.folder, capture_output=True, timeout=20)
                self.assertEqual(done.stdout, b"upgrade\n")
        manual = self.cupel("man")
        self.assertTrue(manual.startswith(".TH CUPEL 1"))
        for word in ("ensure_version", "\\-\\-lock\\-timeout", "cupel downgrade \\-1"):
            self.assertIn(word, manual)

    def test_long_forms(self):
        """Everything that has a letter has a word; --tag is Alembic's, for env.py."""
        self.project()
        self.chain(3)
        self.cupel("upgrade", "r2", "--tag", "nightly")
        for long, short in [("history --rev-range r1:r2 --indicate-current --verbose", "history -r r1:r2 -i -v"), ("current --verbose", "current -v"),
                            ("--config cupel.toml heads --verbose", "-c cupel.toml heads -v"), ("branches --verbose", "branches -v"),
                            ("downgrade r2:r1 --sql --tag nightly", "downgrade r2:r1 --sql"), ("stamp r2 --sql --tag nightly", "stamp r2 --sql")]:
            self.assertEqual(self.cupel(*long.split()), self.cupel(*short.split()), long)
        self.assertEqual(self.run_cupel("--quiet", "upgrade", "head"), (0, "", ""))
        self.cupel("revision", "--message", "one more", "--rev-id", "r4")
        self.assertEqual(self.cupel("show", "head").split("\n")[4], "    one more")

    def test_quiet(self):
        self.project()
        self.chain(1)
        self.assertEqual(self.run_cupel("-q", "upgrade", "head"), (0, "", ""))
        self.assertEqual(self.run_cupel("-q", "current"), (0, "r1 (head)\n", ""))
        self.assertEqual(self.run_cupel("-q", "revision", "-m", "update").err, "")
        result = self.run_cupel("-q", "show", "nope")
        self.assertEqual((result.code, result.err.split("\n")[0]), (1, "error: can't locate revision 'nope'"))


if __name__ == "__main__":
    unittest.main()
