# SPDX-License-Identifier: MIT
"""Models and sessions, as far as revisions use them; each name is loaded when it is used."""
import _cupel

_HOME = {}
for _module, _names in (
        ("mapping", "DeclarativeBase DeclarativeBaseNoMeta DeclarativeMeta Mapped MappedAsDataclass MappedColumn as_declarative "
                    "backref column_property configure_mappers declarative_base declarative_mixin declared_attr deferred "
                    "foreign mapped_column mapper registry relation relationship remote synonym validates reconstructor "
                    "composite clear_mappers WriteOnlyMapped DynamicMapped inspect_mapped class_mapper query_expression"),
        ("session", "Query Session aliased attributes contains_eager defer joinedload lazyload load_only noload object_session "
                    "raiseload scoped_session selectinload sessionmaker subqueryload undefer with_loader_criteria make_transient "
                    "close_all_sessions immediateload Load")):
    for _name in _names.split():
        _HOME[_name] = _module


def __getattr__(name):
    if name in ("session", "mapping", "exc", "query", "attributes", "decl_api", "relationships", "strategy_options"):
        return _cupel.module("sqlalchemy.orm." + name)
    if name not in _HOME:
        raise AttributeError("module 'sqlalchemy.orm' has no attribute '" + name + "'")
    value = getattr(_cupel.module("sqlalchemy.orm." + _HOME[name]), name)
    globals()[name] = value
    return value
