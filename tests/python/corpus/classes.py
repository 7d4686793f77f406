"""Classes: attributes, inheritance, descriptors, operators, metaclasses."""


def show(work):
    try:
        print(work())
    except Exception as error:
        print(type(error).__name__, error)


class Point:
    """A point."""
    count = 0

    def __init__(self, x, y=0):
        self.x, self.y = x, y
        Point.count += 1

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def __eq__(self, other):
        if not isinstance(other, Point):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)

    def __lt__(self, other):
        return (self.x, self.y) < (other.x, other.y)

    def __add__(self, other):
        if isinstance(other, Point):
            return Point(self.x + other.x, self.y + other.y)
        return NotImplemented

    def __radd__(self, other):
        return Point(self.x + other, self.y + other)

    def __iadd__(self, other):
        self.x += other
        return self

    def __mul__(self, n):
        return Point(self.x * n, self.y * n)

    __rmul__ = __mul__

    def __neg__(self):
        return Point(-self.x, -self.y)

    def __abs__(self):
        return abs(self.x) + abs(self.y)

    def __bool__(self):
        return bool(self.x or self.y)

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return (self.x, self.y)[i]

    def __contains__(self, v):
        return v in (self.x, self.y)

    def __iter__(self):
        yield self.x
        yield self.y

    def __call__(self, *args):
        return args

    def __format__(self, spec):
        return f"<{self.x}{spec}{self.y}>"

    def __hash__(self):
        return hash((self.x, self.y))

    def __int__(self):
        return self.x

    def __index__(self):
        return self.x


p = Point(1, 2)
print(p, p == Point(1, 2), p != Point(1, 2), p == 1, p != 1, p < Point(2), Point(3) > p)
print(p + Point(1, 1), 5 + p, p * 3, 3 * p, -p, abs(Point(-1, -2)), bool(Point(0)), len(p), p[1], 2 in p)
p += 10
print(p, list(p), p(1, 2), f"{p:/}", format(p, "|"), {p: 1}[Point(11, 2)], Point.count, int(p), hex(p), [0] * Point(2))
a, b = p
print(a, b, sorted([Point(2), Point(1)]), sum([Point(1), Point(2)]))
show(lambda: p + "x")
show(lambda: "x" + p)
show(lambda: p - 1)
show(lambda: p.z)
show(lambda: Point())
show(lambda: Point.z)
show(lambda: setattr(5, "x", 1))
show(lambda: object().x)
print(Point.__doc__, Point.__name__, Point.__module__ == __name__, Point.__qualname__, type(p).__name__)
print(hasattr(p, "x"), getattr(p, "q", "none"), vars(Point(5, 6)), isinstance(p, Point), isinstance(1, (str, int)))
del p.x
show(lambda: p.x)


class A:
    def who(self):
        return "A"

    @classmethod
    def make(cls):
        return cls()

    @staticmethod
    def plus(a, b):
        return a + b


class B(A):
    def who(self):
        return "B" + super().who()


class C(A):
    def who(self):
        return "C" + super().who()


class D(B, C):
    def who(self):
        return "D" + super(D, self).who()


print(D().who(), [c.__name__ for c in D.__mro__], D.make().who(), D.plus(1, 2), D().plus(3, 4))
print(issubclass(D, A), issubclass(A, D), D.__bases__ == (B, C), A.__subclasses__() == [B, C])
show(lambda: type("X", (A, B), {}))


class Temperature:
    def __init__(self):
        self._c = 0

    @property
    def f(self):
        """Fahrenheit."""
        return self._c * 9 / 5 + 32

    @f.setter
    def f(self, value):
        self._c = (value - 32) * 5 / 9

    @f.deleter
    def f(self):
        print("deleted")

    @property
    def fixed(self):
        return 1


t = Temperature()
t.f = 212
print(t._c, t.f, Temperature.f.__doc__)
del t.f
show(lambda: setattr(t, "fixed", 2))


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        return self if obj is None else getattr(obj, self.name, 0)

    def __set__(self, obj, value):
        if value < 0:
            raise ValueError(f"{self.name} must not be negative")
        setattr(obj, self.name, value)


class Account:
    balance = Positive()


account = Account()
account.balance = 5
print(account.balance, account._balance, isinstance(Account.balance, Positive))
show(lambda: setattr(account, "balance", -1))


class Dynamic:
    def __getattr__(self, name):
        if name.startswith("x"):
            return name.upper()
        raise AttributeError(f"no {name}")

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value * 2)

    def __delattr__(self, name):
        print("del", name)


d = Dynamic()
d.a = 4
print(d.a, d.xyz)
show(lambda: d.q)
del d.a


class Meta(type):
    registry = []

    def __new__(mcls, name, bases, namespace, **options):
        cls = super().__new__(mcls, name, bases, namespace)
        cls.options = options
        mcls.registry.append(name)
        return cls

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args):
        instance = super().__call__(*args)
        instance.made_by = "meta"
        return instance

    def __getattr__(cls, name):
        return f"meta {name}"

    def __len__(cls):
        return 42


class Base(metaclass=Meta, flag=True):
    pass


class Child(Base):
    def __init__(self, value=None):
        self.value = value


print(Meta.registry, Base.options, Child.options, Child(3).made_by, Child(3).value, Base.anything, len(Base), type(Child))


class Plugin:
    plugins = {}

    def __init_subclass__(cls, /, key=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.plugins[key or cls.__name__] = cls


class One(Plugin):
    pass


class Two(Plugin, key="second"):
    pass


print(sorted(Plugin.plugins))


class MyList(list):
    def __init__(self, *items):
        super().__init__(items)
        self.extra = len(items)

    def append(self, item):
        super().append(item * 2)

    def __getitem__(self, i):
        return "item " + str(super().__getitem__(i))


l = MyList(1, 2)
l.append(5)
print(l, l.extra, l[2], len(l), isinstance(l, list), l == [1, 2, 10], l + [1])


class Upper(str):
    def __new__(cls, value, tag=None):
        self = super().__new__(cls, value.upper())
        self.tag = tag
        return self


u = Upper("abc", tag=1)
print(u, u.tag, u + "d", type(u + "d").__name__, len(u), u == "ABC", {"ABC": 1}[u], u.lower(), isinstance(u, str))


class Number(int):
    def __add__(self, other):
        return Number(int(self) + int(other) + 1000)


print(Number(5) + 6, Number(5) * 2, Number("7"), 5 + Number(1), sorted([Number(3), 1]), type(Number(1) + 1).__name__)


class Missing(dict):
    def __missing__(self, key):
        return f"no {key}"


m = Missing(a=1)
print(m["a"], m["b"], m.get("b"), m)


class Ctx:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind.__name__ if kind else None, value)
        return self.swallow


with Ctx("a") as x, Ctx("b", True):
    print(x.name)
    raise KeyError("k")
try:
    with Ctx("c"):
        1 / 0
except ZeroDivisionError as error:
    print("out", error)


def early():
    for i in range(3):
        with Ctx(i):
            if i == 1:
                return i


print(early())


class Slots:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a = 1


print(Slots().a)


class Private:
    def __init__(self):
        self.__x = 1

    def get(self):
        return self.__x


print(Private().get(), Private().__dict__)


class Eq:
    def __eq__(self, other):
        return True


show(lambda: hash(Eq()))
show(lambda: {Eq(): 1})
show(lambda: [] < 3)
show(lambda: with_bad())


def with_bad():
    with 5:
        pass


show(with_bad)
print(type("Made", (Point,), {"z": 3, "go": lambda self: self.z})(1).go())
print(object.__eq__(1, 1), Point.__eq__(p, 5) if False else "", str(type(None)), type(...), repr(NotImplemented))


class Iter:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.n


print(list(Iter()), sum(Iter()), 2 in Iter(), [*Iter()], tuple(Iter()), dict.fromkeys(Iter()))


class Old:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i * i


print(list(Old()), 4 in Old())
print(isinstance(True, int), bool.__mro__[1].__name__, int.__name__, (5).__class__.__name__)
