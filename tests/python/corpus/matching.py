"""The match statement."""
from dataclasses import dataclass
from enum import Enum


@dataclass
class Point:
    x: int
    y: int


class Color(Enum):
    RED = 1
    BLUE = 2


class Plain:
    __match_args__ = ("a", "b")

    def __init__(self, a, b):
        self.a, self.b = a, b

    def __repr__(self):
        return f"Plain({self.a}, {self.b})"


def what(value):
    match value:
        case None:
            return "none"
        case True | False:
            return "bool"
        case 0 | 1 | -1:
            return "small"
        case int(n) if n > 100:
            return f"big {n}"
        case int():
            return "int"
        case float(x):
            return f"float {x}"
        case "a" | "b" as letter:
            return f"letter {letter}"
        case str() as s if len(s) > 5:
            return f"long {s}"
        case str():
            return "str"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [1, (2 | 3) as second, *rest]:
            return f"1, {second}, {rest}"
        case [first, *_, last]:
            return f"{first}..{last}"
        case {"type": "point", "x": x, "y": y}:
            return f"dict point {x} {y}"
        case {"k": [a, b], **rest}:
            return f"k {a} {b} {rest}"
        case {}:
            return "mapping"
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return f"on y {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point():
            return "point"
        case Color.RED:
            return "red"
        case Color():
            return "other color"
        case Plain(1, b=b):
            return f"plain {b}"
        case _:
            return "other"


for value in (None, True, 0, -1, 5, 500, 1.5, "a", "b", "xy", "long string", [], [7], [1, 2, 9, 9], [1, 3], (4, 5, 6), {"type": "point", "x": 1, "y": 2},
              {"k": [1, 2], "z": 3}, {"q": 1}, {}, Point(0, 0), Point(0, 3), Point(4, 4), Point(1, 2), Color.RED, Color.BLUE, Plain(1, 2), Plain(2, 2), {1}, b"x", range(2)):
    print(repr(value), "->", what(value))

match = 5
case = {"match": match}
print(match, case["match"])
match (1, 2):
    case (a, b):
        print(a, b)
for i in range(5):
    match i:
        case 1:
            continue
        case 3:
            break
    print(i)
match "text":
    case "no":
        pass
try:
    match 5:
        case str(a, b):
            pass
    match Plain(1, 2):
        case Plain(1, 2, 3):
            pass
except TypeError as error:
    print(error)
