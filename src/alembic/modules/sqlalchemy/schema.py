# SPDX-License-Identifier: MIT
"""Tables, columns, constraints and indexes as scripts write them. `_item(dialect)` gives the plain form that
cupel's to_model.cpp reads."""
import _cupel
from sqlalchemy._clause import ClauseElement, ColumnElement, DDLElement, TextClause, ddl_text, conv, quoted_name
from sqlalchemy._dialect import current
from sqlalchemy.types import NULLTYPE, TypeEngine, to_instance

BLANK_SCHEMA = "blank_schema"
DEFAULT_NAMING_CONVENTION = {"ix": "ix_%(column_0_label)s"}


def _argument_error(text):
    from sqlalchemy import exc
    return exc.ArgumentError(text)


def name_of(thing):
    """The name of a column that is given as a text or as itself."""
    if isinstance(thing, str):
        return str(thing)
    if hasattr(thing, "__clause_element__"):
        thing = thing.__clause_element__()
    if isinstance(thing, Column) or getattr(thing, "name", None):
        return str(thing.name)
    raise _argument_error("expected a column's name, got %r" % (thing,))


def shortened(name):
    """A final name that is too long for the database, as SQLAlchemy cuts it."""
    text = str(name)
    most = current().max_identifier_length
    if not isinstance(name, conv) or len(text) <= most:
        return text
    import hashlib
    return text[:most - 8] + "_" + hashlib.md5(text.encode()).hexdigest()[-4:]


def put_name(item, name):
    if name is not None:
        item["name"] = shortened(name)
        if isinstance(name, conv):
            item["final_name"] = True
    return item


def put_deferral(item, thing):
    if thing.deferrable is not None or thing.initially:
        item["deferral"] = deferral = {}
        if thing.deferrable is not None:
            deferral["deferrable"] = bool(thing.deferrable)
        if thing.initially:
            deferral["initially"] = thing.initially.upper()
    return item


def names_in(value):
    """A column or a list of them, as names."""
    if value is None:
        return []
    if isinstance(value, (str, ColumnElement)):
        value = [value]
    return [name_of(column) for column in value]


def optional_text(value):
    """A condition such as postgresql_where."""
    return "" if value is None else ddl_text(value)


class SchemaItem:
    __visit_name__ = "schema_item"
    info = None

    def _put_info(self, info):
        self.info = info or {}


# --- what a column's default can be

class FetchedValue:
    is_identity = is_computed = False
    reflected = False

    def __init__(self, for_update=False):
        self.for_update = for_update

    def _put(self, item, dialect):
        pass


class DefaultClause(FetchedValue):
    def __init__(self, arg, for_update=False, _reflected=False):
        if not isinstance(arg, (str, ClauseElement)):
            raise _argument_error("Argument 'arg' is expected to be one of type '<class 'str'>' or '<class "
                                  "'sqlalchemy.sql.elements.ClauseElement'>', got '%r'" % (type(arg),))
        self.arg = arg
        self.for_update = for_update
        self.reflected = _reflected

    def _put(self, item, dialect):
        item["server_default"] = expression(self.arg, dialect)


PassiveDefault = DefaultClause


def expression(value, dialect=None):
    """A default as cupel's model::Expression: a str is a literal, anything else SQL."""
    if isinstance(value, DefaultClause):
        value = value.arg
    if isinstance(value, str):
        return {"kind": "Literal", "text": str(value)}
    return {"kind": "Sql", "text": ddl_text(value, dialect)}


class Computed(FetchedValue):
    is_computed = True

    def __init__(self, sqltext, persisted=None):
        self.sqltext = sqltext
        self.persisted = persisted

    def _model(self):
        made = {"expression": ddl_text(self.sqltext)}
        if self.persisted is not None:
            made["persisted"] = bool(self.persisted)
        return made

    def _put(self, item, dialect):
        item["computed"] = self._model()


_NUMBERS = (("start", "start"), ("increment", "increment"), ("minvalue", "min_value"), ("maxvalue", "max_value"),
            ("cache", "cache"))


class _Numbering:
    def _numbering(self, made):
        for name, field in _NUMBERS:
            value = getattr(self, name)
            if value is not None:
                made[field] = int(value)
        if self.cycle:
            made["cycle"] = True
        return made


class Identity(FetchedValue, _Numbering):
    is_identity = True

    def __init__(self, always=False, on_null=None, start=None, increment=None, minvalue=None, maxvalue=None,
                 nominvalue=None, nomaxvalue=None, cycle=None, cache=None, order=None, **kw):
        self.always = always
        self.start = start
        self.increment = increment
        self.minvalue = minvalue
        self.maxvalue = maxvalue
        self.cycle = cycle
        self.cache = cache

    def _model(self):
        return self._numbering({"always": bool(self.always)})

    def _put(self, item, dialect):
        if dialect.name == "postgresql":
            item["identity"] = self._model()


class ColumnDefault(SchemaItem):
    is_sequence = False

    def __init__(self, arg, for_update=False):
        self.arg = arg
        self.is_callable = callable(arg) and not isinstance(arg, ClauseElement)
        self.is_clause_element = isinstance(arg, ClauseElement)
        self.is_scalar = not self.is_callable and not self.is_clause_element

    def value(self):
        """What an INSERT that says nothing of the column puts there."""
        if not self.is_callable:
            return self.arg
        try:
            return self.arg()
        except TypeError:
            return self.arg(None)


class Sequence(ColumnElement, SchemaItem, _Numbering):
    __visit_name__ = "sequence"
    is_sequence = True
    is_callable = is_clause_element = is_scalar = False

    def __init__(self, name, start=None, increment=None, minvalue=None, maxvalue=None, nominvalue=None,
                 nomaxvalue=None, cycle=None, schema=None, cache=None, order=None, data_type=None, optional=False,
                 quote=None, metadata=None, quote_schema=None, for_update=False):
        self.name = name
        self.start = start
        self.increment = increment
        self.minvalue = minvalue
        self.maxvalue = maxvalue
        self.cycle = cycle
        self.cache = cache
        self.data_type = data_type
        self.optional = optional
        self.schema = schema if schema is not None or metadata is None else metadata.schema
        self.metadata = metadata
        if metadata is not None:
            metadata._sequences.append(self)

    def _model(self):
        made = self._numbering({"schema": self.schema or "", "name": str(self.name)})
        if self.data_type is not None:
            made["type"] = to_instance(self.data_type).compile().lower()
        return made

    def create(self, bind=None, checkfirst=True):
        if current().supports_sequences:
            made = self._model()
            made.setdefault("start", 1)
            _cupel.invoke("create_sequence", {"sequence": made, "if_not_exists": bool(checkfirst)})

    def drop(self, bind=None, checkfirst=True):
        if current().supports_sequences:
            _cupel.invoke("drop_sequence", {"schema": self.schema or "", "name": str(self.name),
                                            "if_exists": bool(checkfirst)})

    def next_value(self):
        from sqlalchemy._clause import func, literal_column
        quoted = _cupel.quote(str(self.name))
        if self.schema:
            quoted = _cupel.quote(self.schema) + "." + quoted
        return func.nextval(literal_column("'" + quoted.replace("'", "''") + "'"))

    def _sql(self, compiler):
        return self.next_value()._sql(compiler)


# --- columns

class Column(ColumnElement, SchemaItem):
    __visit_name__ = "column"
    is_literal = False
    table = None
    inherit_cache = True

    def __init__(self, *args, name=None, type_=None, autoincrement="auto", default=None, doc=None, key=None,
                 index=None, unique=None, info=None, nullable=None, onupdate=None, primary_key=False,
                 server_default=None, server_onupdate=None, quote=None, system=False, comment=None,
                 insert_default=None, **dialect_kw):
        items = list(args)
        if items and (isinstance(items[0], str) or items[0] is None and name is None):
            if name is not None:
                raise _argument_error("May not pass name positionally and as a keyword.")
            name = items.pop(0)
        if items and type_ is None and self._is_type(items[0]):
            type_ = items.pop(0)
        self.name = name
        self.key = key or name
        self.type = to_instance(type_) if type_ is not None else NULLTYPE
        self.primary_key = bool(primary_key)
        self.nullable = not primary_key if nullable is None else bool(nullable)
        self.autoincrement = autoincrement
        self.index = index
        self.unique = unique
        self.comment = comment
        self.doc = doc
        self.system = system
        self.info = info or {}
        self.foreign_keys = set()
        self.constraints = set()
        self.computed = self.identity = None
        self.dialect_options = dialect_kw
        self.default = self._default_of(insert_default if insert_default is not None else default)
        self.onupdate = self._default_of(onupdate)
        self.server_default = self._server_default_of(server_default)
        self.server_onupdate = server_onupdate
        self._items = []
        for item in items:
            self._take(item)

    @staticmethod
    def _is_type(item):
        if isinstance(item, TypeEngine) or isinstance(item, type) and issubclass(item, TypeEngine):
            return True
        return hasattr(item, "_spec") or item is None

    @staticmethod
    def _default_of(value):
        if value is None or isinstance(value, (ColumnDefault, Sequence)):
            return value
        return ColumnDefault(value)

    @staticmethod
    def _server_default_of(value):
        if value is None or isinstance(value, FetchedValue):
            return value
        return DefaultClause(value)

    def _take(self, item):
        if isinstance(item, Sequence):
            self.default = item
        elif isinstance(item, Computed):
            self.computed = self.server_default = item
        elif isinstance(item, Identity):
            self.identity = self.server_default = item
            self.nullable = False
        elif isinstance(item, FetchedValue):
            self.server_default = item
        elif isinstance(item, ColumnDefault):
            self.default = item
        elif isinstance(item, ForeignKey):
            item.parent = self
            self.foreign_keys.add(item)
            self._items.append(item)
        elif isinstance(item, Constraint):
            self.constraints.add(item)
            self._items.append(item)
        elif item is not None:
            raise _argument_error("'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got %r" % (item,))

    def append_foreign_key(self, key):
        self._take(key)

    def copy(self, **kw):
        made = Column.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.table = None
        made.foreign_keys = set()
        made.constraints = set()
        made._items = []
        for item in self._items:
            made._take(item._copy() if isinstance(item, ForeignKey) else item)
        return made

    _copy = copy

    def references(self, column):
        return any([key.references(column.table) for key in self.foreign_keys])

    def __repr__(self):
        parts = [repr(self.name), repr(self.type)]
        if self.table is not None:
            parts.append("table=<%s>" % self.table.name)
        if self.primary_key:
            parts.append("primary_key=True")
        if not self.nullable:
            parts.append("nullable=False")
        return "Column(" + ", ".join(parts) + ")"

    def __str__(self):
        return self.name if self.table is None else self.table.name + "." + self.name

    # --- as SQL

    def _sql(self, compiler):
        name = compiler.quote(self.name)
        if self.table is None or not compiler.include_table:
            return name
        return self.table._column_prefix(compiler) + name

    # --- as a model

    def _autoincrement(self, dialect, in_key):
        if self.autoincrement is False:
            return "No"
        if self.default is not None and not (isinstance(self.default, Sequence) and self.default.optional):
            return "No"
        if self.autoincrement in (True, "ignore_fk") and in_key:
            return "Yes"
        return "Auto"

    def _becomes_serial(self, dialect):
        """A key column that is added alone: SQLAlchemy writes SERIAL for it, and no key."""
        return (dialect.name == "postgresql" and self.primary_key and self.server_default is None
                and not self.foreign_keys and self._autoincrement(dialect, True) != "No")

    def _model(self, dialect, in_key):
        if not self.name:
            raise _argument_error("Column must be constructed with a non-blank name or assign a non-blank .name before "
                                  "adding to a Table.")
        made = {"name": str(self.name), "type": self._type_spec(dialect)}
        if not self.nullable:
            made["nullable"] = False
        if self.server_default is not None:
            self.server_default._put(made, dialect)
        autoincrement = self._autoincrement(dialect, in_key)
        if autoincrement != "Auto":
            made["autoincrement"] = autoincrement
        if self.comment and dialect.supports_comments:
            made["comment"] = self.comment
        if dialect.name == "sqlite" and "sqlite_on_conflict_not_null" in self.dialect_options:
            made["not_null_conflict"] = self.dialect_options["sqlite_on_conflict_not_null"]
        return made

    def _type_spec(self, dialect):
        type_ = self.type
        if type_ is NULLTYPE:
            for key in self.foreign_keys:
                target = key._target_column()
                if target is not None:
                    return target._type_spec(dialect)
        return type_._spec(dialect)

    def _item(self, dialect, in_key=None):
        in_key = self.primary_key if in_key is None else in_key
        item = {"kind": "column", "column": self._model(dialect, in_key)}
        if self.primary_key:
            item["primary_key"] = True
        if self.unique:
            item["unique"] = True
        if self.index:
            item["index"] = True
        keys = [key._model() for key in self._items if isinstance(key, ForeignKey) and key._is_inline(dialect)]
        if keys:
            item["foreign_keys"] = keys
        checks = [put_name({"expression": ddl_text(check.sqltext, dialect)}, check.name)
                  for check in self._items if isinstance(check, CheckConstraint)]
        if checks:
            item["checks"] = checks
        return item


# --- constraints

class Constraint(SchemaItem):
    __visit_name__ = "constraint"
    parent = table = None
    _kind = None
    use_alter = False

    def __init__(self, name=None, deferrable=None, initially=None, info=None, comment=None, **dialect_kw):
        self.name = name
        self.deferrable = deferrable
        self.initially = initially
        self.info = info or {}
        self.comment = comment
        self.dialect_options = dialect_kw

    def _copy(self, **kw):
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.parent = made.table = None
        return made

    copy = _copy

    def _option(self, name, default=None):
        return self.dialect_options.get(name, default)

    def _conflict(self, item, dialect):
        if dialect.name == "sqlite" and self._option("sqlite_on_conflict"):
            item["on_conflict"] = self._option("sqlite_on_conflict")
        return item

    def _base(self):
        return put_deferral(put_name({"kind": self._kind}, self.name), self)


class ColumnCollectionConstraint(Constraint):
    def __init__(self, *columns, name=None, deferrable=None, initially=None, info=None, _autoattach=True, **kw):
        Constraint.__init__(self, name, deferrable, initially, info, **kw)
        if len(columns) == 1 and isinstance(columns[0], (list, tuple)):
            columns = columns[0]
        self._given = list(columns)

    @property
    def columns(self):
        names = [name_of(column) for column in self._given]
        if self.table is None:
            return ColumnCollection([(name, column) for name, column in zip(names, self._given)])
        return ColumnCollection([(name, self.table.c[name]) for name in names])

    def column_names(self):
        return [name_of(column) for column in self._given]

    def contains_column(self, column):
        return column.name in self.column_names()

    def __iter__(self):
        return iter(self.columns)

    def __len__(self):
        return len(self._given)

    def __repr__(self):
        return type(self).__name__ + "(" + ", ".join([repr(name) for name in self.column_names()]) + ")"


class PrimaryKeyConstraint(ColumnCollectionConstraint):
    __visit_name__ = "primary_key_constraint"
    _kind = "primary"

    def _item(self, dialect):
        item = self._base()
        item["columns"] = self.column_names()
        if dialect.name == "postgresql" and self._option("postgresql_include"):
            item["include"] = names_in(self._option("postgresql_include"))
        return self._conflict(item, dialect)


class UniqueConstraint(ColumnCollectionConstraint):
    __visit_name__ = "unique_constraint"
    _kind = "unique"

    def _item(self, dialect):
        item = self._base()
        item["columns"] = self.column_names()
        if dialect.name == "postgresql":
            if self._option("postgresql_nulls_not_distinct"):
                item["nulls_not_distinct"] = True
            if self._option("postgresql_include"):
                item["include"] = names_in(self._option("postgresql_include"))
        return self._conflict(item, dialect)


class CheckConstraint(Constraint):
    __visit_name__ = "check_constraint"
    _kind = "check"

    def __init__(self, sqltext, name=None, deferrable=None, initially=None, table=None, info=None, _autoattach=True,
                 **kw):
        Constraint.__init__(self, name, deferrable, initially, info, **kw)
        self.sqltext = sqltext
        if table is not None:
            table.append_constraint(self)

    def _item(self, dialect):
        item = put_name({"kind": "check", "expression": ddl_text(self.sqltext, dialect)}, self.name)
        if dialect.name == "postgresql":
            if self._option("postgresql_not_valid"):
                item["not_valid"] = True
            if self._option("postgresql_no_inherit"):
                item["no_inherit"] = True
        return self._conflict(item, dialect)


def split_target(target):
    """"schema.table.column" in three parts."""
    parts = target.rsplit(".", 2)
    if len(parts) == 1:
        return ["", parts[0], ""]
    return parts if len(parts) == 3 else [""] + parts


def put_actions(item, thing):
    if thing.ondelete:
        item["on_delete"] = thing.ondelete.upper()
    if thing.onupdate:
        item["on_update"] = thing.onupdate.upper()
    if thing.match:
        item["match"] = thing.match.upper()
    return put_deferral(item, thing)


class ForeignKey(SchemaItem):
    __visit_name__ = "foreign_key"
    parent = None

    def __init__(self, column, _constraint=None, use_alter=False, name=None, onupdate=None, ondelete=None,
                 deferrable=None, initially=None, link_to_name=False, match=None, info=None, comment=None,
                 _unresolvable=False, **dialect_kw):
        if hasattr(column, "__clause_element__"):
            column = column.__clause_element__()
        self._colspec = column
        self.use_alter = use_alter
        self.name = name
        self.onupdate = onupdate
        self.ondelete = ondelete
        self.deferrable = deferrable
        self.initially = initially
        self.link_to_name = link_to_name
        self.match = match
        self.info = info or {}
        self.constraint = _constraint
        self.dialect_options = dialect_kw

    def _copy(self, **kw):
        made = ForeignKey.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.parent = made.constraint = None
        return made

    copy = _copy

    def _parts(self):
        target = self._colspec
        if isinstance(target, str):
            return split_target(target)
        if target.table is None:
            raise _argument_error("ForeignKey: column '%s' belongs to no table" % target.name)
        return [target.table.schema or "", str(target.table.name), str(target.name)]

    @property
    def target_fullname(self):
        return ".".join([part for part in self._parts() if part])

    def _target_column(self):
        """The column that is referred to, where it is known."""
        if not isinstance(self._colspec, str):
            return self._colspec
        table = self.parent.table if self.parent is not None else None
        if table is None:
            return None
        schema, name, column = self._parts()
        known = table if name == table.name and not schema else None
        if known is None and table.metadata is not None:
            known = table.metadata.tables.get(schema + "." + name if schema else name)
        return known.c[column] if known is not None and column in known.c else None

    @property
    def column(self):
        target = self._target_column()
        if target is None:
            from sqlalchemy import exc
            raise exc.NoReferencedTableError("Foreign key associated with column '%s' could not find table '%s'"
                                             % (self.parent, self.target_fullname.rpartition(".")[0]),
                                             self._parts()[1])
        return target

    def references(self, table):
        return self._parts()[1] == table.name

    def _is_inline(self, dialect):
        return not (self.use_alter and dialect.supports_alter)

    def _model(self):
        schema, table, column = self._parts()
        item = {"schema": schema, "table": table, "column": column}
        return put_actions(put_name(item, self.name), self)

    def __repr__(self):
        return "ForeignKey(%r)" % self.target_fullname


class ForeignKeyConstraint(ColumnCollectionConstraint):
    __visit_name__ = "foreign_key_constraint"
    _kind = "foreignkey"

    def __init__(self, columns, refcolumns, name=None, onupdate=None, ondelete=None, deferrable=None, initially=None,
                 use_alter=False, link_to_name=False, match=None, table=None, info=None, **kw):
        ColumnCollectionConstraint.__init__(self, *columns, name=name, deferrable=deferrable, initially=initially,
                                            info=info, **kw)
        if len(columns) != len(refcolumns):
            raise _argument_error("ForeignKeyConstraint with duplicate source column references are not supported."
                                  if len(columns) > len(refcolumns) else
                                  "ForeignKeyConstraint number of constrained columns must match the number of "
                                  "referenced columns.")
        self.onupdate = onupdate
        self.ondelete = ondelete
        self.use_alter = use_alter
        self.match = match
        self.elements = [ForeignKey(column, self) for column in refcolumns]
        if table is not None:
            table.append_constraint(self)

    @property
    def referred_table(self):
        return self.elements[0].column.table

    @property
    def column_keys(self):
        return self.column_names()

    def _is_inline(self, dialect):
        return not (self.use_alter and dialect.supports_alter)

    def _item(self, dialect):
        item = put_actions(put_name({"kind": "foreignkey", "columns": self.column_names()}, self.name), self)
        targets = [element._parts() for element in self.elements]
        item["referred_table"] = {"schema": targets[0][0], "name": targets[0][1]}
        item["referred_columns"] = [target[2] for target in targets]
        if dialect.name == "postgresql" and self._option("postgresql_not_valid"):
            item["not_valid"] = True
        return item


class ExcludeConstraint(ColumnCollectionConstraint):
    __visit_name__ = "exclude_constraint"
    _kind = "exclude"

    def __init__(self, *elements, name=None, deferrable=None, initially=None, using="gist", where=None, ops=None, **kw):
        ColumnCollectionConstraint.__init__(self, name=name, deferrable=deferrable, initially=initially, **kw)
        self.elements = elements
        self.using = using
        self.where = where
        self.ops = ops or {}

    def _item(self, dialect):
        item = self._base()
        if self.using:
            item["using_method"] = self.using
        if self.where is not None:
            item["where"] = ddl_text(self.where, dialect)
        item["elements"] = [self._element(element[0], element[1]) for element in self.elements]
        return item

    def _element(self, column, operator):
        made = {"with_operator": operator}
        if isinstance(column, str) or isinstance(column, Column) or getattr(column, "__visit_name__", "") == "column":
            made["column"] = name_of(column)
            if made["column"] in self.ops:
                made["operator_class"] = self.ops[made["column"]]
        else:
            made["expression"] = ddl_text(column)
        return made


class Index(ColumnCollectionConstraint):
    __visit_name__ = "index"

    def __init__(self, name, *expressions, unique=False, quote=None, info=None, _table=None, _column_flag=False, **kw):
        self.name = name
        self.unique = bool(unique)
        self.info = info or {}
        self.dialect_options = kw
        self.expressions = list(expressions)
        self._given = [item for item in expressions if isinstance(item, str) or getattr(item, "name", None)]
        if _table is not None:
            _table.append_constraint(self)
        else:
            for item in expressions:
                if isinstance(item, Column) and item.table is not None:
                    item.table.append_constraint(self)
                    break

    def create(self, bind=None, checkfirst=False):
        arguments = index_arguments(self, current())
        arguments.update({"table": str(self.table.name), "schema": self.table.schema or "",
                          "if_not_exists": bool(checkfirst)})
        _cupel.invoke("create_index", arguments)

    def drop(self, bind=None, checkfirst=False):
        _cupel.invoke("drop_index", {"name": str(self.name), "table": str(self.table.name),
                                     "schema": self.table.schema or "", "if_exists": bool(checkfirst)})

    def _item(self, dialect):
        item = index_arguments(self, dialect)
        item["kind"] = "index"
        item.pop("concurrently", None)
        return item

    def __repr__(self):
        return "Index(" + ", ".join([repr(self.name)] + [repr(name_of(item)) for item in self._given]) + ")"


def _index_element(item, dialect, ops, lengths):
    name = str(item) if isinstance(item, str) else getattr(item, "name", None)
    if isinstance(item, str) or getattr(item, "__visit_name__", "") == "column" and not item.is_literal:
        made = {"column": name_of(item)}
    else:
        text = ddl_text(item, dialect)
        made = {"expression": "(" + text + ")" if type(item).__name__ in ("BinaryExpression", "JsonItem") and dialect.name == "postgresql" else text}
    if isinstance(ops, dict) and name in ops:
        made["operator_class"] = ops[name]
    if isinstance(lengths, dict) and name in lengths:
        made["length"] = int(lengths[name])
    elif isinstance(lengths, int):
        made["length"] = lengths
    return made


def index_arguments(index, dialect):
    """An index as create_index takes it, with the options of this database."""
    prefix = dialect.name + "_"
    options = {name[len(prefix):]: index.dialect_options[name] for name in index.dialect_options
               if name.startswith(prefix) and index.dialect_options[name] is not None}
    made = put_name({"unique": index.unique}, index.name)
    made["columns"] = [_index_element(item, dialect, options.get("ops"), options.get("length"))
                       for item in index.expressions]
    if options.get("where") is not None:
        made["where"] = ddl_text(options["where"], dialect)
    if options.get("using"):
        made["using_method"] = options["using"]
    if options.get("include"):
        made["include"] = names_in(options["include"])
    if options.get("nulls_not_distinct"):
        made["nulls_not_distinct"] = True
    if options.get("with"):
        made["with"] = [[str(name), str(options["with"][name])] for name in options["with"]]
    if options.get("tablespace"):
        made["tablespace"] = options["tablespace"]
    if options.get("concurrently"):
        made["concurrently"] = True
    return made


# --- tables

class ColumnCollection:
    """Columns by name, by place, and as attributes."""

    def __init__(self, pairs=()):
        self._all = dict(pairs)

    def __getattr__(self, name):
        if name[:1] != "_" and name in self._all:
            return self._all[name]
        found = self.__dict__.get("_all", {}).get(name)
        if found is None:
            raise AttributeError(name)
        return found

    def __getitem__(self, key):
        return list(self._all.values())[key] if isinstance(key, int) else self._all[key]

    def __contains__(self, key):
        return key in self._all if isinstance(key, str) else key in self._all.values()

    def __iter__(self):
        return iter(list(self._all.values()))

    def __len__(self):
        return len(self._all)

    def __bool__(self):
        return True

    def keys(self):
        return list(self._all)

    def values(self):
        return list(self._all.values())

    def items(self):
        return list(self._all.items())

    def get(self, key, default=None):
        return self._all.get(key, default)

    def contains_column(self, column):
        return any([column is mine for mine in self._all.values()])

    def add(self, column, key=None):
        self._all[key or column.key] = column


class FromClause(ClauseElement):
    """Something that a SELECT reads from. Its methods (select(), join(), alias(), ...) are the functions of
    sqlalchemy.sql.selectable.METHODS."""
    schema = None
    metadata = None
    name = None

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        from sqlalchemy.sql import selectable
        method = selectable.METHODS.get(name)
        if method is None:
            raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))
        return lambda *args, **kw: method(self, *args, **kw)

    @property
    def columns(self):
        return self.c

    def _column_prefix(self, compiler):
        return self._sql(compiler) + "."

    def _sql(self, compiler):
        name = compiler.quote(self.name)
        return compiler.quote(self.schema) + "." + name if self.schema else name


class TableClause(FromClause):
    """table("name", column("x"), ...)."""
    __visit_name__ = "table"

    def __init__(self, name, *columns, schema=None):
        self.name = name
        self.schema = schema
        self.c = ColumnCollection()
        for column in columns:
            column.table = self
            self.c.add(column, column.name)

    @property
    def fullname(self):
        return self.schema + "." + self.name if self.schema else self.name

    primary_key = ()

    def __repr__(self):
        return "<table %s>" % self.fullname

    def __str__(self):
        return self.fullname


def table(name, *columns, schema=None):
    return TableClause(name, *columns, schema=schema)


class Table(TableClause, SchemaItem):
    __visit_name__ = "table"

    def __new__(cls, name=None, metadata=None, *args, schema=None, extend_existing=False, keep_existing=False,
                must_exist=False, **kw):
        if isinstance(metadata, MetaData):
            known = metadata.tables.get(table_key(name, schema if schema is not None else metadata.schema))
            if known is not None:
                if not extend_existing and not keep_existing and (args or kw.get("autoload_with")):
                    from sqlalchemy import exc
                    raise exc.InvalidRequestError(
                        "Table '%s' is already defined for this MetaData instance.  Specify 'extend_existing=True' to "
                        "redefine options and columns on an existing Table object." % known.fullname)
                return known
        return object.__new__(cls)

    def __init__(self, name, metadata, *args, schema=None, autoload=False, autoload_with=None, extend_existing=False,
                 keep_existing=False, must_exist=False, prefixes=None, comment=None, info=None, listeners=None,
                 quote=None, quote_schema=None, include_columns=None, implicit_returning=True, resolve_fks=True,
                 _extend_on=None, **options):
        known = "constraints" in self.__dict__
        if known and keep_existing:
            return
        if not known:
            self.name = name
            self.schema = None if schema == BLANK_SCHEMA else schema if schema is not None else metadata.schema
            self.metadata = metadata
            self.c = ColumnCollection()
            self.constraints = []
            self.indexes = set()
            self.primary_key = PrimaryKeyConstraint()
            self.primary_key.table = self
            self.prefixes = list(prefixes or [])
            self.comment = comment
            self.info = info or {}
            self.dialect_options = {}
            self.key = self.fullname
            metadata.tables[self.fullname] = self
        self.dialect_options.update(options)
        if autoload_with is not None or autoload:
            from sqlalchemy import _reflect
            _reflect.fill_table(self, autoload_with, include_columns,
                                [column.name for column in args if isinstance(column, Column)])
        for item in args:
            self._take(item)

    def _take(self, item):
        if isinstance(item, (list, tuple)):
            for each in item:
                self._take(each)
        elif isinstance(item, Column):
            self.append_column(item)
        elif isinstance(item, Constraint):
            self.append_constraint(item)
        elif item is not None:
            raise _argument_error("'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got %r" % (item,))

    def append_column(self, column, replace_existing=False):
        if column.table is not None and column.table is not self:
            raise _argument_error("Column object '%s' already assigned to Table '%s'"
                                  % (column.key, column.table.name))
        column.table = self
        self.c.add(column)
        if column.primary_key:
            self.primary_key._given.append(column.name)
        for item in column._items:
            if isinstance(item, Constraint):
                item.parent = item.table = self

    def append_constraint(self, constraint):
        constraint.parent = constraint.table = self
        if isinstance(constraint, Index):
            self.indexes.add(constraint)
        elif isinstance(constraint, PrimaryKeyConstraint):
            if not constraint._given:
                constraint._given = self.primary_key._given
            self.primary_key = constraint
            for name in constraint.column_names():
                if name in self.c:
                    self.c[name].primary_key = True
                    self.c[name].nullable = False
        self.constraints.append(constraint)

    @property
    def foreign_keys(self):
        keys = set()
        for column in self.c:
            keys.update(column.foreign_keys)
        for constraint in self.constraints:
            if isinstance(constraint, ForeignKeyConstraint):
                keys.update(constraint.elements)
        return keys

    @property
    def foreign_key_constraints(self):
        return set([item for item in self.constraints if isinstance(item, ForeignKeyConstraint)])

    def tometadata(self, metadata, schema=None, **kw):
        made = Table(self.name, metadata, schema=schema or self.schema, comment=self.comment)
        for column in self.c:
            made.append_column(column.copy())
        for constraint in self.constraints:
            made.append_constraint(constraint._copy())
        return made

    to_metadata = tometadata

    def exists(self, bind=None):
        return _cupel.has_table(self.schema or "", str(self.name))

    def create(self, bind=None, checkfirst=True):
        _cupel.invoke("create_table", self._arguments(current(), checkfirst))

    def drop(self, bind=None, checkfirst=True):
        _cupel.invoke("drop_table", {"name": str(self.name), "schema": self.schema or "",
                                     "if_exists": bool(checkfirst)})

    # --- as a model

    def _items(self, dialect):
        key = self.primary_key.column_names()
        items = [column._item(dialect, column.name in key) for column in self.c if not column.system]
        named_key = any([isinstance(item, PrimaryKeyConstraint) and item._given for item in self.constraints])
        if named_key:
            for item in items:
                item.pop("primary_key", None)
        for constraint in self.constraints:
            if isinstance(constraint, PrimaryKeyConstraint) and not constraint._given:
                continue
            if isinstance(constraint, ForeignKeyConstraint) and not constraint._is_inline(dialect):
                continue
            if isinstance(constraint, ExcludeConstraint) and dialect.name != "postgresql":
                continue
            items.append(constraint._item(dialect))
        return items

    def _arguments(self, dialect, if_not_exists=False):
        arguments = {"name": str(self.name), "schema": self.schema or "", "items": self._items(dialect),
                     "if_not_exists": bool(if_not_exists)}
        if self.metadata is not None and self.metadata._own_convention:
            arguments["naming"] = convention_model(self.metadata.naming_convention)
        if self.comment and dialect.supports_comments:
            arguments["comment"] = self.comment
        if self.prefixes:
            arguments["prefixes"] = [str(prefix) for prefix in self.prefixes]
        for name in self.dialect_options:
            value = self.dialect_options[name]
            if name.startswith(dialect.name + "_") and value is not None:
                _put_table_option(arguments, name, value)
        return arguments


def _put_table_option(arguments, name, value):
    if name == "sqlite_autoincrement":
        arguments["autoincrement"] = bool(value)
    elif name == "sqlite_with_rowid":
        arguments["without_rowid"] = not value
    elif name == "sqlite_strict":
        arguments["strict"] = bool(value)
    elif name == "postgresql_partition_by":
        arguments["partition_by"] = value
    elif name == "postgresql_tablespace":
        arguments["tablespace"] = value
    elif name == "postgresql_inherits":
        arguments["inherits"] = [value] if isinstance(value, str) else list(value)
    elif name == "postgresql_with":
        arguments["with"] = [[str(key), str(value[key])] for key in value]
    elif name == "postgresql_on_commit":
        arguments.setdefault("options", []).append([name, str(value).upper().replace("_", " ")])
    else:
        arguments.setdefault("options", []).append([name, str(value)])


def table_key(name, schema):
    return schema + "." + name if schema and schema != BLANK_SCHEMA else name


_SHORT = (("ix", Index), ("uq", UniqueConstraint), ("ck", CheckConstraint), ("fk", ForeignKeyConstraint),
          ("pk", PrimaryKeyConstraint))


def convention_model(convention):
    """A naming convention as cupel's model::NamingConvention."""
    made = {}
    for short, cls in _SHORT:
        template = convention.get(short, convention.get(cls))
        if template is not None:
            made[short] = _without_own_tokens(template, convention)
    return made


def _without_own_tokens(template, convention):
    for name in convention:
        if isinstance(name, str) and "%(" + name + ")s" in template and not isinstance(convention[name], str):
            from sqlalchemy import exc
            raise exc.ArgumentError("the naming convention's token %%(%s)s is a function, which cupel cannot call; "
                                    "name the constraint itself" % name)
    return template


class MetaData(SchemaItem):
    __visit_name__ = "metadata"
    bind = None

    def __init__(self, bind=None, schema=None, quote_schema=None, naming_convention=None, info=None, reflect=False):
        if isinstance(bind, str):
            bind = None
        self.schema = schema
        self.tables = {}
        self._own_convention = bool(naming_convention)
        self.naming_convention = dict(naming_convention or DEFAULT_NAMING_CONVENTION)
        self.info = info or {}
        self._sequences = []
        self._types = []
        self._schemas = set()
        if bind is not None:
            self.bind = bind

    def __contains__(self, name):
        return (name if isinstance(name, str) else name.key) in self.tables

    def __repr__(self):
        return "MetaData()"

    def clear(self):
        self.tables.clear()

    def remove(self, table):
        self.tables.pop(table.key, None)

    @property
    def sorted_tables(self):
        """Each table behind those that it refers to."""
        done = []
        names = sorted(self.tables)

        def add(name, path):
            table = self.tables[name]
            if table in done or name in path:
                return
            for key in table.foreign_keys:
                parts = key._parts()
                target = table_key(parts[1], parts[0])
                if target in self.tables:
                    add(target, path + [name])
            done.append(table)

        for name in names:
            add(name, [])
        return done

    def create_all(self, bind=None, tables=None, checkfirst=True):
        for sequence in self._sequences if tables is None else []:
            sequence.create(bind, checkfirst)
        for each in self.sorted_tables:
            if tables is None or each in tables:
                each.create(bind, checkfirst)

    def drop_all(self, bind=None, tables=None, checkfirst=True):
        for each in reversed(self.sorted_tables):
            if tables is None or each in tables:
                each.drop(bind, checkfirst)

    def reflect(self, bind=None, schema=None, views=False, only=None, extend_existing=False, autoload_replace=True,
                resolve_fks=True, **kw):
        names = _cupel.table_names(schema or self.schema or "")
        if views:
            names = names + _cupel.view_names(schema or self.schema or "")
        for name in names:
            wanted = only is None or (only(name, self) if callable(only) else name in only)
            if wanted and table_key(name, schema or self.schema) not in self.tables:
                Table(name, self, schema=schema, autoload_with=bind)


# --- DDL as objects

class _ExecutableDDL(DDLElement):
    def __init__(self, element, if_not_exists=False, if_exists=False, **kw):
        self.element = element
        self.checkfirst = if_not_exists or if_exists


class CreateTable(_ExecutableDDL):
    def _invoke(self, bind):
        self.element.create(bind, self.checkfirst)


class DropTable(_ExecutableDDL):
    def _invoke(self, bind):
        self.element.drop(bind, self.checkfirst)


class CreateIndex(_ExecutableDDL):
    def _invoke(self, bind):
        self.element.create(bind, self.checkfirst)


class DropIndex(_ExecutableDDL):
    def _invoke(self, bind):
        self.element.drop(bind, self.checkfirst)


class CreateSequence(_ExecutableDDL):
    def _invoke(self, bind):
        self.element.create(bind, self.checkfirst)


class DropSequence(_ExecutableDDL):
    def _invoke(self, bind):
        self.element.drop(bind, self.checkfirst)


class CreateSchema(_ExecutableDDL):
    def _invoke(self, bind):
        _cupel.invoke("create_schema", {"name": str(self.element), "if_not_exists": self.checkfirst})


class DropSchema(_ExecutableDDL):
    def __init__(self, element, cascade=False, if_exists=False, **kw):
        _ExecutableDDL.__init__(self, element, if_exists=if_exists)
        self.cascade = cascade

    def _invoke(self, bind):
        _cupel.invoke("drop_schema", {"name": str(self.element), "if_exists": self.checkfirst,
                                      "cascade": self.cascade})


class AddConstraint(_ExecutableDDL):
    def _invoke(self, bind):
        table = self.element.table
        _cupel.invoke("add_constraint", {"table": str(table.name), "schema": table.schema or "",
                                         "constraint": self.element._item(current())})


class DropConstraint(_ExecutableDDL):
    def __init__(self, element, cascade=False, if_exists=False, **kw):
        _ExecutableDDL.__init__(self, element, if_exists=if_exists)
        self.cascade = cascade

    def _invoke(self, bind):
        table = self.element.table
        _cupel.invoke("drop_constraint", {"name": str(self.element.name), "final_name": True,
                                          "table": str(table.name), "schema": table.schema or "",
                                          "type": self.element._kind, "if_exists": self.checkfirst,
                                          "cascade": self.cascade})


class DDL(DDLElement):
    """SQL as it is, in which a percent sign is written twice."""

    def __init__(self, statement, context=None, bind=None):
        self.statement = statement
        self.context = context or {}

    def _invoke(self, bind):
        sql = self.statement % self.context if self.context else self.statement.replace("%%", "%")
        _cupel.execute(sql.replace(":", "\\:"))

    def _sql(self, compiler):
        return compiler.raw(self.statement)
