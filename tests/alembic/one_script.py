# SPDX-License-Identifier: MIT
"""A project of one script, run by real Alembic or by cupel: for tests that compare what the script has seen."""
import os
import subprocess
import tempfile

import harness

COMMANDS = {"alembic": ("/usr/bin/python3", "-m", "alembic"), "cupel": (harness.BINARY,)}
INI = "[alembic]\nscript_location = alembic\nsqlalchemy.url = %s\n"
ENV = """from alembic import context
from sqlalchemy import create_engine
with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""


def run_script(case, command, url, script, read):
    """Upgrades the database in a folder of its own, and returns what read(folder) finds then."""
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(os.path.join(folder, "alembic", "versions"))
        for name, text in (("alembic.ini", INI % url), ("alembic/env.py", ENV), ("alembic/versions/c0ffee_.py", script),
                           ("alembic/script.py.mako", "")):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run([*command, "upgrade", "head"], cwd=folder, capture_output=True, timeout=60,
                              env=harness.environment(PYTHONDONTWRITEBYTECODE="1", PYTHONWARNINGS="ignore"))
        case.assertEqual(done.returncode, 0, done.stderr.decode())
        return read(folder)
