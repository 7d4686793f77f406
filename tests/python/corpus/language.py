"""The language, construct by construct."""
import asyncio


def show(work):
    try:
        print(work())
    except Exception as error:
        print(type(error).__name__, error)


# literals
print(0b1010, 0o17, 0xFF, 1_000_000, 1e3, 1.5e-3, .5, 5., 10**25, True, None, ..., "a" 'b' """c""", r"\n", b"\x00a", rb"\n", "\u00e9", '\
continued', "tab\tquote\"", '''multi
line''')
x, name, width = 3.14159, "w", 10
print(f"{x:.2f} {x!r:>{width}} {name=} {x = :.1f} {'nested ' + f'{name!s:^5}'} {{}} {name.upper()} {[i for i in range(3)]} {({'a': 1})['a']} {(lambda v: v * 2)(4)}")
print("%s %r %5.1f %-5d| %05d %x %o %e %c %% %(a)s" % {"a": 1} if False else "%s %r %5.1f %-5d| %05d %x %o %e %c %%" % ("s", "r", 2.25, 42, 42, 255, 8, 12345.678, "c"))
print("{0} {1!r} {a:>5} {b[0]} {c.real} {:d}".format if False else "{0} {1!r} {a:>5} {b[0]} {c.real}".format("x", "y", a=1, b=[2], c=3))

# operators and comparisons
print(7 // 2, -7 // 2, 7 % -3, 2 ** 3 ** 2, -2 ** 2, ~5, 5 & 3, 5 | 3, 5 ^ 3, 1 << 4, 256 >> 2, not 1, 1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 != 2, "a" in "abc" not in ["x"], None is not None, 0 or "x", 1 and "y", [] or {}, 3 if x > 3 else 4)
a = b = c = 1
a += 2; b -= 1; c *= 5
c //= 2; c **= 3; c <<= 1; c |= 1; c ^= 3; c &= 14; c >>= 1; c %= 5
print(a, b, c)

# unpacking, star
(p, q), *r, s = (1, 2), 3, 4, 5
[t, *u] = "abc"
print(p, q, r, s, t, u, [*r, *u], {**{"a": 1}, "b": 2}, (*r,), {*r})
for i, (j, k) in enumerate([(1, 2), (3, 4)]):
    print(i, j, k, end=";")
print()


# functions
def everything(a, b=2, /, c=3, *args, d, e=5, **kwargs):
    return a, b, c, args, d, e, kwargs


print(everything(1, d=4), everything(1, 9, 8, 7, 6, d=0, e=1, f=2), everything(*[1, 2], **{"d": 3}), (lambda *a, k=1: (a, k))(1, 2, k=3))
show(lambda: everything())
show(lambda: everything(1, b=2, d=3))
show(lambda: everything(1, d=1, c=2, **{"c": 3}))


def counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count
    return step


step = counter()
print(step(), step(5), step.__name__, counter.__closure__, step.__code__.co_varnames)
total = 0


def add_global(n):
    global total
    total += n


add_global(3)
print(total, [f(2) for f in [lambda v, k=k: v * k for k in range(3)]], (lambda: (yield))().__class__.__name__)


def decorate(prefix):
    def wrap(function):
        def inner(*args, **kwargs):
            return prefix + str(function(*args, **kwargs))
        inner.__name__ = function.__name__
        return inner
    return wrap


@decorate("a")
@decorate("b")
def decorated(x):
    return x


print(decorated(1), decorated.__name__)

# comprehensions and generators
print([x * y for x in range(3) for y in range(3) if x != y], {x: x * x for x in range(3)}, {x % 2 for x in range(5)}, sum(x for x in range(5)), [[j for j in range(i)] for i in range(3)], [y := 5, y ** 2], [last := v for v in range(3)], last)


def walk(n):
    received = yield n
    while n:
        n -= 1
        received = yield (n, received)
    return "done"


def outer():
    result = yield from walk(2)
    yield result


g = outer()
print(next(g), g.send("x"), g.send("y"), next(g), list(g), list(walk(0)))

# control flow
for i in range(5):
    if i == 1:
        continue
    if i == 3:
        break
else:
    print("never")
for i in []:
    pass
else:
    print("else of for", i)
n = 0
while n < 3:
    n += 1
else:
    print("else of while", n)


def flow(kind):
    try:
        if kind == "value":
            raise ValueError("v")
        if kind == "key":
            {}["k"]
        if kind == "return":
            return "returned"
        if kind == "other":
            raise OSError(2, "no")
    except ValueError as error:
        return f"caught {error}"
    except (KeyError, IndexError) as error:
        return f"caught {error!r}"
    else:
        return "fine"
    finally:
        print("finally", kind, end="; ")


for kind in ("value", "key", "return", "none"):
    print(flow(kind))
show(lambda: flow("other"))
try:
    try:
        raise KeyError("a")
    except KeyError as error:
        raise RuntimeError("b") from error
except RuntimeError as error:
    print(repr(error.__cause__), error.__suppress_context__)
try:
    try:
        1 / 0
    finally:
        {}["x"]
except KeyError as error:
    print(repr(error.__context__))
try:
    assert 1 == 2, "message"
except AssertionError as error:
    print("assert", error)


class Manager:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind and kind.__name__, value)
        return self.swallow


with Manager("a") as first, Manager("b", swallow=True):
    raise ValueError(first)
with (Manager("c"), Manager("d") as d):
    print(d)
del first
show(lambda: first)


# classes
class Base:
    count = 0
    registry = []

    def __init_subclass__(cls, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.registry.append((cls.__name__, tag))

    def __init__(self, value=0):
        self.value = value
        type(self).count += 1

    @property
    def double(self):
        return self.value * 2

    @double.setter
    def double(self, new):
        self.value = new // 2

    @classmethod
    def make(cls, *args):
        return cls(*args)

    @staticmethod
    def helper(x):
        return x + 1

    def __repr__(self):
        return f"{type(self).__name__}({self.value})"

    def __eq__(self, other):
        return isinstance(other, Base) and self.value == other.value

    def __hash__(self):
        return hash(self.value)

    def __lt__(self, other):
        return self.value < other.value

    def __add__(self, other):
        return type(self)(self.value + (other.value if isinstance(other, Base) else other))

    __radd__ = __add__

    def __getitem__(self, key):
        return key

    def __call__(self, *args):
        return args

    def __len__(self):
        return self.value

    def __contains__(self, item):
        return item == self.value

    def __iter__(self):
        yield from range(self.value)

    def __bool__(self):
        return self.value != 0

    def __getattr__(self, name):
        if name.startswith("dyn_"):
            return name[4:]
        raise AttributeError(f"no {name}")


class Child(Base, tag="t"):
    def __init__(self, value=1):
        super().__init__(value)

    def helper2(self):
        return __class__.__name__, super().helper(1)


o = Child(4)
o.double = 20
print(o, o.double, Child.make(2), Base.helper(1), o.helper2(), o + 1, 1 + o, sum([o, o]), o[1:2, ...], o[3], o(1, 2), len(o), 10 in o, list(Child(3)), bool(Child(0)), o.dyn_x, Base.registry, Child.count, sorted([Child(3), Child(1)]), max(Child(1), Child(2)), {Child(1): "k"}[Child(1)], Child.__mro__[1].__name__, isinstance(o, Base), issubclass(Child, Base))
show(lambda: o.nothing)
show(lambda: Base.make(1, 2))
show(lambda: Child().missing())


class Meta(type):
    def __new__(mcls, name, bases, names, **kw):
        names["added"] = kw.get("extra", "none")
        return super().__new__(mcls, name, bases, names)

    def __init__(cls, name, bases, names, **kw):
        super().__init__(name, bases, names)

    def __len__(cls):
        return 42


class WithMeta(metaclass=Meta, extra="yes"):
    pass


class Descriptor:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        return self if instance is None else getattr(instance, self.name, "unset")

    def __set__(self, instance, value):
        setattr(instance, self.name, value * 2)


class Uses:
    field = Descriptor()


u = Uses()
before = u.field
u.field = 4
print(WithMeta.added, len(WithMeta), before, u.field, vars(u), type(Uses.field).__name__)


# annotations
def annotated(a: int, b: "list[str]" = None, *c: float, d: dict[str, int | None] = {}) -> "Nothing | None":
    value: int = 1
    return value


class Fields:
    a: int
    b: "str" = "x"
    c: int | None = None


print(annotated(1), sorted(annotated.__annotations__), list(Fields.__annotations__), Fields.b)


# async
async def fetch(n):
    await asyncio.sleep(0)
    return n * 2


async def main():
    async with AsyncManager() as value:
        results = [await fetch(i) for i in range(3)]
        async for item in stream():
            results.append(item)
        return results, value, [i async for i in stream()]


class AsyncManager:
    async def __aenter__(self):
        return "entered"

    async def __aexit__(self, *error):
        return False


async def stream():
    for i in range(2):
        yield i


print(asyncio.run(main()))


# match
def kind(value):
    match value:
        case {"type": "a", "items": [first, *_]}:
            return "a", first
        case [1, 2] | (3, 4):
            return "pair"
        case str() as text if text:
            return text
        case Base(value=v):
            return "base", v
        case _:
            return "other"


print(kind({"type": "a", "items": [1, 2]}), kind([1, 2]), kind((3, 4)), kind("s"), kind(""), kind(Child(7)), kind(None))
exec("made = 5")
print(eval("made + 1", {"made": made}), globals()["total"], "total" in dir(), (lambda: locals())())
print(__name__, __doc__)
