# SPDX-License-Identifier: MIT
"""Runs a case by real Alembic, in this process."""
import textwrap
import warnings

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

import cases

warnings.simplefilter("ignore")


class InBatches:
    """op on SQLite: what Alembic can do only in a batch is put into one."""
    ALTERS = {"alter_column": 1, "create_foreign_key": 1, "create_primary_key": 1, "create_unique_constraint": 1,
              "create_check_constraint": 1, "drop_constraint": 1, "drop_column": 1}

    def __init__(self, op):
        self._op = op

    def __getattr__(self, name):
        if name in ("alter_column", "drop_column"):
            return lambda table, *args, **kw: self._run(name, table, args, kw)
        if name in self.ALTERS:
            return lambda constraint, table, *args, **kw: self._run(name, table, (constraint,) + args, kw)
        if name == "add_column":
            return self._add_column
        return getattr(self._op, name)

    def _run(self, name, table, args, kw):
        kw.pop("schema", None)
        with self._op.batch_alter_table(table) as batch:
            getattr(batch, name)(*args, **kw)

    def _add_column(self, table, column, **kw):
        alone = not column.foreign_keys and not column.unique and not column.constraints
        if alone:
            return self._op.add_column(table, column, **kw)
        with self._op.batch_alter_table(table) as batch:
            batch.add_column(column)
            if column.unique:
                batch.create_unique_constraint(self._op.f(column.info.get("uq")), [column.name])


def run(url, body, setup, naming, undo=None):
    """`undo` is the body of downgrade(), which is run then."""
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            for name in setup.split():
                for statement in cases.TABLES[name]:
                    connection.execute(sa.text(statement))
            connection.connection.commit()
        with engine.connect() as connection:
            options = {"target_metadata": sa.MetaData(naming_convention=cases.NAMING)} if naming else {}
            context = MigrationContext.configure(connection, opts=options)
            op = Operations(context)
            if connection.dialect.name == "sqlite":
                op = InBatches(op)
            names = {}
            exec(cases.HEAD, names)
            names["op"] = op
            source = "def upgrade():\n    " + body
            exec(compile(source, "case", "exec"), names)
            with context.begin_transaction():
                names["upgrade"]()
            if undo is not None:
                exec(compile("def downgrade():\n    " + undo, "case", "exec"), names)
                with context.begin_transaction():
                    names["downgrade"]()
    finally:
        engine.dispose()
