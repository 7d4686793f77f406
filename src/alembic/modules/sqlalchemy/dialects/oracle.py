# SPDX-License-Identifier: MIT
"""Oracle's types: scripts that serve several databases name them beside the others'."""
from sqlalchemy.dialects.mssql import _Own
from sqlalchemy.types import (BLOB, CHAR, CLOB, DATE, FLOAT, NCHAR, NVARCHAR, TIMESTAMP, VARCHAR)


class NUMBER(_Own):
    pass


class VARCHAR2(_Own):
    pass


class NVARCHAR2(_Own):
    pass


class NCLOB(_Own):
    pass


class LONG(_Own):
    pass


class RAW(_Own):
    pass


class INTERVAL(_Own):
    pass


class BINARY_DOUBLE(_Own):
    pass


class BINARY_FLOAT(_Own):
    pass
