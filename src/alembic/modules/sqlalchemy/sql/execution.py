# SPDX-License-Identifier: MIT
"""Runs statements of sqlalchemy.sql: rows of parameters fill what the statement leaves open."""
import _cupel
from sqlalchemy._clause import Compiler
from sqlalchemy._dialect import current
from sqlalchemy.sql.dml import Insert, Update
from sqlalchemy.sql.selectable import CompoundSelect, Select


def run(statement, parameters=None):
    many = isinstance(parameters, (list, tuple))
    rows = list(parameters) if many else [parameters]
    total = 0
    result = None
    for row in rows:
        result = _run_one(statement, row)
        total += max(result.rowcount, 0)
    if result is None:
        from sqlalchemy.engine.result import Result
        return Result([], [], 0, False)
    if many and len(rows) > 1:
        result.rowcount = total
    return result


def _run_one(statement, row):
    from sqlalchemy.engine.base import made
    extra = dict(row or {})
    if isinstance(statement, Insert) and statement._select is None and extra:
        statement = statement.values({name: extra[name] for name in extra if name in statement.table.c})
    elif isinstance(statement, Update) and extra:
        known = {name: extra[name] for name in extra if name in statement.table.c}
        if known and not statement._values:
            statement = statement.values(known)
    key = _key_of(statement)
    if key is not None:
        statement = statement.returning(key)
    compiler = Compiler(literal=_cupel.is_offline())
    sql = compiler.process(statement)
    values = compiler.params
    for name in extra:
        if name in values or ":" + name in sql:
            values[name] = extra[name]
    columns = None
    if isinstance(statement, (Select, CompoundSelect)):
        columns = [getattr(column, "type", None) for column in statement._columns()]
    elif getattr(statement, "_returning", ()):
        columns = [getattr(column, "type", None) for column in statement._returned()]
    if compiler.literal:
        sql = sql.replace(":", "\\:")
        values = None
    result = made(_cupel.execute(sql, values or None), columns)
    if isinstance(statement, Insert):
        _tell_key(statement, result, key)
    return result


def _key_of(statement):
    """The numbered key of the table that a row goes into, where the server must be asked for it."""
    if not isinstance(statement, Insert) or statement._returning or len(statement._rows) != 1 or _cupel.is_offline():
        return None
    key = [column for column in statement.table.c if getattr(column, "primary_key", False)]
    if len(key) != 1 or key[0].key in statement._rows[0] or current().name != "postgresql":
        return None
    return key[0]


def _tell_key(statement, result, asked):
    """The key of the new row."""
    result.is_insert = True
    key = [column for column in statement.table.c if getattr(column, "primary_key", False)]
    if len(statement._rows) != 1 or not key:
        return
    result.inserted_primary_key = tuple([statement._rows[0].get(column.key) for column in key])
    if asked is not None:
        row = result.fetchone()  # None where a revision is only watched
        result.inserted_primary_key = (row[0] if row is not None else None,)
        result.returns_rows = False
    elif result.inserted_primary_key[0] is None and current().name == "sqlite" and not _cupel.is_offline():
        rows = _cupel.execute("SELECT last_insert_rowid()")[1]
        result.lastrowid = rows[0][0] if rows else None
        result.inserted_primary_key = (result.lastrowid,)
