// SPDX-License-Identifier: MIT
// strptime. See dates.hpp.
#include <cctype>

#include "cupel/base/text.hpp"
#include "python/dates.hpp"

namespace cupel::python {
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
    if (number_field(code) || word_field(code) || several(code)) return;
    value_error(in_, std::string("'") + code + "' is a bad directive in format '" +
                         std::string(format_) + "'");
  }

  // Each does nothing for a code that is not its own, and says so.

  bool number_field(char code) {
    switch (code) {
      case 'Y':
        out_.year = number(4, 0, 9999);
        return true;
      case 'y':
        out_.year = number(2, 0, 99);
        out_.year += out_.year < 69 ? 2000 : 1900;
        return true;
      case 'm':
        out_.month = number(2, 1, 12);
        return true;
      case 'd':
        out_.day = number(2, 1, 31);
        return true;
      case 'j':
        day_of_year_ = number(3, 1, 366);
        return true;
      case 'w':
        number(1, 0, 6);
        return true;
      case 'H':
        out_.hour = number(2, 0, 23);
        return true;
      case 'I':
        hour12_ = number(2, 1, 12);
        return true;
      case 'M':
        out_.minute = number(2, 0, 59);
        return true;
      case 'S':
        out_.second = number(2, 0, 61);
        return true;
      case 'f':
        fraction();
        return true;
      default:
        return false;
    }
  }

  bool word_field(char code) {
    switch (code) {
      case 'a':
        name(kDayNames, false);
        return true;
      case 'A':
        name(kDayNames, true);
        return true;
      case 'b':
      case 'h':
        out_.month = name(kMonthNames, false) + 1;
        return true;
      case 'B':
        out_.month = name(kMonthNames, true) + 1;
        return true;
      case 'p':
        half_of_day();
        return true;
      case 'z':
        zone();
        return true;
      case 'Z':
        for (const char* known : {"UTC", "GMT"}) {
          if (text::equals_ignore_case(text_.substr(at_, 3), known)) at_ += 3;
        }
        return true;
      case '%':
        literal('%');
        return true;
      default:
        return false;
    }
  }

  bool several(char code) {
    switch (code) {
      case 'c':
        return parts("%a %b %d %H:%M:%S %Y");
      case 'x':
      case 'D':
        return parts("%m/%d/%y");
      case 'X':
      case 'T':
        return parts("%H:%M:%S");
      case 'F':
        return parts("%Y-%m-%d");
      default:
        return false;
    }
  }

  void fraction() {
    const std::size_t start = at_;
    out_.microsecond = number(6, 0, 999999);
    for (std::size_t i = at_ - start; i < 6; ++i) out_.microsecond *= 10;
  }

  void half_of_day() {
    const std::string half = text::to_upper(text_.substr(at_, 2));
    if (half != "AM" && half != "PM") fail();
    afternoon_ = half == "PM" ? 1 : 0;
    at_ += 2;
  }

  bool parts(std::string_view format) {
    for (std::size_t i = 0; i < format.size(); ++i)
      format[i] == '%' ? field(format[++i]) : literal(format[i]);
    return true;
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
