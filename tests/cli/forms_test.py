# SPDX-License-Identifier: MIT
"""What reading commands print, byte for byte as Alembic prints it for the same graph on the same database."""
import os
import re
import unittest

from harness import AlembicProject, Case, has_alembic, on_both_databases

COMMANDS = [
    "history", "history -v", "history -i", "history -r base:head", "history -r b2:d4", "history -r :c3",
    "history -r b2b2b2b2b2b2:", "history -r left@base:left@head",
    "history -v -r b2:head",
    "heads", "heads -v", "heads --resolve-dependencies",
    "branches", "branches -v",
    "show head", "show heads", "show b2", "show left", "show left@head", "show d4d4d4d4d4d4", "show current",
    "current", "current -v",
]


def alike(text):
    """Without what cannot be equal: folder, extension, time stamp, and the log of what ran, which only cupel has."""
    text = re.sub(r"(?m)^Path: .*/versions/(\w+)\.(py|sql)$", r"Path: versions/\1", text)
    text = re.sub(r"(?m)^Current revision\(s\) for .*:$", "Current revision(s) for <url>:", text)
    text = re.sub(r"(?m)^(    Create Date:) .*$", r"\1 <date>", text)
    text = re.sub(r"(?m)^    Applied:\n(      .*\n)+\n", "", text)
    # Sets in Alembic: their order changes from run to run there.
    text = re.sub(r"\((left|right), (left|right)\)", "(left, right)", text)
    text = re.sub(r"(?m)^(Branch names:) (left|right), (left|right)$", r"\1 left, right", text)
    return re.sub(r"(?m)^(Branches into:) (\w+), (\w+)$", lambda m: f"{m[1]} {', '.join(sorted(m.groups()[1:]))}", text)


def entries(text):
    """One per revision. Siblings come in no order in Alembic (it depends on file names); in cupel, by id."""
    if text.startswith(("Rev:", "Current revision(s)")):
        return re.split(r"(?m)^(?=Rev: )", text)
    return text.split("\n")


def sorted_children(entry):
    """The lines '   -> child' of branches."""
    head, *children = re.split(r"(?m)^(?= +-> )", entry.rstrip("\n"))
    return [head, *sorted(child.rstrip("\n") for child in children)]


@unittest.skipUnless(has_alembic(), "Alembic is not installed")
class Side(Case):
    """Both programs on the diamond of the reference."""

    def setUp(self):
        super().setUp()
        self.project()
        self.diamond()
        self.alembic = AlembicProject(self.path("alembic"), self.db.url)
        self.alembic.revision("a1a1a1a1a1a1", message="first")
        self.alembic.revision("b2b2b2b2b2b2", "a1a1a1a1a1a1", message="second", labels="left")
        self.alembic.revision("c3c3c3c3c3c3", "a1a1a1a1a1a1", message="third", labels="right")
        self.alembic.revision("d4d4d4d4d4d4", ("b2b2b2b2b2b2", "c3c3c3c3c3c3"), message="merge it")

    def compare(self, commands, stamp):
        self.cupel("stamp", *stamp)
        for command, (code, expected) in zip(commands, self.alembic.run(*commands)):
            with self.subTest(command=command, at=stamp):
                result = self.run_cupel(*command.split())
                self.assertEqual((code, result.code), (0, 0), expected + result.err)
                ours, theirs = entries(alike(result.out)), entries(alike(expected))
                self.assertEqual(sorted(map(sorted_children, ours)), sorted(map(sorted_children, theirs)))
                if not command.startswith(("branches", "show heads", "heads", "current")):
                    self.assert_newest_first(result.out)

    def assert_newest_first(self, text):
        order = re.findall(r"(?m)(?:^Rev: |-> )(\w+)", text)
        for child, parents in PARENTS.items():
            for parent in parents:
                if child in order and parent in order:
                    self.assertLess(order.index(child), order.index(parent), text)


PARENTS = {"b2b2b2b2b2b2": ["a1a1a1a1a1a1"], "c3c3c3c3c3c3": ["a1a1a1a1a1a1"],
           "d4d4d4d4d4d4": ["b2b2b2b2b2b2", "c3c3c3c3c3c3"], "e5e5e5e5e5e5": ["b2b2b2b2b2b2", "c3c3c3c3c3c3"]}


@on_both_databases
class Merged(Side):
    def test_at_the_head(self):
        self.compare(COMMANDS, ["head"])

    def test_in_the_middle(self):
        self.compare(["history -i", "history -v -i", "history -i -r current:", "history -i -r :current", "current",
                      "current -v", "show current"], ["b2b2b2b2b2b2"])

    def test_a_range_with_current_marks_it(self):
        """Alembic does since 1.9; the one that is compared with above may be older."""
        self.cupel("stamp", "b2b2b2b2b2b2")
        self.assertEqual(self.cupel("history", "-r", ":current"),
                         "a1a1a1a1a1a1 -> b2b2b2b2b2b2 (left) (current), second\n"
                         "<base> -> a1a1a1a1a1a1 (branchpoint), first\n")

    def test_order_is_that_of_ids(self):
        self.assertEqual(self.cupel("history"),
                         "b2b2b2b2b2b2, c3c3c3c3c3c3 -> d4d4d4d4d4d4 (left, right) (head) (mergepoint), merge it\n"
                         "a1a1a1a1a1a1 -> c3c3c3c3c3c3 (right), third\n"
                         "a1a1a1a1a1a1 -> b2b2b2b2b2b2 (left), second\n"
                         "<base> -> a1a1a1a1a1a1 (branchpoint), first\n")

    def test_on_both_branches(self):
        self.compare(["current", "current -v", "history -i"], ["b2b2b2b2b2b2", "c3c3c3c3c3c3"])

    def test_nothing_applied(self):
        self.compare(["current", "current -v", "history -i"], ["base"])


@on_both_databases
class TwoHeads(Side):
    """Without the merge: a branch with two heads, and one that depends on the other."""

    def setUp(self):
        super().setUp()
        os.remove(self.path("migrations/versions/d4d4d4d4d4d4.sql"))
        os.remove(self.path("alembic/migrations/versions/d4d4d4d4d4d4.py"))
        self.table_revision("e5e5e5e5e5e5", "c3c3c3c3c3c3", message="fifth", depends="b2b2b2b2b2b2")
        self.alembic.revision("e5e5e5e5e5e5", "c3c3c3c3c3c3", message="fifth", depends="b2b2b2b2b2b2")

    def test_forms(self):
        self.compare(["history", "history -v", "heads", "heads -v", "heads --resolve-dependencies", "branches", "branches -v",
                      "show heads", "show right@head", "current"], ["right@head"])


@on_both_databases
class Line(Case):
    """A plain line of five, where relative ranges mean the same in both."""

    def test_forms(self):
        if not has_alembic():
            self.skipTest("Alembic is not installed")
        self.project()
        alembic = AlembicProject(self.path("alembic"), self.db.url)
        for i in range(1, 6):
            down = f"rev{i - 1}" if i > 1 else None
            self.table_revision(f"rev{i}", down or "", message=f"step {i}")
            alembic.revision(f"rev{i}", down, message=f"step {i}")
        self.cupel("stamp", "rev3")
        commands = ["history", "history -v", "history -i", "history -r-2:", "history -r rev2:+1",
                    "history -r :rev2", "history -i -r current:", "show rev3", "show head", "heads",
                    "branches", "current", "current -v"]
        for command, (code, expected) in zip(commands, alembic.run(*commands)):
            with self.subTest(command=command):
                self.assertEqual(code, 0, expected)
                self.assertEqual(alike(self.cupel(*command.split())), alike(expected))


if __name__ == "__main__":
    unittest.main()
