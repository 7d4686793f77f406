#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests check_rooms.py on small trees, each with one thing wrong."""
import os
import tempfile
import unittest

import check_rooms

TABLE = "base:\nmodel:\nsql: model\ndialect: model\ncli: sql\n"


def check(files, table=TABLE):
    """The first lines of all complaints about a tree of these files."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in {"src/ROOMS": table, **files}.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        return [problem.split("\n")[0] for problem in check_rooms.check(root)]


class Includes(unittest.TestCase):
    headers = {path: "" for path in (
        "include/cupel/cupel.hpp", "include/cupel/base/text.hpp", "include/cupel/model/table.hpp", "src/sql/lexer.hpp",
        "include/cupel/dialect/dialect.hpp", "src/dialect/sqlite/ddl.hpp", "src/dialect/postgres/ddl.hpp")}

    def included(self, path, target):
        return check({**self.headers, path: f'#include <vector>\n#include "{target}"\n'})

    def test_downwards_is_fine(self):
        self.assertEqual(self.included("src/sql/writer.cpp", "cupel/model/table.hpp"), [])
        self.assertEqual(self.included("src/model/table.cpp", "cupel/base/text.hpp"), [])
        self.assertEqual(self.included("src/sql/writer.cpp", "sql/lexer.hpp"), [])
        self.assertEqual(self.included("src/sql/writer.cpp", "lexer.hpp"), [])

    def test_upwards_is_not(self):
        self.assertEqual(self.included("src/model/table.cpp", "sql/lexer.hpp"),
                         ["src/model/table.cpp:2: room 'model' may not include room 'sql'"])

    def test_permission_is_not_inherited(self):
        self.assertEqual(self.included("src/cli/main.cpp", "cupel/model/table.hpp"),
                         ["src/cli/main.cpp:2: room 'cli' may not include room 'model'"])

    def test_missing_file(self):
        self.assertEqual(self.included("src/model/table_test.cpp", "cupel/model/gone.hpp"),
                         ["src/model/table_test.cpp:2: included file 'cupel/model/gone.hpp' does not exist"])

    def test_tests_may_include_upwards(self):
        self.assertEqual(self.included("src/model/table_test.cpp", "sql/lexer.hpp"), [])

    def test_public_headers_do_not_need_private_ones(self):
        self.assertEqual(self.included("include/cupel/sql/writer.hpp", "sql/lexer.hpp"),
                         ["include/cupel/sql/writer.hpp:2: public header includes private header 'src/sql/lexer.hpp'"])

    def test_angle_brackets_do_not_help(self):
        files = {**self.headers, "src/cli/main.cpp": "#include <cupel/model/table.hpp>\n"}
        self.assertEqual(check(files), ["src/cli/main.cpp:1: room 'cli' may not include room 'model'"])

    def test_database_sees_the_dialect_room_and_below(self):
        self.assertEqual(self.included("src/dialect/sqlite/ddl.cpp", "cupel/dialect/dialect.hpp"), [])
        self.assertEqual(self.included("src/dialect/sqlite/ddl.cpp", "cupel/model/table.hpp"), [])
        self.assertEqual(self.included("src/dialect/sqlite/ddl.cpp", "dialect/sqlite/ddl.hpp"), [])

    def test_database_does_not_see_another(self):
        self.assertEqual(self.included("src/dialect/sqlite/ddl.cpp", "dialect/postgres/ddl.hpp"),
                         ["src/dialect/sqlite/ddl.cpp:2: room 'dialect/sqlite' may not include room 'dialect/postgres'"])

    def test_only_the_list_sees_all_databases(self):
        self.assertEqual(self.included("src/dialect/all_dialects.cpp", "dialect/postgres/ddl.hpp"), [])
        self.assertEqual(self.included("src/dialect/dialect.cpp", "dialect/postgres/ddl.hpp"),
                         ["src/dialect/dialect.cpp:2: room 'dialect' may not include room 'dialect/postgres'"])

    def test_umbrella(self):
        umbrella = {**self.headers, "include/cupel/cupel.hpp": '#include "cupel/model/table.hpp"\n'}
        self.assertEqual(check(umbrella), [])
        self.assertEqual(self.included("src/sql/writer.cpp", "cupel/cupel.hpp"),
                         ["src/sql/writer.cpp:2: room 'sql' may not include the umbrella header"])

    def test_comments_include_nothing(self):
        files = {**self.headers, "src/model/table.cpp": '/*\n#include "sql/lexer.hpp"\n*/\n// #include "sql/lexer.hpp"\n'}
        self.assertEqual(check(files), [])

    def test_unknown_room(self):
        self.assertEqual(check({"src/attic/old.cpp": ""}), ["src/attic/old.cpp:1: room 'attic' is not in src/ROOMS"])


class ClientHeaders(unittest.TestCase):
    def test_driver_backup_and_tests_may(self):
        for path in ("src/dialect/sqlite/driver.cpp", "src/dialect/sqlite/backup.cpp", "src/cli/x_test.cpp"):
            self.assertEqual(check({path: "#include <sqlite3.h>\n"}), [])

    def test_others_may_not(self):
        self.assertEqual(check({"src/dialect/postgres/ddl.cpp": "#include <libpq-fe.h>\n"}),
                         ["src/dialect/postgres/ddl.cpp:1: client library header 'libpq-fe.h' outside a driver"])


class Names(unittest.TestCase):
    def named(self, text, path="src/sql/writer.cpp"):
        return [problem.split(":")[1] + problem.split(":")[3] for problem in check({path: text})]

    def test_identifiers_and_strings(self):
        self.assertEqual(self.named('int Sqlite;\nauto x = "use POSTGRESQL here";\n'), ["1 'Sqlite'", "2 'POSTGRESQL'"])
        self.assertEqual(self.named('auto x = R"(\n a "mysql" )";\n'), ["1 'mysql'"])
        self.assertEqual(self.named('auto x = "sqlite:///a.db";\n'), ["1 'sqlite'"])

    def test_part_of_a_word_is_no_name(self):
        self.assertEqual(self.named('int sqlites_nephew; auto x = "sqlites";\n'), [])

    def test_comments(self):
        self.assertEqual(self.named("// sqlite\n/* mysql\n mariadb */ int x;\n"), [])

    def test_comment_marks_in_strings_hide_nothing(self):
        self.assertEqual(self.named('auto u = "http://x"; int sqlite;\nauto v = "/*"; int mysql; auto w = "*/";\n'),
                         ["1 'sqlite'", "2 'mysql'"])

    def test_quotes_and_digit_separators(self):
        self.assertEqual(self.named("char a = '\"'; int sqlite; char b = '\"';\nint m = 1'000'000; int mysql;\n"),
                         ["1 'sqlite'", "2 'mysql'"])

    def test_dialects_and_tests_may(self):
        for path in ("src/dialect/sqlite/ddl.cpp", "include/cupel/dialect/dialect.hpp", "src/sql/writer_dbtest.cpp"):
            self.assertEqual(check({path: "int sqlite;\n"}), [])

    def test_exception_needs_a_reason(self):
        self.assertEqual(self.named('auto x = "sqlite";  // rooms: allow an example for people\n'), [])
        self.assertEqual(self.named('// rooms: allow an example for people\nauto x = "sqlite";\n'), [])
        self.assertEqual(check({"src/sql/writer.cpp": 'auto x = "sqlite";  // rooms: allow\n'}),
                         ["src/sql/writer.cpp:1: an exception without a reason"])

    def test_exception_covers_one_line_only(self):
        self.assertEqual(self.named('int a;  // rooms: allow reason\nint sqlite;\n'), ["2 'sqlite'"])


class Table(unittest.TestCase):
    def test_cycle(self):
        self.assertEqual(check({}, "base:\na: b\nb: c\nc: a\n"),
                         ["src/ROOMS: rooms include each other in a circle: a -> b -> c -> a"])

    def test_unknown_and_twice(self):
        self.assertEqual(check({}, "base:\na: b\na:\nnonsense\n"),
                         ["src/ROOMS:3: room 'a' is listed twice", "src/ROOMS:4: expected 'room: rooms', got 'nonsense'",
                          "src/ROOMS: room 'a' may include 'b', which is not a room"])


if __name__ == "__main__":
    unittest.main()
