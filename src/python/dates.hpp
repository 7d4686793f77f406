// SPDX-License-Identifier: MIT
// The module datetime: calendar arithmetic, and the classes.
#pragma once

#include "cupel/python/types.hpp"
#include "python/modules.hpp"

namespace cupel::python {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kMaxOrdinal = 3'652'059;
constexpr std::int64_t kEpochOrdinal = 719'163;  ///< of 1970-01-01

inline constexpr const char* kDayNames[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday"};
inline constexpr const char* kMonthNames[] = {"January",   "February", "March",    "April",
                                              "May",       "June",     "July",     "August",
                                              "September", "October",  "November", "December"};

/// Days since 1970-01-01, and back.
std::int64_t days_from_civil(std::int64_t year, int month, int day);
void civil_from_days(std::int64_t days, int& year, int& month, int& day);
/// Python's ordinal: 0001-01-01 is 1.
std::int64_t to_ordinal(const Date& date);
bool is_leap(int year);
int days_in_month(int year, int month);
int weekday(const Date& date);  ///< Monday is 0
int day_of_year(const Date& date);

/// Reads the module datetime, so that the classes of the State are there.
void need_dates(Interpreter& in);
/// ISO 8601. A month 13 is no date if `strict`, else a ValueError.
Value read_date(Interpreter& in, std::string_view text, bool strict);
Value read_time(Interpreter& in, std::string_view text, bool strict);
Value read_datetime(Interpreter& in, std::string_view text, bool strict);
/// Of all its microseconds; days may be as many as Python allows.
Value delta_from_micros(Interpreter& in, __int128 microseconds);
__int128 micros_of(const TimeDelta& delta);
/// Microseconds since 0001-01-01 without a zone.
__int128 micros_of(const DateTime& value);
/// A datetime of class `cls`; OverflowError out of range.
Value datetime_from_micros(Interpreter& in, Class& cls, __int128 microseconds, const Value& zone);
Value new_date(Interpreter& in, Class& cls, int year, int month, int day);
Value new_time(Interpreter& in, Class& cls, int hour, int minute, int second, int microsecond,
               const Value& zone);
Value new_datetime(Interpreter& in, Class& cls, const Date& date, int hour, int minute, int second,
                   int microsecond, const Value& zone);
/// The offset that a zone gives for a value; nullopt without zone, or if the zone has none.
std::optional<std::int64_t> zone_offset(Interpreter& in, const Value& zone, const Value& of);
Value utc_zone(Interpreter& in);
Value fixed_zone(Interpreter& in, std::int64_t seconds);
std::string zone_name(Interpreter& in, const Value& zone, const Value& of);
std::string offset_text(std::int64_t seconds, bool colon);
/// strftime of a date, time or datetime.
std::string format_date(Interpreter& in, const Value& value, std::string_view format);
/// strptime: fills a DateTime; ValueError as Python says it.
void parse_date(Interpreter& in, std::string_view text, std::string_view format, DateTime& out);
/// Local time's distance from UTC at a moment, in seconds.
std::int64_t local_offset(std::int64_t unix_seconds);

// What the classes share.

inline Date& date_of(const Value& value) { return native_part<Date>(value); }
/// The class that a class method was called on, or that of the instance.
inline Class& class_of_self(Call& call) {
  return call[0].is(Layout::Class) ? *call[0].as<Class>() : *call[0].object()->cls();
}
/// None if there is none.
inline Value zone_or_none(const Value& zone) { return zone.is_set() ? zone : Value::none(); }
/// ValueError for what is no date.
void check_date(Interpreter& in, std::int64_t year, std::int64_t month, std::int64_t day);
/// Since 1970 in UTC, with the rest in microseconds.
std::int64_t now_seconds(Interpreter& in, std::int64_t& micros);
/// time.struct_time of a date or datetime.
Value time_tuple(Call& call);

void setup_date_class(Interpreter& in, Module& module);     // mod_datetime_date.cpp
void setup_time_classes(Interpreter& in, Module& module);   // mod_datetime_time.cpp
void setup_delta_classes(Interpreter& in, Module& module);  // mod_datetime_delta.cpp

}  // namespace cupel::python
