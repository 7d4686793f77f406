"""Generators, iteration protocols, exceptions inside of them."""


def count(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                print("got", got)
    except ValueError as error:
        print("caught", error)
        yield "after"
    finally:
        print("finally")
    return "result"


g = count(3)
print(next(g), g.send("x"), next(g))
try:
    next(g)
except StopIteration as stop:
    print(stop.value)
g = count(3)
next(g)
print(g.throw(ValueError("v")))
print(list(g))
g = count(3)
next(g)
g.close()
g.close()
print(next(g, "done"))


def delegate():
    result = yield from count(2)
    print("result", result)
    yield from [10, 20]
    yield from "ab"
    return "end"


print(list(delegate()))


def infinite():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


fib = infinite()
print([next(fib) for _ in range(15)])


def take(n, it):
    for i, x in enumerate(it):
        if i >= n:
            return
        yield x


print(list(take(5, infinite())))
print(sum(x * x for x in range(10)), max((x % 7 for x in range(20))), list(x for x in (y for y in range(3))))


def inner():
    try:
        yield 1
        yield 2
    except KeyError:
        print("inner caught")
        yield 3


def outer():
    try:
        yield from inner()
    except TypeError as error:
        print("outer caught", error)
        yield 4


g = outer()
print(next(g), g.throw(KeyError()), end=" ")
try:
    print(g.throw(TypeError("t")))
except StopIteration:
    print("stopped")


def bad():
    yield 1
    raise StopIteration("inside")


try:
    list(bad())
except RuntimeError as error:
    print(error, repr(error.__cause__))

g = count(1)
try:
    g.send(5)
except TypeError as error:
    print(error)


def reentrant():
    yield next(me)


me = reentrant()
try:
    next(me)
except ValueError as error:
    print(error)


def tree(node):
    if node:
        left, value, right = node
        yield from tree(left)
        yield value
        yield from tree(right)


print(list(tree(((None, 1, None), 2, ((None, 3, None), 4, None)))))


def with_return():
    return 5
    yield


print(list(with_return()))
it = iter([1, 2, 3])
print(next(it), list(it), next(it, None))
print(list(iter(lambda c=[0]: c.__setitem__(0, c[0] + 1) or c[0], 4)))
print(list(enumerate("ab", 5)), list(reversed([1, 2, 3])), list(reversed(range(5))), list(reversed("abc")))
print([*range(10, 0, -3)], list(range(0)), range(5)[1:3], len(range(0, 10, 3)), 4 in range(0, 10, 2), range(3) == range(0, 3, 1))
for i in range(3):
    if i == 5:
        break
else:
    print("else")
i = 0
while i < 5:
    i += 1
    if i == 2:
        continue
    if i == 4:
        break
else:
    print("never")
print(i)
d = {"a": 1}
try:
    for k in d:
        d["b"] = 2
except RuntimeError as error:
    print(error)
print(dict(zip("abc", count(2))))


def nested_finally():
    for x in [1, 2]:
        try:
            try:
                if x == 1:
                    continue
                return "returned"
            finally:
                print("inner finally", x)
        finally:
            print("outer finally", x)


print(nested_finally())


def override():
    try:
        return "try"
    finally:
        return "finally"


print(override())


def swallow():
    while True:
        try:
            raise ValueError
        finally:
            break
    return "swallowed"


print(swallow())


def yield_in_try():
    try:
        yield 1
    finally:
        yield 2


print(list(yield_in_try()))
a, *b = (x for x in range(4))
print(a, b)
(a, b), [c, *d] = (1, 2), "xyz"
print(a, b, c, d)
for bad_target in ("a, b = 1, 2, 3", "a, b = [1]", "a, *b = []", "a, b = 5", "[a] = {}"):
    try:
        exec(bad_target)
    except (ValueError, TypeError) as error:
        print(error)
