# SPDX-License-Identifier: MIT
"""What every piece of SQL is, and the few pieces that schema items need: text(), true(), func.now().

A piece writes itself with `_sql(compiler)`. Its operators and methods (==, in_(), label(), ...) are those of the
classes in sqlalchemy.sql, which are loaded when the first of them is used.
"""
import _cupel


class conv(str):
    """A name that no naming convention changes: op.f()."""


class quoted_name(str):
    def __new__(cls, value, quote=None):
        made = str.__new__(cls, value)
        made.quote = quote
        return made


class Compiler:
    """Turns pieces into SQL text for one database. Values become `:name` placeholders, collected in
    `params`, or with `literal` they are written out. The text with placeholders is in the form of text(): a colon
    that begins no placeholder is written as a backslash and a colon."""

    def __init__(self, dialect=None, literal=False):
        self.dialect = dialect or current_dialect()
        self.literal = literal
        self.params = {}
        self.include_table = True

    def process(self, element):
        return element._sql(self)

    def raw(self, sql):
        """SQL as it is, in which no colon is a placeholder."""
        return sql if self.literal or ":" not in sql else sql.replace(":", "\\:")

    def quote(self, name):
        return self.raw(_cupel.quote(str(name)))

    def bind(self, value, type_=None, name=None):
        if self.literal:
            return self.write(value, type_)
        name = self.unused(name or "param")
        self.params[name] = value if type_ is None else type_._bind(value, self.dialect)
        return ":" + name

    def unused(self, name):
        number = 1
        while name + "_" + str(number) in self.params:
            number += 1
        return name + "_" + str(number)

    def write(self, value, type_=None):
        if isinstance(value, ClauseElement):
            return value._sql(self)
        return _cupel.literal(value if type_ is None else type_._bind(value, self.dialect))

    def text(self, clause):
        if self.literal:
            parts = _cupel.text_parts(clause.text)
            for i in range(1, len(parts), 2):
                parts[i] = self.write(*clause._value_of(parts[i]))
            return "".join(parts)
        for name in clause._binds:
            value, type_ = clause._binds[name]
            if isinstance(value, ClauseElement):
                raise TypeError("text() takes no SQL expression for :" + name)
            self.params[name] = value if type_ is None else type_._bind(value, self.dialect)
        return clause.text


def current_dialect():
    from sqlalchemy._dialect import current
    return current()


def ddl_text(element, dialect=None, include_table=False):
    """SQL as DDL wants it: values written out. A str is SQL already."""
    if isinstance(element, str):
        return element
    if hasattr(element, "__clause_element__"):
        element = element.__clause_element__()
    compiler = Compiler(dialect, literal=True)
    compiler.include_table = include_table
    return compiler.process(element)


class Compiled:
    def __init__(self, string, params):
        self.string = string
        self.params = params

    def __str__(self):
        return self.string


class ClauseElement:
    """Something that stands in SQL."""
    __visit_name__ = "clause"
    supports_execution = False

    def _sql(self, compiler):
        raise TypeError(type(self).__name__ + " cannot be written as SQL here")

    def compile(self, bind=None, dialect=None, compile_kwargs=None, **kw):
        if dialect is None and bind is not None:
            dialect = bind.dialect
        literal = bool((compile_kwargs or {}).get("literal_binds"))
        compiler = Compiler(dialect, literal)
        return Compiled(compiler.process(self), compiler.params)

    def __str__(self):
        return self.compile().string

    def self_group(self, against=None):
        return self


class Executable:
    supports_execution = True

    def execution_options(self, **kw):
        return self


def _operators():
    from sqlalchemy.sql import operators
    return operators


class ColumnElement(ClauseElement):
    """A value in SQL. The operators are sqlalchemy.sql.operators.operate(name, left, right...); every other
    method is a function of sqlalchemy.sql.operators.METHODS with the element as its first argument."""
    type = None
    key = None

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        method = _operators().METHODS.get(name)
        if method is None:
            return _operators().missing(self, name)
        return lambda *args, **kw: method(self, *args, **kw)

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return _operators().operate("==", self, other)

    def __ne__(self, other):
        return _operators().operate("!=", self, other)

    def __lt__(self, other):
        return _operators().operate("<", self, other)

    def __le__(self, other):
        return _operators().operate("<=", self, other)

    def __gt__(self, other):
        return _operators().operate(">", self, other)

    def __ge__(self, other):
        return _operators().operate(">=", self, other)

    def __add__(self, other):
        return _operators().operate("+", self, other)

    def __radd__(self, other):
        return _operators().operate("+", other, self)

    def __sub__(self, other):
        return _operators().operate("-", self, other)

    def __rsub__(self, other):
        return _operators().operate("-", other, self)

    def __mul__(self, other):
        return _operators().operate("*", self, other)

    def __rmul__(self, other):
        return _operators().operate("*", other, self)

    def __truediv__(self, other):
        return _operators().operate("/", self, other)

    def __rtruediv__(self, other):
        return _operators().operate("/", other, self)

    def __mod__(self, other):
        return _operators().operate("%", self, other)

    def __rmod__(self, other):
        return _operators().operate("%", other, self)

    def __floordiv__(self, other):
        return _operators().operate("//", self, other)

    def __and__(self, other):
        return _operators().operate("AND", self, other)

    def __rand__(self, other):
        return _operators().operate("AND", other, self)

    def __or__(self, other):
        return _operators().operate("OR", self, other)

    def __ror__(self, other):
        return _operators().operate("OR", other, self)

    def __invert__(self):
        return _operators().operate("NOT", self)

    def __neg__(self):
        return _operators().operate("NEG", self)

    def __getitem__(self, index):
        return _operators().operate("[]", self, index)

    def __lshift__(self, other):
        return _operators().operate("<<", self, other)

    def __rshift__(self, other):
        return _operators().operate(">>", self, other)


class TextClause(ClauseElement, Executable):
    """text("..."): SQL with `:name` placeholders."""
    __visit_name__ = "textclause"

    def __init__(self, text, bind=None):
        self.text = text
        self._binds = {}

    def _value_of(self, name):
        if name not in self._binds:
            from sqlalchemy import exc
            raise exc.StatementError("A value is required for bind parameter '%s'" % name, self.text, None, None)
        return self._binds[name]

    def _copy(self):
        made = TextClause(self.text)
        made._binds = dict(self._binds)
        return made

    def bindparams(self, *binds, **values):
        made = self._copy()
        for bind in binds:
            made._binds[bind.key] = (bind.value, bind.type)
        for name in values:
            made._binds[name] = (values[name], None)
        return made

    def columns(self, *columns, **types):
        from sqlalchemy.sql import selectable
        return selectable.text_columns(self, columns, types)

    def _sql(self, compiler):
        return compiler.text(self)

    def __and__(self, other):
        return _operators().operate("AND", self, other)

    def __or__(self, other):
        return _operators().operate("OR", self, other)


def text(text, bind=None):
    return text if isinstance(text, TextClause) else TextClause(text)


class Word(ColumnElement):
    """true(), false() and null(): a word that databases may spell differently."""

    def __init__(self, word, elsewhere=None):
        self.word = word
        self.elsewhere = elsewhere or {}

    def _sql(self, compiler):
        return self.elsewhere.get(compiler.dialect.name, self.word)


class True_(Word):
    __visit_name__ = "true"


class False_(Word):
    __visit_name__ = "false"


class Null(Word):
    __visit_name__ = "null"


_TRUE = True_("true", {"sqlite": "1", "mssql": "1", "oracle": "1"})
_FALSE = False_("false", {"sqlite": "0", "mssql": "0", "oracle": "0"})
_NULL = Null("NULL")


def true():
    return _TRUE


def false():
    return _FALSE


def null():
    return _NULL


class ColumnClause(ColumnElement):
    """column("x"), or with is_literal the text of literal_column()."""
    __visit_name__ = "column"
    table = None
    is_literal = False

    def __init__(self, text, type_=None, is_literal=False, _selectable=None):
        self.name = self.key = text
        self.table = _selectable
        self.is_literal = is_literal
        if type_ is not None:
            from sqlalchemy.types import to_instance
            self.type = to_instance(type_)

    def _sql(self, compiler):
        if self.is_literal:
            return compiler.raw(self.name)
        name = compiler.quote(self.name)
        if self.table is None or not compiler.include_table:
            return name
        return self.table._column_prefix(compiler) + name


def column(text, type_=None, is_literal=False, _selectable=None):
    return ColumnClause(text, type_, is_literal, _selectable)


def literal_column(text, type_=None):
    return ColumnClause(text, type_, True)


class Function(ColumnElement, Executable):
    """func.name(...)."""
    __visit_name__ = "function"
    packagenames = ()

    def __init__(self, name, *clauses, type_=None, packagenames=()):
        self.name = name
        self.clauses = clauses
        self.packagenames = packagenames
        if type_ is not None:
            from sqlalchemy.types import to_instance
            self.type = to_instance(type_)

    def _sql(self, compiler):
        plain = not self.clauses and not self.packagenames
        if plain and self.name.lower() in _WORDS:
            return _word(self.name.lower(), compiler.dialect.name)
        if not plain and self.name.lower() in _SPECIAL:
            from sqlalchemy.sql import functions
            return functions.special(self, compiler)
        if plain and self.name.lower() == "count":
            return "count(*)"
        names = [compiler.raw(part) for part in self.packagenames] + [_function_name(self.name, compiler)]
        return ".".join(names) + "(" + ", ".join([argument(clause, compiler) for clause in self.clauses]) + ")"


def argument(value, compiler):
    """A function's argument: SQL, or a value that is bound."""
    if hasattr(value, "__clause_element__"):
        value = value.__clause_element__()
    if isinstance(value, ClauseElement):
        return value.self_group()._sql(compiler)
    if value is None:
        return "NULL"
    return compiler.bind(value)


# Functions that are written without parentheses.
_WORDS = frozenset(["now", "current_timestamp", "current_date", "current_time", "current_user", "session_user",
                    "localtime", "localtimestamp", "user", "sysdate"])
# Functions with a syntax of their own.
_SPECIAL = frozenset(["cube", "grouping_sets", "rollup"])


def _word(name, dialect):
    if name == "now":
        return "CURRENT_TIMESTAMP" if dialect == "sqlite" else "now()"
    return name if name == "sysdate" else name.upper()


def _function_name(name, compiler):
    return compiler.raw(name) if name.isidentifier() else compiler.quote(name)


class _FunctionGenerator:
    def __init__(self, names=()):
        self.__names = names

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return _FunctionGenerator(self.__names + (name[:-1] if name[-1] == "_" else name,))

    def __call__(self, *clauses, **kw):
        names = self.__names
        made = Function(names[-1], *clauses, packagenames=names[:-1], **kw)
        if made.type is None:
            made.type = _type_of(made)
        return made


def _type_of(function):
    """The type of a function's result, where rows are to be read as such."""
    name = function.name.lower()
    if name in ("count", "length", "char_length"):
        from sqlalchemy.types import Integer
        return Integer()
    if name in ("max", "min", "sum", "coalesce") and function.clauses:
        return getattr(function.clauses[0], "type", None)
    return None


func = _FunctionGenerator()


class InlineLiteral(ColumnElement):
    """op.inline_literal(): a value that is written out."""

    def __init__(self, value, type_=None):
        self.value = value
        if type_ is not None:
            from sqlalchemy.types import to_instance
            self.type = to_instance(type_)

    def _sql(self, compiler):
        return compiler.raw(compiler.write(self.value, self.type))


class DDLElement(ClauseElement, Executable):
    """CreateTable(...) and its like: something that op.execute() runs as an operation."""

    def _invoke(self, bind):
        raise NotImplementedError(type(self).__name__)
