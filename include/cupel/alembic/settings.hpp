// SPDX-License-Identifier: MIT
// What an Alembic project's alembic.ini, or [tool.alembic] in its pyproject.toml, says.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/files.hpp"

namespace cupel::alembic {

/// A program that is run on every new revision file.
struct CUPEL_API WriteHook {
  std::string name = {};
  std::string type = {};    ///< "console_scripts", "exec", "module", or a function's name of env.py
  std::string target = {};  ///< the entry point, executable or module
  std::string options = {};  ///< as written: words for a shell, REVISION_SCRIPT_FILENAME among them
  std::string directory = {};  ///< where it runs; empty: here
  bool operator==(const WriteHook&) const = default;
};

/// What was typed in the place of a file's value, by key: one text, or a list. Taken as it is: no
/// %(here)s in it, and a percent sign is one.
using SettingsOverrides = std::map<std::string, std::vector<std::string>>;

/// Paths are as the project means them: relative ones start at the current directory in an .ini (as
/// Alembic does it) and stand below the file with %(here)s.
struct CUPEL_API Settings {
  std::string file;       ///< alembic.ini; where there is none, pyproject.toml
  std::string directory;  ///< where it lies
  std::string toml_file;  ///< the pyproject.toml whose [tool.alembic] counts as well; may be empty
  SettingsOverrides overrides;
  std::string script_location;
  std::vector<std::string> version_locations;  ///< empty: <script_location>/versions
  bool recursive_version_locations = false;
  std::string file_template = "{rev}_{slug}";  ///< in cupel's form, see script::file_name()
  std::size_t slug_length = 40;
  bool revision_environment = false;  ///< env.py is run for every new revision
  std::string timezone;               ///< of a new revision's date; empty: local time
  std::vector<std::string> prepend_sys_path;
  std::string url;  ///< sqlalchemy.url; empty: env.py, the environment or a flag must tell
  std::string output_encoding = "utf-8";
  std::vector<WriteHook> hooks;
  /// What a script may use up: cupel_max_steps, cupel_max_memory (bytes), cupel_max_depth.
  std::optional<std::size_t> max_steps;
  std::optional<std::size_t> max_memory;
  std::optional<std::size_t> max_depth;
  bool logs = false;  ///< [loggers] has "alembic", at INFO or below
  /// [lint], [lint.names] and [lint.paths.PATTERN] of an .ini as TOML, each line where it stands in
  /// the file; empty if there are none.
  std::string lint;
  /// Every other key of the section, as config.get_main_option() gives it to env.py.
  std::map<std::string, std::string> options;
};

/// The file of a project at `directory`: alembic.ini, or a pyproject.toml that has [tool.alembic];
/// empty if there is neither.
CUPEL_API std::string find_settings_file(const Files& files, const std::string& directory = ".");

/// One of the files must be there. What stands in the .ini wins, as Alembic has it.
struct CUPEL_API SettingsRequest {
  std::string ini = "alembic.ini";
  std::string toml = "pyproject.toml";
  std::string section = "alembic";  ///< of the .ini: Alembic's -n
  SettingsOverrides overrides = {};
};

/// Throws InputError with the place: what Ini::parse() refuses, no script_location, a
/// path_separator that is none, a number that is none; UsageError for a section that is not there.
CUPEL_API Settings read_settings(const Files& files, const SettingsRequest& request);

/// Alembic's `%(year)d_%(month).2d_%(rev)s_%(slug)s` as cupel's `{year}_{month}_{rev}_{slug}`.
/// Throws InputError at `place` for a token that neither knows.
CUPEL_API std::string convert_file_template(std::string_view text, const FilePosition& place);

}  // namespace cupel::alembic
