# SPDX-License-Identifier: MIT
"""SQLAlchemy's exceptions."""


class HasDescriptionCode:
    code = None


class SQLAlchemyError(Exception, HasDescriptionCode):
    def __init__(self, *args, code=None):
        Exception.__init__(self, *args)
        self.code = code


class ArgumentError(SQLAlchemyError):
    pass


class NoSuchModuleError(ArgumentError):
    pass


class ObjectNotExecutableError(ArgumentError):
    pass


class NoForeignKeysError(ArgumentError):
    pass


class AmbiguousForeignKeysError(ArgumentError):
    pass


class CompileError(SQLAlchemyError):
    pass


class UnsupportedCompilationError(CompileError):
    pass


class IdentifierError(SQLAlchemyError):
    pass


class CircularDependencyError(SQLAlchemyError):
    pass


class DisconnectionError(SQLAlchemyError):
    pass


class TimeoutError(SQLAlchemyError):
    pass


class InvalidRequestError(SQLAlchemyError):
    pass


class IllegalStateChangeError(InvalidRequestError):
    pass


class NoInspectionAvailable(InvalidRequestError):
    pass


class PendingRollbackError(InvalidRequestError):
    pass


class ResourceClosedError(InvalidRequestError):
    pass


class NoSuchColumnError(InvalidRequestError, KeyError):
    pass


class NoResultFound(InvalidRequestError):
    pass


class MultipleResultsFound(InvalidRequestError):
    pass


class NoReferenceError(InvalidRequestError):
    pass


class NoReferencedTableError(NoReferenceError):
    def __init__(self, message, tname=None):
        NoReferenceError.__init__(self, message)
        self.table_name = tname


class NoReferencedColumnError(NoReferenceError):
    pass


class NoSuchTableError(InvalidRequestError):
    pass


class UnreflectableTableError(InvalidRequestError):
    pass


class UnboundExecutionError(InvalidRequestError):
    pass


class StatementError(SQLAlchemyError):
    def __init__(self, message, statement=None, params=None, orig=None, hide_parameters=False, code=None, ismulti=None):
        SQLAlchemyError.__init__(self, message, code=code)
        self.statement = statement
        self.params = params
        self.orig = orig if orig is not None else self
        self.detail = []

    def add_detail(self, message):
        self.detail.append(message)


class DBAPIError(StatementError):
    connection_invalidated = False
    pgcode = None
    statement = params = None
    detail = ()

    def __getattr__(self, name):
        # One that the database raised was made without __init__, and is the driver's as well.
        if name == "orig":
            return self
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")


class InterfaceError(DBAPIError):
    pass


class DatabaseError(DBAPIError):
    pass


class DataError(DatabaseError):
    pass


class OperationalError(DatabaseError):
    pass


class IntegrityError(DatabaseError):
    pass


class InternalError(DatabaseError):
    pass


class ProgrammingError(DatabaseError):
    pass


class NotSupportedError(DatabaseError):
    pass


class SADeprecationWarning(DeprecationWarning):
    pass


class Base20DeprecationWarning(SADeprecationWarning):
    pass


RemovedIn20Warning = Base20DeprecationWarning
MovedIn20Warning = Base20DeprecationWarning


class SAWarning(RuntimeWarning):
    pass


_BY_STATE = {"08": OperationalError, "22": DataError, "23": IntegrityError, "25": InternalError, "2B": InternalError,
             "40": OperationalError, "42": ProgrammingError, "3F": ProgrammingError, "3D": ProgrammingError,
             "53": OperationalError, "54": OperationalError, "55": OperationalError, "57": OperationalError,
             "0A": NotSupportedError, "P0": InternalError, "XX": InternalError}


_WITH_STATE = {}


def _with_state(cls, sqlstate):
    """The same class for one code: `error.orig.pgcode` (psycopg2) and `error.orig.sqlstate` (psycopg, asyncpg) tell it."""
    if sqlstate not in _WITH_STATE:
        _WITH_STATE[sqlstate] = type(cls.__name__, (cls,), {"pgcode": sqlstate, "sqlstate": sqlstate})
    return _WITH_STATE[sqlstate]


def class_for(sqlstate, native_code):
    """The exception for a statement that the database refused; asked by _cupel."""
    if sqlstate:
        return _with_state(_BY_STATE.get(sqlstate[:2], DatabaseError), sqlstate)
    return IntegrityError if native_code % 256 == 19 else OperationalError
