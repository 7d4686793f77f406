# SPDX-License-Identifier: MIT
"""Connections, results and inspectors; each name is loaded when it is used."""
import _cupel

_HOME = {"URL": "url", "make_url": "url", "Engine": "_create", "create_engine": "_create",
         "engine_from_config": "_create", "create_mock_engine": "_create"}
for _module, _names in (("base", "Connection Transaction NestedTransaction current_connection run_element"),
                        ("result", "Result CursorResult ResultProxy Row RowMapping LegacyRow ScalarResult MappingResult"),
                        ("reflection", "Inspector PGInspector inspect")):
    for _name in _names.split():
        _HOME[_name] = _module


def __getattr__(name):
    if name in ("url", "base", "reflection", "result", "row", "cursor", "default", "interfaces"):
        return _cupel.module("sqlalchemy.engine." + name)
    if name not in _HOME:
        raise AttributeError("module 'sqlalchemy.engine' has no attribute '" + name + "'")
    value = getattr(_cupel.module("sqlalchemy.engine." + _HOME[name]), name)
    globals()[name] = value
    return value
