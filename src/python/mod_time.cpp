// SPDX-License-Identifier: MIT
// _time: clocks; lib/time.py makes the module of it.
#include <chrono>
#include <cmath>
#include <thread>

#include "python/dates.hpp"

namespace cupel::python {
namespace {

double now(Interpreter& in) {
  return std::chrono::duration<double>(in.settings().clock().time_since_epoch()).count();
}

Value fields(Interpreter& in, std::int64_t seconds, std::int64_t offset) {
  const std::int64_t local = seconds + offset;
  std::int64_t days = local / kSecondsPerDay;
  std::int64_t rest = local % kSecondsPerDay;
  if (rest < 0) {
    rest += kSecondsPerDay;
    --days;
  }
  Date date;
  civil_from_days(days, date.year, date.month, date.day);
  return make_tuple(in, Values{Value(date.year), Value(date.month), Value(date.day),
                               Value(rest / 3600), Value(rest / 60 % 60), Value(rest % 60),
                               Value(weekday(date)), Value(day_of_year(date)), Value(0)});
}

std::int64_t seconds_argument(Call& call) {
  return static_cast<std::int64_t>(std::floor(call.is_none(0) ? now(call.in) : call.real(0)));
}

}  // namespace

void fill_time(Interpreter& in, Module& module) {
  in.add_function(module, "time()", [](Call& call) -> Value { return Value(now(call.in)); });
  in.add_function(module, "time_ns()", [](Call& call) -> Value {
    return Value(std::chrono::duration_cast<std::chrono::nanoseconds>(
                     call.in.settings().clock().time_since_epoch())
                     .count());
  });
  in.add_function(module, "monotonic()", [](Call&) -> Value {
    return Value(
        std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count());
  });
  // Sleeping costs steps, so that a script cannot wait for ever.
  in.add_function(module, "sleep(seconds, /)", [](Call& call) -> Value {
    const double seconds = call.real(0);
    if (!(seconds >= 0)) value_error(call.in, "sleep length must be non-negative");
    call.in.tick(static_cast<std::uint64_t>(std::min(seconds, 1e6) * 1'500'000));
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    return {};
  });
  in.add_function(module, "gmtime(seconds=None)",
                  [](Call& call) { return fields(call.in, seconds_argument(call), 0); });
  in.add_function(module, "localtime(seconds=None)", [](Call& call) {
    const std::int64_t seconds = seconds_argument(call);
    return fields(call.in, seconds, local_offset(seconds));
  });
}

}  // namespace cupel::python
