"""datetime and decimal."""
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, getcontext, localcontext
import decimal
import time as clock


def show(work):
    try:
        print(work())
    except Exception as error:
        print(type(error).__name__, error)


d = date(2024, 2, 29)
print(d, repr(d), d.year, d.month, d.day, d.weekday(), d.isoweekday(), d.isocalendar()[1], d.toordinal(), d.isoformat(), d.replace(year=2023, day=1), d + timedelta(days=1), d - date(2024, 1, 1), d < date(2025, 1, 1), date.fromisoformat("2024-01-02"), date.fromordinal(738000), d.strftime("%d/%m/%y %a %A %b %B %j %U %W %%"), date.min, date.max, hash(d) == hash(date(2024, 2, 29)), d.ctime())
dt = datetime(2024, 5, 6, 7, 8, 9, 123456)
print(dt, repr(dt), dt.isoformat(), dt.isoformat(" ", "seconds"), dt.isoformat(timespec="milliseconds"), dt.date(), dt.time(), dt.replace(hour=0, microsecond=0), dt + timedelta(hours=20), dt - datetime(2024, 1, 1), dt > datetime(2023, 1, 1), dt == datetime(2024, 5, 6, 7, 8, 9, 123456), f"{dt:%Y-%m-%d %H:%M}", dt.strftime("%I:%M:%S.%f %p|%c|%x|%X|%y|%G-W%V-%u|%s" if False else "%I:%M:%S.%f %p|%x|%X|%y|%G-W%V-%u|%F %T|%D|%e"), dt.timetuple()[:6], datetime.combine(d, time(1, 2)))
utc = datetime(2024, 1, 1, tzinfo=timezone.utc)
east = timezone(timedelta(hours=5, minutes=30))
print(utc, repr(utc), utc.isoformat(), utc.timestamp(), utc.astimezone(east), repr(utc.astimezone(east)), utc == utc.astimezone(east), utc.utcoffset(), utc.tzname(), east, repr(east), timezone(timedelta(hours=-3)), timezone(timedelta(0), "X"), utc - datetime(2023, 12, 31, 23, tzinfo=east), datetime.fromtimestamp(0, timezone.utc), datetime.fromtimestamp(1.5, east), datetime.utcfromtimestamp(86400), utc.strftime("%z %Z"), timezone.utc)
for text in ("2024-01-02", "2024-01-02T03:04", "2024-01-02 03:04:05", "2024-01-02T03:04:05.6", "2024-01-02T03:04:05.678901", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05+02:00", "20240102T030405", "2024-W01-2", "2024-13-01", "x", "2024-01-02T25:00", "2024-01-32"):
    show(lambda: repr(datetime.fromisoformat(text)))
for text, form in (("2024-05-06", "%Y-%m-%d"), ("06/05/24 13:14", "%d/%m/%y %H:%M"), ("May 6, 2024 1:02 PM", "%B %d, %Y %I:%M %p"), ("2024-05-06T07:08:09.123+0200", "%Y-%m-%dT%H:%M:%S.%f%z"), ("12 Feb 2020", "%d %b %Y"), ("2024-02-30", "%Y-%m-%d"), ("abc", "%Y"), ("2024 extra", "%Y"), ("5", "%d"), ("2024-127", "%Y-%j")):
    show(lambda: repr(datetime.strptime(text, form)))
td = timedelta(days=1, hours=2, minutes=3, seconds=4, milliseconds=5, microseconds=6)
print(td, repr(td), td.days, td.seconds, td.microseconds, td.total_seconds(), -td, abs(-td), td * 2, td / 2, td // 2, td / timedelta(hours=1), td // timedelta(hours=1), td % timedelta(hours=1), td + td, td - timedelta(days=2), td > timedelta(0), timedelta(weeks=1), timedelta(seconds=-1), repr(timedelta(seconds=-1)), timedelta(hours=1.5), timedelta(0), repr(timedelta(0)), bool(timedelta(0)), sum([td, td], timedelta()), timedelta.max, timedelta.resolution, td == timedelta(seconds=td.total_seconds()), timedelta(days=0.1, seconds=0.5))
t = time(13, 14, 15, 16)
print(t, repr(t), t.isoformat(), t.hour, t.strftime("%H-%M"), t.replace(minute=0), t < time(14), time.fromisoformat("04:05:06"), time(1, tzinfo=timezone.utc), repr(time(1)), time.min, time.max)
for work in (lambda: date(2023, 2, 29), lambda: datetime(2024, 13, 1), lambda: time(25), lambda: d - 5, lambda: dt < d, lambda: dt < utc, lambda: dt - utc, lambda: date.max + timedelta(1), lambda: dt == utc, lambda: dt == d, lambda: d == dt, lambda: timedelta(days=10**10), lambda: td / 0, lambda: d + 1, lambda: datetime(2024, 1, 1, 0, 0, 61), lambda: timezone(timedelta(days=2))):
    show(work)
print(isinstance(dt, date), isinstance(d, datetime), datetime.now() > datetime(2020, 1, 1), datetime.now(timezone.utc).tzinfo, datetime.utcnow().tzinfo, type(date.today()).__name__, sorted([dt, datetime.min])[0], max(d, date.min), {d: 1}[date(2024, 2, 29)], str(datetime.max), clock.time() > 1e9, clock.strftime("%Y", clock.gmtime(0)), clock.gmtime(0)[:6], clock.gmtime(86400).tm_mday)
D = Decimal
values = [D("0"), D("-0"), D("1"), D("1.10"), D("-2.5"), D("0.1"), D("1E+5"), D("1e-10"), D("123456789.987654321"), D("NaN"), D("Infinity"), D("99999999999999999999999999999")]
for a in values:
    print(a, repr(a), -a, abs(a), +a, a.is_zero(), a.is_signed(), a.is_finite(), a.as_tuple() if a.is_finite() else "", a.adjusted() if a.is_finite() else "")
    for b in values:
        for name, op in (("+", lambda: a + b), ("-", lambda: a - b), ("*", lambda: a * b), ("/", lambda: a / b), ("//", lambda: a // b), ("%", lambda: a % b), ("<", lambda: a < b), ("==", lambda: a == b)):
            try:
                print(op(), end=" ")
            except decimal.DecimalException as error:
                print(type(error).__name__, end=" ")
    print()
print(D("1.005").quantize(D("0.01")), D("2.675").quantize(D("0.01"), ROUND_HALF_UP), D("1.29").quantize(D("0.1"), rounding=ROUND_DOWN), D("1.21").quantize(D("0.1"), ROUND_UP), D("1.5").to_integral_value(), D("2.5").to_integral_value(), D("100").normalize(), D("1.100").normalize(), D("2").sqrt(), D("2") ** 10, D("1.1") ** 2, D(2) ** -1, round(D("2.675"), 2), round(D("2.5")), int(D("-3.9")), float(D("1.5")), D(5), D(0.1), D("1_000.5"), D((0, (1, 2, 3), -2)), D("3") + 1, 2 * D("1.5"), D(10) / 3, D("1") == 1, D("1.0") == 1.0, D("0.1") == 0.1, D("1.5") > 1, hash(D("1")) == hash(1), hash(D("1.5")) == hash(1.5), sum([D("0.1")] * 3), max(D(1), D(2)), D("1.50").as_integer_ratio(), D.from_float(0.5), str(D("1E-7")), D("0E-8"), bool(D(0)), D("12.3").scaleb(2))
print(f"{D('1234567.891'):,.2f} {D('1.5'):.3f} {D('0.00001'):f} {D('1234.5'):e} {D('0.256'):.1%} {D('5'):>6} {D('-5'):06} {D('1E+3'):f}", D("1.1").__class__.__name__, format(D("1.5")))
show(lambda: D("abc"))
show(lambda: D("1") + 1.5)
show(lambda: D(1) / D(0))
with localcontext() as ctx:
    ctx.prec = 5
    print(D(1) / D(3), getcontext().prec)
print(D(1) / D(3), getcontext().prec)
