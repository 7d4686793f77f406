# SPDX-License-Identifier: MIT
"""SQL Server's types: scripts that serve several databases name them beside the others'."""
from sqlalchemy import types as _types
from sqlalchemy.types import (BIGINT, BINARY, CHAR, DATE, DATETIME, DECIMAL, FLOAT, INTEGER, JSON, NCHAR, NUMERIC,
                              NVARCHAR, REAL, SMALLINT, TEXT, TIME, TIMESTAMP, VARBINARY, VARCHAR, unsupported)


class _Own(_types.TypeEngine):
    def __init__(self, *args, **kw):
        self.arguments = args

    def _own_spec(self, dialect):
        raise unsupported(self, dialect)


class BIT(_types.Boolean):
    def _own_spec(self, dialect):
        raise unsupported(self, dialect)


class DATETIME2(_Own):
    pass


class DATETIMEOFFSET(_Own):
    pass


class SMALLDATETIME(_Own):
    pass


class TINYINT(_Own):
    pass


class NTEXT(_Own):
    pass


class MONEY(_Own):
    pass


class UNIQUEIDENTIFIER(_Own):
    pass


class XML(_Own):
    pass


class IMAGE(_Own):
    pass


class ROWVERSION(_Own):
    pass
