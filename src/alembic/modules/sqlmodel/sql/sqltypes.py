# SPDX-License-Identifier: MIT
from sqlalchemy import types
from sqlalchemy.types import CHAR, String, TypeDecorator, Uuid


class AutoString(TypeDecorator):
    """VARCHAR; of 255 characters where a length must be given."""
    impl = String
    cache_ok = True

    def __init__(self, length=None, *args, **kw):
        TypeDecorator.__init__(self, length, *args, **kw)
        self.length = length

    def load_dialect_impl(self, dialect):
        if dialect.name in ("mysql", "mariadb") and not self.impl.length:
            return String(255)
        return self.impl


class GUID(TypeDecorator):
    impl = CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return Uuid() if dialect.name == "postgresql" else CHAR(32)

    def process_bind_param(self, value, dialect):
        return None if value is None else str(value).replace("-", "")
