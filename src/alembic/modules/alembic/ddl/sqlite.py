# SPDX-License-Identifier: MIT
from alembic.ddl import DefaultImpl


class SQLiteImpl(DefaultImpl):
    pass
