# SPDX-License-Identifier: MIT
"""For histories.py: packages that are not installed become modules whose every name is a class that takes anything, so that real
Alembic can import scripts that import an application. A script that uses such a name for more than a type still fails."""
import importlib.machinery
import os
import sys
import types


class Permissive(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything

    def __iter__(cls):
        return iter(())

    def __or__(cls, other):
        return cls

    __ror__ = __or__

    def __getitem__(cls, key):
        return cls

    def __setitem__(cls, key, value):
        pass

    def __contains__(cls, key):
        return False


class Anything(metaclass=Permissive):
    def __init__(self, *args, **kw):
        pass

    def __init_subclass__(cls, **kw):
        pass

    def __call__(self, *args, **kw):
        return args[0] if len(args) == 1 and callable(args[0]) and not kw else self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything

    def __getitem__(self, key):
        return self

    def __iter__(self):
        return iter(())

    def __bool__(self):
        return False


class Stub(types.ModuleType):
    __path__ = []
    __version__ = "99.0.0"

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything


class Finder:
    """The last one asked."""
    found = set()

    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        generated = name.split(".")[-1] in ("_version", "_build_info", "version")
        if "." in name and top not in self.found and not generated:
            return None
        self.found.add(top if "." not in name else name)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Stub(spec.name)

    def exec_module(self, module):
        pass


class TolerantLoader:
    """Runs one of the application's own modules; what cannot be run here (it wants settings, a server, another Python) becomes a stub."""
    def __init__(self, loader):
        self.loader = loader

    def __getattr__(self, name):
        return getattr(self.loader, name)

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        try:
            self.loader.exec_module(module)
        except (Exception, SystemExit):
            module.__class__ = Stub
            if "__path__" not in module.__dict__:
                module.__path__ = []


class OwnModules:
    """The first one asked, about modules below HISTORIES_ROOT."""
    root = os.environ.get("HISTORIES_ROOT", "")

    def find_spec(self, name, path=None, target=None):
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None or not self.root or not (spec.origin or "").startswith(self.root + os.sep):
            return None
        Finder.found.add(name.split(".")[0])  # what is missing inside of it is a stub as well
        spec.loader = TolerantLoader(spec.loader)
        return spec


sys.meta_path.insert(0, OwnModules())
sys.meta_path.append(Finder())
try:
    import pydantic
    if not hasattr(pydantic, "field_validator"):  # the first generation, which no present application imports
        for name in [name for name in sys.modules if name.split(".")[0] == "pydantic"]:
            del sys.modules[name]
        sys.modules["pydantic"] = Stub("pydantic")
        Finder.found.add("pydantic")
except ImportError:
    pass
