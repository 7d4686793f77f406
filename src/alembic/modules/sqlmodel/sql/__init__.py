# SPDX-License-Identifier: MIT
import _cupel


def __getattr__(name):
    if name in ("sqltypes", "expression"):
        return _cupel.module("sqlmodel.sql." + name)
    raise AttributeError("module 'sqlmodel.sql' has no attribute '" + name + "'")
