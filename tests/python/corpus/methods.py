"""Every method of the built-in classes, with its arguments."""


def show(*values):
    print(*(repr(value) for value in values))


def fails(work):
    try:
        print("no error:", repr(work()))
    except Exception as error:
        print(type(error).__name__, error)


# str
s = "Hello, World"
show(s.capitalize(), s.casefold(), s.center(20), s.center(21, "*"), s.count("l"), s.count("l", 3), s.count("l", 3, 5), s.count(""))
show(s.encode(), s.encode("latin-1"), s.endswith("ld"), s.endswith(("x", "d")), s.endswith("lo", 0, 5), "a\tb".expandtabs(), "a\tb".expandtabs(4))
show(s.find("o"), s.find("o", 5), s.find("o", 5, 6), s.find("zz"), "{}-{a}".format(1, a=2), "{a}".format_map({"a": 1}), s.index("W"))
show("ab1".isalnum(), "ab".isalpha(), "é".isascii(), "12".isdecimal(), "²".isdigit(), "a_1".isidentifier(), "1a".isidentifier(), "ab".islower())
show("½".isnumeric(), "a\n".isprintable(), " \t".isspace(), "Ab Cd".istitle(), "AB".isupper(), "".isalpha(), "".isspace(), "".isprintable())
show("-".join(["a", "b"]), "-".join("abc"), "-".join([]), "a".ljust(3), "a".ljust(3, "."), "ABC".lower(), "  a ".lstrip(), "xxa".lstrip("x"))
show(str.maketrans("ab", "cd"), str.maketrans({"a": 1}), str.maketrans("a", "b", "c"), "a-b-c".partition("-"), "abc".partition("-"))
show("abc".removeprefix("a"), "abc".removesuffix("c"), "abc".removeprefix("x"), "aaa".replace("a", "b"), "aaa".replace("a", "b", 2), "ab".replace("", "-"))
show("abcabc".rfind("c"), "abcabc".rfind("c", 0, 4), "abcabc".rindex("a"), "a".rjust(3), "a".rjust(3, "0"), "a-b-c".rpartition("-"), "abc".rpartition("-"))
show("a b c".rsplit(), "a b c".rsplit(None, 1), "a,b,c".rsplit(",", 1), "a ".rstrip(), "abcc".rstrip("c"), " a  b ".split(), "a,b,,c".split(","), "a,b,c".split(",", 1), "a b c".split(maxsplit=1))
show("a\nb\r\nc\rd".splitlines(), "a\nb\n".splitlines(True), "a".splitlines(), "\n".splitlines(), s.startswith("He"), s.startswith(("x", "H")), s.startswith("lo", 3))
show(" a ".strip(), "xyaxy".strip("xy"), "aB".swapcase(), "hello world's end".title(), "abc".translate({97: "x", 98: None, 99: 120}), "abc".upper(), "7".zfill(3), "-7".zfill(4), "+7".zfill(4), "abc".zfill(2))
show("a" "b", "ab" * 3, 2 * "ab", "b" in "abc", "" in "abc", "abc"[1], "abc"[-1], "abc"[::-1], "abcdef"[1:5:2], "abc" < "abd", "a" < "B", len("héllo"), min("cab"), max("cab"), sorted("cab"), list("ab"), "é" == "\u00e9", hash("a") == hash("a"))
for work in (lambda: "abc".index("x"), lambda: "a".join([1]), lambda: "a" + 1, lambda: "a".center(), lambda: "abc"[5], lambda: "a".split(""), lambda: "é".encode("ascii"), lambda: "a".encode("nope"), lambda: "a" * "b", lambda: "{}".format(), lambda: "{a}".format(), lambda: "%d" % "x", lambda: "%s %s" % "a", lambda: "a".zfill("b"), lambda: "abc".translate(5), lambda: "a".ljust(5, "xy"), lambda: "a" < 1, lambda: 1 in "a"):
    fails(work)

# bytes and bytearray
b = b"Hello, World"
show(b.capitalize(), b.center(14, b"*"), b.count(b"l"), b.count(108), b.decode(), b.endswith(b"ld"), b"a\tb".find(b"b"), b.find(b"o", 5), b.hex(), b.hex("-"), bytes.fromhex("48 65"), b.index(b"W"))
show(b"ab1".isalnum(), b"ab".isalpha(), b"ab".isascii(), b"12".isdigit(), b"ab".islower(), b" ".isspace(), b"Ab".istitle(), b"AB".isupper(), b"-".join([b"a", b"b"]), b"a".ljust(3), b"AB".lower(), b" a".lstrip())
show(b"a-b".partition(b"-"), b"abc".removeprefix(b"a"), b"abc".removesuffix(b"c"), b"aaa".replace(b"a", b"b"), b"aaa".replace(b"a", b"b", 1), b"abab".rfind(b"b"), b"abab".rindex(b"a"), b"a".rjust(3, b"."), b"a-b".rpartition(b"-"), b"a b c".rsplit(None, 1), b"a,b,c".rsplit(b",", 1), b"a ".rstrip())
show(b"a b".split(), b"a,b".split(b","), b"a\nb\r\n".splitlines(), b"a\nb".splitlines(True), b.startswith(b"He"), b" a ".strip(), b"aB".swapcase(), b"ab cd".title(), b"ab".upper(), b"7".zfill(3), b"abc".translate(bytes.maketrans(b"a", b"x")), b"abc".translate(None, b"b"))
show(b[0], b[1:3], b + b"!", b * 2, 72 in b, b"He" in b, list(b"ab"), bytes(3), bytes([1, 2]), bytes("é", "utf-8"), b == bytearray(b), b < b"I", len(b), bytes(), b"%d %s" % (5, b"x"), b"\xff".decode("latin-1"), b"\xff".decode("utf-8", "replace"), b"\xff".decode("ascii", "ignore"))
a = bytearray(b"abc")
a.append(100)
a.extend(b"ef")
a += b"g"
show(a, a.pop(), a.pop(0), a.copy(), a[0], bytes(a), a.decode(), len(a))
a[0] = 122
a.reverse()
show(a, a.find(b"z"))
a.clear()
show(a, bytearray(2), bytearray([1, 2]))
for work in (lambda: b"a" + "b", lambda: b"a".decode("nope"), lambda: b"\xff".decode(), lambda: bytes([256]), lambda: bytes("a"), lambda: bytes.fromhex("4"), lambda: b"a".join(["b"]), lambda: b"a"[3], lambda: bytearray().pop(), lambda: bytearray().append(300), lambda: b"a".index(b"x")):
    fails(work)

# int and float
show((5).bit_length(), (7).bit_count(), (5).conjugate(), (5).denominator, (5).numerator, (5).real, (5).imag, (258).to_bytes(2, "big"), (258).to_bytes(2, "little"), (-1).to_bytes(2, "big", signed=True), int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\xff\xff", "big", signed=True), (5).as_integer_ratio())
show(int("12"), int(" -12 "), int("1_000"), int("ff", 16), int("0xff", 16), int("0b11", 0), int("z", 36), int(3.9), int(-3.9), int(True), int(b"12"), int(), 5 .__add__(3), (5).__eq__(5), int.__add__(2, 3), (7).__divmod__(2), (7).__floordiv__(2), (2).__pow__(3))
show((1.5).as_integer_ratio(), (1.5).hex(), float.fromhex("0x1.8p+0"), (2.0).is_integer(), (2.5).is_integer(), float("1e3"), float("inf"), float("-nan") != float("nan"), float(" 1.5 "), float("1_0.5"), float(3), float(), (1.5).real, (1.5).imag, (-1.5).__abs__(), (1.5).conjugate())
show(round(2.5), round(3.5), round(2.675, 2), round(1234, -2), round(-2.5), round(1.0), round(2.5, 0), abs(-3), divmod(7, 2), divmod(-7, 2), divmod(7.5, 2), pow(2, 10), pow(2, -1), pow(3, 4, 5), pow(3, -1, 7), bin(10), oct(10), hex(255), hex(-255), chr(8364), ord("€"))
for work in (lambda: int("x"), lambda: int(""), lambda: int("1.5"), lambda: float("x"), lambda: int(None), lambda: float([]), lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: (300).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: 1 << -1, lambda: pow(2, -1, 4), lambda: round("a"), lambda: int("9", 8), lambda: chr(-1), lambda: int(float("inf")), lambda: 2 ** "a", lambda: -"a", lambda: 0.0 ** -1):
    fails(work)
