# SPDX-License-Identifier: MIT
"""Everything that makes a statement."""
from sqlalchemy._clause import (ClauseElement, ColumnClause, ColumnElement, Executable, False_, Function, Null, TextClause,
                                True_, column, false, func, literal_column, null, quoted_name, text, true)
from sqlalchemy.schema import FromClause, TableClause, table
from sqlalchemy.sql.dml import Delete, Insert, Update, delete, insert, update
from sqlalchemy.sql.operators import (BinaryExpression, BindParameter, BooleanClauseList, Case, Cast, Label, UnaryExpression,
                                      all_, and_, any_, asc, between, bindparam, case, cast, collate, desc, distinct, extract,
                                      literal, not_, nulls_first, nulls_last, nullsfirst, nullslast, or_, over, tuple_,
                                      type_coerce)
from sqlalchemy.sql.selectable import (CTE, Alias, CompoundSelect, Exists, Join, ScalarSelect, Select, Subquery, Values, alias,
                                       cte, except_, except_all, exists, intersect, intersect_all, join, lateral, outerjoin,
                                       select, subquery, union, union_all, values)

_BindParamClause = BindParameter
