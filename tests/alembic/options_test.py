# SPDX-License-Identifier: MIT
"""Called as `alembic`, cupel takes every option of every command of Alembic's, and exits as Alembic does."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

# The command line of Alembic 1.19. What the installed one does not know yet is only tried.
TABLE = {
    "": "-h --help --version -c --config -n --name -x --raiseerr -q --quiet",
    "init": "-t --template --package",
    "list_templates": "",
    "revision": "-m --message --autogenerate --sql --head --splice --branch-label --version-path --rev-id --depends-on",
    "merge": "-m --message --branch-label --rev-id --splice",
    "upgrade": "--sql --tag",
    "downgrade": "--sql --tag",
    "stamp": "--sql --tag --purge",
    "current": "-c --check-heads -v --verbose",
    "history": "-r --rev-range -v --verbose -i --indicate-current",
    "heads": "-v --verbose --resolve-dependencies",
    "branches": "-v --verbose",
    "show": "",
    "edit": "",
    "check": "",
    "ensure_version": "--sql",
}

# In this order, on one database: options of the program, command, arguments.
CASES = """
    | list_templates |
    | init | one
    | init | one
    | init | -t generic two
    | init | --template generic three
    | init | --package four
    | init | -t nope five
    | ensure_version | --sql
    | ensure_version |
    | current |
    | upgrade | --sql head
    | upgrade | --sql --tag word a1:b2
    | upgrade | --tag word a1
    | upgrade | nope
    | upgrade | +9
    | current | -v
    | current | --verbose
    | current | -c
    | current | --check-heads
    | upgrade | head
    | current | --check-heads
    | downgrade | --sql head:a1
    | downgrade | --sql a1
    | downgrade | --tag word -1
    | downgrade | base
    | stamp | --sql head
    | stamp | --tag word head
    | stamp | --purge a1
    | stamp | --sql --purge a1
    | stamp | head
    | check |
    | history | -r a1:
    | history | --rev-range :b2
    | history | -v
    | history | --verbose
    | history | -i
    | history | --indicate-current
    | heads | -v
    | heads | --verbose
    | heads | --resolve-dependencies
    | branches | -v
    | branches | --verbose
    | show | head
    | show | nope
    | edit | head
    | revision | -m word --rev-id c3
    | revision | --message word --rev-id d4 --head b2 --splice
    | revision | -m word --head a1
    | revision | -m word --rev-id e5 --head base --branch-label side --version-path {folder}/migrations/versions
    | revision | -m word --rev-id f6 --head e5 --depends-on c3 --depends-on d4
    | revision | --sql -m word --head f6
    | revision | --autogenerate --sql -m word
    | revision | --autogenerate -m word --head c3
    | revision | --auto --sq -m word
    | history | --verb
    | heads | --resolve
    | revision | --s -m word
    --conf alembic.ini | heads |
    | merge | -m word --rev-id aa c3 d4
    | merge | --message word --rev-id bb --branch-label joined aa f6
    | merge | -m word --rev-id cc --splice aa d4
    -x a=b -x c | heads |
    -c alembic.ini | heads |
    --config alembic.ini | heads |
    -c nope.ini | heads |
    -c alembic.ini -c pyproject.toml | heads |
    -n other | heads |
    --name other | heads |
    -n nope | heads |
    --raiseerr | heads |
    --raiseerr | show | nope
    -q | heads |
    --quiet | heads |
    -h | |
    --help | |
    --version | |
    | |
    | nope |
    --nope | heads |
    | heads | --nope
"""

RUNNER = r"""
import contextlib, io, json, sys, traceback, warnings
warnings.simplefilter("ignore")
from alembic.config import CommandLine
parser = CommandLine(prog="alembic").parser
commands = next(action.choices for action in parser._actions if getattr(action, "choices", None) and action.dest != "help")
known = {name: sorted(s for action in sub._actions for s in action.option_strings) for name, sub in commands.items()}
known[""] = sorted(s for action in parser._actions for s in action.option_strings)
codes = []
for argv in json.load(sys.stdin):
    code = 0
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            CommandLine(prog="alembic").main(argv=argv)
        except SystemExit as error:
            code = (error.code or 0) & 255
        except Exception:
            code = 1
    codes.append(code)
print("\n" + json.dumps([known, codes]))
"""


def cases(folder):
    """(options of the program, command, arguments), each split."""
    for line in CASES.strip().splitlines():
        front, command, rest = (part.strip() for part in line.split("|"))
        yield front.split(), command, rest.replace("{folder}", folder).split()


class Options(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.binary = os.path.join(self.folder, "alembic")
        os.symlink(harness.BINARY, self.binary)
        self.env = harness.environment(EDITOR="true", VISUAL="true", PYTHONDONTWRITEBYTECODE="1")

    def project(self, name):
        folder = os.path.join(self.folder, name)
        project = harness.AlembicProject(folder, "sqlite:///app.db")
        project._write("alembic.ini", "[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:///app.db\n"
                                      "version_locations = %(here)s/migrations/versions\n"
                                      "[other]\nscript_location = migrations\n")
        project._write("pyproject.toml", "[project]\nname = 'x'\n[tool.alembic]\nscript_location = 'migrations'\n")
        shutil.copy("/usr/lib/python3/dist-packages/alembic/templates/generic/script.py.mako", folder + "/migrations/script.py.mako")
        project.revision("a1", None, "CREATE TABLE a (id INTEGER)", "DROP TABLE a")
        project.revision("b2", "a1", "CREATE TABLE b (id INTEGER)", "DROP TABLE b")
        return folder

    def ours(self, argv, folder):
        done = subprocess.run([self.binary, *argv], cwd=folder, env=self.env, capture_output=True, timeout=60)
        return done.returncode, done.stdout.decode() + done.stderr.decode()

    def test_the_cases_have_every_option(self):
        tried = {}
        for front, command, rest in cases("x"):
            tried.setdefault("", set()).update(word for word in front if word.startswith("-"))
            tried.setdefault(command, set()).update(word for word in rest if word.startswith("-"))
        for command, options in TABLE.items():
            self.assertLessEqual(set(options.split()), tried[command], command)

    def test_help_of_every_command_names_every_option(self):
        folder = self.project("help")
        for command, options in TABLE.items():
            code, text = self.ours([*([command] if command else []), "--help"], folder)
            self.assertEqual(code, 0, command)
            for option in options.split():
                self.assertRegex(text, r"(?m)^ +(-\w, ?)?" + option + r"\b", command)

    @unittest.skipUnless(harness.has_alembic() and os.path.isdir("/usr/lib/python3/dist-packages/alembic"), "Alembic is not installed")
    def test_exits_as_alembic_does(self):
        theirs = self.project("theirs")
        done = subprocess.run([sys.executable, "-c", RUNNER], cwd=theirs, env=self.env, capture_output=True, timeout=300,
                              input=json.dumps([[*front, *([command] if command else []), *rest] for front, command, rest in cases(theirs)]).encode())
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        known, codes = json.loads(done.stdout.decode().splitlines()[-1])
        for command, options in known.items():
            self.assertLessEqual(set(options) - {"-h", "--help"}, set(TABLE[command].split()), command)
        folder = self.project("ours")
        for (front, command, rest), expected in zip(cases(folder), codes):
            with self.subTest(" ".join([*front, command, *rest])):
                code, text = self.ours([*front, *([command] if command else []), *rest], folder)
                is_new = command not in known and command in TABLE or any(
                    word.startswith("-") and word in TABLE[where].split() and word not in known.get(where, [])
                    for where, words in (("", front), (command, rest)) for word in words)
                if is_new or front.count("-c") > 1:
                    self.assertNotEqual(code, 2, text)
                else:
                    self.assertEqual(code, expected, text)


if __name__ == "__main__":
    unittest.main()
