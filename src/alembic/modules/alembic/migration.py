# SPDX-License-Identifier: MIT
from alembic.runtime.migration import MigrationContext
