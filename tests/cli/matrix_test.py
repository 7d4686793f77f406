# SPDX-License-Identifier: MIT
"""What each command accepts as a target: the legality matrix of the reference, on a1 -> b2 (left), c3 (right) -> d4."""
import unittest

from harness import Case, on_both_databases

A, B, C, D = "a1a1a1a1a1a1", "b2b2b2b2b2b2", "c3c3c3c3c3c3", "d4d4d4d4d4d4"


class Diamond(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.diamond()

    def at(self, *revisions):
        self.cupel("stamp", *revisions)

    def rows(self):
        return sorted(line.split(" ")[0] for line in self.current())

    def check(self, cells, command):
        """cells: (where the database is, argument, rows afterwards or the error's first line)."""
        for start, argument, expected in cells:
            with self.subTest(command=command, at=start, argument=argument):
                self.reset(start)
                result = self.run_cupel(command, *argument.split())
                if isinstance(expected, list):
                    self.assertEqual(result.code, 0, result.err)
                    self.assertEqual(self.rows(), expected)
                else:
                    self.assert_one_error(result, result.code or -1)
                    self.assertEqual(result.err.split("\n")[0], "error: " + expected)
                    if not expected.endswith(("nothing is applied", "nothing is left to apply")):
                        self.assertIn("\n  hint: ", result.err)
                    self.assertEqual(self.rows(), sorted(start))

    def reset(self, rows):
        """Really there, so that both directions can run."""
        if self.current():
            self.cupel("downgrade", "base")
        for row in rows:
            self.cupel("upgrade", row)


@on_both_databases
class Upgrade(Diamond):
    def test_targets(self):
        self.check([
            ([], "head", [D]), ([], "heads", [D]), ([], "base", []), ([A], "base", [A]),
            ([], "left@head", [D]), ([], "left@heads", [D]), ([], "left@base", []),
            ([], B, [B]), ([], "b2", [B]), ([], "left", [B]), ([D], A, [D]), ([D], "head", [D]),
        ], "upgrade")

    def test_relative(self):
        self.check([
            ([], "+1", [A]), ([A], "left@+1", [B]), ([A], "right@+1", [C]), ([], "a1+1", "'a1+1' is ambiguous: after 'a1a1a1a1a1a1' "
             "there are 'b2b2b2b2b2b2', 'c3c3c3c3c3c3'"),
            ([A], "+1", "'+1' is ambiguous: after 'a1a1a1a1a1a1' there are 'b2b2b2b2b2b2', 'c3c3c3c3c3c3'"),
            ([], "b2+1", [D]), ([], "d4-1", "'d4-1' is ambiguous: before 'd4d4d4d4d4d4' there are 'b2b2b2b2b2b2', 'c3c3c3c3c3c3'"),
            ([], "b2-1", [A]),
            ([D], "+1", "relative revision +1 didn't produce 1 migrations: nothing is left to apply"),
            ([A], "-1", "'-1' is not a valid upgrade target: it goes back"),
            ([A], "left@-1", "'left@-1' is not a valid upgrade target: it goes back"),
        ], "upgrade")

    def test_refused(self):
        self.check([
            ([A], "a1:d4", "a range ('a1:d4') is for --sql; a live run starts where the database is"),
            ([A], "a1:b2:c3", "a range ('a1:b2:c3') is for --sql; a live run starts where the database is"),
            ([A], "nope", "can't locate revision 'nope'"),
            ([A], "nope@head", "no such branch 'nope'"),
            ([A], "right@b2", "revision 'b2b2b2b2b2b2' is not a member of branch 'right'"),
        ], "upgrade")

    def test_an_older_revision_is_no_error_but_told(self):
        self.reset([D])
        result = self.run_cupel("upgrade", A)
        self.assertEqual((result.code, result.out), (0, ""))
        self.assertEqual(result.err, "the database is already past 'a1a1a1a1a1a1' (at 'd4d4d4d4d4d4'); to go back use: "
                                     "cupel downgrade a1a1a1a1a1a1\n")


@on_both_databases
class Downgrade(Diamond):
    def test_targets(self):
        self.check([
            ([D], "base", []), ([D], "b2", [B, C]), ([D], A, [A]), ([D], "left@base", [C]),
            ([B], "-1", [A]), ([A], "-1", []), ([D], "d4-1", [B, C]), ([D], "left@-1", [B, C]),
            ([B, C], "left@-1", [C]), ([B, C], "right@a1", [B]), ([D], "-1", [B, C]),
        ], "downgrade")

    def test_refused(self):
        self.check([
            ([B, C], "-1", "'-1' is ambiguous: the database has several heads: 'b2b2b2b2b2b2', 'c3c3c3c3c3c3'"),
            ([B], "+1", "'+1' is not a valid downgrade target: it goes forward"),
            ([A], "b2", "'b2' is not a valid downgrade target: revision 'b2b2b2b2b2b2' is not applied, the database is at "
             "'a1a1a1a1a1a1'"),
            ([A], "head", "'head' is not a valid downgrade target: it goes forward"),
            ([A], "-2", "relative revision -2 didn't produce 2 migrations: only 1 is applied"),
            ([], "-1", "relative revision -1 didn't produce 1 migrations: nothing is applied"),
            ([A], "d4:a1", "a range ('d4:a1') is for --sql; a live run starts where the database is"),
            ([D], "-2", "'-2' is ambiguous: before 'd4d4d4d4d4d4' there are 'b2b2b2b2b2b2', 'c3c3c3c3c3c3'"),
        ], "downgrade")


@on_both_databases
class Stamp(Diamond):
    def reset(self, rows):
        self.cupel("stamp", "--purge", *(rows or ["base"]))

    def test_targets(self):
        self.check([
            ([], "head", [D]), ([], "heads", [D]), ([D], "base", []), ([], "left@head", [D]), ([], "b2", [B]),
            ([], "b2 c3", [B, C]), ([B, C], "d4", [D]), ([D], "b2 c3", [B, C]), ([D], "a1", [A]), ([B], "c3", [B, C]),
            ([A], "+1", "'+1' is ambiguous: after 'a1a1a1a1a1a1' there are 'b2b2b2b2b2b2', 'c3c3c3c3c3c3'"),
            ([B], "-1", [A]), ([], "b2-1", [A]), ([D], "left@base", [C]), ([B, C], "--purge b2", [B]),
        ], "stamp")

    def test_refused(self):
        self.check([
            ([A], "a1 b2", "cannot stamp both 'a1a1a1a1a1a1' and 'b2b2b2b2b2b2': 'a1a1a1a1a1a1' is an ancestor of "
             "'b2b2b2b2b2b2'"),
            ([A], "base b2", "'base' cannot be stamped together with other revisions"),
            ([A], "nope", "can't locate revision 'nope'"),
            ([A], "--purge --sql b2", "--purge cannot be combined with --sql"),
        ], "stamp")


@on_both_databases
class Reading(Diamond):
    def ids(self, *arguments):
        return [item["revision"] for item in self.json(*arguments)["revisions"]]

    def test_show(self):
        self.cupel("stamp", "b2")
        for argument, expected in [("head", [D]), ("heads", [D]), ("base", []), ("left@head", [D]), ("left@base", []),
                                   ("b2", [B]), ("right", [C]), ("-1", None), ("b2-1", [A]), ("b2+1", [D]),
                                   ("current", [B]), ("current+1", [D]), ("+1", None), ("a1:b2", None), ("", None)]:
            with self.subTest(argument=argument):
                if expected is None:
                    self.assert_one_error(self.run_cupel("show", argument), self.run_cupel("show", argument).code)
                else:
                    self.assertEqual(self.ids("show", argument), expected)

    def test_history(self):
        self.cupel("stamp", "b2")
        for argument, expected in [("base:head", [D, C, B, A]), (":b2", [B, A]), ("b2:", [D, B]), ("b2:d4", [D, B]), ("-2:", [D, C, B]),
                                   ("-1:head", [D, C]), (":+1", [A]), ("a1:+1", [B, A]), ("current:", [D, B]), (":current", [B, A]),
                                   ("current:+1", [D, B]), ("left@base:left@head", [D, C, B, A]), (":", [D, C, B, A]),
                                   ("-1:current", [B, A])]:
            with self.subTest(argument=argument):
                self.assertEqual(self.ids("history", "-r", argument), expected)

    def test_history_refuses(self):
        self.refused("history -r b2:c3", 1, """
            error: requested range b2:c3 does not refer to ancestor/descendant revisions along the same branch
              hint: see cupel history for what stands on what
            """)
        self.refused("history -r d4:a1", 1, """
            error: requested range d4:a1 does not refer to ancestor/descendant revisions along the same branch
              hint: the older revision comes first: a1:d4
            """)
        self.refused("history -r b2", 2, """
            error: 'b2' is no range: it has no ':'
              hint: a range is start:end, start: or :end
            """)
        self.refused("history -r a1:b2:c3", 2, """
            error: 'a1:b2:c3' is no range: it has more than one ':'
              hint: a range is start:end, start: or :end
            """)


if __name__ == "__main__":
    unittest.main()
