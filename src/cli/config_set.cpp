// SPDX-License-Identifier: MIT
// See config_set.hpp.
#include "cli/config_set.hpp"

#include <algorithm>

#include "cli/config_settings.hpp"
#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

constexpr std::string_view kFlag = "--set ";

UsageError wrong_form(const std::string& typed) {
  return UsageError("--set takes SECTION.KEY=VALUE, got '" + typed + "'",
                    "for instance: --set safety.lock_timeout=5m");
}

/// The first '=' outside of quotes.
std::size_t find_sign(const std::string& typed) {
  char quote = 0;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const char c = typed[i];
    if (quote == 0 && c == '=') return i;
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = 0;
  }
  return std::string::npos;
}

/// The way to the only value, at most so many steps; empty if there are several.
std::vector<std::string> path_of(const toml::table& table, std::size_t steps) {
  std::vector<std::string> path;
  for (const toml::table* at = &table; at != nullptr && path.size() < steps;) {
    if (at->size() != 1) return {};
    path.emplace_back(at->begin()->first.str());
    at = at->begin()->second.as_table();
  }
  return path;
}

std::optional<toml::table> parse_line(const std::string& line) {
  if (find_stray_letter(line)) return std::nullopt;
  try {
    return toml::parse(line);
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

/// The setting of this name, whatever section it is in: for who has left that out.
std::string with_section(const std::string& key) {
  std::vector<std::string> keys;
  for (const auto& [section, names] : known_settings())
    keys.insert(keys.end(), names.begin(), names.end());
  const std::string nearest = text::nearest(key, keys);
  for (const auto& [section, names] : known_settings())
    if (std::find(names.begin(), names.end(), nearest) != names.end())
      return section + "." + nearest;
  return {};
}

}  // namespace

const toml::node& GivenSetting::value() const {
  const toml::node* node = &table;
  for (const std::string& part : path) node = node->as_table()->get(part);
  return *node;
}

GivenSetting parse_setting(const std::string& typed) {
  const std::size_t sign = find_sign(typed);
  if (sign == std::string::npos || sign == 0) throw wrong_form(typed);
  const std::string name(text::trim(typed.substr(0, sign)));
  GivenSetting given;
  given.origin = {std::string(kFlag) + name, typed.substr(sign + 1)};
  const std::optional<toml::table> named = parse_line(name + " = 0");
  if (!named)
    throw UsageError("--set: '" + name + "' is no name of a setting",
                     "put a part of it that is no plain word in quotes, as in "
                     "lint.paths.\"versions/2023*\".all");
  given.path = path_of(*named, std::string::npos);
  if (given.path.size() < 2) {
    const std::string whole = with_section(name);
    throw UsageError("--set takes SECTION.KEY=VALUE, and '" + name + "' names no section",
                     whole.empty() ? "for instance: --set safety.lock_timeout=5m"
                                   : "did you mean '" + whole + "'?");
  }
  std::optional<toml::table> valued = parse_line(name + " = " + *given.origin.typed);
  if (!valued || path_of(*valued, given.path.size()) != given.path)
    valued = parse_line(name + " = " + text::toml_string(*given.origin.typed));
  if (!valued) throw wrong_form(typed);  // not UTF-8
  given.table = std::move(*valued);
  return given;
}

std::map<std::string, std::vector<std::string>> alembic_overrides(
    const std::vector<GivenSetting>& settings) {
  std::map<std::string, std::vector<std::string>> overrides;
  for (const GivenSetting& given : settings) {
    if (given.path.front() != "alembic") continue;
    const toml::node& node = given.value();
    std::vector<std::string> values;
    if (const toml::array* array = node.as_array()) {
      for (const toml::node& item : *array)
        values.push_back(item.value<std::string>().value_or(std::string()));
    } else {
      values.push_back(node.value_exact<std::string>().value_or(*given.origin.typed));
    }
    const std::vector<std::string> key(given.path.begin() + 1, given.path.end());
    overrides[text::join(key, ".")] = std::move(values);
  }
  return overrides;
}

void rethrow_for_flag(const InputError& error) {
  if (!error.position().file.starts_with(kFlag)) throw;
  UsageError usage(error.message(), error.hint());
  usage.set_where(error.position().file);
  throw usage;
}

}  // namespace cupel::cli
