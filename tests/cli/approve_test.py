# SPDX-License-Identifier: MIT
"""A yes in a file beside the revisions: it names the text that was approved. See docs/safety.md."""
import os
import re
import unittest

from harness import Case, on_both_databases


@on_both_databases
class Approval(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.revision("r1", "", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, phone TEXT);", "DROP TABLE users;")
        self.cupel("upgrade", "head")
        self.db.script("INSERT INTO users VALUES (1, 'ann', NULL), (2, 'bob', '12'), (3, 'cy', NULL)")
        self.destroyer()

    def destroyer(self, text="ALTER TABLE users DROP COLUMN phone;"):
        self.revision("r2", "r1", text, "ALTER TABLE users ADD COLUMN phone TEXT;")

    def approve(self, *arguments):
        return self.cupel("approve", "r2", "--because", "phones moved", *arguments)

    def file(self):
        return re.sub(r"\d{4}-[0-9T:-]+Z", "<time>", self.read("migrations/approvals/r2.approval"))

    def test_shows_what_would_be_lost_and_opens_the_gate(self):
        self.assert_one_error(self.run_cupel("upgrade", "head"))
        self.assertEqual(self.normal(self.approve()), "migrations/versions/r2.sql:7: drops column 'phone' of table 'users', and 1 value with it (DS002)\n")
        self.assertRegex(self.file(), r"\Acupel approval 1\nrevision: r2\nchecksum: [0-9a-f]+\napproved_by: tester@\S+\napproved_at: <time>\n"
                                      r"because: phones moved\nallows: DS002\nstep: drops column 'phone' of table 'users' \(DS002\)\n\Z")
        self.assertRegex(self.cupel("approve"), r"\Ar2: tester@\S+ at \S+, because phones moved\n\Z")
        self.cupel("upgrade", "head")
        self.assertEqual(self.current(), ["r2 (head)"])

    def test_layout_does_not_count_and_words_do(self):
        self.approve()
        self.destroyer("-- no longer needed\nALTER TABLE users\n  DROP COLUMN phone;")
        self.assertEqual(self.run_cupel("approve").code, 0)
        self.destroyer("ALTER TABLE users DROP COLUMN phone;\nDELETE FROM users;")
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertRegex(self.normal(result.err), r"  note: migrations/approvals/r2.approval: tester@\S+ has approved an older text of revision "
                                                  r"'r2' at \S+\n  hint: look at what is new, and approve it again: cupel approve r2 --because <reason>\n\Z")
        listed = self.run_cupel("approve")
        self.assertEqual(listed.code, 3)
        self.assertIn("(no longer valid: the revision was edited since)", listed.out)
        self.assertEqual(self.json_of(self.run_cupel("--json", "approve"))["approvals"][0]["state"], "stale")
        self.approve()
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.query("SELECT count(*) FROM users"), [(0,)])

    def json_of(self, result):
        import json
        return json.loads(result.out)

    def test_holds_where_everything_is_denied(self):
        self.project('[safety]\ndestructive = "deny"\n')
        self.approve()
        self.cupel("upgrade", "head")

    def test_is_for_one_revision(self):
        self.approve()
        self.revision("r3", "r2", "DROP TABLE users;")
        result = self.run_cupel("upgrade", "head")
        self.assertIn("revision 'r3' drops table 'users', and 3 rows with it", result.err)
        os.rename(self.path("migrations/approvals/r2.approval"), self.path("migrations/approvals/r3.approval"))
        self.assertIn("migrations/approvals/r3.approval:2: it approves revision 'r2', not 'r3'", self.normal(self.run_cupel("upgrade", "head").err))

    def test_what_this_database_has_nothing_of_may_be_approved(self):
        self.db.script("DELETE FROM users")
        self.assertIn("and 0 values with it (DS002)", self.approve())

    def test_a_revision_that_is_gone(self):
        self.approve()
        os.remove(self.path("migrations/versions/r2.sql"))
        listed = self.run_cupel("approve")
        self.assertEqual((listed.code, "(there is no such revision)" in listed.out), (3, True))

    def test_what_cannot_be_approved(self):
        self.refused("approve r2", 2, """
            error: an approval needs a reason
              hint: say why the data may go: --because "names moved to the address book"
            """)
        self.refused(["approve", "r1", "--because", "x"], 2, """
            error: revision 'r1' destroys nothing, as far as its words tell
              hint: there is nothing to approve
            """)
        self.assertEqual(self.run_cupel("approve", "r9", "--because", "x").code, 1)
        self.assertEqual(self.cupel("approve"), "")
        self.approve()
        self.write("migrations/approvals/r2.approval", "approved: everything\n")
        self.assertIn("r2.approval:1: this is not what cupel writes as an approval", self.run_cupel("upgrade", "head").err)

    def test_code_is_approved_as_a_whole(self):
        os.remove(self.path("cupel.toml"))
        self.db.script("DROP TABLE users; DROP TABLE cupel_history; DROP TABLE alembic_version")
        self.write("alembic.ini", f"[alembic]\nscript_location = a\nsqlalchemy.url = {self.db.url}\n")
        self.write("a/env.py", "")
        head = "from alembic import op\nrevision = '{}'\ndown_revision = {}\n\ndef upgrade():\n"
        self.write("a/versions/p1.py", head.format("p1", None) + "    op.execute('CREATE TABLE users (id INTEGER, phone TEXT, name TEXT)')\n"
                                                                  "    op.execute(\"INSERT INTO users VALUES (1, '2', 'ann')\")\n")
        self.cupel("upgrade", "p1")
        self.write("a/versions/p2.py", head.format("p2", "'p1'") + "    op.drop_column('users', 'phone')\n")
        self.assert_one_error(self.run_cupel("upgrade", "head"))
        self.assertEqual(self.cupel("approve", "p2", "--because", "x"), "revision 'p2': all that it does, which nobody knows before it runs\n")
        self.write("a/versions/p2.py", head.format("p2", "'p1'") + "    op.drop_column('users', 'name')\n")
        self.assert_one_error(self.run_cupel("upgrade", "head"))
        self.cupel("approve", "p2", "--because", "x")
        self.cupel("upgrade", "head")

    def test_a_table_that_is_rebuilt(self):
        self.destroyer("CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT);\nINSERT INTO new SELECT id, name FROM users;\n"
                       "DROP TABLE users;\nALTER TABLE new RENAME TO users;")
        self.assertIn("without its column 'phone', and 1 value with it (DS002)", self.approve())
        self.cupel("upgrade", "head")


if __name__ == "__main__":
    unittest.main()
