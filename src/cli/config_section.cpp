// SPDX-License-Identifier: MIT
// See config_section.hpp.
#include "cli/config_section.hpp"

#include <fmt/core.h>

#include <sstream>

#include "cupel/base/text.hpp"

namespace cupel::cli {
namespace {

std::string type_of(const toml::node& node) {
  std::ostringstream text;
  text << node.type();
  return text.str();
}

/// Where the string that begins at `at` ends: behind its closing quotes, or npos if there are none.
std::size_t behind_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool is_long = text.substr(at, 3) == std::string(3, quote);
  const std::string close(is_long ? 3 : 1, quote);
  for (at += close.size(); at < text.size(); ++at) {
    if (text[at] == '\n' && !is_long) return std::string_view::npos;
    if (text.substr(at, close.size()) == close) return at + close.size();
    if (text[at] == '\\' && quote == '"') ++at;
  }
  return std::string_view::npos;
}

void refuse_stray_letters(std::string_view text, const std::string& path) {
  if (!text::is_utf8(text)) return;  // the parser says where
  const std::optional<std::size_t> at = find_stray_letter(text);
  if (!at) return;
  const std::string line(text::line_at(text, *at));
  const bool may_hold_password = line.find("://") != std::string::npos;
  throw InputError(text::position_at(text, *at, path), "a letter that must stand in quotes",
                   "write names and values with such letters as \"...\"",
                   may_hold_password ? std::string() : line);
}

}  // namespace

InputError Origin::wrong(const toml::source_region& where, const std::string& what,
                         const std::string& hint) const {
  if (typed) return {{place, 0, 0}, what, hint};
  return {{place, where.begin.line, where.begin.column}, what, hint};
}

InputError Section::wrong_type(const char* key, const toml::node& node,
                               const char* expected) const {
  return origin_->wrong(node.source(),
                        fmt::format("'{}' must be {}, got {}", key, expected, type_of(node)));
}

void Section::check_keys(const std::vector<std::string>& known) const {
  for (const auto& [key, value] : *table_) {
    const std::string word(key.str());
    if (std::find(known.begin(), known.end(), word) != known.end()) continue;
    const std::string nearest = text::nearest(word, known);
    throw origin_->wrong(key.source(), "unknown setting '" + word + "' in [" + name_ + "]",
                         nearest.empty() ? "known are " + text::quoted_list(known)
                                         : "did you mean '" + nearest + "'?");
  }
}

void Section::read(const char* key, std::string& target) const {
  const toml::node* node = get(key);
  if (node == nullptr) return;
  if (const auto text = node->value_exact<std::string>())
    target = *text;
  else if (origin_->typed && node->is_value())
    target = *origin_->typed;
  else
    throw wrong_type(key, *node, "a text in quotes");
}

void Section::read(const char* key, bool& target) const {
  const toml::node* node = get(key);
  if (node == nullptr) return;
  const auto value = node->value_exact<bool>();
  if (!value) throw wrong_type(key, *node, "true or false");
  target = *value;
}

void Section::read(const char* key, std::vector<std::string>& target) const {
  const toml::node* node = get(key);
  if (node == nullptr) return;
  if (origin_->typed && node->is_value()) {
    std::string only;
    read(key, only);
    target.clear();
    if (!only.empty()) target.push_back(only);
    return;
  }
  const toml::array* array = node->as_array();
  if (array == nullptr) throw wrong_type(key, *node, "a list of texts");
  target.clear();
  for (const toml::node& item : *array) {
    const auto text = item.value<std::string>();
    if (!text) throw wrong_type(key, item, "a list of texts");
    target.push_back(*text);
  }
}

void Section::read(const char* key, std::size_t& target) const {
  const toml::node* node = get(key);
  if (node == nullptr) return;
  const auto number = node->value_exact<std::int64_t>();
  if (!number) throw wrong_type(key, *node, "a whole number");
  if (*number < 0) throw origin_->wrong(node->source(), fmt::format("'{}' is negative", key));
  target = static_cast<std::size_t>(*number);
}

void Section::read(const char* key, std::chrono::milliseconds& target) const {
  const toml::node* node = get(key);
  if (node == nullptr) return;
  std::string text;
  read(key, text);
  try {
    target = parse_duration(text, key);
  } catch (const UsageError& error) {
    throw origin_->wrong(node->source(), error.message(), error.hint());
  }
}

std::optional<Section> Section::find_section(const char* key, const std::string& shown) const {
  const toml::node* node = get(key);
  if (node == nullptr) return std::nullopt;
  if (node->as_table() == nullptr)
    throw origin_->wrong(node->source(), fmt::format("'{}' must be a section: [{}]", key, shown));
  return Section(*node->as_table(), shown, *origin_);
}

std::chrono::milliseconds parse_duration(const std::string& given, const std::string& setting) {
  if (const auto time = text::parse_duration(given)) return *time;
  throw UsageError("'" + setting + "' must be a time such as 500ms, 60s or 5m, got '" + given + "'",
                   "write for instance 60s");
}

std::optional<std::size_t> find_stray_letter(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  for (std::size_t at = text.starts_with(kMark) ? kMark.size() : 0; at < text.size();) {
    if (text[at] == '#')
      at = text.find('\n', at);
    else if (text[at] == '"' || text[at] == '\'')
      at = behind_string(text, at);
    else if (static_cast<unsigned char>(text[at]) >= 0x80)
      return at;
    else
      ++at;
  }
  return std::nullopt;
}

toml::table read_toml(const Files& files, const std::string& path) {
  const std::string text = files.read(path);
  refuse_stray_letters(text, path);
  try {
    return toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    const auto begin = error.source().begin;
    throw InputError({path, begin.line, begin.column}, std::string(error.description()),
                     "see https://toml.io for the syntax");
  }
}

}  // namespace cupel::cli
