#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that the code keeps to src/ROOMS. Usage: check_rooms.py [ROOT]; exit code 1 if anything is wrong.

Four rules: a room includes only what the table allows, the table has no cycle, a client library's header stays
in the driver of its database, and no code outside the dialects names a database. docs/architecture.md says why.
A line that must break a rule says so and why: `// rooms: allow REASON`, on the line or on the one above.
"""
import os
import re
import sys

TABLE = "src/ROOMS"
ALL_DIALECTS = "src/dialect/all_dialects.cpp"
UMBRELLA = "include/cupel/cupel.hpp"
# Short names for users; each belongs to the room that it opens.
FRONT_DOORS = {"include/cupel/cli.hpp": "cli", "include/cupel/embed.hpp": "command"}
DATABASES = ("postgresql", "postgres", "sqlite", "mysql", "mariadb")
CLIENT_HEADERS = ("libpq-fe.h", "sqlite3.h", "mysql.h", "mysql/mysql.h", "mariadb/mysql.h")
CLIENT_FILES = re.compile(r"src/dialect/\w+/(driver|backup)(_\w+)?\.[ch]pp$")
TEST_FILE = re.compile(r"(_test|_dbtest|_testing|/testing)\.[ch]pp$")
ALLOW = re.compile(r"//\s*rooms: allow\b[:,]?\s*(.*)")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
NAME_IN_TEXT = re.compile(r"(?<![a-z])(%s)(?![a-z])" % "|".join(DATABASES), re.IGNORECASE)
# Comment, raw string, string, character, identifier: one of these at a time, so that none hides in another.
TOKEN = re.compile(
    r'(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)'
    r'|(?P<raw>\b(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")'
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')"
    r'|(?P<word>[A-Za-z_]\w*)', re.DOTALL)


class Rooms:
    """The table, and what is wrong with it."""

    def __init__(self, root):
        self.may = {}
        self.problems = []
        with open(os.path.join(root, TABLE), encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                self._add_line(line.split("#")[0].strip(), f"{TABLE}:{number}")
        for room, others in self.may.items():
            for other in sorted(others - set(self.may)):
                self.problems.append(f"{TABLE}: room '{room}' may include '{other}', which is not a room")
        self._find_cycle()

    def _add_line(self, line, where):
        if not line:
            return
        room, colon, others = line.partition(":")
        if not colon:
            self.problems.append(f"{where}: expected 'room: rooms', got '{line}'")
        elif room in self.may:
            self.problems.append(f"{where}: room '{room}' is listed twice")
        else:
            self.may[room] = set(others.split())

    def _find_cycle(self):
        done = set()

        def visit(room, path):
            if room in path:
                circle = " -> ".join(path[path.index(room):] + [room])
                self.problems.append(f"{TABLE}: rooms include each other in a circle: {circle}")
            elif room not in done:
                for other in sorted(self.may.get(room, ())):
                    visit(other, path + [room])
            done.add(room)

        for room in self.may:
            visit(room, [])

    def allows(self, room, other):
        if other in (room, "base"):
            return True
        if room.startswith("dialect/"):  # a database sees the dialect room and what that one sees
            return other == "dialect" or other in self.may.get("dialect", ())
        return other in self.may.get(room, ())


def room_of(path):
    """The room that a file belongs to; None for files that belong to none (the umbrella header)."""
    parts = path.split("/")
    if path == UMBRELLA:
        return None
    if path in FRONT_DOORS:
        return FRONT_DOORS[path]
    if parts[0] == "include":
        return parts[2]
    if parts[1] == "dialect" and len(parts) > 3:
        return "dialect/" + parts[2]
    return parts[1]


def resolve(root, source, target, is_test):
    """The included file, relative to the root; None if there is no such file."""
    folders = [os.path.dirname(source), "include", "src"] + (["tests"] if is_test else [])
    for folder in folders:
        path = os.path.normpath(os.path.join(folder, target))
        if os.path.isfile(os.path.join(root, path)):
            return path
    return None


class Source:
    """One file: its lines, and its exceptions."""

    def __init__(self, root, path):
        self.root, self.path = root, path
        with open(os.path.join(root, path), encoding="utf-8") as file:
            self.text = file.read()
        self.lines = self.text.split("\n")
        self.is_test = bool(TEST_FILE.search(path))
        self.problems = []

    def allowed(self, first, last):
        for number in {first - 1, first, last}:
            if 1 <= number <= len(self.lines):
                line = self.lines[number - 1]
                mark = ALLOW.search(line)
                # The line above counts only if it is nothing but the comment.
                if mark and (number != first - 1 or line.strip().startswith("//")):
                    if not mark.group(1).strip():
                        self._say(number, "an exception without a reason",
                                  "write why after '// rooms: allow'")
                    return True
        return False

    def report(self, message, hint, first, last=None):
        if not self.allowed(first, last or first):
            self._say(first, message, hint)

    def _say(self, line, message, hint):
        text = f"{self.path}:{line}: {message}\n  hint: {hint}"
        if text not in self.problems:
            self.problems.append(text)

    def check(self, rooms):
        own = room_of(self.path)
        if own is not None and own.split("/")[0] not in rooms.may:
            self._say(1, f"room '{own}' is not in {TABLE}", f"add it to {TABLE} and docs/architecture.md, or move the file")
            return
        self._check_includes(rooms, own)
        if own is not None and own.split("/")[0] != "dialect" and not self.is_test:
            self._check_names()

    def _check_includes(self, rooms, own):
        commented = blank_comments(self.text).split("\n")
        for number, line in enumerate(commented, 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            quoted, angled = found.groups()
            if (angled or quoted) in CLIENT_HEADERS:
                if not self.is_test and not CLIENT_FILES.match(self.path):
                    self.report(f"client library header '{angled or quoted}' outside a driver",
                                "only src/dialect/<db>/driver* and backup* may include it", number)
            elif quoted or angled.startswith("cupel/"):
                self._check_include(rooms, own, quoted or angled, number)

    def _check_include(self, rooms, own, target, number):
        path = resolve(self.root, self.path, target, self.is_test)
        if path is None:
            self.report(f"included file '{target}' does not exist",
                        "paths are relative to include/ or src/, such as \"cupel/base/text.hpp\"", number)
        elif not self.is_test and own is not None and path.startswith(("src/", "include/cupel/")):
            other = room_of(path)
            if other is None:
                self.report(f"room '{own}' may not include the umbrella header",
                            "include what you use, such as \"cupel/base/text.hpp\"", number)
            elif self.path.startswith("include/") and path.startswith("src/"):
                self.report(f"public header includes private header '{path}'",
                            "what is not in include/ is not installed", number)
            elif not rooms.allows(own, other) and not (self.path == ALL_DIALECTS and other.startswith("dialect/")):
                self.report(f"room '{own}' may not include room '{other}'", self._hint(rooms, own, other), number)

    @staticmethod
    def _hint(rooms, own, other):
        if other.startswith("dialect/"):
            return f"only {ALL_DIALECTS} knows the databases' own headers; ask through cupel/dialect/"
        may = rooms.may.get(own.split("/")[0], set()) | {"base"}
        return f"'{own}' may include: {' '.join(sorted(may))} ({TABLE})"

    def _check_names(self):
        for token in TOKEN.finditer(self.text):
            kind = token.lastgroup if token.lastgroup != "mark" else "raw"
            if kind == "word" and token.group().lower() in DATABASES:
                name = token.group()
            elif kind in ("string", "raw") and NAME_IN_TEXT.search(token.group()):
                name = NAME_IN_TEXT.search(token.group()).group()
            else:
                continue
            first = self.text.count("\n", 0, token.start()) + 1
            self.report(f"a database is named outside src/dialect/: '{name}'",
                        "ask the dialect for a trait, or say why not: // rooms: allow REASON",
                        first, first + token.group().count("\n"))


def blank_comments(text):
    """The text without comments and raw strings, lines kept, so that an #include inside one is not seen."""
    def blank(token):
        hide = token.group("comment") is not None or token.group("raw") is not None
        return "\n" * token.group().count("\n") if hide else token.group()
    return TOKEN.sub(blank, text)


def source_files(root):
    for top in ("include/cupel", "src"):
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
                if name.endswith((".hpp", ".cpp")) and (path == UMBRELLA or path.count("/") > top.count("/") + 1):
                    yield path


def check(root):
    rooms = Rooms(root)
    problems = list(rooms.problems)
    for path in source_files(root):
        source = Source(root, path)
        source.check(rooms)
        problems += source.problems
    return problems


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    problems = check(root)
    for problem in problems:
        print(problem)
    if problems:
        print(f"rooms: {len(problems)} {'problem' if len(problems) == 1 else 'problems'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
