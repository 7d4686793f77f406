# SPDX-License-Identifier: MIT
"""MySQL's own statements."""
from sqlalchemy.sql.dml import Insert, insert
