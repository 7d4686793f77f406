# SPDX-License-Identifier: MIT
"""Which scripts cannot run: told without a database, and what is told does fail when it runs.

CUPEL_BINARY names the binary."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness

INI = "[alembic]\nscript_location = alembic\nprepend_sys_path = .\nsqlalchemy.url = sqlite:///app.db\n"
HEAD = "from alembic import op\nimport sqlalchemy as sa\nrevision = 'r1'\ndown_revision = None\n"
DOWN = "\n\ndef downgrade():\n    pass\n"

# name: (script, what is said, where)
BROKEN = {
    "unknown call": (HEAD + "\ndef upgrade():\n    op.create_tabel('t')\n", "module 'alembic.op' has no attribute 'create_tabel'", "7:5"),
    "unknown keyword": (HEAD + "\ndef upgrade():\n    op.create_index('ix', 't', ['a'], uniqe=True)\n",
                        "create_index() got an unexpected keyword argument 'uniqe'", "7:5"),
    "missing argument": (HEAD + "\ndef upgrade():\n    op.create_index('ix', 't')\n", "create_index() is missing its argument 'columns'", "7:5"),
    "too many arguments": (HEAD + "\ndef upgrade():\n    op.rename_table('a', 'b', None, 1)\n",
                           "rename_table() takes 3 positional arguments but 4 were given", "7:5"),
    "no name": (HEAD + "\ndef upgrade():\n    op.drop_constraint(None, 't', type_='unique')\n", "drop_constraint(None, ...) names no constraint", "7:5"),
    "in a batch": (HEAD + "\ndef upgrade():\n    with op.batch_alter_table('t') as b:\n        b.add_colum(sa.Column('x', sa.Integer()))\n",
                   "there is no 'add_colum' inside of a batch", "8:9"),
    "unknown type": (HEAD + "\ndef upgrade():\n    op.create_table('t', sa.Column('a', sa.Integr()))\n",
                     "module 'sqlalchemy' has no attribute 'Integr'", "7:41"),
    "missing module": (HEAD + "import app.models\n\ndef upgrade():\n    app.models.Base\n", "No module named 'app'", "8:5"),
    "missing module inside": (HEAD + "\ndef upgrade():\n    import nowhere\n    nowhere.run()\n", "No module named 'nowhere'", "7:"),
    "from a missing module": (HEAD + "from app.types import Money\n\ndef upgrade():\n    op.add_column('t', sa.Column('m', Money()))\n",
                              "No module named 'app'", "8:39"),
    "undefined name": (HEAD + "\ndef upgrade():\n    helper()\n\ndef helper():\n    return tabel\n", "name 'tabel' is not defined", "10:12"),
    "syntax": (HEAD + "\ndef upgrade():\n    print 'x'\n", "SyntaxError", "7:"),
    "top level": (HEAD + "x = 1 / 0\n\ndef upgrade():\n    pass\n", "ZeroDivisionError", "5"),
    "no upgrade": (HEAD, "the revision has no function upgrade()", ""),
}
FINE = {
    "what is tried": "import nowhere\n\ndef upgrade():\n    try:\n        nowhere.x()\n    except ImportError:\n        pass\n",
    "unused module": "import nowhere\nfrom app.models import Base\n\ndef upgrade():\n    op.execute('SELECT 1')\n",
    "unreached function": "\ndef upgrade():\n    pass\n\ndef old():\n    return nobody\n",
    "names of all kinds": """
from typing import Union

def upgrade(*args, **kw) -> Union[str, None]:
    with op.batch_alter_table('t', schema=None) as b:
        b.add_column(sa.Column('x', sa.Integer(), nullable=True))
        b.create_foreign_key(b.f('fk'), 'u', ['x'], ['id'], ondelete='CASCADE')
    op.create_index('ix', 't', ['x'], unique=False, postgresql_using='gin', mysql_length=3)
    op.alter_column('t', 'x', existing_type=sa.Integer(), nullable=False, postgresql_using='x::int')
    options = {'if_exists': True}
    op.drop_index('ix', **options)
    op.drop_table(*['t'])
    for i, (a, b2) in enumerate([(1, 2)]):
        total = [q + i for q in range(a)] + [lambda z: z]
    match total:
        case [first, *rest]:
            print(first, rest, b2, f"{i!r:>{a}}")
    if (n := len(total)) > 1:
        del n
    global later
    later = __file__
    try:
        pass
    except ValueError as error:
        print(error)
    class Local:
        field = later
    return Local.field and op.get_context().dialect.name
""",
}


class Scripts(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        os.makedirs(os.path.join(self.folder, "alembic", "versions"))
        self.write("alembic.ini", INI)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def run_cupel(self, *arguments):
        done = subprocess.run([harness.BINARY, *arguments], cwd=self.folder, capture_output=True, timeout=60, env=harness.environment())
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def script(self, text):
        self.write("alembic/versions/r1_.py", text)

    def test_what_cannot_run(self):
        for name, (text, message, place) in BROKEN.items():
            with self.subTest(name):
                self.script(text + DOWN)
                code, out, err = self.run_cupel("doctor", "--scripts")
                self.assertEqual((code, err), (3, ""), out)
                self.assertIn(message, out)
                self.assertTrue(out.startswith("alembic/versions/r1_.py" + (":" + place if place else ":")), out)
                self.assertIn("1 of 1 scripts cannot run.\n", out)
                self.assertFalse(os.path.exists(os.path.join(self.folder, "app.db")))
                self.assertNotEqual(self.run_cupel("upgrade", "head")[0], 0)
                if os.path.exists(os.path.join(self.folder, "app.db")):
                    os.remove(os.path.join(self.folder, "app.db"))

    def test_what_can_run(self):
        for name, text in FINE.items():
            with self.subTest(name):
                self.script(HEAD + text + DOWN)
                self.assertEqual(self.run_cupel("doctor", "--scripts"), (0, "All 1 scripts can run.\n", ""))

    def test_every_case_of_the_operations_can_run(self):
        import cases
        for number, case in enumerate(cases.CASES):
            parent = f"'c{number - 1}'" if number else "None"
            self.write(f"alembic/versions/c{number}.py",
                       f"{cases.HEAD}revision = 'c{number}'\ndown_revision = {parent}\n\ndef upgrade():\n    {case[3]}\n{DOWN}")
        self.assertEqual(self.run_cupel("doctor", "--scripts"), (0, f"All {len(cases.CASES)} scripts can run.\n", ""))

    def test_json_and_the_whole_doctor(self):
        self.script(BROKEN["unknown call"][0] + DOWN)
        code, out, _ = self.run_cupel("--json", "doctor", "--scripts")
        report = json.loads(out)
        self.assertEqual((code, report["scripts"], report["broken"]), (3, 1, 1))
        self.assertEqual((report["troubles"][0]["revision"], report["troubles"][0]["line"]), ("r1", 7))
        code, out, _ = self.run_cupel("doctor")
        self.assertEqual(code, 3)
        self.assertIn("alembic/versions/r1_.py:7:5: AttributeError", out)


if __name__ == "__main__":
    unittest.main()
