# SPDX-License-Identifier: MIT
"""The few names of numpy that revisions use: the limits of its numbers."""
import math

inf = math.inf
nan = math.nan
isnan = math.isnan
isinf = math.isinf
isfinite = math.isfinite


class float32(float):
    pass


class float64(float):
    pass


def isclose(a, b, rtol=1e-05, atol=1e-08):
    return a == b or abs(a - b) <= atol + rtol * abs(b)


def isposinf(value):
    return value == inf


def isneginf(value):
    return value == -inf


class finfo:
    def __init__(self, dtype):
        single = dtype is float32
        self.max = 3.4028234663852886e+38 if single else 1.7976931348623157e+308
        self.min = -self.max
        self.eps = 1.1920928955078125e-07 if single else 2.220446049250313e-16
        self.tiny = 1.1754943508222875e-38 if single else 2.2250738585072014e-308
