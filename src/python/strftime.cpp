// SPDX-License-Identifier: MIT
// strftime. See dates.hpp.
#include "python/dates.hpp"

namespace cupel::python {
namespace {

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

class DateWriter {
 public:
  DateWriter(Interpreter& in, const Value& value)
      : in_(in), value_(value), fields_(fields_of(value)) {}

  void write(std::string_view format) {
    for (std::size_t i = 0; i < format.size(); ++i) {
      if (format[i] != '%' || i + 1 >= format.size()) {
        out_ += format[i];
        continue;
      }
      char code = format[++i];
      plain_ = code == '-' && i + 1 < format.size();  // %-d: without the leading zero
      if (plain_) code = format[++i];
      if (!date_number(code) && !time_number(code) && !word(code) && !several(code)) {
        out_ += '%';
        out_ += code;
      }
    }
  }
  std::string take() { return std::move(out_); }

 private:
  // Each does nothing for a code that is not its own, and says so.

  bool date_number(char code) {
    const Date& date = fields_.date;
    switch (code) {
      case 'Y':
        return number(date.year, 1);
      case 'y':
        return number(date.year % 100, 2);
      case 'C':
        return number(date.year / 100, 2);
      case 'm':
        return number(date.month, 2);
      case 'd':
        return number(date.day, 2);
      case 'e':
        return number(date.day, 2, ' ');
      case 'j':
        return number(day_of_year(date), 3);
      case 'w':
        return number((weekday(date) + 1) % 7, 1);
      case 'u':
        return number(weekday(date) + 1, 1);
      case 'U':
        return number(week_number(date, 6), 2);
      case 'W':
        return number(week_number(date, 0), 2);
      case 'G':
        return number(iso_week(date).year, 4);
      case 'V':
        return number(iso_week(date).week, 2);
      default:
        return false;
    }
  }

  bool time_number(char code) {
    const Date& date = fields_.date;
    switch (code) {
      case 'H':
        return number(fields_.hour, 2);
      case 'I':
        return number(fields_.hour % 12 == 0 ? 12 : fields_.hour % 12, 2);
      case 'M':
        return number(fields_.minute, 2);
      case 'S':
        return number(fields_.second, 2);
      case 'f':
        return text(digits(fields_.microsecond, 6));
      case 's':
        return text(
            std::to_string(days_from_civil(date.year, date.month, date.day) * kSecondsPerDay +
                           fields_.hour * 3600 + fields_.minute * 60 + fields_.second));
      default:
        return false;
    }
  }

  bool word(char code) {
    const char* day = kDayNames[weekday(fields_.date)];
    const char* month = kMonthNames[fields_.date.month - 1];
    switch (code) {
      case 'a':
        return text(std::string(day, 3));
      case 'A':
        return text(day);
      case 'b':
      case 'h':
        return text(std::string(month, 3));
      case 'B':
        return text(month);
      case 'p':
        return text(fields_.hour < 12 ? "AM" : "PM");
      case 'n':
        return text("\n");
      case 't':
        return text("\t");
      case '%':
        return text("%");
      default:
        return false;
    }
  }

  bool several(char code) {
    switch (code) {
      case 'D':
      case 'x':
        return parts("%m/%d/%y");
      case 'F':
        return parts("%Y-%m-%d");
      case 'T':
      case 'X':
        return parts("%H:%M:%S");
      case 'R':
        return parts("%H:%M");
      case 'c':
        return parts("%a %b %e %H:%M:%S %Y");
      case 'z': {
        const auto offset = zone_offset(in_, fields_.zone, value_);
        return text(offset ? offset_text(*offset, false) : "");
      }
      case 'Z':
        return text(fields_.zone.is_set() ? zone_name(in_, fields_.zone, value_) : "");
      default:
        return false;
    }
  }

  bool number(std::int64_t value, std::size_t width, char fill = '0') {
    return text(plain_ ? std::to_string(value) : digits(value, width, fill));
  }
  bool text(std::string_view part) {
    out_ += part;
    return true;
  }
  bool parts(std::string_view format) {
    write(format);
    return true;
  }

  Interpreter& in_;
  const Value& value_;
  Fields fields_;
  bool plain_ = false;
  std::string out_;
};

}  // namespace

std::string format_date(Interpreter& in, const Value& value, std::string_view format) {
  DateWriter writer(in, value);
  writer.write(format);
  return writer.take();
}

}  // namespace cupel::python
