# SPDX-License-Identifier: MIT
from alembic.runtime.environment import EnvironmentContext
