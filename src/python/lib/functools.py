"""Functions over functions."""

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)
_missing = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        try:
            setattr(wrapper, name, value)
        except AttributeError:
            pass
    for name in updated:
        own = getattr(wrapped, name, None)
        if own:
            getattr(wrapper, name).update(own)
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


class partial:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func), *map(repr, self.args), *(f"{k}={v!r}" for k, v in self.keywords.items())]
        return f"functools.partial({', '.join(parts)})"


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __get__(self, obj, cls=None):
        return partial(self.func.__get__(obj, cls), *self.args, **self.keywords)


def reduce(function, iterable, initial=_missing, /):
    iterator = iter(iterable)
    if initial is _missing:
        try:
            initial = next(iterator)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    for item in iterator:
        initial = function(initial, item)
    return initial


def cmp_to_key(compare):
    class Key:
        __slots__ = ("obj",)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return compare(self.obj, other.obj) < 0

        def __gt__(self, other):
            return compare(self.obj, other.obj) > 0

        def __eq__(self, other):
            return compare(self.obj, other.obj) == 0

        __hash__ = None
    return Key


class _CacheInfo(tuple):
    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return "CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)" % tuple(self)


class _Cached:
    def __init__(self, function, maxsize, typed):
        self._function, self._maxsize, self._typed = function, maxsize, typed
        self._values = {}
        self._hits = self._misses = 0
        update_wrapper(self, function)

    def __call__(self, *args, **kwargs):
        key = (args, tuple(kwargs.items())) if kwargs else args
        if self._typed:
            key = (key, tuple(map(type, args)))
        values = self._values
        found = values.get(key, _missing)
        if found is not _missing:
            self._hits += 1
            if self._maxsize is not None:
                del values[key]
                values[key] = found
            return found
        self._misses += 1
        result = self._function(*args, **kwargs)
        if self._maxsize != 0:
            values[key] = result
            if self._maxsize is not None and len(values) > self._maxsize:
                del values[next(iter(values))]
        return result

    def __get__(self, obj, cls=None):
        return self if obj is None else partial(self, obj)

    def cache_info(self):
        return _CacheInfo((self._hits, self._misses, self._maxsize, len(self._values)))

    def cache_clear(self):
        self._values.clear()
        self._hits = self._misses = 0

    def cache_parameters(self):
        return {"maxsize": self._maxsize, "typed": self._typed}


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _Cached(maxsize, 128, typed)
    return lambda function: _Cached(function, maxsize, typed)


def cache(function):
    return _Cached(function, None, False)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__.get(self.attrname, _missing)
        if value is _missing:
            value = instance.__dict__[self.attrname] = self.func(instance)
        return value


def total_ordering(cls):
    given = {name for name in ("__lt__", "__le__", "__gt__", "__ge__")
             if getattr(cls, name, None) is not getattr(object, name, None)}
    if not given:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = max(given)

    def less(self, other):
        if root == "__lt__":
            return cls.__lt__(self, other)
        if root == "__le__":
            result = cls.__le__(self, other)
            return result if result is NotImplemented else result and self != other
        result = getattr(cls, root)(self, other)
        if result is NotImplemented:
            return result
        return not result if root == "__ge__" else not result and self != other

    def lower(operation):
        def method(self, other):
            result = less(self, other)
            return result if result is NotImplemented else operation(result, self, other)
        return method

    methods = {
        "__lt__": lower(lambda result, a, b: result),
        "__le__": lower(lambda result, a, b: result or a == b),
        "__gt__": lower(lambda result, a, b: not result and a != b),
        "__ge__": lower(lambda result, a, b: not result),
    }
    for name, method in methods.items():
        if name not in given:
            setattr(cls, name, method)
    return cls


def singledispatch(function):
    registry = {object: function}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        return function

    def register(cls, implementation=None):
        if implementation is None:
            if isinstance(cls, type):
                return lambda implementation: register(cls, implementation)
            implementation = cls
            cls = next(iter(implementation.__annotations__.values()))
        registry[cls] = implementation
        return implementation

    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError(f"{function.__name__} requires at least 1 positional argument")
        return dispatch(type(args[0]))(*args, **kwargs)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, function)


class singledispatchmethod:
    def __init__(self, function):
        self.func = function
        self.dispatcher = singledispatch(function)

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, instance, owner=None):
        def method(*args, **kwargs):
            return self.dispatcher.dispatch(type(args[0])).__get__(instance, owner)(*args, **kwargs)

        return method
