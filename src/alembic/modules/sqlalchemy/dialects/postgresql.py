# SPDX-License-Identifier: MIT
"""PostgreSQL's own types; what belongs to statements is in sqlalchemy.sql._postgresql."""
from sqlalchemy import types as _types
from sqlalchemy.schema import ExcludeConstraint
from sqlalchemy.types import (ARRAY as _ARRAY, BIGINT, BOOLEAN, CHAR, DATE, DOUBLE_PRECISION, FLOAT, INTEGER, NUMERIC,
                              REAL, SMALLINT, TEXT, UUID as _UUID, VARCHAR, TypeEngine, Word, named, to_instance,
                              unsupported, with_arguments)


class _Own(TypeEngine):
    """A type that only this database has."""
    _affinity = True
    _word = None

    def _own_spec(self, dialect):
        if dialect.name != "postgresql":
            raise unsupported(self, dialect)
        return named(self._text(dialect))

    def _text(self, dialect):
        return self._word or type(self).__name__


class ARRAY(_ARRAY):
    def __init__(self, item_type, as_tuple=False, dimensions=None, zero_indexes=False):
        _ARRAY.__init__(self, item_type, as_tuple, dimensions, zero_indexes)


class JSON(_types.JSON):
    def __init__(self, none_as_null=False, astext_type=None):
        _types.JSON.__init__(self, none_as_null)
        self.astext_type = to_instance(astext_type) if astext_type is not None else None


class JSONB(JSON):
    __visit_name__ = "JSONB"

    def _own_spec(self, dialect):
        if dialect.name != "postgresql":
            raise unsupported(self, dialect)
        return named("JSONB")


class JSONPATH(_Own):
    pass


class UUID(_UUID):
    def __init__(self, as_uuid=True, native_uuid=True):
        _UUID.__init__(self, as_uuid)


PGUuid = PG_UUID = UUID


class ENUM(_types.Enum):
    """Only create_type is more than Enum has."""

    def __init__(self, *enums, name=None, create_type=True, **kw):
        kw.pop("native_enum", None)
        _types.Enum.__init__(self, *enums, name=name, **kw)
        self.create_type = create_type

    def create(self, bind=None, checkfirst=True):
        _types.Enum.create(self, bind, checkfirst)

    def drop(self, bind=None, checkfirst=True):
        _types.Enum.drop(self, bind, checkfirst)


class DOMAIN(_Own):
    def __init__(self, name, data_type=None, collation=None, default=None, constraint_name=None, not_null=None,
                 check=None, create_type=True, schema=None, **kw):
        self.name = name
        self.data_type = to_instance(data_type)
        self.collation = collation
        self.default = default
        self.constraint_name = constraint_name
        self.not_null = not_null
        self.check = check
        self.schema = schema

    def _text(self, dialect):
        quote = dialect.identifier_preparer.quote
        return quote(self.schema) + "." + quote(self.name) if self.schema else quote(self.name)

    def create(self, bind=None, checkfirst=True):
        import _cupel
        from sqlalchemy._clause import ddl_text
        from sqlalchemy._dialect import current
        dialect = current()
        sql = "CREATE DOMAIN " + self._text(dialect) + " AS " + self.data_type.compile(dialect)
        if self.collation:
            sql += " COLLATE " + dialect.identifier_preparer.quote(self.collation)
        if self.default is not None:
            sql += " DEFAULT " + ddl_text(self.default)
        if self.constraint_name:
            sql += " CONSTRAINT " + dialect.identifier_preparer.quote(self.constraint_name)
        if self.not_null:
            sql += " NOT NULL"
        if self.check is not None:
            sql += " CHECK (" + ddl_text(self.check) + ")"
        if not checkfirst or not _exists(self):
            _cupel.execute(sql.replace(":", "\\:"))

    def drop(self, bind=None, checkfirst=True):
        import _cupel
        from sqlalchemy._dialect import current
        _cupel.execute("DROP DOMAIN " + ("IF EXISTS " if checkfirst else "") + self._text(current()))


def _exists(domain):
    import _cupel
    if _cupel.is_offline():
        return False
    found = _cupel.execute("SELECT 1 FROM pg_catalog.pg_type WHERE typname = :name AND typtype = 'd'",
                           {"name": domain.name})
    return bool(found[1])


class TIMESTAMP(_types.TIMESTAMP):
    _shown = ("timezone", "precision")

    def __init__(self, timezone=False, precision=None):
        _types.TIMESTAMP.__init__(self, timezone)
        self.precision = precision

    def _own_spec(self, dialect):
        spec = _types.TIMESTAMP._own_spec(self, dialect)
        if self.precision is not None and dialect.name == "postgresql":
            spec["precision"] = int(self.precision)
        return spec


class TIME(_types.TIME):
    _shown = ("timezone", "precision")

    def __init__(self, timezone=False, precision=None):
        _types.TIME.__init__(self, timezone)
        self.precision = precision

    def _own_spec(self, dialect):
        spec = _types.TIME._own_spec(self, dialect)
        if self.precision is not None and dialect.name == "postgresql":
            spec["precision"] = int(self.precision)
        return spec


class INTERVAL(_types.Interval):
    __visit_name__ = "INTERVAL"
    _shown = ("fields", "precision")

    def __init__(self, precision=None, fields=None):
        _types.Interval.__init__(self, second_precision=precision)
        self.precision = precision
        self.fields = fields

    def _own_spec(self, dialect):
        if dialect.name != "postgresql":
            raise unsupported(self, dialect)
        spec = _types.Interval._own_spec(self, dialect)
        if self.fields:
            spec["name"] = self.fields
        return spec


PGInterval = INTERVAL


class BYTEA(_types.LargeBinary):
    __visit_name__ = "BYTEA"

    def _own_spec(self, dialect):
        if dialect.name != "postgresql":
            raise unsupported(self, dialect)
        return {"kind": "LargeBinary"}


class BIT(_Own):
    _shown = ("length", "varying")

    def __init__(self, length=None, varying=False):
        self.length = length
        self.varying = varying

    def _text(self, dialect):
        if self.varying:
            return with_arguments("BIT VARYING", self.length)
        return with_arguments("BIT", self.length or 1)


class HSTORE(_Own):
    def __init__(self, text_type=None):
        self.text_type = text_type

    def _bind(self, value, dialect):
        if not isinstance(value, dict):
            return value
        return ", ".join([_hstore(key) + "=>" + _hstore(value[key]) for key in value])


def _hstore(value):
    if value is None:
        return "NULL"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


class CITEXT(_types.TEXT):
    __visit_name__ = "CITEXT"

    def _own_spec(self, dialect):
        if dialect.name != "postgresql":
            raise unsupported(self, dialect)
        return named("CITEXT")


class INET(_Own):
    pass


class CIDR(_Own):
    pass


class MACADDR(_Own):
    pass


class MACADDR8(_Own):
    pass


class MONEY(_Own):
    pass


class OID(_Own):
    pass


class REGCLASS(_Own):
    pass


class REGCONFIG(_Own):
    pass


class TSVECTOR(_Own):
    pass


class TSQUERY(_Own):
    pass


class AbstractRange(_Own):
    pass


class INT4RANGE(AbstractRange):
    pass


class INT8RANGE(AbstractRange):
    pass


class NUMRANGE(AbstractRange):
    pass


class DATERANGE(AbstractRange):
    pass


class TSRANGE(AbstractRange):
    pass


class TSTZRANGE(AbstractRange):
    pass


class AbstractMultiRange(AbstractRange):
    pass


class INT4MULTIRANGE(AbstractMultiRange):
    pass


class INT8MULTIRANGE(AbstractMultiRange):
    pass


class NUMMULTIRANGE(AbstractMultiRange):
    pass


class DATEMULTIRANGE(AbstractMultiRange):
    pass


class TSMULTIRANGE(AbstractMultiRange):
    pass


class TSTZMULTIRANGE(AbstractMultiRange):
    pass


class CreateEnumType:
    def __init__(self, type_):
        self.element = type_

    def _invoke(self, bind):
        self.element.create(bind, False)


class DropEnumType(CreateEnumType):
    def _invoke(self, bind):
        self.element.drop(bind, False)


_SUBMODULES = ("base", "array", "json", "hstore", "ranges", "named_types", "ext", "dml", "types")


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)
    from sqlalchemy.sql import _postgresql
    return getattr(_postgresql, name)
