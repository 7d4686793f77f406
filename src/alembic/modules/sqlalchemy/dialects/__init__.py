# SPDX-License-Identifier: MIT
"""The databases' own types."""


class _Registry:
    def register(self, name, modulepath, objname):
        pass


registry = _Registry()


def __getattr__(name):
    if name in ("postgresql", "sqlite", "mysql", "mariadb", "mssql", "oracle"):
        import importlib
        return importlib.import_module("sqlalchemy.dialects." + name)
    raise AttributeError("module 'sqlalchemy.dialects' has no attribute '" + name + "'")
