# SPDX-License-Identifier: MIT
"""SQLAlchemy's types. `_spec(dialect)` says what the column's type is there, as the fields of cupel's
model::Type; `_bind` and `_result` carry values to the database and back."""


class TypeEngine:
    __visit_name__ = "type"
    _variants = None
    _compiles = None     # by @compiles: {database or "": function}
    should_evaluate_none = False
    hashable = True
    sort_key_function = None

    def __class_getitem__(cls, value):
        return cls

    # --- what DDL says

    def _spec(self, dialect):
        if self._variants and dialect.name in self._variants:
            return self._variants[dialect.name]._spec(dialect)
        if self._compiles:
            function = self._compiles.get(dialect.name) or self._compiles.get("")
            if function is not None:
                return {"kind": "Named", "name": function(self, TypeCompiler(dialect))}
        return self._own_spec(dialect)

    def _own_spec(self, dialect):
        raise NotImplementedError(type(self).__name__)

    def compile(self, dialect=None):
        import _cupel
        from sqlalchemy._dialect import current
        return _cupel.type_text(self._spec(dialect or current()))

    # --- values

    def _bind(self, value, dialect):
        return value

    def _result(self, value, dialect):
        return value

    def bind_processor(self, dialect):
        return lambda value: self._bind(value, dialect)

    def result_processor(self, dialect, coltype):
        return lambda value: self._result(value, dialect)

    def literal_processor(self, dialect):
        import _cupel
        return lambda value: _cupel.literal(self._bind(value, dialect))

    # --- the rest of the interface

    def with_variant(self, type_, *dialect_names):
        made = self.copy()
        made._variants = dict(self._variants or {})
        for name in dialect_names:
            made._variants[name] = to_instance(type_)
        return made

    def copy(self, **kw):
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        return made

    def adapt(self, cls, **kw):
        made = cls.__new__(cls)
        made.__dict__.update(self.__dict__)
        made.__dict__.update(kw)
        return made

    def load_dialect_impl(self, dialect):
        return self

    def dialect_impl(self, dialect):
        if self._variants and dialect.name in self._variants:
            return self._variants[dialect.name]
        return self

    def as_generic(self, allow_nulltype=False):
        return self

    def evaluates_none(self):
        made = self.copy()
        made.should_evaluate_none = True
        return made

    def compare_values(self, x, y):
        return x == y

    def coerce_compared_value(self, op, value):
        return self

    @property
    def python_type(self):
        raise NotImplementedError()

    @property
    def _type_affinity(self):
        for cls in type(self).__mro__:
            if "_affinity" in cls.__dict__:
                return cls
        return TypeEngine

    def __repr__(self):
        parts = []
        for name in self._shown:
            value = getattr(self, name, None)
            if value is not None and value is not False:
                parts.append(name + "=" + repr(value))
        return type(self).__name__ + "(" + ", ".join(parts) + ")"

    _shown = ()

    def __str__(self):
        try:
            return self.compile()
        except Exception:
            return repr(self)


class TypeCompiler:
    """What a function of @compiles is given."""

    def __init__(self, dialect):
        self.dialect = dialect

    def process(self, type_, **kw):
        return to_instance(type_).compile(self.dialect)

    def __getattr__(self, name):
        if name[:6] == "visit_":
            return lambda type_, **kw: self.process(_without_compiles(type_))
        raise AttributeError(name)


def _without_compiles(type_):
    made = type_.copy()
    made._compiles = None
    return made


def to_instance(type_, *args, **kw):
    if type_ is None:
        return NullType()
    if isinstance(type_, TypeEngine):
        return type_
    if isinstance(type_, type) and issubclass(type_, TypeEngine):
        return type_(*args, **kw)
    if hasattr(type_, "_spec"):
        return type_
    if callable(type_):
        return to_instance(type_(*args, **kw))
    from sqlalchemy import exc
    raise exc.ArgumentError("%r is no SQL type" % (type_,))


def unsupported(type_, dialect):
    from sqlalchemy import exc
    name = type(type_).__name__
    return exc.UnsupportedCompilationError(
        "%s has no type %s; name one for it: %s(...).with_variant(sa.JSON(), \"%s\")"
        % (dialect.name, name, name, dialect.name))


def named(text, **kw):
    spec = {"kind": "Named", "name": text}
    spec.update(kw)
    return spec


def with_arguments(name, *arguments):
    given = [str(argument) for argument in arguments if argument is not None]
    return name + "(" + ", ".join(given) + ")" if given else name


class NullType(TypeEngine):
    __visit_name__ = "null"
    _affinity = True

    def _own_spec(self, dialect):
        from sqlalchemy import exc
        raise exc.CompileError("the column has no type; give it one: sa.Column(name, sa.Integer())")

    def __repr__(self):
        return "NullType()"


NULLTYPE = NullType()


class Word(TypeEngine):
    """A type that is written as its own name on every database."""
    _word = None

    def _own_spec(self, dialect):
        return named(self._word or type(self).__name__)


class Concatenable:
    pass


class Indexable:
    pass


# --- text

class String(TypeEngine, Concatenable):
    __visit_name__ = "string"
    _affinity = True
    _kind = "String"
    _shown = ("length", "collation")

    def __init__(self, length=None, collation=None, convert_unicode=False, unicode_error=None, **kw):
        self.length = length
        self.collation = collation

    def _own_spec(self, dialect):
        spec = {"kind": self._kind}
        if self.length is not None:
            spec["length"] = int(self.length)
        if self.collation:
            spec["collation"] = self.collation
        return spec

    @property
    def python_type(self):
        return str


class Text(String):
    __visit_name__ = "text"
    _kind = "Text"

    def _own_spec(self, dialect):
        if self.length is None:
            return String._own_spec(self, dialect)
        text = with_arguments("TEXT", self.length)
        return named(text, collation=self.collation) if self.collation else named(text)


class Unicode(String):
    __visit_name__ = "unicode"


class UnicodeText(Text):
    __visit_name__ = "unicode_text"


class VARCHAR(String):
    __visit_name__ = "VARCHAR"


class TEXT(Text):
    __visit_name__ = "TEXT"


class CHAR(String):
    __visit_name__ = "CHAR"
    _kind = "Char"


class _NamedString(String):
    """A string type that only some databases have, written as its own name."""

    def _own_spec(self, dialect):
        text = with_arguments(type(self).__name__, self.length)
        return named(text, collation=self.collation) if self.collation else named(text)


class NVARCHAR(_NamedString, Unicode):
    __visit_name__ = "NVARCHAR"


class NCHAR(_NamedString, Unicode):
    __visit_name__ = "NCHAR"


class CLOB(Text):
    __visit_name__ = "CLOB"

    def _own_spec(self, dialect):
        return named("CLOB")


# --- numbers

class Integer(TypeEngine):
    __visit_name__ = "integer"
    _affinity = True

    def _own_spec(self, dialect):
        return {"kind": "Integer"}

    @property
    def python_type(self):
        return int


class SmallInteger(Integer):
    __visit_name__ = "small_integer"

    def _own_spec(self, dialect):
        return {"kind": "SmallInteger"}


class BigInteger(Integer):
    __visit_name__ = "big_integer"

    def _own_spec(self, dialect):
        return {"kind": "BigInteger"}


class INTEGER(Integer):
    __visit_name__ = "INTEGER"


INT = INTEGER


class SMALLINT(SmallInteger):
    __visit_name__ = "SMALLINT"


class BIGINT(BigInteger):
    __visit_name__ = "BIGINT"


class Numeric(TypeEngine):
    __visit_name__ = "numeric"
    _affinity = True
    _shown = ("precision", "scale")

    def __init__(self, precision=None, scale=None, decimal_return_scale=None, asdecimal=True):
        self.precision = precision
        self.scale = scale
        self.decimal_return_scale = decimal_return_scale
        self.asdecimal = asdecimal

    def _own_spec(self, dialect):
        spec = {"kind": "Numeric"}
        if self.precision is not None:
            spec["precision"] = int(self.precision)
            if self.scale is not None:
                spec["scale"] = int(self.scale)
        return spec

    def _bind(self, value, dialect):
        if value is None or isinstance(value, (int, float, str)):
            return value
        return float(value) if dialect.name == "sqlite" else str(value)

    def _result(self, value, dialect):
        if value is None:
            return None
        if not self.asdecimal:
            return float(value)
        from decimal import Decimal
        if isinstance(value, float):
            scale = self.decimal_return_scale or self.scale
            return Decimal(("%." + str(10 if scale is None else scale) + "f") % value)
        return Decimal(value)

    @property
    def python_type(self):
        if not self.asdecimal:
            return float
        from decimal import Decimal
        return Decimal


class NUMERIC(Numeric):
    __visit_name__ = "NUMERIC"


class DECIMAL(Numeric):
    __visit_name__ = "DECIMAL"

    def _own_spec(self, dialect):
        if self.precision is None:
            return named("DECIMAL")
        return named(with_arguments("DECIMAL", self.precision, self.scale))


class Float(Numeric):
    __visit_name__ = "float"
    scale = None

    def __init__(self, precision=None, asdecimal=False, decimal_return_scale=None, **kw):
        self.precision = precision
        self.asdecimal = asdecimal
        self.decimal_return_scale = decimal_return_scale

    def _own_spec(self, dialect):
        spec = {"kind": "Float"}
        if self.precision is not None and dialect.name != "sqlite":
            spec["precision"] = int(self.precision)
        return spec

    @property
    def python_type(self):
        return float


class FLOAT(Float):
    __visit_name__ = "FLOAT"


class Double(Float):
    __visit_name__ = "double"

    def _own_spec(self, dialect):
        return {"kind": "Double"}


class DOUBLE(Float):
    __visit_name__ = "DOUBLE"

    def _own_spec(self, dialect):
        return named("DOUBLE")


class DOUBLE_PRECISION(Float):
    __visit_name__ = "DOUBLE_PRECISION"

    def _own_spec(self, dialect):
        return {"kind": "Double"} if dialect.name == "postgresql" else named("DOUBLE PRECISION")


class REAL(Float):
    __visit_name__ = "REAL"

    def _own_spec(self, dialect):
        return named("REAL")


class _Checked:
    """Boolean and Enum may bring a CHECK with them."""

    def create(self, bind=None, checkfirst=False):
        pass

    def drop(self, bind=None, checkfirst=False):
        pass


SchemaType = _Checked


class Boolean(TypeEngine, _Checked):
    __visit_name__ = "boolean"
    _affinity = True
    _shown = ()

    def __init__(self, create_constraint=False, name=None, **kw):
        self.create_constraint = create_constraint
        self.name = name

    def _own_spec(self, dialect):
        spec = {"kind": "Boolean"}
        if self.create_constraint and not dialect.supports_native_boolean:
            spec["create_constraint"] = True
            spec["constraint_name"] = self.name or ""
        return spec

    def _bind(self, value, dialect):
        return None if value is None else bool(value)

    def _result(self, value, dialect):
        return None if value is None else bool(value)

    @property
    def python_type(self):
        return bool


class BOOLEAN(Boolean):
    __visit_name__ = "BOOLEAN"


# --- dates and times

class DateTime(TypeEngine):
    __visit_name__ = "datetime"
    _affinity = True
    _kind = "DateTime"
    _shown = ("timezone",)

    def __init__(self, timezone=False):
        self.timezone = timezone

    def _own_spec(self, dialect):
        if self.timezone and dialect.name == "postgresql":
            return {"kind": self._kind, "timezone": True}
        return {"kind": self._kind}

    def _bind(self, value, dialect):
        if value is None or isinstance(value, str):
            return value
        if dialect.name != "sqlite":
            return str(value)
        if not hasattr(value, "hour"):
            return value.strftime("%Y-%m-%d 00:00:00.000000")
        return value.strftime("%Y-%m-%d %H:%M:%S.") + "%06d" % value.microsecond

    def _result(self, value, dialect):
        if not isinstance(value, str):
            return value
        from sqlalchemy import _values
        return _values.read_datetime(value)

    @property
    def python_type(self):
        import datetime
        return datetime.datetime


class TIMESTAMP(DateTime):
    __visit_name__ = "TIMESTAMP"
    _kind = "Timestamp"


class DATETIME(DateTime):
    __visit_name__ = "DATETIME"

    def _own_spec(self, dialect):
        return named("DATETIME")


class Date(TypeEngine):
    __visit_name__ = "date"
    _affinity = True

    def _own_spec(self, dialect):
        return {"kind": "Date"}

    def _bind(self, value, dialect):
        return value if value is None or isinstance(value, str) else value.strftime("%Y-%m-%d")

    def _result(self, value, dialect):
        if not isinstance(value, str):
            return value
        from sqlalchemy import _values
        return _values.read_date(value)

    @property
    def python_type(self):
        import datetime
        return datetime.date


class DATE(Date):
    __visit_name__ = "DATE"


class Time(TypeEngine):
    __visit_name__ = "time"
    _affinity = True
    _shown = ("timezone",)

    def __init__(self, timezone=False):
        self.timezone = timezone

    def _own_spec(self, dialect):
        if self.timezone and dialect.name == "postgresql":
            return {"kind": "Time", "timezone": True}
        return {"kind": "Time"}

    def _bind(self, value, dialect):
        if value is None or isinstance(value, str):
            return value
        if dialect.name == "sqlite":
            return value.strftime("%H:%M:%S.") + "%06d" % value.microsecond
        return str(value)

    def _result(self, value, dialect):
        if not isinstance(value, str):
            return value
        from sqlalchemy import _values
        return _values.read_time(value)

    @property
    def python_type(self):
        import datetime
        return datetime.time


class TIME(Time):
    __visit_name__ = "TIME"


class Interval(TypeEngine):
    __visit_name__ = "interval"
    _affinity = True
    _shown = ("native", "second_precision", "day_precision")

    def __init__(self, native=True, second_precision=None, day_precision=None):
        self.native = native
        self.second_precision = second_precision
        self.day_precision = day_precision

    def _own_spec(self, dialect):
        if dialect.name != "postgresql" or not self.native:
            return {"kind": "DateTime"}
        spec = {"kind": "Interval"}
        if self.second_precision is not None:
            spec["precision"] = int(self.second_precision)
        return spec

    def _bind(self, value, dialect):
        if value is None or isinstance(value, str):
            return value
        if dialect.name == "postgresql":
            return str(value.total_seconds()) + " seconds"
        import datetime
        return DateTime()._bind(datetime.datetime(1970, 1, 1) + value, dialect)


# --- bytes

class LargeBinary(TypeEngine):
    __visit_name__ = "large_binary"
    _affinity = True
    _kind = "LargeBinary"
    _shown = ("length",)

    def __init__(self, length=None):
        self.length = length

    def _own_spec(self, dialect):
        if self.length is not None and dialect.name in ("mysql", "mariadb"):
            return named(with_arguments("BLOB", self.length))
        return {"kind": self._kind}

    def _bind(self, value, dialect):
        return value.encode() if isinstance(value, str) else value

    @property
    def python_type(self):
        return bytes


Binary = LargeBinary
_Binary = LargeBinary


class BLOB(LargeBinary):
    __visit_name__ = "BLOB"

    def _own_spec(self, dialect):
        return named(with_arguments("BLOB", self.length if dialect.name in ("mysql", "mariadb") else None))


class BINARY(LargeBinary):
    __visit_name__ = "BINARY"

    def _own_spec(self, dialect):
        return named(with_arguments(type(self).__name__, self.length))


class VARBINARY(BINARY):
    __visit_name__ = "VARBINARY"


# --- structured

class JSON(TypeEngine, Indexable):
    __visit_name__ = "JSON"
    _affinity = True
    hashable = False
    NULL = "JSON_NULL"

    def __init__(self, none_as_null=False):
        self.none_as_null = none_as_null

    @property
    def should_evaluate_none(self):
        return not self.none_as_null

    def _own_spec(self, dialect):
        return {"kind": "Json"}

    def _bind(self, value, dialect):
        if value is None and self.none_as_null:
            return None
        import json
        return json.dumps(None if value is JSON.NULL else value)

    def _result(self, value, dialect):
        if not isinstance(value, (str, bytes)):
            return value
        import json
        return json.loads(value)

    @property
    def python_type(self):
        return dict


class Uuid(TypeEngine):
    __visit_name__ = "uuid"
    _affinity = True
    _shown = ()

    def __init__(self, as_uuid=True, native_uuid=True):
        self.as_uuid = as_uuid
        self.native_uuid = native_uuid

    def _is_native(self, dialect):
        return self.native_uuid and dialect.supports_native_uuid

    def _own_spec(self, dialect):
        return {"kind": "Uuid"} if self._is_native(dialect) else {"kind": "Char", "length": 32}

    def _bind(self, value, dialect):
        if value is None:
            return None
        text = str(value)
        return text if self._is_native(dialect) else text.replace("-", "")

    def _result(self, value, dialect):
        if value is None or not isinstance(value, str):
            return value
        import uuid
        made = uuid.UUID(value)
        return made if self.as_uuid else str(made)

    @property
    def python_type(self):
        import uuid
        return uuid.UUID if self.as_uuid else str


class UUID(Uuid):
    __visit_name__ = "UUID"

    def __init__(self, as_uuid=True, native_uuid=True):
        Uuid.__init__(self, as_uuid)

    def _own_spec(self, dialect):
        return {"kind": "Uuid"} if dialect.supports_native_uuid else named("UUID")


class ARRAY(TypeEngine, Indexable, Concatenable):
    __visit_name__ = "ARRAY"
    _affinity = True
    _shown = ("item_type",)

    def __init__(self, item_type, as_tuple=False, dimensions=None, zero_indexes=False):
        self.item_type = to_instance(item_type)
        self.as_tuple = as_tuple
        self.dimensions = dimensions
        self.zero_indexes = zero_indexes

    def _own_spec(self, dialect):
        if dialect.name != "postgresql":
            raise unsupported(self, dialect)
        return {"kind": "Array", "element": [self.item_type._spec(dialect)], "dimensions": self.dimensions or 1}

    def _bind(self, value, dialect):
        if value is None or isinstance(value, str):
            return value
        from sqlalchemy import _values
        return _values.write_array(value, self.item_type, dialect)

    def _result(self, value, dialect):
        if not isinstance(value, str):
            return value
        from sqlalchemy import _values
        return _values.read_array(value, self.item_type, dialect)

    @property
    def python_type(self):
        return list


class TupleType(TypeEngine):
    def __init__(self, *types):
        self.types = [to_instance(type_) for type_ in types]


# Enums whose CREATE TYPE stands in the text of this run, where nobody can ask whether they are there.
_WRITTEN = set()


class Enum(String, _Checked):
    __visit_name__ = "enum"
    _affinity = True
    _native_only = False
    create_type = True

    def __init__(self, *enums, create_constraint=False, metadata=None, name=None, native_enum=True, length=None,
                 schema=None, inherit_schema=False, values_callable=None, validate_strings=False, **kw):
        if len(enums) == 1 and not isinstance(enums[0], str) and hasattr(enums[0], "__members__"):
            self.enum_class = enums[0]
            members = self.enum_class.__members__
            if values_callable is not None:
                self.enums = list(values_callable(self.enum_class))
            else:
                self.enums = list(members)
            if name is None:
                name = self.enum_class.__name__.lower()
        else:
            if len(enums) == 1 and isinstance(enums[0], (list, tuple)):
                enums = enums[0]
            self.enum_class = None
            self.enums = [str(value) for value in enums]
        self.values_callable = values_callable
        self.create_constraint = create_constraint
        self.metadata = metadata
        self.name = name
        self.native_enum = native_enum
        self.length = length
        self.schema = schema
        self.inherit_schema = inherit_schema
        self.validate_strings = validate_strings
        if schema is None and metadata is not None:
            self.schema = metadata.schema
        if metadata is not None:
            metadata._types.append(self)

    @property
    def collation(self):
        return None

    def _own_spec(self, dialect):
        native = self.native_enum and dialect.supports_native_enum
        if native and self.name and not self.enums:
            # A type that is there, named without saying what is in it.
            import _cupel
            spec = {"kind": "Named", "name": _cupel.quote(str(self.name))}
            if self.schema:
                spec["schema"] = self.schema
            return spec
        spec = {"kind": "Enum", "values": [str(value) for value in self.enums], "native": native}
        if self.name:
            spec["name"] = str(self.name)
        if self.schema:
            spec["schema"] = self.schema
        if self.length is not None:
            spec["length"] = int(self.length)
        if self.create_constraint and not native:
            spec["create_constraint"] = True
        if not self.create_type or (self.schema, self.name) in _WRITTEN:
            spec["create_type"] = False
        return spec

    def _label(self, value):
        """What the database holds for a value."""
        if value is None or isinstance(value, str) and not hasattr(value, "name"):
            return value
        if self.enum_class is None:
            return getattr(value, "value", value)
        if self.values_callable is None:
            return value.name
        for member, label in zip(self.enum_class.__members__.values(), self.enums):
            if member is value:
                return label
        return value.value

    def _bind(self, value, dialect):
        return self._label(value)

    def _result(self, value, dialect):
        if value is None or self.enum_class is None:
            return value
        for member, label in zip(self.enum_class.__members__.values(), self.enums):
            if label == value:
                return member
        raise LookupError("'%s' is not among the defined enum values. Enum name: %s. Possible values: %s"
                          % (value, self.name, ", ".join(self.enums)))

    @property
    def python_type(self):
        return self.enum_class or str

    # --- the type itself, where databases have it

    def _has_type(self, bind):
        dialect = bind.dialect if bind is not None else None
        if dialect is None:
            from sqlalchemy._dialect import current
            dialect = current()
        return self.native_enum and dialect.name == "postgresql"

    def create(self, bind=None, checkfirst=False):
        if self._has_type(bind):
            import _cupel
            _cupel.invoke("create_enum", {"schema": self.schema or "", "name": str(self.name),
                                          "values": [str(value) for value in self.enums],
                                          "if_not_exists": bool(checkfirst)})
            if _cupel.is_offline():
                _WRITTEN.add((self.schema, self.name))

    def drop(self, bind=None, checkfirst=False):
        if self._has_type(bind):
            import _cupel
            _cupel.invoke("drop_enum", {"schema": self.schema or "", "name": str(self.name),
                                        "if_exists": bool(checkfirst)})
            _WRITTEN.discard((self.schema, self.name))

    def __repr__(self):
        parts = [repr(value) for value in self.enums]
        if self.name:
            parts.append("name=" + repr(str(self.name)))
        return type(self).__name__ + "(" + ", ".join(parts) + ")"


# --- types that scripts make

class UserDefinedType(TypeEngine):
    __visit_name__ = "user_defined"
    _affinity = True
    cache_ok = None

    def get_col_spec(self, **kw):
        raise NotImplementedError(type(self).__name__ + " has no get_col_spec()")

    def _own_spec(self, dialect):
        return named(self.get_col_spec())

    def _bind(self, value, dialect):
        process = self.bind_processor(dialect)
        return value if process is None else process(value)

    def bind_processor(self, dialect):
        return None

    def _result(self, value, dialect):
        process = self.result_processor(dialect, None)
        return value if process is None else process(value)

    def result_processor(self, dialect, coltype):
        return None


class TypeDecorator(TypeEngine):
    __visit_name__ = "type_decorator"
    impl = None
    cache_ok = None

    def __init__(self, *args, **kw):
        if self.impl is None:
            raise AttributeError("TypeDecorator implementations require a class-level variable 'impl' which refers to "
                                 "the class of type being decorated")
        self.impl = to_instance(type(self).impl, *args, **kw)

    def __getattr__(self, name):
        if name[:1] == "_" or name == "impl":
            raise AttributeError(name)
        return getattr(self.impl, name)

    def load_dialect_impl(self, dialect):
        return to_instance(self.impl)

    def dialect_impl(self, dialect):
        return self.load_dialect_impl(dialect)

    def type_engine(self, dialect):
        return self.load_dialect_impl(dialect)

    def _own_spec(self, dialect):
        return to_instance(self.load_dialect_impl(dialect))._spec(dialect)

    def process_bind_param(self, value, dialect):
        return value

    def process_result_value(self, value, dialect):
        return value

    def _bind(self, value, dialect):
        value = self.process_bind_param(value, dialect)
        return to_instance(self.load_dialect_impl(dialect))._bind(value, dialect)

    def _result(self, value, dialect):
        value = to_instance(self.load_dialect_impl(dialect))._result(value, dialect)
        return self.process_result_value(value, dialect)

    @property
    def python_type(self):
        return to_instance(self.impl).python_type

    def __repr__(self):
        return type(self).__name__ + "()"


class PickleType(TypeDecorator):
    impl = LargeBinary
    cache_ok = True

    def __init__(self, protocol=4, pickler=None, comparator=None, impl=None):
        TypeDecorator.__init__(self)
        if impl is not None:
            self.impl = to_instance(impl)

    def process_bind_param(self, value, dialect):
        if value is not None and not isinstance(value, bytes):
            raise NotImplementedError("PickleType: values cannot be pickled here; give bytes")
        return value


class Variant(TypeDecorator):
    pass


class MatchType(Boolean):
    pass


STRINGTYPE = String()
INTEGERTYPE = Integer()
BOOLEANTYPE = Boolean()
