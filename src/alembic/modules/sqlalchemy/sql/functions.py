# SPDX-License-Identifier: MIT
from sqlalchemy._clause import Function, func
from sqlalchemy._clause import Function as FunctionElement, Function as GenericFunction


def _plain(name):
    class made(Function):
        def __init__(self, *clauses, **kw):
            Function.__init__(self, name, *clauses)

    return made


now = _plain("now")
current_timestamp = _plain("current_timestamp")
current_date = _plain("current_date")
current_time = _plain("current_time")
count = _plain("count")
coalesce = _plain("coalesce")
max = _plain("max")
min = _plain("min")
sum = _plain("sum")
random = _plain("random")


def special(function, compiler):
    """cube, rollup and grouping_sets."""
    from sqlalchemy._clause import argument
    return (function.name.upper().replace("_", " ") + "("
            + ", ".join([argument(clause, compiler) for clause in function.clauses]) + ")")
