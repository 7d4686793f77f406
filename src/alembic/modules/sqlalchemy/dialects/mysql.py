# SPDX-License-Identifier: MIT
"""MySQL's own types; what belongs to statements is in sqlalchemy.sql._mysql."""
from sqlalchemy import types as _types
from sqlalchemy.types import BOOLEAN, BLOB, DATE, JSON, named, unsupported, with_arguments

_HERE = ("mysql", "mariadb")


class _Numeric:
    """Display width, UNSIGNED and ZEROFILL are said only to the database that knows them."""

    def _number(self, dialect, name, *arguments):
        if dialect.name not in _HERE:
            return None
        text = with_arguments(name, *arguments)
        if self.unsigned:
            text += " UNSIGNED"
        if self.zerofill:
            text += " ZEROFILL"
        return named(text)

    def _put(self, unsigned, zerofill):
        self.unsigned = unsigned
        self.zerofill = zerofill


def _integer(base, only_here):
    class made(_Numeric, base):
        _shown = ("display_width", "unsigned")

        def __init__(self, display_width=None, unsigned=False, zerofill=False, **kw):
            self.display_width = display_width
            self._put(unsigned, zerofill)

        def _own_spec(self, dialect):
            spec = self._number(dialect, type(self).__name__, self.display_width)
            if spec is None and only_here:
                raise unsupported(self, dialect)
            return spec or base._own_spec(self, dialect)

    return made


class INTEGER(_integer(_types.INTEGER, False)):
    pass


class BIGINT(_integer(_types.BIGINT, False)):
    pass


class SMALLINT(_integer(_types.SMALLINT, False)):
    pass


class TINYINT(_integer(_types.Integer, True)):
    pass


class MEDIUMINT(_integer(_types.Integer, True)):
    pass


def _fraction(base):
    class made(_Numeric, base):
        def __init__(self, precision=None, scale=None, asdecimal=True, unsigned=False, zerofill=False, **kw):
            self.precision = precision
            self.scale = scale
            self.asdecimal = asdecimal
            self.decimal_return_scale = None
            self._put(unsigned, zerofill)

        def _own_spec(self, dialect):
            spec = self._number(dialect, type(self).__name__, self.precision, self.scale)
            return spec or base._own_spec(self, dialect)

    return made


class NUMERIC(_fraction(_types.NUMERIC)):
    pass


class DECIMAL(_fraction(_types.DECIMAL)):
    pass


class FLOAT(_fraction(_types.FLOAT)):
    pass


class DOUBLE(_fraction(_types.DOUBLE)):
    pass


class REAL(_fraction(_types.REAL)):
    pass


def _text(base, only_here):
    class made(base):
        _shown = ("length", "charset", "collation")

        def __init__(self, length=None, charset=None, collation=None, national=False, ascii=False, unicode=False,
                     binary=False, **kw):
            self.length = length
            self.charset = charset
            self.collation = collation
            self.national = national
            self.binary = binary

        def _own_spec(self, dialect):
            if dialect.name not in _HERE:
                if only_here:
                    raise unsupported(self, dialect)
                return base._own_spec(self, dialect)
            text = with_arguments(type(self).__name__, self.length)
            if self.national:
                text = "NATIONAL " + text
            if self.charset:
                text += " CHARACTER SET " + self.charset
            if self.collation:
                text += " COLLATE " + self.collation
            elif self.binary:
                text += " BINARY"
            return named(text)

    return made


class VARCHAR(_text(_types.VARCHAR, False)):
    pass


class CHAR(_text(_types.CHAR, False)):
    pass


class NVARCHAR(_text(_types.NVARCHAR, False)):
    pass


class NCHAR(_text(_types.NCHAR, False)):
    pass


class TEXT(_text(_types.TEXT, False)):
    pass


class TINYTEXT(_text(_types.Text, True)):
    pass


class MEDIUMTEXT(_text(_types.Text, True)):
    pass


class LONGTEXT(_text(_types.Text, True)):
    pass


class _Own(_types.TypeEngine):
    def __init__(self, *args, **kw):
        self.length = args[0] if args else kw.get("length")

    def _own_spec(self, dialect):
        if dialect.name not in _HERE:
            raise unsupported(self, dialect)
        return named(with_arguments(type(self).__name__, self.length))


class TINYBLOB(_Own):
    pass


class MEDIUMBLOB(_Own):
    pass


class LONGBLOB(_Own):
    pass


class BIT(_Own):
    pass


class YEAR(_Own):
    pass


class BINARY(_types.BINARY):
    pass


class VARBINARY(_types.VARBINARY):
    pass


def _moment(base):
    class made(base):
        _shown = ("timezone", "fsp")

        def __init__(self, timezone=False, fsp=None):
            base.__init__(self, timezone)
            self.fsp = fsp

        def _own_spec(self, dialect):
            if dialect.name in _HERE and self.fsp is not None:
                return named(with_arguments(type(self).__name__, self.fsp))
            return base._own_spec(self, dialect)

    return made


class DATETIME(_moment(_types.DATETIME)):
    pass


class TIMESTAMP(_moment(_types.TIMESTAMP)):
    pass


class TIME(_moment(_types.TIME)):
    pass


class ENUM(_types.Enum):
    def __init__(self, *enums, charset=None, collation=None, **kw):
        kw.pop("strict", None)
        _types.Enum.__init__(self, *enums, **kw)


class SET(_Own):
    def __init__(self, *values, **kw):
        self.values = values

    def _own_spec(self, dialect):
        if dialect.name not in _HERE:
            raise unsupported(self, dialect)
        return named("SET(" + ",".join(["'" + value.replace("'", "''") + "'" for value in self.values]) + ")")


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)
    from sqlalchemy.sql import _mysql
    return getattr(_mysql, name)
