"""Strings, bytes, formatting."""
s = "Hello, World"
print(s.upper(), s.lower(), s.title(), s.swapcase(), s.capitalize(), "ß".upper(), "É".lower(), "ÀÉ".casefold())
print(s.find("o"), s.rfind("o"), s.find("z"), s.index("W"), s.count("l"), s.count(""), s.find("o", 5), s.find("o", 5, 7))
print(s.startswith("He"), s.startswith(("x", "H")), s.endswith("ld"), s.endswith("l", 0, 4), s.startswith("o", 4))
print(s.replace("o", "0"), s.replace("o", "0", 1), "aaa".replace("", "-"), "abc".replace("b", ""))
print("a,b,,c".split(","), "a,b,c".split(",", 1), " a  b ".split(), "".split(), "".split(","), "a b c".rsplit(None, 1), "a,b,c".rsplit(",", 1))
print("a\nb\r\nc\rd".splitlines(), "a\nb\n".splitlines(True), "one  two three".split(maxsplit=1))
print("a-b-c".partition("-"), "a-b-c".rpartition("-"), "abc".partition("-"), "abc".rpartition("-"))
print(" x ".strip() + "|", " x ".lstrip() + "|", " x ".rstrip() + "|", "xxaxx".strip("x"), "abcba".strip("ab"), "www.x.com".lstrip("w."))
print("abc".center(9, "*"), "abc".center(8, "*"), "abc".ljust(6) + "|", "abc".rjust(6, "."), "42".zfill(5), "-42".zfill(5), "+4".zfill(4))
print("-".join(["a", "b"]), "".join([]), ",".join("abc"), "x" * 3, 3 * "ab", "x" * -1)
print("abc"[0], "abc"[-1], "abc"[1:], "abc"[:-1], "abc"[::-1], "abcdef"[1:5:2], "abc"[5:], "abcdef"[-3:-1], "abcdef"[4:1:-1])
print("abc" < "abd", "a" < "B", "abc" == "abc", "b" in "abc", "" in "abc", "x" not in "abc")
print("abc".isalpha(), "123".isdigit(), "a1".isalnum(), " ".isspace(), "Ab".istitle(), "ab".islower(), "AB".isupper(), "x_1".isidentifier(),
      "".isalpha(), "1.5".isdecimal(), "½".isnumeric(), "²".isdigit(), "äöü".isalpha(), "\n".isprintable(), "abc".isascii(), "é".isascii())
print("äöü€😀", len("äöü€😀"), "äöü€😀"[3], "äöü€😀"[-1], "äöü€😀"[1:4], "äöü€😀"[::-1], "äöü€😀".find("€"), "€" in "äöü€😀", "äöü".upper(), "äöü" * 2)
print(repr("a'b"), repr('a"b'), repr("a'b\"c"), repr("\n\t\\\r"), repr("\x00\x7f\xa0é€😀\u200b"), ascii("é€😀a"), str("x"), repr(""))
print("tab\there".expandtabs(4), "a\tb".expandtabs(), "%s" % "x", "abc".translate({97: "A", 98: None}), "abc".translate(str.maketrans("ab", "xy", "c")))
print("prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"), "{}".isidentifier(), "a b".title(), "they're bill's".title())
print("%s %r %d %i %5d|%-5d|%05d %+d % d" % ("s", "r", 1, 2, 3, 4, 5, 6, 7))
print("%x %X %o %#x %#o %e %E %f %F %g %G %.2f %8.3f|%-8.2f|%08.2f" % (255, 255, 8, 255, 8, 12345.678, 0.00012, 1.5, 2.5, 1e10, 1e-5, 3.14159, 2.5, 2.5, 2.5))
print("%c%c %% %s %(x)s" % {"x": 1} if False else "%c%c %%" % ("a", 98), "%(a)s %(b)05.1f" % {"a": 1, "b": 2.25}, "%s" % (1,), "%s" % [1, 2], "%s" % None)
print("%5s|%-5s|%.2s|%5.1s|%*d|%-*d|" % ("a", "b", "cdef", "gh", 5, 1, 5, 2), "%r" % ("x",), "%a" % "é", "%s %s" % ("a", (1, 2)))
print("{} {} {}".format(1, "a", None), "{1} {0}".format("a", "b"), "{a} {b!r}".format(a=1, b="x"), "{0[1]} {0[0]}".format([1, 2]), "{x.real}".format(x=5),
      "{d[key]}".format(d={"key": "v"}), "{{}} {}".format(1), "{:>5}|{:<5}|{:^5}|{:*^7}".format("a", "b", "c", "d"), "{:{w}.{p}f}".format(3.14159, w=8, p=2))
x = 1234567.891
for spec in ("", ",", "_", ".2f", ",.2f", "e", ".3e", "g", ".3g", "%", ".1%", "10.1f", "<10.1f", "^12.1f", "+.1f", " .1f", "010.1f", "-10.0f", "#.0f", "G", "E", "n", ">+15,.1f", "=+15.1f", "*>15"):
    print(spec, "|" + format(x, spec) + "|" + format(-x, spec) + "|" + format(0.0, spec) + "|")
for spec in ("", "d", "5d", "<5d", "^5d", "05d", "+d", " d", ",", "_", "x", "X", "#x", "o", "#o", "b", "#b", "08b", "_b", "c", "e", ".2f", "%", "+,d", "#010x", "=+6d", "n"):
    print(spec, "|" + format(1234 if spec != "c" else 65, spec) + "|", end="")
print()
for spec in ("", "s", "5", ">5", "^5", "*<5", ".2", "5.1", "=^7s"):
    print(spec, "|" + format("abc", spec) + "|", end="")
print()
for value in (0.1, 1.0, 1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, 1.5e300, 2.5e-300, float("inf"), float("-inf"), float("nan"), -0.0, 0.1 + 0.2, 1 / 3, 100.0, 5e-324, 1.7976931348623157e308):
    print(value, repr(value), f"{value:.3f}" if abs(value) < 1e20 else "", f"{value:g}", end="; ")
print()
name, width, n = "x", 10, 42
print(f"{name}{{}}{n:>{width}}|{n!r:^{width}}|{name!s}|{n=}|{n = }|{n=:05d}|{n + 1=}|{'nested ' + f'{n}'}|{n:{'>'}{width}}")
print(f"{'a' if n else 'b'} {[i for i in range(3)]} {({'k': 1})['k']} {lambda_ if (lambda_ := 5) else 0} {n:,} {n:#x} {1.5:.1%}")
print(f"""multi
line {n}""", rf"\d{n}", f"{'quotes'!r}", f"{n!a}", f"{'é'!a}", f"{3.0}", f"{None} {True}")
print("implicit " "concat" f" {n}" r" \raw", b"by" b"tes")
print(b"abc", b"a\x00\xff'\"", bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), b"abc"[0], b"abc"[1:], list(b"ab"), b"ab" + b"c", b"ab" * 2, len(b"abc"), b"b" in b"abc", 98 in b"abc")
print("é€".encode(), "é".encode("latin-1"), b"\xc3\xa9".decode(), "é€".encode("ascii", "replace"), "é€".encode("ascii", "ignore"), "é".encode("ascii", "backslashreplace"),
      b"\xff\xfea".decode("utf-8", "replace"), b"ab\xff".decode("utf-8", "ignore"), "é".encode("ascii", "xmlcharrefreplace"))
print(b"a,b".split(b","), b"-".join([b"a", b"b"]), b"abc".hex(), bytes.fromhex("61 62"), b"ABC".lower(), b" x ".strip(), b"abc".startswith(b"a"), b"abc".replace(b"b", b"x"), bytearray(b"ab"))
print(b"%s %d" % (b"x", 5), b"abc" < b"abd", hash(b"a") == hash(b"a"), b"abc".find(b"c"), b"abc".count(b"b"))
print(int("42"), int(" -42 "), int("0x1f", 16), int("1f", 16), int("0b11", 0), int("1_000"), int("z", 36), int(3.9), int(-3.9), int(True), int("٣"))
print(float("1.5"), float(" 1e3 "), float("-inf"), float("1_0.5"), float("nan") != float("nan"), str(1e22), str(123456789.123456789))
print(chr(97), chr(8364), ord("a"), ord("€"), hex(255), oct(8), bin(5), hex(-255), bin(-5), hash("a") == hash("a"))
print("\u2022", "\x41\101\u00e9\U0001F600", '\'', "\"", "a\
b", r"\n\t", "\q" if False else "")
print("line1\n  line2".split("\n"), "a  b".split(" "), "x".join(["1"]), "abc".__len__(), "abc".__contains__("b"), "abc".__add__("d"), str.upper("x"), str.join("-", "ab"))
print("ab" "cd" * 2, "%s" "%s" % (1, 2), not "a" in "b", "a" "b" in "abc")
print("İ".lower().encode(), "ǅ".upper(), "ﬁ".upper() if False else "", "ς".upper(), "Σ".lower(), "ÿ".upper(), "µ".upper())
print(sorted("hello"), list("abc"), tuple("ab"), set("aa"), "".join(sorted(set("hello"))), dict(enumerate("ab")), max("hello"), min("hello"))
