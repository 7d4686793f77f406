// SPDX-License-Identifier: MIT
// Dates, times, decimals and UUIDs, as C++ reads and makes them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cupel/python/interpreter.hpp"

namespace cupel::python {

/// datetime.date; a datetime has one, too.
struct CUPEL_API Date : NativeData {
  int year = 1, month = 1, day = 1;
};

/// datetime.time.
struct CUPEL_API Time : NativeData {
  int hour = 0, minute = 0, second = 0, microsecond = 0, fold = 0;
  Value zone;  ///< tzinfo; Unset if naive
};

/// datetime.datetime.
struct CUPEL_API DateTime : Date {
  int hour = 0, minute = 0, second = 0, microsecond = 0, fold = 0;
  Value zone;
};

/// datetime.timedelta: 0 <= seconds < 86400, 0 <= microseconds < 1000000.
struct CUPEL_API TimeDelta : NativeData {
  std::int64_t days = 0;
  std::int64_t seconds = 0;
  std::int64_t microseconds = 0;
};

/// uuid.UUID, most significant byte first.
struct CUPEL_API Uuid : NativeData {
  std::array<std::uint8_t, 16> bytes{};
};

CUPEL_API Value make_date(Interpreter& in, int year, int month, int day);
CUPEL_API Value make_time(Interpreter& in, int hour, int minute, int second, int microsecond,
                          std::optional<int> offset_seconds = std::nullopt);
CUPEL_API Value make_datetime(Interpreter& in, int year, int month, int day, int hour, int minute,
                              int second, int microsecond,
                              std::optional<int> offset_seconds = std::nullopt);
CUPEL_API Value make_timedelta(Interpreter& in, std::int64_t days, std::int64_t seconds,
                               std::int64_t microseconds);
/// Seconds east of UTC of a datetime or time with a zone; nullopt if naive.
CUPEL_API std::optional<int> offset_of(Interpreter& in, const Value& value);
/// As isoformat() writes it; a datetime with `separator` between date and time.
CUPEL_API std::string iso_text(Interpreter& in, const Value& value, char separator = 'T');
/// The reverse, for values that come from a database: a date, time or datetime in ISO 8601. Unset
/// if it is none.
CUPEL_API Value date_from_iso(Interpreter& in, std::string_view text);
CUPEL_API Value time_from_iso(Interpreter& in, std::string_view text);
CUPEL_API Value datetime_from_iso(Interpreter& in, std::string_view text);

/// From digits, such as "12.50"; InvalidOperation if they are none.
CUPEL_API Value make_decimal(Interpreter& in, std::string_view text);
/// str() of a decimal; nullopt if the value is none.
CUPEL_API std::optional<std::string> decimal_text(const Value& value);

CUPEL_API Value make_uuid(Interpreter& in, std::string_view text);
CUPEL_API std::string uuid_text(const Uuid& uuid);

}  // namespace cupel::python
