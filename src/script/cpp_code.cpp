// SPDX-License-Identifier: MIT
// Layout. See cpp_code.hpp.
#include "script/cpp_code.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/script/templates.hpp"
#include "script/cpp_literal.hpp"

namespace cupel::script::cpp {
namespace {

std::string flat(const Code& code);

std::string flat_list(const std::vector<Code>& parts, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) {
    if (i != 0) result += ", ";
    result += flat(parts[i]);
  }
  return result;
}

std::string flat(const Code& code) {
  switch (code.kind) {
    case Code::Kind::Word:
      return code.text;
    case Code::Kind::String:
      return literal(code.text);
    case Code::Kind::Field:
      return code.text + flat(code.parts[0]);
    case Code::Kind::List:
      return code.text + flat_list(code.parts, code.parts.size()) + code.close;
    case Code::Kind::Chain: {
      std::string result;
      for (const Code& part : code.parts) result += flat(part);
      return result;
    }
  }
  return {};
}

/// Characters, not bytes.
std::size_t width_of(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Where an expression stands: it begins at column `at` of a line whose own beginning is `base`,
/// and `tail` columns must stay free behind it.
struct Place {
  std::size_t at = 0;
  std::size_t base = 0;
  std::size_t tail = 0;
  Place from(std::size_t column) const { return {column, base, tail}; }
  Place below(std::size_t column, std::size_t behind) const { return {column, column, behind}; }
};

class Layout {
 public:
  explicit Layout(std::size_t width) : width_(width) {}

  std::string run(const Code& code, const Place& place) const {
    std::string line = flat(code);
    if (fits(line, place.at, place.tail)) return line;
    switch (code.kind) {
      case Code::Kind::Word:
        return line;
      case Code::Kind::String:
        return pieces(code.text, place);
      case Code::Kind::Field:
        return code.text + run(code.parts[0], place.from(place.at + width_of(code.text)));
      case Code::Kind::List:
        return list(code, place);
      case Code::Kind::Chain:
        return chain(code, place);
    }
    return line;
  }

 private:
  /// What a raw string holds is as wide as it is.
  bool fits(std::string_view text, std::size_t at, std::size_t tail) const {
    const std::size_t first = text.find('\n');
    if (first == text.npos) return at + width_of(text) + tail <= width_;
    return at + width_of(text.substr(0, first)) <= width_ &&
           width_of(text.substr(text.rfind('\n') + 1)) + tail <= width_;
  }
  /// Columns too many, then lines.
  std::pair<std::size_t, std::size_t> cost(std::string_view text, const Place& place) const {
    std::size_t too_wide = 0;
    std::size_t lines = 0;
    std::size_t at = place.at;
    for (std::size_t from = 0;; from = text.find('\n', from) + 1, at = 0) {
      ++lines;
      const std::size_t end = text.find('\n', from);
      const std::size_t behind = end == text.npos ? place.tail : 0;
      const std::size_t width = at + width_of(text.substr(from, end - from)) + behind;
      if (width > width_) too_wide += width - width_;
      if (end == text.npos) return {too_wide, lines};
    }
  }
  static std::string newline(std::size_t indent) { return "\n" + std::string(indent, ' '); }
  /// The column behind `text` that began at `at`.
  static std::size_t end_of(std::string_view text, std::size_t at) {
    const std::size_t line = text.rfind('\n');
    return line == text.npos ? at + width_of(text) : width_of(text.substr(line + 1));
  }

  /// The best of three ways: as much as fits on the first line, all behind the bracket, all on
  /// lines of their own.
  std::string list(const Code& code, const Place& place) const {
    if (code.parts.empty()) return flat(code);
    const std::size_t open = place.at + width_of(code.text);
    const std::size_t block = place.base + kIndent;
    std::vector<std::string> ways;
    if (!code.one_per_line || code.parts.size() == 1) ways.push_back(hugging(code, place));
    ways.push_back(code.text + items(code, place.below(open, place.tail + 1)) + code.close);
    if (block < open && code.text.size() > 1) {
      ways.push_back(code.text + newline(block) + items(code, place.below(block, place.tail + 1)) +
                     code.close);
    }
    return *std::min_element(ways.begin(), ways.end(), [&](const auto& a, const auto& b) {
      return cost(a, place) < cost(b, place);
    });
  }

  /// All on the first line but the insides of the last part.
  std::string hugging(const Code& code, const Place& place) const {
    std::string head = code.text + flat_list(code.parts, code.parts.size() - 1);
    if (code.parts.size() > 1) head += ", ";
    const Place inside{end_of(head, place.at), place.base, place.tail + 1};
    return head + run(code.parts.back(), inside) + code.close;
  }

  /// The parts, further lines below the first.
  std::string items(const Code& code, const Place& place) const {
    std::string result;
    std::size_t at = place.at;
    for (std::size_t i = 0; i < code.parts.size(); ++i) {
      const bool is_last = i + 1 == code.parts.size();
      const std::size_t behind = is_last ? place.tail : 1;
      if (i != 0) {
        result += ',';
        const bool stays = !code.one_per_line && fits(flat(code.parts[i]), at + 2, behind);
        result += stays ? " " : newline(place.base);
        at = stays ? at + 2 : place.base;
      }
      const std::string part = run(code.parts[i], {at, place.base, behind});
      result += part;
      at = end_of(part, at);
    }
    return result;
  }

  std::string chain(const Code& code, const Place& place) const {
    const std::size_t below = place.at + kIndent;
    std::string result = run(code.parts[0], {place.at, place.at, 0});
    for (std::size_t i = 1; i < code.parts.size(); ++i) {
      const bool is_last = i + 1 == code.parts.size();
      result += newline(below) + run(code.parts[i], place.below(below, is_last ? place.tail : 0));
    }
    return result;
  }

  /// Adjacent literals, broken behind spaces and line ends.
  std::string pieces(std::string_view text, const Place& place) const {
    if (text.find('\0') != text.npos) return literal(text);
    const std::size_t taken = place.at + place.tail + 2;
    const std::size_t room = width_ > taken ? width_ - taken : 1;
    std::vector<std::string> lines(1);
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find_first_of(" \n", from), text.size() - 1) + 1;
      const std::string piece = escaped(text.substr(from, end - from));
      const bool is_full = width_of(lines.back()) + width_of(piece) > room;
      if (!lines.back().empty() && (is_full || text[from - 1] == '\n')) lines.emplace_back();
      lines.back() += piece;
      from = end;
    }
    std::string result;
    for (const std::string& line : lines) {
      if (!result.empty()) result += newline(place.at);
      result += '"' + line + '"';
    }
    return result;
  }

  static constexpr std::size_t kIndent = 4;
  std::size_t width_;
};

}  // namespace

Code word(std::string text) { return {Code::Kind::Word, std::move(text)}; }
Code string(std::string value) { return {Code::Kind::String, std::move(value)}; }
Code call(const std::string& name, std::vector<Code> arguments) {
  return {Code::Kind::List, name + "(", std::move(arguments), ")"};
}
Code braces(std::vector<Code> items, const std::string& type, bool fills) {
  return {Code::Kind::List, type + "{", std::move(items), "}", !fills};
}
Code field(const std::string& name, Code value) {
  return {Code::Kind::Field, "." + name + " = ", {std::move(value)}};
}

std::string layout(const Code& code, std::size_t width, std::size_t indent, std::string_view tail) {
  return Layout(width).run(code, {indent, indent, tail.size()}) + std::string(tail);
}

std::string comment(std::string_view text, std::size_t width) {
  if (text.empty()) return {};
  std::string result;
  for (const std::string& paragraph : text::split(text, '\n')) {
    std::string line = "//";
    for (const std::string& word : text::split(one_line(paragraph), ' ')) {
      if (line.size() > 2 && width_of(line) + 1 + width_of(word) > width) {
        result += line + "\n";
        line = "//";
      }
      if (!word.empty()) line += " " + word;
    }
    result += line + "\n";
  }
  return result;
}

}  // namespace cupel::script::cpp
