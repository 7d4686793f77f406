"""Files beside modules."""
import importlib
import os.path
from pathlib import Path


def files(package):
    if isinstance(package, str):
        package = importlib.import_module(package)
    path = getattr(package, "__path__", None)
    return Path(list(path)[0] if path else os.path.dirname(package.__file__))


def read_text(package, resource, encoding="utf-8", errors="strict"):
    return (files(package) / resource).read_text(encoding, errors)


def read_binary(package, resource):
    return (files(package) / resource).read_bytes()


def open_text(package, resource, encoding="utf-8", errors="strict"):
    return (files(package) / resource).open(encoding=encoding, errors=errors)


def is_resource(package, name):
    return (files(package) / name).is_file()


def contents(package):
    return [path.name for path in files(package).iterdir()]
