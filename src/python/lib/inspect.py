"""Questions about objects."""
import _runtime
import types as _types


def isclass(obj): return isinstance(obj, type)
def isfunction(obj): return isinstance(obj, _types.FunctionType)
def ismethod(obj): return isinstance(obj, _types.MethodType)
def isbuiltin(obj): return isinstance(obj, _types.BuiltinFunctionType)
def isroutine(obj): return isfunction(obj) or ismethod(obj) or isbuiltin(obj)
def ismodule(obj): return isinstance(obj, _types.ModuleType)
def isgenerator(obj): return isinstance(obj, _types.GeneratorType)
def isgeneratorfunction(obj): return _runtime.is_generator(getattr(obj, "__func__", obj))
def iscoroutinefunction(obj): return _runtime.is_async(getattr(obj, "__func__", obj))
def isasyncgenfunction(obj): return iscoroutinefunction(obj) and isgeneratorfunction(obj)
def iscoroutine(obj): return False
def isawaitable(obj): return hasattr(obj, "__await__")
def isabstract(obj): return bool(getattr(obj, "__abstractmethods__", None))
def isdatadescriptor(obj): return hasattr(type(obj), "__set__") or isinstance(obj, property)
def ismethoddescriptor(obj): return hasattr(type(obj), "__get__") and not isdatadescriptor(obj)


class _Empty:
    pass


class _Kind(int):
    def __new__(cls, value, name):
        made = int.__new__(cls, value)
        made.name = name
        return made

    def __repr__(self):
        return f"<_ParameterKind.{self.name}: {int(self)}>"

    def __str__(self):
        return self.name


_kinds = [_Kind(i, name) for i, name in enumerate(
    ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD"))]


class Parameter:
    empty = _Empty
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _kinds

    def __init__(self, name, kind, *, default=_Empty, annotation=_Empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def replace(self, **changes):
        return Parameter(changes.get("name", self.name), changes.get("kind", self.kind),
                         default=changes.get("default", self.default), annotation=changes.get("annotation", self.annotation))

    def __str__(self):
        out = {2: "*", 4: "**"}.get(int(self.kind), "") + self.name
        if self.annotation is not _Empty:
            out += f": {formatannotation(self.annotation)}"
        if self.default is not _Empty:
            out += f" = {self.default!r}" if self.annotation is not _Empty else f"={self.default!r}"
        return out

    def __repr__(self):
        return f'<Parameter "{self}">'


def formatannotation(annotation):
    if isinstance(annotation, type):
        return annotation.__qualname__ if annotation.__module__ == "builtins" else f"{annotation.__module__}.{annotation.__qualname__}"
    return repr(annotation)


class Signature:
    empty = _Empty

    def __init__(self, parameters=(), *, return_annotation=_Empty):
        self.parameters = {one.name: one for one in parameters}
        self.return_annotation = return_annotation

    def bind(self, *args, **kwargs):
        bound = BoundArguments(self, {})
        rest = list(args)
        for name, one in self.parameters.items():
            if one.kind == 2:
                bound.arguments[name], rest = tuple(rest), []
            elif one.kind == 4:
                bound.arguments[name], kwargs = dict(kwargs), {}
            elif rest and one.kind < 2:
                bound.arguments[name] = rest.pop(0)
            elif name in kwargs:
                bound.arguments[name] = kwargs.pop(name)
            elif one.default is _Empty:
                raise TypeError(f"missing a required argument: {name!r}")
        if rest:
            raise TypeError("too many positional arguments")
        if kwargs:
            raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
        return bound

    def replace(self, *, parameters=None, return_annotation=None):
        return Signature(parameters if parameters is not None else self.parameters.values(),
                         return_annotation=return_annotation or self.return_annotation)

    def __str__(self):
        parts, star = [], False
        previous = None
        for one in self.parameters.values():
            if previous is not None and previous.kind == 0 and one.kind != 0:
                parts.append("/")
            if one.kind == 2:
                star = True
            if one.kind == 3 and not star:
                parts.append("*")
                star = True
            parts.append(str(one))
            previous = one
        if previous is not None and previous.kind == 0:
            parts.append("/")
        tail = "" if self.return_annotation is _Empty else f" -> {formatannotation(self.return_annotation)}"
        return f"({', '.join(parts)}){tail}"

    def __repr__(self):
        return f"<Signature {self}>"


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    def apply_defaults(self):
        for name, one in self.signature.parameters.items():
            if name not in self.arguments:
                self.arguments[name] = () if one.kind == 2 else {} if one.kind == 4 else one.default

    @property
    def args(self):
        out = []
        for name, one in self.signature.parameters.items():
            if name in self.arguments and one.kind < 3:
                out.extend(self.arguments[name]) if one.kind == 2 else out.append(self.arguments[name])
        return tuple(out)

    @property
    def kwargs(self):
        out = {}
        for name, one in self.signature.parameters.items():
            if name in self.arguments and one.kind >= 3:
                out.update(self.arguments[name]) if one.kind == 4 else out.__setitem__(name, self.arguments[name])
        return out


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__"):
        func = func.__wrapped__
    return func


def signature(obj, **kwargs):
    bound = False
    if isinstance(obj, type):
        obj, bound = obj.__init__, True
    func = unwrap(obj)
    if ismethod(func):
        func, bound = func.__func__, True
    if not isfunction(func):
        call = getattr(type(func), "__call__", None)
        if not isfunction(call):
            raise ValueError(f"no signature found for builtin {obj!r}")
        func, bound = call, True
    annotations = func.__annotations__
    parameters = [Parameter(name, _kinds[kind], default=default if has else _Empty, annotation=annotations.get(name, _Empty))
                  for name, kind, has, default in _runtime.signature(func)]
    return Signature(parameters[1:] if bound else parameters, return_annotation=annotations.get("return", _Empty))


def getfullargspec(func):
    from collections import namedtuple
    spec = namedtuple("FullArgSpec", "args varargs varkw defaults kwonlyargs kwonlydefaults annotations")
    func = getattr(func, "__func__", func)
    rows = _runtime.signature(func)
    return spec([r[0] for r in rows if r[1] < 2], next((r[0] for r in rows if r[1] == 2), None),
                next((r[0] for r in rows if r[1] == 4), None), func.__defaults__,
                [r[0] for r in rows if r[1] == 3], func.__kwdefaults__, func.__annotations__)


def getmembers(obj, predicate=None):
    out = []
    for name in dir(obj):
        try:
            value = getattr(obj, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            out.append((name, value))
    return out


def getmro(cls): return cls.__mro__
def getdoc(obj): return cleandoc(obj.__doc__) if obj.__doc__ else None
def getmodule(obj): return __import__("sys").modules.get(getattr(obj, "__module__", None))
def getfile(obj): return obj.__code__.co_filename if hasattr(obj, "__code__") else obj.__file__


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getsource(obj):
    raise OSError("could not get source code")


def currentframe():
    return None


def stack(context=1):
    return []
