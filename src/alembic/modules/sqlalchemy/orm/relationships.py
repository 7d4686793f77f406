# SPDX-License-Identifier: MIT
from sqlalchemy.orm.mapping import *
