# SPDX-License-Identifier: MIT
"""The database that a script runs on, as bind.dialect shows it."""
import _cupel

_MAX_NAME = {"postgresql": 63, "mysql": 64, "mariadb": 64}
_DRIVERS = {"postgresql": "psycopg2", "sqlite": "pysqlite", "mysql": "pymysql", "mariadb": "pymysql"}


class IdentifierPreparer:
    def __init__(self, dialect):
        self.dialect = dialect

    def quote(self, name, force=None):
        return _cupel.quote(str(name))

    def quote_identifier(self, name):
        return '"' + name.replace('"', '""') + '"'

    quote_schema = quote

    def format_table(self, table, use_schema=True, name=None):
        name = self.quote(name or table.name)
        return self.quote(table.schema) + "." + name if use_schema and table.schema else name

    def format_column(self, column, use_table=False, name=None, table_name=None):
        name = self.quote(name or column.name)
        return self.format_table(column.table) + "." + name if use_table else name


class Dialect:
    paramstyle = "named"
    supports_alter = True
    default_schema_name = None

    def __init__(self, name):
        self.name = name
        self.driver = _DRIVERS.get(name, name)
        self.max_identifier_length = _MAX_NAME.get(name, 9999)
        self.supports_native_enum = name in ("postgresql", "mysql", "mariadb")
        self.supports_native_boolean = name == "postgresql"
        self.supports_native_uuid = name == "postgresql"
        self.supports_sequences = name == "postgresql"
        self.supports_comments = name != "sqlite"
        self.supports_alter = name != "sqlite"
        self.is_mariadb = name == "mariadb"
        self.implicit_returning = name == "postgresql"

    @property
    def identifier_preparer(self):
        return IdentifierPreparer(self)

    @property
    def server_version_info(self):
        number = _cupel.server_version()
        if number < 100000:
            return (number // 10000, number // 100 % 100, number % 100)
        if self.name == "postgresql":
            return (number // 10000, number % 10000)
        return (number // 10000, number // 100 % 100, number % 100)

    @property
    def default_schema_name(self):
        return _cupel.default_schema() if not _cupel.is_offline() else "public"

    def type_descriptor(self, typeobj):
        from sqlalchemy.types import to_instance
        return to_instance(typeobj)

    def __repr__(self):
        return "<Dialect %s>" % self.name


def _reflecting(name):
    """bind.dialect.get_columns(bind, "t") and its like, as the inspector answers."""
    def method(self, connection, *args, info_cache=None, **kw):
        from sqlalchemy.engine.reflection import Inspector
        return getattr(Inspector(connection), name)(*args, **kw)

    return method


for _name in ("has_table", "has_index", "has_schema", "has_sequence", "has_type", "get_schema_names", "get_table_names",
              "get_view_names", "get_materialized_view_names", "get_temp_table_names", "get_temp_view_names", "get_view_definition",
              "get_sequence_names", "get_columns", "get_pk_constraint", "get_foreign_keys", "get_unique_constraints",
              "get_check_constraints", "get_indexes", "get_table_comment", "get_table_options", "get_table_oid"):
    setattr(Dialect, _name, _reflecting(_name))


_known = {}


def named(name):
    if name not in _known:
        _known[name] = Dialect(name)
    return _known[name]


def current():
    return named(_cupel.dialect_name())
