"""Exceptions as text."""
import _runtime
import sys as _sys


def format_exc(limit=None, chain=True):
    error = _runtime.exc_info()
    return "NoneType: None\n" if error is None else _runtime.format_exception(error) + "\n"


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    error = value if value is not None else exc
    return [line + "\n" for line in _runtime.format_exception(error).split("\n")]


def format_exception_only(exc, value=None):
    error = value if value is not None else exc
    text = str(error)
    return [f"{type(error).__name__}: {text}\n" if text else f"{type(error).__name__}\n"]


def print_exc(limit=None, file=None, chain=True):
    (file or _sys.stderr).write(format_exc())


def print_exception(exc, value=None, tb=None, limit=None, file=None, chain=True):
    (file or _sys.stderr).write("".join(format_exception(exc, value)))


def format_tb(tb, limit=None):
    return []


def print_tb(tb, limit=None, file=None):
    pass


def extract_tb(tb, limit=None):
    return []


def extract_stack(f=None, limit=None):
    return []


def print_stack(f=None, limit=None, file=None):
    pass


def format_stack(f=None, limit=None):
    return []
