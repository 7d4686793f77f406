// SPDX-License-Identifier: MIT
// str: splitting. See text_methods.hpp.
#include <algorithm>

#include "python/text_methods.hpp"
#include "python/unicode.hpp"

namespace cupel::python {

namespace {

/// Where the next blank begins at or behind `at`, and how long it is; npos if there is none.
std::size_t next_space(std::string_view text, std::size_t at, std::size_t& length) {
  while (at < text.size()) {
    const char32_t point = unicode::decode(text, at, length);
    if (point < 0x80 ? point == ' ' || (point >= 9 && point <= 13) || (point >= 28 && point <= 31)
                     : unicode::is_space(point))
      return at;
    at += length;
  }
  return std::string_view::npos;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  std::size_t length = 0;
  while (at < text.size() && next_space(text, at, length) == at) at += length;
  return at;
}

}  // namespace

std::string_view strip_space(std::string_view text, bool left, bool right) {
  if (left) text.remove_prefix(skip_space(text, 0));
  while (right && !text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    std::size_t length = 0;
    if (next_space(text, at, length) != at) break;
    text.remove_suffix(text.size() - at);
  }
  return text;
}

namespace {

Value split_spaces(Call& call, std::string_view text, std::int64_t most) {
  Values parts;
  std::size_t at = skip_space(text, 0);
  while (at < text.size()) {
    if (most >= 0 && static_cast<std::int64_t>(parts.size()) >= most) {
      parts.push_back(make_str(call.in, strip_space(text.substr(at), false, true)));
      break;
    }
    std::size_t length = 0;
    const std::size_t end = std::min(next_space(text, at, length), text.size());
    parts.push_back(make_str(call.in, text.substr(at, end - at)));
    at = skip_space(text, end);
  }
  return make_list(call.in, std::move(parts));
}

Value rsplit_spaces(Call& call, std::string_view text, std::int64_t most) {
  if (most < 0) return split_spaces(call, text, -1);
  Values parts;
  text = strip_space(text, false, true);
  while (!text.empty()) {
    if (static_cast<std::int64_t>(parts.size()) >= most) {
      parts.push_back(make_str(call.in, strip_space(text, true, true)));
      break;
    }
    std::size_t start = 0, length = 0;
    for (std::size_t at = next_space(text, 0, length); at != std::string_view::npos;
         at = next_space(text, start, length))
      start = at + length;
    parts.push_back(make_str(call.in, text.substr(start)));
    text = strip_space(text.substr(0, start), false, true);
  }
  std::reverse(parts.begin(), parts.end());
  return make_list(call.in, std::move(parts));
}

}  // namespace

Value split_text(Call& call) {
  const std::string_view text = self_of(call).view();
  const std::int64_t most = call.integer(2);
  if (call.is_none(1)) return split_spaces(call, text, most);
  const std::string_view separator = needle_at(call, 1, "str or None");
  if (separator.empty()) value_error(call.in, "empty separator");
  Values parts;
  std::size_t at = 0;
  while (most < 0 || static_cast<std::int64_t>(parts.size()) < most) {
    const std::size_t end = text.find(separator, at);
    if (end == std::string_view::npos) break;
    parts.push_back(make_str(call.in, text.substr(at, end - at)));
    at = end + separator.size();
  }
  parts.push_back(make_str(call.in, text.substr(at)));
  return make_list(call.in, std::move(parts));
}

Value rsplit_text(Call& call) {
  std::string_view text = self_of(call).view();
  const std::int64_t most = call.integer(2);
  if (call.is_none(1)) return rsplit_spaces(call, text, most);
  const std::string_view separator = needle_at(call, 1, "str or None");
  if (separator.empty()) value_error(call.in, "empty separator");
  Values parts;
  while (most < 0 || static_cast<std::int64_t>(parts.size()) < most) {
    const std::size_t at = text.rfind(separator);
    if (at == std::string_view::npos) break;
    parts.push_back(make_str(call.in, text.substr(at + separator.size())));
    text = text.substr(0, at);
  }
  parts.push_back(make_str(call.in, text));
  std::reverse(parts.begin(), parts.end());
  return make_list(call.in, std::move(parts));
}

namespace {

bool is_line_end(char32_t point) {
  return (point >= 10 && point <= 13) || (point >= 28 && point <= 30) || point == 0x85 ||
         point == 0x2028 || point == 0x2029;
}

}  // namespace

Value split_lines(Call& call) {
  const std::string_view text = self_of(call).view();
  const bool keep = call.truth(1);
  Values lines;
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0;
    const char32_t point = unicode::decode(text, at, length);
    if (!is_line_end(point)) {
      at += length;
      continue;
    }
    std::size_t end = at + length;
    if (point == '\r' && end < text.size() && text[end] == '\n') ++end;
    lines.push_back(make_str(call.in, text.substr(start, (keep ? end : at) - start)));
    start = at = end;
  }
  if (start < text.size()) lines.push_back(make_str(call.in, text.substr(start)));
  return make_list(call.in, std::move(lines));
}

Value partition_text(Call& call, bool last) {
  const std::string_view text = self_of(call).view();
  const std::string_view separator = needle_at(call, 1);
  if (separator.empty()) value_error(call.in, "empty separator");
  const std::size_t at = last ? text.rfind(separator) : text.find(separator);
  const auto part = [&](std::string_view piece) { return make_str(call.in, piece); };
  if (at == std::string_view::npos) {
    return make_tuple(call.in, last ? Values{part(""), part(""), part(text)}
                                    : Values{part(text), part(""), part("")});
  }
  return make_tuple(call.in, Values{part(text.substr(0, at)), part(separator),
                                    part(text.substr(at + separator.size()))});
}

}  // namespace cupel::python
