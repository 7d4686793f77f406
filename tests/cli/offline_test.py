# SPDX-License-Identifier: MIT
"""--sql: what is printed, run by the database's own shell, gives what a live run gives; nothing is touched meanwhile."""
import os
import unittest

from harness import Case, on_both_databases, postgres_only, sqlite_only

UP1 = """CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name VARCHAR(50) NOT NULL DEFAULT 'it''s; fine' -- ; not an end
);
INSERT INTO users (id, name) VALUES (1, 'semi;colon'), (2, 'Größe 増やす'), (3, 'back\\slash');
/* a comment; with a semicolon */
CREATE INDEX ix_users_name ON users (name);"""


@on_both_databases
class Text(Case):
    def setUp(self):
        super().setUp()
        self.project()
        self.revision("r1", "", UP1, "DROP TABLE users;", message="create users")
        self.revision("r2", "r1", "ALTER TABLE users ADD COLUMN phone VARCHAR(20);\nUPDATE users SET phone = '0' || id;",
                      "ALTER TABLE users DROP COLUMN phone;", message="add phone")
        self.revision("r3", "r2", *self.function_or_trigger(), message="count inserts")

    def function_or_trigger(self):
        if self.db.name == "sqlite":
            return ("CREATE TABLE counted (n INTEGER);\nCREATE TRIGGER count_users AFTER INSERT ON users BEGIN\n"
                    "  INSERT INTO counted VALUES (1);\n  INSERT INTO counted VALUES (2);\nEND;\nINSERT INTO users (name) VALUES ('x');",
                    "DROP TRIGGER count_users;\nDROP TABLE counted;\nDELETE FROM users WHERE name = 'x';")
        return ("CREATE TABLE counted (n INTEGER);\nCREATE FUNCTION count_users() RETURNS trigger LANGUAGE plpgsql AS $body$\nBEGIN\n"
                "  INSERT INTO counted VALUES (1); INSERT INTO counted VALUES (2);\n  RETURN NEW;\nEND $body$;\n"
                "CREATE TRIGGER count_users AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION count_users();\n"
                "INSERT INTO users (id, name) VALUES (4, 'x');",
                "DROP TRIGGER count_users ON users;\nDROP FUNCTION count_users();\nDROP TABLE counted;\nDELETE FROM users WHERE id = 4;")

    def shell(self, text):
        done = self.db.run_sql_file(text)
        self.assertEqual((done.returncode, done.stderr.decode()), (0, ""), text)

    def forget_everything(self):
        if self.db.name == "sqlite":
            os.remove(self.db.path)
        else:
            self.db.clear()

    def test_upgrade_and_downgrade_equal_online(self):
        self.cupel("upgrade", "head")
        top = self.db.dump()
        self.cupel("downgrade", "r1")
        low = self.db.dump()
        self.forget_everything()

        self.shell(self.cupel("upgrade", "head", "--sql"))
        self.assertEqual(self.db.dump(), top)
        self.assertEqual(self.current(), ["r3 (head)"])
        self.shell(self.cupel("downgrade", "head:r1", "--sql"))
        self.assertEqual(self.db.dump(), low)
        self.shell(self.cupel("upgrade", "r1:r2", "--sql"))
        self.shell(self.cupel("upgrade", "r2:head", "--sql"))
        self.assertEqual(self.db.dump(), top)
        self.assertEqual(self.run_cupel("upgrade", "head"), (0, "", ""))
        self.shell(self.cupel("downgrade", "head:-1", "--sql"))
        self.assertEqual(self.current(), ["r2"])
        self.shell(self.cupel("downgrade", "r2:base", "--sql"))
        self.assertEqual((self.db.tables(), self.current()), ([], []))

    def test_nothing_is_touched(self):
        result = self.run_cupel("upgrade", "head", "--sql")
        self.assertEqual((result.code, result.err), (0, ""))
        self.assertEqual(self.db.tables(), [])
        if self.db.name == "sqlite":
            self.assertFalse(self.db.exists())

    def test_no_server_is_needed(self):
        if self.db.name == "sqlite":
            url = "sqlite:////nowhere/at/all.db"
        else:
            url = "postgresql://nobody:secret@nowhere.invalid/x"
        expected = self.cupel("upgrade", "head", "--sql")
        self.assertEqual(self.cupel("upgrade", "head", "--sql", "--url", url), expected)

    def test_stamps(self):
        self.shell(self.cupel("upgrade", "r1", "--sql"))
        self.shell(self.cupel("stamp", "r1:r3", "--sql"))
        self.assertEqual(self.current(), ["r3 (head)"])

    def test_branches_and_merges(self):
        for name in os.listdir(self.path("migrations/versions")):
            os.remove(self.path("migrations/versions", name))
        self.diamond()
        self.cupel("upgrade", "head")
        online = self.db.dump()
        self.forget_everything()
        self.shell(self.cupel("upgrade", "head", "--sql"))
        self.assertEqual(self.db.dump(), online)
        self.shell(self.cupel("downgrade", "d4:base", "--sql"))
        self.assertEqual(self.db.tables(), [])

    def test_form(self):
        """The words around the statements."""
        text = self.cupel("upgrade", "r1", "--sql")
        frame = ["PRAGMA foreign_keys=OFF;\n\nBEGIN IMMEDIATE;\n\n", "COMMIT;\n\nPRAGMA foreign_keys=ON;\n\n"] \
            if self.db.name == "sqlite" else ["BEGIN;\n\n", "COMMIT;\n\n"]
        self.assertTrue(text.startswith(frame[0]), text)
        self.assertTrue(text.endswith("INSERT INTO alembic_version (version_num) VALUES ('r1');\n\n" + frame[1]), text)
        self.assertIn("\n\n-- Running upgrade  -> r1\n\nCREATE TABLE users (", text)
        self.assertEqual(self.cupel("upgrade", "head:head", "--sql"), "")

    def test_refusals(self):
        self.refused("downgrade -1 --sql", 2, """
            error: downgrade with --sql requires <from>:<to>, got '-1'
              hint: say where it starts: cupel downgrade head:-1 --sql
            """)
        self.refused("upgrade r1:r2:r3 --sql", 2, """
            error: 'r1:r2:r3' is no range: it has more than one ':'
              hint: a range is start:end, start: or :end
            """)
        self.refused("upgrade nope:head --sql", 1, """
            error: can't locate revision 'nope'
              hint: cupel history lists the revisions
            """)

    @postgres_only
    def test_statements_outside_of_transactions(self):
        self.revision("r4", "r3", "ALTER TABLE users ADD COLUMN age INTEGER;\nCREATE INDEX CONCURRENTLY ix_age ON users (age);\n"
                      "ALTER TABLE users ADD COLUMN size INTEGER;", "DROP INDEX CONCURRENTLY ix_age;\n"
                      "ALTER TABLE users DROP COLUMN age;\nALTER TABLE users DROP COLUMN size;")
        self.cupel("upgrade", "head")
        online = self.db.dump()
        self.db.clear()
        self.shell(self.cupel("upgrade", "head", "--sql"))
        self.assertEqual(self.db.dump(), online)
        self.shell(self.cupel("downgrade", "head:-1", "--sql"))
        self.cupel("upgrade", "head")
        self.assertEqual(self.db.dump(), online)
        self.cupel("downgrade", "-1")
        self.assertEqual(self.current(), ["r3"])

    @sqlite_only
    def test_vacuum_is_outside(self):
        self.revision("r4", "r3", "ALTER TABLE users ADD COLUMN age INTEGER;\nVACUUM;\nALTER TABLE users ADD COLUMN size INTEGER;", "SELECT 1;")
        self.cupel("upgrade", "head")
        online = self.db.dump()
        self.forget_everything()
        self.shell(self.cupel("upgrade", "head", "--sql"))
        self.assertEqual(self.db.dump(), online)


if __name__ == "__main__":
    unittest.main()
