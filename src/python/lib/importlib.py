"""Importing by name."""
import _runtime


def import_module(name, package=None):
    if name.startswith("."):
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        level = len(name) - len(name.lstrip("."))
        base = package.split(".")
        if level > 1:
            base = base[:-(level - 1)]
        name = ".".join(base + ([name[level:]] if name[level:] else []))
    return _runtime.import_module(name)


def reload(module):
    return module


def invalidate_caches():
    pass
