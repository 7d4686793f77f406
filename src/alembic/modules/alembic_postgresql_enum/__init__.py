# SPDX-License-Identifier: MIT
"""op.sync_enum_values(): an enum gets another set of values."""
import _cupel
from alembic import op


class ColumnType:
    COMMON = "common"
    ARRAY = "array"


class TableReference:
    def __init__(self, table_name, column_name, column_type="common", existing_server_default=None, table_schema=None):
        self.table_name = table_name
        self.column_name = column_name
        self.column_type = column_type
        self.existing_server_default = existing_server_default
        self.table_schema = table_schema

    def table(self):
        quoted = _cupel.quote(self.table_name)
        return _cupel.quote(self.table_schema) + "." + quoted if self.table_schema else quoted


class Config:
    def __init__(self, **kw):
        pass


def set_configuration(config):
    pass


def _run(sql):
    _cupel.execute(sql.replace(":", "\\:").replace("\\:\\:", "::"))


def _text(value):
    return "'" + value.replace("'", "''") + "'"


def _reference(reference):
    return reference if isinstance(reference, TableReference) else TableReference(*reference)


def _default_of(reference):
    """As SQL; a default is of the old type, so it steps aside while the column changes. Nobody need have said it."""
    if reference.existing_server_default is not None or _cupel.is_offline():
        return reference.existing_server_default
    found = _cupel.execute("SELECT pg_catalog.pg_get_expr(adbin, adrelid) FROM pg_catalog.pg_attrdef JOIN pg_catalog.pg_attribute "
                           "ON attrelid = adrelid AND attnum = adnum WHERE adrelid = CAST(:name AS regclass) AND attname = :column",
                           {"name": reference.table(), "column": reference.column_name})
    return found[1][0][0] if found[1] else None


def sync_enum_values(enum_schema=None, enum_name=None, new_values=(), affected_columns=(), enum_values_to_rename=()):
    """A new type with these values takes the place of the old one in every column that is named."""
    prefix = _cupel.quote(enum_schema) + "." if enum_schema else ""
    name, old = _cupel.quote(enum_name), _cupel.quote(enum_name + "_old")
    references = [_reference(column) for column in affected_columns]
    for before, after in enum_values_to_rename:
        _run("ALTER TYPE %s%s RENAME VALUE %s TO %s" % (prefix, name, _text(before), _text(after)))
    defaults = [_default_of(reference) for reference in references]
    for reference, default in zip(references, defaults):
        if default is not None:
            _run("ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT" % (reference.table(), _cupel.quote(reference.column_name)))
    _run("ALTER TYPE %s%s RENAME TO %s" % (prefix, name, old))
    _run("CREATE TYPE %s%s AS ENUM (%s)" % (prefix, name, ", ".join([_text(value) for value in new_values])))
    for reference, default in zip(references, defaults):
        column = _cupel.quote(reference.column_name)
        array = "[]" if reference.column_type == ColumnType.ARRAY else ""
        _run("ALTER TABLE %s ALTER COLUMN %s TYPE %s%s%s USING %s::text%s::%s%s%s"
             % (reference.table(), column, prefix, name, array, column, array, prefix, name, array))
        if default is not None:
            _run("ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s" % (reference.table(), column, default))
    _run("DROP TYPE %s%s" % (prefix, old))


op.sync_enum_values = sync_enum_values
