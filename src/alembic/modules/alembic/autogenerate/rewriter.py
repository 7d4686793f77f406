# SPDX-License-Identifier: MIT
from alembic.autogenerate import Rewriter
