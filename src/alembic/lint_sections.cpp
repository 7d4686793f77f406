// SPDX-License-Identifier: MIT
// See lint_sections.hpp.
#include "alembic/lint_sections.hpp"

#include <algorithm>
#include <vector>

#include "cupel/base/text.hpp"

namespace cupel::alembic {
namespace {

constexpr std::string_view kPaths = "lint.paths.";

std::string without_quotes(const std::string& text) {
  const bool has_quotes = text.size() > 1 && text.front() == text.back() &&
                          (text.front() == '"' || text.front() == '\'');
  return has_quotes ? text.substr(1, text.size() - 2) : text;
}

std::string in_quotes(const std::string& text) {
  std::string result = "\"";
  for (const char c : without_quotes(text)) {
    if (c == '"' || c == '\\') result += '\\';
    result += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return result + "\"";
}

std::string toml_value(const std::string& text) {
  const std::size_t digits = text.starts_with('-') ? 1 : 0;
  const bool is_number = text.size() > digits && text.size() < 16 &&
                         text.find_first_not_of("0123456789", digits) == std::string::npos;
  return is_number ? text : in_quotes(text);
}

std::string header_of(const std::string& section) {
  if (section == "lint") return "[lint]";
  if (!section.starts_with(kPaths)) return "[lint." + in_quotes(section.substr(5)) + "]";
  return "[" + std::string(kPaths) + in_quotes(section.substr(kPaths.size())) + "]";
}

}  // namespace

std::string lint_sections(const Ini& ini) {
  std::vector<std::string> lines;
  const auto put = [&](std::size_t line, std::string text) {
    lines.resize(std::max(lines.size(), line));
    lines[line - 1] = std::move(text);
  };
  for (const auto& [section, line] : ini.sections()) {
    if (section != "lint" && !section.starts_with("lint.")) continue;
    put(line, header_of(section));
    for (const std::string& key : ini.keys(section)) {
      const std::string value = ini.get(section, key).value_or("");
      put(ini.place_of(section, key).line, in_quotes(key) + " = " + toml_value(value));
    }
  }
  return text::join(lines, "\n");
}

}  // namespace cupel::alembic
