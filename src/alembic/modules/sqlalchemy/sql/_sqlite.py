# SPDX-License-Identifier: MIT
"""SQLite's own statements."""
from sqlalchemy.sql._postgresql import Insert, insert
