"""Classes that are rows of fields."""
import copy as _copy


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    def __repr__(self):
        return "MISSING"


MISSING = _Missing()


class KW_ONLY:
    pass


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return cls(type)


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare = init, repr, hash, compare
        self.metadata = metadata if metadata is not None else {}
        self.kw_only = kw_only
        self._init_only = False

    def __repr__(self):
        return f"Field(name={self.name!r},type={self.type!r},default={self.default!r})"


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True,
          metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _text_of(annotation):
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")


def _is_class_var(annotation):
    if isinstance(annotation, str):
        return annotation.replace("typing.", "").startswith("ClassVar")
    return getattr(annotation, "__origin__", annotation) is _class_var()


def _class_var():
    from typing import ClassVar
    return ClassVar


def _collect(cls, kw_only):
    fields = {}
    for base in cls.__mro__[-1:0:-1]:
        for name, one in base.__dict__.get("__dataclass_fields__", {}).items():
            fields[name] = one
    only = kw_only
    own = cls.__dict__.get("__annotations__", {})
    for name, annotation in own.items():
        if annotation is KW_ONLY or annotation == "KW_ONLY":
            only = True
            continue
        if _is_class_var(annotation):
            continue
        default = cls.__dict__.get(name, MISSING)
        if isinstance(default, Field):
            one = default
            if one.default is MISSING:
                if name in cls.__dict__:
                    delattr(cls, name)
            else:
                setattr(cls, name, one.default)
        else:
            one = field(default=default)
        if one.default is not MISSING and type(one.default).__hash__ is None:
            raise ValueError(f"mutable default {type(one.default)} for field {name} is not allowed: use default_factory")
        one.name, one.type = name, annotation
        one._init_only = isinstance(annotation, InitVar) or annotation is InitVar or (
            isinstance(annotation, str) and annotation.replace("dataclasses.", "").startswith("InitVar"))
        if one.kw_only is MISSING:
            one.kw_only = only
        fields[name] = one
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in own:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return fields


def _make_init(cls, fields, frozen):
    inits = [one for one in fields.values() if one.init]
    plain = [one for one in inits if not one.kw_only]
    named = {one.name: one for one in inits}
    seen_default = False
    for one in plain:
        has = one.default is not MISSING or one.default_factory is not MISSING
        if seen_default and not has:
            raise TypeError(f"non-default argument {one.name!r} follows default argument")
        seen_default = seen_default or has
    least = 1 + sum(1 for one in plain if one.default is MISSING and one.default_factory is MISSING)

    def __init__(self, /, *args, **kwargs):
        name = f"{cls.__qualname__}.__init__()"
        if len(args) > len(plain):
            takes = str(len(plain) + 1) if least == len(plain) + 1 else f"from {least} to {len(plain) + 1}"
            raise TypeError(f"{name} takes {takes} positional argument{'s' if len(plain) else ''} but {len(args) + 1} were given")
        values = {}
        for one, value in zip(plain, args):
            values[one.name] = value
        for key, value in kwargs.items():
            if key not in named:
                raise TypeError(f"{name} got an unexpected keyword argument '{key}'")
            if key in values:
                raise TypeError(f"{name} got multiple values for argument '{key}'")
            values[key] = value
        missing = [one.name for one in plain
                   if one.name not in values and one.default is MISSING and one.default_factory is MISSING]
        if missing:
            raise TypeError(f"{name} missing {len(missing)} required positional argument{'s' if len(missing) > 1 else ''}: {_listed(missing)}")
        missing = [one.name for one in inits if one.kw_only
                   and one.name not in values and one.default is MISSING and one.default_factory is MISSING]
        if missing:
            raise TypeError(f"{name} missing {len(missing)} required keyword-only argument{'s' if len(missing) > 1 else ''}: {_listed(missing)}")
        extra = []
        for one in fields.values():
            if one.name in values:
                value = values[one.name]
            elif one.default_factory is not MISSING:
                value = one.default_factory()
            elif one.default is not MISSING:
                value = one.default
            else:
                continue
            if one._init_only:
                extra.append(value)
            else:
                object.__setattr__(self, one.name, value)
        after = getattr(self, "__post_init__", None)
        if after is not None:
            after(*extra)
    __init__.__qualname__ = f"{cls.__qualname__}.__init__"
    return __init__


def _listed(names):
    quoted = [repr(name) for name in names]
    if len(quoted) == 1:
        return quoted[0]
    if len(quoted) == 2:
        return " and ".join(quoted)
    return ", ".join(quoted[:-1]) + ", and " + quoted[-1]


def _process(cls, init, repr_, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    fields = _collect(cls, kw_only)
    cls.__dataclass_fields__ = fields
    cls.__dataclass_params__ = (init, repr_, eq, order, unsafe_hash, frozen)
    stored = [one for one in fields.values() if not one._init_only]
    compared = [one.name for one in stored if one.compare]
    own = cls.__dict__

    def key(self):
        return tuple(getattr(self, name) for name in compared)

    if init:
        cls.__init__ = _make_init(cls, fields, frozen)
    if repr_ and "__repr__" not in own:
        shown = [one.name for one in stored if one.repr]

        def __repr__(self):
            return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"
        cls.__repr__ = __repr__
    own_hash = own.get("__hash__", MISSING)
    has_hash = own_hash is not MISSING and not (own_hash is None and "__eq__" in own)
    if eq and "__eq__" not in own:
        def __eq__(self, other):
            return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented
        cls.__eq__ = __eq__
    if order:
        def compare(operation):
            def method(self, other):
                return operation(key(self), key(other)) if other.__class__ is self.__class__ else NotImplemented
            return method
        for name, operation in (("__lt__", lambda a, b: a < b), ("__le__", lambda a, b: a <= b),
                                ("__gt__", lambda a, b: a > b), ("__ge__", lambda a, b: a >= b)):
            if name in own:
                raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering")
            setattr(cls, name, compare(operation))
    if frozen:
        names = set(fields)

        def __setattr__(self, name, value):
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f"cannot assign to field {name!r}")
            object.__setattr__(self, name, value)

        def __delattr__(self, name):
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        cls.__setattr__, cls.__delattr__ = __setattr__, __delattr__
    hashed = [one.name for one in stored if (one.compare if one.hash is None else one.hash)]
    if unsafe_hash or (eq and frozen and not has_hash):
        cls.__hash__ = lambda self: hash(tuple(getattr(self, name) for name in hashed))
    elif eq and not has_hash:
        cls.__hash__ = None
    if match_args and "__match_args__" not in own:
        cls.__match_args__ = tuple(one.name for one in fields.values() if one.init and not one.kw_only)
    if not cls.__doc__:
        cls.__doc__ = cls.__name__
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    found = getattr(class_or_instance, "__dataclass_fields__", None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(one for one in found.values() if not one._init_only)


def is_dataclass(obj):
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, "__dataclass_fields__")


def asdict(obj, *, dict_factory=dict):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _inner(obj, lambda one: dict_factory([(f.name, _inner(getattr(one, f.name), None, dict_factory)) for f in fields(one)]), dict_factory)


def _inner(value, convert, factory=None):
    if is_dataclass(value) and not isinstance(value, type):
        if convert is None:
            return asdict(value, dict_factory=factory) if factory is not tuple else astuple(value)
        return convert(value)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*[_inner(item, None, factory) for item in value])
    if isinstance(value, (list, tuple)):
        return type(value)(_inner(item, None, factory) for item in value)
    if isinstance(value, dict):
        return type(value)((_inner(k, None, factory), _inner(v, None, factory)) for k, v in value.items())
    return _copy.deepcopy(value)


def astuple(obj, *, tuple_factory=tuple):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return tuple_factory([_inner(getattr(obj, f.name), None, tuple) for f in fields(obj)])


def replace(obj, /, **changes):
    for one in obj.__dataclass_fields__.values():
        if not one.init:
            if one.name in changes:
                raise ValueError(f"field {one.name} is declared with init=False, it cannot be specified with replace()")
            continue
        if one.name not in changes:
            changes[one.name] = getattr(obj, one.name)
    return type(obj)(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    annotations, names = {}, dict(namespace or {})
    for item in fields:
        if isinstance(item, str):
            annotations[item] = "typing.Any"
        elif len(item) == 2:
            annotations[item[0]] = item[1]
        else:
            annotations[item[0]] = item[1]
            names[item[0]] = item[2]
    names["__annotations__"] = annotations
    return dataclass(type(cls_name, bases, names), **options)
