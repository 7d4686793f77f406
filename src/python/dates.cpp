// SPDX-License-Identifier: MIT
// Calendar arithmetic, strftime and strptime. See dates.hpp.
#include "python/dates.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

#include "cupel/base/text.hpp"

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
  return days_from_civil(date.year, date.month, date.day) + 719163;
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

// --- strftime -----------------------------------------------------------------------------------

namespace {

constexpr const char* kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                 "Friday", "Saturday", "Sunday"};
constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                   "May",       "June",     "July",     "August",
                                   "September", "October",  "November", "December"};

std::string digits(std::int64_t value, std::size_t width, char fill = '0') {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), fill) + text : text;
}

/// Week of the year, where weeks begin on `first` (0 is Monday).
int week_number(const Date& date, int first) {
  const int day = (weekday(date) - first + 7) % 7;
  return (day_of_year(date) - 1 + 7 - day) / 7;
}

struct IsoWeek {
  int year, week, day;
};
IsoWeek iso_week(const Date& date) {
  const int day = weekday(date);
  Date thursday;
  civil_from_days(days_from_civil(date.year, date.month, date.day) - day + 3, thursday.year,
                  thursday.month, thursday.day);
  return {thursday.year, (day_of_year(thursday) - 1) / 7 + 1, day + 1};
}

struct Fields {
  Date date;
  int hour = 0, minute = 0, second = 0, microsecond = 0;
  Value zone;
};

Fields fields_of(const Value& value) {
  Fields fields;
  if (const Date* date = native<Date>(value)) {
    fields.date.year = date->year;
    fields.date.month = date->month;
    fields.date.day = date->day;
  } else {
    fields.date.year = 1900;
  }
  const auto copy = [&](const auto& from) {
    fields.hour = from.hour;
    fields.minute = from.minute;
    fields.second = from.second;
    fields.microsecond = from.microsecond;
    fields.zone = from.zone;
  };
  if (const DateTime* full = native<DateTime>(value)) copy(*full);
  if (const Time* time = native<Time>(value)) copy(*time);
  return fields;
}

}  // namespace

std::string format_date(Interpreter& in, const Value& value, std::string_view format) {
  const Fields f = fields_of(value);
  const Date& date = f.date;
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 >= format.size()) {
      out += format[i];
      continue;
    }
    char code = format[++i];
    const bool plain = code == '-' && i + 1 < format.size();  // %-d: without the leading zero
    if (plain) code = format[++i];
    const auto number = [&](std::int64_t n, std::size_t width, char fill = '0') {
      out += plain ? std::to_string(n) : digits(n, width, fill);
    };
    const int hour12 = f.hour % 12 == 0 ? 12 : f.hour % 12;
    switch (code) {
      case 'Y':
        number(date.year, 1);
        break;
      case 'y':
        number(date.year % 100, 2);
        break;
      case 'C':
        number(date.year / 100, 2);
        break;
      case 'm':
        number(date.month, 2);
        break;
      case 'd':
        number(date.day, 2);
        break;
      case 'e':
        number(date.day, 2, ' ');
        break;
      case 'H':
        number(f.hour, 2);
        break;
      case 'I':
        number(hour12, 2);
        break;
      case 'M':
        number(f.minute, 2);
        break;
      case 'S':
        number(f.second, 2);
        break;
      case 'f':
        out += digits(f.microsecond, 6);
        break;
      case 'j':
        number(day_of_year(date), 3);
        break;
      case 'a':
        out += std::string(kDays[weekday(date)]).substr(0, 3);
        break;
      case 'A':
        out += kDays[weekday(date)];
        break;
      case 'b':
      case 'h':
        out += std::string(kMonths[date.month - 1]).substr(0, 3);
        break;
      case 'B':
        out += kMonths[date.month - 1];
        break;
      case 'p':
        out += f.hour < 12 ? "AM" : "PM";
        break;
      case 'w':
        number((weekday(date) + 1) % 7, 1);
        break;
      case 'u':
        number(weekday(date) + 1, 1);
        break;
      case 'U':
        number(week_number(date, 6), 2);
        break;
      case 'W':
        number(week_number(date, 0), 2);
        break;
      case 'G':
        number(iso_week(date).year, 4);
        break;
      case 'V':
        number(iso_week(date).week, 2);
        break;
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case '%':
        out += '%';
        break;
      case 'D':
      case 'x':
        out += format_date(in, value, "%m/%d/%y");
        break;
      case 'F':
        out += format_date(in, value, "%Y-%m-%d");
        break;
      case 'T':
      case 'X':
        out += format_date(in, value, "%H:%M:%S");
        break;
      case 'R':
        out += format_date(in, value, "%H:%M");
        break;
      case 'c':
        out += format_date(in, value, "%a %b %e %H:%M:%S %Y");
        break;
      case 'z':
        if (const auto offset = zone_offset(in, f.zone, value)) out += offset_text(*offset, false);
        break;
      case 'Z':
        if (f.zone.is_set()) out += zone_name(in, f.zone, value);
        break;
      case 's': {
        const std::int64_t days = days_from_civil(date.year, date.month, date.day);
        out += std::to_string(days * kSecondsPerDay + f.hour * 3600 + f.minute * 60 + f.second);
        break;
      }
      default:
        out += '%';
        out += code;
    }
  }
  return out;
}

// --- strptime -----------------------------------------------------------------------------------

namespace {

class DateParser {
 public:
  DateParser(Interpreter& in, std::string_view text, std::string_view format, DateTime& out)
      : in_(in), text_(text), format_(format), out_(out) {}

  void run() {
    out_.year = 1900;
    for (std::size_t i = 0; i < format_.size(); ++i) {
      const char c = format_[i];
      if (std::isspace(static_cast<unsigned char>(c))) {
        if (at_ >= text_.size() || !std::isspace(static_cast<unsigned char>(text_[at_]))) fail();
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
      } else if (c != '%') {
        literal(c);
      } else if (i + 1 < format_.size()) {
        field(format_[++i]);
      } else {
        value_error(in_, "stray %% in format '" + std::string(format_) + "'");
      }
    }
    if (at_ < text_.size())
      value_error(in_, "unconverted data remains: " + std::string(text_.substr(at_)));
    finish();
  }

 private:
  [[noreturn]] void fail() {
    value_error(in_, "time data " + std::string(repr_text(text_)) + " does not match format " +
                         std::string(repr_text(format_)));
  }

  void literal(char c) {
    const auto lower = [](char x) { return std::tolower(static_cast<unsigned char>(x)); };
    if (at_ >= text_.size() || lower(text_[at_]) != lower(c)) fail();
    ++at_;
  }

  int number(std::size_t most, int least_value, int most_value) {
    std::size_t end = at_;
    int value = 0;
    while (end < text_.size() && end < at_ + most &&
           std::isdigit(static_cast<unsigned char>(text_[end]))) {
      value = value * 10 + (text_[end++] - '0');
    }
    // Like Python's regular expressions: the longest number that is in range.
    while (end > at_ && (value > most_value || value < least_value) && end > at_ + 1) {
      value /= 10;
      --end;
    }
    if (end == at_ || value > most_value || value < least_value) fail();
    at_ = end;
    return value;
  }

  template <std::size_t N>
  int name(const char* const (&names)[N], bool whole) {
    int best = -1;
    std::size_t best_length = 0;
    for (std::size_t i = 0; i < N; ++i) {
      std::string candidate = names[i];
      if (!whole) candidate.resize(3);
      if (candidate.size() > best_length &&
          text::equals_ignore_case(text_.substr(at_, candidate.size()), candidate)) {
        best = static_cast<int>(i);
        best_length = candidate.size();
      }
    }
    if (best < 0) fail();
    at_ += best_length;
    return best;
  }

  void zone() {
    if (at_ < text_.size() && text_[at_] == 'Z') {
      ++at_;
      offset_ = 0;
      return;
    }
    if (at_ >= text_.size() || (text_[at_] != '+' && text_[at_] != '-')) fail();
    const int sign = text_[at_++] == '-' ? -1 : 1;
    const auto two = [&] {
      if (at_ + 2 > text_.size() || !std::isdigit(static_cast<unsigned char>(text_[at_])) ||
          !std::isdigit(static_cast<unsigned char>(text_[at_ + 1])))
        fail();
      const int value = (text_[at_] - '0') * 10 + (text_[at_ + 1] - '0');
      at_ += 2;
      return value;
    };
    const auto colon = [&] {
      return at_ < text_.size() && text_[at_] == ':' ? (++at_, true) : false;
    };
    std::int64_t seconds = two() * 3600;
    colon();
    seconds += two() * 60;
    if (colon() || (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_]))))
      seconds += two();
    offset_ = sign * seconds;
  }

  void field(char code) {
    switch (code) {
      case 'Y':
        out_.year = number(4, 0, 9999);
        return;
      case 'y':
        out_.year = number(2, 0, 99);
        out_.year += out_.year < 69 ? 2000 : 1900;
        return;
      case 'm':
        out_.month = number(2, 1, 12);
        return;
      case 'd':
        out_.day = number(2, 1, 31);
        return;
      case 'H':
        out_.hour = number(2, 0, 23);
        return;
      case 'I':
        hour12_ = number(2, 1, 12);
        return;
      case 'M':
        out_.minute = number(2, 0, 59);
        return;
      case 'S':
        out_.second = number(2, 0, 61);
        return;
      case 'f': {
        const std::size_t start = at_;
        out_.microsecond = number(6, 0, 999999);
        for (std::size_t i = at_ - start; i < 6; ++i) out_.microsecond *= 10;
        return;
      }
      case 'j':
        day_of_year_ = number(3, 1, 366);
        return;
      case 'a':
        name(kDays, false);
        return;
      case 'A':
        name(kDays, true);
        return;
      case 'b':
      case 'h':
        out_.month = name(kMonths, false) + 1;
        return;
      case 'B':
        out_.month = name(kMonths, true) + 1;
        return;
      case 'p': {
        const std::string half = text::to_upper(text_.substr(at_, 2));
        if (half != "AM" && half != "PM") fail();
        afternoon_ = half == "PM" ? 1 : 0;
        at_ += 2;
        return;
      }
      case 'w':
        number(1, 0, 6);
        return;
      case 'z':
        return zone();
      case 'Z':
        for (const char* known : {"UTC", "GMT"}) {
          if (text::equals_ignore_case(text_.substr(at_, 3), known)) at_ += 3;
        }
        return;
      case '%':
        return literal('%');
      case 'c':
        return part("%a %b %d %H:%M:%S %Y");
      case 'x':
      case 'D':
        return part("%m/%d/%y");
      case 'X':
      case 'T':
        return part("%H:%M:%S");
      case 'F':
        return part("%Y-%m-%d");
      default:
        break;
    }
    value_error(in_, std::string("'") + code + "' is a bad directive in format '" +
                         std::string(format_) + "'");
  }

  void part(std::string_view format) {
    for (std::size_t i = 0; i < format.size(); ++i)
      format[i] == '%' ? field(format[++i]) : literal(format[i]);
  }

  void finish() {
    if (hour12_ > 0) out_.hour = hour12_ % 12 + (afternoon_ == 1 ? 12 : 0);
    if (day_of_year_ > 0)
      civil_from_days(days_from_civil(out_.year, 1, 1) + day_of_year_ - 1, out_.year, out_.month,
                      out_.day);
    if (out_.year < 1) value_error(in_, "year 0 is out of range");
    if (out_.day > days_in_month(out_.year, out_.month))
      value_error(in_, "day is out of range for month");
    if (out_.second > 59) value_error(in_, "second must be in 0..59");
    if (offset_) out_.zone = fixed_zone(in_, *offset_);
  }

  Interpreter& in_;
  std::string_view text_, format_;
  DateTime& out_;
  std::size_t at_ = 0;
  int hour12_ = 0, afternoon_ = -1, day_of_year_ = 0;
  std::optional<std::int64_t> offset_;
};

}  // namespace

void parse_date(Interpreter& in, std::string_view text, std::string_view format, DateTime& out) {
  DateParser(in, text, format, out).run();
}

}  // namespace cupel::python
