// SPDX-License-Identifier: MIT
// datetime: the module, and the class datetime.
#include <cmath>

#include "python/dates.hpp"
#include "python/numbers.hpp"
#include "python/ordering.hpp"

namespace cupel::python {
namespace {

DateTime& full_of(const Value& value) { return native_part<DateTime>(value); }

Value make_full(Call& call) {
  Date date;
  check_date(call.in, call.integer(1), call.integer(2), call.integer(3));
  date.year = static_cast<int>(call.integer(1));
  date.month = static_cast<int>(call.integer(2));
  date.day = static_cast<int>(call.integer(3));
  return new_datetime(call.in, *call[0].as<Class>(), date, static_cast<int>(call.integer(4)),
                      static_cast<int>(call.integer(5)), static_cast<int>(call.integer(6)),
                      static_cast<int>(call.integer(7)), call[8]);
}

/// A moment, as microseconds since 0001-01-01 in UTC, as a datetime in a zone (or local time
/// without one).
Value in_zone(Interpreter& in, Class& cls, std::int64_t unix_seconds, std::int64_t micros,
              const Value& zone) {
  const auto base =
      static_cast<__int128>(unix_seconds + kEpochOrdinal * kSecondsPerDay) * kMicrosPerSecond +
      micros;
  if (zone.is_none())
    return datetime_from_micros(
        in, cls, base + static_cast<__int128>(local_offset(unix_seconds)) * kMicrosPerSecond, zone);
  const Value utc = datetime_from_micros(in, cls, base, zone);
  const auto offset = zone_offset(in, zone, utc);
  return datetime_from_micros(
      in, cls, base + static_cast<__int128>(offset.value_or(0)) * kMicrosPerSecond, zone);
}

Value from_timestamp(Call& call, const Value& zone, bool utc) {
  Interpreter& in = call.in;
  const double stamp = call.real(1);
  if (!std::isfinite(stamp) || std::fabs(stamp) > 1e15) value_error(in, "year is out of range");
  double whole = std::floor(stamp);
  auto micros = static_cast<std::int64_t>(std::nearbyint((stamp - whole) * 1e6));
  if (micros >= kMicrosPerSecond) {
    whole += 1;
    micros -= kMicrosPerSecond;
  }
  const auto seconds = static_cast<std::int64_t>(whole);
  if (utc) {
    return datetime_from_micros(
        in, class_of_self(call),
        static_cast<__int128>(seconds + kEpochOrdinal * kSecondsPerDay) * kMicrosPerSecond + micros,
        Value::none());
  }
  return in_zone(in, class_of_self(call), seconds, micros, zone);
}

/// Microseconds since 0001-01-01 UTC; a naive value is taken as local time.
__int128 as_utc(Interpreter& in, const Value& value) {
  const DateTime& full = full_of(value);
  const auto offset = zone_offset(in, full.zone, value);
  const __int128 naive = micros_of(full);
  if (offset) return naive - static_cast<__int128>(*offset) * kMicrosPerSecond;
  const auto guess =
      static_cast<std::int64_t>(naive / kMicrosPerSecond) - kEpochOrdinal * kSecondsPerDay;
  return naive -
         static_cast<__int128>(local_offset(guess - local_offset(guess))) * kMicrosPerSecond;
}

Value timestamp(Call& call) {
  const __int128 epoch = static_cast<__int128>(kEpochOrdinal) * kSecondsPerDay * kMicrosPerSecond;
  return Value(
      static_cast<double>(static_cast<long double>(as_utc(call.in, call[0]) - epoch) / 1e6L));
}

Value as_zone(Call& call) {
  Interpreter& in = call.in;
  const __int128 utc = as_utc(in, call[0]);
  const auto seconds =
      static_cast<std::int64_t>(utc / kMicrosPerSecond) - kEpochOrdinal * kSecondsPerDay;
  const auto micros = static_cast<std::int64_t>(utc % kMicrosPerSecond);
  const Value zone = call.is_none(1) ? fixed_zone(in, local_offset(seconds)) : call[1];
  return in_zone(in, class_of_self(call), seconds, micros, zone);
}

Value replace_full(Call& call) {
  const DateTime& old = full_of(call[0]);
  const auto part = [&](std::size_t i, int value) {
    return call.has(i) ? static_cast<int>(call.integer(i)) : value;
  };
  Date date;
  date.year = part(1, old.year);
  date.month = part(2, old.month);
  date.day = part(3, old.day);
  return new_datetime(call.in, class_of_self(call), date, part(4, old.hour), part(5, old.minute),
                      part(6, old.second), part(7, old.microsecond),
                      call.has(8) ? call[8] : zone_or_none(old.zone));
}

Value full_plus(Call& call, int sign) {
  const TimeDelta* delta = native<TimeDelta>(call[1]);
  if (delta == nullptr) return Value::not_implemented();
  return datetime_from_micros(call.in, class_of_self(call),
                              micros_of(full_of(call[0])) + sign * micros_of(*delta),
                              zone_or_none(full_of(call[0]).zone));
}

Value full_minus(Call& call) {
  Interpreter& in = call.in;
  const DateTime* other = native<DateTime>(call[1]);
  if (other == nullptr) return full_plus(call, -1);
  const auto a = zone_offset(in, full_of(call[0]).zone, call[0]),
             b = zone_offset(in, other->zone, call[1]);
  if (a.has_value() != b.has_value())
    type_error(in, "can't subtract offset-naive and offset-aware datetimes");
  const __int128 apart = static_cast<__int128>(a.value_or(0) - b.value_or(0)) * kMicrosPerSecond;
  return delta_from_micros(in, micros_of(full_of(call[0])) - micros_of(*other) - apart);
}

std::optional<int> full_order(Call& call, bool is_equality) {
  Interpreter& in = call.in;
  const DateTime* other = native<DateTime>(call[1]);
  if (other == nullptr) {
    if (!is_equality && native<Date>(call[1]) != nullptr)
      type_error(in, "can't compare datetime.datetime to datetime.date");
    return std::nullopt;
  }
  const auto a = zone_offset(in, full_of(call[0]).zone, call[0]),
             b = zone_offset(in, other->zone, call[1]);
  if (a.has_value() != b.has_value()) {
    if (is_equality) return 1;
    type_error(in, "can't compare offset-naive and offset-aware datetimes");
  }
  const __int128 apart = static_cast<__int128>(a.value_or(0) - b.value_or(0)) * kMicrosPerSecond;
  return order_of_values(micros_of(full_of(call[0])) - apart, micros_of(*other));
}

Value full_repr(Call& call) {
  const DateTime& full = full_of(call[0]);
  std::string out = "datetime.datetime(" + std::to_string(full.year) + ", " +
                    std::to_string(full.month) + ", " + std::to_string(full.day) + ", " +
                    std::to_string(full.hour) + ", " + std::to_string(full.minute);
  if (full.second != 0 || full.microsecond != 0) out += ", " + std::to_string(full.second);
  if (full.microsecond != 0) out += ", " + std::to_string(full.microsecond);
  if (full.zone.is_set()) out += ", tzinfo=" + call.in.repr_of(full.zone);
  return make_str(call.in, out + ")");
}

Value full_iso(Call& call) {
  const std::string separator = call.text(1), precision = call.text(2);
  std::string text = iso_text(call.in, call[0], separator.empty() ? 'T' : separator[0]);
  if (precision == "auto") return make_str(call.in, text);
  const auto offset = zone_offset(call.in, full_of(call[0]).zone, call[0]);
  const std::string tail = offset ? offset_text(*offset, true) : "";
  const std::string micros = format_date(call.in, call[0], "%f");
  text = text.substr(0, 10) + separator;
  if (precision == "hours")
    text += format_date(call.in, call[0], "%H");
  else if (precision == "minutes")
    text += format_date(call.in, call[0], "%H:%M");
  else if (precision == "seconds")
    text += format_date(call.in, call[0], "%H:%M:%S");
  else if (precision == "milliseconds")
    text += format_date(call.in, call[0], "%H:%M:%S.") + micros.substr(0, 3);
  else if (precision == "microseconds")
    text += format_date(call.in, call[0], "%H:%M:%S.") + micros;
  else
    value_error(call.in, "Unknown timespec value");
  return make_str(call.in, text + tail);
}

void setup_making(Interpreter& in, Class& full) {
  in.add_static_method(full,
                       "__new__(cls, year, month, day, hour=0, minute=0, second=0, microsecond=0, "
                       "tzinfo=None, *, fold=0)",
                       make_full);
  in.add_class_method(full, "now(cls, tz=None)", [](Call& call) -> Value {
    std::int64_t micros = 0;
    const std::int64_t seconds = now_seconds(call.in, micros);
    return in_zone(call.in, class_of_self(call), seconds, micros, call[1]);
  });
  in.add_class_method(full, "utcnow(cls)", [](Call& call) -> Value {
    std::int64_t micros = 0;
    const std::int64_t seconds = now_seconds(call.in, micros);
    return datetime_from_micros(
        call.in, class_of_self(call),
        static_cast<__int128>(seconds + kEpochOrdinal * kSecondsPerDay) * kMicrosPerSecond + micros,
        Value::none());
  });
  in.add_class_method(full, "fromtimestamp(cls, timestamp, tz=None)",
                      [](Call& call) { return from_timestamp(call, call[2], false); });
  in.add_class_method(full, "utcfromtimestamp(cls, timestamp)",
                      [](Call& call) { return from_timestamp(call, Value::none(), true); });
  in.add_class_method(full, "fromisoformat(cls, text)", [](Call& call) -> Value {
    Value made = read_datetime(call.in, call.view(1), false);
    if (!made.is_set())
      value_error(call.in, "Invalid isoformat string: " + call.in.repr_of(call[1]));
    return made;
  });
  in.add_class_method(full, "strptime(cls, text, format)", [](Call& call) -> Value {
    DateTime out;
    parse_date(call.in, call.view(1), call.view(2), out);
    return new_datetime(call.in, class_of_self(call), out, out.hour, out.minute, out.second,
                        out.microsecond, zone_or_none(out.zone));
  });
  in.add_class_method(full, "combine(cls, date, time, tzinfo=...)", [](Call& call) -> Value {
    const Date* date = native<Date>(call[1]);
    const Time* time = native<Time>(call[2]);
    if (date == nullptr || time == nullptr)
      type_error(call.in, "combine() argument 1 must be datetime.date, argument 2 datetime.time");
    return new_datetime(call.in, class_of_self(call), *date, time->hour, time->minute, time->second,
                        time->microsecond, call.has(3) ? call[3] : zone_or_none(time->zone));
  });
}

void setup_full(Interpreter& in, Module& module) {
  Class& full = in.add_class(module, "datetime", {in.state().date});
  in.state().datetime = &full;
  setup_making(in, full);
  const auto field = [&](const char* name, int DateTime::*part) {
    in.add_property(full, name,
                    [part](Interpreter&, const Value& self) { return Value(full_of(self).*part); });
  };
  field("hour", &DateTime::hour);
  field("minute", &DateTime::minute);
  field("second", &DateTime::second);
  field("microsecond", &DateTime::microsecond);
  field("fold", &DateTime::fold);
  in.add_property(full, "tzinfo",
                  [](Interpreter&, const Value& self) { return zone_or_none(full_of(self).zone); });
  in.add_method(full, "isoformat(self, sep='T', timespec='auto')", full_iso);
  in.add_method(full, "__repr__(self)", full_repr);
  in.add_method(full, "timestamp(self)", timestamp);
  in.add_method(full, "astimezone(self, tz=None)", as_zone);
  in.add_method(full,
                "replace(self, year=..., month=..., day=..., hour=..., minute=..., second=..., "
                "microsecond=..., tzinfo=..., *, fold=...)",
                replace_full);
  in.add_method(full, "date(self)", [](Call& call) -> Value {
    const Date& self = date_of(call[0]);
    return new_date(call.in, *call.in.state().date, self.year, self.month, self.day);
  });
  const auto time_part = [](bool keep) {
    return [keep](Call& call) -> Value {
      const DateTime& self = full_of(call[0]);
      return new_time(call.in, *call.in.state().time, self.hour, self.minute, self.second,
                      self.microsecond, keep ? zone_or_none(self.zone) : Value::none());
    };
  };
  in.add_method(full, "time(self)", time_part(false));
  in.add_method(full, "timetz(self)", time_part(true));
  in.add_method(full, "utctimetuple(self)", time_tuple);
  in.add_method(full, "utcoffset(self)", [](Call& call) -> Value {
    const auto offset = zone_offset(call.in, full_of(call[0]).zone, call[0]);
    return offset ? make_timedelta(call.in, 0, *offset, 0) : Value::none();
  });
  in.add_method(full, "tzname(self)", [](Call& call) -> Value {
    const Value& zone = full_of(call[0]).zone;
    return zone.is_set() ? make_str(call.in, zone_name(call.in, zone, call[0])) : Value::none();
  });
  in.add_method(full, "dst(self)", [](Call& call) -> Value {
    const Value& zone = full_of(call[0]).zone;
    return zone.is_set() ? call.in.call_method(zone, "dst", std::span(&call[0], 1)) : Value::none();
  });
  in.add_method(full, "__hash__(self)", [](Call& call) -> Value {
    const auto offset = zone_offset(call.in, full_of(call[0]).zone, call[0]);
    return Value(
        static_cast<std::int64_t>((micros_of(full_of(call[0])) -
                                   static_cast<__int128>(offset.value_or(0)) * kMicrosPerSecond) %
                                  INT64_MAX));
  });
  in.add_method(full, "__add__(self, other)", [](Call& call) { return full_plus(call, 1); });
  in.add_method(full, "__radd__(self, other)", [](Call& call) { return full_plus(call, 1); });
  in.add_method(full, "__sub__(self, other)", full_minus);
  add_comparisons(in, full, full_order);
  Date first, last;
  last.year = 9999;
  last.month = 12;
  last.day = 31;
  full.set(in.intern("min"), new_datetime(in, full, first, 0, 0, 0, 0, Value::none()));
  full.set(in.intern("max"), new_datetime(in, full, last, 23, 59, 59, 999999, Value::none()));
}

}  // namespace

Value new_datetime(Interpreter& in, Class& cls, const Date& date, int hour, int minute, int second,
                   int microsecond, const Value& zone) {
  check_date(in, date.year, date.month, date.day);
  if (hour < 0 || hour > 23) value_error(in, "hour must be in 0..23");
  if (minute < 0 || minute > 59) value_error(in, "minute must be in 0..59");
  if (second < 0 || second > 59) value_error(in, "second must be in 0..59");
  if (microsecond < 0 || microsecond > 999999) value_error(in, "microsecond must be in 0..999999");
  if (zone.is_set() && !zone.is_none() && !in.is_instance(zone, *in.state().tzinfo)) {
    type_error(in, "tzinfo argument must be None or of a tzinfo subclass, not type '" +
                       std::string(in.type_name(zone)) + "'");
  }
  auto made = std::make_unique<DateTime>();
  made->year = date.year;
  made->month = date.month;
  made->day = date.day;
  made->hour = hour;
  made->minute = minute;
  made->second = second;
  made->microsecond = microsecond;
  if (zone.is_set() && !zone.is_none()) made->zone = zone;
  return in.instance(cls, std::move(made));
}

Value datetime_from_micros(Interpreter& in, Class& cls, __int128 microseconds, const Value& zone) {
  const __int128 per_day = static_cast<__int128>(kSecondsPerDay) * kMicrosPerSecond;
  if (microseconds < per_day || microseconds >= (kMaxOrdinal + 1) * per_day)
    in.raise("OverflowError", "date value out of range");
  Date date;
  civil_from_days(static_cast<std::int64_t>(microseconds / per_day) - kEpochOrdinal, date.year,
                  date.month, date.day);
  const auto rest = static_cast<std::int64_t>(microseconds % per_day);
  const std::int64_t seconds = rest / kMicrosPerSecond;
  return new_datetime(in, cls, date, static_cast<int>(seconds / 3600),
                      static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60),
                      static_cast<int>(rest % kMicrosPerSecond), zone);
}

void need_dates(Interpreter& in) {
  if (in.state().datetime == nullptr && in.state().timedelta == nullptr)
    import_module(in, "datetime", true);
}

Value make_date(Interpreter& in, int year, int month, int day) {
  need_dates(in);
  return new_date(in, *in.state().date, year, month, day);
}

Value make_datetime(Interpreter& in, int year, int month, int day, int hour, int minute, int second,
                    int microsecond, std::optional<int> offset) {
  need_dates(in);
  Date date;
  date.year = year;
  date.month = month;
  date.day = day;
  return new_datetime(in, *in.state().datetime, date, hour, minute, second, microsecond,
                      offset ? fixed_zone(in, *offset) : Value::none());
}

std::optional<int> offset_of(Interpreter& in, const Value& value) {
  const DateTime* full = native<DateTime>(value);
  const Time* time = native<Time>(value);
  const Value zone = full != nullptr ? full->zone : time != nullptr ? time->zone : Value();
  const auto offset = zone_offset(in, zone, value);
  if (!offset) return std::nullopt;
  return static_cast<int>(*offset);
}

void fill_datetime(Interpreter& in, Module& module) {
  in.add(module, "MINYEAR", Value(1));
  in.add(module, "MAXYEAR", Value(9999));
  setup_delta_classes(in, module);
  setup_date_class(in, module);
  setup_time_classes(in, module);
  setup_full(in, module);
  for (Class* cls : {in.state().date, in.state().time, in.state().datetime, in.state().timedelta,
                     in.state().tzinfo, in.state().timezone}) {
    cls->set_title(in.intern("datetime." + std::string(cls->name())));
  }
  in.state().date->set(in.intern("resolution"), make_timedelta(in, 1, 0, 0));
  in.state().datetime->set(in.intern("resolution"), make_timedelta(in, 0, 0, 1));
}

}  // namespace cupel::python
