# SPDX-License-Identifier: MIT
"""@compiles: a class's own way of being written, on all databases or on some."""


def compiles(class_, *databases):
    def decorate(function):
        known = dict(class_.__dict__.get("_compiles") or {})
        for database in databases or ("",):
            known[database] = function
        class_._compiles = known
        return function

    return decorate


def deregister(class_):
    class_._compiles = None
