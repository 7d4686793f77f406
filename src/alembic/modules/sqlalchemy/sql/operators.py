# SPDX-License-Identifier: MIT
"""Operators between values, and the methods that every value has."""
from sqlalchemy._clause import (ClauseElement, ColumnElement, False_, Function, Null, TextClause, True_, func, literal_column)
from sqlalchemy.types import Boolean, NullType, to_instance

# How tightly an operator binds.
_STRENGTH = {"OR": 1, "AND": 2, "NOT": 3, "BETWEEN": 4, "IN": 4, "LIKE": 4, "IS": 5, "=": 5, "!=": 5, "<": 5, "<=": 5, ">": 5,
             ">=": 5, "||": 6, "+": 7, "-": 7, "*": 8, "/": 8, "%": 8, "COLLATE": 9}
_SQL = {"==": "=", "//": "/"}
_LOOSE = 6


def element(value, beside=None):
    """A value as a piece of SQL; a plain one is bound, as the type of what it stands beside."""
    if hasattr(value, "__clause_element__"):
        value = value.__clause_element__()
    if isinstance(value, ClauseElement):
        return value._as_scalar() if hasattr(value, "_as_scalar") else value
    if value is None:
        return Null("NULL")
    return BindParameter(None, value, type_=getattr(beside, "type", None))


class BindParameter(ColumnElement):
    __visit_name__ = "bindparam"

    def __init__(self, key, value=None, type_=None, unique=False, required=False, expanding=False, quote=None,
                 callable_=None, **kw):
        self.key = key
        self.value = value if callable_ is None else callable_()
        self.expanding = expanding
        self.required = required
        if type_ is not None:
            self.type = to_instance(type_)

    def _typed(self):
        return None if self.type is None or isinstance(self.type, NullType) else self.type

    def _sql(self, compiler):
        values = self.value
        if isinstance(values, (list, tuple, set)) and (self.expanding or self.type is None or not _is_array(self.type)):
            return "(" + ", ".join([compiler.bind(value, self._typed()) for value in values] or ["NULL"]) + ")"
        if self.key is not None and self.value is None and not compiler.literal:
            compiler.params.setdefault(self.key, None)
            return ":" + self.key
        return compiler.bind(self.value, self._typed(), self.key)


def _is_array(type_):
    return type(type_).__name__ in ("ARRAY", "JSON", "JSONB", "PickleType") or hasattr(type_, "process_bind_param")


def bindparam(key, value=None, type_=None, **kw):
    return BindParameter(key, value, type_, **kw)


def literal(value, type_=None, **kw):
    return BindParameter(None, value, type_)


class _Grouped:
    """What stands in parentheses beside something that binds tighter."""
    strength = 99

    def grouped(self, compiler, strength):
        text = self._sql(compiler)
        return "(" + text + ")" if self.strength < strength else text


def written(piece, compiler, strength=0):
    if isinstance(piece, _Grouped):
        return piece.grouped(compiler, strength)
    if isinstance(piece, TextClause) and strength > 2:
        return piece._sql(compiler)
    return piece.self_group()._sql(compiler)


class BinaryExpression(ColumnElement, _Grouped):
    __visit_name__ = "binary"

    def __init__(self, left, right, operator, type_=None, negate=None):
        self.left = left
        self.right = right
        self.operator = operator
        self.negate = negate
        self.strength = _STRENGTH.get(operator.split(" ")[-1], _LOOSE)
        self.type = type_

    def _sql(self, compiler):
        left = written(self.left, compiler, self.strength)
        right = written(self.right, compiler, self.strength + (0 if self.operator in ("+", "*", "||") else 1))
        return left + " " + compiler.raw(self.operator) + " " + right

    def __bool__(self):
        if self.operator == "=":
            return self.left is self.right
        if self.operator == "!=":
            return self.left is not self.right
        raise TypeError("Boolean value of this clause is not defined")


class BooleanClauseList(ColumnElement, _Grouped):
    __visit_name__ = "clauselist"

    def __init__(self, operator, clauses):
        self.operator = operator
        self.clauses = clauses
        self.strength = _STRENGTH[operator]
        self.type = Boolean()

    def _sql(self, compiler):
        return (" " + self.operator + " ").join([written(clause, compiler, self.strength + (self.operator == "OR"))
                                                 for clause in self.clauses])


class UnaryExpression(ColumnElement, _Grouped):
    __visit_name__ = "unary"

    def __init__(self, piece, before="", after="", strength=99, type_=None):
        self.element = piece
        self.before = before
        self.after = after
        self.strength = strength
        self.type = type_
        self.name = getattr(piece, "name", None)

    def _sql(self, compiler):
        return self.before + written(self.element, compiler, min(self.strength, 98)) + self.after


class Grouping(ColumnElement):
    def __init__(self, piece):
        self.element = piece
        self.type = getattr(piece, "type", None)

    def _sql(self, compiler):
        return "(" + self.element._sql(compiler) + ")"


class Label(ColumnElement):
    __visit_name__ = "label"

    def __init__(self, name, piece, type_=None):
        self.name = self.key = name
        self.element = piece
        self.type = to_instance(type_) if type_ is not None else getattr(piece, "type", None)

    def _sql(self, compiler):
        return compiler.quote(self.name)

    def _labelled(self, compiler):
        return written(self.element, compiler) + " AS " + compiler.quote(self.name)


class Cast(ColumnElement):
    __visit_name__ = "cast"

    def __init__(self, value, type_):
        self.type = to_instance(type_)
        self.clause = element(value, self)

    def _sql(self, compiler):
        return "CAST(" + self.clause._sql(compiler) + " AS " + compiler.raw(self.type.compile(compiler.dialect)) + ")"


class Case(ColumnElement):
    __visit_name__ = "case"

    def __init__(self, *whens, value=None, else_=None):
        if len(whens) == 1 and isinstance(whens[0], (list, dict)):
            whens = list(whens[0].items()) if isinstance(whens[0], dict) else whens[0]
        self.value = None if value is None else element(value)
        self.whens = [(element(when, self.value), element(then)) for when, then in whens]
        self.else_ = None if else_ is None else element(else_)
        self.type = getattr(self.whens[0][1], "type", None)

    def _sql(self, compiler):
        text = "CASE" + (" " + written(self.value, compiler) if self.value is not None else "")
        for when, then in self.whens:
            text += " WHEN " + written(when, compiler) + " THEN " + written(then, compiler)
        if self.else_ is not None:
            text += " ELSE " + written(self.else_, compiler)
        return text + " END"


class Over(ColumnElement):
    def __init__(self, piece, partition_by=None, order_by=None, rows=None, range_=None):
        self.element = piece
        self.partition_by = _many(partition_by)
        self.order_by = _many(order_by)
        self.type = getattr(piece, "type", None)

    def _sql(self, compiler):
        parts = []
        if self.partition_by:
            parts.append("PARTITION BY " + ", ".join([element(item)._sql(compiler) for item in self.partition_by]))
        if self.order_by:
            parts.append("ORDER BY " + ", ".join([element(item)._sql(compiler) for item in self.order_by]))
        return self.element._sql(compiler) + " OVER (" + " ".join(parts) + ")"


class ClauseList(ColumnElement):
    def __init__(self, *clauses):
        self.clauses = [element(clause) for clause in clauses]

    def _sql(self, compiler):
        return "(" + ", ".join([written(clause, compiler) for clause in self.clauses]) + ")"


def _many(value):
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


# --- functions

def _condition(value):
    if hasattr(value, "__clause_element__"):
        value = value.__clause_element__()
    if value is True:
        return True_("true", {"sqlite": "1"})
    if value is False:
        return False_("false", {"sqlite": "0"})
    if isinstance(value, str):
        return TextClause(value)
    return value._as_scalar() if hasattr(value, "_as_scalar") else value


def _joined(operator, clauses):
    if len(clauses) == 1 and isinstance(clauses[0], (list, tuple)):
        clauses = clauses[0]
    flat = []
    for clause in clauses:
        clause = _condition(clause)
        if isinstance(clause, BooleanClauseList) and clause.operator == operator:
            flat.extend(clause.clauses)
        elif not (operator == "AND" and isinstance(clause, True_)) and not (operator == "OR" and isinstance(clause, False_)):
            flat.append(clause)
    if not flat:
        return True_("true", {"sqlite": "1"}) if operator == "AND" else False_("false", {"sqlite": "0"})
    return flat[0] if len(flat) == 1 else BooleanClauseList(operator, flat)


def and_(*clauses):
    return _joined("AND", clauses)


def or_(*clauses):
    return _joined("OR", clauses)


def not_(clause):
    clause = _condition(clause)
    if isinstance(clause, BinaryExpression) and clause.negate:
        return BinaryExpression(clause.left, clause.right, clause.negate, clause.type, clause.operator)
    if isinstance(clause, UnaryExpression) and clause.before == "NOT ":
        return clause.element
    if isinstance(clause, ColumnElement) and not isinstance(clause, (BooleanClauseList, _Grouped)) and clause.type is not None \
            and isinstance(clause.type, Boolean):
        return _NotColumn(clause)
    return UnaryExpression(clause, "NOT ", strength=_STRENGTH["NOT"], type_=Boolean())


class _NotColumn(UnaryExpression):
    """NOT of a boolean column, which SQLite keeps as a number."""

    def __init__(self, piece):
        UnaryExpression.__init__(self, piece, "NOT ", strength=_STRENGTH["NOT"], type_=Boolean())

    def _sql(self, compiler):
        if compiler.dialect.name == "sqlite":
            return written(self.element, compiler, 5) + " = 0"
        return UnaryExpression._sql(self, compiler)


def case(*whens, **kw):
    return Case(*whens, **kw)


def cast(value, type_):
    return Cast(value, type_)


def type_coerce(value, type_):
    made = Grouping(element(value))
    made.type = to_instance(type_)
    return made


def desc(value):
    return UnaryExpression(_named(value), after=" DESC")


def asc(value):
    return UnaryExpression(_named(value), after=" ASC")


def _named(value):
    return literal_column(value) if isinstance(value, str) else element(value)


def nulls_first(value):
    return UnaryExpression(element(value), after=" NULLS FIRST")


def nulls_last(value):
    return UnaryExpression(element(value), after=" NULLS LAST")


nullsfirst, nullslast = nulls_first, nulls_last


def distinct(value):
    return UnaryExpression(element(value), "DISTINCT ", type_=getattr(value, "type", None))


def between(value, low, high, symmetric=False):
    return _between(element(value), low, high)


def _between(left, low, high):
    pair = BooleanClauseList("AND", [element(low, left), element(high, left)])
    pair.strength = 50
    return BinaryExpression(left, pair, "BETWEEN", Boolean(), "NOT BETWEEN")


def collate(value, collation):
    return BinaryExpression(element(value), literal_column('"' + collation + '"'), "COLLATE", getattr(value, "type", None))


def extract(field, value):
    return _Extract(field, element(value))


class _Extract(ColumnElement):
    def __init__(self, field, piece):
        self.field = field
        self.expr = piece

    def _sql(self, compiler):
        if compiler.dialect.name == "sqlite":
            form = {"year": "%Y", "month": "%m", "day": "%d", "hour": "%H", "minute": "%M", "second": "%S", "dow": "%w",
                    "doy": "%j", "epoch": "%s", "week": "%W"}[self.field]
            return "CAST(STRFTIME('" + form + "', " + self.expr._sql(compiler) + ") AS INTEGER)"
        return "EXTRACT(" + self.field + " FROM " + self.expr._sql(compiler) + ")"


def any_(value):
    return _quantified("ANY", value)


def all_(value):
    return _quantified("ALL", value)


def _quantified(word, value):
    inner = element(value)
    made = Grouping(inner)
    made._sql = lambda compiler: word + " (" + inner._sql(compiler).strip("()") + ")" if isinstance(inner, BindParameter) \
        else word + " " + written(Grouping(inner), compiler)
    return made


def tuple_(*clauses, **kw):
    return ClauseList(*clauses)


def over(piece, partition_by=None, order_by=None, rows=None, range_=None):
    return Over(piece, partition_by, order_by, rows, range_)


# --- operators and methods

_COMPARES = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def operate(operator, left, right=None):
    if operator == "AND":
        return and_(left, right)
    if operator == "OR":
        return or_(left, right)
    if operator == "NOT":
        return not_(left)
    if operator == "NEG":
        return UnaryExpression(element(left), "-", type_=left.type)
    if operator == "[]":
        return _item(left, right)
    operator = _SQL.get(operator, operator)
    if operator in ("=", "!="):
        found = _against_word(operator, left, right)
        if found is not None:
            return found
    one, other = element(left, right), element(right, left)
    if operator in _COMPARES:
        return BinaryExpression(one, other, operator, Boolean(), _COMPARES[operator])
    type_ = getattr(left, "type", None) or getattr(right, "type", None)
    if operator == "+" and type_ is not None and _is_text(type_):
        operator = "||"
    return BinaryExpression(one, other, operator, type_)


def _is_text(type_):
    from sqlalchemy.types import Concatenable
    return isinstance(type_, Concatenable)


def _against_word(operator, left, right):
    """Comparison with None, True and False."""
    word = right
    if right is None:
        word = Null("NULL")
    elif right is True:
        word = True_("true", {"sqlite": "1"})
    elif right is False:
        word = False_("false", {"sqlite": "0"})
    if isinstance(word, Null):
        return BinaryExpression(element(left), word, "IS" if operator == "=" else "IS NOT", Boolean(),
                                "IS NOT" if operator == "=" else "IS")
    if isinstance(word, (True_, False_)):
        return BinaryExpression(element(left), word, operator, Boolean(), _COMPARES[operator])
    return None


def _item(left, key):
    """x["key"]: JSON, or an array's item."""
    if isinstance(key, (tuple, list)) or type(left.type).__name__ != "ARRAY" and not isinstance(key, ClauseElement):
        return JsonItem(left, key, left.type)
    if type(left.type).__name__ == "ARRAY":
        return literal_column_of(left, key)
    return BinaryExpression(left, key, "->", left.type)


class JsonItem(BinaryExpression):
    """One item of a JSON value, by its key or by the list of keys that lead there."""
    def __init__(self, left, key, type_, is_text=False):
        path = list(key) if isinstance(key, (tuple, list)) else None
        right = literal(key if path is None else "{" + ",".join([str(part) for part in path]) + "}")
        BinaryExpression.__init__(self, left, right, ("->" if path is None else "#>") + (">" if is_text else ""), type_)
        self.key = key
        self.is_text = is_text
        self.path = [key] if path is None else path

    def _sql(self, compiler):
        return self._extracted(compiler) if compiler.dialect.name == "sqlite" else BinaryExpression._sql(self, compiler)

    def grouped(self, compiler, strength):
        return self._sql(compiler) if compiler.dialect.name == "sqlite" else BinaryExpression.grouped(self, compiler, strength)

    def _extracted(self, compiler):
        path = "$" + "".join(["[%d]" % part if isinstance(part, int) else '."%s"' % part for part in self.path])
        made = "JSON_EXTRACT(" + self.left._sql(compiler) + ", " + literal(path)._sql(compiler) + ")"
        return made if self.is_text else "JSON_QUOTE(" + made + ")"


class JsonCast(Cast):
    """as_integer() and its like; SQLite gives the value that the JSON has."""
    def _sql(self, compiler):
        return self.clause._sql(compiler) if compiler.dialect.name == "sqlite" else Cast._sql(self, compiler)


def literal_column_of(left, key):
    made = Grouping(left)
    made._sql = lambda compiler: left._sql(compiler) + "[" + element(key)._sql(compiler) + "]"
    made.type = left.type.item_type
    return made


def _in(self, values, operator="IN", negate="NOT IN"):
    if hasattr(values, "_as_scalar"):
        return BinaryExpression(self, Grouping(values), operator, Boolean(), negate)
    if isinstance(values, ClauseElement):
        return BinaryExpression(self, values, operator, Boolean(), negate)
    values = list(values)
    if values and any([isinstance(value, ClauseElement) for value in values]):
        return BinaryExpression(self, ClauseList(*values), operator, Boolean(), negate)
    return BinaryExpression(self, BindParameter(None, values, getattr(self, "type", None), expanding=True), operator, Boolean(),
                            negate)


def _like(word, negate):
    def method(self, other, escape=None):
        made = BinaryExpression(self, element(other, self), word, Boolean(), negate)
        if escape is None:
            return made
        return UnaryExpression(made, after=" ESCAPE '" + escape + "'", strength=4)

    return method


def _ilike(self, other, escape=None):
    return _ILike(self, element(other, self), "ILIKE", Boolean(), "NOT ILIKE")


class _ILike(BinaryExpression):
    def _sql(self, compiler):
        if compiler.dialect.name == "postgresql":
            return BinaryExpression._sql(self, compiler)
        return ("lower(" + self.left._sql(compiler) + ") " + self.operator.replace("ILIKE", "LIKE")
                + " lower(" + self.right._sql(compiler) + ")")


def _around(before, after):
    def method(self, other, autoescape=False, escape=None):
        if isinstance(other, str):
            if autoescape:
                other = other.replace("/", "//").replace("%", "/%").replace("_", "/_")
                escape = "/"
            return _like("LIKE", "NOT LIKE")(self, before + other + after, escape)
        inner = element(other, self)
        if before:
            inner = BinaryExpression(literal(before), inner, "||")
        if after:
            inner = BinaryExpression(inner, literal(after), "||")
        return BinaryExpression(self, inner, "LIKE", Boolean(), "NOT LIKE")

    return method


def _op(self, opstring, precedence=0, is_comparison=False, return_type=None, **kw):
    return lambda other: BinaryExpression(self, element(other, self), opstring,
                                          to_instance(return_type) if return_type is not None else None)


def _comparison(operator):
    return lambda self, other: BinaryExpression(self, element(other, self), operator, Boolean())


def _is(self, other):
    return BinaryExpression(self, _condition(other) if isinstance(other, bool) else element(other), "IS", Boolean(), "IS NOT")


def _is_not(self, other):
    return BinaryExpression(self, _condition(other) if isinstance(other, bool) else element(other), "IS NOT", Boolean(), "IS")


def _distinct_from(negated):
    def method(self, other):
        return _DistinctFrom(self, element(other, self), negated)

    return method


class _DistinctFrom(BinaryExpression):
    def __init__(self, left, right, negated):
        BinaryExpression.__init__(self, left, right, "IS NOT DISTINCT FROM" if negated else "IS DISTINCT FROM", Boolean())
        self.negated = negated

    def _sql(self, compiler):
        if compiler.dialect.name == "sqlite":
            return (written(self.left, compiler, 6) + (" IS " if self.negated else " IS NOT ")
                    + written(self.right, compiler, 6))
        return BinaryExpression._sql(self, compiler)


def _concat(self, other):
    return BinaryExpression(self, element(other, self), "||", self.type)


def _astext(self):
    if isinstance(self, JsonItem):
        return JsonItem(self.left, self.key, _json_type("Text"), True)
    return BinaryExpression(self.left, self.right, "->>" if self.operator == "->" else "#>>", _json_type("Text"))


def _has_key(self, other):
    return BinaryExpression(self, element(other), "?", Boolean())


METHODS = {
    "in_": _in,
    "not_in": lambda self, values: _in(self, values, "NOT IN", "IN"),
    "notin_": lambda self, values: _in(self, values, "NOT IN", "IN"),
    "like": _like("LIKE", "NOT LIKE"),
    "not_like": _like("NOT LIKE", "LIKE"),
    "notlike": _like("NOT LIKE", "LIKE"),
    "ilike": _ilike,
    "not_ilike": lambda self, other, escape=None: not_(_ilike(self, other)),
    "notilike": lambda self, other, escape=None: not_(_ilike(self, other)),
    "startswith": _around("", "%"),
    "endswith": _around("%", ""),
    "contains": lambda self, other, **kw: _contains(self, other, **kw),
    "is_": _is,
    "is_not": _is_not,
    "isnot": _is_not,
    "is_distinct_from": _distinct_from(False),
    "isnot_distinct_from": _distinct_from(True),
    "is_not_distinct_from": _distinct_from(True),
    "between": lambda self, low, high, symmetric=False: _between(self, low, high),
    "label": lambda self, name: Label(name, self),
    "desc": lambda self: desc(self),
    "asc": lambda self: asc(self),
    "nulls_first": lambda self: nulls_first(self),
    "nulls_last": lambda self: nulls_last(self),
    "nullsfirst": lambda self: nulls_first(self),
    "nullslast": lambda self: nulls_last(self),
    "distinct": lambda self: distinct(self),
    "collate": lambda self, collation: collate(self, collation),
    "concat": _concat,
    "op": _op,
    "bool_op": _op,
    "operate": lambda self, operator, other: operate(operator, self, other),
    "cast": lambda self, type_: Cast(self, type_),
    "any_": lambda self: any_(self),
    "all_": lambda self: all_(self),
    "over": lambda self, **kw: Over(self, **kw),
    "filter": lambda self, *criteria: _Filtered(self, and_(*criteria)),
    "has_key": _has_key,
    "has_any": _comparison("?|"),
    "has_all": _comparison("?&"),
    "contained_by": _comparison("<@"),
    "overlap": _comparison("&&"),
    "overlaps": _comparison("&&"),
    "match": _comparison("@@"),
    "regexp_match": _comparison("~"),
    "any": lambda self, other, operator=None: BinaryExpression(element(other, self), any_(self), "=", Boolean()),
    "as_string": lambda self: JsonCast(_as_json(self, "Text"), _json_type("String")),
    "as_integer": lambda self: JsonCast(_as_json(self, "Text"), _json_type("Integer")),
    "as_boolean": lambda self: JsonCast(_as_json(self, "Text"), _json_type("Boolean")),
    "as_float": lambda self: JsonCast(_as_json(self, "Text"), _json_type("Float")),
}


def _json_type(name):
    from sqlalchemy import types
    return getattr(types, name)()


def _as_json(self, name):
    made = _astext(self)
    made.type = _json_type(name)
    return made


def _contains(self, other, **kw):
    if type(self.type).__name__ in ("ARRAY", "JSONB", "HSTORE"):
        return BinaryExpression(self, element(other, self), "@>", Boolean())
    return _around("%", "%")(self, other, **kw)


class _Filtered(ColumnElement):
    def __init__(self, piece, condition):
        self.element = piece
        self.condition = condition
        self.type = piece.type

    def _sql(self, compiler):
        return self.element._sql(compiler) + " FILTER (WHERE " + self.condition._sql(compiler) + ")"


def missing(self, name):
    """An attribute that is no method."""
    if name == "astext" and isinstance(self, BinaryExpression):
        return _astext(self)
    if name in ("comparator", "expression", "element", "clause_expr"):
        return self
    if name == "anon_label":
        return self
    raise AttributeError("Neither '%s' object nor 'Comparator' object has an attribute '%s'" % (type(self).__name__, name))
