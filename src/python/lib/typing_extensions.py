"""typing, under its other name."""
from typing import *
from typing import (
    _Alias, TYPE_CHECKING, Annotated, Any, Callable, ClassVar, Final, ForwardRef, Generic, Literal, NamedTuple,
    Optional, ParamSpec, Protocol, Self, TypedDict, TypeVar, Union, cast, dataclass_transform,
    get_args, get_origin, get_type_hints, overload, override, runtime_checkable)


def deprecated(message, /, *, category=None, stacklevel=1):
    return lambda obj: obj


class TypeAliasType:
    def __init__(self, name, value, *, type_params=()):
        self.__name__, self.__value__ = name, value


def Doc(text):
    return text
