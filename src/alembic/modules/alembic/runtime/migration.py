# SPDX-License-Identifier: MIT
"""The context of a run: op.get_context()."""
import _cupel
from sqlalchemy._dialect import current


class _AutocommitBlock:
    def __enter__(self):
        _cupel.begin_autocommit()
        return self

    def __exit__(self, kind, error, trace):
        _cupel.end_autocommit()
        return False


class _Nothing:
    """A transaction that cupel has opened and will end."""
    is_active = True

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return False

    def commit(self):
        pass

    def rollback(self):
        pass


class MigrationContext:
    transactional_ddl = True
    purge = False

    def __init__(self, dialect=None, connection=None, opts=None, environment_context=None):
        self.opts = opts or {}
        self.environment_context = environment_context
        self._connection = connection

    @classmethod
    def configure(cls, connection=None, url=None, dialect_name=None, dialect=None, environment_context=None,
                  dialect_opts=None, opts=None):
        return cls(dialect, connection, opts, environment_context)

    @property
    def dialect(self):
        return current()

    @property
    def as_sql(self):
        return _cupel.is_offline()

    @property
    def impl(self):
        from alembic import op
        return op.impl

    @property
    def connection(self):
        from sqlalchemy.engine import current_connection
        return current_connection()

    bind = connection

    @property
    def config(self):
        from alembic import context
        return context.config

    @property
    def script(self):
        from alembic.script import ScriptDirectory
        return ScriptDirectory()

    def autocommit_block(self):
        return _AutocommitBlock()

    def begin_transaction(self, _per_migration=False):
        return _Nothing()

    def execute(self, sql, execution_options=None):
        from alembic import op
        op.execute(sql)

    def get_current_revision(self):
        heads = self.get_current_heads()
        return heads[0] if heads else None

    def get_current_heads(self):
        return ()

    def run_migrations(self, **kw):
        pass

    def stamp(self, script_directory, revision):
        raise NotImplementedError("stamp() inside of a revision")


_context = MigrationContext()


def current_context():
    return _context


class HeadMaintainer:
    pass


class MigrationStep:
    pass


class MigrationInfo:
    pass
