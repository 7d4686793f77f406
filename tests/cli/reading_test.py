# SPDX-License-Identifier: MIT
"""Every command that only looks, in every state that a project and its database can be in: one JSON value, at most one error, an
exit code that is documented, and nothing changed."""
import json
import os
import re
import unittest

from harness import Case, on_both_databases

READERS = ["approve", "branches", "check", "current", "current --check-heads", "diff database models", "diff empty database", "doctor",
           "doctor --scripts", "heads", "heads --resolve-dependencies", "history", "history -i", "history -r current:", "inspect",
           "lint", "lint --all", "lint --list-rules", "list_templates", "repair", "show current", "show head", "show r1", "status",
           "upgrade head --dry-run"]


@on_both_databases
class Readers(Case):
    def setUp(self):
        super().setUp()
        self.project('[schema]\nsql = ["schema.sql"]\n')
        self.chain(3)
        self.write("schema.sql", "".join(f"CREATE TABLE t_r{i} (id INTEGER PRIMARY KEY);\n" for i in (1, 2, 3)))

    def state(self):
        """What must stay: files, tables and rows."""
        files = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                if not name.startswith("app.db"):
                    files[os.path.join(folder, name)] = self.read(os.path.join(folder, name))
        exists = self.db.name == "postgresql" or self.db.exists()
        return files, exists and self.db.dump()

    def check(self, *codes):
        """Of all commands; `codes` are those that some of them must end with."""
        before, seen = self.state(), set()
        for command in READERS:
            with self.subTest(command=command):
                result = self.run_cupel("--json", *command.split())
                seen.add(result.code)
                report = json.loads(result.out)
                self.assertLessEqual(len(re.findall(r"(?m)^error: ", result.err)), 1, result.err)
                self.assertNotIn("[this is a bug]", result.err)
                self.assertIn(result.code, (0, 1, 3), result.err)
                self.assertEqual(result.code == 1, isinstance(report, dict) and "error" in report, result.out + result.err)
        self.assertEqual(self.state(), before)
        self.assertEqual(seen, {0, *codes})

    def test_nothing_is_applied(self):
        self.cupel("ensure_version")
        self.check(1, 3)

    def test_half_way(self):
        self.cupel("upgrade", "r2")
        self.check(1, 3)

    def test_all_is_well(self):
        self.cupel("upgrade", "head")
        self.check()

    def test_an_unknown_revision(self):
        self.cupel("upgrade", "head")
        self.db.script("UPDATE alembic_version SET version_num = 'ffff'")
        self.check(1, 3)

    def test_tables_without_a_revision(self):
        self.cupel("upgrade", "head")
        self.db.script("DELETE FROM alembic_version")
        self.check(1, 3)

    def test_two_heads(self):
        self.table_revision("r3", "r1")
        self.cupel("upgrade", "heads")
        self.check(1, 3)

    def test_a_file_that_is_no_revision(self):
        self.cupel("upgrade", "head")
        self.write("migrations/versions/bad.sql", "hello\n")
        self.check(1, 3)

    def test_an_edited_and_a_deleted_file(self):
        self.cupel("upgrade", "head")
        self.write("migrations/versions/r1.sql", self.read("migrations/versions/r1.sql").replace("id INTEGER", "no INTEGER"))
        os.remove(self.path("migrations/versions/r3.sql"))
        self.check(1, 3)

    def test_models_that_cannot_be_read(self):
        self.cupel("upgrade", "head")
        self.write("schema.sql", "CREATE TABEL x;\n")
        self.check(1)

    def test_a_table_of_somebody_else(self):
        self.cupel("upgrade", "head")
        self.db.script("CREATE TABLE checkpoints (thread_id TEXT)")
        self.check()

    def test_a_table_that_somebody_changed(self):
        self.cupel("upgrade", "head")
        self.db.script("ALTER TABLE t_r2 ADD COLUMN more TEXT")
        self.check(3)


if __name__ == "__main__":
    unittest.main()
