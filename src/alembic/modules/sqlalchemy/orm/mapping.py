# SPDX-License-Identifier: MIT
"""Classes with tables. A column is the class's attribute as it is, so that Model.id stands in expressions; an object has
its own values under the same names."""
import re

from sqlalchemy.schema import Column, ForeignKey, Index, MetaData, Table
from sqlalchemy.types import to_instance


class Mapped:
    def __class_getitem__(cls, item):
        return _MappedOf(item)


class _MappedOf:
    def __init__(self, inner):
        self.inner = inner


WriteOnlyMapped = DynamicMapped = Mapped


class MappedAsDataclass:
    pass


class MappedColumn:
    """mapped_column(...): a column whose type the annotation may say."""

    def __init__(self, *args, nullable=None, **kw):
        for name in ("init", "repr", "default_factory", "kw_only", "compare", "deferred", "deferred_group", "use_existing_column",
                     "active_history", "sort_order", "insert_default_"):
            kw.pop(name, None)
        self.args = args
        self.nullable = nullable
        self.kw = kw

    def column(self, annotation):
        kw = dict(self.kw)
        type_, optional = _from_annotation(annotation)
        args = list(self.args)
        has_type = any([Column._is_type(arg) and arg is not None for arg in args]) or "type_" in kw
        if not has_type and type_ is not None:
            at = 1 if args and isinstance(args[0], str) else 0
            args.insert(at, type_)
        nullable = self.nullable
        if nullable is None and annotation is not None and not kw.get("primary_key"):
            nullable = optional
        if nullable is not None:
            kw["nullable"] = nullable
        return Column(*args, **kw)


def mapped_column(*args, **kw):
    return MappedColumn(*args, **kw)


def _from_annotation(annotation):
    """(SQL type or None, may it be None) of what stands in Mapped[...]."""
    if annotation is None:
        return None, True
    inner = annotation.inner if isinstance(annotation, _MappedOf) else annotation
    return _type_of(inner)


def _type_of(inner):
    import datetime
    import decimal
    import enum
    import uuid
    from sqlalchemy import types
    optional = False
    arguments = getattr(inner, "__args__", None)
    if arguments and type(None) in arguments:
        optional = True
        rest = [each for each in arguments if each is not type(None)]
        inner = rest[0] if rest else None
    if hasattr(inner, "__metadata__"):
        for item in inner.__metadata__:
            if isinstance(item, MappedColumn) and item.args and Column._is_type(item.args[0]):
                return item.args[0], optional
        return _type_of(inner.__origin__ if hasattr(inner, "__origin__") else inner.__args__[0])
    known = {int: types.Integer, str: types.String, float: types.Float, bool: types.Boolean, bytes: types.LargeBinary,
             datetime.datetime: types.DateTime, datetime.date: types.Date, datetime.time: types.Time,
             datetime.timedelta: types.Interval, decimal.Decimal: types.Numeric, uuid.UUID: types.Uuid, dict: types.JSON}
    if inner in known:
        return known[inner](), optional
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        return types.Enum(inner), optional
    return None, optional


class declared_attr:
    """A class attribute that a function of the class makes."""

    def __init__(self, function=None, cascading=False):
        self.function = getattr(function, "__func__", function)

    def __get__(self, instance, cls):
        return self.function(cls)

    @classmethod
    def directive(cls, function):
        return cls(function)


class Relationship:
    """relationship(...): loaded when it is read, through the foreign key between the two tables."""

    def __init__(self, argument=None, *args, backref=None, back_populates=None, uselist=None, foreign_keys=None,
                 primaryjoin=None, secondary=None, **kw):
        self.argument = argument
        self.uselist = uselist
        self.name = None

    def __set_name__(self, cls, name):
        self.name = name

    def _target(self, cls):
        target = self.argument
        if isinstance(target, str):
            return cls._sa_registry._classes.get(target.split(".")[-1])
        if callable(target) and not isinstance(target, type):
            return target()
        return target

    def __get__(self, instance, cls):
        if instance is None:
            return self
        loaded = instance.__dict__.setdefault("_sa_related", {})
        if self.name not in loaded:
            loaded[self.name] = self._load(instance, type(instance))
        return loaded[self.name]

    def __set__(self, instance, value):
        instance.__dict__.setdefault("_sa_related", {})[self.name] = value
        target = self._target(type(instance))
        if target is None or value is None or isinstance(value, (list, set)):
            return
        for column in instance.__table__.c:
            for key in column.foreign_keys:
                if key.references(target.__table__):
                    instance.__dict__.setdefault("_sa_pending", []).append((column.key, value, key._parts()[2]))

    def _load(self, instance, cls):
        session = instance.__dict__.get("_sa_session")
        target = self._target(cls)
        if session is None or target is None:
            return None
        for column in cls.__table__.c:
            for key in column.foreign_keys:
                if key.references(target.__table__) and not self.uselist:
                    wanted = getattr(instance, column.key)
                    if wanted is None:
                        return None
                    return session.query(target).filter(target.__table__.c[key._parts()[2]] == wanted).first()
        for column in target.__table__.c:
            for key in column.foreign_keys:
                if key.references(cls.__table__):
                    found = session.query(target).filter(column == getattr(instance, key._parts()[2])).all()
                    return found[0] if self.uselist is False and found else None if self.uselist is False else found
        return []


relationship = relation = Relationship


def backref(name, **kw):
    return name


def foreign(column):
    return column


remote = foreign


def deferred(column, *more, **kw):
    return column


column_property = deferred


def synonym(name, **kw):
    return property(lambda self: getattr(self, name), lambda self, value: setattr(self, name, value))


def validates(*names, **kw):
    return lambda function: function


def reconstructor(function):
    return function


def declarative_mixin(cls):
    return cls


def configure_mappers():
    pass


clear_mappers = configure_mappers


def composite(*args, **kw):
    return None


query_expression = composite


class registry:
    def __init__(self, metadata=None, class_registry=None, type_annotation_map=None, constructor=None):
        self.metadata = metadata if metadata is not None else MetaData()
        self.type_annotation_map = type_annotation_map or {}
        self._classes = {} if class_registry is None else class_registry

    def generate_base(self, cls=object, name="Base", **kw):
        return declarative_base(metadata=self.metadata, cls=cls, name=name, class_registry=self._classes)

    def mapped(self, cls):
        cls.metadata = self.metadata
        cls._sa_registry = self
        for name in ("__init__", "__setattr__"):
            if name in _Model.__dict__ and name not in cls.__dict__:
                setattr(cls, name, _Model.__dict__[name])
        _map(cls)
        return cls

    def map_imperatively(self, cls, table, **kw):
        cls.__table__ = table
        return self.mapped(cls)

    def configure(self):
        pass

    def dispose(self):
        pass


def mapper(cls, table, **kw):
    return registry().map_imperatively(cls, table)


class _Model:
    """What every mapped class gets."""

    def __init__(self, **values):
        for name in values:
            if not hasattr(type(self), name):
                raise TypeError("'%s' is an invalid keyword argument for %s" % (name, type(self).__name__))
            setattr(self, name, values[name])
        for column in type(self).__table__.c:
            key = type(self)._sa_keys[column.key]
            if key not in self.__dict__:
                self.__dict__[key] = None

    def __init_subclass__(cls, **kw):
        cls._sa_declare()

    @classmethod
    def _sa_declare(cls):
        if not cls.__dict__.get("__abstract__", False):
            _map(cls)


def _map(cls):
    """Makes the table of a class, from its attributes and those of its mixins."""
    if "__table__" not in cls.__dict__:
        columns, arguments, options = _collect(cls)
        name = _table_name(cls)
        if name is None:
            return
        cls.__table__ = Table(name, cls.metadata, *[column for key, column in columns], *arguments, **options)
        cls._sa_keys = {column.key: key for key, column in columns}
    else:
        cls._sa_keys = {column.key: column.key for column in cls.__table__.c}
    for column in cls.__table__.c:
        setattr(cls, cls._sa_keys.setdefault(column.key, column.key), column)
    cls._sa_registry._classes[cls.__name__] = cls
    cls.__mapper__ = Mapper(cls)


def _table_name(cls):
    name = cls.__dict__.get("__tablename__", None)
    if name is None:
        for base in cls.__mro__[1:]:
            found = base.__dict__.get("__tablename__")
            if found is not None:
                if isinstance(found, declared_attr):
                    return found.__get__(None, cls)
                return None if "__table__" in base.__dict__ else found
    return name.__get__(None, cls) if isinstance(name, declared_attr) else name


def _collect(cls):
    columns, seen = [], set()
    arguments, options = [], {}
    for base in cls.__mro__:
        if base is object or base is _Model:
            continue
        annotations = base.__dict__.get("__annotations__", {})
        found = []
        for name in list(base.__dict__):
            if name in seen or name[:2] == "__":
                continue
            value = base.__dict__[name]
            if isinstance(value, declared_attr):
                value = value.__get__(None, cls)
            if isinstance(value, MappedColumn):
                value = value.column(annotations.get(name))
            if isinstance(value, Column):
                seen.add(name)
                column = value if base is cls and value.table is None else value.copy()
                if column.name is None:
                    column.name = column.key = name
                found.append((name, column))
        for name in annotations:
            if name in seen or name in base.__dict__ or not isinstance(annotations[name], _MappedOf):
                continue
            seen.add(name)
            found.append((name, MappedColumn().column(annotations[name])))
            found[-1][1].name = found[-1][1].key = name
        columns = columns + found if base is cls else found + columns if False else columns + found
    given = getattr(cls, "__table_args__", None)
    if isinstance(given, declared_attr) or callable(given):
        given = given()
    if isinstance(given, dict):
        options = dict(given)
    elif given:
        arguments = list(given)
        if isinstance(arguments[-1], dict):
            options = dict(arguments.pop())
    return columns, arguments, options


class Mapper:
    def __init__(self, cls):
        self.class_ = self.entity = cls
        self.local_table = self.persist_selectable = self.mapped_table = cls.__table__
        self.primary_key = tuple([column for column in cls.__table__.c if column.primary_key])

    @property
    def columns(self):
        return self.local_table.c

    c = column_attrs = columns


def inspect_mapped(subject):
    cls = subject if isinstance(subject, type) else type(subject)
    return cls.__mapper__


class_mapper = inspect_mapped


def declarative_base(bind=None, metadata=None, mapper=None, cls=object, name="Base", constructor=None, class_registry=None,
                     metaclass=None, **kw):
    bases = (_Model,) if cls is object else tuple(cls) + (_Model,) if isinstance(cls, tuple) else (cls, _Model)
    made = registry(metadata, class_registry)

    class Base(*bases):
        __abstract__ = True

    Base.metadata = made.metadata
    Base.registry = made
    Base._sa_registry = made
    Base.__name__ = name
    return Base


def as_declarative(**kw):
    def decorate(cls):
        return declarative_base(cls=cls, name=cls.__name__, **kw)

    return decorate


DeclarativeMeta = type


class DeclarativeBase(_Model):
    """A subclass of this one is a base; a subclass of that, a model."""
    __abstract__ = True

    def __init_subclass__(cls, **kw):
        if DeclarativeBase in cls.__bases__:
            given = cls.__dict__.get("registry") or registry(cls.__dict__.get("metadata"))
            cls.registry = cls._sa_registry = given
            cls.metadata = cls.__dict__.get("metadata") or given.metadata
            return
        cls._sa_declare()


DeclarativeBaseNoMeta = DeclarativeBase
