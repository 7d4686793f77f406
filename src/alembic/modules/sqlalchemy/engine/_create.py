# SPDX-License-Identifier: MIT
"""create_engine(): in a revision it leads to the connection of the run; in env.py, which is only read for what it
configures, to one that does nothing."""
import _cupel
from sqlalchemy.engine.url import make_url


class Engine:
    """One class for the plain and the asynchronous one."""

    def __init__(self, url):
        self.url = make_url(url)
        self.engine = self
        self.sync_engine = self
        self.echo = False

    @property
    def name(self):
        return self.url.get_backend_name()

    @property
    def driver(self):
        return self.url.get_driver_name()

    @property
    def dialect(self):
        from sqlalchemy._dialect import named
        return named(self.name)

    def connect(self, **kw):
        if _cupel.is_running():
            from sqlalchemy.engine import current_connection
            return current_connection()
        return NoConnection(self)

    def begin(self, **kw):
        return self.connect()

    def raw_connection(self):
        return self.connect()

    def dispose(self, close=True):
        pass

    def execution_options(self, **kw):
        return self

    def __repr__(self):
        return "Engine(" + str(self.url) + ")"


class _Nothing:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        return False

    def commit(self):
        pass

    def rollback(self):
        pass

    def close(self):
        pass


class NoConnection(_Nothing):
    """What env.py gets to hand to context.configure()."""
    closed = False

    def __init__(self, engine):
        self.engine = engine
        self.sync_connection = self
        self.connection = self
        self.info = {}

    @property
    def dialect(self):
        return self.engine.dialect

    def execution_options(self, **kw):
        return self

    def begin(self):
        return _Nothing()

    begin_nested = begin

    def in_transaction(self):
        return False

    def execute(self, *args, **kw):
        return _NoResult()

    exec_driver_sql = scalar = execute

    def run_sync(self, function, *args, **kw):
        return function(self, *args, **kw)

    def cursor(self):
        return self


class _NoResult:
    rowcount = 0

    def fetchall(self):
        return []

    all = fetchall

    def scalars(self):
        return self

    def fetchone(self):
        return None

    first = scalar = scalar_one_or_none = one_or_none = scalar_one = fetchone

    def __iter__(self):
        return iter([])


def create_engine(url, **kw):
    return Engine(url)


def engine_from_config(configuration, prefix="sqlalchemy.", **kw):
    url = kw.get("url") or configuration.get(prefix + "url")
    if url is None:
        raise KeyError(prefix + "url")
    return Engine(url)


create_async_engine = create_engine
async_engine_from_config = engine_from_config


def create_mock_engine(url, executor, **kw):
    return Engine(url)
