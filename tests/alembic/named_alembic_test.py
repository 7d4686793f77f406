# SPDX-License-Identifier: MIT
"""Called as `alembic`, cupel prints what Alembic prints, on both streams, and exits as it does."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

EXAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "050-alembic-project")
ALEMBIC = ("/usr/bin/python3", "-c", "import sys; from alembic.config import main; main(argv=sys.argv[1:], prog='alembic')")


class NamedAlembic(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.project = os.path.join(self.folder, "project")
        shutil.copytree(EXAMPLE, self.project)
        self.ours = os.path.join(self.folder, "alembic")
        os.symlink(harness.BINARY, self.ours)

    def run_one(self, command, database, arguments):
        env = harness.environment(APP_DATABASE_URL="sqlite:///" + os.path.join(self.folder, database), PYTHONDONTWRITEBYTECODE="1",
                                  PYTHONWARNINGS="ignore")
        done = subprocess.run([*command, *arguments], cwd=self.project, env=env, capture_output=True, timeout=60)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_prints_and_exits_as_alembic_does(self):
        for arguments in (["current"], ["heads"], ["heads", "-v"], ["upgrade", "+2"], ["current"], ["current", "-v"], ["upgrade", "4d2f6e8c1a44"],
                          ["upgrade", "head"], ["upgrade", "head"], ["current"], ["show", "head"], ["history", "-r", ":4d2f6e8c1a44"],
                          ["branches"], ["upgrade", "nosuch"], ["downgrade", "7a3c9d5f6e77"], ["stamp", "head"], ["current"]):
            with self.subTest(" ".join(arguments)):
                code, out, err = self.run_one([self.ours], "ours.db", arguments)
                expected_code, expected_out, expected_err = self.run_one(ALEMBIC, "theirs.db", arguments)
                self.assertEqual(code, expected_code, err)
                # Alembic keeps the children of a branchpoint in a set.
                out, expected_out = [sorted(it.splitlines()) if arguments == ["branches"] else it for it in (out, expected_out)]
                self.assertEqual(str(out).replace("ours.db", "theirs.db"), str(expected_out))
                self.assertEqual(sorted(err.splitlines()), sorted(expected_err.splitlines()))

    def test_init(self):
        """The same files by name and the same words; what lies in them runs with both tools."""
        told = {}
        for name, command in (("ours", [self.ours]), ("theirs", ALEMBIC)):
            self.project = os.path.join(self.folder, name)
            os.mkdir(self.project)
            told[name] = []
            for arguments in (["init", "migs"], ["init", "migs"], ["init", "-t", "nope", "other"], ["init", "--package", "pkg"]):
                code, out, _ = self.run_one(command, "app.db", arguments)
                lines = out.replace(self.project, "HERE").splitlines()
                told[name].append((code, sorted(lines), lines[:2], lines[-1:]))
            told[name].append(sorted(os.path.relpath(os.path.join(folder, file), self.project)
                                     for folder, folders, files in os.walk(self.project) for file in files + folders))
        self.assertEqual(told["ours"], told["theirs"])
        self.project = os.path.join(self.folder, "ours")
        with open(os.path.join(self.project, "alembic.ini"), encoding="utf-8") as file:
            text = file.read().replace("driver://user:pass@localhost/dbname", "sqlite:///app.db")
        with open(os.path.join(self.project, "alembic.ini"), "w", encoding="utf-8") as file:
            file.write(text)
        for command in ([self.ours], ALEMBIC):
            for arguments in (["revision", "-m", "one more"], ["upgrade", "head"], ["current"]):
                code, out, err = self.run_one(command, "app.db", arguments)
                self.assertEqual(code, 0, err)
        self.assertIn("(head)", out)
        self.assertEqual(len([name for name in os.listdir(os.path.join(self.project, "migs", "versions")) if name.endswith(".py")]), 2)

    def test_hooks(self):
        """A program that both find: the file is there first, then come the hook's words, then its end."""
        ini = os.path.join(self.project, "alembic.ini")
        with open(ini, encoding="utf-8") as file:
            text = file.read()
        with open(ini, "w", encoding="utf-8") as file:
            file.write(text + "\n[post_write_hooks]\nhooks = say\nsay.type = console_scripts\nsay.entrypoint = alembic\n"
                              "say.options = --version REVISION_SCRIPT_FILENAME\n")
        told = [self.run_one(command, "app.db", ["revision", "-m", "one", "--rev-id", name, "--head", "base"])
                for command, name in (([self.ours], "0001"), (ALEMBIC, "0002"))]
        for code, _, err in told:
            self.assertEqual(code, 0, err)
        ours, theirs = [out.replace("0001", "ID").replace("0002", "ID").replace('"', "'").replace("\n-c 1.", "\nalembic 1.") for _, out, _ in told]
        self.assertIn("Running post write hook 'say' ...\nalembic 1.", ours)
        self.assertEqual(ours, theirs)

    def test_a_wrong_option_is_a_usage_error(self):
        self.assertEqual(self.run_one([self.ours], "ours.db", ["frobnicate"])[0], 2)

    def test_version(self):
        self.assertRegex(self.run_one([self.ours], "ours.db", ["--version"])[1], r"^alembic \d+\.\d+")


if __name__ == "__main__":
    unittest.main()
