# SPDX-License-Identifier: MIT
from sqlalchemy.orm.mapping import (DeclarativeMeta, as_declarative, declarative_base, declarative_mixin, declared_attr)


class AbstractConcreteBase:
    __abstract__ = True


class ConcreteBase:
    __abstract__ = True


class DeferredReflection:
    __abstract__ = True
