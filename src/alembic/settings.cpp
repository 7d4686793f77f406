// SPDX-License-Identifier: MIT
#include "cupel/alembic/settings.hpp"

// As in cli: the parser asserts what its own error handling then reports.
#define TOML_ASSERT(expression) static_cast<void>(0)

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>

#include "alembic/lint_sections.hpp"
#include "cupel/alembic/ini.hpp"
#include "cupel/base/text.hpp"

namespace cupel::alembic {

namespace {

/// A value of either file, with its place for messages.
struct Found {
  std::string text;
  FilePosition place;
};

/// Both files behind one question: a scalar as text, a list as what it holds.
class SettingsFile {
 public:
  virtual ~SettingsFile() = default;
  virtual std::optional<Found> get(const std::string& key) const = 0;
  /// nullopt: not there, or a text that must be split.
  virtual std::optional<std::vector<std::string>> list(const std::string& key) const = 0;
  virtual std::vector<std::string> keys() const = 0;
  virtual std::vector<WriteHook> hooks() const = 0;
};

InputError wrong_separator(const Found& found) {
  return {found.place, "path_separator '" + found.text + "' is none",
          "known are os, space, newline, ':' and ';'"};
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

/// The characters that separate paths, by path_separator or its old name; without either Alembic's
/// older rule (`fallback`) holds.
std::string separators_of(const SettingsFile& file, const char* old_name, std::string fallback) {
  std::optional<Found> found = file.get("path_separator");
  if (!found && old_name != nullptr) found = file.get(old_name);
  if (!found) return fallback;
  if (found->text == "os" || found->text == ":") return ":";
  if (found->text == ";") return ";";
  if (found->text == "space") return " ";
  if (found->text == "newline") return "\n";
  throw wrong_separator(*found);
}

std::vector<std::string> path_list(const SettingsFile& file, const std::string& key,
                                   const char* old_separator, const std::string& fallback) {
  if (auto list = file.list(key)) return *list;
  const std::optional<Found> found = file.get(key);
  if (!found) return {};
  return split_at(found->text, separators_of(file, old_separator, fallback));
}

// --- alembic.ini ---------------------------------------------------------------------------------

constexpr std::string_view kHookSection = "post_write_hooks";

class IniSettings : public SettingsFile {
 public:
  IniSettings(const Ini& ini, std::string section) : ini_(&ini), section_(std::move(section)) {}

  std::optional<Found> get(const std::string& key) const override {
    std::optional<std::string> text = ini_->get(section_, key);
    if (!text) return std::nullopt;
    return Found{std::move(*text), ini_->place_of(section_, key)};
  }
  std::optional<std::vector<std::string>> list(const std::string&) const override {
    return std::nullopt;
  }
  std::vector<std::string> keys() const override { return ini_->keys(section_); }

  std::vector<WriteHook> hooks() const override {
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

 private:
  std::string hook_value(const std::string& key) const {
    return ini_->get(kHookSection, key).value_or("");
  }
  const Ini* ini_;
  std::string section_;
};

// --- pyproject.toml ------------------------------------------------------------------------------

class TomlSettings : public SettingsFile {
 public:
  TomlSettings(const toml::table& table, std::string path, std::string here)
      : table_(&table), path_(std::move(path)), here_(std::move(here)) {}

  std::optional<Found> get(const std::string& key) const override {
    const toml::node* node = table_->get(key);
    if (node == nullptr) return std::nullopt;
    if (const auto text = node->value_exact<std::string>())
      return Found{interpolated(*text, *node), place(*node)};
    if (const auto flag = node->value_exact<bool>())
      return Found{*flag ? "true" : "false", place(*node)};
    if (const auto number = node->value_exact<std::int64_t>())
      return Found{std::to_string(*number), place(*node)};
    return std::nullopt;
  }

  std::optional<std::vector<std::string>> list(const std::string& key) const override {
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

  std::vector<std::string> keys() const override {
    std::vector<std::string> result;
    for (const auto& [key, node] : *table_) result.emplace_back(key.str());
    return result;
  }

  std::vector<WriteHook> hooks() const override {
    std::vector<WriteHook> result;
    const toml::array* list = (*table_)["post_write_hooks"].as_array();
    if (list == nullptr) return result;
    for (const toml::node& item : *list) {
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
      result.push_back(std::move(read));
    }
    return result;
  }

 private:
  FilePosition place(const toml::node& node) const {
    return {path_, node.source().begin.line, node.source().begin.column};
  }
  /// Alembic formats these texts with `%`; `here` is all that it knows there.
  std::string interpolated(const std::string& text, const toml::node& node) const {
    std::string result = text::replace_all(text, "%(here)s", here_);
    const std::size_t rest = text::replace_all(result, "%%", "").find('%');
    if (rest != std::string::npos && text.find("%(") == std::string::npos)
      throw InputError(place(node), "a '%' begins neither %% nor %(here)s",
                       "write %% for a percent sign");
    return text::replace_all(result, "%%", "%");
  }
  const toml::table* table_;
  std::string path_;
  std::string here_;
};

toml::table parse_toml(const Files& files, const std::string& path) {
  try {
    return toml::parse(files.read(path), path);
  } catch (const toml::parse_error& error) {
    const auto begin = error.source().begin;
    throw InputError({path, begin.line, begin.column}, std::string(error.description()),
                     "see https://toml.io for the syntax");
  }
}

const toml::table* alembic_table(const toml::table& table) {
  return table["tool"]["alembic"].as_table();
}

// --- both ----------------------------------------------------------------------------------------

std::size_t number_of(const Found& found, const char* key) {
  std::size_t number = 0;
  const char* end = found.text.data() + found.text.size();
  const auto [rest, error] = std::from_chars(found.text.data(), end, number);
  if (error != std::errc() || rest != end)
    throw InputError(found.place,
                     "'" + std::string(key) + "' must be a number, got '" + found.text + "'");
  return number;
}

/// `package:resource` names a folder of an installed package: the folder of that name is what there
/// is without Python.
std::string script_location_of(const SettingsFile& file, const std::string& path) {
  const std::optional<Found> found = file.get("script_location");
  if (!found || found->text.empty())
    throw InputError({path, 0, 0}, "no 'script_location' is set",
                     "add: script_location = %(here)s/migrations");
  const std::size_t colon = found->text.find(':');
  if (colon == std::string::npos) return found->text;
  return text::replace_all(found->text.substr(0, colon), ".", "/") + "/" +
         found->text.substr(colon + 1);
}

void read_into(Settings& settings, const SettingsFile& file) {
  settings.script_location = script_location_of(file, settings.file);
  settings.version_locations =
      path_list(file, "version_locations", "version_path_separator", " ,\n");
  settings.prepend_sys_path = path_list(file, "prepend_sys_path", nullptr, " ,:\n");
  if (const auto found = file.get("recursive_version_locations"))
    settings.recursive_version_locations = found->text == "true";
  if (const auto found = file.get("file_template"))
    settings.file_template = convert_file_template(found->text, found->place);
  if (const auto found = file.get("truncate_slug_length"))
    settings.slug_length = number_of(*found, "truncate_slug_length");
  if (const auto found = file.get("timezone")) settings.timezone = found->text;
  if (const auto found = file.get("output_encoding")) settings.output_encoding = found->text;
  if (const auto found = file.get("sqlalchemy.url")) settings.url = found->text;
  const auto limit = [&](const char* key, std::optional<std::size_t>& value) {
    if (const auto found = file.get(key)) value = number_of(*found, key);
  };
  limit("cupel_max_steps", settings.max_steps);
  limit("cupel_max_memory", settings.max_memory);
  limit("cupel_max_depth", settings.max_depth);
  for (const std::string& key : file.keys())
    if (const auto found = file.get(key)) settings.options[key] = found->text;
  settings.hooks = file.hooks();
}

/// What fileConfig() makes of the usual sections.
bool logs_alembic(const Ini& ini) {
  const std::string level = ini.get_raw("logger_alembic", "level").value_or("");
  return level == "INFO" || level == "DEBUG";
}

}  // namespace

std::string find_settings_file(const Files& files, const std::string& directory) {
  const std::string ini = path::join(directory, "alembic.ini");
  if (files.is_file(ini)) return ini;
  const std::string project = path::join(directory, "pyproject.toml");
  if (!files.is_file(project)) return {};
  // A pyproject.toml that is wrong elsewhere is nobody's business here unless it speaks of Alembic.
  const std::string content = files.read(project);
  if (content.find("tool.alembic") == std::string::npos) return {};
  return alembic_table(parse_toml(files, project)) == nullptr ? std::string() : project;
}

Settings read_settings(const Files& files, const std::string& path, const std::string& section) {
  Settings settings;
  settings.file = path;
  settings.directory = path::directory(path);
  if (path.size() > 5 && path.compare(path.size() - 5, 5, ".toml") == 0) {
    const toml::table table = parse_toml(files, path);
    const toml::table* alembic = alembic_table(table);
    if (alembic == nullptr)
      throw UsageError("'" + path + "' has no [tool.alembic]", "add it, or name another file");
    read_into(settings, TomlSettings(*alembic, path, settings.directory));
    return settings;
  }
  const Ini ini = Ini::parse(files.read(path), path, {{"here", settings.directory}});
  if (!ini.has_section(section))
    throw UsageError("'" + path + "' has no section [" + section + "]",
                     "add it, or leave out -n " + section);
  read_into(settings, IniSettings(ini, section));
  settings.logs = logs_alembic(ini);
  settings.lint = lint_sections(ini);
  return settings;
}

std::string convert_file_template(std::string_view text, const FilePosition& place) {
  constexpr std::array<std::string_view, 9> kTokens{"rev", "slug", "epoch",  "year",  "month",
                                                    "day", "hour", "minute", "second"};
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '%') {
      result += text[at++];
      continue;
    }
    if (text.substr(at, 2) == "%%") {
      result += '%';
      at += 2;
      continue;
    }
    const std::size_t close = text.find(')', at);
    const std::size_t end = text.find_first_of("sd", close == std::string_view::npos ? at : close);
    const std::string_view name = text.substr(at, 2) == "%(" && close != std::string_view::npos
                                      ? text.substr(at + 2, close - at - 2)
                                      : std::string_view();
    if (end == std::string_view::npos ||
        std::find(kTokens.begin(), kTokens.end(), name) == kTokens.end())
      throw InputError(place,
                       "file_template: '" + std::string(text.substr(at, 12)) + "' is no token",
                       "there are %(rev)s %(slug)s %(epoch)s %(year)d %(month).2d %(day).2d "
                       "%(hour).2d %(minute).2d %(second).2d");
    result += '{' + std::string(name) + '}';
    at = end + 1;
  }
  return result;
}

}  // namespace cupel::alembic
