# SPDX-License-Identifier: MIT
"""The helpers of sqlalchemy.util that scripts use."""
from collections import OrderedDict


def to_list(value, default=None):
    if value is None:
        return default
    return list(value) if isinstance(value, (list, tuple, set)) else [value]


def asbool(value):
    return value if isinstance(value, bool) else str(value).strip().lower() in ("true", "yes", "on", "y", "t", "1")


class immutabledict(dict):
    def union(self, other):
        made = immutabledict(self)
        made.update(other)
        return made


class memoized_property:
    def __init__(self, fget):
        self.fget = fget
        self.__name__ = fget.__name__

    def __get__(self, instance, cls):
        if instance is None:
            return self
        value = self.fget(instance)
        instance.__dict__[self.__name__] = value
        return value


def await_only(value):
    return value


def greenlet_spawn(fn, *args, **kw):
    return fn(*args, **kw)
