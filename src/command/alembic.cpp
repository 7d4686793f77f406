// SPDX-License-Identifier: MIT
// See alembic.hpp.
#include "cupel/command/alembic.hpp"

#include <utility>

namespace cupel::command {
namespace {

/// Alembic's own templates have this where the URL belongs.
constexpr std::string_view kNoUrl = "driver://";

/// A hook as a command line. The entry point of a package is the program that it installs. The file
/// comes first where the options do not say where.
PostWriteHook program_of(const alembic::WriteHook& hook) {
  constexpr std::string_view kFile = "REVISION_SCRIPT_FILENAME";
  std::string line =
      hook.type == "module" ? "python3 -m " + hook.target : "\"" + hook.target + "\"";
  if (hook.options.find(kFile) == std::string::npos) line += " " + std::string(kFile);
  if (!hook.options.empty()) line += " " + hook.options;
  return {std::move(line), hook.name, hook.directory};
}

}  // namespace

std::string find_alembic_file(const Files& files) { return alembic::find_settings_file(files); }

Config alembic_config(const Files& files, const alembic::SettingsRequest& request) {
  alembic::Settings settings = alembic::read_settings(files, request);
  Config config;
  config.file = settings.file;
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
    config.post_write_hooks.push_back(program_of(hook));
  // The database stays as Alembic would leave it.
  config.settings.history = false;
  config.alembic_section = request.section;
  config.alembic = std::move(settings);
  return config;
}

}  // namespace cupel::command
