"""Arithmetic of integers and floats, and math."""
import math
import random
import operator
import statistics

ints = [0, 1, -1, 2, -2, 7, -7, 10, 63, 255, -256, 2**31, -2**31, 2**53, 2**53 + 1, 2**62, 2**63 - 1, -2**63, 2**63, 2**64, 2**64 + 1, 10**18, 10**19, -10**25, 3**100, -(7**60)]
for a in ints:
    for b in ints:
        row = [a + b, a - b, a * b, a & b, a | b, a ^ b, a < b, a == b, a >= b]
        if b:
            row += [a // b, a % b, divmod(a, b)]
        print(a, b, *row)
for a in ints:
    print(a, -a, +a, ~a, abs(a), bool(a), a.bit_length(), str(a), hex(a), oct(a), bin(a), float(a), a >> 3, a << 3, a >> 70, a << 70, hash(a), int(str(a)), a.bit_count())
for a in ints[:12]:
    for b in (0, 1, 2, 3, 5, 20):
        print(a ** b, end=" ")
    print(a ** -1 if a else "", a ** 0.5 if a >= 0 else "", round(a, -1), round(a, -2), round(a, 2))
floats = [0.0, -0.0, 1.0, -1.5, 2.5, 3.5, 0.1, 1e300, -1e-300, 1e16, 123456.789, 2.675, 1 / 3, math.pi]
for a in floats:
    for b in floats:
        if b:
            print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), a < b, a == b)
    print(a, round(a), round(a, 2), round(a, -1), int(a), bool(a), abs(a), -a, a.is_integer(), a.as_integer_ratio(), hash(a), a.hex())
print(1 == 1.0, 2**53 == float(2**53), 2**53 + 1 == float(2**53 + 1), 10**30 > 1e29, 10**400 > float("inf") if False else "", 3 < 3.5 < 4, 1 < 2 > 0 == 0)
print(7 / 2, 6 / 3, -7 / 2, 10**20 / 3, 10**400 // 10**399, (10**400) / (10**399), 1e308 * 10, -1e308 * 10, 2**1000 / 2**990)
print(True + True, True * 5, True & False, True | False, True ^ True, ~True, sum([True, False, True]), True == 1, isinstance(True, int), bool("False"))
print(1_000_000, 0xFF, 0o17, 0b101, 1e3, 1.5e-3, .5, 5., 0xdead_beef, 123456789012345678901234567890)
print(round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(1e20, 2), round(1234.5678, -2), round(5, 1), round(15, -1), round(25, -1))
print(int(1e20), int(-1.9), int(2**70 + 0.0), float(10**22), float("1e400"), complex if False else "")
print(pow(2, 10), pow(2, -1), pow(3, 200, 1000007), pow(-3, 3, 7), pow(2.0, 0.5), 2 ** 0.5, (-8) ** 3, 0 ** 0, 0.0 ** 0)
print((5).to_bytes(2, "big"), (1000).to_bytes(4, "little"), (-5).to_bytes(2, "big", signed=True), int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\xff\xfb", "big", signed=True))
print(math.sqrt(2), math.floor(-1.5), math.ceil(1.2), math.trunc(-1.7), math.gcd(12, 18), math.lcm(4, 6), math.factorial(25), math.comb(10, 3), math.perm(5, 2), math.isqrt(10**20))
print(math.log(10), math.log(8, 2), math.log2(1024), math.log10(1000), math.exp(1), math.sin(1), math.cos(1), math.atan2(1, 2), math.hypot(3, 4), math.degrees(math.pi), math.radians(180))
print(math.isnan(float("nan")), math.isinf(float("inf")), math.isclose(0.1 + 0.2, 0.3), math.fsum([0.1] * 10), math.prod([1, 2, 3, 4]), math.copysign(1, -0.0), math.modf(1.5), math.frexp(8), math.fmod(-7, 3), math.pi, math.e, math.inf, math.nan)
for work in ("math.sqrt(-1)", "math.log(0)", "math.factorial(-1)", "math.floor(float('inf'))", "10**400 * 1.0", "float(10**400)", "2.0 ** 10000", "1e308 ** 2"):
    try:
        print(eval(work))
    except Exception as error:
        print(type(error).__name__, error)
random.seed(42)
print(random.random(), random.randint(1, 100), random.choice("abc"), random.sample(range(100), 5), random.uniform(1, 2), random.getrandbits(70))
x = list(range(10))
random.shuffle(x)
print(x, random.gauss(0, 1), random.choices([1, 2, 3], k=4), random.choices("ab", weights=[1, 9], k=5), random.randrange(0, 100, 7))
random.seed("text")
print(random.random(), random.Random(7).random(), random.triangular(0, 1, 0.5), random.expovariate(1))
print(operator.add(1, 2), operator.itemgetter(1, 0)([5, 6]), operator.attrgetter("real")(5), operator.methodcaller("upper")("x"), operator.mul(3, 4))
print(statistics.mean([1, 2, 3, 4]), statistics.median([3, 1, 2]), statistics.stdev([1, 2, 3, 4]), statistics.mode("aab"))
print(sum([0.1] * 3), sum([[1], [2]], []), sum((1, 2), 10), 5 // 0.3, -5 % 0.3, 5.5 // 1, divmod(-5.5, 2))
print(f"{2**100:,} {2**100:x} {-2**70:_} {10**30:e} {3:08.3f} {2**64:.2e}")
