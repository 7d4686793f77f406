# SPDX-License-Identifier: MIT
"""PostgreSQL's own statements and expressions."""
from sqlalchemy._clause import ClauseElement, ColumnElement, func
from sqlalchemy.schema import ColumnCollection
from sqlalchemy.sql.dml import Insert as _Insert, _key, bound
from sqlalchemy.sql.operators import and_, element
from sqlalchemy.types import to_instance


class _Excluded:
    name = "excluded"
    schema = None

    def __init__(self, table):
        from sqlalchemy._clause import ColumnClause
        self.c = ColumnCollection()
        for column in table.c:
            self.c.add(ColumnClause(column.name, column.type, _selectable=self), column.key)

    def __getattr__(self, name):
        return getattr(self.__dict__["c"], name)

    def __getitem__(self, name):
        return self.c[name]

    def _column_prefix(self, compiler):
        return "excluded."

    def items(self):
        return self.c.items()


class Insert(_Insert):
    """INSERT ... ON CONFLICT."""
    _conflict = None

    @property
    def excluded(self):
        return _Excluded(self.table)

    def on_conflict_do_nothing(self, constraint=None, index_elements=None, index_where=None):
        made = self._copy()
        made._conflict = (constraint, index_elements, index_where, None, None)
        return made

    def on_conflict_do_update(self, constraint=None, index_elements=None, index_where=None, set_=None, where=None):
        made = self._copy()
        made._conflict = (constraint, index_elements, index_where, dict(set_.items() if hasattr(set_, "items") else set_), where)
        return made

    def _after(self, compiler):
        if self._conflict is None:
            return ""
        constraint, elements, index_where, sets, where = self._conflict
        text = " ON CONFLICT"
        if constraint is not None:
            text += " ON CONSTRAINT " + compiler.quote(getattr(constraint, "name", constraint))
        elif elements is not None:
            text += " (" + ", ".join([compiler.quote(item) if isinstance(item, str) else element(item)._sql(compiler)
                                      for item in elements]) + ")"
            if index_where is not None:
                text += " WHERE " + index_where._sql(compiler)
        if sets is None:
            return text + " DO NOTHING"
        parts = []
        compiler.include_table = True
        for name in sets:
            column = self.table.c[_key(name)]
            parts.append(compiler.quote(column.name) + " = " + bound(column, sets[name], compiler))
        text += " DO UPDATE SET " + ", ".join(parts)
        if where is not None:
            text += " WHERE " + where._sql(compiler)
        compiler.include_table = False
        return text


def insert(table, values=None, **kw):
    return Insert(table, values, **kw)


class array(ColumnElement):
    def __init__(self, clauses, type_=None, **kw):
        from sqlalchemy.types import ARRAY
        self.clauses = [element(clause) for clause in clauses]
        inner = type_ if type_ is not None else next((c.type for c in self.clauses if c.type is not None), None)
        self.type = ARRAY(inner) if inner is not None else None
        self._cast = type_

    def _sql(self, compiler):
        text = "ARRAY[" + ", ".join([clause._sql(compiler) for clause in self.clauses]) + "]"
        return text + compiler.raw("::" + self.type.compile(compiler.dialect)) if self._cast is not None else text


class aggregate_order_by(ColumnElement):
    def __init__(self, target, *order_by):
        self.target = element(target)
        self.order_by = [element(item) for item in order_by]

    def _sql(self, compiler):
        return (self.target._sql(compiler) + " ORDER BY "
                + ", ".join([item._sql(compiler) for item in self.order_by]))


def hstore(*args):
    return func.hstore(*args)


def to_tsvector(*args):
    return func.to_tsvector(*args)


def to_tsquery(*args):
    return func.to_tsquery(*args)


class Range:
    def __init__(self, lower=None, upper=None, bounds="[)", empty=False):
        self.lower = lower
        self.upper = upper
        self.bounds = bounds
        self.empty = empty

    def __str__(self):
        if self.empty:
            return "empty"
        return (self.bounds[0] + ("" if self.lower is None else str(self.lower)) + ","
                + ("" if self.upper is None else str(self.upper)) + self.bounds[1])
