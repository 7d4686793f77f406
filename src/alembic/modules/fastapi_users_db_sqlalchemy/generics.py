# SPDX-License-Identifier: MIT
"""The id and date types of fastapi-users."""
from sqlalchemy.types import CHAR, TIMESTAMP, TypeDecorator


class GUID(TypeDecorator):
    """UUID where there is such a type, else CHAR(36)."""
    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            from sqlalchemy.types import UUID
            return UUID()
        return CHAR(36)

    def process_bind_param(self, value, dialect):
        return None if value is None else str(value)

    def process_result_value(self, value, dialect):
        if value is None or not isinstance(value, str):
            return value
        import uuid
        return uuid.UUID(value)


class TIMESTAMPAware(TypeDecorator):
    impl = TIMESTAMP
    cache_ok = True

    def __init__(self, *args, **kw):
        self.impl = TIMESTAMP(timezone=True)
