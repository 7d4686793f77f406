# SPDX-License-Identifier: MIT
"""SQLModel: its string type here, its models in sqlalchemy.orm._sqlmodel."""
import _cupel

_MODELS = ("SQLModel", "Field", "Relationship", "Session", "create_engine", "select")


def __getattr__(name):
    if name == "sql":
        return _cupel.module("sqlmodel.sql")
    if name == "AutoString":
        from sqlmodel.sql.sqltypes import AutoString
        return AutoString
    if name in _MODELS:
        return getattr(_cupel.module("sqlalchemy.orm._sqlmodel"), name)
    if name[:2] == "__":
        raise AttributeError(name)
    return getattr(_cupel.module("sqlalchemy"), name)
