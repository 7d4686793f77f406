"""Finding modules."""
import importlib


def find_spec(name, package=None):
    try:
        module = importlib.import_module(name, package)
    except ImportError:
        return None
    return getattr(module, "__spec__", None) or module
