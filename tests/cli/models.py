# SPDX-License-Identifier: MIT
"""What the tests of the commands that compare schemas share: a project with a schema.sql."""
import json
import os
import pty
import select
import subprocess
import time

from harness import BINARY, Case, environment


class ModelCase(Case):
    def models(self, sql, more=""):
        """A project whose only source is schema.sql."""
        self.project('[schema]\nsql = ["schema.sql"]\n' + more)
        self.write("schema.sql", sql)

    def versions(self):
        return sorted(os.listdir(self.path("migrations/versions")))

    def newest(self):
        """The revision file that was written last."""
        folder = self.path("migrations/versions")
        name = max(os.listdir(folder), key=lambda name: os.stat(os.path.join(folder, name)).st_mtime_ns)
        return "migrations/versions/" + name

    def generate(self, message, *flags):
        """The text of the new revision."""
        before = self.versions()
        self.cupel("revision", "--autogenerate", "-m", message, *flags)
        self.assertEqual(len(self.versions()), len(before) + 1, "a file should have been written")
        return self.read(self.newest())

    def assert_clean(self):
        result = self.run_cupel("check")
        self.assertEqual((result.code, result.out), (0, "No new upgrade operations detected.\n"), result.err)

    def structure(self):
        """The database's schema as cupel prints it."""
        return self.cupel("inspect")

    def allowing(self):
        """The flag that lets an upgrade destroy data."""
        return ["--allow-destructive"]

    def refuses(self, arguments, code, *words):
        result = self.run_cupel(*arguments)
        self.assert_one_error(result, code)
        for word in words:
            self.assertIn(word, result.err)
        return result

    @staticmethod
    def parse_json(text):
        return json.loads(text)

    def on_terminal(self, arguments, answers, limit=60):
        """Runs the binary on a terminal of its own, and types an answer whenever it has asked something."""
        main, side = pty.openpty()
        process = subprocess.Popen([BINARY, *arguments], cwd=self.folder, stdin=side, stdout=side, stderr=side,
                                   env=environment(), start_new_session=True)
        os.close(side)
        said, answers, ends = "", list(answers), time.monotonic() + limit
        unread = ""
        while time.monotonic() < ends:
            ready, _, _ = select.select([main], [], [], 0.1)
            if ready:
                try:
                    piece = os.read(main, 65536).decode("utf-8", "replace")
                except OSError:
                    break
                if not piece:
                    break
                said += piece
                unread += piece
            if unread.rstrip(" ").endswith(("?", "[y/n]", "[a/l/n]")) and answers:
                os.write(main, (answers.pop(0) + "\n").encode())
                unread = ""
        code = process.wait(timeout=10)
        os.close(main)
        return code, said.replace("\r\n", "\n")
