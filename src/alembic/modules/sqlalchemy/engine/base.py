# SPDX-License-Identifier: MIT
"""The connection of the run, as op.get_bind() gives it. Its transaction is cupel's: commit() and rollback() of a script end
nothing, begin_nested() is a savepoint."""
import _cupel
from sqlalchemy._clause import ClauseElement, Compiler, DDLElement, TextClause
from sqlalchemy._dialect import current
from sqlalchemy.engine.result import Result


class Transaction:
    is_active = True

    def __init__(self, connection):
        self.connection = connection

    def commit(self):
        pass

    def rollback(self):
        pass

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return False


class NestedTransaction(Transaction):
    """A savepoint."""
    _made = 0

    def __init__(self, connection):
        Transaction.__init__(self, connection)
        NestedTransaction._made += 1
        self.name = "sa_savepoint_" + str(NestedTransaction._made)
        _cupel.execute("SAVEPOINT " + self.name)

    def commit(self):
        if self.is_active:
            self.is_active = False
            _cupel.execute("RELEASE SAVEPOINT " + self.name)

    def rollback(self):
        if self.is_active:
            self.is_active = False
            _cupel.execute("ROLLBACK TO SAVEPOINT " + self.name)

    close = rollback

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.commit()
        else:
            self.rollback()
        return False


class Connection:
    closed = False
    invalidated = False
    should_close_with_result = False

    def __init__(self):
        self.info = {}

    @property
    def dialect(self):
        return current()

    @property
    def engine(self):
        return _Engine(self)

    @property
    def connection(self):
        return _Driver(self)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def connect(self, **kw):
        return self

    def execution_options(self, **kw):
        return self

    def get_execution_options(self):
        return {}

    def get_isolation_level(self):
        return "READ COMMITTED"

    def begin(self):
        return Transaction(self)

    def begin_nested(self):
        return NestedTransaction(self)

    def in_transaction(self):
        return True

    def in_nested_transaction(self):
        return False

    def get_transaction(self):
        return Transaction(self)

    def commit(self):
        pass

    def rollback(self):
        pass

    def close(self):
        pass

    def detach(self):
        pass

    def invalidate(self, exception=None):
        pass

    def run_callable(self, function, *args, **kw):
        return function(self, *args, **kw)

    def run_sync(self, function, *args, **kw):
        return function(self, *args, **kw)

    def execute(self, statement, parameters=None, *more, execution_options=None, **named):
        if named:
            parameters = dict(parameters or {}, **named)
        if isinstance(statement, str):
            return self.exec_driver_sql(statement, parameters if not more else (parameters,) + more)
        if more:
            parameters = [parameters] + list(more)
        return run(statement, parameters)

    def exec_driver_sql(self, statement, parameters=None, execution_options=None):
        sql, values = _from_driver(statement, parameters)
        return made(_cupel.execute(sql, values))

    def scalar(self, statement, parameters=None, **kw):
        return self.execute(statement, parameters, **kw).scalar()

    def scalars(self, statement, parameters=None, **kw):
        return self.execute(statement, parameters, **kw).scalars()


class _Engine:
    """The engine behind the connection leads back to it."""

    def __init__(self, connection):
        self._connection = connection

    def __getattr__(self, name):
        return getattr(self._connection, name)

    @property
    def name(self):
        return current().name

    driver = name

    @property
    def url(self):
        from sqlalchemy.engine.url import URL
        return URL(current().name)

    def connect(self, **kw):
        return self._connection

    def begin(self):
        return _Begun(self._connection)

    def raw_connection(self):
        return _Driver(self._connection)

    def execute(self, statement, *args, **kw):
        return self._connection.execute(statement, *args, **kw)

    def dispose(self):
        pass


class _Begun:
    def __init__(self, connection):
        self.connection = connection

    def __enter__(self):
        return self.connection

    def __exit__(self, *error):
        return False


class _Driver:
    """The driver's connection and cursor in one, as far as scripts use them."""

    def __init__(self, connection):
        self._connection = connection
        self._result = None

    def cursor(self, *args, **kw):
        return _Driver(self._connection)

    @property
    def connection(self):
        return self

    dbapi_connection = driver_connection = connection

    def execute(self, sql, parameters=None):
        self._result = self._connection.exec_driver_sql(sql, parameters)
        return self

    def executemany(self, sql, rows):
        for row in rows:
            self.execute(sql, row)

    def executescript(self, sql):
        return self.execute(sql)

    @property
    def rowcount(self):
        return self._result.rowcount

    @property
    def description(self):
        return self._result.description

    def fetchall(self):
        return [tuple(row) for row in self._result.fetchall()]

    def fetchone(self):
        row = self._result.fetchone()
        return None if row is None else tuple(row)

    def __iter__(self):
        return iter(self.fetchall())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def close(self):
        pass

    def commit(self):
        pass

    def rollback(self):
        pass

    def set_isolation_level(self, level):
        pass


def _from_driver(sql, parameters):
    """A statement in the form of the database's driver, in the form of text(): `?`, `%s` and `%(name)s` are parameters."""
    if parameters is None or not parameters and parameters != 0:
        if current().name == "postgresql":
            sql = sql.replace("%%", "%")
        return sql.replace(":", "\\:"), None
    if isinstance(parameters, dict):
        if "%(" in sql:
            sql = sql.replace(":", "\\:")
            for name in parameters:
                sql = sql.replace("%(" + name + ")s", ":" + name)
            sql = sql.replace("%%", "%")
        return sql, parameters
    if isinstance(parameters, list) and parameters and isinstance(parameters[0], (tuple, list, dict)):
        parameters = parameters[0]
    if not isinstance(parameters, (tuple, list)):
        parameters = (parameters,)
    mark = "?" if "?" in sql and "%s" not in sql else "%s"
    parts = sql.replace(":", "\\:").split(mark)
    values = {}
    out = parts[0]
    for number, part in enumerate(parts[1:]):
        name = "p" + str(number)
        values[name] = parameters[number]
        out += ":" + name + part
    return (out.replace("%%", "%") if mark == "%s" else out), values


def made(answer, columns=None):
    """The Result of what _cupel.execute() says."""
    if answer is None:
        return Result([], [], 0, False)
    names, rows, affected, numbers = answer
    if columns or numbers:
        from sqlalchemy._values import with_types
        rows = with_types(rows, columns, numbers)
    return Result(names, rows, affected if affected or not rows else len(rows), bool(names))


def run(statement, parameters=None):
    """Runs text(), DDL, or a statement of sqlalchemy.sql."""
    if hasattr(statement, "__clause_element__"):
        statement = statement.__clause_element__()
    if isinstance(statement, DDLElement) or hasattr(statement, "_invoke"):
        statement._invoke(_connection)
        return Result([], [], 0, False)
    if isinstance(statement, TextClause):
        return _run_text(statement, parameters)
    if not isinstance(statement, ClauseElement):
        from sqlalchemy import exc
        raise exc.ObjectNotExecutableError("Not an executable object: %r" % (statement,))
    from sqlalchemy.sql import execution
    return execution.run(statement, parameters)


def _run_text(clause, parameters):
    rows = parameters if isinstance(parameters, (list, tuple)) else [parameters]
    total = 0
    for row in rows:
        compiler = Compiler()
        sql = compiler.process(clause)
        values = dict(compiler.params)
        for name in row or {}:
            bind = clause._binds.get(name)
            values[name] = row[name] if bind is None or bind[1] is None else bind[1]._bind(row[name], compiler.dialect)
        result = made(_cupel.execute(sql, values or None))
        total += max(result.rowcount, 0)
    if len(rows) > 1:
        result.rowcount = total
    return result


_connection = Connection()


def current_connection():
    return _connection


def run_element(statement):
    """op.execute() of what is no str."""
    run(statement)
