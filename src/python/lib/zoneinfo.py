"""Time zones: UTC and fixed offsets only, as there is no zone data here."""
import datetime as _datetime


class ZoneInfoNotFoundError(KeyError):
    pass


class ZoneInfo(_datetime.tzinfo):
    def __init__(self, key):
        if key.upper() not in ("UTC", "ETC/UTC", "GMT", "ETC/GMT", "ZULU", "ETC/UCT", "UCT"):
            raise ZoneInfoNotFoundError(f"the time zone {key} is not supported: there is no zone data here, only UTC")
        self.key = key

    def utcoffset(self, dt):
        return _datetime.timedelta(0)

    def dst(self, dt):
        return _datetime.timedelta(0)

    def tzname(self, dt):
        return "UTC"

    def __str__(self):
        return self.key

    def __repr__(self):
        return f"zoneinfo.ZoneInfo(key={self.key!r})"


def available_timezones():
    return {"UTC"}
