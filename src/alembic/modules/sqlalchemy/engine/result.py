# SPDX-License-Identifier: MIT
"""Rows of a statement, all of them at once."""
from sqlalchemy import exc


class RowMapping(dict):
    """A row by names."""


class Row:
    """A tuple whose values have names too."""

    def __init__(self, names, values):
        self._names = names
        self._values = values

    def __getitem__(self, key):
        if isinstance(key, str):
            return self._value_of(key)
        if isinstance(key, (int, slice)):
            return self._values[key]
        return self._value_of(key.key)

    def _value_of(self, name):
        if name in self._names:
            return self._values[self._names.index(name)]
        raise exc.NoSuchColumnError("Could not locate column in row for column '%s'" % name)

    def __getattr__(self, name):
        if name[:2] == "__" or name not in self._names:
            raise AttributeError("Could not locate column in row for column '%s'" % name)
        return self._values[self._names.index(name)]

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __contains__(self, key):
        return key in self._values

    def __eq__(self, other):
        return self._values == (other._values if isinstance(other, Row) else other)

    def __ne__(self, other):
        return not self == other

    def __lt__(self, other):
        return self._values < tuple(other)

    def __gt__(self, other):
        return self._values > tuple(other)

    def __hash__(self):
        return hash(self._values)

    def __repr__(self):
        return repr(self._values)

    __str__ = __repr__

    def keys(self):
        return list(self._names)

    def values(self):
        return list(self._values)

    def items(self):
        return list(zip(self._names, self._values))

    @property
    def _mapping(self):
        return RowMapping(zip(self._names, self._values))

    @property
    def _fields(self):
        return tuple(self._names)

    def _asdict(self):
        return dict(zip(self._names, self._values))

    def _tuple(self):
        return self._values

    @property
    def t(self):
        return self._values

    def count(self, value):
        return self._values.count(value)

    def index(self, value):
        return self._values.index(value)


LegacyRow = Row


class _Values:
    """Results, of rows or of what is made of each row."""

    def __init__(self, items, rowcount=-1):
        self._items = items
        self._at = 0
        self.rowcount = rowcount

    def __iter__(self):
        while self._at < len(self._items):
            self._at += 1
            yield self._items[self._at - 1]

    def __next__(self):
        if self._at >= len(self._items):
            raise StopIteration()
        self._at += 1
        return self._items[self._at - 1]

    def fetchone(self):
        if self._at >= len(self._items):
            return None
        self._at += 1
        return self._items[self._at - 1]

    def fetchall(self):
        rest = self._items[self._at:]
        self._at = len(self._items)
        return rest

    all = fetchall

    def fetchmany(self, size=None):
        rest = self._items[self._at:self._at + (size or 1)]
        self._at += len(rest)
        return rest

    def partitions(self, size=None):
        while self._at < len(self._items):
            yield self.fetchmany(size or len(self._items))

    def first(self):
        found = self.fetchone()
        self.close()
        return found

    def one_or_none(self):
        rest = self.fetchall()
        if len(rest) > 1:
            raise exc.MultipleResultsFound("Multiple rows were found when one or none was required")
        return rest[0] if rest else None

    def one(self):
        rest = self.fetchall()
        if not rest:
            raise exc.NoResultFound("No row was found when one was required")
        if len(rest) > 1:
            raise exc.MultipleResultsFound("Multiple rows were found when exactly one was required")
        return rest[0]

    def unique(self, strategy=None):
        seen, kept = set(), []
        for item in self._items[self._at:]:
            key = strategy(item) if strategy else item
            if key not in seen:
                seen.add(key)
                kept.append(item)
        return type(self)._of(self, kept)

    @classmethod
    def _of(cls, other, items):
        made = cls.__new__(cls)
        made.__dict__.update(other.__dict__)
        made._items = items
        made._at = 0
        return made

    def yield_per(self, size):
        return self

    def freeze(self):
        return lambda: self

    def close(self):
        self._at = len(self._items)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class ScalarResult(_Values):
    pass


class MappingResult(_Values):
    pass


class Result(_Values):
    """What Connection.execute() gives."""
    is_insert = False
    lastrowid = None
    inserted_primary_key = ()

    def __init__(self, names, rows, rowcount=-1, returns_rows=True):
        self._names = names
        self.returns_rows = returns_rows
        _Values.__init__(self, [Row(names, values) for values in rows], rowcount)

    def keys(self):
        return list(self._names)

    @property
    def _metadata(self):
        return self

    @property
    def cursor(self):
        return self

    @property
    def description(self):
        return [(name, None, None, None, None, None, None) for name in self._names] or None

    @property
    def closed(self):
        return self._at >= len(self._items)

    def scalar(self):
        row = self.first()
        return None if row is None else row[0]

    def scalar_one(self):
        return self.one()[0]

    def scalar_one_or_none(self):
        row = self.one_or_none()
        return None if row is None else row[0]

    def scalars(self, index=0):
        return ScalarResult([row[index] for row in self.fetchall()])

    def mappings(self):
        return MappingResult([row._mapping for row in self.fetchall()])

    def tuples(self):
        return self

    def columns(self, *names):
        picked = [self._names.index(name) if isinstance(name, str) else name for name in names]
        return Result([self._names[i] for i in picked], [tuple([row[i] for i in picked]) for row in self.fetchall()])


CursorResult = Result
ResultProxy = Result
LegacyCursorResult = Result
