# SPDX-License-Identifier: MIT
from sqlalchemy._clause import conv
from sqlalchemy.sql.expression import *
