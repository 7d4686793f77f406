// SPDX-License-Identifier: MIT
// See settings_file.hpp.
#include "alembic/settings_file.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"

namespace cupel::alembic {

// --- alembic.ini ---------------------------------------------------------------------------------

namespace {
constexpr std::string_view kHookSection = "post_write_hooks";
}

std::optional<FoundSetting> IniSettings::get(const std::string& key) const {
  std::optional<std::string> text = ini_->get(section_, key);
  if (!text) return std::nullopt;
  return FoundSetting{std::move(*text), ini_->place_of(section_, key)};
}

std::optional<std::vector<std::string>> IniSettings::list(const std::string&) const {
  return std::nullopt;
}

std::vector<std::string> IniSettings::keys() const { return ini_->keys(section_); }

std::optional<std::vector<WriteHook>> IniSettings::hooks() const {
  if (!ini_->has_section(kHookSection)) return std::nullopt;
  std::vector<WriteHook> result;
  for (const std::string& name : split_at(hook_value("hooks"), ", \n")) {
    WriteHook hook{.name = name, .type = hook_value(name + ".type")};
    for (const char* target : {".entrypoint", ".executable", ".module"})
      if (hook.target.empty()) hook.target = hook_value(name + target);
    hook.options = hook_value(name + ".options");
    hook.directory = hook_value(name + ".cwd");
    if (hook.type.empty())
      throw InputError(ini_->place_of(kHookSection, "hooks"),
                       "the hook '" + name + "' has no " + name + ".type",
                       "add " + name + ".type = exec, and " + name + ".executable");
    result.push_back(std::move(hook));
  }
  return result;
}

std::string IniSettings::hook_value(const std::string& key) const {
  return ini_->get(kHookSection, key).value_or("");
}

// --- pyproject.toml ------------------------------------------------------------------------------

std::optional<FoundSetting> TomlSettings::get(const std::string& key) const {
  const toml::node* node = table_->get(key);
  if (node == nullptr) return std::nullopt;
  if (const auto text = node->value_exact<std::string>())
    return FoundSetting{interpolated(*text, *node), place(*node)};
  if (const auto flag = node->value_exact<bool>())
    return FoundSetting{*flag ? "true" : "false", place(*node)};
  if (const auto number = node->value_exact<std::int64_t>())
    return FoundSetting{std::to_string(*number), place(*node)};
  return std::nullopt;
}

std::optional<std::vector<std::string>> TomlSettings::list(const std::string& key) const {
  const toml::node* node = table_->get(key);
  if (node == nullptr || !node->is_array()) return std::nullopt;
  std::vector<std::string> result;
  for (const toml::node& item : *node->as_array()) {
    const auto text = item.value_exact<std::string>();
    if (!text)
      throw InputError(place(item), "'" + key + "' must be a list of texts",
                       "put each path in quotes");
    result.push_back(interpolated(*text, item));
  }
  return result;
}

std::vector<std::string> TomlSettings::keys() const {
  std::vector<std::string> result;
  for (const auto& [key, node] : *table_) result.emplace_back(key.str());
  return result;
}

std::optional<std::vector<WriteHook>> TomlSettings::hooks() const {
  const toml::array* list = (*table_)["post_write_hooks"].as_array();
  if (list == nullptr) return std::nullopt;
  std::vector<WriteHook> result;
  for (const toml::node& item : *list) result.push_back(hook(item));
  return result;
}

WriteHook TomlSettings::hook(const toml::node& item) const {
  const toml::table* hook = item.as_table();
  if (hook == nullptr)
    throw InputError(place(item), "a hook is a table: [[tool.alembic.post_write_hooks]]");
  const auto value = [&](const char* key) {
    const toml::node* node = hook->get(key);
    return node == nullptr ? std::string()
                           : interpolated(node->value<std::string>().value_or(""), *node);
  };
  WriteHook read{.name = value("name"), .type = value("type"), .target = value("entrypoint")};
  if (read.target.empty()) read.target = value("executable");
  if (read.target.empty()) read.target = value("module");
  read.options = value("options");
  read.directory = value("cwd");
  return read;
}

FilePosition TomlSettings::place(const toml::node& node) const {
  return {path_, node.source().begin.line, node.source().begin.column};
}

std::string TomlSettings::interpolated(const std::string& text, const toml::node& node) const {
  std::string result = text::replace_all(text, "%(here)s", here_);
  const std::size_t rest = text::replace_all(result, "%%", "").find('%');
  if (rest != std::string::npos && text.find("%(") == std::string::npos)
    throw InputError(place(node), "a '%' begins neither %% nor %(here)s",
                     "write %% for a percent sign");
  return text::replace_all(result, "%%", "%");
}

// --- what was typed ------------------------------------------------------------------------------

std::optional<FoundSetting> GivenSettings::get(const std::string& key) const {
  const auto found = given_->find(key);
  if (found == given_->end() || found->second.size() != 1) return std::nullopt;
  return FoundSetting{found->second.front(), {"--set alembic." + key}};
}

std::optional<std::vector<std::string>> GivenSettings::list(const std::string& key) const {
  const auto found = given_->find(key);
  if (found == given_->end() || found->second.size() == 1) return std::nullopt;
  return found->second;
}

std::vector<std::string> GivenSettings::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, values] : *given_) keys.push_back(key);
  return keys;
}

// --- all of them ---------------------------------------------------------------------------------

std::optional<FoundSetting> LayeredSettings::get(const std::string& key) const {
  for (const SettingsFile* layer : layers_)
    if (auto found = layer->get(key)) return found;
  return std::nullopt;
}

std::optional<std::vector<std::string>> LayeredSettings::list(const std::string& key) const {
  for (const SettingsFile* layer : layers_) {
    if (auto found = layer->list(key)) return found;
    if (layer->get(key)) return std::nullopt;  // a text here hides a list below
  }
  return std::nullopt;
}

std::vector<std::string> LayeredSettings::keys() const {
  std::vector<std::string> keys;
  for (const SettingsFile* layer : layers_)
    for (std::string& key : layer->keys())
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
  return keys;
}

std::optional<std::vector<WriteHook>> LayeredSettings::hooks() const {
  for (const SettingsFile* layer : layers_)
    if (auto found = layer->hooks()) return found;
  return std::nullopt;
}

std::vector<std::string> split_at(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
    const std::string_view part = text::trim(text.substr(at, end - at));
    if (!part.empty()) parts.emplace_back(part);
    at = end + 1;
  }
  return parts;
}

}  // namespace cupel::alembic
