# SPDX-License-Identifier: MIT
"""inspect(bind): what the database holds, as SQLAlchemy's Inspector tells it. Answers are kept, as there, until
clear_cache()."""
import _cupel
from sqlalchemy._dialect import current


class Inspector:
    def __init__(self, bind=None):
        self.bind = bind
        self._tables = {}

    @classmethod
    def from_engine(cls, bind):
        return cls(bind)

    @property
    def engine(self):
        return self.bind

    @property
    def dialect(self):
        return current()

    @property
    def default_schema_name(self):
        return _cupel.default_schema()

    def clear_cache(self):
        self._tables = {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def _schema(self, schema):
        return "" if schema is None or schema == _cupel.default_schema() else str(schema)

    def _table(self, name, schema):
        key = (self._schema(schema), str(name))
        if key not in self._tables:
            found = _cupel.table(key[0], key[1])
            if found is None:
                from sqlalchemy import exc
                raise exc.NoSuchTableError(str(name))
            self._tables[key] = found
        return self._tables[key]

    # --- names

    def get_schema_names(self, **kw):
        names = _cupel.schema_names()
        return sorted(names + ["information_schema"]) if current().name == "postgresql" else names

    def get_table_names(self, schema=None, **kw):
        return _cupel.table_names(self._schema(schema))

    def get_view_names(self, schema=None, **kw):
        return _cupel.view_names(self._schema(schema))

    def get_materialized_view_names(self, schema=None, **kw):
        return [view["name"] for view in _cupel.schema(self._schema(schema))["views"] if view["materialized"]]

    def get_view_definition(self, view_name, schema=None, **kw):
        for view in _cupel.schema(self._schema(schema))["views"]:
            if view["name"] == view_name:
                return view["definition"]
        return None

    def get_temp_table_names(self, **kw):
        return []

    get_temp_view_names = get_temp_table_names

    def get_sequence_names(self, schema=None, **kw):
        return self._names("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                           "WHERE c.relkind = 'S' AND n.nspname = :schema ORDER BY 1", schema=schema or _cupel.default_schema())

    def get_enums(self, schema=None):
        found = _cupel.schema(self._schema(schema))
        return [{"name": enum["name"], "schema": enum["schema"] or _cupel.default_schema(), "visible": not enum["schema"],
                 "labels": enum["values"]} for enum in found["enums"]]

    def get_foreign_table_names(self, schema=None, **kw):
        return self._names("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                           "WHERE c.relkind = 'f' AND n.nspname = :schema ORDER BY 1", schema=schema or _cupel.default_schema())

    def get_table_oid(self, table_name, schema=None, **kw):
        self._table(table_name, schema)
        return self._names("SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                           "WHERE c.relname = :table AND n.nspname = :schema", table=str(table_name),
                           schema=schema or _cupel.default_schema())[0]

    def has_type(self, type_name, schema=None, **kw):
        return bool(self._names("SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = :name "
                                "AND " + ("n.nspname = :schema" if schema else "pg_type_is_visible(t.oid)"),
                                **({"name": type_name, "schema": schema} if schema else {"name": type_name})))

    def _names(self, sql, **values):
        return [row[0] for row in _cupel.execute(sql, values)[1]]

    def has_table(self, table_name, schema=None, **kw):
        return _cupel.has_table(self._schema(schema), str(table_name))

    def has_sequence(self, sequence_name, schema=None, **kw):
        return sequence_name in self.get_sequence_names(schema)

    def has_schema(self, schema_name, **kw):
        return schema_name in _cupel.schema_names()

    def has_index(self, table_name, index_name, schema=None, **kw):
        return self.has_table(table_name, schema) and index_name in [index["name"] for index in self.get_indexes(table_name, schema)]

    # --- one table

    def get_columns(self, table_name, schema=None, **kw):
        from sqlalchemy._reflect import column_facts, column_info
        table = self._table(table_name, schema)
        facts = column_facts(table)
        return [column_info(column, table, facts) for column in table["columns"]]

    def get_pk_constraint(self, table_name, schema=None, **kw):
        key = self._table(table_name, schema)["primary_key"]
        if key is None:
            return {"constrained_columns": [], "name": None}
        return {"constrained_columns": key["columns"], "name": key["name"] or None, "comment": key["comment"] or None}

    def get_primary_keys(self, table_name, schema=None, **kw):
        return self.get_pk_constraint(table_name, schema)["constrained_columns"]

    def _constraints(self, table_name, schema, kind):
        return [item for item in self._table(table_name, schema)["constraints"] if item["kind"] == kind]

    def get_foreign_keys(self, table_name, schema=None, **kw):
        found = []
        for key in self._constraints(table_name, schema, "foreignkey"):
            options = {}
            for name, field in (("ondelete", "on_delete"), ("onupdate", "on_update"), ("match", "match")):
                if key[field]:
                    options[name] = key[field]
            if key["deferral"]["deferrable"] is not None:
                options["deferrable"] = key["deferral"]["deferrable"]
            if key["deferral"]["initially"]:
                options["initially"] = key["deferral"]["initially"]
            referred = key["referred_table"]
            found.append({"name": key["name"] or None, "constrained_columns": key["columns"],
                          "referred_schema": referred["schema"] or None, "referred_table": referred["name"],
                          "referred_columns": key["referred_columns"], "options": options,
                          "comment": key["comment"] or None})
        return sorted(found, key=lambda item: item["name"] or "")

    def get_unique_constraints(self, table_name, schema=None, **kw):
        return [{"name": item["name"] or None, "column_names": item["columns"], "comment": item["comment"] or None}
                for item in self._constraints(table_name, schema, "unique")]

    def get_check_constraints(self, table_name, schema=None, **kw):
        return [{"name": item["name"] or None, "sqltext": item["expression"]}
                for item in self._constraints(table_name, schema, "check")]

    def get_indexes(self, table_name, schema=None, **kw):
        found = [self._index(index) for index in self._table(table_name, schema)["indexes"]]
        if current().name == "postgresql":
            for item in self.get_unique_constraints(table_name, schema):
                found.append({"name": item["name"], "unique": True, "column_names": item["column_names"],
                              "duplicates_constraint": item["name"], "include_columns": [],
                              "dialect_options": {"postgresql_include": []}})
        return sorted(found, key=lambda item: item["name"] or "")

    def _index(self, index):
        names = [element["column"] or None for element in index["elements"]]
        options = {"_where": index["where"]} if index["where"] else {}
        made = {"name": index["name"], "column_names": names, "unique": index["unique"], "include_columns": index["include"]}
        if None in names:
            made["expressions"] = [element["column"] or element["expression"] for element in index["elements"]]
        if current().name == "postgresql":
            options["_include"] = index["include"]
            if index["using_method"]:
                options["_using"] = index["using_method"]
            if index["with"]:
                options["_with"] = {name: value for name, value in index["with"]}
            sorting = {element["column"]: _sorting(element) for element in index["elements"] if element["column"] and _sorting(element)}
            if sorting:
                made["column_sorting"] = sorting
        made["dialect_options"] = {current().name + key: value for key, value in options.items()}
        return made

    def get_table_comment(self, table_name, schema=None, **kw):
        return {"text": self._table(table_name, schema)["comment"] or None}

    def get_table_options(self, table_name, schema=None, **kw):
        return {}

    def get_sorted_table_and_fkc_names(self, schema=None, **kw):
        """A table behind those that it refers to; the keys that close a circle stand at the end, without a table."""
        keys = {name: self.get_foreign_keys(name, schema) for name in self.get_table_names(schema)}
        waits = {name: {key["referred_table"] for key in found} & set(keys) - {name} for name, found in keys.items()}
        done, late = {}, []
        while len(done) < len(keys):
            ready = [name for name in keys if name not in done and not waits[name] - set(done)]
            if not ready:
                ready = [name for name in keys if name not in done][:1]
                late += [(ready[0], key["name"]) for key in keys[ready[0]]]
            for name in ready:
                done[name] = {key["name"] for key in keys[name] if (name, key["name"]) not in late}
        return list(done.items()) + [(None, late)]

    def sort_tables_on_foreign_key_dependency(self, consider_schemas=(None,), **kw):
        made, late = [], []
        for schema in consider_schemas:
            for name, keys in self.get_sorted_table_and_fkc_names(schema):
                if name is None:
                    late += [((schema, table), key) for table, key in keys]
                else:
                    made.append(((schema, name), [((schema, name), key) for key in keys]))
        return made + [(None, late)]

    def reflect_table(self, table, include_columns=None, exclude_columns=(), **kw):
        from sqlalchemy import _reflect
        _reflect.fill_table(table, self.bind, include_columns, list(exclude_columns))

    reflecttable = reflect_table


def _sorting(element):
    """What is not the default: NULLs stand first in a descending index."""
    made = ("desc",) if element["descending"] else ()
    if element["nulls"] == ("Last" if element["descending"] else "First"):
        made += ("nulls_" + element["nulls"].lower(),)
    return made


def _of_all(name):
    """get_multi_columns() and its like: {(schema, table): what get_columns() says}."""
    def method(self, schema=None, filter_names=None, kind=None, scope=None, **kw):
        names = self.get_table_names(schema)
        return {(schema, table): getattr(self, name)(table, schema) for table in names if filter_names is None or table in filter_names}

    return method


for _name in ("columns", "pk_constraint", "foreign_keys", "indexes", "unique_constraints", "check_constraints", "table_comment", "table_options"):
    setattr(Inspector, "get_multi_" + _name, _of_all("get_" + _name))


PGInspector = Inspector


def inspect(subject, raiseerr=True):
    """The inspector of a connection or engine; of a mapped class its mapper."""
    if isinstance(subject, type) or hasattr(subject, "__table__"):
        from sqlalchemy import orm
        return orm.inspect_mapped(subject)
    return Inspector(subject)
