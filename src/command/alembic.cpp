// SPDX-License-Identifier: MIT
// See alembic.hpp.
#include "cupel/command/alembic.hpp"

#include <utility>

namespace cupel::command {
namespace {

/// Alembic's own templates have this where the URL belongs.
constexpr std::string_view kNoUrl = "driver://";

/// A hook as a command line. The entry point of a package is the program that it installs.
std::string hook_line(const alembic::WriteHook& hook) {
  const std::string program =
      hook.type == "module" ? "python3 -m " + hook.target : "\"" + hook.target + "\"";
  return hook.options.empty() ? program : program + " " + hook.options;
}

}  // namespace

std::string find_alembic_file(const Files& files) { return alembic::find_settings_file(files); }

bool is_alembic_file(const std::string& path) {
  return path.ends_with(".ini") || path::file_name(path) == "pyproject.toml";
}

Config alembic_config(const Files& files, const std::string& path, const std::string& section) {
  alembic::Settings settings =
      alembic::read_settings(files, path, section.empty() ? "alembic" : section);
  Config config;
  config.file = path;
  config.script_location = settings.script_location;
  config.version_locations = settings.version_locations;
  config.recursive_version_locations = settings.recursive_version_locations;
  config.format = "py";
  config.file_template = settings.file_template;
  config.slug_length = settings.slug_length;
  // A relative path in the URL starts where the command is typed, as Alembic has it.
  if (!settings.url.starts_with(kNoUrl)) config.url = settings.url;
  config.url_is_final = false;
  for (const alembic::WriteHook& hook : settings.hooks)
    config.post_write_hooks.push_back(hook_line(hook));
  // The database stays as Alembic would leave it.
  config.settings.history = false;
  config.alembic_section = section.empty() ? "alembic" : section;
  config.alembic = std::move(settings);
  return config;
}

}  // namespace cupel::command
