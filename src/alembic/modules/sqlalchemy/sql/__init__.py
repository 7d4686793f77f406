# SPDX-License-Identifier: MIT
"""sqlalchemy.sql: the pieces of statements; each name is loaded when it is used."""
import _cupel

_PLAIN = ("text", "func", "true", "false", "null", "column", "literal_column", "quoted_name", "ClauseElement")


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)
    if name in ("expression", "functions", "operators", "selectable", "dml", "elements", "schema", "sqltypes", "ddl", "base",
                "compiler", "type_api", "util", "visitors", "roles", "naming"):
        return _cupel.module("sqlalchemy.sql." + name)
    if name in _PLAIN:
        value = getattr(_cupel.module("sqlalchemy._clause"), name)
    elif name in ("table", "Table", "TableClause"):
        value = getattr(_cupel.module("sqlalchemy.schema"), name)
    else:
        value = getattr(_cupel.module("sqlalchemy.sql.expression"), name)
    globals()[name] = value
    return value
