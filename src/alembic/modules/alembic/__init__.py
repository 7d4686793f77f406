# SPDX-License-Identifier: MIT
"""What revisions and env.py use of Alembic, bound to cupel."""
import _cupel

__version__ = "1.14.0"
_SUBMODULES = ("autogenerate", "command", "config", "context", "ddl", "environment", "migration", "op", "operations",
               "runtime", "script", "testing", "util")


def __getattr__(name):
    if name in _SUBMODULES:
        return _cupel.module("alembic." + name)
    raise AttributeError("module 'alembic' has no attribute '" + name + "'")
