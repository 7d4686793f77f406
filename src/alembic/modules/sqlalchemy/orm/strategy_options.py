# SPDX-License-Identifier: MIT
from sqlalchemy.orm.session import *
