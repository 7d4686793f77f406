// SPDX-License-Identifier: MIT
// datetime: the class date. See dates.hpp.
#include <chrono>
#include <cmath>

#include "python/dates.hpp"
#include "python/numbers.hpp"
#include "python/ordering.hpp"

namespace cupel::python {
namespace {

/// A datetime or date of the same kind, from days since 1970.
Value date_from_days(Interpreter& in, Class& cls, std::int64_t days) {
  if (days < days_from_civil(1, 1, 1) || days > days_from_civil(9999, 12, 31))
    in.raise("OverflowError", "date value out of range");
  Date date;
  civil_from_days(days, date.year, date.month, date.day);
  return new_date(in, cls, date.year, date.month, date.day);
}

Value replace_date(Call& call) {
  const Date& old = date_of(call[0]);
  const auto part = [&](std::size_t i, int value) {
    return call.has(i) ? static_cast<int>(call.integer(i)) : value;
  };
  return new_date(call.in, class_of_self(call), part(1, old.year), part(2, old.month),
                  part(3, old.day));
}

Value date_plus(Call& call, int sign) {
  const TimeDelta* delta = native<TimeDelta>(call[1]);
  if (delta == nullptr) return Value::not_implemented();
  const Date& date = date_of(call[0]);
  return date_from_days(call.in, class_of_self(call),
                        days_from_civil(date.year, date.month, date.day) + sign * delta->days);
}

Value date_minus(Call& call) {
  const Date* other = native<Date>(call[1]);
  if (other == nullptr || native<DateTime>(call[1]) != nullptr) return date_plus(call, -1);
  return make_timedelta(call.in, to_ordinal(date_of(call[0])) - to_ordinal(*other), 0, 0);
}

std::optional<int> date_order(Call& call, bool) {
  const Date* other = native<Date>(call[1]);
  if (other == nullptr || native<DateTime>(call[1]) != nullptr) return std::nullopt;
  return order_of_values(to_ordinal(date_of(call[0])), to_ordinal(*other));
}

Value iso_calendar(Call& call) {
  const std::string text = format_date(call.in, call[0], "%G %V %u");
  return make_tuple(call.in,
                    Values{Value(std::stoi(text)), Value(std::stoi(text.substr(text.find(' ')))),
                           Value(std::stoi(text.substr(text.rfind(' '))))});
}

void add_making(Interpreter& in, Class& date) {
  in.add_class_method(date, "today(cls)", [](Call& call) -> Value {
    std::int64_t micros = 0;
    const std::int64_t seconds = now_seconds(call.in, micros);
    const std::int64_t local = seconds + local_offset(seconds);
    if (class_of_self(call).is_subclass_of(*call.in.state().datetime)) {
      return datetime_from_micros(
          call.in, class_of_self(call),
          static_cast<__int128>(local + kEpochOrdinal * kSecondsPerDay) * kMicrosPerSecond + micros,
          Value::none());
    }
    return date_from_days(call.in, class_of_self(call), local / kSecondsPerDay);
  });
  in.add_class_method(date, "fromordinal(cls, n)", [](Call& call) -> Value {
    if (call.integer(1) < 1 || call.integer(1) > kMaxOrdinal)
      value_error(call.in, "ordinal must be >= 1");
    return date_from_days(call.in, class_of_self(call), call.integer(1) - kEpochOrdinal);
  });
  in.add_class_method(date, "fromtimestamp(cls, timestamp)", [](Call& call) -> Value {
    const auto seconds = static_cast<std::int64_t>(std::floor(call.real(1)));
    const std::int64_t local = seconds + local_offset(seconds);
    return date_from_days(
        call.in, class_of_self(call),
        (local - (local % kSecondsPerDay + kSecondsPerDay) % kSecondsPerDay) / kSecondsPerDay);
  });
  in.add_class_method(date, "fromisoformat(cls, text)", [](Call& call) -> Value {
    Value made = read_date(call.in, call.view(1), false);
    if (!made.is_set())
      value_error(call.in, "Invalid isoformat string: " + call.in.repr_of(call[1]));
    return made;
  });
}

void add_texts(Interpreter& in, Class& date) {
  in.add_method(date, "isoformat(self)",
                [](Call& call) -> Value { return make_str(call.in, iso_text(call.in, call[0])); });
  in.add_method(date, "__str__(self)", [](Call& call) -> Value {
    return make_str(call.in, iso_text(call.in, call[0], ' '));
  });
  in.add_method(date, "__repr__(self)", [](Call& call) -> Value {
    const Date& self = date_of(call[0]);
    return make_str(call.in, "datetime.date(" + std::to_string(self.year) + ", " +
                                 std::to_string(self.month) + ", " + std::to_string(self.day) +
                                 ")");
  });
  in.add_method(date, "strftime(self, format)", [](Call& call) -> Value {
    return make_str(call.in, format_date(call.in, call[0], call.view(1)));
  });
  in.add_method(date, "__format__(self, format)", [](Call& call) -> Value {
    return make_str(call.in, call.view(1).empty() ? call.in.str_of(call[0])
                                                  : format_date(call.in, call[0], call.view(1)));
  });
  in.add_method(date, "ctime(self)", [](Call& call) -> Value {
    return make_str(call.in, format_date(call.in, call[0], "%a %b %e %H:%M:%S %Y"));
  });
}

}  // namespace

void check_date(Interpreter& in, std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < 1 || year > 9999) value_error(in, "year " + std::to_string(year) + " is out of range");
  if (month < 1 || month > 12) value_error(in, "month must be in 1..12");
  if (day < 1 || day > days_in_month(static_cast<int>(year), static_cast<int>(month)))
    value_error(in, "day is out of range for month");
}

std::int64_t now_seconds(Interpreter& in, std::int64_t& micros) {
  const auto since = in.settings().clock().time_since_epoch();
  const auto count = std::chrono::duration_cast<std::chrono::microseconds>(since).count();
  const std::int64_t seconds =
      count >= 0 ? count / kMicrosPerSecond : (count - kMicrosPerSecond + 1) / kMicrosPerSecond;
  micros = count - seconds * kMicrosPerSecond;
  return seconds;
}

Value time_tuple(Call& call) {
  const Value runtime = call.in.import("time");
  const Date& date = date_of(call[0]);
  const DateTime* full = native<DateTime>(call[0]);
  Values parts{Value(date.year),
               Value(date.month),
               Value(date.day),
               Value(full ? full->hour : 0),
               Value(full ? full->minute : 0),
               Value(full ? full->second : 0),
               Value(weekday(date)),
               Value(day_of_year(date)),
               Value(-1)};
  return python::call(call.in, get_attr(call.in, runtime, call.in.intern("struct_time")),
                      {make_tuple(call.in, std::move(parts))});
}

Value new_date(Interpreter& in, Class& cls, int year, int month, int day) {
  check_date(in, year, month, day);
  if (in.state().datetime != nullptr && cls.is_subclass_of(*in.state().datetime)) {
    Date date;
    date.year = year;
    date.month = month;
    date.day = day;
    return new_datetime(in, cls, date, 0, 0, 0, 0, Value::none());
  }
  auto made = std::make_unique<Date>();
  made->year = year;
  made->month = month;
  made->day = day;
  return in.instance(cls, std::move(made));
}

void setup_date_class(Interpreter& in, Module& module) {
  Class& date = in.add_class(module, "date");
  in.state().date = &date;
  in.add_static_method(date, "__new__(cls, year, month, day)", [](Call& call) -> Value {
    check_date(call.in, call.integer(1), call.integer(2), call.integer(3));
    return new_date(call.in, *call[0].as<Class>(), static_cast<int>(call.integer(1)),
                    static_cast<int>(call.integer(2)), static_cast<int>(call.integer(3)));
  });
  in.add_method(date, "__init__", [](Call&) -> Value { return {}; });
  const auto field = [&](const char* name, int Date::*part) {
    in.add_property(date, name,
                    [part](Interpreter&, const Value& self) { return Value(date_of(self).*part); });
  };
  field("year", &Date::year);
  field("month", &Date::month);
  field("day", &Date::day);
  add_making(in, date);
  add_texts(in, date);
  in.add_method(date, "toordinal(self)",
                [](Call& call) -> Value { return Value(to_ordinal(date_of(call[0]))); });
  in.add_method(date, "weekday(self)",
                [](Call& call) -> Value { return Value(weekday(date_of(call[0]))); });
  in.add_method(date, "isoweekday(self)",
                [](Call& call) -> Value { return Value(weekday(date_of(call[0])) + 1); });
  in.add_method(date, "isocalendar(self)", iso_calendar);
  in.add_method(date, "timetuple(self)", time_tuple);
  in.add_method(date, "replace(self, year=..., month=..., day=...)", replace_date);
  in.add_method(date, "__hash__(self)",
                [](Call& call) -> Value { return Value(to_ordinal(date_of(call[0]))); });
  in.add_method(date, "__add__(self, other)", [](Call& call) { return date_plus(call, 1); });
  in.add_method(date, "__radd__(self, other)", [](Call& call) { return date_plus(call, 1); });
  in.add_method(date, "__sub__(self, other)", date_minus);
  add_comparisons(in, date, date_order);
  date.set(in.intern("min"), new_date(in, date, 1, 1, 1));
  date.set(in.intern("max"), new_date(in, date, 9999, 12, 31));
}

}  // namespace cupel::python
