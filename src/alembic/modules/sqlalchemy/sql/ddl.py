# SPDX-License-Identifier: MIT
from sqlalchemy.schema import *
