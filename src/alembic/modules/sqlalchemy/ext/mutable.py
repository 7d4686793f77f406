# SPDX-License-Identifier: MIT
"""Types that notice changes in their values: here they are the types themselves."""
from sqlalchemy.types import to_instance


class Mutable:
    @classmethod
    def as_mutable(cls, sqltype):
        return to_instance(sqltype)

    @classmethod
    def associate_with(cls, sqltype):
        pass

    def changed(self):
        pass


class MutableDict(Mutable, dict):
    pass


class MutableList(Mutable, list):
    pass


class MutableSet(Mutable, set):
    pass
