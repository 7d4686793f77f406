"""Enumerations."""
from types import DynamicClassAttribute, MappingProxyType


class auto:
    def __init__(self, value=None):
        self.value = value

    def __or__(self, other):
        return _Pending(lambda: self.value | other)


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


class property(DynamicClassAttribute):
    pass


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_descriptor(value):
    kind = type(value)
    return hasattr(kind, "__get__") or hasattr(kind, "__set__") or kind.__name__ in (
        "function", "staticmethod", "classmethod", "property", "builtin_function_or_method")


class EnumDict(dict):
    def __init__(self, cls_name=None):
        super().__init__()
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._generate = None

    def __setitem__(self, key, value):
        if _is_sunder(key):
            if key == "_generate_next_value_":
                self._generate = value.__func__ if isinstance(value, staticmethod) else value
            elif key == "_ignore_":
                self._ignore = value.replace(",", " ").split() if isinstance(value, str) else list(value)
        elif _is_dunder(key) or key in self._ignore:
            pass
        elif key in self._member_names:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        elif isinstance(value, nonmember):
            value = value.value
        elif not _is_descriptor(value) and not isinstance(value, type):
            if key in self:
                raise TypeError(f"{key!r} already defined as {self[key]!r}")
            if isinstance(value, member):
                value = value.value
            value = self._resolve(key, value)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)

    def _resolve(self, key, value):
        if isinstance(value, auto):
            return self._next(key, value)
        if type(value) is tuple and any(isinstance(part, auto) for part in value):
            return tuple(self._next(key, part) if isinstance(part, auto) else part for part in value)
        return value

    def _next(self, key, pending):
        if pending.value is None:
            pending.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
        return pending.value


_EnumDict = EnumDict


class EnumType(type):
    @classmethod
    def __prepare__(mcls, cls, bases, **kwds):
        names = EnumDict(cls)
        base = _enum_base(bases)
        if base is not None:
            names._generate = base.__dict__.get("_generate_next_value_") or getattr(base, "_generate_next_value_")
            names._generate = getattr(names._generate, "__func__", names._generate)
        return names

    def __new__(mcls, cls, bases, names, *, boundary=None, _simple=False, **kwds):
        if not isinstance(names, EnumDict) or not bases:
            return super().__new__(mcls, cls, bases, dict(names), **kwds)
        for base in bases:
            if getattr(base, "_member_names_", None):
                raise TypeError(f"<enum {cls!r}> cannot extend {base!r}")
        members = {name: names[name] for name in names._member_names}
        rest = {key: value for key, value in names.items() if key not in members and key != "_ignore_"}
        if "_generate_next_value_" in rest and not isinstance(rest["_generate_next_value_"], staticmethod):
            rest["_generate_next_value_"] = staticmethod(rest["_generate_next_value_"])
        data_type = _data_type(bases)
        own_new = rest.pop("__new__", None)
        if own_new is not None:
            rest["__new_member__"] = own_new
        rest["_member_names_"] = []
        rest["_member_map_"] = {}
        rest["_value2member_map_"] = {}
        rest["_member_type_"] = data_type
        enum_class = super().__new__(mcls, cls, bases, rest, **kwds)
        maker = own_new.__func__ if isinstance(own_new, staticmethod) else own_new
        if maker is None:
            for base in enum_class.__mro__[1:]:
                found = base.__dict__.get("__new_member__")
                if found is not None:
                    maker = found.__func__ if isinstance(found, staticmethod) else found
                    break
        own_repr = "__repr__" in rest
        if not own_repr and data_type is not object:
            # The enumeration's own text, not the data type's.
            for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
                if name not in rest:
                    inherited = getattr(_enum_base(bases), name, None)
                    if inherited is not None:
                        type.__setattr__(enum_class, name, inherited)
        for name, value in members.items():
            _add_member(enum_class, name, value, data_type, maker)
        # Calling the class looks a member up, whatever made the members.
        type.__setattr__(enum_class, "__new__", Enum.__new__)
        return enum_class

    def __call__(cls, value=..., names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is None:
            return cls.__new__(cls, value)
        return cls._create_(value, names, module=module, type=type, start=start)

    def _create_(cls, class_name, names, *, module=None, type=None, start=1):
        meta = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        namespace = meta.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, dict):
            pairs = list(names.items())
        else:
            pairs = []
            values = []
            for i, item in enumerate(names):
                if isinstance(item, str):
                    value = namespace._generate(item, start, i, values[:])
                    values.append(value)
                    pairs.append((item, value))
                else:
                    pairs.append(tuple(item))
        for name, value in pairs:
            namespace[name] = value
        if module is not None:
            namespace["__module__"] = module
        return meta.__new__(meta, class_name, bases, namespace)

    def __contains__(cls, value):
        if isinstance(value, cls):
            return value._name_ in cls._member_map_
        try:
            return value in cls._value2member_map_
        except TypeError:
            return any(member._value_ == value for member in cls)

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"{cls.__name__!r} cannot delete member {name!r}.")
        super().__delattr__(name)

    @DynamicClassAttribute
    def __members__(cls):
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        return f"<flag {cls.__name__!r}>" if issubclass(cls, _flag_class()) else f"<enum {cls.__name__!r}>"


EnumMeta = EnumType
_flag = None


def _flag_class():
    return _flag or ()


def _enum_base(bases):
    for base in bases:
        if isinstance(base, EnumType):
            return base
    return None


def _data_type(bases):
    for chain in bases:
        for base in chain.__mro__:
            if isinstance(base, EnumType):
                own = base.__dict__.get("_member_type_")
                if own is not None and own is not object:
                    return own
                continue
            if base is not object and "__new__" in base.__dict__ and not hasattr(base, "_member_names_"):
                return base
    return object


def _add_member(cls, name, value, data_type, maker):
    args = value if type(value) is tuple else (value,)
    if data_type is tuple:
        args = (args,)
    if maker is not None:
        made = maker(cls, *args)
        if not hasattr(made, "_value_"):
            made._value_ = value if data_type is object else data_type(*args)
    elif data_type is object:
        made = object.__new__(cls)
        made._value_ = value
    else:
        made = data_type.__new__(cls, *args)
        if not hasattr(made, "_value_"):
            made._value_ = value if data_type is object else data_type(*args)
    value = made._value_
    made._name_ = name
    made.__objclass__ = cls
    made._sort_order_ = len(cls._member_names_)
    init = cls.__init__
    if init is not object.__init__ and data_type is object or "__init__" in cls.__dict__:
        made.__init__(*args)
    existing = None
    try:
        existing = cls._value2member_map_.get(value)
    except TypeError:
        for other in cls:
            if other._value_ == value:
                existing = other
                break
    if existing is not None:
        made = existing
    elif issubclass(cls, _flag_class()) and isinstance(value, int) and (value == 0 or value & (value - 1)):
        pass
    else:
        cls._member_names_.append(name)
    cls._member_map_[name] = made
    type.__setattr__(cls, name, made)
    if existing is None:
        try:
            cls._value2member_map_[value] = made
        except TypeError:
            pass


class Enum(metaclass=EnumType):
    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for item in cls._member_map_.values():
                if item._value_ == value:
                    return item
        found = cls._missing_(value)
        if isinstance(found, cls):
            return found
        if found is None:
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        raise TypeError(f"error in {cls.__name__}._missing_: returned {found!r} instead of None or a valid member")

    def __init__(self, *args):
        pass

    @classmethod
    def _missing_(cls, value):
        return None

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        return max(value for value in last_values if isinstance(value, int)) + 1

    @DynamicClassAttribute
    def name(self):
        return self._name_

    @DynamicClassAttribute
    def value(self):
        return self._value_

    def __repr__(self):
        value = self._value_
        show = type(self)._member_type_.__repr__ if type(self)._member_type_ is not object else repr
        return f"<{type(self).__name__}.{self._name_}: {show(value)}>"

    def __str__(self):
        return f"{type(self).__name__}.{self._name_}"

    def __dir__(self):
        return ["__class__", "__doc__", "__module__", "name", "value"]

    def __format__(self, spec):
        return str.__format__(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return (type(self), (self._value_,))

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self


class ReprEnum(Enum):
    pass


class IntEnum(int, ReprEnum):
    def __str__(self):
        return int.__repr__(self)

    def __format__(self, spec):
        return int.__format__(self._value_, spec)

    def __hash__(self):
        return hash(self._value_)


class StrEnum(str, ReprEnum):
    def __new__(cls, *values):
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f"{values[0]!r} is not a string")
        made = str.__new__(cls, *values)
        made._value_ = str(*values)
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return str.__str__(self)

    def __format__(self, spec):
        return str.__format__(self._value_, spec)

    def __hash__(self):
        return hash(self._value_)


class FlagBoundary(StrEnum):
    STRICT = "strict"
    CONFORM = "conform"
    EJECT = "eject"
    KEEP = "keep"


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        return 1 << max(last_values).bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        known = 0
        for item in cls._member_map_.values():
            known |= item._value_
        if value < 0:
            value = known & value if value >= ~known else known & value
        if value & ~known:
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        found = cls._value2member_map_.get(value)
        if found is not None:
            return found
        made = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        made._value_ = value
        made._name_ = "|".join(item._name_ for item in cls._parts(value)) or None
        cls._value2member_map_[value] = made
        return made

    @classmethod
    def _parts(cls, value):
        return [cls._member_map_[name] for name in cls._member_names_
                if cls._member_map_[name]._value_ & value]

    def __iter__(self):
        return iter(type(self)._parts(self._value_))

    def __len__(self):
        return len(type(self)._parts(self._value_))

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __bool__(self):
        return bool(self._value_)

    def __repr__(self):
        if self._name_ is None:
            return f"<{type(self).__name__}: {self._value_!r}>"
        return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        if self._name_ is None:
            return f"{type(self).__name__}({self._value_!r})"
        return f"{type(self).__name__}.{self._name_}"

    def _other(self, other):
        if isinstance(other, type(self)):
            return other._value_
        return other if type(self)._member_type_ is not object and isinstance(other, int) else NotImplemented

    def __or__(self, other):
        other = self._other(other)
        return other if other is NotImplemented else type(self)(self._value_ | other)

    def __and__(self, other):
        other = self._other(other)
        return other if other is NotImplemented else type(self)(self._value_ & other)

    def __xor__(self, other):
        other = self._other(other)
        return other if other is NotImplemented else type(self)(self._value_ ^ other)

    def __invert__(self):
        known = 0
        for item in type(self):
            known |= item._value_
        return type(self)(known & ~self._value_)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __hash__(self):
        return hash(self._value_)


_flag = Flag


class IntFlag(int, Flag):
    def __str__(self):
        return int.__repr__(self)

    def __format__(self, spec):
        return int.__format__(self._value_, spec)

    def __hash__(self):
        return hash(self._value_)


def unique(enumeration):
    aliases = [(alias, item.name) for alias, item in enumeration._member_map_.items() if alias != item.name]
    if aliases:
        raise ValueError(f"duplicate values found in {enumeration!r}: "
                         + ", ".join(f"{alias} -> {name}" for alias, name in aliases))
    return enumeration


def global_enum(cls, update_str=False):
    return cls


def verify(*checks):
    return lambda cls: cls


UNIQUE, CONTINUOUS, NAMED_FLAGS = "one name per value", "no skipped values", "multi-flag aliases may not contain unnamed flags"
