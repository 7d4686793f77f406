# SPDX-License-Identifier: MIT
"""Scripts that are wrong: one message with the place, and the database as it was before that revision."""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

HEAD = '"""%s"""\nfrom alembic import op\nimport sqlalchemy as sa\nrevision = "%s"\ndown_revision = %s\n\n\n'
FIRST = HEAD % ("one", "a1", "None") + "def upgrade():\n    op.create_table('t', sa.Column('id', sa.Integer, primary_key=True))\n"
MAKES = "    op.create_table('x', sa.Column('a', sa.Integer))\n"

# (what, the text behind the head, what the message begins with)
CASES = [
    ("an open parenthesis", "def upgrade():\n    op.create_table('x',\n", "b2.py:9:20: SyntaxError: '(' was never closed"),
    ("a print of Python 2", "def upgrade():\n    print 'hello'\n", "b2.py:9:5: SyntaxError: Missing parentheses in call to 'print'"),
    ("tabs and spaces", "def upgrade():\n    if True:\n\top.execute('SELECT 1')\n", "b2.py:10:2: TabError"),
    ("NUL", "def upgrade():\n    op.execute('a\0b')\n", "b2.py:9:18: SyntaxError: source code cannot contain null bytes"),
    ("no UTF-8", b"def upgrade():\n    op.execute('\xff')\n", "b2.py:9:17: SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xff"),
    ("a module that is nowhere", "from app.models import User\ndef upgrade():\n" + MAKES + "    print(User.name)\n",
     "b2.py:11:11: ModuleNotFoundError: No module named 'app'"),
    ("an unknown argument", "def upgrade():\n" + MAKES + "    op.add_column('x', sa.Column('n', sa.Integer), nonsense=3)\n",
     "b2.py:10:5: TypeError: add_column() got an unexpected keyword argument 'nonsense'"),
    ("a missing argument", "def upgrade():\n" + MAKES + "    op.add_column('t')\n",
     "b2.py:10:5: TypeError: add_column() missing 1 required positional argument: 'column'"),
    ("an unknown operation", "def upgrade():\n" + MAKES + "    op.create_tabel('y')\n",
     "b2.py:10:5: AttributeError: module 'alembic.op' has no attribute 'create_tabel'"),
    ("an unknown type", "def upgrade():\n    op.create_table('x', sa.Column('a', sa.Integr))\n",
     "b2.py:9:41: AttributeError: module 'sqlalchemy' has no attribute 'Integr'"),
    ("an exception", "def upgrade():\n" + MAKES + "    raise RuntimeError('no way')\n", "b2.py:10:5: RuntimeError: no way"),
    ("recursion without end", "def f(n):\n    return f(n + 1)\ndef upgrade():\n" + MAKES + "    f(1)\n", "b2.py:9:12: RecursionError"),
    ("wrong SQL", "def upgrade():\n" + MAKES + "    op.execute('SELEC 1')\n", 'b2.py:10: near "SELEC": syntax error'),
    ("the end of the run's transaction", "def upgrade():\n" + MAKES + "    op.execute('ROLLBACK')\n",
     "b2.py:10:5: a script must not roll back the run's transaction: 'ROLLBACK'"),
    ("a column that is not there", "def upgrade():\n" + MAKES + "    op.drop_column('t', 'nix')\n", 'b2.py:10: no such column: "nix"'),
    ("no upgrade()", "x = 1\n", "b2.py: revision 'b2' has no function upgrade()"),
    ("the network", "import urllib.request\ndef upgrade():\n" + MAKES + "    urllib.request.urlopen('http://127.0.0.1')\n",
     "b2.py:11:5: PermissionError: scripts have no network"),
    ("another program", "import subprocess\ndef upgrade():\n" + MAKES + "    subprocess.run(['true'])\n",
     "b2.py:11:5: ModuleNotFoundError: No module named 'subprocess'"),
    ("a file of somebody else", "def upgrade():\n" + MAKES + "    open('/etc/passwd').read()\n", "b2.py:10:5: PermissionError"),
    ("sys.exit()", "import sys\ndef upgrade():\n" + MAKES + "    sys.exit(3)\n", "b2.py:11:5: SystemExit: 3"),
    ("ten megabytes", "def upgrade():\n    x = [\n" + "        'abcdefghijklmnopqrstuvwxyz0123456789',\n" * 220000 + "    ]\n" + MAKES
     + "    raise ValueError(len(x))\n", "b2.py:220012:5: ValueError: 220000"),
]


class BadInput(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        os.makedirs(os.path.join(self.folder, "alembic", "versions"))
        self.write("alembic.ini", b"[alembic]\nscript_location = alembic\nsqlalchemy.url = sqlite:///a.db\n")
        self.write("alembic/versions/a1.py", FIRST.encode())

    def write(self, name, data):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(data)

    def cupel(self, *arguments):
        return subprocess.run([harness.BINARY, *arguments], cwd=self.folder, capture_output=True, timeout=120, env=harness.environment())

    def state(self):
        connection = sqlite3.connect(os.path.join(self.folder, "a.db"))
        try:
            return (connection.execute("SELECT name, sql FROM sqlite_master ORDER BY 1").fetchall(),
                    connection.execute("SELECT version_num FROM alembic_version").fetchall())
        finally:
            connection.close()

    def test_each_is_one_message_with_its_place(self):
        self.assertEqual(self.cupel("upgrade", "head").returncode, 0)
        before = self.state()
        for what, body, message in CASES:
            with self.subTest(what):
                head = (HEAD % ("two", "b2", "'a1'")).encode()
                self.write("alembic/versions/b2.py", head + (body if isinstance(body, bytes) else body.encode()))
                done = self.cupel("upgrade", "head")
                said = done.stderr.decode("utf-8", "replace")
                self.assertEqual(done.returncode, 1, said)
                self.assertTrue(said.startswith("error: alembic/versions/" + message), said)
                self.assertEqual(len([line for line in said.splitlines() if line.startswith("error: ")]), 1, said)
                self.assertEqual(self.state(), before)

    def test_a_header_that_is_no_text(self):
        self.write("alembic/versions/b2.py", b"revision = 12\ndown_revision = 'a1'\ndef upgrade(): pass\n")
        done = self.cupel("upgrade", "head")
        self.assertEqual(done.returncode, 1)
        self.assertIn("error: alembic/versions/b2.py: revision must be a text or a tuple of texts, got 12", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
