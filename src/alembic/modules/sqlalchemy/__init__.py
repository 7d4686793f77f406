# SPDX-License-Identifier: MIT
"""What Alembic's scripts use of SQLAlchemy, bound to cupel. Each name is loaded when it is used."""
import _cupel

__version__ = "2.0.36"

_HOME = {}


def _names(module, names):
    for name in names.split():
        _HOME[name] = module


_names("sqlalchemy.schema", """
    BLANK_SCHEMA CheckConstraint Column ColumnDefault Computed Constraint DDL DefaultClause FetchedValue ForeignKey
    ForeignKeyConstraint Identity Index MetaData PassiveDefault PrimaryKeyConstraint Sequence Table TableClause
    UniqueConstraint table""")
_names("sqlalchemy.types", """
    ARRAY BIGINT BINARY BLOB BOOLEAN BigInteger Binary Boolean CHAR CLOB DATE DATETIME DECIMAL DOUBLE DOUBLE_PRECISION
    Date DateTime Double Enum FLOAT Float INT INTEGER Integer Interval JSON LargeBinary NCHAR NUMERIC NVARCHAR Numeric
    PickleType REAL SMALLINT SmallInteger String TEXT TIME TIMESTAMP Text Time TupleType TypeDecorator UUID Unicode
    UnicodeText Uuid VARBINARY VARCHAR""")
_names("sqlalchemy._clause", """
    ClauseElement ColumnElement TextClause column false func literal_column null quoted_name text true""")
_names("sqlalchemy.sql.expression", """
    Alias BinaryExpression BindParameter Bundle CTE Delete Executable FromClause Insert Join Label ScalarSelect Select
    Subquery UnaryExpression Update Values alias all_ and_ any_ asc between bindparam bitwise_not case cast collate cte
    delete desc distinct except_ except_all exists extract funcfilter insert intersect intersect_all join label lambda_stmt
    lateral literal modifier not_ nulls_first nulls_last nullsfirst nullslast or_ outerjoin outparam over select subquery
    tablesample try_cast tuple_ type_coerce union union_all update values within_group""")
_names("sqlalchemy.engine", """
    Connection CursorResult Engine Inspector Result Row RowMapping URL create_engine create_mock_engine
    engine_from_config inspect make_url""")
_SUBMODULES = ("dialects", "engine", "event", "exc", "ext", "inspection", "orm", "pool", "schema", "sql", "types", "util")
__all__ = list(_HOME)


def __getattr__(name):
    if name in _SUBMODULES:
        return _cupel.module("sqlalchemy." + name)
    if name not in _HOME:
        raise AttributeError("module 'sqlalchemy' has no attribute '" + name + "'")
    value = getattr(_cupel.module(_HOME[name]), name)
    globals()[name] = value
    return value
