# SPDX-License-Identifier: MIT
"""batch_alter_table: the calls are collected, and are one change of the table when the block ends."""
import _cupel
from alembic import op
from sqlalchemy._clause import conv
from sqlalchemy._dialect import current
from sqlalchemy.schema import (CheckConstraint, ExcludeConstraint, PrimaryKeyConstraint, UniqueConstraint,
                               convention_model)


class Batch:
    def __init__(self, table_name, schema, recreate, partial_reordering, copy_from, table_args, table_kwargs,
                 naming_convention):
        if recreate not in ("auto", "always", "never"):
            raise ValueError("recreate may be one of 'auto', 'always', or 'never'.")
        self.table_name = table_name
        self.schema = schema
        self._changes = []
        self._options = options = {"table": table_name, "schema": schema or "", "recreate": recreate}
        if partial_reordering:
            options["partial_reordering"] = [[str(column) for column in columns] for columns in partial_reordering]
        if copy_from is not None:
            options["copy_from"] = copy_from._arguments(current())
        constraints = [item._item(current()) for item in table_args if item is not None]
        if constraints:
            options["extra_constraints"] = constraints
        if "sqlite_autoincrement" in table_kwargs:
            options["autoincrement"] = bool(table_kwargs["sqlite_autoincrement"])
        if naming_convention:
            options["naming"] = convention_model(naming_convention)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.flush()
        return False

    def flush(self):
        changes = self._changes
        self._changes = []
        if changes or self._options["recreate"] == "always":
            _cupel.batch(self._options, changes)

    def _add(self, call, arguments):
        self._changes.append([call, arguments])

    @property
    def impl(self):
        return op.impl

    @property
    def migration_context(self):
        return op.get_context()

    def get_bind(self):
        return op.get_bind()

    def get_context(self):
        return op.get_context()

    def f(self, name):
        return conv(name)

    def execute(self, sqltext, **kw):
        op.execute(sqltext)

    def inline_literal(self, value, type_=None):
        return op.inline_literal(value, type_)

    def add_column(self, column, *, insert_before=None, insert_after=None, if_not_exists=None, inline_references=None,
                   inline_primary_key=None, **kw):
        if (insert_before or insert_after) and self._options["recreate"] == "auto":
            raise op._usage("Can't specify insert_before or insert_after when using ALTER; please specify "
                            "recreate='always'")
        self._add("add_column", op.add_column_arguments(
            self.table_name, column, self.schema,
            op._options(insert_before=insert_before, insert_after=insert_after, if_not_exists=if_not_exists,
                        inline_references=inline_references, inline_primary_key=inline_primary_key)))

    def drop_column(self, column_name, **kw):
        self._add("drop_column", op.drop_column_arguments(self.table_name, column_name, self.schema, kw))

    def alter_column(self, column_name, **kw):
        self._add("alter_column", op.alter_column_arguments(self.table_name, column_name, schema=self.schema, **kw))

    def create_primary_key(self, constraint_name, columns):
        self._constraint(PrimaryKeyConstraint(*op._list_of(columns), name=constraint_name))

    def create_unique_constraint(self, constraint_name, columns, **kw):
        self._constraint(UniqueConstraint(*op._list_of(columns), name=constraint_name, **kw))

    def create_check_constraint(self, constraint_name, condition, **kw):
        self._constraint(CheckConstraint(condition, name=constraint_name, **kw))

    def create_exclude_constraint(self, constraint_name, *elements, **kw):
        self._constraint(ExcludeConstraint(*elements, name=constraint_name, **kw))

    def create_foreign_key(self, constraint_name, referent_table, local_cols, remote_cols, *, referent_schema=None,
                           **kw):
        self._add("add_constraint", {"table": self.table_name, "schema": self.schema or "",
                                     "constraint": op.foreign_key(constraint_name, referent_table, local_cols,
                                                                  remote_cols, referent_schema, kw)})

    def _constraint(self, constraint):
        self._add("add_constraint", op.constraint_arguments(self.table_name, self.schema, constraint))

    def drop_constraint(self, constraint_name, type_=None, *, if_exists=None):
        self._add("drop_constraint",
                  op.drop_constraint_arguments(constraint_name, self.table_name, type_, self.schema, if_exists))

    def create_index(self, index_name, columns, *, unique=False, if_not_exists=None, **kw):
        op.check_keywords("create_index", kw, "quote", "info")
        self._add("create_index", op.create_index_arguments(index_name, self.table_name, columns, self.schema, unique,
                                                            if_not_exists, kw))

    def drop_index(self, index_name, *, if_exists=None, **kw):
        op.check_keywords("drop_index", kw, "quote", "info", "table_name")
        self._add("drop_index", op.drop_index_arguments(index_name, self.table_name, self.schema, if_exists, kw))

    def create_table_comment(self, comment, *, existing_comment=None):
        self._add("create_table_comment", {"table": self.table_name, "comment": comment or ""})

    def drop_table_comment(self, *, existing_comment=None):
        self._add("drop_table_comment", {"table": self.table_name})

    def rename_table(self, new_table_name):
        op.rename_table(self.table_name, new_table_name, schema=self.schema)


BatchOperations = Batch
