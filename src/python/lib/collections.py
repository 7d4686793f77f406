"""Containers."""
import collections.abc as abc
from operator import itemgetter as _itemgetter


class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
            return
        items = list(self.items())
        self.clear()
        self[key] = value
        self.update(items)

    def popitem(self, last=True):
        if last:
            return dict.popitem(self)
        if not self:
            raise KeyError("dictionary is empty")
        key = next(iter(self))
        return key, self.pop(key)

    def copy(self):
        return type(self)(self)

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return list(self.items()) == list(other.items())
        return dict.__eq__(self, other)

    def __repr__(self):
        return f"{type(self).__name__}({list(self.items())!r})" if self else f"{type(self).__name__}()"


class defaultdict(dict):
    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        super().__init__(*args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __repr__(self):
        return f"defaultdict({self.default_factory!r}, {dict.__repr__(self)})"


class Counter(dict):
    def __init__(self, iterable=None, /, **kwargs):
        super().__init__()
        self.update(iterable, **kwargs)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **kwargs):
        if iterable is not None:
            if hasattr(iterable, "keys"):
                for key, value in iterable.items():
                    self[key] = self[key] + value
            else:
                for key in iterable:
                    self[key] = self[key] + 1
        if kwargs:
            self.update(kwargs)

    def subtract(self, iterable=None, /, **kwargs):
        for key, value in Counter(iterable, **kwargs).items():
            self[key] = self[key] - value

    def most_common(self, n=None):
        return sorted(self.items(), key=_itemgetter(1), reverse=True)[:n]

    def elements(self):
        for key, value in self.items():
            for _ in range(value):
                yield key

    def total(self):
        return sum(self.values())

    def copy(self):
        return type(self)(self)

    def __delitem__(self, key):
        if key in self:
            super().__delitem__(key)

    def _combine(self, other, operation):
        result = type(self)()
        for key in [*self, *(key for key in other if key not in self)]:
            value = operation(self[key], other[key])
            if value > 0:
                result[key] = value
        return result

    def __add__(self, other):
        return self._combine(other, lambda a, b: a + b)

    def __sub__(self, other):
        return self._combine(other, lambda a, b: a - b)

    def __or__(self, other):
        return self._combine(other, max)

    def __and__(self, other):
        return self._combine(other, min)

    def __repr__(self):
        if not self:
            return f"{type(self).__name__}()"
        return f"{type(self).__name__}({{{', '.join('%r: %r' % pair for pair in self.most_common())}}})"


class deque:
    def __init__(self, iterable=(), maxlen=None):
        self._front, self._back = [], []  # the front is kept in reverse
        self.maxlen = maxlen
        self.extend(iterable)

    def _balance(self, front):
        source, target = (self._back, self._front) if front else (self._front, self._back)
        if target or not source:
            return
        half = (len(source) + 1) // 2
        target.extend(reversed(source[:half]))
        del source[:half]

    def append(self, item):
        self._back.append(item)
        if self.maxlen is not None and len(self) > self.maxlen:
            self.popleft()

    def appendleft(self, item):
        self._front.append(item)
        if self.maxlen is not None and len(self) > self.maxlen:
            self.pop()

    def pop(self):
        self._balance(False)
        if not self._back:
            raise IndexError("pop from an empty deque")
        return self._back.pop()

    def popleft(self):
        self._balance(True)
        if not self._front:
            raise IndexError("pop from an empty deque")
        return self._front.pop()

    def extend(self, iterable):
        for item in iterable:
            self.append(item)

    def extendleft(self, iterable):
        for item in iterable:
            self.appendleft(item)

    def _all(self):
        return self._front[::-1] + self._back

    def _set(self, items):
        self._front, self._back = [], items

    def rotate(self, n=1):
        items = self._all()
        if items:
            n %= len(items)
            self._set(items[-n:] + items[:-n] if n else items)

    def clear(self):
        self._set([])

    def copy(self):
        return type(self)(self._all(), self.maxlen)

    __copy__ = copy

    def count(self, item):
        return self._all().count(item)

    def index(self, item, *bounds):
        return self._all().index(item, *bounds)

    def insert(self, at, item):
        items = self._all()
        items.insert(at, item)
        self._set(items)

    def remove(self, item):
        items = self._all()
        items.remove(item)
        self._set(items)

    def reverse(self):
        self._set(self._all()[::-1])

    def __len__(self):
        return len(self._front) + len(self._back)

    def __iter__(self):
        return iter(self._all())

    def __reversed__(self):
        return iter(self._all()[::-1])

    def __contains__(self, item):
        return item in self._front or item in self._back

    def __getitem__(self, at):
        if not -len(self) <= at < len(self):
            raise IndexError("deque index out of range")
        return self._all()[at]

    def __setitem__(self, at, value):
        items = self._all()
        items[at] = value
        self._set(items)

    def __delitem__(self, at):
        items = self._all()
        del items[at]
        self._set(items)

    def __eq__(self, other):
        return isinstance(other, deque) and self._all() == other._all()

    __hash__ = None

    def __add__(self, other):
        return type(self)(self._all() + list(other), self.maxlen)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __repr__(self):
        tail = "" if self.maxlen is None else f", maxlen={self.maxlen}"
        return f"deque({self._all()!r}{tail})"


class ChainMap(abc.MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def __iter__(self):
        merged = {}
        for mapping in reversed(self.maps):
            merged.update(mapping)
        return iter(merged)

    def __len__(self):
        return len(set().union(*self.maps))

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        del self.maps[0][key]

    def new_child(self, m=None, **kwargs):
        return ChainMap({**(m or {}), **kwargs}, *self.maps)

    @property
    def parents(self):
        return ChainMap(*self.maps[1:])

    def __repr__(self):
        return f"ChainMap({', '.join(map(repr, self.maps))})"


class UserDict(abc.MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        self.update(kwargs)

    def __getitem__(self, key):
        if key not in self.data and hasattr(type(self), "__missing__"):
            return self.__missing__(key)
        return self.data[key]

    def __setitem__(self, key, value):
        self.data[key] = value

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)

    def __contains__(self, key):
        return key in self.data

    def __repr__(self):
        return repr(self.data)


class _Field:
    def __init__(self, at):
        self._at = at
        self.__doc__ = f"Alias for field number {at}"

    def __get__(self, row, cls=None):
        return self if row is None else tuple.__getitem__(row, self._at)

    def __set__(self, row, value):
        raise AttributeError("can't set attribute")


def _row(name, fields, defaults, module):
    def make(cls, *args, **kwargs):
        if len(args) > len(fields):
            least = f"from {len(fields) - len(defaults) + 1} to " if defaults else ""
            raise TypeError(f"{name}.__new__() takes {least}{len(fields) + 1} positional arguments but {len(args) + 1} were given")
        values = dict(zip(fields, args))
        for key, value in kwargs.items():
            if key not in fields:
                raise TypeError(f"{name}.__new__() got an unexpected keyword argument '{key}'")
            if key in values:
                raise TypeError(f"{name}.__new__() got multiple values for argument '{key}'")
            values[key] = value
        missing = [field for field in fields if field not in values and field not in defaults]
        if missing:
            quoted = [repr(field) for field in missing]
            listed = quoted[0] if len(quoted) == 1 else (" and ".join(quoted) if len(quoted) == 2
                                                         else ", ".join(quoted[:-1]) + ", and " + quoted[-1])
            raise TypeError(f"{name}.__new__() missing {len(missing)} required positional argument"
                            f"{'s' if len(missing) > 1 else ''}: {listed}")
        return tuple.__new__(cls, [values[field] if field in values else defaults[field] for field in fields])

    def replace(self, /, **kwargs):
        unknown = [key for key in kwargs if key not in fields]
        if unknown:
            raise ValueError(f"Got unexpected field names: {unknown!r}")
        return tuple.__new__(type(self), [kwargs.get(field, value) for field, value in zip(fields, self)])

    def show(self):
        return f"{type(self).__name__}({', '.join(f'{field}={value!r}' for field, value in zip(fields, self))})"

    names = {
        "__slots__": (), "__module__": module, "_fields": fields, "_field_defaults": defaults,
        "__new__": make, "__repr__": show, "_replace": replace, "__match_args__": fields,
        "_asdict": lambda self: dict(zip(fields, self)),
        "_make": classmethod(lambda cls, iterable: cls(*iterable)),
        "__getnewargs__": lambda self: tuple(self),
        "__doc__": f"{name}({', '.join(fields)})",
    }
    for i, field in enumerate(fields):
        names[field] = _Field(i)
    return type(name, (tuple,), names)


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = [str(field) for field in field_names]
    seen = set()
    for i, field in enumerate(fields):
        bad = not field.isidentifier() or field.startswith("_") or field in seen
        if bad and rename:
            fields[i] = f"_{i}"
        elif bad:
            if field in seen:
                raise ValueError(f"Encountered duplicate field name: {field!r}")
            if not field.isidentifier():
                raise ValueError(f"Type names and field names must be valid identifiers: {field!r}")
            raise ValueError(f"Field names cannot start with an underscore: {field!r}")
        seen.add(field)
    fields = tuple(fields)
    defaults = tuple(defaults or ())
    if len(defaults) > len(fields):
        raise TypeError("Got more default values than field names")
    by_name = dict(zip(fields[len(fields) - len(defaults):], defaults))
    if module is None:
        import _runtime
        module = _runtime.caller_globals(1).get("__name__", "__main__")
    return _row(typename, fields, by_name, module)
