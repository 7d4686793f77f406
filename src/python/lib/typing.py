"""Annotations: objects that can be written, compared and taken apart."""
import collections as _collections
import types as _types

TYPE_CHECKING = False


def _show(item):
    if isinstance(item, type) and not hasattr(item, "__args__"):
        return item.__qualname__ if item.__module__ == "builtins" else f"{item.__module__}.{item.__qualname__}"
    if item is ...:
        return "..."
    if isinstance(item, list):
        return "[" + ", ".join(map(_show, item)) + "]"
    if isinstance(item, _Literal_item):
        return repr(item.value)
    return repr(item)


class _Literal_item:
    def __init__(self, value):
        self.value = value


class _Base:
    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __mro_entries__(self, bases):
        return ()


class _Special(_Base):
    """Any, Optional, ClassVar and so on."""

    def __init__(self, name, make=None):
        self._name = self.__name__ = self.__qualname__ = name
        self._make = make

    def __getitem__(self, item):
        args = item if isinstance(item, tuple) else (item,)
        if self._make is not None:
            return self._make(self, args)
        return _Alias(self, args)

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __repr__(self):
        return f"typing.{self._name}"

    def __reduce__(self):
        return self._name


class _Alias(_Base):
    def __init__(self, origin, args, name=None, inst=True):
        self._given = origin
        self.__args__ = args
        self._name = name or getattr(origin, "_name", None) or getattr(origin, "__name__", None)
        self.__parameters__ = tuple(dict.fromkeys(p for a in args for p in (
            [a] if isinstance(a, TypeVar) else getattr(a, "__parameters__", ()))))
        self.__module__ = "typing"

    @property
    def __origin__(self):
        return self._given._origin if isinstance(self._given, _Named) else self._given

    def __getitem__(self, item):
        given = item if isinstance(item, tuple) else (item,)
        table = dict(zip(self.__parameters__, given))

        def replace(arg):
            if isinstance(arg, TypeVar):
                return table.get(arg, arg)
            if isinstance(arg, _Alias) and arg.__parameters__:
                return arg[tuple(table.get(p, p) for p in arg.__parameters__)]
            return arg
        return _Alias(self.__origin__, tuple(map(replace, self.__args__)), self._name)

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __mro_entries__(self, bases):
        origin = self.__origin__
        if isinstance(origin, _Generic_alias):
            return (origin._origin,)
        if isinstance(origin, _Special):
            return ()
        return (origin,)

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        if self._given is not other._given and self.__origin__ is not other.__origin__:
            return False
        if self._given is Union:
            return set(self.__args__) == set(other.__args__)
        return self.__args__ == other.__args__

    def __hash__(self):
        return hash((id(self.__origin__), frozenset(self.__args__) if self.__origin__ is Union else self.__args__))

    def __instancecheck__(self, instance):
        return self.__subclasscheck__(type(instance))

    def __subclasscheck__(self, cls):
        if self.__origin__ is Union:
            return any(issubclass(cls, arg) for arg in self.__args__)
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __repr__(self):
        if self.__origin__ is Union:
            if len(self.__args__) == 2 and type(None) in self.__args__:
                other = next(arg for arg in self.__args__ if arg is not type(None))
                return f"typing.Optional[{_show(other)}]"
        if self.__origin__ is Literal:
            return f"typing.Literal[{', '.join(map(repr, self.__args__))}]"
        if self._name == "Annotated":
            return f"typing.Annotated[{_show(self.__origin__)}, {', '.join(map(repr, self.__metadata__))}]"
        name = f"typing.{self._name}" if not isinstance(self.__origin__, type) or self._name[0].isupper() and self.__origin__.__module__ in (
            "builtins", "collections", "collections.abc", "typing") else _show(self.__origin__)
        if self._name == "Callable" and len(self.__args__) > 1:
            *args, result = self.__args__
            shown = "..." if args == [...] else "[" + ", ".join(map(_show, args)) + "]"
            return f"{name}[{shown}, {_show(result)}]"
        return f"{name}[{', '.join(map(_show, self.__args__))}]"


def _flat_union(self, args):
    flat = []
    for arg in args:
        arg = type(None) if arg is None else ForwardRef(arg) if isinstance(arg, str) else arg
        if isinstance(arg, _Alias) and arg._given is Union or isinstance(arg, _types.UnionType):
            flat.extend(arg.__args__)
        else:
            flat.append(arg)
    unique = []
    for arg in flat:
        if arg not in unique:
            unique.append(arg)
    return unique[0] if len(unique) == 1 else _Alias(Union, tuple(unique), "Union")


def _annotated(self, args):
    origin, *metadata = args
    if isinstance(origin, _Alias) and origin._name == "Annotated":
        metadata = [*origin.__metadata__, *metadata]
        origin = origin.__origin__
    made = _Alias(origin, (origin,), "Annotated")
    made.__metadata__ = tuple(metadata)
    return made


class _AnyMeta(type):
    def __repr__(cls):
        return "typing.Any" if cls is Any else type.__repr__(cls)

    def __instancecheck__(cls, instance):
        if cls is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return type.__instancecheck__(cls, instance)

    def __or__(cls, other):
        return Union[cls, other]

    def __ror__(cls, other):
        return Union[other, cls]


class Any(metaclass=_AnyMeta):
    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


Union = _Special("Union", _flat_union)
Optional = _Special("Optional", lambda self, args: Union[args[0], None])
Literal = _Special("Literal", lambda self, args: _Alias(Literal, args, "Literal"))
Annotated = _Special("Annotated", _annotated)
ClassVar = _Special("ClassVar")
Final = _Special("Final")
Required = _Special("Required")
NotRequired = _Special("NotRequired")
ReadOnly = _Special("ReadOnly")
Concatenate = _Special("Concatenate")
TypeGuard = _Special("TypeGuard")
TypeIs = _Special("TypeIs")
Unpack = _Special("Unpack")
NoReturn = _Special("NoReturn")
Never = _Special("Never")
Self = _Special("Self")
LiteralString = _Special("LiteralString")
TypeAlias = _Special("TypeAlias")


class _Generic_alias(_Special):
    """List, Dict and so on: names for a class."""

    def __init__(self, name, origin):
        super().__init__(name)
        self._given = origin

    @property
    def _origin(self):
        return self._given

    __origin__ = _origin

    def _source(self):
        return self._given

    def __getitem__(self, item):
        args = item if isinstance(item, tuple) else (item,)
        if self._name == "Callable" and args and isinstance(args[0], (list, tuple)):
            args = (*args[0], *args[1:])
        return _Alias(self._source(), tuple(ForwardRef(a) if isinstance(a, str) else type(None) if a is None else a for a in args), self._name)

    def __call__(self, *args, **kwargs):
        return self._origin(*args, **kwargs)

    def __mro_entries__(self, bases):
        return (self._origin,)

    def __instancecheck__(self, instance):
        return isinstance(instance, self._origin)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self._origin)


class _Named(_Generic_alias):
    """A name for a class of another module, which is read when somebody wants to know more."""

    @property
    def _origin(self):
        if isinstance(self._given, str):
            module, _, name = self._given.rpartition(".")
            self._given = getattr(__import__(module, None, None, [name]), name)
        return self._given

    __origin__ = _origin

    def _source(self):
        return self


List = _Generic_alias("List", list)
Dict = _Generic_alias("Dict", dict)
Set = _Generic_alias("Set", set)
FrozenSet = _Generic_alias("FrozenSet", frozenset)
Tuple = _Generic_alias("Tuple", tuple)
Type = _Generic_alias("Type", type)
DefaultDict = _Named("DefaultDict", "collections.defaultdict")
OrderedDict = _Named("OrderedDict", "collections.OrderedDict")
Counter = _Named("Counter", "collections.Counter")
Deque = _Named("Deque", "collections.deque")
ChainMap = _Named("ChainMap", "collections.ChainMap")
Callable = _Named("Callable", "collections.abc.Callable")
Iterable = _Named("Iterable", "collections.abc.Iterable")
Iterator = _Named("Iterator", "collections.abc.Iterator")
Generator = _Named("Generator", "collections.abc.Generator")
Sequence = _Named("Sequence", "collections.abc.Sequence")
MutableSequence = _Named("MutableSequence", "collections.abc.MutableSequence")
Mapping = _Named("Mapping", "collections.abc.Mapping")
MutableMapping = _Named("MutableMapping", "collections.abc.MutableMapping")
Collection = _Named("Collection", "collections.abc.Collection")
Container = _Named("Container", "collections.abc.Container")
AbstractSet = _Named("AbstractSet", "collections.abc.Set")
MutableSet = _Named("MutableSet", "collections.abc.MutableSet")
Sized = _Named("Sized", "collections.abc.Sized")
Hashable = _Named("Hashable", "collections.abc.Hashable")
Reversible = _Named("Reversible", "collections.abc.Reversible")
KeysView = _Named("KeysView", "collections.abc.KeysView")
ValuesView = _Named("ValuesView", "collections.abc.ValuesView")
ItemsView = _Named("ItemsView", "collections.abc.ItemsView")
Awaitable = _Named("Awaitable", "collections.abc.Awaitable")
Coroutine = _Named("Coroutine", "collections.abc.Coroutine")
AsyncIterable = _Named("AsyncIterable", "collections.abc.AsyncIterable")
AsyncIterator = _Named("AsyncIterator", "collections.abc.AsyncIterator")
AsyncGenerator = _Named("AsyncGenerator", "collections.abc.AsyncGenerator")
Pattern = _Named("Pattern", "re.Pattern")
Match = _Named("Match", "re.Match")
ByteString = bytes
Text = str


class ForwardRef:
    def __init__(self, arg, **kwargs):
        self.__forward_arg__ = arg

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f"ForwardRef({self.__forward_arg__!r})"


class TypeVar(_Base):
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, default=None):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound

    def __repr__(self):
        return f"~{self.__name__}"


class ParamSpec(TypeVar):
    args = property(lambda self: self)
    kwargs = property(lambda self: self)


class TypeVarTuple(TypeVar):
    def __iter__(self):
        yield Unpack[self]


AnyStr = TypeVar("AnyStr", bytes, str)
T = TypeVar("T")


class Generic:
    def __class_getitem__(cls, item):
        args = item if isinstance(item, tuple) else (item,)
        return _Alias(cls, args, cls.__name__)


class _ProtocolMeta(type):
    def __instancecheck__(cls, instance):
        if type.__instancecheck__(cls, instance):
            return True
        if not cls.__dict__.get("_is_runtime"):
            return False
        names = [name for base in cls.__mro__ if base not in (object, Generic, Protocol)
                 for name in (*base.__dict__, *base.__dict__.get("__annotations__", ())) if not name.startswith("_")]
        return all(hasattr(instance, name) for name in names)


class Protocol(Generic, metaclass=_ProtocolMeta):
    pass


def runtime_checkable(cls):
    cls._is_runtime = True
    return cls


runtime = runtime_checkable


class _SupportsMeta(_ProtocolMeta):
    def __instancecheck__(cls, instance):
        return hasattr(instance, cls._method)


class SupportsInt(Protocol, metaclass=_SupportsMeta):
    _method = "__int__"


class SupportsFloat(Protocol, metaclass=_SupportsMeta):
    _method = "__float__"


class SupportsIndex(Protocol, metaclass=_SupportsMeta):
    _method = "__index__"


class SupportsAbs(Protocol, metaclass=_SupportsMeta):
    _method = "__abs__"


class SupportsBytes(Protocol, metaclass=_SupportsMeta):
    _method = "__bytes__"


class SupportsRound(Protocol, metaclass=_SupportsMeta):
    _method = "__round__"


class IO(Generic):
    pass


class TextIO(IO):
    pass


class BinaryIO(IO):
    pass


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, names):
        if names.get("_is_root"):
            return super().__new__(mcls, name, bases, names)
        fields = names.get("__annotations__", {})
        defaults = []
        for field in fields:
            if field in names:
                defaults.append(names[field])
            elif defaults:
                raise TypeError(f"Non-default namedtuple field {field} cannot follow default fields")
        made = _collections.namedtuple(name, list(fields), defaults=defaults, module=names.get("__module__"))
        made.__annotations__ = dict(fields)
        for key, value in names.items():
            if key not in fields and key not in ("__annotations__", "__module__", "__qualname__", "__classcell__"):
                setattr(made, key, value)
        made.__qualname__ = names.get("__qualname__", name)
        return made


class _NamedTupleRoot(metaclass=_NamedTupleMeta):
    _is_root = True


class _NamedTuple:
    def __call__(self, typename, fields=None, /, **kwargs):
        pairs = list(fields) if fields is not None else list(kwargs.items())
        made = _collections.namedtuple(typename, [name for name, _ in pairs])
        made.__annotations__ = dict(pairs)
        return made

    def __mro_entries__(self, bases):
        return (_NamedTupleRoot,)


NamedTuple = _NamedTuple()


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, names, total=True, closed=None):
        made = super().__new__(mcls, name, (dict,), names)
        annotations = {}
        for base in bases:
            annotations.update(getattr(base, "__annotations__", {}))
        annotations.update(names.get("__annotations__", {}))
        made.__annotations__ = annotations
        made.__total__ = total
        made.__required_keys__ = frozenset(annotations if total else ())
        made.__optional_keys__ = frozenset(() if total else annotations)
        return made

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        raise TypeError("TypedDict does not support instance and class checks")


class _TypedDictRoot(dict, metaclass=_TypedDictMeta):
    pass


class _TypedDict:
    def __call__(self, typename, fields=None, /, *, total=True, **kwargs):
        return _TypedDictMeta(typename, (), {"__annotations__": dict(fields or kwargs)}, total=total)

    def __mro_entries__(self, bases):
        return (_TypedDictRoot,)


TypedDict = _TypedDict()


def NewType(name, tp):
    def make(value):
        return value
    make.__name__ = make.__qualname__ = name
    make.__supertype__ = tp
    return make


def cast(typ, val):
    return val


def assert_type(val, typ):
    return val


def assert_never(arg):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def reveal_type(obj):
    return obj


def overload(func):
    return func


def final(f):
    return f


def override(method):
    return method


def no_type_check(arg):
    return arg


def no_type_check_decorator(decorator):
    return decorator


def dataclass_transform(**kwargs):
    return lambda cls: cls


def get_overloads(func):
    return []


def get_origin(tp):
    if isinstance(tp, _Alias):
        if tp._name == "Annotated":
            return Annotated
        origin = tp.__origin__
        return origin._origin if isinstance(origin, _Generic_alias) else origin
    if isinstance(tp, _types.GenericAlias):
        return tp.__origin__
    if isinstance(tp, _types.UnionType):
        return _types.UnionType
    if isinstance(tp, _Generic_alias):
        return tp._origin
    return Generic if tp is Generic else None


def get_args(tp):
    if isinstance(tp, _Alias):
        if tp._name == "Annotated":
            return (tp.__origin__, *tp.__metadata__)
        if tp._name == "Callable" and len(tp.__args__) > 1:
            *args, result = tp.__args__
            return ((... if args == [...] else list(args)), result)
        return tp.__args__
    if isinstance(tp, (_types.GenericAlias, _types.UnionType)):
        return tp.__args__
    return ()


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    import sys
    hints = {}
    sources = reversed(obj.__mro__) if isinstance(obj, type) else [obj]
    for source in sources:
        names = globalns
        if names is None:
            names = getattr(source, "__globals__", None)
        if names is None:
            module = sys.modules.get(getattr(source, "__module__", None))
            names = vars(module) if module is not None else {}
        own = source.__dict__.get("__annotations__", {}) if isinstance(source, type) else getattr(source, "__annotations__", {})
        for name, value in own.items():
            if isinstance(value, ForwardRef):
                value = value.__forward_arg__
            if isinstance(value, str):
                value = eval(value, dict(names), localns)
            if value is None:
                value = type(None)
            if not include_extras and isinstance(value, _Alias) and value._name == "Annotated":
                value = value.__origin__
            hints[name] = value
    return hints
