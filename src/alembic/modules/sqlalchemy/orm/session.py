# SPDX-License-Identifier: MIT
"""Sessions on the connection of the run: objects are written at flush(), commit() and before every query."""
from sqlalchemy import exc
from sqlalchemy._clause import ClauseElement, ColumnElement, func
from sqlalchemy.orm import attributes
from sqlalchemy.schema import FromClause
from sqlalchemy.sql.dml import Delete, Insert, Update, delete, insert, update
from sqlalchemy.sql.operators import Label, and_
from sqlalchemy.sql.selectable import Join, Select, select


def _connection():
    from sqlalchemy.engine import current_connection
    return current_connection()


def _is_model(thing):
    return isinstance(thing, type) and hasattr(thing, "__table__")


class Aliased:
    """aliased(Model): the same model once more in one query."""

    def __init__(self, cls, name=None):
        self._model = cls
        self.__table__ = cls.__table__.alias(name)

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return self.__table__.c[name]

    def __clause_element__(self):
        return self.__table__


def aliased(cls, name=None, **kw):
    return Aliased(cls, name) if _is_model(cls) else cls.alias(name)


class _Option:
    pass


def _no_option(*args, **kw):
    return _Option()


joinedload = subqueryload = selectinload = lazyload = load_only = noload = raiseload = defer = undefer = _no_option
contains_eager = with_loader_criteria = immediateload = Load = _no_option


def _values(instance):
    cls = type(instance)
    return {column.key: instance.__dict__.get(cls._sa_keys[column.key]) for column in cls.__table__.c}


class Session:
    autoflush = True
    is_active = True

    def __init__(self, bind=None, autoflush=True, future=True, expire_on_commit=True, **kw):
        self.bind = bind
        self.info = {}
        self._new = []
        self._known = {}
        self._deleted = []

    # --- life

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.flush()
        return False

    def begin(self, **kw):
        return self

    def begin_nested(self):
        self.flush()
        return _connection().begin_nested()

    def commit(self):
        self.flush()

    def rollback(self):
        self._new = []

    def close(self):
        pass

    remove = close

    def connection(self, **kw):
        return _connection()

    def get_bind(self, *args, **kw):
        return _connection()

    def in_transaction(self):
        return True

    @property
    def no_autoflush(self):
        return self

    @property
    def dirty(self):
        return [known[0] for known in self._known.values() if self._changes(known)]

    @property
    def new(self):
        return list(self._new)

    def __contains__(self, instance):
        return instance in self._new or instance.__dict__.get("_sa_session") is self

    def __iter__(self):
        return iter([known[0] for known in self._known.values()] + self._new)

    # --- objects

    def add(self, instance):
        if instance.__dict__.get("_sa_session") is not self:
            instance.__dict__["_sa_session"] = self
            self._new.append(instance)

    def add_all(self, instances):
        for instance in instances:
            self.add(instance)

    def delete(self, instance):
        if instance in self._new:
            self._new.remove(instance)
        else:
            self._deleted.append(instance)

    def merge(self, instance, **kw):
        found = self.get(type(instance), _key_of(instance))
        if found is None:
            self.add(instance)
            return instance
        for name, value in _values(instance).items():
            setattr(found, type(instance)._sa_keys[name], value)
        return found

    def expunge(self, instance):
        instance.__dict__.pop("_sa_session", None)
        self._known.pop((type(instance), _key_of(instance)), None)

    def expunge_all(self):
        self._known = {}
        self._new = []

    expire_all = expunge_all

    def expire(self, instance, names=None):
        pass

    def refresh(self, instance, *args, **kw):
        self.flush()
        cls = type(instance)
        self._known.pop((cls, _key_of(instance)), None)
        row = _connection().execute(select(cls.__table__).where(_is_row(instance))).one()
        self._fill(instance, row)

    def flush(self, objects=None):
        new, self._new = self._new, []
        for instance in _by_dependency(new):
            self._insert(instance)
        for known in list(self._known.values()):
            changes = self._changes(known)
            if changes:
                _connection().execute(update(type(known[0]).__table__).where(_is_row(known[0], known[1])).values(changes))
                known[1].update(changes)
                known[0].__dict__.pop("_sa_flagged", None)
        gone, self._deleted = self._deleted, []
        for instance in gone:
            _connection().execute(delete(type(instance).__table__).where(_is_row(instance)))
            self._known.pop((type(instance), _key_of(instance)), None)

    def _changes(self, known):
        instance, before = known
        flagged = instance.__dict__.get("_sa_flagged", ())
        keys = type(instance)._sa_keys
        now = _values(instance)
        return {name: now[name] for name in now if now[name] != before[name] or keys[name] in flagged}

    def _insert(self, instance):
        cls = type(instance)
        for key, other, target in instance.__dict__.pop("_sa_pending", []):
            instance.__dict__[cls._sa_keys[key]] = getattr(other, target)
        values = _values(instance)
        for column in cls.__table__.c:
            if values[column.key] is None and getattr(column, "default", None) is not None and not column.default.is_sequence:
                values[column.key] = column.default.value()
        given = {name: values[name] for name in values if values[name] is not None or not _is_made(cls.__table__.c[name])}
        result = _connection().execute(insert(cls.__table__).values(given))
        key = [column for column in cls.__table__.c if column.primary_key]
        for column, value in zip(key, result.inserted_primary_key):
            if value is not None:
                values[column.key] = value
        for name in values:
            instance.__dict__[cls._sa_keys[name]] = values[name]
        self._known[(cls, _key_of(instance))] = (instance, dict(values))

    def _object(self, cls, row):
        """The object of a row; one for each key."""
        key = tuple([row[column.key] for column in cls.__table__.c if column.primary_key])
        known = self._known.get((cls, key))
        if known is not None and key:
            return known[0]
        instance = cls.__new__(cls)
        self._fill(instance, row)
        return instance

    def _fill(self, instance, row):
        cls = type(instance)
        values = {}
        for column, value in zip(cls.__table__.c, row):
            instance.__dict__[cls._sa_keys[column.key]] = value
            values[column.key] = value
        instance.__dict__["_sa_session"] = self
        self._known[(cls, _key_of(instance))] = (instance, values)

    # --- statements

    def execute(self, statement, params=None, *args, **kw):
        self.flush()
        entities = _entities(statement) if isinstance(statement, Select) else None
        result = _connection().execute(statement, params)
        if entities is None or not any([_is_model(entity) for entity in entities]):
            return result
        from sqlalchemy.engine.result import Result
        rows = [tuple(self._split(entities, row)) for row in result.fetchall()]
        return Result([getattr(entity, "__name__", None) or getattr(entity, "name", "") for entity in entities], rows, len(rows))

    def _split(self, entities, row):
        """A row's values, with objects where models were asked for."""
        at = 0
        values = list(row)
        for entity in entities:
            model = entity._model if isinstance(entity, Aliased) else entity
            if _is_model(model):
                width = len(model.__table__.c)
                part = _Part([column.key for column in model.__table__.c], values[at:at + width])
                at += width
                yield None if all([value is None for value in part.values]) else self._object(model, part)
            else:
                yield values[at]
                at += 1

    def scalar(self, statement, params=None, **kw):
        return self.execute(statement, params, **kw).scalar()

    def scalars(self, statement, params=None, **kw):
        return self.execute(statement, params, **kw).scalars()

    def get(self, cls, key, **kw):
        return self.query(cls).get(key)

    def query(self, *entities):
        return Query(entities, self)

    def bulk_save_objects(self, objects, **kw):
        self.add_all(objects)
        self.flush()

    def bulk_insert_mappings(self, cls, mappings, **kw):
        rows = list(mappings)
        if rows:
            _connection().execute(insert(getattr(cls, "__table__", cls)), rows)

    def bulk_update_mappings(self, cls, mappings):
        key = [column for column in cls.__table__.c if column.primary_key]
        for row in mappings:
            where = and_(*[column == row[column.key] for column in key])
            rest = {name: row[name] for name in row if name not in [column.key for column in key]}
            _connection().execute(update(cls.__table__).where(where).values(rest))


class _Part:
    """Some of a row's values, by the columns' names."""

    def __init__(self, names, values):
        self.names = names
        self.values = values

    def __getitem__(self, name):
        return self.values[self.names.index(name)]

    def __iter__(self):
        return iter(self.values)


def _is_made(column):
    """Whether the database fills what is left out."""
    return column.primary_key or column.server_default is not None


def _key_of(instance):
    cls = type(instance)
    return tuple([instance.__dict__.get(cls._sa_keys[column.key]) for column in cls.__table__.c if column.primary_key])


def _is_row(instance, before=None):
    cls = type(instance)
    key = [column for column in cls.__table__.c if column.primary_key]
    return and_(*[column == (before[column.key] if before else instance.__dict__.get(cls._sa_keys[column.key]))
                  for column in key])


def _by_dependency(instances):
    """Objects that others refer to come first."""
    order = []

    def add(instance, path):
        if instance in order or instance in path:
            return
        for key, other, target in instance.__dict__.get("_sa_pending", ()):
            if other in instances:
                add(other, path + [instance])
        order.append(instance)

    for instance in instances:
        add(instance, [])
    return order


def _entities(statement):
    return list(statement._given)


class Query:
    def __init__(self, entities, session=None):
        self.session = session
        self._entities = [entity for entity in entities]
        self._select = Select(*[getattr(entity, "__table__", entity) for entity in self._entities])

    def _with(self, statement):
        made = Query.__new__(Query)
        made.__dict__.update(self.__dict__)
        made._select = statement
        return made

    def _main(self):
        return self._entities[0].__table__ if hasattr(self._entities[0], "__table__") else self._select._sources()[0]

    def filter(self, *clauses):
        return self._with(self._select.where(*clauses))

    where = filter

    def filter_by(self, **values):
        return self._with(self._select.where(*[self._main().c[name] == values[name] for name in values]))

    def order_by(self, *clauses):
        return self._with(self._select.order_by(*clauses))

    def group_by(self, *clauses):
        return self._with(self._select.group_by(*clauses))

    def having(self, *clauses):
        return self._with(self._select.having(*clauses))

    def limit(self, count):
        return self._with(self._select.limit(count))

    def offset(self, count):
        return self._with(self._select.offset(count))

    def distinct(self, *on):
        return self._with(self._select.distinct(*on))

    def select_from(self, *froms):
        return self._with(self._select.select_from(*[getattr(item, "__table__", item) for item in froms]))

    def join(self, target, *on, isouter=False, full=False, **kw):
        condition = on[0] if on else None
        if not isinstance(target, (FromClause, type)) and hasattr(target, "argument"):
            target = target._target(self._entities[0])
        if condition is not None and not isinstance(condition, (ClauseElement, str)):
            condition = None
        statement = self._select
        if not statement._froms and not statement._joins:
            statement = statement.select_from(self._main())
        return self._with(statement.join(getattr(target, "__table__", target), condition, isouter, full))

    def outerjoin(self, target, *on, **kw):
        return self.join(target, *on, isouter=True)

    def options(self, *args):
        return self

    yield_per = execution_options = populate_existing = enable_eagerloads = autoflush = params = options

    def with_for_update(self, **kw):
        return self._with(self._select.with_for_update(**kw))

    def with_entities(self, *entities):
        made = Query(entities, self.session)
        made._select = self._select.with_only_columns(*[getattr(entity, "__table__", entity) for entity in entities])
        return made

    def add_columns(self, *columns):
        made = self._with(self._select.add_columns(*columns))
        made._entities = self._entities + list(columns)
        return made

    def union(self, *others):
        return self._with(self._select.union(*[other._select for other in others]))

    @property
    def statement(self):
        return self._select

    def subquery(self, name=None, **kw):
        return self._select.subquery(name)

    def as_scalar(self):
        return self._select.scalar_subquery()

    scalar_subquery = as_scalar

    def _as_scalar(self):
        return self._select.scalar_subquery()

    def exists(self):
        return self._select.exists()

    def __clause_element__(self):
        return self._select

    # --- answers

    def _rows(self):
        self.session.flush()
        result = _connection().execute(self._select)
        for row in result.fetchall():
            values = list(self.session._split(self._entities, row))
            yield values, row

    def all(self):
        from sqlalchemy.engine.result import Row
        if len(self._entities) == 1 and hasattr(self._entities[0], "__table__"):
            return [values[0] for values, row in self._rows()]
        names = [getattr(entity, "__name__", None) or getattr(entity, "name", None) or "" for entity in self._entities]
        return [Row(names, tuple(values)) for values, row in self._rows()]

    def __iter__(self):
        return iter(self.all())

    def first(self):
        found = self.limit(1).all()
        return found[0] if found else None

    def one(self):
        found = self.all()
        if len(found) != 1:
            error = exc.MultipleResultsFound if found else exc.NoResultFound
            raise error("Multiple rows were found when exactly one was required" if found else
                        "No row was found when one was required")
        return found[0]

    def one_or_none(self):
        found = self.all()
        if len(found) > 1:
            raise exc.MultipleResultsFound("Multiple rows were found when one or none was required")
        return found[0] if found else None

    def scalar(self):
        found = self.first()
        if found is None or hasattr(self._entities[0], "__table__"):
            return found
        return found[0]

    def get(self, key):
        table = self._main()
        columns = [column for column in table.c if column.primary_key]
        values = key if isinstance(key, (tuple, list)) else (key,)
        return self.filter(*[column == value for column, value in zip(columns, values)]).first()

    def count(self):
        self.session.flush()
        return _connection().execute(select(func.count()).select_from(self._select.subquery())).scalar()

    def __getitem__(self, item):
        if isinstance(item, slice):
            found = self.offset(item.start) if item.start else self
            return (found.limit(item.stop - (item.start or 0)) if item.stop is not None else found).all()
        return self.offset(item).limit(1).all()[0]

    def update(self, values, synchronize_session=None, **kw):
        self.session.flush()
        self.session._known = {}
        return _connection().execute(update(self._main()).where(*self._select._where).values(values)).rowcount

    def delete(self, synchronize_session=None):
        self.session.flush()
        self.session._known = {}
        return _connection().execute(delete(self._main()).where(*self._select._where)).rowcount


class sessionmaker:
    def __init__(self, bind=None, class_=Session, **kw):
        self.bind = bind
        self.class_ = class_

    def __call__(self, **kw):
        return Session(kw.get("bind", self.bind))

    def configure(self, **kw):
        self.bind = kw.get("bind", self.bind)

    def begin(self):
        return self()

    def __class_getitem__(cls, item):
        return cls


def scoped_session(factory, **kw):
    return factory()


def object_session(instance):
    return instance.__dict__.get("_sa_session")


def make_transient(instance):
    instance.__dict__.pop("_sa_session", None)


def close_all_sessions():
    pass
