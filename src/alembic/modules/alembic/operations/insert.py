# SPDX-License-Identifier: MIT
"""bulk_insert: rows as the table's column types send them."""
import _cupel
from sqlalchemy._clause import ClauseElement, Compiler
from sqlalchemy._dialect import current


def bulk_insert(table, rows):
    if not isinstance(rows, list):
        raise TypeError("List expected")
    if rows and not isinstance(rows[0], dict):
        raise TypeError("List of dictionaries expected")
    dialect = current()
    batch = []
    names = None
    for row in rows:
        mine = [column.name for column in table.c if column.key in row or _default(column) is not None]
        if names is not None and mine != names:
            _send(table, names, batch)
            batch = []
        names = mine
        values = [_value(column, row, dialect) for column in table.c if column.name in mine]
        if any([isinstance(value, ClauseElement) for value in values]):
            _send(table, names, batch)
            batch = []
            _send_sql(table, names, values, dialect)
        else:
            batch.append(values)
    _send(table, names, batch)


def _default(column):
    default = getattr(column, "default", None)
    return default if default is not None and not default.is_sequence else None


def _value(column, row, dialect):
    value = row[column.key] if column.key in row else _default(column).value()
    if isinstance(value, ClauseElement) or column.type is None:
        return value
    if value is None and not column.type.should_evaluate_none:
        return None
    return column.type._bind(value, dialect)


def _send(table, names, rows):
    if rows:
        _cupel.invoke("bulk_insert", {"schema": table.schema or "", "table": str(table.name),
                                      "columns": [str(name) for name in names], "rows": rows})


def _send_sql(table, names, values, dialect):
    compiler = Compiler(dialect)
    written = [compiler.process(value) if isinstance(value, ClauseElement) else compiler.bind(value)
               for value in values]
    sql = ("INSERT INTO " + table._sql(compiler) + " (" + ", ".join([compiler.quote(name) for name in names])
           + ") VALUES (" + ", ".join(written) + ")")
    _cupel.execute(sql, compiler.params)
