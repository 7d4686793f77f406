# SPDX-License-Identifier: MIT
from alembic.operations import Operations, MigrateOperation
from alembic.operations.batch import Batch as BatchOperations
