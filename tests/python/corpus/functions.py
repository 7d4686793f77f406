"""Calls, parameters, closures, and what goes wrong with them."""


def show(work):
    try:
        print(work())
    except Exception as error:
        print(type(error).__name__, error)


def plain(a, b=2, *args, c, d=4, **kwargs):
    return a, b, args, c, d, kwargs


def only(a, b, /, c, *, d):
    return a, b, c, d


show(lambda: plain(1, c=3))
show(lambda: plain(1, 2, 3, c=4, e=5))
show(lambda: plain())
show(lambda: plain(1))
show(lambda: plain(1, a=2, c=3))
show(lambda: plain(c=1))
show(lambda: only(1, 2, 3, d=4))
show(lambda: only(1, 2, c=3, d=4))
show(lambda: only(1, b=2, c=3, d=4))
show(lambda: only(1, 2, 3))
show(lambda: only(1, 2, 3, 4))
show(lambda: only(1, 2, 3, d=4, e=5))
show(lambda: plain(*[1, 2], **{"c": 3, "z": 4}))
show(lambda: plain(*"ab", *"cd", c=1, **{}, **{"x": 1}))
show(lambda: plain(1, c=1, **{"c": 2}))
show(lambda: (lambda: 1)(2))
show(lambda: (lambda x, y: 1)())
show(lambda: (lambda x, y, z: 1)())
show(lambda: (lambda *, k: 1)())
show(lambda: (lambda *, k, j: 1)())
show(lambda: 5())
show(lambda: len())
show(lambda: len(1))
show(lambda: int("x"))
show(lambda: [].append())
show(lambda: None.x)
show(lambda: undefined_name)


def counter(start=0):
    count = start

    def up(by=1):
        nonlocal count
        count += by
        return count

    def get():
        return count
    return up, get


up, get = counter(5)
up(); up(10)
print(get())

functions = [lambda: i for i in range(3)]
print([f() for f in functions])
functions = [lambda i=i: i for i in range(3)]
print([f() for f in functions])


def defaults(value, into=[]):
    into.append(value)
    return into


print(defaults(1), defaults(2), defaults(3, []))

total = 0


def add(n):
    global total
    total += n


add(2); add(3)
print(total)


def unbound():
    print(x)
    x = 1


show(unbound)


def deleted():
    x = 1
    del x
    return x


show(deleted)


def recursive(n):
    return 1 if n <= 1 else n * recursive(n - 1)


print(recursive(20), recursive(30))


def deep(n):
    return deep(n + 1)


try:
    deep(0)
except RecursionError as error:
    print("RecursionError", str(error)[:32])


def decorate(*args, **options):
    def wrap(function):
        def inner(*a, **k):
            return args, options, function(*a, **k)
        inner.__name__ = function.__name__
        return inner
    return wrap


@decorate(1, x=2)
@decorate("inner")
def decorated(a):
    """Doc of decorated."""
    return a


print(decorated(5), decorated.__name__)
print(plain.__name__, plain.__doc__, plain.__defaults__, plain.__kwdefaults__, plain.__code__.co_argcount)


def annotated(a: int, b: "str" = "x") -> list:
    return [a, b]


print(annotated.__annotations__, annotated(1))
print((lambda a, *b, c=1, **d: (a, b, c, d))(1, 2, 3, c=4, e=5))


def outer():
    x = "outer"

    class Inner:
        y = x

        def method(self):
            return x
    return Inner.y, Inner().method()


print(outer())
print([x for x in range(3)], [(x, y) for x in range(3) for y in range(x)], {x: y for x, y in [(1, 2)]})
print([[y for y in range(x)] for x in range(4)])
if any((found := n) > 3 for n in [1, 5, 2]):
    print(found)
print([last := 5, last ** 2], last)


def generator_local():
    values = [1, 2, 3]
    return sum(v * w for v in values for w in values)


print(generator_local())
print(sorted(["b", "A", "c"], key=str.lower), max([3, 1], key=lambda v: -v), min("b", "a"), max([], default="none"))
show(lambda: max([]))
show(lambda: sorted([1, "a"]))
print(list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(filter(None, [0, 1, "", "a"])), list(zip("ab", [1, 2])))
show(lambda: list(zip("ab", [1], strict=True)))
print(callable(len), callable(1), callable(plain), eval("1 + 2 * total"), eval("a", {"a": 7}))
names = {}
exec("z = 3\ndef f(): return z", names)
print(names["f"]())
print(locals() is globals(), "plain" in globals())


def local_names(a):
    b = 2
    return sorted(locals())


print(local_names(1))
