# SPDX-License-Identifier: MIT
"""sqlalchemy_utils: its types, as columns."""
from sqlalchemy_utils.types import *
from sqlalchemy_utils.types import _all as __all__
import sqlalchemy_utils.types as types
