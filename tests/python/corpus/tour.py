"""A walk through the whole language."""
print("hello", 1, 2.5, None, True, [1, 'a'], {'a': 1}, (1,), {1})
def f(a, b=2, *args, c, d=4, **kw):
    return (a, b, args, c, d, kw)
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6))
x = [i * i for i in range(5) if i % 2 == 0]
print(x, {k: v for k, v in zip('abc', range(3))}, {i % 3 for i in range(10)})
def gen(n):
    for i in range(n):
        got = yield i
        if got: print("got", got)
    return "end"
g = gen(3)
print(next(g), g.send("hi"), list(g))
def outer():
    r = yield from gen(2)
    print("r", r)
print(list(outer()))
class A:
    x = 1
    def __init__(self, v): self.v = v
    def __repr__(self): return f"A({self.v!r})"
    @property
    def p(self): return self.v * 2
    @p.setter
    def p(self, value): self.v = value
    @staticmethod
    def s(x): return x + 1
    @classmethod
    def c(cls): return cls.__name__
    def __add__(self, o): return A(self.v + o.v)
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
    def __hash__(self): return hash(self.v)
class B(A):
    def __init__(self, v):
        super().__init__(v + 100)
    @classmethod
    def c(cls): return "B" + super().c()
a = A(1); b = B(2)
print(a, b, a + b, a.p, B.c(), A.s(1), a == A(1), a != A(1), {a: 1}[A(1)])
a.p = 5; print(a.v, B.__mro__)
try:
    1 / 0
except ZeroDivisionError as e:
    print("caught", e, type(e).__name__)
finally:
    print("fin")
try:
    try:
        raise ValueError("x")
    except ValueError as e:
        raise KeyError("k") from e
except KeyError as e:
    print(repr(e), repr(e.__cause__))
class CM:
    def __enter__(self): print("enter"); return self
    def __exit__(self, *a): print("exit", a[0]); return True
with CM() as c, CM():
    raise ValueError
print(f"{1:>5}|{3.14159:.2f}|{'a':^7}|{255:#x}|{1234567:,}|{0.1+0.2}|{a!r:>10}|{a=}")
print("%s %d %5.2f %r %%" % ("a", 3, 2.5, "q"), "{} {1}".format if 0 else "{0} {x!r}".format(1, x='y'))
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c = counter(); c(); print(c())
match [1, 2, 3]:
    case [a, *rest]: print("m", a, rest)
match {"k": 1, "z": 2}:
    case {"k": v, **rest}: print(v, rest)
match 5:
    case 1 | 2: print("no")
    case int(n) if n > 3: print("int", n)
print(2**100, -7 // 2, -7 % 3, 7.5 // 2, 1e100, 1e-5, 123456789012345678901234567890 * 3, 10**20 // 7, round(2.675, 2), round(2.5), 1/3)
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
while True:
    a += 1
    if a > 5: break
else: print("never")
print([y for x in [[1,2],[3]] for y in x], sorted([3,1,2], reverse=True), sum([1,2,3]), max(1,5,3), min([4,2]))
print("a,b,c".split(","), " x ".strip(), "abc"[::-1], "abc"[1:], "x".join("abc"), "Hello".upper())
lam = lambda x, y=1: x + y
print(lam(1), (lambda *a: a)(1, 2))
print(*[1, 2], sep="-")
def deco(fn):
    def w(*a, **k):
        print("call", fn.__name__)
        return fn(*a, **k)
    return w
@deco
def hello(x): return x
print(hello(3))
for i, (k, v) in enumerate({"a": 1, "b": 2}.items()): print(i, k, v)
if (n := 10) > 5: print(n)
print([1,2,3] == [1,2,3], (1,2) < (1,3), "a" in "abc", 3 not in [1,2], not None)
print({**{'a':1}, 'b':2}, [*range(3), *'ab'])
del x[0]; print(x)
print(type(1), type("a"), type(A), isinstance(True, int), int("42"), float("1e3"), str(1.0), bool([]))
assert x, "bad"
try:
    assert not x, "msg"
except AssertionError as e: print("ae", e)
