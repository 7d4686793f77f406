#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a program of random expressions, each printed or its error; the same seed gives the same program."""
import random
import sys

NAMES = ["a", "b", "c", "s", "t", "l", "d", "x"]
HEADER = """
a, b, c = 7, -3, 12345678901234567890
x = 2.5
s, t = "hello", "wörld"
l = [3, 1, 2]
d = {"k": 1, "z": [2]}


def run(number, text):
    try:
        value = eval(text)
    except Exception as error:
        value = error
    if isinstance(value, complex) or "complex numbers" in str(value):  # cupel has none
        return
    if isinstance(value, Exception):
        print(number, text, "->", type(value).__name__, value)
        return
    try:
        shown = repr(value)
    except ValueError as error:
        shown = type(error).__name__
    print(number, text, "->", shown[:300])


"""


def literal(r):
    return r.choice([
        str(r.randint(-20, 20)), str(r.randint(-40, 40)), str(r.randint(-2**70, 2**70)), repr(round(r.uniform(-100, 100), r.randint(0, 6))),
        repr(r.choice([0.1, 1e16, 1e-5, 0.5, -2.0, 1e100])), "True", "False", "None", repr("".join(r.choice("abc é€12 .%{}") for _ in range(r.randint(0, 6)))),
        repr(bytes(r.randrange(256) for _ in range(r.randint(0, 3)))), "[]", "()", "{}", r.choice(NAMES)])


def small(r):
    return str(r.randint(-5, 5))


def expression(r, depth):
    if depth <= 0 or r.random() < 0.12:
        return literal(r)
    e = lambda: expression(r, depth - 1)
    kind = r.randrange(22)
    if kind < 5:
        return f"({e()} {r.choice(['+', '-', '*', '/', '//', '%', '&', '|', '^'])} {e()})"
    if kind == 5:
        return f"({e()} {r.choice(['<', '<=', '==', '!=', '>', '>=', 'in', 'not in', 'is', 'is not', 'and', 'or'])} {e()})"
    if kind == 6:
        return f"({r.choice(['-', '+', '~', 'not '])}{e()})"
    if kind == 7:
        return f"({e()} if {e()} else {e()})"
    if kind == 8:
        return r.choice(["[{}]", "({},)", "[{}, *{}]", "[{0}, {1}, {2}]"]).format(e(), e(), e())
    if kind == 9:
        return "{%s: %s}" % (literal(r), e())
    if kind == 10:
        return f"{e()}[{e()}]"
    if kind == 11:
        return f"{e()}[{r.choice(['', small(r)])}:{r.choice(['', small(r)])}{r.choice(['', ':' + small(r)])}]"
    if kind == 12:
        return f"{r.choice(['len', 'str', 'repr', 'int', 'float', 'bool', 'abs', 'list', 'tuple', 'sorted', 'sum', 'max', 'min', 'round', 'hash', 'ascii', 'bin', 'hex', 'any', 'all', 'ord', 'type', 'dict', 'bytes', 'iter', 'reversed'])}({e()})".replace("hash(", "bool(").replace("iter(", "list(").replace("reversed(", "list(")
    if kind == 13:
        return f"{r.choice(['divmod', 'isinstance', 'int', 'sum', 'getattr', 'format'])}({e()}, {e()})"
    if kind == 14 and r.random() < 0.1:
        return f"{r.choice(['pow', 'round'])}({e()}, {small(r)})"
    if kind == 14:
        method = r.choice(["upper()", "lower()", "strip()", "title()", "split()", "isdigit()", "encode()", "swapcase()", "splitlines()", "capitalize()", "copy()", "keys()", "hex()", "decode()", "isalpha()", "zfill(8)", "center(9, '*')", "bit_length()", "is_integer()"])
        return f"({e()}).{method}"
    if kind == 15:
        return f"({e()}).{r.choice(['split', 'find', 'count', 'index', 'startswith', 'join', 'partition', 'append', 'get', 'rjust', 'rsplit', 'strip'])}({e()})"
    if kind == 16:
        return f"[{e()} for v in {e()}{r.choice(['', ' if v'])}]"
    if kind == 17:
        spec = r.choice(["", "5", "<8", ">8", "^9", "*^9", "+", ",", ".2f", "08.3f", "x", "#b", "e", ".3g", "%", "s", ".1", "_", "d", "08", "=+9", "c", "o", "G"])
        return f"format({e()}, {spec!r})"
    if kind == 18:
        conversion = r.choice(["%s", "%r", "%d", "%5.2f", "%x", "%-8s|", "%05d", "%e", "%g", "%c", "%%%s", "%+d", "%.3s", "%i %s"])
        return f"({conversion!r} % {e()})"
    if kind == 19:
        return f"(lambda v, w={literal(r)}: (v, w))({e()})"
    if kind == 20:
        inner = e()
        return f"'{{!r:>10}} {{}}'.format({inner}, {literal(r)})"
    return f"({e()} ** {r.randint(-2, 4)})"


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    r = random.Random(seed)
    print(HEADER)
    for number in range(count):
        print(f"run({number}, {expression(r, r.randint(1, 4))!r})")


if __name__ == "__main__":
    main()
