# SPDX-License-Identifier: MIT
from alembic.ddl import DefaultImpl


class PostgresqlImpl(DefaultImpl):
    pass
