# SPDX-License-Identifier: MIT
"""Alembic's operations. Each call is one of cupel's, see to_model.cpp; `_call` is where it goes: at once, or into
the batch that is open."""
import _cupel
from sqlalchemy._clause import ClauseElement, conv, ddl_text
from sqlalchemy._dialect import current
from sqlalchemy.schema import (CheckConstraint, Column, Computed, ExcludeConstraint, FetchedValue, ForeignKeyConstraint,
                               Identity, Index, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint, expression,
                               index_arguments, put_name)
from sqlalchemy.types import to_instance

f = conv


def _usage(text):
    from alembic.util import CommandError
    return CommandError(text)


# --- the plain form of each call; batch_alter_table makes the same

def _list_of(columns):
    return [columns] if isinstance(columns, str) else list(columns)


def add_column_arguments(table, column, schema, options):
    if not isinstance(column, Column):
        raise TypeError("add_column() takes a Column, got %r" % (column,))
    item = column._item(current())
    if column._becomes_serial(current()):
        item["column"]["autoincrement"] = "Yes"
    arguments = {"table": table, "schema": schema or "", "column": item}
    arguments.update(options)
    return arguments


def drop_column_arguments(table, column, schema, kw):
    arguments = {"table": table, "schema": schema or "", "column": str(column)}
    if kw.get("if_exists"):
        arguments["if_exists"] = True
    return arguments


def _default(value, unchanged):
    """The parts of a server default: (what for a plain one, for an identity, for a computed one); None: unchanged."""
    if value is unchanged:
        return None, None, None
    if isinstance(value, Identity):
        return None, ["set", value._model()], None
    if isinstance(value, Computed):
        return None, None, ["set", value._model()]
    if value is None or type(value) is FetchedValue:
        return ["drop"], None, None
    return ["set", expression(value)], None, None


_DEFAULT_PARTS = ("server_default", "identity", "computed")


def _put_defaults(arguments, server_default, existing):
    parts = _default(server_default, False)
    before = _default(existing, False)
    if server_default is None and isinstance(existing, Identity):
        parts = None, ["drop"], None
    elif server_default is None and isinstance(existing, Computed):
        parts = None, None, ["drop"]
    for name, part, old in zip(_DEFAULT_PARTS, parts, before):
        if part is not None:
            arguments[name] = part
        if old is not None:
            arguments["existing_" + name] = old


def alter_column_arguments(table, column, nullable=None, comment=False, server_default=False, new_column_name=None,
                           type_=None, existing_type=None, existing_server_default=False, existing_nullable=None,
                           existing_comment=None, schema=None, name=None, autoincrement=None,
                           existing_autoincrement=None, insert_before=None, insert_after=None, **kw):
    check_keywords("alter_column", kw, "info")
    dialect = current()
    arguments = {"table": table, "schema": schema or "", "column": str(column)}
    if nullable is not None:
        arguments["nullable"] = bool(nullable)
    if type_ is not None:
        arguments["type"] = to_instance(type_)._spec(dialect)
    if existing_type is not None:
        arguments["existing_type"] = _existing(existing_type, dialect)
        if arguments["existing_type"] is None:
            del arguments["existing_type"]
    if existing_nullable is not None:
        arguments["existing_nullable"] = bool(existing_nullable)
    _put_defaults(arguments, server_default, existing_server_default)
    if comment is not False and dialect.supports_comments:
        arguments["comment"] = ["drop"] if comment is None else ["set", comment]
    if existing_comment:
        arguments["existing_comment"] = ["set", existing_comment]
    rename = new_column_name if new_column_name is not None else name
    if rename is not None:
        arguments["new_column_name"] = str(rename)
    if autoincrement is not None and dialect.name in ("mysql", "mariadb"):
        arguments["autoincrement"] = bool(autoincrement)
    if existing_autoincrement is not None:
        arguments["existing_autoincrement"] = bool(existing_autoincrement)
    using = kw.get("postgresql_using")
    if using is not None and dialect.name == "postgresql":
        if type_ is None:
            raise _usage("postgresql_using must be used with the type_ parameter")
        arguments["using_expression"] = ddl_text(using, dialect)
    return arguments


def _existing(type_, dialect):
    """The type that a column has, as far as this database has such a type."""
    from sqlalchemy import exc
    try:
        return to_instance(type_)._spec(dialect)
    except exc.CompileError:
        return None


def constraint_arguments(table, schema, constraint):
    return {"table": table, "schema": schema or "", "constraint": constraint._item(current())}


def foreign_key(name, referent_table, local_cols, remote_cols, referent_schema, kw):
    target = referent_schema + "." + referent_table if referent_schema else referent_table
    constraint = ForeignKeyConstraint(_list_of(local_cols), [target + "." + column for column in _list_of(remote_cols)],
                                      name=name, **kw)
    item = constraint._item(current())
    item["referred_table"] = {"schema": referent_schema or "", "name": referent_table}
    item["referred_columns"] = _list_of(remote_cols)
    return item


def create_index_arguments(name, table, columns, schema, unique, if_not_exists, kw):
    kw.pop("quote", None)
    index = Index(name, *_list_of(columns), unique=unique, **kw)
    arguments = index_arguments(index, current())
    arguments["table"] = table
    arguments["schema"] = schema or ""
    if if_not_exists:
        arguments["if_not_exists"] = True
    return arguments


def drop_index_arguments(name, table, schema, if_exists, kw):
    arguments = put_name({"table": table or "", "schema": schema or ""}, name)
    if if_exists:
        arguments["if_exists"] = True
    if kw.get(current().name + "_concurrently"):
        arguments["concurrently"] = True
    return arguments


def drop_constraint_arguments(name, table, type_, schema, if_exists):
    if type_ not in (None, "check", "foreignkey", "primary", "unique"):
        raise TypeError("'type' can be one of 'check', 'foreignkey', 'primary', 'unique', None")
    if name is None:
        raise ValueError("Constraint must have a name; drop_constraint(None, '%s') names none" % table)
    arguments = put_name({"table": table, "schema": schema or "", "type": type_ or ""}, name)
    if if_exists:
        arguments["if_exists"] = True
    return arguments


_DIALECTS = ("postgresql_", "sqlite_", "mysql_", "mariadb_", "mssql_", "oracle_", "firebird_", "sybase_", "access_",
             "cockroachdb_", "snowflake_", "bigquery_", "redshift_", "clickhouse_")


def check_keywords(function, kw, *known):
    """Options of other databases may stand anywhere; what is none is a slip."""
    for name in kw:
        if name not in known and not name.startswith(_DIALECTS):
            raise TypeError(function + "() got an unexpected keyword argument '" + name + "'")


def _options(**options):
    return {name: options[name] for name in options if options[name]}


# --- tables

def create_table(table_name, *columns, if_not_exists=None, schema=None, **kw):
    table = Table(table_name, MetaData(), *[_unbound(item) for item in columns], schema=schema, **kw)
    arguments = table._arguments(current(), if_not_exists)
    _cupel.invoke("create_table", arguments)
    return table


def _unbound(item):
    """A column of another table may be given as it is."""
    return item.copy() if isinstance(item, Column) and item.table is not None else item


def drop_table(table_name, schema=None, *, if_exists=None, **kw):
    check_keywords("drop_table", kw, "info", "listeners")
    _cupel.invoke("drop_table", {"name": table_name, "schema": schema or "", "if_exists": bool(if_exists)})


def rename_table(old_table_name, new_table_name, schema=None):
    _cupel.invoke("rename_table", {"name": old_table_name, "new_name": new_table_name, "schema": schema or ""})


def create_table_comment(table_name, comment, *, existing_comment=None, schema=None):
    _cupel.invoke("create_table_comment", {"table": table_name, "schema": schema or "", "comment": comment or ""})


def drop_table_comment(table_name, *, existing_comment=None, schema=None):
    _cupel.invoke("drop_table_comment", {"table": table_name, "schema": schema or ""})


# --- columns

def add_column(table_name, column, schema=None, *, if_not_exists=None, inline_references=None,
               inline_primary_key=None, **kw):
    check_keywords("add_column", kw)
    _cupel.invoke("add_column", add_column_arguments(
        table_name, column, schema, _options(if_not_exists=if_not_exists, inline_references=inline_references,
                                             inline_primary_key=inline_primary_key)))


def drop_column(table_name, column_name, schema=None, **kw):
    check_keywords("drop_column", kw, "if_exists", "existing_type", "existing_nullable", "existing_server_default")
    _cupel.invoke("drop_column", drop_column_arguments(table_name, column_name, schema, kw))


def alter_column(table_name, column_name, **kw):
    _cupel.invoke("alter_column", alter_column_arguments(table_name, column_name, **kw))


# --- constraints

def create_primary_key(constraint_name, table_name, columns, schema=None):
    _cupel.invoke("add_constraint", constraint_arguments(
        table_name, schema, PrimaryKeyConstraint(*_list_of(columns), name=constraint_name)))


def create_unique_constraint(constraint_name, table_name, columns, schema=None, **kw):
    _cupel.invoke("add_constraint", constraint_arguments(
        table_name, schema, UniqueConstraint(*_list_of(columns), name=constraint_name, **kw)))


def create_check_constraint(constraint_name, table_name, condition, schema=None, **kw):
    _cupel.invoke("add_constraint", constraint_arguments(
        table_name, schema, CheckConstraint(condition, name=constraint_name, **kw)))


def create_foreign_key(constraint_name, source_table, referent_table, local_cols, remote_cols, *, source_schema=None,
                       referent_schema=None, **kw):
    _cupel.invoke("add_constraint", {
        "table": source_table, "schema": source_schema or "",
        "constraint": foreign_key(constraint_name, referent_table, local_cols, remote_cols, referent_schema, kw)})


def create_exclude_constraint(constraint_name, table_name, *elements, schema=None, **kw):
    _cupel.invoke("add_constraint", constraint_arguments(
        table_name, schema, ExcludeConstraint(*elements, name=constraint_name, **kw)))


def drop_constraint(constraint_name, table_name, type_=None, schema=None, *, if_exists=None):
    _cupel.invoke("drop_constraint",
                  drop_constraint_arguments(constraint_name, table_name, type_, schema, if_exists))


# --- indexes

def create_index(index_name, table_name, columns, schema=None, unique=False, if_not_exists=None, **kw):
    _cupel.invoke("create_index",
                  create_index_arguments(index_name, table_name, columns, schema, unique, if_not_exists, kw))


def drop_index(index_name, table_name=None, schema=None, *, if_exists=None, **kw):
    _cupel.invoke("drop_index", drop_index_arguments(index_name, table_name, schema, if_exists, kw))


# --- batch

def batch_alter_table(table_name, schema=None, recreate="auto", partial_reordering=None, copy_from=None, table_args=(),
                      table_kwargs=None, reflect_args=(), reflect_kwargs=None, naming_convention=None):
    from alembic.operations.batch import Batch
    return Batch(table_name, schema, recreate, partial_reordering, copy_from, table_args, table_kwargs or {},
                 naming_convention)


# --- data

def execute(sqltext, *, execution_options=None):
    if isinstance(sqltext, str):
        _cupel.execute(sqltext)
        return
    from sqlalchemy.engine import run_element
    run_element(sqltext)


def bulk_insert(table, rows, *, multiinsert=True):
    from alembic.operations.insert import bulk_insert as insert
    insert(table, rows)


def backfill(table, *, set, where="", batch=10_000, pause=None, max_lag=None, schema=None):
    """cupel's own; Alembic has no such thing."""
    if hasattr(table, "name"):
        schema = schema or table.schema
        table = table.name
    call = {"table": str(table), "schema": schema or "", "set": [[k, str(v)] for k, v in dict(set).items()],
            "where": str(where or ""), "batch": int(batch)}
    if pause is not None:
        call["pause"] = _seconds(pause)
    if max_lag is not None:
        call["max_lag"] = _seconds(max_lag)
    _cupel.invoke("backfill", call)


def _seconds(time):
    return float(time.total_seconds() if hasattr(time, "total_seconds") else time)


def inline_literal(value, type_=None):
    from sqlalchemy._clause import InlineLiteral
    return InlineLiteral(value, type_)


# --- surroundings

def get_bind():
    from sqlalchemy.engine import current_connection
    return current_connection()


def get_context():
    from alembic.runtime.migration import current_context
    return current_context()


def run_async(async_function, *args, **kw):
    if _cupel.is_offline():
        raise NotImplementedError("Cannot call run_async in SQL mode")
    return async_function(get_bind(), *args, **kw)


def invoke(operation):
    return operation.invoke()


class _Impl:
    """What op.impl is asked for."""

    @property
    def dialect(self):
        return current()

    def _exec(self, construct, *args, **kw):
        return execute(construct)


impl = _Impl()


def __getattr__(name):
    if name == "migration_context":
        return get_context()
    if name == "sync_enum_values":
        # Registered by a package whose import alone counts; here imports are looked at when they are used.
        import alembic_postgresql_enum
        return alembic_postgresql_enum.sync_enum_values
    raise AttributeError("module 'alembic.op' has no attribute '" + name + "'")
