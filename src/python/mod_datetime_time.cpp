// SPDX-License-Identifier: MIT
// datetime: time, and reading ISO 8601.
#include "python/dates.hpp"
#include "python/ordering.hpp"

namespace cupel::python {
namespace {

Time& time_of(const Value& value) { return native_part<Time>(value); }

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string micro_text(int value) {
  const std::string text = std::to_string(value);
  return "." + std::string(6 - text.size(), '0') + text;
}

std::int64_t seconds_in_day(const Time& time) {
  return time.hour * 3600 + time.minute * 60 + time.second;
}

Value new_time_object(Call& call) {
  return new_time(call.in, *call[0].as<Class>(), static_cast<int>(call.integer(1)),
                  static_cast<int>(call.integer(2)), static_cast<int>(call.integer(3)),
                  static_cast<int>(call.integer(4)), call[5]);
}

Value time_repr(Call& call) {
  const Time& time = time_of(call[0]);
  std::string out =
      "datetime.time(" + std::to_string(time.hour) + ", " + std::to_string(time.minute);
  if (time.second != 0 || time.microsecond != 0) out += ", " + std::to_string(time.second);
  if (time.microsecond != 0) out += ", " + std::to_string(time.microsecond);
  if (time.zone.is_set()) out += ", tzinfo=" + call.in.repr_of(time.zone);
  return make_str(call.in, out + ")");
}

Value replace_time(Call& call) {
  const Time& old = time_of(call[0]);
  const auto part = [&](std::size_t i, int value) {
    return call.has(i) ? static_cast<int>(call.integer(i)) : value;
  };
  return new_time(call.in, *call[0].object()->cls(), part(1, old.hour), part(2, old.minute),
                  part(3, old.second), part(4, old.microsecond), call.has(5) ? call[5] : old.zone);
}

/// Of two naive ones, or two with a zone.
std::optional<int> time_order(Call& call, bool) {
  const Time* other = native<Time>(call[1]);
  if (other == nullptr) return std::nullopt;
  const Time& own = time_of(call[0]);
  const auto a = zone_offset(call.in, own.zone, Value::none()),
             b = zone_offset(call.in, other->zone, Value::none());
  if (a.has_value() != b.has_value()) return std::nullopt;
  const std::int64_t x = (seconds_in_day(own) - a.value_or(0)) * kMicrosPerSecond + own.microsecond;
  const std::int64_t y =
      (seconds_in_day(*other) - b.value_or(0)) * kMicrosPerSecond + other->microsecond;
  return order_of_values(x, y);
}

// --- ISO 8601 --------------------------------------------------------------------------------

class IsoReader {
 public:
  /// Strict: no month 13, no hour 25. Else who makes the value complains about them.
  explicit IsoReader(std::string_view text, bool strict) : text_(text), strict_(strict) {}
  bool done() const { return at_ == text_.size(); }
  char look() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool accept(char c) { return look() == c ? (++at_, true) : false; }

  bool number(std::size_t width, int& out) {
    if (at_ + width > text_.size()) return false;
    out = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const char c = text_[at_ + i];
      if (c < '0' || c > '9') return false;
      out = out * 10 + (c - '0');
    }
    at_ += width;
    return true;
  }

  bool date(Date& out) {
    if (!number(4, out.year)) return false;
    const bool dashes = accept('-');
    if (accept('W')) return week(out, dashes);
    if (!number(2, out.month) || (dashes && !accept('-')) || !number(2, out.day)) return false;
    return !strict_ || (out.year >= 1 && out.month >= 1 && out.month <= 12 && out.day >= 1 &&
                        out.day <= days_in_month(out.year, out.month));
  }

  bool week(Date& out, bool dashes) {
    int week = 0, day = 1;
    if (!number(2, week) || week < 1 || week > 53) return false;
    if (look() == '-' || (!dashes && look() >= '0' && look() <= '9')) {
      if (dashes && !accept('-')) return false;
      if (!number(1, day) || day < 1 || day > 7) return false;
    }
    Date fourth;
    fourth.year = out.year;
    fourth.day = 4;
    const std::int64_t monday = days_from_civil(out.year, 1, 4) - weekday(fourth);
    civil_from_days(monday + (week - 1) * 7 + day - 1, out.year, out.month, out.day);
    return true;
  }

  template <class T>
  bool time(T& out, std::optional<std::int64_t>& offset) {
    if (!number(2, out.hour)) return false;
    const bool colons = look() == ':';
    const auto more = [&] { return colons ? accept(':') : look() >= '0' && look() <= '9'; };
    if (more()) {
      if (!number(2, out.minute)) return false;
      if (more()) {
        if (!number(2, out.second)) return false;
        if (accept('.') || accept(',')) fraction(out.microsecond);
      }
    }
    if (strict_ && (out.hour > 23 || out.minute > 59 || out.second > 59)) return false;
    return zone(offset);
  }

 private:
  void fraction(int& out) {
    int count = 0;
    for (; look() >= '0' && look() <= '9'; ++at_, ++count) {
      if (count < 6) out = out * 10 + (look() - '0');
    }
    for (; count < 6; ++count) out *= 10;
  }

  bool zone(std::optional<std::int64_t>& offset) {
    if (accept('Z') || accept('z')) {
      offset = 0;
      return true;
    }
    const int sign = accept('-') ? -1 : accept('+') ? 1 : 0;
    if (sign == 0) return true;
    int hours = 0, minutes = 0, seconds = 0;
    if (!number(2, hours)) return false;
    const bool colon = accept(':');
    if ((colon || !done()) && !number(2, minutes)) return false;
    if (!done() && ((colon && !accept(':')) || !number(2, seconds))) return false;
    offset = sign * (hours * 3600 + minutes * 60 + seconds);
    return hours < 24 && minutes < 60;
  }

  std::string_view text_;
  bool strict_;
  std::size_t at_ = 0;
};

}  // namespace

Value date_from_iso(Interpreter& in, std::string_view text) { return read_date(in, text, true); }
Value time_from_iso(Interpreter& in, std::string_view text) { return read_time(in, text, true); }
Value datetime_from_iso(Interpreter& in, std::string_view text) {
  return read_datetime(in, text, true);
}

Value read_date(Interpreter& in, std::string_view text, bool strict) {
  need_dates(in);
  IsoReader reader(text, strict);
  Date date;
  if (!reader.date(date) || !reader.done()) return {};
  return new_date(in, *in.state().date, date.year, date.month, date.day);
}

Value read_time(Interpreter& in, std::string_view text, bool strict) {
  need_dates(in);
  if (text.starts_with("T")) text.remove_prefix(1);
  IsoReader reader(text, strict);
  Time time;
  std::optional<std::int64_t> offset;
  if (!reader.time(time, offset) || !reader.done()) return {};
  return new_time(in, *in.state().time, time.hour, time.minute, time.second, time.microsecond,
                  offset ? fixed_zone(in, *offset) : Value::none());
}

Value read_datetime(Interpreter& in, std::string_view text, bool strict) {
  need_dates(in);
  IsoReader reader(text, strict);
  DateTime out;
  std::optional<std::int64_t> offset;
  if (!reader.date(out)) return {};
  if (!reader.done()) {
    // Any one character may stand between date and time.
    std::size_t length = 1;
    const std::size_t at = text.find_first_of("T t", 8);
    if (at == std::string_view::npos) return {};
    reader = IsoReader(text.substr(at + length), strict);
    Date again;
    IsoReader front(text.substr(0, at), strict);
    if (!front.date(again) || !front.done()) return {};
    if (!reader.time(out, offset) || !reader.done()) return {};
  }
  return new_datetime(in, *in.state().datetime, out, out.hour, out.minute, out.second,
                      out.microsecond, offset ? fixed_zone(in, *offset) : Value::none());
}

std::string iso_text(Interpreter& in, const Value& value, char separator) {
  std::string out;
  if (const Date* date = native<Date>(value)) {
    const std::string year = std::to_string(date->year);
    out = std::string(4 - std::min<std::size_t>(4, year.size()), '0') + year + "-" +
          two(date->month) + "-" + two(date->day);
  }
  const auto time = [&](const auto& from) {
    out += two(from.hour) + ":" + two(from.minute) + ":" + two(from.second);
    if (from.microsecond != 0) out += micro_text(from.microsecond);
    if (const auto offset = zone_offset(in, from.zone, value)) out += offset_text(*offset, true);
  };
  if (const DateTime* full = native<DateTime>(value)) {
    out += separator;
    time(*full);
  } else if (const Time* only = native<Time>(value)) {
    time(*only);
  }
  return out;
}

Value new_time(Interpreter& in, Class& cls, int hour, int minute, int second, int microsecond,
               const Value& zone) {
  if (hour < 0 || hour > 23) value_error(in, "hour must be in 0..23");
  if (minute < 0 || minute > 59) value_error(in, "minute must be in 0..59");
  if (second < 0 || second > 59) value_error(in, "second must be in 0..59");
  if (microsecond < 0 || microsecond > 999999) value_error(in, "microsecond must be in 0..999999");
  auto made = std::make_unique<Time>();
  made->hour = hour;
  made->minute = minute;
  made->second = second;
  made->microsecond = microsecond;
  if (zone.is_set() && !zone.is_none()) made->zone = zone;
  return in.instance(cls, std::move(made));
}

Value make_time(Interpreter& in, int hour, int minute, int second, int microsecond,
                std::optional<int> offset) {
  need_dates(in);
  return new_time(in, *in.state().time, hour, minute, second, microsecond,
                  offset ? fixed_zone(in, *offset) : Value::none());
}

void setup_time_classes(Interpreter& in, Module& module) {
  Class& time = in.add_class(module, "time");
  in.state().time = &time;
  in.add_static_method(
      time, "__new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)",
      new_time_object);
  in.add_method(time, "__init__", [](Call&) -> Value { return {}; });
  const auto field = [&](const char* name, int Time::*part) {
    in.add_property(time, name,
                    [part](Interpreter&, const Value& self) { return Value(time_of(self).*part); });
  };
  field("hour", &Time::hour);
  field("minute", &Time::minute);
  field("second", &Time::second);
  field("microsecond", &Time::microsecond);
  field("fold", &Time::fold);
  in.add_property(time, "tzinfo", [](Interpreter&, const Value& self) {
    return time_of(self).zone.is_set() ? time_of(self).zone : Value::none();
  });
  in.add_method(time, "isoformat(self, timespec='auto')",
                [](Call& call) -> Value { return make_str(call.in, iso_text(call.in, call[0])); });
  in.add_method(time, "__str__(self)",
                [](Call& call) -> Value { return make_str(call.in, iso_text(call.in, call[0])); });
  in.add_method(time, "__repr__(self)", time_repr);
  in.add_method(time, "strftime(self, format)", [](Call& call) -> Value {
    return make_str(call.in, format_date(call.in, call[0], call.view(1)));
  });
  in.add_method(time, "__format__(self, format)", [](Call& call) -> Value {
    return make_str(call.in, call.view(1).empty() ? iso_text(call.in, call[0])
                                                  : format_date(call.in, call[0], call.view(1)));
  });
  in.add_method(
      time,
      "replace(self, hour=..., minute=..., second=..., microsecond=..., tzinfo=..., *, fold=...)",
      replace_time);
  in.add_method(time, "utcoffset(self)", [](Call& call) -> Value {
    const auto offset = zone_offset(call.in, time_of(call[0]).zone, Value::none());
    return offset ? make_timedelta(call.in, 0, *offset, 0) : Value::none();
  });
  in.add_method(time, "__hash__(self)", [](Call& call) -> Value {
    return Value(seconds_in_day(time_of(call[0])) * 1'000'003 + time_of(call[0]).microsecond);
  });
  add_comparisons(in, time, time_order);
  in.add_class_method(time, "fromisoformat(cls, text)", [](Call& call) -> Value {
    Value made = read_time(call.in, call.view(1), false);
    if (!made.is_set())
      value_error(call.in, "Invalid isoformat string: " + call.in.repr_of(call[1]));
    return made;
  });
  time.set(in.intern("min"), make_time(in, 0, 0, 0, 0));
  time.set(in.intern("max"), make_time(in, 23, 59, 59, 999999));
}

}  // namespace cupel::python
