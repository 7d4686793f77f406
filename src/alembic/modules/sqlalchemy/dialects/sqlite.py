# SPDX-License-Identifier: MIT
"""SQLite's own types; what belongs to statements is in sqlalchemy.sql._sqlite."""
from sqlalchemy.types import (BLOB, BOOLEAN, CHAR, DATE, DATETIME as _DATETIME, DECIMAL, FLOAT, INTEGER, JSON, NUMERIC,
                              REAL, SMALLINT, TEXT, TIME as _TIME, TIMESTAMP, VARCHAR)


class DATETIME(_DATETIME):
    def __init__(self, storage_format=None, regexp=None, timezone=False, **kw):
        _DATETIME.__init__(self, timezone)


class TIME(_TIME):
    def __init__(self, storage_format=None, regexp=None, timezone=False, **kw):
        _TIME.__init__(self, timezone)


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)
    from sqlalchemy.sql import _sqlite
    return getattr(_sqlite, name)
