# SPDX-License-Identifier: MIT
"""INSERT, UPDATE and DELETE."""
from sqlalchemy._clause import ClauseElement, Executable, TextClause
from sqlalchemy.sql.operators import BindParameter, and_, element, written
from sqlalchemy.sql.selectable import _Query, _from_of, _from_text, tables_of, with_clause


class _Statement(ClauseElement, Executable):
    _returning = ()

    def _copy(self):
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        return made

    def returning(self, *columns, **kw):
        made = self._copy()
        made._returning = tuple(columns)
        return made

    def return_defaults(self, *columns):
        return self

    def execution_options(self, **kw):
        return self

    def prefix_with(self, *words, **kw):
        made = self._copy()
        made._prefixes = getattr(self, "_prefixes", ()) + words
        return made

    def _words(self, first):
        return " ".join([first] + [str(getattr(word, "text", word)) for word in getattr(self, "_prefixes", ())])

    def _returned(self):
        columns = []
        for item in self._returning:
            item = _from_of(item)
            columns.extend(list(item.c) if hasattr(item, "c") and not isinstance(item, ClauseElement) or
                           hasattr(item, "_column_prefix") else [element(item)])
        return columns

    def _returning_text(self, compiler):
        if not self._returning:
            return ""
        return " RETURNING " + ", ".join([column._labelled(compiler) if hasattr(column, "_labelled") else
                                          column._sql(compiler) for column in self._returned()])

    def execute(self, *args, **kw):
        from sqlalchemy.engine import current_connection
        return current_connection().execute(self, *args, **kw)


def _key(name):
    """A column's key, however it is named."""
    if hasattr(name, "__clause_element__"):
        name = name.__clause_element__()
    return name if isinstance(name, str) else name.key


def _pairs(values):
    return {_key(name): values[name] for name in values}


class Insert(_Statement):
    def __init__(self, table, values=None, inline=False, **kw):
        self.table = _from_of(table)
        self._rows = []
        self._select = None
        if values is not None:
            self._take(values)

    def _take(self, values):
        if isinstance(values, dict):
            rows = [_pairs(values)]
        elif isinstance(values, (list, tuple)) and values and isinstance(values[0], dict):
            rows = [_pairs(row) for row in values]
        elif isinstance(values, (list, tuple)) and values and isinstance(values[0], (list, tuple)):
            rows = [dict(zip(self.table.c.keys(), row)) for row in values]
        else:
            rows = [dict(zip(self.table.c.keys(), values))]
        if len(rows) == 1 and len(self._rows) == 1:
            rows = [dict(self._rows[0], **rows[0])]
        self._rows = rows

    def values(self, *args, **named):
        made = self._copy()
        made._rows = list(self._rows)
        if args:
            made._take(args[0])
        if named:
            made._take(named)
        return made

    def from_select(self, names, query, include_defaults=True):
        made = self._copy()
        made._select = ([_key(name) for name in names], query)
        return made

    def _names(self, rows):
        """The columns that the rows fill, in the table's order."""
        given = set()
        for row in rows:
            given.update(row)
        return [column for column in self.table.c if column.key in given or _default(column) is not None]

    def _filled(self, compiler, rows):
        columns = self._names(rows)
        if not columns:
            return " DEFAULT VALUES"
        lines = []
        for row in rows:
            values = [_value(column, row, compiler) for column in columns]
            lines.append("(" + ", ".join(values) + ")")
        return (" (" + ", ".join([compiler.quote(column.name) for column in columns]) + ") VALUES " + ", ".join(lines))

    def _sql(self, compiler):
        text = self._words("INSERT") + " INTO " + self.table._sql(compiler)
        if self._select is not None:
            names, query = self._select
            body = query._sql(compiler)
            text += " (" + ", ".join([compiler.quote(name) for name in names]) + ") " + body
        else:
            text += self._filled(compiler, self._rows or [{}])
        before, compiler.include_table = compiler.include_table, False
        text += self._after(compiler) + self._returning_text(compiler)
        compiler.include_table = before
        return text

    def _after(self, compiler):
        return ""


def _default(column):
    default = getattr(column, "default", None)
    return default if default is not None and not default.is_sequence else None


def _value(column, row, compiler):
    if column.key in row:
        value = row[column.key]
    elif _default(column) is not None:
        value = _default(column).value()
    else:
        return "NULL" if compiler.dialect.name == "sqlite" else "DEFAULT"
    return bound(column, value, compiler)


def bound(column, value, compiler):
    """A value for a column: SQL, or a parameter of the column's type."""
    if hasattr(value, "__clause_element__"):
        value = value.__clause_element__()
    if isinstance(value, BindParameter) and value.type is None:
        value.type = column.type
    if isinstance(value, _Query):
        return "(" + value._sql(compiler) + ")"
    if isinstance(value, ClauseElement):
        return written(value, compiler)
    if value is None and (column.type is None or not column.type.should_evaluate_none):
        return compiler.bind(None)
    return compiler.bind(value, column.type, column.key)


class _Filtering(_Statement):
    """WHERE, and further tables."""

    def where(self, *clauses):
        made = self._copy()
        made._where = self._where + list(clauses)
        return made

    filter = where

    def filter_by(self, **values):
        return self.where(*[self.table.c[name] == values[name] for name in values])

    def _others(self):
        found = []
        for clause in self._where:
            for table in tables_of(clause):
                if table is not self.table and not any([table is known for known in found]):
                    found.append(table)
        return found

    def _where_text(self, compiler):
        return " WHERE " + and_(*self._where)._sql(compiler) if self._where else ""


class Update(_Filtering):
    def __init__(self, table, whereclause=None, values=None, **kw):
        self.table = _from_of(table)
        self._where = [] if whereclause is None else [whereclause]
        self._values = {} if values is None else _pairs(values)

    def values(self, *args, **named):
        made = self._copy()
        made._values = dict(self._values)
        for given in args:
            made._values.update(_pairs(dict(given)))
        made._values.update(named)
        return made

    def ordered_values(self, *pairs):
        return self.values(dict([(_key(name), value) for name, value in pairs]))

    def _sql(self, compiler):
        outer = compiler.__dict__.get("outer", [])
        compiler.outer = outer + [self.table]
        others = self._others()
        sets = []
        for name in self._values:
            column = self.table.c[name] if name in self.table.c else None
            if column is None:
                from sqlalchemy import exc
                raise exc.CompileError("Unconsumed column names: " + name)
            sets.append(compiler.quote(column.name) + "=" + bound(column, self._values[name], compiler))
            value = self._values[name]
            for table in tables_of(value) if isinstance(value, ClauseElement) else ():
                if table is not self.table and not any([table is known for known in others]):
                    others.append(table)
        where = self._where_text(compiler)
        froms = ", ".join([_from_text(table, compiler) for table in others])
        text = with_clause(compiler) + self._words("UPDATE") + " " + self.table._sql(compiler) + " SET " + ", ".join(sets)
        if froms:
            text += " FROM " + froms
        compiler.outer = outer
        return text + where + self._returning_text(compiler)


class Delete(_Filtering):
    def __init__(self, table, whereclause=None, **kw):
        self.table = _from_of(table)
        self._where = [] if whereclause is None else [whereclause]

    def _sql(self, compiler):
        outer = compiler.__dict__.get("outer", [])
        compiler.outer = outer + [self.table]
        froms = ", ".join([_from_text(table, compiler) for table in self._others()])
        where = self._where_text(compiler)
        text = with_clause(compiler) + self._words("DELETE") + " FROM " + self.table._sql(compiler)
        if froms:
            text += " USING " + froms
        compiler.outer = outer
        return text + where + self._returning_text(compiler)


def insert(table, values=None, **kw):
    return Insert(table, values, **kw)


def update(table, whereclause=None, values=None, **kw):
    return Update(table, whereclause, values, **kw)


def delete(table, whereclause=None, **kw):
    return Delete(table, whereclause, **kw)
