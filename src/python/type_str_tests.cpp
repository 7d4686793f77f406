// SPDX-License-Identifier: MIT
// str: upper and lower case, and questions about characters; encodings.
#include "cupel/base/text.hpp"
#include "python/setup.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

template <class F>
void for_points(std::string_view text, F&& f) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 0;
    const char32_t point = unicode::decode(text, i, length);
    f(point);
    i += length;
  }
}

template <class F>
Value mapped(Call& call, F&& convert) {
  Text out;
  const std::string_view text = call.view(0);
  for_points(text, [&](char32_t point) { unicode::append(out, convert(point)); });
  return make_str(call.in, std::move(out));
}

// The few letters whose other case is several letters.
Value to_upper(Call& call) {
  Text out;
  for_points(call.view(0), [&](char32_t point) {
    if (point == 0xDF) {
      out += "SS";
    } else {
      unicode::append(out, unicode::to_upper(point));
    }
  });
  return make_str(call.in, std::move(out));
}

Value to_lower(Call& call) {
  Text out;
  for_points(call.view(0), [&](char32_t point) {
    if (point == 0x130) {
      out += "i\u0307";
    } else {
      unicode::append(out, unicode::to_lower(point));
    }
  });
  return make_str(call.in, std::move(out));
}

Value fold_case(Call& call) {
  Text out;
  for_points(call.view(0), [&](char32_t point) {
    if (point == 0xDF) {
      out += "ss";
    } else {
      unicode::append(out, unicode::to_lower(point));
    }
  });
  return make_str(call.in, std::move(out));
}

bool is_cased(char32_t point) { return unicode::is_upper(point) || unicode::is_lower(point); }

Value to_title(Call& call, bool every_word) {
  bool inside = false;
  return mapped(call, [&](char32_t point) {
    const char32_t out = inside ? unicode::to_lower(point) : unicode::to_upper(point);
    inside = every_word ? is_cased(point) || unicode::to_upper(point) != point : true;
    return out;
  });
}

Value swap_case(Call& call) {
  return mapped(call, [](char32_t point) {
    return unicode::is_upper(point) ? unicode::to_lower(point) : unicode::to_upper(point);
  });
}

/// True if there is a character, and all pass.
template <class F>
Value all_of(Call& call, F&& test, bool empty = false) {
  const std::string_view text = call.view(0);
  bool all = empty || !text.empty();
  for_points(text, [&](char32_t point) { all = all && test(point); });
  return Value(all);
}

Value is_cased_text(Call& call, bool upper) {
  bool any = false, all = true;
  for_points(call.view(0), [&](char32_t point) {
    const bool right = upper ? unicode::is_upper(point) : unicode::is_lower(point);
    const bool wrong = upper ? unicode::is_lower(point) : unicode::is_upper(point);
    any = any || right;
    all = all && !wrong;
  });
  return Value(any && all);
}

Value is_title(Call& call) {
  bool any = false, good = true, inside = false;
  for_points(call.view(0), [&](char32_t point) {
    if (unicode::is_upper(point)) {
      good = good && !inside;
      inside = any = true;
    } else if (unicode::is_lower(point)) {
      good = good && inside;
      inside = any = true;
    } else {
      inside = false;
    }
  });
  return Value(any && good);
}

Value is_identifier(Call& call) {
  const std::string_view text = call.view(0);
  bool good = !text.empty(), first = true;
  for_points(text, [&](char32_t point) {
    const bool letter = point == '_' || unicode::is_alpha(point);
    good = good && (letter || (!first && (unicode::is_digit(point) || unicode::is_mark(point))));
    first = false;
  });
  return Value(good);
}

std::string encoding_name(std::string_view given) {
  std::string name = text::to_lower(given);
  for (char& c : name) {
    if (c == '_' || c == ' ') c = '-';
  }
  if (name == "utf8" || name == "u8") return "utf-8";
  if (name == "latin1" || name == "iso-8859-1" || name == "iso8859-1" || name == "l1")
    return "latin-1";
  if (name == "us-ascii") return "ascii";
  return name;
}

[[noreturn]] void unknown_encoding(Interpreter& in, std::string_view name) {
  in.raise("LookupError", "unknown encoding: " + std::string(name));
}

}  // namespace

Value encode(Interpreter& in, std::string_view text, std::string_view encoding,
             std::string_view errors) {
  const std::string name = encoding_name(encoding);
  const bool utf8 = name == "utf-8" || name == "utf-8-sig";
  if (!utf8 && name != "latin-1" && name != "ascii") unknown_encoding(in, encoding);
  Text out;
  if (name == "utf-8-sig") out = "\xEF\xBB\xBF";
  const char32_t limit = utf8 ? 0x110000 : name == "ascii" ? 0x80 : 0x100;
  std::size_t index = 0;
  for_points(text, [&](char32_t point) {
    const bool surrogate = point >= 0xD800 && point < 0xE000;
    if (point < limit && !(utf8 && surrogate)) {
      if (utf8) {
        unicode::append(out, point);
      } else {
        out += static_cast<char>(point);
      }
    } else if (errors == "ignore") {
    } else if (errors == "replace") {
      out += '?';
    } else if (errors == "backslashreplace" || errors == "xmlcharrefreplace") {
      if (errors[0] == 'x') {
        out += Text("&#" + std::to_string(static_cast<std::uint32_t>(point)) + ";");
      } else {
        Text one;
        unicode::append(one, point);
        out += to_ascii(one);
      }
    } else if (errors == "surrogateescape" && point >= 0xDC80 && point < 0xDD00) {
      out += static_cast<char>(point - 0xDC00);
    } else {
      Text one;
      unicode::append(one, point);
      const Text shown = to_ascii(one);
      in.raise("UnicodeEncodeError",
               "'" + name + "' codec can't encode character '" + std::string(shown) +
                   "' in position " + std::to_string(index) + ": " +
                   (utf8 ? "surrogates not allowed"
                         : "ordinal not in range(" +
                               std::to_string(static_cast<std::uint32_t>(limit)) + ")"));
    }
    ++index;
  });
  return make<Bytes>(types(in).bytes, std::move(out));
}

Value decode(Interpreter& in, std::string_view data, std::string_view encoding,
             std::string_view errors) {
  const std::string name = encoding_name(encoding);
  if (name == "utf-8-sig" && data.starts_with("\xEF\xBB\xBF")) data.remove_prefix(3);
  const bool utf8 = name == "utf-8" || name == "utf-8-sig";
  if (!utf8 && name != "latin-1" && name != "ascii") unknown_encoding(in, encoding);
  Text out;
  for (std::size_t i = 0; i < data.size();) {
    const auto byte = static_cast<unsigned char>(data[i]);
    if (byte < 0x80) {
      out += data[i++];
      continue;
    }
    if (name == "latin-1") {
      unicode::append(out, byte);
      ++i;
      continue;
    }
    std::size_t length = 1;
    if (utf8) {
      const char32_t point = unicode::decode(data, i, length);
      const bool shortest = point >= (length == 3   ? 0x800U
                                      : length == 4 ? 0x10000U
                                                    : 0U) &&
                            point < 0x110000;
      if (length > 1 && shortest && !(point >= 0xD800 && point < 0xE000)) {
        out += data.substr(i, length);
        i += length;
        continue;
      }
    }
    if (errors == "replace") {
      out += "\xEF\xBF\xBD";
    } else if (errors == "surrogateescape") {
      unicode::append(out, 0xDC00 + byte);
    } else if (errors == "backslashreplace") {
      out += repr_bytes(data.substr(i, 1)).substr(2, 4);
    } else if (errors != "ignore") {
      static constexpr char kHex[] = "0123456789abcdef";
      const bool start = byte >= 0xC2 && byte < 0xF5;
      const bool cut = i + 1 >= data.size() && start;
      in.raise("UnicodeDecodeError", "'" + name + "' codec can't decode byte 0x" + kHex[byte >> 4] +
                                         kHex[byte & 15] + " in position " + std::to_string(i) +
                                         ": " +
                                         (!utf8   ? "ordinal not in range(128)"
                                          : cut   ? "unexpected end of data"
                                          : start ? "invalid continuation byte"
                                                  : "invalid start byte"));
    }
    ++i;
  }
  return make_str(in, std::move(out));
}

void setup_str_tests(Interpreter& in) {
  ClassSetup(in, types(in).str)
      .method("upper(self)", to_upper)
      .method("lower(self)", to_lower)
      .method("casefold(self)", fold_case)
      .method("title(self)", [](Call& call) { return to_title(call, true); })
      .method("capitalize(self)", [](Call& call) { return to_title(call, false); })
      .method("swapcase(self)", swap_case)
      .method("isupper(self)", [](Call& call) { return is_cased_text(call, true); })
      .method("islower(self)", [](Call& call) { return is_cased_text(call, false); })
      .method("istitle(self)", is_title)
      .method("isalpha(self)", [](Call& call) { return all_of(call, unicode::is_alpha); })
      .method("isdecimal(self)", [](Call& call) { return all_of(call, unicode::is_digit); })
      .method("isdigit(self)",
              [](Call& call) {
                return all_of(call, [](char32_t point) {
                  return unicode::is_digit(point) || point == 0xB2 || point == 0xB3 ||
                         point == 0xB9 ||
                         (point >= 0x2070 && point <= 0x2089 && unicode::is_numeric(point));
                });
              })
      .method("isnumeric(self)", [](Call& call) { return all_of(call, unicode::is_numeric); })
      .method("isalnum(self)",
              [](Call& call) {
                return all_of(call, [](char32_t point) {
                  return unicode::is_alpha(point) || unicode::is_numeric(point);
                });
              })
      .method("isspace(self)", [](Call& call) { return all_of(call, unicode::is_space); })
      .method("isascii(self)",
              [](Call& call) {
                return all_of(
                    call, [](char32_t point) { return point < 0x80; }, true);
              })
      .method("isprintable(self)",
              [](Call& call) { return all_of(call, unicode::is_printable, true); })
      .method("isidentifier(self)", is_identifier);
}

}  // namespace cupel::python
