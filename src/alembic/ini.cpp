// SPDX-License-Identifier: MIT
#include "cupel/alembic/ini.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"

namespace cupel::alembic {

namespace {

constexpr std::string_view kDefaultSection = "DEFAULT";
/// As configparser's MAX_INTERPOLATION_DEPTH.
constexpr int kDeepestInterpolation = 10;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v' || c == '\r'; }

std::size_t indentation(std::string_view line) {
  return static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), is_space) -
                                  line.begin());
}

}  // namespace

/// Line by line, as configparser does it with its default settings.
class IniParser {
 public:
  IniParser(std::string_view text, Ini& ini) : text_(text), ini_(&ini) {}

  void run() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") text_.remove_prefix(3);
    std::size_t line = 0;
    for (const std::string& raw : text::split(text_, '\n')) take(raw, ++line);
    finish_value();
  }

 private:
  void take(std::string_view raw, std::size_t line) {
    const std::string_view content = text::trim(raw);
    if (!content.empty() && (content[0] == '#' || content[0] == ';')) return;
    if (content.empty()) {
      // Part of the value if more of it follows; cut off otherwise.
      if (value_ != nullptr) value_->text += '\n';
      return;
    }
    const std::size_t indent = indentation(raw);
    if (value_ != nullptr && indent > indent_) {
      value_->text += '\n';
      value_->text += content;
      return;
    }
    finish_value();
    indent_ = indent;
    if (content[0] == '[') {
      begin_section(content, line);
    } else {
      begin_value(content, line);
    }
  }

  void begin_section(std::string_view content, std::size_t line) {
    const std::size_t end = content.rfind(']');
    if (end == std::string_view::npos || end == 1)
      throw error(line, "a section is a name in brackets, got '" + std::string(content) + "'",
                  "write [alembic]");
    const std::string name(content.substr(1, end - 1));
    if (name == kDefaultSection) {
      section_ = &ini_->defaults_;
      return;
    }
    if (const Ini::Section* twice = ini_->find_section(name))
      throw error(line,
                  "section [" + name + "] is there already, in line " + std::to_string(twice->line),
                  "join the two");
    ini_->sections_.push_back({name, line, {}});
    section_ = &ini_->sections_.back();
  }

  void begin_value(std::string_view content, std::size_t line) {
    if (section_ == nullptr)
      throw error(line, "a value before the first section", "put [alembic] above it");
    const std::size_t delimiter = content.find_first_of("=:");
    if (delimiter == std::string_view::npos || delimiter == 0)
      throw error(line, "expected 'key = value', got '" + std::string(content) + "'",
                  "a line that goes on with the value above is indented; a comment begins with #");
    const std::string key = text::to_lower(text::trim(content.substr(0, delimiter)));
    auto& values = section_->values;
    const auto twice = std::find_if(values.begin(), values.end(),
                                    [&](const Ini::Value& value) { return value.key == key; });
    if (twice != values.end() && twice->line != 0)
      throw error(line, "'" + key + "' is there already, in line " + std::to_string(twice->line),
                  "remove one of them");
    if (twice != values.end()) values.erase(twice);
    values.push_back({key, std::string(text::trim(content.substr(delimiter + 1))), line});
    value_ = &values.back();
  }

  void finish_value() {
    if (value_ == nullptr) return;
    std::string& text = value_->text;
    text.erase(text.find_last_not_of('\n') + 1);
    value_ = nullptr;
  }

  InputError error(std::size_t line, std::string message, std::string hint) const {
    return {{ini_->path_, line, 1}, std::move(message), std::move(hint)};
  }

  std::string_view text_;
  Ini* ini_;
  Ini::Section* section_ = nullptr;
  Ini::Value* value_ = nullptr;
  std::size_t indent_ = 0;
};

Ini Ini::parse(std::string_view text, std::string path,
               std::map<std::string, std::string> defaults) {
  Ini ini;
  ini.path_ = std::move(path);
  ini.defaults_.name = kDefaultSection;
  for (auto& [key, value] : defaults)
    ini.defaults_.values.push_back({text::to_lower(key), std::move(value), 0});
  IniParser(text, ini).run();
  return ini;
}

bool Ini::has_section(std::string_view section) const { return find_section(section) != nullptr; }

std::vector<std::pair<std::string, std::size_t>> Ini::sections() const {
  std::vector<std::pair<std::string, std::size_t>> result;
  for (const Section& section : sections_) result.emplace_back(section.name, section.line);
  return result;
}

std::vector<std::string> Ini::keys(std::string_view section) const {
  std::vector<std::string> result;
  if (const Section* found = find_section(section)) {
    for (const Value& value : found->values) result.push_back(value.key);
  }
  return result;
}

std::optional<std::string> Ini::get(std::string_view section, std::string_view key) const {
  const Value* value = find(section, key);
  if (value == nullptr) return std::nullopt;
  return interpolate(section, *value, 0);
}

std::optional<std::string> Ini::get_raw(std::string_view section, std::string_view key) const {
  const Value* value = find(section, key);
  if (value == nullptr) return std::nullopt;
  return value->text;
}

FilePosition Ini::place_of(std::string_view section, std::string_view key) const {
  const Value* value = find(section, key);
  return {path_, value == nullptr ? 0 : value->line, 0};
}

const Ini::Section* Ini::find_section(std::string_view name) const {
  for (const Section& section : sections_)
    if (section.name == name) return &section;
  return nullptr;
}

const Ini::Value* Ini::find(std::string_view section, std::string_view key) const {
  const Section* found = find_section(section);
  if (found == nullptr) return nullptr;
  const std::string wanted = text::to_lower(key);
  for (const Section* candidate : {found, &defaults_})
    for (const Value& value : candidate->values)
      if (value.key == wanted) return &value;
  return nullptr;
}

std::string Ini::interpolate(std::string_view section, const Value& value, int depth) const {
  const FilePosition place{path_, value.line, 0};
  if (depth > kDeepestInterpolation)
    throw InputError(place, "'" + value.key + "' refers to itself through %(...)s",
                     "write one of the values out");
  std::string result;
  const std::string& text = value.text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t percent = std::min(text.find('%', at), text.size());
    result.append(text, at, percent - at);
    if (percent == text.size()) break;
    if (text.compare(percent, 2, "%%") == 0) {
      result += '%';
      at = percent + 2;
      continue;
    }
    const std::size_t end = text.find(")s", percent);
    if (text.compare(percent, 2, "%(") != 0 || end == std::string::npos)
      throw InputError(place, "a '%' in '" + value.key + "' begins neither %% nor %(name)s",
                       "write %% for a percent sign, in a URL's password too: %%40 for an @");
    const std::string name = text.substr(percent + 2, end - percent - 2);
    const Value* other = find(section, name);
    if (other == nullptr)
      throw InputError(place, "'" + value.key + "' refers to %(" + name + ")s, which is nowhere",
                       "set " + name + " in [" + std::string(section) + "] or in [DEFAULT]");
    result += interpolate(section, *other, depth + 1);
    at = end + 2;
  }
  return result;
}

}  // namespace cupel::alembic
