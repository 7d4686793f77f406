# SPDX-License-Identifier: MIT
from sqlalchemy.engine import inspect
