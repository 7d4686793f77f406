# SPDX-License-Identifier: MIT
"""MariaDB: as MySQL."""
from sqlalchemy.dialects.mysql import *
