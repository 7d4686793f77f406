"""Averages."""
import math as _math


class StatisticsError(ValueError):
    pass


def _list(data, name):
    data = list(data)
    if not data:
        raise StatisticsError(f"{name} requires at least one data point")
    return data


def mean(data):
    data = _list(data, "mean")
    total = sum(data) / len(data)
    return int(total) if isinstance(total, float) and total.is_integer() and all(isinstance(x, int) for x in data) else total


def fmean(data):
    data = _list(data, "fmean")
    return _math.fsum(data) / len(data)


def median(data):
    data = sorted(_list(data, "median"))
    middle = len(data) // 2
    return data[middle] if len(data) % 2 else (data[middle - 1] + data[middle]) / 2


def mode(data):
    from collections import Counter
    return Counter(_list(data, "mode")).most_common(1)[0][0]


def pvariance(data):
    data = _list(data, "pvariance")
    middle = _math.fsum(data) / len(data)
    return _math.fsum((x - middle) ** 2 for x in data) / len(data)


def variance(data):
    data = list(data)
    if len(data) < 2:
        raise StatisticsError("variance requires at least two data points")
    return pvariance(data) * len(data) / (len(data) - 1)


def stdev(data):
    return _math.sqrt(variance(data))


def pstdev(data):
    return _math.sqrt(pvariance(data))
