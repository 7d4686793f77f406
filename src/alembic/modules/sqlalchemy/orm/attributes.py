# SPDX-License-Identifier: MIT


def flag_modified(instance, key):
    """The value was changed in place: it is written again."""
    instance.__dict__.setdefault("_sa_flagged", set()).add(key)


def set_attribute(instance, key, value):
    setattr(instance, key, value)


def get_attribute(instance, key):
    return getattr(instance, key)


class InstrumentedAttribute:
    pass


QueryableAttribute = InstrumentedAttribute
