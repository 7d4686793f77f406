# SPDX-License-Identifier: MIT
"""Operations as objects, as plug-ins of env.py name them."""
from alembic.operations import MigrateOperation


class _Op(MigrateOperation):
    def __init__(self, *args, **kw):
        self.args = args
        self.__dict__.update(kw)


class CreateTableOp(_Op):
    pass


class DropTableOp(_Op):
    pass


class AddColumnOp(_Op):
    pass


class DropColumnOp(_Op):
    pass


class AlterColumnOp(_Op):
    pass


class CreateIndexOp(_Op):
    pass


class DropIndexOp(_Op):
    pass


class AddConstraintOp(_Op):
    pass


class CreateUniqueConstraintOp(AddConstraintOp):
    pass


class CreateForeignKeyOp(AddConstraintOp):
    pass


class CreateCheckConstraintOp(AddConstraintOp):
    pass


class CreatePrimaryKeyOp(AddConstraintOp):
    pass


class DropConstraintOp(_Op):
    pass


class RenameTableOp(_Op):
    pass


class ExecuteSQLOp(_Op):
    pass


class BulkInsertOp(_Op):
    pass


class OpContainer(_Op):
    ops = ()


class ModifyTableOps(OpContainer):
    pass


class UpgradeOps(OpContainer):
    pass


class DowngradeOps(OpContainer):
    pass


class MigrationScript(_Op):
    pass
