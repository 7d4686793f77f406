# SPDX-License-Identifier: MIT
"""alembic.command is imported by applications beside their models; a revision does not start another run."""
from alembic.util.exc import CommandError


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)

    def refuse(*args, **kw):
        raise CommandError("alembic.command." + name + "() cannot be called in a run; type cupel " + name)

    return refuse
