"""json, re, textwrap, string, csv, io, base64, hashlib, urllib.parse, shlex, html."""
import base64
import binascii
import csv
import hashlib
import hmac
import html
import io
import json
import re
import shlex
import string
import textwrap
import urllib.parse
import uuid
from decimal import Decimal


def show(work):
    try:
        print(work())
    except Exception as error:
        print(type(error).__name__, error)


data = {"a": [1, 2.5, None, True, False, "x\n\"é€😀\\/\x01"], "b": {"c": {}}, "d": [], 1: 2, None: 3, True: 4, 1.5: 5}
print(json.dumps(data), json.dumps(data, indent=2), json.dumps([1, [2]], indent=None, separators=(",", ":")), json.dumps({"b": 1, "a": 2}, sort_keys=True), json.dumps("é", ensure_ascii=False), sep="\n")
print(json.dumps([]), json.dumps({}), json.dumps([[], {}], indent=1), json.dumps((1, 2)), json.dumps(1e100), json.dumps(10**30), json.dumps("\u2028<>&"), json.dumps(float("inf")))
print(json.loads('{"a": [1, -2.5e3, null, true, "\\u00e9\\ud83d\\ude00\\n"], "b": {}}'), json.loads(" [ ] "), json.loads('"x"'), json.loads("1"), json.loads(b'{"k": 0.1}'), json.loads("[1e2, 1E-2, 123456789012345678901234567890]"))
print(json.loads('{"a": 1, "a": 2}'), json.loads('[1.1]', parse_float=Decimal), json.loads('{"a": 1}', object_hook=lambda d: sorted(d)), json.loads('{"b": 1, "a": 2}', object_pairs_hook=list))
for bad in ("", "{", "[1,", "[1 2]", "{'a': 1}", '{"a" 1}', '{"a": 1,}', "nul", '"abc', '"\\x"', "[1]]", "01", "-", "[1,]", '"\n"'):
    show(lambda: json.loads(bad))
show(lambda: json.dumps({1, 2}))
show(lambda: json.dumps({(1, 2): 3}))
show(lambda: json.dumps(object))
circular = []
circular.append(circular)
show(lambda: json.dumps(circular))
print(json.dumps({"u": uuid.UUID(int=5)}, default=str), json.dumps([1], default=None))


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set):
            return sorted(o)
        return super().default(o)


print(json.dumps({"s": {3, 1}}, cls=Encoder), Encoder(indent=1).encode([{2, 1}]))
out = io.StringIO()
json.dump({"x": 1}, out)
print(out.getvalue(), json.load(io.StringIO("[1]")))

print(re.match(r"(\w+) (\w+)", "hello world").groups(), re.search(r"\d+", "abc123def").group(), re.search(r"x", "abc"), re.findall(r"\d", "a1b2"), re.findall(r"(\w)(\d)", "a1b2"), re.sub(r"\d", "#", "a1b2"), re.split(r"[,;]\s*", "a, b;c"), re.fullmatch(r"a+", "aaa") is not None)
m = re.match(r"(?P<year>\d{4})-(?P<month>\d\d)", "2024-05-06")
print(m.group("year"), m["month"], m.groupdict(), m.span(), m.start(2), m.end(), m.group(0, 1), m.lastgroup, m.string, m.re.pattern, m)
for pattern, text in ((r"a*", "aab"), (r"a*?", "aab"), (r"(a|b)+", "abab"), (r"(?:ab){2,3}", "ababababab"), (r"^\w+$", "one\ntwo"), (r"(?m)^\w+$", "one\ntwo"), (r"(?i)HELLO", "Hello hello"), (r"a.c", "abc a\nc"), (r"(?s)a.c", "a\nc"),
                      (r"\bfoo\b", "foo food foo"), (r"(?<=a)b", "ab cb"), (r"(?<!a)b", "ab cb"), (r"a(?=b)", "ab ac"), (r"a(?!b)", "ab ac"), (r"(\w)\1", "hello book"), (r"(?P<q>['\"]).*?(?P=q)", "say 'hi' \"yo\""),
                      (r"[^a-c]+", "abcxyzabc"), (r"[\w.-]+@[\w-]+\.\w+", "mail bob.x@ex-am.com now"), (r"\s+", "a  b\tc"), (r"x{0}", "x"), (r"a{2}", "aaaa"), (r"a{,2}", "aaa"), (r"[]a]+", "]a]"), (r"[a\-z]+", "a-z"), (r"(a)?b", "ab b"), (r"()", "ab"), (r"", "ab"),
                      (r"\d+(?:\.\d+)?", "1 2.5 .5"), (r"(?x) a b # comment", "ab"), (r"[é-ü]+", "éèü"), (r"\w+", "über straße"), (r"(a+)+b", "aaaaab"), (r"a++b", "aaab"), (r"(?>a+)b", "aab"), (r"(?i:a)B", "aB AB ab"), (r"\Aab\Z", "ab"), (r"$", "a\n"), (r"^", "a\nb"), (r"(?m)$", "a\nb"),
                      (r"((a)|b)*", "ab"), (r"(a(b)?)+", "aba"), (r"(?:(a)|b)*", "ab"), (r"(.+?)(,|$)", "ab,cd"), (r"\x41\u0042\t?", "AB"), (r"[\d\s]+", "1 2 x"), (r"[^\d]+", "a1b"), (r"(?(1)a|b)" if False else r"(<)?a(?(1)>|!)", "<a> a!"), (r"\.", "a.b"), (r"[.]", "a.b"), (r"\\", "a\\b"), (r"a|ab|abc", "abc"), (r"(ab|a)(bc)?", "abc")):
    print(pattern, [x.group() for x in re.finditer(pattern, text)], re.findall(pattern, text), re.sub(pattern, "<>", text), re.split(pattern, text))
print(re.sub(r"(\w+) (\w+)", r"\2 \1", "a b"), re.sub(r"(?P<x>a)", r"[\g<x>\g<1>\g<0>]", "ab"), re.sub("a", lambda m: m.group().upper(), "banana"), re.sub("a", "x", "banana", count=2), re.subn("a", "x", "banana"), re.escape("a.b*c d-é"), re.sub(r"\n", r"\\n", "a\nb"), re.sub("x*", "-", "abxd"))
p = re.compile(r"(\d+)", re.I | re.M)
print(p.pattern, p.groups, p.findall("1 a 22"), p.search("a5", 1).group(), p.match("a5", 1).span(), p.split("a1b2c"), p.split("a1b2c", 1), p.sub("n", "1 2"), bool(p.flags & re.I), p == re.compile(r"(\d+)", re.I | re.M), re.compile(b"a+").findall(b"caat"))
for bad in ("(", "[a", "*a", "a**", "(?P<n>a)(?P<n>b)", "\\", "(?<=a*)b", "a{3,2}", "(?P<1>a)", "\\2(a)", "[z-a]", "(?z)", "x(?i)y", "(?P=no)"):
    try:
        re.compile(bad)
        print(bad, "fine")
    except re.error:
        print(bad, "error")
print(textwrap.dedent("""
    a
      b

    c
"""), textwrap.dedent("\ta\n\t b"), textwrap.indent("a\n\nb", "> "), textwrap.fill("the quick brown fox jumps over the lazy dog", 15), textwrap.wrap("a bb ccc dddd eeeee-ffff gggggggggggggggggggg", 8), textwrap.shorten("hello world foo bar", 12), sep="\n")
print(string.ascii_letters, string.digits, string.punctuation, string.Template("$a ${b} $$ $c").safe_substitute(a=1, b=2), string.capwords("hello big world"))
show(lambda: string.Template("$x").substitute())
print(list(csv.reader(io.StringIO('a,b\n"c,d","e""f"\n1,\n'))), list(csv.DictReader(io.StringIO("x;y\n1;2\n"), delimiter=";")))
out = io.StringIO()
w = csv.writer(out)
w.writerow(["a", 1, None, "x,y", 'q"q', 2.5, "l\nm"])
w = csv.DictWriter(out, ["k", "v"], lineterminator="\n")
w.writeheader()
w.writerow({"k": 1, "v": "z"})
print(repr(out.getvalue()))
buffer = io.BytesIO(b"ab\ncd")
print(buffer.read(1), buffer.readline(), buffer.read(), buffer.seek(0), list(buffer), io.StringIO("a\nb").readlines())
print(base64.b64encode(b"hello\xff"), base64.b64decode("aGVsbG8="), base64.urlsafe_b64encode(b"\xfb\xff\xfe"), base64.b32encode(b"hello"), base64.b32decode(b"NBSWY3DP"), base64.b16encode(b"hi"), binascii.hexlify(b"ab"), binascii.unhexlify("6162"), binascii.crc32(b"hello"))
show(lambda: base64.b64decode("a"))
for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"):
    print(name, hashlib.new(name, b"abc").hexdigest(), getattr(hashlib, name)(b"x" * 200).hexdigest()[:16], hashlib.new(name).hexdigest()[:8])
h = hashlib.sha256()
h.update(b"a"); h.update(b"bc")
print(h.hexdigest() == hashlib.sha256(b"abc").hexdigest(), h.digest_size, hmac.new(b"key", b"msg", hashlib.sha256).hexdigest(), hashlib.pbkdf2_hmac("sha256", b"p", b"s", 2).hex())
print(urllib.parse.quote("a b/ü?&="), urllib.parse.quote_plus("a b&c"), urllib.parse.unquote("a%20b%C3%BC"), urllib.parse.urlencode({"a": 1, "b": "x y"}), urllib.parse.urlencode({"a": [1, 2]}, doseq=True), urllib.parse.parse_qs("a=1&a=2&b="), urllib.parse.parse_qsl("x=1&y=%20"))
u = urllib.parse.urlparse("postgresql+psycopg://us%40er:p%3Aw@host:5432/db;p?x=1&y=2#frag")
print(u, u.scheme, u.hostname, u.port, u.username, u.password, u.geturl(), urllib.parse.urljoin("http://a/b/c", "../d"), urllib.parse.urlsplit("//h/p"), u._replace(netloc="n").geturl())
print(shlex.split("a 'b c' \"d e\" f\\ g"), shlex.quote("it's"), shlex.join(["a", "b c"]), html.escape("<a href='x'>&\"</a>"), html.unescape("&lt;&amp;&#39;"))
i = uuid.UUID("12345678-1234-5678-1234-567812345678")
print(i, repr(i), i.hex, i.int, i.version, str(i) == i.urn[9:], uuid.UUID(i.hex) == i, uuid.UUID(bytes=i.bytes) == i, hash(i) == hash(uuid.UUID(i.hex)), uuid.uuid3(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid5(uuid.NAMESPACE_URL, "x"), sorted([uuid.UUID(int=2), uuid.UUID(int=1)]), uuid.uuid4().version, len(str(uuid.uuid1())))
show(lambda: uuid.UUID("nope"))
