"""os.path, pathlib, contextlib, copy, inspect, logging, warnings, heapq, bisect, ast and so on."""
import abc
import ast
import asyncio
import bisect
import configparser
import contextlib
import copy
import fnmatch
import heapq
import importlib
import inspect
import io
import os
import os.path
import pprint
import sys
import threading
import types
import warnings
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePath


def show(work):
    try:
        print(work())
    except Exception as error:
        print(type(error).__name__, error)


print(os.path.join("a", "b", "/c", "d"), os.path.join("a/", "b"), os.path.dirname("/a/b/c.py"), os.path.basename("/a/b/c.py"), os.path.splitext("a.tar.gz"), os.path.splitext(".bashrc"), os.path.split("/a/b"), os.path.normpath("a//b/../c/./d"), os.path.isabs("/x"), os.path.commonprefix(["abc", "abd"]), os.path.relpath("/a/b/c", "/a/d"), os.path.normpath("/../a"), os.sep, os.linesep == "\n", os.path.commonpath(["/a/b", "/a/c"]))
p = PurePath("/a/b/c.tar.gz")
print(p, p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parts, p / "d", p.with_suffix(".zip"), p.with_name("x"), p.relative_to("/a"), PurePath("a") / "b", p.is_absolute(), list(map(str, p.parents)), PurePath("a/../b"), str(PurePath("")), PurePath("a//b/") == PurePath("a/b"), p.match("*.gz"), sorted([PurePath("b"), PurePath("a")]), Path("x.py").suffix, Path("nope/nope").exists())
print(os.environ.get("NOT_THERE_XYZ"), os.getenv("NOT_THERE_XYZ", "d"), fnmatch.fnmatch("abc.py", "*.py"), fnmatch.filter(["a1", "b2"], "a?"), fnmatch.fnmatch("x", "[!a-c]"))


@contextlib.contextmanager
def manage(name):
    print("enter", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("handled", error)
    finally:
        print("exit", name)


with manage("a") as value:
    print(value)
with manage("b"):
    raise ValueError("v")
try:
    with manage("c"):
        raise KeyError("k")
except KeyError as error:
    print("outside", error)
with contextlib.suppress(ZeroDivisionError):
    1 / 0
with contextlib.ExitStack() as stack:
    print(stack.enter_context(manage("s1")), stack.enter_context(manage("s2")))
    stack.callback(print, "callback")
with contextlib.redirect_stdout(io.StringIO()) as captured:
    print("hidden")
print(repr(captured.getvalue()), contextlib.nullcontext(5).__enter__())


class Node:
    def __init__(self, v):
        self.v, self.next = v, self


a = {"l": [1, [2]], "n": Node(5), "t": (1, [2])}
b, c = copy.copy(a), copy.deepcopy(a)
a["l"][1].append(3)
print(b["l"], c["l"], c["n"].next is c["n"], c["n"] is not a["n"], b["n"] is a["n"], copy.copy([1]), copy.deepcopy((1, [2])), copy.copy({1}))


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        ...

    @property
    @abc.abstractmethod
    def name(self):
        ...


class Square(Shape):
    name = "square"

    def area(self):
        return 4


show(lambda: Shape())
print(Square().area(), Square().name, issubclass(Square, Shape), isinstance(Square(), Shape), sorted(Shape.__abstractmethods__))


def sample(a, b: int = 2, *args, c, d="x", **kw) -> str:
    """Doc."""


print(inspect.signature(sample), list(inspect.signature(sample).parameters), inspect.signature(sample).parameters["b"].default, inspect.isfunction(sample), inspect.isclass(Node), inspect.getdoc(sample), inspect.ismethod(Square().area), inspect.isgeneratorfunction(manage), inspect.iscoroutinefunction(sample), inspect.cleandoc("a\n  b\n  c"))
heap = []
for n in (5, 1, 4, 2, 3):
    heapq.heappush(heap, n)
print([heapq.heappop(heap) for _ in range(5)], heapq.nlargest(2, [1, 5, 3]), heapq.nsmallest(2, [4, 2, 9]), bisect.bisect([1, 3, 5], 3), bisect.bisect_left([1, 3, 5], 3))
x = [1, 3]
bisect.insort(x, 2)
print(x, ast.literal_eval("{'a': [1, -2.5, (True, None)], 'b': b'x'}"), ast.literal_eval("'s'"))
try:
    ast.literal_eval("f(1)")
except ValueError as error:
    print(str(error)[:33])
ns = types.SimpleNamespace(a=1, b="x")
ns.c = 2
print(ns, ns.a, ns == types.SimpleNamespace(a=1, b="x", c=2), types.FunctionType is type(show), isinstance(show, types.FunctionType), types.MappingProxyType({"a": 1})["a"], isinstance((i for i in []), types.GeneratorType))
config = configparser.ConfigParser()
config.read_string("[DEFAULT]\nbase = /x\n[s]\npath = %(base)s/y\nn = 5\nflag = yes\nlong = a\n  b\n")
print(config["s"]["path"], config.getint("s", "n"), config.getboolean("s", "flag"), config.sections(), config.get("s", "nope", fallback="f"), repr(config["s"]["long"]), config.has_option("s", "n"))


async def add(a, b):
    await asyncio.sleep(0)
    return a + b


async def main():
    async def gen():
        for i in range(3):
            yield i
    total = 0
    async for i in gen():
        total += i
    values = await asyncio.gather(add(1, 2), add(3, 4))
    return total, list(values), [x async for x in gen()]


print(asyncio.run(main()))
results = []
thread = threading.Thread(target=lambda: results.append(1))
thread.start()
thread.join()
with threading.Lock():
    pass
with ThreadPoolExecutor(2) as pool:
    print(list(pool.map(lambda v: v * 2, [1, 2])), pool.submit(pow, 2, 3).result(), results)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("careful", DeprecationWarning)
print(len(caught), caught[0].category.__name__, caught[0].message)
print(sys.version_info >= (3, 8), sys.version_info[0], sys.platform, sys.maxsize, sys.byteorder, callable(sys.exit), importlib.import_module("json").dumps([1]), weakref.ref(ns)() is ns if False else True)
pprint.pprint({"b": 1, "a": [1, 2]})
print(__name__ == "__main__", isinstance(sys.modules, dict), "os" in sys.modules)
try:
    sys.exit(3)
except SystemExit as error:
    print(error.code)
try:
    raise ValueError("x")
except ValueError:
    print(sys.exc_info()[0].__name__, sys.exc_info()[1])
sys.stdout.write("written\n")
print("to stderr is not shown", file=io.StringIO())
