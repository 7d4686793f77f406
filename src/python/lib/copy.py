"""Copies of objects."""
import _runtime

_plain = (type(None), int, float, bool, str, bytes, type, range, slice, type(...), type(NotImplemented),
          _runtime.function, _runtime.builtin_function_or_method, _runtime.method, _runtime.module, property)


class Error(Exception):
    pass


error = Error


def copy(x):
    cls = type(x)
    if cls in _plain or isinstance(x, type):
        return x
    method = getattr(cls, "__copy__", None)
    if method is not None:
        return method(x)
    if cls in (list, dict, set):
        return x.copy()
    if cls in (tuple, frozenset):
        return x
    return _rebuild(x, lambda value: value)


def _rebuild(x, convert):
    cls = type(x)
    if isinstance(x, dict):
        made = cls.__new__(cls)
        for key, value in x.items():
            dict.__setitem__(made, convert(key), convert(value))
    elif isinstance(x, list):
        made = cls.__new__(cls)
        for item in x:
            list.append(made, convert(item))
    elif isinstance(x, (set, frozenset)):
        made = cls([convert(item) for item in x])
    elif isinstance(x, tuple):
        made = tuple.__new__(cls, [convert(item) for item in x])
    elif isinstance(x, (str, int, float, bytes)) or _runtime.is_native(x):
        return x
    else:
        made = _runtime.copy_instance(x)
        if convert is not None:
            for name, value in list(made.__dict__.items()):
                made.__dict__[name] = convert(value)
        return made
    for name, value in getattr(x, "__dict__", {}).items():
        made.__dict__[name] = convert(value)
    return made


def deepcopy(x, memo=None):
    cls = type(x)
    if cls in _plain or isinstance(x, type):
        return x
    if memo is None:
        memo = {}
    known = memo.get(id(x))
    if known is not None:
        return known
    method = getattr(cls, "__deepcopy__", None)
    if method is not None:
        made = method(x, memo)
    elif cls is list:
        made = memo[id(x)] = []
        for item in x:
            made.append(deepcopy(item, memo))
    elif cls is dict:
        made = memo[id(x)] = {}
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        made = tuple([deepcopy(item, memo) for item in x])
    elif not isinstance(x, (dict, list, set, frozenset, tuple)) and not _runtime.is_native(x):
        made = memo[id(x)] = _runtime.copy_instance(x)
        for name, value in list(made.__dict__.items()):
            made.__dict__[name] = deepcopy(value, memo)
    else:
        made = _rebuild(x, lambda value: deepcopy(value, memo))
    memo[id(x)] = made
    memo.setdefault("keep", []).append(x)
    return made
