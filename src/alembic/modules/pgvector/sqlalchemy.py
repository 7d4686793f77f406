# SPDX-License-Identifier: MIT
"""pgvector's column types."""
from sqlalchemy.types import UserDefinedType, with_arguments


class VECTOR(UserDefinedType):
    cache_ok = True
    _name = "VECTOR"

    def __init__(self, dim=None):
        self.dim = dim

    def get_col_spec(self, **kw):
        return with_arguments(self._name, self.dim)

    def bind_processor(self, dialect):
        def process(value):
            if value is None or isinstance(value, str):
                return value
            return "[" + ",".join([str(float(item)) for item in value]) + "]"

        return process

    def result_processor(self, dialect, coltype):
        def process(value):
            return [float(item) for item in value[1:-1].split(",")] if isinstance(value, str) else value

        return process


class HALFVEC(VECTOR):
    _name = "HALFVEC"


class SPARSEVEC(VECTOR):
    _name = "SPARSEVEC"


class BIT(VECTOR):
    _name = "BIT"


Vector = VECTOR
HalfVector = HALFVEC
SparseVector = SPARSEVEC
