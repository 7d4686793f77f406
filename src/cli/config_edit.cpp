// SPDX-License-Identifier: MIT
// See config_edit.hpp.
#include "cli/config_edit.hpp"

#include <algorithm>

#include "cli/toml.hpp"
#include "cupel/base/error.hpp"
#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

/// The byte at a place that the parser names.
std::size_t offset_of(const std::string& text, const toml::source_position& place) {
  std::size_t offset = 0;
  for (toml::source_index line = 1; line < place.line; ++line) {
    const std::size_t end = text.find('\n', offset);
    if (end == std::string::npos) return text.size();
    offset = end + 1;
  }
  return std::min(offset + place.column - 1, text.size());
}

std::vector<std::string> missing_from(const toml::array& list,
                                      const std::vector<std::string>& values) {
  std::vector<std::string> missing;
  for (const std::string& value : values) {
    const bool known = std::any_of(list.begin(), list.end(), [&](const toml::node& item) {
      return item.value<std::string>() == value;
    });
    if (!known) missing.push_back(text::toml_string(value));
  }
  return missing;
}

/// The place of the ']' that ends a list which begins at `begin`; strings in it are skipped.
std::size_t end_of_list(const std::string& text, std::size_t begin) {
  char quote = 0;
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\' && quote == '"')
        ++i;
      else if (c == quote)
        quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#') {
      i = std::min(text.find('\n', i), text.size() - 1);
    } else if (c == ']') {
      return i;
    }
  }
  return std::string::npos;
}

std::string add_to_list(std::string text, const toml::array& list,
                        const std::vector<std::string>& missing) {
  const std::size_t end = end_of_list(text, offset_of(text, list.source().begin));
  if (end == std::string::npos) return text;
  const std::size_t last = text.find_last_not_of(" \t\r\n", end - 1);
  const bool needs_comma = text[last] != ',' && text[last] != '[';
  text.insert(last + 1, (needs_comma         ? ", "
                         : text[last] == ',' ? " "
                                             : "") +
                            text::join(missing, ", "));
  return text;
}

}  // namespace

std::string with_list_values(const std::string& text, const std::string& path,
                             const std::string& section, const std::string& key,
                             const std::vector<std::string>& values) {
  toml::table table;
  try {
    table = toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    const auto begin = error.source().begin;
    throw InputError({path, begin.line, begin.column}, std::string(error.description()));
  }
  const toml::table* found = table[section].as_table();
  if (found != nullptr && found->get(key) != nullptr) {
    const toml::array* list = found->get(key)->as_array();
    if (list == nullptr) {
      const auto begin = found->get(key)->source().begin;
      throw InputError({path, begin.line, begin.column}, "'" + key + "' must be a list of texts");
    }
    const std::vector<std::string> missing = missing_from(*list, values);
    return missing.empty() ? text : add_to_list(text, *list, missing);
  }
  const std::string line = key + " = [" + text::join(missing_from({}, values), ", ") + "]\n";
  if (found == nullptr) {
    std::string result = text;
    if (!result.empty() && !result.ends_with('\n')) result += "\n";
    return result + (result.empty() ? "" : "\n") + "[" + section + "]\n" + line;
  }
  std::size_t at = text.find('\n', offset_of(text, found->source().begin));
  std::string result = text;
  if (at == std::string::npos) {
    result += "\n";
    at = result.size() - 1;
  }
  return result.insert(at + 1, line);
}

}  // namespace cupel::cli
