"""Clocks."""
import _time
from _time import time, time_ns, monotonic, sleep

timezone = altzone = 0
daylight = 0
tzname = ("UTC", "UTC")
perf_counter = process_time = thread_time = monotonic
CLOCK_REALTIME, CLOCK_MONOTONIC = 0, 1


def monotonic_ns():
    return int(monotonic() * 1_000_000_000)


perf_counter_ns = process_time_ns = monotonic_ns


class struct_time(tuple):
    _names = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")

    def __getattr__(self, name):
        if name in struct_time._names:
            return self[struct_time._names.index(name)]
        raise AttributeError(f"'time.struct_time' object has no attribute '{name}'")

    def __repr__(self):
        return f"time.struct_time({', '.join(f'{name}={value}' for name, value in zip(self._names, self))})"


def gmtime(seconds=None):
    return struct_time(_time.gmtime(seconds))


def localtime(seconds=None):
    return struct_time(_time.localtime(seconds))


def _moment(t):
    import datetime
    return datetime.datetime(*t[:6])


def strftime(format, t=None):
    return _moment(localtime() if t is None else t).strftime(format)


def strptime(text, format="%a %b %d %H:%M:%S %Y"):
    import datetime
    return datetime.datetime.strptime(text, format).timetuple()


def mktime(t):
    return _moment(t).timestamp()


def asctime(t=None):
    return _moment(localtime() if t is None else t).strftime("%a %b %e %H:%M:%S %Y")


def ctime(seconds=None):
    return asctime(localtime(seconds))
