// SPDX-License-Identifier: MIT
// Calendar arithmetic. See dates.hpp.
#include "python/dates.hpp"

#include <cstdlib>
#include <ctime>

namespace cupel::python {

std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto of_era = static_cast<unsigned>(year - era * 400);
  const auto of_year =
      static_cast<unsigned>((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1);
  const unsigned day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
  return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

void civil_from_days(std::int64_t days, int& year, int& month, int& day) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const unsigned of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted = (5 * of_year + 2) / 153;
  day = static_cast<int>(of_year - (153 * shifted + 2) / 5 + 1);
  month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  year =
      static_cast<int>(static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0));
}

std::int64_t to_ordinal(const Date& date) {
  return days_from_civil(date.year, date.month, date.day) + kEpochOrdinal;
}
bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
int days_in_month(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}
int weekday(const Date& date) { return static_cast<int>((to_ordinal(date) + 6) % 7); }
int day_of_year(const Date& date) {
  return static_cast<int>(days_from_civil(date.year, date.month, date.day) -
                          days_from_civil(date.year, 1, 1)) +
         1;
}

__int128 micros_of(const TimeDelta& delta) {
  return (static_cast<__int128>(delta.days) * kSecondsPerDay + delta.seconds) * kMicrosPerSecond +
         delta.microseconds;
}

__int128 micros_of(const DateTime& value) {
  const std::int64_t seconds = value.hour * 3600 + value.minute * 60 + value.second;
  return (static_cast<__int128>(to_ordinal(value)) * kSecondsPerDay + seconds) * kMicrosPerSecond +
         value.microsecond;
}

std::int64_t local_offset(std::int64_t unix_seconds) {
  const auto when = static_cast<std::time_t>(unix_seconds);
  std::tm parts{};
  if (localtime_r(&when, &parts) == nullptr) return 0;
  return parts.tm_gmtoff;
}

std::string offset_text(std::int64_t seconds, bool colon) {
  std::string out = seconds < 0 ? "-" : "+";
  const std::int64_t magnitude = std::llabs(seconds);
  const auto two = [](std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  out += two(magnitude / 3600) + (colon ? ":" : "") + two(magnitude / 60 % 60);
  if (magnitude % 60 != 0) out += (colon ? ":" : "") + two(magnitude % 60);
  return out;
}

}  // namespace cupel::python
