# SPDX-License-Identifier: MIT
from alembic.util import err, msg, warn
