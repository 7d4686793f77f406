"""dataclasses, enum, typing, collections, itertools, functools."""
import collections
import enum
import functools
import itertools
import typing
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import asdict, astuple, dataclass, field, fields, is_dataclass, replace
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique
from typing import Any, Dict, List, NamedTuple, Optional, Union


def show(work):
    try:
        print(work())
    except Exception as error:
        print(type(error).__name__, error)


@dataclass
class Item:
    name: str
    price: float = 1.5
    tags: list = field(default_factory=list)
    hidden: int = field(default=0, repr=False, compare=False)

    @property
    def double(self):
        return self.price * 2


@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0


@dataclass
class Special(Item):
    extra: Optional[str] = None

    def __post_init__(self):
        self.name = self.name.upper()


a, b = Item("a"), Item("a", 1.5, [])
print(a, a == b, a is b, a.double, Special("x", extra="e"), asdict(a), astuple(a), replace(a, name="b"), is_dataclass(a), [f.name for f in fields(a)])
print(Version(1, 2) < Version(1, 3), Version(1) == Version(1, 0), hash(Version(1)) == hash(Version(1)), sorted([Version(2), Version(1, 5)]))
show(lambda: setattr(Version(1), "major", 2))
show(lambda: Item())
show(lambda: Item(1, 2, 3, 4, 5))
show(lambda: Item("x", nope=1))
show(lambda: hash(a))
a.tags.append(1)
print(a, b)


class Color(Enum):
    RED = 1
    GREEN = "g"
    ALIAS = 1

    def describe(self):
        return f"{self.name}={self.value}"

    @classmethod
    def default(cls):
        return cls.GREEN


print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color("g"), Color["RED"], Color.ALIAS is Color.RED, list(Color), len(Color), Color.RED.describe(), Color.default())
print(Color.RED == 1, Color.RED == Color.RED, Color.RED in Color, isinstance(Color.RED, Color), {Color.RED: 1}[Color.RED], [c.value for c in Color], list(Color.__members__), type(Color.RED), str(Color), repr(Color))
show(lambda: Color(5))
show(lambda: Color["X"])
show(lambda: setattr(Color, "RED", 2))
show(lambda: Color.RED < Color.GREEN)
print(f"{Color.RED} {Color.RED!r} {Color.RED:>12}")


class Number(IntEnum):
    ONE = 1
    TWO = 2


class Text(str, Enum):
    A = "a"
    B = "b"


class Auto(Enum):
    X = auto()
    Y = auto()


class Str(StrEnum):
    ONE = auto()
    TWO = "zwei"


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


class Bits(IntFlag):
    A = 1
    B = 2


print(Number.ONE, repr(Number.TWO), Number.ONE + 1, Number.ONE < 2, Number(2), f"{Number.ONE}", "%d %s" % (Number.ONE, Number.TWO), sorted([Number.TWO, Number.ONE]), [10, 20, 30][Number.ONE], int(Number.TWO), isinstance(Number.ONE, int))
print(Text.A, repr(Text.A), Text.A == "a", Text("b"), Text.A.value, Text.A + "x", f"{Text.A}", "%s" % Text.A, Text.A.upper(), isinstance(Text.A, str), {"a": 1}[Text.A], [e.value for e in Text], ",".join(Text))
print(list(Auto), Auto.Y.value, Str.ONE, Str.TWO, Str.ONE == "one", repr(Str.ONE), f"{Str.ONE}")
print(Perm.R | Perm.X, Perm.RW, Perm.R in Perm.RW, Perm.R & Perm.W, bool(Perm.R & Perm.W), ~Perm.R, list(Perm), Perm(3), Perm.R.value, Bits.A | Bits.B, Bits.A | 4 if False else "", Bits(3))
Dyn = Enum("Dyn", "A B")
print(list(Dyn), Enum("D2", {"X": 10})["X"].value, Dyn.A.value, Enum("D3", ["P", "Q"]).Q)


class Planet(Enum):
    EARTH = (5.976e24, 6.37814e6)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    @property
    def gravity(self):
        return round(6.67300E-11 * self.mass / (self.radius * self.radius), 3)


print(Planet.EARTH.gravity, Planet.EARTH.value, Planet.EARTH)


@unique
class Unique(Enum):
    A = 1


class WithNew(int, Enum):
    LOW = (1, "low")

    def __new__(cls, value, label):
        obj = int.__new__(cls, value)
        obj._value_ = value
        obj.label = label
        return obj


print(WithNew.LOW, WithNew.LOW.label, WithNew(1), WithNew.LOW + 1)
P = namedtuple("P", "x y z", defaults=[0])
p = P(1, y=2)
print(p, p.x, p[1], p._asdict(), p._replace(x=9), P._fields, P._make([1, 2, 3]), p == (1, 2, 0), tuple(p), len(p), isinstance(p, tuple), hash(p) == hash((1, 2, 0)))
show(lambda: P(1))
show(lambda: P(1, 2, 3, 4))
show(lambda: setattr(p, "x", 5))


class Emp(NamedTuple):
    name: str
    id: int = 3

    def hi(self):
        return f"hi {self.name}"


print(Emp("a"), Emp("a").hi(), Emp("b", 4).id, Emp._fields)
dd = defaultdict(list)
dd["a"].append(1)
dd["b"]
print(dd, dict(dd), dd["a"], "z" in dd, len(dd), defaultdict(int, {"q": 1})["w"])
c = Counter("abracadabra")
print(c, c.most_common(2), c["z"], c + Counter("a"), c - Counter("aaaa"), sorted(c.elements())[:4], sum(c.values()), Counter(a=2) | Counter(a=1, b=1), Counter([1, 1, 2]))
od = OrderedDict(a=1, b=2)
od.move_to_end("a")
print(od, list(od), od.popitem(last=False), od == OrderedDict(a=1))
dq = deque([1, 2, 3], maxlen=4)
dq.append(4); dq.append(5); dq.appendleft(0); dq.rotate(1)
print(dq, dq.popleft(), dq.pop(), len(dq), list(dq), dq[0], 3 in dq)
cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(cm["a"], cm["b"], dict(cm) == {"a": 1, "b": 3}, cm.get("z"))
print(isinstance([], collections.abc.Sequence), isinstance({}, collections.abc.Mapping), isinstance("a", collections.abc.Iterable), isinstance(5, collections.abc.Hashable), isinstance(len, collections.abc.Callable), isinstance([], collections.abc.Hashable), issubclass(dict, collections.abc.MutableMapping), isinstance(iter([]), collections.abc.Iterator))
print(list(itertools.chain([1], "ab")), list(itertools.chain.from_iterable([[1], [2]])), list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.islice("abcdef", 1, 5, 2)), list(itertools.repeat(1, 2)), list(itertools.product("ab", [1, 2])), list(itertools.product([0, 1], repeat=2)))
print(list(itertools.permutations([1, 2, 3], 2)), list(itertools.combinations("abc", 2)), list(itertools.combinations_with_replacement("ab", 2)), list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([1, 2, 3], lambda a, b: a * b)), list(itertools.zip_longest("ab", [1], fillvalue="-")))
print([(k, list(g)) for k, g in itertools.groupby("aabbbc")], list(itertools.takewhile(lambda x: x < 3, range(9))), list(itertools.dropwhile(lambda x: x < 3, range(5))), list(itertools.starmap(pow, [(2, 3)])), list(itertools.compress("abc", [1, 0, 1])), list(itertools.pairwise("abc")), list(itertools.filterfalse(None, [0, 1])), [list(t) for t in itertools.tee([1, 2])])
cyc = itertools.cycle("ab")
print([next(cyc) for _ in range(5)], [(k, len(list(g))) for k, g in itertools.groupby(sorted([3, 1, 3, 2]), key=lambda v: v > 1)])
print(functools.reduce(lambda a, b: a + b, [1, 2, 3]), functools.reduce(max, [3, 9, 2], 0), functools.partial(pow, 2)(5), functools.partial(int, base=2)("101"))


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(60), fib.cache_info().misses, sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))


@functools.total_ordering
class T:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return self.v == o.v

    def __lt__(self, o):
        return self.v < o.v


print(T(1) <= T(2), T(2) > T(1), T(1) >= T(2))


class Cached:
    calls = 0

    @functools.cached_property
    def value(self):
        Cached.calls += 1
        return 5


cached = Cached()
print(cached.value, cached.value, Cached.calls)


def wrapper(f):
    @functools.wraps(f)
    def inner(*args):
        return f(*args)
    return inner


@wrapper
def documented(x):
    """docs"""
    return x


print(documented.__name__, documented.__doc__, documented(3), documented.__wrapped__(4))


@functools.singledispatch
def kind(x):
    return "object"


@kind.register
def _(x: int):
    return "int"


@kind.register(str)
def _(x):
    return "str"


print(kind(1), kind("a"), kind(2.5), kind(True))
print(Optional[int], Union[int, str], List[int], Dict[str, Any], Optional[List[str]], Union[int, None, str], typing.Callable[[int], str], typing.Tuple[int, ...], list[int], dict[str, list[int]], int | None, int | str)
print(typing.get_origin(List[int]), typing.get_args(Dict[str, int]), typing.get_args(Optional[int]), typing.get_origin(list[int]), typing.cast(int, "x"), typing.TYPE_CHECKING, isinstance(5, int | str), typing.Literal["a", 1], typing.get_type_hints(Emp) == {"name": str, "id": int})
TV = typing.TypeVar("TV")


class Box(typing.Generic[TV]):
    def __init__(self, item: TV):
        self.item = item


class IntBox(Box[int]):
    pass


print(Box(5).item, IntBox(6).item, Box[int](7).item, typing.get_args(Box[int]), Item.__annotations__ == {"name": str, "price": float, "tags": list, "hidden": int})


class TD(typing.TypedDict, total=False):
    a: int


print(TD(a=1), TD.__annotations__, typing.NewType("UserId", int)(5), typing.Annotated[int, "meta"].__metadata__)
