// SPDX-License-Identifier: MIT
#include "cupel/alembic/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <functional>
#include <optional>

#include "alembic/lint_sections.hpp"
#include "alembic/settings_file.hpp"
#include "cupel/alembic/ini.hpp"
#include "cupel/base/text.hpp"

namespace cupel::alembic {

namespace {

InputError wrong_separator(const FoundSetting& found) {
  return {found.place, "path_separator '" + found.text + "' is none",
          "known are os, space, newline, ':' and ';'"};
}

/// The characters that separate paths, by path_separator or its old name; without either Alembic's
/// older rule (`fallback`) holds.
std::string separators_of(const SettingsFile& file, const char* old_name, std::string fallback) {
  std::optional<FoundSetting> found = file.get("path_separator");
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
  const std::optional<FoundSetting> found = file.get(key);
  if (!found) return {};
  return split_at(found->text, separators_of(file, old_separator, fallback));
}

toml::table parse_toml(const Files& files, const std::string& path) {
  try {
    return toml::parse(files.read(path), path);
  } catch (const toml::parse_error& error) {
    const auto begin = error.source().begin;
    throw InputError({path, begin.line, begin.column}, std::string(error.description()),
                     "see https://toml.io for the syntax");
  }
}

/// A pyproject.toml that is wrong elsewhere is nobody's business here unless it speaks of Alembic.
bool speaks_of_alembic(std::string_view text) {
  return text.find("tool.alembic") != std::string_view::npos;
}

const toml::table* alembic_table(const toml::table& table) {
  return table["tool"]["alembic"].as_table();
}

std::size_t number_of(const FoundSetting& found, const char* key) {
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
  const std::optional<FoundSetting> found = file.get("script_location");
  if (!found || found->text.empty())
    throw InputError({path, 0, 0}, "no 'script_location' is set",
                     "add: script_location = %(here)s/migrations");
  const std::size_t colon = found->text.find(':');
  if (colon == std::string::npos) return found->text;
  return text::replace_all(found->text.substr(0, colon), ".", "/") + "/" +
         found->text.substr(colon + 1);
}

/// Without the "./" that %(here)s is beside the file, so that messages name paths as people do.
std::string readable_path(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().string();
}

void read_into(Settings& settings, const SettingsFile& file) {
  settings.script_location = readable_path(script_location_of(file, settings.file));
  settings.version_locations =
      path_list(file, "version_locations", "version_path_separator", " ,\n");
  for (std::string& path : settings.version_locations) path = readable_path(path);
  settings.prepend_sys_path = path_list(file, "prepend_sys_path", nullptr, " ,:\n");
  if (const auto found = file.get("recursive_version_locations"))
    settings.recursive_version_locations = found->text == "true";
  if (const auto found = file.get("file_template"))
    settings.file_template = convert_file_template(found->text, found->place);
  if (const auto found = file.get("truncate_slug_length"))
    settings.slug_length = number_of(*found, "truncate_slug_length");
  if (const auto found = file.get("revision_environment"))
    settings.revision_environment = text::to_lower(found->text) == "true";
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
  settings.hooks = file.hooks().value_or(std::vector<WriteHook>());
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
  const std::string content = files.read(project);
  if (!speaks_of_alembic(content)) return {};
  return alembic_table(parse_toml(files, project)) == nullptr ? std::string() : project;
}

Settings read_settings(const Files& files, const SettingsRequest& request) {
  std::optional<Ini> ini;
  if (files.is_file(request.ini))
    ini =
        Ini::parse(files.read(request.ini), request.ini, {{"here", path::directory(request.ini)}});
  const bool is_default_section = request.section == SettingsRequest{}.section;
  toml::table table;
  const toml::table* own = nullptr;
  // Beside an .ini it counts where it speaks of Alembic.
  if (files.is_file(request.toml) && (!ini || speaks_of_alembic(files.read(request.toml)))) {
    table = parse_toml(files, request.toml);
    own = alembic_table(table);
  }
  if (!ini && own == nullptr)
    throw UsageError("'" + request.toml + "' has no [tool.alembic]",
                     "add it, or name another file");
  if (ini && !ini->has_section(request.section) && (own == nullptr || !is_default_section))
    throw UsageError("'" + request.ini + "' has no section [" + request.section + "]",
                     "add it, or leave out -n " + request.section);
  Settings settings;
  settings.file = ini ? request.ini : request.toml;
  settings.directory = path::directory(settings.file);
  settings.overrides = request.overrides;
  LayeredSettings layers;
  const GivenSettings given(settings.overrides);
  layers.add(given);
  std::optional<IniSettings> of_ini;
  if (ini) layers.add(of_ini.emplace(*ini, request.section));
  std::optional<TomlSettings> of_toml;
  if (own != nullptr) {
    settings.toml_file = request.toml;
    layers.add(of_toml.emplace(*own, request.toml, path::directory(request.toml)));
  }
  read_into(settings, layers);
  if (!ini) return settings;
  settings.logs = logs_alembic(*ini);
  settings.lint = lint_sections(*ini);
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
