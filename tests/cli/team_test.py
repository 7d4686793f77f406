# SPDX-License-Identifier: MIT
"""Several people: two heads, merges, splices, files with conflicts, interop with Alembic on one database."""
import os
import unittest

from harness import AlembicProject, Case, has_alembic, on_both_databases


@on_both_databases
class TwoHeads(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.table_revision("a1a1a1a1a1a1", message="first")
        self.table_revision("b2b2b2b2b2b2", "a1a1a1a1a1a1", message="add phone")
        self.table_revision("c3c3c3c3c3c3", "a1a1a1a1a1a1", message="add billing")

    def test_it_is_shown(self):
        self.assertEqual(self.cupel("heads"), "b2b2b2b2b2b2 (head)\nc3c3c3c3c3c3 (head)\n")
        self.assertEqual(self.cupel("branches"), "a1a1a1a1a1a1 (branchpoint)\n"
                                                 "             -> b2b2b2b2b2b2 (head)\n"
                                                 "             -> c3c3c3c3c3c3 (head)\n\n")
        branch = self.json("branches")["branches"][0]
        self.assertEqual((branch["revision"], branch["children"]), ("a1a1a1a1a1a1", ["b2b2b2b2b2b2", "c3c3c3c3c3c3"]))

    def test_upgrade_head_refuses_and_says_what_to_type(self):
        self.refused("upgrade head", 1, """
            error: multiple head revisions are present for given argument 'head': 'b2b2b2b2b2b2', 'c3c3c3c3c3c3'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
              hint: make them one: cupel merge -m "..." b2b2b2b2b2b2 c3c3c3c3c3c3
            """)
        self.refused("upgrade head --sql", 1, """
            error: multiple head revisions are present for given argument 'head': 'b2b2b2b2b2b2', 'c3c3c3c3c3c3'; please specify a specific target revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads
              hint: make them one: cupel merge -m "..." b2b2b2b2b2b2 c3c3c3c3c3c3
            """)
        self.refused(["revision", "-m", "one more"], 1, """
            error: multiple heads are present: 'b2b2b2b2b2b2', 'c3c3c3c3c3c3'; please specify the head revision on which the new revision should be based, or perform a merge
              hint: cupel revision --head b2b2b2b2b2b2, or cupel merge -m "..." b2b2b2b2b2b2 c3c3c3c3c3c3
            """)
        self.assertEqual(self.db.tables(), [])
        self.assertEqual(len(os.listdir(self.path("migrations/versions"))), 3)

    def test_what_the_hints_say_works(self):
        self.cupel("upgrade", "heads")
        self.assertEqual(self.cupel("current"), "b2b2b2b2b2b2 (head)\nc3c3c3c3c3c3 (head)\n")
        self.cupel("merge", "-m", "join phone and billing", "b2b2b2b2b2b2", "c3c3c3c3c3c3", "--rev-id", "d4d4d4d4d4d4")
        self.cupel("upgrade", "head")
        self.assertEqual(self.cupel("current"), "d4d4d4d4d4d4 (head) (mergepoint)\n")
        self.assertEqual(self.db.query("SELECT version_num FROM alembic_version"), [("d4d4d4d4d4d4",)])
        self.cupel("downgrade", "d4d4-1")
        self.assertEqual(self.cupel("current"), "b2b2b2b2b2b2\nc3c3c3c3c3c3\n")

    def test_merge_heads(self):
        report = self.json("merge", "heads", "-m", "join phone and billing")
        self.assertEqual(report["down_revision"], ["b2b2b2b2b2b2", "c3c3c3c3c3c3"])
        self.assertRegex(report["path"], r"_join_phone_and_billing\.sql$")
        self.assertIn("-- down_revision: b2b2b2b2b2b2, c3c3c3c3c3c3\n", self.read(report["path"]))
        self.cupel("upgrade", "head")
        self.assertEqual(len(self.db.tables()), 3)

    def test_merge_what_is_no_head(self):
        """With a label for the line that begins there."""
        self.table_revision("e5e5e5e5e5e5", "c3c3c3c3c3c3", message="fifth")
        self.cupel("merge", "b2", "c3", "--splice", "--branch-label", "joined", "--rev-id", "f6", "--message", "join the older ones")
        self.assertEqual(self.cupel("heads"), "e5e5e5e5e5e5 (head)\nf6 (joined) (head)\n")
        self.cupel("upgrade", "joined@head")
        self.assertEqual(self.cupel("current"), "f6 (head) (mergepoint)\n")
        self.assertEqual(len(self.db.tables()), 3)

    def test_merge_refuses(self):
        self.refused("merge b2", 1, """
            error: a merge needs at least two revisions, there is only 'b2b2b2b2b2b2'
              hint: cupel heads lists what can be merged
            """)
        self.refused("merge b2 b2b2", 1, """
            error: duplicate head revisions specified: 'b2b2b2b2b2b2'
              hint: name each head once
            """)
        self.refused("merge a1 b2", 1, """
            error: revision 'a1a1a1a1a1a1' is not a head revision; please specify --splice to create a new branch from this revision
              hint: cupel heads lists the heads
            """)
        self.refused("merge b2 nope", 1, """
            error: can't locate revision 'nope'
              hint: cupel history lists the revisions
            """)

    def test_the_parent_is_edited_by_hand(self):
        path = "migrations/versions/c3c3c3c3c3c3.sql"
        self.write(path, self.read(path).replace("down_revision: a1a1a1a1a1a1", "down_revision: b2b2b2b2b2b2"))
        self.cupel("upgrade", "head")
        self.assertEqual(self.current(), ["c3c3c3c3c3c3 (head)"])

    def test_splice(self):
        self.refused(["revision", "-m", "between", "--head", "a1"], 1, """
            error: revision 'a1a1a1a1a1a1' is not a head revision; please specify --splice to create a new branch from this revision
              hint: cupel heads lists the heads
            """)
        self.cupel("revision", "-m", "third branch", "--head", "a1", "--splice", "--rev-id", "e5")
        self.assertEqual(len(self.cupel("heads").split("\n")), 4)

    def test_one_of_the_heads_is_applied(self):
        self.cupel("upgrade", "b2")
        self.refused("downgrade +1", 1, """
            error: '+1' is not a valid downgrade target: it goes forward
              hint: to go forward use: cupel upgrade +1
            """)
        self.cupel("upgrade", "heads")
        self.refused("downgrade -1", 1, """
            error: '-1' is ambiguous: the database has several heads: 'b2b2b2b2b2b2', 'c3c3c3c3c3c3'
              hint: choose one: cupel downgrade b2b2b2b2b2b2-1, cupel downgrade c3c3c3c3c3c3-1
            """)
        self.cupel("downgrade", "b2b2b2b2b2b2-1")
        self.assertEqual(self.current(), ["c3c3c3c3c3c3 (head)"])


@on_both_databases
class BrokenGraph(Case):
    """Reading commands still work and warn; what writes refuses with one error."""

    def setUp(self):
        super().setUp()
        self.project()

    def check(self, problem, reading="heads", output=None):
        result = self.run_cupel(reading)
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(self.normal(result.err).split("\n")[0], "warning: " + problem)
        if output is not None:
            self.assertEqual(result.out, output)
        for command in ("upgrade heads", "downgrade base", "stamp head", "upgrade head --sql"):
            result = self.run_cupel(*command.split())
            self.assert_one_error(result)
            self.assertEqual(self.normal(result.err).split("\n")[0], "error: " + problem, command)
            self.assertIn("\n  hint: ", result.err)
        self.assertEqual(self.db.tables(), [])

    def test_two_files_with_one_id(self):
        self.table_revision("r1")
        self.table_revision("r1", name="copy_of_r1")
        self.check("migrations/versions/r1.sql: revision id 'r1' is already used by 'migrations/versions/copy_of_r1.sql'", output="r1 (head)\n")

    def test_a_missing_parent(self):
        self.table_revision("r2", "r1")
        self.check("migrations/versions/r2.sql: revision 'r2' has the parent 'r1', which no file defines")

    def test_a_missing_dependency(self):
        self.table_revision("r2", depends="r1")
        self.check("migrations/versions/r2.sql: revision 'r2' depends on 'r1', which no file defines")

    def test_a_cycle(self):
        self.table_revision("r1", "r3")
        self.table_revision("r2", "r1")
        self.table_revision("r3", "r2")
        result = self.run_cupel("history")
        self.assertEqual(result.code, 0)
        result = self.run_cupel("upgrade", "head")
        self.assert_one_error(result)
        self.assertIn("cycle", result.err)

    def test_an_illegal_id(self):
        for bad in ("a@b", "a:b", "x" * 200 + "-"):
            with self.subTest(id=bad[:10]):
                path = self.table_revision(bad, name="odd")
                result = self.run_cupel("upgrade", "heads")
                self.assert_one_error(result)
                self.assertIn("migrations/versions/odd.sql: ", result.err)
                os.remove(path)

    def test_an_id_of_two_hundred_characters(self):
        long = "x" * 200
        self.table_revision(long)
        result = self.run_cupel("upgrade", "heads")
        self.assertEqual(result.code, 0, result.err)
        self.assertEqual(self.current(), [long + " (head)"])
        self.cupel("downgrade", "base")

    def test_an_id_of_three_hundred_characters(self):
        self.table_revision("x" * 300, name="long")
        result = self.run_cupel("upgrade", "heads")
        self.assert_one_error(result)
        self.assertIn("has 300 characters", result.err)
        self.assertEqual(self.db.tables(), [])


@on_both_databases
@unittest.skipUnless(has_alembic(), "Alembic is not installed")
class WithAlembic(Case):
    """Both programs work in turn on one database; the ids are equal."""

    def setUp(self):
        super().setUp()
        self.project()
        self.alembic = AlembicProject(self.path("alembic"), self.db.url)
        for i in range(1, 4):
            down = f"rev{i - 1}" if i > 1 else None
            up, undo = f"CREATE TABLE t_rev{i} (id INTEGER PRIMARY KEY)", f"DROP TABLE t_rev{i}"
            self.table_revision(f"rev{i}", down or "")
            self.alembic.revision(f"rev{i}", down, up, undo)

    def alembic_ok(self, *commands):
        results = self.alembic.run(*commands)
        for code, out in results:
            self.assertEqual(code, 0, out)
        return [out for _, out in results]

    def test_what_alembic_did_is_understood(self):
        self.alembic_ok("upgrade rev2")
        self.assertEqual(self.current(), ["rev2"])
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.tables(), ["t_rev1", "t_rev2", "t_rev3"])
        self.assertEqual(self.alembic_ok("current", "downgrade rev1"), ["rev3 (head)\n", ""])
        self.assertEqual(self.current(), ["rev1"])
        self.cupel("downgrade", "base")
        self.assertEqual(self.db.tables(), [])

    def test_what_cupel_did_is_understood(self):
        self.cupel("upgrade", "rev1")
        self.assertEqual(self.alembic_ok("current", "upgrade head", "current"), ["rev1\n", "", "rev3 (head)\n"])
        self.assertEqual(self.current(), ["rev3 (head)"])
        self.assertEqual(self.run_cupel("upgrade", "head"), (0, "", ""))

    def test_stamps(self):
        self.alembic_ok("stamp rev2")
        self.assertEqual(self.current(), ["rev2"])
        self.cupel("stamp", "head")
        self.assertEqual(self.alembic_ok("current", "stamp base"), ["rev3 (head)\n", ""])
        self.assertEqual(self.current(), [])
        self.assertEqual(self.run_cupel("repair").code, 0)

    def test_the_version_table_is_the_same(self):
        self.cupel("ensure_version")
        ours = self.version_table()
        self.db.script("DROP TABLE alembic_version")
        self.alembic_ok("stamp base")
        self.assertEqual(ours, self.version_table())

    def version_table(self):
        if self.db.name == "sqlite":
            (sql,), = self.db.query("SELECT sql FROM sqlite_master WHERE name = 'alembic_version'")
            return " ".join(sql.replace("IF NOT EXISTS ", "").split())
        return self.db.query(
            "SELECT column_name, data_type, character_maximum_length, is_nullable, conname FROM information_schema.columns, "
            "pg_constraint WHERE table_name = 'alembic_version' AND conrelid = 'alembic_version'::regclass")


if __name__ == "__main__":
    unittest.main()
