# SPDX-License-Identifier: MIT
"""From cupel's model of a table to SQLAlchemy's columns: Table(autoload_with=...), Inspector.get_columns()."""
import _cupel
from sqlalchemy import types

_PLAIN = {"Boolean": types.BOOLEAN, "SmallInteger": types.SMALLINT, "Integer": types.INTEGER, "BigInteger": types.BIGINT,
          "Double": types.DOUBLE_PRECISION, "Date": types.DATE, "Untyped": types.NullType}


def type_of(spec):
    kind = spec["kind"]
    if kind in _PLAIN:
        return _PLAIN[kind]()
    if kind in ("String", "Char", "Text"):
        return {"String": types.VARCHAR, "Char": types.CHAR, "Text": types.TEXT}[kind](spec["length"])
    if kind in ("Binary", "LargeBinary"):
        return _bytes(kind, spec)
    if kind == "Numeric":
        return types.NUMERIC(spec["precision"], spec["scale"])
    if kind == "Float":
        return types.REAL() if _on_server() else types.FLOAT(spec["precision"])
    if kind in ("DateTime", "Timestamp"):
        return _moment(kind, spec)
    if kind == "Time":
        return types.TIME(spec["timezone"])
    if kind in ("Interval", "Json", "Uuid", "Enum", "Array"):
        return _structured(kind, spec)
    return named_type(spec)


def _on_server():
    from sqlalchemy._dialect import current
    return current().name == "postgresql"


def _bytes(kind, spec):
    if _on_server():
        from sqlalchemy.dialects.postgresql import BYTEA
        return BYTEA()
    return types.VARBINARY(spec["length"]) if kind == "Binary" else types.BLOB()


def _moment(kind, spec):
    if _on_server():
        from sqlalchemy.dialects.postgresql import TIMESTAMP
        return TIMESTAMP(spec["timezone"], spec["precision"])
    return types.DATETIME() if kind == "DateTime" else types.TIMESTAMP()


def _structured(kind, spec):
    if kind == "Json":
        return types.JSON()
    if kind == "Uuid":
        return types.UUID()
    if kind == "Interval":
        from sqlalchemy.dialects.postgresql import INTERVAL
        return INTERVAL(spec["precision"], spec["name"] or None)
    if kind == "Array":
        return types.ARRAY(type_of(spec["element"][0]), dimensions=spec["dimensions"])
    if _on_server():
        from sqlalchemy.dialects.postgresql import ENUM
        return ENUM(*spec["values"], name=spec["name"], schema=spec["schema"] or None, create_type=False)
    return types.Enum(*spec["values"], name=spec["name"] or None)


def named_type(spec):
    """A type that only the database knows, by SQLAlchemy's class of that name if there is one."""
    word = spec["name"].split("(")[0].upper().replace(" ", "_")
    if _on_server():
        from sqlalchemy.dialects import postgresql
        if word in ("JSONB", "INET", "CIDR", "MACADDR", "MACADDR8", "MONEY", "OID", "TSVECTOR", "TSQUERY", "HSTORE", "CITEXT",
                    "INT4RANGE", "INT8RANGE", "NUMRANGE", "DATERANGE", "TSRANGE", "TSTZRANGE", "REAL"):
            return getattr(postgresql, word)()
    known = getattr(types, word, None)
    if "(" not in spec["name"] and isinstance(known, type) and issubclass(known, types.TypeEngine):
        return known()
    return AsWritten(spec["name"])


class AsWritten(types.UserDefinedType):
    def __init__(self, text):
        self.text = text

    def get_col_spec(self, **kw):
        return self.text

    def __repr__(self):
        return self.text


def default_text(expression):
    """A default as the database says it."""
    if expression is None:
        return None
    if expression["kind"] == "Literal":
        return "'" + expression["text"].replace("'", "''") + "'"
    if expression["kind"] == "Now":
        return "now()" if _on_server() else "CURRENT_TIMESTAMP"
    return {"True": "true", "False": "false", "Null": "NULL"}.get(expression["kind"], expression["text"])


# A default as the server writes it, whether it is a generated column's expression, and the numbering.
_FACTS = """SELECT a.attname::text, pg_get_expr(d.adbin, d.adrelid), coalesce(to_jsonb(a) ->> 'attgenerated', '') <> '',
  to_jsonb(a) ->> 'attidentity', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum AND p.deptype = 'i'
LEFT JOIN pg_sequence s ON s.seqrelid = p.objid
WHERE c.relname = :name AND n.nspname = :schema AND a.attnum > 0 AND NOT a.attisdropped"""


def column_facts(table):
    """What the columns' model does not say in the database's own words."""
    name, schema = table["name"], table["schema"] or _cupel.default_schema()
    if _on_server():
        rows = _cupel.execute(_FACTS.replace("::", "\\:\\:"), {"name": name, "schema": schema})[1]
        return {row[0]: row[1:] for row in rows}
    rows = _cupel.execute("SELECT name, \"notnull\" FROM pragma_table_xinfo(:name, :schema)", {"name": name, "schema": schema})[1]
    return {row[0]: row[1] for row in rows}


def column_info(column, table, facts):
    made = {"name": column["name"], "type": type_of(column["type"]), "nullable": column["nullable"]}
    if _on_server():
        default, is_generated, identity, *numbers = facts[column["name"]]
        made["default"] = None if is_generated else default
        made["autoincrement"] = bool(identity) or not is_generated and default is not None and default.startswith("nextval(")
        made["comment"] = column["comment"] or None
        if is_generated:
            made["computed"] = {"sqltext": default, "persisted": True}
        if identity:
            made["identity"] = dict(zip(("start", "increment", "minvalue", "maxvalue", "cache", "cycle"), numbers), always=identity == "a")
        return made
    key = table["primary_key"]["columns"] if table["primary_key"] else []
    made["nullable"] = not facts[column["name"]]
    made["default"] = default_text(column["server_default"])
    made["autoincrement"] = "auto"
    made["primary_key"] = key.index(column["name"]) + 1 if column["name"] in key else 0
    if column["computed"] is not None:
        made["computed"] = {"sqltext": column["computed"]["expression"], "persisted": column["computed"]["persisted"]}
    return made


def fill_table(table, bind, include_columns, overridden):
    """The columns, key, constraints and indexes that the table has in the database."""
    from sqlalchemy import exc
    from sqlalchemy._clause import text
    from sqlalchemy.schema import (CheckConstraint, Column, Computed, ForeignKeyConstraint, Identity, Index,
                                   PrimaryKeyConstraint, UniqueConstraint)
    found = _cupel.table(table.schema or "", str(table.name))
    if found is None:
        raise exc.NoSuchTableError(str(table.name))
    key = found["primary_key"]["columns"] if found["primary_key"] else []
    facts = column_facts(found)
    for column in found["columns"]:
        if column["name"] in overridden or include_columns is not None and column["name"] not in include_columns:
            continue
        more = []
        if column["computed"] is not None:
            more.append(Computed(column["computed"]["expression"], column["computed"]["persisted"]))
        elif column["identity"] is not None:
            more.append(Identity(always=column["identity"]["always"]))
        default = column_info(column, found, facts)["default"]
        table.append_column(Column(column["name"], type_of(column["type"]), *more, nullable=column["nullable"],
                                   primary_key=column["name"] in key,
                                   server_default=text(default) if default is not None else None,
                                   comment=column["comment"] or None))
    if found["primary_key"]:
        table.append_constraint(PrimaryKeyConstraint(*key, name=found["primary_key"]["name"] or None))
    for item in found["constraints"]:
        name = item["name"] or None
        if item["kind"] == "unique":
            table.append_constraint(UniqueConstraint(*item["columns"], name=name))
        elif item["kind"] == "check":
            table.append_constraint(CheckConstraint(text(item["expression"]), name=name))
        elif item["kind"] == "foreignkey":
            target = item["referred_table"]
            prefix = (target["schema"] + "." if target["schema"] else "") + target["name"] + "."
            key = ForeignKeyConstraint(item["columns"], [prefix + column for column in item["referred_columns"]], name=name,
                                       ondelete=item["on_delete"] or None, onupdate=item["on_update"] or None)
            table.append_constraint(key)
            for column, element in zip(item["columns"], key.elements):
                if column in table.c:
                    element.parent = table.c[column]
                    table.c[column].foreign_keys.add(element)
    for index in found["indexes"]:
        names = [element["column"] or text(element["expression"]) for element in index["elements"]]
        made = Index(index["name"], *names, unique=index["unique"])
        made.table = table
        table.indexes.add(made)
