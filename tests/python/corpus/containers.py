"""list, tuple, dict, set and their methods."""
l = [3, 1, 2]
l.append(5); l.extend([7, 8]); l.insert(1, 9); l.insert(-1, 0); l.insert(100, 4)
print(l, l.pop(), l.pop(0), l.index(5), l.count(1), len(l))
l.remove(9); l.reverse(); print(l)
l.sort(); print(l); l.sort(reverse=True); print(l); l.sort(key=lambda x: x % 3); print(l)
print(l[0], l[-1], l[1:3], l[::-1], l[::2], l[:], l + [1], l * 2, 2 in l, l == l[:], l < [100], [1, 2] < [1, 2, 3])
l[0] = 10; l[1:3] = [20, 30, 40]; print(l); l[::2] = [0] * len(l[::2]); print(l); del l[0]; del l[1:3]; print(l)
l[1:1] = "xy"; print(l); l[:] = []; print(l); l += [1]; l *= 3; print(l, l.copy(), [].copy()); l.clear(); print(l)
try:
    l2 = [1, 2, 3]; l2[::2] = [1]
except ValueError as e: print(e)
print(sorted([(1, "b"), (1, "a"), (0, "c")]), sorted("bca", reverse=True), [1, [2, [3]]], [[]] * 2)
people = [("Bob", 30), ("Al", 25), ("Cy", 30)]
print(sorted(people, key=lambda p: (-p[1], p[0])), sorted(people, key=lambda p: p[1], reverse=True))
t = (1, 2, 3)
print(t, (1,), (), t + (4,), t * 2, t[1], t[1:], t.index(2), t.count(1), 2 in t, tuple([1]), t < (1, 3), hash((1, 2)) == hash((1, 2)), len(t), (1, (2, 3)))
d = {"a": 1, "b": 2}
d["c"] = 3; d.update({"d": 4}, e=5); d.update([("f", 6)]); print(d, len(d), d["a"], d.get("z"), d.get("z", 0), "a" in d, 1 in d)
print(list(d), list(d.keys()), list(d.values()), list(d.items()), d.pop("a"), d.pop("zz", None), d.popitem(), d.setdefault("b", 9), d.setdefault("n", 9))
print(d, {**d, "b": 0}, d | {"x": 1}, {"x": 1} | d, dict(a=1), dict([(1, 2)]), dict(zip("ab", [1, 2])), dict.fromkeys("ab", 0), {1: "a", 1.0: "b", True: "c"})
d |= {"y": 7}; del d["b"]; print(d, d == dict(d), d != {}, d.copy() is d, list(reversed(d)), sorted(d), max(d.values()), sum(d.values()))
print(d.keys() & {"c", "q"}, d.keys() | {"q"} == {1}, d.keys() - {"c"} == d.keys(), d.items() >= {("c", 3)}, "c" in d.keys(), 3 in d.values(), ("c", 3) in d.items())
keys = d.keys(); d["new"] = 1; print(keys, d.items(), d.values()); d.clear(); print(d, bool(d))
print({"k": {"n": [1, {"z": 2}]}}, {(1, 2): "t"}, {None: 1, False: 2, "": 3}, {i: i * i for i in range(3)}, {v: k for k, v in {"a": 1}.items()})
s = {1, 2, 3}
s.add(4); s.add(1); s.discard(9); s.remove(2); print(sorted(s), len(s), 1 in s, s == {1, 3, 4}, s < {1, 3, 4, 5}, s <= s, s > {1})
print(sorted(s | {9}), sorted(s & {1, 9}), sorted(s - {1}), sorted(s ^ {1, 9}), s.isdisjoint({7}), {1}.issubset(s), s.issuperset([1]), sorted(s.union([5], [6])), sorted(s.intersection([1, 3], [3])))
s |= {10}; s &= {1, 10, 3}; s -= {1}; s ^= {3, 5}; print(sorted(s)); s.update([1], [2]); print(sorted(s)); s.clear(); print(s, set(), frozenset(), frozenset([1]), {1})
print(frozenset([1, 2]) == {1, 2}, {frozenset([1]): 1}[frozenset([1])], sorted(set("hello")), set([1, 1]), {*[1, 2], 3} == {1, 2, 3}, len({1, 1.0, True}))
print([x for x in range(10) if x % 2 if x > 3], [(x, y) for x in "ab" for y in range(2)], {x % 3 for x in range(9)} == {0, 1, 2}, [[j for j in range(i)] for i in range(3)])
a = [1, 2]; b = a; b.append(3); print(a, a is b, a == [1, 2, 3], a is not [1, 2, 3], id(a) == id(b))
a = []; a.append(a); print(a, a == a); d = {}; d["d"] = d; print(d)
m = [[0] * 3 for _ in range(2)]; m[0][1] = 5; print(m, [list(r) for r in zip(*m)], [r[:] for r in m])
first, *rest, last = range(6); print(first, rest, last)
(x, y), z = [(1, 2), 3]; x, y = y, x; print(x, y, z)
for i, (k, v) in enumerate([("a", 1), ("b", 2)]): print(i, k, v)
nested = {"a": [1, 2, {"b": (3, 4)}]}; print(nested["a"][2]["b"][1]); nested["a"][2]["b"] = 0; print(nested)
print(list(range(5)), list(range(2, 10, 3)), list(range(5, 0, -2)), range(3), range(1, 5, 2), 3 in range(5), range(10)[2:8:2], range(5)[-1], len(range(100)), sum(range(101)), range(0) == range(5, 5))
print([1, 2, 3][-2:], [1, 2, 3][5:], [1, 2, 3][::-2], "abc"[slice(1, None)], slice(1, 2, 3), slice(5).indices(3))
print(all([]), any([]), all([1, 0]), any([0, 1]), list(map(str, [1, 2])), list(filter(lambda x: x > 1, [1, 2, 3])), sum(map(len, ["a", "bb"])), min([3, 1], key=lambda v: -v), list(zip([1, 2], "ab", (True, False))))
print([None] * 3, [0] * 0, [[1]] + [[2]], [1] == [1.0], (1, 2) == [1, 2], {1: 2} == {1: 2.0}, [] == False, not [], not {}, not "a")
class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return 1
    def __eq__(self, o): return self.v == o.v
    def __repr__(self): return f"K{self.v}"
kd = {K(1): "a", K(2): "b"}; kd[K(1)] = "c"; print(kd, kd[K(2)], K(3) in kd, len({K(1), K(1)})); del kd[K(1)]; print(kd)
big = {i: str(i) for i in range(1000)}
for i in range(0, 1000, 2): del big[i]
print(len(big), big[501], 500 in big, list(big)[:5], list(big)[-3:]); big.update({i: "n" for i in range(0, 100)}); print(len(big), list(big.items())[-2:])
q = list(range(5)); print([q.pop(0) for _ in range(len(q))], q)
print(str([1, "a", None, True, 2.5, (1,), {"x": b"y"}]), repr({"a": {1}}), str(()), str({}), [print] != [], (lambda: 1).__name__)
print({"b": 1, "a": 2} == {"a": 2, "b": 1}, list({"b": 1, "a": 2}), sorted({"b": 1, "a": 2}.items()), [*{"b": 1, "a": 2}], {**{"a": 1}, **{"a": 2}})
