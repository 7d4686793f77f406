# SPDX-License-Identifier: MIT
from sqlalchemy_utils.types import TSVectorType
