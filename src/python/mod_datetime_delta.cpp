// SPDX-License-Identifier: MIT
// datetime: timedelta, tzinfo and timezone.
#include <cmath>
#include <limits>

#include "python/dates.hpp"
#include "python/numbers.hpp"
#include "python/ordering.hpp"

namespace cupel::python {
namespace {

constexpr __int128 kMicrosPerDay = static_cast<__int128>(kSecondsPerDay) * kMicrosPerSecond;

const TimeDelta* delta_of(const Value& value) { return native<TimeDelta>(value); }
__int128 micros(const Value& value) { return micros_of(native_part<TimeDelta>(value)); }

__int128 floor_divide(__int128 a, __int128 b) {
  const __int128 q = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

/// a / b, half to even.
__int128 divide_rounded(__int128 a, __int128 b) {
  if (b < 0) {
    a = -a;
    b = -b;
  }
  const __int128 q = floor_divide(a, b);
  const __int128 twice = (a - q * b) * 2;
  return twice > b || (twice == b && q % 2 != 0) ? q + 1 : q;
}

/// A count of units of `unit` microseconds, whole or with a fraction.
__int128 scaled(Interpreter& in, const Value& value, __int128 unit, long double& fraction) {
  if (in.is_integer(value)) {
    const auto whole = in.to_int64(value);
    if (!whole || std::llabs(*whole) > 1'000'000'000'000'000'000)
      in.raise("OverflowError", "Python int too large to convert to C int");
    return static_cast<__int128>(*whole) * unit;
  }
  const auto real = in.to_double(value);
  if (!real)
    type_error(in, "unsupported type for timedelta component: " + std::string(in.type_name(value)));
  if (!std::isfinite(*real)) value_error(in, "cannot convert float NaN to integer");
  const double whole = std::trunc(*real);
  if (std::fabs(whole) > 1e17) in.raise("OverflowError", "days out of range");
  fraction += static_cast<long double>(*real - whole) * static_cast<long double>(unit);
  return static_cast<__int128>(whole) * unit;
}

Value new_delta(Call& call) {
  static constexpr std::int64_t kUnits[] = {kSecondsPerDay * kMicrosPerSecond,
                                            kMicrosPerSecond,
                                            1,
                                            1000,
                                            60 * kMicrosPerSecond,
                                            3600 * kMicrosPerSecond,
                                            7 * kSecondsPerDay * kMicrosPerSecond};
  __int128 total = 0;
  long double fraction = 0;
  for (std::size_t i = 0; i < 7; ++i) total += scaled(call.in, call[i + 1], kUnits[i], fraction);
  constexpr __int128 kPerDay = static_cast<__int128>(kSecondsPerDay) * kMicrosPerSecond;
  if (total / kPerDay > INT32_MAX || total / kPerDay < -INT32_MAX)
    call.in.raise("OverflowError", "Python int too large to convert to C int");
  total += static_cast<__int128>(std::nearbyintl(fraction));
  Value made = delta_from_micros(call.in, total);
  if (call[0].object() == call.in.state().timedelta) return made;
  auto copy = std::make_unique<TimeDelta>(*delta_of(made));
  return call.in.instance(*call[0].as<Class>(), std::move(copy));
}

std::string delta_text(const TimeDelta& delta) {
  std::string out;
  if (delta.days != 0)
    out = std::to_string(delta.days) + (std::llabs(delta.days) == 1 ? " day, " : " days, ");
  const auto two = [](std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  out += std::to_string(delta.seconds / 3600) + ":" + two(delta.seconds / 60 % 60) + ":" +
         two(delta.seconds % 60);
  if (delta.microseconds != 0) {
    const std::string part = std::to_string(delta.microseconds);
    out += "." + std::string(6 - part.size(), '0') + part;
  }
  return out;
}

Value delta_repr(Call& call) {
  const TimeDelta& delta = native_part<TimeDelta>(call[0]);
  std::string parts;
  const auto add = [&](const char* name, std::int64_t value) {
    if (value != 0)
      parts += (parts.empty() ? "" : ", ") + std::string(name) + "=" + std::to_string(value);
  };
  add("days", delta.days);
  add("seconds", delta.seconds);
  add("microseconds", delta.microseconds);
  return make_str(call.in, "datetime.timedelta(" + (parts.empty() ? "0" : parts) + ")");
}

Value multiply(Call& call) {
  Interpreter& in = call.in;
  if (in.is_integer(call[1])) {
    const auto factor = in.to_int64(call[1]);
    if (!factor || std::llabs(*factor) > 1'000'000'000'000)
      in.raise("OverflowError", "timedelta out of range");
    return delta_from_micros(in, micros(call[0]) * *factor);
  }
  if (const auto factor = in.to_double(call[1])) {
    const long double product =
        static_cast<long double>(micros(call[0])) * static_cast<long double>(*factor);
    if (!std::isfinite(product) || std::fabs(product) > 1e30L)
      in.raise("OverflowError", "timedelta out of range");
    return delta_from_micros(in, static_cast<__int128>(std::nearbyintl(product)));
  }
  return Value::not_implemented();
}

[[noreturn]] void zero_division(Interpreter& in) {
  in.raise("ZeroDivisionError", "integer division or modulo by zero");
}

Value divide(Call& call) {
  Interpreter& in = call.in;
  if (const TimeDelta* other = delta_of(call[1])) {
    if (micros_of(*other) == 0) in.raise("ZeroDivisionError", "division by zero");
    return Value(static_cast<double>(static_cast<long double>(micros(call[0])) /
                                     static_cast<long double>(micros_of(*other))));
  }
  if (in.is_integer(call[1])) {
    const auto by = in.to_int64(call[1]);
    if (!by || *by == 0) zero_division(in);
    return delta_from_micros(in, divide_rounded(micros(call[0]), *by));
  }
  if (const auto by = in.to_double(call[1])) {
    if (*by == 0) in.raise("ZeroDivisionError", "division by zero");
    return delta_from_micros(
        in, static_cast<__int128>(std::nearbyintl(static_cast<long double>(micros(call[0])) /
                                                  static_cast<long double>(*by))));
  }
  return Value::not_implemented();
}

Value floor_division(Call& call) {
  Interpreter& in = call.in;
  if (const TimeDelta* other = delta_of(call[1])) {
    if (micros_of(*other) == 0) zero_division(in);
    return Value(static_cast<std::int64_t>(floor_divide(micros(call[0]), micros_of(*other))));
  }
  const auto by = in.to_int64(call[1]);
  if (!by) return Value::not_implemented();
  if (*by == 0) zero_division(in);
  return delta_from_micros(in, floor_divide(micros(call[0]), *by));
}

Value modulo(Call& call) {
  const TimeDelta* other = delta_of(call[1]);
  if (other == nullptr) return Value::not_implemented();
  const __int128 by = micros_of(*other);
  if (by == 0) zero_division(call.in);
  return delta_from_micros(call.in, micros(call[0]) - floor_divide(micros(call[0]), by) * by);
}

template <int Sign>
Value add_delta(Call& call) {
  const TimeDelta* other = delta_of(call[1]);
  if (other == nullptr) return Value::not_implemented();
  return delta_from_micros(call.in, micros(call[0]) + Sign * micros_of(*other));
}

std::optional<int> delta_order(Call& call, bool) {
  const TimeDelta* other = delta_of(call[1]);
  if (other == nullptr) return std::nullopt;
  return order_of_values(micros(call[0]), micros_of(*other));
}

// --- zones -----------------------------------------------------------------------------------

/// datetime.timezone.
struct FixedZone : NativeData {
  std::int64_t seconds = 0;
  std::int64_t microseconds = 0;
  std::optional<std::string> name;
};

std::string fixed_name(const FixedZone& zone) {
  if (zone.name) return *zone.name;
  return zone.seconds == 0 ? "UTC" : "UTC" + offset_text(zone.seconds, true);
}

Value new_timezone(Call& call) {
  Interpreter& in = call.in;
  const TimeDelta* offset = delta_of(call[1]);
  if (offset == nullptr) {
    type_error(in, "timezone() argument 1 must be datetime.timedelta, not " +
                       std::string(in.type_name(call[1])));
  }
  const __int128 total = micros_of(*offset);
  if (total <= -kMicrosPerDay || total >= kMicrosPerDay) {
    value_error(in,
                "offset must be a timedelta strictly between -timedelta(hours=24) and "
                "timedelta(hours=24), not " +
                    in.repr_of(call[1]) + ".");
  }
  if (total == 0 && !call.has(2)) return utc_zone(in);
  auto zone = std::make_unique<FixedZone>();
  zone->seconds = static_cast<std::int64_t>(total / kMicrosPerSecond);
  if (call.has(2)) zone->name = call.text(2);
  return in.instance(*call[0].as<Class>(), std::move(zone));
}

Value timezone_repr(Call& call) {
  const FixedZone& zone = native_part<FixedZone>(call[0]);
  if (call[0].same(utc_zone(call.in))) return make_str(call.in, "datetime.timezone.utc");
  const Value offset =
      delta_from_micros(call.in, static_cast<__int128>(zone.seconds) * kMicrosPerSecond);
  return make_str(call.in, "datetime.timezone(" + call.in.repr_of(offset) +
                               (zone.name ? ", " + std::string(repr_text(*zone.name)) : "") + ")");
}

void setup_zones(Interpreter& in, Module& module) {
  Class& tzinfo = in.add_class(module, "tzinfo");
  in.state().tzinfo = &tzinfo;
  const auto abstract = [](Call& call) -> Value {
    call.in.raise("NotImplementedError",
                  "a tzinfo subclass must implement " + std::string(call.function()) + "()");
  };
  in.add_method(tzinfo, "utcoffset(self, dt)", abstract);
  in.add_method(tzinfo, "dst(self, dt)", abstract);
  in.add_method(tzinfo, "tzname(self, dt)", abstract);
  in.add_method(tzinfo, "fromutc(self, dt)", [](Call& call) -> Value {
    const Value offset = call.in.call_method(call[0], "utcoffset", std::span(&call[1], 1));
    return binary(call.in, ast::BinaryOp::Add, call[1], offset);
  });
  Class& timezone = in.add_class(module, "timezone", {&tzinfo});
  in.state().timezone = &timezone;
  in.add_static_method(timezone, "__new__(cls, offset, name=...)", new_timezone);
  in.add_method(timezone, "__init__", [](Call&) -> Value { return {}; });
  in.add_method(timezone, "utcoffset(self, dt)", [](Call& call) -> Value {
    return delta_from_micros(
        call.in, static_cast<__int128>(native_part<FixedZone>(call[0]).seconds) * kMicrosPerSecond);
  });
  in.add_method(timezone, "tzname(self, dt)", [](Call& call) -> Value {
    return make_str(call.in, fixed_name(native_part<FixedZone>(call[0])));
  });
  in.add_method(timezone, "dst(self, dt)", [](Call&) -> Value { return Value::none(); });
  in.add_method(timezone, "__str__(self)", [](Call& call) -> Value {
    return make_str(call.in, fixed_name(native_part<FixedZone>(call[0])));
  });
  in.add_method(timezone, "__repr__(self)", timezone_repr);
  in.add_method(timezone, "__eq__(self, other)", [](Call& call) -> Value {
    const FixedZone* other = native<FixedZone>(call[1]);
    return other == nullptr ? Value::not_implemented()
                            : Value(other->seconds == native_part<FixedZone>(call[0]).seconds);
  });
  in.add_method(timezone, "__hash__(self)",
                [](Call& call) -> Value { return Value(native_part<FixedZone>(call[0]).seconds); });
  auto zone = std::make_unique<FixedZone>();
  in.state().utc = in.instance(timezone, std::move(zone));
  timezone.set(in.intern("utc"), in.state().utc);
  in.add(module, "UTC", in.state().utc);
}

}  // namespace

Value utc_zone(Interpreter& in) {
  need_dates(in);
  return in.state().utc;
}

Value fixed_zone(Interpreter& in, std::int64_t seconds) {
  if (seconds == 0) return utc_zone(in);
  auto zone = std::make_unique<FixedZone>();
  zone->seconds = seconds;
  return in.instance(*in.state().timezone, std::move(zone));
}

std::optional<std::int64_t> zone_offset(Interpreter& in, const Value& zone, const Value& of) {
  if (!zone.is_set() || zone.is_none()) return std::nullopt;
  if (const FixedZone* fixed = native<FixedZone>(zone)) return fixed->seconds;
  const Value offset = in.call_method(zone, "utcoffset", std::span(&of, 1));
  if (offset.is_none()) return std::nullopt;
  const TimeDelta* delta = delta_of(offset);
  if (delta == nullptr)
    type_error(in, "tzinfo.utcoffset() must return None or a timedelta, not '" +
                       std::string(in.type_name(offset)) + "'");
  return static_cast<std::int64_t>(micros_of(*delta) / kMicrosPerSecond);
}

std::string zone_name(Interpreter& in, const Value& zone, const Value& of) {
  if (const FixedZone* fixed = native<FixedZone>(zone)) return fixed_name(*fixed);
  const Value name = in.call_method(zone, "tzname", std::span(&of, 1));
  return name.is_none() ? std::string() : in.str_of(name);
}

Value delta_from_micros(Interpreter& in, __int128 microseconds) {
  need_dates(in);
  const __int128 days = floor_divide(microseconds, kMicrosPerDay);
  if (days > 999'999'999 || days < -999'999'999) {
    in.raise("OverflowError", "days=" + std::to_string(static_cast<std::int64_t>(days)) +
                                  "; must have magnitude <= 999999999");
  }
  const __int128 rest = microseconds - days * kMicrosPerDay;
  auto delta = std::make_unique<TimeDelta>();
  delta->days = static_cast<std::int64_t>(days);
  delta->seconds = static_cast<std::int64_t>(rest / kMicrosPerSecond);
  delta->microseconds = static_cast<std::int64_t>(rest % kMicrosPerSecond);
  return in.instance(*in.state().timedelta, std::move(delta));
}

Value make_timedelta(Interpreter& in, std::int64_t days, std::int64_t seconds,
                     std::int64_t microseconds) {
  return delta_from_micros(
      in,
      (static_cast<__int128>(days) * kSecondsPerDay + seconds) * kMicrosPerSecond + microseconds);
}

void setup_delta_classes(Interpreter& in, Module& module) {
  Class& delta = in.add_class(module, "timedelta");
  in.state().timedelta = &delta;
  in.add_static_method(delta,
                       "__new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, "
                       "hours=0, weeks=0)",
                       new_delta);
  in.add_method(delta, "__init__", [](Call&) -> Value { return {}; });
  in.add_property(delta, "days", [](Interpreter&, const Value& self) {
    return Value(native_part<TimeDelta>(self).days);
  });
  in.add_property(delta, "seconds", [](Interpreter&, const Value& self) {
    return Value(native_part<TimeDelta>(self).seconds);
  });
  in.add_property(delta, "microseconds", [](Interpreter&, const Value& self) {
    return Value(native_part<TimeDelta>(self).microseconds);
  });
  in.add_method(delta, "total_seconds(self)", [](Call& call) -> Value {
    return Value(
        divide_exactly(call.in,
                       BigInt(static_cast<std::int64_t>(micros(call[0]) / kMicrosPerSecond)) *
                               BigInt(kMicrosPerSecond) +
                           BigInt(static_cast<std::int64_t>(micros(call[0]) % kMicrosPerSecond)),
                       BigInt(kMicrosPerSecond)));
  });
  in.add_method(delta, "__str__(self)", [](Call& call) -> Value {
    return make_str(call.in, delta_text(native_part<TimeDelta>(call[0])));
  });
  in.add_method(delta, "__repr__(self)", delta_repr);
  in.add_method(delta, "__hash__(self)", [](Call& call) -> Value {
    return Value(static_cast<std::int64_t>(
        number_hash(Value(static_cast<std::int64_t>(micros(call[0]) % INT64_MAX)))));
  });
  in.add_method(delta, "__bool__(self)",
                [](Call& call) -> Value { return Value(micros(call[0]) != 0); });
  in.add_method(delta, "__add__(self, other)", add_delta<1>);
  in.add_method(delta, "__radd__(self, other)", add_delta<1>);
  in.add_method(delta, "__sub__(self, other)", add_delta<-1>);
  in.add_method(delta, "__rsub__(self, other)", [](Call& call) -> Value {
    const TimeDelta* other = delta_of(call[1]);
    return other == nullptr ? Value::not_implemented()
                            : delta_from_micros(call.in, micros_of(*other) - micros(call[0]));
  });
  in.add_method(delta, "__neg__(self)",
                [](Call& call) -> Value { return delta_from_micros(call.in, -micros(call[0])); });
  in.add_method(delta, "__pos__(self)", [](Call& call) -> Value { return call[0]; });
  in.add_method(delta, "__abs__(self)", [](Call& call) -> Value {
    return delta_from_micros(call.in, micros(call[0]) < 0 ? -micros(call[0]) : micros(call[0]));
  });
  in.add_method(delta, "__mul__(self, other)", multiply);
  in.add_method(delta, "__rmul__(self, other)", multiply);
  in.add_method(delta, "__truediv__(self, other)", divide);
  in.add_method(delta, "__floordiv__(self, other)", floor_division);
  in.add_method(delta, "__mod__(self, other)", modulo);
  add_comparisons(in, delta, delta_order);
  delta.set(in.intern("min"), delta_from_micros(in, -999'999'999 * kMicrosPerDay));
  delta.set(in.intern("max"), delta_from_micros(in, 1'000'000'000 * kMicrosPerDay - 1));
  delta.set(in.intern("resolution"), delta_from_micros(in, 1));
  setup_zones(in, module);
}

}  // namespace cupel::python
