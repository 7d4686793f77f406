#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes src/python/unicode_tables.inc from Python's own unicodedata. Run it by hand when the tables are to change."""
import os
import sys
import unicodedata

LIMIT = 0x110000


def ranges(test):
    out, start = [], None
    for point in range(LIMIT + 1):
        inside = point < LIMIT and test(chr(point))
        if inside and start is None:
            start = point
        elif not inside and start is not None:
            out.append((start, point - 1))
            start = None
    return out


def case_ranges(convert):
    """Runs of equal distance, with stride 1 or 2: (first, last, stride, delta)."""
    pairs = [(p, ord(convert(chr(p))) - p) for p in range(128, LIMIT)
             if len(convert(chr(p))) == 1 and convert(chr(p)) != chr(p)]
    out, i = [], 0
    while i < len(pairs):
        first, delta = pairs[i]
        stride = None
        j = i
        while j + 1 < len(pairs) and pairs[j + 1][1] == delta:
            step = pairs[j + 1][0] - pairs[j][0]
            if step > 2 or (stride is not None and step != stride):
                break
            stride = step
            j += 1
        out.append((first, pairs[j][0], stride or 1, delta))
        i = j + 1
    return out


def write(file, name, rows, kind):
    file.write(f"constexpr {kind} {name}[] = {{\n")
    line = "   "
    for row in rows:
        item = " {" + ", ".join(str(n) for n in row) + "},"
        if len(line) + len(item) > 100:
            file.write(line + "\n")
            line = "   "
        line += item
    file.write(line + "\n};\n")


def main():
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "python", "unicode_tables.inc")
    with open(target, "w", encoding="ascii") as file:
        file.write("// SPDX-License-Identifier: MIT\n"
                   f"// Unicode {unicodedata.unidata_version}. Written by tools/make_unicode_tables.py.\n"
                   "// clang-format off\n")
        write(file, "kAlpha", ranges(str.isalpha), "Range")
        write(file, "kDecimal", ranges(str.isdecimal), "Range")
        write(file, "kNumeric", ranges(lambda c: c.isnumeric()), "Range")
        write(file, "kMark", ranges(lambda c: unicodedata.category(c) in ("Mn", "Mc", "Pc")), "Range")
        write(file, "kSpace", ranges(str.isspace), "Range")
        write(file, "kUpper", ranges(str.isupper), "Range")
        write(file, "kLower", ranges(str.islower), "Range")
        write(file, "kUnprintable", ranges(lambda c: not c.isprintable()), "Range")
        write(file, "kToLower", case_ranges(str.lower), "CaseRange")
        write(file, "kToUpper", case_ranges(str.upper), "CaseRange")
    return 0


if __name__ == "__main__":
    sys.exit(main())
