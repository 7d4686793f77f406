"""What containers can do."""
from abc import ABCMeta as _ABCMeta, abstractmethod as _abstract
import _runtime


def _has(*names):
    def hook(cls, other):
        for name in names:
            for base in other.__mro__:
                if name in base.__dict__:
                    if base.__dict__[name] is None:
                        return NotImplemented
                    break
            else:
                return NotImplemented
        return True
    return classmethod(hook)


class Hashable(metaclass=_ABCMeta):
    __subclasshook__ = _has("__hash__")


class Iterable(metaclass=_ABCMeta):
    __subclasshook__ = _has("__iter__")

    def __class_getitem__(cls, item):
        return cls


class Iterator(Iterable):
    __subclasshook__ = _has("__iter__", "__next__")

    def __iter__(self):
        return self


class Generator(Iterator):
    __subclasshook__ = _has("__iter__", "__next__", "send", "throw", "close")


class Reversible(Iterable):
    __subclasshook__ = _has("__reversed__", "__iter__")


class Sized(metaclass=_ABCMeta):
    __subclasshook__ = _has("__len__")


class Container(metaclass=_ABCMeta):
    __subclasshook__ = _has("__contains__")

    def __class_getitem__(cls, item):
        return cls


class Callable(metaclass=_ABCMeta):
    __subclasshook__ = _has("__call__")

    def __class_getitem__(cls, item):
        return cls


class Awaitable(metaclass=_ABCMeta):
    __subclasshook__ = _has("__await__")

    def __class_getitem__(cls, item):
        return cls


class Coroutine(Awaitable):
    pass


class AsyncIterable(metaclass=_ABCMeta):
    __subclasshook__ = _has("__aiter__")

    def __class_getitem__(cls, item):
        return cls


class AsyncIterator(AsyncIterable):
    __subclasshook__ = _has("__aiter__", "__anext__")


class AsyncGenerator(AsyncIterator):
    pass


def _plain(cls, other):
    return NotImplemented


class Collection(Sized, Iterable, Container):
    __subclasshook__ = _has("__len__", "__iter__", "__contains__")


class Sequence(Reversible, Collection):
    __subclasshook__ = classmethod(_plain)

    def __iter__(self):
        i = 0
        try:
            while True:
                yield self[i]
                i += 1
        except IndexError:
            return

    def __contains__(self, value):
        return any(item is value or item == value for item in self)

    def __reversed__(self):
        for i in reversed(range(len(self))):
            yield self[i]

    def index(self, value, start=0, stop=None):
        for i, item in enumerate(self):
            if i >= start and (stop is None or i < stop) and (item is value or item == value):
                return i
        raise ValueError

    def count(self, value):
        return sum(1 for item in self if item is value or item == value)


class MutableSequence(Sequence):
    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in list(values):
            self.append(value)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def clear(self):
        while len(self):
            self.pop()

    def __iadd__(self, values):
        self.extend(values)
        return self


class ByteString(Sequence):
    pass


class Set(Collection):
    __subclasshook__ = classmethod(_plain)

    def __le__(self, other):
        return all(item in other for item in self)

    def __eq__(self, other):
        return isinstance(other, Set) and len(self) == len(other) and self <= other

    __hash__ = None


class MutableSet(Set):
    pass


class Mapping(Collection):
    __subclasshook__ = classmethod(_plain)

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return KeysView(self)

    def values(self):
        return ValuesView(self)

    def items(self):
        return ItemsView(self)

    def __eq__(self, other):
        return isinstance(other, Mapping) and dict(self.items()) == dict(other.items())

    __hash__ = None


class MappingView(Sized):
    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)

    def __repr__(self):
        return f"{type(self).__name__}({self._mapping!r})"


class KeysView(MappingView, Set):
    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)


class ValuesView(MappingView, Collection):
    def __contains__(self, value):
        return any(self._mapping[key] == value for key in self._mapping)

    def __iter__(self):
        return (self._mapping[key] for key in self._mapping)


class ItemsView(MappingView, Set):
    def __contains__(self, pair):
        return pair[0] in self._mapping and self._mapping[pair[0]] == pair[1]

    def __iter__(self):
        return ((key, self._mapping[key]) for key in self._mapping)


_missing = object()


class MutableMapping(Mapping):
    def pop(self, key, default=_missing):
        try:
            value = self[key]
        except KeyError:
            if default is _missing:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        try:
            key = next(iter(self))
        except StopIteration:
            raise KeyError from None
        value = self[key]
        del self[key]
        return key, value

    def clear(self):
        for key in list(self):
            del self[key]

    def update(self, other=(), /, **kwargs):
        if hasattr(other, "keys"):
            for key in other.keys():
                self[key] = other[key]
        else:
            for key, value in other:
                self[key] = value
        for key, value in kwargs.items():
            self[key] = value

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


for _cls in (list, bytearray):
    MutableSequence.register(_cls)
for _cls in (tuple, str, range, bytes):
    Sequence.register(_cls)
MutableSet.register(set)
Set.register(frozenset)
MutableMapping.register(dict)
KeysView.register(_runtime.dict_keys)
ValuesView.register(_runtime.dict_values)
ItemsView.register(_runtime.dict_items)
