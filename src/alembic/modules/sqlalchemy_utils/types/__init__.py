# SPDX-License-Identifier: MIT
from sqlalchemy.types import (BigInteger, Boolean, DateTime, Integer, JSON, LargeBinary, String, Text, TypeDecorator,
                              TypeEngine, Unicode, UnicodeText, Uuid, UserDefinedType, named, to_instance, unsupported)


class _Text(TypeDecorator):
    """A value kept as text of some length."""
    impl = String
    _length = None

    def __init__(self, *args, **kw):
        self.impl = String(self._length)


class ArrowType(TypeDecorator):
    impl = DateTime

    def __init__(self, *args, **kw):
        self.impl = DateTime(*args, **kw)


class EnrichedDateTimeType(ArrowType):
    pass


class ChoiceType(TypeDecorator):
    impl = Unicode

    def __init__(self, choices=None, impl=None):
        self.choices = choices
        self.impl = to_instance(impl) if impl is not None else Unicode(255)


class ColorType(_Text):
    _length = 20

    def __init__(self, max_length=20, *args, **kw):
        self.impl = Unicode(max_length)


class CompositeType(UserDefinedType):
    def __init__(self, name, columns, quote=None, **kw):
        self.name = name
        self.columns = columns

    def get_col_spec(self):
        return self.name


class CountryType(_Text):
    _length = 2


class CurrencyType(_Text):
    _length = 3


class EmailType(TypeDecorator):
    impl = Unicode

    def __init__(self, length=255, *args, **kw):
        self.impl = Unicode(length)

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import CITEXT
            return CITEXT()
        return self.impl


class EncryptedType(TypeDecorator):
    impl = LargeBinary

    def __init__(self, type_in=None, key=None, engine=None, padding=None, **kw):
        self.impl = LargeBinary()


class StringEncryptedType(EncryptedType):
    def __init__(self, type_in=None, key=None, engine=None, padding=None, length=None, **kw):
        self.impl = String(length)


class IPAddressType(_Text):
    _length = 50

    def __init__(self, max_length=50, *args, **kw):
        self.impl = Unicode(max_length)


class JSONType(TypeDecorator):
    impl = UnicodeText

    def __init__(self, *args, **kw):
        self.impl = UnicodeText()

    def load_dialect_impl(self, dialect):
        return JSON() if dialect.name == "postgresql" else self.impl

    def process_bind_param(self, value, dialect):
        if value is None or dialect.name == "postgresql":
            return value
        import json
        return json.dumps(value)

    def process_result_value(self, value, dialect):
        if not isinstance(value, str):
            return value
        import json
        return json.loads(value)


class LocaleType(_Text):
    _length = 10


class LtreeType(UserDefinedType):
    def get_col_spec(self, **kw):
        return "LTREE"


class LQUERY(UserDefinedType):
    def get_col_spec(self, **kw):
        return "LQUERY"


class PasswordType(TypeDecorator):
    impl = LargeBinary

    def __init__(self, max_length=None, **kw):
        self.length = max_length or 1137

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return LargeBinary()
        from sqlalchemy.types import VARBINARY
        return VARBINARY(self.length)


class PhoneNumberType(_Text):
    _length = 20

    def __init__(self, region=None, max_length=20, *args, **kw):
        self.impl = Unicode(max_length)


class ScalarListType(TypeDecorator):
    impl = UnicodeText

    def __init__(self, *args, **kw):
        self.impl = UnicodeText()


class TimezoneType(_Text):
    _length = 50

    def __init__(self, *args, **kw):
        self.impl = Unicode(50)


class TSVectorType(TypeEngine):
    def __init__(self, *args, **kw):
        self.columns = args
        self.options = kw

    def _own_spec(self, dialect):
        if dialect.name != "postgresql":
            raise unsupported(self, dialect)
        return named("TSVECTOR")


class URLType(TypeDecorator):
    impl = UnicodeText

    def __init__(self, *args, **kw):
        self.impl = UnicodeText()


class UUIDType(TypeDecorator):
    impl = LargeBinary
    cache_ok = True

    def __init__(self, binary=True, native=True):
        self.binary = binary
        self.native = native

    def load_dialect_impl(self, dialect):
        if self.native and dialect.name == "postgresql":
            return Uuid()
        from sqlalchemy.types import BINARY, CHAR
        return BINARY(16) if self.binary else CHAR(32)


class WeekDaysType(TypeDecorator):
    impl = String

    def __init__(self, *args, **kw):
        self.impl = String(7)

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import BIT
            return BIT(7)
        return self.impl


_all = ["ArrowType", "ChoiceType", "ColorType", "CompositeType", "CountryType", "CurrencyType", "EmailType",
        "EncryptedType", "EnrichedDateTimeType", "IPAddressType", "JSONType", "LQUERY", "LocaleType", "LtreeType",
        "PasswordType", "PhoneNumberType", "ScalarListType", "StringEncryptedType", "TSVectorType", "TimezoneType",
        "URLType", "UUIDType", "WeekDaysType"]
