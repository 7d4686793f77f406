# SPDX-License-Identifier: MIT
"""Operations(context), for those who make their own; and plug-ins that add to op."""
from alembic import op as _op


class Operations:
    def __init__(self, migration_context=None, impl=None):
        self.migration_context = migration_context
        self.impl = _op.impl

    def __getattr__(self, name):
        return getattr(_op, name)

    @classmethod
    def context(cls, migration_context):
        return _Using(cls(migration_context))

    @classmethod
    def register_operation(cls, name, sourcename=None):
        def register(op_cls):
            method = getattr(op_cls, sourcename or name)

            def call(*args, **kw):
                return method(Operations(), *args, **kw)

            setattr(_op, name, call)
            return op_cls

        return register

    @classmethod
    def implementation_for(cls, op_cls, replace=False):
        def register(function):
            op_cls._implementation = staticmethod(function)
            return function

        return register

    def invoke(self, operation):
        implementation = getattr(type(operation), "_implementation", None)
        if implementation is not None:
            return implementation(self, operation)
        return operation.invoke()


class _Using:
    def __init__(self, operations):
        self.operations = operations

    def __enter__(self):
        return self.operations

    def __exit__(self, *error):
        return False


class MigrateOperation:
    def reverse(self):
        raise NotImplementedError(type(self).__name__)


AbstractOperations = Operations


def __getattr__(name):
    if name == "BatchOperations":
        from alembic.operations.batch import Batch
        return Batch
    if name in ("ops", "base", "batch", "schemaobj"):
        import importlib
        return importlib.import_module("alembic.operations." + name)
    raise AttributeError("module 'alembic.operations' has no attribute '" + name + "'")
