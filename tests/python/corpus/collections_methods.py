"""Every method of list, tuple, dict, set, frozenset, range and slice."""


def show(*values):
    print(*(repr(value) for value in values))


def fails(work):
    try:
        print("no error:", repr(work()))
    except Exception as error:
        print(type(error).__name__, error)


# list
l = [3, 1, 2]
l.append(4)
l.extend([5, 6])
l.extend(x for x in (7,))
l.insert(0, 0)
l.insert(-1, 65)
l.insert(100, 99)
show(l, l.index(2), l.index(4, 2), l.count(1), l.copy() is l, l.pop(), l.pop(0), l.pop(-2), l)
l.remove(65) if 65 in l else None
l.sort()
show(l)
l.sort(key=lambda x: -x, reverse=False)
show(l, sorted(l), sorted(l, reverse=True), list(reversed(l)))
l.reverse()
show(l, l + [1], l * 2, 2 * [0], [1, 2] < [1, 3], [1] == [1.0], 3 in l, len(l), l[1:3], l[-2:], l[::-1], l[::2])
l[1:3] = ["a", "b", "c"]
l[::2] = [None] * len(l[::2])
del l[0], l[-1]
del l[1:2]
l[0:0] = [9]
l += (8,)
l *= 2
show(l)
l.clear()
show(l, list(), list("ab"), list({1: 2}), [*range(3), *"ab"], [[0] * 2 for _ in range(2)])
for work in (lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1][3], lambda: [1]["a"], lambda: [1, "a"].sort(), lambda: [].insert(), lambda: [1] + (2,), lambda: [1].append(), lambda: list(5), lambda: [] * "a"):
    fails(work)

# tuple
t = (1, 2, 2)
show(t.count(2), t.index(2), t.index(2, 2), t + (3,), t * 2, t[0], t[1:], (1,), (), tuple("ab"), t == (1, 2, 2), t < (1, 3), hash(t) == hash((1, 2, 2)), 2 in t, len(t), max(t), sum(t))
first, *rest = t
*init, last = t
x, (y, *z) = 1, (2, 3, 4)
show(first, rest, init, last, x, y, z)
for work in (lambda: (1,).index(5), lambda: ()[0], lambda: (1,) + [2], lambda: hash(([],)), lambda: (1,).append):
    fails(work)

# dict
d = {"a": 1, "b": 2}
show(d.get("a"), d.get("x"), d.get("x", 0), d.keys(), d.values(), d.items(), list(d), "a" in d, len(d), d.copy(), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0))
show(d.setdefault("c", 3), d.setdefault("a", 9), d.pop("c"), d.pop("x", None), d.popitem(), d)
d.update({"x": 1}, y=2)
d.update([("z", 3)])
d.update(w=4)
show(d, d | {"q": 1}, {**d, "a": 0}, dict(a=1), dict([("a", 1)]), dict({"a": 1}, b=2), dict(zip("ab", (1, 2))), {k: v for k, v in d.items() if v > 1}, d == dict(d), reversed(d).__next__())
d |= {"m": 5}
del d["x"]
show(d, list(reversed(d)), d.keys() & {"a", "m"}, d.keys() | {"new"} == set(d) | {"new"}, d.items() >= {("a", 1)}, sorted(d.keys() - {"a"}), ("a", 1) in d.items(), 1 in d.values(), d.keys() == set(d))
d.clear()
show(d, {1: "a", True: "b", 1.0: "c"}, {(1, 2): 3}[1, 2], {None: 0}[None])


class Missing(dict):
    def __missing__(self, key):
        return f"no {key}"


show(Missing()["k"], Missing(a=1)["a"], Missing().get("k"))
for work in (lambda: {}["a"], lambda: {}.pop("a"), lambda: {}.popitem(), lambda: {[]: 1}, lambda: dict(5), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: {1: 2} < {1: 3}, lambda: {}.update(5)):
    fails(work)
d = {1: 1}
try:
    for key in d:
        d[key + 1] = 0
except RuntimeError as error:
    print(error)

# set and frozenset
s = {3, 1, 2}
s.add(4)
s.discard(9)
s.remove(1)
show(sorted(s), sorted(s | {9}), sorted(s & {2, 3}), sorted(s - {2}), sorted(s ^ {2, 7}), s <= {2, 3, 4, 5}, s < s, s >= {2}, s == {4, 3, 2}, s.isdisjoint({8}), s.issubset({2, 3, 4}), s.issuperset({2}))
show(sorted(s.union([5], [6])), sorted(s.intersection([2, 3])), sorted(s.difference([2])), sorted(s.symmetric_difference([2, 5])), len(s), 2 in s, s.copy() == s, set(), set("a"), frozenset([1]), frozenset() == set(), hash(frozenset([1, 2])) == hash(frozenset([2, 1])))
s.update([7], {8})
s.intersection_update([2, 3, 7])
s.difference_update([3])
s.symmetric_difference_update([7, 9])
s |= {1}
s &= {1, 2}
s -= {5}
s ^= {3}
show(sorted(s), s.pop() in (1, 2, 3), len(s), {frozenset({1}): "x"}[frozenset({1})], {1, 1.0, True}, type(frozenset() | {1}).__name__, type({1} | frozenset()).__name__)
s.clear()
for work in (lambda: set().pop(), lambda: {1}.remove(2), lambda: {[]}, lambda: {1} | [2], lambda: set(5), lambda: {1} < 5, lambda: frozenset().add(1), lambda: hash(set())):
    fails(work)

# range and slice
r = range(1, 10, 3)
show(r, list(r), len(r), r[1], r[-1], r[1:], 4 in r, 5 in r, r.start, r.stop, r.step, r.index(7), r.count(4), r == range(1, 9, 3), list(reversed(r)), range(0) == range(5, 5), bool(range(0)), range(5, 0, -2)[:], sum(range(101)), max(r))
sl = slice(1, None, 2)
show(sl, sl.start, sl.stop, sl.step, sl.indices(6), "abcdef"[sl], slice(3), slice(1, 2) == slice(1, 2))
for work in (lambda: range(1, 2, 0), lambda: range("a"), lambda: range(3)[5], lambda: range(3).index(9), lambda: [1, 2, 3][::0], lambda: [1]["a":]):
    fails(work)
