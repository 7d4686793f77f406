"""Functions of the modules that scripts use for data: functools, itertools, operator, math, random, hashlib, csv and so on."""
import base64
import csv
import functools
import hashlib
import html
import io
import itertools
import logging
import math
import operator
import os
import random
import secrets
import string
import sys
import textwrap
import time
import urllib.parse
import warnings


def show(work):
    try:
        print(work())
    except Exception as error:
        print(type(error).__name__, error)


# functools
@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


class Ordered:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return self.v == other.v

    def __lt__(self, other):
        return self.v < other.v

    @functools.cached_property
    def slow(self):
        print("once", end=" ")
        return self.v * 2


Ordered = functools.total_ordering(Ordered)
add5 = functools.partial(operator.add, 5)
one = Ordered(1)
print(fib(50), fib.cache_info().misses, functools.reduce(operator.mul, [1, 2, 3, 4]), functools.reduce(lambda a, b: a + b, ["a", "b"], ""), add5(3), functools.partial(print, end="")("x "), one.slow, one.slow, Ordered(2) >= one, Ordered(1) <= one)


@functools.wraps(fib)
def wrapped():
    """doc"""


@functools.singledispatch
def dispatch(value):
    return "object"


@dispatch.register
def _(value: int):
    return "int"


@dispatch.register(str)
def _(value):
    return "str"


print(wrapped.__name__, dispatch(1), dispatch("x"), dispatch([]), sorted(["b", "A"], key=functools.cmp_to_key(lambda a, b: (a > b) - (a < b))))

# itertools
print(list(itertools.chain([1], (2,))), list(itertools.chain.from_iterable(["ab", "c"])), list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.islice("abcdef", 1, 5, 2)), list(itertools.repeat(1, 2)), list(itertools.islice(itertools.cycle("ab"), 5)))
print(list(itertools.product("ab", [1, 2])), list(itertools.permutations("abc", 2)), list(itertools.combinations("abc", 2)), list(itertools.combinations_with_replacement("ab", 2)), list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([1, 2, 3], operator.mul)))
print([(k, list(g)) for k, g in itertools.groupby("aabbc")], [(k, len(list(g))) for k, g in itertools.groupby(range(6), lambda v: v // 4)], list(itertools.zip_longest("ab", "c", fillvalue="-")), list(itertools.starmap(pow, [(2, 3)])), list(itertools.takewhile(lambda v: v < 3, range(9))), list(itertools.dropwhile(lambda v: v < 3, range(5))), list(itertools.filterfalse(lambda v: v % 2, range(5))), list(itertools.compress("abc", [1, 0, 1])), [list(part) for part in itertools.tee("ab")], list(itertools.pairwise("abc")))

# operator
print(operator.itemgetter(1)("abc"), operator.itemgetter(0, 2)("abc"), operator.attrgetter("real")(5), operator.methodcaller("upper")("a"), operator.contains([1], 1), operator.not_(0), operator.truediv(1, 2), operator.getitem({"a": 1}, "a"), operator.iadd([1], [2]), operator.concat("a", "b"), operator.mod(7, 3), operator.index(5))

# math
print(math.floor(2.5), math.ceil(2.5), math.trunc(-2.5), math.sqrt(16), math.isqrt(17), math.gcd(12, 18), math.lcm(4, 6), math.factorial(10), math.comb(5, 2), math.perm(5, 2), math.prod([1, 2, 3]), math.fsum([0.1] * 10), math.log(8, 2), math.log2(8), math.log10(1000), math.exp(0), math.pow(2, 3), math.hypot(3, 4), math.isclose(0.1 + 0.2, 0.3), math.copysign(1, -2), math.isnan(math.nan), math.isinf(math.inf), math.isfinite(1), math.modf(2.5), math.degrees(math.pi), math.radians(180), math.tau)
show(lambda: math.sqrt(-1))
show(lambda: math.log(0))
show(lambda: math.factorial(-1))

# random, secrets
r = random.Random(42)
print(r.random(), r.randint(1, 6), r.choice("abc"), r.sample(range(10), 3), r.uniform(1, 2), r.randrange(0, 100, 5), r.choices("ab", k=3), r.getrandbits(20), r.gauss(0, 1), r.shuffle([1, 2]))
random.seed(1)
deck = list(range(8))
random.shuffle(deck)
print(deck, random.random(), len(secrets.token_hex(8)), len(secrets.token_bytes(4)), len(secrets.token_urlsafe(16)) > 16, secrets.choice("a"), 0 <= secrets.randbelow(5) < 5, secrets.compare_digest("a", "a"))

# hashlib, base64
for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"):
    print(name, hashlib.new(name, b"abc").hexdigest(), getattr(hashlib, name)("é".encode() * 100).hexdigest()[:16])
h = hashlib.sha256()
h.update(b"a")
h.update(b"b")
print(h.hexdigest() == hashlib.sha256(b"ab").hexdigest(), h.digest_size, h.name, len(h.digest()))
print(base64.b64encode(b"hello\xff"), base64.b64decode("aGVsbG8="), base64.urlsafe_b64encode(b"\xfb\xff"), base64.urlsafe_b64decode("-_8="), base64.b32encode(b"hi"), base64.b32decode("NBUQ===="), base64.b16encode(b"hi"), base64.standard_b64decode(b"aGk="))

# text
print(textwrap.dedent("\n    a\n      b\n\n    c\n"), textwrap.indent("a\nb\n", "> "), textwrap.fill("the quick brown fox jumps over the lazy dog", 20), textwrap.wrap("aa bb cc", 5), textwrap.shorten("hello big world", 11), sep="|")
print(string.ascii_letters, string.digits, string.punctuation, string.hexdigits, repr(string.whitespace), string.capwords("a bc"), string.Template("$a ${b} $$").substitute(a=1, b=2), string.Template("$a $x").safe_substitute(a=1), html.escape("<a href='x'>&\"</a>"), html.unescape("&lt;&amp;&#39;"))
show(lambda: string.Template("$nope").substitute())

# csv
rows = list(csv.reader(io.StringIO('a,b\n1,"x, ""y"""\n\n3,"multi\nline"\n')))
out = io.StringIO()
writer = csv.writer(out)
writer.writerow(["a", 'q"uote', "x,y", None, 1.5])
writer.writerows([[1, 2], ["", "z"]])
dicts = list(csv.DictReader(io.StringIO("k,v\na,1\nb,2\n")))
out2 = io.StringIO()
dw = csv.DictWriter(out2, fieldnames=["k", "v"])
dw.writeheader()
dw.writerow({"k": 1, "v": 2})
print(rows, repr(out.getvalue()), dicts, repr(out2.getvalue()), list(csv.reader(["a;b"], delimiter=";")))

# urls
u = urllib.parse.urlparse("postgresql+psycopg2://us%40er:p%3Aw@host:5432/db?sslmode=require&x=1#frag")
print(u.scheme, u.netloc, u.path, u.query, u.fragment, u.username, u.password, u.hostname, u.port, u.geturl())
print(urllib.parse.quote("a b/c?é"), urllib.parse.quote_plus("a b&c"), urllib.parse.unquote("a%20b%C3%A9"), urllib.parse.unquote_plus("a+b"), urllib.parse.urlencode({"a": 1, "b": "x y"}), urllib.parse.urlencode([("a", 1), ("a", 2)]), urllib.parse.parse_qs("a=1&a=2&b="), urllib.parse.parse_qsl("a=1&b=2"), urllib.parse.urljoin("http://a/b/c", "../d"), urllib.parse.urlunparse(("http", "h", "/p", "", "q=1", "")), urllib.parse.urlsplit("http://h/p?q").path)

# the rest
log = logging.getLogger("app.module")
print(log.name, logging.getLogger("app.module") is log, logging.INFO, logging.getLevelName(30), log.isEnabledFor(logging.CRITICAL))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    warnings.warn("quiet", DeprecationWarning)
os.environ["CUPEL_TEST"] = "1"
print(os.environ.get("CUPEL_TEST"), os.getenv("NOPE_NOPE", "default"), "CUPEL_TEST" in os.environ, os.path.join("a", "b", "..", "c.py"), os.path.basename("/x/y.z"), os.path.dirname("/x/y.z"), os.path.splitext("a.b.c"), os.path.exists("/nonexistent"), os.path.isabs("/a"), os.path.normpath("a//b/../c"), os.sep)
show(lambda: os.environ["NOPE_NOPE"])
print(sys.version_info >= (3, 8), sys.version_info[:2] >= (3, 11), sys.platform, sys.maxsize, sys.byteorder, type(sys.argv).__name__, sys.getrecursionlimit() > 100, time.time() > 1e9, time.strftime("%Y", time.gmtime(0)), time.perf_counter() >= 0, time.monotonic() >= 0)

import functools


class Shower:
    @functools.singledispatchmethod
    def show(self, value):
        return "some " + str(value)

    @show.register
    def _(self, value: int):
        return "number " + str(value)

    @show.register(list)
    def _(self, value):
        return ", ".join(self.show(item) for item in value)


print(Shower().show([1, "a", [2, None]]))
