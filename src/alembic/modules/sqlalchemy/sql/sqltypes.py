# SPDX-License-Identifier: MIT
from sqlalchemy.types import *
