# SPDX-License-Identifier: MIT
"""SELECT and what it reads from."""
from sqlalchemy._clause import ClauseElement, ColumnClause, ColumnElement, Executable, TextClause, literal_column
from sqlalchemy.schema import ColumnCollection, FromClause
from sqlalchemy.sql.operators import (BooleanClauseList, Grouping, Label, UnaryExpression, and_, element, not_, written)


class _Derived(FromClause):
    """A FROM item with a name of its own."""

    def _fill(self, columns):
        self.c = ColumnCollection()
        for column in columns:
            name = getattr(column, "name", None) or getattr(column, "key", None)
            if name:
                made = ColumnClause(name, getattr(column, "type", None), _selectable=self)
                self.c.add(made, getattr(column, "key", None) or name)

    def _column_prefix(self, compiler):
        return compiler.quote(self.name) + "."


class Alias(_Derived):
    _made = 0

    def __init__(self, selectable, name=None):
        if name is None:
            Alias._made += 1
            name = (getattr(selectable, "name", None) or "anon") + "_" + str(Alias._made)
        self.element = selectable
        self.name = name
        self._fill(selectable.c)

    def _from(self, compiler):
        inner = self.element._sql(compiler)
        if not isinstance(self.element, FromClause) or isinstance(self.element, Select):
            inner = "(" + inner + ")"
        return inner + " AS " + compiler.quote(self.name)

    def _sql(self, compiler):
        return compiler.quote(self.name)


class Subquery(Alias):
    pass


class CTE(_Derived):
    def __init__(self, selectable, name=None, recursive=False):
        if name is None:
            Alias._made += 1
            name = "anon_" + str(Alias._made)
        self.element = selectable
        self.name = name
        self.recursive = recursive
        self._fill(selectable._columns())

    def union_all(self, other):
        return self._union("UNION ALL", other)

    def union(self, other):
        return self._union("UNION", other)

    def _union(self, word, other):
        self.element = CompoundSelect(word, [self.element, other])
        return self

    def _sql(self, compiler):
        return compiler.quote(self.name)

    def _from(self, compiler):
        known = compiler.__dict__.setdefault("ctes", {})
        if self.name not in known:
            known[self.name] = None
            names = ", ".join([compiler.quote(column.name) for column in self.c]) if self.recursive else ""
            known[self.name] = (("(" + names + ")" if names else "") + " AS (" + self.element._body(compiler) + ")",
                                self.recursive)
        return compiler.quote(self.name)


class Join(FromClause):
    def __init__(self, left, right, onclause=None, isouter=False, full=False):
        self.left = left
        self.right = _from_of(right)
        self.onclause = onclause if onclause is not None else _on(left, self.right)
        self.isouter = isouter
        self.full = full
        self.c = ColumnCollection()
        for side in (self.left, self.right):
            for column in side.c:
                self.c.add(column, (getattr(side, "name", None) or "") + "_" + column.key)

    def _from(self, compiler):
        word = " FULL OUTER JOIN " if self.full else " LEFT OUTER JOIN " if self.isouter else " JOIN "
        right = _from_text(self.right, compiler)
        if isinstance(self.right, Join):
            right = "(" + right + ")"
        return _from_text(self.left, compiler) + word + right + " ON " + _condition_text(self.onclause, compiler)


def _condition_text(clause, compiler):
    return TextClause(clause)._sql(compiler) if isinstance(clause, str) else clause._sql(compiler)


def _sides(selectable):
    return _sides(selectable.left) + _sides(selectable.right) if isinstance(selectable, Join) else [selectable]


def _on(left, right):
    """The condition that the foreign keys between two tables make."""
    found = []
    for one in _sides(left):
        for other in _sides(right):
            for child, parent in ((one, other), (other, one)):
                for column in child.c:
                    for key in getattr(column, "foreign_keys", ()):
                        parts = key._parts()
                        if parts[1] == parent.name and parts[2] in parent.c:
                            found.append(column == parent.c[parts[2]])
                if found:
                    return and_(*found)
    from sqlalchemy import exc
    raise exc.NoForeignKeysError("Can't find any foreign key relationships between '%s' and '%s'."
                                 % (getattr(left, "name", "?"), getattr(right, "name", "?")))


def _from_of(thing):
    if isinstance(thing, type) and hasattr(thing, "__table__"):
        return thing.__table__
    if isinstance(thing, (Select, CompoundSelect)):
        return thing.subquery()
    return thing


def _from_text(selectable, compiler):
    if hasattr(type(selectable), "_from"):
        return selectable._from(compiler)
    return selectable._sql(compiler)


class _Query(ClauseElement, Executable):
    """SELECT, or several of them in one."""

    def _as_scalar(self):
        return ScalarSelect(self)

    scalar_subquery = as_scalar = _as_scalar

    def label(self, name):
        return Label(name, ScalarSelect(self))

    def subquery(self, name=None):
        return Subquery(_Rows(self), name)

    def alias(self, name=None):
        return self.subquery(name)

    def cte(self, name=None, recursive=False, nesting=False):
        return CTE(self, name, recursive)

    def exists(self):
        return Exists(self)

    def lateral(self, name=None):
        return self.subquery(name)

    @property
    def c(self):
        return self.subquery().c

    selected_columns = columns = exported_columns = c

    def union(self, *others):
        return CompoundSelect("UNION", [self] + list(others))

    def union_all(self, *others):
        return CompoundSelect("UNION ALL", [self] + list(others))

    def except_(self, *others):
        return CompoundSelect("EXCEPT", [self] + list(others))

    def intersect(self, *others):
        return CompoundSelect("INTERSECT", [self] + list(others))

    def _sql(self, compiler):
        body = self._body(compiler)
        if compiler.__dict__.get("inside"):
            return body
        return with_clause(compiler) + body

    def self_group(self, against=None):
        return Grouping(self)

    def execute(self, *args, **kw):
        from sqlalchemy.engine import current_connection
        return current_connection().execute(self, *args, **kw)

    def _copy(self):
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        return made

    def order_by(self, *clauses):
        made = self._copy()
        made._order = [] if len(clauses) == 1 and clauses[0] is None else self._order + list(clauses)
        return made

    def limit(self, count):
        made = self._copy()
        made._limit = count
        return made

    def offset(self, count):
        made = self._copy()
        made._offset = count
        return made

    def _tail(self, compiler):
        text = ""
        if self._order:
            text += " ORDER BY " + ", ".join([_order_text(item, compiler) for item in self._order])
        if self._limit is not None:
            text += " LIMIT " + element(self._limit)._sql(compiler)
        if self._offset is not None:
            if self._limit is None and compiler.dialect.name == "sqlite":
                text += " LIMIT -1"
            text += " OFFSET " + element(self._offset)._sql(compiler)
        return text


def _order_text(item, compiler):
    if isinstance(item, str):
        return compiler.raw(item)
    if isinstance(item, Label):
        return compiler.quote(item.name)
    return element(item)._sql(compiler)


def with_clause(compiler):
    known = compiler.__dict__.get("ctes")
    if not known:
        return ""
    word = "WITH RECURSIVE " if any([known[name][1] for name in known]) else "WITH "
    return word + ", ".join([compiler.quote(name) + known[name][0] for name in known]) + " "


class _Rows(ClauseElement):
    """A query as the inside of a FROM item."""

    def __init__(self, query):
        self.query = query
        self.name = None

    @property
    def c(self):
        return self.query._columns()

    def _sql(self, compiler):
        return self.query._body(compiler)


class ScalarSelect(ColumnElement):
    def __init__(self, query):
        self.element = query
        columns = query._columns()
        self.type = getattr(columns[0], "type", None) if columns else None

    def _sql(self, compiler):
        return "(" + self.element._body(compiler) + ")"


class Exists(ColumnElement):
    def __init__(self, query=None):
        self.element = query if query is not None else Select(literal_column("*"))

    def where(self, *clauses):
        return Exists(self.element.where(*clauses))

    def select_from(self, *froms):
        return Exists(self.element.select_from(*froms))

    def select(self):
        return Select(self)

    def correlate(self, *froms):
        return self

    def _sql(self, compiler):
        return "EXISTS (" + self.element._body(compiler) + ")"


class Select(_Query):
    def __init__(self, *columns, whereclause=None, from_obj=None):
        if len(columns) == 1 and isinstance(columns[0], (list, tuple)):
            columns = tuple(columns[0])
        self._given = list(columns)
        self._where = [] if whereclause is None else [whereclause]
        self._froms = [] if from_obj is None else list(from_obj) if isinstance(from_obj, (list, tuple)) else [from_obj]
        self._order, self._group, self._having = [], [], []
        self._limit = self._offset = None
        self._distinct = False
        self._distinct_on = []
        self._for_update = ""
        self._joins = []
        self._correlated = []

    # --- building

    def where(self, *clauses):
        made = self._copy()
        made._where = self._where + [clause for clause in clauses]
        return made

    filter = where

    def filter_by(self, **values):
        source = self._sources()[0]
        return self.where(*[source.c[name] == values[name] for name in values])

    def select_from(self, *froms):
        made = self._copy()
        made._froms = self._froms + [_from_of(item) for item in froms]
        return made

    def join(self, target, onclause=None, isouter=False, full=False):
        made = self._copy()
        made._joins = self._joins + [(_from_of(target), onclause, isouter, full)]
        return made

    def outerjoin(self, target, onclause=None, full=False):
        return self.join(target, onclause, True, full)

    def join_from(self, left, target, onclause=None, isouter=False, full=False):
        return self.select_from(left).join(target, onclause, isouter, full)

    def group_by(self, *clauses):
        made = self._copy()
        made._group = self._group + list(clauses)
        return made

    def having(self, *clauses):
        made = self._copy()
        made._having = self._having + list(clauses)
        return made

    def distinct(self, *on):
        made = self._copy()
        made._distinct = True
        made._distinct_on = list(on)
        return made

    def add_columns(self, *columns):
        made = self._copy()
        made._given = self._given + list(columns)
        return made

    column = add_columns

    def with_only_columns(self, *columns, **kw):
        made = self._copy()
        made._given = list(columns[0]) if len(columns) == 1 and isinstance(columns[0], (list, tuple)) else list(columns)
        if not made._froms:
            made._froms = self._sources()
        return made

    def with_for_update(self, nowait=False, read=False, skip_locked=False, **kw):
        made = self._copy()
        made._for_update = (" FOR SHARE" if read else " FOR UPDATE") + (" NOWAIT" if nowait else "") \
            + (" SKIP LOCKED" if skip_locked else "")
        return made

    def correlate(self, *froms):
        made = self._copy()
        made._correlated = list(froms)
        return made

    correlate_except = correlate

    def options(self, *args):
        return self

    def prefix_with(self, *args, **kw):
        return self

    def with_hint(self, *args, **kw):
        return self

    @property
    def whereclause(self):
        return and_(*self._where) if self._where else None

    @property
    def froms(self):
        return self._sources()

    def get_final_froms(self):
        return self._sources()

    # --- writing

    def _columns(self):
        columns = []
        for item in self._given:
            if hasattr(item, "__clause_element__"):
                item = item.__clause_element__()
            if isinstance(item, type) and hasattr(item, "__table__"):
                item = item.__table__
            if isinstance(item, FromClause) or isinstance(item, ClauseElement) and isinstance(item.__dict__.get("c"),
                                                                                             ColumnCollection):
                columns.extend(list(item.c))
            elif isinstance(item, _Query):
                columns.append(ScalarSelect(item))
            elif isinstance(item, str):
                columns.append(literal_column(item))
            else:
                columns.append(element(item))
        return columns

    def _sources(self):
        """What is read: what was said, then the tables of columns and conditions."""
        found = list(self._froms)
        covered = []
        for item in found:
            covered.extend(_sides(item))
        for target, onclause, isouter, full in self._joins:
            covered.append(target)
        for piece in self._columns() + ([] if self._froms else []):
            for table in tables_of(piece):
                if not any([table is known for known in covered]):
                    covered.append(table)
                    found.append(table)
        for clause in self._where:
            for table in tables_of(clause):
                if not any([table is known for known in covered]):
                    covered.append(table)
                    found.append(table)
        return found

    def _column_text(self, column, compiler):
        if isinstance(column, Label):
            return column._labelled(compiler)
        return written(column, compiler)

    def _body(self, compiler):
        outer = compiler.__dict__.get("outer", [])
        sources = [item for item in self._sources() if not any([item is known for known in outer + self._correlated])] \
            or self._sources()
        before, inside = compiler.include_table, compiler.__dict__.get("inside")
        compiler.include_table = True
        compiler.inside = True
        compiler.outer = outer + [side for item in sources for side in _sides(item)]
        for target, onclause, isouter, full in self._joins:
            left = sources[0] if sources else target
            sources = [Join(left, target, onclause, isouter, full)] + sources[1:]
        try:
            text = "SELECT "
            if self._distinct:
                text += "DISTINCT "
                if self._distinct_on:
                    text += "ON (" + ", ".join([element(item)._sql(compiler) for item in self._distinct_on]) + ") "
            text += ", ".join([self._column_text(column, compiler) for column in self._columns()])
            if sources:
                text += " FROM " + ", ".join([_from_text(item, compiler) for item in sources])
            if self._where:
                text += " WHERE " + and_(*self._where)._sql(compiler)
            if self._group:
                text += " GROUP BY " + ", ".join([_order_text(item, compiler) for item in self._group])
            if self._having:
                text += " HAVING " + and_(*self._having)._sql(compiler)
            text += self._tail(compiler)
            if self._for_update and compiler.dialect.name != "sqlite":
                text += self._for_update
            return text
        finally:
            compiler.include_table, compiler.inside, compiler.outer = before, inside, outer


class CompoundSelect(_Query):
    def __init__(self, word, selects):
        self.word = word
        self.selects = selects
        self._order = []
        self._limit = self._offset = None

    def _columns(self):
        return self.selects[0]._columns()

    def _body(self, compiler):
        inside = compiler.__dict__.get("inside")
        compiler.inside = True
        parts = [select._body(compiler) for select in self.selects]
        compiler.inside = inside
        return (" " + self.word + " ").join(parts) + self._tail(compiler)


class Values(_Derived):
    def __init__(self, *columns, name=None, literal_binds=False):
        self.name = name or "anon_values"
        self._rows = []
        self._fill(columns)

    def data(self, rows):
        self._rows = self._rows + list(rows)
        return self

    def _from(self, compiler):
        rows = ["(" + ", ".join([element(value, column)._sql(compiler) for value, column in zip(row, self.c)]) + ")"
                for row in self._rows]
        return ("(VALUES " + ", ".join(rows) + ") AS " + compiler.quote(self.name) + " ("
                + ", ".join([compiler.quote(column.name) for column in self.c]) + ")")


def tables_of(piece, found=None):
    """The tables whose columns a piece uses, subqueries left out."""
    found = [] if found is None else found
    if isinstance(piece, (ScalarSelect, Exists, _Query, TextClause, str)) or piece is None:
        return found
    table = getattr(piece, "table", None) if isinstance(piece, ColumnElement) and "table" in piece.__dict__ else None
    if table is not None:
        if not any([table is known for known in found]):
            found.append(table)
        return found
    for name in ("left", "right", "element", "clause", "expr", "value", "else_", "condition"):
        inner = piece.__dict__.get(name) if hasattr(piece, "__dict__") else None
        if isinstance(inner, ClauseElement):
            tables_of(inner, found)
    for inner in piece.__dict__.get("clauses", ()) if hasattr(piece, "__dict__") else ():
        if isinstance(inner, ClauseElement):
            tables_of(inner, found)
    for when, then in piece.__dict__.get("whens", ()) if hasattr(piece, "__dict__") else ():
        tables_of(when, found)
        tables_of(then, found)
    return found


def text_columns(clause, columns, types):
    clause = clause._copy()
    clause._columns_said = [getattr(column, "type", None) for column in columns]
    return clause


# --- functions

def select(*columns, **kw):
    return Select(*columns, **kw)


def exists(*clauses, **kw):
    if not clauses:
        return Exists()
    first = clauses[0]
    if isinstance(first, (Select, CompoundSelect)):
        return Exists(first)
    return Exists(Select(*clauses))


def join(left, right, onclause=None, isouter=False, full=False):
    return Join(_from_of(left), right, onclause, isouter, full)


def outerjoin(left, right, onclause=None, full=False):
    return Join(_from_of(left), right, onclause, True, full)


def alias(selectable, name=None, flat=False):
    return selectable.subquery(name) if isinstance(selectable, _Query) else Alias(selectable, name)


def subquery(name, query):
    return query.subquery(name)


def lateral(query, name=None):
    return query.subquery(name)


def cte(query, name=None, recursive=False):
    return CTE(query, name, recursive)


def union(*selects):
    return CompoundSelect("UNION", list(selects))


def union_all(*selects):
    return CompoundSelect("UNION ALL", list(selects))


def except_(*selects):
    return CompoundSelect("EXCEPT", list(selects))


def except_all(*selects):
    return CompoundSelect("EXCEPT ALL", list(selects))


def intersect(*selects):
    return CompoundSelect("INTERSECT", list(selects))


def intersect_all(*selects):
    return CompoundSelect("INTERSECT ALL", list(selects))


def values(*columns, **kw):
    return Values(*columns, **kw)


# --- methods of tables

def _select_method(self, whereclause=None, **kw):
    return Select(self, whereclause=whereclause)


def _statement(name):
    def method(self, *args, **kw):
        from sqlalchemy.sql import dml
        return getattr(dml, name)(self, *args, **kw)

    return method


def _count(self, whereclause=None):
    from sqlalchemy._clause import func
    return Select(func.count().label("tbl_row_count"), whereclause=whereclause, from_obj=[self])


METHODS = {
    "select": _select_method,
    "join": join,
    "outerjoin": outerjoin,
    "alias": alias,
    "count": _count,
    "insert": _statement("insert"),
    "update": _statement("update"),
    "delete": _statement("delete"),
}
